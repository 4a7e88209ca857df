/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: bench-search STORE AWAITED TRACKING N
 *
 * Types N values of each key of F3 into the search, a keystroke at a time, and reads the
 * first page after each; then scrolls through all RMAs page by page, by three orders.
 * AWAITED has "RMA SERIAL" a line, TRACKING a carrier's number that came in.
 * Prints a line of JSON a measure: seconds a page. */
#include "bare.h"

#include <string.h>

#include "backhaul/returns.h"

typedef enum { KEY_RMA, KEY_CASE, KEY_REFERENCE, KEY_SERIAL, KEY_ACCOUNT, KEY_LAST } Key;

static const char *const names[] = { "RMA number", "case number", "customer tracking number",
                                     "serial", "account" };

static void
print (const char *what, GArray *times)
{
  sort_times (times);
  g_print ("{\"what\":\"%s\",\"n\":%u,\"median\":%.6f,\"p99\":%.6f,\"max\":%.6f}\n", what,
           times->len, quantile (times, 0.5), quantile (times, 0.99), quantile (times, 1));
}

static GPtrArray *
page (BhDesk *desk, const BhReturnsQuery *query, char **next, GArray *times)
{
  g_autoptr (GError) error = NULL;
  gint64 started = g_get_monotonic_time ();
  GPtrArray *rows = bh_desk_list_returns (desk, query, next, &error);
  double seconds = (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC;

  if (rows == NULL)
    g_error ("%s", error->message);
  g_array_append_val (times, seconds);
  return rows;
}

static const char *
value_of (const BhReturnRow *row, Key key)
{
  switch (key) {
  case KEY_RMA:
    return row->rma;
  case KEY_CASE:
    return row->case_no;
  case KEY_REFERENCE:
    return row->reference;
  case KEY_SERIAL:
    return row->serial;
  case KEY_ACCOUNT:
  case KEY_LAST:
  default:
    return row->account;
  }
}

static void
type_value (BhDesk *desk, const char *value, GArray *times)
{
  for (gsize length = 1; value != NULL && length <= strlen (value); length++) {
    g_autofree char *text = g_strndup (value, length);
    BhReturnsQuery typed = { .text = text };
    g_autoptr (GPtrArray) rows = page (desk, &typed, NULL, times);

    if (length == strlen (value) && rows->len == 0)
      g_error ("%s: nothing found", value);
  }
}

static void
type (BhDesk *desk, Key key, char **numbers, guint n)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) unused = g_array_new (FALSE, FALSE, sizeof (double));
  guint all = g_strv_length (numbers) - 1;

  for (guint i = 0; i < n; i++) {
    g_auto (GStrv) words = g_strsplit (numbers[(guint64) i * all / n], " ", 2);
    BhReturnsQuery query = { .serial = words[1] };
    g_autoptr (GPtrArray) found = page (desk, &query, NULL, unused);

    type_value (desk, value_of (g_ptr_array_index (found, 0), key), times);
  }
  print (names[key], times);
}

static void
type_tracking (BhDesk *desk, char **numbers, guint n)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  guint all = g_strv_length (numbers) - 1;

  for (guint i = 0; i < n; i++)
    type_value (desk, numbers[(guint64) i * all / n], times);
  print ("carrier tracking number", times);
}

static char **
lines_of (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);
  return g_strsplit (text, "\n", -1);
}

static void
scroll (BhDesk *desk, BhReturnsSort sort, const char *what)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *after = NULL;

  do {
    BhReturnsQuery query = { .sort = sort, .after = after };
    char *next = NULL;
    g_autoptr (GPtrArray) rows = page (desk, &query, &next, times);

    g_free (after);
    after = next;
  } while (after != NULL);
  print (what, times);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhDesk) desk = NULL;
  g_auto (GStrv) numbers = NULL;
  g_auto (GStrv) tracking = NULL;
  guint n;

  if (argc != 5)
    g_error ("usage: bench-search STORE AWAITED TRACKING N");
  desk = bh_desk_open (argv[1], BH_STORE_OPEN, NULL, "bench", "bench", &error);
  if (desk == NULL)
    g_error ("%s", error->message);
  numbers = lines_of (argv[2]);
  tracking = lines_of (argv[3]);
  n = (guint) g_ascii_strtoull (argv[4], NULL, 10);
  for (Key key = 0; key < KEY_LAST; key++)
    type (desk, key, numbers, n);
  type_tracking (desk, tracking, n);
  scroll (desk, BH_RETURNS_BY_RMA, "scroll by RMA number");
  scroll (desk, BH_RETURNS_BY_ACCOUNT, "scroll by account name");
  scroll (desk, BH_RETURNS_BY_CREATED, "scroll by create date");
  return 0;
}

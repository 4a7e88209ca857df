/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What a row must keep that no cell tells alone, kind by kind. */

#include "backhaul/job-entry.h"
#include "transfer-private.h"

#include <string.h>

#include "backhaul/calendar-store.h"
#include "backhaul/calendars.h"
#include "backhaul/data.h"

/* References found are remembered up to this many, then forgotten together. */
#define MAX_KNOWN 100000

/* A holiday calendar that comes with the program is taken when it is first named. */
static gboolean
shipped_calendar (BhImport *self, const char *name, gboolean *found, GError **error)
{
  g_autofree char *relative = g_strdup_printf ("data/calendars/%s.ics", name);
  g_autofree char *path = bh_data_path (relative);
  g_autofree char *ics = NULL;
  gsize size = 0;

  /* in a first load's own transaction nothing else can be begun */
  *found = self->tx == NULL && g_file_get_contents (path, &ics, &size, NULL);
  return !*found || self->options->dry_run ||
         bh_desk_calendar_put (self->desk, name, ics, size, self->now_us, NULL, error);
}

gboolean
bh_import_refers (BhImport *self, BhRef ref, const char *first, const char *second, gboolean *found,
                  GError **error)
{
  char key[160]; /* keys are at most 64 bytes each */

  key[0] = (char) ('0' + (int) ref);
  g_strlcpy (key + 1, first, sizeof key - 1);
  if (second != NULL) {
    g_strlcat (key, "\x1f", sizeof key);
    g_strlcat (key, second, sizeof key);
  }
  *found = g_hash_table_contains (self->known, key);
  if (*found)
    return TRUE;
  if (!bh_store_refers (self->desk->store, ref, first, second, found, error))
    return FALSE;
  if (g_hash_table_size (self->known) >= MAX_KNOWN)
    g_hash_table_remove_all (self->known);
  if (!*found && ref == BH_REF_CALENDAR && !shipped_calendar (self, first, found, error))
    return FALSE;
  if (*found)
    g_hash_table_add (self->known, g_strdup (key));
  return TRUE;
}

/* The amount is kept in minor units, and which those are the currency says. */
gboolean
bh_import_check_product (BhImport *self, BhTableRow *row, GError **error)
{
  int price = bh_transfer_column (self->transfer, "list_price");
  const char *currency = row->values[price + 1].text;
  g_autofree char *reason = NULL;

  if (row->values[price].text == NULL)
    return TRUE;
  if (currency == NULL)
    bh_import_fault (self, price + 1, "a price needs its currency");
  else if (!bh_price_parse (row->values[price].text, currency, &row->values[price].number, &reason))
    bh_import_fault (self, price, reason);
  return TRUE;
}

/* R5: a code is a part of another, never of itself. */
gboolean
bh_import_check_fault (BhImport *self, BhTableRow *row, GError **error)
{
  if (g_strcmp0 (row->values[0].text, row->values[1].text) == 0)
    bh_import_fault (self, 1, "a fault code cannot be its own parent");
  return TRUE;
}

/* Limits in order, so that a reading can be within them. */
gboolean
bh_import_check_test (BhImport *self, BhTableRow *row, GError **error)
{
  double low = 0;
  double high = 0;

  if (bh_number_parse (row->values[2].text, &low) && bh_number_parse (row->values[3].text, &high) &&
      low > high)
    bh_import_fault (self, 3, "the upper limit is below the lower one");
  return TRUE;
}

/* CLI.md: the first one enrolled can enrol others, else nobody ever could. */
gboolean
bh_import_check_operator (BhImport *self, BhTableRow *row, GError **error)
{
  const char *role = row->values[2].text;

  if (!self->empty || self->enrols)
    return TRUE;
  self->enrols = g_str_equal (role, "supervisor") || g_str_equal (role, "administrator");
  if (!self->enrols)
    bh_import_fault (self, 2,
                     "the first operator of a store must be a supervisor or administrator");
  return TRUE;
}

gboolean
bh_import_check_calendar (BhImport *self, BhTableRow *row, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *ics = row->values[1].text;
  g_autoptr (BhCalendar) calendar =
      bh_calendar_load (row->values[0].text, ics, strlen (ics), 0x1f, &local);

  if (calendar == NULL)
    bh_import_fault (self, 1, local->message);
  return TRUE;
}

/* Copies of the name: in each line (F1), and word by word (F3). */
gboolean
bh_import_account_written (BhImport *self, const BhTableRow *row, GError **error)
{
  const char *account = row->values[0].text;
  const char *name = row->values[1].text;

  return (row->put == BH_PUT_ADDED ||
          bh_store_rename_account (self->desk->store, account, name, error)) &&
         bh_store_put_words (self->desk->store, "account", account, name, row->put == BH_PUT_ADDED,
                             error);
}

/* C11: a calendar that changes moves clocks, which is an act of its own. */
gboolean
bh_import_put_calendar (BhImport *self, BhTableRow *row, GError **error)
{
  const char *name = row->values[0].text;
  const char *ics = row->values[1].text;
  g_autofree char *before = NULL;

  if (!bh_store_calendar_ics (self->desk->store, name, &before, error))
    return FALSE;
  row->put = before == NULL              ? BH_PUT_ADDED
             : g_str_equal (before, ics) ? BH_PUT_UNCHANGED
                                         : BH_PUT_CHANGED;
  return self->options->dry_run || row->put == BH_PUT_UNCHANGED ||
         bh_desk_calendar_put (self->desk, name, ics, strlen (ics), self->now_us, NULL, error);
}

/* The name of a calendar is that of its file, without folder and .ics. */
static char *
calendar_name_of (const char *file)
{
  char *name = g_path_get_basename (file);

  if (g_str_has_suffix (name, ".ics"))
    name[strlen (name) - 4] = '\0';
  return name;
}

gboolean
bh_import_ics (BhImport *self, GError **error)
{
  g_autofree char *name = calendar_name_of (self->name);
  g_autoptr (GString) text = g_string_new (NULL);
  BhTableRow row = { .line = 1, .stated = 3 };
  gsize size = 1;

  self->line = 1;
  self->raw = "";
  self->raw_is_text = FALSE; /* of a file whose cells were not looked at */
  self->result->rows = 1;
  self->file_column[0] = self->file_column[1] = 1;
  while (size > 0) {
    const char *line;
    gboolean cut = FALSE;

    if (!bh_lines_next (&self->lines, self->transfer->max_row, &line, &size, &cut, error))
      return FALSE;
    g_string_append_len (text, line, (gssize) size);
    if (cut || text->len > self->transfer->max_row) {
      bh_import_fault (self, -1, "the file is too large for a calendar; give an iCalendar file");
      return TRUE;
    }
  }
  if (!bh_import_cell (self, 0, name, strlen (name), &row.values[0]) ||
      !bh_import_cell (self, 1, text->str, text->len, &row.values[1]) ||
      !bh_import_check_calendar (self, &row, error) || self->faults > 0)
    return self->faults > 0;
  row.raw = "";
  g_array_append_val (self->batch, row);
  return TRUE;
}

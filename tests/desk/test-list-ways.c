/* SPDX-License-Identifier: GPL-3.0-or-later */
/* F1, F3: whatever way a list is made in, its pages are what a plain query without any index
 * finds (decision 0015). */
#include <string.h>

#include "backhaul/identifier.h"
#include "backhaul/lists-store.h"
#include "backhaul/returns.h"
#include "backhaul/table.h"
#include "world.h"
#include "wrap.h"

#define RMAS      8000
#define QUESTIONS 60
#define SHRUNK    250 /* thresholds of thousands become those of tens */

static const char *engine_now;

typedef struct {
  TestWrap *wrap;
  BhDesk *desk;
  GRand *random;
} World;

static BhBulk *
bulk (World *world, const char *table, const char *const *columns)
{
  g_autoptr (GError) error = NULL;
  BhBulk *rows = bh_store_bulk (bh_desk_store (world->desk), table, columns, &error);

  g_assert_no_error (error);
  return rows;
}

/* "t" char*, "i" gint64: one row */
static void
add (BhBulk *rows, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  for (; *format != '\0'; format++)
    g_assert_true (*format == 't' ? bh_bulk_text (rows, va_arg (values, const char *), NULL)
                                  : bh_bulk_int64 (rows, va_arg (values, gint64), NULL));
  va_end (values);
  g_assert_true (bh_bulk_end_row (rows, NULL));
}

static const char *const accounts[] = { "ACC001", "ACC002", "ACC010", "ACC100", "ZED" };
static const char *const names[] = { "North Network", "Acme North", "Blue", "Acme", "Zed Zebra" };

static void
fill_accounts (World *world)
{
  BhBulk *rows = bulk (world, "account", (const char *const[]){ "account", "name", NULL });

  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    add (rows, "tt", accounts[i], names[i]);
  g_assert_true (bh_bulk_finish (rows, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    g_assert_true (bh_store_put_words (bh_desk_store (world->desk), "account", accounts[i],
                                       names[i], TRUE, NULL));
}

/* Numbers, cases and dates go on together, with disorder over the bounds of zones; the rest is
 * scattered. Every seventh RMA has two lines. */
static void
fill_lines (World *world)
{
  static const char *const columns[] = { "rma_id",  "line",         "serial",  "part",
                                         "state",   "awaited",      "rma",     "status",
                                         "account", "account_name", "case_no", "created_us",
                                         NULL };
  static const char *const parts[] = { "PN-1", "PN-2", "PX-9", NULL };
  BhBulk *rows = bulk (world, "rma_line", columns);

  for (gint64 i = 1; i <= RMAS; i++)
    for (gint64 line = 1; line <= (i % 7 == 0 ? 2 : 1); line++) {
      guint a = (guint) (i * i) % 5;
      g_autofree char *rma = g_strdup_printf ("R%010" G_GINT64_FORMAT, i);
      g_autofree char *serial =
          g_strdup_printf ("SN%05d", g_rand_int_range (world->random, 0, 20000));
      gint64 day = i * 300 / RMAS + g_rand_int_range (world->random, 0, 80);
      g_autofree char *case_no = i % 50 == 0
                                     ? g_strdup ("")
                                     : g_strdup_printf ("2026-%02d%02d-%06d", (int) (day / 28) + 1,
                                                        (int) (day % 28) + 1, (int) (i % 3000));

      add (rows,
           "iitttitttt"
           "ti",
           i, line, serial, parts[i % 4], "closed", (gint64) 0, rma,
           i * 100 > RMAS * 97 ? "open" : "closed", accounts[a], names[a], case_no,
           1000000 * (day / 2));
    }
  g_assert_true (bh_bulk_finish (rows, NULL));
}

static void
fill_rmas (World *world)
{
  BhBulk *rows = bulk (world, "rma",
                       (const char *const[]){ "id", "rma", "state", "status", "account",
                                              "reference", "created_us", NULL });

  for (gint64 i = 1; i <= RMAS; i++) {
    g_autofree char *rma = g_strdup_printf ("R%010" G_GINT64_FORMAT, i);
    g_autofree char *reference = g_strdup_printf ("PO-%05d blue blade", (int) i);

    add (rows,
         "itttt"
         "ti",
         i, rma, "closed", "closed", "ACC001", reference, (gint64) 1);
  }
  g_assert_true (bh_bulk_finish (rows, NULL));
  rows = bulk (world, "search_word", (const char *const[]){ "kind", "word", "ref", NULL });
  for (gint64 i = 1; i <= RMAS; i++) {
    g_autofree char *rma = g_strdup_printf ("R%010" G_GINT64_FORMAT, i);
    g_autofree char *number = g_strdup_printf ("%05d", (int) i);

    add (rows, "ttt", "reference", "po", rma);
    add (rows, "ttt", "reference", number, rma);
    add (rows, "ttt", "reference", i % 3 == 0 ? "blue" : "blade", rma);
    add (rows, "ttt", "reference", "bluish", rma);
  }
  g_assert_true (bh_bulk_finish (rows, NULL));
}

/* Boxes with a carrier's number; some lines came in two of them. */
static void
fill_boxes (World *world)
{
  BhBulk *rows =
      bulk (world, "box", (const char *const[]){ "box", "state", "tracking", "opened_us", NULL });

  for (int i = 0; i < 600; i++) {
    g_autofree char *box = g_strdup_printf ("b%d", i);
    g_autofree char *tracking = g_strdup_printf ("1Z%04d", i * 13 % 1000);

    add (rows, "ttti", box, "done", tracking, (gint64) 1);
  }
  g_assert_true (bh_bulk_finish (rows, NULL));
  rows = bulk (world, "receipt",
               (const char *const[]){ "receipt", "act", "box", "unit", "verdict", "rule", "line_id",
                                      "late", "message", "at_us", "operator", "void", "tracking",
                                      NULL });
  for (int i = 0; i < 600; i++) {
    g_autofree char *box = g_strdup_printf ("b%d", i);
    g_autofree char *tracking = g_strdup_printf ("1Z%04d", i * 13 % 1000);

    add (rows,
         "tttittiitit"
         "it",
         box, box, box, (gint64) 1, "hold", "D5", (gint64) (i % 500 * 17 + 1), (gint64) 0, "",
         (gint64) 1, "x", (gint64) (i % 9 == 0), tracking);
  }
  g_assert_true (bh_bulk_finish (rows, NULL));
}

static void
set_up (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhTx) tx = NULL;

  world->wrap = test_wrap_new (engine_now);
  world->random = g_rand_new_with_seed (20261124);
  world->desk =
      bh_desk_open (test_wrap_uri (world->wrap), BH_STORE_MIGRATE, "tess", NULL, "x", &error);
  g_assert_no_error (error);
  tx = bh_store_begin_write (bh_desk_store (world->desk), &error);
  fill_accounts (world);
  fill_rmas (world);
  fill_lines (world);
  fill_boxes (world);
  g_assert_true (bh_tx_commit (tx, &error));
  g_assert_true (bh_store_analyze (bh_desk_store (world->desk), &error));
}

/* ---- what a query without any way of its own finds --------------------------------- */

#define STARTS(column, n) "substr(" column ", 1, length($" #n ")) = $" #n

static const char *const sorts[] = {
  [BH_RETURNS_BY_RMA] = "l.rma",
  [BH_RETURNS_BY_STATUS] = "l.status",
  [BH_RETURNS_BY_ACCOUNT] = "l.account_name",
  [BH_RETURNS_BY_CASE] = "l.case_no",
  [BH_RETURNS_BY_SERIAL] = "l.serial",
  [BH_RETURNS_BY_PART] = "coalesce(l.part, '')",
  [BH_RETURNS_BY_CREATED] = "l.created_us",
  [BH_RETURNS_BY_URGENCY] = "l.urgency",
};

/* What is not asked for is a text that nothing begins with. */
static const char *
or_never (const char *text)
{
  return text != NULL && *text != '\0' ? text : "\x01";
}

static GArray *
plain (World *world, const BhReturnsQuery *query)
{
  static const char question[] =
      "SELECT l.id FROM rma_line l WHERE ($5 = '' OR " STARTS ("l.rma", 1) " OR " STARTS (
          "l.case_no",
          2) " OR " STARTS ("l.serial",
                            1) " OR " STARTS ("l.account",
                                              1) " OR " STARTS ("coalesce(l.part, '')",
                                                                1) " OR EXISTS (SELECT 1 FROM "
                                                                   "search_word w WHERE w.kind = "
                                                                   "'account' AND w.ref = l.account"
                                                                   "            AND " STARTS (
                                                                       "w.word",
                                                                       3) ")"
                                                                          " OR EXISTS (SELECT 1 "
                                                                          "FROM search_word w "
                                                                          "WHERE w.kind = "
                                                                          "'reference' AND w.ref = "
                                                                          "l.rma"
                                                                          "            "
                                                                          "AND " STARTS (
                                                                              "w.word",
                                                                              3) ")"
                                                                                 " OR EXISTS "
                                                                                 "(SELECT 1 FROM "
                                                                                 "receipt p JOIN "
                                                                                 "box b ON b.box = "
                                                                                 "p.box WHERE "
                                                                                 "p.line_id = l.id"
                                                                                 "            AND "
                                                                                 "p.void = 0 "
                                                                                 "AND " STARTS (
                                                                                     "b.tracking",
                                                                                     4) "))"
                                                                                        " AND ($6 "
                                                                                        "= '' OR "
                                                                                        "l.status "
                                                                                        "= $6) AND "
                                                                                        "($7 = '' "
                                                                                        "OR "
                                                                                        "l.account "
                                                                                        "= $7)";
  const char *text = query->text != NULL ? query->text : "";
  g_auto (GStrv) words = bh_search_words (text);
  guint n = g_strv_length (words);
  const char *word = n > 0 ? words[n - 1] : NULL;
  g_autofree char *case_no = g_strdup (text);
  g_autofree char *tracking = bh_tracking_fold (text, -1);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStmt) stmt = NULL;
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row = TRUE;

  for (guint i = 0; i + 1 < n; i++)
    if (strlen (words[i]) > strlen (word))
      word = words[i];
  if (g_str_has_suffix (case_no, "-"))
    case_no[strlen (case_no) - 1] = '\0';
  sql = g_strdup_printf ("%s ORDER BY %s%s, l.id%s", question, sorts[query->sort],
                         query->descending ? " DESC" : "", query->descending ? " DESC" : "");
  stmt = bh_store_stmt (bh_desk_store (world->desk), sql, &error);
  g_assert_no_error (error);
  g_assert_true (bh_stmt_bind (stmt, &error, "ttttttt", or_never (text), or_never (case_no),
                               or_never (word), or_never (tracking), text,
                               query->status != NULL ? query->status : "",
                               query->account != NULL ? query->account : ""));
  while (row) {
    g_assert_true (bh_stmt_next (stmt, &row, &error));
    if (row) {
      gint64 id = bh_stmt_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }
  }
  return ids;
}

/* ---- questions -------------------------------------------------------------------------- */

/* The beginning of a value that some line has, or of none. */
static char *
some_text (World *world)
{
  int i = g_rand_int_range (world->random, 1, RMAS + 1);
  char *text = NULL;

  switch (g_rand_int_range (world->random, 0, 8)) {
  case 0:
    text = g_strdup_printf ("R%010d", i);
    break;
  case 1:
    text = g_strdup_printf ("2026-%02d%02d-%06d", i % 12 + 1, i % 28 + 1, i % 3000);
    break;
  case 2:
    text = g_strdup_printf ("SN%05d", i * 2);
    break;
  case 3:
    text = g_strdup (accounts[i % 5]);
    break;
  case 4:
    text = g_strdup_printf ("%05d", i);
    break;
  case 5:
    text = g_strdup (i % 2 ? "blue" : "north");
    break;
  case 6:
    text = g_strdup_printf ("1Z%04d", i % 1000);
    break;
  default:
    text = g_strdup (i % 3 == 0 ? "PN-1" : i % 3 == 1 ? "acme" : "po");
    break;
  }
  text[g_rand_int_range (world->random, 1, (gint32) strlen (text) + 1)] = '\0';
  return text;
}

/* Some pages from the start, each compared where it should stand. */
static void
compare (World *world, BhReturnsQuery query)
{
  g_autoptr (GArray) ids = plain (world, &query);
  g_autofree char *after = NULL;
  guint at = 0;

  for (guint page = 0; page < 4 && (page == 0 || after != NULL); page++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) rows = NULL;
    char *next = NULL;

    query.after = after;
    rows = bh_desk_list_returns (world->desk, &query, &next, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (rows->len, ==, MIN (query.limit, ids->len - at));
    for (guint i = 0; i < rows->len; i++)
      g_assert_cmpint (((BhReturnRow *) rows->pdata[i])->id, ==,
                       g_array_index (ids, gint64, at + i));
    at += rows->len;
    g_assert_true ((next != NULL) == (at < ids->len));
    g_free (after);
    after = next;
  }
}

static void
ask (World *world, const BhReturnsQuery *query)
{
  g_test_message ("%s status %s account %s by %s%s, %u a page", query->text, query->status,
                  query->account, sorts[query->sort], query->descending ? " down" : "",
                  query->limit);
  compare (world, *query);
}

static void
ask_anything (World *world, guint i)
{
  g_autofree char *text = some_text (world);
  int other = g_rand_int_range (world->random, 0, 6);
  const BhReturnsQuery query = {
    .text = i % 10 == 0 ? NULL : text,
    .status = other == 0   ? "open"
              : other == 1 ? "closed"
                           : NULL,
    .account = other == 2 || other == 1 ? accounts[i % 5] : NULL,
    .sort = (BhReturnsSort) g_rand_int_range (world->random, 0, BH_RETURNS_SORT_LAST),
    .descending = g_rand_boolean (world->random),
    .limit = (guint) g_rand_int_range (world->random, 1, 40),
  };

  ask (world, &query);
}

/* Too many to be gathered, too few or too far to be met: zone by zone */
static void
ask_zones (World *world, guint i)
{
  static const BhReturnsSort in_time[] = { BH_RETURNS_BY_RMA, BH_RETURNS_BY_CASE,
                                           BH_RETURNS_BY_CREATED };
  g_autofree char *text =
      i % 4 == 3   ? g_strdup_printf ("1Z0%d", g_rand_int_range (world->random, 0, 10))
      : i % 3 == 0 ? g_strdup_printf ("SN%02d", g_rand_int_range (world->random, 0, 20))
      : i % 3 == 1 ? g_strdup_printf ("2026-%02d", g_rand_int_range (world->random, 1, 14))
                   : g_strdup_printf ("R0000000%d", g_rand_int_range (world->random, 0, 9));
  const BhReturnsQuery query = {
    .text = text,
    .status = i % 5 == 0 ? "open" : NULL,
    .account = i % 4 != 0 ? accounts[4] : NULL,
    .sort = in_time[g_rand_int_range (world->random, 0, 3)],
    .descending = g_rand_boolean (world->random),
    .limit = (guint) g_rand_int_range (world->random, 1, 40),
  };

  ask (world, &query);
}

static void
test_any_way (void)
{
  World world = { 0 };

  set_up (&world);
  bh_store_shrink_lists (SHRUNK);
  for (guint i = 0; i < QUESTIONS; i++) {
    ask_anything (&world, i);
    ask_zones (&world, i);
  }
  bh_store_shrink_lists (1);
  g_rand_free (world.random);
  bh_desk_close (world.desk);
  test_wrap_free (world.wrap);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;

  g_test_init (&argc, &argv, NULL);
  engine_now = test_wrap_engine_from_env ();
  path = g_strdup_printf ("/lists/%s/F3/any-way-is-the-plain-query", engine_now);
  g_test_add_func (path, test_any_way);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding and telling: F1's columns and sorts by key, F3's keys, C10's lights. */
#include <stdlib.h>
#include <string.h>

#include "backhaul/calendars.h"
#include "backhaul/care.h"
#include "backhaul/receipt.h"
#include "backhaul/returns.h"
#include "backhaul/table.h"
#include "world.h"
#include "wrap.h"

static void
set_up (DeskWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  world_set_up (world, data);
  g_assert_true (bh_store_run (bh_desk_store (world->desk), NULL, &error,
                               "UPDATE rma SET reference = 'PO 77 blue' WHERE id = 2", ""));
  g_assert_true (bh_store_put_words (bh_desk_store (world->desk), "reference", "R0000000002",
                                     "PO 77 blue", TRUE, &error));
  g_assert_true (bh_store_put_words (bh_desk_store (world->desk), "account", "A1", "Acme Networks",
                                     TRUE, &error));
  g_assert_no_error (error);
}

/* All lines of a query, page by page, as "RMA/SERIAL " each. */
static char *
all (DeskWorld *world, BhReturnsQuery query, guint limit)
{
  g_autofree char *after = NULL;
  GString *text = g_string_new (NULL);
  guint pages = 0;

  query.limit = limit;
  do {
    g_autofree char *next = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) rows = NULL;

    query.after = after;
    rows = bh_desk_list_returns (world->desk, &query, &next, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (rows->len, <=, limit);
    for (guint i = 0; i < rows->len; i++) {
      const BhReturnRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (text, "%s/%s ", row->rma, row->serial);
    }
    g_free (after);
    after = g_steal_pointer (&next);
  } while (after != NULL && ++pages < 100);
  return g_strchomp (g_string_free (text, FALSE));
}

/* Every sort, both ways, in pages of any size: each row once, in one order. */
static void
test_paging (DeskWorld *world, gconstpointer data)
{
  for (BhReturnsSort sort = 0; sort < BH_RETURNS_SORT_LAST; sort++)
    for (int descending = 0; descending < 2; descending++) {
      BhReturnsQuery query = { .sort = sort, .descending = descending };
      g_autofree char *whole = all (world, query, 1000);
      g_auto (GStrv) rows = g_strsplit (whole, " ", -1);

      g_assert_cmpuint (g_strv_length (rows), ==, 11);
      for (guint limit = 1; limit < 8; limit++) {
        g_autofree char *paged = all (world, query, limit);

        g_assert_cmpstr (paged, ==, whole);
      }
    }
}

static void
test_sorted (DeskWorld *world, gconstpointer data)
{
  BhReturnsQuery by_serial = { .sort = BH_RETURNS_BY_SERIAL };
  BhReturnsQuery back = { .sort = BH_RETURNS_BY_SERIAL, .descending = TRUE };
  g_autofree char *first = all (world, by_serial, 100);
  g_autofree char *last = all (world, back, 100);

  g_assert_true (g_str_has_prefix (first, "R0000000001/SN-ALPHA1 R0000000001/SN-ALPHA2"));
  g_assert_true (g_str_has_prefix (last, "R0000000010/SN-OLD001 R0000000009/SN-OLD001"));
}

/* F3: found by each key, as it is typed, in any spelling */
static void
test_search (DeskWorld *world, gconstpointer data)
{
  static const struct {
    const char *text;
    const char *found;
  } searches[] = {
    { "R0000000002", "R0000000002/SN-BRAVO1" },
    { "r-0000 000 002", "R0000000002/SN-BRAVO1" },
    { "sn-bra", "R0000000002/SN-BRAVO1" },
    { "blue", "R0000000002/SN-BRAVO1" },
    { "blu", "R0000000002/SN-BRAVO1" },
    { "PN-200", "R0000000001/SN-ALPHA2" },
    { "no such thing", "" },
    { "%", "" },
    { "'; DROP TABLE rma; --", "" },
  };
  g_autofree char *by_account = NULL;
  g_autofree char *by_case = NULL;
  g_autofree char *by_digits = NULL;
  g_autofree char *everything = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (searches); i++) {
    BhReturnsQuery query = { .text = searches[i].text };
    g_autofree char *got = all (world, query, 100);

    g_assert_cmpstr (got, ==, searches[i].found);
  }
  everything = all (world, (BhReturnsQuery){ 0 }, 100);
  by_account = all (world, (BhReturnsQuery){ .text = "acme net" }, 100);
  by_case = all (world, (BhReturnsQuery){ .text = "2026-1101" }, 100);
  by_digits = all (world, (BhReturnsQuery){ .text = "20261101000001#" }, 100);
  g_assert_cmpstr (by_account, ==, everything);
  g_assert_cmpstr (by_case, ==, everything);
  g_assert_cmpstr (by_digits, ==, everything);
}

/* V8, F3: by the carrier's number that was on the box */
static void
test_tracking (DeskWorld *world, gconstpointer data)
{
  g_autofree char *got = world_receive (world->desk, NULL, "1Z999AA10123456784 | SN-BRAVO1");
  g_autofree char *found = all (world, (BhReturnsQuery){ .text = "1z 999 AA1 01 2345 6784" }, 100);

  g_assert_cmpstr (got, ==, "D2 accept");
  g_assert_cmpstr (found, ==, "R0000000002/SN-BRAVO1");
}

/* V8, F3: a receipt carries its box's number also when that was read after the unit */
static void
test_tracking_late (DeskWorld *world, gconstpointer data)
{
  g_autofree char *first = world_receive (world->desk, "b-late", "SN-BRAVO1");
  g_autofree char *then = world_receive (world->desk, "b-late", "1Z999AA10123456784");
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      bh_desk_store (world->desk),
      "SELECT count(*) FROM receipt WHERE void = 0 AND tracking = '1Z999AA10123456784'", &error);

  g_assert_cmpstr (first, ==, "D2 accept");
  g_assert_no_error (error);
  g_assert_true (bh_stmt_one_row (stmt, &error));
  g_assert_cmpint (bh_stmt_int64 (stmt, 0), ==, 1);
}

static void
test_filters (DeskWorld *world, gconstpointer data)
{
  static const struct {
    BhReturnsQuery query;
    const char *found;
  } filters[] = {
    { { .status = "open", .serial = "sn-alpha1" }, "R0000000001/SN-ALPHA1" },
    { { .status = "closed", .serial = "SN-ALPHA1" }, "" },
    { { .reference = "blue 77" }, "R0000000002/SN-BRAVO1" },
    { { .reference = "blue 78" }, "" },
    { { .account = "A1", .status = "open", .reference = "po" }, "R0000000002/SN-BRAVO1" },
    { { .account = "a1" }, "" },
    { { .case_no = "20261101000001", .serial = "SN-LATE01" }, "R0000000007/SN-LATE01" },
    { { .serial = "SN-OLD001", .sort = BH_RETURNS_BY_CREATED },
      "R0000000008/SN-OLD001 R0000000009/SN-OLD001 R0000000010/SN-OLD001" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++) {
    g_autofree char *got = all (world, filters[i].query, 100);

    g_assert_cmpstr (got, ==, filters[i].found);
  }
}

/* I3: the customer's own reference is free text, found by any word of it in any case */
static void
test_reference (DeskWorld *world, gconstpointer data)
{
  static const char *const words[] = { "blue", "BLUE", "77", "po 77", "77 po" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autofree char *got = all (world, (BhReturnsQuery){ .reference = words[i] }, 100);

    g_assert_cmpstr (got, ==, "R0000000002/SN-BRAVO1");
  }
}

static void
test_hostile_cursor (DeskWorld *world, gconstpointer data)
{
  static const char *const cursors[] = { "", "x", "....", "MGExOjA.", "9999999999999999", "\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (cursors); i++) {
    g_autoptr (GError) error = NULL;
    BhReturnsQuery query = { .sort = BH_RETURNS_BY_CASE, .after = cursors[i] };

    g_assert_null (bh_desk_list_returns (world->desk, &query, NULL, &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  }
}

static gboolean
on_due (const BhClockRow *row, gpointer data)
{
  g_string_append_printf (data, "%s/%s/%d ", row->serial, row->state, row->days_left);
  return TRUE;
}

/* C10: open, amber from 2 days before, late; soonest first */
static void
test_due (DeskWorld *world, gconstpointer data)
{
  static const struct {
    const char *on;
    const char *state;
    const char *expected;
  } boards[] = {
    { "2026-11-24", NULL,
      "SN-LATE01/late/-10 SN-ALPHA1/open/4 SN-ALPHA2/open/4 SN-BRAVO1/open/4 " },
    { "2026-11-25", "open", "SN-ALPHA1/open/3 SN-ALPHA2/open/3 SN-BRAVO1/open/3 " },
    { "2026-11-26", "amber", "SN-ALPHA1/amber/2 SN-ALPHA2/amber/2 SN-BRAVO1/amber/2 " },
    { "2026-11-30", "late", "SN-LATE01/late/-14 " },
    { "2026-12-01", "late",
      "SN-LATE01/late/-15 SN-ALPHA1/late/-1 SN-ALPHA2/late/-1 SN-BRAVO1/late/-1 " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (boards); i++) {
    g_autoptr (GString) got = g_string_new (NULL);
    g_autoptr (GError) error = NULL;

    g_assert_true (bh_desk_due (world->desk, "C1", boards[i].state, bh_day_parse (boards[i].on),
                                WORLD_NOW, on_due, got, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (got->str, ==, boards[i].expected);
  }
}

static void
test_page (DeskWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *got = world_receive (world->desk, NULL, "R0000000001 | SN-ALPHA1");
  g_autoptr (BhRmaPage) page = bh_desk_rma_page (world->desk, " r0000000001", WORLD_NOW, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (page->rma, ==, "R0000000001");
  g_assert_cmpstr (page->account_name, ==, "Acme Networks");
  g_assert_cmpuint (page->lines->len, ==, 2);
  g_assert_cmpstr (((BhReturnRow *) page->lines->pdata[0])->line_state, ==, "received");
  g_assert_cmpstr (((BhReturnRow *) page->lines->pdata[1])->line_state, ==, "awaited");
  g_assert_cmpuint (page->clocks->len, ==, 3); /* C1 met, C4 open, C1 of line 2 */
  g_assert_cmpuint (page->history->len, ==, 3);
  g_assert_null (bh_desk_rma_page (world->desk, "R9999999999", WORLD_NOW, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (bh_desk_rma_page (world->desk, "hello", WORLD_NOW, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
}

/* R3, V4: three past RMAs on one page */
static void
test_life (DeskWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhUnitLife) life = bh_desk_unit_life (world->desk, "sn-old001", &error);

  g_assert_no_error (error);
  g_assert_false (life->known);
  g_assert_cmpuint (life->lines->len, ==, 3);
  g_assert_null (bh_desk_unit_life (world->desk, "NEVER-SEEN", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_NOT_FOUND);
}

static void
test_figures (DeskWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) figures = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_free (world_receive (world->desk, NULL, "SN-ALPHA1"));
  g_free (world_receive (world->desk, NULL, "SN-LATE01"));
  g_free (world_receive (world->desk, NULL, "SN-NOWHERE | BH!NEXT-BOX"));
  figures = bh_desk_stats (world->desk, WORLD_NOW, WORLD_NOW + 1, WORLD_NOW, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < figures->len; i++) {
    const BhFigure *figure = g_ptr_array_index (figures, i);

    g_string_append_printf (text, "%s%s%s=%d ", figure->name, figure->rule != NULL ? "." : "",
                            figure->rule != NULL ? figure->rule : "", (int) figure->value);
  }
  g_assert_cmpstr (text->str, ==,
                   "received=2 accepted=2 held=0 refused=1 voided=0 late=1 accepted.D2=2"
                   " refused.D3=1 open=2 met.C1=1 missed.C1=1 overdue=0 ");
}

static void
on_moved (const BhMovedClock *moved, gpointer data)
{
  g_string_append_printf (data, "%s %s>%s ", moved->kind, moved->from, moved->to);
}

/* C7, C11: a holiday in the destination's calendar moves its running clocks */
static void
test_calendar (DeskWorld *world, gconstpointer data)
{
  static const char ics[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\n"
                            "UID:1\r\nDTSTART;VALUE=DATE:20261126\r\nSUMMARY:Thanksgiving\r\n"
                            "END:VEVENT\r\nEND:VCALENDAR\r\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) moved = g_string_new (NULL);
  BhClockWatch watch = { .moved = on_moved, .data = moved };
  BhStore *store = bh_desk_store (world->desk);

  g_assert_true (bh_store_run (store, NULL, &error,
                               "UPDATE clock SET calendar = 'US', due = '2026-11-27',"
                               " started_us = $1 WHERE line_id = 3",
                               "i", WORLD_NOW - 11 * G_TIME_SPAN_DAY));
  g_assert_true (
      bh_desk_calendar_put (world->desk, "US", ics, strlen (ics), WORLD_NOW, &watch, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (moved->str, ==, "C1 2026-11-27>2026-11-30 ");
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM rma_line WHERE id = 3 AND"
                                             " return_by = '2026-11-30'"),
                   ==, 1);
  /* twice is once */
  g_string_truncate (moved, 0);
  g_assert_true (
      bh_desk_calendar_put (world->desk, "US", ics, strlen (ics), WORLD_NOW, &watch, &error));
  g_assert_cmpstr (moved->str, ==, "");
  g_assert_false (bh_desk_calendar_put (world->desk, "US", "junk", 4, WORLD_NOW, NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
}

static void
on_fault (const char *what, gpointer data)
{
  (*(guint *) data)++;
}

/* A backup is the same store: every verdict, clock and journal entry; restored into
 * SQLite and, from PostgreSQL too, checked whole. */
static void
test_backup (DeskWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (test_wrap_folder (world->wrap), "copy.bak", NULL);
  g_autofree char *uri = g_strdup_printf ("sqlite:%s/restored.db", test_wrap_folder (world->wrap));
  g_autoptr (BhDesk) restored = NULL;
  guint faults = 0;
  g_autofree char *again = NULL;

  g_free (world_receive (world->desk, NULL, "SN-ALPHA1 | BH!NEXT-BOX"));
  g_assert_true (bh_store_backup (bh_desk_store (world->desk), path, &error));
  g_assert_no_error (error);
  g_assert_true (bh_store_restore (uri, path, &error));
  g_assert_no_error (error);
  restored = bh_desk_open (uri, BH_STORE_OPEN, "tess", NULL, "station-2", &error);
  g_assert_no_error (error);
  g_assert_true (bh_desk_check (restored, on_fault, &faults, &error));
  g_assert_cmpuint (faults, ==, 0);
  again = world_receive (restored, NULL, "SN-ALPHA1");
  g_assert_cmpstr (again, ==, "D8 already-received");
  /* what is not a backup changes nothing */
  g_assert_true (g_file_set_contents (path, "not a store", -1, NULL));
  g_assert_false (bh_store_restore (uri, path, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_NOT_OURS);
}

/* A store restored into the engine it came from, over an empty one. */
static void
test_restore_here (DeskWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (test_wrap_folder (world->wrap), "copy.bak", NULL);
  TestWrap *other = test_wrap_new (test_wrap_engine_from_env ());
  BhDesk *restored;
  g_autofree char *got = NULL;

  g_assert_true (bh_store_backup (bh_desk_store (world->desk), path, &error));
  g_assert_true (bh_store_restore (test_wrap_uri (other), path, &error));
  g_assert_no_error (error);
  restored = bh_desk_open (test_wrap_uri (other), BH_STORE_OPEN, "tess", NULL, "s", &error);
  g_assert_no_error (error);
  got = world_receive (restored, NULL, "R0000000002 | SN-BRAVO1");
  g_assert_cmpstr (got, ==, "D1 accept");
  bh_desk_close (restored);
  test_wrap_free (other);
}

/* `check` tells what must never be */
static void
test_check (DeskWorld *world, gconstpointer data)
{
  static const char *const harms[] = {
    "UPDATE rma_line SET state = 'closed' WHERE id = 1",
    "UPDATE rma SET status = 'closed' WHERE id = 2",
    "UPDATE clock SET state = 'open', ended_us = NULL WHERE line_id = 3 AND kind = 'C1'",
    "DELETE FROM audit",
  };
  g_autoptr (GError) error = NULL;
  guint faults = 0;

  g_free (world_receive (world->desk, NULL, "SN-BRAVO1"));
  g_assert_true (bh_desk_check (world->desk, on_fault, &faults, &error));
  g_assert_cmpuint (faults, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (harms); i++) {
    guint before = faults;

    g_assert_true (bh_store_run (bh_desk_store (world->desk), NULL, &error, harms[i], ""));
    faults = 0;
    g_assert_true (bh_desk_check (world->desk, on_fault, &faults, &error));
    g_assert_cmpuint (faults, >, before);
  }
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (DeskWorld *, gconstpointer);
  } tests[] = {
    { "F1/each-row-once-whatever-the-page", test_paging },
    { "F1/sorted", test_sorted },
    { "F3/each-key", test_search },
    { "F3/tracking", test_tracking },
    { "F3/tracking-late", test_tracking_late },
    { "F3/filters", test_filters },
    { "I3/a-reference-is-found-by-its-words", test_reference },
    { "F1/hostile-cursor", test_hostile_cursor },
    { "C10/lights", test_due },
    { "F1/the-rma-page", test_page },
    { "V4/the-life-of-a-serial", test_life },
    { "D13/figures", test_figures },
    { "C7/a-new-calendar-moves-clocks", test_calendar },
    { "F6/backup-and-restore", test_backup },
    { "F6/restore-into-the-same-engine", test_restore_here },
    { "F6/check-tells", test_check },
  };
  const char *engine;

  g_test_init (&argc, &argv, NULL);
  engine = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/lists/%s/%s", engine, tests[i].path);

    g_test_add (path, DeskWorld, NULL, set_up, tests[i].run, world_tear_down);
  }
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Support cases (RULES I2, N1, C6, F2, F5), on both engines. */
#include "backhaul/audit.h"
#include "backhaul/calendar.h"
#include "backhaul/cases.h"
#include "backhaul/issue.h"
#include "wrap.h"
#include "world.h"

#include <string.h>

#define HOUR   G_TIME_SPAN_HOUR
#define DAY    G_TIME_SPAN_DAY
#define NUMBER "2026-1124-000042"
#define OLD    "2026-1101-000001" /* of the world: imported, without a priority */

static const char *engine_now;

#define count(world, sql) world_count ((world)->desk, sql)

/* An act of its own, at an instant. */
static BhWhen
at (gint64 at_us)
{
  static char act[64];

  g_snprintf (act, sizeof act, "act-%d", g_test_rand_int ());
  return (BhWhen){ .act = act, .at_us = at_us };
}

static gboolean
open_case (DeskWorld *world, const char *number, const char *priority, gint64 at_us, GError **error)
{
  const BhCaseDraft draft = { .case_no = number,
                              .account = "A1",
                              .site = "S1",
                              .priority = priority,
                              .contact = "Ann",
                              .platform = "MX" };
  const BhWhen when = at (at_us);

  return bh_desk_open_case (world->desk, &when, &draft, error);
}

static gboolean
update (DeskWorld *world, const BhCaseChange *change, gint64 at_us, GError **error)
{
  const BhWhen when = at (at_us);

  return bh_desk_update_case (world->desk, &when, NUMBER, change, error);
}

/* "response P1 missed, update P1 open +4h", each clock by its stage, level, state and due
 * time from WORLD_NOW on */
static char *
clocks (DeskWorld *world, gint64 now_us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhCasePage) page = bh_desk_case_page (world->desk, NUMBER, now_us, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < page->clocks->len; i++) {
    const BhClockView *clock = g_ptr_array_index (page->clocks, i);

    g_string_append_printf (text, "%s%s %s %s %+dh", i > 0 ? ", " : "", clock->stage, clock->level,
                            clock->state, (int) ((clock->due_us - WORLD_NOW) / HOUR));
  }
  return g_string_free (text, FALSE);
}

/* ---- C6 ----------------------------------------------------------------------------------- */

/* The world's now is Tuesday, 2026-11-24 03:00 in New York, where the site is: a business day
 * ends at midnight there, 21 h later; the update clock starts with the update, 30 min on. */
static const struct {
  const char *path;
  const char *priority;
  gint64 first_us; /* when the first response is given */
  const char *expected;
} promises[] = {
  { "C6/P1", "P1", HOUR / 2, "response P1 met +1h, update P1 amber +4h" },
  { "C6/P1-missed", "P1", HOUR * 3 / 2, "response P1 missed +1h, update P1 amber +5h" },
  { "C6/P2", "P2", HOUR / 2, "response P2 met +1h, update P2 amber +44h" },
  { "C6/P3", "P3", HOUR * 2, "response P3 met +8h, update P3 open +92h" },
  { "C6/P4", "p4", HOUR * 23, "response P4 met +24h, update P4 open +212h" },
};

static void
test_promise (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  DeskWorld world = { 0 };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const BhCaseChange said = { .message = "we look into it" };
  g_autoptr (GError) error = NULL;

  world_set_up (&world, engine_now);
  g_assert_true (open_case (&world, NUMBER, promises[i].priority, WORLD_NOW, &error));
  g_assert_no_error (error);
  before = clocks (&world, WORLD_NOW);
  g_assert_nonnull (strstr (before, "response"));
  g_assert_true (update (&world, &said, WORLD_NOW + promises[i].first_us, &error));
  g_assert_no_error (error);
  after = clocks (&world, WORLD_NOW + promises[i].first_us);
  g_assert_cmpstr (after, ==, promises[i].expected);
  world_tear_down (&world, NULL);
}

/* Each update ends the clock of the one before */
static void
test_updates (gconstpointer data)
{
  DeskWorld world = { 0 };
  const BhCaseChange nothing = { 0 };
  g_autofree char *got = NULL;

  world_set_up (&world, engine_now);
  g_assert_true (open_case (&world, NUMBER, "P1", WORLD_NOW, NULL));
  g_assert_true (update (&world, &nothing, WORLD_NOW, NULL));
  g_assert_true (update (&world, &nothing, WORLD_NOW + 5 * HOUR, NULL));
  g_assert_true (update (&world, &nothing, WORLD_NOW + 6 * HOUR, NULL));
  got = clocks (&world, WORLD_NOW + 6 * HOUR);
  g_assert_cmpstr (got, ==,
                   "response P1 met +1h, update P1 missed +4h, update P1 met +9h,"
                   " update P1 amber +10h");
  world_tear_down (&world, NULL);
}

static void
test_priority (gconstpointer data)
{
  static const struct {
    BhCaseChange change;
    gint64 after_us;
    const char *expected;
  } changes[] = {
    /* told: an update, under the new priority from then on */
    { { .priority = "P1" }, HOUR * 2, "response P3 met +8h, update P1 amber +6h" },
    /* nobody was told: the same stage anew */
    { { .priority = "P1", .internal = TRUE },
      HOUR * 2,
      "response P3 void +8h, response P1 amber +3h" },
    /* what was missed stays missed */
    { { .priority = "P4", .internal = TRUE },
      HOUR * 9,
      "response P3 missed +8h, response P4 amber +33h" },
    /* the same priority is no change, and a new contact promises nothing */
    { { .priority = "P3", .contact = "Bob", .internal = TRUE }, HOUR, "response P3 amber +8h" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    DeskWorld world = { 0 };
    g_autofree char *got = NULL;
    g_autoptr (GError) error = NULL;

    world_set_up (&world, engine_now);
    g_assert_true (open_case (&world, NUMBER, "P3", WORLD_NOW, NULL));
    g_assert_true (update (&world, &changes[i].change, WORLD_NOW + changes[i].after_us, &error));
    g_assert_no_error (error);
    got = clocks (&world, WORLD_NOW + changes[i].after_us);
    g_assert_cmpstr (got, ==, changes[i].expected);
    world_tear_down (&world, NULL);
  }
}

static void
test_close (gconstpointer data)
{
  DeskWorld world = { 0 };
  const BhCaseChange nothing = { 0 };
  g_autofree char *got = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhCasePage) page = NULL;
  BhWhen when;

  world_set_up (&world, engine_now);
  g_assert_true (open_case (&world, NUMBER, "P1", WORLD_NOW, NULL));
  g_assert_true (update (&world, &nothing, WORLD_NOW, NULL));
  when = at (WORLD_NOW + 5 * HOUR);
  g_assert_true (bh_desk_close_case (world.desk, &when, "20261124000042#", "solved", &error));
  g_assert_no_error (error);
  got = clocks (&world, WORLD_NOW + 5 * HOUR);
  g_assert_cmpstr (got, ==, "response P1 met +1h, update P1 missed +4h");
  page = bh_desk_case_page (world.desk, NUMBER, WORLD_NOW + 5 * HOUR, NULL);
  g_assert_cmpstr (page->row.status, ==, "closed");
  g_assert_cmpint (page->row.closed_us, ==, WORLD_NOW + 5 * HOUR);
  g_assert_cmpstr (((BhHistoryRow *) page->history->pdata[2])->text, ==,
                   "Case " NUMBER " was closed: solved");
  /* what is closed stays so */
  g_assert_false (update (&world, &nothing, WORLD_NOW + 6 * HOUR, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_clear_error (&error);
  when = at (WORLD_NOW + 6 * HOUR);
  g_assert_false (bh_desk_close_case (world.desk, &when, NUMBER, NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (bh_desk_escalate_case (world.desk, &when, NUMBER, "rma", "tess", NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  world_tear_down (&world, NULL);
}

/* An imported case without a priority promises nothing until it has one */
static void
test_imported (gconstpointer data)
{
  DeskWorld world = { 0 };
  BhCaseChange change = { .message = "seen" };
  BhWhen when;
  g_autoptr (GError) error = NULL;

  world_set_up (&world, engine_now);
  when = at (WORLD_NOW);
  g_assert_true (bh_desk_update_case (world.desk, &when, OLD, &change, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM clock WHERE kind = 'C6'"), ==, 0);
  change.priority = "P2";
  when = at (WORLD_NOW + 1);
  g_assert_true (bh_desk_update_case (world.desk, &when, OLD, &change, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM clock WHERE kind = 'C6' AND stage ="
                                  " 'update' AND level = 'P2' AND state = 'open'"),
                   ==, 1);
  world_tear_down (&world, NULL);
}

/* ---- I2: what is no case ----------------------------------------------------------------------
 */

static void
test_bad_input (gconstpointer data)
{
  static const struct {
    BhCaseDraft draft;
    BhError code;
  } drafts[] = {
    { { "2026-1324-000042", "A1", "S1", "P1", NULL, NULL }, BH_ERROR_INPUT },
    { { "hello", "A1", "S1", "P1", NULL, NULL }, BH_ERROR_INPUT },
    { { "\xff\xfe", "A1", "S1", "P1", NULL, NULL }, BH_ERROR_INPUT },
    { { NUMBER, "A1", "S1", "P5", NULL, NULL }, BH_ERROR_USAGE },
    { { NUMBER, "NOBODY", "S1", "P1", NULL, NULL }, BH_ERROR_NOT_FOUND },
    { { NUMBER, "A1", "NOWHERE", "P1", NULL, NULL }, BH_ERROR_NOT_FOUND },
    { { NUMBER, "A1", "S1", "P1", "\x1b[2J", NULL }, BH_ERROR_INPUT },
    { { NUMBER, "A1", "S1", "P1", NULL, "\xff" }, BH_ERROR_INPUT },
    { { OLD, "A1", "S1", "P1", NULL, NULL }, BH_ERROR_REFUSED },
  };
  DeskWorld world = { 0 };

  world_set_up (&world, engine_now);
  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++) {
    g_autoptr (GError) error = NULL;
    const BhWhen when = at (WORLD_NOW);

    g_assert_false (bh_desk_open_case (world.desk, &when, &drafts[i].draft, &error));
    g_assert_error (error, BH_ERROR, (int) drafts[i].code);
    g_assert_true (g_utf8_validate (error->message, -1, NULL) || drafts[i].code == BH_ERROR_INPUT);
  }
  g_assert_cmpint (count (&world, "SELECT count(*) FROM support_case"), ==, 1);
  world_tear_down (&world, NULL);
}

/* ---- F5 ----------------------------------------------------------------------------------------
 */

static void
test_escalate (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhCasePage) page = NULL;
  g_autoptr (BhRmaPage) rma = NULL;
  const BhEscalation *one;
  BhReturnsQuery query = { .sort = BH_RETURNS_BY_URGENCY, .descending = TRUE };
  g_autoptr (GPtrArray) rows = NULL;
  BhWhen when;

  world_set_up (&world, engine_now);
  world_run (world.desk, "UPDATE rma SET case_no = NULL WHERE id <> 2 AND id <> 3");
  world_run (world.desk, "UPDATE rma_line SET case_no = '' WHERE rma_id <> 2 AND rma_id <> 3");
  when = at (WORLD_NOW);
  g_assert_true (
      bh_desk_escalate_case (world.desk, &when, OLD, "support engineer now", "anna", NULL, &error));
  g_assert_no_error (error);
  when = at (WORLD_NOW + 1);
  g_assert_true (bh_desk_escalate_case (world.desk, &when, OLD, "faster-rma-progress", "bert",
                                        "network down", &error));
  g_assert_no_error (error);
  page = bh_desk_case_page (world.desk, OLD, WORLD_NOW, NULL);
  g_assert_cmpuint (page->escalations->len, ==, 2);
  one = page->escalations->pdata[1];
  g_assert_cmpstr (one->name, ==, "faster-rma-progress");
  g_assert_cmpstr (one->owner, ==, "bert");
  g_assert_cmpstr (one->reason, ==, "network down");
  g_assert_cmpint (one->at_us, ==, WORLD_NOW + 1);
  g_assert_cmpint (page->row.urgency, ==, 2);
  g_assert_cmpint (page->row.modified_us, ==, WORLD_NOW + 1);
  /* the open RMA of the case goes first; the closed one and the others stand as before */
  rma = bh_desk_rma_page (world.desk, "R0000000002", WORLD_NOW, NULL);
  g_assert_cmpint (rma->urgency, ==, 2);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM rma WHERE urgency > 0"), ==, 1);
  rows = bh_desk_list_returns (world.desk, &query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((BhReturnRow *) rows->pdata[0])->rma, ==, "R0000000002");
  g_assert_cmpint (((BhReturnRow *) rows->pdata[1])->urgency, ==, 0);
  /* settled with the case */
  when = at (WORLD_NOW + 2);
  g_assert_true (bh_desk_close_case (world.desk, &when, OLD, NULL, &error));
  g_assert_cmpint (count (&world, "SELECT count(*) FROM rma WHERE urgency > 0"), ==, 0);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM rma_line WHERE urgency > 0"), ==, 0);
  world_tear_down (&world, NULL);
}

static gboolean
first_of_day (const BhClockRow *row, gpointer data)
{
  g_ptr_array_add (data, g_strdup (row->serial));
  return TRUE;
}

/* The board: what is escalated goes before the others of its day, not before an earlier day */
static void
test_due (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autoptr (GPtrArray) serials = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  BhWhen when;

  world_set_up (&world, engine_now);
  world_run (world.desk, "UPDATE rma SET case_no = NULL WHERE id <> 2");
  world_run (world.desk, "UPDATE rma_line SET case_no = '' WHERE rma_id <> 2");
  when = at (WORLD_NOW);
  g_assert_true (bh_desk_escalate_case (world.desk, &when, OLD, "rma", "anna", NULL, &error));
  g_assert_true (
      bh_desk_due (world.desk, "C1", NULL, BH_DAY_NONE, WORLD_NOW, first_of_day, serials, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (serials->pdata[0], ==, "SN-LATE01");
  g_assert_cmpstr (serials->pdata[1], ==, "SN-BRAVO1");
  g_assert_cmpstr (serials->pdata[2], ==, "SN-ALPHA1");
  world_tear_down (&world, NULL);
}

/* An RMA that is made from an escalated case is as urgent */
static void
test_escalated_before (gconstpointer data)
{
  const BhIssueUnit unit = { "SN-KNOWN1", NULL };
  const BhIssue issue = { .case_no = NUMBER,
                          .account = "A1",
                          .site = "S1",
                          .destination = "SJC",
                          .units = &unit,
                          .n_units = 1 };
  DeskWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhRmaPage) page = NULL;
  g_autoptr (BhCasePage) shown = NULL;
  g_autofree char *rma = NULL;
  BhWhen when;

  world_set_up (&world, engine_now);
  /* the world has numbered its rows itself */
  if (g_str_equal (engine_now, "postgresql")) {
    world_run (world.desk, "SELECT setval(pg_get_serial_sequence('rma', 'id'), 1000)");
    world_run (world.desk, "SELECT setval(pg_get_serial_sequence('rma_line', 'id'), 1000)");
  }
  g_assert_true (open_case (&world, NUMBER, "P1", WORLD_NOW, NULL));
  when = at (WORLD_NOW);
  g_assert_true (bh_desk_escalate_case (world.desk, &when, NUMBER, "rma", "anna", NULL, &error));
  when = at (WORLD_NOW + 1);
  g_assert_true (bh_desk_issue (world.desk, &when, &issue, &rma, NULL, &error));
  g_assert_no_error (error);
  page = bh_desk_rma_page (world.desk, rma, WORLD_NOW, NULL);
  g_assert_cmpint (page->urgency, ==, 2);
  /* linked both ways (N1) */
  g_assert_cmpstr (page->case_no, ==, NUMBER);
  shown = bh_desk_case_page (world.desk, NUMBER, WORLD_NOW, NULL);
  g_assert_cmpuint (shown->lines->len, ==, 1);
  g_assert_cmpstr (((BhReturnRow *) shown->lines->pdata[0])->rma, ==, rma);
  g_assert_cmpstr (((BhReturnRow *) shown->lines->pdata[0])->serial, ==, "SN-KNOWN1");
  g_assert_nonnull (strstr (((BhHistoryRow *) shown->history->pdata[2])->text, rma));
  world_tear_down (&world, NULL);
}

static void
test_owner (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhDesk) carl = NULL;
  g_autoptr (BhDesk) rita = NULL;
  BhWhen when;

  world_set_up (&world, engine_now);
  world_run (world.desk, "INSERT INTO operator (login, name, role, disabled) VALUES"
                         " ('carl', 'Carl', 'csr', 0), ('gone', 'Gone', 'csr', 1),"
                         " ('rita', 'Rita', 'receiver', 0)");
  carl = bh_desk_open (test_wrap_uri (world.wrap), BH_STORE_OPEN, "carl", NULL, "x", NULL);
  rita = bh_desk_open (test_wrap_uri (world.wrap), BH_STORE_OPEN, "rita", NULL, "y", NULL);
  when = at (WORLD_NOW);
  g_assert_false (bh_desk_escalate_case (carl, &when, OLD, "rma", "nobody", NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "F5"));
  g_clear_error (&error);
  g_assert_false (bh_desk_escalate_case (carl, &when, OLD, "rma", "gone", NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (bh_desk_escalate_case (carl, &when, OLD, "hat", "carl", NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (bh_desk_escalate_case (rita, &when, OLD, "rma", "carl", NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  when.time_stated = TRUE;
  g_assert_false (bh_desk_escalate_case (carl, &when, OLD, "rma", "carl", NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_cmpint (count (&world, "SELECT count(*) FROM escalation"), ==, 0);
  when.time_stated = FALSE;
  g_assert_true (bh_desk_escalate_case (carl, &when, OLD, "rma", "carl", NULL, &error));
  g_assert_no_error (error);
  world_tear_down (&world, NULL);
}

/* ---- F2
 * ------------------------------------------------------------------------------------------- */

#define CASES 23

static void
fill_cases (DeskWorld *world)
{
  static const char *const contacts[] = { "ann", "Bob", "ann", NULL };

  world_run (world->desk, "INSERT INTO account (account, name) VALUES ('B2', 'Blue Sky')");
  world_run (world->desk, "INSERT INTO site (account, site, name, time_zone) VALUES"
                          " ('B2', 'HQ', 'Tower', 'Asia/Tokyo')");
  for (int i = 0; i < CASES; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *number = g_strdup_printf ("2026-1120-%06d", i);
    g_autofree char *priority = g_strdup_printf ("P%d", i % 4 + 1);
    const BhCaseDraft draft = { .case_no = number,
                                .account = i % 2 != 0 ? "B2" : "A1",
                                .site = i % 2 != 0 ? "HQ" : "S1",
                                .priority = priority,
                                .contact = contacts[i % 4],
                                .platform = i % 3 != 0 ? "MX" : "ex" };
    const BhWhen when = at (WORLD_NOW + i % 5);

    g_assert_true (bh_desk_open_case (world->desk, &when, &draft, &error));
    g_assert_no_error (error);
  }
}

/* Every sort, both ways, in pages: each case once, in order */
static void
test_pages (gconstpointer data)
{
  DeskWorld world = { 0 };

  world_set_up (&world, engine_now);
  fill_cases (&world);
  for (guint sort = 0; sort < 2 * BH_CASES_SORT_LAST; sort++) {
    BhCasesQuery query = { .sort = sort / 2, .descending = sort % 2 != 0, .limit = 7 };
    g_autofree char *last = NULL;
    g_autofree char *cursor = NULL;
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    guint pages = 0;

    do {
      g_autofree char *next = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = NULL;

      query.after = cursor;
      rows = bh_desk_list_cases (world.desk, &query, &next, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < rows->len; i++) {
        const BhCaseRow *row = rows->pdata[i];
        g_autofree char *value =
            query.sort == BH_CASES_BY_MODIFIED
                ? g_strdup_printf ("%020" G_GINT64_FORMAT, row->modified_us)
            : query.sort == BH_CASES_BY_CONTACT
                ? g_ascii_strdown (row->contact != NULL ? row->contact : "", -1)
            : query.sort == BH_CASES_BY_PLATFORM
                ? g_ascii_strdown (row->platform != NULL ? row->platform : "", -1)
            : query.sort == BH_CASES_BY_STATUS ? g_strdup (row->status)
            : query.sort == BH_CASES_BY_PRIORITY
                ? g_strdup (row->priority != NULL ? row->priority : "")
            : query.sort == BH_CASES_BY_ACCOUNT ? g_strdup (row->account)
            : query.sort == BH_CASES_BY_SITE    ? g_strdup (row->site != NULL ? row->site : "")
                                                : g_strdup ("");
        char *key = g_strdup_printf ("%s\001%s",
                                     query.sort == BH_CASES_BY_SITE ? (value[0] == 'H'   ? "hq"
                                                                       : value[0] == 'S' ? "s1"
                                                                                         : "")
                                                                    : value,
                                     row->case_no);

        if (last != NULL)
          g_assert_cmpint (query.descending ? strcmp (last, key) : strcmp (key, last), >, 0);
        g_free (last);
        last = key;
        g_assert_true (g_hash_table_add (seen, g_strdup (row->case_no)));
      }
      g_free (cursor);
      cursor = g_steal_pointer (&next);
      pages++;
    } while (cursor != NULL);
    g_assert_cmpuint (g_hash_table_size (seen), ==, CASES + 1);
    g_assert_cmpuint (pages, ==, 4);
  }
  world_tear_down (&world, NULL);
}

static void
test_search (gconstpointer data)
{
  static const struct {
    BhCasesQuery query;
    guint found;
  } searches[] = {
    { { .text = "2026-1120" }, CASES },
    { { .text = "20261120000007#" }, 1 },
    { { .text = "B2" }, 11 },
    { { .text = "blue" }, 11 }, /* a word of the account's name */
    { { .text = "tower" }, 11 },
    { { .text = "TOW" }, 11 },
    { { .text = "hq" }, 11 },
    { { .text = "bob" }, 6 },
    { { .text = "EX" }, 8 },
    { { .text = "R0000000002" }, 1 }, /* the world's case, by its RMA */
    { { .text = "sn-bravo" }, 1 },
    { { .text = "1Z999AA10123456784" }, 1 }, /* by what the carrier brought */
    { { .text = "nothing" }, 0 },
    { { .text = "%" }, 0 },
    { { .text = "' OR 1=1 --" }, 0 },
    { { .status = "open" }, CASES },
    { { .status = "closed" }, 1 },
    { { .account = "B2" }, 11 },
    { { .account = "B" }, 0 },
    { { .priority = "P1" }, 6 },
    { { .text = "tower", .priority = "P2", .status = "open", .account = "B2" }, 6 },
  };
  DeskWorld world = { 0 };
  g_autofree char *got = NULL;
  BhWhen when;

  world_set_up (&world, engine_now);
  world_run (world.desk,
             "INSERT INTO search_word (word, kind, ref) VALUES ('blue', 'account', 'B2')");
  fill_cases (&world);
  got = world_receive (world.desk, NULL, "1Z999AA10123456784 | SN-ALPHA1");
  g_assert_cmpstr (got, ==, "D2 accept");
  when = at (WORLD_NOW);
  g_assert_true (bh_desk_close_case (world.desk, &when, OLD, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) rows = bh_desk_list_cases (world.desk, &searches[i].query, NULL, &error);

    g_assert_no_error (error);
    g_test_message ("search %u", i);
    g_assert_cmpuint (rows->len, ==, searches[i].found);
  }
  world_tear_down (&world, NULL);
}

/* What F2 shows, in the site's own time */
static void
test_columns (gconstpointer data)
{
  DeskWorld world = { 0 };
  BhCasesQuery query = { .text = NUMBER };
  g_autoptr (GPtrArray) rows = NULL;
  const BhCaseRow *row;

  world_set_up (&world, engine_now);
  g_assert_true (open_case (&world, NUMBER, "P2", WORLD_NOW, NULL));
  rows = bh_desk_list_cases (world.desk, &query, NULL, NULL);
  row = rows->pdata[0];
  g_assert_cmpstr (row->status, ==, "open");
  g_assert_cmpstr (row->case_no, ==, NUMBER);
  g_assert_cmpstr (row->site, ==, "S1");
  g_assert_cmpstr (row->site_name, ==, "Acme East");
  g_assert_cmpstr (row->contact, ==, "Ann");
  g_assert_cmpint (row->modified_us, ==, WORLD_NOW);
  g_assert_cmpstr (row->platform, ==, "MX");
  g_assert_cmpstr (row->priority, ==, "P2");
  g_assert_cmpstr (row->zone, ==, "America/New_York");
  world_tear_down (&world, NULL);
}

#define MANY                                                                                       \
  " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20001) SELECT "

/* What matches more than is gathered is found by a walk: the same rows, in order (F3) */
static void
test_broad (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  BhCasesQuery query = {
    .text = "broad", .status = "open", .sort = BH_CASES_BY_CONTACT, .limit = 3
  };
  BhReturnsQuery returns = { .text = "broad", .limit = 3 };
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (GPtrArray) next_page = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *next = NULL;

  world_set_up (&world, engine_now);
  world_run (world.desk,
             "INSERT INTO support_case (case_no, account, contact, opened_us, modified_us)" MANY
             "'2025-0101-' || CAST (100000 + i AS text), 'A1', 'Broad ' || CAST (999999 - i AS"
             " text), 1, 1 FROM n");
  world_run (world.desk,
             "INSERT INTO rma_line (id, rma_id, line, serial, state, awaited, rma, status, account,"
             " account_name, created_us)" MANY "1000 + i, 2, 10 + i, 'BROAD' || CAST (100000 + i"
             " AS text), 'received', 0, 'R0000000002', 'open', 'A1', 'Acme Networks', 1 FROM n");
  cases = bh_desk_list_cases (world.desk, &query, &next, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cases->len, ==, 3);
  g_assert_cmpstr (((BhCaseRow *) cases->pdata[0])->case_no, ==, "2025-0101-120001");
  query.after = next;
  next_page = bh_desk_list_cases (world.desk, &query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((BhCaseRow *) next_page->pdata[0])->case_no, ==, "2025-0101-119998");
  lines = bh_desk_list_returns (world.desk, &returns, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, ==, 3);
  g_assert_cmpstr (((BhReturnRow *) lines->pdata[2])->serial, ==, "BROAD100003");
  world_tear_down (&world, NULL);
}

static void
test_bad_cursor (gconstpointer data)
{
  static const char *const cursors[] = { "junk", "", "MGE=", "MGE6.", "\xff", "OTk5" };
  DeskWorld world = { 0 };

  world_set_up (&world, engine_now);
  for (guint i = 0; i < G_N_ELEMENTS (cursors); i++) {
    g_autoptr (GError) error = NULL;
    BhCasesQuery query = { .after = cursors[i] };

    g_assert_null (bh_desk_list_cases (world.desk, &query, NULL, &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  }
  world_tear_down (&world, NULL);
}

/* ---- each act once, or not at all
 * --------------------------------------------------------------------- */

static void
test_same_act (gconstpointer data)
{
  const BhCaseDraft draft = { .case_no = NUMBER, .account = "A1", .site = "S1", .priority = "P1" };
  const BhCaseChange said = { .message = "once" };
  const BhWhen when = { .act = "the-act", .at_us = WORLD_NOW };
  DeskWorld world = { 0 };
  g_autoptr (GError) error = NULL;

  world_set_up (&world, engine_now);
  for (int i = 0; i < 2; i++) {
    g_assert_true (bh_desk_open_case (world.desk, &when, &draft, &error));
    g_assert_true (bh_desk_update_case (world.desk, &when, NUMBER, &said, &error));
    g_assert_true (bh_desk_escalate_case (world.desk, &when, NUMBER, "rma", "anna", NULL, &error));
    g_assert_no_error (error);
  }
  g_assert_cmpint (count (&world, "SELECT (SELECT count(*) FROM clock WHERE kind = 'C6')"
                                  " + (SELECT count(*) FROM escalation)"
                                  " + (SELECT count(*) FROM audit)"),
                   ==, 2 + 1 + 3);
  world_tear_down (&world, NULL);
}

static void
test_stated_time (gconstpointer data)
{
  DeskWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  const BhCaseChange nothing = { 0 };
  const BhWhen when = { .act = "a", .at_us = WORLD_NOW - 1, .time_stated = TRUE };

  world_set_up (&world, engine_now);
  g_assert_true (open_case (&world, NUMBER, "P1", WORLD_NOW, NULL));
  g_assert_false (bh_desk_update_case (world.desk, &when, NUMBER, &nothing, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  world_tear_down (&world, NULL);
}

typedef gboolean (*Act) (DeskWorld *world, GError **error);

static gboolean
act_open (DeskWorld *world, GError **error)
{
  return open_case (world, "2026-1124-000099", "P1", WORLD_NOW, error);
}

static gboolean
act_update (DeskWorld *world, GError **error)
{
  const BhCaseChange change = { .message = "x", .priority = "P1" };

  return update (world, &change, WORLD_NOW + 1, error);
}

static gboolean
act_escalate (DeskWorld *world, GError **error)
{
  const BhWhen when = at (WORLD_NOW + 2);

  return bh_desk_escalate_case (world->desk, &when, NUMBER, "rma", "anna", "x", error);
}

static gboolean
act_close (DeskWorld *world, GError **error)
{
  const BhWhen when = at (WORLD_NOW + 3);

  return bh_desk_close_case (world->desk, &when, NUMBER, "x", error);
}

static void
test_nth_failure (gconstpointer data)
{
  static const Act acts[] = { act_open, act_update, act_escalate, act_close };
  static const char all[] =
      "SELECT (SELECT count(*) FROM audit) + (SELECT count(*) FROM escalation)"
      " + (SELECT count(*) FROM support_case) + (SELECT count(*) FROM clock)"
      " + (SELECT sum(urgency) FROM support_case)"
      " + (SELECT count(*) FROM clock WHERE state = 'open')"
      " + (SELECT count(*) FROM support_case WHERE status = 'closed')";
  DeskWorld world = { 0 };

  world_set_up (&world, engine_now);
  g_assert_true (open_case (&world, NUMBER, "P3", WORLD_NOW, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++) {
    gint64 before = count (&world, all);
    gboolean passed = FALSE;
    int n;

    for (n = 1; !passed && n < 200; n++) {
      g_autoptr (GError) error = NULL;

      bh_store_fail_after (bh_desk_store (world.desk), n);
      passed = acts[i](&world, &error);
      bh_store_fail_after (bh_desk_store (world.desk), 0);
      if (passed)
        break;
      g_assert_error (error, BH_ERROR, BH_ERROR_FULL);
      g_assert_cmpint (count (&world, all), ==, before);
    }
    g_assert_true (passed);
    g_assert_cmpint (n, >, 6);
    g_assert_cmpint (count (&world, all), !=, before);
  }
  world_tear_down (&world, NULL);
}

static const struct {
  const char *path;
  GTestDataFunc run;
} stories[] = {
  { "C6/each-update-ends-the-last", test_updates },
  { "C6/another-priority", test_priority },
  { "C6/closed", test_close },
  { "C6/imported-without-a-priority", test_imported },
  { "I2/bad-input", test_bad_input },
  { "F5/escalation-moves-the-RMA-up", test_escalate },
  { "F5/first-of-its-day", test_due },
  { "F5/an-RMA-of-an-escalated-case", test_escalated_before },
  { "F5/owner-is-enrolled", test_owner },
  { "F2/every-sort-in-pages", test_pages },
  { "F2-F3/search", test_search },
  { "F2-F3/broad-search", test_broad },
  { "F2/columns", test_columns },
  { "F2/bad-cursor", test_bad_cursor },
  { "F6/same-act-once", test_same_act },
  { "F6/stated-time", test_stated_time },
  { "F6/nth-failure-writes-nothing", test_nth_failure },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_now = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (promises); i++) {
    g_autofree char *path = g_strdup_printf ("/desk/cases/%s/%s", engine_now, promises[i].path);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_promise);
  }
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *path = g_strdup_printf ("/desk/cases/%s/%s", engine_now, stories[i].path);

    g_test_add_data_func (path, NULL, stories[i].run);
  }
  return g_test_run ();
}

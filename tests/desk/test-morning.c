/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The morning page: each figure counted by hand, each role its own. */
#include "backhaul/morning.h"

#include <string.h>

#include "world.h"
#include "wrap.h"

/* It is Tuesday 24 November 2026, 00:00 in San Jose. */
#define HOUR G_TIME_SPAN_HOUR
#define DAY  G_TIME_SPAN_DAY

/* "name=count " of all that are not none, alarms with a "!". */
static char *
seen (DeskWorld *world, BhRole role)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = bh_desk_morning (world->desk, role, WORLD_NOW, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++) {
    const BhMorningFigure *figure = g_ptr_array_index (list, i);

    g_assert_nonnull (figure->page);
    g_assert_nonnull (figure->command);
    if (figure->count > 0)
      g_string_append_printf (text, "%s%s=%" G_GINT64_FORMAT " ", figure->alarm ? "!" : "",
                              figure->name, figure->count);
  }
  return g_strchomp (g_string_free (text, FALSE));
}

static void
check (DeskWorld *world, BhRole role, const char *expected)
{
  g_autofree char *got = seen (world, role);

  g_assert_cmpstr (got, ==, expected);
}

static void
clock_of (DeskWorld *world, const char *kind, int line, const char *due, gint64 due_us,
          const char *state)
{
  g_autoptr (GError) error = NULL;

  bh_store_run (bh_desk_store (world->desk), NULL, &error,
                "INSERT INTO clock (kind, line_id, state, started_us, due, due_us, zone)"
                " VALUES ($1, $2, $3, 1, $4, $5, 'America/Los_Angeles')",
                due_us != 0 ? "titti" : "tittn", kind, (gint64) line, state, due, due_us);
  g_assert_no_error (error);
}

static void
hold (DeskWorld *world, int unit, gint64 at_us, const char *resolved)
{
  g_autofree char *id = g_strdup_printf ("h%d", unit);
  g_autoptr (GError) error = NULL;

  bh_store_run (bh_desk_store (world->desk), NULL, &error,
                "INSERT INTO receipt (receipt, act, box, unit, verdict, rule, destination, late,"
                " message, at_us, dock, operator, resolved)"
                " VALUES ($1, $1, 'b1', $2, 'hold', 'D5', 'SJC', 0, '', $3, 'north', 'x', $4)",
                "tiit", id, (gint64) unit, at_us, resolved);
  g_assert_no_error (error);
}

/* Three units due on Monday, one ten business days late, one draft. */
static void
test_world (DeskWorld *world, gconstpointer data)
{
  check (world, BH_ROLE_RECEIVER, "expected-week=3 on-the-way=4");
  check (world, BH_ROLE_CSR, "drafts=1 !late-10=1");
  check (world, BH_ROLE_TECHNICIAN, "");
  check (world, BH_ROLE_ADMINISTRATOR, "");
}

static void
test_expected (DeskWorld *world, gconstpointer data)
{
  world_run (world->desk, "UPDATE rma_line SET return_by = '2026-11-24' WHERE id = 1");
  world_run (world->desk, "UPDATE rma_line SET return_by = '2026-12-01' WHERE id = 2");
  world_run (world->desk, "UPDATE rma_line SET return_by = '2026-11-23' WHERE id = 8");
  world_run (world->desk, "UPDATE clock SET state = 'paused', due = NULL WHERE line_id = 3");
  world_run (world->desk, "UPDATE rma_line SET return_by = NULL WHERE id = 3");
  check (world, BH_ROLE_RECEIVER, "expected-today=1 expected-week=1 on-the-way=4");
  check (world, BH_ROLE_CSR, "drafts=1 !late-5=1 due-soon=1");
}

/* By the local day of the hold; what is resolved is held no more. */
static void
test_held (DeskWorld *world, gconstpointer data)
{
  world_run (world->desk,
             "INSERT INTO box (box, state, dock, opened_us) VALUES ('b1', 'done', 'north', 1)");
  hold (world, 1, WORLD_NOW + HOUR, NULL);
  hold (world, 2, WORLD_NOW - HOUR, NULL); /* yesterday in San Jose */
  hold (world, 3, WORLD_NOW - 3 * DAY, NULL);
  hold (world, 4, WORLD_NOW - 4 * DAY, NULL);
  hold (world, 5, WORLD_NOW - 4 * DAY, "refuse");
  check (world, BH_ROLE_RECEIVER,
         "!held-long=1 held-days=2 held-today=1 expected-week=3 on-the-way=4");
}

static void
test_bench (DeskWorld *world, gconstpointer data)
{
  clock_of (world, "C2", 6, "2026-11-23", 0, "open");
  clock_of (world, "C3", 6, "2026-11-24", 0, "open");
  clock_of (world, "C2", 7, "2026-11-30", 0, "open");
  clock_of (world, "C2", 9, "2026-12-01", 0, "open");
  clock_of (world, "C2", 10, "2026-11-23", 0, "met");
  clock_of (world, "C3", 10, "2026-11-23", 0, "paused");
  check (world, BH_ROLE_TECHNICIAN, "!jobs-late=1 jobs-today=1 jobs-week=1");
}

static void
test_cases (DeskWorld *world, gconstpointer data)
{
  clock_of (world, "C6", 6, "2026-11-23", WORLD_NOW - HOUR, "open");
  clock_of (world, "C6", 7, "2026-11-24", WORLD_NOW + HOUR, "open");
  clock_of (world, "C6", 9, "2026-11-25", WORLD_NOW + 25 * HOUR, "open");
  check (world, BH_ROLE_CSR, "!cases-red=1 cases-today=1 drafts=1 !late-10=1");
}

static void
test_claims_and_mails (DeskWorld *world, gconstpointer data)
{
  world_run (world->desk,
             "INSERT INTO claim (claim, line_id, carrier, tracking, delivered, signed_by, state,"
             " at_us, operator) VALUES ('k1', 2, 'UPS', 'T', '2026-11-20', 'Bob', 'pending', 1,"
             " 'ann'), ('k2', 3, 'UPS', 'T', '2026-11-20', 'Bob', 'rejected', 1, 'ann')");
  /* one of yesterday, one of two weeks ago, one that still waits */
  world_run (world->desk, "INSERT INTO mail (mail, kind, rmas, message_id, state, at_us) VALUES"
                          " ('m1', 'reminder', 'R1', 'i1', 'failed', 1795420800000000),"
                          " ('m2', 'reminder', 'R1', 'i2', 'failed', 1794297600000000),"
                          " ('m3', 'reminder', 'R1', 'i3', 'queued', 1795420800000000)");
  check (world, BH_ROLE_CSR, "drafts=1 claims=1 !late-10=1 !mails-failed=1");
  check (world, BH_ROLE_ADMINISTRATOR, "!mails-failed=1");
}

/* O2: what was told that it is overdue waits for a person, unless something is asked of it;
 * O3: what came in after its charge is to be credited. */
static void
test_supervisor (DeskWorld *world, gconstpointer data)
{
  static const char told[] = "INSERT INTO chase (line_id, return_by, stage, on_day, at_us) VALUES"
                             " (8, '2026-11-10', 'overdue', '2026-11-11', 1)";
  static const char all[] = "drafts=1 !late-10=1 expected-week=3 on-the-way=4";
  g_autofree char *decided = g_strconcat ("!decisions=1 ", all, NULL);
  g_autofree char *claimed = g_strconcat ("drafts=1 claims=1 ", all + strlen ("drafts=1 "), NULL);
  g_autofree char *credit = g_strconcat ("!to-credit=1 ", claimed, NULL);

  check (world, BH_ROLE_SUPERVISOR, all);
  world_run (world->desk, told);
  check (world, BH_ROLE_SUPERVISOR, decided);
  world_run (world->desk,
             "INSERT INTO claim (claim, line_id, carrier, tracking, delivered, signed_by, state,"
             " at_us, operator) VALUES ('k1', 8, 'UPS', 'T', '2026-11-20', 'Bob', 'pending', 1,"
             " 'ann')");
  check (world, BH_ROLE_SUPERVISOR, claimed);
  world_run (world->desk,
             "INSERT INTO charge (line_id, amount, currency, at_us, operator, reason) VALUES"
             " (6, 100, 'USD', 1, 'boss', 'late'), (7, 100, 'USD', 1, 'boss', 'late')");
  check (world, BH_ROLE_SUPERVISOR, credit);
}

/* V9: a receiver sees his own and nothing else. */
static void
test_forbidden (DeskWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (BhDesk) desk = NULL;

  world_run (world->desk,
             "INSERT INTO operator (login, name, role) VALUES ('ray', 'Ray', 'receiver')");
  desk = bh_desk_open (test_wrap_uri (world->wrap), BH_STORE_OPEN, "ray", "north", "s", &error);
  g_assert_no_error (error);
  g_clear_pointer (&world->desk, bh_desk_close);
  world->desk = g_steal_pointer (&desk);
  check (world, BH_ROLE_RECEIVER, "expected-week=3 on-the-way=4");
  none = bh_desk_morning (world->desk, BH_ROLE_CSR, WORLD_NOW, &error);
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_assert_null (none);
}

static void
test_words (DeskWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = bh_desk_morning (world->desk, BH_ROLE_RECEIVER, WORLD_NOW, &error);
  const BhMorningFigure *today = NULL;
  const BhMorningFigure *week = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++) {
    const BhMorningFigure *figure = g_ptr_array_index (list, i);

    today = g_str_equal (figure->name, "expected-today") ? figure : today;
    week = g_str_equal (figure->name, "expected-week") ? figure : week;
  }
  g_assert_true (today != NULL && week != NULL);
  g_assert_cmpstr (today->text, ==, "no unit is due at the dock today");
  g_assert_cmpstr (week->text, ==, "3 units are due at the dock within a week");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (DeskWorld *world, gconstpointer data);
  } tests[] = {
    { "/desk/morning/world", test_world },
    { "/desk/morning/C1/expected", test_expected },
    { "/desk/morning/held-by-age", test_held },
    { "/desk/morning/C2/bench", test_bench },
    { "/desk/morning/C6/cases", test_cases },
    { "/desk/morning/O5/claims-and-mails", test_claims_and_mails },
    { "/desk/morning/O2/supervisor", test_supervisor },
    { "/desk/morning/V9/own-role-only", test_forbidden },
    { "/desk/morning/words", test_words },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, DeskWorld, NULL, world_set_up, tests[i].test, world_tear_down);
  return g_test_run ();
}

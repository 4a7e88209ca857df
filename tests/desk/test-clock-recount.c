/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a changed calendar, policy or export policy does to clocks: C8, C11. */
#include <string.h>

#include "backhaul/calendars.h"
#include "backhaul/clocks.h"
#include "backhaul/issue.h"
#include "backhaul/transfer.h"
#include "clock-world.h"

#define HOUR    G_TIME_SPAN_HOUR
#define DAY     G_TIME_SPAN_DAY
#define MORNING (WORLD_NOW + 4 * HOUR)

/* "R…1/2 C1 FROM>TO" of each, sorted, joined by ", " */
typedef struct {
  GPtrArray *lines;
  guint done;
  guint of;
} Told;

static void
on_moved (const BhMovedClock *moved, gpointer data)
{
  Told *told = data;

  g_ptr_array_add (
      told->lines,
      g_strdup_printf ("%s/%d %s %s>%s", moved->rma != NULL ? moved->rma + 9 : moved->case_no,
                       moved->line, moved->kind, moved->from != NULL ? moved->from : "-",
                       moved->to != NULL ? moved->to : "-"));
}

static void
on_progress (guint done, guint of, gpointer data)
{
  Told *told = data;

  g_assert_cmpuint (done, >, told->done);
  g_assert_cmpuint (done, <=, of);
  told->done = done;
  told->of = of;
}

static int
by_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
told_is (Told *told, const char *expected)
{
  g_autofree char *got = NULL;

  g_ptr_array_sort (told->lines, by_text);
  g_ptr_array_add (told->lines, NULL);
  got = g_strjoinv (", ", (char **) told->lines->pdata);
  g_ptr_array_unref (told->lines);
  g_assert_cmpstr (got, ==, expected);
  /* shown to its end */
  g_assert_cmpuint (told->done, ==, told->of);
}

static Told
told_new (void)
{
  return (Told){ g_ptr_array_new_with_free_func (g_free), 0, 0 };
}

/* What an export policy moved; @days -1: not possible, -2: the policy is taken away */
static void
export_moves_at (ClockWorld *world, const char *country, int days, gint64 now_us,
                 const char *expected)
{
  Told told = told_new ();
  BhClockWatch watch = { on_moved, on_progress, &told };
  BhExportPolicy policy = { (char *) country, MAX (days, 0), days >= 0, NULL };
  g_autoptr (GError) error = NULL;

  bh_desk_put_export_policy (world->desk, &policy, days == -2, now_us, &watch, &error);
  g_assert_no_error (error);
  told_is (&told, expected);
}

static void
export_moves (ClockWorld *world, const char *country, int days, const char *expected)
{
  export_moves_at (world, country, days, MORNING, expected);
}

static void
policy_moves (ClockWorld *world, const char *key, const char *value, const char *expected)
{
  Told told = told_new ();
  BhClockWatch watch = { on_moved, on_progress, &told };
  g_autoptr (GError) error = NULL;

  bh_desk_set_policy (world->desk, key, value, MORNING, &watch, &error);
  g_assert_no_error (error);
  told_is (&told, expected);
}

static void
calendar_moves (ClockWorld *world, const char *name, const char *ics, const char *expected)
{
  Told told = told_new ();
  BhClockWatch watch = { on_moved, on_progress, &told };
  g_autoptr (GError) error = NULL;

  bh_desk_calendar_put (world->desk, name, ics, strlen (ics), MORNING, &watch, &error);
  g_assert_no_error (error);
  told_is (&told, expected);
}

/* ---- C8 ------------------------------------------------------------------------------- */

static void
test_export (ClockWorld *world, gconstpointer data)
{
  clock_world_receive (world, "SN-BRAVO1", MORNING); /* has ended: not moved */
  export_moves (world, "DE", 9, "");
  export_moves (world, "US", 5,
                "01/1 C1 2026-11-30>2026-12-07, 01/2 C1 2026-11-30>2026-12-07, "
                "07/1 C1 2026-11-10>2026-11-17");
  clock_world_says (world, 1, "C1", "open 2026-12-07 2026-12-07");
  clock_world_says (world, 3, "C1", "met 2026-11-30 2026-11-30");
  export_moves (world, "US", 5, "");
  /* a person's word stands beside it */
  clock_world_do (world, BH_CLOCK_EXTEND, "R0000000001", 1, "C1", 2, MORNING);
  clock_world_says (world, 1, "C1", "open 2026-12-09 2026-12-09");
  export_moves (world, "US", 3,
                "01/1 C1 2026-12-09>2026-12-07, 01/2 C1 2026-12-07>2026-12-03, "
                "07/1 C1 2026-11-17>2026-11-13");
  export_moves (world, "US", -2,
                "01/1 C1 2026-12-07>2026-12-02, 01/2 C1 2026-12-03>2026-11-30, "
                "07/1 C1 2026-11-13>2026-11-10");
}

/* a clock without a date has none to move, and the days when it is resumed */
static void
test_export_paused (ClockWorld *world, gconstpointer data)
{
  clock_world_do (world, BH_CLOCK_PAUSE, "R0000000001", 0, "C1", 0, MORNING);
  export_moves (world, "US", 5, "02/1 C1 2026-11-30>2026-12-07, 07/1 C1 2026-11-10>2026-11-17");
  clock_world_do (world, BH_CLOCK_RESUME, "R0000000001", 0, "C1", 0, MORNING + HOUR);
  clock_world_says (world, 1, "C1", "open 2026-12-07 2026-12-07");
}

static void
test_export_impossible (ClockWorld *world, gconstpointer data)
{
  clock_world_do (world, BH_CLOCK_PAUSE, "R0000000001", 2, "C1", 0, MORNING);
  export_moves (world, "US", -1,
                "01/1 C1 2026-11-30>-, 01/2 C1 ->-, 02/1 C1 2026-11-30>-, 07/1 C1 2026-11-10>-");
  clock_world_says (world, 1, "C1", "void - -");
  clock_world_says (world, 2, "C1", "void - -");
  /* no return is expected; one that comes is welcome, and not late */
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM rma_line WHERE awaited = 1"), ==,
                   4);
  g_assert_false (clock_world_receive (world, "SN-LATE01", MORNING + 400 * DAY));
}

/* It is expected again as soon as it is possible: the time between does not count. What a
 * person paused stays so, and what was confirmed meanwhile begins. */
static void
test_export_possible_again (ClockWorld *world, gconstpointer data)
{
  BhWhen when = { "act-confirm", MORNING + HOUR, FALSE };
  g_autoptr (GError) error = NULL;

  clock_world_do (world, BH_CLOCK_PAUSE, "R0000000001", 2, "C1", 0, MORNING);
  export_moves (world, "US", -1,
                "01/1 C1 2026-11-30>-, 01/2 C1 ->-, 02/1 C1 2026-11-30>-, 07/1 C1 2026-11-10>-");
  clock_world_receive (world, "SN-LATE01", MORNING + HOUR);
  bh_desk_confirm (world->desk, &when, "R0000000004", "a gesture", &error);
  g_assert_no_error (error);
  clock_world_says (world, 5, "C1", "");
  /* claimed as delivered and believed (O5): it is not expected any more */
  clock_world_run (world, "INSERT INTO claim (claim, line_id, carrier, tracking, delivered,"
                          " signed_by, state, at_us, operator) VALUES ('c', 3, 'UPS', 'T',"
                          " '2026-11-20', 'Joe', 'accepted', 1, 'x')");
  /* other days, but still not possible */
  export_moves (world, "US", -1, "");
  export_moves (world, "DE", 3, "");
  clock_world_says (world, 1, "C1", "void - -");
  /* Thursday: Wednesday and Thursday do not count */
  export_moves_at (world, "US", 0, MORNING + 2 * DAY, "01/1 C1 ->2026-12-02, 04/1 C1 ->2026-12-10");
  clock_world_says (world, 1, "C1", "open 2026-12-02 2026-12-02");
  clock_world_says (world, 2, "C1", "paused - -");
  clock_world_says (world, 3, "C1", "void - -");
  clock_world_says (world, 5, "C1", "open 2026-12-10 2026-12-10");
  clock_world_says (world, 8, "C1", "void - -");
  clock_world_do (world, BH_CLOCK_RESUME, "R0000000001", 2, "C1", 0, MORNING + 2 * DAY);
  clock_world_says (world, 2, "C1", "open 2026-12-02 2026-12-02");
  export_moves_at (world, "US", -2, MORNING + 2 * DAY, "");
  /* taken away is possible, too */
  export_moves_at (world, "US", -1, MORNING + 2 * DAY,
                   "01/1 C1 2026-12-02>-, 01/2 C1 2026-12-02>-, 04/1 C1 2026-12-10>-");
  export_moves_at (world, "US", -2, MORNING + 2 * DAY,
                   "01/1 C1 ->2026-12-02, 01/2 C1 ->2026-12-02, 04/1 C1 ->2026-12-10");
}

/* the goods come from the site, else from the account's own country */
static void
test_export_country (ClockWorld *world, gconstpointer data)
{
  clock_world_run (world, "UPDATE site SET country = 'JP'");
  export_moves (world, "US", 5, "");
  clock_world_run (world, "UPDATE rma SET site = NULL WHERE id = 2");
  export_moves (world, "US", 4, "02/1 C1 2026-11-30>2026-12-04");
  export_moves (world, "JP", 1,
                "01/1 C1 2026-11-30>2026-12-01, 01/2 C1 2026-11-30>2026-12-01, "
                "07/1 C1 2026-11-10>2026-11-11");
}

static void
import (ClockWorld *world, const char *csv)
{
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (csv, (gssize) strlen (csv), NULL);
  BhImportOptions options = { .format = BH_FORMAT_CSV };
  BhImportResult result = { 0 };
  g_autoptr (GError) error = NULL;

  bh_desk_import (world->desk, "rmas", stream, "in.csv", &options, MORNING, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.added, ==, 1);
}

#define COLUMNS                                                                                    \
  "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,created,"         \
  "confirmed\n"

/* what is issued or imported under a policy has its days; a later one moves it */
static void
test_export_new (ClockWorld *world, gconstpointer data)
{
  BhWhen when = { "act-confirm", MORNING, FALSE };
  g_autoptr (GError) error = NULL;

  /* the world's rows have numbers of their own, of which PostgreSQL's sequences know nothing */
  if (g_str_equal (test_wrap_engine_from_env (), "postgresql"))
    g_free (clock_world_text (world, "SELECT setval (pg_get_serial_sequence (t, 'id'), 1000)::text"
                                     " FROM (VALUES ('rma'), ('rma_line')) v (t)"));
  clock_world_run (world, "UPDATE clock SET state = 'void', ended_us = 1 WHERE line_id IN"
                          " (1, 2, 3, 8)");
  export_moves (world, "US", 5, "");
  bh_desk_confirm (world->desk, &when, "R0000000004", "a gesture", &error);
  g_assert_no_error (error);
  /* Tuesday 24 November, 10 + 5 business days */
  clock_world_says (world, 5, "C1", "open 2026-12-15 2026-12-15");
  import (world, COLUMNS "R0000000050,2026-1101-000001,P2,A1,S1,,,SN-IMPORT,PN-100,,SJC,"
                         "2026-11-16T08:00:00Z,2026-11-16T08:00:00Z\n");
  g_assert_cmpint (world_count (world->desk,
                                "SELECT count(*) FROM rma_line l JOIN clock c ON c.line_id = l.id"
                                " WHERE l.serial = 'SN-IMPORT' AND l.return_by = '2026-12-07'"
                                " AND c.due = l.return_by AND c.policy_days = 5"),
                   ==, 1);
  export_moves (world, "US", 0, "04/1 C1 2026-12-15>2026-12-08, 50/1 C1 2026-12-07>2026-11-30");
  export_moves (world, "US", -1, "04/1 C1 2026-12-08>-, 50/1 C1 2026-11-30>-");
  import (world, COLUMNS "R0000000051,2026-1101-000001,P2,A1,S1,,,SN-IMPOR2,PN-100,,SJC,"
                         "2026-11-16T08:00:00Z,2026-11-16T08:00:00Z\n");
  g_assert_cmpint (world_count (world->desk,
                                "SELECT count(*) FROM rma_line l LEFT JOIN clock c ON c.line_id ="
                                " l.id WHERE l.serial = 'SN-IMPOR2' AND l.return_by IS NULL"
                                " AND l.awaited = 1 AND c.id IS NULL"),
                   ==, 1);
}

static void
test_export_bad (ClockWorld *world, gconstpointer data)
{
  static const struct {
    BhExportPolicy policy;
    gboolean drop;
    int code;
  } bad[] = {
    { { (char *) "us", 1, TRUE, NULL }, FALSE, BH_ERROR_INPUT },
    { { (char *) "USA", 1, TRUE, NULL }, FALSE, BH_ERROR_INPUT },
    { { (char *) "", 1, TRUE, NULL }, FALSE, BH_ERROR_INPUT },
    { { (char *) "U1", 1, TRUE, NULL }, FALSE, BH_ERROR_INPUT },
    { { (char *) "US", -1, TRUE, NULL }, FALSE, BH_ERROR_INPUT },
    { { (char *) "US", 3651, TRUE, NULL }, FALSE, BH_ERROR_INPUT },
    { { (char *) "US", 0, TRUE, NULL }, TRUE, BH_ERROR_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (bh_desk_put_export_policy (world->desk, &bad[i].policy, bad[i].drop, MORNING,
                                               NULL, &error));
    g_assert_error (error, BH_ERROR, bad[i].code);
  }
}

/* C1 by the site's policy: an import is confirmed by it as the desk is */
static void
test_import_on_delivery (ClockWorld *world, gconstpointer data)
{
  static const struct {
    const char *level;
    const char *until;
    gboolean waits;
  } units[] = {
    { "Next-Day Ship", "2026-11-16", TRUE },  /* covered on its last day */
    { "Next-Day Ship", "2026-11-15", FALSE }, /* over: nothing is shipped in advance */
    { "Core Plus", "2030-12-31", FALSE },
  };

  if (g_str_equal (test_wrap_engine_from_env (), "postgresql"))
    g_free (clock_world_text (world, "SELECT setval (pg_get_serial_sequence (t, 'id'), 1000)::text"
                                     " FROM (VALUES ('rma'), ('rma_line')) v (t)"));
  policy_moves (world, "clock.c1.starts", "delivery", "");
  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    g_autofree char *unit = g_strdup_printf (
        "INSERT INTO unit (serial, part, account, contract, contract_level, contract_until)"
        " VALUES ('SN-ADV%03u', 'PN-100', 'A1', 'C-1', '%s', '%s')",
        i, units[i].level, units[i].until);
    g_autofree char *row =
        g_strdup_printf (COLUMNS "R00000000%u,2026-1101-000001,P2,A1,S1,,,SN-ADV%03u,PN-100,,SJC,"
                                 "2026-11-16T08:00:00Z,2026-11-16T20:00:00Z\n",
                         60 + i, i);
    g_autofree char *clocks = g_strdup_printf (
        "SELECT count(*) FROM rma_line l JOIN clock c ON c.line_id = l.id AND c.kind = 'C1'"
        " WHERE l.serial = 'SN-ADV%03u' AND l.return_by = '2026-11-30'",
        i);

    clock_world_run (world, unit);
    import (world, row);
    g_assert_cmpint (world_count (world->desk, clocks), ==, units[i].waits ? 0 : 1);
  }
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM rma_line WHERE awaited = 1"
                                             " AND return_by IS NULL AND serial = 'SN-ADV000'"),
                   ==, 1);
}

/* ---- C11 ------------------------------------------------------------------------------- */

static void
test_calendar (ClockWorld *world, gconstpointer data)
{
  static const char none[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n";
  g_autoptr (GError) error = NULL;

  clock_world_run (world, "UPDATE clock SET calendar = 'US' WHERE line_id IN (1, 3, 8)");
  clock_world_run (world, "UPDATE clock SET calendar = 'NL' WHERE line_id = 2");
  clock_world_receive (world, "SN-BRAVO1", MORNING);
  /* line 8's ended before the holiday, line 2's is another's, line 3's is met */
  calendar_moves (world, "US", clock_world_thanksgiving, "01/1 C1 2026-11-30>2026-12-01");
  clock_world_says (world, 1, "C1", "open 2026-12-01 2026-12-01");
  clock_world_says (world, 2, "C1", "open 2026-11-30 2026-11-30");
  clock_world_says (world, 3, "C1", "met 2026-11-30 2026-11-30");
  calendar_moves (world, "US", clock_world_thanksgiving, "");
  calendar_moves (world, "NL", none, "");
  /* one that cannot be read changes nothing, not even what the desk remembers */
  g_assert_false (bh_desk_calendar_put (world->desk, "US", none, 40, MORNING, NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  clock_world_do (world, BH_CLOCK_EXTEND, "R0000000001", 1, "C1", 1, MORNING);
  clock_world_says (world, 1, "C1", "open 2026-12-02 2026-12-02");
  calendar_moves (world, "US", none, "01/1 C1 2026-12-02>2026-12-01");
}

static void
test_length (ClockWorld *world, gconstpointer data)
{
  clock_world_receive (world, "SN-ALPHA1", MORNING); /* its C4 runs: 20 days from 24 November */
  clock_world_says (world, 1, "C4", "open 2026-12-22 -");
  policy_moves (world, "clock.c1.business-days", "12",
                "01/2 C1 2026-11-30>2026-12-02, 02/1 C1 2026-11-30>2026-12-02, "
                "07/1 C1 2026-11-10>2026-11-12");
  policy_moves (world, "clock.c4.business-days", "19", "01/1 C4 2026-12-22>2026-12-21");
  policy_moves (world, "clock.c2.days", "29", "");
  policy_moves (world, "clock.amber-days", "5", "");
  policy_moves (world, "clock.c1.business-days", "10",
                "01/2 C1 2026-12-02>2026-11-30, 02/1 C1 2026-12-02>2026-11-30, "
                "07/1 C1 2026-11-12>2026-11-10");
}

/* C7: six days a week; the calendars are read again */
static void
test_week (ClockWorld *world, gconstpointer data)
{
  clock_world_run (world, "UPDATE clock SET calendar = 'US' WHERE line_id = 1");
  calendar_moves (world, "US", clock_world_thanksgiving, "01/1 C1 2026-11-30>2026-12-01");
  policy_moves (world, "calendar.working-week", "Mon,Tue,Wed,Thu,Fri,Sat",
                "01/1 C1 2026-12-01>2026-11-28, 01/2 C1 2026-11-30>2026-11-27, "
                "02/1 C1 2026-11-30>2026-11-27, 07/1 C1 2026-11-10>2026-11-07");
}

static void
extend (BhDesk *desk, const char *number, int line)
{
  g_autofree char *act = g_uuid_string_random ();
  const BhClockRequest request = {
    .what = BH_CLOCK_EXTEND, .number = number, .line = line, .kind = "C1", .days = 1, .reason = "x"
  };
  g_autoptr (GError) error = NULL;

  g_assert_true (bh_desk_clock_do (desk, act, &request, MORNING, &error));
  g_assert_no_error (error);
}

static void
what_if_is (BhDesk *desk, const char *due)
{
  const BhClockQuestion question = { .kind = "C1", .destination = "SJC", .from = "2026-11-24" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhClockView) view = bh_desk_clock_what_if (desk, &question, MORNING, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (view->due, ==, due);
}

/* A station that was open before counts by what another has changed: in what it shows and
 * in what it writes */
static void
test_two_stations (ClockWorld *world, gconstpointer data)
{
  static const char none[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n";
  BhDesk *other;

  clock_world_run (world, "UPDATE clock SET calendar = 'US' WHERE line_id IN (1, 2)");
  calendar_moves (world, "US", none, "");
  clock_world_run (world, "UPDATE destination SET calendar = 'US' WHERE destination = 'SJC'");
  other = clock_world_sign_in (world, "supervisor");
  what_if_is (other, "2026-12-08");
  calendar_moves (world, "US", clock_world_thanksgiving,
                  "01/1 C1 2026-11-30>2026-12-01, 01/2 C1 2026-11-30>2026-12-01");
  extend (other, "R0000000001", 1);
  clock_world_says (world, 1, "C1", "open 2026-12-02 2026-12-02");
  what_if_is (other, "2026-12-09");
  policy_moves (world, "clock.c1.business-days", "9",
                "01/1 C1 2026-12-02>2026-12-01, 01/2 C1 2026-12-01>2026-11-30, "
                "02/1 C1 2026-11-30>2026-11-27, 07/1 C1 2026-11-10>2026-11-09");
  extend (other, "R0000000001", 2);
  clock_world_says (world, 2, "C1", "open 2026-12-01 2026-12-01");
  what_if_is (other, "2026-12-08");
  policy_moves (world, "calendar.working-week", "Mon,Tue,Wed,Thu,Fri,Sat",
                "01/1 C1 2026-12-01>2026-11-28, 01/2 C1 2026-12-01>2026-11-28, "
                "02/1 C1 2026-11-27>2026-11-26, 07/1 C1 2026-11-09>2026-11-06");
  extend (other, "R0000000002", 1);
  clock_world_says (world, 3, "C1", "open 2026-11-27 2026-11-27");
  bh_desk_close (other);
}

#define RACED 25

/* RMAs whose clocks begin */
static gpointer
confirm_many (gpointer data)
{
  for (int i = 0; i < RACED; i++) {
    g_autofree char *serial = g_strdup_printf ("SN-RACE%02d", i);
    g_autofree char *draft = g_uuid_string_random ();
    g_autofree char *act = g_uuid_string_random ();
    const BhIssueUnit unit = { serial, NULL };
    const BhIssue issue = { .case_no = "2026-1101-000001",
                            .account = "A1",
                            .site = "S1",
                            .destination = "SJC",
                            .units = &unit,
                            .n_units = 1 };
    BhWhen when = { draft, MORNING, FALSE };
    g_autofree char *rma = NULL;
    g_autoptr (GError) error = NULL;

    bh_desk_issue (data, &when, &issue, &rma, NULL, &error);
    g_assert_no_error (error);
    when.act = act;
    bh_desk_confirm (data, &when, rma, NULL, &error);
    g_assert_no_error (error);
  }
  return NULL;
}

/* Whichever comes first, no date is left that the calendar of now would not give */
static void
test_race (ClockWorld *world, gconstpointer data)
{
  static const char none[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n";
  BhDesk *other = NULL;
  GThread *thread;

  clock_world_run (world, "UPDATE destination SET calendar = 'US' WHERE destination = 'SJC'");
  for (int i = 0; i < RACED; i++) {
    g_autofree char *sql = g_strdup_printf (
        "INSERT INTO unit (serial, part, account, contract, contract_level, contract_until)"
        " VALUES ('SN-RACE%02d', 'PN-100', 'A1', 'C-1', 'Core Plus', '2030-12-31')",
        i);

    clock_world_run (world, sql);
  }
  other = clock_world_sign_in (world, "supervisor");
  thread = g_thread_new ("confirm", confirm_many, other);
  for (int i = 0; i < 2 * RACED; i++) {
    const char *ics = i % 2 ? none : clock_world_thanksgiving;
    g_autoptr (GError) error = NULL;

    bh_desk_calendar_put (world->desk, "US", ics, strlen (ics), MORNING, NULL, &error);
    g_assert_no_error (error);
  }
  g_thread_join (thread);
  bh_desk_close (other);
  policy_moves (world, "clock.amber-days", "7", "");
}

/* C5, C6: times; only what has a cut-off knows it */
static void
test_cut_off (ClockWorld *world, gconstpointer data)
{
  /* Tuesday 24 November, 14:30 in San Jose */
  gint64 half_past_two = WORLD_NOW + 14 * HOUR + HOUR / 2;

  clock_world_start (world, "C5", 3, NULL, "Next-Day Ship", NULL, half_past_two);
  clock_world_start (world, "C5", 1, NULL, "Same-Day", NULL, half_past_two);
  clock_world_start (world, "C6", 0, "2026-1101-000001", "P2", "update", half_past_two);
  policy_moves (world, "clock.amber-days", "3",
                "01/1 C5 2099-01-01>2026-11-24T18:30:00-08:00, "
                "02/1 C5 2099-01-01>2026-11-25T23:59:59-08:00, "
                "2026-1101-000001/0 C6 2099-01-01>2026-11-25T23:59:59-08:00");
  policy_moves (world, "clock.c5.cut-off", "14:00",
                "02/1 C5 2026-11-25T23:59:59-08:00>2026-11-26T23:59:59-08:00");
  policy_moves (world, "clock.c5.cut-off", "14:30", "");
  policy_moves (world, "clock.c5.cut-off", "14:31",
                "02/1 C5 2026-11-26T23:59:59-08:00>2026-11-25T23:59:59-08:00");
}

/* Many are written in blocks: each gets its own values, none another's. */
static void
test_blocks (ClockWorld *world, gconstpointer data)
{
  static const char due_are[] =
      "SELECT count(*) FROM clock c JOIN rma_line l ON l.id = c.line_id WHERE l.id >= 1000"
      " AND c.state = 'open' AND c.due = l.return_by"
      " AND c.due = CASE WHEN l.id % 2 = 0 THEN '2026-12-01' ELSE '2026-12-02' END";
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 230; i++) {
    g_autofree char *serial = g_strdup_printf ("SN-MANY%03d", i);

    bh_store_run (bh_desk_store (world->desk), NULL, &error,
                  "INSERT INTO rma_line (id, rma_id, line, serial, state, awaited, return_by, rma,"
                  " status, account, account_name, created_us) VALUES ($1, 2, $2, $3, 'awaited', 1,"
                  " '2026-11-30', 'R0000000002', 'open', 'A1', 'Acme Networks', 1)",
                  "iit", (gint64) 1000 + i, (gint64) 100 + i, serial);
    g_assert_no_error (error);
    /* every other one began a day later */
    clock_world_start (world, "C1", 1000 + i, NULL, NULL, NULL, WORLD_NOW - (8 - i % 2) * DAY);
  }
  clock_world_start (world, "C5", 1001, NULL, "Same-Day", NULL, WORLD_NOW);
  g_assert_true (
      bh_desk_set_policy (world->desk, "clock.c1.business-days", "11", MORNING, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (world_count (world->desk, due_are), ==, 230);
  clock_world_says (world, 1001, "C5", "open 2026-11-24 -");
  g_assert_cmpint (
      world_count (world->desk, "SELECT count(*) FROM clock WHERE kind = 'C5' AND due_us > 0"), ==,
      1);
  clock_world_says (world, 1, "C1", "open 2026-12-01 2026-12-01");
  clock_world_run (world, "INSERT INTO export_policy (country, possible) VALUES ('US', 0)");
  g_assert_true (
      bh_desk_set_policy (world->desk, "clock.c1.business-days", "10", MORNING, NULL, &error));
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM clock WHERE kind = 'C1' AND"
                                             " state = 'void' AND due IS NULL AND ended_us > 0"),
                   ==, 234);
  g_assert_cmpint (
      world_count (world->desk,
                   "SELECT count(*) FROM rma_line WHERE id >= 1000 AND return_by IS NULL"),
      ==, 230);
}

static void
test_bad_policy (ClockWorld *world, gconstpointer data)
{
  static const struct {
    const char *key;
    const char *value;
    int code;
  } bad[] = {
    { "clock.c9.days", "1", BH_ERROR_USAGE },
    { "clock.c1.business-days", "0", BH_ERROR_INPUT },
    { "clock.c1.business-days", "", BH_ERROR_INPUT },
    { "clock.c5.cut-off", "24:00", BH_ERROR_INPUT },
    { "clock.c5.cut-off", "3pm", BH_ERROR_INPUT },
    { "calendar.working-week", "", BH_ERROR_INPUT },
    { "calendar.working-week", "Mo", BH_ERROR_INPUT },
  };
  g_autofree char *before = clock_world_state (world);
  g_autofree char *after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (
        bh_desk_set_policy (world->desk, bad[i].key, bad[i].value, MORNING, NULL, &error));
    g_assert_error (error, BH_ERROR, bad[i].code);
  }
  after = clock_world_state (world);
  g_assert_cmpstr (after, ==, before);
}

int
main (int argc, char **argv)
{
  static const ClockTest tests[] = {
    { "C8/days-of-a-country", test_export },
    { "C8/while-paused", test_export_paused },
    { "C8/no-return-is-possible", test_export_impossible },
    { "C8/possible-again", test_export_possible_again },
    { "C8/from-the-site-s-country", test_export_country },
    { "C8/issued-and-imported-under-it", test_export_new },
    { "C8/bad-requests", test_export_bad },
    { "C1/imported-under-delivery", test_import_on_delivery },
    { "C11/a-calendar-moves-its-own", test_calendar },
    { "C11/a-length-moves-its-kind", test_length },
    { "C11/C7/a-working-week-moves-all", test_week },
    { "C11/another-station-counts-by-it-at-once", test_two_stations },
    { "C11/one-counts-while-another-changes", test_race },
    { "C11/C5/a-cut-off-moves-what-has-one", test_cut_off },
    { "C11/many-in-blocks", test_blocks },
    { "C11/bad-requests", test_bad_policy },
  };

  return clock_world_main (argc, argv, "/clock-recount", tests, G_N_ELEMENTS (tests));
}

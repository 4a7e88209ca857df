/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the repair center learned, by part and month: worked examples (R5, RA10, C2, C3). */
#include "backhaul/reports.h"

#include <math.h>
#include <string.h>

#include "clock-world.h"

/* 2026-11-01T02:26:40Z is still October in San Jose; 2026-11-10T12:00:00Z */
#define OCTOBER  G_GINT64_CONSTANT (1793500000000000)
#define NOVEMBER G_GINT64_CONSTANT (1794312000000000)

/* One entry of a job: what, value, low, high. */
typedef struct {
  const char *what;
  const char *value;
  const char *low;
  const char *high;
} Told;

/* A job that is posted with what was told of it; the n-th entry has the number @first + n. */
static void
posted (ClockWorld *world, const char *job, const char *kind, const char *part, gint64 at_us,
        const char *disposition, const char *follows, const Told *told, gint64 first)
{
  g_autoptr (GError) error = NULL;
  BhStore *store = bh_desk_store (world->desk);
  gint64 upto = first;

  bh_store_run (store, NULL, &error,
                "INSERT INTO job (job, line_id, serial, part, kind, state, started_us, posted_us,"
                " disposition, versions, follows, fault)"
                " VALUES ($1, 6, 'SN-BACK01', $2, $3, 'posted', 1, $4, $5, 1, $6, 'LATER')",
                "tttitt", job, part, kind, at_us, disposition, follows);
  g_assert_no_error (error);
  for (; told->what != NULL; told++, upto++) {
    bh_store_run (store, NULL, &error,
                  "INSERT INTO job_entry (id, job, what, name, value, low, high, at_us, operator)"
                  " VALUES ($1, $2, $3, NULL, $4, $5, $6, 1, 'ann')",
                  "itt"
                  "ttt",
                  upto, job, told->what, told->value, told->low, told->high);
    g_assert_no_error (error);
  }
  bh_store_run (store, NULL, &error,
                "INSERT INTO job_post (job, version, interim, disposition, upto, at_us, operator)"
                " VALUES ($1, 1, 0, $2, $3, $4, 'ann')",
                "ttii", job, disposition, upto - 1, at_us);
  g_assert_no_error (error);
  /* what was written down after the result is of no result yet (RA9) */
  bh_store_run (store, NULL, &error,
                "INSERT INTO job_entry (id, job, what, value, at_us, operator)"
                " VALUES ($1, $2, 'fault', 'LATER', 2, 'ann')",
                "it", upto, job);
  g_assert_no_error (error);
}

/* Six RAs of PN-100 in November, one of PN-200, one of October, and an FA that went on. */
static void
fill (ClockWorld *world)
{
  static const Told mended[] = { { "reading", "3", "4", "5" }, /* it was broken */
                                 { "fault", "POWER", NULL, NULL },
                                 { "action", "mended", NULL, NULL },
                                 { "reading", "4.5", "4", "5" },
                                 { 0 } };
  static const Told again[] = { { "fault", "POWER", NULL, NULL },
                                { "action", "mended", NULL, NULL },
                                { "reading", "3", "4", "5" },
                                { "reading", "4.5", "4", "5" },
                                { 0 } };
  static const Told untested[] = { { "fault", "FAN", NULL, NULL },
                                   { "action", "mended", NULL, NULL },
                                   { "reading", "9", NULL, NULL },
                                   { 0 } };
  /* the wrong code, and a reading that was mistyped, are struck */
  static const Told struck[] = {
    { "fault", "FAN", NULL, NULL },  { "fault", "POWER", NULL, NULL },
    { "strike", "401", NULL, NULL }, { "action", "mended", NULL, NULL },
    { "reading", "45", "4", "5" },   { "strike", "404", NULL, NULL },
    { "reading", "4.5", "4", "5" },  { 0 }
  };
  static const Told sound[] = { { "reproduced", "no", NULL, NULL },
                                { "reading", "4", "4", "5" },
                                { 0 } };
  static const Told handed[] = { { "fault", "POWER", NULL, NULL }, { 0 } };
  static const Told cause[] = { { "fault", "SOLDER", NULL, NULL }, { 0 } };

  posted (world, "J1", "ra", "PN-100", NOVEMBER, "repaired-to-stock", NULL, mended, 100);
  posted (world, "J2", "ra", "PN-100", NOVEMBER, "repaired-to-stock", NULL, again, 200);
  posted (world, "J3", "ra", "PN-100", NOVEMBER, "returned", NULL, untested, 300);
  posted (world, "J4", "ra", "PN-100", NOVEMBER, "returned", NULL, struck, 400);
  posted (world, "J5", "ra", "PN-100", NOVEMBER, "no-fault-found", NULL, sound, 500);
  posted (world, "J6", "ra", "PN-100", NOVEMBER, "to-fa", NULL, handed, 600);
  posted (world, "J7", "fa", "PN-100", NOVEMBER, "scrapped", "J6", cause, 700);
  posted (world, "J8", "ra", "PN-200", NOVEMBER, "returned", NULL, mended, 800);
  posted (world, "J9", "ra", "PN-100", OCTOBER, "returned", NULL, mended, 900);
}

static BhReportQuery
days (const char *from, const char *to)
{
  return (BhReportQuery){ .from = bh_day_parse (from), .to = bh_day_parse (to) };
}

static void
check (ClockWorld *world, const char *name, const char *expected)
{
  const BhReportQuery query = days ("2026-10-15", "2026-11-15");
  g_autoptr (GError) error = NULL;
  const BhReport *report = bh_report_find (name, &error);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  const char *rows;

  g_assert_no_error (error);
  g_assert_true (bh_desk_write_report (world->desk, report, &query, WORLD_NOW, BH_REPORT_AS_CSV,
                                       stream, NULL, &error));
  g_assert_true (g_output_stream_write_all (stream, "", 1, NULL, NULL, &error));
  rows = strchr (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)), '\n');
  g_assert_nonnull (rows);
  g_assert_cmpstr (rows + 1, ==, expected);
}

/* the RA that went on into J7 is told by J7 */
static void
test_faults (ClockWorld *world, gconstpointer data)
{
  fill (world);
  check (world, "faults",
         "2026-10,PN-100,POWER,1,100.0,100.0\n"
         "2026-11,PN-100,FAN,2,40.0,40.0\n"
         "2026-11,PN-100,POWER,2,40.0,80.0\n"
         "2026-11,PN-100,SOLDER,1,20.0,100.0\n"
         "2026-11,PN-200,POWER,1,100.0,100.0\n");
}

/* the most frequent of all months comes first, though PN-100's month begins with FAN */
static void
test_pareto (ClockWorld *world, gconstpointer data)
{
  const BhReportQuery query = days ("2026-11-01", "2026-11-15");
  g_autoptr (GError) error = NULL;
  g_autoptr (BhChart) chart = NULL;

  fill (world);
  chart = bh_desk_report_chart (world->desk, bh_report_find ("faults", NULL), &query, WORLD_NOW,
                                &error);
  g_assert_no_error (error);
  g_assert_cmpuint (chart->labels->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (chart->labels, 0), ==, "POWER");
  g_assert_cmpstr (g_ptr_array_index (chart->labels, 1), ==, "FAN");
  g_assert_cmpstr (g_ptr_array_index (chart->labels, 2), ==, "SOLDER");
}

static void
test_first_pass (ClockWorld *world, gconstpointer data)
{
  fill (world);
  check (world, "first-pass",
         "2026-10,PN-100,1,0,1,1,0,0,100.0\n"
         "2026-11,PN-100,6,1,5,3,1,1,60.0\n"
         "2026-11,PN-200,1,0,1,1,0,0,100.0\n");
}

static void
test_no_fault_found (ClockWorld *world, gconstpointer data)
{
  fill (world);
  check (world, "no-fault-found",
         "2026-10,PN-100,1,0,0.0\n"
         "2026-11,PN-100,6,1,16.7\n"
         "2026-11,PN-200,1,0,0.0\n");
}

/* each result of an FA has a clock of its own; other clocks are not of the repair center */
static void
test_on_time (ClockWorld *world, gconstpointer data)
{
  clock_world_run (world,
                   "INSERT INTO clock (kind, line_id, state, started_us, ended_us, zone) VALUES"
                   " ('C2', 6, 'met', 1, 1794312000000000, 'UTC'),"
                   " ('C2', 7, 'met', 1, 1794312000000000, 'UTC'),"
                   " ('C2', 9, 'missed', 1, 1794312000000000, 'UTC'),"
                   " ('C3', 10, 'met', 1, 1794312000000000, 'UTC'),"
                   " ('C3', 10, 'missed', 1, 1794398400000000, 'UTC'),"
                   " ('C2', 10, 'void', 1, 1794312000000000, 'UTC'),"
                   " ('C4', 10, 'missed', 1, 1794312000000000, 'UTC'),"
                   " ('C2', 11, 'met', 1, 1793500000000000, 'America/Los_Angeles')");
  check (world, "repair-on-time",
         "2026-10,ra,1,1,0,100.0\n"
         "2026-11,ra,3,2,1,66.7\n"
         "2026-11,fa,2,1,1,50.0\n");
}

static const ClockTest tests[] = {
  { "/R5/faults", test_faults },           { "/R5/pareto", test_pareto },
  { "/RA10/first-pass", test_first_pass }, { "/RA10/no-fault-found", test_no_fault_found },
  { "/C2/repair-on-time", test_on_time },
};

int
main (int argc, char **argv)
{
  return clock_world_main (argc, argv, "/reports-repair", tests, G_N_ELEMENTS (tests));
}

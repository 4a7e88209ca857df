/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reports (K3, K6): worked examples, each figure counted by hand. */
#include "backhaul/reports.h"

#include <math.h>

#include "world.h"
#include "wrap.h"

static char *
try (DeskWorld *world, const char *name, const BhReportQuery *query, BhReportFormat format,
     GError **error)
{
  const BhReport *report = bh_report_find (name, error);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

  if (report == NULL ||
      !bh_desk_write_report (world->desk, report, query, WORLD_NOW, format, stream, NULL, error) ||
      !g_output_stream_write_all (stream, "", 1, NULL, NULL, error) ||
      !g_output_stream_close (stream, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

/* The rows as CSV, without the header. */
static char *
csv (DeskWorld *world, const char *name, BhReportQuery query)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = try (world, name, &query, BH_REPORT_AS_CSV, &error);
  const char *rows;

  g_assert_no_error (error);
  rows = strchr (text, '\n');
  g_assert_nonnull (rows);
  return g_strdup (rows + 1);
}

static void
check (DeskWorld *world, const char *name, BhReportQuery query, const char *expected)
{
  g_autofree char *got = csv (world, name, query);

  g_assert_cmpstr (got, ==, expected);
}

static BhReportQuery
days (const char *from, const char *to)
{
  return (BhReportQuery){ .from = bh_day_parse (from), .to = bh_day_parse (to) };
}

/* Tuesday 10 to Tuesday 24 November is ten business days; the reminder of the 5th, a claim, a
 * pause and a charge each show. */
static void
test_not_back (DeskWorld *world, gconstpointer data)
{
  world_run (world->desk,
             "INSERT INTO chase (line_id, return_by, stage, on_day, mail, at_us) VALUES"
             " (8, '2026-11-10', 'before', '2026-11-05', 'm1', 1793908800000000),"
             " (8, '2026-11-10', 'decide', '2026-11-20', NULL, 1795200000000000)");
  world_run (world->desk,
             "INSERT INTO claim (claim, line_id, carrier, tracking, delivered, signed_by, state,"
             " at_us, operator) VALUES ('k1', 2, 'UPS', 'T', '2026-11-20', 'Bob', 'pending', 1,"
             " 'ann')");
  world_run (world->desk, "UPDATE clock SET state = 'paused', due = NULL WHERE line_id = 3");
  world_run (world->desk, "INSERT INTO clock_pause (clock_id, from_us, reason)"
                          " SELECT id, 1, '=customs' FROM clock WHERE line_id = 3");
  world_run (world->desk, "UPDATE rma_line SET return_by = NULL WHERE id = 3");
  /* due on a Saturday: on Sunday it is late, though no business day went by */
  world_run (world->desk,
             "UPDATE rma_line SET state = 'charged', return_by = '2026-11-21' WHERE id = 1");
  world_run (world->desk, "UPDATE rma SET reference = 'PO 77' WHERE id = 1");
  world_run (world->desk, "UPDATE rma_line SET replacement = 'SN-NEW02' WHERE id = 2");
  check (world, "not-back", (BhReportQuery){ 0 },
         "A1,Acme Networks,R0000000007,1,SN-LATE01,PN-100,2026-11-10,10,6 to 10 days,awaited,,"
         "2026-11-05T12:00:00-08:00,2026-1101-000001,,\n"
         "A1,Acme Networks,R0000000001,1,SN-ALPHA1,PN-100,2026-11-21,2,1 to 5 days,charged,,,"
         "2026-1101-000001,PO 77,\n"
         "A1,Acme Networks,R0000000001,2,SN-ALPHA2,PN-200,2026-11-30,0,not due yet,claim "
         "pending,,,2026-1101-000001,PO 77,SN-NEW02\n"
         "A1,Acme "
         "Networks,R0000000002,1,SN-BRAVO1,PN-100,,,paused,paused,'=customs,,2026-1101-000001,,\n");
  check (world, "not-back-accounts", (BhReportQuery){ 0 }, "A1,Acme Networks,4,2,0,10,1,1,1\n");
  world_run (world->desk, "INSERT INTO account (account, name) VALUES ('A2', 'Other')");
  check (world, "not-back", (BhReportQuery){ .account = "A2" }, "");
}

/* A date that is past is past on the weekend too, as the daily run has it. */
static void
test_weekend (DeskWorld *world, gconstpointer data)
{
  const BhReport *report = bh_report_find ("not-back", NULL);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  const BhReportQuery query = { 0 };

  world_run (world->desk, "UPDATE rma_line SET return_by = '2026-11-20' WHERE id = 8");
  /* Saturday 21 November, noon in San Jose */
  g_assert_true (bh_desk_write_report (world->desk, report, &query,
                                       WORLD_NOW - 3 * G_TIME_SPAN_DAY + 12 * G_TIME_SPAN_HOUR,
                                       BH_REPORT_AS_CSV, stream, NULL, &error));
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  g_assert_nonnull (strstr (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                            "SN-LATE01,PN-100,2026-11-20,1,1 to 5 days,"));
}

/* K6: by the day in the destination's zone, with what the customer's side files it by. */
static void
test_came_back (DeskWorld *world, gconstpointer data)
{
  /* 2026-11-20T07:30:00Z is the 19th in San Jose, the last day of one and past another's */
  world_run (world->desk, "UPDATE rma SET reference = '=PO 5' WHERE id = 5");
  world_run (world->desk,
             "UPDATE rma_line SET received_us = 1795159800000000, return_by = '2026-11-19',"
             " replacement = 'SN-NEW06' WHERE id = 6");
  world_run (world->desk,
             "UPDATE rma_line SET received_us = 1795159800000000, return_by = '2026-11-18',"
             " case_no = '' WHERE id = 9");
  world_run (world->desk, "UPDATE rma_line SET received_us = 1795163400000000 WHERE id = 10");
  check (world, "came-back", days ("2026-11-19", "2026-11-19"),
         "2026-11-19,in time,A1,Acme Networks,R0000000005,1,2026-1101-000001,'=PO 5,SN-BACK01,"
         "SN-NEW06,PN-100,2026-10-15,2026-11-19\n"
         "2026-11-19,late,A1,Acme Networks,R0000000008,1,,,SN-OLD001,,PN-100,2025-11-23,"
         "2026-11-18\n");
}

static void
test_reminders (DeskWorld *world, gconstpointer data)
{
  /* 1793923200000000 is 2026-11-06T00:00:00Z */
  world_run (world->desk,
             "INSERT INTO mail (mail, kind, to_address, account, rmas, message_id, state, tries,"
             " error, at_us, sent_us) VALUES"
             " ('m1', 'reminder', 'a@a.example', 'A1', 'R0000000001 R0000000002', 'i1', 'sent', 1,"
             "  NULL, 1793923200000000, 1793923260000000),"
             " ('m2', 'overdue', NULL, 'A1', 'R0000000007', 'i2', 'failed', 0, 'no address',"
             "  1793923200000001, NULL),"
             " ('m3', 'receipt', 'a@a.example', 'A1', 'R0000000007', 'i3', 'sent', 1, NULL,"
             "  1793923200000002, NULL),"
             " ('m4', 'reminder', NULL, 'A1', 'R0000000007', 'i4', 'queued', 0, NULL,"
             "  1793923199999999, NULL)");
  check (world, "reminders", days ("2026-11-06", "2026-11-06"),
         "2026-11-06T00:00:00+00:00,reminder,A1,Acme Networks,a@a.example,"
         "R0000000001 R0000000002,sent,2026-11-06T00:01:00+00:00,1,\n"
         "2026-11-06T00:00:00+00:00,overdue,A1,Acme Networks,,R0000000007,failed,,0,no address\n");
}

/* Turn-rounds of 1, 2 … 10 days: the median is 5.5, nine of ten take no more than 9. */
static void
test_turn_round (DeskWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (int i = 1; i <= 12; i++) {
    const char *state = i == 12 ? "open" : "posted";
    /* noon of 10 November in UTC; the last of them in October of the destination's zone */
    gint64 posted = i == 11 ? G_GINT64_CONSTANT (1793500000000000) /* 2026-11-01T02:26:40Z */
                            : G_GINT64_CONSTANT (1794312000000000);
    g_autofree char *job = g_strdup_printf ("job-%d", i);

    bh_store_run (bh_desk_store (world->desk), NULL, &error,
                  "INSERT INTO rma_line (id, rma_id, line, serial, state, awaited, rma, status,"
                  " account, account_name, created_us, received_us)"
                  " VALUES ($1, 5, $2, $3, 'received', 0, 'R0000000005', 'closed', 'A1',"
                  " 'Acme Networks', 1, $4)",
                  "iiti", (gint64) (100 + i), (gint64) (100 + i), job,
                  posted - i * G_TIME_SPAN_DAY);
    g_assert_no_error (error);
    bh_store_run (bh_desk_store (world->desk), NULL, &error,
                  "INSERT INTO job (job, line_id, serial, kind, state, started_us, posted_us)"
                  " VALUES ($1, $2, $1, 'ra', $3, 1, $4)",
                  "titi", job, (gint64) (100 + i), state, posted);
    g_assert_no_error (error);
  }
  check (world, "turn-round", days ("2026-10-10", "2026-11-30"),
         "2026-10,ra,1,11.0,11.0,11.0\n"
         "2026-11,ra,10,5.5,9.0,10.0\n");
}

/* By the day of the destination; a refusal's by what the dock took in before. A hold that was
 * ended by a refusal is one unit, held and refused. */
static void
test_dock_days (DeskWorld *world, gconstpointer data)
{
  world_run (world->desk,
             "INSERT INTO box (box, state, dock, opened_us) VALUES ('b1', 'done', 'north', 1)");
  /* 2026-11-20T07:30:00Z is the 19th in San Jose; 08:30Z is the 20th */
  world_run (
      world->desk,
      "INSERT INTO receipt (receipt, act, box, unit, verdict, rule, line_id, destination, late,"
      " message, at_us, dock, operator, void, replaced_by, resolved) VALUES"
      " ('r1', 'a1', 'b1', 1, 'accept', 'D1', 6, 'SJC', 1, '', 1795159800000000, 'north', 'x',"
      "  0, NULL, NULL),"
      " ('r2', 'a2', 'b1', 2, 'refuse', 'D3', NULL, NULL, 0, '', 1795159801000000, 'north', 'x',"
      "  0, NULL, NULL),"
      " ('r3', 'a3', 'b1', 3, 'hold', 'D11', NULL, 'SJC', 0, '', 1795163400000000, 'north', 'x',"
      "  0, NULL, NULL),"
      " ('r4', 'a4', 'b1', 4, 'accept', 'D2', 9, 'SJC', 0, '', 1795163400000000, 'north', 'x',"
      "  1, NULL, NULL),"
      " ('r5', 'a5', 'b1', 5, 'accept', 'D2', 10, 'SJC', 0, '', 1795163400000000, 'north', 'x',"
      "  1, 'r3', NULL),"
      " ('r6', 'a6', 'b1', 6, 'hold', 'D5', NULL, 'SJC', 0, '', 1795163400000000, 'north', 'x',"
      "  1, 'r7', 'refuse'),"
      " ('r7', 'a7', 'b1', 6, 'refuse', 'D5', NULL, 'SJC', 0, '', 1795163500000000, 'north', 'x',"
      "  0, NULL, NULL)");
  check (world, "dock-days", days ("2026-11-19", "2026-11-20"),
         "2026-11-19,D1,1,1,0,0,1,0\n"
         "2026-11-19,D3,1,0,0,1,0,0\n"
         "2026-11-20,D2,0,0,0,0,0,1\n"
         "2026-11-20,D5,1,0,1,1,0,0\n"
         "2026-11-20,D11,1,0,1,0,0,0\n");
  check (world, "dock-days", days ("2026-11-20", "2026-11-20"),
         "2026-11-20,D2,0,0,0,0,0,1\n"
         "2026-11-20,D5,1,0,1,1,0,0\n"
         "2026-11-20,D11,1,0,1,0,0,0\n");
}

static void
test_on_time (DeskWorld *world, gconstpointer data)
{
  /* three of four met in November; the fifth ended in October of its own zone */
  world_run (world->desk,
             "INSERT INTO clock (kind, line_id, state, started_us, ended_us, zone) VALUES"
             " ('C1', 6, 'met', 1, 1794312000000000, 'UTC'),"
             " ('C1', 7, 'met', 1, 1794312000000000, 'UTC'),"
             " ('C1', 9, 'met', 1, 1794312000000000, 'UTC'),"
             " ('C1', 10, 'missed', 1, 1794312000000000, 'UTC'),"
             " ('C4', 10, 'void', 1, 1794312000000000, 'UTC'),"
             " ('C4', 11, 'missed', 1, 1793500000000000, 'America/Los_Angeles')");
  check (world, "on-time", days ("2026-10-15", "2026-11-15"),
         "2026-10,C4,1,0,1,0.0\n"
         "2026-11,C1,4,3,1,75.0\n");
}

static void
test_ages (DeskWorld *world, gconstpointer data)
{
  /* R1, R2: 10 days, three lines; R4: a draft of yesterday; R7: 30 days */
  check (world, "ages", (BhReportQuery){ 0 },
         "up to 7 days,1,1,0,0,0\n"
         "8 to 14 days,3,0,3,0,0\n"
         "15 to 30 days,1,0,1,0,0\n"
         "31 to 60 days,0,0,0,0,0\n"
         "61 to 90 days,0,0,0,0,0\n"
         "91 to 180 days,0,0,0,0,0\n"
         "over 180 days,0,0,0,0,0\n");
}

#define NUMBERS(n)                                                                                 \
  "WITH RECURSIVE seq (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM seq WHERE i < " n ") "
#define UNITS(prefix, n, shipped)                                                                  \
  NUMBERS (n)                                                                                      \
  "INSERT INTO unit (serial, part, shipped) SELECT '" prefix "-' || (100000 + i), 'FRU-1',"        \
  " '" shipped "' FROM seq"
/* every unit of @prefix up to @n came back on 15 January 2010 */
#define RETURNS(prefix, n, line)                                                                   \
  NUMBERS (n)                                                                                      \
  "INSERT INTO rma_line (id, rma_id, line, serial, part, state, awaited, rma, status, account,"    \
  " account_name, created_us, received_us) SELECT " line " + i, 3, " line " + i,"                  \
  " '" prefix "-' || (100000 + i), 'FRU-1', 'received', 0, 'R0000000003', 'closed', 'A1',"         \
  " 'Acme Networks', 1, 1263556800000000 FROM seq"

/* The published example: TL 9000 Measurements Handbook, FR examples, 7.1.1. In January 2010,
 * 153 of 57,288, 163 of 99,626 and 39 of 30,000 units came back. Units at both ends of each
 * age; what is shipped in the month itself returns early, and is of no population yet. */
static void
test_tl9000 (DeskWorld *world, gconstpointer data)
{
  world_run (world->desk, UNITS ("JUL09", "30000", "2009-07-01"));
  world_run (world->desk, UNITS ("DEC09", "27288", "2009-12-31"));
  world_run (world->desk, UNITS ("JAN10", "500", "2010-01-05"));
  world_run (world->desk, UNITS ("JUL08", "50000", "2008-07-01"));
  world_run (world->desk, UNITS ("JUN09", "49626", "2009-06-30"));
  world_run (world->desk, UNITS ("JUN08", "29000", "2008-06-30"));
  world_run (world->desk, UNITS ("OLD", "1000", "2001-02-03"));
  world_run (world->desk, RETURNS ("JUL09", "100", "1000"));
  world_run (world->desk, RETURNS ("DEC09", "50", "2000"));
  world_run (world->desk, RETURNS ("JAN10", "3", "3000"));
  world_run (world->desk, RETURNS ("JUL08", "100", "4000"));
  world_run (world->desk, RETURNS ("JUN09", "63", "5000"));
  world_run (world->desk, RETURNS ("JUN08", "30", "6000"));
  world_run (world->desk, RETURNS ("OLD", "9", "7000"));
  world_run (world->desk, RETURNS ("NOBODY", "2", "8000"));
  check (world, "tl9000", days ("2010-01-10", "2010-01-20"),
         "2010-01,FRU-1,153,57288,3.20,163,99626,1.96,39,30000,1.56,2\n");
  /* a month on, July's units are a year's, and January's are of the population */
  check (world, "tl9000", days ("2010-02-01", "2010-02-01"),
         "2010-02,FRU-1,0,27788,0.00,0,79626,0.00,0,80000,0.00,0\n");
}

static void
test_rate (void)
{
  g_assert_cmpfloat_with_epsilon (bh_return_rate (153, 57288), 3.2049, 0.0001);
  g_assert_cmpfloat_with_epsilon (bh_return_rate (163, 99626), 1.9633, 0.0001);
  g_assert_cmpfloat (bh_return_rate (39, 30000), ==, 1.56);
  g_assert_cmpfloat (bh_return_rate (1, 0), <, 0);
}

/* "name: value value …" a series, "-" for none */
static char *
chart_text (DeskWorld *world, const char *name, BhReportQuery query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhChart) chart =
      bh_desk_report_chart (world->desk, bh_report_find (name, NULL), &query, WORLD_NOW, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < chart->labels->len; i++)
    g_string_append_printf (text, "%s ", (const char *) g_ptr_array_index (chart->labels, i));
  for (guint s = 0; s < chart->series->len; s++) {
    const BhChartSeries *series = g_ptr_array_index (chart->series, s);

    g_string_append_printf (text, "| %s:", series->name);
    for (guint i = 0; i < series->values->len; i++) {
      double value = g_array_index (series->values, double, i);

      if (isnan (value))
        g_string_append (text, " -");
      else
        g_string_append_printf (text, " %.2f", value);
    }
    g_string_append_c (text, ' ');
  }
  return g_string_free (text, FALSE);
}

/* Days without a row keep their place; a split makes series of its own. */
static void
test_chart_of_days (DeskWorld *world, gconstpointer data)
{
  g_autofree char *got = NULL;

  world_run (world->desk, "INSERT INTO mail (mail, kind, rmas, message_id, state, at_us) VALUES"
                          " ('m1', 'reminder', 'R1', 'i1', 'sent', 1793923200000000),"
                          " ('m2', 'reminder', 'R1', 'i2', 'failed', 1793923200000001),"
                          " ('m3', 'overdue', 'R1', 'i3', 'sent', 1794096000000000)");
  got = chart_text (world, "reminders", days ("2026-11-01", "2026-11-30"));
  g_assert_cmpstr (got, ==,
                   "2026-11-06 2026-11-07 2026-11-08 | sent: 1.00 - 1.00 | failed: 1.00 - - ");
}

/* A rate of several products is that of their sums: 100 × 12 × 3 ÷ 300, not a mean of rates;
 * months over a year's end have no gap. */
static void
test_chart_of_rates (DeskWorld *world, gconstpointer data)
{
  g_autofree char *got = NULL;

  world_run (world->desk, "DELETE FROM unit");
  world_run (world->desk, UNITS ("EARLY", "200", "2009-12-01"));
  world_run (world->desk, "UPDATE unit SET part = 'FRU-2'");
  world_run (world->desk, UNITS ("OTHER", "100", "2009-12-01"));
  world_run (world->desk, RETURNS ("EARLY", "1", "1000"));
  world_run (world->desk, RETURNS ("OTHER", "2", "2000"));
  got = chart_text (world, "tl9000", days ("2009-12-31", "2010-01-31"));
  g_assert_cmpstr (got, ==,
                   "2010-01 | ERI: shipped up to 6 months before: 12.00 | YRR: 7 to 18 months: - "
                   "| LTR: earlier: - ");
  world_run (world->desk,
             "UPDATE clock SET state = 'met', ended_us = 1794312000000000 WHERE line_id = 1");
  world_run (world->desk,
             "UPDATE clock SET state = 'missed', ended_us = 1794312000000000 WHERE line_id = 2");
  world_run (world->desk,
             "UPDATE clock SET state = 'met', ended_us = 1799582400000000 WHERE line_id = 3");
  g_free (got);
  got = chart_text (world, "on-time", days ("2026-11-01", "2027-02-01"));
  g_assert_cmpstr (got, ==, "2026-11 2026-12 2027-01 | C1: 50.00 - 100.00 ");
}

/* Of many names the first twenty, and how many there are. */
static void
test_chart_of_names (DeskWorld *world, gconstpointer data)
{
  const BhReportQuery query = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhChart) chart = NULL;

  world_run (world->desk,
             NUMBERS ("21") "INSERT INTO rma_line (id, rma_id, line, serial, state, awaited,"
                            " return_by, rma, status, account, account_name, created_us)"
                            " SELECT 900 + i, 1, 900 + i, 'MANY-' || (100 + i), 'awaited', 1,"
                            " '2026-11-10', 'R0000000001', 'open', 'M' || i, 'M' || i, 1 FROM seq");
  chart = bh_desk_report_chart (world->desk, bh_report_find ("not-back-accounts", NULL), &query,
                                WORLD_NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (chart->labels->len, ==, 20);
  g_assert_true (g_str_has_suffix (chart->subtitle, "; the first 20 of 22"));
}

static void
test_formats (DeskWorld *world, gconstpointer data)
{
  const BhReportQuery query = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;
  g_autofree char *table = NULL;

  world_run (world->desk, "UPDATE rma_line SET account_name = '=1+1' WHERE id = 8");
  text = try (world, "not-back", &query, BH_REPORT_AS_CSV, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (text,
                                   "account,account_name,rma,line,serial,part,return_by,"
                                   "days_late,age,state,paused_for,last_reminder,case,reference,"
                                   "replacement\n"));
  g_assert_nonnull (strstr (text, "\nA1,'=1+1,R0000000007,"));
  json = try (world, "not-back", &query, BH_REPORT_AS_JSONL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (json, "{\"account\":\"A1\",\"account_name\":\"=1+1\","));
  g_assert_nonnull (strstr (json, "\"days_late\":10,"));
  table = try (world, "not-back", &query, BH_REPORT_AS_TEXT, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (table, "Account "));
}

static void
add_fault (const char *message, gpointer data)
{
  g_string_append_printf (data, "%s\n", message);
}

/* A carrier's list; -1: up to its NUL. Faults, one a line, to @faults. */
static char *
count_list (DeskWorld *world, const char *list, gssize size, BhReportQuery query, GString *faults,
            GError **error)
{
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (list, size < 0 ? (gssize) strlen (list) : size, NULL);

  query.stream = stream;
  query.file = "list.csv";
  query.fault = add_fault;
  query.fault_data = faults;
  return try (world, "carrier-count", &query, BH_REPORT_AS_CSV, error);
}

static void
add_scan (DeskWorld *world, int n, const char *code, const char *kind)
{
  g_autoptr (GBytes) bytes = g_bytes_new (code, strlen (code));
  g_autoptr (GError) error = NULL;

  bh_store_run (bh_desk_store (world->desk), NULL, &error,
                "INSERT INTO box_scan (box, n, bytes, code, source, kind, at_us)"
                " VALUES ('b2', $1, $2, $3, 'scanned', $4, 1)",
                "ibtt", (gint64) n, bytes, code, kind);
  g_assert_no_error (error);
}

static void
add_boxes (DeskWorld *world)
{
  /* 2026-11-20T07:30:00Z is the evening of the 19th in San Jose, whose boxes these are */
  world_run (world->desk, "INSERT INTO box (box, state, dock, tracking, carrier, opened_us) VALUES"
                          " ('b1', 'done', 'north', '1Z999AA10123456784', 'UPS', 1795159800000000),"
                          " ('b2', 'done', 'north', NULL, NULL, 1795159801000000),"
                          " ('b3', 'done', 'north', NULL, NULL, 1795159802000000),"
                          " ('b4', 'done', 'south', '999999999991', NULL, 1795159803000000),"
                          " ('b5', 'done', 'north', '999999999992', NULL, 1795336200000000)");
  add_scan (world, 0, "794600000003", "tracking");
  add_scan (world, 1, "SN-ALPHA1", "serial");
  world_run (
      world->desk,
      "INSERT INTO receipt (receipt, act, box, unit, verdict, rule, line_id, destination, late,"
      " message, at_us, dock, operator) VALUES ('r1', 'a1', 'b1', 1, 'accept', 'D1', 6, 'SJC', 0,"
      " '', 1795159800000000, 'north', 'x')");
}

/* The day-end count: each way a parcel can be on one side and not on the other. */
static void
test_carrier_count (DeskWorld *world, gconstpointer data)
{
  static const char list[] = "\xef\xbb\xbfTracking Number,Carrier,Delivery Date,Weight\r\n"
                             "1Z 999 AA1 01 2345 6784,UPS,2026-11-19,3.5\r\n"
                             "\"1Z999AA10100000001\",\"UPS, Ground\",2026-11-19T17:05:00,1\r\n"
                             "1Z999AA10123456784,UPS,2026-11-19,again\r\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) faults = g_string_new (NULL);
  g_autofree char *got = NULL;

  add_boxes (world);
  got = count_list (world, list, -1, (BhReportQuery){ 0 }, faults, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (faults->str, ==, "");
  g_assert_cmpstr (got, ==,
                   "result,tracking,carrier,delivered,line,box,scanned,dock,verdict\n"
                   "both,1Z999AA10123456784,UPS,2026-11-19,2,b1,2026-11-20T07:30:00+00:00,,accept\n"
                   "not-scanned,1Z999AA10100000001,\"UPS, Ground\",2026-11-19,3,,,,\n"
                   "not-listed,794600000003,,,,b2,2026-11-20T07:30:01+00:00,north,\n"
                   "no-number,,,,,b3,2026-11-20T07:30:02+00:00,north,\n");
}

/* The number of a box of before the delivery is another parcel's. */
static void
test_number_again (DeskWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) faults = g_string_new (NULL);
  g_autofree char *got = NULL;

  add_boxes (world);
  got = count_list (world, "tracking,delivered\n1Z999AA10123456784,2026-12-24\n", -1,
                    days ("2026-12-24", "2026-12-24"), faults, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (got, "\nnot-scanned,1Z999AA10123456784,,2026-12-24,2,,,,\n"));
}

/* Hostile lists: every fault with line and column, the good rows counted. */
static void
test_hostile_list (DeskWorld *world, gconstpointer data)
{
  static const char list[] = "carrier,tracking,delivered\n"
                             "UPS,,2026-11-19\n"
                             "UPS,1Z\xff,2026-11-19\n"
                             "UPS,1Z\x01Z,2026-11-19\n"
                             "UPS,1Z999AA10123456784,19.11.2026\n"
                             "UPS,\"1Z999\n"
                             "UPS,1Z\0X,2026-11-19\n"
                             "=1+1,1Z999AA10100000001,2026-11-19\n"
                             "UPS,1Z999AA10123456784,2026-11-19\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) faults = g_string_new (NULL);
  g_autofree char *got = NULL;

  add_boxes (world);
  got = count_list (world, list, sizeof list - 1, (BhReportQuery){ 0 }, faults, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (faults->str, ==,
                   "list.csv:2:2: no tracking number; write it, or take the line out\n"
                   "list.csv:3:2: not UTF-8 text; save the list as UTF-8\n"
                   "list.csv:4:2: a control character; take it out\n"
                   "list.csv:5:3: not a date; write it as 2026-11-24\n"
                   "list.csv:6:2: a quote that is not closed, or inside a cell without quotes; "
                   "write it twice inside quotes\n"
                   "list.csv:7:2: not UTF-8 text; save the list as UTF-8\n");
  g_assert_nonnull (strstr (got, "\nboth,1Z999AA10123456784,UPS,2026-11-19,9,b1,"));
  g_assert_nonnull (strstr (got, "\nnot-scanned,1Z999AA10100000001,'=1+1,2026-11-19,8,"));
}

static void
test_no_list (DeskWorld *world, gconstpointer data)
{
  static const struct {
    const char *list;
    gssize size;
    const char *message;
  } lists[] = {
    { "", -1, "list.csv:1:1: no column of tracking numbers; head it \"tracking\"" },
    { "a,b\n1,2\n", -1, "list.csv:1:1: no column of tracking numbers; head it \"tracking\"" },
    { "\xff\xfet\0r\0", 6,
      "list.csv:1:1: the file is UTF-16; save it as UTF-8 and import it again" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GString) faults = g_string_new (NULL);
    g_autofree char *got =
        count_list (world, lists[i].list, lists[i].size, (BhReportQuery){ 0 }, faults, &error);

    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    g_assert_cmpstr (error->message, ==, lists[i].message);
    g_assert_null (got);
  }
}

/* Every report answers on an empty reach, with its header alone or with zeros. */
static void
test_every_report (DeskWorld *world, gconstpointer data)
{
  guint n = 0;
  const BhReport *const *reports = bh_reports (&n);

  g_assert_cmpuint (n, >=, 8);
  for (guint i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;
    const BhReportQuery query = { 0 };

    if (reports[i]->file)
      continue;
    g_assert_true (bh_report_find (reports[i]->name, NULL) == reports[i]);
    text = try (world, reports[i]->name, &query, BH_REPORT_AS_CSV, &error);
    g_assert_no_error (error);
    g_assert_true (g_str_has_prefix (text, reports[i]->columns[0].name));
  }
}

static void
test_faults (DeskWorld *world, gconstpointer data)
{
  static const struct {
    const char *report;
    const char *from;
    const char *to;
    const char *account;
    BhError code;
  } cases[] = {
    { "no-such", NULL, NULL, NULL, BH_ERROR_USAGE },
    { "not-back", "2026-01-01", NULL, NULL, BH_ERROR_USAGE },
    { "dock-days", "2026-02-01", "2026-01-31", NULL, BH_ERROR_INPUT },
    { "not-back", NULL, NULL, "'; DROP TABLE rma; --", BH_ERROR_NOT_FOUND },
    { "carrier-count", NULL, NULL, NULL, BH_ERROR_USAGE },
    { "tl9000", "1900-01-01", "2026-01-01", NULL, BH_ERROR_INPUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    BhReportQuery query = days (cases[i].from, cases[i].to);
    g_autofree char *text = NULL;

    query.account = cases[i].account;
    text = try (world, cases[i].report, &query, BH_REPORT_AS_CSV, &error);
    g_assert_error (error, BH_ERROR, (int) cases[i].code);
    g_assert_null (text);
  }
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (DeskWorld *world, gconstpointer data);
  } tests[] = {
    { "/desk/reports/K3/not-back", test_not_back },
    { "/desk/reports/O1/late-on-a-weekend", test_weekend },
    { "/desk/reports/K6/came-back", test_came_back },
    { "/desk/reports/K3/reminders", test_reminders },
    { "/desk/reports/turn-round", test_turn_round },
    { "/desk/reports/D14/dock-days", test_dock_days },
    { "/desk/reports/C10/on-time", test_on_time },
    { "/desk/reports/ages", test_ages },
    { "/desk/reports/tl9000-published-example", test_tl9000 },
    { "/desk/reports/carrier-count", test_carrier_count },
    { "/desk/reports/V4/number-used-again", test_number_again },
    { "/desk/reports/V10/hostile-list", test_hostile_list },
    { "/desk/reports/no-list", test_no_list },
    { "/desk/reports/chart-of-days", test_chart_of_days },
    { "/desk/reports/chart-of-rates", test_chart_of_rates },
    { "/desk/reports/chart-of-names", test_chart_of_names },
    { "/desk/reports/formats", test_formats },
    { "/desk/reports/every-report", test_every_report },
    { "/desk/reports/faults", test_faults },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, DeskWorld, NULL, world_set_up, tests[i].test, world_tear_down);
  g_test_add_func ("/desk/reports/tl9000-rate", test_rate);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clock-world.h"

#include <string.h>

#include "backhaul/calendar.h"
#include "backhaul/clock-store.h"
#include "backhaul/receipt.h"

const char clock_world_thanksgiving[] =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTART;VALUE=DATE:20261126\r\nSUMMARY:Thanksgiving\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

void
clock_world_run (ClockWorld *world, const char *sql)
{
  g_autoptr (GError) error = NULL;

  bh_store_run (bh_desk_store (world->desk), NULL, &error, sql, "");
  g_assert_no_error (error);
}

char *
clock_world_text (ClockWorld *world, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStmt) stmt = bh_store_stmt (bh_desk_store (world->desk), sql, &error);
  GString *text = g_string_new (NULL);
  gboolean row = TRUE;

  while (bh_stmt_next (stmt, &row, &error) && row)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", bh_stmt_text (stmt, 0));
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

static void
set_up (ClockWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *began = g_strdup_printf ("UPDATE clock SET started_us = %" G_GINT64_FORMAT
                                            " - CASE WHEN due = '2026-11-30' THEN 8 ELSE 28 END"
                                            " * 86400000000",
                                            WORLD_NOW);

  world->wrap = test_wrap_new (test_wrap_engine_from_env ());
  world->desk = bh_desk_open (test_wrap_uri (world->wrap), BH_STORE_MIGRATE, "tess", "north",
                              "station-1", &error);
  g_assert_no_error (error);
  world_fill (world->desk);
  clock_world_run (world, began);
  /* Core Plus and no contract return to the factory; line 3's level does not (C4) */
  clock_world_run (world, "UPDATE destination SET calendar = NULL");
}

static void
tear_down (ClockWorld *world, gconstpointer data)
{
  bh_desk_close (world->desk);
  test_wrap_free (world->wrap);
}

int
clock_world_main (int argc, char **argv, const char *prefix, const ClockTest *tests, gsize n)
{
  const char *engine;

  g_test_init (&argc, &argv, NULL);
  engine = test_wrap_engine_from_env ();
  for (gsize i = 0; i < n; i++) {
    g_autofree char *path = g_strdup_printf ("%s/%s/%s", prefix, engine, tests[i].path);

    g_test_add (path, ClockWorld, NULL, set_up, tests[i].run, tear_down);
  }
  return g_test_run ();
}

static gboolean
try_it (ClockWorld *world, BhClockDo what, const char *number, int line, const char *kind, int days,
        gint64 now_us, GError **error)
{
  BhClockRequest request = { what, number, line, kind, days, "customs", FALSE };
  g_autofree char *act = g_uuid_string_random ();

  return bh_desk_clock_do (world->desk, act, &request, now_us, error);
}

void
clock_world_do (ClockWorld *world, BhClockDo what, const char *number, int line, const char *kind,
                int days, gint64 now_us)
{
  g_autoptr (GError) error = NULL;

  try_it (world, what, number, line, kind, days, now_us, &error);
  g_assert_no_error (error);
}

void
clock_world_refused (ClockWorld *world, BhClockDo what, const char *number, int line,
                     const char *kind, int days, gint64 now_us, const char *why)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (try_it (world, what, number, line, kind, days, now_us, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, why));
}

gboolean
clock_world_stated_pause (ClockWorld *world, GError **error)
{
  BhClockRequest request = { BH_CLOCK_PAUSE, "R0000000002", 1, "C1", 0, "customs", TRUE };

  return bh_desk_clock_do (world->desk, "act-stated", &request, WORLD_NOW, error);
}

void
clock_world_start (ClockWorld *world, const char *kind, gint64 line_id, const char *case_no,
                   const char *level, const char *stage, gint64 started_us)
{
  g_autoptr (BhClockRecord) clock = bh_clock_record_new ();
  g_autoptr (GError) error = NULL;

  clock->kind = g_strdup (kind);
  clock->line_id = line_id;
  clock->case_no = g_strdup (case_no);
  clock->level = g_strdup (level);
  clock->stage = g_strdup (stage);
  clock->zone = g_strdup ("America/Los_Angeles");
  clock->started_us = started_us;
  clock->due = g_strdup ("2099-01-01");
  bh_store_put_clock (bh_desk_store (world->desk), clock, &error);
  g_assert_no_error (error);
}

void
clock_world_says (ClockWorld *world, int line_id, const char *kind, const char *expected)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT c.state || ' ' || coalesce(c.due, '-') || ' ' || CASE WHEN c.kind = 'C1' THEN"
      " coalesce(l.return_by, '-') ELSE '-' END FROM clock c JOIN rma_line l ON l.id = c.line_id"
      " WHERE l.id = %d AND c.kind = '%s' ORDER BY c.id DESC LIMIT 1",
      line_id, kind);
  g_autofree char *got = clock_world_text (world, sql);

  g_assert_cmpstr (got, ==, expected);
}

void
clock_world_case_says (ClockWorld *world, const char *expected)
{
  gint64 due_us =
      world_count (world->desk, "SELECT coalesce(due_us, 0) FROM clock WHERE kind = 'C6'");
  g_autofree char *state = clock_world_text (world, "SELECT state FROM clock WHERE kind = 'C6'");
  g_autofree char *due = due_us != 0 ? bh_time_format (due_us, NULL) : g_strdup ("-");
  g_autofree char *got = g_strconcat (state, " ", due, NULL);

  g_assert_cmpstr (got, ==, expected);
}

gboolean
clock_world_receive (ClockWorld *world, const char *serial, gint64 now_us)
{
  g_autoptr (BhBox) box = bh_box_new ();
  g_autofree char *act = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;
  const BhOutcome *outcome;

  bh_box_add (box, bh_scan_new_text (serial, BH_SCAN_SCANNED, now_us));
  outcomes = bh_desk_receive (world->desk, act, box, NULL, now_us, &error);
  g_assert_no_error (error);
  outcome = g_ptr_array_index (outcomes, 0);
  g_assert_cmpint (outcome->ruling->verdict, ==, BH_VERDICT_ACCEPT);
  return outcome->late;
}

void
clock_world_void (ClockWorld *world, int line_id, gint64 now_us)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT receipt FROM receipt WHERE line_id = %d AND void = 0", line_id);
  g_autofree char *receipt = clock_world_text (world, sql);
  g_autofree char *act = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;

  bh_desk_void (world->desk, act, receipt, "wrong box", now_us, &error);
  g_assert_no_error (error);
}

char *
clock_world_state (ClockWorld *world)
{
  g_autofree char *clocks = clock_world_text (
      world, "SELECT c.id || c.state || coalesce(c.due, '-') || c.extra_days || c.policy_days ||"
             " coalesce(l.return_by, '-') FROM clock c LEFT JOIN rma_line l ON l.id = c.line_id"
             " ORDER BY c.id");
  g_autofree char *pauses = clock_world_text (
      world, "SELECT clock_id || ' ' || from_us || ' ' || coalesce(to_us, 0) FROM clock_pause"
             " ORDER BY clock_id, from_us");
  g_autofree char *rest = clock_world_text (world, "SELECT (SELECT count(*) FROM audit) || ' ' ||"
                                                   " (SELECT count(*) FROM export_policy) || ' ' ||"
                                                   " (SELECT count(*) FROM calendar)");

  return g_strdup_printf ("%s|%s|%s|%d", clocks, pauses, rest,
                          bh_desk_policy (world->desk)->c1_business_days);
}

BhDesk *
clock_world_sign_in (ClockWorld *world, const char *role)
{
  g_autoptr (GError) error = NULL;
  BhDesk *desk;

  /* who is at the world's desk is somebody, too, once anybody is */
  bh_store_run (bh_desk_store (world->desk), NULL, &error,
                "INSERT INTO operator (login, name, role, authorised_technician)"
                " VALUES ($1, $1, $1, 0), ('tess', 'Tess', 'supervisor', 1)"
                " ON CONFLICT (login) DO NOTHING",
                "t", role);
  g_assert_no_error (error);
  desk = bh_desk_open (test_wrap_uri (world->wrap), BH_STORE_OPEN, role, NULL, "s", &error);
  g_assert_no_error (error);
  return desk;
}

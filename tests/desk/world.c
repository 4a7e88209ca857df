/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backhaul/audit.h"
#include "backhaul/operators.h"

#include <string.h>

#define DAY (G_TIME_SPAN_DAY)

void
world_run (BhDesk *desk, const char *sql)
{
  g_autoptr (GError) error = NULL;

  bh_store_run (bh_desk_store (desk), NULL, &error, sql, "");
  g_assert_no_error (error);
}

static void
add_rma (BhDesk *desk, int id, const char *state, gint64 confirmed_us)
{
  gboolean open = g_str_equal (state, "open") || g_str_equal (state, "draft");
  g_autoptr (GError) error = NULL;
  g_autofree char *number = g_strdup_printf ("R%010d", id);

  bh_store_run (bh_desk_store (desk), NULL, &error,
                "INSERT INTO rma (id, rma, state, status, account, site, case_no, destination,"
                " created_us, confirmed_us) VALUES ($1, $2, $3, $4, 'A1', 'S1',"
                " '2026-1101-000001', 'SJC', $5, $6)",
                g_str_equal (state, "draft") ? "itttin" : "itttii", (gint64) id, number, state,
                open ? "open" : "closed", confirmed_us, confirmed_us);
  g_assert_no_error (error);
}

static void
add_line (BhDesk *desk, int id, int rma, int line, const char *serial, const char *part,
          const char *state, gint64 received_us, const char *return_by)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = g_strdup_printf ("R%010d", rma);
  gboolean awaited = g_str_equal (state, "awaited");

  bh_store_run (bh_desk_store (desk), NULL, &error,
                "INSERT INTO rma_line (id, rma_id, line, serial, part, state, awaited, return_by,"
                " rma, status, account, account_name, case_no, created_us, received_us)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
                " (SELECT status FROM rma WHERE id = $2), 'A1', 'Acme Networks',"
                " '2026-1101-000001', $10, $11)",
                received_us == 0 ? "iiitttittin" : "iiitttittii", (gint64) id, (gint64) rma,
                (gint64) line, serial, part, state, (gint64) awaited, return_by, number,
                WORLD_NOW - 20 * DAY, received_us);
  g_assert_no_error (error);
  if (awaited) {
    bh_store_run (bh_desk_store (desk), NULL, &error,
                  "INSERT INTO clock (kind, line_id, state, started_us, due, zone, calendar)"
                  " VALUES ('C1', $1, 'open', $2, $3, 'America/Los_Angeles', NULL)",
                  "iit", (gint64) id, WORLD_NOW - 10 * DAY, return_by);
    g_assert_no_error (error);
  }
}

void
world_fill (BhDesk *desk)
{
  const gint64 years = 366 * DAY;

  world_run (desk, "INSERT INTO account (account, name, country, language, email)"
                   " VALUES ('A1', 'Acme Networks', 'US', 'en', 'returns@acme.example')");
  world_run (desk, "INSERT INTO site (account, site, name, country, time_zone)"
                   " VALUES ('A1', 'S1', 'Acme East', 'US', 'America/New_York')");
  world_run (desk, "INSERT INTO destination (destination, name, country, time_zone)"
                   " VALUES ('SJC', 'San Jose Repair', 'US', 'America/Los_Angeles')");
  world_run (desk, "INSERT INTO product (part) VALUES ('PN-100'), ('PN-200'), ('PN-900')");
  world_run (desk, "INSERT INTO support_case (case_no, account, opened_us, modified_us)"
                   " VALUES ('2026-1101-000001', 'A1', 1, 1)");
  world_run (desk, "INSERT INTO unit (serial, part, account, contract, contract_level,"
                   " contract_until) VALUES"
                   " ('SN-ALPHA1', 'PN-100', 'A1', 'C-1', 'Core Plus', '2030-12-31'),"
                   " ('SN-KNOWN1', 'PN-100', 'A1', NULL, NULL, NULL),"
                   " ('SN-BRAVO1', 'PN-100', 'A1', 'C-1', 'Next-Day Delivery', '2030-12-31')");
  add_rma (desk, 1, "open", WORLD_NOW - 10 * DAY);
  add_line (desk, 1, 1, 1, "SN-ALPHA1", "PN-100", "awaited", 0, "2026-11-30");
  add_line (desk, 2, 1, 2, "SN-ALPHA2", "PN-200", "awaited", 0, "2026-11-30");
  add_rma (desk, 2, "open", WORLD_NOW - 10 * DAY);
  add_line (desk, 3, 2, 1, "SN-BRAVO1", "PN-100", "awaited", 0, "2026-11-30");
  add_rma (desk, 3, "closed", WORLD_NOW - 60 * DAY);
  add_line (desk, 4, 3, 1, "SN-CLOSED", "PN-100", "closed", 0, "2026-09-30");
  add_rma (desk, 4, "draft", WORLD_NOW - 1 * DAY);
  add_line (desk, 5, 4, 1, "SN-DRAFT1", "PN-100", "draft", 0, NULL);
  add_rma (desk, 5, "closed", WORLD_NOW - 40 * DAY);
  add_line (desk, 6, 5, 1, "SN-BACK01", "PN-100", "received", WORLD_NOW - 5 * DAY, "2026-11-01");
  add_rma (desk, 6, "cancelled", WORLD_NOW - 40 * DAY);
  add_line (desk, 7, 6, 1, "SN-CANCEL", "PN-100", "cancelled", 0, "2026-11-01");
  add_rma (desk, 7, "open", WORLD_NOW - 30 * DAY);
  add_line (desk, 8, 7, 1, "SN-LATE01", "PN-100", "awaited", 0, "2026-11-10");
  for (int i = 0; i < 3; i++) {
    add_rma (desk, 8 + i, "closed", WORLD_NOW - (i + 1) * years);
    add_line (desk, 9 + i, 8 + i, 1, "SN-OLD001", "PN-100", "received",
              WORLD_NOW - (i + 1) * years + 5 * DAY, NULL);
  }
  /* the rows above brought their own ids: PostgreSQL counts on from its first */
  if (g_str_equal (bh_store_engine (bh_desk_store (desk)), "postgresql")) {
    world_run (desk, "ALTER TABLE rma ALTER COLUMN id RESTART WITH 1000");
    world_run (desk, "ALTER TABLE rma_line ALTER COLUMN id RESTART WITH 1000");
  }
}

GPtrArray *
world_outcomes (BhDesk *desk, const char *act, const char *box_id, const char *scans,
                GError **error)
{
  g_autoptr (BhBox) box = bh_box_new ();
  g_auto (GStrv) texts = g_strsplit (scans, " | ", -1);
  BhReceiveOptions options = { .box = box_id };

  for (char **text = texts; *text != NULL; text++) {
    gboolean typed = g_str_has_prefix (*text, "typed:");

    if (**text != '\0')
      bh_box_add (box, bh_scan_new_text (typed ? *text + strlen ("typed:") : *text,
                                         typed ? BH_SCAN_TYPED : BH_SCAN_SCANNED, WORLD_NOW));
  }
  return bh_desk_receive (desk, act, box, &options, WORLD_NOW, error);
}

char *
world_receive (BhDesk *desk, const char *box, const char *scans)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autofree char *act = g_uuid_string_random ();
  GString *text = g_string_new (NULL);

  outcomes = world_outcomes (desk, act, box, scans, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < outcomes->len; i++) {
    const BhOutcome *outcome = g_ptr_array_index (outcomes, i);

    g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", outcome->ruling->rule,
                            bh_verdict_name (outcome->ruling->verdict));
  }
  return g_string_free (text, FALSE);
}

gint64
world_count (BhDesk *desk, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStmt) stmt = bh_store_stmt (bh_desk_store (desk), sql, &error);
  gint64 n;

  g_assert_no_error (error);
  g_assert_true (bh_stmt_one_row (stmt, &error));
  n = bh_stmt_int64 (stmt, 0);
  return n;
}

void
world_set_up (DeskWorld *world, gconstpointer engine)
{
  g_autoptr (GError) error = NULL;

  world->wrap = test_wrap_new (engine != NULL ? engine : test_wrap_engine_from_env ());
  world->desk = bh_desk_open (test_wrap_uri (world->wrap), BH_STORE_MIGRATE, "tess", "north",
                              "station-1", &error);
  g_assert_no_error (error);
  world_fill (world->desk);
}

void
world_check_journal (BhDesk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bad = NULL;
  gint64 entries = 0;

  g_assert_true (bh_desk_audit_verify (desk, &entries, &bad, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (bad, ==, NULL);
}

void
world_tear_down (DeskWorld *world, gconstpointer data)
{
  world_check_journal (world->desk);
  bh_desk_close (world->desk);
  test_wrap_free (world->wrap);
}

BhWhen
world_when (char **act)
{
  g_free (*act);
  *act = g_uuid_string_random ();
  return (BhWhen){ *act, WORLD_NOW, FALSE };
}

void
world_enrol (BhDesk *desk, const char *login, const char *role)
{
  const BhOperatorRow row = { .login = (char *) login,
                              .name = (char *) login,
                              .role = (char *) role };
  g_autoptr (GError) error = NULL;
  g_autofree char *act = NULL;
  const BhWhen when = world_when (&act);

  bh_desk_add_operator (desk, &when, &row, WORLD_PIN, &error);
  g_assert_no_error (error);
}

void
world_sign_in (BhDesk *desk, const char *login)
{
  g_autoptr (GError) error = NULL;

  bh_desk_sign_in (desk, login, WORLD_PIN, WORLD_NOW, &error);
  g_assert_no_error (error);
}

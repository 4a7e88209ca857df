/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backhaul/audit.h"
#include "transfer-fixture.h"
#include "world.h"

#include <string.h>

#define HEADER                                                                                     \
  "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,created,"         \
  "confirmed"
#define HISTORY HEADER ",received,closed,state\n"
#define PLAIN   HEADER "\n"
/* 2026-11-10 was a Tuesday; ten weekdays after it: 2026-11-24 */
#define CREATED   "2026-11-10T09:00:00+01:00"
#define OPEN_LINE "R21056835,,,ACME,,,,SN000001,,,EIN," CREATED "," CREATED

/* "rma state, status: line serial state awaited return_by clock" of every line */
static char *
picture (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      bh_desk_store (self->desk),
      "SELECT r.rma, r.state, r.status, l.line, l.serial, l.state, l.awaited, l.return_by,"
      " c.state, c.due FROM rma r JOIN rma_line l ON l.rma_id = r.id"
      " LEFT JOIN clock c ON c.line_id = l.id AND c.kind = 'C1' ORDER BY r.rma, l.line",
      &error);
  GString *text = g_string_new (NULL);
  gboolean row = TRUE;

  g_assert_no_error (error);
  while (bh_stmt_next (stmt, &row, &error) && row) {
    g_string_append_printf (text, "%s%s %s %s:", text->len > 0 ? "; " : "", bh_stmt_text (stmt, 0),
                            bh_stmt_text (stmt, 1), bh_stmt_text (stmt, 2));
    for (int i = 3; i < 10; i++)
      g_string_append_printf (text, " %s",
                              bh_stmt_is_null (stmt, i) ? "-" : bh_stmt_text (stmt, i));
  }
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

/* What a row makes of an RMA, its line and its clock C1. */
static const struct {
  const char *path;
  const char *csv;
  const char *expected;
} states[] = {
  { "/desk/import/rma/N1/draft", PLAIN "R21056835,,,ACME,,,,SN000001,,,EIN," CREATED ",\n",
    "R21056835 draft open: 1 SN000001 draft 0 - - -" },
  { "/desk/import/rma/C1/open", PLAIN OPEN_LINE "\n",
    "R21056835 open open: 1 SN000001 awaited 1 2026-11-24 open 2026-11-24" },
  { "/desk/import/rma/I1/number-and-serial-folded",
    PLAIN "r-2105 6835,,,ACME,,,, sn000001 ,,,EIN," CREATED "," CREATED "\n",
    "R21056835 open open: 1 SN000001 awaited 1 2026-11-24 open 2026-11-24" },
  { "/desk/import/rma/C1/met", HISTORY OPEN_LINE ",2026-11-24T23:59:59+01:00,,\n",
    "R21056835 received open: 1 SN000001 received 0 2026-11-24 met 2026-11-24" },
  { "/desk/import/rma/C1/missed", HISTORY OPEN_LINE ",2026-11-25T00:00:00+01:00,,\n",
    "R21056835 received open: 1 SN000001 received 0 2026-11-24 missed 2026-11-24" },
  { "/desk/import/rma/state/open-and-received", HISTORY OPEN_LINE ",2026-11-12,,open\n",
    "R21056835 received open: 1 SN000001 received 0 2026-11-24 met 2026-11-24" },
  { "/desk/import/rma/state/closed", HISTORY OPEN_LINE ",2026-11-12,2026-11-20,\n",
    "R21056835 closed closed: 1 SN000001 received 0 2026-11-24 met 2026-11-24" },
  { "/desk/import/rma/state/closed-never-came", HISTORY OPEN_LINE ",,2026-11-20,closed\n",
    "R21056835 closed closed: 1 SN000001 closed 0 2026-11-24 void 2026-11-24" },
  { "/desk/import/rma/state/cancelled", HISTORY OPEN_LINE ",,2026-11-20,cancelled\n",
    "R21056835 cancelled closed: 1 SN000001 cancelled 0 2026-11-24 void 2026-11-24" },
  { "/desk/import/rma/state/charged", HISTORY OPEN_LINE ",,2026-11-20,charged\n",
    "R21056835 charged closed: 1 SN000001 charged 0 2026-11-24 missed 2026-11-24" },
  { "/desk/import/rma/state/in-analysis", HISTORY OPEN_LINE ",2026-11-12,,in-analysis\n",
    "R21056835 in-analysis open: 1 SN000001 received 0 2026-11-24 met 2026-11-24" },
  { "/desk/import/rma/lines/one-still-out",
    HISTORY OPEN_LINE ",2026-11-12,,received\nR21056835,,,ACME,,,,SN000002,,,EIN," CREATED
                      "," CREATED ",,,open\n",
    "R21056835 open open: 1 SN000001 received 0 2026-11-24 met 2026-11-24; R21056835 open open: 2 "
    "SN000002 awaited 1 2026-11-24 open 2026-11-24" },
  { "/desk/import/rma/lines/order-of-appearance",
    PLAIN "R21056835,,,ACME,,,,SN000002,,,EIN," CREATED "," CREATED
          "\nR21056836,,,BETA,,,,SN000009,,,"
          "EIN," CREATED ",\n" OPEN_LINE "\n",
    "R21056835 open open: 1 SN000002 awaited 1 2026-11-24 open 2026-11-24; R21056835 open open: 2 "
    "SN000001 awaited 1 2026-11-24 open 2026-11-24; R21056836 draft open: 1 SN000009 draft 0 - - "
    "-" },
};

/* Each state as expected, and the same after the same file again. */
static void
test_state (Fixture *self, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;

  fixture_basics (self);
  fixture_add (self, "rmas", states[i].csv);
  first = picture (self);
  g_assert_cmpstr (first, ==, states[i].expected);
  g_assert_cmpint (self->result.added, ==, self->result.rows);
  fixture_add (self, "rmas", states[i].csv);
  again = picture (self);
  g_assert_cmpstr (again, ==, states[i].expected);
  g_assert_cmpint (self->result.unchanged, ==, self->result.rows);
}

/* What a second file does to what the first one made. */
static const struct {
  const char *path;
  const char *first;
  const char *second;
  const char *expected;
  const char *faults; /* of the second, its beginning; NULL: none */
} changes[] = {
  { "/desk/import/rma/again/confirmed-later",
    PLAIN "R21056835,,,ACME,,,,SN000001,,,EIN," CREATED ",\n", PLAIN OPEN_LINE "\n",
    "R21056835 open open: 1 SN000001 awaited 1 2026-11-24 open 2026-11-24", NULL },
  { "/desk/import/rma/again/confirmation-is-not-taken-back", PLAIN OPEN_LINE "\n",
    PLAIN "R21056835,,,ACME,,,,SN000001,,,EIN," CREATED ",\n",
    "R21056835 open open: 1 SN000001 awaited 1 2026-11-24 open 2026-11-24", NULL },
  { "/desk/import/rma/again/received-later", PLAIN OPEN_LINE "\n",
    HISTORY OPEN_LINE ",2026-11-12,,\n",
    "R21056835 received open: 1 SN000001 received 0 2026-11-24 met 2026-11-24", NULL },
  { "/desk/import/rma/again/received-stays", HISTORY OPEN_LINE ",2026-11-12,,\n",
    PLAIN OPEN_LINE "\n",
    "R21056835 received open: 1 SN000001 received 0 2026-11-24 met 2026-11-24", NULL },
  { "/desk/import/rma/again/closed-stays", HISTORY OPEN_LINE ",,2026-11-20,closed\n",
    PLAIN OPEN_LINE "\n", "R21056835 closed closed: 1 SN000001 closed 0 2026-11-24 void 2026-11-24",
    NULL },
  { "/desk/import/rma/again/nothing-is-added-to-a-closed-one",
    HISTORY OPEN_LINE ",,2026-11-20,closed\n",
    PLAIN "R21056835,,,ACME,,,,SN000002,,,EIN," CREATED "," CREATED "\n",
    "R21056835 closed closed: 1 SN000001 closed 0 2026-11-24 void 2026-11-24",
    "2:1:rma: the RMA is closed; nothing is added to it" },
  { "/desk/import/rma/again/C1-moves-with-its-start", PLAIN OPEN_LINE "\n",
    PLAIN "R21056835,,,ACME,,,,SN000001,,,EIN," CREATED ",2026-11-12T09:00:00+01:00\n",
    "R21056835 open open: 1 SN000001 awaited 1 2026-11-26 open 2026-11-26", NULL },
  { "/desk/import/rma/again/I4-free-after-receipt", HISTORY OPEN_LINE ",2026-11-12,,\n",
    PLAIN "R21056836,,,ACME,,,,SN000001,,,EIN," CREATED "," CREATED "\n",
    "R21056835 received open: 1 SN000001 received 0 2026-11-24 met 2026-11-24; R21056836 open "
    "open: "
    "1 SN000001 awaited 1 2026-11-24 open 2026-11-24",
    NULL },
};

static void
test_change (Fixture *self, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *got = NULL;

  fixture_basics (self);
  fixture_add (self, "rmas", changes[i].first);
  fixture_import (self, "rmas", BH_FORMAT_CSV, changes[i].second, -1, &error);
  g_assert_no_error (error);
  if (changes[i].faults == NULL)
    g_assert_cmpstr (self->faults->str, ==, "");
  else
    g_assert_true (g_str_has_prefix (self->faults->str, changes[i].faults));
  got = picture (self);
  g_assert_cmpstr (got, ==, changes[i].expected);
}

/* What the dock recorded wins over a file that is older than it. */
static void
test_dock_wins (Fixture *self, gconstpointer data)
{
  g_autofree char *verdict = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_basics (self);
  fixture_add (self, "rmas", PLAIN OPEN_LINE "\n");
  verdict = world_receive (self->desk, NULL, "R21056835 | SN000001");
  g_assert_cmpstr (verdict, ==, "D1 accept");
  before = picture (self);
  fixture_add (self, "rmas", PLAIN OPEN_LINE "\n");
  after = picture (self);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (self->result.unchanged, ==, 1);
}

/* C7: the destination's zone and calendar; the shipped one comes with its name. */
static void
test_calendar (Fixture *self, gconstpointer data)
{
  g_autofree char *got = NULL;

  fixture_basics (self);
  fixture_add (self, "destinations",
               "destination,name,address,city,postal_code,country,time_zone,calendar,"
               "contract_manufacturer\n"
               "SJC,San Jose,,,,US,America/Los_Angeles,US,\n");
  /* 07:00 UTC on the 18th is still the 17th there; Thanksgiving is the 26th */
  fixture_add (self, "rmas",
               PLAIN
               "R21056835,,,ACME,,,,SN000001,,,SJC,2026-11-18T07:00:00Z,2026-11-18T07:00:00Z\n");
  got = picture (self);
  g_assert_cmpstr (got, ==, "R21056835 open open: 1 SN000001 awaited 1 2026-12-02 open 2026-12-02");
}

/* F1's copies and F3's words follow the account's name. */
static void
test_copies (Fixture *self, gconstpointer data)
{
  g_autofree char *name = NULL;

  fixture_basics (self);
  fixture_add (self, "rmas",
               PLAIN
               "R21056835,2026-1101-000001,P2,ACME,BER,Bob,PO 4711 Straße,SN000001,,,EIN," CREATED
               "," CREATED "\n");
  fixture_add (self, "accounts",
               "account,name,country,language,email\nACME,Zenith Networks,DE,de,\n");
  g_assert_cmpint (self->result.changed, ==, 1);
  name = fixture_text (self, "SELECT account_name FROM rma_line");
  g_assert_cmpstr (name, ==, "Zenith Networks");
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM search_word WHERE word = 'zenith'"
                                         " AND kind = 'account' AND ref = 'ACME'"),
                   ==, 1);
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM search_word WHERE word = 'acme'"),
                   ==, 0);
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM search_word WHERE word IN"
                                         " ('4711', 'po') AND ref = 'R21056835'"),
                   ==, 2);
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM support_case WHERE priority = 'P2'"
                                         " AND account = 'ACME' AND status = 'open'"),
                   ==, 1);
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM mail"), ==, 0);
}

/* A trial tells what the import then does, and writes nothing. */
static void
test_dry_run (Fixture *self, gconstpointer data)
{
  static const char csv[] =
      PLAIN OPEN_LINE "\nR21056836,,,ACME,,,,SN000001,,,EIN," CREATED "," CREATED
                      "\nR21056835,,,ACME,,,,SN000002,,,EIN," CREATED "," CREATED "\n";
  g_autofree char *told = NULL;
  BhImportResult trial;

  fixture_basics (self);
  self->dry_run = TRUE;
  fixture_import (self, "rmas", BH_FORMAT_CSV, csv, -1, NULL);
  told = g_strdup (self->faults->str);
  trial = self->result;
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM rma"), ==, 0);
  self->dry_run = FALSE;
  fixture_import (self, "rmas", BH_FORMAT_CSV, csv, -1, NULL);
  g_assert_cmpstr (told, ==, self->faults->str);
  g_assert_cmpint (trial.added, ==, 2);
  g_assert_cmpmem (&trial, sizeof trial, &self->result, sizeof trial);
}

/* F6: one entry an import, with its counts and the file's sum. */
static void
test_audit (Fixture *self, gconstpointer data)
{
  static const char csv[] = "account,name,country,language,email\nA1,B,,,\nA2,,,,\n";
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, csv, -1);
  g_autofree char *expected =
      g_strdup_printf ("{\"file\":\"in.csv\",\"sha256\":\"%s\",\"rows\":2,\"added\":1,"
                       "\"changed\":0,\"unchanged\":0,\"rejected\":1}",
                       sum);
  g_autofree char *after = NULL;
  g_autofree char *bad = NULL;
  gint64 entries = 0;

  fixture_import (self, "accounts", BH_FORMAT_CSV, csv, -1, NULL);
  after = fixture_text (self, "SELECT after FROM audit WHERE what = 'import'");
  g_assert_cmpstr (after, ==, expected);
  g_assert_true (bh_desk_audit_verify (self->desk, &entries, &bad, NULL));
  g_assert_cmpint (entries, ==, 1);
  g_assert_null (bad);
}

/* RULES §2: who may import, and who may enrol. */
static void
test_rights (Fixture *self, gconstpointer data)
{
  static const char operators[] =
      "login,name,role,authorised_technician,email\n"
      "rex,R,receiver,no,\nanna,A,administrator,no,\nsue,S,supervisor,,\n";
  g_autoptr (GError) error = NULL;

  fixture_import (self, "operators", BH_FORMAT_CSV, operators, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (
      self->faults->str, ==,
      "2:3:role: the first operator of a store must be a supervisor or administrator\n");
  /* whoever did it is an administrator now, and what they are at is begun once more */
  g_assert_false (fixture_import (self, "operators", BH_FORMAT_CSV, operators, -1, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  fixture_add (self, "operators",
               "login,name,role,authorised_technician,email\nrex,R,receiver,no,\n");
  fixture_reopen (self, "rex");
  g_assert_false (fixture_import (self, "accounts", BH_FORMAT_CSV, "account", -1, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  fixture_reopen (self, "sue");
  fixture_add (self, "accounts", "account,name,country,language,email\nA1,B,,,\n");
  g_assert_false (fixture_import (self, "operators", BH_FORMAT_CSV, operators, -1, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  fixture_reopen (self, "anna");
  fixture_add (self, "operators",
               "login,name,role,authorised_technician,email\nrex,Rex,receiver,yes,\n");
  g_assert_cmpint (self->result.changed, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test)                                                                      \
  g_test_add (path, Fixture, data, fixture_set_up, test, fixture_tear_down)
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    ADD (states[i].path, GUINT_TO_POINTER (i), test_state);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    ADD (changes[i].path, GUINT_TO_POINTER (i), test_change);
  ADD ("/desk/import/rma/again/dock-wins", NULL, test_dock_wins);
  ADD ("/desk/import/rma/C7/shipped-calendar", NULL, test_calendar);
  ADD ("/desk/import/rma/F1/F3/copies", NULL, test_copies);
  ADD ("/desk/import/rma/dry-run", NULL, test_dry_run);
  ADD ("/desk/import/F6/audit", NULL, test_audit);
  ADD ("/desk/import/rights", NULL, test_rights);
  return g_test_run ();
}

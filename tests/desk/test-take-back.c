/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is taken back (O2, O4), and what the customer hears of it (F4). */
#include <string.h>

#include "backhaul/clocks.h"
#include "backhaul/mail.h"
#include "chase-world.h"

#define NOON(day)         "2026-10-" day "T12:00:00-07:00"
#define PLAY(self, steps) chase_world_play (self, steps, G_N_ELEMENTS (steps))
#define ADD(self, rows)   chase_world_add (self, rows, G_N_ELEMENTS (rows))

static void
run (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;

  bh_store_run (bh_desk_store (self->desk), NULL, &error, sql, "");
  g_assert_no_error (error);
}

/* All that waited went out. */
static void
post (Fixture *self)
{
  run (self, "UPDATE mail SET state = 'sent', sent_us = 7 WHERE state = 'queued'");
}

static void
expect_rows (Fixture *self, const char *sql, int columns, const char *expected)
{
  g_autofree char *rows = chase_world_rows (self, sql, columns);

  g_assert_cmpstr (rows, ==, expected);
}

#define MAILS "SELECT kind, state FROM mail ORDER BY at_us, kind"
#define DUES  "SELECT kind, state, due FROM clock ORDER BY id"

/* ---- an extension -------------------------------------------------------------------------- */

/* The prior date returns, one extension after the other, and the journal says so. */
static void
test_extension (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "1 ACME SN-A00002 PN-1 SJC " NOON ("05") };
  static const ChaseStep twice[] = { { "extend", 1, 0, NOON ("06"), "" },
                                     { "extend", 1, 2, NOON ("07"), "" } };
  static const ChaseStep once[] = { { "unextend", 1, 0, NOON ("08"), "" } };
  static const ChaseStep again[] = { { "unextend", 1, 2, NOON ("09"), "" },
                                     { "unextend", 1, 0, NOON ("09"), "(O2)" },
                                     { "chase", 0, 0, "2026-10-14",
                                       "remind 1/1 a, remind 1/2 a" } };

  ADD (self, rows);
  PLAY (self, twice);
  expect_rows (self, DUES, 3, "C1 open 2026-10-26; C1 open 2026-11-02");
  PLAY (self, once);
  expect_rows (self, DUES, 3, "C1 open 2026-10-19; C1 open 2026-10-26");
  expect_rows (self, "SELECT before, after FROM audit WHERE what = 'take-back-extension'", 2,
               "line 1 due 2026-10-26, line 2 due 2026-11-02 C1 extension taken back,"
               " line 1 due 2026-10-19, line 2 due 2026-10-26: asked for it");
  PLAY (self, again);
  expect_rows (self, DUES, 3, "C1 open 2026-10-19; C1 open 2026-10-19");
  expect_rows (self, "SELECT return_by FROM rma_line ORDER BY line", 1, "2026-10-19; 2026-10-19");
}

/* Of one act only, though another came after it; not twice. */
static void
test_extension_of_act (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05") };
  BhClockRequest request = { .what = BH_CLOCK_EXTEND,
                             .number = "R0000000001",
                             .line = 1,
                             .kind = "C1",
                             .days = 5,
                             .reason = "asked" };
  g_autoptr (GError) error = NULL;

  ADD (self, rows);
  g_assert_true (bh_desk_clock_do (self->desk, "act-5", &request, NOW, &error));
  request.days = 1;
  g_assert_true (bh_desk_clock_do (self->desk, "act-1", &request, NOW, &error));
  expect_rows (self, DUES, 3, "C1 open 2026-10-27");
  request.what = BH_CLOCK_UNEXTEND;
  request.undoes = "act-5";
  g_assert_true (bh_desk_clock_do (self->desk, "act-u", &request, NOW, &error));
  expect_rows (self, DUES, 3, "C1 open 2026-10-20");
  g_assert_false (bh_desk_clock_do (self->desk, "act-v", &request, NOW, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
}

/* ---- a charge -------------------------------------------------------------------------------- */

/* Credited, not deleted; the unit is overdue again, and may be charged again. */
static void
test_charge (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05") };
  static const ChaseStep steps[] = { { "charge", 1, 0, NOON ("21"), "" },
                                     { "state", 1, 0, NULL, "charged: charged" },
                                     { "uncharge", 1, 0, NOON ("22"), "" },
                                     { "state", 1, 0, NULL, "open: awaited" },
                                     { "to-credit", 0, 0, NULL, "" },
                                     { "uncharge", 1, 0, NOON ("22"), "(O2)" },
                                     { "chase", 0, 0, "2026-10-22", "overdue 1/1 a" },
                                     { "charge", 1, 0, NOON ("23"), "" },
                                     { "receive", 1, 0, NOON ("24"), "(D6)" } };

  ADD (self, rows);
  PLAY (self, steps);
  expect_rows (self,
               "SELECT amount, CASE WHEN credited_us IS NULL THEN 'stands' ELSE credit_reason END"
               " FROM charge ORDER BY id",
               2, "1250050 a slip; 1250050 stands");
  /* the first was not told, as it had not gone */
  expect_rows (self, "SELECT kind, state FROM mail ORDER BY kind, at_us", 2,
               "charge failed; charge queued; overdue queued");
}

/* What came in, or went on, is not as it was. */
static void
test_charge_after (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "1 ACME SN-A00002 PN-1 SJC " NOON ("05"),
                                      "2 ACME SN-A00003 PN-1 SJC " NOON ("05"),
                                      "3 ACME SN-A00004 PN-1 SJC " NOON ("05") };
  static const ChaseStep steps[] = {
    { "charge", 1, 1, NOON ("21"), "" },       { "receive", 1, 1, NOON ("22"), "late" },
    { "uncharge", 1, 1, NOON ("23"), "(O2)" }, { "charge", 2, 0, NOON ("21"), "" },
    { "receive", 2, 0, NOON ("22"), "(D6)" },  { "uncharge", 2, 0, NOON ("23"), "(D6)" },
    { "uncharge", 3, 0, NOON ("23"), "(O2)" }, { "uncharge", 3, 7, NOON ("23"), "no line 7" }
  };

  ADD (self, rows);
  PLAY (self, steps);
}

/* One mail told two charges: it goes on about the one that stands, and closes nothing. */
static void
test_charge_of_two (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "1 ACME SN-A00002 PN-1 SJC " NOON ("05") };
  static const ChaseStep steps[] = { { "charge", 1, 0, NOON ("21"), "" },
                                     { "uncharge", 1, 1, NOON ("22"), "" },
                                     { "state", 1, 0, NULL, "open: awaited charged" } };

  ADD (self, rows);
  PLAY (self, steps);
  expect_rows (self, "SELECT kind, state, details FROM mail", 3,
               "charge queued {\"lines\":[{\"rma\":\"R0000000001\",\"line\":2}]}");
}

/* ---- what was mailed ------------------------------------------------------------------------- */

/* The text of the only mail of @kind that waits. */
static char *
text_of (Fixture *self, const char *kind)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT mail FROM mail WHERE kind = '%s' AND state = 'queued'", kind);
  g_autofree char *id = chase_world_rows (self, sql, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BhMail) mail = bh_desk_find_mail (self->desk, id, &error);
  g_autoptr (BhMessage) message =
      mail != NULL ? bh_desk_compose_mail (self->desk, mail, &error) : NULL;

  g_assert_no_error (error);
  if (message == NULL)
    g_error ("no %s waits", kind);
  return g_strdup_printf ("%s\n%s", message->subject, message->text);
}

static void
test_queued (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "2 ACME SN-A00002 PN-1 SJC " NOON ("05") };
  static const ChaseStep steps[] = { { "buy", 1, 0, NOON ("20"), "" },
                                     { "unbuy", 1, 0, NOON ("21"), "" },
                                     { "waive", 2, 0, NOON ("20"), "" },
                                     { "unwaive", 2, 0, NOON ("21"), "" } };

  ADD (self, rows);
  PLAY (self, steps);
  expect_rows (self, MAILS, 2, "closing failed; closing failed");
}

static void
test_sent (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "2 BLUE SN-B00001 PN-1 SJC " NOON ("05"),
                                      "3 ACME SN-A00003 PN-1 SJC " NOON ("05") };
  static const ChaseStep ends[] = { { "buy", 1, 0, NOON ("12"), "" },
                                    { "waive", 2, 0, NOON ("12"), "" },
                                    { "charge", 3, 0, NOON ("21"), "" } };
  static const ChaseStep bought[] = { { "unbuy", 1, 0, NOON ("13"), "" } };
  static const ChaseStep waived[] = { { "unwaive", 2, 0, NOON ("13"), "" } };
  static const ChaseStep charged[] = { { "uncharge", 3, 0, NOON ("22"), "" } };
  g_autofree char *english = NULL;
  g_autofree char *german = NULL;
  g_autofree char *credited = NULL;

  ADD (self, rows);
  PLAY (self, ends);
  post (self);
  PLAY (self, bought);
  english = text_of (self, "correction");
  g_assert_nonnull (strstr (english, "Correction: RMA R0000000001 is open"));
  g_assert_nonnull (strstr (english, "SN-A00001"));
  g_assert_nonnull (strstr (english, "To arrive by: "));
  g_assert_null (strstr (english, "Credited"));
  post (self);
  PLAY (self, waived);
  german = text_of (self, "correction");
  g_assert_nonnull (strstr (german, "Berichtigung: RMA R0000000002 ist offen"));
  post (self);
  PLAY (self, charged);
  credited = text_of (self, "correction");
  g_assert_nonnull (strstr (credited, "Was due: "));
  g_assert_nonnull (strstr (credited, "Credited: "));
  g_assert_nonnull (strstr (credited, "12,500.50"));
  expect_rows (self, "SELECT count(*) FROM mail WHERE kind = 'credit'", 1, "0");
  expect_rows (self, "SELECT count(*) FROM mail WHERE kind = 'correction'", 1, "3");
}

/* What is on its way to the server is as good as gone. */
static void
test_in_hand (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05") };
  static const ChaseStep buy[] = { { "buy", 1, 0, NOON ("12"), "" } };
  static const ChaseStep back[] = { { "unbuy", 1, 0, NOON ("13"), "" } };

  ADD (self, rows);
  PLAY (self, buy);
  run (self, "UPDATE mail SET claimed_by = 'somebody', claimed_until_us = 9");
  PLAY (self, back);
  expect_rows (self, MAILS, 2, "closing queued; correction queued");
}

/* An end of long ago was corrected then; one that nobody was told of needs no correction. */
static void
test_not_told (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "1 ACME SN-A00002 PN-1 SJC " NOON ("05") };
  static const ChaseStep end[] = { { "buy", 1, 0, NOON ("12"), "" } };
  static const ChaseStep back[] = { { "unbuy", 1, 0, NOON ("13"), "" } };
  static const ChaseStep part[] = { { "buy", 1, 1, NOON ("14"), "" },
                                    { "unbuy", 1, 1, NOON ("15"), "" } };

  ADD (self, rows);
  PLAY (self, end);
  post (self);
  PLAY (self, back);
  post (self);
  PLAY (self, part);
  expect_rows (self, MAILS, 2, "closing sent; correction sent");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (Fixture *, gconstpointer);
  } tests[] = {
    { "O2/extension/prior-date-returns", test_extension },
    { "O2/extension/of-one-act", test_extension_of_act },
    { "O3/charge/is-credited", test_charge },
    { "O3/charge/not-after-it-came", test_charge_after },
    { "O3/charge/one-of-two", test_charge_of_two },
    { "F4/mail/waits-and-is-withdrawn", test_queued },
    { "F4/mail/sent-and-is-corrected", test_sent },
    { "F4/mail/in-a-senders-hand", test_in_hand },
    { "F4/mail/nobody-was-told", test_not_told },
  };

  const char *engine;

  g_test_init (&argc, &argv, NULL);
  engine = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/take-back/%s/%s", engine, tests[i].path);

    g_test_add (path, Fixture, NULL, chase_world_set_up, tests[i].run, chase_world_tear_down);
  }
  return g_test_run ();
}

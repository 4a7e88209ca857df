/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The daily run (O1, K5) by worked dates. */
#include "backhaul/clocks.h"
#include "chase-world.h"

#define NOON(day)         "2026-10-" day "T12:00:00-07:00"
#define PLAY(self, steps) chase_world_play (self, steps, G_N_ELEMENTS (steps))
#define ADD(self, rows)   chase_world_add (self, rows, G_N_ELEMENTS (rows))

/* ---- the days -------------------------------------------------------------------------------- */

/* Three business days before, on the day, after it; no day of the weekend counts. */
static void
test_stages (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05") };
  static const ChaseStep steps[] = {
    { "chase", 0, 0, "2026-10-13", "" },
    { "chase", 0, 0, "2026-10-14", "remind 1/1 a" },
    { "chase", 0, 0, "2026-10-15", "" },
    { "chase", 0, 0, "2026-10-18", "" },
    { "chase", 0, 0, "2026-10-19", "remind 1/1 a" },
    { "chase", 0, 0, "2026-10-20", "overdue 1/1 a" },
    { "chase", 0, 0, "2026-10-21", "decide 1/1 -" },
    { "chase", 0, 0, "2026-10-24", "decide 1/1 -" },
    /* the clock of a computer that is set back makes nothing twice */
    { "chase", 0, 0, "2026-10-22", "" },
    { "chase", 0, 0, "2026-10-19", "" },
  };

  ADD (self, rows);
  PLAY (self, steps);
}

static void
test_holidays (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 HOL 2026-10-05T12:00:00+02:00" };
  static const ChaseStep steps[] = {
    { "chase", 0, 0, "2026-10-15", "" }, /* 16, 19, 20, 21: four are left */
    { "chase", 0, 0, "2026-10-16", "remind 1/1 a" },
    { "chase", 0, 0, "2026-10-20", "" },
    { "chase", 0, 0, "2026-10-21", "remind 1/1 a" },
    { "chase", 0, 0, "2026-10-22", "overdue 1/1 a" },
  };

  ADD (self, rows);
  PLAY (self, steps);
}

/* Due on a Friday: overdue on the Saturday, though no business day has gone by. */
static void
test_weekend (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("02") };
  static const ChaseStep steps[] = {
    { "chase", 0, 0, "2026-10-12", "" },
    { "chase", 0, 0, "2026-10-13", "remind 1/1 a" },
    { "chase", 0, 0, "2026-10-16", "remind 1/1 a" },
    { "chase", 0, 0, "2026-10-17", "overdue 1/1 a" },
    { "chase", 0, 0, "2026-10-18", "decide 1/1 -" },
  };

  ADD (self, rows);
  PLAY (self, steps);
}

/* A missed day sends only the latest stage. */
static void
test_missed (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "2 BLUE SN-B00001 PN-1 SJC " NOON ("12") };
  static const ChaseStep steps[] = {
    { "chase", 0, 0, "2026-10-16", "remind 1/1 a" }, /* the 14th and the 15th were missed */
    { "chase", 0, 0, "2026-10-18", "" },
    /* the 19th too, and all days of the other before its 26th but the last */
    { "chase", 0, 0, "2026-10-25", "overdue 1/1 a, remind 2/1 b" },
    { "chase", 0, 0, "2026-11-30", "decide 1/1 -, overdue 2/1 a" },
    { "chase", 0, 0, "2026-12-01", "decide 1/1 -, decide 2/1 -" },
  };

  ADD (self, rows);
  PLAY (self, steps);
}

/* The day is that of the destination: 25 hours lie between these two. */
static void
test_date_line (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 KIR 2026-10-05T12:00:00+14:00",
                                      "2 BLUE SN-B00001 PN-1 PAG 2026-10-05T12:00:00-11:00" };
  static const ChaseStep steps[] = {
    { "chase", 0, 0, "2026-10-13T09:59:59Z", "" },
    { "chase", 0, 0, "2026-10-13T10:00:00Z", "remind 1/1 a" },
    { "chase", 0, 0, "2026-10-14T10:59:59Z", "" },
    { "chase", 0, 0, "2026-10-14T11:00:00Z", "remind 2/1 a" },
    { "chase", 0, 0, "2026-10-18T09:59:59Z", "" },
    { "chase", 0, 0, "2026-10-18T10:00:00Z", "remind 1/1 a" },
    { "chase", 0, 0, "2026-10-19T10:00:00Z", "overdue 1/1 a" },
    { "chase", 0, 0, "2026-10-19T10:59:59Z", "" },
    { "chase", 0, 0, "2026-10-19T11:00:00Z", "remind 2/1 a" },
    { "chase", 0, 0, "2026-10-20T10:59:59Z", "decide 1/1 -" },
    { "chase", 0, 0, "2026-10-20T11:00:00Z", "overdue 2/1 a" },
    /* a stated day is that day at each of them */
    { "chase", 0, 0, "2026-10-21", "decide 2/1 -" },
  };

  ADD (self, rows);
  PLAY (self, steps);
}

/* The due day ends at its own midnight, an hour later than those of summer. */
static void
test_summer_time (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("19") };
  static const ChaseStep steps[] = {
    { "chase", 0, 0, "2026-11-02T07:59:59Z", "remind 1/1 a" }, /* the day before, a Sunday */
    { "chase", 0, 0, "2026-11-03T07:59:59Z", "remind 1/1 a" },
    { "chase", 0, 0, "2026-11-03T08:00:00Z", "overdue 1/1 a" },
  };

  ADD (self, rows);
  PLAY (self, steps);
}

/* ▲ chase.before-days */
static void
test_before_days (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "2 BLUE SN-B00001 PN-1 SJC " NOON ("12") };
  static const ChaseStep five[] = { { "chase", 0, 0, "2026-10-09", "" },
                                    { "chase", 0, 0, "2026-10-12", "remind 1/1 a" } };
  static const ChaseStep none[] = { { "chase", 0, 0, "2026-10-23", "overdue 1/1 a" },
                                    { "chase", 0, 0, "2026-10-26", "decide 1/1 -, remind 2/1 a" } };
  g_autoptr (GError) error = NULL;

  ADD (self, rows);
  g_assert_true (bh_desk_set_policy (self->desk, "chase.before-days", "5", NOW, NULL, &error));
  PLAY (self, five);
  g_assert_true (bh_desk_set_policy (self->desk, "chase.before-days", "0", NOW, NULL, &error));
  PLAY (self, none);
  g_assert_no_error (error);
}

/* ---- what changes a date, and what is silent ----------------------------------------------------
 */

static void
test_extended (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05") };
  static const ChaseStep steps[] = {
    { "chase", 0, 0, "2026-10-14", "remind 1/1 a" },
    { "chase", 0, 0, "2026-10-20", "overdue 1/1 a" },
    { "extend", 1, 1, NOON ("21"), "" }, /* to the 26th: all stages anew */
    { "chase", 0, 0, "2026-10-21", "remind 1/1 a" },
    { "chase", 0, 0, "2026-10-26", "remind 1/1 a" },
    { "chase", 0, 0, "2026-10-27", "overdue 1/1 a" },
    { "chase", 0, 0, "2026-10-28", "decide 1/1 -" },
  };

  ADD (self, rows);
  PLAY (self, steps);
}

static void
test_paused (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "1 ACME SN-A00002 PN-1 SJC " NOON ("05") };
  static const ChaseStep steps[] = {
    { "pause", 1, 1, NOON ("13"), "" },
    { "chase", 0, 0, "2026-10-14", "remind 1/2 a" },
    { "chase", 0, 0, "2026-10-20", "overdue 1/2 a" },
    { "resume", 1, 1, NOON ("20"), "" }, /* seven midnights: to the 26th */
    { "chase", 0, 0, "2026-10-20", "" },
    { "chase", 0, 0, "2026-10-21", "remind 1/1 a, decide 1/2 -" },
    { "pause", 1, 2, NOON ("22"), "" },
    { "chase", 0, 0, "2026-10-27", "overdue 1/1 a" },
    /* what is past stays past */
    { "resume", 1, 2, NOON ("27"), "" },
    { "chase", 0, 0, "2026-10-28", "decide 1/1 -, decide 1/2 -" },
  };

  ADD (self, rows);
  PLAY (self, steps);
}

static void
test_export_policy (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 SAND SN-S00001 PN-1 SJC " NOON ("05"),
                                      "2 ACME SN-A00001 PN-1 SJC " NOON ("05") };
  static const ChaseStep longer[] = { { "chase", 0, 0, "2026-10-19", "remind 2/1 a" },
                                      { "chase", 0, 0, "2026-10-21",
                                        "overdue 2/1 a, remind 1/1 b" } };
  static const ChaseStep never[] = { { "chase", 0, 0, "2026-10-27", "decide 2/1 -" } };
  BhExportPolicy policy = { .country = (char *) "SA", .extra_days = 5, .possible = TRUE };
  g_autoptr (GError) error = NULL;

  ADD (self, rows);
  g_assert_true (bh_desk_put_export_policy (self->desk, &policy, FALSE, NOW, NULL, &error));
  PLAY (self, longer);
  policy.possible = FALSE;
  g_assert_true (bh_desk_put_export_policy (self->desk, &policy, FALSE, NOW, NULL, &error));
  PLAY (self, never);
  g_assert_no_error (error);
}

static void
test_claims (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "2 ACME SN-A00002 PN-1 SJC " NOON ("05"),
                                      "3 ACME SN-A00003 PN-1 SJC " NOON ("05") };
  static const ChaseStep steps[] = {
    { "claim", 1, 0, NOON ("13"), "" },
    { "chase", 0, 0, "2026-10-14", "remind 2/1 a, remind 3/1 a" },
    { "reject", 1, 1, NOON ("15"), "" }, /* two midnights: to the 21st */
    { "claim", 2, 0, NOON ("15"), "" },
    { "chase", 0, 0, "2026-10-16", "remind 1/1 a" },
    { "chase", 0, 0, "2026-10-19", "remind 3/1 a" },
    { "accept", 2, 1, NOON ("19"), "" },
    { "chase", 0, 0, "2026-10-20", "overdue 3/1 a" },
    { "chase", 0, 0, "2026-11-02", "overdue 1/1 a, decide 3/1 -" },
    /* overdue, claimed, rejected: the notice is not sent again */
    { "claim", 3, 0, "2026-11-02T12:00:00-08:00", "" },
    { "chase", 0, 0, "2026-11-03", "decide 1/1 -" },
    { "reject", 3, 1, "2026-11-04T12:00:00-08:00", "" },
    { "chase", 0, 0, "2026-11-05", "decide 1/1 -, decide 3/1 -" },
  };

  ADD (self, rows);
  PLAY (self, steps);
}

static void
test_ended (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = {
    "1 ACME SN-A00001 PN-1 SJC " NOON ("05"), "1 ACME SN-A00002 PN-1 SJC " NOON ("05"),
    "1 ACME SN-A00003 PN-1 SJC " NOON ("05"), "1 ACME SN-A00004 PN-1 SJC " NOON ("05"),
    "1 ACME SN-A00005 PN-1 SJC " NOON ("05"),
  };
  static const ChaseStep steps[] = {
    { "receive", 1, 5, NOON ("13"), "" },
    { "chase", 0, 0, "2026-10-20", "overdue 1/1 a, overdue 1/2 a, overdue 1/3 a, overdue 1/4 a" },
    { "charge", 1, 1, NOON ("21"), "" },
    { "waive", 1, 2, NOON ("21"), "" },
    { "buy", 1, 3, NOON ("21"), "" },
    { "chase", 0, 0, "2026-10-21", "decide 1/4 -" },
    { "receive", 1, 4, NOON ("22"), "late" },
    { "chase", 0, 0, "2026-10-23", "" },
    { "state", 1, 0, NULL, "received: charged waived cancelled received received" },
    /* D16: it has not come in after all, and the notice was given */
    { "void", 1, 4, NOON ("23"), "" },
    { "chase", 0, 0, "2026-10-24", "decide 1/4 -" },
  };

  ADD (self, rows);
  PLAY (self, steps);
}

/* ---- between the list and the commit
 * ------------------------------------------------------------- */

static gboolean meanwhile;

/* Another station works while the run is between two groups. */
static void
on_first_row (Fixture *self, const BhChaseRow *row)
{
  static const ChaseStep steps[] = { { "receive", 900, 1, NOON ("14"), "" },
                                     { "pause", 900, 2, NOON ("14"), "" },
                                     { "extend", 900, 3, NOON ("14"), "" },
                                     { "buy", 900, 4, NOON ("14"), "" } };
  Fixture other = *self;
  g_autoptr (GError) error = NULL;

  if (meanwhile)
    return;
  meanwhile = TRUE;
  other.desk =
      bh_desk_open (test_wrap_uri (self->wrap), BH_STORE_OPEN, "bert", "D2", "other", &error);
  g_assert_no_error (error);
  PLAY (&other, steps);
  bh_desk_close (other.desk);
}

static void
test_meanwhile (Fixture *self, gconstpointer data)
{
  static const char *const last[] = {
    "900 BLUE SN-B00001 PN-1 SJC " NOON ("05"), "900 BLUE SN-B00002 PN-1 SJC " NOON ("05"),
    "900 BLUE SN-B00003 PN-1 SJC " NOON ("05"), "900 BLUE SN-B00004 PN-1 SJC " NOON ("05"),
    "900 BLUE SN-B00005 PN-1 SJC " NOON ("05"),
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *got = NULL;
  g_autofree char *mails = NULL;

  /* more than one commit takes */
  for (int i = 1; i <= 501; i++)
    g_ptr_array_add (rows, g_strdup_printf ("%d ACME SN-A%05d PN-1 SJC %s", i, i, NOON ("05")));
  chase_world_add (self, (const char *const *) rows->pdata, rows->len);
  ADD (self, last);
  meanwhile = FALSE;
  got = chase_world_run (self, "2026-10-14", FALSE, on_first_row, &error);
  g_assert_no_error (error);
  g_assert_true (meanwhile);
  g_assert_true (g_str_has_suffix (got, "remind 501/1 a, remind 900/5 b"));
  mails = chase_world_rows (self,
                            "SELECT kind, account FROM mail WHERE kind = 'reminder'"
                            " ORDER BY account",
                            2);
  g_assert_cmpstr (mails, ==, "reminder ACME; reminder BLUE");
}

/* ---- the mail
 * ---------------------------------------------------------------------------------------- */

static void
test_one_mail (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "2 ACME SN-A00002 PN-1 SJC " NOON ("02"),
                                      "3 ACME SN-A00003 PN-1 HOL 2026-10-05T12:00:00+02:00",
                                      "3 ACME SN-A00004 PN-1 HOL 2026-10-05T12:00:00+02:00",
                                      "4 BLUE SN-B00001 PN-1 SJC " NOON ("05") };
  static const ChaseStep steps[] = {
    { "chase", 0, 0, "2026-10-17",
      "remind 1/1 a, overdue 2/1 a, remind 3/1 a, remind 3/2 a, remind 4/1 b" },
    { "chase", 0, 0, "2026-10-19", "remind 1/1 a, decide 2/1 -, remind 4/1 b" },
  };
  g_autofree char *mails = NULL;
  g_autofree char *details = NULL;

  ADD (self, rows);
  PLAY (self, steps);
  /* the graver word names the message; what is only to decide is not in it */
  mails = chase_world_rows (self,
                            "SELECT kind, to_address, account, language, rmas, state FROM mail"
                            " ORDER BY account, kind",
                            6);
  g_assert_cmpstr (mails, ==,
                   "overdue a@acme.example ACME en R0000000001 R0000000002 R0000000003 queued; "
                   "reminder a@acme.example ACME en R0000000001 queued; "
                   "reminder b@blue.example BLUE de R0000000004 queued; "
                   "reminder b@blue.example BLUE de R0000000004 queued");
  details = chase_world_rows (self, "SELECT details FROM mail WHERE kind = 'overdue'", 1);
  g_assert_cmpstr (details, ==,
                   "{\"lines\":[{\"rma\":\"R0000000001\",\"line\":1,\"serial\":\"SN-A00001\","
                   "\"return_by\":\"2026-10-19\",\"days_left\":1},"
                   "{\"rma\":\"R0000000002\",\"line\":1,\"serial\":\"SN-A00002\","
                   "\"return_by\":\"2026-10-16\",\"days_left\":-1},"
                   "{\"rma\":\"R0000000003\",\"line\":1,\"serial\":\"SN-A00003\","
                   "\"return_by\":\"2026-10-21\",\"days_left\":3},"
                   "{\"rma\":\"R0000000003\",\"line\":2,\"serial\":\"SN-A00004\","
                   "\"return_by\":\"2026-10-21\",\"days_left\":3}]}");
}

/* F4: shown as failed with its reason, never lost */
static void
test_no_address (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 MUTE SN-M00001 PN-1 SJC " NOON ("05"),
                                      "2 ACME SN-A00001 PN-1 SJC " NOON ("05") };
  static const ChaseStep steps[] = { { "chase", 0, 0, "2026-10-14", "remind 2/1 a, remind 1/1 b" },
                                     { "chase", 0, 0, "2026-10-20",
                                       "overdue 2/1 a, overdue 1/1 b" } };
  g_autofree char *mails = NULL;

  ADD (self, rows);
  PLAY (self, steps);
  mails = chase_world_rows (self,
                            "SELECT kind, state, to_address, language, error FROM mail"
                            " WHERE account = 'MUTE' ORDER BY kind",
                            5);
  g_assert_cmpstr (mails, ==,
                   "overdue failed - ja the account has no e-mail address; "
                   "reminder failed - ja the account has no e-mail address");
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM mail WHERE state = 'queued'"), ==,
                   2);
}

static void
test_trial (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "2 BLUE SN-B00001 PN-1 SJC " NOON ("02") };
  static const ChaseStep steps[] = {
    { "trial", 0, 0, "2026-10-16", "remind 1/1 -, remind 2/1 -" },
    { "chase", 0, 0, "2026-10-16", "remind 1/1 a, remind 2/1 b" },
    { "trial", 0, 0, "2026-10-16", "" },
    { "trial", 0, 0, "2026-10-20", "overdue 1/1 -, overdue 2/1 -" },
    { "chase", 0, 0, "2026-10-20", "overdue 1/1 a, overdue 2/1 b" },
    { "trial", 0, 0, "2026-10-20", "" },
    { "trial", 0, 0, "2026-10-21", "decide 1/1 -, decide 2/1 -" },
  };

  ADD (self, rows);
  PLAY (self, steps);
}

/* ---- who, and what fails
 * ------------------------------------------------------------------------------- */

static void
test_roles (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05") };
  static const struct {
    const char *login;
    gboolean may;
  } who[] = { { "ray", FALSE }, { "tom", FALSE }, { "adam", FALSE }, { "cora", TRUE } };

  ADD (self, rows);
  fixture_add (self, "operators",
               "login,name,role,authorised_technician,email\nsue,Sue,supervisor,no,\n"
               "ray,Ray,receiver,no,\ntom,Tom,technician,yes,\nadam,Adam,administrator,no,\n"
               "cora,Cora,csr,no,\n");
  for (guint i = 0; i < G_N_ELEMENTS (who); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *got = NULL;
    g_autofree char *before = chase_world_picture (self);
    g_autofree char *after = NULL;

    fixture_reopen (self, who[i].login);
    got = chase_world_run (self, "2026-10-14", FALSE, NULL, &error);
    after = chase_world_picture (self);
    g_assert_cmpstr (got, ==, who[i].may ? "remind 1/1 a" : NULL);
    if (who[i].may)
      continue;
    g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
    g_assert_cmpstr (after, ==, before);
  }
}

/* The n-th step to the disk fails, for every n: all of the run, or nothing. */
static void
test_failures (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = {
    "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
    "2 BLUE SN-B00001 PN-1 SJC " NOON ("02"),
    "2 BLUE SN-B00002 PN-1 SJC " NOON ("02"),
    "3 MUTE SN-M00001 PN-1 SJC " NOON ("12"),
  };
  BhStore *store = bh_desk_store (self->desk);
  g_autofree char *before = NULL;
  int n = 0;

  ADD (self, rows);
  before = chase_world_picture (self);
  for (;;) {
    g_autoptr (GError) error = NULL;
    g_autofree char *got = NULL;
    g_autofree char *after = NULL;

    bh_store_fail_after (store, ++n);
    got = chase_world_run (self, "2026-10-21", FALSE, NULL, &error);
    bh_store_fail_after (store, 0);
    after = chase_world_picture (self);
    if (got != NULL) {
      g_assert_cmpstr (got, ==, "overdue 1/1 a, overdue 2/1 b, overdue 2/2 b, remind 3/1 c");
      break;
    }
    g_assert_error (error, BH_ERROR, BH_ERROR_FULL);
    g_assert_cmpstr (after, ==, before);
    g_assert_cmpint (n, <, 1000);
  }
  g_assert_cmpint (n, >, 20);
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM mail"), ==, 3);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (Fixture *, gconstpointer);
  } tests[] = {
    { "O1/three-days-before-on-the-day-after", test_stages },
    { "O1/holidays", test_holidays },
    { "O1/due-before-a-weekend", test_weekend },
    { "O1/missed-days-send-the-latest-stage", test_missed },
    { "O1/both-sides-of-the-date-line", test_date_line },
    { "O1/end-of-summer-time", test_summer_time },
    { "O1/before-days-is-a-policy", test_before_days },
    { "O2/extended-begins-anew", test_extended },
    { "C9/paused-is-silent", test_paused },
    { "C8/export-policy", test_export_policy },
    { "O5/claims", test_claims },
    { "O2/what-has-ended-is-silent", test_ended },
    { "O1/changed-between-list-and-commit", test_meanwhile },
    { "K5/one-mail-an-account", test_one_mail },
    { "F4/an-account-without-address", test_no_address },
    { "O1/a-trial-writes-nothing", test_trial },
    { "roles/who-may-chase", test_roles },
    { "O1/nothing-half-written", test_failures },
  };
  const char *engine;

  g_test_init (&argc, &argv, NULL);
  engine = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/chase/%s/%s", engine, tests[i].path);

    g_test_add (path, Fixture, NULL, chase_world_set_up, tests[i].run, chase_world_tear_down);
  }
  return g_test_run ();
}

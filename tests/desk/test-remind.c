/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reminders of chosen lines (O1, K5), and their withdrawal. */
#include <string.h>

#include "backhaul/mail.h"
#include "chase-world.h"

#define NOON(day)         "2026-10-" day "T12:00:00-07:00"
#define PLAY(self, steps) chase_world_play (self, steps, G_N_ELEMENTS (steps))
#define ADD(self, rows)   chase_world_add (self, rows, G_N_ELEMENTS (rows))

static void
expect_rows (Fixture *self, const char *sql, int columns, const char *expected)
{
  g_autofree char *rows = chase_world_rows (self, sql, columns);

  g_assert_cmpstr (rows, ==, expected);
}

/* The only mail of @kind. */
static char *
mail_of (Fixture *self, const char *kind)
{
  g_autofree char *sql = g_strdup_printf ("SELECT mail FROM mail WHERE kind = '%s'", kind);

  return chase_world_rows (self, sql, 1);
}

/* The daily run of that day tells nobody twice, and neither do we after it. */
static void
test_same_day (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "2 ACME SN-A00002 PN-1 SJC " NOON ("05") };
  static const ChaseStep steps[] = {
    { "trial-remind", 0, 0, "2026-10-14 1/1", "remind 1/1 -" },
    { "remind", 0, 0, "2026-10-14 1/1", "remind 1/1 a" },
    { "remind", 0, 0, "2026-10-14 1/1", "none 1/1 -(K5)" },
    { "chase", 0, 0, "2026-10-14", "remind 2/1 a" },
    { "remind", 0, 0, "2026-10-14 1 2", "none 1/1 -(K5), none 2/1 -(K5)" },
    /* another day, another reminder; its stage is done */
    { "remind", 0, 0, "2026-10-15 1/1", "remind 1/1 a" },
    { "chase", 0, 0, "2026-10-15", "" },
    { "remind", 0, 0, "2026-10-19 1/1", "remind 1/1 a" },
    { "chase", 0, 0, "2026-10-19", "remind 2/1 a" },
    { "remind", 0, 0, "2026-10-20 1/1 2/1", "overdue 1/1 a, overdue 2/1 a" },
    { "chase", 0, 0, "2026-10-20", "" },
    { "chase", 0, 0, "2026-10-21", "decide 1/1 -, decide 2/1 -" },
    { "remind", 0, 0, "2026-10-21 2/1", "overdue 2/1 a" },
    { "chase", 0, 0, "2026-10-22", "decide 1/1 -, decide 2/1 -" },
  };

  ADD (self, rows);
  PLAY (self, steps);
}

/* Long before the policy would: its own stages come all the same. */
static void
test_early (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05") };
  static const ChaseStep steps[] = {
    { "remind", 0, 0, "2026-10-07 1/1", "remind 1/1 a" },
    { "chase", 0, 0, "2026-10-07", "" },
    { "chase", 0, 0, "2026-10-14", "remind 1/1 a" },
  };

  ADD (self, rows);
  PLAY (self, steps);
}

/* One mail a customer, whatever the order, in the customer's language. */
static void
test_one_mail (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 BLUE SN-B00001 PN-1 SJC " NOON ("05"),
                                      "2 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "3 BLUE SN-B00002 PN-1 SJC " NOON ("05"),
                                      "3 BLUE SN-B00003 PN-1 SJC " NOON ("05") };
  static const ChaseStep steps[] = { { "remind", 0, 0, "2026-10-14 3/2 2/1 1/1 3/2",
                                       "remind 2/1 a, remind 1/1 b, remind 3/2 b" } };
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autoptr (BhMail) mail = NULL;
  g_autoptr (BhMessage) message = NULL;

  ADD (self, rows);
  PLAY (self, steps);
  expect_rows (self, "SELECT account, kind, language, rmas FROM mail ORDER BY account", 4,
               "ACME reminder en R0000000002; BLUE reminder de R0000000001 R0000000003");
  id = chase_world_rows (self, "SELECT mail FROM mail WHERE account = 'BLUE'", 1);
  mail = bh_desk_find_mail (self->desk, id, &error);
  message = bh_desk_compose_mail (self->desk, mail, &error);
  g_assert_no_error (error);
  if (message == NULL)
    g_error ("no message");
  g_assert_nonnull (strstr (message->subject, "Erinnerung"));
  g_assert_nonnull (strstr (message->text, "SN-B00001"));
  g_assert_nonnull (strstr (message->text, "SN-B00003"));
  g_assert_null (strstr (message->text, "SN-B00002"));
}

/* What is not to be reminded of says why, and does not stop the others. */
static void
test_silent (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "2 ACME SN-A00002 PN-1 SJC " NOON ("05"),
                                      "3 ACME SN-A00003 PN-1 SJC " NOON ("05"),
                                      "4 ACME SN-A00004 PN-1 SJC " NOON ("05"),
                                      "5 MUTE SN-M00001 PN-1 SJC " NOON ("05") };
  static const ChaseStep steps[] = {
    { "pause", 1, 1, NOON ("06"), "" },
    { "receive", 2, 1, NOON ("06"), "" },
    { "waive", 3, 1, NOON ("06"), "" },
    { "remind", 0, 0, "2026-10-14 1 2 3", "none 1/1 -(C9), none 2/1 -(O1), none 3/1 -(O1)" },
    { "remind", 0, 0, "2026-10-14 1 2 3 4 5",
      "none 1/1 -(C9), none 2/1 -(O1), none 3/1 -(O1), remind 4/1 a, remind 5/1 b" },
  };
  static const char *const wrong[] = { "2026-10-14 77", "2026-10-14 4/7" };

  ADD (self, rows);
  PLAY (self, steps);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (chase_world_remind (self, wrong[i], FALSE, &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_NOT_FOUND);
  }
  /* an account without an address is shown, not lost */
  expect_rows (self, "SELECT account, state FROM mail WHERE kind = 'reminder' ORDER BY account", 2,
               "ACME queued; MUTE failed");
}

/* What waits is withdrawn, and the day is as if it had not been; what has gone is not. */
static void
test_withdrawn (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05") };
  static const ChaseStep first[] = { { "remind", 0, 0, "2026-10-14 1/1", "remind 1/1 a" } };
  static const ChaseStep then[] = { { "chase", 0, 0, "2026-10-14", "remind 1/1 a" } };
  const BhWhen when = { "act-1", NOW, FALSE };
  const BhWhen later = { "act-2", NOW, FALSE };
  g_autofree char *mail = NULL;
  g_autofree char *sent = NULL;
  g_autoptr (GError) error = NULL;

  ADD (self, rows);
  PLAY (self, first);
  mail = mail_of (self, "reminder");
  g_assert_true (bh_desk_unremind (self->desk, &when, mail, "a slip", &error));
  /* the same act again, after a lost connection */
  g_assert_true (bh_desk_unremind (self->desk, &when, mail, "a slip", &error));
  g_assert_no_error (error);
  expect_rows (self, "SELECT state, error FROM mail", 2, "failed withdrawn: by a person");
  /* nor is it sent when somebody asks for it, nor withdrawn twice */
  g_assert_false (bh_desk_retry_mail (self->desk, mail, NULL, NOW, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (bh_desk_unremind (self->desk, &later, mail, "a slip", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_clear_error (&error);
  expect_rows (self, "SELECT before, after FROM audit WHERE what = 'unremind'", 2,
               "R0000000001 a slip");
  PLAY (self, then);
  bh_store_run (bh_desk_store (self->desk), NULL, &error,
                "UPDATE mail SET state = 'sent' WHERE state = 'queued'", "");
  g_assert_no_error (error);
  sent = chase_world_rows (self, "SELECT mail FROM mail WHERE state = 'sent'", 1);
  g_assert_false (bh_desk_unremind (self->desk, &later, sent, "a slip", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "cannot be unsent"));
  g_clear_error (&error);
  g_assert_false (bh_desk_unremind (self->desk, &later, "no-such", "a slip", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_NOT_FOUND);
}

static void
test_roles (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05") };
  const BhWhen when = { "act-1", NOW, FALSE };
  g_autoptr (GError) error = NULL;
  g_autofree char *got = NULL;

  ADD (self, rows);
  fixture_add (self, "operators",
               "login,name,role,authorised_technician,email\nsue,Sue,supervisor,no,\n"
               "ray,Ray,receiver,no,\ncora,Cora,csr,no,\n");
  fixture_reopen (self, "ray");
  g_assert_null (chase_world_remind (self, "2026-10-14 1", FALSE, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_false (bh_desk_unremind (self->desk, &when, "any", "why", &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  fixture_reopen (self, "cora");
  got = chase_world_remind (self, "2026-10-14 1", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, "remind 1/1 a");
}

/* The n-th step to the disk fails, for every n: nothing is half-written. */
static void
test_failures (Fixture *self, gconstpointer data)
{
  static const char *const rows[] = { "1 ACME SN-A00001 PN-1 SJC " NOON ("05"),
                                      "2 BLUE SN-B00001 PN-1 SJC " NOON ("05") };
  g_autofree char *before = NULL;
  g_autofree char *got = NULL;
  int n = 0;

  ADD (self, rows);
  before = chase_world_picture (self);
  while (got == NULL) {
    g_autoptr (GError) error = NULL;
    g_autofree char *after = NULL;

    bh_store_fail_after (bh_desk_store (self->desk), ++n);
    got = chase_world_remind (self, "2026-10-14 1 2", FALSE, &error);
    bh_store_fail_after (bh_desk_store (self->desk), 0);
    after = chase_world_picture (self);
    if (got == NULL) {
      g_assert_error (error, BH_ERROR, BH_ERROR_FULL);
      g_assert_cmpstr (after, ==, before);
    }
  }
  g_assert_cmpint (n, >, 5);
  g_assert_cmpstr (got, ==, "remind 1/1 a, remind 2/1 b");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (Fixture *, gconstpointer);
  } tests[] = {
    { "K5/once-a-day", test_same_day },
    { "O1/before-its-stages", test_early },
    { "K5/one-mail-a-customer", test_one_mail },
    { "O1/what-is-not-reminded-of", test_silent },
    { "F4/withdrawn-while-it-waits", test_withdrawn },
    { "roles/who-may-remind", test_roles },
    { "O1/nothing-half-written", test_failures },
  };
  const char *engine;

  g_test_init (&argc, &argv, NULL);
  engine = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/remind/%s/%s", engine, tests[i].path);

    g_test_add (path, Fixture, NULL, chase_world_set_up, tests[i].run, chase_world_tear_down);
  }
  return g_test_run ();
}

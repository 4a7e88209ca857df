/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A journal of people who have PINs: whose boxes they are, and what they may when the store is back
 * (RULES §2, D15, F6). */
#include "offline-world.h"

#include <string.h>

#include "backhaul/issue.h"
#include "backhaul/operators.h"

static const char *engine_now;

/* Rita and sue receive at the north station, tim repairs; adam is at the other one. */
static void
set_up (OfflineWorld *world)
{
  offline_set_up (world, engine_now);
  world_enrol (world->south.desk, "adam", "administrator");
  world_sign_in (world->south.desk, "adam");
  world_enrol (world->south.desk, "rita", "receiver");
  world_enrol (world->south.desk, "sue", "supervisor");
  world_enrol (world->south.desk, "tim", "technician");
}

static void
disable (OfflineWorld *world, const char *login)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *act = NULL;
  const BhWhen when = world_when (&act);

  bh_desk_disable_operator (world->south.desk, &when, login, TRUE, &error);
  g_assert_no_error (error);
}

static void
make (OfflineWorld *world, const char *login, const char *role)
{
  const BhOperatorRow row = { .login = (char *) login,
                              .name = (char *) login,
                              .role = (char *) role };
  g_autoptr (GError) error = NULL;
  g_autofree char *act = NULL;
  const BhWhen when = world_when (&act);

  bh_desk_change_operator (world->south.desk, &when, &row, &error);
  g_assert_no_error (error);
}

/* As the window does: what changed waits for a person. */
static void
replay (OfflineStation *station)
{
  g_autoptr (GError) error = NULL;

  bh_offline_replay (station->offline, station->desk, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bh_offline_unsent (station->offline), ==, 0);
}

static void
expect_failed (OfflineStation *station, guint n, const char *serial, const char *words)
{
  const BhReplayed *change = g_ptr_array_index (bh_offline_changes (station->offline), n);

  g_assert_true (change->failed);
  g_assert_cmpstr (change->serial, ==, serial);
  if (strstr (change->after, words) == NULL)
    g_error ("\"%s\" is not in \"%s\"", words, change->after);
}

static gint64
received_by (BhDesk *desk, const char *login)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(*) FROM receipt WHERE verdict = 'accept' AND operator = '%s'", login);

  return world_count (desk, sql);
}

/* Boxes of who was disabled meanwhile are told one by one, those of others are received, and what
 * was not received may come again. */
static void
test_disabled (void)
{
  OfflineWorld world = { 0 };
  g_autoptr (GDir) folder = NULL;
  const char *name;
  guint kept = 0;

  set_up (&world);
  world_sign_in (world.north.desk, "rita");
  offline_expect (&world.north, "R0000000001 | SN-ALPHA1", WORLD_NOW + SECOND, "accept D1");
  offline_expect (&world.north, "SN-NEVER1", WORLD_NOW + 2 * SECOND, "hold D11");
  world_sign_in (world.north.desk, "sue");
  offline_expect (&world.north, "SN-BRAVO1", WORLD_NOW + 3 * SECOND, "accept D2");
  /* nobody is there when the store is back */
  bh_desk_sign_out (world.north.desk);
  disable (&world, "rita");
  replay (&world.north);
  g_assert_true (bh_desk_needs_pin (world.north.desk));
  g_assert_cmpint (received_by (world.north.desk, "sue"), ==, 1);
  g_assert_cmpint (received_by (world.north.desk, "rita"), ==, 0);
  g_assert_cmpuint (bh_offline_changes (world.north.offline)->len, ==, 2);
  expect_failed (&world.north, 0, "SN-ALPHA1", "rita: disabled");
  expect_failed (&world.north, 0, "SN-ALPHA1", "Scanned by rita: R0000000001, SN-ALPHA1.");
  expect_failed (&world.north, 1, "SN-NEVER1", "rita: disabled");
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM audit WHERE what = 'replay'"
                                                  " AND operator = 'rita'"),
                   ==, 2);
  /* they are to be seen after the program was started again, too */
  bh_offline_close (world.north.offline);
  offline_open_journal (&world.north);
  g_assert_cmpuint (bh_offline_changes (world.north.offline)->len, ==, 2);
  folder = g_dir_open (world.north.folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    kept += g_str_has_prefix (name, "journal.kept-");
  g_assert_cmpuint (kept, ==, 1);
  world_sign_in (world.north.desk, "sue");
  offline_expect (&world.north, "SN-ALPHA1", WORLD_NOW + 9 * SECOND, "accept D2");
  replay (&world.north);
  g_assert_cmpint (received_by (world.north.desk, "sue"), ==, 2);
  offline_tear_down (&world);
}

/* In the same run, too, such a unit is not taken for one that this station has. */
static void
test_comes_again (void)
{
  OfflineWorld world = { 0 };

  set_up (&world);
  world_sign_in (world.north.desk, "rita");
  offline_expect (&world.north, "SN-ALPHA1", WORLD_NOW + SECOND, "accept D2");
  make (&world, "rita", "csr");
  replay (&world.north);
  expect_failed (&world.north, 0, "SN-ALPHA1", "the role csr may not receive boxes");
  world_sign_in (world.north.desk, "sue");
  offline_expect (&world.north, "SN-ALPHA1", WORLD_NOW + 2 * SECOND, "accept D2");
  offline_tear_down (&world);
}

/* Whoever is at the desk: the boxes are theirs who scanned them, and nobody gains a right. */
static void
test_another_is_there (void)
{
  OfflineWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *act = NULL;

  set_up (&world);
  world_sign_in (world.north.desk, "sue");
  offline_expect (&world.north, "SN-ALPHA1", WORLD_NOW + SECOND, "accept D2");
  world_sign_in (world.north.desk, "tim");
  /* rules of another version are read in the middle of it */
  make (&world, "rita", "supervisor");
  replay (&world.north);
  g_assert_cmpuint (bh_offline_changes (world.north.offline)->len, ==, 0);
  g_assert_cmpint (received_by (world.north.desk, "sue"), ==, 1);
  g_assert_cmpstr (bh_desk_operator (world.north.desk), ==, "tim");
  g_assert_cmpint (bh_desk_role (world.north.desk), ==, BH_ROLE_TECHNICIAN);
  g_assert_false (bh_desk_require (world.north.desk, BH_MAY_RECEIVE, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_true (bh_desk_require (world.north.desk, BH_MAY_READ, &error));
  g_assert_cmpint (bh_desk_role (world.north.desk), ==, BH_ROLE_TECHNICIAN);
  offline_tear_down (&world);
}

/* Of a box that went on scan by scan the last word is told, not each. */
static void
test_once_a_box (void)
{
  static const char *const scans[] = { "R0000000001", "R0000000001 | SN-ALPHA1" };
  OfflineWorld world = { 0 };

  set_up (&world);
  world_sign_in (world.north.desk, "rita");
  for (guint i = 0; i < G_N_ELEMENTS (scans); i++) {
    const BhReceiveOptions options = { .box = "box-1" };
    g_autoptr (GError) error = NULL;
    g_autoptr (BhBox) box = offline_box (scans[i], WORLD_NOW);
    g_autofree char *act = g_uuid_string_random ();
    g_autoptr (GPtrArray) outcomes = bh_offline_receive (world.north.offline, world.north.desk, act,
                                                         box, &options, WORLD_NOW + i, &error);

    g_assert_no_error (error);
  }
  disable (&world, "rita");
  replay (&world.north);
  g_assert_cmpuint (bh_offline_changes (world.north.offline)->len, ==, 1);
  expect_failed (&world.north, 0, "SN-ALPHA1", "R0000000001, SN-ALPHA1.");
  offline_tear_down (&world);
}

/* An RMA that was cancelled meanwhile (D6): its unit is held and told, the next box is received. */
static void
test_cancelled (void)
{
  OfflineWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *act = NULL;
  const BhReplayed *change;

  set_up (&world);
  world_sign_in (world.north.desk, "rita");
  offline_expect (&world.north, "R0000000002 | SN-BRAVO1", WORLD_NOW + SECOND, "accept D1");
  offline_expect (&world.north, "SN-ALPHA1", WORLD_NOW + 2 * SECOND, "accept D2");
  world_sign_in (world.south.desk, "sue");
  {
    const BhWhen when = world_when (&act);

    bh_desk_cancel (world.south.desk, &when, "R0000000002", 0, "sold", NULL, &error);
    g_assert_no_error (error);
  }
  replay (&world.north);
  g_assert_cmpuint (bh_offline_changes (world.north.offline)->len, ==, 1);
  change = g_ptr_array_index (bh_offline_changes (world.north.offline), 0);
  g_assert_cmpint (change->verdict, ==, BH_VERDICT_HOLD);
  g_assert_cmpstr (change->serial, ==, "SN-BRAVO1");
  g_assert_cmpint (received_by (world.north.desk, "rita"), ==, 1);
  offline_tear_down (&world);
}

/* ---- signing in while the store is away -------------------------------------------------- */

static void
expect_away (BhDesk *desk, const char *login, const char *pin, const char *words)
{
  g_autoptr (GError) error = NULL;
  gboolean in = bh_desk_sign_in_away (desk, login, pin, WORLD_NOW, &error);

  g_assert_true (in == !bh_desk_needs_pin (desk));
  if (words == NULL) {
    g_assert_no_error (error);
    g_assert_cmpstr (bh_desk_operator (desk), ==, login);
    return;
  }
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" is not in \"%s\"", words, error->message);
}

/* Who has signed in here may again, by their own PIN, with their own rights, and nobody else; not
 * who was disabled while the store was there. */
static void
test_sign_in_away (void)
{
  OfflineWorld world = { 0 };
  BhDesk *desk;

  set_up (&world);
  desk = world.north.desk;
  world_sign_in (world.north.desk, "rita");
  world_sign_in (world.north.desk, "tim");
  world_sign_in (world.north.desk, "sue");
  bh_desk_sign_out (desk);
  expect_away (desk, "rita", WORLD_PIN, NULL);
  g_assert_cmpint (bh_desk_role (desk), ==, BH_ROLE_RECEIVER);
  offline_expect (&world.north, "SN-ALPHA1", WORLD_NOW + SECOND, "accept D2");
  expect_away (desk, "tim", WORLD_PIN, NULL);
  g_assert_cmpint (bh_desk_role (desk), ==, BH_ROLE_TECHNICIAN);
  expect_away (desk, "adam", WORLD_PIN, "not signed in at this window before");
  expect_away (desk, "nobody", WORLD_PIN, "not signed in at this window before");
  expect_away (desk, "rita", "000000", "wrong PIN");
  /* it is there for a moment, and it is looked who may */
  disable (&world, "tim");
  make (&world, "sue", "receiver");
  world_sign_in (world.north.desk, "rita");
  expect_away (desk, "tim", WORLD_PIN, "not signed in at this window before");
  expect_away (desk, "sue", WORLD_PIN, NULL);
  g_assert_cmpint (bh_desk_role (desk), ==, BH_ROLE_RECEIVER);
  replay (&world.north);
  g_assert_cmpint (received_by (world.north.desk, "rita"), ==, 1);
  offline_tear_down (&world);
}

/* Wrong PINs are limited without the store, too: of a person, and of all at the station. */
static void
test_tries_away (void)
{
  OfflineWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  BhDesk *desk;

  set_up (&world);
  desk = world.north.desk;
  world_sign_in (world.north.desk, "rita");
  world_sign_in (world.north.desk, "sue");
  for (int i = 0; i < 5; i++)
    expect_away (desk, "rita", "000000", "wrong PIN");
  expect_away (desk, "rita", WORLD_PIN, "too many");
  expect_away (desk, "sue", WORLD_PIN, NULL);
  for (int i = 0; i < 15; i++)
    expect_away (desk, "nobody", WORLD_PIN, "wrong PIN");
  expect_away (desk, "sue", WORLD_PIN, "too many");
  /* later */
  g_assert_true (bh_desk_sign_in_away (desk, "rita", WORLD_PIN, WORLD_NOW + 301 * SECOND, &error));
  g_assert_no_error (error);
  offline_tear_down (&world);
}

/* The badge that was shown here while the store was there, as long as it is theirs. */
static void
test_badge_away (void)
{
  OfflineWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *badge = bh_badge_new (&error);
  g_autofree char *other = bh_badge_new (&error);
  g_autofree char *act = NULL;
  BhWhen when = world_when (&act);
  BhDesk *desk;

  set_up (&world);
  desk = world.north.desk;
  g_assert_true (bh_desk_set_badge (world.south.desk, &when, "rita", badge, &error));
  world_sign_in (world.north.desk, "rita");
  g_assert_false (bh_desk_sign_in_badge_away (desk, badge, WORLD_NOW, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_true (bh_desk_sign_in_badge (desk, badge, WORLD_NOW, &error));
  world_sign_in (world.north.desk, "sue");
  g_assert_true (bh_desk_sign_in_badge_away (desk, badge, WORLD_NOW, &error));
  g_assert_cmpstr (bh_desk_operator (desk), ==, "rita");
  when = world_when (&act);
  g_assert_true (bh_desk_set_badge (world.south.desk, &when, "rita", other, &error));
  world_sign_in (world.north.desk, "sue");
  g_assert_false (bh_desk_sign_in_badge_away (desk, badge, WORLD_NOW, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_assert_null (strstr (error->message, badge));
  g_assert_true (bh_desk_needs_pin (desk));
  expect_away (desk, "rita", WORLD_PIN, NULL);
  offline_tear_down (&world);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    GTestFunc run;
  } tests[] = {
    { "V9/disabled-meanwhile", test_disabled },
    { "V9/comes-again", test_comes_again },
    { "V9/another-is-there", test_another_is_there },
    { "D15/told-once-a-box", test_once_a_box },
    { "D6/cancelled-meanwhile", test_cancelled },
    { "V9/sign-in-away", test_sign_in_away },
    { "V9/tries-away", test_tries_away },
    { "V9/badge-away", test_badge_away },
  };

  g_test_init (&argc, &argv, NULL);
  engine_now = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/desk/%s/offline/%s", engine_now, tests[i].path);

    g_test_add_func (path, tests[i].run);
  }
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dock that is begun while its store is away, by what the station remembers (decision 0067; D15,
 * RULES §2). */
#include "offline-world.h"

#include <glib/gstdio.h>
#include <string.h>

#include "backhaul/badge.h"
#include "backhaul/clocks.h"
#include "backhaul/link.h"
#include "backhaul/operators.h"

#define HOUR   G_TIME_SPAN_HOUR
#define NOBODY "postgresql://bh@127.0.0.1:1/backhaul?connect_timeout=1"

static const char *engine_now;

/* At the north station were rita and sue, tim never. */
static void
set_up (OfflineWorld *world)
{
  offline_set_up (world, engine_now);
  world_enrol (world->south.desk, "adam", "administrator");
  world_sign_in (world->south.desk, "adam");
  world_enrol (world->south.desk, "rita", "receiver");
  world_enrol (world->south.desk, "sue", "supervisor");
  world_enrol (world->south.desk, "tim", "receiver");
  world_sign_in (world->north.desk, "rita");
  world_sign_in (world->north.desk, "sue");
  offline_refresh (&world->north, -1);
}

static BhDesk *
open_at (OfflineStation *station, const char *uri, gint64 now_us, GError **error)
{
  g_autoptr (BhStationMemory) memory = bh_offline_memory (station->offline);

  return bh_desk_open_away (uri, memory, "north", "dock-1", now_us, error);
}

/* As a window that is started again. */
static BhDesk *
begin (OfflineStation *station, const char *uri)
{
  g_autoptr (GError) error = NULL;
  BhDesk *desk;

  bh_offline_close (station->offline);
  offline_open_journal (station);
  desk = open_at (station, uri, WORLD_NOW + HOUR, &error);
  g_assert_no_error (error);
  g_assert_true (bh_desk_is_away (desk));
  bh_store_set_patience (bh_desk_store (desk), 0);
  return desk;
}

static void
expect_waits (OfflineStation *station, gint64 now_us, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhDesk) desk = NULL;

  bh_offline_close (station->offline);
  offline_open_journal (station);
  desk = open_at (station, NOBODY, now_us, &error);
  g_assert_error (error, BH_ERROR, BH_ERROR_LOST);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" is not in \"%s\"", words, error->message);
}

static void
expect_away (BhDesk *desk, const char *login, const char *pin, const char *why)
{
  g_autoptr (GError) error = NULL;
  gboolean in = bh_desk_sign_in_away (desk, login, pin, WORLD_NOW + HOUR, &error);

  g_assert_true (in == (why == NULL));
  g_assert_true (bh_desk_needs_pin (desk) == (why != NULL));
  if (why == NULL)
    return;
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_assert_nonnull (strstr (error->message, why));
}

/* ---- who may ---------------------------------------------------------------------------- */

static void
test_people (void)
{
  OfflineWorld world = { 0 };
  g_autoptr (BhDesk) desk = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autoptr (BhBox) box = NULL;
  g_autoptr (GError) error = NULL;

  set_up (&world);
  desk = begin (&world.north, NOBODY);
  g_assert_true (bh_desk_needs_pin (desk));
  box = offline_box ("R0000000001 | SN-ALPHA1", WORLD_NOW + HOUR);
  g_assert_null (
      bh_offline_receive (world.north.offline, desk, "act", box, NULL, WORLD_NOW + HOUR, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  expect_away (desk, "tim", WORLD_PIN, "has not signed in at this");
  expect_away (desk, "rita", "0000", "wrong PIN");
  expect_away (desk, "rita", WORLD_PIN, NULL);
  g_assert_cmpint (bh_desk_role (desk), ==, BH_ROLE_RECEIVER);
  outcomes =
      bh_offline_receive (world.north.offline, desk, "act", box, NULL, WORLD_NOW + HOUR, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bh_offline_unsent (world.north.offline), ==, 1);
  /* what needs the store says that it is lost, and does not end anything */
  g_assert_false (bh_desk_require (desk, BH_MAY_READ, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_LOST);
  g_assert_true (bh_desk_is_away (desk));
  offline_replay (&world.north);
  g_assert_cmpint (world_count (world.north.desk, "SELECT count(*) FROM receipt WHERE operator ="
                                                  " 'rita' AND verdict = 'accept'"),
                   ==, 1);
  offline_tear_down (&world);
}

/* Wrong PINs count on in the next run, also of who guesses once a run. */
static void
test_tries (void)
{
  OfflineWorld world = { 0 };
  g_autoptr (GError) error = NULL;

  set_up (&world);
  for (int i = 0; i < 5; i++) {
    g_autoptr (BhDesk) desk = begin (&world.north, NOBODY);

    expect_away (desk, "sue", "0000", "wrong PIN");
    g_assert_true (bh_offline_remember_tries (world.north.offline, desk, &error));
    g_assert_no_error (error);
  }
  {
    g_autoptr (BhDesk) desk = begin (&world.north, NOBODY);

    expect_away (desk, "sue", WORLD_PIN, "too many wrong ones");
    expect_away (desk, "rita", WORLD_PIN, NULL);
  }
  offline_tear_down (&world);
}

/* And so do those of all together, whoever they pretend to be. */
static void
test_tries_of_all (void)
{
  OfflineWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhDesk) desk = NULL;

  set_up (&world);
  for (int run = 0; run < 2; run++) {
    g_autoptr (BhDesk) guess = begin (&world.north, NOBODY);

    for (int i = 0; i < 10; i++)
      expect_away (guess, "tim", WORLD_PIN, "has not signed in at this");
    g_assert_true (bh_offline_remember_tries (world.north.offline, guess, &error));
  }
  desk = begin (&world.north, NOBODY);
  expect_away (desk, "rita", WORLD_PIN, "too many wrong ones");
  offline_tear_down (&world);
}

/* The station hears of it with its next copy. */
static void
test_disabled (void)
{
  OfflineWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *act = NULL;
  const BhWhen when = world_when (&act);
  g_autoptr (BhDesk) desk = NULL;

  set_up (&world);
  bh_desk_disable_operator (world.south.desk, &when, "rita", TRUE, &error);
  g_assert_no_error (error);
  offline_refresh (&world.north, -1);
  desk = begin (&world.north, NOBODY);
  expect_away (desk, "rita", WORLD_PIN, "has not signed in at this");
  expect_away (desk, "sue", WORLD_PIN, NULL);
  offline_tear_down (&world);
}

/* A program that was started anew while the store was there has met nobody yet. */
static void
test_next_day (void)
{
  OfflineWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhDesk) desk = NULL;

  set_up (&world);
  bh_desk_close (world.north.desk);
  world.north.desk =
      bh_desk_open (test_wrap_uri (world.wrap), BH_STORE_OPEN, NULL, "north", "dock-1", &error);
  g_assert_no_error (error);
  world_sign_in (world.north.desk, "sue");
  offline_refresh (&world.north, -1);
  expect_away (world.north.desk, "rita", WORLD_PIN, NULL);
  desk = begin (&world.north, NOBODY);
  expect_away (desk, "rita", WORLD_PIN, NULL);
  offline_tear_down (&world);
}

/* The badge that was shown at the station before signs in, too. */
static void
test_badge (void)
{
  OfflineWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *badge = bh_badge_new (&error);
  g_autofree char *other = bh_badge_new (&error);
  g_autofree char *act = NULL;
  const BhWhen when = world_when (&act);
  g_autoptr (BhDesk) desk = NULL;

  set_up (&world);
  bh_desk_set_badge (world.south.desk, &when, "rita", badge, &error);
  g_assert_no_error (error);
  g_assert_true (bh_desk_sign_in_badge (world.north.desk, badge, WORLD_NOW, &error));
  offline_refresh (&world.north, -1);
  desk = begin (&world.north, NOBODY);
  g_assert_false (bh_desk_sign_in_badge_away (desk, other, WORLD_NOW + HOUR, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_true (bh_desk_sign_in_badge_away (desk, badge, WORLD_NOW + HOUR, &error));
  g_assert_cmpstr (bh_desk_operator (desk), ==, "rita");
  offline_tear_down (&world);
}

/* Nobody has a PIN: who was there last. */
static void
test_open_desk (void)
{
  OfflineWorld world = { 0 };
  g_autoptr (BhDesk) desk = NULL;
  g_autofree char *said = NULL;

  offline_set_up (&world, engine_now);
  desk = begin (&world.north, NOBODY);
  g_assert_false (bh_desk_needs_pin (desk));
  g_assert_cmpstr (bh_desk_operator (desk), ==, bh_desk_operator (world.north.desk));
  g_assert_cmpint (bh_desk_role (desk), ==, bh_desk_role (world.north.desk));
  g_assert_true (bh_desk_unenrolled (desk) == bh_desk_unenrolled (world.north.desk));
  bh_desk_close (g_steal_pointer (&world.north.desk));
  world.north.desk = g_steal_pointer (&desk);
  offline_expect (&world.north, "SN-BRAVO1", WORLD_NOW + HOUR, "accept D2");
  offline_tear_down (&world);
}

/* ---- what is no use ----------------------------------------------------------------------- */

static void
flip (OfflineStation *station, const char *name, gsize from_end)
{
  g_autofree char *path = offline_file (station, name);
  g_autofree char *data = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  data[size - 1 - from_end] ^= 1;
  g_assert_true (
      g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
test_no_use (void)
{
  OfflineWorld world = { 0 };
  g_autofree char *copy = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *memory = NULL;
  g_autofree char *data = NULL;
  gsize size = 0;

  set_up (&world);
  expect_waits (&world.north, WORLD_NOW + 73 * HOUR, "may be 72 hours old");
  expect_waits (&world.north, WORLD_NOW - 73 * HOUR, "may be 72 hours old");
  flip (&world.north, "awaited", 30);
  expect_waits (&world.north, WORLD_NOW, "copy of the awaited units is damaged");
  flip (&world.north, "awaited", 30);
  flip (&world.north, "station", 0);
  expect_waits (&world.north, WORLD_NOW, "the file was altered");
  flip (&world.north, "station", 0);
  flip (&world.north, "journal.key", 0);
  expect_waits (&world.north, WORLD_NOW, "the station's key is another one");
  flip (&world.north, "journal.key", 0);
  /* the copy of a day when the store had no history, as that of another store */
  copy = offline_file (&world.north, "awaited");
  theirs = offline_file (&world.south, "awaited");
  g_assert_true (g_file_get_contents (theirs, &data, &size, NULL));
  g_assert_true (g_file_set_contents (copy, data, (gssize) size, NULL));
  expect_waits (&world.north, WORLD_NOW, "is another store's");
  g_assert_true (g_file_set_contents (copy, data, 40, NULL));
  expect_waits (&world.north, WORLD_NOW, "damaged");
  g_assert_cmpint (g_unlink (copy), ==, 0);
  expect_waits (&world.north, WORLD_NOW, "no copy of the awaited units");
  memory = offline_file (&world.north, "station");
  g_assert_cmpint (g_unlink (memory), ==, 0);
  expect_waits (&world.north, WORLD_NOW, "nobody has worked at this station");
  offline_tear_down (&world);
}

static void
test_policy (void)
{
  OfflineWorld world = { 0 };
  g_autoptr (GError) error = NULL;

  set_up (&world);
  world_sign_in (world.south.desk, "sue");
  bh_desk_set_policy (world.south.desk, "dock.offline-start-hours", "0", WORLD_NOW, NULL, &error);
  g_assert_no_error (error);
  offline_refresh (&world.north, -1);
  expect_waits (&world.north, WORLD_NOW, "the site's policy has docks wait");
  offline_tear_down (&world);
}

/* ---- another store ------------------------------------------------------------------------ */

/* The journal waits for its own store; a station without one takes the other as its own. */
static void
test_another_store (void)
{
  OfflineWorld world = { 0 };
  OfflineWorld other = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhDesk) desk = NULL;

  set_up (&world);
  offline_set_up (&other, engine_now);
  world_enrol (other.north.desk, "eve", "administrator");
  world_sign_in (other.north.desk, "eve");
  world_sign_in (other.south.desk, "eve");
  offline_expect (&world.north, "SN-BRAVO1", WORLD_NOW + SECOND, "accept D2");
  g_assert_false (bh_offline_replay (world.north.offline, other.north.desk, NULL, NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_NOT_OURS);
  g_clear_error (&error);
  g_assert_false (
      bh_offline_refresh (world.north.offline, other.north.desk, WORLD_NOW, NULL, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_NOT_OURS);
  g_clear_error (&error);
  g_assert_cmpuint (bh_offline_unsent (world.north.offline), ==, 1);
  g_assert_cmpint (world_count (other.north.desk, "SELECT count(*) FROM receipt"), ==, 0);
  desk = begin (&world.north, NOBODY);
  expect_away (desk, "eve", WORLD_PIN, "has not signed in at this");
  expect_away (desk, "rita", WORLD_PIN, NULL);
  offline_replay (&world.north);
  bh_offline_refresh (world.north.offline, other.north.desk, WORLD_NOW, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&desk, bh_desk_close);
  desk = begin (&world.north, NOBODY);
  expect_away (desk, "rita", WORLD_PIN, "has not signed in at this");
  expect_away (desk, "eve", WORLD_PIN, NULL);
  offline_tear_down (&other);
  offline_tear_down (&world);
}

/* A server that is there after all: the desk is as any other from then on, of who sits at it. */
static void
test_meets (void)
{
  OfflineWorld world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhDesk) desk = NULL;

  set_up (&world);
  desk = begin (&world.north, test_wrap_uri (world.wrap));
  expect_away (desk, "rita", WORLD_PIN, NULL);
  bh_desk_require (desk, BH_MAY_READ, &error);
  g_assert_no_error (error);
  g_assert_false (bh_desk_is_away (desk));
  g_assert_cmpstr (bh_desk_operator (desk), ==, "rita");
  offline_tear_down (&world);
}

/* Whom it was meant for is another database there: nothing is asked of it. */
static void
test_meets_another (void)
{
  OfflineWorld world = { 0 };
  OfflineWorld other = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BhDesk) desk = NULL;

  set_up (&world);
  offline_set_up (&other, engine_now);
  world_enrol (other.north.desk, "rita", "administrator");
  world_sign_in (other.south.desk, "rita");
  desk = begin (&world.north, test_wrap_uri (other.wrap));
  expect_away (desk, "rita", WORLD_PIN, NULL);
  g_assert_false (bh_desk_require (desk, BH_MAY_READ, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_LOST);
  g_assert_nonnull (strstr (error->message, "another store answers there"));
  g_assert_cmpint (bh_desk_role (desk), ==, BH_ROLE_RECEIVER);
  offline_tear_down (&other);
  offline_tear_down (&world);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    GTestFunc run;
    gboolean server; /* that may be lost */
  } tests[] = {
    { "V9/people", test_people, FALSE },
    { "V9/tries", test_tries, FALSE },
    { "V9/tries-of-all", test_tries_of_all, FALSE },
    { "V9/disabled", test_disabled, FALSE },
    { "V9/next-day", test_next_day, FALSE },
    { "V9/badge", test_badge, FALSE },
    { "D15/open-desk", test_open_desk, FALSE },
    { "D15/no-use", test_no_use, FALSE },
    { "D15/policy", test_policy, FALSE },
    { "D15/another-store", test_another_store, FALSE },
    { "D15/meets", test_meets, TRUE },
    { "D15/meets-another", test_meets_another, TRUE },
  };

  g_test_init (&argc, &argv, NULL);
  engine_now = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path =
        g_strdup_printf ("/desk/%s/offline-start/%s", engine_now, tests[i].path);

    if (!tests[i].server || g_str_equal (engine_now, "postgresql"))
      g_test_add_func (path, tests[i].run);
  }
  return g_test_run ();
}

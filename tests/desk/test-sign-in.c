/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is at the desk: PINs, badges, and rights that change while somebody is at it (RULES §2). */
#include "backhaul/operators.h"

#include <string.h>

#include "backhaul/badge.h"
#include "world.h"
#include "wrap.h"

#define DONE -1

typedef struct {
  TestWrap *wrap;
  BhDesk *admin; /* adam's */
  BhDesk *dock;  /* rita's */
} World;

static BhDesk *
open_at (World *world, const char *login, const char *station)
{
  g_autoptr (GError) error = NULL;
  BhDesk *desk =
      bh_desk_open (test_wrap_uri (world->wrap), BH_STORE_MIGRATE, login, "north", station, &error);

  g_assert_no_error (error);
  return desk;
}

static void
set_up (World *world, gconstpointer data)
{
  world->wrap = test_wrap_new (test_wrap_engine_from_env ());
  world->admin = open_at (world, "adam", "office");
  world_fill (world->admin);
  world_enrol (world->admin, "adam", "administrator");
  world_sign_in (world->admin, "adam");
  world_enrol (world->admin, "rita", "receiver");
  world_enrol (world->admin, "sue", "supervisor");
  world->dock = open_at (world, "rita", "dock-1");
  world_sign_in (world->dock, "rita");
}

static void
tear_down (World *world, gconstpointer data)
{
  bh_desk_close (world->dock);
  bh_desk_close (world->admin);
  test_wrap_free (world->wrap);
}

/* A new badge of @login. */
static char *
badge_of (World *world, const char *login)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *act = NULL;
  const BhWhen when = world_when (&act);
  char *badge = bh_badge_new (&error);

  g_assert_no_error (error);
  bh_desk_set_badge (world->admin, &when, login, badge, &error);
  g_assert_no_error (error);
  return badge;
}

/* Nobody is at the desk after it, and @words say why. */
static void
refused (BhDesk *desk, const char *badge, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (bh_desk_sign_in_badge (desk, badge, WORLD_NOW, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" is not in \"%s\"", words, error->message);
  g_assert_null (strstr (error->message, badge));
  g_assert_true (bh_desk_needs_pin (desk));
}

static void
taken (BhDesk *desk, const char *badge, const char *login)
{
  g_autoptr (GError) error = NULL;

  bh_desk_sign_in_badge (desk, badge, WORLD_NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bh_desk_operator (desk), ==, login);
  g_assert_false (bh_desk_needs_pin (desk));
}

/* ---- badges -------------------------------------------------------------------- */

static void
test_badge (World *world, gconstpointer data)
{
  g_autofree char *badge = badge_of (world, "sue");
  g_autofree char *small = g_ascii_strdown (badge, -1);
  g_autofree char *outcome = NULL;

  g_assert_true (bh_badge_is (badge, strlen (badge)));
  g_assert_null (strstr (badge, "sue"));
  taken (world->dock, badge, "sue");
  g_assert_cmpint (bh_desk_role (world->dock), ==, BH_ROLE_SUPERVISOR);
  world_sign_in (world->dock, "rita");
  taken (world->dock, small, "sue");
  outcome = world_receive (world->dock, "3f0e2a1c-0000-4000-8000-000000000001", "SN-BRAVO1");
  g_assert_cmpstr (outcome, ==, "D2 accept");
  g_assert_cmpint (world_count (world->dock, "SELECT count(*) FROM receipt WHERE operator = 'sue'"),
                   ==, 1);
  g_assert_cmpint (world_count (world->dock, "SELECT count(*) FROM operator_seen WHERE"
                                             " login = 'sue' AND station = 'dock-1'"),
                   ==, 1);
}

static void
test_replaced (World *world, gconstpointer data)
{
  g_autofree char *first = badge_of (world, "sue");
  g_autofree char *second = badge_of (world, "sue");
  g_autofree char *act = NULL;
  g_autoptr (GError) error = NULL;
  const BhWhen when = world_when (&act);

  g_assert_cmpstr (first, !=, second);
  refused (world->dock, first, "replaced");
  taken (world->dock, second, "sue");
  bh_desk_set_badge (world->admin, &when, "sue", NULL, &error);
  g_assert_no_error (error);
  refused (world->dock, second, "replaced");
  /* one act, asked for again as its answer was lost */
  bh_desk_set_badge (world->admin, &when, "sue", NULL, &error);
  g_assert_no_error (error);
}

static void
test_none (World *world, gconstpointer data)
{
  static const char *const texts[] = { "BHOP!", "BHOP!sue", "BHOP!AAAAAAAAAAAAAAAAAAAA",
                                       "BHOP!' OR 1=1 --xxxxxxx", "sue" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    refused (world->dock, texts[i], "not known here");
}

static void
test_disabled (World *world, gconstpointer data)
{
  g_autofree char *badge = badge_of (world, "sue");
  g_autofree char *act = NULL;
  g_autoptr (GError) error = NULL;
  const BhWhen when = world_when (&act);
  const BhWhen again = { "7a0e2a1c-0000-4000-8000-000000000002", WORLD_NOW, FALSE };

  bh_desk_disable_operator (world->admin, &when, "sue", TRUE, &error);
  g_assert_no_error (error);
  refused (world->dock, badge, "sue: disabled");
  g_assert_cmpint (world_count (world->admin,
                                "SELECT count(*) FROM audit WHERE what = 'badge-refused' AND"
                                " entity = 'operator:sue' AND operator = 'sue' AND"
                                " station = 'dock-1'"),
                   ==, 1);
  g_assert_cmpint (world_count (world->admin, "SELECT wrong FROM sign_in_try WHERE"
                                              " station = 'dock-1' AND login = ' badge'"),
                   ==, 1);
  bh_desk_disable_operator (world->admin, &again, "sue", FALSE, &error);
  g_assert_no_error (error);
  taken (world->dock, badge, "sue");
}

/* Unknown ones at one station are bounded there, and keep nobody from a PIN or another station. */
static void
test_many (World *world, gconstpointer data)
{
  g_autofree char *badge = badge_of (world, "sue");
  BhDesk *other = open_at (world, "rita", "dock-2");
  const int most = bh_desk_policy (world->dock)->sign_in_station_tries;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 1000; i++)
    refused (world->dock, "BHOP!AAAAAAAAAAAAAAAAAAAA", i < most ? "not known here" : "wait until");
  refused (world->dock, badge, "too many unknown badges; wait until");
  world_sign_in (world->dock, "rita");
  taken (other, badge, "sue");
  /* and the wait ends */
  bh_desk_sign_in_badge (world->dock, badge, WORLD_NOW + G_TIME_SPAN_HOUR, &error);
  g_assert_no_error (error);
  bh_desk_close (other);
}

static void
test_who_gives (World *world, gconstpointer data)
{
  g_autofree char *badge = bh_badge_new (NULL);
  g_autofree char *act = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) ghost = NULL;
  g_autoptr (GError) login = NULL;
  const BhWhen when = world_when (&act);

  g_assert_false (bh_desk_set_badge (world->dock, &when, "rita", badge, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_assert_false (bh_desk_set_badge (world->admin, &when, "ghost", badge, &ghost));
  g_assert_error (ghost, BH_ERROR, BH_ERROR_NOT_FOUND);
  g_assert_false (bh_desk_set_badge (world->admin, &when, "rita", "rita", &login));
  g_assert_error (login, BH_ERROR, BH_ERROR_INPUT);
  refused (world->dock, badge, "not known here");
}

/* What was read of a badge stands nowhere in the store, whatever way it came. */
static void
test_nowhere (World *world, gconstpointer data)
{
  g_autofree char *badge = badge_of (world, "rita");
  g_autofree char *scans =
      g_strdup_printf ("SN-ALPHA1 | %s | typed:%s | R0000000001", badge, badge);
  g_autofree char *outcome = world_receive (world->dock, NULL, scans);
  g_autofree char *sql = g_strdup_printf (
      "SELECT (SELECT count(*) FROM box_scan WHERE upper(code) LIKE '%%%s%%') +"
      " (SELECT count(*) FROM audit WHERE coalesce(before, '') || coalesce(after, '') ||"
      " entity LIKE '%%%s%%') + (SELECT count(*) FROM operator_badge WHERE hash LIKE '%%%s%%')",
      badge + strlen (BH_BADGE_PREFIX), badge + strlen (BH_BADGE_PREFIX),
      badge + strlen (BH_BADGE_PREFIX));

  g_assert_cmpstr (outcome, ==, "D1 accept");
  g_assert_cmpint (world_count (world->dock, "SELECT count(*) FROM box_scan"), ==, 2);
  g_assert_cmpint (world_count (world->dock, sql), ==, 0);
}

/* ---- PINs ---------------------------------------------------------------------- */

static void
test_thousand (World *world, gconstpointer data)
{
  const BhPolicy *policy = bh_desk_policy (world->dock);

  for (int i = 0; i < 1000; i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (bh_desk_sign_in (world->dock, "rita", "000000", WORLD_NOW + i, &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
    g_assert_null (strstr (error->message, "000000"));
    g_assert_cmpint (strstr (error->message, "wait until") != NULL, ==, i >= policy->sign_in_tries);
  }
  /* the right one is not even looked at, and nobody else's is in the way */
  g_assert_false (bh_desk_sign_in (world->dock, "rita", WORLD_PIN, WORLD_NOW, NULL));
  g_assert_cmpint (world_count (world->admin,
                                "SELECT wrong FROM sign_in_try WHERE station = 'dock-1' AND"
                                " login = 'rita'"),
                   ==, policy->sign_in_tries);
  world_sign_in (world->dock, "sue");
}

/* ---- rights that change -------------------------------------------------------- */

/* The next act is refused, and says so; from then on it is the new role that is asked. */
static void
refused_once (BhDesk *desk, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autofree char *act = g_uuid_string_random ();

  outcomes = world_outcomes (desk, act, NULL, "SN-ALPHA1 | R0000000001", &error);
  g_assert_null (outcomes);
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" is not in \"%s\"", words, error->message);
  g_assert_cmpint (world_count (desk, "SELECT count(*) FROM receipt"), ==, 0);
}

static void
test_disabled_meanwhile (World *world, gconstpointer data)
{
  g_autofree char *act = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const BhWhen when = world_when (&act);

  bh_desk_disable_operator (world->admin, &when, "rita", TRUE, &error);
  g_assert_no_error (error);
  refused_once (world->dock, "rita: not signed in any more");
  refused_once (world->dock, "rita: not signed in");
  rows = bh_desk_operators (world->dock, &error);
  g_assert_null (rows);
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
}

/* What only looks is refused as well, without an act before it. */
static void
test_disabled_reader (World *world, gconstpointer data)
{
  g_autofree char *act = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const BhWhen when = world_when (&act);

  bh_desk_disable_operator (world->admin, &when, "rita", TRUE, &error);
  g_assert_no_error (error);
  rows = bh_desk_operators (world->dock, &error);
  g_assert_null (rows);
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_assert_true (bh_desk_needs_pin (world->dock));
}

static void
change (World *world, const char *login, const char *role, int code)
{
  const BhOperatorRow row = { .login = (char *) login,
                              .name = (char *) "Name",
                              .role = (char *) role };
  g_autofree char *act = NULL;
  g_autoptr (GError) error = NULL;
  const BhWhen when = world_when (&act);

  g_assert_cmpint (bh_desk_change_operator (world->admin, &when, &row, &error), ==, code == DONE);
  if (code == DONE)
    g_assert_no_error (error);
  else
    g_assert_error (error, BH_ERROR, code);
}

static void
test_role_meanwhile (World *world, gconstpointer data)
{
  g_autofree char *outcome = NULL;

  change (world, "rita", "technician", DONE);
  refused_once (world->dock, "rights were changed just now");
  refused_once (world->dock, "the role technician may not");
  change (world, "rita", "supervisor", DONE);
  /* told by the first that looks */
  g_assert_true (bh_desk_require (world->dock, BH_MAY_READ, NULL));
  g_assert_cmpint (bh_desk_role (world->dock), ==, BH_ROLE_SUPERVISOR);
  outcome = world_receive (world->dock, NULL, "SN-ALPHA1 | R0000000001");
  g_assert_cmpstr (outcome, ==, "D1 accept");
}

static void
test_change (World *world, gconstpointer data)
{
  g_autoptr (BhOperatorRow) row = NULL;
  g_autoptr (GError) error = NULL;

  change (world, "rita", "king", BH_ERROR_USAGE);
  change (world, "ghost", "csr", BH_ERROR_NOT_FOUND);
  change (world, "sue", "csr", DONE);
  /* nobody else could let others in */
  change (world, "adam", "csr", BH_ERROR_REFUSED);
  row = bh_desk_find_operator (world->admin, "sue", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (row->role, ==, "csr");
  g_assert_cmpstr (row->name, ==, "Name");
  g_assert_cmpstr (row->pin_hash, ==, "");
  g_assert_cmpint (world_count (world->admin, "SELECT count(*) FROM audit WHERE what = 'change'"
                                              " AND entity = 'operator:sue' AND before ="
                                              " 'sue, supervisor' AND after = 'Name, csr'"),
                   ==, 1);
}

/* A desk that was open before anybody had a PIN asks for one from then on. */
static void
test_first_pin (World *world, gconstpointer data)
{
  World fresh = { .wrap = test_wrap_new (test_wrap_engine_from_env ()) };
  BhDesk *early = open_at (&fresh, "root", "dock-1");
  BhDesk *office = open_at (&fresh, "boss", "office");

  world_fill (office);
  g_assert_false (bh_desk_needs_pin (early));
  world_enrol (office, "boss", "supervisor");
  refused_once (early, "root: not signed in any more");
  g_assert_true (bh_desk_has_pins (early));
  g_assert_false (bh_desk_require (early, BH_MAY_READ, NULL));
  world_sign_in (early, "boss");
  g_assert_true (bh_desk_require (early, BH_MAY_READ, NULL));
  bh_desk_close (early);
  bh_desk_close (office);
  test_wrap_free (fresh.wrap);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (World *world, gconstpointer data);
  } tests[] = {
    { "badge/signs-in", test_badge },
    { "badge/replaced", test_replaced },
    { "badge/none", test_none },
    { "badge/disabled", test_disabled },
    { "badge/many", test_many },
    { "badge/who-gives", test_who_gives },
    { "badge/stands-nowhere", test_nowhere },
    { "pin/a-thousand-wrong", test_thousand },
    { "rights/disabled-meanwhile", test_disabled_meanwhile },
    { "rights/disabled-reader", test_disabled_reader },
    { "rights/role-meanwhile", test_role_meanwhile },
    { "rights/change", test_change },
    { "rights/first-pin", test_first_pin },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path =
        g_strdup_printf ("/desk/%s/sign-in/V9/%s", test_wrap_engine_from_env (), tests[i].path);

    g_test_add (path, World, NULL, set_up, tests[i].test, tear_down);
  }
  return g_test_run ();
}

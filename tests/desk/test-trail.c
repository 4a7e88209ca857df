/* SPDX-License-Identifier: GPL-3.0-or-later */
/* F6 on both engines: the journal is read newest first, page by page, of everything, of a thing,
 * of a person, of some days and of one act. */
#include "backhaul/trail.h"

#include <string.h>

#include "audit-world.h"
#include "backhaul/clocks.h"
#include "backhaul/operators.h"

#define DAY       G_TIME_SPAN_DAY
#define PIN       "471100"
#define IN_A_PAGE 5
#define LINES     G_STRINGIFY (2001)
#define NO_CURSOR "bm90IGEgY3Vyc29y"

static BhTrail *
ask (BhDesk *desk, const BhTrailQuery *query)
{
  g_autoptr (GError) error = NULL;
  BhTrail *trail = bh_desk_trail (desk, query, &error);

  g_assert_no_error (error);
  return trail;
}

static BhTrail *
about (BhDesk *desk, const char *text)
{
  return ask (desk, &(BhTrailQuery){ .text = text, .from = BH_DAY_NONE, .to = BH_DAY_NONE });
}

static void
expect_rows (BhDesk *desk, const char *text, guint rows)
{
  g_autoptr (BhTrail) trail = about (desk, text);

  g_test_message ("%s", text);
  g_assert_cmpuint (trail->rows->len, ==, rows);
}

static void
set_policy (BhDesk *desk, const char *value, gint64 at_us)
{
  g_autoptr (GError) error = NULL;

  bh_desk_set_policy (desk, "chase.before-days", value, at_us, NULL, &error);
  g_assert_no_error (error);
}

static int
compare (const BhTrailRow *a, const BhTrailRow *b)
{
  if (a->at_us != b->at_us)
    return a->at_us < b->at_us ? -1 : 1;
  if (!g_str_equal (a->station, b->station))
    return strcmp (a->station, b->station);
  return a->seq < b->seq ? -1 : a->seq > b->seq;
}

/* All of it, page by page: every entry once, though many are of one instant. */
static void
test_pages (void)
{
  World world = { 0 };
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_trail_free);
  BhTrailQuery query = { .from = BH_DAY_NONE, .to = BH_DAY_NONE, .limit = IN_A_PAGE };
  const BhTrailRow *last = NULL;
  guint n = 0;

  audit_world_set_up (&world);
  do {
    BhTrail *trail = ask (world.south, &query);

    g_ptr_array_add (all, trail);
    for (guint i = 0; i < trail->rows->len; i++, n++) {
      const BhTrailRow *row = g_ptr_array_index (trail->rows, i);

      g_assert_true (last == NULL || compare (last, row) > 0);
      last = row;
    }
    query.after = trail->next;
    g_assert_true (trail->next == NULL || trail->rows->len == IN_A_PAGE);
  } while (query.after != NULL);
  g_assert_cmpint (n, ==, world_count (world.south, "SELECT count(*) FROM audit"));
  g_assert_cmpuint (all->len, >, 3);
  audit_world_close (&world);
}

/* A receipt is found by all that it belongs to, however that is typed, and says what it is of. */
static void
test_of_a_thing (void)
{
  static const char *const ways[] = {
    "R0000000001",        "r-0000 000001",        "SN-ALPHA1", " sn-alpha1 ",
    "2026-1101-000001",   "20261101000001#",      "A1",        "a1",
    "1Z999AA10123456784", "1z 999 AA1 0123456784"
  };
  World world = { 0 };
  g_autofree char *told = NULL;
  g_autofree char *other = NULL;
  g_autofree char *id = NULL;

  audit_world_open (&world);
  told = world_receive (world.north, NULL, "1Z999AA10123456784 | R0000000001 | SN-ALPHA1");
  other = world_receive (world.north, NULL, "SN-NOWHERE");
  g_assert_cmpstr (told, ==, "D1 accept");
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autoptr (BhTrail) trail = about (world.south, ways[i]);
    const BhTrailRow *row;

    g_test_message ("%s", ways[i]);
    g_assert_cmpuint (trail->rows->len, ==, 1);
    row = g_ptr_array_index (trail->rows, 0);
    g_assert_cmpstr (row->what, ==, "receive");
    g_assert_cmpstr (row->rmas, ==, "R0000000001");
    g_assert_cmpstr (row->serial, ==, "SN-ALPHA1");
    g_assert_cmpstr (row->dock, ==, "north");
    g_assert_cmpstr (row->station, ==, NORTH);
    g_assert_cmpstr (row->operator, ==, "tess");
    g_assert_nonnull (strstr (row->after, "D1"));
    g_free (id);
    id = g_strdup (row->entity);
  }
  expect_rows (world.south, id, 1);
  expect_rows (world.south, id + strlen ("receipt:"), 1);
  expect_rows (world.south, "SN-BRAVO1", 0);
  expect_rows (world.south, "R0000000002", 0);
  expect_rows (world.south, "R00000000", 0);
  expect_rows (world.south, "' OR '1'='1", 0);
  audit_world_close (&world);
}

/* What a person did and what was done to them, by login or name; who is enrolled no more, too. */
static void
test_of_a_person (void)
{
  static const char *const ways[] = { "tess", "TESS", "Tess Tester", "tess tester" };
  const BhOperatorRow row = { .login = (char *) "tess",
                              .name = (char *) "Tess Tester",
                              .role = (char *) "supervisor" };
  const BhWhen when = { .act = "enrols", .at_us = WORLD_NOW };
  World world = { 0 };
  g_autoptr (GError) error = NULL;
  BhDesk *ghost;

  audit_world_open (&world);
  ghost = bh_desk_open (test_wrap_uri (world.wrap), BH_STORE_MIGRATE, "ghost", "north", "attic",
                        &error);
  g_assert_no_error (error);
  audit_world_act (ghost, 1);
  bh_desk_close (ghost);
  audit_world_act (world.south, 2);
  bh_desk_add_operator (world.north, &when, &row, PIN, &error);
  g_assert_no_error (error);
  bh_desk_sign_in (world.south, "tess", PIN, WORLD_NOW, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autoptr (BhTrail) trail = about (world.south, ways[i]);
    guint enrolled = 0;

    g_test_message ("%s", ways[i]);
    /* her two boxes, and her own enrolment, once, though it is hers and about her */
    g_assert_cmpuint (trail->rows->len, ==, 3);
    for (guint n = 0; n < trail->rows->len; n++) {
      const BhTrailRow *found = g_ptr_array_index (trail->rows, n);

      g_assert_cmpstr (found->name, ==, "Tess Tester");
      enrolled += g_str_equal (found->entity, "operator:tess");
    }
    g_assert_cmpuint (enrolled, ==, 1);
  }
  expect_rows (world.south, "ghost", 1);
  expect_rows (world.south, "nobody", 0);
  audit_world_close (&world);
}

/* Days are the station's own, both ends counted; a setting is found by its key. */
static void
test_days (void)
{
  World world = { 0 };
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  BhDay today = bh_day_of (WORLD_NOW, here);
  gint64 noon = bh_day_start_us (today, here) + DAY / 2;
  const struct {
    BhDay from;
    BhDay to;
    guint rows;
  } ways[] = { { BH_DAY_NONE, BH_DAY_NONE, 3 },
               { today, today, 1 },
               { today, BH_DAY_NONE, 2 },
               { BH_DAY_NONE, today, 2 },
               { today - 9, today - 3, 0 } };
  g_autoptr (GError) error = NULL;

  audit_world_open (&world);
  set_policy (world.north, "4", noon - DAY);
  set_policy (world.north, "5", noon);
  set_policy (world.north, "6", noon + DAY);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autoptr (BhTrail) trail = ask (
        world.south,
        &(BhTrailQuery){ .text = "chase.before-days", .from = ways[i].from, .to = ways[i].to });
    g_autoptr (BhTrail) all =
        ask (world.south, &(BhTrailQuery){ .from = ways[i].from, .to = ways[i].to });

    g_assert_cmpuint (trail->rows->len, ==, ways[i].rows);
    g_assert_cmpuint (all->rows->len, ==, ways[i].rows);
    if (i == 1) {
      const BhTrailRow *row = g_ptr_array_index (trail->rows, 0);

      g_assert_cmpstr (row->before, ==, "4");
      g_assert_cmpstr (row->after, ==, "5");
    }
  }
  g_assert_null (
      bh_desk_trail (world.south, &(BhTrailQuery){ .from = today, .to = today - 1 }, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  audit_world_close (&world);
}

static void
test_one_act (void)
{
  World world = { 0 };
  BhTrailQuery query = { .what = "policy", .from = BH_DAY_NONE, .to = BH_DAY_NONE };
  g_autoptr (BhTrail) trail = NULL;
  g_autoptr (BhTrail) hers = NULL;

  audit_world_open (&world);
  audit_world_act (world.north, 3);
  set_policy (world.north, "4", WORLD_NOW);
  trail = ask (world.south, &query);
  g_assert_cmpuint (trail->rows->len, ==, 1);
  query.text = "tess";
  hers = ask (world.south, &query);
  g_assert_cmpuint (hers->rows->len, ==, 1);
  audit_world_close (&world);
}

/* An account with more lines than are looked through says so. */
static void
test_large_account (void)
{
  World world = { 0 };
  g_autoptr (BhTrail) small = NULL;
  g_autoptr (BhTrail) large = NULL;

  audit_world_open (&world);
  small = about (world.south, "A1");
  g_assert_false (small->partial);
  audit_world_run (world.north,
                   "INSERT INTO rma_line (rma_id, line, serial, state, awaited, rma, status,"
                   " account, account_name, created_us)"
                   " SELECT 1, 100 + n, 'SN-MANY' || n, 'closed', 0, 'R0000000001', 'closed', 'A1',"
                   " 'Acme', 1 FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1"
                   " FROM c WHERE n < " LINES ") SELECT n FROM c) AS many");
  large = about (world.south, "a1");
  g_assert_true (large->partial);
  audit_world_close (&world);
}

static void
test_refused (void)
{
  const BhOperatorRow row = { .login = (char *) "tess",
                              .name = (char *) "Tess",
                              .role = (char *) "administrator" };
  const BhWhen when = { .act = "enrols", .at_us = WORLD_NOW };
  World world = { 0 };
  BhTrailQuery query = { .after = NO_CURSOR, .from = BH_DAY_NONE, .to = BH_DAY_NONE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) why = NULL;
  BhDesk *nobody;

  audit_world_open (&world);
  g_assert_null (bh_desk_trail (world.south, &query, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
  /* once people have PINs, nobody reads who has not signed in */
  bh_desk_add_operator (world.north, &when, &row, PIN, &why);
  g_assert_no_error (why);
  nobody = audit_world_desk (&world, "attic");
  query.after = NULL;
  g_assert_null (bh_desk_trail (nobody, &query, &why));
  g_assert_error (why, BH_ERROR, BH_ERROR_FORBIDDEN);
  bh_desk_close (nobody);
  audit_world_close (&world);
}

/* Who changed it last; of what nobody has touched, nobody. */
static void
test_last_act (void)
{
  World world = { 0 };
  g_autoptr (BhTrailRow) none = NULL;
  g_autoptr (BhTrailRow) last = NULL;
  g_autoptr (GError) error = NULL;

  audit_world_open (&world);
  set_policy (world.north, "4", WORLD_NOW - DAY);
  set_policy (world.north, "6", WORLD_NOW + DAY);
  set_policy (world.north, "5", WORLD_NOW);
  g_assert_true (bh_desk_last_act (world.south, "policy:chase.before-days", &last, &error));
  g_assert_no_error (error);
  g_assert_cmpint (last->at_us, ==, WORLD_NOW + DAY);
  g_assert_cmpstr (last->after, ==, "6");
  g_assert_true (bh_desk_last_act (world.south, "policy:chase.before", &none, &error));
  g_assert_null (none);
  audit_world_close (&world);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    GTestFunc run;
  } stories[] = {
    { "page-by-page", test_pages },      { "of-a-thing", test_of_a_thing },
    { "of-a-person", test_of_a_person }, { "days", test_days },
    { "one-act", test_one_act },         { "large-account", test_large_account },
    { "refused", test_refused },         { "last-act", test_last_act },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *path =
        g_strdup_printf ("/desk/%s/F6/trail/%s", test_wrap_engine_from_env (), stories[i].path);

    g_test_add_func (path, stories[i].run);
  }
  return g_test_run ();
}

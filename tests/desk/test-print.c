/* SPDX-License-Identifier: GPL-3.0-or-later */
/* L1, L3: labels that are asked for come once, and then as copies; on both engines. */
#include "backhaul/audit.h"
#include "backhaul/print.h"
#include "world.h"
#include "wrap.h"

typedef struct {
  TestWrap *wrap;
  BhDesk *desk;
} World;

static const char *engine_now;

static BhDesk *
desk_of (World *world, const char *login, const char *station)
{
  g_autoptr (GError) error = NULL;
  BhDesk *desk =
      bh_desk_open (test_wrap_uri (world->wrap), BH_STORE_MIGRATE, login, "north", station, &error);

  g_assert_no_error (error);
  return desk;
}

static void
set_up (World *world)
{
  world->wrap = test_wrap_new (engine_now);
  world->desk = desk_of (world, "tess", "station-1");
  world_fill (world->desk);
}

static void
tear_down (World *world)
{
  world_check_journal (world->desk);
  bh_desk_close (world->desk);
  test_wrap_free (world->wrap);
}

static void
run (World *world, const char *sql)
{
  g_autoptr (GError) error = NULL;

  bh_store_run (bh_desk_store (world->desk), NULL, &error, sql, "");
  g_assert_no_error (error);
}

/* "TEMPLATE OF[/LINE] STATE[ copy]" of each, joined by ", "; or the error's code. */
static char *
wish (BhDesk *desk, BhPrintWish what, gint64 now_us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = bh_desk_print_labels (desk, &what, now_us, &error);
  GString *said = g_string_new (NULL);

  if (jobs == NULL)
    g_string_append (said, bh_error_code_name (error));
  for (guint i = 0; jobs != NULL && i < jobs->len; i++) {
    const BhPrintJob *job = g_ptr_array_index (jobs, i);

    g_string_append_printf (said, "%s%s %s/%d %s%s", i > 0 ? ", " : "", job->template,
                            job->serial != NULL ? job->serial : job->rma, job->line, job->state,
                            job->copy ? " copy" : "");
  }
  return g_string_free (said, FALSE);
}

#define assert_wish(desk, what, now, expected)                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *said = wish (desk, (BhPrintWish) what, now);                                  \
                                                                                                   \
    g_assert_cmpstr (said, ==, expected);                                                          \
  }                                                                                                \
  G_STMT_END
#define WISH(...)                                                                                  \
  {                                                                                                \
    __VA_ARGS__                                                                                    \
  }
#define BOTH "box-4x6 R0000000001/1 queued, box-4x6 R0000000001/2 queued"

static void
test_once (void)
{
  World world = { 0 };

  set_up (&world);
  assert_wish (world.desk, WISH (.rma = "r 0000000001"), WORLD_NOW, BOTH);
  assert_wish (world.desk, WISH (.rma = "R0000000001"), WORLD_NOW + 5, BOTH);
  assert_wish (world.desk, WISH (.rma = "R0000000001", .line = 2), WORLD_NOW + 9,
               "box-4x6 R0000000001/2 queued");
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM label_job"), ==, 2);
  run (&world, "UPDATE label_job SET state = 'printed' WHERE line = 2");
  assert_wish (world.desk, WISH (.rma = "R0000000001", .line = 2), WORLD_NOW + 10,
               "box-4x6 R0000000001/2 queued copy");
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM label_job"), ==, 2);
  assert_wish (world.desk, WISH (.rma = "R0000000001", .line = 3), WORLD_NOW, "not-found");
  assert_wish (world.desk, WISH (.rma = "R0000009999"), WORLD_NOW, "not-found");
  tear_down (&world);
}

static void
test_unit (void)
{
  World world = { 0 };

  set_up (&world);
  assert_wish (world.desk, WISH (.serial = "sn-bravo1"), WORLD_NOW,
               "unit-plate-50x25 SN-BRAVO1/0 queued");
  assert_wish (world.desk, WISH (.serial = "SN-BRAVO1"), WORLD_NOW + 1,
               "unit-plate-50x25 SN-BRAVO1/0 queued");
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM label_job"), ==, 1);
  assert_wish (world.desk, WISH (.serial = "NOBODY-KNOWS"), WORLD_NOW, "not-found");
  tear_down (&world);
}

/* What waits elsewhere comes here, and no second one there. */
static void
test_other_station (void)
{
  World world = { 0 };
  BhDesk *other;

  set_up (&world);
  other = desk_of (&world, "tess", "station-2");
  assert_wish (world.desk, WISH (.serial = "SN-BRAVO1"), WORLD_NOW,
               "unit-plate-50x25 SN-BRAVO1/0 queued");
  assert_wish (other, WISH (.serial = "SN-BRAVO1"), WORLD_NOW + 1,
               "unit-plate-50x25 SN-BRAVO1/0 queued");
  g_assert_cmpint (
      world_count (world.desk, "SELECT count(*) FROM label_job WHERE station = 'station-2'"), ==,
      1);
  run (&world, "UPDATE label_job SET state = 'printed'");
  assert_wish (world.desk, WISH (.serial = "SN-BRAVO1"), WORLD_NOW + 2,
               "unit-plate-50x25 SN-BRAVO1/0 queued copy");
  g_assert_cmpint (world_count (world.desk, "SELECT count(*) FROM label_job"), ==, 2);
  bh_desk_close (other);
  tear_down (&world);
}

/* RULES §2: a receiver prints what is in hand, also once more; a CSR what there is. */
static void
test_roles (void)
{
  World world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;
  const char *receipt;
  BhDesk *rita;
  BhDesk *tom;

  set_up (&world);
  outcomes = world_outcomes (world.desk, "act-1", "box-1", "SN-BRAVO1", &error);
  g_assert_no_error (error);
  receipt = ((BhOutcome *) g_ptr_array_index (outcomes, 0))->receipt;
  run (&world, "INSERT INTO operator (login, name, role) VALUES ('rita', 'Rita', 'receiver'),"
               " ('tom', 'Tom', 'technician')");
  rita = desk_of (&world, "rita", "station-1");
  tom = desk_of (&world, "tom", "station-1");
  run (&world, "UPDATE label_job SET state = 'printed'");
  assert_wish (rita, WISH (.receipt = receipt), WORLD_NOW + G_TIME_SPAN_HOUR,
               "box-4x6 R0000000002/1 queued copy");
  run (&world, "UPDATE label_job SET state = 'printed'");
  assert_wish (rita, WISH (.receipt = receipt), WORLD_NOW + G_TIME_SPAN_DAY, "forbidden");
  assert_wish (rita, WISH (.rma = "R0000000001", .line = 1), WORLD_NOW,
               "box-4x6 R0000000001/1 queued");
  run (&world, "UPDATE label_job SET state = 'printed'");
  assert_wish (rita, WISH (.rma = "R0000000001", .line = 1), WORLD_NOW, "forbidden");
  assert_wish (tom, WISH (.serial = "SN-BRAVO1"), WORLD_NOW, "forbidden");
  bh_desk_close (rita);
  bh_desk_close (tom);
  tear_down (&world);
}

static void
test_waiting (void)
{
  World world = { 0 };
  g_auto (BhPrintsWaiting) waiting = { 0 };
  g_autoptr (GError) error = NULL;
  BhPrinter printer = {
    (char *) "station-1", (char *) "any", (char *) "tcp:127.0.0.1:9", (char *) "zpl", 203, -1, -1
  };
  gint64 now = g_get_real_time ();

  set_up (&world);
  assert_wish (world.desk, WISH (.rma = "R0000000001"), now, BOTH);
  /* no printer: nobody is told that it is away */
  g_assert_true (bh_desk_prints_waiting (world.desk, &waiting, &error));
  g_assert_cmpuint (waiting.waiting, ==, 0);
  g_assert_true (bh_desk_set_printer (world.desk, &printer, now, &error));
  g_assert_true (bh_desk_prints_waiting (world.desk, &waiting, &error));
  g_assert_cmpuint (waiting.waiting, ==, 2);
  g_assert_cmpuint (waiting.stuck, ==, 0);
  run (&world, "UPDATE label_job SET printer = 'tcp:127.0.0.1:9', error = 'out of paper'"
               " WHERE line = 1");
  g_assert_true (bh_desk_prints_waiting (world.desk, &waiting, &error));
  g_assert_cmpuint (waiting.stuck, ==, 1);
  g_assert_cmpstr (waiting.why, ==, "out of paper");
  bh_prints_waiting_clear (&waiting);
  /* made long ago and never tried: not by itself; what was tried goes on being tried */
  run (&world, "UPDATE label_job SET at_us = 1, next_us = 0");
  g_assert_true (bh_desk_prints_waiting (world.desk, &waiting, &error));
  g_assert_cmpuint (waiting.waiting, ==, 1);
  assert_wish (world.desk, WISH (.rma = "R0000000001"), now + 1, BOTH);
  g_assert_true (bh_desk_prints_waiting (world.desk, &waiting, &error));
  g_assert_cmpuint (waiting.waiting, ==, 2);
  g_assert_no_error (error);
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (void);
  } stories[] = {
    { "L3/once-then-a-copy", test_once },
    { "L1/unit-plate", test_unit },
    { "L3/moves-to-who-wants-it", test_other_station },
    { "L1/roles", test_roles },
    { "L3/what-waits", test_waiting },
  };

  g_test_init (&argc, &argv, NULL);
  engine_now = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *path = g_strdup_printf ("/desk/print/%s/%s", engine_now, stories[i].path);

    g_test_add_func (path, stories[i].run);
  }
  return g_test_run ();
}

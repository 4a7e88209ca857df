/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chase that is killed, and what two people decide in the same second (O1–O5, D6). */
#include <gio/gunixinputstream.h>
#include <signal.h>
#include <string.h>

#include "chase-world.h"

#define ACCOUNTS 400
#define LINES    5 /* of an account */
#define KILLS    25
#define TWO      8 /* times two runs at once */
#define UNITS    200
#define STEP     6000 /* microseconds from one meeting to the next */

static GSubprocess *
start (Fixture *self, const char *station, const char *what, guint count, gint64 begin_us)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "decider", NULL);
  g_autofree char *begin = g_strdup_printf ("%" G_GINT64_FORMAT, begin_us);
  g_autofree char *n = g_strdup_printf ("%u", count);
  g_autofree char *step = g_strdup_printf ("%d", STEP);
  g_autoptr (GError) error = NULL;
  GSubprocess *process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, test_wrap_uri (self->wrap),
                        station, what, n, begin, step, NULL);

  g_assert_no_error (error);
  return process;
}

/* What it said; it must have ended well. */
static char **
finish (GSubprocess *process)
{
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &said, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return g_strsplit (said, "\n", -1);
}

/* Nothing said is no line. */
static guint
lines_of (char **said)
{
  guint n = g_strv_length (said);

  return n > 0 ? n - 1 : 0;
}

static void
both (Fixture *self, const char *what, const char *other, guint count, char ***one, char ***two)
{
  gint64 begin_us = g_get_real_time () + 300000; /* both are up by then */
  g_autoptr (GSubprocess) north = start (self, "north", what, count, begin_us);
  g_autoptr (GSubprocess) south = start (self, "south", other, count, begin_us);

  *one = finish (north);
  *two = finish (south);
}

/* ---- the run --------------------------------------------------------------------------------- */

static void
add_accounts (Fixture *self)
{
  g_autoptr (GString) accounts = g_string_new ("account,name,country,language,email\n");
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < ACCOUNTS; i++) {
    g_string_append_printf (accounts, "AC%04d,Account,US,en,a%d@x.example\n", i, i);
    for (int line = 0; line < LINES; line++)
      g_ptr_array_add (rows, g_strdup_printf ("%d AC%04d SN-F%04d%d PN-1 SJC "
                                              "2026-10-05T12:00:00-07:00",
                                              i + 1, i, i, line));
  }
  fixture_add (self, "accounts", accounts->str);
  chase_world_add (self, (const char *const *) rows->pdata, rows->len);
}

/* One mail an account, each line in one mail, nothing else; and then once more from the start. */
static void
check_mails (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM mail"), ==, ACCOUNTS);
  g_assert_cmpint (fixture_number (self, "SELECT count(DISTINCT account) FROM mail"
                                         " WHERE kind = 'overdue'"),
                   ==, ACCOUNTS);
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM chase c JOIN rma_line l"
                                         " ON l.id = c.line_id JOIN mail m ON m.mail = c.mail"
                                         " AND m.account = l.account AND m.rmas = l.rma"
                                         " WHERE c.stage = 'overdue'"),
                   ==, ACCOUNTS * LINES);
  bh_store_run (bh_desk_store (self->desk), NULL, &error, "DELETE FROM chase", "");
  bh_store_run (bh_desk_store (self->desk), NULL, &error, "DELETE FROM mail", "");
  g_assert_no_error (error);
}

/* Reads that many rows of what it says. */
static void
read_rows (GSubprocess *process, guint n)
{
  GInputStream *stream = g_subprocess_get_stdout_pipe (process);
  char buffer[512];

  for (guint rows = 0; rows < n;) {
    gssize got = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL);

    if (got <= 0)
      return;
    for (gssize i = 0; i < got; i++)
      rows += buffer[i] == '\n';
  }
}

static void
test_killed (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261124);
  guint in_the_middle = 0;

  add_accounts (self);
  for (guint i = 0; i < KILLS; i++) {
    g_autoptr (GSubprocess) killed = start (self, "killed", "chase", 0, 0);
    g_autoptr (GSubprocess) again = NULL;
    g_auto (GStrv) said = NULL;
    gint64 mails;

    /* by its progress, however slow the machine is; every fifth before the first commit */
    if (i % 5 != 0)
      read_rows (killed, (guint) g_rand_int_range (random, 1, ACCOUNTS * LINES * 3 / 4));
    g_usleep ((gulong) g_rand_int_range (random, 0, 4000));
    g_subprocess_send_signal (killed, SIGKILL);
    g_assert_true (g_subprocess_wait (killed, NULL, NULL));
    mails = fixture_number (self, "SELECT count(*) FROM mail");
    in_the_middle += mails > 0 && mails < ACCOUNTS;
    /* what is mailed is written down, and the other way round */
    g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM chase"), ==, mails * LINES);
    again = start (self, "killed", "chase", 0, 0);
    said = finish (again);
    g_assert_cmpint (lines_of (said), ==, (ACCOUNTS - mails) * LINES);
    check_mails (self);
  }
  g_test_message ("%u of %d killed in the middle", in_the_middle, KILLS);
  g_assert_cmpuint (in_the_middle, >, 0);
}

static void
test_two_runs (Fixture *self, gconstpointer data)
{
  add_accounts (self);
  for (guint i = 0; i < TWO; i++) {
    g_auto (GStrv) one = NULL;
    g_auto (GStrv) two = NULL;

    both (self, "chase", "chase", 0, &one, &two);
    /* each row is told by one of them */
    g_assert_cmpuint (lines_of (one) + lines_of (two), ==, ACCOUNTS * LINES);
    check_mails (self);
  }
}

/* ---- two decisions ------------------------------------------------------------------------------
 */

/* RMAs 1 on with the unit SN-F00001 on; every other one has a second line that is awaited. */
static void
add_units (Fixture *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  for (int i = 1; i <= UNITS; i++)
    for (int line = 0; line <= i % 2; line++)
      g_ptr_array_add (rows, g_strdup_printf ("%d ACME SN-%s%05d PN-1 SJC "
                                              "2026-10-05T12:00:00-07:00",
                                              i, line == 0 ? "F" : "G", i));
  chase_world_add (self, (const char *const *) rows->pdata, rows->len);
}

static guint
done_of (char **said, guint i)
{
  g_assert_false (g_str_has_prefix (said[i], "failed"));
  return g_str_has_prefix (said[i], "done") ? 1 : 0;
}

/* The receipt wins, or the charge is shown: for credit, or by the hold. */
static void
test_charge_and_receive (Fixture *self, gconstpointer data)
{
  g_auto (GStrv) charged = NULL;
  g_auto (GStrv) received = NULL;
  g_autoptr (GHashTable) to_credit = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  guint first[3] = { 0 };

  add_units (self);
  both (self, "charge", "receive", UNITS, &charged, &received);
  rows = bh_desk_charges (self->desk, BH_CHARGES_TO_CREDIT, NULL, 0, G_MAXINT64, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (to_credit, ((BhChargeRow *) g_ptr_array_index (rows, i))->serial);
  for (guint i = 0; i < UNITS; i++) {
    g_autofree char *serial = g_strdup_printf ("SN-F%05u", i + 1);
    g_autofree char *held =
        g_strdup_printf ("SELECT count(*) FROM receipt WHERE serial = '%s' AND verdict = 'hold'"
                         " AND rule = 'D6' AND message LIKE '%%charged 12500.50 USD%%'",
                         serial);
    gboolean accepted = g_str_equal (received[i], "done D1");

    g_assert_cmpuint (done_of (received, i), ==, 1);
    if (!done_of (charged, i)) {
      g_assert_nonnull (strstr (charged[i], "(O3)"));
      g_assert_true (accepted);
      first[0]++;
    } else if (accepted) {
      g_assert_true (g_hash_table_contains (to_credit, serial));
      first[1]++;
    } else {
      g_assert_cmpint (fixture_number (self, held), ==, 1);
      first[2]++;
    }
  }
  g_test_message ("%u came first, %u are to be credited, %u are held", first[0], first[1],
                  first[2]);
  g_assert_cmpuint (g_hash_table_size (to_credit), ==, first[1]);
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM charge"), ==, first[1] + first[2]);
}

/* One of the two is done, the other is refused. */
static void
test_two_decisions (Fixture *self, gconstpointer data)
{
  const char *const *what = data;
  g_auto (GStrv) one = NULL;
  g_auto (GStrv) two = NULL;
  guint north = 0;

  add_units (self);
  both (self, what[0], what[1], UNITS, &one, &two);
  for (guint i = 0; i < UNITS; i++) {
    g_assert_cmpuint (done_of (one, i) + done_of (two, i), ==, 1);
    north += done_of (one, i);
  }
  g_test_message ("%u by the first", north);
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM charge"), ==,
                   fixture_number (self, "SELECT count(*) FROM rma_line WHERE state = 'charged'"));
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM rma_line WHERE state = 'charged'"
                                         " OR state = 'waived'"),
                   ==, UNITS);
}

static void
test_two_claims (Fixture *self, gconstpointer data)
{
  g_auto (GStrv) one = NULL;
  g_auto (GStrv) two = NULL;
  guint accepted = 0;

  add_units (self);
  for (int i = 1; i <= UNITS; i++) {
    const ChaseStep step = { "claim", i, 1, "2026-10-20T12:00:00-07:00", "" };
    g_autofree char *act = g_strdup_printf ("claim-%d", i);
    g_autoptr (GError) error = NULL;

    chase_world_act (self, &step, act, &error);
    g_assert_no_error (error);
  }
  both (self, "accept", "reject", UNITS, &one, &two);
  for (guint i = 0; i < UNITS; i++) {
    g_assert_cmpuint (done_of (one, i) + done_of (two, i), ==, 1);
    accepted += done_of (one, i);
  }
  g_test_message ("%u accepted", accepted);
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM claim m JOIN clock c"
                                         " ON c.line_id = m.line_id AND c.kind = 'C1'"
                                         " WHERE m.state = 'accepted' AND c.state = 'void'"),
                   ==, accepted);
  g_assert_cmpint (fixture_number (self, "SELECT count(*) FROM claim m JOIN clock c"
                                         " ON c.line_id = m.line_id AND c.kind = 'C1'"
                                         " WHERE m.state = 'rejected' AND c.state = 'open'"),
                   ==, UNITS - accepted);
}

int
main (int argc, char **argv)
{
  static const char *const charges[] = { "charge", "charge" };
  static const char *const waivers[] = { "charge", "waive" };
  static const struct {
    const char *path;
    void (*run) (Fixture *, gconstpointer);
    gconstpointer data;
  } tests[] = {
    { "O1/killed-at-any-instant", test_killed, NULL },
    { "O1/two-runs-at-once", test_two_runs, NULL },
    { "D6/charged-while-it-is-received", test_charge_and_receive, NULL },
    { "O2/charged-twice-at-once", test_two_decisions, charges },
    { "O2/charged-and-waived-at-once", test_two_decisions, waivers },
    { "O5/decided-twice-at-once", test_two_claims, NULL },
  };
  const char *engine;

  g_test_init (&argc, &argv, NULL);
  engine = test_wrap_engine_from_env ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/faults/%s/%s", engine, tests[i].path);

    g_test_add (path, Fixture, tests[i].data, chase_world_set_up, tests[i].run,
                chase_world_tear_down);
  }
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outbox, on both engines: each mail once, whoever sends and whatever breaks (F4, K5). */
#include <string.h>

#include "../../src/mail/mailer-private.h"
#include "backhaul/mail.h"
#include "backhaul/receipt.h"
#include "world.h"
#include "wrap.h"

typedef struct World World;

/* A mailer that keeps what it is given, and may do something else meanwhile. */
typedef struct {
  BhMailer mailer;
  GPtrArray *taken; /* Message-IDs, in order */
  BhMailResult result;
  void (*meanwhile) (World *world, const BhMessage *message);
  World *world;
} Fake;

struct World {
  TestWrap *wrap;
  BhDesk *desk;
  BhDesk *other; /* of another station; NULL until it is wanted */
  Fake fake;
  Fake fake_other;
};

static BhMailResult
take (BhMailer *mailer, const BhMessage *message, char **answer)
{
  Fake *self = (Fake *) mailer;

  if (self->meanwhile != NULL)
    self->meanwhile (self->world, message);
  g_ptr_array_add (self->taken, g_strdup (message->message_id));
  if (self->result != BH_MAIL_SENT)
    *answer = g_strdup ("said the other side");
  return self->result;
}

static Fake
fake_new (World *world)
{
  return (Fake){ .mailer = { .send = take },
                 .taken = g_ptr_array_new_with_free_func (g_free),
                 .world = world };
}

static BhDesk *
open_desk (World *world, const char *station)
{
  g_autoptr (GError) error = NULL;
  BhDesk *desk = bh_desk_open (test_wrap_uri (world->wrap), BH_STORE_MIGRATE, "tess", "north",
                               station, &error);

  g_assert_no_error (error);
  return desk;
}

static void
set_up (World *world, gconstpointer data)
{
  world->wrap = test_wrap_new (test_wrap_engine_from_env ());
  world->desk = open_desk (world, "station-1");
  world_fill (world->desk);
  world->fake = fake_new (world);
  world->fake_other = fake_new (world);
}

static void
tear_down (World *world, gconstpointer data)
{
  bh_desk_close (world->desk);
  bh_desk_close (world->other);
  g_ptr_array_unref (world->fake.taken);
  g_ptr_array_unref (world->fake_other.taken);
  test_wrap_free (world->wrap);
}

static void
queue (World *world, const char *id, gint64 at_us)
{
  g_autoptr (GError) error = NULL;

  bh_store_queue_mail (bh_desk_store (world->desk), id, "closing", "a@acme.example", "A1",
                       "R0000000003", NULL, at_us, &error);
  g_assert_no_error (error);
}

static void
run (World *world, const char *sql, const char *value)
{
  g_autoptr (GError) error = NULL;

  bh_store_run (bh_desk_store (world->desk), NULL, &error, sql, value != NULL ? "t" : "", value);
  g_assert_no_error (error);
}

/* What was taken, blanks between. */
static char *
send_all (BhDesk *desk, Fake *fake, BhMailTally *tally)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_set_size (fake->taken, 0);
  bh_desk_send_mail (desk, &fake->mailer, NULL, NULL, tally, &error);
  g_assert_no_error (error);
  g_ptr_array_extend (ids, fake->taken, NULL, NULL);
  g_ptr_array_add (ids, NULL);
  return g_strjoinv (" ", (char **) ids->pdata);
}

static char *
send_plain (World *world)
{
  g_auto (BhMailTally) tally = { 0 };

  return send_all (world->desk, &world->fake, &tally);
}

static BhMail *
mail_of (BhDesk *desk, const char *id)
{
  g_autoptr (GError) error = NULL;
  BhMail *mail = bh_desk_find_mail (desk, id, &error);

  g_assert_no_error (error);
  return mail;
}

static void
test_in_order (World *world, gconstpointer data)
{
  g_autofree char *taken = NULL;
  g_autofree char *again = NULL;

  queue (world, "m-b", 2000);
  queue (world, "m-c", 3000);
  queue (world, "m-a", 1000);
  taken = send_plain (world);
  g_assert_cmpstr (taken, ==, "m-a@backhaul m-b@backhaul m-c@backhaul");
  again = send_plain (world);
  g_assert_cmpstr (again, ==, "");
}

static void
look_at_row (World *world, const BhMessage *message)
{
  g_autoptr (BhMail) mail = NULL;

  if (world->other == NULL)
    world->other = open_desk (world, "station-2");
  mail = mail_of (world->other, "m-1");
  g_assert_cmpstr (mail->state, ==, "queued");
  g_assert_cmpint (mail->tries, ==, 1);
  g_assert_cmpint (mail->attempted_us, >, 0);
  g_assert_nonnull (mail->claimed_by);
}

static void
test_recorded_before (World *world, gconstpointer data)
{
  g_autofree char *taken = NULL;
  g_autoptr (BhMail) mail = NULL;

  queue (world, "m-1", 1000);
  world->fake.meanwhile = look_at_row;
  taken = send_plain (world);
  mail = mail_of (world->desk, "m-1");
  g_assert_cmpstr (mail->state, ==, "sent");
  g_assert_cmpint (mail->sent_us, >=, mail->attempted_us);
  g_assert_null (mail->claimed_by);
}

/* Another run while this one has the first mail in hand. */
static void
send_meanwhile (World *world, const BhMessage *message)
{
  g_auto (BhMailTally) tally = { 0 };
  g_autofree char *taken = NULL;

  world->fake.meanwhile = NULL;
  world->other = open_desk (world, "station-2");
  taken = send_all (world->other, &world->fake_other, &tally);
  g_assert_cmpstr (taken, ==, "m-2@backhaul m-3@backhaul");
}

static void
test_two_at_once (World *world, gconstpointer data)
{
  g_autofree char *taken = NULL;

  queue (world, "m-1", 1000);
  queue (world, "m-2", 2000);
  queue (world, "m-3", 3000);
  world->fake.meanwhile = send_meanwhile;
  taken = send_plain (world);
  g_assert_cmpstr (taken, ==, "m-1@backhaul");
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM mail WHERE state = 'sent'"), ==,
                   3);
}

/* Who has it: a process that ended, another machine's, one whose time is up. */
static void
test_claims (World *world, gconstpointer data)
{
  g_autofree char *taken = NULL;
  g_autofree char *own = g_file_read_link ("/proc/self/ns/pid", NULL);
  g_autofree char *boot = NULL;
  g_autofree char *dead = NULL;
  g_autofree char *reused = NULL;

  g_assert_true (g_file_get_contents ("/proc/sys/kernel/random/boot_id", &boot, NULL, NULL));
  /* the first process of all is there, but did not start then */
  dead = g_strdup_printf ("%s %s 999999999 1", g_strstrip (boot), own);
  reused = g_strdup_printf ("%s %s 1 18446744073709551615", boot, own);
  for (guint i = 1; i <= 4; i++) {
    g_autofree char *id = g_strdup_printf ("m-%u", i);

    queue (world, id, 1000 * i);
  }
  run (world, "UPDATE mail SET claimed_until_us = 4000000000000000, claimed_by = 'else - 1 1'",
       NULL);
  run (world, "UPDATE mail SET claimed_by = $1 WHERE mail = 'm-1'", dead);
  run (world, "UPDATE mail SET claimed_by = $1 WHERE mail = 'm-2'", reused);
  run (world, "UPDATE mail SET claimed_until_us = 1 WHERE mail = 'm-4'", NULL);
  taken = send_plain (world);
  g_assert_cmpstr (taken, ==, "m-1@backhaul m-2@backhaul m-4@backhaul");
}

static void
test_answers (World *world, gconstpointer data)
{
  static const struct {
    BhMailResult result;
    const char *state;
    guint n; /* tried of two */
  } answers[] = {
    { BH_MAIL_LATER, "queued", 2 },
    { BH_MAIL_LOST, "queued", 2 },
    { BH_MAIL_UNREACHABLE, "queued", 1 },
    { BH_MAIL_REFUSED, "failed", 2 },
  };

  queue (world, "m-1", 1000);
  queue (world, "m-2", 2000);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_auto (BhMailTally) tally = { 0 };
    g_autofree char *taken = NULL;
    g_autoptr (BhMail) mail = NULL;

    world->fake.result = answers[i].result;
    taken = send_all (world->desk, &world->fake, &tally);
    mail = mail_of (world->desk, "m-1");
    g_assert_cmpuint (world->fake.taken->len, ==, answers[i].n);
    g_assert_cmpstr (mail->state, ==, answers[i].state);
    g_assert_cmpstr (mail->error, ==, "said the other side");
    g_assert_cmpint (mail->tries, ==, i + 1);
    g_assert_null (mail->claimed_by);
    g_assert_true ((tally.unreachable != NULL) == (answers[i].result == BH_MAIL_UNREACHABLE));
  }
}

/* The n-th step fails: nothing is lost, and what goes twice goes under one id. */
static void
test_faults (World *world, gconstpointer data)
{
  gboolean passed = FALSE;

  for (int n = 1; !passed; n++) {
    g_auto (BhMailTally) tally = { 0 };
    g_autoptr (GError) error = NULL;
    g_autofree char *left = NULL;

    run (world, "DELETE FROM mail", NULL);
    queue (world, "m-1", 1000);
    queue (world, "m-2", 2000);
    g_ptr_array_set_size (world->fake.taken, 0);
    bh_store_fail_after (bh_desk_store (world->desk), n);
    passed = bh_desk_send_mail (world->desk, &world->fake.mailer, NULL, NULL, &tally, &error);
    bh_store_fail_after (bh_desk_store (world->desk), 0);
    if (!passed)
      g_assert_error (error, BH_ERROR, BH_ERROR_FULL);
    /* as after a crash: the one who had it is gone */
    run (world, "UPDATE mail SET claimed_until_us = 1 WHERE claimed_by IS NOT NULL", NULL);
    for (guint i = 0; i < world->fake.taken->len; i++)
      g_assert_true (g_str_has_suffix (g_ptr_array_index (world->fake.taken, i), "@backhaul"));
    left = send_plain (world);
    g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM mail WHERE state = 'sent'"),
                     ==, 2);
    g_assert_cmpint (n, <, 500);
  }
}

static void
test_one_a_box (World *world, gconstpointer data)
{
  g_autofree char *one =
      world_receive (world->desk, "box-1", "R0000000001 | R0000000002 | SN-ALPHA1");
  g_autofree char *taken = NULL;
  g_autofree char *two = NULL;
  g_autofree char *again = NULL;

  two = world_receive (world->desk, "box-1", "R0000000001 | R0000000002 | SN-ALPHA1 | SN-BRAVO1");
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM mail"), ==, 1);
  g_assert_cmpint (
      world_count (world->desk, "SELECT count(*) FROM mail WHERE rmas = 'R0000000001 R0000000002'"),
      ==, 1);
  taken = send_plain (world);
  g_assert_cmpuint (world->fake.taken->len, ==, 1);
  /* what was sent is not added to */
  again = world_receive (world->desk, "box-1",
                         "R0000000001 | R0000000002 | SN-ALPHA1 | SN-BRAVO1 | SN-ALPHA2");
  g_assert_cmpint (world_count (world->desk, "SELECT count(*) FROM mail WHERE state = 'queued'"),
                   ==, 1);
  g_assert_cmpint (world_count (world->desk,
                                "SELECT count(*) FROM receipt r JOIN mail m ON m.mail = r.mail"
                                " WHERE m.state = 'queued'"),
                   ==, 1);
}

/* Details that no act of ours wrote: nothing is told for them, and nothing breaks. */
static void
test_odd_details (World *world, gconstpointer data)
{
  static const struct {
    const char *details;
    gboolean told;
  } rows[] = {
    { "", TRUE },
    { "nonsense", TRUE },
    { "[1]", TRUE },
    { "{\"lines\":7,\"reason\":[],\"label\":{}}", TRUE },
    { "{\"lines\":[1,null,{},{\"rma\":{},\"line\":[]},{\"rma\":3,\"line\":\"x\"}]}", FALSE },
    { "{\"lines\":[{\"rma\":\"R0000000003\",\"line\":1,\"days_left\":\"soon\"}]}", TRUE },
  };

  queue (world, "m-1", 1000);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BhMail) mail = NULL;
    g_autoptr (BhMessage) message = NULL;

    run (world, "UPDATE mail SET details = $1", rows[i].details);
    mail = mail_of (world->desk, "m-1");
    message = bh_desk_compose_mail (world->desk, mail, &error);
    g_assert_true ((message != NULL) == rows[i].told);
    if (!rows[i].told)
      g_assert_error (error, BH_ERROR, BH_ERROR_REFUSED);
  }
}

static void
test_roles (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (BhMailTally) tally = { 0 };

  run (world, "INSERT INTO operator (login, name, role) VALUES ('rita', 'Rita', 'receiver')", NULL);
  world->other =
      bh_desk_open (test_wrap_uri (world->wrap), BH_STORE_OPEN, "rita", NULL, NULL, &error);
  g_assert_no_error (error);
  queue (world, "m-1", 1000);
  g_assert_false (
      bh_desk_send_mail (world->other, &world->fake.mailer, NULL, NULL, &tally, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_false (bh_desk_retry_mail (world->other, "m-1", NULL, 1, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_false (bh_desk_set_mail_setting (world->other, "vendor", "Eve", 1, &error));
  g_assert_error (error, BH_ERROR, BH_ERROR_FORBIDDEN);
  g_assert_cmpuint (world->fake.taken->len, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (World *world, gconstpointer data);
  } tests[] = {
    { "F4/in-order-and-once", test_in_order },
    { "F4/recorded-before", test_recorded_before },
    { "F4/two-at-once", test_two_at_once },
    { "F4/claims", test_claims },
    { "F4/answers", test_answers },
    { "F4/nth-failure", test_faults },
    { "F4/one-a-box-K5", test_one_a_box },
    { "F4/roles", test_roles },
    { "F4/odd-details", test_odd_details },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path =
        g_strdup_printf ("/desk/%s/mail/%s", test_wrap_engine_from_env (), tests[i].path);

    g_test_add (path, World, NULL, set_up, tests[i].test, tear_down);
  }
  return g_test_run ();
}

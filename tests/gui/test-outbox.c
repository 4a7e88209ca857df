/* SPDX-License-Identifier: GPL-3.0-or-later */
/* F4: the application sends what waits while nobody works at the window. */
#include <glib/gstdio.h>

#include "backhaul/audit.h"
#include "backhaul/mail.h"
#include "backhaul/receipt.h"
#include "outbox.h"

typedef struct {
  char *folder;
  char *uri;
  char *maildir;
  BhDesk *desk;
  BhWorker *worker;
  BhOutbox *outbox;
} World;

static void
set_up (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  world->folder = g_dir_make_tmp ("bh-outbox-XXXXXX", &error);
  g_assert_no_error (error);
  world->uri = g_strdup_printf ("sqlite:%s/b.db", world->folder);
  world->maildir = g_build_filename (world->folder, "mail", NULL);
  world->desk = bh_desk_open (world->uri, BH_STORE_MIGRATE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  bh_store_run (
      bh_desk_store (world->desk), NULL, &error,
      "INSERT INTO account (account, name, email) VALUES ('A1', 'Acme', 'a@acme.example')", "");
  g_assert_no_error (error);
  bh_store_run (bh_desk_store (world->desk), NULL, &error,
                "INSERT INTO rma (id, rma, state, status, account, created_us)"
                " VALUES (1, 'R0000000001', 'closed', 'closed', 'A1', 1)",
                "");
  g_assert_no_error (error);
  bh_store_run (bh_desk_store (world->desk), NULL, &error,
                "INSERT INTO rma_line (rma_id, line, serial, state, awaited, rma, status, account,"
                " account_name, created_us) VALUES (1, 1, 'SERIAL1', 'closed', 0, 'R0000000001',"
                " 'closed', 'A1', 'Acme', 1)",
                "");
  g_assert_no_error (error);
  g_assert_true (bh_store_queue_mail (bh_desk_store (world->desk), "m-1", "closing",
                                      "a@acme.example", "A1", "R0000000001", NULL, 1000, &error));
  world->worker = bh_worker_new (world->uri, NULL, NULL);
  world->outbox = bh_outbox_new (&bh_outbox_mails, world->worker);
}

static void
tear_down (World *world, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", world->folder);

  g_clear_object (&world->outbox);
  g_clear_object (&world->worker);
  bh_desk_close (world->desk);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (world->folder);
  g_free (world->uri);
  g_free (world->maildir);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* How many it sent. */
static guint
run_now (World *world, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BhOutboxRun) run = NULL;

  bh_outbox_send_async (world->outbox, on_ready, &result);
  g_assert_false (bh_outbox_is_time (world->outbox, G_MAXINT64 / 2)); /* one run at a time */
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  run = bh_outbox_send_finish (world->outbox, result, error);
  return run != NULL ? run->sent : 0;
}

static char *
state (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhMail) mail = bh_desk_find_mail (world->desk, "m-1", &error);

  g_assert_no_error (error);
  return g_strdup (mail->state);
}

static void
test_no_server (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint sent = run_now (world, &error);
  g_autofree char *now = state (world);

  g_assert_no_error (error);
  g_assert_cmpuint (sent, ==, 0);
  g_assert_cmpstr (now, ==, "queued");
}

static void
test_sends (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = g_strconcat ("maildir:", world->maildir, NULL);
  g_autofree char *fresh = g_build_filename (world->maildir, "new", NULL);
  g_autofree char *now = NULL;
  g_autoptr (GDir) dir = NULL;
  guint sent;

  g_assert_true (bh_desk_set_mail_setting (world->desk, "smtp", url, 1, &error));
  sent = run_now (world, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sent, ==, 1);
  now = state (world);
  g_assert_cmpstr (now, ==, "sent");
  dir = g_dir_open (fresh, 0, NULL);
  g_assert_nonnull (g_dir_read_name (dir));
  sent = run_now (world, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sent, ==, 0);
}

static void
test_unreachable (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *now = NULL;

  /* the discard port of this machine: nobody listens there */
  g_assert_true (bh_desk_set_mail_setting (world->desk, "smtp", "smtp://127.0.0.1:9", 1, &error));
  run_now (world, &error);
  g_assert_error (error, BH_ERROR, BH_ERROR_STORE);
  now = state (world);
  g_assert_cmpstr (now, ==, "queued");
}

static void
test_when_idle (World *world, gconstpointer data)
{
  gint64 now = g_get_monotonic_time ();

  g_assert_false (bh_outbox_is_time (world->outbox, now));
  g_assert_true (bh_outbox_is_time (world->outbox, now + G_TIME_SPAN_MINUTE));
}

/* F6: what the station wrote is signed, by the same clock */
static void
test_signs (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhAuditReport) report = NULL;

  g_assert_true (bh_desk_set_mail_setting (world->desk, "from", "desk@vendor.example", 1, &error));
  g_clear_object (&world->outbox);
  world->outbox = bh_outbox_new (&bh_outbox_checkpoints, world->worker);
  run_now (world, &error);
  g_assert_no_error (error);
  report = bh_desk_audit_examine (world->desk, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->checkpoints, ==, 1);
  g_assert_cmpint (report->entries, ==, 2);
  g_assert_cmpint (report->unsigned_entries, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/gui/outbox/F4/no-server", World, NULL, set_up, test_no_server, tear_down);
  g_test_add ("/gui/outbox/F4/sends", World, NULL, set_up, test_sends, tear_down);
  g_test_add ("/gui/outbox/F4/unreachable", World, NULL, set_up, test_unreachable, tear_down);
  g_test_add ("/gui/outbox/F4/when-idle", World, NULL, set_up, test_when_idle, tear_down);
  g_test_add ("/gui/outbox/F6/signs-the-journal", World, NULL, set_up, test_signs, tear_down);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "senders.h"

#include "seat-calls.h"

static BhOutbox *
outbox_new (const BhOutboxKind *kind, GtkWidget *window, const char *uri, const char *dock,
            const char *station)
{
  g_autoptr (BhWorker) worker = bh_worker_new (uri, dock, station);
  BhOutbox *outbox = bh_outbox_new (kind, worker);

  bh_outbox_watch (outbox, window);
  return outbox;
}

BhSenders *
bh_senders_new (GtkWidget *window, const char *uri, const char *dock, const char *station)
{
  BhSenders *self = g_new0 (BhSenders, 1);

  self->mails = outbox_new (&bh_outbox_mails, window, uri, dock, station);
  self->labels = outbox_new (&bh_outbox_labels, window, uri, dock, station);
  self->checkpoints = bh_outbox_new (&bh_outbox_checkpoints, bh_outbox_worker (self->mails));
  bh_outbox_watch (self->checkpoints, window);
  return self;
}

void
bh_senders_free (BhSenders *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->checkpoints);
  g_object_unref (self->mails);
  g_object_unref (self->labels);
  g_free (self);
}

void
bh_senders_set_memory (BhSenders *self, BhStationMemory *memory)
{
  bh_worker_set_memory (bh_outbox_worker (self->labels), memory);
  bh_worker_set_memory (bh_outbox_worker (self->mails), memory);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhOutbox) outbox = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhPlace) place = bh_call_open_finish (result, &error);

  if (place != NULL)
    bh_outbox_hurry (outbox);
  else
    g_message ("sending: %s", error->message);
}

void
bh_senders_sign_in (BhSenders *self, BhAway *away, const char *login)
{
  const BhSeatWish wish = { .login = login };

  bh_call_seat_async (bh_outbox_worker (self->labels), away, &wish, on_signed_in,
                      g_object_ref (self->labels));
  bh_call_seat_async (bh_outbox_worker (self->mails), away, &wish, on_signed_in,
                      g_object_ref (self->mails));
}

void
bh_senders_sign_out (BhSenders *self)
{
  bh_call_sign_out (bh_outbox_worker (self->labels));
  bh_call_sign_out (bh_outbox_worker (self->mails));
}

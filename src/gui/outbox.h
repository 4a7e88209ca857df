/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/desk.h"
#include "backhaul/mail-store.h"

G_BEGIN_DECLS

/**
 * SECTION:outbox
 *
 * Sends the mails that wait (F4) while nobody works at the window, where the site has a mail
 * server and the role of who is signed in may: under that name, and while nobody is signed in
 * not at all. In a thread with a store connection of its own, and
 * from a module, as what sends needs some forty libraries that the first window does not.
 */

#define BH_TYPE_OUTBOX (bh_outbox_get_type ())
G_DECLARE_FINAL_TYPE (BhOutbox, bh_outbox, BH, OUTBOX, GObject)

/* What one run did. */
typedef struct {
  guint sent;
  guint waiting; /* tried and still queued */
  guint failed;
} BhOutboxRun;

/* What the module exports, as "bh_mail_module". Any thread; waits for the network. */
typedef struct {
  /* A site without a server, and a role that may not: nothing is done, which is no error. */
  gboolean (*send) (const char *uri, const char *login, const char *dock, const char *station,
                    BhOutboxRun *run, GError **error);
  /* A mail as it would go out now: who, about what, what goes with it, and its text. */
  char *(*words) (BhDesk *desk, const BhMail *mail, GError **error);
} BhMailModule;

/* Loads it, which takes its time: not on the main thread. */
const BhMailModule *bh_mail_module_load (GError **error);

/* @dock, @station may be NULL. Looks once a minute whether it is time. */
BhOutbox *bh_outbox_new (const char *uri, const char *dock, const char *station);
/* Who acts at the window from now on; NULL: nobody, and nothing is sent. */
void bh_outbox_seat (BhOutbox *self, const char *login);
/* Each key, scan or click in @window puts the next run off. */
void bh_outbox_watch (BhOutbox *self, GtkWidget *window);
/* Whether it is time: somebody acts here, nobody has touched the window for a while, and no run
 * goes on. */
gboolean bh_outbox_is_time (BhOutbox *self, gint64 monotonic_us);

/* A run now. */
void bh_outbox_send_async (BhOutbox *self, GAsyncReadyCallback ready, gpointer data);
gboolean
bh_outbox_send_finish (BhOutbox *self, GAsyncResult *result, BhOutboxRun *run, GError **error);

G_END_DECLS

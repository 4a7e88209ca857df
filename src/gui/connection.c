/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "connection.h"

#include <glib/gi18n.h>

#include "page.h"

#define KEY "bh-connection"

static const char *const words[] = {
  [BH_LINK_UP] = "",
  [BH_LINK_LOST] = N_ ("Reconnecting to the store. Go on scanning: codes wait here and are saved "
                       "when it is back."),
  [BH_LINK_STANDBY] = N_ ("The store waits for its second server. Go on scanning: codes wait here "
                          "and are saved."),
  [BH_LINK_ALONE] = N_ ("The store's second server does not answer. What is saved is on one server "
                        "only: tell who looks after it."),
  [BH_LINK_FULL] =
      N_ ("The disk of the store's server is full. Go on scanning: codes wait here and "
          "are saved when there is room. Tell who looks after it."),
};

/* Said once in a window, of whichever of its workers is worst off. */
typedef struct {
  GWeakRef label;
  guint n; /* workers */
  BhLinkState states[2];
  gboolean hushed; /* that it is lost is said elsewhere */
} Said;

typedef struct {
  Said *said;
  guint worker;
  BhLinkState state;
} News;

static void
said_clear (gpointer data)
{
  g_weak_ref_clear (&((Said *) data)->label);
}

static void
said_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, said_clear);
}

static void
news_free (gpointer data)
{
  News *news = data;

  said_unref (news->said);
  g_free (news);
}

static void
say (Said *said)
{
  /* what a receiver must know first */
  static const BhLinkState worst[] = { BH_LINK_LOST, BH_LINK_FULL, BH_LINK_STANDBY, BH_LINK_ALONE };
  g_autoptr (GtkWidget) label = g_weak_ref_get (&said->label);
  BhLinkState state = BH_LINK_UP;

  for (guint w = G_N_ELEMENTS (worst); w > 0; w--)
    for (guint i = 0; i < said->n; i++)
      if (said->states[i] == worst[w - 1])
        state = worst[w - 1];
  if (said->hushed && state == BH_LINK_LOST)
    state = BH_LINK_UP;
  if (label != NULL) {
    gtk_label_set_text (GTK_LABEL (label), _ (words[state]));
    gtk_widget_set_visible (label, state != BH_LINK_UP);
  }
}

static gboolean
on_news (gpointer data)
{
  const News *news = data;

  news->said->states[news->worker] = news->state;
  say (news->said);
  return G_SOURCE_REMOVE;
}

void
bh_connection_hush (GtkLabel *beside, gboolean hushed)
{
  Said *said = g_object_get_data (G_OBJECT (beside), KEY);

  if (said->hushed == hushed)
    return;
  said->hushed = hushed;
  say (said);
}

/* On the worker's thread. */
static void
on_link (BhLinkState state, const char *what, gpointer data)
{
  const News *whose = data;
  News *news = g_new0 (News, 1);

  *news = (News){ g_atomic_rc_box_acquire (whose->said), whose->worker, state };
  g_idle_add_full (G_PRIORITY_DEFAULT, on_news, news, news_free);
}

static Said *
said_beside (GtkLabel *beside)
{
  Said *said = g_object_get_data (G_OBJECT (beside), KEY);
  GtkWidget *label;

  if (said != NULL)
    return said;
  label = page_told ("connection", "notice");
  gtk_box_pack_start (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (beside))), label, FALSE, FALSE,
                      0);
  said = g_atomic_rc_box_new0 (Said);
  g_weak_ref_init (&said->label, label);
  g_object_set_data_full (G_OBJECT (beside), KEY, said, said_unref);
  return said;
}

BhWorker *
bh_connection_worker (GtkLabel *beside, const char *uri, const char *dock, const char *station)
{
  BhWorker *worker = bh_worker_new (uri, dock, station);
  Said *said = said_beside (beside);
  News *whose;

  g_return_val_if_fail (said->n < G_N_ELEMENTS (said->states), worker);
  whose = g_new0 (News, 1);
  *whose = (News){ g_atomic_rc_box_acquire (said), said->n++, BH_LINK_UP };
  bh_worker_on_link (worker, on_link, whose, news_free);
  return worker;
}

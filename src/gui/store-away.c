/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "store-away.h"

#include "page.h"

/* so long it is left alone between two tries */
#define AGAIN_S 2

struct _BhStoreAway {
  GtkBox parent_instance;

  GtkLabel *why;
  GtkLabel *told;
  GtkWidget *again;
  GtkWidget *pages;
  guint soon; /* source */
};

enum { AGAIN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhStoreAway, bh_store_away, GTK_TYPE_BOX)

static gboolean
on_soon (gpointer data)
{
  BhStoreAway *self = data;

  self->soon = 0;
  g_signal_emit (self, signals[AGAIN], 0);
  return G_SOURCE_REMOVE;
}

void
bh_store_away_tell (BhStoreAway *self, const char *why)
{
  /* a reader is not told the same again and again */
  if (g_strcmp0 (gtk_label_get_text (self->why), why) != 0)
    gtk_label_set_text (self->why, why);
  if (self->soon == 0)
    self->soon = g_timeout_add_seconds (AGAIN_S, on_soon, self);
}

void
bh_store_away_scanned (BhStoreAway *self)
{
  gtk_label_set_text (self->told, _ ("That scan was not taken: scan it again once the store is "
                                     "there."));
}

static void
on_again (GtkWidget *button, BhStoreAway *self)
{
  g_clear_handle_id (&self->soon, g_source_remove);
  on_soon (self);
}

static void
bh_store_away_dispose (GObject *object)
{
  g_clear_handle_id (&BH_STORE_AWAY (object)->soon, g_source_remove);
  G_OBJECT_CLASS (bh_store_away_parent_class)->dispose (object);
}

static void
bh_store_away_class_init (BhStoreAwayClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_store_away_dispose;
  signals[AGAIN] = g_signal_new ("again", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add (GtkBox *box, GtkWidget *label)
{
  gtk_label_set_xalign (GTK_LABEL (label), 0.5F);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  gtk_box_pack_start (box, label, FALSE, FALSE, 0);
  return label;
}

static void
bh_store_away_init (BhStoreAway *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);

  page_style (GTK_WIDGET (self), "background");
  g_object_set (box, "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_CENTER, "vexpand", TRUE,
                "hexpand", TRUE, "margin", 24, NULL);
  add (GTK_BOX (box), page_label (_ ("The store is not there"), "page-title"));
  self->why = GTK_LABEL (add (GTK_BOX (box), page_told ("away-why", NULL)));
  add (GTK_BOX (box), page_label (_ ("It is tried again by itself. Work begins as soon as it "
                                     "answers."),
                                  "dim-label"));
  self->again = gtk_button_new_with_mnemonic (_ ("_Try now"));
  gtk_widget_set_halign (self->again, GTK_ALIGN_CENTER);
  page_name (self->again, NULL, "away-again");
  g_signal_connect (self->again, "clicked", G_CALLBACK (on_again), self);
  gtk_box_pack_start (GTK_BOX (box), self->again, FALSE, FALSE, 0);
  self->told = GTK_LABEL (add (GTK_BOX (box), page_told ("away-told", NULL)));
  gtk_box_pack_start (GTK_BOX (self), box, TRUE, TRUE, 0);
  gtk_widget_show_all (box);
}

BhStoreAway *
bh_store_away_new (GtkOverlay *overlay, GtkWidget *pages)
{
  BhStoreAway *self = g_object_new (BH_TYPE_STORE_AWAY, "visible", TRUE, NULL);

  self->pages = pages;
  gtk_overlay_add_overlay (overlay, GTK_WIDGET (self));
  gtk_widget_hide (pages);
  return self;
}

void
bh_store_away_end (BhStoreAway *self)
{
  if (self == NULL)
    return;
  gtk_widget_show (self->pages);
  gtk_widget_destroy (GTK_WIDGET (self));
}

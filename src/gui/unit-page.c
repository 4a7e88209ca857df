/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "unit-page.h"

#include "page.h"
#include "rma-view.h"

struct _BhUnitPage {
  GtkBox parent_instance;

  GtkWidget *entry;
  GtkWidget *view;
  BhWorker *reads;
};

enum { RMA_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhUnitPage, bh_unit_page, GTK_TYPE_BOX)

static void
on_activate (GtkEntry *entry, BhUnitPage *self)
{
  bh_unit_view_show (self->view, self->reads, gtk_entry_get_text (entry));
}

static void
on_rma_chosen (GtkWidget *view, const char *rma, BhUnitPage *self)
{
  g_signal_emit (self, signals[RMA_CHOSEN], 0, rma);
}

static void
bh_unit_page_finalize (GObject *object)
{
  g_clear_object (&BH_UNIT_PAGE (object)->reads);
  G_OBJECT_CLASS (bh_unit_page_parent_class)->finalize (object);
}

static void
bh_unit_page_class_init (BhUnitPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bh_unit_page_finalize;
  signals[RMA_CHOSEN] = g_signal_new ("rma-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
bh_unit_page_init (BhUnitPage *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  g_object_set (self, "margin", 18, "hexpand", TRUE, NULL);
  self->entry = gtk_search_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry),
                                  _ ("Scan a serial, or type it and press Enter"));
  page_name (self->entry, _ ("Serial number"), "serial");
  g_signal_connect (self->entry, "activate", G_CALLBACK (on_activate), self);
  self->view = bh_rma_view_new ();
  g_signal_connect (self->view, "rma-chosen", G_CALLBACK (on_rma_chosen), self);
  gtk_box_pack_start (GTK_BOX (self), self->entry, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), self->view, TRUE, TRUE, 0);
}

GtkWidget *
bh_unit_page_new (BhWorker *reads)
{
  BhUnitPage *self = g_object_new (BH_TYPE_UNIT_PAGE, NULL);

  self->reads = g_object_ref (reads);
  return GTK_WIDGET (self);
}

void
bh_unit_page_shown (BhUnitPage *self)
{
  gtk_widget_grab_focus (self->entry);
}

void
bh_unit_page_show (BhUnitPage *self, const char *serial)
{
  gtk_entry_set_text (GTK_ENTRY (self->entry), serial);
  bh_unit_view_show (self->view, self->reads, serial);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "unit-page.h"

#include "page.h"
#include "pages.h"
#include "rma-view.h"

struct _BhUnitPage {
  GtkBox parent_instance;

  GtkWidget *entry;
  GtkWidget *view;
  BhWorker *reads;
};

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhUnitPage, bh_unit_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

static void
on_activate (GtkEntry *entry, BhUnitPage *self)
{
  bh_unit_view_show (self->view, self->reads, gtk_entry_get_text (entry));
}

static void
focus (BhPage *page)
{
  gtk_widget_grab_focus (BH_UNIT_PAGE (page)->entry);
}

static gboolean
changed (BhPage *page)
{
  return bh_view_changed (BH_UNIT_PAGE (page)->view);
}

/* @serial as it was scanned or typed */
static void
open_unit (BhPage *page, const char *serial)
{
  BhUnitPage *self = BH_UNIT_PAGE (page);

  gtk_entry_set_text (GTK_ENTRY (self->entry), serial);
  bh_unit_view_show (self->view, self->reads, serial);
}

static gboolean
scanned (BhPage *page, const char *text)
{
  open_unit (page, text);
  return TRUE;
}

/* L1: the unit's plate. */
static gboolean
label (BhPage *page, BhPrintWish *wish)
{
  const char *serial = gtk_entry_get_text (GTK_ENTRY (BH_UNIT_PAGE (page)->entry));

  wish->serial = *serial != '\0' ? serial : NULL;
  return wish->serial != NULL;
}

static void
page_face (BhPageInterface *iface)
{
  iface->label = label;
  iface->changed = changed;
  iface->focus = focus;
  iface->scanned = scanned;
  iface->open = open_unit;
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
}

static void
bh_unit_page_init (BhUnitPage *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  g_object_set (self, "margin", 18, NULL);
  self->entry = gtk_search_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry),
                                  _ ("Scan a serial, or type it and press Enter"));
  page_name (self->entry, _ ("Serial number"), "serial");
  g_signal_connect (self->entry, "activate", G_CALLBACK (on_activate), self);
  self->view = bh_rma_view_new ();
  gtk_box_pack_start (GTK_BOX (self), self->entry, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), self->view, TRUE, TRUE, 0);
  gtk_widget_show_all (self->entry);
  gtk_widget_show_all (self->view);
}

GtkWidget *
bh_unit_page_new (BhWorker *reads)
{
  BhUnitPage *self = g_object_new (BH_TYPE_UNIT_PAGE, NULL);

  self->reads = g_object_ref (reads);
  return GTK_WIDGET (self);
}

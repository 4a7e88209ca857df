/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "printers-page.h"

#include "pages.h"
#include "print-bar.h"
#include "print-queue.h"
#include "printer-pane.h"

struct _BhPrintersPage {
  GtkBox parent_instance;

  BhPrinterPane *printers;
  BhPrintQueue *queue;
  gboolean watches; /* what is sent */
};

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhPrintersPage, bh_printers_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

static void
read_again (BhPrintersPage *self)
{
  bh_print_queue_read (self->queue);
  bh_printer_pane_read (self->printers);
}

static void
on_ran (BhOutbox *labels, const BhOutboxRun *run, BhPrintersPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && run->sent + run->waiting + run->failed > 0)
    read_again (self);
}

static void
shown (BhPage *page)
{
  BhPrintersPage *self = BH_PRINTERS_PAGE (page);

  if (!self->watches)
    g_signal_connect_object (bh_print_outbox (GTK_WIDGET (self)), "ran", G_CALLBACK (on_ran), self,
                             0);
  self->watches = TRUE;
  read_again (self);
}

static gboolean
changed (BhPage *page)
{
  BhPrintersPage *self = BH_PRINTERS_PAGE (page);

  if (!bh_print_queue_changed (self->queue))
    return FALSE;
  bh_printer_pane_changed (self->printers);
  return TRUE;
}

static void
focus (BhPage *page)
{
  bh_printer_pane_focus (BH_PRINTERS_PAGE (page)->printers);
}

/* From where it is said that labels wait. */
static void
open_queue (BhPage *page, const char *what)
{
  bh_print_queue_focus (BH_PRINTERS_PAGE (page)->queue);
}

static void
page_face (BhPageInterface *iface)
{
  iface->shown = shown;
  iface->changed = changed;
  iface->focus = focus;
  iface->open = open_queue;
}

static void
bh_printers_page_class_init (BhPrintersPageClass *klass)
{
}

static void
bh_printers_page_init (BhPrintersPage *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 18);
  g_object_set (self, "margin", 12, NULL);
}

GtkWidget *
bh_printers_page_new (BhWorker *acts, BhWorker *reads)
{
  BhPrintersPage *self = g_object_new (BH_TYPE_PRINTERS_PAGE, NULL);

  self->printers = BH_PRINTER_PANE (bh_printer_pane_new (acts));
  self->queue = BH_PRINT_QUEUE (bh_print_queue_new (acts, reads));
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->printers), FALSE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->queue), TRUE, TRUE, 0);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "print-dialog.h"

#include <glib/gi18n.h>

static void
on_page_setup (GtkPrintOperation *operation, GtkPrintContext *context, int page,
               GtkPageSetup *setup, BhPages *pages)
{
  g_autoptr (GtkPaperSize) paper = NULL;
  double width;
  double height;

  bh_sender (NULL)->page_size (pages, (guint) page, &width, &height);
  paper = gtk_paper_size_new_custom ("label", _ ("Label"), width, height, GTK_UNIT_POINTS);
  gtk_page_setup_set_paper_size (setup, paper);
  gtk_page_setup_set_top_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, 0, GTK_UNIT_POINTS);
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, BhPages *pages)
{
  bh_sender (NULL)->page_draw (pages, (guint) page, gtk_print_context_get_cairo_context (context));
}

GtkPrintOperationResult
bh_print_dialog (GtkWidget *from, BhPages *pages, guint n, const char *name, GError **error)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();

  gtk_print_operation_set_n_pages (operation, (int) n);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_job_name (operation, name);
  g_signal_connect (operation, "request-page-setup", G_CALLBACK (on_page_setup), pages);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), pages);
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                                  GTK_WINDOW (gtk_widget_get_toplevel (from)), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "tally.h"

#include <glib/gi18n.h>

#include "page.h"
#include "words.h"

gint64
bh_shift_start (gint64 now_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_us / G_TIME_SPAN_SECOND);
  g_autoptr (GDateTime) now = g_date_time_to_local (utc);
  int hours = (g_date_time_get_hour (now) + 2) % 8;
  gint64 into = (hours * 60 + g_date_time_get_minute (now)) * G_TIME_SPAN_MINUTE;

  return now_us - into - now_us % G_TIME_SPAN_MINUTE;
}

static GtkWidget *
row_new (const BhReceipt *receipt)
{
  const BhVerdictLook *look = bh_verdict_look_by_name (receipt->verdict);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *shape = bh_shape_area_new (look->shape, 18);
  g_autofree char *time = bh_clock_words (receipt->at_us);
  const char *what = receipt->serial != NULL ? receipt->serial
                     : receipt->rma != NULL  ? receipt->rma
                                             : _ ("no serial");
  g_autofree char *name = NULL;
  GtkWidget *text = page_text (what, NULL);

  page_style (row, "tally-row");
  page_style (row, look->style);
  page_style (shape, "shape");
  gtk_container_add (GTK_CONTAINER (row), shape);
  gtk_container_add (GTK_CONTAINER (row), text);
  gtk_box_pack_end (GTK_BOX (row), page_text (time, "time"), FALSE, FALSE, 0);
  gtk_box_pack_end (GTK_BOX (row), page_text (receipt->rule, "time"), FALSE, FALSE, 0);
  name = g_strdup_printf ("%s %s %s %s", time, _ (look->name), what, receipt->rule);
  atk_object_set_name (gtk_widget_get_accessible (row), name);
  gtk_widget_set_tooltip_text (row, receipt->message);
  return row;
}

void
bh_tally_render (const BhTally *tally, GtkGrid *counts, GtkBox *rows)
{
  static const BhVerdict counted[] = { BH_VERDICT_ACCEPT, BH_VERDICT_HOLD, BH_VERDICT_REFUSE };

  page_clear (GTK_CONTAINER (counts));
  page_clear (GTK_CONTAINER (rows));
  for (guint i = 0; i < G_N_ELEMENTS (counted); i++) {
    g_autofree char *n = g_strdup_printf ("%" G_GINT64_FORMAT, tally->counts[counted[i]]);
    const char *what = _ (bh_verdict_look (counted[i])->name);
    GtkWidget *number = page_text (n, "n");
    g_autofree char *name = g_strdup_printf ("%s %s", what, n);

    gtk_grid_attach (counts, number, (int) i, 0, 1, 1);
    gtk_grid_attach (counts, page_text (what, NULL), (int) i, 1, 1, 1);
    page_name (number, name, bh_verdict_look (counted[i])->style);
  }
  for (guint i = 0; i < tally->receipts->len; i++)
    gtk_container_add (GTK_CONTAINER (rows), row_new (g_ptr_array_index (tally->receipts, i)));
  gtk_widget_show_all (GTK_WIDGET (counts));
  gtk_widget_show_all (GTK_WIDGET (rows));
}

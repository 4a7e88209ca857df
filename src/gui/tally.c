/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "tally.h"

#include <glib/gi18n.h>

#include "page.h"
#include "words.h"

/* Of a row: its receipt. */
#define ROW_OF "bh-receipt"

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
  g_object_set_data_full (G_OBJECT (row), ROW_OF, g_strdup (receipt->receipt), g_free);
  return row;
}

/* The row of @receipt; NULL: it is not there. */
static GtkWidget *
row_of (GList *rows, const char *receipt)
{
  for (GList *row = rows; row != NULL; row = row->next)
    if (g_str_equal (g_object_get_data (row->data, ROW_OF), receipt))
      return row->data;
  return NULL;
}

static void
set_count (GtkGrid *counts, int column, BhVerdict verdict, gint64 count)
{
  g_autofree char *n = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  const char *what = _ (bh_verdict_look (verdict)->name);
  g_autofree char *name = g_strdup_printf ("%s %s", what, n);
  GtkWidget *number = gtk_grid_get_child_at (counts, column, 0);

  if (number == NULL) {
    number = page_text ("", "n");
    gtk_grid_attach (counts, number, column, 0, 1, 1);
    gtk_grid_attach (counts, page_text (what, NULL), column, 1, 1, 1);
  }
  if (g_str_equal (gtk_label_get_text (GTK_LABEL (number)), n))
    return;
  gtk_label_set_text (GTK_LABEL (number), n);
  page_name (number, name, bh_verdict_look (verdict)->style);
}

void
bh_tally_render (const BhTally *tally, GtkGrid *counts, GtkBox *rows)
{
  static const BhVerdict counted[] = { BH_VERDICT_ACCEPT, BH_VERDICT_HOLD, BH_VERDICT_REFUSE };
  g_autoptr (GList) there = gtk_container_get_children (GTK_CONTAINER (rows));

  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    set_count (counts, (int) i, counted[i], tally->counts[counted[i]]);
  for (guint i = 0; i < tally->receipts->len; i++) {
    const BhReceipt *receipt = g_ptr_array_index (tally->receipts, i);
    GtkWidget *row = row_of (there, receipt->receipt);

    there = g_list_remove (there, row);
    if (row == NULL) {
      row = row_new (receipt);
      gtk_container_add (GTK_CONTAINER (rows), row);
      gtk_widget_show_all (row);
    }
    gtk_box_reorder_child (rows, row, (int) i);
  }
  for (GList *row = there; row != NULL; row = row->next)
    gtk_widget_destroy (row->data);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "year-view.h"

#include "page.h"

#define ACROSS 3

static const char *const month_names[] = { N_ ("January"), N_ ("February"), N_ ("March"),
                                           N_ ("April"),   N_ ("May"),      N_ ("June"),
                                           N_ ("July"),    N_ ("August"),   N_ ("September"),
                                           N_ ("October"), N_ ("November"), N_ ("December") };

static BhDay
first_of (int year, int month)
{
  g_autofree char *text = g_strdup_printf ("%04d-%02d-01", year, month);

  return bh_day_parse (text);
}

/* Two places for the day, one for its mark: columns stand in every font of one width. */
static void
add_day (GString *text, BhCalendar *calendar, BhDay day, int number)
{
  if (bh_calendar_holiday (calendar, day) != NULL)
    g_string_append_printf (text, "%s<span weight=\"bold\" underline=\"single\">%d</span>* ",
                            number < 10 ? " " : "", number);
  else if (bh_calendar_why_not (calendar, day) != NULL)
    g_string_append_printf (text, "<span alpha=\"60%%\">%2d· </span>", number);
  else
    g_string_append_printf (text, "%2d  ", number);
}

char *
bh_month_markup (BhCalendar *calendar, int year, int month)
{
  GString *text = g_string_new ("<span font_family=\"monospace\">");
  BhDay first = first_of (year, month);
  BhDay end = month < 12 ? first_of (year, month + 1) : first_of (year + 1, 1);
  guint weekday = (first - 1) % 7; /* julian day 1 is a Monday */

  g_string_append (text, _ ("Mo  Tu  We  Th  Fr  Sa  Su"));
  g_string_append_c (text, '\n');
  for (guint i = 0; i < weekday; i++)
    g_string_append (text, "    ");
  for (BhDay day = first; day < end; day++) {
    add_day (text, calendar, day, (int) (day - first) + 1);
    if ((weekday + (day - first)) % 7 == 6 && day + 1 < end)
      g_string_append_c (text, '\n');
  }
  g_string_append (text, "</span>");
  return g_string_free (text, FALSE);
}

GtkWidget *
bh_year_view_new (void)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget **months = g_new0 (GtkWidget *, 12);

  gtk_grid_set_row_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  for (int i = 0; i < 12; i++) {
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
    g_autofree char *id = g_strdup_printf ("month-%d", i + 1);

    months[i] = gtk_label_new (NULL);
    gtk_label_set_xalign (GTK_LABEL (months[i]), 0);
    gtk_widget_set_valign (months[i], GTK_ALIGN_START);
    page_name (months[i], NULL, id);
    gtk_box_pack_start (GTK_BOX (box), page_text (_ (month_names[i]), "pane-title"), FALSE, FALSE,
                        0);
    gtk_box_pack_start (GTK_BOX (box), months[i], FALSE, FALSE, 0);
    gtk_grid_attach (GTK_GRID (grid), box, i % ACROSS, i / ACROSS, 1, 1);
  }
  g_object_set_data_full (G_OBJECT (grid), "months", months, g_free);
  gtk_widget_show_all (grid);
  return grid;
}

void
bh_year_view_set (GtkWidget *view, char *const *months)
{
  GtkWidget *const *labels = g_object_get_data (G_OBJECT (view), "months");

  for (int i = 0; i < 12; i++)
    if (!g_str_equal (gtk_label_get_label (GTK_LABEL (labels[i])), months[i]))
      gtk_label_set_markup (GTK_LABEL (labels[i]), months[i]);
}

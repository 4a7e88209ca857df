/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "rma-view.h"

#include "backhaul/receipt.h"
#include "backhaul/returns.h"
#include "page.h"

static GtkBox *
column_of (GtkWidget *view)
{
  return g_object_get_data (G_OBJECT (view), "column");
}

static char *
local_time (gint64 at_us)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (at_us / G_USEC_PER_SEC);

  return at_us != 0 ? g_date_time_format (at, "%Y-%m-%d %H:%M") : g_strdup ("");
}

static void
add_head (GtkBox *column, const char *text, const char *what)
{
  GtkWidget *head = page_told (what, "head");

  gtk_label_set_text (GTK_LABEL (head), text);
  gtk_box_pack_start (column, head, FALSE, FALSE, 0);
}

static void
add_fact (GtkBox *column, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    page_row (column, name, value, NULL);
}

static void
add_history (GtkBox *column, GPtrArray *history)
{
  page_section (column, _ ("HISTORY"));
  if (history->len == 0)
    page_row (column, _ ("Nothing has happened yet."), NULL);
  for (guint i = 0; i < history->len; i++) {
    const BhHistoryRow *row = g_ptr_array_index (history, i);
    g_autofree char *when = local_time (row->at_us);

    page_row (column, when, row->text, NULL);
  }
}

/* How far a clock has run: full at its due date. */
static GtkWidget *
clock_bar (const BhClockRow *clock)
{
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, 20);

  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), CLAMP (20 - clock->days_left, 0, 20));
  gtk_widget_set_size_request (bar, 200, -1);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  return bar;
}

static void
add_clock (GtkBox *column, const BhClockRow *clock)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *text =
      g_strdup_printf (_ ("%s  line %d  %s, due %s, %d days left"), clock->kind, clock->line,
                       clock->state, clock->due != NULL ? clock->due : "", clock->days_left);

  gtk_box_pack_start (GTK_BOX (row), page_label (text, NULL), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (row), clock_bar (clock), FALSE, FALSE, 0);
  gtk_box_pack_start (column, row, FALSE, FALSE, 0);
}

static void
fill_rma (GtkBox *column, const BhRmaPage *page)
{
  g_autofree char *head = g_strdup_printf ("%s  %s", page->rma, page->state);
  g_autofree char *created = local_time (page->created_us);
  g_autofree char *issued = local_time (page->issued_us);

  add_head (column, head, "rma");
  add_fact (column, _ ("Account"), page->account_name);
  add_fact (column, _ ("Case"), page->case_no);
  add_fact (column, _ ("Reference"), page->reference);
  add_fact (column, _ ("Contact"), page->contact);
  add_fact (column, _ ("Created"), created);
  add_fact (column, _ ("Issued"), issued);
  add_fact (column, _ ("Returns to"), page->destination_name);
  page_section (column, _ ("LINES"));
  for (guint i = 0; i < page->lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (page->lines, i);
    g_autofree char *number = g_strdup_printf ("%d", line->line);

    page_row (column, number, line->serial, line->part != NULL ? line->part : "", line->line_state,
              line->return_by != NULL ? line->return_by : "", NULL);
  }
  page_section (column, _ ("CLOCKS"));
  if (page->clocks->len == 0)
    page_row (column, _ ("No clock has been started."), NULL);
  for (guint i = 0; i < page->clocks->len; i++)
    add_clock (column, g_ptr_array_index (page->clocks, i));
  add_history (column, page->history);
}

static void
fill_unit (GtkBox *column, const BhUnitLife *life)
{
  add_head (column, life->serial, "unit");
  if (!life->known)
    page_row (column, _ ("This unit is not in the installed base; what follows is from returns."),
              NULL);
  add_fact (column, _ ("Part"), life->part);
  add_fact (column, _ ("Description"), life->description);
  add_fact (column, _ ("Account"), life->account_name);
  add_fact (column, _ ("Site"), life->site);
  add_fact (column, _ ("Shipped"), life->shipped);
  add_fact (column, _ ("Contract level"), life->contract_level);
  add_fact (column, _ ("Contract until"), life->contract_until);
  add_fact (column, _ ("Now at"), life->location);
  page_section (column, _ ("RETURNS"));
  if (life->lines->len == 0)
    page_row (column, _ ("It has never been on an RMA."), NULL);
  for (guint i = 0; i < life->lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (life->lines, i);
    g_autofree char *created = local_time (line->created_us);

    page_row (column, line->rma, line->line_state, created, line->account_name, NULL);
  }
  add_history (column, life->history);
}

typedef struct {
  GtkWidget *view;
  guint number;
  void (*fill) (GtkBox *column, gconstpointer page);
  GDestroyNotify free;
} Show;

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Show *show = data;
  g_autoptr (GError) error = NULL;
  gpointer page = bh_worker_finish (result, &error);
  GtkBox *column = column_of (show->view);

  /* the newest question's answer, and only while the page is there */
  if (column != NULL &&
      show->number == GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (show->view), "number"))) {
    page_clear (GTK_CONTAINER (column));
    if (page != NULL)
      show->fill (column, page);
    else
      add_head (column, error->message, "error");
    gtk_widget_show_all (GTK_WIDGET (column));
  }
  if (page != NULL)
    show->free (page);
  g_object_unref (show->view);
  g_free (show);
}

static void
show_page (GtkWidget *view, BhWorker *reads, BhWork work, const char *key,
           void (*fill) (GtkBox *, gconstpointer), GDestroyNotify free_page)
{
  Show *show = g_new0 (Show, 1);

  show->view = g_object_ref (view);
  show->number = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (view), "number")) + 1;
  show->fill = fill;
  show->free = free_page;
  g_object_set_data (G_OBJECT (view), "number", GUINT_TO_POINTER (show->number));
  bh_worker_run (reads, work, g_strdup (key), g_free, free_page, on_ready, show);
}

static gpointer
load_rma (BhDesk *desk, gpointer data, GError **error)
{
  return bh_desk_rma_page (desk, data, g_get_real_time (), error);
}

static gpointer
load_unit (BhDesk *desk, gpointer data, GError **error)
{
  return bh_desk_unit_life (desk, data, error);
}

void
bh_rma_view_show (GtkWidget *view, BhWorker *reads, const char *rma)
{
  show_page (view, reads, load_rma, rma, (void (*) (GtkBox *, gconstpointer)) fill_rma,
             (GDestroyNotify) bh_rma_page_free);
}

void
bh_unit_view_show (GtkWidget *view, BhWorker *reads, const char *serial)
{
  show_page (view, reads, load_unit, serial, (void (*) (GtkBox *, gconstpointer)) fill_unit,
             (GDestroyNotify) bh_unit_life_free);
}

static void
on_destroy (GtkWidget *view, gpointer data)
{
  g_object_set_data (G_OBJECT (view), "column", NULL);
}

GtkWidget *
bh_rma_view_new (void)
{
  GtkWidget *view = gtk_scrolled_window_new (NULL, NULL);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_container_add (GTK_CONTAINER (view), column);
  g_object_set_data (G_OBJECT (view), "column", column);
  g_signal_connect (view, "destroy", G_CALLBACK (on_destroy), NULL);
  return view;
}

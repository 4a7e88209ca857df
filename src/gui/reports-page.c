/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "reports-page.h"

#include "backhaul/chart.h"
#include "file-chooser.h"
#include "page.h"
#include "pages.h"
#include "report-calls.h"
#include "report-table.h"

/* so many times as long as a reading took, the next one waits that nobody asked for */
#define RESTS 2

struct _BhReportsPage {
  GtkBox parent_instance;

  GtkWidget *list;
  GtkWidget *title;
  GtkWidget *about;
  GtkWidget *from;
  GtkWidget *to;
  GtkWidget *account;
  GtkWidget *file;
  GtkWidget *chart_area;
  GtkWidget *tree;
  GtkWidget *told;
  GtkWidget *csv;
  GtkWidget *save;

  BhWorker *reads;
  const BhReport *report;
  BhReportShown *shown; /* NULL: nothing yet */
  GCancellable *search; /* NULL: none runs */
  BhReportAsk *asked;   /* what is shown, or being read; NULL: nothing */
  gboolean live;        /* it is read anew, as another station changed something */
  gint64 began;         /* the reading */
  gint64 rests;         /* until then */
  char *path;           /* of the file to count */
  gboolean gone;
};

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhReportsPage, bh_reports_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

/* ---- what is shown ------------------------------------------------------------------------ */

static void
tell (BhReportsPage *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->told), text);
}

static void
tell_rows (BhReportsPage *self)
{
  g_autofree char *text = NULL;

  if (self->shown->n == 0)
    text = g_strdup (_ ("Nothing is on record for it. Widen the dates, or take the account away."));
  else if (self->shown->n > BH_REPORT_SHOWN)
    text = g_strdup_printf (_ ("%u rows, of which the first %u are shown; the CSV has all."),
                            self->shown->n, (guint) BH_REPORT_SHOWN);
  else
    text = g_strdup_printf (ngettext ("%u row", "%u rows", self->shown->n), self->shown->n);
  tell (self, text);
}

static gboolean
on_draw (GtkWidget *widget, cairo_t *cairo, BhReportsPage *self)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  BhChartLook look = { { 0 } };
  GdkRGBA ink;
  GdkRGBA paper;

  if (self->shown == NULL || self->shown->chart == NULL || self->shown->n == 0)
    return GDK_EVENT_PROPAGATE;
  gtk_style_context_get_color (style, gtk_style_context_get_state (style), &ink);
  if (!gtk_style_context_lookup_color (style, "theme_bg_color", &paper))
    paper = (GdkRGBA){ 1, 1, 1, 1 };
  look = (BhChartLook){ { ink.red, ink.green, ink.blue },
                        { (ink.red + 2 * paper.red) / 3, (ink.green + 2 * paper.green) / 3,
                          (ink.blue + 2 * paper.blue) / 3 },
                        { paper.red, paper.green, paper.blue } };
  bh_chart_draw (self->shown->chart, cairo, gtk_widget_get_allocated_width (widget),
                 gtk_widget_get_allocated_height (widget), &look);
  return GDK_EVENT_PROPAGATE;
}

/* ---- asking --------------------------------------------------------------------------------- */

static gboolean
read_day (BhReportsPage *self, GtkWidget *entry, BhDay *day)
{
  g_autofree char *wrong = NULL;

  *day = BH_DAY_NONE;
  if (!gtk_widget_get_visible (entry))
    return TRUE;
  wrong = page_read_day (GTK_ENTRY (entry), day);
  if (wrong != NULL)
    tell (self, wrong);
  return wrong == NULL;
}

/* What is asked for now; FALSE: something of it is no date. */
static gboolean
ask_now (BhReportsPage *self, BhReportAsk *ask)
{
  const char *account = gtk_entry_get_text (GTK_ENTRY (self->account));

  *ask =
      (BhReportAsk){ .report = self->report,
                     .account = *account != '\0' && !self->report->file ? (char *) account : NULL,
                     .path = self->report->file ? self->path : NULL };
  return read_day (self, self->from, &ask->from) && read_day (self, self->to, &ask->to);
}

static void
on_report (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhReportsPage) self = data;
  g_autoptr (GError) error = NULL;
  BhReportShown *shown = bh_call_report_finish (result, &error);
  gboolean same;

  if (self->gone || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      (shown != NULL && shown->report != self->report)) {
    bh_report_shown_free (shown);
    return;
  }
  g_clear_object (&self->search);
  self->rests = g_get_monotonic_time ();
  self->rests += RESTS * (self->rests - self->began);
  if (shown == NULL) {
    if (!self->live)
      tell (self, error->message);
    return;
  }
  same = self->live && self->shown != NULL && self->shown->n == shown->n;
  bh_report_shown_free (self->shown);
  self->shown = shown;
  if (self->live)
    bh_report_table_merge (GTK_TREE_VIEW (self->tree), shown);
  else
    bh_report_table_fill (GTK_TREE_VIEW (self->tree), shown);
  /* what was said of a file that was saved stays */
  if (!same)
    tell_rows (self);
  gtk_widget_set_sensitive (self->csv, TRUE);
  gtk_widget_set_sensitive (self->save, shown->n > 0);
  gtk_widget_set_visible (self->chart_area, shown->n > 0);
  gtk_widget_queue_draw (self->chart_area);
}

static void
ask_report (BhReportsPage *self, gboolean live)
{
  self->live = live;
  self->search = g_cancellable_new ();
  self->began = g_get_monotonic_time ();
  bh_call_report_async (self->reads, self->asked, self->search, on_report, g_object_ref (self));
}

static void
read_again (BhReportsPage *self)
{
  BhReportAsk ask;

  if (self->search != NULL)
    bh_worker_supersede (self->reads, self->search);
  g_clear_object (&self->search);
  g_clear_pointer (&self->asked, bh_report_ask_free);
  gtk_widget_set_sensitive (self->csv, FALSE);
  gtk_widget_set_sensitive (self->save, FALSE);
  if (self->report->file && self->path == NULL) {
    tell (self, _ ("Choose the carrier's delivery list: a CSV file with a column of tracking "
                   "numbers."));
    return;
  }
  if (!ask_now (self, &ask))
    return;
  tell (self, _ ("Reading …"));
  self->asked = bh_report_ask_copy (&ask);
  ask_report (self, FALSE);
}

static void
on_changed (GtkWidget *entry, BhReportsPage *self)
{
  read_again (self);
}

static void
choose (BhReportsPage *self, const BhReport *report)
{
  self->report = report;
  gtk_label_set_text (GTK_LABEL (self->title), _ (report->title));
  gtk_label_set_text (GTK_LABEL (self->about), _ (report->explanation));
  gtk_widget_set_visible (self->from, report->days > 0);
  gtk_widget_set_visible (self->to, report->days > 0);
  gtk_widget_set_visible (self->account, !report->file);
  gtk_widget_set_visible (self->file, report->file);
  gtk_widget_hide (self->chart_area);
  gtk_tree_view_set_model (GTK_TREE_VIEW (self->tree), NULL);
  read_again (self);
}

static void
on_selected (GtkListBox *list, GtkListBoxRow *row, BhReportsPage *self)
{
  guint n = 0;
  const BhReport *const *reports = bh_reports (&n);

  if (row != NULL && gtk_list_box_row_get_index (row) < (int) n)
    choose (self, reports[gtk_list_box_row_get_index (row)]);
}

/* ---- files ------------------------------------------------------------------------------------
 */

static void
on_file (GtkButton *button, BhReportsPage *self)
{
  char *path = bh_file_choose (GTK_WIDGET (self), _ ("The carrier's delivery list"),
                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL);

  if (path == NULL)
    return;
  g_free (self->path);
  self->path = path;
  read_again (self);
}

typedef struct {
  BhReportsPage *page;
  char *path;
} Saving;

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Saving *saving = data;
  g_autoptr (BhReportsPage) self = saving->page;
  g_autofree char *path = saving->path;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhReportShown) done = bh_call_report_finish (result, &error);
  g_autofree char *text = NULL;

  if (self->gone)
    return;
  text = done != NULL ? g_strdup_printf (_ ("Saved as %s"), path) : g_strdup (error->message);
  tell (self, text);
}

static void
write_file (BhReportsPage *self, const char *title, const char *end)
{
  g_autofree char *name = g_strconcat (self->report->name, end, NULL);
  char *path = bh_file_choose (GTK_WIDGET (self), title, GTK_FILE_CHOOSER_ACTION_SAVE, name);
  Saving *saving;
  BhReportAsk ask;

  if (path == NULL || !ask_now (self, &ask)) {
    g_free (path);
    return;
  }
  /* the name's end says what is written */
  if (strrchr (path, '.') == NULL || strchr (strrchr (path, '.'), '/') != NULL) {
    char *whole = g_strconcat (path, end, NULL);

    g_free (path);
    path = whole;
  }
  ask.save = path;
  saving = g_new0 (Saving, 1);
  *saving = (Saving){ g_object_ref (self), path };
  bh_call_report_async (self->reads, &ask, NULL, on_written, saving);
}

static void
on_csv (GtkButton *button, BhReportsPage *self)
{
  write_file (self, _ ("Save the figures"), ".csv");
}

static void
on_save (GtkButton *button, BhReportsPage *self)
{
  write_file (self, _ ("Save the chart, as PDF or PNG"), ".pdf");
}

/* ---- as a page ----------------------------------------------------------------------------------
 */

static void
shown (BhPage *page)
{
  BhReportsPage *self = BH_REPORTS_PAGE (page);

  if (self->report != NULL)
    read_again (self);
}

/* What was asked for last, whatever is being typed for the next. */
static gboolean
changed (BhPage *page)
{
  BhReportsPage *self = BH_REPORTS_PAGE (page);

  if (self->search != NULL || g_get_monotonic_time () < self->rests)
    return FALSE;
  if (self->asked != NULL)
    ask_report (self, TRUE);
  return TRUE;
}

static void
focus (BhPage *page)
{
  gtk_widget_child_focus (BH_REPORTS_PAGE (page)->list, GTK_DIR_TAB_FORWARD);
}

static void
find (BhPage *page)
{
  gtk_widget_grab_focus (BH_REPORTS_PAGE (page)->account);
}

/* @name: of a report, as Morning's figures name it */
static void
open_report (BhPage *page, const char *name)
{
  BhReportsPage *self = BH_REPORTS_PAGE (page);
  guint n = 0;
  const BhReport *const *reports = bh_reports (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (reports[i]->name, name))
      gtk_list_box_select_row (GTK_LIST_BOX (self->list),
                               gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) i));
}

static void
page_face (BhPageInterface *iface)
{
  iface->shown = shown;
  iface->changed = changed;
  iface->focus = focus;
  iface->find = find;
  iface->open = open_report;
}

static void
bh_reports_page_dispose (GObject *object)
{
  BhReportsPage *self = BH_REPORTS_PAGE (object);

  self->gone = TRUE;
  g_clear_object (&self->search);
  g_clear_pointer (&self->shown, bh_report_shown_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->asked, bh_report_ask_free);
  g_clear_object (&self->reads);
  G_OBJECT_CLASS (bh_reports_page_parent_class)->dispose (object);
}

static void
bh_reports_page_class_init (BhReportsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_reports_page_dispose;
}

static GtkWidget *
field (BhReportsPage *self, GtkWidget *row, const char *name, const char *hint, const char *id)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), hint);
  gtk_entry_set_width_chars (GTK_ENTRY (entry), 16);
  page_name (entry, name, id);
  g_signal_connect (entry, "activate", G_CALLBACK (on_changed), self);
  gtk_box_pack_start (GTK_BOX (row), entry, FALSE, FALSE, 0);
  return entry;
}

static GtkWidget *
button (GtkWidget *row, const char *text, const char *id, GCallback clicked, gpointer data)
{
  GtkWidget *made = gtk_button_new_with_mnemonic (text);

  page_name (made, NULL, id);
  g_signal_connect (made, "clicked", clicked, data);
  gtk_box_pack_end (GTK_BOX (row), made, FALSE, FALSE, 0);
  return made;
}

static GtkWidget *
make_list (BhReportsPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (NULL, NULL);
  guint n = 0;
  const BhReport *const *reports = bh_reports (&n);

  self->list = gtk_list_box_new ();
  page_name (self->list, _ ("Reports"), "reports-list");
  for (guint i = 0; i < n; i++) {
    GtkWidget *label = page_label (_ (reports[i]->title), NULL);

    g_object_set (label, "margin", 8, "max-width-chars", 24, NULL);
    gtk_list_box_insert (GTK_LIST_BOX (self->list), label, -1);
  }
  g_signal_connect (self->list, "row-selected", G_CALLBACK (on_selected), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scrolled, 210, -1);
  gtk_container_add (GTK_CONTAINER (scrolled), self->list);
  return scrolled;
}

static GtkWidget *
make_filters (BhReportsPage *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->from = field (self, row, _ ("First day"), _ ("From YYYY-MM-DD"), "report-from");
  self->to = field (self, row, _ ("Last day"), _ ("To YYYY-MM-DD"), "report-to");
  self->account = field (self, row, _ ("Account"), _ ("Account"), "report-account");
  self->file = button (row, _ ("Choose _file…"), "report-file", G_CALLBACK (on_file), self);
  self->save = button (row, _ ("Save c_hart…"), "report-save-chart", G_CALLBACK (on_save), self);
  self->csv = button (row, _ ("Save _CSV…"), "report-csv", G_CALLBACK (on_csv), self);
  return row;
}

static void
bh_reports_page_init (BhReportsPage *self)
{
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *scrolled = gtk_scrolled_window_new (NULL, NULL);

  gtk_box_set_spacing (GTK_BOX (self), 12);
  g_object_set (self, "margin", 12, NULL);
  self->title = page_told ("report-title", "page-title");
  self->about = page_label ("", "dim-label");
  self->told = page_told ("report-told", NULL);
  self->chart_area = gtk_drawing_area_new ();
  gtk_widget_set_size_request (self->chart_area, -1, 260);
  page_name (self->chart_area, _ ("Chart of the figures below"), "report-chart");
  g_signal_connect (self->chart_area, "draw", G_CALLBACK (on_draw), self);
  self->tree = gtk_tree_view_new ();
  page_name (self->tree, _ ("Figures"), "report-table");
  gtk_container_add (GTK_CONTAINER (scrolled), self->tree);
  gtk_box_pack_start (GTK_BOX (right), self->title, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (right), self->about, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (right), make_filters (self), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (right), self->chart_area, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (right), scrolled, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (right), self->told, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), make_list (self), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), right, TRUE, TRUE, 0);
  gtk_widget_show_all (GTK_WIDGET (self));
}

GtkWidget *
bh_reports_page_new (BhWorker *acts, BhWorker *reads)
{
  BhReportsPage *self = g_object_new (BH_TYPE_REPORTS_PAGE, NULL);

  self->reads = g_object_ref (reads);
  gtk_list_box_select_row (GTK_LIST_BOX (self->list),
                           gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "bench-queue.h"

#include "bench-calls.h"
#include "clock-words.h"
#include "live-rows.h"
#include "page.h"

/* A screen full of rows is read first, more than one sees right after it: of a connection that has
 * read nothing yet each row costs many pages. */
#define FIRST_ROWS  60
#define SECOND_ROWS 300

enum {
  COL_DUE,
  COL_STATE,
  COL_LEFT,
  COL_JOB,
  COL_KIND,
  COL_SERIAL,
  COL_PART,
  COL_ACCOUNT,
  COL_PLACE,
  COL_WHO,
  N_SHOWN,
  COL_LIGHT = N_SHOWN, /* as the store keeps it: colour */
  COL_LINE,            /* of which RMA */
  N_COLS
};

static const struct {
  const char *title;
  int width;
} columns[N_SHOWN] = {
  [COL_DUE] = { N_ ("Due"), 95 },      [COL_STATE] = { N_ ("Clock"), 100 },
  [COL_LEFT] = { N_ ("Time"), 105 },   [COL_JOB] = { N_ ("Job"), 95 },
  [COL_KIND] = { N_ ("Kind"), 50 },    [COL_SERIAL] = { N_ ("Serial"), 210 },
  [COL_PART] = { N_ ("Part"), 120 },   [COL_ACCOUNT] = { N_ ("Account"), 120 },
  [COL_PLACE] = { N_ ("Place"), 110 }, [COL_WHO] = { N_ ("In hand of"), 100 },
};

/* Which rows: one button each, a row of the table each. */
static const struct {
  const char *which;
  const char *label;
  const char *id;
  const char *empty;
} filters[] = {
  { "all", N_ ("_All"), "bench-all",
    N_ ("Nothing waits at the bench. Scan a unit to take it in; what the repair center has "
        "received comes here.") },
  { "mine", N_ ("_Mine"), "bench-mine",
    N_ ("You have no job in hand. Take one from All, or scan a unit.") },
  { "waiting", N_ ("Came _in"), "bench-waiting",
    N_ ("No unit waits for somebody to begin. Scan a unit to take it in.") },
  { "posted", N_ ("P_osted"), "bench-posted", N_ ("No result was posted yet.") },
};

struct _BhBenchQueue {
  GtkBox parent_instance;

  GtkWidget *buttons[G_N_ELEMENTS (filters)];
  GtkWidget *stack;
  GtkTreeView *tree;
  GtkLabel *empty;
  GtkLabel *rows;
  GtkLabel *told;

  BhWorker *reads;
  GtkListStore *store;
  GCancellable *search; /* NULL: it is answered */
  guint filter;
  guint limit;   /* rows that are read; grows as one goes down */
  gboolean cut;  /* there are more */
  gboolean live; /* nobody asked for what is read: rows stay where they are */
  char *seat;    /* job or serial of the cursor's row */
  gboolean gone;
};

enum { CHOSEN, LISTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhBenchQueue, bh_bench_queue, GTK_TYPE_BOX)

/* ---- rows ---------------------------------------------------------------------- */

static void
append (GtkListStore *store, const BhJob *job)
{
  g_autofree char *line = g_strdup_printf ("%s %d", job->rma != NULL ? job->rma : "", job->line);
  g_autofree char *left = bh_clock_left_words (job->light, job->days_left);
  g_autofree char *state = job->light != NULL ? bh_clock_state_words (job->light) : NULL;
  const char *who = job->technician;

  if (job->job == NULL)
    who = _ ("nobody yet");
  gtk_list_store_insert_with_values (
      store, NULL, -1, COL_DUE, job->due != NULL ? job->due : "–", COL_STATE, state, COL_LEFT, left,
      COL_JOB, job->job != NULL ? job->job : _ ("came in"), COL_KIND,
      g_str_equal (job->kind, "fa") ? _ ("FA") : _ ("RA"), COL_SERIAL, job->serial, COL_PART,
      job->part, COL_ACCOUNT, job->account_name != NULL ? job->account_name : job->account,
      COL_PLACE, job->location, COL_WHO, who, COL_LIGHT, job->light, COL_LINE, line, -1);
}

/* (transfer full): what names the row at @iter: its job, else its unit */
static char *
name_at (BhBenchQueue *self, GtkTreeIter *iter)
{
  g_autofree char *job = NULL;
  g_autofree char *serial = NULL;

  gtk_tree_model_get (GTK_TREE_MODEL (self->store), iter, COL_JOB, &job, COL_SERIAL, &serial, -1);
  return g_str_equal (job, _ ("came in")) ? g_steal_pointer (&serial) : g_steal_pointer (&job);
}

static void on_cursor (GtkTreeView *tree, BhBenchQueue *self);

/* The cursor stays on its job, wherever that is now; else on the first. */
static void
put_cursor (BhBenchQueue *self)
{
  GtkTreeModel *model = GTK_TREE_MODEL (self->store);
  g_autoptr (GtkTreePath) path = gtk_tree_path_new_first ();
  g_autofree char *seat = g_strdup (self->seat);
  GtkTreeIter iter;

  for (gboolean row = gtk_tree_model_get_iter_first (model, &iter); row && seat != NULL;
       row = gtk_tree_model_iter_next (model, &iter)) {
    g_autofree char *name = name_at (self, &iter);

    if (g_str_equal (name, seat)) {
      gtk_tree_path_free (path);
      path = gtk_tree_model_get_path (model, &iter);
      break;
    }
  }
  gtk_tree_view_set_cursor (self->tree, path, NULL, FALSE);
}

/* Where one had scrolled to; the rows above are the same, some may be new below. */
static void
keep_place (BhBenchQueue *self, double place)
{
  GtkAdjustment *down = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->tree));

  if (place > 0)
    gtk_adjustment_set_value (down, place);
}

static void
fill (BhBenchQueue *self, GPtrArray *jobs)
{
  double place =
      gtk_adjustment_get_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->tree)));

  gtk_tree_view_set_model (self->tree, NULL);
  gtk_list_store_clear (self->store);
  for (guint i = 0; i < jobs->len; i++)
    append (self->store, g_ptr_array_index (jobs, i));
  gtk_tree_view_set_model (self->tree, GTK_TREE_MODEL (self->store));
  if (jobs->len > 0) {
    put_cursor (self);
    keep_place (self, place);
  }
}

/* A unit that waits and the job that is begun of it are one row. */
static void
merge (BhBenchQueue *self, GPtrArray *jobs)
{
  static const int key[] = { COL_SERIAL, COL_KIND, COL_LINE, -1 };
  g_autoptr (GtkListStore) fresh = page_rows_like (self->store);
  gboolean was_empty = gtk_tree_model_iter_n_children (GTK_TREE_MODEL (self->store), NULL) == 0;

  for (guint i = 0; i < jobs->len; i++)
    append (fresh, g_ptr_array_index (jobs, i));
  page_rows_merge (self->store, fresh, key, TRUE);
  if (was_empty && jobs->len > 0)
    put_cursor (self);
  else
    on_cursor (self->tree, self);
}

static char *
sum_words (const BhBenchRows *rows)
{
  GString *words = g_string_new (NULL);
  guint late = 0;
  guint amber = 0;

  for (guint i = 0; i < rows->jobs->len; i++) {
    const BhJob *job = g_ptr_array_index (rows->jobs, i);

    late += g_strcmp0 (job->light, "late") == 0;
    amber += g_strcmp0 (job->light, "amber") == 0;
  }
  g_string_printf (words, ngettext ("%u unit", "%u units", rows->jobs->len), rows->jobs->len);
  g_string_append_printf (words, _ (" · %u late · %u due soon"), late, amber);
  if (rows->cut)
    g_string_append (words, _ (", more below"));
  return g_string_free (words, FALSE);
}

static void read_rows (BhBenchQueue *self, gboolean live);

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhBenchQueue) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhBenchRows) rows = bh_worker_finish (result, &error);
  g_autofree char *sum = NULL;

  if (self->gone || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->search);
  if (rows == NULL) {
    gtk_label_set_text (self->rows, error->message);
    return;
  }
  self->cut = rows->cut;
  sum = sum_words (rows);
  if (self->live)
    merge (self, rows->jobs);
  else
    fill (self, rows->jobs);
  gtk_label_set_text (self->rows, sum);
  gtk_label_set_text (self->empty, _ (filters[self->filter].empty));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    rows->jobs->len > 0 ? "table" : "empty");
  g_signal_emit (self, signals[LISTED], 0);
  if (self->cut && self->limit < SECOND_ROWS) {
    self->limit = SECOND_ROWS;
    read_rows (self, TRUE);
  }
}

static void
read_rows (BhBenchQueue *self, gboolean live)
{
  if (self->search != NULL)
    bh_worker_supersede (self->reads, self->search);
  g_clear_object (&self->search);
  self->search = g_cancellable_new ();
  self->live = live;
  bh_call_bench_rows_async (self->reads, filters[self->filter].which, self->limit, self->search,
                            on_listed, g_object_ref (self));
}

void
bh_bench_queue_read (BhBenchQueue *self)
{
  read_rows (self, FALSE);
}

void
bh_bench_queue_shown (BhBenchQueue *self)
{
  if (self->search == NULL)
    read_rows (self, FALSE);
}

gboolean
bh_bench_queue_changed (BhBenchQueue *self)
{
  if (self->search != NULL)
    return FALSE;
  read_rows (self, TRUE);
  return TRUE;
}

static void
on_filter (GtkToggleButton *button, BhBenchQueue *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    if (self->buttons[i] == GTK_WIDGET (button))
      self->filter = i;
  self->limit = FIRST_ROWS;
  bh_bench_queue_read (self);
}

static void
on_edge (GtkScrolledWindow *scrolled, GtkPositionType edge, BhBenchQueue *self)
{
  if (edge != GTK_POS_BOTTOM || !self->cut || self->search != NULL)
    return;
  self->limit *= 2;
  bh_bench_queue_read (self);
}

static void
on_cursor (GtkTreeView *tree, BhBenchQueue *self)
{
  g_autoptr (GtkTreePath) path = NULL;
  GtkTreeIter iter;

  gtk_tree_view_get_cursor (tree, &path, NULL);
  if (path == NULL || !gtk_tree_model_get_iter (GTK_TREE_MODEL (self->store), &iter, path))
    return;
  g_free (self->seat);
  self->seat = name_at (self, &iter);
}

static void
on_row (GtkTreeView *tree, GtkTreePath *path, GtkTreeViewColumn *column, BhBenchQueue *self)
{
  GtkTreeIter iter;
  g_autofree char *name = NULL;

  if (!gtk_tree_model_get_iter (GTK_TREE_MODEL (self->store), &iter, path))
    return;
  name = name_at (self, &iter);
  g_signal_emit (self, signals[CHOSEN], 0, name);
}

void
bh_bench_queue_focus (BhBenchQueue *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->tree));
}

void
bh_bench_queue_tell (BhBenchQueue *self, const char *text)
{
  gtk_label_set_text (self->told, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->told), text);
}

/* ---- how it is made ------------------------------------------------------------- */

/* C10: late and soon in words, shape and colour. */
static void
draw_state (GtkTreeViewColumn *column, GtkCellRenderer *cell, GtkTreeModel *model,
            GtkTreeIter *iter, gpointer data)
{
  BhBenchQueue *self = data;
  g_autofree char *light = NULL;
  GdkRGBA colour;

  gtk_tree_model_get (model, iter, COL_LIGHT, &light, -1);
  /* on a selected row the theme's own colours are the readable ones */
  if (light != NULL &&
      !gtk_tree_selection_iter_is_selected (gtk_tree_view_get_selection (self->tree), iter) &&
      bh_clock_state_colour (GTK_WIDGET (self->tree), light, &colour))
    g_object_set (cell, "foreground-rgba", &colour, NULL);
  else
    g_object_set (cell, "foreground-set", FALSE, NULL);
}

static void
add_columns (BhBenchQueue *self)
{
  for (int i = 0; i < N_SHOWN; i++) {
    GtkCellRenderer *cell = gtk_cell_renderer_text_new ();
    GtkTreeViewColumn *column =
        gtk_tree_view_column_new_with_attributes (_ (columns[i].title), cell, "text", i, NULL);

    /* serials differ at their end */
    g_object_set (cell, "ellipsize", i == COL_SERIAL ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_END,
                  NULL);
    if (i == COL_STATE)
      gtk_tree_view_column_set_cell_data_func (column, cell, draw_state, self, NULL);
    gtk_tree_view_column_set_sizing (column, GTK_TREE_VIEW_COLUMN_FIXED);
    gtk_tree_view_column_set_fixed_width (column, columns[i].width);
    gtk_tree_view_column_set_resizable (column, TRUE);
    gtk_tree_view_column_set_expand (column, i == COL_ACCOUNT);
    gtk_tree_view_append_column (self->tree, column);
  }
  gtk_tree_view_set_fixed_height_mode (self->tree, TRUE);
  gtk_tree_view_set_enable_search (self->tree, FALSE);
  gtk_tree_view_set_model (self->tree, GTK_TREE_MODEL (self->store));
}

static GtkWidget *
filter_bar (BhBenchQueue *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++) {
    self->buttons[i] = gtk_radio_button_new_with_mnemonic_from_widget (
        GTK_RADIO_BUTTON (i > 0 ? self->buttons[0] : NULL), _ (filters[i].label));
    page_name (self->buttons[i], NULL, filters[i].id);
    g_signal_connect (self->buttons[i], "toggled", G_CALLBACK (on_filter), self);
    gtk_container_add (GTK_CONTAINER (bar), self->buttons[i]);
  }
  gtk_container_add (GTK_CONTAINER (bar),
                     page_text (_ ("Scan a unit or a job, whatever is on screen."), "skipped"));
  return bar;
}

static void
bh_bench_queue_dispose (GObject *object)
{
  BhBenchQueue *self = BH_BENCH_QUEUE (object);

  self->gone = TRUE;
  g_clear_object (&self->search);
  G_OBJECT_CLASS (bh_bench_queue_parent_class)->dispose (object);
}

static void
bh_bench_queue_finalize (GObject *object)
{
  BhBenchQueue *self = BH_BENCH_QUEUE (object);

  g_clear_object (&self->reads);
  g_clear_object (&self->store);
  g_free (self->seat);
  G_OBJECT_CLASS (bh_bench_queue_parent_class)->finalize (object);
}

static void
bh_bench_queue_class_init (BhBenchQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_bench_queue_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_bench_queue_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LISTED] = g_signal_new ("listed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
bh_bench_queue_init (BhBenchQueue *self)
{
  GtkBox *box = GTK_BOX (self);
  GtkWidget *scrolled = gtk_scrolled_window_new (NULL, NULL);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 8);
  self->store =
      gtk_list_store_new (N_COLS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
                          G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
                          G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  self->tree = GTK_TREE_VIEW (gtk_tree_view_new ());
  add_columns (self);
  g_signal_connect (self->tree, "cursor-changed", G_CALLBACK (on_cursor), self);
  g_signal_connect (self->tree, "row-activated", G_CALLBACK (on_row), self);
  gtk_container_add (GTK_CONTAINER (scrolled), GTK_WIDGET (self->tree));
  g_signal_connect (scrolled, "edge-reached", G_CALLBACK (on_edge), self);
  self->limit = FIRST_ROWS;
  self->empty = GTK_LABEL (page_label ("", "empty-title"));
  gtk_label_set_justify (self->empty, GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (self->empty, 0.5f);
  gtk_label_set_max_width_chars (self->empty, 50);
  gtk_widget_set_halign (GTK_WIDGET (self->empty), GTK_ALIGN_CENTER);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), scrolled, "table");
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->empty), "empty");
  self->rows = GTK_LABEL (page_text ("", NULL));
  self->told = GTK_LABEL (page_text ("", NULL));
  gtk_box_pack_start (GTK_BOX (foot), GTK_WIDGET (self->rows), FALSE, FALSE, 0);
  gtk_box_pack_end (GTK_BOX (foot), GTK_WIDGET (self->told), TRUE, TRUE, 0);
  gtk_label_set_xalign (self->told, 1);
  gtk_box_pack_start (box, filter_bar (self), FALSE, FALSE, 0);
  gtk_box_pack_start (box, self->stack, TRUE, TRUE, 0);
  gtk_box_pack_start (box, foot, FALSE, FALSE, 0);
  page_name (GTK_WIDGET (self->tree), _ ("Jobs by due date"), "bench-table");
  page_name (GTK_WIDGET (self->empty), NULL, "bench-empty");
  page_name (GTK_WIDGET (self->rows), NULL, "bench-rows");
  page_name (GTK_WIDGET (self->told), NULL, "bench-found");
}

GtkWidget *
bh_bench_queue_new (BhWorker *reads)
{
  BhBenchQueue *self = g_object_new (BH_TYPE_BENCH_QUEUE, NULL);

  self->reads = g_object_ref (reads);
  /* the store answers while all else is built */
  read_rows (self, FALSE);
  gtk_widget_show_all (GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

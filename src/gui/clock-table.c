/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "clock-table.h"

#include <string.h>

#include "clock-columns.h"
#include "clock-merge.h"
#include "clock-words.h"
#include "due-acts.h"
#include "live-rows.h"
#include "page.h"
#include "pages.h"

/* How long rows are added at a time: less than a key or a picture has to wait. */
#define PORTION_US 4000
/* So many are looked at between two looks at the clock. */
#define STEP 20
/* So many are there at once: more than a screen shows. */
#define AT_ONCE 100

struct _BhClockTable {
  GtkScrolledWindow parent_instance;

  GtkTreeView *tree;
  GtkListStore *shown; /* of pointers into all */
  GPtrArray *all;      /* BhClockRow, as the desk gave them: soonest first */
  GPtrArray *order;    /* the same, sorted; NULL: as they came */
  GPtrArray *old;      /* rows of before, to be freed */
  guint seen;          /* so many of them were looked at */
  guint filler;        /* source that looks at the others; 0: none are left */
  char *text;          /* folded */
  char *kind;
  char *state;
  const BhClockAge *age;
  int sort; /* column */
  gboolean descending;
  guint seat; /* row of the cursor: where it is, or where it goes once so many are there */
  gboolean seating;
  guint top; /* row that was uppermost before the rows came anew */
  guint n;
  guint late;
  guint amber;
};

enum { MOVED, PICKED, ENTERED, FILLED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhClockTable, bh_clock_table, GTK_TYPE_SCROLLED_WINDOW)

/* ---- cells -------------------------------------------------------------------- */

static const BhClockRow *
row_at (GtkTreeModel *model, GtkTreeIter *iter)
{
  gpointer row = NULL;

  gtk_tree_model_get (model, iter, 0, &row, -1);
  return row;
}

static void
draw_cell (GtkTreeViewColumn *column, GtkCellRenderer *cell, GtkTreeModel *model, GtkTreeIter *iter,
           gpointer data)
{
  const BhClockRow *row = row_at (model, iter);
  int which = GPOINTER_TO_INT (data);
  g_autofree char *text = bh_clock_columns[which].text (row);
  GtkWidget *tree = gtk_tree_view_column_get_tree_view (column);
  GdkRGBA colour;
  gboolean coloured = FALSE;

  /* on a selected row the theme's own colours are the readable ones */
  if (which == BH_CLOCK_STATE)
    coloured = !gtk_tree_selection_iter_is_selected (
                   gtk_tree_view_get_selection (GTK_TREE_VIEW (tree)), iter) &&
               bh_clock_state_colour (tree, row->state, &colour);
  g_object_set (cell, "text", text, NULL);
  if (coloured)
    g_object_set (cell, "foreground-rgba", &colour, NULL);
  else
    g_object_set (cell, "foreground-set", FALSE, NULL);
}

/* ---- which rows ---------------------------------------------------------------- */

static gboolean
has_text (const char *where, const char *folded)
{
  g_autofree char *fold = where != NULL ? g_utf8_casefold (where, -1) : NULL;

  return fold != NULL && strstr (fold, folded) != NULL;
}

static gboolean
fits (BhClockTable *self, const BhClockRow *row)
{
  gboolean pressing = g_strcmp0 (row->state, "late") == 0 || g_strcmp0 (row->state, "amber") == 0;

  if (self->kind != NULL && g_strcmp0 (self->kind, row->kind) != 0)
    return FALSE;
  if (self->state != NULL && !(g_str_equal (self->state, "pressing") && pressing) &&
      g_strcmp0 (self->state, row->state) != 0)
    return FALSE;
  if (self->age != NULL && (row->due == NULL || g_strcmp0 (row->state, "paused") == 0 ||
                            row->days_left < self->age->least || row->days_left > self->age->most))
    return FALSE;
  return self->text == NULL || has_text (row->account, self->text) ||
         has_text (row->account_name, self->text) || has_text (row->rma, self->text) ||
         has_text (row->serial, self->text) || has_text (row->case_no, self->text);
}

/* As they came they are by their due dates. */
static void
set_order (BhClockTable *self)
{
  g_clear_pointer (&self->order, g_ptr_array_unref);
  if (self->sort != BH_CLOCK_DUE || self->descending)
    self->order = bh_clock_rows_sorted (self->all, self->sort, self->descending);
}

/* ---- filling --------------------------------------------------------------------- */

static void seat (BhClockTable *self);

static void
append (BhClockTable *self, GtkListStore *shown, BhClockRow *row)
{
  gtk_list_store_insert_with_values (shown, NULL, -1, 0, row, -1);
  self->n++;
  self->late += g_strcmp0 (row->state, "late") == 0;
  self->amber += g_strcmp0 (row->state, "amber") == 0;
}

/* Rows are added below those that are there: cursor, selection and what is in sight stay. */
static void
look_at (BhClockTable *self, GtkListStore *shown, guint rows)
{
  const GPtrArray *from = self->order != NULL ? self->order : self->all;

  for (guint i = 0; i < rows && self->seen < from->len; i++, self->seen++)
    if (fits (self, g_ptr_array_index (from, self->seen)))
      append (self, shown, g_ptr_array_index (from, self->seen));
}

static void
free_old (BhClockTable *self)
{
  if (self->old != NULL && self->old->len > STEP)
    g_ptr_array_set_size (self->old, (int) (self->old->len - STEP));
  else
    g_clear_pointer (&self->old, g_ptr_array_unref);
}

/* Thousands of rows at once stop the window, as each is told to screen readers. */
static gboolean
fill_on (gpointer data)
{
  BhClockTable *self = data;
  gint64 until = g_get_monotonic_time () + PORTION_US;

  while (self->seen < self->all->len && g_get_monotonic_time () < until)
    look_at (self, self->shown, STEP);
  while (self->old != NULL && g_get_monotonic_time () < until)
    free_old (self);
  seat (self);
  if (self->seen < self->all->len || self->old != NULL)
    return G_SOURCE_CONTINUE;
  self->filler = 0;
  g_signal_emit (self, signals[FILLED], 0);
  return G_SOURCE_REMOVE;
}

static void
fill (BhClockTable *self)
{
  gint64 until = g_get_monotonic_time () + PORTION_US;

  while (self->n < AT_ONCE && self->seen < self->all->len && g_get_monotonic_time () < until)
    look_at (self, self->shown, STEP);
  seat (self);
  if (self->filler == 0 && (self->seen < self->all->len || self->old != NULL))
    self->filler = g_idle_add (fill_on, self);
}

gboolean
bh_clock_table_filling (BhClockTable *self)
{
  return self->seen < self->all->len;
}

/* A list of its own is sooner made than the old one is emptied under the widget's eyes. */
static void
empty (BhClockTable *self)
{
  g_autoptr (GtkListStore) shown = gtk_list_store_new (1, G_TYPE_POINTER);
  g_autoptr (GtkTreePath) top = NULL;

  if (gtk_tree_view_get_visible_range (self->tree, &top, NULL))
    self->top = (guint) gtk_tree_path_get_indices (top)[0];
  self->seating = TRUE;
  g_set_object (&self->shown, shown);
  gtk_tree_view_set_model (self->tree, GTK_TREE_MODEL (shown));
  self->seating = FALSE;
  self->n = self->late = self->amber = self->seen = 0;
}

static void
refill (BhClockTable *self)
{
  empty (self);
  set_order (self);
  fill (self);
  g_signal_emit (self, signals[MOVED], 0);
  g_signal_emit (self, signals[PICKED], 0);
}

void
bh_clock_table_clear (BhClockTable *self)
{
  empty (self);
  g_clear_pointer (&self->order, g_ptr_array_unref);
  if (self->old == NULL) {
    self->old = self->all;
    self->all = bh_clock_rows_new ();
  } else {
    g_ptr_array_set_size (self->all, 0);
  }
}

void
bh_clock_table_add (BhClockTable *self, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->all, g_ptr_array_index (rows, i));
  g_ptr_array_set_free_func (rows, NULL);
  g_ptr_array_set_size (rows, 0);
  if (self->sort == BH_CLOCK_DUE && !self->descending && self->order == NULL)
    fill (self);
  else
    refill (self);
}

void
bh_clock_table_merge (BhClockTable *self, GPtrArray *rows)
{
  static const int key[] = { 0, -1 };
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();
  g_autoptr (GtkListStore) fresh = page_rows_like (self->shown);
  const BhClockRow *was = bh_clock_table_current (self);
  guint shown = MAX (self->n, AT_ONCE);
  gboolean filling = bh_clock_table_filling (self);
  GPtrArray *now = bh_clock_rows_new ();
  g_autoptr (GPtrArray) gone = NULL;

  g_ptr_array_extend_and_steal (now, g_ptr_array_ref (rows));
  gone = bh_clock_rows_merge (&self->all, now, changed);

  set_order (self);
  self->n = self->late = self->amber = self->seen = 0;
  while (self->seen < self->all->len && (!filling || self->n < shown))
    look_at (self, fresh, STEP);
  page_rows_merge (self->shown, fresh, key, TRUE);
  page_rows_draw (self->shown, changed);
  if (self->filler == 0 && bh_clock_table_filling (self))
    self->filler = g_idle_add (fill_on, self);
  if (was != bh_clock_table_current (self) || g_ptr_array_find (changed, was, NULL))
    g_signal_emit (self, signals[MOVED], 0);
  g_signal_emit (self, signals[PICKED], 0);
}

void
bh_clock_table_filter (BhClockTable *self, const BhClockFilter *filter)
{
  g_free (self->text);
  g_free (self->kind);
  g_free (self->state);
  self->text =
      filter->text != NULL && *filter->text != '\0' ? g_utf8_casefold (filter->text, -1) : NULL;
  self->kind = g_strdup (filter->kind);
  self->state = g_strdup (filter->state);
  self->age = filter->age;
  self->seat = 0;
  refill (self);
}

/* ---- cursor and selection ------------------------------------------------------ */

const BhClockRow *
bh_clock_table_current (BhClockTable *self)
{
  g_autoptr (GtkTreePath) path = NULL;
  GtkTreeIter iter;

  gtk_tree_view_get_cursor (self->tree, &path, NULL);
  if (path == NULL || !gtk_tree_model_get_iter (GTK_TREE_MODEL (self->shown), &iter, path))
    return NULL;
  return row_at (GTK_TREE_MODEL (self->shown), &iter);
}

static void
pick (GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *iter, gpointer data)
{
  g_ptr_array_add (data, (gpointer) row_at (model, iter));
}

GPtrArray *
bh_clock_table_picked (BhClockTable *self)
{
  GPtrArray *rows = g_ptr_array_new ();

  gtk_tree_selection_selected_foreach (gtk_tree_view_get_selection (self->tree), pick, rows);
  return rows;
}

guint
bh_clock_table_count (BhClockTable *self, guint *late, guint *amber)
{
  *late = self->late;
  *amber = self->amber;
  return self->n;
}

/* The cursor goes back to where it was before the rows came anew, when so many are there: what
 * was done to a row may have taken it away. */
static void
seat (BhClockTable *self)
{
  g_autoptr (GtkTreePath) path = NULL;
  g_autoptr (GtkTreePath) top = NULL;

  if (self->n == 0 || bh_clock_table_current (self) != NULL ||
      (self->seat >= self->n && bh_clock_table_filling (self)))
    return;
  path = gtk_tree_path_new_from_indices ((int) MIN (self->seat, self->n - 1), -1);
  gtk_tree_view_set_cursor (self->tree, path, NULL, FALSE);
  if (self->seat < self->top || self->top >= self->n)
    return;
  /* what is in sight stays, too */
  top = gtk_tree_path_new_from_indices ((int) self->top, -1);
  gtk_tree_view_scroll_to_cell (self->tree, top, NULL, TRUE, 0, 0);
}

void
bh_clock_table_focus (BhClockTable *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->tree));
  seat (self);
}

/* Space takes the row into the selection or out of it, and leaves the others. */
static gboolean
on_key (GtkWidget *widget, GdkEventKey *event, BhClockTable *self)
{
  GtkTreeSelection *selection = gtk_tree_view_get_selection (self->tree);
  g_autoptr (GtkTreePath) path = NULL;

  if (event->keyval != GDK_KEY_space ||
      (event->state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  gtk_tree_view_get_cursor (self->tree, &path, NULL);
  if (path == NULL)
    return GDK_EVENT_PROPAGATE;
  if (gtk_tree_selection_path_is_selected (selection, path))
    gtk_tree_selection_unselect_path (selection, path);
  else
    gtk_tree_selection_select_path (selection, path);
  return GDK_EVENT_STOP;
}

static void
on_header (GtkTreeViewColumn *column, BhClockTable *self)
{
  int which = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "column"));

  self->descending = self->sort == which && !self->descending;
  self->sort = which;
  for (int i = 0; i < BH_CLOCK_COLUMNS; i++) {
    GtkTreeViewColumn *other = gtk_tree_view_get_column (self->tree, i);

    gtk_tree_view_column_set_sort_indicator (other, i == which);
    gtk_tree_view_column_set_sort_order (other, self->descending ? GTK_SORT_DESCENDING
                                                                 : GTK_SORT_ASCENDING);
  }
  refill (self);
}

static void
on_cursor (GtkTreeView *tree, BhClockTable *self)
{
  g_autoptr (GtkTreePath) path = NULL;

  gtk_tree_view_get_cursor (tree, &path, NULL);
  if (path != NULL && !self->seating)
    self->seat = (guint) gtk_tree_path_get_indices (path)[0];
  g_signal_emit (self, signals[MOVED], 0);
}

static void
on_picked (GtkTreeSelection *selection, BhClockTable *self)
{
  g_signal_emit (self, signals[PICKED], 0);
}

static void
on_row (GtkTreeView *tree, GtkTreePath *path, GtkTreeViewColumn *column, BhClockTable *self)
{
  g_signal_emit (self, signals[ENTERED], 0);
}

/* ---- life ---------------------------------------------------------------------- */

static void
bh_clock_table_finalize (GObject *object)
{
  BhClockTable *self = BH_CLOCK_TABLE (object);

  g_clear_handle_id (&self->filler, g_source_remove);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_clear_pointer (&self->old, g_ptr_array_unref);
  g_ptr_array_unref (self->all);
  g_free (self->text);
  g_free (self->kind);
  g_free (self->state);
  G_OBJECT_CLASS (bh_clock_table_parent_class)->finalize (object);
}

static void
bh_clock_table_class_init (BhClockTableClass *klass)
{
  static const char *const names[N_SIGNALS] = { "moved", "picked", "entered", "filled" };

  G_OBJECT_CLASS (klass)->finalize = bh_clock_table_finalize;
  for (int i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_column (BhClockTable *self, int which)
{
  GtkCellRenderer *cell = gtk_cell_renderer_text_new ();
  GtkTreeViewColumn *column =
      gtk_tree_view_column_new_with_attributes (_ (bh_clock_columns[which].title), cell, NULL);

  g_object_set (cell, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_tree_view_column_set_cell_data_func (column, cell, draw_cell, GINT_TO_POINTER (which), NULL);
  gtk_tree_view_column_set_sizing (column, GTK_TREE_VIEW_COLUMN_FIXED);
  gtk_tree_view_column_set_fixed_width (column, bh_clock_columns[which].width);
  gtk_tree_view_column_set_resizable (column, TRUE);
  gtk_tree_view_column_set_expand (column, which == BH_CLOCK_ACCOUNT);
  gtk_tree_view_column_set_clickable (column, TRUE);
  g_object_set_data (G_OBJECT (column), "column", GINT_TO_POINTER (which));
  g_signal_connect (column, "clicked", G_CALLBACK (on_header), self);
  gtk_tree_view_append_column (self->tree, column);
  if (which == BH_CLOCK_RMA)
    page_link_column (self->tree, column, cell);
  gtk_tree_view_column_set_sort_indicator (column, which == BH_CLOCK_DUE);
}

static void
bh_clock_table_init (BhClockTable *self)
{
  GtkTreeSelection *selection;

  self->all = bh_clock_rows_new ();
  self->shown = gtk_list_store_new (1, G_TYPE_POINTER);
  self->sort = BH_CLOCK_DUE;
  self->tree = GTK_TREE_VIEW (gtk_tree_view_new_with_model (GTK_TREE_MODEL (self->shown)));
  page_name (GTK_WIDGET (self->tree), _ ("Clocks"), "due-table");
  gtk_tree_view_set_enable_search (self->tree, FALSE);
  for (int i = 0; i < BH_CLOCK_COLUMNS; i++)
    add_column (self, i);
  gtk_tree_view_set_fixed_height_mode (self->tree, TRUE);
  selection = gtk_tree_view_get_selection (self->tree);
  gtk_tree_selection_set_mode (selection, GTK_SELECTION_MULTIPLE);
  g_signal_connect (self->tree, "key-press-event", G_CALLBACK (on_key), self);
  g_signal_connect (self->tree, "cursor-changed", G_CALLBACK (on_cursor), self);
  g_signal_connect (self->tree, "row-activated", G_CALLBACK (on_row), self);
  g_signal_connect (selection, "changed", G_CALLBACK (on_picked), self);
  gtk_container_add (GTK_CONTAINER (self), GTK_WIDGET (self->tree));
  gtk_widget_show_all (GTK_WIDGET (self));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "clock-table.h"

#include <string.h>

#include "clock-words.h"
#include "page.h"
#include "pages.h"

struct _BhClockTable {
  GtkScrolledWindow parent_instance;

  GtkTreeView *tree;
  GtkListStore *shown; /* of pointers into all */
  GPtrArray *all;      /* BhClockRow, as the desk gave them: soonest first */
  char *text;          /* folded */
  char *kind;
  char *state;
  const BhClockAge *age;
  int sort; /* column */
  gboolean descending;
  guint seat; /* row of the cursor */
  guint n;
  guint late;
  guint amber;
};

enum { MOVED, PICKED, ENTERED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhClockTable, bh_clock_table, GTK_TYPE_SCROLLED_WINDOW)

/* ---- columns ------------------------------------------------------------------- */

static char *
text_state (const BhClockRow *row)
{
  return bh_clock_state_words (row->state);
}

static char *
text_kind (const BhClockRow *row)
{
  return g_strdup (bh_clock_kind_short (row->kind));
}

static char *
text_due (const BhClockRow *row)
{
  return bh_clock_due_words (row->due, row->due_us, row->zone);
}

static char *
text_left (const BhClockRow *row)
{
  return bh_clock_left_words (row->state, row->days_left);
}

static char *
text_rma (const BhClockRow *row)
{
  return g_strdup (row->rma != NULL ? row->rma : row->case_no);
}

static char *
text_line (const BhClockRow *row)
{
  return row->line != 0 ? g_strdup_printf ("%d", row->line) : g_strdup ("");
}

static char *
text_serial (const BhClockRow *row)
{
  return g_strdup (row->serial);
}

static char *
text_account (const BhClockRow *row)
{
  return g_strdup (row->account_name != NULL ? row->account_name : row->account);
}

enum { COL_STATE, COL_KIND, COL_DUE, COL_LEFT, COL_RMA, COL_LINE, COL_SERIAL, COL_ACCOUNT, N_COLS };

static const struct {
  const char *title;
  int width;
  char *(*text) (const BhClockRow *row);
} columns[N_COLS] = {
  [COL_STATE] = { N_ ("State"), 95, text_state },
  [COL_KIND] = { N_ ("Clock"), 95, text_kind },
  [COL_DUE] = { N_ ("Due"), 130, text_due },
  [COL_LEFT] = { N_ ("Time"), 105, text_left },
  [COL_RMA] = { N_ ("RMA or case"), 115, text_rma },
  [COL_LINE] = { N_ ("Line"), 40, text_line },
  [COL_SERIAL] = { N_ ("Serial"), 120, text_serial },
  [COL_ACCOUNT] = { N_ ("Account"), 150, text_account },
};

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
  g_autofree char *text = columns[which].text (row);
  GtkWidget *tree = gtk_tree_view_column_get_tree_view (column);
  GdkRGBA colour;
  gboolean coloured = FALSE;

  /* on a selected row the theme's own colours are the readable ones */
  if (which == COL_STATE)
    coloured = !gtk_tree_selection_iter_is_selected (
                   gtk_tree_view_get_selection (GTK_TREE_VIEW (tree)), iter) &&
               bh_clock_state_colour (tree, row->state, &colour);
  g_object_set (cell, "text", text, NULL);
  if (coloured)
    g_object_set (cell, "foreground-rgba", &colour, NULL);
  else
    g_object_set (cell, "foreground-set", FALSE, NULL);
}

const BhClockAge *
bh_clock_age_find (const char *id)
{
  static const BhClockAge ages[] = {
    { "over-30", G_MININT, -31 },
    { "over-10", -30, -11 },
    { "to-10", -10, -1 },
    { "today", 0, 0 },
    { "week", 1, 5 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ages); i++)
    if (g_strcmp0 (ages[i].id, id) == 0)
      return &ages[i];
  return NULL;
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

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const BhClockTable *self = data;
  const BhClockRow *one = *(BhClockRow *const *) a;
  const BhClockRow *two = *(BhClockRow *const *) b;
  int order;

  if (self->sort == COL_LEFT) {
    order = one->days_left - two->days_left;
  } else {
    g_autofree char *left = columns[self->sort].text (one);
    g_autofree char *right = columns[self->sort].text (two);

    order = g_strcmp0 (left, right);
  }
  return self->descending ? -order : order;
}

static void
append (BhClockTable *self, BhClockRow *row)
{
  gtk_list_store_insert_with_values (self->shown, NULL, -1, 0, row, -1);
  self->n++;
  self->late += g_strcmp0 (row->state, "late") == 0;
  self->amber += g_strcmp0 (row->state, "amber") == 0;
}

static void seat (BhClockTable *self);

/* The list without its widget is filled much sooner than under its eyes. */
static void
refill (BhClockTable *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; i < self->all->len; i++)
    if (fits (self, g_ptr_array_index (self->all, i)))
      g_ptr_array_add (rows, g_ptr_array_index (self->all, i));
  /* as they came they are by their due dates */
  if (self->sort != COL_DUE || self->descending)
    g_ptr_array_sort_with_data (rows, compare, self);
  g_object_ref (self->shown);
  gtk_tree_view_set_model (self->tree, NULL);
  gtk_list_store_clear (self->shown);
  self->n = self->late = self->amber = 0;
  for (guint i = 0; i < rows->len; i++)
    append (self, g_ptr_array_index (rows, i));
  gtk_tree_view_set_model (self->tree, GTK_TREE_MODEL (self->shown));
  g_object_unref (self->shown);
  seat (self);
  g_signal_emit (self, signals[MOVED], 0);
  g_signal_emit (self, signals[PICKED], 0);
}

void
bh_clock_table_clear (BhClockTable *self)
{
  gtk_tree_view_set_model (self->tree, NULL);
  gtk_list_store_clear (self->shown);
  gtk_tree_view_set_model (self->tree, GTK_TREE_MODEL (self->shown));
  g_ptr_array_set_size (self->all, 0);
  self->n = self->late = self->amber = 0;
}

void
bh_clock_table_add (BhClockTable *self, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->all, g_ptr_array_index (rows, i));
  g_ptr_array_set_free_func (rows, NULL);
  g_ptr_array_set_size (rows, 0);
  /* not one by one: each would be told to screen readers, which thousands bring to a halt */
  refill (self);
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

/* The cursor goes back to where it was before the rows came anew: what was done to a row
 * may have taken it away. */
static void
seat (BhClockTable *self)
{
  g_autoptr (GtkTreePath) path = NULL;

  if (self->n == 0 || bh_clock_table_current (self) != NULL)
    return;
  path = gtk_tree_path_new_from_indices ((int) MIN (self->seat, self->n - 1), -1);
  gtk_tree_view_set_cursor (self->tree, path, NULL, FALSE);
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
  for (int i = 0; i < N_COLS; i++) {
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
  if (path != NULL)
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

  g_clear_object (&self->shown);
  g_ptr_array_unref (self->all);
  g_free (self->text);
  g_free (self->kind);
  g_free (self->state);
  G_OBJECT_CLASS (bh_clock_table_parent_class)->finalize (object);
}

static void
bh_clock_table_class_init (BhClockTableClass *klass)
{
  static const char *const names[N_SIGNALS] = { "moved", "picked", "entered" };

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
      gtk_tree_view_column_new_with_attributes (_ (columns[which].title), cell, NULL);

  g_object_set (cell, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_tree_view_column_set_cell_data_func (column, cell, draw_cell, GINT_TO_POINTER (which), NULL);
  gtk_tree_view_column_set_sizing (column, GTK_TREE_VIEW_COLUMN_FIXED);
  gtk_tree_view_column_set_fixed_width (column, columns[which].width);
  gtk_tree_view_column_set_resizable (column, TRUE);
  gtk_tree_view_column_set_expand (column, which == COL_ACCOUNT);
  gtk_tree_view_column_set_clickable (column, TRUE);
  g_object_set_data (G_OBJECT (column), "column", GINT_TO_POINTER (which));
  g_signal_connect (column, "clicked", G_CALLBACK (on_header), self);
  gtk_tree_view_append_column (self->tree, column);
  if (which == COL_RMA)
    page_link_column (self->tree, column, cell);
  gtk_tree_view_column_set_sort_indicator (column, which == COL_DUE);
}

static void
bh_clock_table_init (BhClockTable *self)
{
  GtkTreeSelection *selection;

  self->all = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_clock_row_free);
  self->shown = gtk_list_store_new (1, G_TYPE_POINTER);
  self->sort = COL_DUE;
  self->tree = GTK_TREE_VIEW (gtk_tree_view_new_with_model (GTK_TREE_MODEL (self->shown)));
  page_name (GTK_WIDGET (self->tree), _ ("Clocks"), "due-table");
  gtk_tree_view_set_enable_search (self->tree, FALSE);
  for (int i = 0; i < N_COLS; i++)
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "returns-page.h"

#include "backhaul/calendar.h"
#include "backhaul/returns.h"
#include "batch-bar.h"
#include "live-rows.h"
#include "page.h"
#include "pages.h"
#include "returns-rows.h"
#include "rma-view.h"

/* A page by key; GtkTreeView builds a node a row, so rows come as they are needed */

/* F1, left to right */
static const struct {
  const char *title;
  int width;
} columns[N_COLS] = {
  [COL_RMA] = { N_ ("RMA number"), 120 },  [COL_STATUS] = { N_ ("Status"), 80 },
  [COL_ACCOUNT] = { N_ ("Account"), 240 }, [COL_CASE] = { N_ ("Case number"), 160 },
  [COL_SERIAL] = { N_ ("Serial"), 160 },   [COL_PART] = { N_ ("Part number"), 140 },
  [COL_CREATED] = { N_ ("Created"), 300 },
};

struct _BhReturnsPage {
  GtkBox parent;
  BhWorker *reads;
  GtkWidget *stack;
  GtkWidget *entry;
  GtkWidget *said;
  GtkWidget *tree;
  GtkWidget *view; /* of one RMA */
  BhBatchBar *batch;
  GtkListStore *rows;
  BhReturnsSort sort;
  gboolean descending;
  char *rma;    /* that of the view; NULL: none yet */
  char *wished; /* that of the label asked for last */
  char *next;   /* cursor; NULL: all rows are there */
  guint asked;  /* number of the newest question */
  GCancellable *search;
  gboolean busy; /* it is not answered yet */
  gboolean live; /* what is asked now, nobody asked for */
  gboolean filled;
  gboolean gone;
};

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhReturnsPage, bh_returns_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

typedef struct {
  BhReturnsPage *page;
  guint number;
  gboolean first;
  gboolean live; /* nobody asked: rows that are there stay where they are */
} Ask;

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  Ask *ask = data;
  g_autoptr (BhReturnsPage) self = ask->page;
  g_autoptr (GError) error = NULL;
  BhReturnsAnswer *answer = bh_worker_finish (result, &error);
  gboolean newest = ask->number == self->asked;
  gboolean first = ask->first;
  gboolean live = ask->live;

  g_free (ask);
  if (!self->gone && newest) {
    self->busy = FALSE;
    if (answer != NULL) {
      g_autofree char *said = NULL;

      if (live) {
        self->next = bh_returns_merge (self->rows, answer, self->next);
      } else {
        if (first)
          gtk_list_store_clear (self->rows);
        bh_returns_add (self->rows, answer->rows);
        g_free (self->next);
        self->next = g_steal_pointer (&answer->next);
      }
      said = g_strdup_printf (self->next != NULL ? _ ("%d rows, more below") : _ ("%d rows"),
                              gtk_tree_model_iter_n_children (GTK_TREE_MODEL (self->rows), NULL));
      if (gtk_tree_model_iter_n_children (GTK_TREE_MODEL (self->rows), NULL) == 0) {
        g_free (said);
        said = g_strdup (_ ("Nothing on record fits. Search by RMA, case, serial, account, part, "
                            "reference or tracking number."));
      }
      gtk_label_set_text (GTK_LABEL (self->said), said);
    } else {
      gtk_label_set_text (GTK_LABEL (self->said), error->message);
    }
  }
  g_clear_pointer (&answer, bh_returns_answer_free);
}

static void
ask (BhReturnsPage *self, gboolean first)
{
  BhReturnsQuestion *question = g_new0 (BhReturnsQuestion, 1);
  Ask *ask_data = g_new0 (Ask, 1);

  /* a search that is not wanted any more is not waited for */
  if (first && self->busy)
    bh_worker_supersede (self->reads, self->search);
  question->text = g_strdup (gtk_entry_get_text (GTK_ENTRY (self->entry)));
  question->after = first ? NULL : g_strdup (self->next);
  question->sort = self->sort;
  question->descending = self->descending;
  question->limit =
      self->live ? page_rows_wanted (self->rows, BH_RETURNS_ROWS, self->next) : BH_RETURNS_ROWS;
  ask_data->page = g_object_ref (self);
  ask_data->number = ++self->asked;
  ask_data->first = first;
  ask_data->live = self->live;
  self->busy = TRUE;
  g_set_object (&self->search, NULL);
  self->search = g_cancellable_new ();
  bh_worker_search (self->reads, bh_returns_list, question, bh_returns_question_free,
                    bh_returns_answer_free, self->search, on_listed, ask_data);
}

static void
on_changed (GtkSearchEntry *entry, gpointer data)
{
  ask (data, TRUE);
}

static void
on_scrolled (GtkAdjustment *adjustment, gpointer data)
{
  BhReturnsPage *self = data;
  double below = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) -
                 gtk_adjustment_get_value (adjustment);

  if (!self->busy && self->next != NULL && below < 2 * gtk_adjustment_get_page_size (adjustment))
    ask (self, FALSE);
}

static void
show_order (BhReturnsPage *self)
{
  for (int i = 0; i < N_COLS; i++) {
    GtkTreeViewColumn *column = gtk_tree_view_get_column (GTK_TREE_VIEW (self->tree), i);

    gtk_tree_view_column_set_sort_indicator (column, i == (int) self->sort);
    gtk_tree_view_column_set_sort_order (column, self->descending ? GTK_SORT_DESCENDING
                                                                  : GTK_SORT_ASCENDING);
  }
}

static void
on_header (GtkTreeViewColumn *column, gpointer data)
{
  BhReturnsPage *self = data;
  BhReturnsSort sort =
      (BhReturnsSort) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "sort"));

  self->descending = self->sort == sort && !self->descending;
  self->sort = sort;
  show_order (self);
  ask (self, TRUE);
}

/* ---- links (F1): the RMA's number and the case's -------------------------------- */

static void
follow (BhReturnsPage *self, GtkTreePath *path, GtkTreeViewColumn *column)
{
  gboolean is_case = column == gtk_tree_view_get_column (GTK_TREE_VIEW (self->tree), COL_CASE);
  GtkTreeIter iter;
  g_autofree char *rma = NULL;
  g_autofree char *case_no = NULL;

  if (!gtk_tree_model_get_iter (GTK_TREE_MODEL (self->rows), &iter, path))
    return;
  gtk_tree_model_get (GTK_TREE_MODEL (self->rows), &iter, COL_RMA, &rma, COL_CASE, &case_no, -1);
  if (is_case && case_no != NULL)
    page_open (GTK_WIDGET (self), "cases", case_no);
  else
    page_open (GTK_WIDGET (self), "returns", rma);
}

static void
on_row (GtkTreeView *tree, GtkTreePath *path, GtkTreeViewColumn *column, gpointer data)
{
  follow (data, path, column);
}

static void
open_rma (BhPage *page, const char *rma)
{
  BhReturnsPage *self = BH_RETURNS_PAGE (page);

  g_free (self->rma);
  self->rma = g_strdup (rma);
  bh_rma_view_show (self->view, self->reads, rma);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "rma");
}

/* L6: of all that the search finds. */
static void
open_found (BhReturnsPage *self)
{
  bh_batch_bar_open_found (self->batch,
                           &(BhReturnsQuery){ .text = gtk_entry_get_text (GTK_ENTRY (self->entry)),
                                              .sort = self->sort,
                                              .descending = self->descending });
}

/* And of the rows that are chosen. */
static void
open_chosen (BhReturnsPage *self)
{
  GtkTreeSelection *chosen = gtk_tree_view_get_selection (GTK_TREE_VIEW (self->tree));
  g_autolist (GtkTreePath) paths = gtk_tree_selection_get_selected_rows (chosen, NULL);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_batch_row_free);

  for (GList *path = paths; path != NULL; path = path->next) {
    g_autofree char *rma = NULL;
    GtkTreeIter iter;
    int line = 0;

    if (!gtk_tree_model_get_iter (GTK_TREE_MODEL (self->rows), &iter, path->data))
      continue;
    gtk_tree_model_get (GTK_TREE_MODEL (self->rows), &iter, COL_RMA, &rma, COL_LINE, &line, -1);
    g_ptr_array_add (rows, bh_batch_row_new (rma, line));
  }
  bh_batch_bar_open_rows (self->batch, rows);
}

static gboolean
is_on_rma (BhReturnsPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "rma") == 0;
}

/* L1: the box labels of the RMA that is shown, or that of the row under the cursor. */
static gboolean
label (BhPage *page, BhPrintWish *wish)
{
  BhReturnsPage *self = BH_RETURNS_PAGE (page);
  g_autoptr (GtkTreePath) path = NULL;
  GtkTreeIter iter;

  if (is_on_rma (self)) {
    wish->rma = self->rma;
    return TRUE;
  }
  if (gtk_tree_selection_count_selected_rows (
          gtk_tree_view_get_selection (GTK_TREE_VIEW (self->tree))) > 1) {
    open_chosen (self);
    return TRUE;
  }
  gtk_tree_view_get_cursor (GTK_TREE_VIEW (self->tree), &path, NULL);
  if (path == NULL || !gtk_tree_model_get_iter (GTK_TREE_MODEL (self->rows), &iter, path))
    return FALSE;
  g_clear_pointer (&self->wished, g_free);
  gtk_tree_model_get (GTK_TREE_MODEL (self->rows), &iter, COL_RMA, &self->wished, COL_LINE,
                      &wish->line, -1);
  wish->rma = self->wished;
  return TRUE;
}

static gboolean
back (BhPage *page)
{
  BhReturnsPage *self = BH_RETURNS_PAGE (page);

  if (bh_batch_bar_leave (self->batch)) {
    if (!gtk_widget_get_visible (GTK_WIDGET (self->batch)))
      gtk_widget_grab_focus (self->tree);
    return TRUE;
  }
  if (!is_on_rma (self))
    return FALSE;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "list");
  gtk_widget_grab_focus (self->tree);
  return TRUE;
}

static gboolean
scanned (BhPage *page, const char *text)
{
  BhReturnsPage *self = BH_RETURNS_PAGE (page);

  back (page);
  gtk_entry_set_text (GTK_ENTRY (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  return TRUE;
}

static void
shown (BhPage *page)
{
  BhReturnsPage *self = BH_RETURNS_PAGE (page);

  if (!self->filled)
    ask (self, TRUE);
  self->filled = TRUE;
}

/* What is looked at changes where it stands: the rows, and the RMA that is read over them. */
static gboolean
changed (BhPage *page)
{
  BhReturnsPage *self = BH_RETURNS_PAGE (page);

  if (self->busy || (is_on_rma (self) && !bh_view_changed (self->view)))
    return FALSE;
  self->live = TRUE;
  ask (self, TRUE);
  self->live = FALSE;
  return TRUE;
}

static void
focus (BhPage *page)
{
  BhReturnsPage *self = BH_RETURNS_PAGE (page);

  if (is_on_rma (self))
    gtk_widget_child_focus (self->view, GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (self->entry);
}

static void
find (BhPage *page)
{
  back (page);
  gtk_widget_grab_focus (BH_RETURNS_PAGE (page)->entry);
}

static void
page_face (BhPageInterface *iface)
{
  iface->find = find;
  iface->shown = shown;
  iface->changed = changed;
  iface->focus = focus;
  iface->scanned = scanned;
  iface->open = open_rma;
  iface->back = back;
  iface->label = label;
}

static GtkWidget *
make_tree (BhReturnsPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (NULL, NULL);

  self->rows =
      gtk_list_store_new (N_COLS + 1, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
                          G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT);
  self->tree = gtk_tree_view_new_with_model (GTK_TREE_MODEL (self->rows));
  page_name (self->tree, _ ("Returns"), "returns-table");
  gtk_tree_view_set_enable_search (GTK_TREE_VIEW (self->tree), FALSE);
  gtk_tree_selection_set_mode (gtk_tree_view_get_selection (GTK_TREE_VIEW (self->tree)),
                               GTK_SELECTION_MULTIPLE);
  for (int i = 0; i < N_COLS; i++) {
    GtkTreeViewColumn *column = page_column (GTK_TREE_VIEW (self->tree), _ (columns[i].title), i,
                                             columns[i].width, i == COL_ACCOUNT);

    if (i == COL_RMA || i == COL_CASE) {
      g_autoptr (GList) cells = gtk_cell_layout_get_cells (GTK_CELL_LAYOUT (column));

      page_link_column (GTK_TREE_VIEW (self->tree), column, cells->data);
    }
    gtk_tree_view_column_set_clickable (column, TRUE);
    g_object_set_data (G_OBJECT (column), "sort", GINT_TO_POINTER (i));
    g_signal_connect (column, "clicked", G_CALLBACK (on_header), self);
  }
  /* what one looks for is mostly of these days */
  self->sort = BH_RETURNS_BY_CREATED;
  self->descending = TRUE;
  show_order (self);
  g_signal_connect (self->tree, "row-activated", G_CALLBACK (on_row), self);
  gtk_container_add (GTK_CONTAINER (scrolled), self->tree);
  g_signal_connect (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                    "value-changed", G_CALLBACK (on_scrolled), self);
  return scrolled;
}

static void
bh_returns_page_dispose (GObject *object)
{
  BhReturnsPage *self = BH_RETURNS_PAGE (object);

  self->gone = TRUE;
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (bh_returns_page_parent_class)->dispose (object);
}

static void
bh_returns_page_finalize (GObject *object)
{
  BhReturnsPage *self = BH_RETURNS_PAGE (object);

  g_free (self->rma);
  g_free (self->wished);
  g_free (self->next);
  g_clear_object (&self->search);
  g_clear_object (&self->reads);
  G_OBJECT_CLASS (bh_returns_page_parent_class)->finalize (object);
}

static void
bh_returns_page_class_init (BhReturnsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_returns_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_returns_page_finalize;
}

static void
bh_returns_page_init (BhReturnsPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *below = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *many;

  self->entry = gtk_search_entry_new ();
  gtk_entry_set_placeholder_text (
      GTK_ENTRY (self->entry),
      _ ("RMA, case, serial, account, part, reference or tracking number"));
  page_name (self->entry, _ ("Search returns"), "search");
  g_signal_connect (self->entry, "search-changed", G_CALLBACK (on_changed), self);
  self->said = page_told ("rows", NULL);
  many = gtk_button_new_with_mnemonic (_ ("Box _labels of all found …"));
  page_name (many, NULL, "returns-labels");
  g_signal_connect_swapped (many, "clicked", G_CALLBACK (open_found), self);
  gtk_box_pack_start (GTK_BOX (below), self->said, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (below), many, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (column), self->entry, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (column), make_tree (self), TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (column), below, FALSE, FALSE, 0);
  self->view = bh_rma_view_new ();
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), column, "list");
  gtk_stack_add_named (GTK_STACK (self->stack), self->view, "rma");
  g_object_set (self, "margin", 18, NULL);
  gtk_box_pack_start (GTK_BOX (self), self->stack, TRUE, TRUE, 0);
  gtk_widget_show_all (self->stack);
}

GtkWidget *
bh_returns_page_new (BhWorker *acts, BhWorker *reads)
{
  BhReturnsPage *self = g_object_new (BH_TYPE_RETURNS_PAGE, NULL);

  self->reads = g_object_ref (reads);
  self->batch = BH_BATCH_BAR (bh_batch_bar_new (acts, reads));
  gtk_box_pack_end (GTK_BOX (gtk_stack_get_child_by_name (GTK_STACK (self->stack), "list")),
                    GTK_WIDGET (self->batch), FALSE, FALSE, 0);
  return GTK_WIDGET (self);
}

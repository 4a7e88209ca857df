/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "cases-page.h"

#include <string.h>

#include "case-calls.h"
#include "case-view.h"
#include "page.h"
#include "pages.h"
#include "words.h"

/* F2, left to right */
enum {
  COL_STATUS,
  COL_CASE,
  COL_SITE,
  COL_CONTACT,
  COL_MODIFIED,
  COL_PLATFORM,
  COL_PRIORITY,
  N_COLS
};

static const struct {
  const char *title;
  int width;
  BhCasesSort sort;
} columns[N_COLS] = {
  [COL_STATUS] = { N_ ("Status"), 80, BH_CASES_BY_STATUS },
  [COL_CASE] = { N_ ("Case number"), 160, BH_CASES_BY_CASE },
  [COL_SITE] = { N_ ("Site"), 240, BH_CASES_BY_SITE },
  [COL_CONTACT] = { N_ ("Contact"), 160, BH_CASES_BY_CONTACT },
  [COL_MODIFIED] = { N_ ("Last modified"), 190, BH_CASES_BY_MODIFIED },
  [COL_PLATFORM] = { N_ ("Platform"), 130, BH_CASES_BY_PLATFORM },
  [COL_PRIORITY] = { N_ ("Priority"), 80, BH_CASES_BY_PRIORITY },
};

struct _BhCasesPage {
  GtkBox parent_instance;

  GtkStack *stack;
  GtkEntry *text;
  GtkScrolledWindow *scrolled;
  GtkTreeView *tree;
  GtkLabel *rows;
  GtkBox *page;
  GtkBox *bar;
  GtkComboBoxText *what;
  GtkComboBoxText *kind;
  GtkEntry *owner;
  GtkEntry *message;
  GtkWidget *go;
  GtkLabel *told;
  GtkWidget *view; /* of one case */

  BhWorker *acts;
  BhWorker *reads;
  GtkListStore *store;
  BhCasesSort sort;
  gboolean descending;
  char *next; /* cursor; NULL: all rows are there */
  char *case_no;
  guint asked;
  GCancellable *search; /* NULL: it is answered */
  gboolean filled;
  gboolean busy; /* with an act */
  gboolean gone;
};

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhCasesPage, bh_cases_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

/* ---- the list ------------------------------------------------------------------ */

typedef struct {
  BhCasesPage *page;
  guint number;
  gboolean first;
} Ask;

static void
append (BhCasesPage *self, const BhCaseRow *row)
{
  g_autofree char *modified = bh_time_words (row->modified_us, row->zone);
  g_autofree char *site = row->site != NULL && row->site_name != NULL
                              ? g_strdup_printf ("%s (%s)", row->site_name, row->site)
                              : g_strdup (row->site);

  gtk_list_store_insert_with_values (self->store, NULL, -1, COL_STATUS,
                                     bh_state_words (row->status), COL_CASE, row->case_no, COL_SITE,
                                     site, COL_CONTACT, row->contact, COL_MODIFIED, modified,
                                     COL_PLATFORM, row->platform, COL_PRIORITY, row->priority, -1);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (BhCasesPage) self = ask->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhCaseList) answer = bh_worker_finish (result, &error);
  g_autofree char *said = NULL;
  int n;

  if (self->gone || ask->number != self->asked)
    return;
  g_clear_object (&self->search);
  if (answer == NULL) {
    gtk_label_set_text (self->rows, error->message);
    return;
  }
  if (ask->first)
    gtk_list_store_clear (self->store);
  for (guint i = 0; i < answer->rows->len; i++)
    append (self, g_ptr_array_index (answer->rows, i));
  g_free (self->next);
  self->next = g_steal_pointer (&answer->next);
  n = gtk_tree_model_iter_n_children (GTK_TREE_MODEL (self->store), NULL);
  said =
      n == 0
          ? g_strdup (_ ("Nothing on record fits. Search by case, account, site, contact, RMA, "
                         "serial, reference or tracking number."))
          : g_strdup_printf (self->next != NULL ? _ ("%d cases, more below") : _ ("%d cases"), n);
  gtk_label_set_text (self->rows, said);
}

static void
ask_list (BhCasesPage *self, gboolean first)
{
  Ask *ask = g_new0 (Ask, 1);

  if (self->search != NULL)
    bh_worker_supersede (self->reads, self->search);
  g_clear_object (&self->search);
  self->search = g_cancellable_new ();
  *ask = (Ask){ g_object_ref (self), ++self->asked, first };
  bh_call_cases_async (self->reads, gtk_entry_get_text (self->text), self->sort, self->descending,
                       first ? NULL : self->next, self->search, on_listed, ask);
}

static void
on_search (GtkSearchEntry *entry, BhCasesPage *self)
{
  ask_list (self, TRUE);
}

static void
on_scrolled (GtkAdjustment *adjustment, BhCasesPage *self)
{
  double below = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) -
                 gtk_adjustment_get_value (adjustment);

  if (self->search == NULL && self->next != NULL &&
      below < 2 * gtk_adjustment_get_page_size (adjustment))
    ask_list (self, FALSE);
}

static void
on_header (GtkTreeViewColumn *column, BhCasesPage *self)
{
  int which = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "column"));

  self->descending = self->sort == columns[which].sort && !self->descending;
  self->sort = columns[which].sort;
  for (int i = 0; i < N_COLS; i++) {
    GtkTreeViewColumn *other = gtk_tree_view_get_column (self->tree, i);

    gtk_tree_view_column_set_sort_indicator (other, i == which);
    gtk_tree_view_column_set_sort_order (other, self->descending ? GTK_SORT_DESCENDING
                                                                 : GTK_SORT_ASCENDING);
  }
  ask_list (self, TRUE);
}

/* ---- one case ------------------------------------------------------------------ */

static void
open_case (BhPage *page, const char *case_no)
{
  BhCasesPage *self = BH_CASES_PAGE (page);
  char *opened = g_strdup (case_no);

  g_free (self->case_no);
  self->case_no = opened;
  gtk_label_set_text (self->told, "");
  bh_case_view_show (self->view, self->reads, self->case_no);
  gtk_stack_set_visible_child_name (self->stack, "case");
}

static void
on_row (GtkTreeView *tree, GtkTreePath *path, GtkTreeViewColumn *column, BhCasesPage *self)
{
  GtkTreeIter iter;
  g_autofree char *case_no = NULL;

  if (!gtk_tree_model_get_iter (GTK_TREE_MODEL (self->store), &iter, path))
    return;
  gtk_tree_model_get (GTK_TREE_MODEL (self->store), &iter, COL_CASE, &case_no, -1);
  open_case (BH_PAGE (self), case_no);
  gtk_widget_grab_focus (GTK_WIDGET (self->message));
}

static void
set_go (BhCasesPage *self)
{
  const char *what = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->what));
  gboolean escalate = g_strcmp0 (what, "escalate") == 0;
  gboolean update = g_strcmp0 (what, "update") == 0;
  gboolean reopen = g_strcmp0 (what, "reopen") == 0;
  gboolean priority = what != NULL && *what == 'P';
  const char *message = gtk_entry_get_text (self->message);
  const char *owner = gtk_entry_get_text (self->owner);

  gtk_widget_set_visible (GTK_WIDGET (self->kind), escalate);
  gtk_widget_set_visible (GTK_WIDGET (self->owner), escalate);
  gtk_entry_set_placeholder_text (self->message, update ? _ ("What the customer was told")
                                                 : escalate || priority
                                                     ? _ ("Why, if there is more to say")
                                                 : reopen ? _ ("Why")
                                                          : _ ("How it ended"));
  gtk_widget_set_sensitive (
      self->go, !self->busy && (!(update || reopen) || message[strspn (message, " \t")] != '\0') &&
                    (!escalate || owner[strspn (owner, " \t")] != '\0'));
}

static void
on_what (GtkWidget *widget, BhCasesPage *self)
{
  set_go (self);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhCasesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *case_no = bh_worker_finish (result, &error);

  if (self->gone)
    return;
  self->busy = FALSE;
  if (case_no == NULL) {
    gtk_label_set_text (self->told, error->message);
  } else {
    gtk_label_set_text (self->told, _ ("Done."));
    gtk_entry_set_text (self->message, "");
    bh_case_view_show (self->view, self->reads, self->case_no);
    ask_list (self, TRUE);
  }
  set_go (self);
}

static void
on_go (GtkWidget *widget, BhCasesPage *self)
{
  if (!gtk_widget_get_sensitive (self->go))
    return;
  self->busy = TRUE;
  set_go (self);
  bh_call_case_act_async (
      self->acts, self->case_no, gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->what)),
      gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->kind)), gtk_entry_get_text (self->owner),
      gtk_entry_get_text (self->message), on_done, g_object_ref (self));
}

/* ---- as a page ----------------------------------------------------------------- */

static gboolean
back (BhPage *page)
{
  BhCasesPage *self = BH_CASES_PAGE (page);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "case") != 0)
    return FALSE;
  gtk_stack_set_visible_child_name (self->stack, "list");
  gtk_widget_grab_focus (GTK_WIDGET (self->tree));
  return TRUE;
}

static void
shown (BhPage *page)
{
  BhCasesPage *self = BH_CASES_PAGE (page);

  if (!self->filled)
    ask_list (self, TRUE);
  self->filled = TRUE;
}

static void
find (BhPage *page)
{
  back (page);
  gtk_widget_grab_focus (GTK_WIDGET (BH_CASES_PAGE (page)->text));
}

static void
focus (BhPage *page)
{
  BhCasesPage *self = BH_CASES_PAGE (page);
  gboolean one = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "case") == 0;

  gtk_widget_grab_focus (GTK_WIDGET (one ? self->message : self->text));
}

static gboolean
scanned (BhPage *page, const char *text)
{
  BhCasesPage *self = BH_CASES_PAGE (page);

  back (page);
  gtk_entry_set_text (self->text, text);
  return TRUE;
}

static void
page_face (BhPageInterface *iface)
{
  iface->shown = shown;
  iface->find = find;
  iface->focus = focus;
  iface->scanned = scanned;
  iface->open = open_case;
  iface->back = back;
}

static void
bh_cases_page_dispose (GObject *object)
{
  BhCasesPage *self = BH_CASES_PAGE (object);

  self->gone = TRUE;
  g_clear_object (&self->search);
  G_OBJECT_CLASS (bh_cases_page_parent_class)->dispose (object);
}

static void
bh_cases_page_finalize (GObject *object)
{
  BhCasesPage *self = BH_CASES_PAGE (object);

  g_clear_object (&self->acts);
  g_clear_object (&self->reads);
  g_clear_object (&self->store);
  g_free (self->next);
  g_free (self->case_no);
  G_OBJECT_CLASS (bh_cases_page_parent_class)->finalize (object);
}

#define BIND(child)   gtk_widget_class_bind_template_child (widget_class, BhCasesPage, child)
#define CALL(handler) gtk_widget_class_bind_template_callback (widget_class, handler)

static void
bh_cases_page_class_init (BhCasesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_cases_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_cases_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/cases-page.ui");
  BIND (stack);
  BIND (text);
  BIND (scrolled);
  BIND (tree);
  BIND (rows);
  BIND (page);
  BIND (bar);
  BIND (what);
  BIND (kind);
  BIND (owner);
  BIND (message);
  BIND (go);
  BIND (told);
  CALL (on_search);
  CALL (on_row);
  CALL (on_what);
  CALL (on_go);
}

static void
add_columns (BhCasesPage *self)
{
  for (int i = 0; i < N_COLS; i++) {
    GtkCellRenderer *cell = gtk_cell_renderer_text_new ();
    GtkTreeViewColumn *column =
        gtk_tree_view_column_new_with_attributes (_ (columns[i].title), cell, "text", i, NULL);

    g_object_set (cell, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
    gtk_tree_view_column_set_sizing (column, GTK_TREE_VIEW_COLUMN_FIXED);
    gtk_tree_view_column_set_fixed_width (column, columns[i].width);
    gtk_tree_view_column_set_resizable (column, TRUE);
    gtk_tree_view_column_set_expand (column, i == COL_SITE);
    gtk_tree_view_column_set_clickable (column, TRUE);
    g_object_set_data (G_OBJECT (column), "column", GINT_TO_POINTER (i));
    g_signal_connect (column, "clicked", G_CALLBACK (on_header), self);
    gtk_tree_view_append_column (self->tree, column);
    if (i == COL_CASE)
      page_link_column (self->tree, column, cell);
    gtk_tree_view_column_set_sort_indicator (column, i == COL_CASE);
  }
  gtk_tree_view_set_fixed_height_mode (self->tree, TRUE);
  gtk_tree_view_set_model (self->tree, GTK_TREE_MODEL (self->store));
}

static void
bh_cases_page_init (BhCasesPage *self)
{
  gsize n;
  const BhEscalationKind *kinds = bh_escalation_kinds (&n);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->store = gtk_list_store_new (N_COLS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
                                    G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  add_columns (self);
  for (gsize i = 0; i < n; i++)
    gtk_combo_box_text_append (self->kind, kinds[i].name, _ (kinds[i].title));
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->kind), 0);
  self->view = bh_rma_view_new ();
  gtk_widget_show_all (self->view);
  gtk_box_pack_start (self->page, self->view, TRUE, TRUE, 0);
  g_signal_connect (gtk_scrolled_window_get_vadjustment (self->scrolled), "value-changed",
                    G_CALLBACK (on_scrolled), self);
  page_name (GTK_WIDGET (self->text), _ ("Search cases"), "cases-search");
  page_name (GTK_WIDGET (self->tree), _ ("Cases"), "cases-table");
  page_name (GTK_WIDGET (self->rows), NULL, "cases-rows");
  page_name (GTK_WIDGET (self->what), _ ("What to do"), "case-what");
  page_name (GTK_WIDGET (self->kind), _ ("Which escalation"), "case-kind");
  page_name (GTK_WIDGET (self->owner), _ ("Who takes it on"), "case-owner");
  page_name (GTK_WIDGET (self->message), _ ("In words"), "case-message");
  page_name (self->go, NULL, "case-go");
  page_name (GTK_WIDGET (self->told), NULL, "case-told");
  set_go (self);
}

GtkWidget *
bh_cases_page_new (BhWorker *acts, BhWorker *reads)
{
  BhCasesPage *self = g_object_new (BH_TYPE_CASES_PAGE, NULL);

  self->acts = g_object_ref (acts);
  self->reads = g_object_ref (reads);
  return GTK_WIDGET (self);
}

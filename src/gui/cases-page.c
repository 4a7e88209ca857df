/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "cases-page.h"

#include <string.h>

#include "case-calls.h"
#include "case-columns.h"
#include "case-form.h"
#include "case-view.h"
#include "live-rows.h"
#include "page.h"
#include "pages.h"
#include "words.h"

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
  GtkWidget *fresh;
  GtkWidget *issue;
  GtkWidget *view;  /* of one case */
  BhCaseForm *form; /* of a new one; NULL: not asked for yet */

  BhWorker *acts;
  BhWorker *reads;
  GtkListStore *store;
  BhCasesSort sort;
  gboolean descending;
  char *next; /* cursor; NULL: all rows are there */
  char *case_no;
  char *serial; /* of the case that was just opened, for its RMA; NULL: none */
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
  gboolean live; /* nobody asked: rows that are there stay where they are */
} Ask;

/* The first rows as they are now, in their places. */
static void
merge (BhCasesPage *self, BhCaseList *answer)
{
  static const int key[] = { BH_CASE_COLUMN_NUMBER, -1 };
  g_autoptr (GtkListStore) fresh = page_rows_like (self->store);

  for (guint i = 0; i < answer->rows->len; i++)
    bh_case_columns_append (fresh, g_ptr_array_index (answer->rows, i));
  self->next =
      page_rows_merge_first (self->store, fresh, key, g_steal_pointer (&answer->next), self->next);
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
  if (ask->live) {
    merge (self, answer);
  } else {
    if (ask->first)
      gtk_list_store_clear (self->store);
    for (guint i = 0; i < answer->rows->len; i++)
      bh_case_columns_append (self->store, g_ptr_array_index (answer->rows, i));
    g_free (self->next);
    self->next = g_steal_pointer (&answer->next);
  }
  n = gtk_tree_model_iter_n_children (GTK_TREE_MODEL (self->store), NULL);
  said =
      n == 0
          ? g_strdup (_ ("Nothing on record fits. Search by case, account, site, contact, RMA, "
                         "serial, reference or tracking number."))
          : g_strdup_printf (self->next != NULL ? _ ("%d cases, more below") : _ ("%d cases"), n);
  gtk_label_set_text (self->rows, said);
}

static void
ask_rows (BhCasesPage *self, gboolean first, gboolean live)
{
  Ask *ask = g_new0 (Ask, 1);
  guint limit = live ? page_rows_wanted (self->store, BH_CASE_ROWS, self->next) : BH_CASE_ROWS;

  if (self->search != NULL)
    bh_worker_supersede (self->reads, self->search);
  g_clear_object (&self->search);
  self->search = g_cancellable_new ();
  *ask = (Ask){ g_object_ref (self), ++self->asked, first, live };
  bh_call_cases_async (self->reads, gtk_entry_get_text (self->text), self->sort, self->descending,
                       limit, first ? NULL : self->next, self->search, on_listed, ask);
}

static void
ask_list (BhCasesPage *self, gboolean first)
{
  ask_rows (self, first, FALSE);
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
  BhCasesSort sort = bh_case_columns_sort (column);

  self->descending = self->sort == sort && !self->descending;
  self->sort = sort;
  bh_case_columns_show_sort (self->tree, sort, self->descending);
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
  g_clear_pointer (&self->serial, g_free);
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
  gtk_tree_model_get (GTK_TREE_MODEL (self->store), &iter, BH_CASE_COLUMN_NUMBER, &case_no, -1);
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

/* ---- a new case, and an RMA from it -------------------------------------------- */

static gboolean
is_shown (BhCasesPage *self, const char *child)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), child) == 0;
}

static void
on_opened (BhCaseForm *form, const char *case_no, const char *serial, BhCasesPage *self)
{
  open_case (BH_PAGE (self), case_no);
  self->serial = *serial != '\0' ? g_strdup (serial) : NULL;
  gtk_label_set_text (self->told, _ ("The case is open. Alt+R issues an RMA from it."));
  ask_list (self, TRUE);
  gtk_widget_grab_focus (self->issue);
}

static void
on_left (BhCaseForm *form, BhCasesPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "list");
  gtk_widget_grab_focus (self->fresh);
}

static void
on_fresh (GtkWidget *button, BhCasesPage *self)
{
  if (self->form == NULL) {
    self->form = bh_case_form_new (self->acts, self->reads);
    gtk_stack_add_named (self->stack, GTK_WIDGET (self->form), "new");
    g_signal_connect (self->form, "opened", G_CALLBACK (on_opened), self);
    g_signal_connect (self->form, "left", G_CALLBACK (on_left), self);
  }
  gtk_stack_set_visible_child_name (self->stack, "new");
  bh_case_form_begin (self->form);
}

static void
on_issue (GtkWidget *button, BhCasesPage *self)
{
  g_autofree char *what = g_strjoin (" ", self->case_no, self->serial, NULL);

  page_open (GTK_WIDGET (self), "issue", what);
}

/* ---- as a page ----------------------------------------------------------------- */

static gboolean
back (BhPage *page)
{
  BhCasesPage *self = BH_CASES_PAGE (page);

  if (is_shown (self, "list"))
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

static gboolean
changed (BhPage *page)
{
  BhCasesPage *self = BH_CASES_PAGE (page);

  if (self->search != NULL || (is_shown (self, "case") && !bh_view_changed (self->view)))
    return FALSE;
  ask_rows (self, TRUE, TRUE);
  return TRUE;
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

  if (is_shown (self, "new"))
    bh_case_form_begin (self->form);
  else
    gtk_widget_grab_focus (GTK_WIDGET (is_shown (self, "case") ? self->message : self->text));
}

static gboolean
scanned (BhPage *page, const char *text)
{
  BhCasesPage *self = BH_CASES_PAGE (page);

  if (is_shown (self, "new")) {
    bh_case_form_scanned (self->form, text);
    return TRUE;
  }
  back (page);
  gtk_entry_set_text (self->text, text);
  return TRUE;
}

static void
page_face (BhPageInterface *iface)
{
  iface->shown = shown;
  iface->changed = changed;
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
  g_free (self->serial);
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
  BIND (fresh);
  BIND (issue);
  CALL (on_search);
  CALL (on_row);
  CALL (on_what);
  CALL (on_go);
  CALL (on_fresh);
  CALL (on_issue);
}

static void
bh_cases_page_init (BhCasesPage *self)
{
  gsize n;
  const BhEscalationKind *kinds = bh_escalation_kinds (&n);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->store = bh_case_columns_add (self->tree, G_CALLBACK (on_header), self);
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
  page_name (self->fresh, NULL, "case-new");
  page_name (self->issue, NULL, "case-issue");
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "mails-page.h"

#include <string.h>

#include "live-rows.h"
#include "mail-calls.h"
#include "mail-columns.h"
#include "page.h"
#include "pages.h"

struct _BhMailsPage {
  GtkBox parent_instance;

  GtkEntry *text;
  GtkComboBoxText *state;
  GtkScrolledWindow *scrolled;
  GtkTreeView *tree;
  GtkLabel *rows;
  GtkLabel *title;
  GtkTextView *view;
  GtkEntry *address;
  GtkWidget *back;
  GtkLabel *told;

  BhWorker *acts;
  BhWorker *reads;
  GtkListStore *store;
  char *mail;  /* which is open; NULL: none */
  char *known; /* the address that it has */
  gboolean failed;
  gboolean more;
  guint asked;       /* number of the newest list that was asked for */
  guint asked_words; /* likewise of a text */
  GCancellable *search;
  gboolean filling; /* the list, by the page */
  gboolean busy;
  gboolean gone;
};

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhMailsPage, bh_mails_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

typedef struct {
  BhMailsPage *page;
  guint number;
  gboolean first;
  gboolean live; /* somebody looks at the list, or types */
} Ask;

/* ---- the list ------------------------------------------------------------------ */

/* The mail that is open stays under the cursor, wherever its row is now. */
static void
find_again (BhMailsPage *self)
{
  g_autoptr (GtkTreePath) path = NULL;
  GtkTreeIter iter;

  if (!bh_mail_columns_find (self->store, self->mail, &iter))
    return;
  path = gtk_tree_model_get_path (GTK_TREE_MODEL (self->store), &iter);
  gtk_tree_view_set_cursor (self->tree, path, NULL, FALSE);
}

static void look_at_open (BhMailsPage *self);

/* What was read page by page below stays, and whether there is more below that. */
static void
merge (BhMailsPage *self, const BhMailList *list)
{
  static const int key[] = { COL_ID, -1 };
  g_autoptr (GtkListStore) fresh = page_rows_like (self->store);

  bh_mail_columns_append (fresh, list);
  page_rows_merge (self->store, fresh, key, !list->more);
  if (gtk_tree_model_iter_n_children (GTK_TREE_MODEL (self->store), NULL) <= (int) list->mails->len)
    self->more = list->more;
  look_at_open (self);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (BhMailsPage) self = ask->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhMailList) list = bh_worker_finish (result, &error);
  g_autofree char *said = NULL;
  int n;

  if (self->gone || ask->number != self->asked)
    return;
  g_clear_object (&self->search);
  if (list == NULL) {
    gtk_label_set_text (self->rows, error->message);
    return;
  }
  self->filling = TRUE;
  if (ask->live) {
    merge (self, list);
  } else {
    if (ask->first)
      gtk_list_store_clear (self->store);
    bh_mail_columns_append (self->store, list);
    self->more = list->more;
  }
  self->filling = FALSE;
  if (ask->first && !ask->live)
    find_again (self);
  n = gtk_tree_model_iter_n_children (GTK_TREE_MODEL (self->store), NULL);
  said =
      n == 0
          ? g_strdup (_ ("No such mail. Search by beginnings of words: address, customer, RMA or "
                         "kind."))
          : g_strdup_printf (self->more ? _ ("%d mails, more below") : _ ("%d mails"), n);
  gtk_label_set_text (self->rows, said);
}

/* The id of the last row; (transfer full), NULL: there is none. */
static char *
last_id (BhMailsPage *self)
{
  GtkTreeModel *model = GTK_TREE_MODEL (self->store);
  int n = gtk_tree_model_iter_n_children (model, NULL);
  GtkTreeIter iter;
  char *id = NULL;

  if (n > 0 && gtk_tree_model_iter_nth_child (model, &iter, NULL, n - 1))
    gtk_tree_model_get (model, &iter, COL_ID, &id, -1);
  return id;
}

static void
ask_rows (BhMailsPage *self, gboolean first, gboolean live)
{
  g_autofree char *before = first ? NULL : last_id (self);
  const char *state = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->state));
  Ask *ask = g_new0 (Ask, 1);

  if (self->search != NULL)
    bh_worker_supersede (self->reads, self->search);
  g_clear_object (&self->search);
  self->search = g_cancellable_new ();
  *ask = (Ask){ g_object_ref (self), ++self->asked, first, live };
  bh_call_mails_async (self->reads, g_strcmp0 (state, "all") == 0 ? NULL : state,
                       gtk_entry_get_text (self->text), before, self->search, on_listed, ask);
}

static void
ask_list (BhMailsPage *self, gboolean first)
{
  ask_rows (self, first, FALSE);
}

static void
on_filter (GtkWidget *widget, BhMailsPage *self)
{
  ask_list (self, TRUE);
}

static void
on_scrolled (GtkAdjustment *adjustment, BhMailsPage *self)
{
  double below = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) -
                 gtk_adjustment_get_value (adjustment);

  if (self->search == NULL && self->more && below < 2 * gtk_adjustment_get_page_size (adjustment))
    ask_list (self, FALSE);
}

/* ---- one mail ------------------------------------------------------------------ */

static void
set_back (BhMailsPage *self)
{
  const char *address = gtk_entry_get_text (self->address);

  /* it keeps the keys while the desk is asked */
  gtk_widget_set_sensitive (GTK_WIDGET (self->address), self->failed);
  gtk_widget_set_sensitive (self->back, self->failed && !self->busy && *address != '\0');
}

static void
on_address (GtkWidget *widget, BhMailsPage *self)
{
  set_back (self);
}

static void
on_words (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (BhMailsPage) self = ask->page;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = bh_worker_finish (result, &error);

  if (self->gone || ask->number != self->asked_words)
    return;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view),
                            words != NULL ? words : error->message, -1);
}

static void
ask_words (BhMailsPage *self)
{
  Ask *ask = g_new0 (Ask, 1);

  *ask = (Ask){ g_object_ref (self), ++self->asked_words, FALSE, FALSE };
  bh_call_mail_words_async (self->reads, self->mail, NULL, on_words, ask);
}

/* Returns whether it says something else than before. */
static gboolean
tell_row (BhMailsPage *self, GtkTreeIter *iter)
{
  g_autofree char *state = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *to = NULL;
  g_autofree char *why = NULL;
  g_autofree char *title = NULL;
  g_autofree char *known = NULL;

  gtk_tree_model_get (GTK_TREE_MODEL (self->store), iter, COL_STATE, &state, COL_KIND, &kind,
                      COL_TO, &to, COL_ERROR, &why, -1);
  title = g_strdup_printf ("%s · %s", kind, state);
  known = g_strdup (strchr (to, '@') != NULL ? to : "");
  if (g_str_equal (title, gtk_label_get_text (self->title)) && g_strcmp0 (known, self->known) == 0)
    return FALSE;
  self->failed = g_str_has_prefix (state, "✗");
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->told, why != NULL ? why : "");
  /* an address that is being typed stays */
  if (g_strcmp0 (gtk_entry_get_text (self->address), self->known) == 0)
    gtk_entry_set_text (self->address, known);
  g_free (self->known);
  self->known = g_steal_pointer (&known);
  set_back (self);
  return TRUE;
}

/* Another station may have sent it, or put it back. */
static void
look_at_open (BhMailsPage *self)
{
  GtkTreeIter iter;

  if (bh_mail_columns_find (self->store, self->mail, &iter) && tell_row (self, &iter))
    ask_words (self);
}

/* What the row under the cursor says, and its text. */
static void
open_row (BhMailsPage *self, GtkTreeIter *iter)
{
  g_clear_pointer (&self->mail, g_free);
  g_clear_pointer (&self->known, g_free);
  gtk_tree_model_get (GTK_TREE_MODEL (self->store), iter, COL_ID, &self->mail, -1);
  self->known = g_strdup ("");
  gtk_entry_set_text (self->address, "");
  gtk_label_set_text (self->title, "");
  tell_row (self, iter);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), "", -1);
  ask_words (self);
}

static void
on_cursor (GtkTreeView *tree, BhMailsPage *self)
{
  g_autoptr (GtkTreePath) path = NULL;
  GtkTreeIter iter;

  if (self->gone || self->filling)
    return;
  gtk_tree_view_get_cursor (tree, &path, NULL);
  if (path != NULL && gtk_tree_model_get_iter (GTK_TREE_MODEL (self->store), &iter, path))
    open_row (self, &iter);
}

static void
on_row (GtkTreeView *tree, GtkTreePath *path, GtkTreeViewColumn *column, BhMailsPage *self)
{
  gtk_widget_grab_focus (
      GTK_WIDGET (self->failed ? GTK_WIDGET (self->address) : GTK_WIDGET (self->view)));
}

static void
on_put_back (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhMailsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *mail = bh_worker_finish (result, &error);

  if (self->gone)
    return;
  self->busy = FALSE;
  if (mail != NULL)
    self->failed = FALSE;
  gtk_label_set_text (self->told, mail != NULL ? _ ("It waits again, and goes with the next run.")
                                               : error->message);
  set_back (self);
  if (mail != NULL) {
    ask_list (self, TRUE);
    gtk_widget_grab_focus (GTK_WIDGET (self->tree));
  }
}

/* An address that was not changed is asked for anew: the account's may be another by now. */
static void
on_back (GtkWidget *widget, BhMailsPage *self)
{
  const char *address = gtk_entry_get_text (self->address);

  if (!gtk_widget_get_sensitive (self->back))
    return;
  self->busy = TRUE;
  set_back (self);
  bh_call_mail_retry_async (self->acts, self->mail,
                            g_strcmp0 (address, self->known) == 0 ? NULL : address, on_put_back,
                            g_object_ref (self));
}

/* ---- as a page ----------------------------------------------------------------- */

static void
shown (BhPage *page)
{
  ask_list (BH_MAILS_PAGE (page), TRUE);
}

static gboolean
changed (BhPage *page)
{
  BhMailsPage *self = BH_MAILS_PAGE (page);

  if (self->search != NULL || self->busy)
    return FALSE;
  ask_rows (self, TRUE, TRUE);
  return TRUE;
}

static void
find (BhPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (BH_MAILS_PAGE (page)->text));
}

static gboolean
scanned (BhPage *page, const char *text)
{
  gtk_entry_set_text (BH_MAILS_PAGE (page)->text, text);
  return TRUE;
}

static void
open_text (BhPage *page, const char *what)
{
  BhMailsPage *self = BH_MAILS_PAGE (page);

  /* a state, as the morning's lines name it, or what to look for */
  if (!gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->state), what))
    gtk_entry_set_text (self->text, what);
}

static gboolean
back (BhPage *page)
{
  BhMailsPage *self = BH_MAILS_PAGE (page);

  if (gtk_widget_has_focus (GTK_WIDGET (self->tree)))
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->tree));
  return TRUE;
}

static void
page_face (BhPageInterface *iface)
{
  iface->shown = shown;
  iface->changed = changed;
  iface->find = find;
  iface->focus = find;
  iface->scanned = scanned;
  iface->open = open_text;
  iface->back = back;
}

static void
bh_mails_page_dispose (GObject *object)
{
  BhMailsPage *self = BH_MAILS_PAGE (object);

  self->gone = TRUE;
  g_clear_object (&self->search);
  G_OBJECT_CLASS (bh_mails_page_parent_class)->dispose (object);
}

static void
bh_mails_page_finalize (GObject *object)
{
  BhMailsPage *self = BH_MAILS_PAGE (object);

  g_clear_object (&self->acts);
  g_clear_object (&self->reads);
  g_clear_object (&self->store);
  g_free (self->mail);
  g_free (self->known);
  G_OBJECT_CLASS (bh_mails_page_parent_class)->finalize (object);
}

#define BIND(child)   gtk_widget_class_bind_template_child (widget_class, BhMailsPage, child)
#define CALL(handler) gtk_widget_class_bind_template_callback (widget_class, handler)

static void
bh_mails_page_class_init (BhMailsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_mails_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_mails_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/mails-page.ui");
  BIND (text);
  BIND (state);
  BIND (scrolled);
  BIND (tree);
  BIND (rows);
  BIND (title);
  BIND (view);
  BIND (address);
  BIND (back);
  BIND (told);
  CALL (on_filter);
  CALL (on_cursor);
  CALL (on_row);
  CALL (on_address);
  CALL (on_back);
}

static void
bh_mails_page_init (BhMailsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->store = bh_mail_columns_add (self->tree);
  g_signal_connect (gtk_scrolled_window_get_vadjustment (self->scrolled), "value-changed",
                    G_CALLBACK (on_scrolled), self);
  page_name (GTK_WIDGET (self->text), _ ("Search mails"), "mails-search");
  page_name (GTK_WIDGET (self->state), _ ("Which state"), "mails-state");
  page_name (GTK_WIDGET (self->tree), _ ("Mails"), "mails-table");
  page_name (GTK_WIDGET (self->rows), NULL, "mails-rows");
  page_name (GTK_WIDGET (self->title), NULL, "mail-title");
  page_name (GTK_WIDGET (self->view), _ ("The mail as it would go out now"), "mail-text");
  page_name (GTK_WIDGET (self->address), NULL, "mail-address");
  page_name (self->back, NULL, "mail-back");
  page_name (GTK_WIDGET (self->told), NULL, "mail-told");
  set_back (self);
}

GtkWidget *
bh_mails_page_new (BhWorker *acts, BhWorker *reads)
{
  BhMailsPage *self = g_object_new (BH_TYPE_MAILS_PAGE, NULL);

  self->acts = g_object_ref (acts);
  self->reads = g_object_ref (reads);
  return GTK_WIDGET (self);
}

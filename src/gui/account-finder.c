/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "account-finder.h"

#include <string.h>

#include "case-calls.h"
#include "page.h"

struct _BhAccountFinder {
  GObject parent_instance;

  BhWorker *reads;
  /* the form's, which has this finder */
  GtkEntry *entry;
  GtkLabel *told;
  GtkWidget *offered;
  GtkListBox *list;

  char *code;           /* NULL: none is chosen */
  GCancellable *search; /* NULL: it is answered */
  gboolean filling;     /* by the program, not by a person */
  gboolean gone;
};

G_DEFINE_FINAL_TYPE (BhAccountFinder, bh_account_finder, G_TYPE_OBJECT)

static guint chosen;

const char *
bh_account_finder_code (BhAccountFinder *self)
{
  return self->code;
}

void
bh_account_finder_choose (BhAccountFinder *self, const char *code, const char *name)
{
  char *taken = g_strdup (code);

  g_free (self->code);
  self->code = taken;
  self->filling = TRUE;
  gtk_entry_set_text (self->entry, taken);
  self->filling = FALSE;
  gtk_label_set_text (self->told, name);
  gtk_widget_hide (self->offered);
  g_signal_emit (self, chosen, 0);
}

static void
offer (BhAccountFinder *self, const BhChoice *account)
{
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *words = g_strdup_printf ("%s · %s", account->code, account->name);

  gtk_container_add (GTK_CONTAINER (row), page_text (words, NULL));
  g_object_set_data_full (G_OBJECT (row), "code", g_strdup (account->code), g_free);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (account->name), g_free);
  page_name (row, words, NULL);
  gtk_widget_show (row);
  gtk_container_add (GTK_CONTAINER (self->list), row);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhAccountFinder) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = bh_worker_finish (result, &error);

  if (self->gone || self->code != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  page_clear (GTK_CONTAINER (self->list));
  gtk_widget_set_visible (self->offered, found != NULL && found->len > 0);
  gtk_label_set_text (self->told, found == NULL     ? error->message
                                  : found->len == 0 ? _ ("No account begins so.")
                                                    : _ ("Enter takes the first, Down goes to the "
                                                         "others."));
  for (guint i = 0; found != NULL && i < found->len; i++)
    offer (self, g_ptr_array_index (found, i));
}

static void
on_changed (GtkEditable *editable, BhAccountFinder *self)
{
  const char *typed = gtk_entry_get_text (self->entry);

  if (self->filling)
    return;
  g_clear_pointer (&self->code, g_free);
  gtk_label_set_text (self->told, "");
  if (self->search != NULL)
    bh_worker_supersede (self->reads, self->search);
  g_clear_object (&self->search);
  if (typed[strspn (typed, " \t")] != '\0') {
    self->search = g_cancellable_new ();
    bh_call_accounts_async (self->reads, typed, self->search, on_found, g_object_ref (self));
  } else {
    gtk_widget_hide (self->offered);
  }
  g_signal_emit (self, chosen, 0);
}

static void
on_row (GtkListBox *list, GtkListBoxRow *row, BhAccountFinder *self)
{
  g_autofree char *code = g_strdup (g_object_get_data (G_OBJECT (row), "code"));
  g_autofree char *name = g_strdup (g_object_get_data (G_OBJECT (row), "name"));

  bh_account_finder_choose (self, code, name);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_widget_child_focus (gtk_widget_get_toplevel (GTK_WIDGET (self->entry)), GTK_DIR_TAB_FORWARD);
}

static void
on_enter (GtkEntry *entry, BhAccountFinder *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (self->code != NULL)
    gtk_widget_child_focus (gtk_widget_get_toplevel (GTK_WIDGET (entry)), GTK_DIR_TAB_FORWARD);
  else if (gtk_widget_get_visible (self->offered) && first != NULL)
    on_row (self->list, first, self);
}

static gboolean
on_key (GtkWidget *widget, GdkEventKey *event, BhAccountFinder *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (event->keyval != GDK_KEY_Down || !gtk_widget_get_visible (self->offered) || first == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (first));
  return GDK_EVENT_STOP;
}

static void
bh_account_finder_dispose (GObject *object)
{
  BhAccountFinder *self = BH_ACCOUNT_FINDER (object);

  self->gone = TRUE;
  g_clear_object (&self->search);
  g_clear_object (&self->reads);
  G_OBJECT_CLASS (bh_account_finder_parent_class)->dispose (object);
}

static void
bh_account_finder_finalize (GObject *object)
{
  g_free (BH_ACCOUNT_FINDER (object)->code);
  G_OBJECT_CLASS (bh_account_finder_parent_class)->finalize (object);
}

static void
bh_account_finder_class_init (BhAccountFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_account_finder_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_account_finder_finalize;
  chosen = g_signal_new ("chosen", BH_TYPE_ACCOUNT_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                         G_TYPE_NONE, 0);
}

static void
bh_account_finder_init (BhAccountFinder *self)
{
}

BhAccountFinder *
bh_account_finder_new (BhWorker *reads, GtkEntry *entry, GtkLabel *told, GtkWidget *offered,
                       GtkListBox *list)
{
  BhAccountFinder *self = g_object_new (BH_TYPE_ACCOUNT_FINDER, NULL);

  self->reads = g_object_ref (reads);
  self->entry = entry;
  self->told = told;
  self->offered = offered;
  self->list = list;
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_enter), self, 0);
  g_signal_connect_object (entry, "key-press-event", G_CALLBACK (on_key), self, 0);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_row), self, 0);
  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "issue-page.h"

#include <string.h>

#include "backhaul/identifier.h"
#include "issue-page-private.h"
#include "label-maker.h"
#include "mail-calls.h"
#include "page.h"
#include "pages.h"
#include "print-bar.h"

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhIssuePage, bh_issue_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

static void
on_form (GtkWidget *widget, BhIssuePage *self)
{
  bh_issue_page_save_later (self);
}

static void
on_reason (GtkWidget *widget, BhIssuePage *self)
{
  bh_issue_page_set_sum (self);
}

/* ---- the case ------------------------------------------------------------------ */

static void
on_case (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhIssueAsk) ask = data;
  BhIssuePage *self = ask->page;
  g_autoptr (GError) error = NULL;
  BhIssueCase *found = bh_worker_finish (result, &error);

  if (!bh_issue_ask_is_for_now (ask) || ask->number != self->asked_case) {
    bh_issue_case_free (found);
    return;
  }
  bh_issue_case_free (self->of);
  self->of = found;
  gtk_combo_box_text_remove_all (self->site);
  if (found == NULL) {
    gtk_label_set_text (self->account, error->message);
    return;
  }
  gtk_label_set_text (self->account, found->account_name);
  for (guint i = 0; i < found->sites->len; i++) {
    const BhChoice *site = g_ptr_array_index (found->sites, i);

    gtk_combo_box_text_append (self->site, site->code, site->name);
  }
  if (found->site == NULL || !gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->site), found->site))
    gtk_combo_box_set_active (GTK_COMBO_BOX (self->site), 0);
  if (found->contact != NULL && *gtk_entry_get_text (self->contact) == '\0')
    gtk_entry_set_text (self->contact, found->contact);
}

static void
on_case_changed (GtkEditable *editable, BhIssuePage *self)
{
  BhIssueAsk *ask;

  if (self->filling)
    return;
  ask = bh_issue_ask_new (self, NULL);
  ask->number = ++self->asked_case;
  g_clear_pointer (&self->of, bh_issue_case_free);
  gtk_label_set_text (self->account, "");
  bh_call_issue_case_async (self->reads, gtk_entry_get_text (self->case_no), on_case, ask);
}

static void
on_next (GtkEntry *entry, BhIssuePage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->serials));
}

/* ---- the units ----------------------------------------------------------------- */

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhIssueAsk) ask = data;
  BhIssuePage *self = ask->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhUnitCheck) check = bh_worker_finish (result, &error);

  if (!bh_issue_ask_is_for_now (ask))
    return;
  bh_issue_units_tell (self->units, ask->serial, check, self->rma, error);
  bh_issue_page_save_later (self);
  bh_issue_page_set_sum (self);
}

void
bh_issue_page_add_serial (BhIssuePage *self, const char *text, gboolean saved, const char *flag)
{
  g_autofree char *why = NULL;
  g_autofree char *serial = NULL;
  GtkTreeIter iter;

  if (!bh_issue_units_add (self->units, text, saved, &iter, &why)) {
    bh_issue_page_tell (self, why);
    return;
  }
  if (flag != NULL) {
    g_autofree char *kept = g_ascii_strup (flag, -1);

    gtk_list_store_set (self->units, &iter, BH_UNIT_FLAG, kept, BH_UNIT_KEPT, kept, -1);
  }
  gtk_tree_model_get (GTK_TREE_MODEL (self->units), &iter, BH_UNIT_SERIAL, &serial, -1);
  bh_call_issue_check_async (self->reads, serial, bh_issue_page_chosen (self->destination),
                             on_checked, bh_issue_ask_new (self, serial));
  bh_issue_page_set_sum (self);
}

/* Any number of them, however they are parted. */
static void
add_serials (BhIssuePage *self, const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n,;\"", -1);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      bh_issue_page_add_serial (self, *word, FALSE, NULL);
}

static void
on_serials (GtkEntry *entry, BhIssuePage *self)
{
  add_serials (self, gtk_entry_get_text (entry));
  gtk_entry_set_text (entry, "");
}

/* An entry would make one line of many. */
static void
on_paste (GtkEntry *entry, BhIssuePage *self)
{
  g_autofree char *text = gtk_clipboard_wait_for_text (gtk_clipboard_get (GDK_SELECTION_CLIPBOARD));

  if (text == NULL || strpbrk (text, "\n\t,; ") == NULL)
    return; /* one: it may still be edited */
  add_serials (self, text);
  g_signal_stop_emission_by_name (entry, "paste-clipboard");
}

static void
on_file (GtkButton *button, BhIssuePage *self)
{
  g_autoptr (GtkFileChooserNative) chooser =
      gtk_file_chooser_native_new (_ ("Serials, one a line or a column of a table"),
                                   GTK_WINDOW (gtk_widget_get_toplevel (GTK_WIDGET (self))),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));

  if (gtk_native_dialog_run (GTK_NATIVE_DIALOG (chooser)) == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
    g_autoptr (GError) error = NULL;
    g_autofree char *text = bh_issue_units_read (file, &error);

    if (text != NULL)
      add_serials (self, text);
    else
      bh_issue_page_tell (self, error->message);
  }
}

static void
remove_row (BhIssuePage *self, GtkTreeIter *iter)
{
  g_autofree char *serial = NULL;
  gboolean saved = FALSE;

  gtk_tree_model_get (GTK_TREE_MODEL (self->units), iter, BH_UNIT_SERIAL, &serial, BH_UNIT_SAVED,
                      &saved, -1);
  gtk_list_store_remove (self->units, iter);
  if (saved)
    g_ptr_array_add (self->lost, g_steal_pointer (&serial));
}

/* N6: R repair analysis, F failure analysis, N neither */
static gboolean
flag_row (BhIssuePage *self, GtkTreeIter *iter, guint key)
{
  const char *flag = key == GDK_KEY_r ? "ra" : key == GDK_KEY_f ? "fa" : NULL;
  g_autofree char *why = NULL;

  if (flag == NULL && key != GDK_KEY_n)
    return FALSE;
  if (bh_issue_units_flag (self->units, iter, flag, &why))
    return TRUE;
  bh_issue_page_tell (self, why);
  return FALSE;
}

static gboolean
on_tree_key (GtkWidget *tree, GdkEventKey *event, BhIssuePage *self)
{
  g_autoptr (GtkTreePath) path = NULL;
  guint key = gdk_keyval_to_lower (event->keyval);
  GtkTreeIter iter;

  if (event->state & (GDK_CONTROL_MASK | GDK_MOD1_MASK))
    return GDK_EVENT_PROPAGATE;
  gtk_tree_view_get_cursor (self->tree, &path, NULL);
  if (path == NULL || !gtk_tree_model_get_iter (GTK_TREE_MODEL (self->units), &iter, path))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Delete)
    remove_row (self, &iter);
  else if (!flag_row (self, &iter, key))
    return GDK_EVENT_PROPAGATE;
  bh_issue_page_save_later (self);
  return GDK_EVENT_STOP;
}

/* ---- drafts --------------------------------------------------------------------- */

static void
on_fresh (GtkButton *button, BhIssuePage *self)
{
  bh_issue_page_begin (self);
  gtk_widget_hide (self->done);
  gtk_widget_grab_focus (GTK_WIDGET (self->case_no));
}

static void
on_draft (GtkListBox *list, GtkListBoxRow *row, BhIssuePage *self)
{
  bh_issue_page_open (BH_PAGE (self), g_object_get_data (G_OBJECT (row), "rma"));
}

/* ---- confirming ---------------------------------------------------------------- */

static void
on_label_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhIssuePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhMadeLabel) made = bh_label_maker_finish (result, &error);

  if (self->gone)
    return;
  if (made == NULL) {
    bh_issue_page_tell (self, error->message);
    return;
  }
  gtk_image_set_from_pixbuf (self->preview, made->preview);
}

static void
on_mail_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhIssuePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = bh_worker_finish (result, &error);

  if (!self->gone)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->mail),
                              words != NULL ? words : error->message, -1);
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhIssueAsk) ask = data;
  BhIssuePage *self = ask->page;
  g_autoptr (GError) error = NULL;
  g_autofree char *rma = bh_worker_finish (result, &error);
  g_autofree char *said = NULL;

  if (!bh_issue_ask_is_for_now (ask))
    return;
  self->saving = FALSE;
  if (rma == NULL) {
    bh_issue_page_tell (self, error->message);
    bh_issue_page_set_sum (self);
    return;
  }
  said = g_strdup_printf (_ ("%s is confirmed: it may receive goods, and the customer's mail with "
                             "this label is queued."),
                          rma);
  bh_issue_page_begin (self);
  gtk_label_set_text (self->done_text, said);
  gtk_image_clear (self->preview);
  g_free (self->confirmed);
  self->confirmed = g_strdup (rma);
  gtk_widget_show (self->done);
  bh_label_maker_async (self->reads, NULL, rma, on_label_ready, g_object_ref (self));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->mail), "", -1);
  bh_call_mail_words_async (self->reads, NULL, rma, on_mail_ready, g_object_ref (self));
  bh_issue_page_read_drafts (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->case_no));
}

static void
on_confirm (GtkWidget *button, BhIssuePage *self)
{
  const char *reason = gtk_entry_get_text (self->reason);

  if (!gtk_widget_get_sensitive (self->confirm))
    return;
  self->saving = TRUE;
  bh_call_issue_confirm_async (self->acts, self->rma,
                               gtk_widget_get_visible (self->override) && *reason != '\0' ? reason
                                                                                          : NULL,
                               on_confirmed, bh_issue_ask_new (self, NULL));
  bh_issue_page_set_sum (self);
}

/* L1: the box labels of the RMA that was confirmed last. */
static gboolean
label (BhPage *page, BhPrintWish *wish)
{
  wish->rma = BH_ISSUE_PAGE (page)->confirmed;
  return wish->rma != NULL;
}

static void
on_print (GtkWidget *button, BhIssuePage *self)
{
  bh_print_wish (GTK_WIDGET (self), &(BhPrintWish){ .rma = self->confirmed });
}

/* ---- as a page ----------------------------------------------------------------- */

static void
shown (BhPage *page)
{
  bh_issue_page_read_drafts (BH_ISSUE_PAGE (page));
}

static void
focus (BhPage *page)
{
  BhIssuePage *self = BH_ISSUE_PAGE (page);

  gtk_widget_grab_focus (
      GTK_WIDGET (self->of == NULL && self->rma == NULL ? self->case_no : self->serials));
}

/* A case's number is its case; all else is a serial. */
static gboolean
scanned (BhPage *page, const char *text)
{
  BhIssuePage *self = BH_ISSUE_PAGE (page);
  g_autofree char *case_no = bh_case_normalise (text, -1);

  if (case_no != NULL && self->rma == NULL)
    gtk_entry_set_text (self->case_no, case_no);
  else
    add_serials (self, text);
  return TRUE;
}

static void
page_face (BhPageInterface *iface)
{
  iface->shown = shown;
  iface->changed = bh_issue_page_changed;
  iface->focus = focus;
  iface->scanned = scanned;
  iface->open = bh_issue_page_open;
  iface->label = label;
}

static void
bh_issue_page_dispose (GObject *object)
{
  BhIssuePage *self = BH_ISSUE_PAGE (object);

  /* what was typed in the last instant is kept too */
  if (!self->gone && self->save_soon != 0) {
    g_clear_handle_id (&self->save_soon, g_source_remove);
    bh_issue_page_save (self);
  }
  self->gone = TRUE;
  G_OBJECT_CLASS (bh_issue_page_parent_class)->dispose (object);
}

static void
bh_issue_page_finalize (GObject *object)
{
  BhIssuePage *self = BH_ISSUE_PAGE (object);

  g_clear_object (&self->acts);
  g_clear_object (&self->reads);
  g_clear_object (&self->units);
  g_ptr_array_unref (self->lost);
  g_free (self->rma);
  bh_issue_case_free (self->of);
  g_free (self->confirmed);
  G_OBJECT_CLASS (bh_issue_page_parent_class)->finalize (object);
}

#define BIND(child)   gtk_widget_class_bind_template_child (widget_class, BhIssuePage, child)
#define CALL(handler) gtk_widget_class_bind_template_callback (widget_class, handler)

static void
bh_issue_page_class_init (BhIssuePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_issue_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_issue_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/issue-page.ui");
  BIND (fresh);
  BIND (drafts);
  BIND (title);
  BIND (form);
  BIND (case_no);
  BIND (account);
  BIND (site);
  BIND (destination);
  BIND (reference);
  BIND (contact);
  BIND (serials);
  BIND (tree);
  BIND (sum);
  BIND (override);
  BIND (reason);
  BIND (told);
  BIND (confirm);
  BIND (live);
  BIND (done);
  BIND (done_text);
  BIND (preview);
  BIND (print);
  BIND (mail);
  CALL (on_fresh);
  CALL (on_draft);
  CALL (on_case_changed);
  CALL (on_next);
  CALL (on_form);
  CALL (on_serials);
  CALL (on_paste);
  CALL (on_file);
  CALL (on_tree_key);
  CALL (on_reason);
  CALL (on_confirm);
  CALL (on_print);
}

static void
bh_issue_page_init (BhIssuePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->lost = g_ptr_array_new_with_free_func (g_free);
  self->units = bh_issue_units_new (self->tree);
  page_name (GTK_WIDGET (self->drafts), _ ("Drafts"), "issue-drafts");
  page_name (GTK_WIDGET (self->title), NULL, "issue-title");
  page_name (GTK_WIDGET (self->case_no), NULL, "issue-case");
  page_name (GTK_WIDGET (self->account), NULL, "issue-account");
  page_name (GTK_WIDGET (self->site), NULL, "issue-site");
  page_name (GTK_WIDGET (self->destination), NULL, "issue-destination");
  page_name (GTK_WIDGET (self->reference), NULL, "issue-reference");
  page_name (GTK_WIDGET (self->contact), NULL, "issue-contact");
  page_name (GTK_WIDGET (self->serials), NULL, "issue-serials");
  page_name (GTK_WIDGET (self->tree), _ ("Units"), "issue-units");
  page_name (GTK_WIDGET (self->sum), NULL, "issue-sum");
  page_name (GTK_WIDGET (self->reason), NULL, "issue-reason");
  page_name (GTK_WIDGET (self->told), NULL, "issue-told");
  page_name (self->confirm, NULL, "issue-confirm");
  page_name (GTK_WIDGET (self->done_text), NULL, "issue-done");
  self->live_label =
      BH_LABEL_PREVIEW (bh_label_preview_new (_ ("The box label of this draft"), "issue-live"));
  gtk_box_pack_start (self->live, GTK_WIDGET (self->live_label), FALSE, FALSE, 0);
  page_name (GTK_WIDGET (self->preview), _ ("Its box label"), "issue-label");
  page_name (GTK_WIDGET (self->mail), _ ("The mail that goes to the customer"), "issue-mail");
  bh_issue_page_set_title (self);
  bh_issue_page_set_sum (self);
}

GtkWidget *
bh_issue_page_new (BhWorker *acts, BhWorker *reads)
{
  BhIssuePage *self = g_object_new (BH_TYPE_ISSUE_PAGE, NULL);

  self->acts = g_object_ref (acts);
  self->reads = g_object_ref (reads);
  return GTK_WIDGET (self);
}

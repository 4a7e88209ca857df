/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include <string.h>

#include "backhaul/identifier.h"
#include "issue-page-private.h"
#include "page.h"

/* how long typing rests before what was typed is kept */
#define SAVE_MS 400

BhIssueAsk *
bh_issue_ask_new (BhIssuePage *self, const char *serial)
{
  BhIssueAsk *ask = g_new0 (BhIssueAsk, 1);

  *ask = (BhIssueAsk){ g_object_ref (self), self->form_no, 0, g_strdup (serial) };
  return ask;
}

void
bh_issue_ask_free (BhIssueAsk *ask)
{
  g_object_unref (ask->page);
  g_free (ask->serial);
  g_clear_pointer (&ask->added, g_ptr_array_unref);
  g_clear_pointer (&ask->flagged, g_ptr_array_unref);
  g_clear_pointer (&ask->removed, g_ptr_array_unref);
  g_free (ask);
}

gboolean
bh_issue_ask_is_for_now (const BhIssueAsk *ask)
{
  return !ask->page->gone && ask->form_no == ask->page->form_no;
}

void
bh_issue_page_tell (BhIssuePage *self, const char *text)
{
  gtk_label_set_text (self->told, text != NULL ? text : "");
}

void
bh_issue_page_preview (BhIssuePage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->live), self->rma != NULL);
  bh_label_preview_show (self->live_label, self->reads, self->rma);
}

/* ---- what may be done now -------------------------------------------------------- */

void
bh_issue_page_set_sum (BhIssuePage *self)
{
  guint counts[BH_UNIT_BARRED + 1];
  guint n = bh_issue_units_count (self->units, counts);
  g_autoptr (GString) sum = g_string_new (NULL);
  gboolean without = counts[BH_UNIT_UNCOVERED] > 0;
  const char *reason = gtk_entry_get_text (self->reason);
  gboolean reasoned = self->may_override && reason[strspn (reason, " \t")] != '\0';

  if (n > 0)
    g_string_printf (sum,
                     ngettext ("%u unit: %u covered, %u without coverage, %u barred",
                               "%u units: %u covered, %u without coverage, %u barred", n),
                     n, counts[BH_UNIT_COVERED], counts[BH_UNIT_UNCOVERED], counts[BH_UNIT_BARRED]);
  if (counts[BH_UNIT_BARRED] > 0)
    g_string_append (sum, _ (". Take out what is barred: Delete on its row."));
  else if (without && !self->may_override)
    g_string_append (sum, _ (". Only a supervisor confirms without coverage (N2)."));
  else if (n > 0 && self->rma != NULL)
    g_string_append_printf (sum,
                            _ (". Confirming %s starts its clocks and queues the customer's "
                               "mail with the box label."),
                            self->rma);
  gtk_label_set_text (self->sum, sum->str);
  gtk_widget_set_visible (self->override, without && self->may_override);
  gtk_widget_set_sensitive (self->confirm,
                            self->rma != NULL && n > 0 && !self->saving && !self->ended &&
                                !self->changed && counts[BH_UNIT_BARRED] == 0 &&
                                counts[BH_UNIT_ASKED] == 0 && (!without || reasoned));
}

void
bh_issue_page_set_title (BhIssuePage *self)
{
  g_autofree char *title =
      self->rma != NULL ? g_strdup_printf (_ ("Draft %s"), self->rma) : g_strdup (_ ("New RMA"));

  gtk_label_set_text (self->title, title);
}

/* ---- it is kept while it is typed -------------------------------------------------- */

void
bh_issue_page_save_later (BhIssuePage *self)
{
  if (self->filling)
    return;
  self->changed = TRUE;
  if (self->save_soon == 0)
    self->save_soon = g_timeout_add (SAVE_MS, bh_issue_page_save, self);
  bh_issue_page_set_sum (self);
}

/* What the draft has now; a row that went meanwhile is to be taken off it. */
static void
note_kept (BhIssuePage *self, GPtrArray *words, gboolean added)
{
  for (guint i = 0; i < words->len; i++) {
    g_auto (GStrv) word = g_strsplit (g_ptr_array_index (words, i), ":", 2);
    g_autofree char *flag = g_ascii_strup (word[1], -1);
    GtkTreeIter iter;

    if (bh_issue_units_find (self->units, word[0], &iter))
      gtk_list_store_set (self->units, &iter, BH_UNIT_SAVED, TRUE, BH_UNIT_KEPT, flag, -1);
    else if (added)
      g_ptr_array_add (self->lost, g_strdup (word[0]));
  }
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhIssueAsk) ask = data;
  BhIssuePage *self = ask->page;
  g_autoptr (GError) error = NULL;
  g_autofree char *rma = bh_worker_finish (result, &error);
  gboolean first = self->rma == NULL;

  if (!bh_issue_ask_is_for_now (ask))
    return;
  self->saving = FALSE;
  if (rma == NULL) {
    /* it stays on screen, and goes with the next change */
    g_autofree char *said = g_strdup_printf (_ ("Not kept: %s"), error->message);

    bh_issue_page_tell (self, said);
    self->changed = TRUE;
    g_ptr_array_extend_and_steal (self->lost, g_ptr_array_ref (ask->removed));
    bh_issue_page_set_sum (self);
    return;
  }
  note_kept (self, ask->added, TRUE);
  note_kept (self, ask->flagged, FALSE);
  g_free (self->rma);
  self->rma = g_steal_pointer (&rma);
  bh_issue_page_tell (self, _ ("Kept as a draft."));
  bh_issue_page_set_title (self);
  gtk_widget_hide (self->done);
  bh_issue_page_preview (self);
  if (first)
    bh_issue_page_read_drafts (self);
  /* what was typed meanwhile */
  if (self->changed && self->save_soon == 0)
    self->save_soon = g_timeout_add (SAVE_MS, bh_issue_page_save, self);
  bh_issue_page_set_sum (self);
}

const char *
bh_issue_page_chosen (GtkComboBoxText *combo)
{
  return gtk_combo_box_get_active_id (GTK_COMBO_BOX (combo));
}

/* What the draft does not have yet, or has with another flag; what no RMA may have is shown,
 * and not kept. */
static void
list_units (BhIssuePage *self, GPtrArray *add, GPtrArray *reflag)
{
  GtkTreeModel *model = GTK_TREE_MODEL (self->units);
  GtkTreeIter iter;

  for (gboolean row = gtk_tree_model_get_iter_first (model, &iter); row;
       row = gtk_tree_model_iter_next (model, &iter)) {
    const char *flag = bh_issue_units_flag_of (self->units, &iter);
    gboolean saved = FALSE;
    int state = 0;
    g_autofree char *serial = NULL;

    gtk_tree_model_get (model, &iter, BH_UNIT_SERIAL, &serial, BH_UNIT_SAVED, &saved, BH_UNIT_STATE,
                        &state, -1);
    if (saved ? bh_issue_units_flag_changed (self->units, &iter)
              : state != BH_UNIT_BARRED && state != BH_UNIT_ASKED)
      g_ptr_array_add (saved ? reflag : add,
                       g_strconcat (serial, ":", flag != NULL ? flag : "", NULL));
  }
}

static char *
dup_text (gconstpointer text, gpointer data)
{
  return g_strdup (text);
}

gboolean
bh_issue_page_save (gpointer data)
{
  BhIssuePage *self = data;
  g_autoptr (BhIssueForm) form = NULL;
  BhIssueAsk *ask;

  if (self->saving)
    return G_SOURCE_CONTINUE;
  self->save_soon = 0;
  form = bh_issue_form_new ();
  list_units (self, form->add, form->reflag);
  if (self->rma == NULL &&
      (self->of == NULL || form->add->len == 0 || bh_issue_page_chosen (self->site) == NULL ||
       bh_issue_page_chosen (self->destination) == NULL)) {
    bh_issue_page_tell (
        self, _ ("It is kept as soon as it has a case, a site, a destination and a serial."));
    return G_SOURCE_REMOVE;
  }
  form->rma = g_strdup (self->rma);
  if (self->of != NULL) {
    form->case_no = g_strdup (self->of->case_no);
    form->account = g_strdup (self->of->account);
  }
  form->site = g_strdup (bh_issue_page_chosen (self->site));
  form->destination = g_strdup (bh_issue_page_chosen (self->destination));
  form->reference = g_strdup (gtk_entry_get_text (self->reference));
  form->contact = g_strdup (gtk_entry_get_text (self->contact));
  g_ptr_array_unref (form->remove);
  form->remove = g_ptr_array_copy (self->lost, (GCopyFunc) (void (*) (void)) dup_text, NULL);
  ask = bh_issue_ask_new (self, NULL);
  ask->added = g_ptr_array_copy (form->add, (GCopyFunc) (void (*) (void)) dup_text, NULL);
  g_ptr_array_set_free_func (ask->added, g_free);
  ask->flagged = g_ptr_array_copy (form->reflag, (GCopyFunc) (void (*) (void)) dup_text, NULL);
  g_ptr_array_set_free_func (ask->flagged, g_free);
  ask->removed = self->lost;
  self->lost = g_ptr_array_new_with_free_func (g_free);
  self->saving = TRUE;
  self->changed = FALSE;
  bh_call_issue_save_async (self->acts, g_steal_pointer (&form), on_saved, ask);
  bh_issue_page_set_sum (self);
  return G_SOURCE_REMOVE;
}

/* ---- drafts -------------------------------------------------------------------- */

void
bh_issue_page_begin (BhIssuePage *self)
{
  self->form_no++;
  g_clear_handle_id (&self->save_soon, g_source_remove);
  self->saving = self->changed = self->ended = FALSE;
  g_clear_pointer (&self->rma, g_free);
  g_clear_pointer (&self->of, bh_issue_case_free);
  g_ptr_array_set_size (self->lost, 0);
  self->filling = TRUE;
  gtk_entry_set_text (self->case_no, "");
  gtk_label_set_text (self->account, "");
  gtk_combo_box_text_remove_all (self->site);
  gtk_entry_set_text (self->reference, "");
  gtk_entry_set_text (self->contact, "");
  gtk_entry_set_text (self->serials, "");
  gtk_entry_set_text (self->reason, "");
  gtk_list_store_clear (self->units);
  self->filling = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->case_no), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->site), TRUE);
  bh_issue_page_preview (self);
  bh_issue_page_tell (self, NULL);
  bh_issue_page_set_title (self);
  bh_issue_page_set_sum (self);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhIssueAsk) ask = data;
  BhIssuePage *self = ask->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhRmaPage) page = bh_worker_finish (result, &error);

  if (!bh_issue_ask_is_for_now (ask))
    return;
  if (page == NULL) {
    bh_issue_page_tell (self, error->message);
    return;
  }
  self->filling = TRUE;
  self->rma = g_strdup (page->rma);
  gtk_entry_set_text (self->case_no, page->case_no != NULL ? page->case_no : "");
  gtk_label_set_text (self->account, page->account_name);
  if (page->site != NULL)
    gtk_combo_box_text_append (self->site, page->site, page->site);
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->site), 0);
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->destination), page->destination);
  gtk_entry_set_text (self->reference, page->reference != NULL ? page->reference : "");
  gtk_entry_set_text (self->contact, page->contact != NULL ? page->contact : "");
  /* a draft's case and site are settled */
  gtk_widget_set_sensitive (GTK_WIDGET (self->case_no), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->site), FALSE);
  for (guint i = 0; i < page->lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (page->lines, i);

    if (g_str_equal (line->line_state, "draft")) /* not what was taken off it */
      bh_issue_page_add_serial (self, line->serial, TRUE, line->flag);
  }
  self->filling = FALSE;
  bh_issue_page_preview (self);
  bh_issue_page_set_title (self);
  bh_issue_page_set_sum (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->serials));
}

void
bh_issue_page_open (BhPage *page, const char *what)
{
  BhIssuePage *self = BH_ISSUE_PAGE (page);
  g_auto (GStrv) words = g_strsplit (what, " ", 2);
  g_autofree char *case_no = bh_case_normalise (words[0] != NULL ? words[0] : "", -1);

  bh_issue_page_begin (self);
  gtk_widget_hide (self->done);
  if (case_no == NULL) {
    bh_call_issue_draft_async (self->reads, what, on_loaded, bh_issue_ask_new (self, NULL));
    return;
  }
  gtk_entry_set_text (self->case_no, case_no);
  if (words[1] != NULL)
    bh_issue_page_add_serial (self, words[1], FALSE, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->serials));
}

static GtkWidget *
draft_new (const char *rma)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_container_add (GTK_CONTAINER (row), page_text (rma, "number"));
  g_object_set_data_full (G_OBJECT (row), "rma", g_strdup (rma), g_free);
  page_name (row, rma, NULL);
  gtk_widget_show_all (row);
  return row;
}

/* Rows that are there stay: another station's drafts come while one is chosen. */
static void
show_drafts (BhIssuePage *self, GPtrArray *drafts)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (self->drafts));
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);

  for (GList *row = rows; row != NULL; row = row->next) {
    char *rma = g_object_get_data (row->data, "rma");

    if (g_ptr_array_find_with_equal_func (drafts, rma, g_str_equal, NULL))
      g_hash_table_add (there, rma);
    else
      gtk_widget_destroy (row->data);
  }
  for (guint i = 0; i < drafts->len; i++)
    if (!g_hash_table_contains (there, g_ptr_array_index (drafts, i)))
      gtk_list_box_insert (self->drafts, draft_new (g_ptr_array_index (drafts, i)), (int) i);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhIssuePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhIssueStart) start = bh_worker_finish (result, &error);
  gboolean first = gtk_combo_box_get_active (GTK_COMBO_BOX (self->destination)) < 0;

  self->reading--;
  if (self->gone)
    return;
  if (start == NULL) {
    bh_issue_page_tell (self, error->message);
    return;
  }
  self->may_override = start->may_override;
  for (guint i = 0; first && i < start->destinations->len; i++) {
    const BhChoice *choice = g_ptr_array_index (start->destinations, i);
    g_autofree char *words = g_strdup_printf ("%s · %s", choice->code, choice->name);

    gtk_combo_box_text_append (self->destination, choice->code, words);
  }
  if (first) {
    self->filling = TRUE;
    gtk_combo_box_set_active (GTK_COMBO_BOX (self->destination), 0);
    self->filling = FALSE;
    /* what another page sent here may have come before the destinations */
    if (self->of != NULL && self->rma == NULL)
      bh_issue_page_save_later (self);
  }
  show_drafts (self, start->drafts);
  if (start->ended != NULL && !self->saving && !self->ended &&
      g_strcmp0 (start->ended, self->rma) == 0) {
    self->ended = TRUE;
    bh_issue_page_tell (self, start->why);
  }
  bh_issue_page_set_sum (self);
}

void
bh_issue_page_read_drafts (BhIssuePage *self)
{
  self->reading++;
  bh_call_issue_start_async (self->reads, self->rma, on_started, g_object_ref (self));
}

/* The list of drafts, and whether that in the form is one; the form is somebody's work. */
gboolean
bh_issue_page_changed (BhPage *page)
{
  BhIssuePage *self = BH_ISSUE_PAGE (page);

  if (self->reading > 0)
    return FALSE;
  bh_issue_page_read_drafts (self);
  return TRUE;
}

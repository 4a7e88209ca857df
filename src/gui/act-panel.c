/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "act-panel.h"

#include "act-work.h"
#include "page.h"

struct _BhActPanel {
  GtkBox parent_instance;

  GtkLabel *heading;
  GtkLabel *about;
  GtkGrid *fields;
  GtkEntry *entries[BH_FIELD_LAST];
  GtkLabel *wants;
  GtkBox *preview;
  GtkWidget *go;
  GtkWidget *back;

  BhWorker *acts;
  BhWorker *reads;
  const BhDueAct *act;
  GPtrArray *rows; /* BhClockRow: those that it fits */
  guint number;    /* of the newest preview */
  gboolean running;
  guint next; /* row to do */
  guint done;
  GPtrArray *faults;  /* texts: what was not done, and why */
  GPtrArray *news;    /* texts: what there is to say of what was done */
  GPtrArray *undo;    /* BhDueDone: what can be taken back */
  char *how;          /* it went, in the act's own words; NULL: so many clocks */
  BhDueAnswers *told; /* while it runs */
  gboolean gone;
};

enum { LEFT, TOLD, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhActPanel, bh_act_panel, GTK_TYPE_BOX)

static BhDueAnswers *
answers (BhActPanel *self)
{
  BhDueAnswers *now = g_new0 (BhDueAnswers, 1);

  for (int i = 0; i < BH_FIELD_LAST; i++)
    if (self->entries[i] != NULL)
      now->text[i] = g_strdup (gtk_entry_get_text (self->entries[i]));
  return now;
}

static void
add_text (BhActPanel *self, const char *text, const char *style)
{
  GtkWidget *label = page_label (text, style);

  /* long names make it higher, not wider */
  gtk_label_set_max_width_chars (GTK_LABEL (label), 46);
  gtk_widget_show (label);
  gtk_box_pack_start (self->preview, label, FALSE, FALSE, 0);
}

/* ---- the preview --------------------------------------------------------------- */

typedef struct {
  BhActPanel *panel;
  guint number;
} Ask;

static void
on_preview (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (BhActPanel) self = ask->panel;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = bh_worker_finish (result, &error);
  guint of;

  if (self->gone || self->running || ask->number != self->number)
    return;
  page_clear (GTK_CONTAINER (self->preview));
  if (lines == NULL) {
    add_text (self, error->message, NULL);
    return;
  }
  for (guint i = 0; i < MIN (lines->len, BH_ACT_PREVIEW_ROWS); i++)
    add_text (self, g_ptr_array_index (lines, i), "number");
  of = self->act->tell_all != NULL ? lines->len : self->rows->len;
  if (of > BH_ACT_PREVIEW_ROWS) {
    g_autofree char *more = g_strdup_printf (_ ("… and %u more"), of - BH_ACT_PREVIEW_ROWS);

    add_text (self, more, NULL);
  }
}

static void
ask_preview (BhActPanel *self)
{
  Ask *ask = g_new0 (Ask, 1);

  *ask = (Ask){ g_object_ref (self), ++self->number };
  bh_act_preview (self->reads, self->act, self->rows, answers (self), on_preview, ask);
}

static void
set_wants (BhActPanel *self)
{
  BhDueAnswers *now = answers (self);
  const char *wants = self->rows->len == 0 ? _ ("There is nothing to do it to.")
                                           : bh_due_act_wants (self->act, now);

  gtk_label_set_text (self->wants, wants != NULL ? wants : "");
  gtk_widget_set_sensitive (self->go, wants == NULL && !self->running);
  bh_due_answers_free (now);
}

static void
on_changed (GtkEditable *entry, BhActPanel *self)
{
  set_wants (self);
  ask_preview (self);
}

/* ---- doing it ------------------------------------------------------------------ */

static void do_next (BhActPanel *self);

static void
end (BhActPanel *self)
{
  g_autoptr (GString) told = g_string_new (NULL);

  self->running = FALSE;
  gtk_button_set_label (GTK_BUTTON (self->back), _ ("_Back (Esc)"));
  if (self->how != NULL)
    g_string_assign (told, self->how);
  else
    g_string_printf (told, ngettext ("%u clock done.", "%u clocks done.", self->done), self->done);
  if (self->next < self->rows->len)
    g_string_append_printf (told, _ (" Stopped; %u left as they were."),
                            self->rows->len - self->next);
  if (self->faults->len > 0)
    g_string_append_printf (
        told, " %s %s", ngettext ("One was not:", "Some were not; the first:", self->faults->len),
        (const char *) g_ptr_array_index (self->faults, 0));
  page_clear (GTK_CONTAINER (self->preview));
  for (guint i = 0; i < MIN (self->faults->len, BH_ACT_PREVIEW_ROWS); i++)
    add_text (self, g_ptr_array_index (self->faults, i), NULL);
  for (guint i = 0; i < MIN (self->news->len, BH_ACT_PREVIEW_ROWS); i++)
    add_text (self, g_ptr_array_index (self->news, i), NULL);
  g_signal_emit (self, signals[TOLD], 0, told->str);
  gtk_label_set_text (self->wants, "");
  /* who has something to read reads it first */
  if (self->faults->len == 0 && self->news->len == 0)
    g_signal_emit (self, signals[LEFT], 0);
  else
    gtk_widget_grab_focus (self->back);
}

static void
note (BhActPanel *self, GPtrArray *notes, const char *text)
{
  g_autofree char *name = bh_act_name_of (g_ptr_array_index (self->rows, self->next));

  g_ptr_array_add (notes, self->act->run_all != NULL ? g_strdup (text)
                                                     : g_strdup_printf ("%s: %s", name, text));
}

static void
take (BhActPanel *self, const BhDueResult *result)
{
  const BhClockRow *row =
      self->act->run_all != NULL ? NULL : g_ptr_array_index (self->rows, self->next);

  self->done += result->done;
  g_free (self->how);
  self->how = g_strdup (result->told);
  for (guint i = 0; i < result->notes->len; i++)
    note (self, self->news, g_ptr_array_index (result->notes, i));
  for (guint i = 0; self->act->undo != NULL && i < result->undo->len; i++)
    g_ptr_array_add (self->undo, bh_due_done_new (row, g_ptr_array_index (result->undo, i)));
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhActPanel) self = data;
  g_autoptr (GError) error = NULL;
  BhDueResult *came = bh_worker_finish (result, &error);

  if (came != NULL && !self->gone)
    take (self, came);
  g_clear_pointer (&came, bh_due_result_free);
  if (self->gone)
    return;
  if (error != NULL)
    note (self, self->faults, error->message);
  self->next = self->act->run_all != NULL ? self->rows->len : self->next + 1;
  do_next (self);
}

/* One at a time, so that what the dock scans meanwhile comes in between. */
static void
do_next (BhActPanel *self)
{
  g_autofree char *progress = NULL;

  if (!self->running || self->next >= self->rows->len) {
    end (self);
    return;
  }
  if (self->rows->len > 1 && self->act->run_all == NULL) {
    progress = g_strdup_printf (_ ("%u of %u"), self->next + 1, self->rows->len);
    gtk_label_set_text (self->wants, progress);
  }
  bh_act_run (self->acts, self->act, self->rows, self->next, self->told, on_done,
              g_object_ref (self));
}

static void
on_go (GtkWidget *widget, BhActPanel *self)
{
  if (self->running || !gtk_widget_get_sensitive (self->go))
    return;
  self->running = TRUE;
  self->next = self->done = 0;
  g_ptr_array_set_size (self->faults, 0);
  g_ptr_array_set_size (self->news, 0);
  g_ptr_array_set_size (self->undo, 0);
  g_clear_pointer (&self->how, g_free);
  bh_due_answers_free (self->told);
  self->told = answers (self);
  gtk_widget_set_sensitive (self->go, FALSE);
  gtk_button_set_label (GTK_BUTTON (self->back), _ ("S_top (Esc)"));
  do_next (self);
}

GPtrArray *
bh_act_panel_undo (BhActPanel *self, const BhDueAct **act)
{
  GPtrArray *undo = self->undo;

  *act = self->act;
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_due_done_free);
  return undo;
}

void
bh_act_panel_stop (BhActPanel *self)
{
  if (self->running)
    self->running = FALSE; /* the one that is being done ends, and so does the rest */
  else
    g_signal_emit (self, signals[LEFT], 0);
}

static void
on_back (GtkWidget *button, BhActPanel *self)
{
  bh_act_panel_stop (self);
}

/* ---- what it asks for ---------------------------------------------------------- */

/* Where the keys begin: the first field, else the button. */
static GtkWidget *
add_fields (BhActPanel *self)
{
  GtkEntry *first = NULL;

  page_clear (GTK_CONTAINER (self->fields));
  for (int i = 0; i < BH_FIELD_LAST; i++) {
    GtkWidget *label;
    GtkWidget *entry;

    self->entries[i] = NULL;
    if (!(self->act->fields & (1u << i)))
      continue;
    label = gtk_label_new_with_mnemonic (_ (bh_due_fields[i].label));
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    entry = gtk_entry_new ();
    gtk_entry_set_max_length (GTK_ENTRY (entry), 1000);
    gtk_widget_set_hexpand (entry, TRUE);
    gtk_label_set_mnemonic_widget (GTK_LABEL (label), entry);
    page_name (entry, NULL, bh_due_fields[i].id);
    gtk_grid_attach (self->fields, label, 0, i, 1, 1);
    gtk_grid_attach (self->fields, entry, 1, i, 1, 1);
    self->entries[i] = GTK_ENTRY (entry);
    if (first == NULL)
      first = self->entries[i];
  }
  if (self->entries[BH_FIELD_DAYS] != NULL)
    gtk_entry_set_text (self->entries[BH_FIELD_DAYS], "5");
  for (int i = 0; i < BH_FIELD_LAST; i++)
    if (self->entries[i] != NULL) {
      g_signal_connect (self->entries[i], "changed", G_CALLBACK (on_changed), self);
      g_signal_connect (self->entries[i], "activate", G_CALLBACK (on_go), self);
    }
  gtk_widget_show_all (GTK_WIDGET (self->fields));
  return first != NULL ? GTK_WIDGET (first) : self->go;
}

void
bh_act_panel_open (BhActPanel *self, const BhDueAct *act, GPtrArray *rows)
{
  g_autofree char *heading = NULL;
  g_autoptr (GString) about = g_string_new (_ (act->about));
  GtkWidget *begin;
  guint barred = 0;
  const char *why = NULL;

  self->act = act;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_clock_row_free);
  for (guint i = 0; i < rows->len; i++) {
    const BhClockRow *row = g_ptr_array_index (rows, i);
    const char *bar = act->bars != NULL ? act->bars (row) : NULL;

    if (bar == NULL) {
      g_ptr_array_add (self->rows, bh_clock_row_dup (row));
    } else {
      barred++;
      why = bar;
    }
  }
  g_ptr_array_unref (rows);
  heading = g_strdup_printf (ngettext ("%s: %u clock", "%s: %u clocks", self->rows->len),
                             _ (act->verb), self->rows->len);
  gtk_label_set_text (self->heading, heading);
  if (barred > 0)
    g_string_append_printf (about, _ (" %u left out: %s."), barred, _ (why));
  gtk_label_set_text (self->about, about->str);
  page_clear (GTK_CONTAINER (self->preview));
  begin = add_fields (self);
  set_wants (self);
  /* a button takes the keys once it may be pressed */
  gtk_widget_grab_focus (begin);
  ask_preview (self);
}

/* ---- life ---------------------------------------------------------------------- */

static void
bh_act_panel_dispose (GObject *object)
{
  BH_ACT_PANEL (object)->gone = TRUE;
  G_OBJECT_CLASS (bh_act_panel_parent_class)->dispose (object);
}

static void
bh_act_panel_finalize (GObject *object)
{
  BhActPanel *self = BH_ACT_PANEL (object);

  g_clear_object (&self->acts);
  g_clear_object (&self->reads);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_ptr_array_unref (self->faults);
  g_ptr_array_unref (self->news);
  g_ptr_array_unref (self->undo);
  g_free (self->how);
  bh_due_answers_free (self->told);
  G_OBJECT_CLASS (bh_act_panel_parent_class)->finalize (object);
}

static void
bh_act_panel_class_init (BhActPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_act_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_act_panel_finalize;
  signals[LEFT] =
      g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TOLD] = g_signal_new ("told", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/act-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, BhActPanel, heading);
  gtk_widget_class_bind_template_child (widget_class, BhActPanel, about);
  gtk_widget_class_bind_template_child (widget_class, BhActPanel, fields);
  gtk_widget_class_bind_template_child (widget_class, BhActPanel, wants);
  gtk_widget_class_bind_template_child (widget_class, BhActPanel, preview);
  gtk_widget_class_bind_template_child (widget_class, BhActPanel, go);
  gtk_widget_class_bind_template_child (widget_class, BhActPanel, back);
  gtk_widget_class_bind_template_callback (widget_class, on_go);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
}

static void
bh_act_panel_init (BhActPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->faults = g_ptr_array_new_with_free_func (g_free);
  self->news = g_ptr_array_new_with_free_func (g_free);
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_due_done_free);
  page_name (GTK_WIDGET (self->heading), NULL, "act-heading");
  page_name (GTK_WIDGET (self->wants), NULL, "act-wants");
  page_name (GTK_WIDGET (self->preview), _ ("What will happen"), "act-preview");
  page_name (self->go, NULL, "act-go");
  page_name (self->back, NULL, "act-back");
}

GtkWidget *
bh_act_panel_new (BhWorker *acts, BhWorker *reads)
{
  BhActPanel *self = g_object_new (BH_TYPE_ACT_PANEL, NULL);

  self->acts = g_object_ref (acts);
  self->reads = g_object_ref (reads);
  return GTK_WIDGET (self);
}

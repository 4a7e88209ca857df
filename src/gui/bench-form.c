/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "bench-form.h"

#include <string.h>

#include "bench-field.h"
#include "page.h"

/* how long typing rests before what was typed is written down */
#define REST_MS 1000

struct _BhBenchForm {
  GtkBox parent_instance;

  BhField *fields;
  guint n;
  char *job;
  GPtrArray *entries; /* BhJobEntry: borrowed texts are not kept, so copies */
  BhField *flying;    /* that was taken and is not settled */
  guint rest;         /* source */
  gboolean filling;   /* by the page, not by a person */
};

enum { SAVE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhBenchForm, bh_bench_form, GTK_TYPE_BOX)

static void
save (BhBenchForm *self, gboolean go_on)
{
  g_clear_handle_id (&self->rest, g_source_remove);
  g_signal_emit (self, signals[SAVE], 0, go_on);
}

/* ---- what a person does ------------------------------------------------------------ */

static gboolean
on_rest (gpointer data)
{
  BhBenchForm *self = data;

  self->rest = 0;
  save (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
on_changed (GtkWidget *cell, BhBenchForm *self)
{
  BhField *field = bh_field_of (cell);

  bh_field_hint (field);
  if (self->filling)
    return;
  field->ended = FALSE;
  g_clear_pointer (&field->refused, g_free);
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (field->cells[0]), GTK_ENTRY_ICON_SECONDARY, NULL);
  g_clear_handle_id (&self->rest, g_source_remove);
  /* half a code is none: it is looked up when it is whole */
  if (field->spec->way != BH_WAY_ROW && field->spec->kind != BH_ENTRY_FAULT)
    self->rest = g_timeout_add (REST_MS, on_rest, self);
}

static void
on_activate (GtkWidget *cell, BhBenchForm *self)
{
  BhField *field = bh_field_of (cell);

  for (guint c = 0; c < field->spec->ends; c++)
    if (field->cells[c] == cell) {
      gtk_widget_grab_focus (field->cells[c + 1]);
      return;
    }
  field->ended = TRUE;
  g_clear_pointer (&field->refused, g_free);
  save (self, TRUE);
}

static gboolean
on_left (GtkWidget *cell, GdkEventFocus *event, BhBenchForm *self)
{
  BhField *field = bh_field_of (cell);

  if (field->spec->way != BH_WAY_ROW && bh_field_is_dirty (field)) {
    field->ended = TRUE;
    save (self, FALSE);
  }
  return GDK_EVENT_PROPAGATE;
}

static void
on_choice (GtkToggleButton *button, BhBenchForm *self)
{
  BhField *field = bh_field_of (GTK_WIDGET (button));
  guint other = field->cells[0] == GTK_WIDGET (button);

  if (self->filling)
    return;
  self->filling = TRUE;
  gtk_toggle_button_set_active (button, TRUE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (field->cells[other]), FALSE);
  bh_field_mark_choice (field);
  self->filling = FALSE;
  g_clear_pointer (&field->refused, g_free);
  save (self, TRUE);
}

/* ---- what is written down ------------------------------------------------------------ */

BhNotes *
bh_bench_form_take (BhBenchForm *self)
{
  for (guint i = 0; i < self->n && self->flying == NULL && self->entries != NULL; i++) {
    BhField *field = &self->fields[i];
    g_autoptr (BhNotes) notes = NULL;

    if (!bh_field_is_dirty (field))
      continue;
    notes = bh_notes_new ();
    /* what is not checked here the desk refuses in words */
    if (!bh_field_write (field, self->entries, notes, NULL))
      bh_notes_add (notes, field->spec->kind, gtk_entry_get_text (GTK_ENTRY (field->cells[0])),
                    gtk_entry_get_text (GTK_ENTRY (field->cells[1])));
    field->sent = bh_field_text (field);
    self->flying = field;
    return g_steal_pointer (&notes);
  }
  return NULL;
}

void
bh_bench_form_refused (BhBenchForm *self)
{
  BhField *field = self->flying;

  self->flying = NULL;
  if (field == NULL)
    return;
  g_free (field->refused);
  field->refused = g_steal_pointer (&field->sent);
  if (field->spec->way != BH_WAY_CHOICE)
    gtk_entry_set_icon_from_icon_name (GTK_ENTRY (field->cells[0]), GTK_ENTRY_ICON_SECONDARY,
                                       "dialog-warning-symbolic");
}

gboolean
bh_bench_form_finish (BhBenchForm *self)
{
  for (guint i = 0; i < self->n; i++) {
    g_autofree char *text = bh_field_text (&self->fields[i]);

    if (self->fields[i].refused != NULL && g_strcmp0 (text, self->fields[i].refused) == 0) {
      gtk_widget_grab_focus (self->fields[i].cells[0]);
      return FALSE;
    }
    self->fields[i].ended = TRUE;
  }
  return TRUE;
}

BhNotes *
bh_bench_form_take_all (BhBenchForm *self)
{
  g_autoptr (BhNotes) notes = bh_notes_new ();

  for (guint i = 0; i < self->n && self->entries != NULL; i++) {
    self->fields[i].ended = TRUE;
    if (bh_field_is_dirty (&self->fields[i]))
      bh_field_write (&self->fields[i], self->entries, notes, NULL);
  }
  g_clear_pointer (&self->job, g_free);
  return notes->all->len > 0 ? g_steal_pointer (&notes) : NULL;
}

/* The newest entry of what was sent: what is typed further takes its place. */
static gint64
find_draft (BhBenchForm *self, const BhField *field)
{
  for (guint i = self->entries->len; i > 0; i--) {
    const BhJobEntry *entry = g_ptr_array_index (self->entries, i - 1);

    if (entry->kind == field->spec->kind && !entry->struck &&
        g_strcmp0 (entry->name, field->spec->name) == 0 &&
        g_strcmp0 (entry->value, field->kept) == 0)
      return entry->id;
  }
  return 0;
}

static void
settle (BhBenchForm *self, BhField *field)
{
  g_autofree char *text = bh_field_text (field);
  gboolean next = field->ended && g_strcmp0 (text, field->sent) == 0;

  g_free (field->kept);
  field->kept = g_steal_pointer (&field->sent);
  field->draft = 0;
  g_clear_pointer (&field->refused, g_free);
  if (field->spec->way == BH_WAY_MANY && !next)
    field->draft = find_draft (self, field);
  if (field->spec->way == BH_WAY_ROW || (field->spec->way == BH_WAY_MANY && next)) {
    g_free (field->kept);
    field->kept = g_strdup ("");
    if (next)
      bh_field_set_text (field, "");
  }
  field->ended = FALSE;
}

/* ---- what is shown --------------------------------------------------------------------- */

static BhJobEntry *
entry_copy (const BhJobEntry *entry)
{
  BhJobEntry *copy = g_new0 (BhJobEntry, 1);

  *copy = (BhJobEntry){ .id = entry->id,
                        .kind = entry->kind,
                        .name = g_strdup (entry->name),
                        .value = g_strdup (entry->value),
                        .struck = entry->struck };
  return copy;
}

static void
keep_entries (BhBenchForm *self, const BhJob *job)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_job_entry_free);
  for (guint i = 0; i < job->entries->len; i++)
    g_ptr_array_add (self->entries, entry_copy (g_ptr_array_index (job->entries, i)));
}

static void
begin (BhBenchForm *self, const BhJob *job)
{
  g_clear_handle_id (&self->rest, g_source_remove);
  g_free (self->job);
  self->job = g_strdup (job->job);
  self->flying = NULL;
  for (guint i = 0; i < self->n; i++) {
    BhField *field = &self->fields[i];

    bh_field_clear (field);
    field->kept = g_strdup ("");
    field->sent = field->refused = NULL;
    field->draft = 0;
    field->ended = FALSE;
    bh_field_set_text (field, "");
  }
}

static void
fill (BhField *field, const BhJob *job)
{
  const BhJobEntry *entry = bh_job_entry_of (job, field->spec->kind);

  /* what a person types there is newer */
  if ((field->spec->way != BH_WAY_ONE && field->spec->way != BH_WAY_CHOICE) ||
      bh_field_is_dirty (field) || field->refused != NULL)
    return;
  g_free (field->kept);
  field->kept = g_strdup (entry != NULL ? entry->value : "");
  bh_field_set_text (field, field->kept);
}

static gboolean
is_told (const BhField *field)
{
  g_autofree char *text = bh_field_text (field);

  return (field->spec->way == BH_WAY_ONE || field->spec->way == BH_WAY_CHOICE) && *text != '\0';
}

/* Of the sections of which something is shown. */
static void
show_headings (BhBenchForm *self)
{
  GtkWidget *heading = NULL;

  for (guint i = 0; i < self->n; i++) {
    if (self->fields[i].heading != NULL) {
      heading = self->fields[i].heading;
      gtk_widget_hide (heading);
    }
    if (heading != NULL && gtk_widget_get_visible (self->fields[i].row))
      gtk_widget_show (heading);
  }
}

void
bh_bench_form_show (BhBenchForm *self, const BhJob *job, gboolean editable)
{
  gboolean fa = g_str_equal (job->kind, "fa");
  BhField *settled = self->flying;

  self->filling = TRUE;
  if (g_strcmp0 (self->job, job->job) != 0) {
    begin (self, job);
    settled = NULL;
  }
  keep_entries (self, job);
  if (settled != NULL)
    settle (self, settled);
  self->flying = NULL;
  for (guint i = 0; i < self->n; i++) {
    BhField *field = &self->fields[i];

    gboolean there;

    fill (field, job);
    there = (fa || !field->spec->fa) && (editable || is_told (field));
    gtk_widget_set_visible (field->row, there);
    gtk_widget_set_visible (field->label, there);
    for (guint c = 0; c < field->n; c++)
      if (GTK_IS_EDITABLE (field->cells[c])) /* what may not be changed is read and copied */
        gtk_editable_set_editable (GTK_EDITABLE (field->cells[c]), editable);
      else
        gtk_widget_set_sensitive (field->cells[c], editable);
  }
  show_headings (self);
  self->filling = FALSE;
}

gboolean
bh_bench_form_focus (BhBenchForm *self, BhEntryKind kind)
{
  for (guint i = 0; i < self->n; i++)
    if (self->fields[i].spec->kind == kind && gtk_widget_get_visible (self->fields[i].row)) {
      gtk_widget_grab_focus (self->fields[i].cells[0]);
      return TRUE;
    }
  return FALSE;
}

gboolean
bh_bench_form_scan (BhBenchForm *self, const char *text)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  BhField *field = focus != NULL ? bh_field_of (focus) : NULL;

  if (field == NULL || field->spec->kind != BH_ENTRY_PART)
    return FALSE;
  gtk_entry_set_text (GTK_ENTRY (focus), text);
  on_activate (focus, self);
  return TRUE;
}

/* ---- how it is made ---------------------------------------------------------------------- */

void
bh_bench_form_offer (BhBenchForm *self, GPtrArray *faults, GPtrArray *actions)
{
  for (guint i = 0; i < self->n; i++)
    if (self->fields[i].spec->kind == BH_ENTRY_FAULT)
      bh_field_offer (&self->fields[i], faults);
    else if (self->fields[i].spec->kind == BH_ENTRY_ACTION)
      bh_field_offer (&self->fields[i], actions);
}

static void
listen (BhBenchForm *self, const BhField *field)
{
  for (guint c = 0; c < field->n; c++)
    if (field->spec->way == BH_WAY_CHOICE) {
      g_signal_connect (field->cells[c], "toggled", G_CALLBACK (on_choice), self);
    } else {
      g_signal_connect (field->cells[c], "changed", G_CALLBACK (on_changed), self);
      g_signal_connect (field->cells[c], "activate", G_CALLBACK (on_activate), self);
      g_signal_connect (field->cells[c], "focus-out-event", G_CALLBACK (on_left), self);
    }
}

static void
bh_bench_form_finalize (GObject *object)
{
  BhBenchForm *self = BH_BENCH_FORM (object);

  g_clear_handle_id (&self->rest, g_source_remove);
  for (guint i = 0; i < self->n; i++)
    bh_field_clear (&self->fields[i]);
  g_free (self->fields);
  g_free (self->job);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  G_OBJECT_CLASS (bh_bench_form_parent_class)->finalize (object);
}

static void
bh_bench_form_class_init (BhBenchFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bh_bench_form_finalize;
  signals[SAVE] = g_signal_new ("save", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
bh_bench_form_init (BhBenchForm *self)
{
  const BhFieldSpec *specs = bh_field_specs (&self->n);
  GtkWidget *grid = NULL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->fields = g_new0 (BhField, self->n);
  for (guint i = 0; i < self->n; i++) {
    BhField *field = &self->fields[i];

    if (specs[i].heading != NULL) {
      self->fields[i].heading = page_label (_ (specs[i].heading), "section");
      gtk_container_add (GTK_CONTAINER (self), self->fields[i].heading);
      grid = gtk_grid_new ();
      gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
      gtk_grid_set_column_spacing (GTK_GRID (grid), 10);
      gtk_container_add (GTK_CONTAINER (self), grid);
    }
    bh_field_build (field, &specs[i], GTK_GRID (grid), (int) i);
    listen (self, field);
  }
  gtk_widget_show_all (GTK_WIDGET (self));
}

GtkWidget *
bh_bench_form_new (void)
{
  return g_object_new (BH_TYPE_BENCH_FORM, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "bench-field.h"

#include <string.h>

#include "page.h"
#include "whole-text.h"

static const BhFieldSpec specs[] = {
  { BH_ENTRY_SYMPTOM,
    NULL,
    BH_WAY_ONE,
    N_ ("_Symptom reported"),
    "bench-symptom",
    N_ ("Failure"),
    FALSE,
    { NULL },
    0 },
  { BH_ENTRY_ENVIRONMENT,
    NULL,
    BH_WAY_ONE,
    N_ ("En_vironment"),
    "bench-environment",
    NULL,
    TRUE,
    { N_ ("As reported, and as simulated here") },
    0 },
  { BH_ENTRY_REPRODUCED,
    NULL,
    BH_WAY_CHOICE,
    N_ ("Does it show here?"),
    "bench-reproduced",
    NULL,
    FALSE,
    { N_ ("_Reproduced"), N_ ("_No fault found") },
    0 },
  { BH_ENTRY_FAULT,
    NULL,
    BH_WAY_ONE,
    N_ ("_Fault code"),
    "bench-fault",
    N_ ("Findings"),
    FALSE,
    { NULL },
    0 },
  { BH_ENTRY_COMPONENT,
    NULL,
    BH_WAY_ONE,
    N_ ("_Component"),
    "bench-component",
    NULL,
    FALSE,
    { N_ ("By its reference designator, as U12") },
    0 },
  { BH_ENTRY_ACTION,
    NULL,
    BH_WAY_MANY,
    N_ ("_Action"),
    "bench-action",
    NULL,
    FALSE,
    { N_ ("Enter keeps it, and the next begins") },
    0 },
  { BH_ENTRY_FIRMWARE_BEFORE,
    NULL,
    BH_WAY_ONE,
    N_ ("Firmware, as it came"),
    "bench-firmware-before",
    NULL,
    FALSE,
    { NULL },
    0 },
  { BH_ENTRY_FIRMWARE_AFTER,
    NULL,
    BH_WAY_ONE,
    N_ ("Firmware, as it _goes"),
    "bench-firmware-after",
    NULL,
    FALSE,
    { NULL },
    0 },
  { BH_ENTRY_PART,
    NULL,
    BH_WAY_ROW,
    N_ ("Part _used"),
    "bench-part",
    NULL,
    FALSE,
    { N_ ("Part number"), N_ ("Serial, if it has one") },
    1 },
  { BH_ENTRY_READING,
    NULL,
    BH_WAY_ROW,
    N_ ("T_est"),
    "bench-test",
    NULL,
    FALSE,
    { N_ ("Name"), N_ ("Reading"), N_ ("Lowest"), N_ ("Highest") },
    1 },
  { BH_ENTRY_HYPOTHESIS,
    NULL,
    BH_WAY_MANY,
    N_ ("H_ypothesis"),
    "bench-hypothesis",
    N_ ("Analysis"),
    TRUE,
    { NULL },
    0 },
  { BH_ENTRY_EVIDENCE,
    "for",
    BH_WAY_MANY,
    N_ ("Evidence for"),
    "bench-evidence-for",
    NULL,
    TRUE,
    { NULL },
    0 },
  { BH_ENTRY_EVIDENCE,
    "against",
    BH_WAY_MANY,
    N_ ("Evidence against"),
    "bench-evidence-against",
    NULL,
    TRUE,
    { NULL },
    0 },
  { BH_ENTRY_ROOT_CAUSE,
    NULL,
    BH_WAY_ONE,
    N_ ("Root cause"),
    "bench-root-cause",
    NULL,
    TRUE,
    { NULL },
    0 },
  { BH_ENTRY_CORRECTIVE,
    NULL,
    BH_WAY_ONE,
    N_ ("Corrective action"),
    "bench-corrective",
    NULL,
    TRUE,
    { NULL },
    0 },
  { BH_ENTRY_CONTAINMENT,
    NULL,
    BH_WAY_ONE,
    N_ ("Containment"),
    "bench-containment",
    NULL,
    TRUE,
    { N_ ("What protects others meanwhile") },
    0 },
  { BH_ENTRY_DESTRUCTIVE,
    NULL,
    BH_WAY_ROW,
    N_ ("Destructive wor_k"),
    "bench-destructive",
    NULL,
    TRUE,
    { N_ ("What is destroyed; only with the customer's consent") },
    0 },
  { BH_ENTRY_HEADING,
    NULL,
    BH_WAY_ROW,
    N_ ("_8D, D0 to D8"),
    "bench-8d",
    NULL,
    TRUE,
    { N_ ("D0 … D8"), N_ ("What there is to say under it") },
    1 },
};

const BhFieldSpec *
bh_field_specs (guint *n)
{
  *n = G_N_ELEMENTS (specs);
  return specs;
}

void
bh_field_clear (BhField *self)
{
  g_free (self->kept);
  g_free (self->sent);
  g_free (self->refused);
}

static const char *
cell_text (const BhField *self, guint i)
{
  return gtk_entry_get_text (GTK_ENTRY (self->cells[i]));
}

char *
bh_field_text (const BhField *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->spec->way == BH_WAY_CHOICE)
    for (guint i = 0; i < 2; i++)
      if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->cells[i])))
        return g_strdup (i == 0 ? "yes" : "no");
  if (self->spec->way == BH_WAY_CHOICE)
    return g_strdup ("");
  for (guint i = 0; i < self->n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", cell_text (self, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
bh_field_mark_choice (const BhField *self)
{
  for (guint i = 0; i < self->n; i++) {
    GtkToggleButton *button = GTK_TOGGLE_BUTTON (self->cells[i]);
    g_autofree char *label = g_strdup_printf (
        "%s%s", gtk_toggle_button_get_active (button) ? "✓ " : "", _ (self->spec->cells[i]));

    gtk_button_set_label (GTK_BUTTON (button), label);
  }
}

void
bh_field_set_text (BhField *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\n", (int) self->n);

  if (self->spec->way == BH_WAY_CHOICE) {
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->cells[0]), g_str_equal (text, "yes"));
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->cells[1]), g_str_equal (text, "no"));
    bh_field_mark_choice (self);
    return;
  }
  for (guint i = 0; i < self->n; i++) {
    const char *part = i < g_strv_length (parts) ? parts[i] : "";

    /* the cursor of who writes there stays */
    if (g_strcmp0 (cell_text (self, i), part) != 0)
      gtk_entry_set_text (GTK_ENTRY (self->cells[i]), part);
  }
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\n")] == '\0';
}

gboolean
bh_field_is_dirty (const BhField *self)
{
  g_autofree char *text = bh_field_text (self);

  if (self->sent != NULL || g_strcmp0 (text, self->refused) == 0)
    return FALSE;
  if (self->spec->way == BH_WAY_ROW)
    return self->ended && !is_blank (text);
  return g_strcmp0 (text, self->kept) != 0 && !(is_blank (text) && is_blank (self->kept));
}

/* All of a kind that hold: of one that is emptied no older one comes up again. */
static void
strike_all (const BhField *self, const GPtrArray *entries, BhNotes *notes)
{
  for (guint i = 0; i < entries->len; i++) {
    const BhJobEntry *entry = g_ptr_array_index (entries, i);
    g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, entry->id);

    if (entry->kind == self->spec->kind && !entry->struck)
      bh_notes_add (notes, BH_ENTRY_STRIKE, NULL, number);
  }
}

static const char *
or_null (const char *text)
{
  return text != NULL && !is_blank (text) ? text : NULL;
}

gboolean
bh_field_write (const BhField *self, const GPtrArray *entries, BhNotes *notes, GError **error)
{
  BhEntryKind kind = self->spec->kind;
  g_autofree char *text = bh_field_text (self);
  g_autofree char *draft = g_strdup_printf ("%" G_GINT64_FORMAT, self->draft);
  BhTestReading reading = { 0 };

  if (kind == BH_ENTRY_READING) {
    reading = (BhTestReading){ (char *) cell_text (self, 0), (char *) cell_text (self, 1),
                               (char *) or_null (cell_text (self, 2)),
                               (char *) or_null (cell_text (self, 3)) };
    return bh_notes_add_reading (notes, &reading, error);
  }
  if (self->spec->way == BH_WAY_ROW && self->n > 1) {
    bh_notes_add (notes, kind, cell_text (self, 0), cell_text (self, 1));
    return TRUE;
  }
  if (self->draft != 0)
    bh_notes_add (notes, BH_ENTRY_STRIKE, NULL, draft);
  if (!is_blank (text))
    bh_notes_add (notes, kind, self->spec->name, text);
  else if (self->spec->way == BH_WAY_ONE)
    strike_all (self, entries, notes);
  return TRUE;
}

void
bh_field_hint (BhField *self)
{
  static const char *const hints[] = {
    N_ ("What was done at once"),
    N_ ("The team: who works on it"),
    N_ ("The problem, as it shows"),
    N_ ("Containment: what protects others meanwhile"),
    N_ ("The root cause, and why it was not seen"),
    N_ ("The corrective actions chosen"),
    N_ ("The corrective actions in force, since when"),
    N_ ("What keeps it from coming again elsewhere"),
    N_ ("Whose work is recognised"),
  };
  const char *name = cell_text (self, 0);
  const char *hint = self->spec->cells[1];

  if (self->spec->kind != BH_ENTRY_HEADING)
    return;
  if ((name[0] == 'D' || name[0] == 'd') && name[1] >= '0' && name[1] <= '8' && name[2] == '\0')
    hint = hints[name[1] - '0'];
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->cells[1]), _ (hint));
}

/* ---- how it is made ---------------------------------------------------------------------- */

static GtkWidget *
cell_new (const BhFieldSpec *spec, guint c)
{
  const char *hint = spec->cells[c];
  GtkWidget *cell;

  if (spec->way == BH_WAY_CHOICE)
    return gtk_toggle_button_new_with_mnemonic (_ (hint));
  cell = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (cell), 5000);
  gtk_entry_set_width_chars (GTK_ENTRY (cell), 8);
  if (hint != NULL)
    gtk_entry_set_placeholder_text (GTK_ENTRY (cell), _ (hint));
  return cell;
}

static GtkWidget *
whole_new (GtkEntry *cell, const char *of)
{
  GtkWidget *whole = bh_whole_text_new (cell);
  g_autofree char *id = g_strconcat (of, "-whole", NULL);

  page_name (whole, NULL, id);
  return whole;
}

void
bh_field_build (BhField *self, const BhFieldSpec *spec, GtkGrid *grid, int row)
{
  gboolean choice = spec->way == BH_WAY_CHOICE;
  GtkWidget *cells = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autoptr (GtkSizeGroup) height = gtk_size_group_new (GTK_SIZE_GROUP_VERTICAL);
  gboolean wide;

  self->spec = spec;
  self->kept = g_strdup ("");
  self->label = gtk_label_new_with_mnemonic (_ (spec->label));
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_width_chars (GTK_LABEL (self->label), 19);
  gtk_widget_set_valign (self->label, GTK_ALIGN_START);
  /* beside the cells, not beside all that stands below them */
  gtk_size_group_add_widget (height, self->label);
  gtk_size_group_add_widget (height, cells);
  self->row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_hexpand (self->row, TRUE);
  gtk_container_add (GTK_CONTAINER (self->row), cells);
  for (guint c = 0; c < BH_FIELD_CELLS && (c == 0 || spec->cells[c] != NULL); c++) {
    g_autofree char *id = c > 0 ? g_strdup_printf ("%s-%u", spec->id, c + 1) : g_strdup (spec->id);
    GtkWidget *cell = cell_new (spec, c);

    page_name (cell, c > 0 && spec->way == BH_WAY_ROW ? _ (spec->cells[c]) : NULL, id);
    wide = !choice && !(spec->kind == BH_ENTRY_HEADING && c == 0);
    gtk_box_pack_start (GTK_BOX (cells), cell, wide, wide, 0);
    if (!choice)
      gtk_container_add (GTK_CONTAINER (self->row), whole_new (GTK_ENTRY (cell), id));
    g_object_set_data (G_OBJECT (cell), "field", self);
    self->cells[self->n++] = cell;
  }
  if (!choice)
    gtk_label_set_mnemonic_widget (GTK_LABEL (self->label), self->cells[0]);
  gtk_grid_attach (grid, self->label, 0, row, 1, 1);
  gtk_grid_attach (grid, self->row, 1, row, 1, 1);
}

BhField *
bh_field_of (GtkWidget *cell)
{
  return g_object_get_data (G_OBJECT (cell), "field");
}

void
bh_field_offer (BhField *self, GPtrArray *codes)
{
  g_autoptr (GtkListStore) store = gtk_list_store_new (1, G_TYPE_STRING);
  g_autoptr (GtkEntryCompletion) completion = gtk_entry_completion_new ();

  for (guint i = 0; i < codes->len; i++) {
    const BhCode *code = g_ptr_array_index (codes, i);

    gtk_list_store_insert_with_values (store, NULL, -1, 0, code->code, -1);
  }
  gtk_entry_completion_set_model (completion, GTK_TREE_MODEL (store));
  gtk_entry_completion_set_text_column (completion, 0);
  gtk_entry_set_completion (GTK_ENTRY (self->cells[0]), completion);
}

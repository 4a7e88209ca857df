/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "due-page.h"

#include <string.h>

#include "act-panel.h"
#include "backhaul/calendar.h"
#include "clock-pane.h"
#include "clock-table.h"
#include "due-reader.h"
#include "due-undo.h"
#include "page.h"
#include "pages.h"

struct _BhDuePage {
  GtkBox parent_instance;

  GtkEntry *text;
  GtkComboBox *kind;
  GtkComboBox *state;
  GtkComboBox *age;
  GtkStack *list;
  GtkLabel *empty;
  GtkStack *side;
  GtkLabel *rows;
  GtkLabel *told;
  GtkBox *acts;
  BhClockTable *table;
  BhClockPane *pane;
  BhActPanel *panel;      /* NULL: nothing was asked yet */
  GtkWidget *buttons[16]; /* by the row of bh_due_acts() */

  GtkBox *result;
  BhDueUndo *undo;

  BhWorker *reads;
  BhWorker *worker; /* of acts */
  BhDueReader *reader;
  gboolean live;    /* nobody asked for what is read: rows stay where they are */
  gboolean fresh;   /* made, and not yet shown */
  guint shown_soon; /* source that shows the cursor's clock */
};

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhDuePage, bh_due_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

/* ---- what is shown ------------------------------------------------------------- */

static void
tell_rows (BhDuePage *self)
{
  guint late;
  guint amber;
  guint n = bh_clock_table_count (self->table, &late, &amber);
  gboolean busy = bh_due_reader_busy (self->reader) || bh_clock_table_filling (self->table);
  g_autoptr (GPtrArray) picked = bh_clock_table_picked (self->table);
  g_autoptr (GString) said = g_string_new (NULL);

  g_string_printf (
      said, ngettext ("%u clock: %u late, %u due soon", "%u clocks: %u late, %u due soon", n), n,
      late, amber);
  if (picked->len > 1)
    g_string_append_printf (said, _ (" · %u chosen"), picked->len);
  if (busy)
    g_string_append (said, _ (" · reading …"));
  gtk_label_set_text (self->rows, said->str);
  if (n == 0 && !busy) {
    gboolean all = g_strcmp0 (gtk_combo_box_get_active_id (self->kind), "all") == 0 &&
                   g_strcmp0 (gtk_combo_box_get_active_id (self->state), "all") == 0 &&
                   g_strcmp0 (gtk_combo_box_get_active_id (self->age), "all") == 0 &&
                   *gtk_entry_get_text (self->text) == '\0';

    gtk_label_set_text (self->empty, all ? _ ("Nothing is due. No clock runs.")
                                         : _ ("No clock fits. Widen the filters above."));
  }
  /* keys that the list had would be nobody's */
  if (n == 0 && !busy && gtk_container_get_focus_child (GTK_CONTAINER (self->list)) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->text));
  gtk_stack_set_visible_child_name (self->list, n == 0 && !busy ? "empty" : "table");
}

/* An act is offered to who may do it, where it fits at least one of what is chosen. */
static void
offer_acts (BhDuePage *self)
{
  g_autoptr (GPtrArray) picked = bh_clock_table_picked (self->table);
  gsize n;
  const BhDueAct *acts = bh_due_acts (&n);
  guint may = bh_due_reader_may (self->reader);

  for (gsize a = 0; a < n; a++) {
    gboolean fits = FALSE;

    for (guint i = 0; i < picked->len && !fits; i++)
      fits = acts[a].bars == NULL || acts[a].bars (g_ptr_array_index (picked, i)) == NULL;
    gtk_widget_set_visible (self->buttons[a], fits && (may & (1u << acts[a].may)) != 0);
  }
}

static gboolean
show_current (gpointer data)
{
  BhDuePage *self = data;

  self->shown_soon = 0;
  bh_clock_pane_show (self->pane, self->reads, bh_clock_table_current (self->table));
  return G_SOURCE_REMOVE;
}

/* Who runs through the list with a held key reads nothing of each row. */
static void
on_moved (BhClockTable *table, BhDuePage *self)
{
  if (self->shown_soon == 0)
    self->shown_soon = g_timeout_add (60, show_current, self);
}

static void
on_picked (BhClockTable *table, BhDuePage *self)
{
  offer_acts (self);
  tell_rows (self);
}

static void
on_entered (BhClockTable *table, BhDuePage *self)
{
  const BhClockRow *row = bh_clock_table_current (table);

  if (row != NULL && row->rma != NULL)
    page_open (GTK_WIDGET (self), "returns", row->rma);
  else if (row != NULL && row->case_no != NULL)
    page_open (GTK_WIDGET (self), "cases", row->case_no);
}

static const char *
chosen (GtkComboBox *combo)
{
  const char *id = gtk_combo_box_get_active_id (combo);

  return g_strcmp0 (id, "all") == 0 ? NULL : id;
}

static void
on_filter (GtkWidget *widget, BhDuePage *self)
{
  const BhClockFilter filter = { gtk_entry_get_text (self->text), chosen (self->kind),
                                 chosen (self->state), bh_clock_age_find (chosen (self->age)) };

  if (self->table != NULL)
    bh_clock_table_filter (self->table, &filter);
}

static void
on_text_activate (GtkEntry *entry, BhDuePage *self)
{
  bh_clock_table_focus (self->table);
}

/* ---- reading the board --------------------------------------------------------- */

static void
on_part (BhDueReader *reader, GPtrArray *rows, gboolean first, BhDuePage *self)
{
  if (self->live)
    bh_clock_table_merge (self->table, rows);
  else if (first)
    bh_clock_table_clear (self->table);
  if (!self->live)
    bh_clock_table_add (self->table, rows);
  tell_rows (self);
  offer_acts (self);
}

/* For somebody: the list begins anew. */
static void
read_board (BhDuePage *self)
{
  self->live = FALSE;
  bh_due_reader_start (self->reader);
}

static void
on_ended (BhDueReader *reader, const char *fault, BhDuePage *self)
{
  tell_rows (self);
  if (fault != NULL)
    gtk_label_set_text (self->rows, fault);
}

static void
on_filled (BhClockTable *table, BhDuePage *self)
{
  tell_rows (self);
}

/* ---- acts ---------------------------------------------------------------------- */

static void
on_left (BhActPanel *panel, BhDuePage *self)
{
  gtk_stack_set_visible_child_name (self->side, "working");
  gtk_widget_set_sensitive (GTK_WIDGET (self->acts), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->undo), TRUE);
  bh_clock_table_focus (self->table);
}

/* How it went; a narrow window cuts it. */
static void
tell (BhDuePage *self, const char *told)
{
  gtk_label_set_text (self->told, told);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->told), told);
}

static void
on_told (BhActPanel *panel, const char *told, BhDuePage *self)
{
  const BhDueAct *act = NULL;
  GPtrArray *undo = bh_act_panel_undo (panel, &act);

  tell (self, told);
  bh_due_undo_offer (self->undo, act, undo);
  read_board (self);
}

/* Made when it is first needed: the board is there sooner without it. */
static BhActPanel *
panel_of (BhDuePage *self)
{
  if (self->panel != NULL)
    return self->panel;
  self->panel = BH_ACT_PANEL (bh_act_panel_new (self->worker, self->reads));
  gtk_stack_add_named (self->side, GTK_WIDGET (self->panel), "act");
  g_signal_connect (self->panel, "left", G_CALLBACK (on_left), self);
  g_signal_connect (self->panel, "told", G_CALLBACK (on_told), self);
  return self->panel;
}

static void
on_act (GtkWidget *button, BhDuePage *self)
{
  const BhDueAct *act = g_object_get_data (G_OBJECT (button), "act");
  g_autoptr (GPtrArray) picked = bh_clock_table_picked (self->table);
  GPtrArray *rows = bh_clock_rows_new ();

  /* the board may be read anew meanwhile */
  for (guint i = 0; i < picked->len; i++)
    g_ptr_array_add (rows, bh_clock_row_dup (g_ptr_array_index (picked, i)));
  panel_of (self);
  gtk_stack_set_visible_child_name (self->side, "act");
  /* its keys are those of the question now */
  gtk_widget_set_sensitive (GTK_WIDGET (self->acts), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->undo), FALSE);
  bh_act_panel_open (self->panel, act, rows);
}

static void
on_undone (BhDueUndo *undo, const char *told, BhDuePage *self)
{
  tell (self, told);
  /* what the panel still told of the act is not so any more */
  on_left (self->panel, self);
  read_board (self);
}

/* Ctrl+Z: an entry has no such key of its own. */
static gboolean
on_key (GtkWidget *widget, GdkEventKey *event)
{
  BhDuePage *self = BH_DUE_PAGE (widget);

  if (gdk_keyval_to_lower (event->keyval) != GDK_KEY_z || /* Caps Lock may be on */
      (event->state & gtk_accelerator_get_default_mod_mask ()) != GDK_CONTROL_MASK ||
      !gtk_widget_get_visible (GTK_WIDGET (self->undo)) ||
      !gtk_widget_get_sensitive (GTK_WIDGET (self->undo)))
    return GDK_EVENT_PROPAGATE;
  gtk_button_clicked (GTK_BUTTON (self->undo));
  return GDK_EVENT_STOP;
}

static void
add_acts (BhDuePage *self)
{
  gsize n;
  const BhDueAct *acts = bh_due_acts (&n);

  g_assert (n <= G_N_ELEMENTS (self->buttons));
  for (gsize a = 0; a < n; a++) {
    GtkWidget *button = gtk_button_new_with_mnemonic (_ (acts[a].title));
    g_autofree char *id = g_strdup_printf ("act-%s", acts[a].name);

    page_name (button, NULL, id);
    g_object_set_data (G_OBJECT (button), "act", (gpointer) &acts[a]);
    g_signal_connect (button, "clicked", G_CALLBACK (on_act), self);
    gtk_box_pack_start (self->acts, button, FALSE, FALSE, 0);
    self->buttons[a] = button;
  }
  offer_acts (self);
}

/* ---- as a page ----------------------------------------------------------------- */

static void
shown (BhPage *page)
{
  BhDuePage *self = BH_DUE_PAGE (page);

  if (!self->fresh)
    read_board (self);
  self->fresh = FALSE;
}

static gboolean
changed (BhPage *page)
{
  BhDuePage *self = BH_DUE_PAGE (page);

  self->live = !bh_clock_table_filling (self->table) && bh_due_reader_look (self->reader);
  return self->live;
}

static void
focus (BhPage *page)
{
  bh_clock_table_focus (BH_DUE_PAGE (page)->table);
}

static void
find (BhPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (BH_DUE_PAGE (page)->text));
}

/* @filter: "kind=C1 state=late"; what is not named is not restricted. */
static void
open_filter (BhPage *page, const char *filter)
{
  BhDuePage *self = BH_DUE_PAGE (page);
  g_auto (GStrv) words = g_strsplit (filter, " ", -1);

  gtk_combo_box_set_active_id (self->kind, "all");
  gtk_combo_box_set_active_id (self->state, "all");
  gtk_combo_box_set_active_id (self->age, "all");
  gtk_entry_set_text (self->text, "");
  for (char **word = words; *word != NULL; word++) {
    if (g_str_has_prefix (*word, "kind="))
      gtk_combo_box_set_active_id (self->kind, *word + strlen ("kind="));
    else if (g_str_has_prefix (*word, "state="))
      gtk_combo_box_set_active_id (self->state, *word + strlen ("state="));
  }
}

static gboolean
scanned (BhPage *page, const char *text)
{
  gtk_entry_set_text (BH_DUE_PAGE (page)->text, text);
  return TRUE;
}

static gboolean
back (BhPage *page)
{
  BhDuePage *self = BH_DUE_PAGE (page);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->side), "act") == 0) {
    bh_act_panel_stop (self->panel);
    return TRUE;
  }
  if (*gtk_entry_get_text (self->text) == '\0')
    return FALSE;
  gtk_entry_set_text (self->text, "");
  return TRUE;
}

static void
page_face (BhPageInterface *iface)
{
  iface->shown = shown;
  iface->changed = changed;
  iface->focus = focus;
  iface->find = find;
  iface->scanned = scanned;
  iface->open = open_filter;
  iface->back = back;
}

static void
bh_due_page_dispose (GObject *object)
{
  BhDuePage *self = BH_DUE_PAGE (object);

  g_clear_handle_id (&self->shown_soon, g_source_remove);
  if (self->reader != NULL) {
    bh_due_reader_stop (self->reader);
    g_signal_handlers_disconnect_by_data (self->reader, self);
  }
  g_clear_object (&self->reader);
  G_OBJECT_CLASS (bh_due_page_parent_class)->dispose (object);
}

static void
bh_due_page_finalize (GObject *object)
{
  g_clear_object (&BH_DUE_PAGE (object)->reads);
  g_clear_object (&BH_DUE_PAGE (object)->worker);
  G_OBJECT_CLASS (bh_due_page_parent_class)->finalize (object);
}

static void
bh_due_page_class_init (BhDuePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_due_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_due_page_finalize;
  widget_class->key_press_event = on_key;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/due-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BhDuePage, text);
  gtk_widget_class_bind_template_child (widget_class, BhDuePage, kind);
  gtk_widget_class_bind_template_child (widget_class, BhDuePage, state);
  gtk_widget_class_bind_template_child (widget_class, BhDuePage, age);
  gtk_widget_class_bind_template_child (widget_class, BhDuePage, list);
  gtk_widget_class_bind_template_child (widget_class, BhDuePage, empty);
  gtk_widget_class_bind_template_child (widget_class, BhDuePage, side);
  gtk_widget_class_bind_template_child (widget_class, BhDuePage, rows);
  gtk_widget_class_bind_template_child (widget_class, BhDuePage, told);
  gtk_widget_class_bind_template_child (widget_class, BhDuePage, acts);
  gtk_widget_class_bind_template_child (widget_class, BhDuePage, result);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_text_activate);
}

static void
bh_due_page_init (BhDuePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->table = g_object_new (BH_TYPE_CLOCK_TABLE, NULL);
  self->pane = g_object_new (BH_TYPE_CLOCK_PANE, NULL);
  gtk_stack_add_named (self->list, GTK_WIDGET (self->table), "table");
  gtk_stack_set_visible_child_name (self->list, "table");
  gtk_stack_add_named (self->side, GTK_WIDGET (self->pane), "working");
  g_signal_connect (self->table, "moved", G_CALLBACK (on_moved), self);
  g_signal_connect (self->table, "picked", G_CALLBACK (on_picked), self);
  g_signal_connect (self->table, "entered", G_CALLBACK (on_entered), self);
  g_signal_connect (self->table, "filled", G_CALLBACK (on_filled), self);
  page_name (GTK_WIDGET (self->text), _ ("Account, RMA, case or serial"), "due-search");
  page_name (GTK_WIDGET (self->kind), _ ("Which clock"), "due-kind");
  page_name (GTK_WIDGET (self->state), _ ("In which state"), "due-state");
  page_name (GTK_WIDGET (self->age), _ ("How old"), "due-age");
  page_name (GTK_WIDGET (self->rows), NULL, "due-rows");
  page_name (GTK_WIDGET (self->told), NULL, "due-told");
  page_name (GTK_WIDGET (self->empty), NULL, "due-empty");
}

GtkWidget *
bh_due_page_new (BhWorker *acts, BhWorker *reads)
{
  /* the rows are read while the page is made, and stand in its first picture */
  g_autoptr (BhDueReader) reader = bh_due_reader_new (reads);
  BhDuePage *self;

  bh_due_reader_start (reader);
  self = g_object_new (BH_TYPE_DUE_PAGE, NULL);
  self->fresh = TRUE;
  self->reads = g_object_ref (reads);
  self->reader = g_steal_pointer (&reader);
  g_signal_connect (self->reader, "part", G_CALLBACK (on_part), self);
  g_signal_connect (self->reader, "ended", G_CALLBACK (on_ended), self);
  self->undo = BH_DUE_UNDO (bh_due_undo_new (acts));
  gtk_box_pack_end (self->result, GTK_WIDGET (self->undo), FALSE, FALSE, 0);
  g_signal_connect (self->undo, "told", G_CALLBACK (on_undone), self);
  self->worker = g_object_ref (acts);
  add_acts (self);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "due-page.h"

#include <string.h>

#include "act-panel.h"
#include "backhaul/calendar.h"
#include "clock-pane.h"
#include "clock-table.h"
#include "page.h"
#include "pages.h"

/* so many are on screen before the others are counted */
#define FIRST_ROWS 100
#define MORE_ROWS  20000

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
  BhActPanel *panel;
  GtkWidget *buttons[16]; /* by the row of bh_due_acts() */

  BhWorker *reads;
  guint number;         /* of the newest reading of the board */
  GCancellable *search; /* it; NULL: it has ended */
  guint may;            /* 1 << BhMay: what this operator may do */
  guint shown_soon;     /* source that shows the cursor's clock */
  gboolean gone;
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
  g_autoptr (GPtrArray) picked = bh_clock_table_picked (self->table);
  g_autoptr (GString) said = g_string_new (NULL);

  g_string_printf (
      said, ngettext ("%u clock: %u late, %u due soon", "%u clocks: %u late, %u due soon", n), n,
      late, amber);
  if (picked->len > 1)
    g_string_append_printf (said, _ (" · %u chosen"), picked->len);
  if (self->search != NULL)
    g_string_append (said, _ (" · reading …"));
  gtk_label_set_text (self->rows, said->str);
  if (n == 0 && self->search == NULL) {
    gboolean all = g_strcmp0 (gtk_combo_box_get_active_id (self->kind), "all") == 0 &&
                   g_strcmp0 (gtk_combo_box_get_active_id (self->state), "all") == 0 &&
                   g_strcmp0 (gtk_combo_box_get_active_id (self->age), "all") == 0 &&
                   *gtk_entry_get_text (self->text) == '\0';

    gtk_label_set_text (self->empty, all ? _ ("Nothing is due. No clock runs.")
                                         : _ ("No clock fits. Widen the filters above."));
  }
  gtk_stack_set_visible_child_name (self->list, n == 0 && self->search == NULL ? "empty" : "table");
}

/* An act is offered to who may do it, where it fits at least one of what is chosen. */
static void
offer_acts (BhDuePage *self)
{
  g_autoptr (GPtrArray) picked = bh_clock_table_picked (self->table);
  gsize n;
  const BhDueAct *acts = bh_due_acts (&n);

  for (gsize a = 0; a < n; a++) {
    gboolean fits = FALSE;

    for (guint i = 0; i < picked->len && !fits; i++)
      fits = acts[a].bars == NULL || acts[a].bars (g_ptr_array_index (picked, i)) == NULL;
    gtk_widget_set_visible (self->buttons[a], fits && (self->may & (1u << acts[a].may)) != 0);
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

typedef struct {
  BhDuePage *page;
  guint number;
  GPtrArray *rows; /* of a part; the worker gathers into it */
  guint parts;
} Reading;

/* A part on its way to the window. */
typedef struct {
  BhDuePage *page;
  guint number;
  guint may;
  gboolean first;
  GPtrArray *rows;
} Part;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->rows, g_ptr_array_unref);
  g_free (reading); /* the page is let go of on its own thread, in on_read() */
}

static void
part_free (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->rows, g_ptr_array_unref);
  g_object_unref (part->page);
  g_free (part);
}

static gboolean
on_part (gpointer data)
{
  Part *part = data;
  BhDuePage *self = part->page;

  if (self->gone || part->number != self->number)
    return G_SOURCE_REMOVE;
  if (part->first) {
    self->may = part->may;
    bh_clock_table_clear (self->table);
  }
  bh_clock_table_add (self->table, part->rows);
  tell_rows (self);
  offer_acts (self);
  return G_SOURCE_REMOVE;
}

static GPtrArray *
rows_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) bh_clock_row_free);
}

static void
hand_over (BhDesk *desk, Reading *reading)
{
  Part *part = g_new0 (Part, 1);

  *part = (Part){ g_object_ref (reading->page), reading->number, 0, reading->parts++ == 0,
                  g_steal_pointer (&reading->rows) };
  for (int may = 0; may < BH_MAY_LAST; may++)
    if (bh_role_may (bh_desk_role (desk), may))
      part->may |= 1u << may;
  reading->rows = rows_new ();
  g_idle_add_full (G_PRIORITY_DEFAULT, on_part, part, part_free);
}

typedef struct {
  BhDesk *desk;
  Reading *reading;
} Gather;

static gboolean
on_clock (const BhClockRow *row, gpointer data)
{
  const Gather *gather = data;
  Reading *reading = gather->reading;

  g_ptr_array_add (reading->rows, bh_clock_row_dup (row));
  if (reading->rows->len == (reading->parts == 0 ? FIRST_ROWS : MORE_ROWS))
    hand_over (gather->desk, reading);
  return TRUE;
}

static gpointer
read_board (BhDesk *desk, gpointer data, GError **error)
{
  Gather gather = { desk, data };

  if (!bh_desk_due (desk, NULL, NULL, BH_DAY_NONE, g_get_real_time (), on_clock, &gather, error))
    return NULL;
  hand_over (desk, gather.reading);
  return data; /* not to be freed twice: only told that it went well */
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Part *asked = data;
  g_autoptr (BhDuePage) self = asked->page;
  g_autoptr (GError) error = NULL;
  gboolean ok = bh_worker_finish (result, &error) != NULL;

  if (self->gone || asked->number != self->number)
    return;
  g_clear_object (&self->search);
  tell_rows (self);
  if (!ok)
    gtk_label_set_text (self->rows, error->message);
}

static void
read_again (BhDuePage *self)
{
  Reading *reading = g_new0 (Reading, 1);
  Part *asked = g_new0 (Part, 1);

  if (self->search != NULL)
    bh_worker_supersede (self->reads, self->search);
  g_clear_object (&self->search);
  self->search = g_cancellable_new ();
  *asked = (Part){ g_object_ref (self), ++self->number, 0, FALSE, NULL };
  *reading = (Reading){ self, self->number, rows_new (), 0 };
  bh_worker_search (self->reads, read_board, reading, reading_free, NULL, self->search, on_read,
                    asked);
}

/* ---- acts ---------------------------------------------------------------------- */

static void
on_act (GtkWidget *button, BhDuePage *self)
{
  const BhDueAct *act = g_object_get_data (G_OBJECT (button), "act");
  g_autoptr (GPtrArray) picked = bh_clock_table_picked (self->table);
  GPtrArray *rows = rows_new ();

  /* the board may be read anew meanwhile */
  for (guint i = 0; i < picked->len; i++)
    g_ptr_array_add (rows, bh_clock_row_dup (g_ptr_array_index (picked, i)));
  gtk_label_set_text (self->told, "");
  gtk_stack_set_visible_child_name (self->side, "act");
  /* its keys are those of the question now */
  gtk_widget_set_sensitive (GTK_WIDGET (self->acts), FALSE);
  bh_act_panel_open (self->panel, act, rows);
}

static void
on_left (BhActPanel *panel, BhDuePage *self)
{
  gtk_stack_set_visible_child_name (self->side, "working");
  gtk_widget_set_sensitive (GTK_WIDGET (self->acts), TRUE);
  bh_clock_table_focus (self->table);
}

static void
on_told (BhActPanel *panel, const char *told, BhDuePage *self)
{
  gtk_label_set_text (self->told, told);
  read_again (self);
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
  read_again (BH_DUE_PAGE (page));
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

  self->gone = TRUE;
  g_clear_handle_id (&self->shown_soon, g_source_remove);
  g_clear_object (&self->search);
  G_OBJECT_CLASS (bh_due_page_parent_class)->dispose (object);
}

static void
bh_due_page_finalize (GObject *object)
{
  g_clear_object (&BH_DUE_PAGE (object)->reads);
  G_OBJECT_CLASS (bh_due_page_parent_class)->finalize (object);
}

static void
bh_due_page_class_init (BhDuePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_due_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_due_page_finalize;
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
  BhDuePage *self = g_object_new (BH_TYPE_DUE_PAGE, NULL);

  self->reads = g_object_ref (reads);
  self->panel = BH_ACT_PANEL (bh_act_panel_new (acts, reads));
  gtk_stack_add_named (self->side, GTK_WIDGET (self->panel), "act");
  g_signal_connect (self->panel, "left", G_CALLBACK (on_left), self);
  g_signal_connect (self->panel, "told", G_CALLBACK (on_told), self);
  add_acts (self);
  return GTK_WIDGET (self);
}

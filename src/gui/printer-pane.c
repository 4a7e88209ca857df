/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "printer-pane.h"

#include "live-act.h"
#include "live-rows.h"
#include "page.h"
#include "print-bar.h"
#include "print-calls.h"

enum { COL_STATION, COL_LABEL, COL_PRINTER, COL_STATE, N_COLS };

static const struct {
  const char *title;
  int width;
} columns[N_COLS] = {
  [COL_STATION] = { N_ ("Station"), 80 },
  [COL_LABEL] = { N_ ("Label"), 115 },
  [COL_PRINTER] = { N_ ("Printer"), 155 },
  [COL_STATE] = { N_ ("State"), 120 },
};

/* that a site sets printers for by choosing; others are typed */
static const char *const kinds[] = { "any",
                                     "box-4x6",
                                     "return-to-sender-4x6",
                                     "hold-slip-4x6",
                                     "unit-plate-50x25",
                                     "bench-traveller-4x6",
                                     "packing-slip-a4",
                                     "packing-slip-letter" };

struct _BhPrinterPane {
  GtkBox parent_instance;

  GtkTreeView *tree;
  GtkStack *stack;
  GtkWidget *form;
  GtkEntry *station;
  GtkComboBoxText *kind;
  GtkEntry *target;
  GtkComboBoxText *language;
  GtkComboBoxText *dpi;
  GtkEntry *darkness;
  GtkEntry *speed;
  GtkWidget *set;
  GtkWidget *unset;
  GtkWidget *test;
  GtkLabel *told;

  BhWorker *acts;
  GtkListStore *store;
  BhPrinterList *list; /* NULL: not read yet */
  guint reading;
  gboolean again; /* it is old before it is read */
  gboolean busy;
  gboolean filling; /* not by a person */
  gboolean gone;
};

G_DEFINE_FINAL_TYPE (BhPrinterPane, bh_printer_pane, GTK_TYPE_BOX)

static void
tell (BhPrinterPane *self, const char *text)
{
  gtk_label_set_text (self->told, text);
}

static const char *
kind_text (BhPrinterPane *self)
{
  return gtk_entry_get_text (GTK_ENTRY (gtk_bin_get_child (GTK_BIN (self->kind))));
}

/* ---- what may be done ---------------------------------------------------------- */

/* As what the form names is set; NULL: it is not. */
static const BhPrinter *
set_one (BhPrinterPane *self, const BhPrinterList *list)
{
  for (guint i = 0; list != NULL && i < list->printers->len; i++) {
    const BhPrinter *printer = g_ptr_array_index (list->printers, i);

    if (g_strcmp0 (printer->station, gtk_entry_get_text (self->station)) == 0 &&
        g_strcmp0 (printer->kind, kind_text (self)) == 0)
      return printer;
  }
  return NULL;
}

static void
set_acts (BhPrinterPane *self)
{
  gboolean may = self->list != NULL && self->list->may_set && !self->busy;
  gboolean one = may && set_one (self, self->list) != NULL;

  gtk_widget_set_sensitive (self->set, may && *gtk_entry_get_text (self->target) != '\0');
  gtk_widget_set_sensitive (self->unset, one);
  gtk_widget_set_sensitive (self->test, one);
}

static void
on_changed (GtkWidget *widget, BhPrinterPane *self)
{
  set_acts (self);
}

/* ---- the list ------------------------------------------------------------------ */

/* "" is as the printer is set; FALSE: no number. */
static gboolean
number_of (GtkEntry *entry, int *number)
{
  const char *text = gtk_entry_get_text (entry);
  gint64 value = -1;

  if (*text != '\0' && !g_ascii_string_to_signed (text, 10, 0, 99, &value, NULL))
    return FALSE;
  *number = (int) value;
  return TRUE;
}

/* What stands in the form, whose texts stay its own; FALSE: a number is none. */
static gboolean
read_form (BhPrinterPane *self, BhPrinter *form)
{
  GtkComboBox *language = GTK_COMBO_BOX (self->language);
  const char *dpi = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->dpi));

  *form = (BhPrinter){ .station = (char *) gtk_entry_get_text (self->station),
                       .kind = (char *) kind_text (self),
                       .target = (char *) gtk_entry_get_text (self->target),
                       .language = (char *) gtk_combo_box_get_active_id (language),
                       .dpi = dpi != NULL ? (int) g_ascii_strtoll (dpi, NULL, 10) : 0 };
  return number_of (self->darkness, &form->darkness) && number_of (self->speed, &form->speed);
}

static char *
number_text (int number)
{
  return number >= 0 ? g_strdup_printf ("%d", number) : g_strdup ("");
}

/* Whether the form says what @printer is; NULL: that it says nothing. */
static gboolean
says (BhPrinterPane *self, const BhPrinter *printer)
{
  BhPrinter form;

  return read_form (self, &form) && printer != NULL ? bh_printer_is_same (&form, printer)
                                                    : *form.target == '\0';
}

/* (transfer full): what the form is about, as the journal has it */
static char *
entity_of (BhPrinterPane *self)
{
  return g_strdup_printf ("printer:%s/%s", gtk_entry_get_text (self->station), kind_text (self));
}

static void
show_printer (BhPrinterPane *self, const BhPrinter *printer)
{
  g_autofree char *dpi = g_strdup_printf ("%d", printer->dpi);
  g_autofree char *darkness = number_text (printer->darkness);
  g_autofree char *speed = number_text (printer->speed);

  gtk_entry_set_text (self->station, printer->station);
  gtk_entry_set_text (GTK_ENTRY (gtk_bin_get_child (GTK_BIN (self->kind))), printer->kind);
  gtk_entry_set_text (self->target, printer->target);
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->language), printer->language);
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->dpi), dpi);
  gtk_entry_set_text (self->darkness, darkness);
  gtk_entry_set_text (self->speed, speed);
  set_acts (self);
}

static void
on_cursor (GtkTreeView *tree, BhPrinterPane *self)
{
  g_autoptr (GtkTreePath) path = NULL;
  guint row;

  gtk_tree_view_get_cursor (tree, &path, NULL);
  if (self->gone || self->filling || path == NULL || self->list == NULL)
    return;
  row = (guint) gtk_tree_path_get_indices (path)[0];
  if (row < self->list->printers->len)
    show_printer (self, g_ptr_array_index (self->list->printers, row));
}

/* Enter: on to what may be changed. */
static void
on_row (GtkTreeView *tree, GtkTreePath *path, GtkTreeViewColumn *column, BhPrinterPane *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->target));
}

/* Of this station, unless something stands in the form. */
static void
show_first (BhPrinterPane *self)
{
  if (*gtk_entry_get_text (self->target) != '\0')
    return;
  for (guint i = 0; i < self->list->printers->len; i++) {
    const BhPrinter *printer = g_ptr_array_index (self->list->printers, i);
    g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices ((int) i, -1);

    if (!g_str_equal (printer->station, self->list->station))
      continue;
    gtk_tree_view_set_cursor (self->tree, path, NULL, FALSE);
    return;
  }
}

static void
show_rows (BhPrinterPane *self, const BhPrinterList *list)
{
  static const int key[] = { COL_STATION, COL_LABEL, -1 };
  g_autoptr (GtkListStore) fresh = page_rows_like (self->store);

  for (guint i = 0; i < list->printers->len; i++) {
    const BhPrinter *printer = g_ptr_array_index (list->printers, i);

    gtk_list_store_insert_with_values (fresh, NULL, -1, COL_STATION, printer->station, COL_LABEL,
                                       bh_template_words (printer->kind), COL_PRINTER,
                                       printer->target, COL_STATE,
                                       (const char *) g_ptr_array_index (list->states, i), -1);
  }
  self->filling = TRUE;
  page_rows_merge (self->store, fresh, key, TRUE);
  self->filling = FALSE;
  gtk_stack_set_visible_child_name (self->stack, list->printers->len > 0 ? "table" : "empty");
}

/* What the form names is other than it was. What somebody has begun to write there stays. */
static void
follow (BhPrinterPane *self, const BhPrinterList *list)
{
  const BhPrinter *was = set_one (self, self->list), *now = set_one (self, list);
  g_autofree char *of = entity_of (self);
  g_autofree char *words = NULL;

  if (now == NULL || bh_printer_is_same (was, now) || says (self, now))
    return;
  words = bh_act_words (of, bh_act_of (list->act, of),
                        _ ("What stands here is not set yet; it would take its place."));
  if (says (self, was))
    show_printer (self, now);
  else
    tell (self, words);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhPrinterPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhPrinterList) list = bh_worker_finish (result, &error);
  gboolean first = self->list == NULL;

  self->reading--;
  if (self->gone)
    return;
  if (list == NULL) {
    tell (self, error->message);
    return;
  }
  show_rows (self, list);
  if (*gtk_entry_get_text (self->station) == '\0')
    gtk_entry_set_text (self->station, list->station);
  if (!first)
    follow (self, list);
  bh_printer_list_free (self->list);
  self->list = g_steal_pointer (&list);
  if (first)
    show_first (self);
  gtk_widget_set_sensitive (self->form, self->list->may_set);
  if (!self->list->may_set)
    tell (self, _ ("Supervisors and administrators set printers."));
  set_acts (self);
  if (self->again)
    bh_printer_pane_changed (self);
}

void
bh_printer_pane_read (BhPrinterPane *self)
{
  self->reading++;
  bh_call_printers_async (bh_print_worker (GTK_WIDGET (self)), entity_of (self), on_listed,
                          g_object_ref (self));
}

void
bh_printer_pane_changed (BhPrinterPane *self)
{
  /* who acts reads when it is done */
  self->again = self->reading > 0;
  if (!self->again && !self->busy)
    bh_printer_pane_read (self);
}

void
bh_printer_pane_focus (BhPrinterPane *self)
{
  gboolean some = gtk_tree_model_iter_n_children (GTK_TREE_MODEL (self->store), NULL) > 0;

  gtk_widget_grab_focus (some ? GTK_WIDGET (self->tree) : GTK_WIDGET (self->target));
}

/* ---- acts ---------------------------------------------------------------------- */

static void
set_busy (BhPrinterPane *self, gboolean busy)
{
  self->busy = busy;
  set_acts (self);
}

static void
acted (BhPrinterPane *self, GAsyncResult *result, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kind = bh_worker_finish (result, &error);

  if (self->gone)
    return;
  set_busy (self, FALSE);
  tell (self, kind != NULL ? words : error->message);
  bh_print_hurry (GTK_WIDGET (self));
  bh_printer_pane_read (self);
}

static void
on_set_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhPrinterPane) self = data;

  acted (self, result, _ ("Set. Print a test label to see how it comes out."));
}

static void
on_unset_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhPrinterPane) self = data;

  acted (self, result, _ ("Removed. Its labels wait until another printer is set for them."));
}

static void
on_test_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhPrinterPane) self = data;

  acted (self, result,
         _ ("The printer took the test label. Look whether it came out and its codes scan."));
}

static void
on_set (GtkWidget *widget, BhPrinterPane *self)
{
  BhPrinter *printer;
  BhPrinter form;

  if (!gtk_widget_get_sensitive (self->set))
    return;
  if (!read_form (self, &form)) {
    tell (self, _ ("Darkness is 0 to 30, speed 1 to 14 inches a second; empty: as the printer is "
                   "set."));
    return;
  }
  printer = g_memdup2 (&form, sizeof form);
  printer->station = g_strdup (form.station);
  printer->kind = g_strdup (form.kind);
  printer->target = g_strdup (form.target);
  printer->language = g_strdup (form.language);
  set_busy (self, TRUE);
  bh_call_printer_set_async (self->acts, printer, on_set_ready, g_object_ref (self));
}

static void
on_unset (GtkWidget *widget, BhPrinterPane *self)
{
  if (!gtk_widget_get_sensitive (self->unset))
    return;
  set_busy (self, TRUE);
  bh_call_printer_unset_async (self->acts, gtk_entry_get_text (self->station), kind_text (self),
                               on_unset_ready, g_object_ref (self));
}

static void
on_test (GtkWidget *widget, BhPrinterPane *self)
{
  tell (self, _ ("One moment …"));
  set_busy (self, TRUE);
  bh_call_printer_test_async (bh_print_worker (widget), gtk_entry_get_text (self->station),
                              kind_text (self), on_test_ready, g_object_ref (self));
}

static gboolean
on_key (GtkWidget *tree, GdkEventKey *event, BhPrinterPane *self)
{
  if (event->keyval != GDK_KEY_Delete ||
      (event->state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  on_unset (tree, self);
  return GDK_EVENT_STOP;
}

/* ---- life ---------------------------------------------------------------------- */

static void
bh_printer_pane_dispose (GObject *object)
{
  BH_PRINTER_PANE (object)->gone = TRUE;
  G_OBJECT_CLASS (bh_printer_pane_parent_class)->dispose (object);
}

static void
bh_printer_pane_finalize (GObject *object)
{
  BhPrinterPane *self = BH_PRINTER_PANE (object);

  g_clear_object (&self->acts);
  g_clear_object (&self->store);
  g_clear_pointer (&self->list, bh_printer_list_free);
  G_OBJECT_CLASS (bh_printer_pane_parent_class)->finalize (object);
}

#define BIND(child)   gtk_widget_class_bind_template_child (widget_class, BhPrinterPane, child)
#define CALL(handler) gtk_widget_class_bind_template_callback (widget_class, handler)

static void
bh_printer_pane_class_init (BhPrinterPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_printer_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_printer_pane_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/printer-pane.ui");
  BIND (tree);
  BIND (stack);
  BIND (form);
  BIND (station);
  BIND (kind);
  BIND (target);
  BIND (language);
  BIND (dpi);
  BIND (darkness);
  BIND (speed);
  BIND (set);
  BIND (unset);
  BIND (test);
  BIND (told);
  CALL (on_cursor);
  CALL (on_row);
  CALL (on_key);
  CALL (on_changed);
  CALL (on_set);
  CALL (on_unset);
  CALL (on_test);
}

static void
bh_printer_pane_init (BhPrinterPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->store =
      gtk_list_store_new (N_COLS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  for (int i = 0; i < N_COLS; i++)
    page_column (self->tree, _ (columns[i].title), i, columns[i].width, i == COL_STATE);
  gtk_tree_view_set_model (self->tree, GTK_TREE_MODEL (self->store));
  gtk_tree_view_set_tooltip_column (self->tree, COL_STATE);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_combo_box_text_append (self->kind, kinds[i], kinds[i]);
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->kind), 0);
  page_name (GTK_WIDGET (self->tree), _ ("Printers"), "printers-table");
  page_name (GTK_WIDGET (self->station), NULL, "printer-station");
  page_name (gtk_bin_get_child (GTK_BIN (self->kind)), _ ("Label"), "printer-kind");
  page_name (GTK_WIDGET (self->target), NULL, "printer-target");
  page_name (GTK_WIDGET (self->language), NULL, "printer-language");
  page_name (GTK_WIDGET (self->dpi), NULL, "printer-dpi");
  page_name (GTK_WIDGET (self->darkness), NULL, "printer-darkness");
  page_name (GTK_WIDGET (self->speed), NULL, "printer-speed");
  page_name (self->set, NULL, "printer-set");
  page_name (self->unset, NULL, "printer-unset");
  page_name (self->test, NULL, "printer-test");
  page_name (GTK_WIDGET (self->told), NULL, "printer-told");
  set_acts (self);
}

GtkWidget *
bh_printer_pane_new (BhWorker *acts)
{
  BhPrinterPane *self = g_object_new (BH_TYPE_PRINTER_PANE, NULL);

  self->acts = g_object_ref (acts);
  return GTK_WIDGET (self);
}

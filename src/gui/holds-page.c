/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "holds-page.h"

#include <string.h>

#include "backhaul/holds.h"
#include "hold-view.h"
#include "page.h"
#include "pages.h"
#include "print-bar.h"
#include "words.h"

enum { COL_SINCE, COL_RULE, COL_RMA, COL_SERIAL, COL_PART, COL_ACCOUNT, N_COLS };

static const struct {
  const char *title;
  int width;
} columns[N_COLS] = {
  [COL_SINCE] = { N_ ("Held since"), 170 }, [COL_RULE] = { N_ ("Rule"), 50 },
  [COL_RMA] = { N_ ("RMA"), 115 },          [COL_SERIAL] = { N_ ("Serial"), 130 },
  [COL_PART] = { N_ ("Part"), 110 },        [COL_ACCOUNT] = { N_ ("Account"), 100 },
};

struct _BhHoldsPage {
  GtkBox parent_instance;

  GtkStack *list;
  GtkTreeView *tree;
  GtkLabel *empty;
  GtkBox *side;
  GtkBox *detail;
  GtkBox *decide;
  GtkBox *ways;
  GtkEntry *reason;
  GtkWidget *go;
  GtkLabel *rows;
  GtkLabel *told;
  GtkWidget *label;
  GtkWidget *way[BH_RESOLVE_LAST]; /* radio buttons; NULL: not offered */
  GtkComboBoxText *line;           /* which line takes the unit; NULL: no choice */

  BhWorker *acts;
  BhWorker *reads;
  GtkListStore *store;
  GPtrArray *holds;     /* BhHold */
  const BhHold *hold;   /* of holds: the one shown */
  GCancellable *wanted; /* its photos */
  guint number;         /* of the newest reading */
  guint seat;           /* row of the cursor */
  gboolean busy;
  char *receipt; /* whose label may be printed */
  gboolean gone;
};

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhHoldsPage, bh_holds_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

/* ---- the ways in which it may end ------------------------------------------------ */

static int
chosen_way (BhHoldsPage *self)
{
  for (int i = 0; i < BH_RESOLVE_LAST; i++)
    if (self->way[i] != NULL && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->way[i])))
      return i;
  return -1;
}

static void
set_go (BhHoldsPage *self)
{
  const char *reason = gtk_entry_get_text (self->reason);

  gtk_widget_set_sensitive (self->go, !self->busy && self->hold != NULL && chosen_way (self) >= 0 &&
                                          reason[strspn (reason, " \t")] != '\0');
}

static void
on_changed (GtkWidget *widget, BhHoldsPage *self)
{
  set_go (self);
}

/* Each way says what will happen. */
static char *
way_words (const BhHold *hold, int way)
{
  const BhHoldLine *line = hold->lines->len == 1 ? g_ptr_array_index (hold->lines, 0) : NULL;

  if (way == BH_RESOLVE_REFUSE)
    return g_strdup (_ ("Re_fuse it: back to the sender, at the sender's cost"));
  if (way == BH_RESOLVE_UNDER_SERIAL)
    return g_strdup (_ ("Take it in _under the RMA of its serial; the discrepancy is kept"));
  if (line != NULL)
    return g_strdup_printf (_ ("_Accept the swap: take it in on line %d of %s, for %s"), line->line,
                            hold->receipt.rma, line->serial);
  return g_strdup_printf (hold->lines->len > 1
                              ? _ ("_Accept the swap: take it in on a line of %s")
                              : _ ("_Accept the swap: take it in on %s in place of its unit"),
                          hold->receipt.rma);
}

static void
add_lines (BhHoldsPage *self, const BhHold *hold)
{
  GtkWidget *combo = gtk_combo_box_text_new ();

  for (guint i = 0; i < hold->lines->len; i++) {
    const BhHoldLine *line = g_ptr_array_index (hold->lines, i);
    g_autofree char *id = g_strdup_printf ("%d", line->line);
    g_autofree char *words = g_strdup_printf (_ ("Line %d: %s, part %s"), line->line, line->serial,
                                              line->part != NULL ? line->part : "–");

    gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (combo), id, words);
  }
  gtk_combo_box_set_active (GTK_COMBO_BOX (combo), 0);
  gtk_widget_set_margin_start (combo, 26);
  page_name (combo, _ ("Which line takes the unit"), "hold-line");
  gtk_box_pack_start (self->ways, combo, FALSE, FALSE, 0);
  self->line = GTK_COMBO_BOX_TEXT (combo);
}

static void
add_ways (BhHoldsPage *self, const BhHold *hold)
{
  GtkWidget *first = NULL;

  page_clear (GTK_CONTAINER (self->ways));
  self->line = NULL;
  for (int i = 0; i < BH_RESOLVE_LAST; i++) {
    g_autofree char *words = NULL;
    g_autofree char *id = NULL;

    self->way[i] = NULL;
    if (hold == NULL || hold->offered == NULL ||
        !g_strv_contains ((const char *const *) hold->offered, bh_resolution_name (i)))
      continue;
    words = way_words (hold, i);
    id = g_strdup_printf ("hold-%s", bh_resolution_name (i));
    self->way[i] = gtk_radio_button_new_with_mnemonic_from_widget (GTK_RADIO_BUTTON (first), words);
    gtk_label_set_line_wrap (GTK_LABEL (gtk_bin_get_child (GTK_BIN (self->way[i]))), TRUE);
    page_name (self->way[i], NULL, id);
    g_signal_connect (self->way[i], "toggled", G_CALLBACK (on_changed), self);
    gtk_box_pack_start (self->ways, self->way[i], FALSE, FALSE, 0);
    if (first == NULL)
      first = self->way[i];
    if (i == BH_RESOLVE_ACCEPT_SWAP && hold->lines->len > 1)
      add_lines (self, hold);
  }
  if (hold != NULL && first == NULL)
    gtk_box_pack_start (self->ways,
                        page_label (_ ("Only a supervisor can end it, by voiding it."), NULL),
                        FALSE, FALSE, 0);
  gtk_widget_show_all (GTK_WIDGET (self->ways));
}

static void
show_hold (BhHoldsPage *self, const BhHold *hold)
{
  if (self->hold == hold && hold != NULL)
    return;
  self->hold = hold;
  g_cancellable_cancel (self->wanted);
  g_object_unref (self->wanted);
  self->wanted = g_cancellable_new ();
  page_clear (GTK_CONTAINER (self->detail));
  add_ways (self, hold);
  gtk_entry_set_text (self->reason, "");
  gtk_widget_set_visible (GTK_WIDGET (self->decide), hold != NULL);
  if (hold != NULL)
    bh_hold_view_fill (self->detail, hold, self->reads, self->wanted);
  set_go (self);
}

/* ---- the list ------------------------------------------------------------------ */

static void
on_cursor (GtkTreeView *tree, BhHoldsPage *self)
{
  g_autoptr (GtkTreePath) path = NULL;

  gtk_tree_view_get_cursor (tree, &path, NULL);
  if (path == NULL || self->holds == NULL)
    return;
  self->seat = (guint) gtk_tree_path_get_indices (path)[0];
  if (self->seat < self->holds->len)
    show_hold (self, g_ptr_array_index (self->holds, self->seat));
}

/* Enter: on to the decision. */
static void
on_row (GtkTreeView *tree, GtkTreePath *path, GtkTreeViewColumn *column, BhHoldsPage *self)
{
  for (int i = 0; i < BH_RESOLVE_LAST; i++)
    if (self->way[i] != NULL) {
      gtk_widget_grab_focus (self->way[i]);
      return;
    }
}

static void
fill (BhHoldsPage *self, GPtrArray *holds)
{
  g_autofree char *said =
      g_strdup_printf (ngettext ("%u unit is held", "%u units are held", holds->len), holds->len);

  show_hold (self, NULL);
  g_clear_pointer (&self->holds, g_ptr_array_unref);
  gtk_list_store_clear (self->store);
  for (guint i = 0; i < holds->len; i++) {
    const BhHold *hold = g_ptr_array_index (holds, i);
    g_autofree char *since = bh_time_words (hold->receipt.at_us, NULL);

    gtk_list_store_insert_with_values (self->store, NULL, -1, COL_SINCE, since, COL_RULE,
                                       hold->receipt.rule, COL_RMA, hold->receipt.rma, COL_SERIAL,
                                       hold->receipt.serial, COL_PART, hold->receipt.part,
                                       COL_ACCOUNT, hold->receipt.account, -1);
  }
  self->holds = g_ptr_array_ref (holds);
  gtk_label_set_text (self->rows, said);
  gtk_stack_set_visible_child_name (self->list, holds->len > 0 ? "table" : "empty");
  gtk_widget_set_visible (GTK_WIDGET (self->side), holds->len > 0);
  if (holds->len > 0) {
    g_autoptr (GtkTreePath) path =
        gtk_tree_path_new_from_indices ((int) MIN (self->seat, holds->len - 1), -1);

    gtk_tree_view_set_cursor (self->tree, path, NULL, FALSE);
  }
}

typedef struct {
  BhHoldsPage *page;
  guint number;
} Ask;

static gpointer
load (BhDesk *desk, gpointer data, GError **error)
{
  return bh_desk_list_holds (desk, error);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (BhHoldsPage) self = ask->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) holds = bh_worker_finish (result, &error);

  if (self->gone || ask->number != self->number)
    return;
  if (holds != NULL)
    fill (self, holds);
  else
    gtk_label_set_text (self->rows, error->message);
}

static void
read_again (BhHoldsPage *self)
{
  Ask *ask = g_new0 (Ask, 1);

  *ask = (Ask){ g_object_ref (self), ++self->number };
  bh_worker_run (self->reads, load, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, on_listed, ask);
}

/* ---- deciding ------------------------------------------------------------------ */

typedef struct {
  char *act;
  char *receipt;
  char *reason;
  BhResolution how;
  int line;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->act);
  g_free (job->receipt);
  g_free (job->reason);
  g_free (job);
}

static gpointer
resolve (BhDesk *desk, gpointer data, GError **error)
{
  const Job *job = data;
  const BhResolveOptions options = { job->how, job->line, job->reason, FALSE };

  return bh_desk_resolve_hold (desk, job->act, job->receipt, &options, bh_now_us (), error);
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhHoldsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhOutcome) outcome = bh_worker_finish (result, &error);

  if (self->gone)
    return;
  self->busy = FALSE;
  set_go (self);
  gtk_label_set_text (self->told, outcome != NULL ? outcome->message : error->message);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->told), gtk_label_get_text (self->told));
  if (outcome == NULL)
    return;
  g_free (self->receipt);
  self->receipt = g_strdup (outcome->receipt);
  gtk_widget_set_visible (self->label, outcome->receipt != NULL && outcome->labels != NULL &&
                                           outcome->labels[0] != NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->tree));
  bh_print_hurry (GTK_WIDGET (self));
  read_again (self);
}

static void
on_go (GtkWidget *widget, BhHoldsPage *self)
{
  int way = chosen_way (self);
  const char *line = NULL;
  gint64 number = 0;
  Job *job;

  if (!gtk_widget_get_sensitive (self->go))
    return;
  if (way == BH_RESOLVE_ACCEPT_SWAP && self->line != NULL)
    line = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->line));
  if (line != NULL && !g_ascii_string_to_signed (line, 10, 1, G_MAXINT, &number, NULL))
    return;
  job = g_new0 (Job, 1);
  *job = (Job){ g_uuid_string_random (), g_strdup (self->hold->receipt.receipt),
                g_strdup (gtk_entry_get_text (self->reason)), (BhResolution) way, (int) number };
  self->busy = TRUE;
  set_go (self);
  bh_worker_run (self->acts, resolve, job, job_free, (GDestroyNotify) bh_outcome_free, on_resolved,
                 g_object_ref (self));
}

static void
on_label (GtkWidget *button, BhHoldsPage *self)
{
  bh_print_wish (GTK_WIDGET (self), &(BhPrintWish){ .receipt = self->receipt });
}

/* ---- as a page ----------------------------------------------------------------- */

static void
shown (BhPage *page)
{
  read_again (BH_HOLDS_PAGE (page));
}

static void
focus (BhPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (BH_HOLDS_PAGE (page)->tree));
}

static gboolean
back (BhPage *page)
{
  BhHoldsPage *self = BH_HOLDS_PAGE (page);

  if (gtk_widget_has_focus (GTK_WIDGET (self->tree)))
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->tree));
  return TRUE;
}

/* L1: the hold slip. */
static gboolean
label (BhPage *page, BhPrintWish *wish)
{
  BhHoldsPage *self = BH_HOLDS_PAGE (page);

  wish->receipt = self->hold != NULL ? self->hold->receipt.receipt : self->receipt;
  return wish->receipt != NULL;
}

static void
page_face (BhPageInterface *iface)
{
  iface->label = label;
  iface->shown = shown;
  iface->focus = focus;
  iface->back = back;
}

static void
bh_holds_page_dispose (GObject *object)
{
  BhHoldsPage *self = BH_HOLDS_PAGE (object);

  self->gone = TRUE;
  g_cancellable_cancel (self->wanted);
  G_OBJECT_CLASS (bh_holds_page_parent_class)->dispose (object);
}

static void
bh_holds_page_finalize (GObject *object)
{
  BhHoldsPage *self = BH_HOLDS_PAGE (object);

  g_clear_object (&self->acts);
  g_clear_object (&self->reads);
  g_clear_object (&self->store);
  g_clear_object (&self->wanted);
  g_clear_pointer (&self->holds, g_ptr_array_unref);
  g_free (self->receipt);
  G_OBJECT_CLASS (bh_holds_page_parent_class)->finalize (object);
}

static void
bh_holds_page_class_init (BhHoldsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_holds_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_holds_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/holds-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BhHoldsPage, list);
  gtk_widget_class_bind_template_child (widget_class, BhHoldsPage, tree);
  gtk_widget_class_bind_template_child (widget_class, BhHoldsPage, empty);
  gtk_widget_class_bind_template_child (widget_class, BhHoldsPage, side);
  gtk_widget_class_bind_template_child (widget_class, BhHoldsPage, detail);
  gtk_widget_class_bind_template_child (widget_class, BhHoldsPage, decide);
  gtk_widget_class_bind_template_child (widget_class, BhHoldsPage, ways);
  gtk_widget_class_bind_template_child (widget_class, BhHoldsPage, reason);
  gtk_widget_class_bind_template_child (widget_class, BhHoldsPage, go);
  gtk_widget_class_bind_template_child (widget_class, BhHoldsPage, rows);
  gtk_widget_class_bind_template_child (widget_class, BhHoldsPage, told);
  gtk_widget_class_bind_template_child (widget_class, BhHoldsPage, label);
  gtk_widget_class_bind_template_callback (widget_class, on_cursor);
  gtk_widget_class_bind_template_callback (widget_class, on_row);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_go);
  gtk_widget_class_bind_template_callback (widget_class, on_label);
}

static void
bh_holds_page_init (BhHoldsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->wanted = g_cancellable_new ();
  self->store = gtk_list_store_new (N_COLS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
                                    G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  for (int i = 0; i < N_COLS; i++) {
    GtkCellRenderer *cell = gtk_cell_renderer_text_new ();
    GtkTreeViewColumn *column =
        gtk_tree_view_column_new_with_attributes (_ (columns[i].title), cell, "text", i, NULL);

    g_object_set (cell, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
    gtk_tree_view_column_set_sizing (column, GTK_TREE_VIEW_COLUMN_FIXED);
    gtk_tree_view_column_set_fixed_width (column, columns[i].width);
    gtk_tree_view_column_set_resizable (column, TRUE);
    gtk_tree_view_column_set_expand (column, i == COL_ACCOUNT);
    gtk_tree_view_append_column (self->tree, column);
  }
  gtk_tree_view_set_fixed_height_mode (self->tree, TRUE);
  gtk_tree_view_set_model (self->tree, GTK_TREE_MODEL (self->store));
  gtk_label_set_text (self->empty, _ ("Nothing is held. What the dock holds comes here."));
  gtk_widget_hide (GTK_WIDGET (self->decide));
  page_name (GTK_WIDGET (self->tree), _ ("Held units"), "holds-table");
  page_name (GTK_WIDGET (self->empty), NULL, "holds-empty");
  page_name (GTK_WIDGET (self->detail), _ ("The held unit"), "hold");
  page_name (GTK_WIDGET (self->reason), _ ("Reason"), "hold-reason");
  page_name (self->go, NULL, "hold-go");
  page_name (GTK_WIDGET (self->rows), NULL, "holds-rows");
  page_name (GTK_WIDGET (self->told), NULL, "holds-told");
  page_name (self->label, NULL, "holds-label");
}

GtkWidget *
bh_holds_page_new (BhWorker *acts, BhWorker *reads)
{
  BhHoldsPage *self = g_object_new (BH_TYPE_HOLDS_PAGE, NULL);

  self->acts = g_object_ref (acts);
  self->reads = g_object_ref (reads);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "holds-page.h"

#include <string.h>

#include "backhaul/holds.h"
#include "hold-columns.h"
#include "hold-view.h"
#include "hold-ways.h"
#include "page.h"
#include "pages.h"
#include "print-bar.h"

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
  BhHoldWays offered;

  BhWorker *acts;
  BhWorker *reads;
  GtkListStore *store;
  GPtrArray *holds;     /* BhHold */
  const BhHold *hold;   /* of holds: the one shown */
  GCancellable *wanted; /* its photos */
  guint number;         /* of the newest reading */
  guint seat;           /* row of the cursor */
  gboolean reading;     /* it is not answered yet */
  gboolean filling;     /* the list, by the page */
  gboolean busy;
  char *receipt; /* whose label may be printed */
  gboolean gone;
};

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhHoldsPage, bh_holds_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

/* ---- the ways in which it may end ------------------------------------------------ */

static void
set_go (BhHoldsPage *self)
{
  const char *reason = gtk_entry_get_text (self->reason);

  gtk_widget_set_sensitive (self->go, !self->busy && self->hold != NULL &&
                                          bh_hold_ways_chosen (&self->offered) >= 0 &&
                                          reason[strspn (reason, " \t")] != '\0');
}

static void
on_changed (GtkWidget *widget, BhHoldsPage *self)
{
  set_go (self);
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
  bh_hold_ways_fill (&self->offered, hold, G_CALLBACK (on_changed), self);
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
  if (path == NULL || self->holds == NULL || self->filling)
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
    if (self->offered.way[i] != NULL) {
      gtk_widget_grab_focus (self->offered.way[i]);
      return;
    }
}

static void
keep (BhHoldsPage *self, GPtrArray *holds)
{
  g_autofree char *said =
      g_strdup_printf (ngettext ("%u unit is held", "%u units are held", holds->len), holds->len);

  g_clear_pointer (&self->holds, g_ptr_array_unref);
  self->holds = g_ptr_array_ref (holds);
  gtk_label_set_text (self->rows, said);
  gtk_stack_set_visible_child_name (self->list, holds->len > 0 ? "table" : "empty");
}

static void
fill (BhHoldsPage *self, GPtrArray *holds)
{
  show_hold (self, NULL);
  g_clear_pointer (&self->holds, g_ptr_array_unref);
  gtk_list_store_clear (self->store);
  for (guint i = 0; i < holds->len; i++)
    bh_hold_columns_append (self->store, g_ptr_array_index (holds, i));
  keep (self, holds);
  gtk_widget_set_visible (GTK_WIDGET (self->side), holds->len > 0);
  if (holds->len > 0) {
    g_autoptr (GtkTreePath) path =
        gtk_tree_path_new_from_indices ((int) MIN (self->seat, holds->len - 1), -1);

    gtk_tree_view_set_cursor (self->tree, path, NULL, FALSE);
  }
}

static const BhHold *
hold_of (GPtrArray *holds, const char *receipt)
{
  for (guint i = 0; i < holds->len; i++) {
    const BhHold *hold = g_ptr_array_index (holds, i);

    if (g_strcmp0 (hold->receipt.receipt, receipt) == 0)
      return hold;
  }
  return NULL;
}

/* The hold that is decided on is another station's no more, or it has other ways out now. What
 * was typed stays. */
static void
keep_hold (BhHoldsPage *self, const BhHold *now)
{
  gboolean same = now != NULL && bh_hold_ways_are_same (now, self->hold);

  self->hold = now;
  if (now == NULL)
    gtk_label_set_text (self->told,
                        _ ("This unit is not held any more: somebody else has decided."));
  if (!same)
    bh_hold_ways_fill (&self->offered, now, G_CALLBACK (on_changed), self);
  set_go (self);
}

/* Somebody looks at the list, or types a reason. */
static void
fill_live (BhHoldsPage *self, GPtrArray *holds)
{
  g_autoptr (GPtrArray) old = self->holds != NULL ? g_ptr_array_ref (self->holds) : NULL;
  gboolean typed =
      *gtk_entry_get_text (self->reason) != '\0' || bh_hold_ways_chosen (&self->offered) > 0;
  const BhHold *now = self->hold != NULL ? hold_of (holds, self->hold->receipt.receipt) : NULL;

  self->filling = TRUE;
  bh_hold_columns_merge (self->store, holds);
  self->filling = FALSE;
  if (self->hold != NULL && (now != NULL || typed))
    keep_hold (self, now);
  else
    show_hold (self, NULL);
  keep (self, holds);
  gtk_widget_set_visible (GTK_WIDGET (self->side), holds->len > 0 || typed);
  if (self->hold == NULL && !typed)
    on_cursor (self->tree, self);
}

typedef struct {
  BhHoldsPage *page;
  guint number;
  gboolean live;
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
  self->reading = FALSE;
  if (holds != NULL && ask->live)
    fill_live (self, holds);
  else if (holds != NULL)
    fill (self, holds);
  else
    gtk_label_set_text (self->rows, error->message);
}

static void
read_holds (BhHoldsPage *self, gboolean live)
{
  Ask *ask = g_new0 (Ask, 1);

  *ask = (Ask){ g_object_ref (self), ++self->number, live };
  self->reading = TRUE;
  bh_worker_run (self->reads, load, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, on_listed, ask);
}

static void
read_again (BhHoldsPage *self)
{
  read_holds (self, FALSE);
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
  int way = bh_hold_ways_chosen (&self->offered);
  int line = bh_hold_ways_line (&self->offered);
  Job *job;

  if (!gtk_widget_get_sensitive (self->go) || line < 0)
    return;
  job = g_new0 (Job, 1);
  *job = (Job){ g_uuid_string_random (), g_strdup (self->hold->receipt.receipt),
                g_strdup (gtk_entry_get_text (self->reason)), (BhResolution) way, line };
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

static gboolean
changed (BhPage *page)
{
  BhHoldsPage *self = BH_HOLDS_PAGE (page);

  if (self->reading || self->busy)
    return FALSE;
  read_holds (self, TRUE);
  return TRUE;
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
  iface->changed = changed;
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
  self->offered.box = self->ways;
  self->wanted = g_cancellable_new ();
  self->store = bh_hold_columns_add (self->tree);
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

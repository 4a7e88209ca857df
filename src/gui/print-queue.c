/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "print-queue.h"

#include <string.h>

#include "live-rows.h"
#include "page.h"
#include "print-bar.h"
#include "print-calls.h"
#include "words.h"

enum { COL_AT, COL_STATE, COL_LABEL, COL_OF, COL_WHY, COL_STATION, N_SHOWN };
/* behind those that are seen */
#define COL_JOB N_SHOWN
#define N_COLS  (N_SHOWN + 1)

static const struct {
  const char *title;
  int width;
} columns[N_SHOWN] = {
  [COL_AT] = { N_ ("Made"), 150 },        [COL_STATE] = { N_ ("State"), 165 },
  [COL_LABEL] = { N_ ("Label"), 125 },    [COL_OF] = { N_ ("Of"), 105 },
  [COL_STATION] = { N_ ("Station"), 60 }, [COL_WHY] = { N_ ("Printer, or what is wrong"), 120 },
};

struct _BhPrintQueue {
  GtkBox parent_instance;

  GtkComboBoxText *state;
  GtkStack *stack;
  GtkTreeView *tree;
  GtkLabel *rows;
  GtkLabel *told;
  GtkWidget *again;
  GtkWidget *cancel;
  GtkWidget *save;

  BhWorker *acts;
  BhWorker *reads;
  GtkListStore *store;
  GPtrArray *jobs; /* BhPrintJob, a row each */
  GCancellable *search;
  char *chosen; /* job under the cursor */
  gboolean filling;
  gboolean live; /* nobody asked for what is read: rows stay where they are */
  gboolean gone;
};

G_DEFINE_FINAL_TYPE (BhPrintQueue, bh_print_queue, GTK_TYPE_BOX)

/* A word and a shape: no state is told by colour. */
static const char *
state_words (const BhPrintJob *job)
{
  if (g_str_equal (job->state, "printed"))
    return job->copy ? _ ("✓ printed, a copy") : _ ("✓ printed");
  if (g_str_equal (job->state, "failed"))
    return _ ("✗ failed");
  if (g_str_equal (job->state, "cancelled"))
    return _ ("– cancelled");
  if (job->claimed_by != NULL)
    return _ ("→ on its way");
  if (bh_print_job_is_old (job, bh_now_us ()))
    return _ ("… old: Enter sends it");
  if (job->error == NULL)
    return _ ("… waits its turn");
  if (job->printer == NULL)
    return _ ("… no printer is set");
  if (strstr (job->error, "out of paper") != NULL)
    return _ ("▲ out of paper");
  return _ ("▲ waits for the printer");
}

static const BhPrintJob *
job_now (BhPrintQueue *self)
{
  g_autoptr (GtkTreePath) path = NULL;
  guint row;

  gtk_tree_view_get_cursor (self->tree, &path, NULL);
  if (path == NULL || self->jobs == NULL)
    return NULL;
  row = (guint) gtk_tree_path_get_indices (path)[0];
  return row < self->jobs->len ? g_ptr_array_index (self->jobs, row) : NULL;
}

static void
set_acts (BhPrintQueue *self)
{
  const BhPrintJob *job = job_now (self);
  gboolean printed = job != NULL && g_str_equal (job->state, "printed");
  gboolean cancelled = job != NULL && g_str_equal (job->state, "cancelled");

  gtk_button_set_label (GTK_BUTTON (self->again),
                        printed ? _ ("Print _again, as a copy (Enter)") : _ ("_Try now (Enter)"));
  gtk_widget_set_sensitive (self->again, job != NULL && !cancelled);
  gtk_widget_set_sensitive (self->cancel, job != NULL && !cancelled && !printed);
  gtk_widget_set_sensitive (self->save, job != NULL && !cancelled);
}

static void
on_cursor (GtkTreeView *tree, BhPrintQueue *self)
{
  const BhPrintJob *job;

  if (self->gone || self->filling)
    return;
  job = job_now (self);
  g_free (self->chosen);
  self->chosen = job != NULL ? g_strdup (job->job) : NULL;
  set_acts (self);
}

/* ---- the list ------------------------------------------------------------------ */

static void
append (GtkListStore *store, const BhPrintJob *job)
{
  g_autofree char *at = bh_time_words (job->at_us, NULL);

  gtk_list_store_insert_with_values (
      store, NULL, -1, COL_AT, at, COL_STATE, state_words (job), COL_LABEL,
      bh_template_words (job->template), COL_OF, job->serial != NULL ? job->serial : job->rma,
      COL_STATION, job->station, COL_WHY, job->error != NULL ? job->error : job->printer, COL_JOB,
      job->job, -1);
}

static void
fill (BhPrintQueue *self, GPtrArray *jobs)
{
  guint seat = 0;

  self->filling = TRUE;
  gtk_list_store_clear (self->store);
  for (guint i = 0; i < jobs->len; i++) {
    const BhPrintJob *job = g_ptr_array_index (jobs, i);

    append (self->store, job);
    if (g_strcmp0 (job->job, self->chosen) == 0)
      seat = i;
  }
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  self->jobs = g_ptr_array_ref (jobs);
  self->filling = FALSE;
  if (jobs->len > 0) {
    g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices ((int) seat, -1);

    gtk_tree_view_set_cursor (self->tree, path, NULL, FALSE);
  }
}

static void
merge (BhPrintQueue *self, GPtrArray *jobs)
{
  static const int key[] = { COL_JOB, -1 };
  g_autoptr (GtkListStore) fresh = page_rows_like (self->store);
  gboolean was_empty = self->jobs == NULL || self->jobs->len == 0;

  for (guint i = 0; i < jobs->len; i++)
    append (fresh, g_ptr_array_index (jobs, i));
  self->filling = TRUE;
  page_rows_merge (self->store, fresh, key, TRUE);
  self->filling = FALSE;
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  self->jobs = g_ptr_array_ref (jobs);
  if (was_empty && jobs->len > 0) {
    g_autoptr (GtkTreePath) path = gtk_tree_path_new_first ();

    gtk_tree_view_set_cursor (self->tree, path, NULL, FALSE);
  } else {
    on_cursor (self->tree, self);
  }
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhPrintQueue) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = bh_worker_finish (result, &error);
  g_autofree char *said = NULL;

  if (self->gone || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->search);
  if (jobs == NULL) {
    gtk_label_set_text (self->rows, error->message);
    return;
  }
  if (self->live)
    merge (self, jobs);
  else
    fill (self, jobs);
  said = g_strdup_printf (ngettext ("%u label", "%u labels, newest first", jobs->len), jobs->len);
  gtk_label_set_text (self->rows, jobs->len > 0 ? said : "");
  gtk_stack_set_visible_child_name (self->stack, jobs->len > 0 ? "table" : "empty");
  set_acts (self);
}

static void
read_jobs (BhPrintQueue *self, gboolean live)
{
  const char *state = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->state));

  if (self->search != NULL)
    bh_worker_supersede (self->reads, self->search);
  g_clear_object (&self->search);
  self->search = g_cancellable_new ();
  self->live = live;
  bh_call_print_queue_async (self->reads, g_strcmp0 (state, "all") == 0 ? NULL : state,
                             self->search, on_listed, g_object_ref (self));
}

void
bh_print_queue_read (BhPrintQueue *self)
{
  read_jobs (self, FALSE);
}

gboolean
bh_print_queue_changed (BhPrintQueue *self)
{
  if (self->search != NULL)
    return FALSE;
  read_jobs (self, TRUE);
  return TRUE;
}

static void
on_state (GtkWidget *widget, BhPrintQueue *self)
{
  bh_print_queue_read (self);
}

void
bh_print_queue_focus (BhPrintQueue *self)
{
  g_clear_pointer (&self->chosen, g_free); /* the newest, once they are read */
  gtk_widget_grab_focus (GTK_WIDGET (self->tree));
}

/* ---- acts ---------------------------------------------------------------------- */

static void
acted (BhPrintQueue *self, GAsyncResult *result, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *job = bh_worker_finish (result, &error);

  if (self->gone)
    return;
  gtk_label_set_text (self->told, job != NULL ? words : error->message);
  bh_print_hurry (GTK_WIDGET (self));
  bh_print_queue_read (self);
}

static void
on_retried (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhPrintQueue) self = data;

  acted (self, result, _ ("It goes to its printer now."));
}

static void
on_cancelled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhPrintQueue) self = data;

  acted (self, result, _ ("Cancelled: it will not be printed."));
}

static void
on_again (GtkWidget *widget, BhPrintQueue *self)
{
  if (gtk_widget_get_sensitive (self->again) && self->chosen != NULL)
    bh_call_print_retry_async (self->acts, self->chosen, on_retried, g_object_ref (self));
}

static void
on_row (GtkTreeView *tree, GtkTreePath *path, GtkTreeViewColumn *column, BhPrintQueue *self)
{
  on_again (GTK_WIDGET (tree), self);
}

static void
on_cancel (GtkWidget *widget, BhPrintQueue *self)
{
  if (gtk_widget_get_sensitive (self->cancel) && self->chosen != NULL)
    bh_call_print_cancel_async (self->acts, self->chosen, on_cancelled, g_object_ref (self));
}

static void
on_save (GtkWidget *widget, BhPrintQueue *self)
{
  const BhPrintJob *job = job_now (self);
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_print_job_free);

  if (job == NULL)
    return;
  g_ptr_array_add (jobs, bh_print_job_dup (job));
  bh_print_save (widget, jobs);
}

static gboolean
on_key (GtkWidget *tree, GdkEventKey *event, BhPrintQueue *self)
{
  if (event->keyval != GDK_KEY_Delete ||
      (event->state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  on_cancel (tree, self);
  return GDK_EVENT_STOP;
}

/* ---- life ---------------------------------------------------------------------- */

static void
bh_print_queue_dispose (GObject *object)
{
  BhPrintQueue *self = BH_PRINT_QUEUE (object);

  self->gone = TRUE;
  g_clear_object (&self->search);
  G_OBJECT_CLASS (bh_print_queue_parent_class)->dispose (object);
}

static void
bh_print_queue_finalize (GObject *object)
{
  BhPrintQueue *self = BH_PRINT_QUEUE (object);

  g_clear_object (&self->acts);
  g_clear_object (&self->reads);
  g_clear_object (&self->store);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_free (self->chosen);
  G_OBJECT_CLASS (bh_print_queue_parent_class)->finalize (object);
}

#define BIND(child)   gtk_widget_class_bind_template_child (widget_class, BhPrintQueue, child)
#define CALL(handler) gtk_widget_class_bind_template_callback (widget_class, handler)

static void
bh_print_queue_class_init (BhPrintQueueClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_print_queue_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_print_queue_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/print-queue.ui");
  BIND (state);
  BIND (stack);
  BIND (tree);
  BIND (rows);
  BIND (told);
  BIND (again);
  BIND (cancel);
  BIND (save);
  CALL (on_state);
  CALL (on_cursor);
  CALL (on_row);
  CALL (on_key);
  CALL (on_again);
  CALL (on_cancel);
  CALL (on_save);
}

static void
bh_print_queue_init (BhPrintQueue *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->store = gtk_list_store_new (N_COLS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
                                    G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  for (int i = 0; i < N_SHOWN; i++)
    page_column (self->tree, _ (columns[i].title), i, columns[i].width, i == COL_WHY);
  gtk_tree_view_set_model (self->tree, GTK_TREE_MODEL (self->store));
  gtk_tree_view_set_tooltip_column (self->tree, COL_WHY);
  page_name (GTK_WIDGET (self->state), _ ("Which state"), "prints-state");
  page_name (GTK_WIDGET (self->tree), _ ("Labels"), "prints-table");
  page_name (GTK_WIDGET (self->rows), NULL, "prints-rows");
  page_name (GTK_WIDGET (self->told), NULL, "prints-told");
  page_name (self->again, NULL, "print-again");
  page_name (self->cancel, NULL, "print-cancel");
  page_name (self->save, NULL, "print-pdf");
  set_acts (self);
}

GtkWidget *
bh_print_queue_new (BhWorker *acts, BhWorker *reads)
{
  BhPrintQueue *self = g_object_new (BH_TYPE_PRINT_QUEUE, NULL);

  self->acts = g_object_ref (acts);
  self->reads = g_object_ref (reads);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "bench-page.h"

#include "bench-job.h"
#include "bench-queue.h"
#include "page.h"
#include "pages.h"

/* how long after its rows the queue is sure to be drawn */
#define BUILD_MS 250

struct _BhBenchPage {
  GtkBox parent_instance;

  GtkStack *stack;
  BhBenchQueue *queue;
  BhBenchJob *job; /* NULL: not built yet */

  BhWorker *acts;
  BhWorker *reads;
  guint later; /* source */
  guint asked; /* number of the newest question */
  gboolean gone;
};

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhBenchPage, bh_bench_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

static gboolean
is_on_job (BhBenchPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "job") == 0;
}

/* ---- a scan, to its job ------------------------------------------------------------ */

typedef struct {
  BhBenchPage *page;
  guint number;
  char *text;
  gboolean scanned; /* not chosen from the queue */
} Ask;

static void
tell (BhBenchPage *self, const char *text)
{
  if (is_on_job (self))
    bh_bench_job_tell (self->job, text);
  else
    bh_bench_queue_tell (self->queue, text);
}

static void
on_lost (BhBenchJob *job, const char *said, BhBenchPage *self)
{
  tell (self, said);
}

/* A job has many fields: they are built when the queue is there, or at the first scan. */
static BhBenchJob *
job_view (BhBenchPage *self)
{
  g_clear_handle_id (&self->later, g_source_remove);
  if (self->job == NULL) {
    self->job = BH_BENCH_JOB (bh_bench_job_new (self->acts, self->reads));
    gtk_stack_add_named (self->stack, GTK_WIDGET (self->job), "job");
    g_signal_connect (self->job, "lost", G_CALLBACK (on_lost), self);
  }
  return self->job;
}

static gboolean
on_later (gpointer page)
{
  BhBenchPage *self = page;

  self->later = 0;
  job_view (self);
  return G_SOURCE_REMOVE;
}

static void
on_listed (BhBenchQueue *queue, BhBenchPage *self)
{
  if (self->job == NULL && self->later == 0)
    self->later = g_timeout_add_full (G_PRIORITY_LOW, BUILD_MS, on_later, self, NULL);
}

static gboolean
is_on_screen (BhBenchPage *self, const BhBenchSight *sight)
{
  const BhBenchSight *now = is_on_job (self) ? bh_bench_job_sight (self->job) : NULL;

  return now != NULL && g_strcmp0 (now->serial, sight->serial) == 0 &&
         g_strcmp0 (now->job != NULL ? now->job->job : NULL,
                    sight->job != NULL ? sight->job->job : NULL) == 0;
}

/* A piece may be on record too, but it is not a unit that is here. */
static gboolean
is_here (const BhBenchSight *sight)
{
  return sight != NULL && (sight->job != NULL || sight->rma != NULL);
}

static void
on_seen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (BhBenchPage) self = ask->page;
  g_autofree char *text = ask->text;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhBenchSight) sight = bh_worker_finish (result, &error);

  if (self->gone || ask->number != self->asked)
    return;
  if (ask->scanned && is_on_job (self) && (!is_here (sight) || is_on_screen (self, sight)) &&
      bh_bench_job_scan_other (self->job, text))
    return;
  if (sight == NULL) {
    tell (self, error->message);
  } else if (ask->scanned && is_on_screen (self, sight)) {
    tell (self, _ ("That is the unit on screen."));
    bh_bench_job_focus (self->job);
  } else {
    bh_bench_queue_tell (self->queue, NULL);
    gtk_stack_set_visible_child (self->stack, GTK_WIDGET (job_view (self)));
    bh_bench_job_open (self->job, g_steal_pointer (&sight));
  }
}

static void
look_up (BhBenchPage *self, const char *text, gboolean was_scanned)
{
  Ask *ask = g_new0 (Ask, 1);

  *ask = (Ask){ g_object_ref (self), ++self->asked, g_strdup (text), was_scanned };
  bh_call_bench_sight_async (self->reads, text, NULL, on_seen, ask);
}

static void
on_chosen (BhBenchQueue *queue, const char *name, BhBenchPage *self)
{
  look_up (self, name, FALSE);
}

/* ---- as a page ----------------------------------------------------------------- */

static void
shown (BhPage *page)
{
  BhBenchPage *self = BH_BENCH_PAGE (page);

  if (is_on_job (self))
    bh_bench_job_read_again (self->job);
  else
    bh_bench_queue_shown (self->queue);
}

static gboolean
changed (BhPage *page)
{
  BhBenchPage *self = BH_BENCH_PAGE (page);

  return is_on_job (self) ? bh_bench_job_changed (self->job) : bh_bench_queue_changed (self->queue);
}

static void
focus (BhPage *page)
{
  BhBenchPage *self = BH_BENCH_PAGE (page);

  if (is_on_job (self))
    bh_bench_job_focus (self->job);
  else
    bh_bench_queue_focus (self->queue);
}

static gboolean
scanned (BhPage *page, const char *text)
{
  BhBenchPage *self = BH_BENCH_PAGE (page);

  if (!is_on_job (self) || !bh_bench_job_scan (self->job, text))
    look_up (self, text, TRUE);
  return TRUE;
}

static void
open_job (BhPage *page, const char *what)
{
  look_up (BH_BENCH_PAGE (page), what, FALSE);
}

static gboolean
back (BhPage *page)
{
  BhBenchPage *self = BH_BENCH_PAGE (page);

  if (!is_on_job (self))
    return FALSE;
  if (bh_bench_job_back (self->job))
    return TRUE;
  self->asked++;
  bh_bench_job_leave (self->job);
  gtk_stack_set_visible_child_name (self->stack, "queue");
  bh_bench_queue_read (self->queue);
  bh_bench_queue_focus (self->queue);
  return TRUE;
}

static void
page_face (BhPageInterface *iface)
{
  iface->shown = shown;
  iface->changed = changed;
  iface->focus = focus;
  iface->scanned = scanned;
  iface->open = open_job;
  iface->back = back;
}

static void
bh_bench_page_dispose (GObject *object)
{
  BhBenchPage *self = BH_BENCH_PAGE (object);

  self->gone = TRUE;
  g_clear_handle_id (&self->later, g_source_remove);
  G_OBJECT_CLASS (bh_bench_page_parent_class)->dispose (object);
}

static void
bh_bench_page_finalize (GObject *object)
{
  BhBenchPage *self = BH_BENCH_PAGE (object);

  g_clear_object (&self->acts);
  g_clear_object (&self->reads);
  G_OBJECT_CLASS (bh_bench_page_parent_class)->finalize (object);
}

static void
bh_bench_page_class_init (BhBenchPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_bench_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_bench_page_finalize;
}

static void
bh_bench_page_init (BhBenchPage *self)
{
  g_object_set (self, "margin", 12, NULL);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->stack), TRUE, TRUE, 0);
}

GtkWidget *
bh_bench_page_new (BhWorker *acts, BhWorker *reads)
{
  BhBenchPage *self = g_object_new (BH_TYPE_BENCH_PAGE, NULL);

  self->acts = g_object_ref (acts);
  self->reads = g_object_ref (reads);
  self->queue = BH_BENCH_QUEUE (bh_bench_queue_new (reads));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->queue), "queue");
  gtk_widget_show (GTK_WIDGET (self->stack));
  g_signal_connect (self->queue, "chosen", G_CALLBACK (on_chosen), self);
  g_signal_connect (self->queue, "listed", G_CALLBACK (on_listed), self);
  return GTK_WIDGET (self);
}

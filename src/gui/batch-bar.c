/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "batch-bar.h"

#include "backhaul/print.h"
#include "page.h"
#include "print-bar.h"
#include "print-offer.h"
#include "sender.h"

/* so many at once, so that what the dock scans meanwhile comes in between */
#define STEP 20
/* of a search that finds everything */
#define MOST     10000
#define PAGE     1000
#define TEMPLATE "box-4x6"

struct _BhBatchBar {
  GtkBox parent_instance;

  GtkLabel *told;
  GtkProgressBar *progress;
  GtkWidget *print;
  GtkWidget *save;
  GtkWidget *close;

  BhWorker *acts;
  BhWorker *reads;
  GPtrArray *rows; /* BhBatchRow; NULL: not known yet */
  guint next;      /* row to queue */
  guint failed;
  char *why;    /* of the first that failed */
  BhPace *pace; /* of the PDF that is made; NULL: none is */
  guint look;   /* source */
  guint number; /* of what is open */
  gboolean queueing;
  gboolean gone;
};

G_DEFINE_FINAL_TYPE (BhBatchBar, bh_batch_bar, GTK_TYPE_BOX)

static void
tell (BhBatchBar *self, const char *text)
{
  gtk_label_set_text (self->told, text);
}

static void
set_acts (BhBatchBar *self, gboolean printer)
{
  gboolean runs = self->queueing || self->pace != NULL;
  gboolean some = self->rows != NULL && self->rows->len > 0;

  gtk_widget_set_sensitive (self->print, some && !runs && printer);
  gtk_widget_set_sensitive (self->save, some && !runs);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), runs);
  gtk_button_set_label (GTK_BUTTON (self->close), runs ? _ ("S_top (Esc)") : _ ("_Close (Esc)"));
}

/* ---- which --------------------------------------------------------------------- */

typedef struct {
  BhBatchBar *bar;
  guint number;
} Ask;

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (BhBatchBar) self = ask->bar;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhBatchFound) found = bh_worker_finish (result, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->gone || ask->number != self->number)
    return;
  if (found == NULL) {
    tell (self, error->message);
    return;
  }
  self->rows = g_ptr_array_ref (found->rows);
  g_string_printf (
      text,
      found->more ? _ ("Box labels of the first %u rows. ")
                  : ngettext ("Box label of %u row. ", "Box labels of %u rows. ", self->rows->len),
      self->rows->len);
  if (found->printer)
    g_string_append_printf (text, _ ("They go to %s."), found->where);
  else
    g_string_append_printf (text, _ ("No printer is set for them at %s."), found->where);
  tell (self, text->str);
  set_acts (self, found->printer);
  gtk_widget_grab_focus (found->printer ? self->print : self->save);
}

static Ask *
open_bar (BhBatchBar *self)
{
  Ask *ask = g_new0 (Ask, 1);

  *ask = (Ask){ g_object_ref (self), ++self->number };
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  tell (self, _ ("One moment …"));
  set_acts (self, FALSE);
  gtk_widget_show (GTK_WIDGET (self));
  return ask;
}

void
bh_batch_bar_open_rows (BhBatchBar *self, GPtrArray *rows)
{
  bh_batch_find_async (self->reads, NULL, rows, on_found, open_bar (self));
}

void
bh_batch_bar_open_found (BhBatchBar *self, const BhReturnsQuery *query)
{
  bh_batch_find_async (self->reads, query, NULL, on_found, open_bar (self));
}

/* ---- into the queue ------------------------------------------------------------ */

typedef struct {
  GPtrArray *rows;
  guint first;
  guint n;
  guint failed;
  char *why;
} Part;

static void
part_free (gpointer data)
{
  Part *part = data;

  g_ptr_array_unref (part->rows);
  g_free (part->why);
  g_free (part);
}

static gpointer
queue_part (BhDesk *desk, gpointer data, GError **error)
{
  const Part *part = data;
  Part *done = g_new0 (Part, 1);

  done->rows = g_ptr_array_ref (part->rows);
  for (guint i = part->first; i < part->first + part->n; i++) {
    const BhBatchRow *row = g_ptr_array_index (part->rows, i);
    g_autoptr (GError) why = NULL;
    g_autoptr (GPtrArray) jobs = bh_desk_print_labels (
        desk, &(BhPrintWish){ .rma = row->rma, .line = row->line }, bh_now_us (), &why);

    if (jobs == NULL && done->failed++ == 0)
      done->why = g_strdup_printf ("%s: %s", row->rma, why->message);
  }
  return done;
}

static void queue_next (BhBatchBar *self);

static void
on_part (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhBatchBar) self = data;
  g_autoptr (GError) error = NULL;
  Part *done = bh_worker_finish (result, &error);

  if (done != NULL) {
    self->failed += done->failed;
    if (self->why == NULL)
      self->why = g_steal_pointer (&done->why);
    part_free (done);
  }
  if (self->gone)
    return;
  if (error != NULL) {
    self->queueing = FALSE;
    tell (self, error->message);
    set_acts (self, TRUE);
    return;
  }
  bh_print_hurry (GTK_WIDGET (self));
  queue_next (self);
}

static void
end_queueing (BhBatchBar *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint queued = self->next - self->failed;

  self->queueing = FALSE;
  g_string_printf (text, ngettext ("%u label queued.", "%u labels queued, in their order.", queued),
                   queued);
  if (self->next < self->rows->len)
    g_string_append_printf (text, _ (" Stopped: %u were not."), self->rows->len - self->next);
  if (self->failed > 0)
    g_string_append_printf (text, _ (" %u could not be; the first: %s"), self->failed, self->why);
  tell (self, text->str);
  set_acts (self, self->next < self->rows->len);
  gtk_widget_grab_focus (self->close);
}

static void
queue_next (BhBatchBar *self)
{
  guint n = MIN (STEP, self->rows->len - self->next);
  g_autofree char *text = NULL;
  Part *part;

  if (!self->queueing || n == 0) {
    end_queueing (self);
    return;
  }
  text = g_strdup_printf (_ ("%u of %u"), self->next, self->rows->len);
  gtk_progress_bar_set_text (self->progress, text);
  gtk_progress_bar_set_fraction (self->progress, (double) self->next / self->rows->len);
  part = g_new0 (Part, 1);
  *part = (Part){ .rows = g_ptr_array_ref (self->rows), .first = self->next, .n = n };
  self->next += n;
  bh_worker_run (self->acts, queue_part, part, part_free, part_free, on_part, g_object_ref (self));
}

static void
on_print (GtkWidget *button, BhBatchBar *self)
{
  self->next = self->failed = 0;
  g_clear_pointer (&self->why, g_free);
  self->queueing = TRUE;
  set_acts (self, TRUE);
  gtk_widget_grab_focus (self->close);
  queue_next (self);
}

/* ---- into a PDF ---------------------------------------------------------------- */

typedef struct {
  BhBatchBar *bar;
  GPtrArray *jobs;
  char *path;
  BhPace pace;
} Pdf;

static void
pdf_free (Pdf *pdf)
{
  g_object_unref (pdf->bar);
  g_ptr_array_unref (pdf->jobs);
  g_free (pdf->path);
  g_free (pdf);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pdf, pdf_free)

static gpointer
make_pdf (BhDesk *desk, gpointer data, GError **error)
{
  Pdf *pdf = data;
  const BhSender *sender = bh_sender (error);

  return sender != NULL && sender->pdf (desk, pdf->jobs, pdf->path, &pdf->pace, error)
             ? g_strdup (pdf->path)
             : NULL;
}

static void
on_pdf (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Pdf) pdf = data;
  BhBatchBar *self = pdf->bar;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = bh_worker_finish (result, &error);
  g_autofree char *text = NULL;

  if (self->gone)
    return;
  self->pace = NULL;
  g_clear_handle_id (&self->look, g_source_remove);
  if (path != NULL)
    text = g_strdup_printf (
        ngettext ("%u label saved: %s", "%u labels saved, in their order: %s", pdf->jobs->len),
        pdf->jobs->len, path);
  tell (self, text != NULL ? text : error->message);
  set_acts (self, FALSE);
  gtk_widget_grab_focus (self->close);
}

static gboolean
on_look (gpointer data)
{
  BhBatchBar *self = data;
  int done = g_atomic_int_get (&self->pace->done);
  g_autofree char *text = g_strdup_printf (_ ("%u of %u"), (guint) done, self->rows->len);

  gtk_progress_bar_set_text (self->progress, text);
  gtk_progress_bar_set_fraction (self->progress, (double) done / self->rows->len);
  return G_SOURCE_CONTINUE;
}

static GPtrArray *
jobs_of (GPtrArray *rows)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_print_job_free);

  for (guint i = 0; i < rows->len; i++) {
    const BhBatchRow *row = g_ptr_array_index (rows, i);
    BhPrintJob *job = g_new0 (BhPrintJob, 1);

    job->template = g_strdup (BH_BATCH_TEMPLATE);
    job->rma = g_strdup (row->rma);
    job->line = row->line;
    g_ptr_array_add (jobs, job);
  }
  return jobs;
}

static void
on_save (GtkWidget *button, BhBatchBar *self)
{
  char *path = bh_print_ask_file (GTK_WIDGET (self), "labels.pdf");
  Pdf *pdf;

  if (path == NULL)
    return;
  pdf = g_new0 (Pdf, 1);
  *pdf = (Pdf){ .bar = g_object_ref (self), .jobs = jobs_of (self->rows), .path = path };
  self->pace = &pdf->pace;
  self->look = g_timeout_add (200, on_look, self);
  set_acts (self, FALSE);
  gtk_widget_grab_focus (self->close);
  bh_worker_run (bh_print_worker (GTK_WIDGET (self)), make_pdf, pdf, NULL, g_free, on_pdf, pdf);
}

/* ---- life ---------------------------------------------------------------------- */

gboolean
bh_batch_bar_leave (BhBatchBar *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return FALSE;
  if (self->queueing) {
    self->queueing = FALSE; /* the part that is queued ends, and so does the rest */
  } else if (self->pace != NULL) {
    g_atomic_int_set (&self->pace->stopped, TRUE);
  } else {
    self->number++;
    gtk_widget_hide (GTK_WIDGET (self));
  }
  return TRUE;
}

static void
on_close (GtkWidget *button, BhBatchBar *self)
{
  bh_batch_bar_leave (self);
}

static void
bh_batch_bar_dispose (GObject *object)
{
  BhBatchBar *self = BH_BATCH_BAR (object);

  self->gone = TRUE;
  if (self->pace != NULL)
    g_atomic_int_set (&self->pace->stopped, TRUE);
  g_clear_handle_id (&self->look, g_source_remove);
  G_OBJECT_CLASS (bh_batch_bar_parent_class)->dispose (object);
}

static void
bh_batch_bar_finalize (GObject *object)
{
  BhBatchBar *self = BH_BATCH_BAR (object);

  g_clear_object (&self->acts);
  g_clear_object (&self->reads);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->why);
  G_OBJECT_CLASS (bh_batch_bar_parent_class)->finalize (object);
}

static void
bh_batch_bar_class_init (BhBatchBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_batch_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_batch_bar_finalize;
}

static GtkWidget *
add_button (BhBatchBar *self, const char *words, const char *id, GCallback act)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (words);

  page_name (button, NULL, id);
  g_signal_connect (button, "clicked", act, self);
  gtk_box_pack_start (GTK_BOX (self), button, FALSE, FALSE, 0);
  gtk_widget_show (button);
  return button;
}

static void
bh_batch_bar_init (BhBatchBar *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->told = GTK_LABEL (page_told ("batch-told", NULL));
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_progress_bar_set_show_text (self->progress, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  page_name (GTK_WIDGET (self->progress), _ ("How many labels are made"), "batch-progress");
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->told), TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->progress), FALSE, FALSE, 0);
  gtk_widget_show (GTK_WIDGET (self->told));
  self->print = add_button (self, _ ("_Print them"), "batch-print", G_CALLBACK (on_print));
  self->save = add_button (self, _ ("Save as P_DF…"), "batch-save", G_CALLBACK (on_save));
  self->close = add_button (self, _ ("_Close (Esc)"), "batch-close", G_CALLBACK (on_close));
}

GtkWidget *
bh_batch_bar_new (BhWorker *acts, BhWorker *reads)
{
  BhBatchBar *self = g_object_new (BH_TYPE_BATCH_BAR, NULL);

  self->acts = g_object_ref (acts);
  self->reads = g_object_ref (reads);
  return GTK_WIDGET (self);
}

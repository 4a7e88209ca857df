/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "due-undo.h"

#include "page.h"

/* stands in the journal, whose words are not translated */
#define REASON "taken back at the window"

struct _BhDueUndo {
  GtkButton parent_instance;

  BhWorker *acts;
  const BhDueAct *act;
  GPtrArray *done; /* BhDueDone */
  guint next;
  guint undone;
  char *fault; /* of the first that was not */
  guint faults;
  gboolean gone;
};

enum { TOLD, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhDueUndo, bh_due_undo, GTK_TYPE_BUTTON)

typedef struct {
  const BhDueAct *act;
  GPtrArray *done;
  guint n;
  char *id;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_ptr_array_unref (job->done);
  g_free (job->id);
  g_free (job);
}

static gpointer
run_job (BhDesk *desk, gpointer data, GError **error)
{
  const Job *job = data;

  return job->act->undo (desk, job->id, g_ptr_array_index (job->done, job->n), REASON, error)
             ? g_strdup ("")
             : NULL;
}

static void
end (BhDueUndo *self)
{
  g_autoptr (GString) told = g_string_new (NULL);

  if (self->undone > 0)
    g_string_printf (told, ngettext ("%u taken back.", "%u taken back.", self->undone),
                     self->undone);
  if (self->faults > 0)
    g_string_append_printf (told, "%s%s %s", told->len > 0 ? " " : "",
                            ngettext ("One was not:", "Some were not; the first:", self->faults),
                            self->fault);
  g_clear_pointer (&self->done, g_ptr_array_unref);
  gtk_widget_hide (GTK_WIDGET (self));
  g_signal_emit (self, signals[TOLD], 0, told->str);
}

static void undo_next (BhDueUndo *self);

static void
on_undone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhDueUndo) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *ok = bh_worker_finish (result, &error);

  if (self->gone)
    return;
  self->undone += ok != NULL;
  if (ok == NULL && self->faults++ == 0)
    self->fault = g_strdup (error->message);
  self->next++;
  undo_next (self);
}

/* One at a time, the last one first. */
static void
undo_next (BhDueUndo *self)
{
  Job *job;

  if (self->next == self->done->len) {
    end (self);
    return;
  }
  job = g_new0 (Job, 1);
  *job = (Job){ self->act, g_ptr_array_ref (self->done), self->done->len - 1 - self->next,
                g_uuid_string_random () };
  bh_worker_run (self->acts, run_job, job, job_free, g_free, on_undone, g_object_ref (self));
}

static void
on_clicked (GtkButton *button)
{
  BhDueUndo *self = BH_DUE_UNDO (button);

  if (self->done == NULL || self->next > 0)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  undo_next (self);
}

void
bh_due_undo_offer (BhDueUndo *self, const BhDueAct *act, GPtrArray *done)
{
  g_autofree char *about = g_strdup_printf (_ ("Takes back: %s"), _ (act->verb));

  g_clear_pointer (&self->done, g_ptr_array_unref);
  g_clear_pointer (&self->fault, g_free);
  self->act = act;
  self->done = done;
  self->next = self->undone = self->faults = 0;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), about);
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), done->len > 0);
}

static void
bh_due_undo_dispose (GObject *object)
{
  BH_DUE_UNDO (object)->gone = TRUE;
  G_OBJECT_CLASS (bh_due_undo_parent_class)->dispose (object);
}

static void
bh_due_undo_finalize (GObject *object)
{
  BhDueUndo *self = BH_DUE_UNDO (object);

  g_clear_object (&self->acts);
  g_clear_pointer (&self->done, g_ptr_array_unref);
  g_free (self->fault);
  G_OBJECT_CLASS (bh_due_undo_parent_class)->finalize (object);
}

static void
bh_due_undo_class_init (BhDueUndoClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_due_undo_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_due_undo_finalize;
  GTK_BUTTON_CLASS (klass)->clicked = on_clicked;
  signals[TOLD] = g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
bh_due_undo_init (BhDueUndo *self)
{
  page_name (GTK_WIDGET (self), NULL, "due-undo");
}

GtkWidget *
bh_due_undo_new (BhWorker *acts)
{
  BhDueUndo *self = g_object_new (BH_TYPE_DUE_UNDO, "label", _ ("Undo (Ctrl+Z)"), NULL);

  self->acts = g_object_ref (acts);
  return GTK_WIDGET (self);
}

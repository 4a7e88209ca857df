/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "clock-words.h"
#include "bench-job-private.h"
#include "page.h"

enum { LOST, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhBenchJob, bh_bench_job, GTK_TYPE_BOX)

void
bh_bench_job_tell (BhBenchJob *self, const char *text)
{
  gtk_label_set_text (self->told, text != NULL ? text : "");
}

const BhBenchSight *
bh_bench_job_sight (BhBenchJob *self)
{
  return self->sight;
}

/* ---- what is on screen --------------------------------------------------------------- */

static void
show_head (BhBenchJob *self)
{
  const BhBenchSight *sight = self->sight;
  const BhJob *job = sight->job;
  gboolean fa = job != NULL && g_str_equal (job->kind, "fa");
  const char *light = job != NULL && job->light != NULL ? job->light : "";
  g_autofree char *title = job != NULL ? g_strdup_printf (fa ? _ ("FA %s") : _ ("RA %s"), job->job)
                                       : g_strdup (_ ("No job yet"));
  g_autofree char *subtitle =
      g_strdup_printf (_ ("%s · %s · %s"), sight->serial, sight->part != NULL ? sight->part : "–",
                       sight->account_name != NULL ? sight->account_name : "–");
  g_autofree char *state = bh_clock_state_words (light);
  g_autofree char *left = job != NULL ? bh_clock_left_words (job->light, job->days_left) : NULL;
  g_autofree char *due =
      g_strdup_printf (_ ("%s · due %s · %s"), state,
                       job != NULL && job->due != NULL ? job->due : "–", left != NULL ? left : "");
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self->light));

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_label_set_text (self->light, due);
  gtk_style_context_remove_class (style, "late");
  gtk_style_context_remove_class (style, "amber");
  gtk_style_context_add_class (style, light);
  gtk_widget_set_visible (GTK_WIDGET (self->light), *light != '\0');
}

static void
show_next (BhBenchJob *self)
{
  g_autofree char *title = g_strdup_printf (_ ("Next: %s"), self->step.title);
  g_autofree char *steps = bh_steps_words (self->sight, &self->step);
  g_autofree char *go = bh_bench_job_go_label (self);
  gboolean ended = self->step.kind == BH_STEP_POSTED || self->step.kind == BH_STEP_VOID ||
                   self->step.kind == BH_STEP_BARRED || self->step.kind == BH_STEP_NOT_RECEIVED;

  gtk_label_set_text (self->next_title, ended ? self->step.title : title);
  gtk_label_set_text (self->next_about, self->step.about);
  gtk_label_set_text (self->steps, steps);
  if (go != NULL)
    gtk_button_set_label (GTK_BUTTON (self->go), go);
  gtk_widget_set_visible (self->go, go != NULL);
}

void
bh_bench_job_show (BhBenchJob *self)
{
  const BhBenchSight *sight = self->sight;
  gboolean may = bh_step_may_write (sight, self->correcting != 0);
  gboolean begun = sight->job != NULL && !g_str_equal (sight->job->state, "void");

  bh_next_step_clear (&self->step);
  bh_next_step_find (sight, self->correcting != 0, &self->step);
  show_head (self);
  show_next (self);
  gtk_widget_set_visible (GTK_WIDGET (self->intake), self->step.kind == BH_STEP_INTAKE);
  gtk_widget_set_visible (GTK_WIDGET (self->form), begun);
  gtk_widget_set_visible (GTK_WIDGET (self->result), may && self->step.kind != BH_STEP_INTAKE &&
                                                         self->step.kind != BH_STEP_SCAN_IN);
  if (sight->job != NULL) {
    if (self->step.kind == BH_STEP_INTAKE)
      bh_bench_intake_show (self->intake, sight->job);
    bh_bench_form_show (self->form, sight->job, may);
    bh_bench_result_show (self->result, sight, self->correcting, self->step.kind == BH_STEP_POST);
  }
  bh_bench_record_show (self->record, sight);
  bh_bench_job_set_buttons (self);
}

void
bh_bench_job_focus (BhBenchJob *self)
{
  if (self->sight == NULL || bh_bench_ask_is_open (self->ask))
    return;
  switch (self->step.kind) {
  case BH_STEP_INTAKE:
    bh_bench_intake_focus (self->intake);
    break;
  case BH_STEP_WRITE:
    bh_bench_form_focus (self->form, self->step.entry);
    break;
  case BH_STEP_POST:
    bh_bench_result_focus (self->result);
    break;
  default:
    if (gtk_widget_get_visible (self->go))
      gtk_widget_grab_focus (self->go);
    else if (gtk_widget_get_visible (self->buttons[BH_JOB_REPORT]))
      gtk_widget_grab_focus (self->buttons[BH_JOB_REPORT]);
    else
      gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  }
}

/* ---- acts, one behind the other -------------------------------------------------------- */

typedef struct {
  BhBenchJob *self;
  char *of;
  BhBenchVerb verb;
  gboolean form; /* of what stood in the form */
} Ask;

static void pump (BhBenchJob *self);

static void
take_sight (BhBenchJob *self, BhBenchSight *sight)
{
  /* what one person left half typed is not written down as another's */
  if (self->sight != NULL && g_strcmp0 (self->sight->me, sight->me) != 0) {
    g_autoptr (BhNotes) dropped = bh_bench_form_take_all (self->form);

    self->correcting = 0;
    bh_bench_ask_leave (self->ask);
  }
  bh_bench_sight_free (self->sight);
  self->sight = sight;
  bh_bench_job_show (self);
}

/* As it is now: what was refused may have changed under our hands. */
static void
on_seen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (BhBenchJob) self = ask->self;
  g_autofree char *of = ask->of;
  g_autoptr (BhBenchSight) sight = bh_worker_finish (result, NULL);

  if (self->gone || sight == NULL || self->busy || self->sight == NULL ||
      g_strcmp0 (sight->serial, self->sight->serial) != 0)
    return;
  take_sight (self, g_steal_pointer (&sight));
}

static Ask *
ask_new (BhBenchJob *self, const char *of, BhBenchVerb verb, gboolean form)
{
  Ask *ask = g_new0 (Ask, 1);

  *ask = (Ask){ g_object_ref (self), g_strdup (of), verb, form };
  return ask;
}

static const char *
name_of (const BhBenchSight *sight)
{
  return sight->job != NULL ? sight->job->job : sight->serial;
}

void
bh_bench_job_read_again (BhBenchJob *self)
{
  if (self->sight != NULL)
    bh_call_bench_sight_async (self->reads, name_of (self->sight), NULL, on_seen,
                               ask_new (self, NULL, BH_DO_LOG, FALSE));
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (BhBenchJob) self = ask->self;
  g_autoptr (BhBenchSight) sight = bh_worker_finish (result, NULL);
  gboolean worked;

  self->looking = FALSE;
  if (self->gone || sight == NULL || self->busy || self->sight == NULL ||
      g_strcmp0 (sight->serial, self->sight->serial) != 0 ||
      bh_bench_sight_is_same (self->sight, sight))
    return;
  worked = bh_bench_sight_is_worked_on (self->sight, sight);
  take_sight (self, g_steal_pointer (&sight));
  if (worked)
    bh_bench_job_tell (self, self->sight->told);
}

gboolean
bh_bench_job_changed (BhBenchJob *self)
{
  if (self->busy || self->looking)
    return FALSE;
  if (self->sight == NULL)
    return TRUE;
  self->looking = TRUE;
  bh_call_bench_look_async (self->reads, name_of (self->sight), on_looked,
                            ask_new (self, NULL, BH_DO_LOG, FALSE));
  return TRUE;
}

static void
refused (BhBenchJob *self, const Ask *ask, const GError *error)
{
  g_autofree char *said = ask->verb == BH_DO_LOG
                              ? g_strdup_printf (_ ("Not kept: %s"), error->message)
                              : g_strdup (error->message);

  if (ask->form)
    bh_bench_form_refused (self->form);
  g_clear_pointer (&self->next, bh_bench_act_free);
  self->go_on = FALSE;
  bh_bench_job_tell (self, said);
  bh_bench_job_read_again (self);
}

static void
on_acted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (BhBenchJob) self = ask->self;
  g_autofree char *of = ask->of;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhBenchSight) sight = bh_worker_finish (result, &error);
  gboolean here;

  if (self->gone)
    return;
  here = self->sight != NULL && g_strcmp0 (of, self->sight->serial) == 0;
  if (!here) {
    /* the screen went on to another unit */
    if (sight == NULL) {
      g_autofree char *said = g_strdup_printf (_ ("Not kept of %s: %s"), of, error->message);

      g_signal_emit (self, signals[LOST], 0, said);
    }
    return;
  }
  self->busy = FALSE;
  if (sight == NULL) {
    refused (self, ask, error);
  } else {
    if (ask->verb == BH_DO_POST)
      self->correcting = 0;
    bh_bench_job_tell (self, ask->verb == BH_DO_LOG ? _ ("Kept.") : sight->told);
    take_sight (self, g_steal_pointer (&sight));
  }
  pump (self);
}

static void
run (BhBenchJob *self, BhBenchAct *act, gboolean form)
{
  self->busy = TRUE;
  bh_call_bench_act_async (self->acts, act, on_acted,
                           ask_new (self, self->sight->serial, act->verb, form));
}

static void
pump (BhBenchJob *self)
{
  BhNotes *notes;
  BhBenchAct *act;

  if (self->busy || self->sight == NULL)
    return;
  notes = self->sight->job != NULL ? bh_bench_form_take (self->form) : NULL;
  if (notes != NULL) {
    act = bh_bench_act_new (BH_DO_LOG, self->sight->job->job);
    act->notes = notes;
    run (self, act, TRUE);
  } else if (self->photos->len > 0) {
    act = bh_bench_act_new (BH_DO_LOG, self->sight->job->job);
    act->photos = self->photos;
    self->photos = g_ptr_array_new_with_free_func (g_free);
    run (self, act, FALSE);
  } else if (self->next != NULL) {
    run (self, g_steal_pointer (&self->next), FALSE);
  } else if (self->go_on) {
    self->go_on = FALSE;
    bh_bench_job_focus (self);
  }
}

void
bh_bench_job_save (BhBenchJob *self, gboolean go_on)
{
  self->go_on = self->go_on || go_on;
  pump (self);
}

void
bh_bench_job_do (BhBenchJob *self, BhBenchAct *act)
{
  g_clear_pointer (&self->next, bh_bench_act_free);
  if (act->verb == BH_DO_POST && !bh_bench_form_finish (self->form)) {
    bh_bench_act_free (act);
    bh_bench_job_tell (self, _ ("What stands there was refused; mend or clear it first."));
    return;
  }
  self->next = act;
  self->go_on = TRUE;
  pump (self);
}

/* ---- from one to the next ---------------------------------------------------------------- */

void
bh_bench_job_leave (BhBenchJob *self)
{
  BhNotes *notes;
  BhBenchAct *act;

  if (self->sight == NULL || self->sight->job == NULL ||
      !bh_step_may_write (self->sight, self->correcting != 0))
    return;
  notes = bh_bench_form_take_all (self->form);
  if (notes == NULL)
    return;
  act = bh_bench_act_new (BH_DO_LOG, self->sight->job->job);
  act->notes = notes;
  bh_call_bench_act_async (self->acts, act, on_acted,
                           ask_new (self, self->sight->job->job, BH_DO_LOG, FALSE));
}

void
bh_bench_job_open (BhBenchJob *self, BhBenchSight *sight)
{
  bh_bench_job_leave (self);
  bh_bench_ask_leave (self->ask);
  g_clear_pointer (&self->next, bh_bench_act_free);
  self->busy = self->go_on = FALSE;
  self->correcting = 0;
  bh_bench_job_tell (self, NULL);
  take_sight (self, sight);
  bh_bench_job_focus (self);
}

gboolean
bh_bench_job_scan (BhBenchJob *self, const char *text)
{
  return self->sight != NULL && bh_bench_form_scan (self->form, text);
}

gboolean
bh_bench_job_scan_other (BhBenchJob *self, const char *text)
{
  return self->sight != NULL && self->step.kind == BH_STEP_INTAKE &&
         bh_bench_intake_scan (self->intake, text);
}

gboolean
bh_bench_job_back (BhBenchJob *self)
{
  if (bh_bench_ask_leave (self->ask)) {
    bh_bench_job_focus (self);
    return TRUE;
  }
  if (self->correcting == 0)
    return FALSE;
  self->correcting = 0;
  bh_bench_job_tell (self, _ ("Nothing is corrected."));
  bh_bench_job_show (self);
  return TRUE;
}

/* ---- life ------------------------------------------------------------------------------- */

static void
bh_bench_job_dispose (GObject *object)
{
  BH_BENCH_JOB (object)->gone = TRUE;
  G_OBJECT_CLASS (bh_bench_job_parent_class)->dispose (object);
}

static void
bh_bench_job_finalize (GObject *object)
{
  BhBenchJob *self = BH_BENCH_JOB (object);

  g_clear_object (&self->acts);
  g_clear_object (&self->reads);
  bh_bench_sight_free (self->sight);
  bh_next_step_clear (&self->step);
  g_clear_pointer (&self->next, bh_bench_act_free);
  g_ptr_array_unref (self->photos);
  g_free (self->correct_reason);
  g_free (self->scan_in);
  G_OBJECT_CLASS (bh_bench_job_parent_class)->finalize (object);
}

static void
bh_bench_job_class_init (BhBenchJobClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_bench_job_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_bench_job_finalize;
  signals[LOST] = g_signal_new ("lost", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
bh_bench_job_init (BhBenchJob *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->photos = g_ptr_array_new_with_free_func (g_free);
}

GtkWidget *
bh_bench_job_new (BhWorker *acts, BhWorker *reads)
{
  BhBenchJob *self = g_object_new (BH_TYPE_BENCH_JOB, NULL);

  self->acts = g_object_ref (acts);
  self->reads = g_object_ref (reads);
  bh_bench_job_build (self);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "backhaul/location.h"
#include "bench-job-private.h"
#include "page.h"

static const char *
job_of (BhBenchJob *self)
{
  return self->sight->job != NULL ? self->sight->job->job : self->sight->serial;
}

/* ---- the next step -------------------------------------------------------------------- */

/* Where units are scanned in: as last time, else at the place they were sent to. */
static char *
place_in (BhBenchJob *self)
{
  if (self->scan_in != NULL)
    return g_strdup (self->scan_in);
  return g_strconcat ("repair:", self->sight->center != NULL ? self->sight->center : "RC", NULL);
}

char *
bh_bench_job_go_label (BhBenchJob *self)
{
  g_autofree char *place = NULL;

  if (self->step.kind != BH_STEP_SCAN_IN)
    return g_strdup (self->step.go);
  place = place_in (self);
  return g_strdup_printf (_ ("_Scan in at %s"), place);
}

static void
start (BhBenchJob *self, BhRepairKind kind, const char *reason)
{
  BhBenchAct *act = bh_bench_act_new (BH_DO_START, self->sight->serial);

  act->kind = kind;
  act->texts[0] = g_strdup (reason);
  bh_bench_job_do (self, act);
}

static void
on_approved (char **texts, gpointer data)
{
  start (data, BH_REPAIR_RA, texts[0]);
}

static void
ask_approval (BhBenchJob *self)
{
  const BhBenchQuestion question = {
    .heading = _ ("Approve the RA (RA5)"),
    .about = _ ("The RA is begun, and it is kept who approved it, and why."),
    .labels = { _ ("_Why") },
    .go = _ ("Approve and _begin (Enter)"),
  };

  bh_bench_ask_open (self->ask, &question, on_approved, self);
}

static void
move_to (BhBenchJob *self, const char *place)
{
  BhBenchAct *act = bh_bench_act_new (BH_DO_MOVE, self->sight->serial);
  BhPlaceKind kind;

  act->texts[0] = g_strdup (place);
  if (bh_place_kind_of (place, &kind) && kind == BH_PLACE_REPAIR) {
    char *kept = g_strdup (place);

    g_free (self->scan_in);
    self->scan_in = kept;
  }
  bh_bench_job_do (self, act);
}

/* ---- buttons ---------------------------------------------------------------------------- */

static void
on_move_told (char **texts, gpointer data)
{
  move_to (data, texts[0]);
}

/* Where it goes next by what became of it. */
static const char *
place_next (const BhBenchSight *sight)
{
  static const struct {
    const char *disposition;
    const char *place;
  } ways[] = {
    { "repaired-to-stock", "stock" },
    { "no-fault-found", "stock" },
    { "scrapped", "scrap" },
  };

  for (gsize i = 0; sight->job != NULL && i < G_N_ELEMENTS (ways); i++)
    if (g_strcmp0 (sight->job->disposition, ways[i].disposition) == 0)
      return ways[i].place;
  return "";
}

static void
on_move (GtkWidget *button, BhBenchJob *self)
{
  const BhBenchQuestion question = {
    .heading = _ ("Move the unit"),
    .about = _ ("To repair:CODE, bench:CODE, shelf:CODE, transit:CODE, stock, scrap or customer "
                "(RA4)."),
    .labels = { _ ("_Where to") },
    .texts = { place_next (self->sight) },
    .go = _ ("_Move it (Enter)"),
  };

  bh_bench_ask_open (self->ask, &question, on_move_told, self);
}

static void
on_take_told (char **texts, gpointer data)
{
  BhBenchJob *self = data;
  BhBenchAct *act = bh_bench_act_new (BH_DO_TAKE, job_of (self));

  act->texts[0] = g_strdup (texts[0]);
  bh_bench_job_do (self, act);
}

static void
on_take (GtkWidget *button, BhBenchJob *self)
{
  g_autofree char *heading = g_strdup_printf (_ ("Take %s over from %s"), self->sight->job->job,
                                              self->sight->job->technician);
  const BhBenchQuestion question = {
    .heading = heading,
    .about = _ ("Nothing that was written down is lost."),
    .labels = { _ ("_Why") },
    .go = _ ("_Take it over (Enter)"),
  };

  bh_bench_ask_open (self->ask, &question, on_take_told, self);
}

static void
on_insufficient_told (char **texts, gpointer data)
{
  BhBenchJob *self = data;
  BhBenchAct *act = bh_bench_act_new (BH_DO_INSUFFICIENT, job_of (self));

  for (int i = 0; i < BH_BENCH_TEXTS; i++)
    act->texts[i] = g_strdup (texts[i]);
  bh_bench_job_do (self, act);
}

static void
on_insufficient (GtkWidget *button, BhBenchJob *self)
{
  const BhBenchQuestion question = {
    .heading = _ ("The RA is insufficient: an FA follows (RA3)"),
    .about = _ ("Customer and engineer have agreed. The FA gets a number and a clock of its own."),
    .labels = { _ ("Agreed by the c_ustomer"), _ ("Agreed by the e_ngineer"), _ ("_Why") },
    .go = _ ("_Begin the FA (Enter)"),
  };

  bh_bench_ask_open (self->ask, &question, on_insufficient_told, self);
}

static void
on_consent_told (char **texts, gpointer data)
{
  BhBenchJob *self = data;
  BhBenchAct *act = bh_bench_act_new (BH_DO_CONSENT, job_of (self));

  for (int i = 0; i < 2; i++)
    act->texts[i] = g_strdup (texts[i]);
  bh_bench_job_do (self, act);
}

static void
on_consent (GtkWidget *button, BhBenchJob *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  const BhBenchQuestion question = {
    .heading = _ ("The customer consents that the unit is destroyed (RA2)"),
    .about = _ ("Without it no destructive work can be written down."),
    .labels = { _ ("_Who consents"), _ ("On which _day") },
    .texts = { "", today },
    .go = _ ("_Record it (Enter)"),
  };

  bh_bench_ask_open (self->ask, &question, on_consent_told, self);
}

static void
on_correct_told (char **texts, gpointer data)
{
  BhBenchJob *self = data;

  self->correcting = self->sight->job->versions;
  g_free (self->correct_reason);
  self->correct_reason = g_strdup (texts[0]);
  bh_bench_job_show (self);
  bh_bench_job_focus (self);
}

static void
on_correct (GtkWidget *button, BhBenchJob *self)
{
  g_autofree char *heading =
      g_strdup_printf (_ ("Correct version %d (RA9)"), self->sight->job->versions);
  const BhBenchQuestion question = {
    .heading = heading,
    .about = _ ("It stays as it is, and can be printed. What you change now is posted as a version "
                "that takes its place."),
    .labels = { _ ("_Why") },
    .go = _ ("_Go on (Enter)"),
  };

  bh_bench_ask_open (self->ask, &question, on_correct_told, self);
}

static const struct {
  const char *label;
  const char *id;
  void (*run) (GtkWidget *button, BhBenchJob *self);
} buttons[BH_JOB_N_BUTTONS] = {
  [BH_JOB_MOVE] = { N_ ("_Move…"), "bench-move", on_move },
  [BH_JOB_TAKE] = { N_ ("_Take over…"), "bench-take", on_take },
  [BH_JOB_INSUFFICIENT] = { N_ ("_Insufficient…"), "bench-insufficient", on_insufficient },
  [BH_JOB_CONSENT] = { N_ ("C_onsent…"), "bench-consent", on_consent },
  [BH_JOB_CORRECT] = { N_ ("C_orrect…"), "bench-correct", on_correct },
  [BH_JOB_PHOTOS] = { N_ ("P_hotos…"), "bench-photos", bh_bench_job_choose_photos },
  [BH_JOB_CAMERA] = { N_ ("Camera (F10)"), "bench-camera", bh_bench_job_toggle_camera },
  [BH_JOB_READINGS] = { N_ ("Readings from fi_le…"), "bench-readings",
                        bh_bench_job_choose_readings },
  [BH_JOB_REPORT] = { N_ ("Sho_w report"), "bench-report", bh_bench_job_open_newest },
  [BH_JOB_8D] = { N_ ("8D report (F8)"), "bench-8d-report", bh_bench_job_open_8d },
  [BH_JOB_SAVE_REPORT] = { N_ ("Save report…"), "bench-save-report", bh_bench_job_save_report },
};

GtkWidget *
bh_bench_job_add_buttons (BhBenchJob *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  for (int i = 0; i < BH_JOB_N_BUTTONS; i++) {
    self->buttons[i] = gtk_button_new_with_mnemonic (_ (buttons[i].label));
    page_name (self->buttons[i], NULL, buttons[i].id);
    /* all of them at once are wider than a small screen */
    gtk_widget_set_no_show_all (self->buttons[i], TRUE);
    g_signal_connect (self->buttons[i], "clicked", G_CALLBACK (buttons[i].run), self);
    gtk_container_add (GTK_CONTAINER (bar), self->buttons[i]);
  }
  return bar;
}

void
bh_bench_job_set_buttons (BhBenchJob *self)
{
  const BhBenchSight *sight = self->sight;
  const BhJob *job = sight->job;
  gboolean open = job != NULL && g_str_equal (job->state, "open");
  gboolean posted = job != NULL && g_str_equal (job->state, "posted");
  gboolean fa = job != NULL && g_str_equal (job->kind, "fa");
  gboolean may = bh_step_may_write (sight, TRUE);
  gboolean write = bh_step_may_write (sight, self->correcting != 0);
  gboolean followed = sight->fa.serial != NULL && sight->fa.may.eligible == BH_ELIGIBLE;
  const gboolean there[BH_JOB_N_BUTTONS] = {
    [BH_JOB_MOVE] = sight->rma != NULL,
    [BH_JOB_TAKE] = open && bh_bench_sight_is_others (sight) && self->step.kind != BH_STEP_TAKE,
    [BH_JOB_INSUFFICIENT] = may && !fa && !followed && self->correcting == 0,
    [BH_JOB_CONSENT] = may && fa && open,
    [BH_JOB_CORRECT] = may && posted && sight->authorised && self->correcting == 0,
    [BH_JOB_PHOTOS] = write,
    [BH_JOB_CAMERA] = write,
    [BH_JOB_READINGS] = write,
    [BH_JOB_REPORT] = job != NULL && job->versions > 0,
    [BH_JOB_8D] = fa && job->versions > 0,
    [BH_JOB_SAVE_REPORT] = job != NULL && job->versions > 0,
  };

  for (int i = 0; i < BH_JOB_N_BUTTONS; i++)
    gtk_widget_set_visible (self->buttons[i], there[i]);
}

void
bh_bench_job_go (BhBenchJob *self)
{
  g_autofree char *place = NULL;

  switch (self->step.kind) {
  case BH_STEP_SCAN_IN:
    place = place_in (self);
    move_to (self, place);
    break;
  case BH_STEP_BEGIN:
    start (self, self->sight->kind, NULL);
    break;
  case BH_STEP_POSTED:
  case BH_STEP_VOID:
    start (self, BH_REPAIR_FA, NULL);
    break;
  case BH_STEP_APPROVE:
    ask_approval (self);
    break;
  case BH_STEP_TAKE:
    on_take (NULL, self);
    break;
  default:
    break;
  }
}

/* ---- intake, entries, the result ---------------------------------------------------------- */

void
bh_bench_job_checked (BhBenchJob *self)
{
  BhBenchAct *act = bh_bench_act_new (BH_DO_INTAKE, job_of (self));

  bh_bench_intake_tell (self->intake, &act->present, &act->missing);
  bh_bench_job_do (self, act);
}

void
bh_bench_job_strike (BhBenchJob *self, gint64 entry, const char *words)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, entry);
  BhBenchAct *act = bh_bench_act_new (BH_DO_STRIKE, job_of (self));

  act->texts[0] = g_strdup (words);
  act->notes = bh_notes_new ();
  bh_notes_add (act->notes, BH_ENTRY_STRIKE, NULL, number);
  bh_bench_job_do (self, act);
}

static void
on_post_told (char **texts, gpointer data)
{
  BhBenchJob *self = data;
  BhBenchAct *act = bh_bench_act_new (BH_DO_POST, job_of (self));

  act->texts[0] = g_strdup (bh_bench_result_disposition (self->result));
  act->texts[1] = g_strdup (self->correcting != 0 ? self->correct_reason : NULL);
  act->interim = bh_bench_result_interim (self->result);
  act->corrects = self->correcting;
  bh_bench_job_do (self, act);
}

void
bh_bench_job_ask_post (BhBenchJob *self)
{
  const BhJob *job = self->sight->job;
  g_autoptr (GPtrArray) missing = bh_job_missing (job);
  g_autoptr (GString) about = g_string_new (NULL);
  g_autofree char *list = NULL;
  const BhBenchQuestion question = {
    .heading = bh_bench_result_interim (self->result) ? _ ("Post an interim result?")
                                                      : _ ("Post the result for good?"),
    .labels = { NULL },
    .go = _ ("_Post it (Enter)"),
  };
  BhBenchQuestion asked = question;

  if (bh_bench_result_disposition (self->result) == NULL)
    return;
  g_string_printf (
      about,
      _ ("Version %d, %s, to %s%s%s, signed by %s. It is not changed later: a correction is "
         "another version (RA9)."),
      job->versions + 1, bh_disposition_words (bh_bench_result_disposition (self->result)),
      job->rma, job->case_no != NULL ? _ (" and case ") : "",
      job->case_no != NULL ? job->case_no : "", self->sight->me);
  g_ptr_array_add (missing, NULL);
  list = g_strjoinv (", ", (char **) missing->pdata);
  if (*list != '\0')
    g_string_append_printf (about, _ (" Not told: %s (RA10)."), list);
  asked.about = about->str;
  bh_bench_ask_open (self->ask, &asked, on_post_told, self);
}

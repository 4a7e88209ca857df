/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-ask.h"
#include "bench-form.h"
#include "bench-intake.h"
#include "bench-job.h"
#include "bench-record.h"
#include "bench-result.h"
#include "bench-step.h"
#include "camera-pane.h"

G_BEGIN_DECLS

/* A job's screen in five rooms: bench-job.c has what is on it and how acts follow each
 * other, bench-job-acts.c what a person may do, bench-job-files.c what comes from files and
 * goes to them, bench-job-camera.c what the camera sees, bench-job-build.c how it is made. */

typedef enum {
  BH_JOB_MOVE,
  BH_JOB_TAKE,
  BH_JOB_INSUFFICIENT,
  BH_JOB_CONSENT,
  BH_JOB_CORRECT,
  BH_JOB_PHOTOS,
  BH_JOB_CAMERA,
  BH_JOB_READINGS,
  BH_JOB_REPORT,
  BH_JOB_8D,
  BH_JOB_SAVE_REPORT,
  BH_JOB_N_BUTTONS
} BhJobButton;

struct _BhBenchJob {
  GtkBox parent_instance;

  GtkLabel *title;
  GtkLabel *light;
  GtkLabel *subtitle;
  GtkLabel *steps;
  GtkLabel *next_title;
  GtkLabel *next_about;
  GtkWidget *go;
  BhBenchAsk *ask;
  GtkWidget *work; /* what is written down of it */
  BhBenchIntake *intake;
  BhBenchForm *form;
  BhBenchResult *result;
  BhBenchRecord *record;
  BhCameraPane *camera;
  GtkWidget *buttons[BH_JOB_N_BUTTONS];
  GtkLabel *told;

  BhWorker *acts;
  BhWorker *reads;
  BhBenchSight *sight; /* NULL: nothing is on screen yet */
  BhNextStep step;
  gboolean busy;     /* with an act */
  gboolean looking;  /* at what others did */
  GPtrArray *photos; /* files that are to be written down */
  BhBenchAct *next;  /* that follows once all is written down; NULL: none */
  gboolean go_on;    /* the keys go to the next step then */
  int correcting;    /* the version that the next one takes the place of; 0: none */
  char *correct_reason;
  char *scan_in; /* the repair center where units were scanned in last */
  gboolean gone;
};

/* @act: (transfer full): once all that was typed is written down */
void bh_bench_job_do (BhBenchJob *self, BhBenchAct *act);
/* Writes down what was typed; @go_on: and then the keys go to the next step. */
void bh_bench_job_save (BhBenchJob *self, gboolean go_on);
/* As it is on record, and what comes next. */
void bh_bench_job_show (BhBenchJob *self);

/* bench-job-build.c: once */
void bh_bench_job_build (BhBenchJob *self);

/* bench-job-acts.c */
GtkWidget *bh_bench_job_add_buttons (BhBenchJob *self);
/* Which of them there are now. */
void bh_bench_job_set_buttons (BhBenchJob *self);
/* (transfer full) (nullable): label of the button that does the next step */
char *bh_bench_job_go_label (BhBenchJob *self);
/* Does it. */
void bh_bench_job_go (BhBenchJob *self);
/* Asks once more before a result is posted for good (RA9). */
void bh_bench_job_ask_post (BhBenchJob *self);
/* The intake check is done. */
void bh_bench_job_checked (BhBenchJob *self);
void bh_bench_job_strike (BhBenchJob *self, gint64 entry, const char *words);

/* bench-job-files.c */
void bh_bench_job_choose_photos (GtkWidget *button, BhBenchJob *self);
void bh_bench_job_take_photo (GFile *file, gpointer job);
void bh_bench_job_choose_readings (GtkWidget *button, BhBenchJob *self);
void bh_bench_job_open_report (BhBenchJob *self, int version);
void bh_bench_job_open_newest (GtkWidget *button, BhBenchJob *self);
void bh_bench_job_open_8d (GtkWidget *button, BhBenchJob *self);
void bh_bench_job_save_report (GtkWidget *button, BhBenchJob *self);

/* bench-job-camera.c: F3 and F10; F8 too */
GtkWidget *bh_bench_job_add_camera (BhBenchJob *self);
void bh_bench_job_toggle_camera (GtkWidget *button, BhBenchJob *self);

G_END_DECLS

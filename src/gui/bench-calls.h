/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/notes.h"
#include "worker.h"

G_BEGIN_DECLS

/* What the Bench page asks the desk. */

/* The queue. @cut: there are more than are listed */
typedef struct {
  GPtrArray *jobs; /* BhJob, by due date; those without a number wait for somebody */
  gboolean cut;
} BhBenchRows;

void bh_bench_rows_free (BhBenchRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhBenchRows, bh_bench_rows_free)

/* "mine": those in hand; "waiting": what came in and nobody works on; "all": open jobs and what
 * came in; "posted": newest first. A BhBenchRows of the first @limit; @cut: there are more. */
void
bh_call_bench_rows_async (BhWorker *reads, const char *which, guint limit,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/**
 * BhBenchSight:
 * @job: (nullable): with all of it; %NULL: none was begun of this unit as it is here now
 * @rma: (nullable): that received it; %NULL: none did
 * @ra, @fa: whether it may be begun (RA3, RA5, RA6); serial %NULL: cannot be said
 * @kind: what is asked for: by the flag of its line (N6), or as RA was insufficient (RA3)
 * @place: (nullable): where it is on record
 * @center: (nullable): code of the destination it was sent to
 * @me: who works here, @role, @authorised (RA8)
 *
 * A unit at the bench as the screen shows it.
 */
typedef struct {
  BhJob *job;
  char *serial;
  char *part;
  char *description;
  char *rma;
  char *account_name;
  BhBenchEligible ra;
  BhBenchEligible fa;
  BhRepairKind kind;
  char *place;
  char *center;
  char *me;
  BhRole role;
  gboolean authorised;
  guint results; /* posted of this unit before this job (R3) */
  guint sound;   /* of them, without fault found */
  char *told;    /* what the act that came before has to say; NULL: nothing */
} BhBenchSight;

void bh_bench_sight_free (BhBenchSight *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhBenchSight, bh_bench_sight_free)

/* Somebody else has its job in hand. */
gboolean bh_bench_sight_is_others (const BhBenchSight *self);
/* It was scanned in at the repair center (RA4). */
gboolean bh_bench_sight_is_in (const BhBenchSight *self);

/* In the thread of a worker. *@found stays NULL: neither job nor unit is on record. */
gboolean bh_bench_sight_find (BhDesk *desk, const char *name, BhBenchSight **found, GError **error);
/* @text: a job's number or a serial, as it was scanned or typed. A BhBenchSight. */
void bh_call_bench_sight_async (BhWorker *reads, const char *text, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);

/* The same of what is on screen. @told says who changed it last. */
void bh_call_bench_look_async (BhWorker *reads, const char *name, GAsyncReadyCallback callback,
                               gpointer data);
/* What the screen shows of both is the same. */
gboolean bh_bench_sight_is_same (const BhBenchSight *one, const BhBenchSight *two);
/* Somebody has done something to one of them: it is not only later. */
gboolean bh_bench_sight_is_worked_on (const BhBenchSight *before, const BhBenchSight *now);

typedef enum {
  BH_DO_MOVE,         /* texts: location */
  BH_DO_START,        /* texts: reason of approval, or none (RA5) */
  BH_DO_TAKE,         /* texts: reason */
  BH_DO_INTAKE,       /* present, missing */
  BH_DO_LOG,          /* notes */
  BH_DO_STRIKE,       /* notes; texts: what is struck */
  BH_DO_CONSENT,      /* texts: who, on which day */
  BH_DO_INSUFFICIENT, /* texts: customer, engineer, reason */
  BH_DO_POST,         /* texts: disposition, reason of the correction; interim, corrects */
} BhBenchVerb;

#define BH_BENCH_TEXTS 3

/**
 * BhBenchAct:
 * @of: the job, or the serial of the unit
 * @notes: (nullable): what to write down first, in an act of its own
 * @photos: (nullable) (element-type filename): with it
 * @readings: (nullable): a file of them, with it
 */
typedef struct {
  BhBenchVerb verb;
  char *of;
  BhRepairKind kind;
  char *texts[BH_BENCH_TEXTS];
  char **present;
  char **missing;
  BhNotes *notes;
  GPtrArray *photos;
  char *readings;
  gboolean interim;
  int corrects;
} BhBenchAct;

BhBenchAct *bh_bench_act_new (BhBenchVerb verb, const char *of);
void bh_bench_act_free (BhBenchAct *self);
/* @act: (transfer full). The unit as it is then: a BhBenchSight. */
void bh_call_bench_act_async (BhWorker *acts, BhBenchAct *act, GAsyncReadyCallback callback,
                              gpointer data);

/* Codes that the site added (R5); BhCode each. */
typedef struct {
  GPtrArray *lists[BH_LIST_LAST];
} BhBenchLists;

void bh_bench_lists_free (BhBenchLists *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhBenchLists, bh_bench_lists_free)
void bh_call_bench_lists_async (BhWorker *reads, GAsyncReadyCallback callback, gpointer data);

/* The report of a version as PDF to @path; NULL: to a private file. @layout: static; "8d", or
 * NULL: the whole job. The path. */
void bh_call_bench_report_async (BhWorker *reads, const char *job, int version, const char *layout,
                                 const char *path, GAsyncReadyCallback callback, gpointer data);
/* A photo of a job, small. A GdkPixbuf. */
void bh_call_bench_photo_async (BhWorker *reads, const char *sha256, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/receive.h"
#include "away.h"
#include "worker.h"

G_BEGIN_DECLS

/**
 * BhStep:
 * @act: UUID; a step that is tried again keeps it
 * @box: UUID of the box
 * @scans: (element-type BhScan): all of the box so far
 * @photos: (element-type BhPhoto) (nullable): those that came with this step
 * @away: (nullable): where it goes while the store is out of reach
 *
 * The box, given to the desk once more after each scan.
 */
typedef struct {
  char *act;
  char *box;
  GPtrArray *scans;
  GPtrArray *photos;
  BhAway *away;
  gint64 now_us;
} BhStep;

/* A code on the box, as the page shows it. */
typedef struct {
  BhKind kind;
  char *text;
  gboolean certain;
  gboolean on_record;
} BhChip;

void bh_chip_free (BhChip *self);

/**
 * BhStepResult:
 * @outcomes: (element-type BhOutcome): one a unit, committed; or provisional, in the journal
 * @chips: (element-type BhChip): what each code turned out to be
 * @doubled: (nullable): this text came as itself twice in one (S9)
 */
typedef struct {
  GPtrArray *outcomes;
  GPtrArray *chips;
  char *doubled;
} BhStepResult;

void bh_step_result_free (BhStepResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhStepResult, bh_step_result_free)

/* @scans are copied by reference of their bytes. */
BhStep *
bh_step_new (const char *box, GPtrArray *scans, GPtrArray *photos, BhAway *away, gint64 now_us);
BhScan *bh_scan_copy (const BhScan *scan);

/* D15: the callback is called after the commit returned. Takes @step. */
void bh_step_async (BhWorker *worker, BhStep *step, GAsyncReadyCallback callback, gpointer data);
BhStepResult *bh_step_finish (GAsyncResult *result, GError **error);

G_END_DECLS

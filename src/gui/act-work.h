/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "due-acts.h"
#include "worker.h"

G_BEGIN_DECLS

/* What the desk is asked for an act on clocks: what it would do, and to do it. */

/* so many rows are told one by one */
#define BH_ACT_PREVIEW_ROWS 100

/* "R2000000001/1 · C1 · SERIAL" */
char *bh_act_name_of (const BhClockRow *row);
/* Tells @ready texts (bh_worker_finish(): a GPtrArray of them) of what @act would do to @rows.
 * @answers: (transfer full) */
void bh_act_preview (BhWorker *reads, const BhDueAct *act, GPtrArray *rows, BhDueAnswers *answers,
                     GAsyncReadyCallback ready, gpointer data);
/* Does it to the @row-th of @rows, or to all of them when that is the act's way.
 * bh_worker_finish() gives a BhDueResult. */
void bh_act_run (BhWorker *acts, const BhDueAct *act, GPtrArray *rows, guint row,
                 const BhDueAnswers *answers, GAsyncReadyCallback ready, gpointer data);

G_END_DECLS

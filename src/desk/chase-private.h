/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/chase.h"
#include "clocks-private.h"

/* One run over lines, by account: the daily one, or of lines that a person chose. */
typedef struct {
  BhDesk *desk;
  const BhChaseOptions *options;
  gint64 now_us;
  GArray *rows;     /* BhChaseRow of the group */
  GPtrArray *mails; /* UUIDs that the rows point to */
} BhChaseRun;

/* The day at the line's destination. */
BhDay bh_chase_today (const BhChaseRun *run, const BhChaseLine *line);
/* Business days until the return-by date; negative: it is past. */
gboolean bh_chase_days_left (BhChaseRun *run, const BhChaseLine *line, int *left, GError **error);
/* (element-type BhChaseLine): by account, RMA and line */
GPtrArray *bh_chase_chosen (BhDesk *self, const BhChaseOptions *options, GError **error);
/* Reminds of a chosen line in @mail, or says in @row why not. */
gboolean bh_chase_remind (BhChaseRun *run, const BhChaseLine *line, const char *mail,
                          BhChaseRow *row, GError **error);

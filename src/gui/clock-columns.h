/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock-table.h"

G_BEGIN_DECLS

/* What the board shows of a clock, column by column. */
enum {
  BH_CLOCK_STATE,
  BH_CLOCK_KIND,
  BH_CLOCK_DUE,
  BH_CLOCK_LEFT,
  BH_CLOCK_RMA,
  BH_CLOCK_LINE,
  BH_CLOCK_SERIAL,
  BH_CLOCK_ACCOUNT,
  BH_CLOCK_COLUMNS
};

typedef struct {
  const char *title; /* untranslated */
  int width;
  char *(*text) (const BhClockRow *row);
} BhClockColumn;

extern const BhClockColumn bh_clock_columns[BH_CLOCK_COLUMNS];

/* (element-type BhClockRow) (transfer container): @rows stay as they are */
GPtrArray *bh_clock_rows_sorted (GPtrArray *rows, int column, gboolean descending);

G_END_DECLS

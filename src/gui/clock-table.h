/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/returns.h"

G_BEGIN_DECLS

/* How old: by days left. */
typedef struct {
  const char *id;
  int least;
  int most;
} BhClockAge;

/* NULL: every age. */
const BhClockAge *bh_clock_age_find (const char *id);

/* What is shown of all clocks; NULL members do not restrict. */
typedef struct {
  const char *text; /* in the account's code or name, RMA, serial, case */
  const char *kind;
  const char *state; /* "pressing": late or due soon */
  const BhClockAge *age;
} BhClockFilter;

/* The board: a row a clock (C10). Any number of rows: they are kept beside the widget, and
 * it draws those in sight; the first are there at once, the others come in portions that nobody
 * feels. Signals: "moved" (the row with the cursor is another), "picked" (the selection is
 * another), "entered" (Enter on a row), "filled" (all are there). */
#define BH_TYPE_CLOCK_TABLE (bh_clock_table_get_type ())
G_DECLARE_FINAL_TYPE (BhClockTable, bh_clock_table, BH, CLOCK_TABLE, GtkScrolledWindow)

void bh_clock_table_clear (BhClockTable *self);
/* Takes the rows out of @rows, of BhClockRow. */
void bh_clock_table_add (BhClockTable *self, GPtrArray *rows);
/* They are those of @rows now, which it takes out, of BhClockRow: each stays where it is to be
 * seen, with cursor, selection and scrolling. */
void bh_clock_table_merge (BhClockTable *self, GPtrArray *rows);
void bh_clock_table_filter (BhClockTable *self, const BhClockFilter *filter);
/* The row with the cursor, or NULL. */
const BhClockRow *bh_clock_table_current (BhClockTable *self);
/* (element-type BhClockRow) (transfer container): what is selected, top down */
GPtrArray *bh_clock_table_picked (BhClockTable *self);
/* Whether rows still come that would be shown. */
gboolean bh_clock_table_filling (BhClockTable *self);
/* How many rows are shown; @late, @amber of them. */
guint bh_clock_table_count (BhClockTable *self, guint *late, guint *amber);
/* Gives the keys to the list, and the cursor to its first row if it has none. */
void bh_clock_table_focus (BhClockTable *self);

G_END_DECLS

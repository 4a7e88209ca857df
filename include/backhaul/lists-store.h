/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "returns.h"

G_BEGIN_DECLS

/**
 * SECTION:lists-store
 *
 * The queries behind returns.h. All lists go by an index and by key.
 */

/* A range of texts that begin alike: [from, below). */
typedef struct {
  char *from;
  char *below; /* NULL: no end */
} BhPrefix;

/* What was typed, folded for each kind of key it may be (F3); a NULL from: not that kind. */
typedef struct {
  BhPrefix rma;
  BhPrefix case_no;
  BhPrefix serial;
  BhPrefix account;
  BhPrefix part;
  BhPrefix tracking;
  BhPrefix word;  /* of an account's name or a reference */
  BhPrefix plain; /* in lower case: of a contact, site or platform (F2) */
} BhSearchText;

/* Exact members, folded; NULL or 0: not asked. */
typedef struct {
  const BhSearchText *text;
  const char *status;
  const char *account;
  const char *serial;
  const char *case_no;
  char **words; /* of the reference: all of them */
  BhReturnsSort sort;
  gboolean descending;
  guint limit;
  const char *after_value; /* with after_id: the last row of the page before */
  gint64 after_id;
} BhLineQuery;

/* (element-type BhReturnRow) */
GPtrArray *bh_store_list_lines (BhStore *self, const BhLineQuery *query, GError **error);
/* Test hook: from how many matches on a list is made in another way, divided by @times. */
void bh_store_shrink_lists (guint times);
/* The value a row is sorted by, as after_value takes it. */
char *bh_return_row_key (const BhReturnRow *row, BhReturnsSort sort);
GPtrArray *bh_store_lines_of_rma (BhStore *self, const char *rma, GError **error);
GPtrArray *bh_store_lines_of_serial (BhStore *self, const char *serial, GError **error);
GPtrArray *bh_store_lines_of_case (BhStore *self, const char *case_no, GError **error);

/* What stands on the RMA itself; page->rma NULL: not on record. */
gboolean bh_store_page_head (BhStore *self, const char *rma, BhRmaPage *page, GError **error);
gboolean bh_store_unit_head (BhStore *self, const char *serial, BhUnitLife *life, GError **error);

/* Clocks as they are stored: days_left and the light are the desk's.
 * @rma NULL: every clock that runs, soonest first; else all of that RMA.
 * Streams; @each returns FALSE to stop. */
gboolean bh_store_each_clock (BhStore *self, const char *rma, const char *kind,
                              gboolean (*each) (BhClockRow *row, gpointer data), gpointer data,
                              GError **error);

/* (element-type BhHistoryRow): oldest first; of an RMA by its receipts and moves. */
GPtrArray *bh_store_history_of_rma (BhStore *self, const char *rma, GError **error);
GPtrArray *bh_store_history_of_serial (BhStore *self, const char *serial, GError **error);
/* What the journal has of a case. */
GPtrArray *bh_store_history_of_case (BhStore *self, const char *case_no, GError **error);

/* (element-type BhReceipt) */
GPtrArray *bh_store_receipts_of_serial (BhStore *self, const char *serial, GError **error);
GPtrArray *bh_store_recent_receipts (BhStore *self, const char *dock, guint limit, GError **error);

/* (element-type BhFigure) of receipts in [from, to) and of what is open now. */
GPtrArray *bh_store_figures (BhStore *self, gint64 from_us, gint64 to_us, GError **error);
GPtrArray *bh_store_verdict_counts (BhStore *self, gint64 from_us, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * BhTrailRow:
 * @station, @seq: which entry it is of the journal (F6)
 * @name: (nullable): of @operator, where that is an enrolled person
 * @what: the act's stable word, as "receive"
 * @entity: what it was about as the journal keeps it, as "receipt:UUID"
 * @dock: (nullable): of a receipt
 * @rmas: (nullable): of which RMA, blanks between several
 * @serial, @case_no: (nullable): of which unit and case
 * @kind: (nullable): of the mail, the label or the repair job; of a receipt, its verdict
 *
 * An entry of the journal, and what the store knows of the thing it is about.
 */
typedef struct {
  char *station;
  gint64 seq;
  gint64 at_us; /* microseconds since 1970, UTC */
  char *operator;
  char *name;
  char *what;
  char *entity;
  char *before; /* nullable */
  char *after;  /* nullable */
  char *dock;
  char *rmas;
  char *serial;
  char *case_no;
  char *kind;
} BhTrailRow;

void bh_trail_row_free (BhTrailRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhTrailRow, bh_trail_row_free)

/* of an account with more lines than this, only what was done to its newest ones is found */
#define BH_TRAIL_LINES 2000

/**
 * BhTrailAsk:
 * @entities: (nullable) (element-type utf8): names that the journal may keep the thing by; %NULL:
 *   all entries are asked for, and the five that follow are %NULL
 * @rma, @case_no, @serial, @tracking: (nullable): the numbers that it may be, folded
 * @accounts: (nullable) (array zero-terminated=1): codes of accounts that it may be
 * @operator: (nullable): who may have done it
 * @what: (nullable): one act only
 * @from_us, @below_us: from when on, and before when; 0: whenever
 * @at_us, @station, @seq: where @station is not %NULL, the last row of the page before
 */
typedef struct {
  GPtrArray *entities;
  const char *rma;
  const char *case_no;
  const char *serial;
  const char *tracking;
  char **accounts;
  const char *operator;
  const char *what;
  gint64 from_us;
  gint64 below_us;
  gint64 at_us;
  const char *station;
  gint64 seq;
  guint limit;
} BhTrailAsk;

/**
 * bh_store_trail:
 *
 * Inside a transaction that reads.
 *
 * Returns: (element-type BhTrailRow) (transfer full): newest first, by time, station and number
 */
GPtrArray *bh_store_trail (BhStore *self, const BhTrailAsk *ask, GError **error);
/* Whether an account has more than %BH_TRAIL_LINES. */
gboolean
bh_store_trail_is_partial (BhStore *self, const char *account, gboolean *partial, GError **error);
/* (transfer full) (nullable): the login that @text is, or that of the person so named */
gboolean bh_store_find_login (BhStore *self, const char *text, char **login, GError **error);

G_END_DECLS

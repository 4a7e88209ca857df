/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rma-table.h"

G_BEGIN_DECLS

/**
 * SECTION:rma-bulk
 *
 * Many new RMAs at once, for an engine that is far away: what a row needs to know is asked
 * for thousands of rows in a few questions, and what is new goes in as rows of a COPY.
 */

/* What an import puts in of one line, and its C1. */
typedef struct {
  BhRmaLine line;     /* its id is given when it is put in */
  char *account_name; /* a copy (F1) */
  char *clock;        /* state of its C1; NULL: it has none */
  char *due;          /* of C1 */
  int policy_days;    /* of C1 (C8) */
  gint64 ended_us;    /* of C1; 0: it runs */
  char *zone;         /* of C1 */
  char *calendar;     /* of C1; may be NULL */
} BhNewLine;

typedef struct {
  BhRmaHead head;   /* its id is given when it is put in */
  GPtrArray *lines; /* BhNewLine */
} BhNewRma;

typedef struct {
  char *case_no;
  char *account;
  char *site;
  char *priority;
  char *contact;
  gint64 opened_us;
} BhNewCase;

void bh_new_line_free (BhNewLine *self);
void bh_new_rma_free (BhNewRma *self);
void bh_new_case_free (BhNewCase *self);

/* Is it worth while? Not where a statement costs no way to a server. */
gboolean bh_store_is_far (BhStore *self);
/* As bh_store_lock_key() for each of @keys (element-type utf8): RMA numbers. What follows in the
 * transaction is looked up by key. */
gboolean bh_store_lock_keys (BhStore *self, GPtrArray *keys, GError **error);

typedef enum {
  BH_KNOWN_RMAS,    /* RMA → its id, as text */
  BH_KNOWN_CASES,   /* case → its account */
  BH_KNOWN_AWAITED, /* serial → the RMA that awaits it (I4) */
} BhKnown;

/* Adds to @found (utf8 → utf8, owned) what is on record of @keys (element-type utf8). */
gboolean
bh_store_known (BhStore *self, BhKnown what, GPtrArray *keys, GHashTable *found, GError **error);
/* @cases (element-type BhNewCase), @rmas (element-type BhNewRma): none of them is on record. */
gboolean bh_store_put_new_rmas (BhStore *self, GPtrArray *cases, GPtrArray *rmas, GError **error);

G_END_DECLS

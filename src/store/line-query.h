/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query.h"

/* What a list is asked by. The first ones are the kinds of key that a typed text may be
 * the beginning of (F3); a list by text is the merge of the lists by each of them. */
typedef enum {
  BH_LINE_RMA,
  BH_LINE_CASE,
  BH_LINE_SERIAL,
  BH_LINE_ACCOUNT,
  BH_LINE_PART,
  BH_LINE_ACCOUNT_WORD,
  BH_LINE_REFERENCE_WORD,
  BH_LINE_TRACKING,
  BH_LINE_N_KEYS,
  BH_LINE_WORDS = BH_LINE_N_KEYS,
  BH_LINE_IS_SERIAL,
  BH_LINE_IS_CASE,
  BH_LINE_IS_ACCOUNT,
  BH_LINE_STATUS, /* every sort has an index behind each status: nothing is gathered by it */
  BH_LINE_N_FILTERS
} BhLineFilter;

/* A list's question, of a typed text one key. */
typedef struct {
  const BhLineQuery *query;
  BhLineFilter key; /* BH_LINE_N_KEYS: no text was typed */
} BhLineAsks;

/* The lines are numbered in the order in which they came in, and so many make a zone: numbers
 * and dates of one zone stand close together. The zone is in indexes of schema-2.c. */
#define BH_LINE_ZONE "(l.id / 4096)"
/* the same of a receipt p that counts, in the index of schema-search.c */
#define BH_RECEIPT_ZONE                                                                            \
  "p.void = 0 AND p.line_id IS NOT NULL AND p.tracking IS NOT NULL AND (p.line_id / 4096)"

gboolean bh_line_asked (const BhLineAsks *asks, BhLineFilter filter);
/* The prefix of a key; its from is NULL when the text cannot be one. */
const BhPrefix *bh_line_prefix (const BhSearchText *text, BhLineFilter key);
/* The column of rma_line that the key begins; NULL: it stands elsewhere. */
const char *bh_line_column (BhLineFilter key);
/* "SELECT …" of the ids that match, each once; @zone: of these only, -1 for all. */
void bh_line_add_ids (BhQuery *query, const BhLineAsks *asks, BhLineFilter filter, gint64 zone);
/* "SELECT …" with a row a match, or fewer: no more than a look at how many. */
void bh_line_add_matches (BhQuery *query, const BhLineAsks *asks, BhLineFilter filter);
/* The same as a condition on a row l. */
void bh_line_add_condition (BhQuery *query, const BhLineAsks *asks, BhLineFilter filter);

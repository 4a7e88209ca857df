/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:table
 *
 * Many rows of one table, put by their natural key and read back in its order:
 * what import and export need of the store.
 */

/* The most columns of an imported kind. */
#define BH_TABLE_MAX 16

/* A value of a column: a number in @number, or text; %NULL text of a text
 * column and @null of a number are NULL. */
typedef struct {
  const char *text;
  gint64 number;
  gboolean null;
} BhTableValue;

typedef enum { BH_PUT_ADDED, BH_PUT_CHANGED, BH_PUT_UNCHANGED } BhPut;

/**
 * BhTableRow:
 * @line: of the file it came from
 * @raw: the row as it was read, as long as the batch lives
 * @stated: bit n: the file has column n; an unstated value leaves what is on record
 * @put: (out): what became of it
 */
typedef struct {
  gint64 line;
  const char *raw;
  guint stated;
  BhPut put;
  BhTableValue values[BH_TABLE_MAX];
} BhTableRow;

/**
 * BhTable:
 * @columns: the first @n_keys are the natural key, all of them text
 * @numbers: bit n: column n is a number
 * @n_compared: columns from here on are written with a row that is new or
 *   differs, but do not make it differ
 */
typedef struct {
  const char *name;
  const char *columns[BH_TABLE_MAX];
  guint n_columns;
  guint n_keys;
  guint n_compared;
  guint numbers;
} BhTable;

/**
 * bh_store_put_rows:
 * @rows: no two with one key; @put of each is set
 * @empty: the table had no row before this load: nothing is looked up
 * @write: %FALSE only tells what would be done
 *
 * Adds rows whose key is not there, updates those that differ. Inside a write
 * transaction when @write.
 */
gboolean bh_store_put_rows (BhStore *self, const BhTable *table, BhTableRow *rows, guint n,
                            gboolean empty, gboolean write, GError **error);

/* Reads a whole table in the order of its key: *row FALSE at the end. The values
 * live until the next call. */
typedef struct _BhTableReader BhTableReader;
BhTableReader *bh_table_read (BhStore *self, const BhTable *table, GError **error);
gboolean bh_table_reader_next (BhTableReader *self, BhTableRow *to, gboolean *row, GError **error);
void bh_table_reader_free (BhTableReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhTableReader, bh_table_reader_free)

gboolean
bh_store_table_is_empty (BhStore *self, const char *table, gboolean *empty, GError **error);

/* A first load builds the further indexes of a table after its rows: takes them
 * away and (transfer full) returns what makes them again. In the load's own
 * transaction, so that they are never missing. */
GPtrArray *bh_store_drop_indexes (BhStore *self, const char *table, GError **error);
gboolean bh_store_make_indexes (BhStore *self, GPtrArray *indexes, GError **error);

/* What a row may refer to. */
typedef enum {
  BH_REF_NONE,
  BH_REF_ACCOUNT,
  BH_REF_SITE, /* account, site */
  BH_REF_PART,
  BH_REF_CALENDAR,
  BH_REF_DESTINATION,
  BH_REF_LAST
} BhRef;

/* @second: only of a site */
gboolean bh_store_refers (BhStore *self, BhRef ref, const char *first, const char *second,
                          gboolean *found, GError **error);

/* Is there an administrator who is not disabled? */
gboolean bh_store_any_administrator (BhStore *self, gboolean *any, GError **error);

/* After an account's name changed: its copy in every line (F1). */
gboolean
bh_store_rename_account (BhStore *self, const char *account, const char *name, GError **error);

/**
 * bh_store_put_words:
 * @kind: "reference" (@ref: the RMA number) or "account" (@ref: the account)
 * @text: (nullable): its words replace those that were there
 *
 * F3: what search finds by word, folded by bh_search_words().
 */
gboolean bh_store_put_words (BhStore *self, const char *kind, const char *ref, const char *text,
                             gboolean is_new, GError **error);
/* (transfer full): the words of @text, case-folded, each once, at most 32. */
char **bh_search_words (const char *text);

G_END_DECLS

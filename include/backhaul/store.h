/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/**
 * SECTION:store
 *
 * What is remembered: one schema on two engines (DESIGN, What is remembered).
 * A BhStore is one connection: one thread at a time. Statements are texts
 * with $1, $2, … placeholders, prepared once for each store and kept by the
 * address-independent text; booleans are 0/1, times microseconds UTC, dates
 * "YYYY-MM-DD" text, UUIDs text, money minor units.
 */
typedef struct _BhStore BhStore;
typedef struct _BhStmt BhStmt;
typedef struct _BhTx BhTx;

typedef enum {
  BH_STORE_OPEN = 0,         /* must exist and be of this program's version */
  BH_STORE_MIGRATE = 1 << 0, /* create when missing, bring up to date */
  BH_STORE_READ_ONLY = 1 << 1,
  BH_STORE_UNSEEN = 1 << 2, /* a server that is out of reach: as one that was lost, see link.h */
} BhStoreFlags;

/* @uri: "sqlite:PATH" or "postgresql://…". Errors: BH_ERROR_USAGE (no such
 * scheme), _NOT_FOUND (no store there: say `init`), _NOT_OURS, _NEWER,
 * _CORRUPT, _READ_ONLY, _BUSY, _STORE. */
BhStore *bh_store_open (const char *uri, BhStoreFlags flags, GError **error);
void bh_store_close (BhStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhStore, bh_store_close)

const char *bh_store_engine (BhStore *self); /* "sqlite" or "postgresql" */
const char *bh_store_uri (BhStore *self);    /* without a password */
int bh_store_version (BhStore *self);

/* Statements. Each store call that returns gboolean sets @error on FALSE. */
BhStmt *bh_store_stmt (BhStore *self, const char *sql, GError **error);
void bh_stmt_done (BhStmt *self); /* resets; the store keeps it */
/* Resets, to be bound and run again by the one who has it. */
void bh_stmt_again (BhStmt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhStmt, bh_stmt_done)
/* @n counts from 1 as in $1. NULL text or blob binds NULL. Text must be UTF-8
 * without NUL (checked: BH_ERROR_INPUT) and is copied; a blob is lent, and lives until the
 * statement has run. */
gboolean bh_stmt_bind_text (BhStmt *self, int n, const char *value, GError **error);
gboolean bh_stmt_bind_int64 (BhStmt *self, int n, gint64 value, GError **error);
gboolean bh_stmt_bind_null (BhStmt *self, int n, GError **error);
gboolean bh_stmt_lend_blob (BhStmt *self, int n, gconstpointer data, gsize size, GError **error);
/* One call for all: format "t" char*, "i" gint64, "n" none (NULL), "b" GBytes*: in order $1… */
gboolean bh_stmt_bind (BhStmt *self, GError **error, const char *format, ...);
/* One row further: TRUE and *row. At the end TRUE with *row FALSE. */
gboolean bh_stmt_next (BhStmt *self, gboolean *row, GError **error);
/* The single expected row; BH_ERROR_NOT_FOUND when there is none. */
gboolean bh_stmt_one_row (BhStmt *self, GError **error);
/* Runs a statement for its effect; *changed (nullable): rows. */
gboolean bh_stmt_run (BhStmt *self, gint64 *changed, GError **error);
/* As bh_stmt_run(), of a statement whose rows and number of rows nobody asks for. Inside a
 * transaction a server may be told of it with the next statement that is waited for: then its
 * failure is that one's, at the latest the commit's, and nothing of either was kept. */
gboolean bh_stmt_post (BhStmt *self, GError **error);
/* Columns of the current row, from 0; valid until the next step. */
gboolean bh_stmt_is_null (BhStmt *self, int column);
gint64 bh_stmt_int64 (BhStmt *self, int column);
const char *bh_stmt_text (BhStmt *self, int column); /* NULL for NULL */
char *bh_stmt_dup_text (BhStmt *self, int column);
GBytes *bh_stmt_dup_blob (BhStmt *self, int column);

/* Prepares (or finds), binds, runs: for one-line effects. */
gboolean bh_store_run (BhStore *self, gint64 *changed, GError **error, const char *sql,
                       const char *format, ...);
/* As bh_store_run() by bh_stmt_post(). */
gboolean bh_store_post (BhStore *self, GError **error, const char *sql, const char *format, ...);

/* Transactions. Writers begin as writers (BEGIN IMMEDIATE; PostgreSQL: READ
 * COMMITTED with the rows locked by the acts themselves), so facts read inside
 * are what is written upon. Freeing an uncommitted BhTx rolls back. One at a
 * time a store. */
BhTx *bh_store_begin_write (BhStore *self, GError **error);
BhTx *bh_store_begin_read (BhStore *self, GError **error); /* one snapshot */
gboolean bh_tx_commit (BhTx *self, GError **error);
void bh_tx_end (BhTx *self); /* rolls back when not committed, frees */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhTx, bh_tx_end)

/* Serialises acts on one key (a serial, a chain) across stations until the
 * transaction ends: pg_advisory_xact_lock; nothing to do in SQLite, where one
 * writer is the only one. Posted (bh_stmt_post()): it is had before the next statement
 * of this transaction that is waited for. */
gboolean bh_store_lock_key (BhStore *self, const char *key, GError **error);
/* The same of a unit, whatever its serial looks like. */
gboolean bh_store_lock_serial (BhStore *self, const char *serial, GError **error);
/* What clocks are counted by (C11) does not change until the transaction ends; @alone: and
 * nobody counts by it meanwhile, to change it. The first lock of a transaction. */
gboolean bh_store_lock_rules (BhStore *self, gboolean alone, GError **error);
/* From now to the transaction's end a key that somebody else has is BH_ERROR_BUSY at
 * once: for acts that lock many keys in no order of their own. */
void bh_tx_wait_for_nobody (BhTx *self);

/* Many rows, fast: begin, then rows, then end; the driver's quickest way
 * (prepared INSERT; COPY in PostgreSQL). Inside a write transaction, and no other
 * statement of the store until bh_bulk_finish(). A failed row fails them all. */
typedef struct _BhBulk BhBulk;
BhBulk *
bh_store_bulk (BhStore *self, const char *table, const char *const *columns, GError **error);
/* NULL: NULL. Text must be UTF-8 (not checked again) and live until bh_bulk_end_row(). */
gboolean bh_bulk_text (BhBulk *self, const char *value, GError **error);
gboolean bh_bulk_int64 (BhBulk *self, gint64 value, GError **error);
gboolean bh_bulk_end_row (BhBulk *self, GError **error);
gboolean bh_bulk_finish (BhBulk *self, GError **error); /* frees in either case */
void bh_bulk_cancel (BhBulk *self);                     /* frees */

/* Care of the whole. */
gboolean bh_store_integrity (BhStore *self, void (*found) (const char *what, gpointer data),
                             gpointer data, GError **error);
gboolean bh_store_backup (BhStore *self, const char *path, GError **error);
gboolean bh_store_restore (const char *uri, const char *path, GError **error);
/* Refreshes planner statistics after a large import. */
gboolean bh_store_analyze (BhStore *self, GError **error);
/* Interrupts a running search from another thread; acts are not to be interrupted. */
void bh_store_interrupt (BhStore *self);
/* Grows on each commit by another connection or process (for live screens). */
gint64 bh_store_data_version (BhStore *self);
/* Test hook for tests/faults: the n-th statement step or commit from now fails
 * as if the disk was full; 0 switches off. */
void bh_store_fail_after (BhStore *self, int n);

/* Site settings and policy (RULES ▲). */
char *bh_store_get_setting (BhStore *self, const char *key,
                            GError **error); /* NULL without error: unset */
gboolean bh_store_set_setting (BhStore *self, const char *key, const char *value, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "driver.h"

const BhDriver *bh_store_driver (BhStore *self);
gpointer bh_store_db (BhStore *self);
/* As bh_stmt_bind_text(), of text that is UTF-8 and lives until the statement has run. */
gboolean bh_stmt_lend_text (BhStmt *self, int n, const char *value, GError **error);
/* The text of a column goes on behind a NUL, where bh_stmt_text() ends. */
gboolean bh_stmt_hides (BhStmt *self, int column);
/* The driver behind an address; *rest is what the driver opens. NULL: set @error. */
const BhDriver *bh_store_driver_for (const char *uri, const char **rest, GError **error);
/* Calls @found with the first column of each row. */
gboolean
bh_store_tell_rows (BhStore *self, const char *sql, void (*found) (const char *what, gpointer data),
                    gpointer data, GError **error);
/* All rows of all tables into a store of this version that has none; one snapshot
 * is read, one transaction writes. One of the two is SQLite. */
gboolean bh_store_copy_rows (BhStore *from, BhStore *to, GError **error);
/* A store's schema: *@version is what is there then. With %BH_STORE_MIGRATE the missing steps
 * are run; without it an older store is %BH_ERROR_STORE, an empty database %BH_ERROR_NOT_FOUND. */
gboolean bh_schema_bring_up (const BhDriver *driver, gpointer db, const char *uri,
                             BhStoreFlags flags, int *version, GError **error);
/* bh_tx_wait_for_nobody() was called */
gboolean bh_store_is_hasty (BhStore *self);
/* As bh_store_lock_key(); without @wait a key that is not free is %BH_ERROR_BUSY. */
gboolean bh_store_take_key (BhStore *self, const char *key, gboolean wait, GError **error);
/* What tells afterwards whether this transaction was committed: its newest audit entry. */
void bh_store_witness (BhStore *self, const char *station, gint64 seq, const char *act);
/* (transfer full) (nullable): as the program's BhPasswordFunc has it */
char *bh_store_password (const char *uri);

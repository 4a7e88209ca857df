/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

/* Copies what was committed from the log into the database, beside whoever commits: a dock does
 * not wait for it (decision 0051). */
typedef struct _BhCheckpoints BhCheckpoints;

/* Watches the commits of @db, which writes to the file @path in WAL mode. */
BhCheckpoints *bh_checkpoints_new (sqlite3 *db, const char *path);
/* Before @db is closed, which then leaves no log behind. */
void bh_checkpoints_free (BhCheckpoints *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/error.h"

/* What a station did while the store was out of reach: an entry a box, encrypted, each on
 * the disk before it is told as done. Whoever has the file without the key reads nothing of it,
 * and cannot change, take out or put in an entry unnoticed. */
typedef struct _BhJournal BhJournal;

/* @key: of bh_secret_file(). %BH_ERROR_BUSY: another program of this station has it open. */
BhJournal *bh_journal_open (const char *path, GBytes *key, GError **error);
void bh_journal_close (BhJournal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhJournal, bh_journal_close)

guint bh_journal_n (BhJournal *self);
/* Waits for the disk. */
gboolean bh_journal_append (BhJournal *self, GBytes *entry, GError **error);
/* (element-type GBytes) (transfer none): in order, as read when it was opened and appended since */
GPtrArray *bh_journal_entries (BhJournal *self);
/* So many of them, from the first on, need not be done again. */
guint bh_journal_done (BhJournal *self);
/* @keep: one of those cannot be done: bh_journal_clear() keeps the file. */
gboolean bh_journal_set_done (BhJournal *self, guint n, gboolean keep, GError **error);
/* (nullable): what is wrong with the file: entries after those that are read are lost */
const char *bh_journal_damage (BhJournal *self);
/* All of it is done: begins anew. With @keep, or when it was damaged, the file stays beside. */
gboolean bh_journal_clear (BhJournal *self, gboolean keep, GError **error);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * BhCheckpoint:
 * @station: whose chain it is
 * @from: the last entry before those that it vouches for; 0: from the first on
 * @seq: the last entry that it vouches for
 * @hash: that entry's hash, and so of all before it
 * @at_us: when it was signed
 * @key: the station's public key, hexadecimal
 * @marks: 8 bytes an entry from @from + 1 to @seq, Base64: what each said, wherever it stands
 * @signature: Ed25519 over all of these, hexadecimal
 *
 * A station's word on its own chain (RULES F6, decision 0048).
 */
typedef struct {
  char *station;
  gint64 from;
  gint64 seq;
  char *hash;
  gint64 at_us;
  char *key;
  char *marks;
  char *signature;
} BhCheckpoint;

void bh_checkpoint_free (BhCheckpoint *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhCheckpoint, bh_checkpoint_free)

/* A key that a station signs, or signed, with. The newest is the one in use. */
typedef struct {
  char *station;
  char *key;
  gint64 at_us;
  char *operator;
} BhStationKey;

void bh_station_key_free (BhStationKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhStationKey, bh_station_key_free)

/* What is there already stays as it is. */
gboolean bh_store_add_checkpoint (BhStore *self, const BhCheckpoint *checkpoint, GError **error);
/* (element-type BhCheckpoint): of all stations, by station and number */
GPtrArray *bh_store_checkpoints (BhStore *self, GError **error);
/* *checkpoint (nullable): none was made yet. */
gboolean bh_store_newest_checkpoint (BhStore *self, const char *station, BhCheckpoint **checkpoint,
                                     GError **error);

gboolean bh_store_add_station_key (BhStore *self, const char *station, const char *key,
                                   gint64 at_us, const char *operator, GError ** error);
/* (element-type BhStationKey): @station NULL: of all; by station, the oldest first */
GPtrArray *bh_store_station_keys (BhStore *self, const char *station, GError **error);

G_END_DECLS

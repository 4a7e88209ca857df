/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkpoint-store.h"
#include "desk.h"
#include "issue.h"

G_BEGIN_DECLS

/**
 * SECTION:audit
 *
 * F6: a chain of hashes a station, which tells whether an entry was touched by somebody who did
 * not make the rest anew; and checkpoints that the station signs, which tell it of somebody who
 * did: the owner of the database. They must be kept where that one cannot change them: a file
 * that bh_checkpoint_file_append() writes (decision 0048).
 */

/* SHA-256 in hex over all fields, each with its length, and the hash before. */
char *bh_audit_hash (const char *station, gint64 seq, gint64 at_us, const char *operator,
                     const char * act, const char *what, const char *entity, const char *before,
                     const char *after, const char *previous);

/* ---- proving ------------------------------------------------------------------------- */

typedef enum {
  BH_AUDIT_SOUND,
  BH_AUDIT_ALTERED,
  BH_AUDIT_REMOVED,
  BH_AUDIT_REORDERED,
  BH_AUDIT_INSERTED,
  BH_AUDIT_KEY, /* all entries are sound, but a checkpoint is not the station's */
} BhAuditFault;

/* The stable word of a fault, as "removed". */
const char *bh_audit_fault_name (BhAuditFault fault);

/**
 * BhAuditReport:
 * @entries: those that are as they were written, up to the first that is not
 * @checkpoints: signed ones that these were compared with
 * @stopped: the caller ended it: nothing is said of what follows @entries
 * @unsigned_entries: of @entries: those after their station's last checkpoint; whoever owns the
 *   database can change these unnoticed
 * @station, @number: of the first that is not; %NULL and 0: all are
 * @text: (nullable): "STATION:NUMBER: what is wrong with it"
 */
typedef struct {
  gint64 entries;
  guint checkpoints;
  gint64 unsigned_entries;
  gboolean stopped;
  BhAuditFault fault;
  char *station;
  gint64 number;
  char *text;
} BhAuditReport;

void bh_audit_report_free (BhAuditReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhAuditReport, bh_audit_report_free)

/* What comes from outside the store. Of a station that neither names, the keys that stand in
 * the store are believed. */
typedef struct {
  GPtrArray *checkpoints; /* (nullable) (element-type BhCheckpoint): of bh_checkpoint_file_read() */
  GPtrArray *keys;        /* (nullable) (element-type BhStationKey): a station's only true ones;
                           * of one that is not here: that of its first checkpoint above */
} BhAuditTrust;

/* FALSE: to stop. */
typedef gboolean (*BhAuditProgress) (gint64 entries, gint64 of, gpointer data);

/**
 * bh_desk_audit_examine:
 * @trust: (nullable)
 * @progress: (nullable): told before the first entry and now and then, from this thread
 *
 * Reads the whole journal and finds the first entry, by station and number, that is not as it was
 * written. Reads once, holds nothing but the checkpoints.
 *
 * Returns: (transfer full): a fault is a finding, not an error.
 */
BhAuditReport *bh_desk_audit_examine (BhDesk *self, const BhAuditTrust *trust,
                                      BhAuditProgress progress, gpointer data, GError **error);

/* The same with what the store has. FALSE: could not look. *bad names the first entry that is
 * not as it was written, NULL when all are; *entries counts those that were good. */
gboolean bh_desk_audit_verify (BhDesk *self, gint64 *entries, char **bad, GError **error);

/* ---- signing ------------------------------------------------------------------------- */

/* so many unsigned entries, or so old a checkpoint, and another one is due */
#define BH_CHECKPOINT_ENTRIES 1000
#define BH_CHECKPOINT_US      (15 * G_TIME_SPAN_MINUTE)

/**
 * bh_desk_checkpoint:
 * @folder: (nullable): of stations' private keys; %NULL: this user's
 * @made: (out) (nullable) (transfer full): the newest; %NULL: there is nothing new to sign
 *
 * Signs what this station has written since its last checkpoint, after it has followed the
 * chain from there; the station's first makes its key and enters its public part in the
 * store. Never inside an act: signing waits for nobody and nobody for it.
 *
 * Errors: %BH_ERROR_REFUSED: the station has another key than this user's, see
 * bh_desk_set_station_key(); %BH_ERROR_CORRUPT: the chain is broken; nothing is signed.
 */
gboolean bh_desk_checkpoint (BhDesk *self, const char *folder, BhCheckpoint **made, GError **error);
/* The same when it is due and this desk has written anything. @run_ends: of a long one: due. */
gboolean
bh_desk_checkpoint_if_due (BhDesk *self, const char *folder, gboolean run_ends, GError **error);

/**
 * bh_desk_set_station_key:
 *
 * From now on this station signs with the key that this user has here (%BH_MAY_STATIONS): after
 * a disk was lost, or another account does the work. What was signed before stays valid; who
 * keeps checkpoints outside has to be told the new key.
 */
gboolean bh_desk_set_station_key (BhDesk *self, const BhWhen *when, const char *folder,
                                  const char *reason, GError **error);

/* ---- kept outside -------------------------------------------------------------------- */

/**
 * bh_checkpoint_file_read:
 * @checkpoints: (element-type BhCheckpoint): what is read is added to it
 *
 * Errors: %BH_ERROR_INPUT: "FILE:LINE:1: why": not of this form, or not as it was signed.
 */
gboolean bh_checkpoint_file_read (const char *path, GPtrArray *checkpoints, GError **error);
/**
 * bh_checkpoint_file_append:
 * @path: made when it is missing; what stands there stays
 * @added: (out): how many of the store's were not in it yet
 *
 * Errors: as bh_checkpoint_file_read(); %BH_ERROR_CORRUPT: one of the store is not as it was
 * signed.
 */
gboolean bh_checkpoint_file_append (BhDesk *self, const char *path, guint *added, GError **error);
/* (transfer full): one line of such a file, without its end */
char *bh_checkpoint_line (const BhCheckpoint *checkpoint);

G_END_DECLS

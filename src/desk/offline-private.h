/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/awaited-copy.h"
#include "backhaul/offline.h"
#include "desk-private.h"
#include "journal.h"

struct _BhOffline {
  char *copy_path;
  char *store_path;    /* the file with the address of its store */
  BhAwaitedCopy *copy; /* NULL: none yet */
  BhJournal *journal;
  BhJournal *changes;   /* verdicts that changed and were not acknowledged, and those that were */
  GHashTable *accepted; /* serials that this station has accepted since the copy → BhTaken */
  GHashTable *waiting;  /* box → entries of it that are not received */
  GPtrArray *told;      /* of BhReplayed: what is to be acknowledged, oldest first */
  GHashTable *known;    /* acts that are in changes */
};

typedef struct {
  gint64 at_us;
  char box_id[];
} BhTaken;

/* One box of the journal; texts are those of @packed. */
typedef struct {
  GVariant *packed;
  const char *act;
  const char *box_id;
  gint64 at_us;
  const char *operator;
  const char *dock; /* "": none */
  const char *verdicts;
  const char *sentences;
} BhEntry;

void bh_entry_clear (BhEntry *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhEntry, bh_entry_clear)

/* What is kept of @box and what was said of it. @photos: (nullable) */
GBytes *bh_entry_pack (BhDesk *desk, const char *act, const char *box_id, BhBox *box,
                       GPtrArray *photos, GPtrArray *outcomes, gint64 now_us);
void bh_entry_read (GBytes *bytes, BhEntry *self);
/* (transfer full): as it is received when the store is back */
BhArrival *bh_entry_arrival (const BhEntry *self);
/* (transfer full): serials that were accepted */
char **bh_entry_accepted (const BhEntry *self);

/* (transfer full): for people: the serial that was accepted, or else what was scanned first */
char *bh_entry_name (const BhEntry *self);
/* (transfer full): all that was scanned, for people */
char *bh_entry_scanned (const BhEntry *self);

/* "accept R0000000001" of each unit, joined: what a replay compares. */
char *bh_entry_verdicts_of (GPtrArray *outcomes);
/* A sentence a unit, a line each. */
char *bh_entry_sentences_of (GPtrArray *outcomes);

/* @more entries of @box_id wait, or -1 less. */
void bh_offline_count (BhOffline *self, const char *box_id, int more);

/* Reads what is to be acknowledged (offline-changes.c). */
void bh_offline_read_changes (BhOffline *self);
/* Is durable when it returns TRUE; of an act that is there already nothing is done. */
gboolean bh_offline_add_change (BhOffline *self, const BhReplayed *change, GError **error);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan.h"

G_BEGIN_DECLS

/* What a bare text may be on record as, in the order in which I6 asks. */
typedef enum {
  BH_RECORD_RMA,
  BH_RECORD_CASE,
  BH_RECORD_AWAITED, /* serial of an awaited line of an open RMA */
  BH_RECORD_SERIAL,  /* serial known otherwise: a unit, or a line of the past */
  BH_RECORD_PART,
  BH_RECORD_TRACKING,
  BH_RECORD_LAST
} BhRecord;

/* Asks the store; core does no I/O. @value is normalised for its kind. */
typedef gboolean (*BhOnRecord) (BhRecord record, const char *value, gboolean *found, gpointer data,
                                GError **error);

/**
 * BhBoxItem:
 * @kind: what the text is, now that the store has been asked
 * @value: normalised; for an unknown text what people see
 * @certain: %FALSE only of a possible serial (I6)
 * @on_record: found in the store
 * @symbol: number of the read it came from; values of one symbol belong together
 */
typedef struct {
  BhKind kind;
  char *value;
  gboolean certain;
  gboolean on_record;
  BhScanSource source;
  guint symbol;
} BhBoxItem;

/**
 * BhBoxUnit:
 * @serial: (nullable): %NULL when unread or unreadable
 * @typed: it rests on typing only
 * @typed_twice: typed, and typed the same again (D19)
 * @symbol: read that named it
 */
typedef struct {
  char *serial;
  gboolean typed;
  gboolean typed_twice;
  guint symbol;
} BhBoxUnit;

/**
 * BhBox:
 *
 * What is known of one box so far: each read is kept in the order of reading,
 * nothing is dropped (I5, S2). Pure data.
 */
typedef struct _BhBox BhBox;

BhBox *bh_box_new (void);
void bh_box_free (BhBox *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhBox, bh_box_free)

/* Takes @scan, and drops it when it is a badge's (badge.h). Commands change the box: NO-NUMBER,
 * UNREADABLE, MANUAL, NEXT-BOX. Returns: the read's number, from 0. */
guint bh_box_add (BhBox *self, BhScan *scan);
/* The receiver says so, by key or option. */
void bh_box_say (BhBox *self, BhCommand command);
gboolean bh_box_said (BhBox *self, BhCommand command);
guint bh_box_n_scans (BhBox *self);
/* (transfer none) */
const BhScan *bh_box_scan (BhBox *self, guint n);
const BhReading *bh_box_reading (BhBox *self, guint n);

/**
 * bh_box_type:
 *
 * Types every read in the light of what is on record (I6). Asks again for
 * all, so that a box that stayed open sees what other stations did.
 */
gboolean bh_box_type (BhBox *self, BhOnRecord on_record, gpointer data, GError **error);
/* (element-type BhBoxItem) (transfer none): after bh_box_type(), in order of reading */
GPtrArray *bh_box_items (BhBox *self);
/* The items of one kind: distinct values in order. (transfer container) */
GPtrArray *bh_box_values (BhBox *self, BhKind kind);
/* (element-type BhBoxUnit) (transfer full): the units to judge, never empty:
 * each certain serial; else the possible one, when the box has ended or the
 * receiver said MANUAL (I6); else one unit without serial. */
GPtrArray *bh_box_units (BhBox *self);

G_END_DECLS

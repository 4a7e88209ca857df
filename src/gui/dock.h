/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "step.h"

G_BEGIN_DECLS

/**
 * SECTION:dock
 *
 * The box on the table: takes scans as they come, in order, gives the box to the
 * desk after each, and knows what is to be shown. No widgets.
 *
 * Signals: "changed" (something to show is other), "judged" (a #BhVerdict as int,
 * or -1: not saved; for the sound), "asked" (a #BhCommand that a person
 * must go on with: UNDO, PHOTO, REPRINT).
 */

typedef enum {
  BH_SHOW_EMPTY,     /* no box */
  BH_SHOW_READING,   /* something was scanned, nothing is committed yet */
  BH_SHOW_VERDICT,   /* bh_dock_outcome() */
  BH_SHOW_NOT_SAVED, /* bh_dock_error() */
  BH_SHOW_VOIDED,
} BhShow;

#define BH_TYPE_DOCK (bh_dock_get_type ())
G_DECLARE_FINAL_TYPE (BhDock, bh_dock, BH, DOCK, GObject)

BhDock *bh_dock_new (BhWorker *worker);

/* Where boxes go while the store is out of reach; NULL: they wait. */
void bh_dock_set_away (BhDock *self, BhAway *away);

/* Takes @scan. Never loses one: they wait in order for the one before (S1). */
void bh_dock_scan (BhDock *self, BhScan *scan);
void bh_dock_say (BhDock *self, BhCommand command);
/* A picture of the box, which is kept (V7), and what was read on it (may be empty). Takes both. */
void bh_dock_photo (BhDock *self, BhPhoto *photo, GPtrArray *scans);
/* Gives the box to the desk again, after NOT SAVED. */
void bh_dock_retry (BhDock *self);
/* Says something that is no verdict; NULL: nothing. */
void bh_dock_tell (BhDock *self, const char *notice);

BhShow bh_dock_show (BhDock *self);
const GError *bh_dock_error (BhDock *self);
const char *bh_dock_notice (BhDock *self);
/* (nullable): the unit to show: the last one whose verdict changed */
const BhOutcome *bh_dock_outcome (BhDock *self);
/* (element-type BhOutcome) (nullable) */
GPtrArray *bh_dock_outcomes (BhDock *self);
/* (element-type BhChip) (transfer full): typed codes, then those still being looked up */
GPtrArray *bh_dock_chips (BhDock *self);
/* Scans that were taken and are not committed. */
guint bh_dock_waiting (BhDock *self);
/* The box on the table could not be saved: what was scanned of it is only here. */
gboolean bh_dock_unsaved (BhDock *self);

/* (element-type utf8) (transfer full): of what is on screen, and what UNDO would void */
GPtrArray *bh_dock_receipts (BhDock *self);
/* @receipts: (element-type BhReceipt): what somebody has voided, or decided on, elsewhere. The
 * verdict stays as it was given; who voided it is told, and its codes are another box's then. */
void bh_dock_undone (BhDock *self, GPtrArray *receipts);
gboolean bh_dock_is_undone (BhDock *self, const char *receipt);

/* (nullable): the receipt that UNDO would void, and what it was, in words */
const char *bh_dock_voidable (BhDock *self, const char **what);
/* D16, in two keys: the page asks for the reason between them. */
void bh_dock_void (BhDock *self, const char *reason);

G_END_DECLS

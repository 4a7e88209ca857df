/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/receipt.h"
#include "step.h"

G_BEGIN_DECLS

/**
 * BhDockBox:
 * @id: UUID
 * @scans: (element-type BhScan): all of it so far, commands too
 * @photos: (element-type BhPhoto): not saved yet
 * @result: (nullable): of the last step that was committed
 * @judged: how many of @scans that step had
 * @unsaved: the last step failed: what it had is only here
 * @ended: the next scan is another box's
 * @undone: (element-type utf8): receipts that were voided elsewhere, as was told
 *
 * The box on the table, as far as this station knows it.
 */
typedef struct {
  char *id;
  GPtrArray *scans;
  GPtrArray *photos;
  BhStepResult *result;
  guint judged;
  gboolean unsaved;
  gboolean ended;
  GHashTable *undone;
  char *shown;
} BhDockBox;

void bh_dock_box_init (BhDockBox *self);
void bh_dock_box_reset (BhDockBox *self); /* another box */
void bh_dock_box_clear (BhDockBox *self);

/* Every unit has its verdict, and it is saved. */
gboolean bh_dock_box_complete (const BhDockBox *self);
/* A finished box and the number of another RMA or shipment: the next box is on
 * the table, and nobody said so. */
gboolean bh_dock_box_over (const BhDockBox *self, const BhScan *scan);
/* A code of the box comes once more, and a unit of it was voided elsewhere: it is received anew, if
 * it is. */
gboolean bh_dock_box_anew (const BhDockBox *self, const BhScan *scan);
/* (nullable): the newest read of the same bytes */
const BhScan *bh_dock_box_find (const BhDockBox *self, const BhScan *scan);
/* It was told to end and still has no verdict. */
gboolean bh_dock_box_stuck (const BhDockBox *self);
/* Takes @result as what is committed of all scans. */
void bh_dock_box_settle (BhDockBox *self, BhStepResult *result);
/* (nullable): the unit that the last change was about */
const BhOutcome *bh_dock_box_outcome (const BhDockBox *self);
/* (element-type utf8) (transfer full): of its units, as far as they have one */
GPtrArray *bh_dock_box_receipts (const BhDockBox *self);
/* (element-type BhChip) (transfer full) */
GPtrArray *bh_dock_box_chips (const BhDockBox *self);

/* (transfer full): who voided @receipt or decided on it, when and why, and what to do */
char *bh_dock_undone_words (const BhReceipt *receipt);

BhCommand bh_scan_command (const BhScan *scan);

G_END_DECLS

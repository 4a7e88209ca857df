/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "box.h"
#include "desk.h"
#include "verdict.h"

G_BEGIN_DECLS

/**
 * BhOutcome:
 * @unit: number of the unit in the box, from 1
 * @ruling: (transfer none): the row that decided
 * @receipt: (nullable): UUID; %NULL when nothing was written (waiting, D8 names the old one)
 * @expected: (nullable): the serial that the line awaited, when another came in its place (D5)
 * @charge: (nullable): what the customer was charged for it and is to be credited (O3), as
 *   "1250.00" of @currency
 * @late: received after the return-by date (D13)
 * @return_by: (nullable): ISO date
 * @labels: (transfer full): names of the label templates that were queued
 * @message: a sentence for the receiver: rule, RMA, account, part, where the unit goes (D14)
 * @near: (nullable) (element-type utf8): awaited serials that look alike, with their RMA (D18)
 * @seen_before: (nullable): when and why this box was refused earlier (D17)
 * @at_us: when the verdict was given; of D8 when it was received
 * @provisional: the store was out of reach: nothing is on record yet (offline.h)
 *
 * The verdict on one unit, as committed. Keys of CLI.md `receive`.
 */
typedef struct {
  char *box;
  guint unit;
  const BhRuling *ruling;
  char *receipt;
  char *rma;
  int line;
  char *serial;
  char *expected;
  char *part;
  char *account;
  char *account_name;
  char *charge;
  char *currency;
  gint64 charged_us;
  gboolean late;
  char *return_by;
  char *destination;
  char **labels;
  char *message;
  char **near;
  char *seen_before;
  gint64 at_us;
  gboolean provisional;
} BhOutcome;

void bh_outcome_free (BhOutcome *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhOutcome, bh_outcome_free)

/* A picture of the box; @bytes as the camera or file gave them. */
typedef struct {
  char *name;
  char *media_type; /* "image/png" … */
  GBytes *bytes;
} BhPhoto;

void bh_photo_free (BhPhoto *self);

/* Beside the box itself; every member may be NULL. */
typedef struct {
  const char *box; /* continue or name a box; NULL: a new one */
  const char *carrier;
  const char *tracking; /* as the carrier's label or file states it */
  GPtrArray *photos;    /* (element-type BhPhoto): kept with the box (V7) */
  gboolean time_stated; /* now_us is what an operator says (--at), not the clock */
} BhReceiveOptions;

/* (element-type BhScan) (transfer full): what is on record of a box, in order, to
 * go on with it; empty when there is none */
GPtrArray *bh_desk_box_scans (BhDesk *self, const char *box, GError **error);

/**
 * bh_desk_receive:
 * @act: UUID made by the caller; the same @act twice is one receipt
 * @box: what was scanned
 * @now_us: instant of the last scan, microseconds since 1970, UTC
 *
 * Judges every unit of the box and commits verdicts, receipts, clocks, jobs
 * and audit in one transaction (RULES D1–D20, D15). A box that stays open may
 * be given again with more scans: a unit whose verdict the new scans change
 * gets a new receipt, the old one is voided and names it. Waits for the disk.
 *
 * Errors: %BH_ERROR_FORBIDDEN; %BH_ERROR_INPUT (a stated time before what is on
 * record of the unit); %BH_ERROR_BUSY (retry); %BH_ERROR_CORRUPT (stop
 * the station); nothing was written. %BH_ERROR_LOST: not known, call again
 * with the same @act.
 *
 * Returns: (element-type BhOutcome) (transfer full): one a unit. A refusal is
 * a result, not an error.
 */
GPtrArray *bh_desk_receive (BhDesk *self, const char *act, BhBox *box,
                            const BhReceiveOptions *options, gint64 now_us, GError **error);

/**
 * BhArrival:
 * @act: UUID made by the caller
 * @box: what was scanned
 * @now_us: instant of the last scan
 * @box_id: (nullable): of its own, before what is given for all (#BhReceiveOptions)
 * @photos: (nullable) (element-type BhPhoto): as @box_id
 * @outcomes: (nullable) (element-type BhOutcome): set once they are durable
 *
 * A box that waits to be received with others.
 */
typedef struct {
  char *act;
  BhBox *box;
  gint64 now_us;
  char *box_id;
  GPtrArray *photos;
  GPtrArray *outcomes;
} BhArrival;

void bh_arrival_free (BhArrival *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhArrival, bh_arrival_free)

/**
 * bh_desk_receive_all:
 * @arrivals: (element-type BhArrival): in the order in which they came
 * @options: (nullable): the same for all
 *
 * As bh_desk_receive() of each, in order, by one commit for all of them when that can
 * be (decision 0011); else each by its own. Verdicts are the same either way.
 *
 * Returns: %FALSE when a box could not be received: the error is its own. Those before
 * it are durable and have their outcomes, it and those after it have none. Errors: as
 * of bh_desk_receive().
 */
gboolean bh_desk_receive_all (BhDesk *self, GPtrArray *arrivals, const BhReceiveOptions *options,
                              GError **error);

/* D16: the line is awaited again, the receipt stays and says why. Supervisor.
 * BH_ERROR_NOT_FOUND; BH_ERROR_REFUSED when it is void already or the unit has
 * moved on. */
gboolean bh_desk_void (BhDesk *self, const char *act, const char *receipt, const char *reason,
                       gint64 now_us, GError **error);

G_END_DECLS

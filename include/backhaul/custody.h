/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "custody-store.h"
#include "issue.h"
#include "location.h"

G_BEGIN_DECLS

/**
 * SECTION:custody
 *
 * Chain of custody (RULES RA4): each move is a scan out and a scan in.
 */

/**
 * BhMove:
 * @serials: NULL-terminated: serials, or "tote:CODE" for all that it holds
 * @to: (nullable): a location (location.h); %NULL: only into or out of a tote
 * @tote: (nullable): "tote:CODE" that holds them from now on; "": none does any more
 */
typedef struct {
  const char *const *serials;
  const char *to;
  const char *tote;
} BhMove;

/* A unit that was moved. @clock: (nullable): "C2" or "C3", begun by this scan-in, due @due */
typedef struct {
  char *serial;
  char *from;
  char *location;
  char *tote;
  char *rma;
  char *clock;
  char *due;
} BhMoved;

void bh_moved_free (BhMoved *self);

/**
 * bh_desk_move:
 *
 * Moves all units, or none, in one transaction. The scan-in at the repair center begins
 * C2 (C3 of a line that is flagged for FA) of a unit that was received on an open RMA,
 * once a line (C2, C3).
 *
 * Errors: %BH_ERROR_FORBIDDEN (RULES §2); %BH_ERROR_USAGE (place); %BH_ERROR_INPUT
 * (serial, code, a stated time before what is on record); %BH_ERROR_NOT_FOUND (an empty
 * tote); %BH_ERROR_REFUSED (RA4): the unit was never received, or is there already.
 *
 * Returns: (transfer full) (element-type BhMoved): %NULL: nothing was written
 */
GPtrArray *bh_desk_move (BhDesk *self, const BhWhen *when, const BhMove *move, GError **error);

/* (element-type BhWhereabouts) (transfer full): what left and did not arrive, longest away first
 * (R6); what is at a location, or in a tote. Exactly one is asked for. */
GPtrArray *bh_desk_in_transit (BhDesk *self, GError **error);
GPtrArray *bh_desk_units_at (BhDesk *self, const char *location, GError **error);

G_END_DECLS

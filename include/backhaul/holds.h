/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "receipt.h"
#include "receive.h"
#include "resolution.h"

G_BEGIN_DECLS

/* A text that was read on the box, as people see it. */
typedef struct {
  char *text;
  char *kind;    /* bh_kind_name() */
  char *scanner; /* (nullable): which one read it */
} BhHoldScan;

typedef struct {
  char *photo; /* UUID */
  char *name;
  char *media_type;
  gint64 size; /* bytes */
} BhHoldPhoto;

/* A line of the RMA on the box that accept-swap may take the unit in on. */
typedef struct {
  int line;
  char *serial;
  char *part;
} BhHoldLine;

/**
 * BhHold:
 * @receipt: the hold; `resolved`, `replaced_by`, `void_by` tell its end
 * @scans: (element-type BhHoldScan): of the whole box, in order of reading
 * @photos: (element-type BhHoldPhoto)
 * @near: (nullable): awaited serials that look alike (D18), never chosen
 * @offered: names of the resolutions that are allowed now; none: only `void` is left
 * @lines: (element-type BhHoldLine): where accept-swap has to be told which
 * @opens: (nullable): the closed RMA that is open again when the unit is taken in on it (D6),
 *   with its state in @opens_was
 * @charge: (nullable): charged for the unit and not yet credited, as "1250.00"
 *
 * What a CSR decides by.
 */
typedef struct {
  BhReceipt receipt;
  GPtrArray *scans;
  GPtrArray *photos;
  char **near;
  char **offered;
  GPtrArray *lines;
  char *opens;
  char *opens_was;
  char *charge;
  char *currency;
  gint64 charged_us;
} BhHold;

void bh_hold_free (BhHold *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhHold, bh_hold_free)

/* (element-type BhHold) (transfer full): what nobody has decided yet: what is
 * escalated (F5), then oldest first */
GPtrArray *bh_desk_list_holds (BhDesk *self, GError **error);
/* One hold, decided or not. Errors: BH_ERROR_NOT_FOUND (no receipt, or not a hold). */
BhHold *bh_desk_find_hold (BhDesk *self, const char *receipt, GError **error);
/* The @n-th picture of its box, from 1. Errors: BH_ERROR_NOT_FOUND. */
GBytes *bh_desk_hold_photo (BhDesk *self, const char *receipt, guint n, GError **error);

/**
 * BhResolveOptions:
 * @line: which line of the RMA takes the unit (accept-swap); 0: the one that can
 * @reason: why, kept with the receipt and in the journal
 * @time_stated: now_us is what a supervisor says (--at)
 */
typedef struct {
  BhResolution how;
  int line;
  const char *reason;
  gboolean time_stated;
} BhResolveOptions;

/**
 * bh_desk_resolve_hold:
 * @act: UUID made by the caller; the same @act twice is one decision
 * @receipt: of the hold
 *
 * Ends a hold (RULES D4–D6, D9–D11): an accept or a refusal takes its place on the
 * box, with all that such a verdict makes, in one transaction. Whether the unit is
 * late, and when its line was received, goes by when it came to the dock.
 *
 * Errors: %BH_ERROR_FORBIDDEN; %BH_ERROR_NOT_FOUND; %BH_ERROR_REFUSED (decided already,
 * or the rule or the facts do not allow it: the message names the rule and what they
 * do allow); %BH_ERROR_USAGE (which line); %BH_ERROR_INPUT (a stated time before what is
 * on record).
 *
 * Returns: (transfer full): the new verdict
 */
BhOutcome *bh_desk_resolve_hold (BhDesk *self, const char *act, const char *receipt,
                                 const BhResolveOptions *options, gint64 now_us, GError **error);

G_END_DECLS

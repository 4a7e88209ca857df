/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* Where a unit can be (RULES RA4, CLI.md `move`). */
typedef enum {
  BH_PLACE_DOCK,
  BH_PLACE_SHELF,
  BH_PLACE_TRANSIT, /* left, not yet scanned in */
  BH_PLACE_REPAIR,  /* the repair center: C2, C3 start here */
  BH_PLACE_BENCH,
  BH_PLACE_STOCK,
  BH_PLACE_SCRAP,
  BH_PLACE_CUSTOMER,
  BH_PLACE_LAST
} BhPlaceKind;

const char *bh_place_kind_name (BhPlaceKind kind); /* "dock" … */
/* The kind of a place on record, as "dock:SJC"; FALSE: none of ours. */
gboolean bh_place_kind_of (const char *location, BhPlaceKind *kind);

/**
 * bh_location_parse:
 * @text: "dock:CODE", "stock" … ; a code has 1 to 40 printable characters of A-Z 0-9 . _ / -
 *
 * Errors: %BH_ERROR_USAGE: no such kind of place; %BH_ERROR_INPUT: its code.
 *
 * Returns: (transfer full): the location in its one spelling; the kind in small letters,
 * the code as it was given
 */
char *bh_location_parse (const char *text, BhPlaceKind *kind, GError **error);

/* A pallet or tote, "tote:CODE": (transfer full) in its one spelling, NULL: not one. */
char *bh_tote_parse (const char *text);

G_END_DECLS

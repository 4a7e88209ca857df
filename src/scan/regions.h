/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "treat.h"

G_BEGIN_DECLS

#define BH_PIECES 5

typedef enum { BH_REGION_BARS, BH_REGION_MATRIX } BhRegionKind;

/**
 * BhRegion:
 * @frame: upright for the code: its bars stand, @frame.angle runs across them
 * @score: more is likelier a code
 * @read: the ladder has what stands there
 *
 * A part of a picture that looks like a code.
 */
typedef struct {
  BhRegionKind kind;
  BhFrame frame;
  double score;
  gboolean read;
  BhGrey *pieces[BH_PIECES]; /* cut already, by whole scale; the ladder's */
} BhRegion;

/* The likeliest first (element-type BhRegion), at most @max of each kind. */
GArray *bh_regions_find (const BhGrey *grey, guint max);

G_END_DECLS

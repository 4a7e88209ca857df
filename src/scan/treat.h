/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/decode.h"
#include "picture.h"

G_BEGIN_DECLS

/* Treatments of a picture: each gives a new one, %NULL when memory is short. */

/* White on black. */
BhGrey *bh_treat_inverted (const BhGrey *grey);
/* Left and right changed: of a code seen through glass from behind. */
BhGrey *bh_treat_mirrored (const BhGrey *grey);
/* Dark on a light ground, @margin pixels wide around it: a Data Matrix that is drawn without its
 * quiet zone, so that its finder is the picture's own edge. %NULL: it is not that. */
BhGrey *bh_treat_quiet (const BhGrey *grey, guint *margin);
/* Twice as large: ZBar wants bars of two pixels. */
BhGrey *bh_treat_doubled (const BhGrey *grey);
/* Each pixel against the mean of the square of 2 @reach + 1 pixels around it: takes
 * shadows and glare away. */
BhGrey *bh_treat_contrast (const BhGrey *grey, guint reach);
/* What blur took, put back: the difference to the square around, @strength quarters of it. */
BhGrey *bh_treat_sharpened (const BhGrey *grey, guint reach, guint strength);

/* Dark lines of at most 2 @reach pixels are gone, what is thicker stays as it is: a pen's stroke
 * over a code of large modules. */
BhGrey *bh_treat_without_strokes (const BhGrey *grey, guint reach);

/**
 * BhFrame:
 * @x: of the middle in the picture
 * @y: the same
 * @angle: of its own x axis in the picture, radians, clockwise
 * @width: in pixels of the picture
 * @height: the same
 *
 * An upright piece cut out of a picture at a slant.
 */
typedef struct {
  double x, y;
  double angle;
  double width, height;
} BhFrame;

/* The piece, @across and @down pixels a pixel of the picture, smooth between its pixels. */
BhGrey *bh_treat_cut (const BhGrey *grey, const BhFrame *frame, double across, double down);
/* Along rows only, against the @reach pixels to either side. */
BhGrey *bh_treat_rows_sharpened (const BhGrey *grey, guint reach, guint strength);
/* Rows of it that are each the mean of @band rows: noise goes, upright bars stay. */
BhGrey *bh_treat_bands (const BhGrey *grey, guint band, guint step);
/* Back from the frame's own pixels, from its corner, to those of the picture. */
BhPoint bh_frame_point (const BhFrame *frame, double x, double y);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/decode.h"
#include "picture.h"

G_BEGIN_DECLS

/* One pass of ZBar over @grey as it is, for those of @symbologies that it reads. Adds a
 * BhSymbol a place to @symbols, in pixels of @grey, without page and index, and to @lines
 * (element-type guint) how many scan lines agree. It looks along each
 * @rows th row and each @columns th column; 0: along none. */
void bh_zbar_scan (const BhGrey *grey, guint symbologies, guint columns, guint rows,
                   GPtrArray *symbols, GArray *lines);
/* Clockwise from the corner nearest the top left, whatever comes first. */
void bh_symbol_set_corners (BhSymbol *self, const BhPoint corners[4]);

/* Bars much nearer than this share of their length are one symbol with a scratch: two labels have
 * text or a margin between. */
#define BH_NEAR_SHARE 8

/* A rectangle, both corners within. */
typedef struct {
  int x0, y0, x1, y1;
} BhPlace;

/* The places (element-type BhPlace) where a linear symbol stands. ZBar gives all
 * reads of one text in a picture as one symbol with a point a scan line, rows
 * before columns. @across: the first read was by a row. Alters @points. */
GArray *bh_places_of (BhPoint *points, guint n, gboolean across);

/* The symbols of one page: those of one place once, in order of reading, with
 * their page and index. */
void bh_symbols_settle (GPtrArray *symbols, guint page);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/decode.h"
#include "picture.h"

G_BEGIN_DECLS

/* One pass of ZBar over @grey as it is. Adds a BhSymbol a place to @symbols, in
 * pixels of @grey, without page and index. Linear symbols that fewer than
 * @min_lines scan lines agree on are left out. */
void bh_zbar_scan (const BhGrey *grey, guint min_lines, GPtrArray *symbols);

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

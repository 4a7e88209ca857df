/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "template.h"

/* What stands on a page, and how wide it is there (measure.c). */
typedef struct {
  guint8 *grey; /* 0 dark, 255 light: threshold 128, as a thermal head has it */
  int width;
  int height;
} BhPicture;

/* One linear code: from its first to its last column, in a row through it. */
typedef struct {
  int left;
  int right;
  int y;
} BhSpan;

/* (element-type BhSpan) (transfer full): ZBar tells of the same linear code that stands several
 * times on a page as of one; these are its places, at least one. */
GArray *bh_bars_places (const BhPicture *picture, const BhFound *found);

/* Width of the narrowest element in dots, and the smaller quiet zone in modules. */
void bh_measure_bars (const BhPicture *picture, const BhSpan *span, BhLabelCheck *check);
void bh_measure_qr (const BhPicture *picture, const BhFound *found, BhLabelCheck *check);
void bh_measure_matrix (const BhPicture *picture, const BhFound *found, BhLabelCheck *check);

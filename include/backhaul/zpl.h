/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "label.h"

G_BEGIN_DECLS

/* What a ZPL printer is asked for beside the picture; INT_MIN: as the printer is set. */
typedef struct {
  int copies;   /* 1 to 999 */
  int darkness; /* 0 to 30, ~SD */
  int speed;    /* 1 to 14 inches a second, ^PR */
} BhZplSettings;

/**
 * bh_zpl_from_grey:
 * @grey: a byte a dot, row by row, @stride bytes apart; below 128 is printed
 *
 * One label as a bitmap (^GFA, :Z64:). The picture is all that a label's texts become: nothing of
 * them reaches the printer as a character, so no data is ever a command.
 *
 * Errors: BH_ERROR_INPUT for a size or setting that the language cannot say.
 */
char *bh_zpl_from_grey (const guint8 *grey, guint width, guint height, gsize stride,
                        const BhZplSettings *settings, GError **error);

/* One label as ZPL, verified at @dpi as bh_label_png() is. Errors: as of both. */
GBytes *bh_label_zpl (BhLabelTemplate *label, GHashTable *fields, guint dpi,
                      const BhZplSettings *settings, GError **error);

G_END_DECLS

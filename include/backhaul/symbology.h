/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BhSymbologies:
 *
 * Kinds of barcodes, as a set. Which ones a site's labels use is its own to say
 * (policy "scan.symbologies"): each one more is another way to read what is not there.
 */
typedef enum {
  BH_CODE_128 = 1 << 0,
  BH_CODE_39 = 1 << 1,
  BH_DATA_MATRIX = 1 << 2,
  BH_QR_CODE = 1 << 3,
  BH_CODE_93 = 1 << 4,
  BH_CODABAR = 1 << 5,
  BH_EAN_13 = 1 << 6, /* and UPC-A, UPC-E, in the form of EAN-13 */
  BH_EAN_8 = 1 << 7,
  BH_DATABAR = 1 << 8,
  BH_DATABAR_EXP = 1 << 9,
  BH_I25 = 1 << 10, /* ITF-14 of cartons only */
  BH_SYMBOLOGIES_DEFAULT = BH_CODE_128 | BH_CODE_39 | BH_DATA_MATRIX | BH_QR_CODE,
  BH_SYMBOLOGIES_ALL = (1 << 11) - 1,
} BhSymbologies;

/* "CODE-128", "QR-Code", … as CLI.md names them; @one is one of them. Static. */
const char *bh_symbology_name (BhSymbologies one);
/* "default", "all", or names with commas between, in any case: "CODE-128,Data-Matrix".
 * FALSE: not such a list, or an empty one. */
gboolean bh_symbologies_parse (const char *text, guint *set);
/* (transfer full): the names with commas between */
char *bh_symbologies_text (guint set);

G_END_DECLS

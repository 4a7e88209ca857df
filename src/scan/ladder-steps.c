/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "ladder.h"
#include "zxing.h"

#define BARS   (BH_SYMBOLOGIES_ALL & ~(BH_DATA_MATRIX | BH_QR_CODE))
#define MATRIX (BH_DATA_MATRIX | BH_QR_CODE)
#define ALL    BH_SYMBOLOGIES_ALL
#define TURNED (BH_ZXING_HARDER | BH_ZXING_ROTATE)

/* The order is measured: docs/decisions/0045-the-ladder-is-measured.md has the table and how to
 * make it again. Regions' pieces come first, as they cost a tenth of the whole picture and read
 * more; each third line of ZBar over all of it follows for what no region shows. */
static const BhStep steps[] = {
  { "matrix-turned-20", BH_ON_MATRIX, BH_TREAT_NONE, 1, BH_ENGINE_ZXING, MATRIX, TURNED,
    BH_EFFORT_FAST, TRUE, .turn = 20 },
  { "bars-bands", BH_ON_BARS, BH_TREAT_BANDS, 1, BH_ENGINE_ZBAR, BARS, 0, BH_EFFORT_FAST, TRUE },
  { "matrix-sharp-turned-20", BH_ON_MATRIX, BH_TREAT_SHARPEN, 1, BH_ENGINE_ZXING, MATRIX, TURNED,
    BH_EFFORT_FAST, TRUE, .turn = 20 },
  { "bars-thin-zxing", BH_ON_BARS, BH_TREAT_BANDS_THIN, 1, BH_ENGINE_ZXING, BARS, BH_ZXING_HARDER,
    BH_EFFORT_FAST, TRUE },
  { "zbar-3", BH_ON_PICTURE, BH_TREAT_NONE, 1, BH_ENGINE_ZBAR, ALL, 0, BH_EFFORT_NORMAL, TRUE,
    .every = 3 },
  { "bars-bands-2", BH_ON_BARS, BH_TREAT_BANDS, 2, BH_ENGINE_ZBAR, BARS, 0, BH_EFFORT_NORMAL,
    TRUE },
  { "bars-bands-3", BH_ON_BARS, BH_TREAT_BANDS, 3, BH_ENGINE_ZBAR, BARS, 0, BH_EFFORT_NORMAL, FALSE,
    .most = 3 },
  { "bars-bands-3-zxing", BH_ON_BARS, BH_TREAT_BANDS, 3, BH_ENGINE_ZXING, BARS, BH_ZXING_HARDER,
    BH_EFFORT_NORMAL, FALSE, .most = 3 },
  { "bars-sharp-3-zxing", BH_ON_BARS, BH_TREAT_BANDS_SHARP, 3, BH_ENGINE_ZXING, BARS,
    BH_ZXING_HARDER, BH_EFFORT_NORMAL, FALSE, .most = 3 },
  { "matrix-global", BH_ON_MATRIX, BH_TREAT_NONE, 1, BH_ENGINE_ZXING, MATRIX,
    TURNED | BH_ZXING_GLOBAL, BH_EFFORT_NORMAL, FALSE },
  { "matrix-sharp", BH_ON_MATRIX, BH_TREAT_SHARPEN, 1, BH_ENGINE_ZXING, MATRIX, TURNED,
    BH_EFFORT_NORMAL, FALSE },
  { "bars-2-zxing", BH_ON_BARS, BH_TREAT_NONE, 2, BH_ENGINE_ZXING, BARS, BH_ZXING_HARDER,
    BH_EFFORT_NORMAL, FALSE, .most = 3 },
  { "bars-thin-2", BH_ON_BARS, BH_TREAT_BANDS_THIN, 2, BH_ENGINE_ZBAR, BARS, 0, BH_EFFORT_NORMAL,
    FALSE, .most = 3 },
  { "matrix-2", BH_ON_MATRIX, BH_TREAT_NONE, 2, BH_ENGINE_ZXING, MATRIX, TURNED, BH_EFFORT_NORMAL,
    FALSE, .most = 4 },
  { "matrix-2-sharp", BH_ON_MATRIX, BH_TREAT_SHARPEN, 2, BH_ENGINE_ZXING, MATRIX, TURNED,
    BH_EFFORT_NORMAL, FALSE, .most = 3 },
  { "matrix-turned-45", BH_ON_MATRIX, BH_TREAT_NONE, 1, BH_ENGINE_ZXING, MATRIX, TURNED,
    BH_EFFORT_NORMAL, FALSE, .turn = 45 },
  { "bars-sharper-4-zxing", BH_ON_BARS, BH_TREAT_BANDS_SHARPER, 4, BH_ENGINE_ZXING, BARS,
    BH_ZXING_HARDER, BH_EFFORT_NORMAL, FALSE, .most = 2 },
  { "matrix-2-turned-45-global", BH_ON_MATRIX, BH_TREAT_NONE, 2, BH_ENGINE_ZXING, MATRIX,
    TURNED | BH_ZXING_GLOBAL, BH_EFFORT_NORMAL, FALSE, .turn = 45, .most = 3 },
  { "matrix-2-turned-20", BH_ON_MATRIX, BH_TREAT_NONE, 2, BH_ENGINE_ZXING, MATRIX, TURNED,
    BH_EFFORT_NORMAL, FALSE, .turn = 20, .most = 3 },
  { "zxing-matrix", BH_ON_PICTURE, BH_TREAT_NONE, 1, BH_ENGINE_ZXING, MATRIX, TURNED,
    BH_EFFORT_NORMAL, FALSE },
  { "zxing-bars", BH_ON_PICTURE, BH_TREAT_NONE, 1, BH_ENGINE_ZXING, BARS, TURNED, BH_EFFORT_NORMAL,
    FALSE },
  { "matrix-inverted", BH_ON_MATRIX, BH_TREAT_INVERT, 1, BH_ENGINE_ZXING, MATRIX, TURNED,
    BH_EFFORT_NORMAL, FALSE },
  { "bars-inverted", BH_ON_BARS, BH_TREAT_INVERT, 1, BH_ENGINE_ZBAR, BARS, 0, BH_EFFORT_NORMAL,
    FALSE },
  { "matrix-2-turned-20-global", BH_ON_MATRIX, BH_TREAT_NONE, 2, BH_ENGINE_ZXING, MATRIX,
    TURNED | BH_ZXING_GLOBAL, BH_EFFORT_HARD, FALSE, .turn = 20 },
  { "matrix-2-sharp-turned-20", BH_ON_MATRIX, BH_TREAT_SHARPEN, 2, BH_ENGINE_ZXING, MATRIX, TURNED,
    BH_EFFORT_HARD, FALSE, .turn = 20 },
  { "matrix-3", BH_ON_MATRIX, BH_TREAT_NONE, 3, BH_ENGINE_ZXING, MATRIX, TURNED, BH_EFFORT_HARD,
    FALSE },
  { "matrix-3-sharp", BH_ON_MATRIX, BH_TREAT_SHARPEN, 3, BH_ENGINE_ZXING, MATRIX, TURNED,
    BH_EFFORT_HARD, FALSE },
  { "matrix-3-global", BH_ON_MATRIX, BH_TREAT_NONE, 3, BH_ENGINE_ZXING, MATRIX,
    TURNED | BH_ZXING_GLOBAL, BH_EFFORT_HARD, FALSE },
  { "zbar", BH_ON_PICTURE, BH_TREAT_NONE, 1, BH_ENGINE_ZBAR, ALL, 0, BH_EFFORT_HARD, FALSE },
  { "matrix-3-contrast", BH_ON_MATRIX, BH_TREAT_CONTRAST, 3, BH_ENGINE_ZXING, MATRIX, TURNED,
    BH_EFFORT_HARD, FALSE },
  { "zbar-inverted", BH_ON_PICTURE, BH_TREAT_INVERT, 1, BH_ENGINE_ZBAR, ALL, 0, BH_EFFORT_HARD,
    FALSE },
  { "zxing-inverted", BH_ON_PICTURE, BH_TREAT_INVERT, 1, BH_ENGINE_ZXING, MATRIX, TURNED,
    BH_EFFORT_HARD, FALSE },
  { "zxing-contrast", BH_ON_PICTURE, BH_TREAT_CONTRAST, 1, BH_ENGINE_ZXING, MATRIX, TURNED,
    BH_EFFORT_HARD, FALSE },
  { "zbar-contrast", BH_ON_PICTURE, BH_TREAT_CONTRAST, 1, BH_ENGINE_ZBAR, ALL, 0, BH_EFFORT_HARD,
    FALSE },
  { "matrix-4-sharp", BH_ON_MATRIX, BH_TREAT_SHARPEN, 4, BH_ENGINE_ZXING, MATRIX, TURNED,
    BH_EFFORT_HARD, FALSE },
  { "zxing-double", BH_ON_PICTURE, BH_TREAT_DOUBLE, 1, BH_ENGINE_ZXING, MATRIX, TURNED,
    BH_EFFORT_HARD, FALSE },
  { "zbar-double", BH_ON_PICTURE, BH_TREAT_DOUBLE, 1, BH_ENGINE_ZBAR, ALL, 0, BH_EFFORT_HARD,
    FALSE },
};

const BhStep *
bh_ladder_steps (guint *n)
{
  *n = G_N_ELEMENTS (steps);
  return steps;
}

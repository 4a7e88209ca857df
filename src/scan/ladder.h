/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reads.h"
#include "regions.h"

G_BEGIN_DECLS

typedef enum { BH_ON_PICTURE, BH_ON_BARS, BH_ON_MATRIX } BhStepOn;

typedef enum {
  BH_TREAT_NONE,
  BH_TREAT_INVERT,
  BH_TREAT_MIRROR,
  BH_TREAT_CONTRAST,
  BH_TREAT_DOUBLE,
  BH_TREAT_SHARPEN,
  BH_TREAT_STROKES,       /* taken away */
  BH_TREAT_BANDS,         /* means along the bars */
  BH_TREAT_BANDS_THIN,    /* of few rows: of bars that fan out */
  BH_TREAT_BANDS_SHARP,   /* and sharpened */
  BH_TREAT_BANDS_SHARPER, /* and more so */
} BhTreatment;

/**
 * BhStep:
 * @name: for --explain and the measurements
 * @on: the picture, or each region that looks like bars or like a matrix code
 * @scale: pixels of a region's piece a pixel of the picture; of bars across them only
 * @symbologies: of the profile's, those that this step looks for
 * @effort: least effort that takes it
 * @always: also when something was read already and a region was not
 */
typedef struct {
  const char *name;
  BhStepOn on;
  BhTreatment treatment;
  guint scale;
  BhEngine engine;
  guint symbologies;
  guint flags; /* BhZxingFlags */
  BhEffort effort;
  gboolean always;
  double turn; /* degrees that the piece is cut out askew */
  guint most;  /* of its regions, the likeliest; 0: all */
  guint every; /* line of the picture, by ZBar; 0: 1 */
} BhStep;

/* The ladder, from the bottom. Its order is measured: see ladder-steps.c. */
const BhStep *bh_ladder_steps (guint *n);
/* One step over the picture and its regions. */
void bh_ladder_step (const BhStep *step, const BhGrey *grey, GArray *regions, guint symbologies,
                     GArray *reads);
/* All that the decoder takes; adds BhSymbol to @symbols. */
void bh_ladder_climb (const BhDecoder *decoder, const BhGrey *grey, GPtrArray *symbols);

G_END_DECLS

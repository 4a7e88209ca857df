/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/decode.h"

G_BEGIN_DECLS

typedef enum { BH_ENGINE_ZBAR = 1, BH_ENGINE_ZXING = 2 } BhEngine;

/* What one step saw, and what speaks for it. */
typedef struct {
  BhSymbol *symbol; /* in pixels of the picture */
  guint symbology;
  guint lines;      /* scan lines that agree, over all steps */
  guint steps;      /* that saw it */
  guint engines;    /* BhEngine bits */
  const char *last; /* step that saw it last */
} BhRead;

/* A list of BhRead. */
GArray *bh_reads_new (void);
/* Takes @symbol, whose step is set. What was seen there before is strengthened. */
void bh_reads_add (GArray *reads, BhSymbol *symbol, guint symbology, guint lines, BhEngine engine);
/* Enough speaks for it, and nothing of its place against it. */
gboolean bh_reads_holds (const GArray *reads, guint i);

/* The point lies within the symbol's polygon, or near it. */
gboolean bh_symbol_covers (const BhSymbol *symbol, double x, double y);

G_END_DECLS

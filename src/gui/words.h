/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/scan.h"
#include "backhaul/verdict.h"
#include "shape.h"

G_BEGIN_DECLS

/* How a verdict looks and is called: one row each. */
typedef struct {
  BhShape shape;
  const char *style; /* CSS class */
  const char *name;  /* untranslated: in lists and counts */
  const char *sound; /* of ui/sounds; NULL: none */
} BhVerdictLook;

/* How it looks while the store is out of reach: what is so may be another. */
typedef struct {
  BhShape shape;
  const char *word; /* untranslated */
  const char *advice;
  const char *sound;
} BhProvisionalLook;

const BhProvisionalLook *bh_provisional_look (BhVerdict verdict);

const BhVerdictLook *bh_verdict_look (BhVerdict verdict);
/* By CLI.md's name of it, as receipts keep it. */
const BhVerdictLook *bh_verdict_look_by_name (const char *name);
/* "Serial" … translated */
const char *bh_kind_words (BhKind kind);
/* of a state as the store keeps it ("in-analysis", "awaited", "amber"), translated
 * where it is known */
const char *bh_state_words (const char *state);

/* "24 Nov 2026, 08:00 PST" in @zone; NULL: the station's own. "–" for 0. */
char *bh_time_words (gint64 at_us, const char *zone);
/* "08:00", of the station's own zone */
char *bh_clock_words (gint64 at_us);
G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/decode.h"

G_BEGIN_DECLS

/* A camera shows the same code many times a second. It is one scan as long as it stays in sight:
 * it counts again after no look found it for BH_CAMERA_ABSENT_US. What only a longer look
 * (a still) can read is not missed by the quick ones: stills decide whether it is there, but
 * where none comes for five times as long it is gone too. */
typedef struct _BhSightings BhSightings;

BhSightings *bh_sightings_new (void);
void bh_sightings_free (BhSightings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhSightings, bh_sightings_free)

/* @symbols (element-type BhSymbol) were read in a frame of @at_us, which is g_get_monotonic_time(),
 * by a @still or quickly.
 * Returns: (transfer full) (element-type BhScan): those that were not in sight */
GPtrArray *bh_sightings_see (BhSightings *self, GPtrArray *symbols, gboolean still, gint64 at_us);
/* When a code was read last; 0: never */
gint64 bh_sightings_last (const BhSightings *self);

G_END_DECLS

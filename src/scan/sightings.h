/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/decode.h"

G_BEGIN_DECLS

/* How a frame was looked at: every one at a glance, some for longer, one for long when nothing
 * else reads. */
typedef enum { BH_LOOK_GLANCE, BH_LOOK_LONGER, BH_LOOK_LONG } BhLook;

/* A camera shows the same code many times a second. It is one scan as long as it stays in sight:
 * it counts again after it was missed for BH_CAMERA_ABSENT_US. What only a longer look can read is
 * not missed by the shorter ones: looks as long decide whether it is there, but where none comes
 * for five times that time it is gone too. */
typedef struct _BhSightings BhSightings;

BhSightings *bh_sightings_new (void);
void bh_sightings_free (BhSightings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhSightings, bh_sightings_free)

/* @symbols (element-type BhSymbol) were read by @look at a frame of @at_us, which is
 * g_get_monotonic_time().
 * Returns: (transfer full) (element-type BhScan): those that were not in sight */
GPtrArray *bh_sightings_see (BhSightings *self, GPtrArray *symbols, BhLook look, gint64 at_us);
/* When a code was read last; 0: never */
gint64 bh_sightings_last (const BhSightings *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:custody-store
 *
 * Where units are and how they came there (RULES RA4).
 */

/**
 * BhWhereabouts:
 * @came_from: (nullable): where it was before
 * @tote: (nullable): the pallet or tote that holds it
 */
typedef struct {
  char *serial;
  char *location; /* NULL: never moved */
  char *came_from;
  char *tote;
  gint64 since_us;
  char *operator;
} BhWhereabouts;

void bh_whereabouts_clear (BhWhereabouts *self);
void bh_whereabouts_free (BhWhereabouts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhWhereabouts, bh_whereabouts_clear)

gboolean
bh_store_place_of (BhStore *self, const char *serial, BhWhereabouts *place, GError **error);
/* The unit is at @location now. @receipt, @tote: (nullable) */
gboolean
bh_store_add_move (BhStore *self, const char *serial, const char *location, const char *operator,
                   const char * station, const char *receipt, gint64 at_us, GError **error);
gboolean bh_store_put_in_tote (BhStore *self, const char *serial, const char *tote, GError **error);
/* (element-type BhWhereabouts): those of a kind ("transit"), longest first, or at a location,
 * or in a tote: exactly one of them is asked for */
GPtrArray *bh_store_places (BhStore *self, const char *kind, const char *location, const char *tote,
                            guint limit, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* In place of the pages while the store is not there at the start: says what is missing, and that
 * it is tried again. Signal "again" (somebody does not want to wait). */
#define BH_TYPE_STORE_AWAY (bh_store_away_get_type ())
G_DECLARE_FINAL_TYPE (BhStoreAway, bh_store_away, BH, STORE_AWAY, GtkBox)

/* Over @pages, which are hidden, in @overlay. */
BhStoreAway *bh_store_away_new (GtkOverlay *overlay, GtkWidget *pages);
/* The pages are there again; destroys it. @self: (nullable) */
void bh_store_away_end (BhStoreAway *self);
void bh_store_away_tell (BhStoreAway *self, const char *why);
/* What was scanned is not taken. */
void bh_store_away_scanned (BhStoreAway *self);

G_END_DECLS

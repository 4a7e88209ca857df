/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/**
 * SECTION:badge-offer
 *
 * Asks on what a person's new badge is to come out: the old one ends with it. It is given when it
 * is on paper, or in its file.
 *
 * Signals: "told" (text): how it went; "left": the keys are given back.
 */
#define BH_TYPE_BADGE_OFFER (bh_badge_offer_get_type ())
G_DECLARE_FINAL_TYPE (BhBadgeOffer, bh_badge_offer, BH, BADGE_OFFER, GtkBox)

GtkWidget *bh_badge_offer_new (BhWorker *acts, BhWorker *reads);
/* Shows itself and takes the keys. @had: there is a badge that ends. */
void bh_badge_offer_make (BhBadgeOffer *self, const char *login, const char *name, gboolean had);
/* FALSE: there was no offer. */
gboolean bh_badge_offer_leave (BhBadgeOffer *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks who works here, over all pages (RULES §2): a badge, or login and PIN. Signal "try" (login,
 * PIN): somebody has typed both; answered by bh_sign_in_done() or bh_sign_in_refuse(). */
#define BH_TYPE_SIGN_IN (bh_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (BhSignIn, bh_sign_in, BH, SIGN_IN, GtkBox)

GtkWidget *bh_sign_in_new (void);
/* Shows itself and takes the keys. @login: (nullable): who worked here before; @why: (nullable) */
void bh_sign_in_ask (BhSignIn *self, const char *login, const char *why);
/* Somebody is being looked up. */
void bh_sign_in_wait (BhSignIn *self);
void bh_sign_in_refuse (BhSignIn *self, const char *why);
/* Nothing of what was typed stays. */
void bh_sign_in_done (BhSignIn *self);
/* A scan is for the pages, and there is nobody to take it: says so. */
void bh_sign_in_scanned (BhSignIn *self);

G_END_DECLS

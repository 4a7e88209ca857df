/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "calls.h"
#include "senders.h"

G_BEGIN_DECLS

/* Who works here: login and PIN, over all pages (RULES §2). Signal: "signed-in". */
#define BH_TYPE_SIGN_IN (bh_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (BhSignIn, bh_sign_in, BH, SIGN_IN, GtkBox)

/* Both workers are signed in by one PIN. */
GtkWidget *bh_sign_in_new (BhWorker *acts, BhWorker *reads, BhSenders *senders);
/* Asks anew; both desks have no rights from here on. */
void bh_sign_in_ask (BhSignIn *self);
/* A scan is for the dock, and there is none yet: says so. */
void bh_sign_in_scanned (BhSignIn *self);
/* (transfer none): who signed in last */
const BhPlace *bh_sign_in_place (BhSignIn *self);

G_END_DECLS

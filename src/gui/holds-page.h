/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* What the dock held and nobody has decided: what was read on the box, its photos, and the
 * ways in which it may end (D4-D6, D9-D11). */
#define BH_TYPE_HOLDS_PAGE (bh_holds_page_get_type ())
G_DECLARE_FINAL_TYPE (BhHoldsPage, bh_holds_page, BH, HOLDS_PAGE, GtkBox)

GtkWidget *bh_holds_page_new (BhWorker *acts, BhWorker *reads);

G_END_DECLS

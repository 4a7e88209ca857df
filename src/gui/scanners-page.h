/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* The scanners of this station: their settings, and beside them a field to try one and the
 * scanner doctor. */
#define BH_TYPE_SCANNERS_PAGE (bh_scanners_page_get_type ())
G_DECLARE_FINAL_TYPE (BhScannersPage, bh_scanners_page, BH, SCANNERS_PAGE, GtkBox)

GtkWidget *bh_scanners_page_new (BhWorker *acts, BhWorker *reads);

G_END_DECLS

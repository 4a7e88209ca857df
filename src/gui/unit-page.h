/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* The life of a serial (R3). */
#define BH_TYPE_UNIT_PAGE (bh_unit_page_get_type ())
G_DECLARE_FINAL_TYPE (BhUnitPage, bh_unit_page, BH, UNIT_PAGE, GtkBox)

GtkWidget *bh_unit_page_new (BhWorker *reads);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* The board of clocks (C10, O1-O5): what is late or soon, why, and what may be done. */
#define BH_TYPE_DUE_PAGE (bh_due_page_get_type ())
G_DECLARE_FINAL_TYPE (BhDuePage, bh_due_page, BH, DUE_PAGE, GtkBox)

GtkWidget *bh_due_page_new (BhWorker *acts, BhWorker *reads);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* F1-F3: what is typed or scanned is searched; a link opens the RMA's page. */
#define BH_TYPE_RETURNS_PAGE (bh_returns_page_get_type ())
G_DECLARE_FINAL_TYPE (BhReturnsPage, bh_returns_page, BH, RETURNS_PAGE, GtkBox)

GtkWidget *bh_returns_page_new (BhWorker *acts, BhWorker *reads);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* The history of anything (F6): the journal newest first, of a thing, a person, some days or one
 * act; each entry's before and after; and whether the journal is as it was written. */
#define BH_TYPE_HISTORY_PAGE (bh_history_page_get_type ())
G_DECLARE_FINAL_TYPE (BhHistoryPage, bh_history_page, BH, HISTORY_PAGE, GtkBox)

GtkWidget *bh_history_page_new (BhWorker *acts, BhWorker *reads);

G_END_DECLS

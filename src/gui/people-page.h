/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* Who works here, and may sign in (RULES §2). */
#define BH_TYPE_PEOPLE_PAGE (bh_people_page_get_type ())
G_DECLARE_FINAL_TYPE (BhPeoplePage, bh_people_page, BH, PEOPLE_PAGE, GtkBox)

GtkWidget *bh_people_page_new (BhWorker *acts, BhWorker *reads);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <handy.h>

G_BEGIN_DECLS

/* What a station is asked at its first start: where the returns are kept. Signal "chosen" (the
 * store's URI): it is there, and the settings have it. */
#define BH_TYPE_FIRST_START (bh_first_start_get_type ())
G_DECLARE_FINAL_TYPE (BhFirstStart, bh_first_start, BH, FIRST_START, HdyApplicationWindow)

GtkWidget *bh_first_start_new (GtkApplication *application);

G_END_DECLS

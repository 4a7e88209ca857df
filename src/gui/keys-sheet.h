/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The sheet of keys over the page (F1). *sheet is NULL before it was wanted. */
void bh_keys_sheet_toggle (GtkWidget **sheet, GtkOverlay *overlay);
/* Whether there was one to hide. */
gboolean bh_keys_sheet_hide (GtkWidget *sheet);

G_END_DECLS

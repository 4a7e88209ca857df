/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "dock.h"

G_BEGIN_DECLS

/* Half the window: the word, its shape, its colour, the rule, what to do next and
 * where the unit goes (D14). Renders what the dock says, decides nothing. */
#define BH_TYPE_VERDICT_VIEW (bh_verdict_view_get_type ())
G_DECLARE_FINAL_TYPE (BhVerdictView, bh_verdict_view, BH, VERDICT_VIEW, GtkBox)

void bh_verdict_view_render (BhVerdictView *self, BhDock *dock);
/* The label that the verdict made; NULL: none. */
void bh_verdict_view_set_label (BhVerdictView *self, GdkPixbuf *preview);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What was scanned on a box: (element-type BhChip), newest on top, which is what the receiver looks
 * for. */
void bh_chips_render (GPtrArray *chips, GtkBox *box);

G_END_DECLS

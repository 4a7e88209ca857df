/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/desk.h"

G_BEGIN_DECLS

/* The pages that a role is shown, to choose from with arrow keys. Signals: "chosen"
 * (a page's name), "entered" (Enter or a click: work goes on in the page). */
#define BH_TYPE_SIDEBAR (bh_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (BhSidebar, bh_sidebar, BH, SIDEBAR, GtkListBox)

/* Who sits here; a single page is not worth a list. */
void bh_sidebar_set_role (BhSidebar *self, BhRole role);
/* Marks @name; emits nothing. */
/* Who walks through it is in it. */
gboolean bh_sidebar_has_focus (BhSidebar *self);
void bh_sidebar_mark (BhSidebar *self, const char *name);
/* Whether @name is one that this role is shown. */
gboolean bh_sidebar_offers (BhSidebar *self, const char *name);
/* Where this role begins, and comes back to: the dock, or the first page it is shown. */
const char *bh_sidebar_home (BhSidebar *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * bh_window_key:
 * @window: has the actions of all pages
 * @page: that is shown, with @name; has its own actions
 *
 * Does what a key does wherever the focus is: a table, which F1 shows.
 *
 * Returns: %GDK_EVENT_STOP when it was such a key
 */
gboolean
bh_window_key (GtkWidget *window, GtkWidget *page, const char *name, const GdkEventKey *event);

/**
 * bh_window_keys_press_at_once:
 *
 * Lets a button that a key presses (Alt and its letter, Enter, Space) act on the key itself. GTK
 * shows it pressed for a quarter of a second first, and what is typed meanwhile goes to where the
 * focus was. To be called once, before the first window.
 */
void bh_window_keys_press_at_once (void);

G_END_DECLS

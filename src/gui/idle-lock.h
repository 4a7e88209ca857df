/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*BhIdleFunc) (gpointer data);

/**
 * bh_idle_lock_attach:
 * @idle: called when nobody has touched the program, in any of its windows, for as long as the
 *   station's setting "lock-after" says; again each few seconds until somebody does
 *
 * Time counts while the computer sleeps: one that is opened again is locked before its first key.
 * Ends with @window.
 */
void bh_idle_lock_attach (GtkWidget *window, BhIdleFunc idle, gpointer data);
/* Somebody is there, though no key, pointer or finger says so: a scan at a port. */
void bh_idle_lock_touch (GtkWidget *window);

G_END_DECLS

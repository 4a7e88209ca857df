/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dock-page.h"

G_BEGIN_DECLS

/**
 * bh_closing_attach:
 * @page: the dock of @window
 * @notice: where @window says what it waits for
 *
 * Lets @window close only when every scan and picture that @page took is on disk (S1). What
 * cannot be saved keeps it open and is said; whoever closes it once more leaves that box.
 */
void bh_closing_attach (GtkWindow *window, BhDockPage *page, GtkLabel *notice);

/* The machine goes down, or the session: closes as soon as what can be saved is. */
void bh_closing_end (GtkWindow *window);

/* Each dialog is left as by Escape: GTK's own wait for an answer, and so do their callers. */
void bh_closing_leave_dialogs (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages.h"

G_BEGIN_DECLS

/* What happens elsewhere shows here: the page of @stack that is on screen is told when something
 * in the store at @uri changes, and before it @first is; another page when it is shown again.
 * Goes with @stack. */
void
bh_live_attach (GtkStack *stack, const char *uri, void (*first) (gpointer data), gpointer data);

G_END_DECLS

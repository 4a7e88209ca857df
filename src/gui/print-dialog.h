/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sender.h"

G_BEGIN_DECLS

/* Asks on what to print labels, and prints them there: pages of their own size, without margins. */
GtkPrintOperationResult
bh_print_dialog (GtkWidget *from, BhPages *pages, guint n, const char *name, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): the file that a person points at. @name: (nullable): of one that
 * is to be written */
char *
bh_file_choose (GtkWidget *from, const char *title, GtkFileChooserAction action, const char *name);

G_END_DECLS

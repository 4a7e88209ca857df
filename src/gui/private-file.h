/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Documents that are made to be looked at or printed. Names and addresses stand on them: they
 * are in a folder of this run that only this user may read. */

/* (transfer full): "KIND-N.pdf" in that folder, of a number not used before. Any thread. */
char *bh_private_path (const char *kind, GError **error);
/* The same of another kind of file: @ending, as "jpg". */
char *bh_private_path_of (const char *kind, const char *ending, GError **error);
/* Hands the PDF to what shows and prints it here. Errors: nothing does; the message says
 * where the file is. */
gboolean bh_private_open (GtkWidget *from, const char *path, GError **error);
/* Removes the folder. */
void bh_private_clean (void);

G_END_DECLS

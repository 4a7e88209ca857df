/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A label that shows all of what stands in @entry, on as many lines as it takes, while that is
 * more than the entry has room for. Stands below it; what is read aloud is the entry. */
GtkWidget *bh_whole_text_new (GtkEntry *entry);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "keys-sheet.h"

#include <glib/gi18n.h>

#include "page.h"
#include "pages.h"

/* The keys of the pages, from their table. */
static void
name_page_keys (GtkGrid *grid)
{
  guint n;
  const BhPageKind *kinds = bh_page_kinds (&n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *key = g_strdup_printf (_ ("Ctrl+%c"), kinds[i].key);

    gtk_grid_attach (grid, page_text (key, "cap"), 0, (int) i, 1, 1);
    gtk_grid_attach (grid, page_text (_ (kinds[i].about), NULL), 1, (int) i, 1, 1);
  }
}

gboolean
bh_keys_sheet_hide (GtkWidget *sheet)
{
  if (sheet == NULL || !gtk_widget_get_visible (sheet))
    return FALSE;
  gtk_widget_hide (sheet);
  return TRUE;
}

void
bh_keys_sheet_toggle (GtkWidget **sheet, GtkOverlay *overlay)
{
  if (bh_keys_sheet_hide (*sheet))
    return;
  if (*sheet == NULL) {
    g_autoptr (GtkBuilder) builder =
        gtk_builder_new_from_resource ("/org/backhaul/ui/keys-sheet.ui");

    *sheet = GTK_WIDGET (gtk_builder_get_object (builder, "help"));
    name_page_keys (GTK_GRID (gtk_builder_get_object (builder, "pages")));
    page_name (*sheet, _ ("Keys"), "keys");
    gtk_overlay_add_overlay (overlay, *sheet);
  }
  gtk_widget_show (*sheet);
}

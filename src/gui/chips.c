/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "chips.h"

#include "page.h"
#include "step.h"
#include "words.h"

static GtkWidget *
chip_new (const BhChip *chip)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *kind = NULL;
  g_autofree char *name = NULL;
  GtkWidget *above;
  GtkWidget *text;

  kind = chip->kind == BH_KIND_SERIAL && !chip->certain ? g_strdup (_ ("Serial? (F7 if it is)"))
                                                        : g_strdup (bh_kind_words (chip->kind));
  above = page_text (kind, "kind");
  text = page_text (chip->text, "text");
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_tooltip_text (text, chip->text);
  page_style (box, "chip");
  if (!chip->on_record)
    page_style (box, "uncertain");
  gtk_container_add (GTK_CONTAINER (box), above);
  gtk_container_add (GTK_CONTAINER (box), text);
  name = g_strdup_printf ("%s %s", kind, chip->text);
  atk_object_set_name (gtk_widget_get_accessible (box), name);
  gtk_widget_show_all (box);
  return box;
}

void
bh_chips_render (GPtrArray *chips, GtkBox *box)
{
  page_clear (GTK_CONTAINER (box));
  for (guint i = chips->len; i > 0; i--)
    gtk_container_add (GTK_CONTAINER (box), chip_new (g_ptr_array_index (chips, i - 1)));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "label-preview.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "label-maker.h"
#include "page.h"

struct _BhLabelPreview {
  GtkBox parent_instance;

  GtkImage *image;
  GtkLabel *told;
  guint number; /* of the newest question */
  gboolean gone;
};

G_DEFINE_FINAL_TYPE (BhLabelPreview, bh_label_preview, GTK_TYPE_BOX)

typedef struct {
  BhLabelPreview *preview;
  guint number;
} Ask;

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (BhLabelPreview) self = ask->preview;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhMadeLabel) made = bh_label_maker_finish (result, &error);

  /* only the picture is wanted */
  if (made != NULL)
    g_unlink (made->path);
  if (self->gone || ask->number != self->number)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->image), made != NULL);
  if (made != NULL)
    gtk_image_set_from_pixbuf (self->image, made->preview);
  gtk_label_set_text (self->told,
                      made != NULL ? _ ("Its box label, as it is now") : error->message);
}

void
bh_label_preview_show (BhLabelPreview *self, BhWorker *reads, const char *rma)
{
  Ask *ask;

  self->number++; /* what is being made is of another one */
  gtk_widget_set_visible (GTK_WIDGET (self), rma != NULL);
  if (rma == NULL) {
    gtk_image_clear (self->image);
    gtk_label_set_text (self->told, "");
    return;
  }
  ask = g_new0 (Ask, 1);
  *ask = (Ask){ g_object_ref (self), self->number };
  bh_label_maker_async (reads, NULL, rma, on_made, ask);
}

static void
bh_label_preview_dispose (GObject *object)
{
  BH_LABEL_PREVIEW (object)->gone = TRUE;
  G_OBJECT_CLASS (bh_label_preview_parent_class)->dispose (object);
}

static void
bh_label_preview_class_init (BhLabelPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_label_preview_dispose;
}

static void
bh_label_preview_init (BhLabelPreview *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->image = GTK_IMAGE (gtk_image_new ());
  self->told = GTK_LABEL (page_label ("", NULL));
  gtk_label_set_xalign (self->told, 0.5F);
  gtk_label_set_justify (self->told, GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (self->told, 24);
  gtk_widget_show (GTK_WIDGET (self->told));
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->image), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->told), FALSE, FALSE, 0);
}

GtkWidget *
bh_label_preview_new (const char *name, const char *id)
{
  BhLabelPreview *self = g_object_new (BH_TYPE_LABEL_PREVIEW, NULL);
  g_autofree char *told = g_strconcat (id, "-told", NULL);

  page_name (GTK_WIDGET (self->image), name, id);
  page_name (GTK_WIDGET (self->told), NULL, told);
  return GTK_WIDGET (self);
}

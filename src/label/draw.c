/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include <math.h>

#include "template.h"

static gboolean
draw_slot (const BhSlot *slot, const char *value, guint dpi, cairo_t *cr, GError **error)
{
  g_autoptr (BhModules) modules = NULL;
  BhPlace place;

  if (slot->kind == BH_SLOT_TEXT)
    return bh_text_draw (slot, value, cr, error);
  modules = bh_modules_new (slot->kind, value, error);
  if (modules == NULL) {
    g_prefix_error (error, "%s: ", slot->field);
    return FALSE;
  }
  if (!bh_modules_place (modules, slot, dpi, &place, error))
    return FALSE;
  bh_modules_draw (modules, &place, dpi, cr);
  return TRUE;
}

gboolean
bh_label_draw (const BhLabelTemplate *self, GHashTable *fields, guint dpi, cairo_t *cr,
               GError **error)
{
  /* what it keeps for the next label is not part of what a template is */
  if (!bh_ground_draw ((BhLabelTemplate *) self, fields, dpi, cr, error))
    return FALSE;
  for (guint i = 0; i < self->slots->len; i++) {
    const BhSlot *slot = g_ptr_array_index (self->slots, i);
    const char *value = g_hash_table_lookup (fields, slot->field);

    if (value != NULL && *value != '\0') {
      if (!draw_slot (slot, value, dpi, cr, error))
        return FALSE;
    } else if (slot->required) {
      g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                   "%s: the label needs it, and it is empty; fill it or take another template",
                   slot->field);
      return FALSE;
    }
  }
  return TRUE;
}

cairo_surface_t *
bh_label_raster (const BhLabelTemplate *self, GHashTable *fields, guint dpi, GError **error)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) lround (self->width * dpi / 72.0),
                                  (int) lround (self->height * dpi / 72.0));
  cairo_t *cr = cairo_create (surface);
  gboolean ok;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, dpi / 72.0, dpi / 72.0);
  ok = bh_label_draw (self, fields, dpi, cr, error);
  cairo_destroy (cr);
  if (ok)
    return surface;
  cairo_surface_destroy (surface);
  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include <math.h>

#include "template.h"

static gboolean
draw_slot (const BhLabelTemplate *self, guint which, const char *value, const BhCodes *codes,
           cairo_t *cr, GError **error)
{
  const BhCode *code = &codes->of[which];
  g_autoptr (BhText) text = NULL;

  if (code->modules != NULL) {
    bh_modules_draw (code->modules, &code->place, codes->dpi, cr);
    return TRUE;
  }
  text = bh_text_of (self, which, value, cr, error);
  if (text != NULL)
    bh_text_draw (text, cr);
  return text != NULL;
}

GPtrArray *
bh_label_texts (const BhLabelTemplate *self, GHashTable *fields, cairo_t *cr, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_text_unref);

  for (guint i = 0; i < self->slots->len; i++) {
    const BhSlot *slot = g_ptr_array_index (self->slots, i);
    const char *value = bh_slot_value (slot, fields, error);
    BhText *text;

    if (value == NULL)
      return NULL;
    if (slot->kind != BH_SLOT_TEXT || *value == '\0')
      continue;
    text = bh_text_of (self, i, value, cr, error);
    if (text == NULL)
      return NULL;
    g_ptr_array_add (texts, text);
  }
  return g_steal_pointer (&texts);
}

gboolean
bh_label_draw (const BhLabelTemplate *self, GHashTable *fields, const BhCodes *codes, cairo_t *cr,
               GError **error)
{
  /* what it keeps for the next label is not part of what a template is */
  if (!bh_ground_draw ((BhLabelTemplate *) self, fields, codes->dpi, cr, error))
    return FALSE;
  for (guint i = 0; i < self->slots->len; i++) {
    const BhSlot *slot = g_ptr_array_index (self->slots, i);
    const char *value = bh_slot_value (slot, fields, error);

    if (value == NULL || (*value != '\0' && !draw_slot (self, i, value, codes, cr, error)))
      return FALSE;
  }
  return TRUE;
}

cairo_surface_t *
bh_label_raster (const BhLabelTemplate *self, GHashTable *fields, guint dpi, GError **error)
{
  g_autoptr (BhCodes) codes = bh_codes_new (self, fields, dpi, error);
  cairo_surface_t *surface;
  cairo_t *cr;
  gboolean ok;

  if (codes == NULL)
    return NULL;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) lround (self->width * dpi / 72.0),
                                        (int) lround (self->height * dpi / 72.0));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, dpi / 72.0, dpi / 72.0);
  ok = bh_label_draw (self, fields, codes, cr, error);
  cairo_destroy (cr);
  if (ok)
    return surface;
  cairo_surface_destroy (surface);
  return NULL;
}

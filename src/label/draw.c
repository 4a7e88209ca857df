/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "template.h"

/* text shrinks to so much of its size before it is said not to fit */
#define SMALLEST 0.6
/* the narrowest bar that thermal printers keep apart */
#define MIN_DOTS  2
#define MAX_FIELD 400

/* What may stand on a label: control characters would be boxes, and a huge value
 * is no name. */
static char *
clean (const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);
  GString *text = g_string_new (NULL);
  glong n = 0;

  for (const char *c = valid; *c != '\0' && n < MAX_FIELD; c = g_utf8_next_char (c), n++) {
    gunichar one = g_utf8_get_char (c);

    if (one == '\n' || !g_unichar_iscntrl (one))
      g_string_append_unichar (text, one);
    else
      g_string_append_c (text, ' ');
  }
  return g_string_free (text, FALSE);
}

static const char *
value_of (GHashTable *fields, const char *name)
{
  const char *value = g_hash_table_lookup (fields, name);

  return value != NULL ? value : "";
}

/* {field} in the template's own text */
static char *
fill_in (const char *svg, GHashTable *fields)
{
  GString *out = g_string_new (NULL);
  const char *from = svg;

  for (const char *open = strchr (svg, '{'); open != NULL; open = strchr (open + 1, '{')) {
    const char *close = strchr (open, '}');
    g_autofree char *name = NULL;
    g_autofree char *value = NULL;
    g_autofree char *escaped = NULL;

    if (close == NULL || close - open > 60)
      continue;
    name = g_strndup (open + 1, (gsize) (close - open - 1));
    if (strspn (name, "abcdefghijklmnopqrstuvwxyz_.") != strlen (name) || *name == '\0')
      continue;
    value = clean (value_of (fields, name));
    escaped = g_markup_escape_text (value, -1);
    g_string_append_len (out, from, open - from);
    g_string_append (out, escaped);
    from = close + 1;
  }
  g_string_append (out, from);
  return g_string_free (out, FALSE);
}

static gboolean
draw_modules (const BhSlot *slot, const BhModules *modules, const RsvgRectangle *box, guint dpi,
              cairo_t *cr, GError **error)
{
  const double dot = 72.0 / dpi;
  guint across = modules->width + 2 * modules->quiet;
  int wide = (int) floor (box->width / dot + 1e-6);
  int high = (int) floor (box->height / dot + 1e-6);
  int each = (modules->height == 1 ? wide : MIN (wide, high)) / (int) across;
  int left;
  int top;

  if (each < MIN_DOTS) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: the barcode needs %u modules and has room for %d dots at %u dpi; "
                 "shorten it or make its place wider",
                 slot->field, across, wide, dpi);
    return FALSE;
  }
  left = (int) ceil (box->x / dot - 1e-6) + (wide - each * (int) modules->width) / 2;
  top = (int) ceil (box->y / dot - 1e-6);
  if (modules->height > 1)
    top += (high - each * (int) modules->height) / 2;
  cairo_save (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint y = 0; y < modules->height; y++)
    for (guint x = 0; x < modules->width;) {
      guint run = 0;

      while (x + run < modules->width && modules->dark[y * modules->width + x + run])
        run++;
      if (run > 0)
        cairo_rectangle (cr, (left + each * (int) x) * dot, (top + each * (int) y) * dot,
                         each * (int) run * dot, (modules->height == 1 ? high : each) * dot);
      x += MAX (run, 1);
    }
  cairo_fill (cr);
  cairo_restore (cr);
  return TRUE;
}

static gboolean
draw_text (const BhSlot *slot, const char *value, const RsvgRectangle *box, cairo_t *cr,
           GError **error)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");
  g_autofree char *text = clean (value);
  gboolean fits = FALSE;
  int width;
  int height;

  pango_cairo_context_set_resolution (pango_layout_get_context (layout), 72);
  pango_font_description_set_weight (font, slot->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_width (layout, (int) (box->width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, slot->centre ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
  for (double size = slot->size; !fits && size >= slot->size * SMALLEST; size -= 0.5) {
    pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
    pango_layout_set_font_description (layout, font);
    pango_layout_get_size (layout, &width, &height);
    fits = height <= box->height * PANGO_SCALE && width <= box->width * PANGO_SCALE;
  }
  if (!fits && !slot->ellipsize) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: the text is too long for its place on the label; shorten it", slot->field);
    return FALSE;
  }
  if (!fits) {
    pango_layout_set_height (layout, (int) (box->height * PANGO_SCALE));
    pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  }
  cairo_save (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_move_to (cr, box->x, box->y);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
  return TRUE;
}

static gboolean
draw_slot (const BhSlot *slot, const char *value, const RsvgRectangle *box, guint dpi, cairo_t *cr,
           GError **error)
{
  g_autoptr (BhModules) modules = NULL;

  if (slot->kind == BH_SLOT_TEXT)
    return draw_text (slot, value, box, cr, error);
  modules =
      slot->kind == BH_SLOT_QR ? bh_modules_qr (value, error) : bh_modules_code128 (value, error);
  return modules != NULL && draw_modules (slot, modules, box, dpi, cr, error);
}

gboolean
bh_label_draw (const BhLabelTemplate *self, GHashTable *fields, guint dpi, cairo_t *cr,
               GError **error)
{
  g_autofree char *svg = fill_in (self->svg, fields);
  g_autoptr (GError) why = NULL;
  g_autoptr (RsvgHandle) handle =
      rsvg_handle_new_from_data ((const guint8 *) svg, strlen (svg), &why);
  const RsvgRectangle page = { 0, 0, self->width, self->height };

  if (handle != NULL)
    rsvg_handle_set_dpi (handle, 72);
  if (handle == NULL || !rsvg_handle_render_document (handle, cr, &page, &why)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; mend the template", self->name,
                 why->message);
    return FALSE;
  }
  for (guint i = 0; i < self->slots->len; i++) {
    const BhSlot *slot = g_ptr_array_index (self->slots, i);
    const char *value = value_of (fields, slot->field);
    g_autofree char *id = g_strconcat ("#", slot->id, NULL);
    RsvgRectangle ink;
    RsvgRectangle box;

    if (*value == '\0')
      continue;
    if (!rsvg_handle_get_geometry_for_layer (handle, id, &page, &ink, &box, &why)) {
      g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s: %s; mend the template", self->name,
                   slot->id, why->message);
      return FALSE;
    }
    if (!draw_slot (slot, value, &box, dpi, cr, error))
      return FALSE;
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

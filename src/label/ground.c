/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include <math.h>
#include <string.h>

#include "template.h"

/* Larger ones are drawn each time: a page of A4 at 600 dpi has 35 million dots. */
#define MOST_KEPT (9 * 1000 * 1000)

/* {field} in the template's own text; without @fields values of usual length. NULL: a value has a
 * letter that no font has. */
static char *
fill_in (const char *svg, GHashTable *fields, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *from = svg;

  for (const char *open = strchr (svg, '{'); open != NULL; open = strchr (open + 1, '{')) {
    const char *close = strchr (open, '}');
    g_autofree char *name = NULL;
    g_autofree char *value = NULL;
    g_autofree char *escaped = NULL;
    const char *given;

    if (close == NULL || close - open > 60)
      continue;
    name = g_strndup (open + 1, (gsize) (close - open - 1));
    if (bh_field_sample (name) == NULL)
      continue;
    given = fields != NULL ? g_hash_table_lookup (fields, name) : bh_field_sample (name);
    value = bh_label_clean (given != NULL ? given : "");
    if (!bh_text_has_fonts (value, name, error))
      return NULL;
    escaped = g_markup_escape_text (g_strdelimit (value, "\n", ' '), -1);
    g_string_append_len (out, from, open - from);
    g_string_append (out, escaped);
    from = close + 1;
  }
  g_string_append (out, from);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
apart (const RsvgRectangle *one, const RsvgRectangle *other)
{
  /* points: the foot of a letter may stand on the edge of a box whose text keeps off it */
  const double slack = 1.2;

  return one->x + one->width <= other->x + slack || other->x + other->width <= one->x + slack ||
         one->y + one->height <= other->y + slack || other->y + other->height <= one->y + slack;
}

/* Text of the drawing neither wraps nor shrinks: where a value makes it run over the edge or
 * into what stands beside it, the label is refused. */
static gboolean
check_texts (const BhLabelTemplate *self, RsvgHandle *handle, GError **error)
{
  const RsvgRectangle page = { 0, 0, self->width, self->height };
  g_autofree RsvgRectangle *all = g_new0 (RsvgRectangle, self->texts->len + 1);

  for (guint i = 0; i < self->texts->len; i++) {
    g_autofree char *id = g_strconcat ("#", (char *) g_ptr_array_index (self->texts, i), NULL);
    RsvgRectangle logical;
    const RsvgRectangle *ink = &all[i];
    gboolean clash = FALSE;

    if (!rsvg_handle_get_geometry_for_layer (handle, id, &page, &all[i], &logical, NULL) ||
        ink->width <= 0)
      continue;
    for (guint s = 0; s < self->slots->len; s++)
      clash = clash || !apart (ink, &((BhSlot *) g_ptr_array_index (self->slots, s))->box);
    for (guint j = 0; j < i; j++)
      clash = clash || (all[j].width > 0 && !apart (ink, &all[j]));
    if (!clash && ink->x >= 0 && ink->y >= 0 && ink->x + ink->width <= self->width &&
        ink->y + ink->height <= self->height)
      continue;
    g_set_error (
        error, BH_ERROR, BH_ERROR_INPUT,
        "%s: its text number %u runs %s; shorten it, or put a text: rectangle in its place",
        self->name, i + 1, clash ? "into what is beside it" : "over the edge");
    return FALSE;
  }
  return TRUE;
}

/* The rectangles only say where something stands: they are not drawn, whatever colour a drawing
 * program gave them. */
static gboolean
hide_places (const BhLabelTemplate *self, RsvgHandle *handle, GError **error)
{
  g_autoptr (GString) css = g_string_new (NULL);

  for (guint i = 0; i < self->slots->len; i++) {
    const BhSlot *slot = g_ptr_array_index (self->slots, i);

    if (strpbrk (slot->id, "\"\\\n") == NULL)
      g_string_append_printf (css, "rect[id=\"%s\"]{fill:none !important;stroke:none !important}\n",
                              slot->id);
  }
  return css->len == 0 ||
         rsvg_handle_set_stylesheet (handle, (const guint8 *) css->str, css->len, error);
}

static gboolean
render (const BhLabelTemplate *self, const char *svg, cairo_t *cr, GError **error)
{
  const RsvgRectangle page = { 0, 0, self->width, self->height };
  g_autoptr (GError) why = NULL;
  g_autoptr (RsvgHandle) handle =
      rsvg_handle_new_from_data ((const guint8 *) svg, strlen (svg), &why);

  if (handle != NULL)
    rsvg_handle_set_dpi (handle, 72);
  if (handle == NULL || !hide_places (self, handle, &why) ||
      !rsvg_handle_render_document (handle, cr, &page, &why)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; mend the template", self->name,
                 why->message);
    return FALSE;
  }
  return check_texts (self, handle, error);
}

/* Under the mutex: the drawing as vectors, of which a PDF keeps one for all pages. */
static gboolean
make_vectors (BhLabelTemplate *self, GError **error)
{
  const cairo_rectangle_t page = { 0, 0, self->width, self->height };
  cairo_surface_t *surface;
  cairo_t *cr;
  gboolean ok;

  if (self->ground != NULL)
    return TRUE;
  surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &page);
  cr = cairo_create (surface);
  ok = render (self, self->svg, cr, error);
  cairo_destroy (cr);
  if (ok)
    self->ground = surface;
  else
    cairo_surface_destroy (surface);
  return ok;
}

/* Under the mutex: the drawing as the printer's dots. */
static cairo_surface_t *
make_dots (BhLabelTemplate *self, guint dpi, GError **error)
{
  cairo_surface_t *dots = g_hash_table_lookup (self->rasters, GUINT_TO_POINTER (dpi));
  cairo_t *cr;
  gboolean ok;

  if (dots != NULL)
    return dots;
  dots = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) lround (self->width * dpi / 72.0),
                                     (int) lround (self->height * dpi / 72.0));
  cr = cairo_create (dots);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, dpi / 72.0, dpi / 72.0);
  ok = render (self, self->svg, cr, error);
  cairo_destroy (cr);
  if (!ok) {
    cairo_surface_destroy (dots);
    return NULL;
  }
  cairo_surface_flush (dots);
  g_hash_table_insert (self->rasters, GUINT_TO_POINTER (dpi), dots);
  return dots;
}

cairo_surface_t *
bh_darkness (cairo_surface_t *raster)
{
  const int width = cairo_image_surface_get_width (raster);
  const int height = cairo_image_surface_get_height (raster);
  cairo_surface_t *dark = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  const gsize from_stride = (gsize) cairo_image_surface_get_stride (raster);
  const gsize to_stride = (gsize) cairo_image_surface_get_stride (dark);
  guint8 *to = cairo_image_surface_get_data (dark);
  const guint8 *from;

  cairo_surface_flush (raster);
  from = cairo_image_surface_get_data (raster);
  for (int y = 0; y < height; y++, from += from_stride, to += to_stride)
    for (int x = 0; x < width; x++)
      to[x] = 255 - (((const guint32 *) (gconstpointer) from)[x] >> 8 & 0xff);
  cairo_surface_mark_dirty (dark);
  return dark;
}

/* Under the mutex: the drawing as how dark its dots are. */
static cairo_surface_t *
make_dark (BhLabelTemplate *self, guint dpi, GError **error)
{
  cairo_surface_t *dark = g_hash_table_lookup (self->darks, GUINT_TO_POINTER (dpi));
  cairo_surface_t *dots;

  if (dark != NULL)
    return dark;
  dots = make_dots (self, dpi, error);
  if (dots == NULL)
    return NULL;
  dark = bh_darkness (dots);
  g_hash_table_insert (self->darks, GUINT_TO_POINTER (dpi), dark);
  return dark;
}

gboolean
bh_ground_kept (const BhLabelTemplate *self, guint dpi)
{
  return !self->filled && self->width * self->height * dpi * dpi / 5184.0 < MOST_KEPT;
}

/* Copies kept dots: faster than any drawing, and bytes are read by many threads. */
gboolean
bh_ground_copy (BhLabelTemplate *self, guint dpi, int left, int top, cairo_surface_t *to,
                GError **error)
{
  const gboolean dark = cairo_image_surface_get_format (to) == CAIRO_FORMAT_A8;
  const gsize dot = dark ? 1 : sizeof (guint32);
  const gsize row = (gsize) cairo_image_surface_get_width (to) * dot;
  const gsize to_stride = (gsize) cairo_image_surface_get_stride (to);
  guint8 *to_data = cairo_image_surface_get_data (to);
  const guint8 *from_data;
  gsize from_stride;
  cairo_surface_t *from;

  g_mutex_lock (&self->mutex);
  from = dark ? make_dark (self, dpi, error) : make_dots (self, dpi, error);
  g_mutex_unlock (&self->mutex);
  if (from == NULL)
    return FALSE;
  from_data = cairo_image_surface_get_data (from);
  from_stride = (gsize) cairo_image_surface_get_stride (from);
  for (gsize y = 0; y < (gsize) cairo_image_surface_get_height (to); y++)
    memcpy (to_data + y * to_stride,
            from_data + (y + (gsize) top) * from_stride + (gsize) left * dot, row);
  cairo_surface_mark_dirty (to);
  return TRUE;
}

gboolean
bh_ground_check (const BhLabelTemplate *self, GError **error)
{
  g_autofree char *svg = fill_in (self->svg, NULL, error);
  const cairo_rectangle_t page = { 0, 0, self->width, self->height };
  cairo_surface_t *nowhere;
  cairo_t *cr;
  gboolean ok;

  if (svg == NULL)
    return FALSE;
  nowhere = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, &page);
  cr = cairo_create (nowhere);
  ok = render (self, svg, cr, error);
  cairo_destroy (cr);
  cairo_surface_destroy (nowhere);
  return ok;
}

gboolean
bh_ground_draw (BhLabelTemplate *self, GHashTable *fields, guint dpi, cairo_t *cr, GError **error)
{
  cairo_surface_t *target = cairo_get_target (cr);
  gboolean image = cairo_surface_get_type (target) == CAIRO_SURFACE_TYPE_IMAGE;

  if (self->filled) {
    g_autofree char *svg = fill_in (self->svg, fields, error);

    return svg != NULL && render (self, svg, cr, error);
  }
  if (image && bh_ground_kept (self, dpi))
    return bh_ground_copy (self, dpi, 0, 0, target, error);
  if (image)
    return render (self, self->svg, cr, error);
  {
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

    if (!make_vectors (self, error))
      return FALSE;
    cairo_save (cr);
    cairo_set_source_surface (cr, self->ground, 0, 0);
    cairo_paint (cr);
    cairo_restore (cr);
  }
  return TRUE;
}

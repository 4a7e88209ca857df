/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include <math.h>
#include <string.h>

#include "template.h"

/* rows of a linear code that are given to the decoder */
#define ROWS 40

typedef struct {
  BhSlotKind kind;
  const char *wanted;
  gboolean found;
  char *said; /* what was read in its place */
} Wanted;

/* A GS1 element string without its brackets and group separators. */
static char *
plain_gs1 (const char *text, gsize size)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < size; i++)
    if (strchr ("()\035", text[i]) == NULL)
      g_string_append_c (out, text[i]);
  return g_string_free (out, FALSE);
}

static void
compare (const BhFound *found, gpointer data)
{
  Wanted *wanted = data;
  gsize size = strlen (wanted->wanted);

  if (wanted->kind == BH_SLOT_GS1_128) {
    g_autofree char *is = plain_gs1 (found->text, found->size);
    g_autofree char *should = plain_gs1 (wanted->wanted, size);

    wanted->found = wanted->found || g_str_equal (is, should);
  } else if (found->size == size && memcmp (found->text, wanted->wanted, size) == 0) {
    wanted->found = TRUE;
  }
  if (wanted->said == NULL)
    wanted->said = g_strndup (found->text, MIN (found->size, 60));
}

static gboolean
dark (cairo_surface_t *raster, int x, int y)
{
  const guint8 *rows = cairo_image_surface_get_data (raster);
  const guint32 *row =
      (const guint32 *) (gconstpointer) (rows + (gsize) y * (gsize) cairo_image_surface_get_stride (
                                                                raster));

  return (row[x] >> 8 & 0xff) < 128;
}

/* Each dot of the symbol and of its quiet zone is what the standard says, in the raster
 * that everything else was drawn on as well. */
static gboolean
check_dots (const BhSlot *slot, const BhModules *modules, const BhPlace *place,
            cairo_surface_t *raster, GError **error)
{
  int quiet = (int) modules->quiet * place->each;
  int wide = (int) modules->width * place->each;
  int high = modules->height > 1 ? wide : place->high;
  int above = modules->height > 1 ? quiet : 0;
  int width = cairo_image_surface_get_width (raster);
  int height = cairo_image_surface_get_height (raster);

  for (int y = -above; y < high + above; y++)
    for (int x = -quiet; x < wide + quiet; x++) {
      gboolean inside = x >= 0 && x < wide && y >= 0 && y < high;
      guint row = modules->height > 1 && inside ? (guint) (y / place->each) : 0;
      gboolean wanted =
          inside && modules->dark[row * modules->width + (guint) (x / place->each)] == 1;
      int px = place->left + x;
      int py = place->top + y;
      gboolean is = px >= 0 && py >= 0 && px < width && py < height && dark (raster, px, py);

      if (is == wanted)
        continue;
      g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                   "%s: the label was read again and %s: it is not handed out; look at what the "
                   "template draws near \"%s\"",
                   slot->field,
                   inside ? "a bar is not as wide as it must be"
                          : "something stands in the quiet zone of its barcode",
                   slot->name);
      return FALSE;
    }
  return TRUE;
}

static guint8 *
cut (cairo_surface_t *raster, int left, int top, int width, int height, int times)
{
  guint8 *grey = g_malloc ((gsize) (width * times) * (gsize) (height * times));

  for (int y = 0; y < height * times; y++)
    for (int x = 0; x < width * times; x++)
      grey[(gsize) y * (gsize) (width * times) + (gsize) x] =
          dark (raster, left + x / times, top + y / times) ? 0 : 255;
  return grey;
}

/* The symbol and the light around it, given to a decoder that did not make it. ZBar loses
 * a perfect QR now and then, for the place of its scan lines: then twice as large. */
static gboolean
read_again (const BhSlot *slot, const BhModules *modules, const BhPlace *place,
            cairo_surface_t *raster, Wanted *wanted)
{
  int quiet = (int) modules->quiet * place->each;
  int left = MAX (0, place->left - quiet);
  int right = MIN (cairo_image_surface_get_width (raster),
                   place->left + (int) modules->width * place->each + quiet);
  int top = place->top;
  int bottom = place->top + place->high;

  if (modules->height > 1) {
    top = MAX (0, place->top - quiet);
    bottom = MIN (cairo_image_surface_get_height (raster),
                  place->top + (int) modules->height * place->each + quiet);
  } else if (bottom - top > ROWS) {
    top += (bottom - top - ROWS) / 2;
    bottom = top + ROWS;
  }
  for (int times = 1; times <= 3 && !wanted->found; times++) {
    int width = right - left;
    int height = bottom - top;
    g_autofree guint8 *grey = cut (raster, left, top, width, height, times);

    if (slot->kind == BH_SLOT_DATAMATRIX)
      bh_read_matrix (grey, width * times, height * times, 1, compare, wanted);
    else
      bh_read_lines (grey, width * times, height * times,
                     modules->height > 1 ? BH_READ_SQUARE : BH_READ_BARS, compare, wanted);
  }
  return wanted->found;
}

static gboolean
check_slot (const BhSlot *slot, const char *value, guint dpi, cairo_surface_t *raster,
            GError **error)
{
  g_autoptr (BhModules) modules = bh_modules_new (slot->kind, value, error);
  Wanted wanted = { slot->kind, value, FALSE, NULL };
  g_autofree char *said = NULL;
  BhPlace place;

  if (modules == NULL || !bh_modules_place (modules, slot, dpi, &place, error) ||
      !check_dots (slot, modules, &place, raster, error))
    return FALSE;
  if (!read_again (slot, modules, &place, raster, &wanted)) {
    said = wanted.said != NULL ? g_utf8_make_valid (wanted.said, -1) : NULL;
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: the label was read again and its barcode says \"%s\", not \"%.60s\": it is "
                 "not handed out; look at the template",
                 slot->field, said != NULL ? said : "", value);
  }
  g_free (wanted.said);
  return wanted.found;
}

gboolean
bh_label_check_raster (const BhLabelTemplate *self, GHashTable *fields, cairo_surface_t *raster,
                       GError **error)
{
  guint dpi = (guint) lround (cairo_image_surface_get_width (raster) * 72.0 / self->width);

  cairo_surface_flush (raster);
  for (guint i = 0; i < self->slots->len; i++) {
    const BhSlot *slot = g_ptr_array_index (self->slots, i);
    const char *value = g_hash_table_lookup (fields, slot->field);

    if (slot->kind != BH_SLOT_TEXT && value != NULL && *value != '\0' &&
        !check_slot (slot, value, dpi, raster, error))
      return FALSE;
  }
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include <math.h>
#include <string.h>

#include "template.h"

/* rows of a linear code that are given to the decoder, which goes along them by turns from the
 * left and from the right */
#define ROWS 3

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

/* Some of a label's dots; outside of them it is light. */
typedef struct {
  const guint8 *data; /* as cairo has A8: 255 is dark */
  gsize stride;
  int left; /* dots of the label */
  int top;
  int right;
  int bottom;
} Dots;

static Dots
dots_of (cairo_surface_t *raster, int left, int top)
{
  cairo_surface_flush (raster);
  return (Dots){ cairo_image_surface_get_data (raster),
                 (gsize) cairo_image_surface_get_stride (raster),
                 left,
                 top,
                 left + cairo_image_surface_get_width (raster),
                 top + cairo_image_surface_get_height (raster) };
}

/* One row from dot @left on, a byte each: 0 dark, 255 light, threshold 128. */
static void
take_row (const Dots *dots, int left, int y, int width, guint8 *to)
{
  const guint8 *from;
  int first;
  int n;

  memset (to, 255, (gsize) width);
  if (y < dots->top || y >= dots->bottom)
    return;
  first = MAX (left, dots->left);
  n = MIN (left + width, dots->right) - first;
  from = dots->data + (gsize) (y - dots->top) * dots->stride + (first - dots->left);
  to += first - left;
  for (int x = 0; x < n; x++)
    to[x] = from[x] < 128 ? 255 : 0;
}

/* What a row of the symbol must be, with its quiet zone. */
static void
wanted_row (const BhCode *code, int row, guint8 *to, int width)
{
  const BhModules *modules = code->modules;
  const int each = code->place.each;

  memset (to, 255, (gsize) width);
  if (row < 0 || row >= (int) modules->height)
    return;
  to += (int) modules->quiet * each;
  for (guint x = 0; x < modules->width; x++)
    if (modules->dark[(guint) row * modules->width + x] == 1)
      memset (to + (int) x * each, 0, (gsize) each);
}

static gboolean
wrong_dot (const BhSlot *slot, const BhCode *code, const guint8 *wanted, const guint8 *is,
           int width, gboolean inside, GError **error)
{
  int quiet = (int) code->modules->quiet * code->place.each;
  int at = 0;

  while (wanted[at] == is[at])
    at++;
  inside = inside && at >= quiet && at < width - quiet;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s: the label was read again and %s: it is not handed out; look at what the "
               "template draws near \"%s\"",
               slot->field,
               inside ? "a bar is not as wide as it must be"
                      : "something stands in the quiet zone of its barcode",
               slot->name);
  return FALSE;
}

/* Each dot of the symbol and of its quiet zone is what the standard says, in the raster
 * that everything else was drawn on as well. @grey: they, as the decoder will have them. */
static gboolean
check_dots (const BhSlot *slot, const BhCode *code, const Dots *dots, const BhArea *area,
            guint8 *grey, GError **error)
{
  const gsize width = (gsize) area->width;
  const int above = code->modules->height > 1 ? (int) code->modules->quiet : 0;
  g_autofree guint8 *wanted = g_malloc (width);
  int of = G_MININT; /* the row of modules that @wanted is */

  for (int y = 0; y < area->height; y++) {
    guint8 *is = grey + (gsize) y * width;
    int row = y / code->place.high - above;

    if (row != of)
      wanted_row (code, row, wanted, area->width);
    of = row;
    take_row (dots, area->left, area->top + y, area->width, is);
    if (memcmp (wanted, is, width) != 0)
      return wrong_dot (slot, code, wanted, is, area->width,
                        row >= 0 && row < (int) code->modules->height, error);
  }
  return TRUE;
}

static guint8 *
enlarged (const guint8 *grey, int width, int height, int times)
{
  guint8 *large = g_malloc ((gsize) (width * times) * (gsize) (height * times));
  guint8 *to = large;

  for (int y = 0; y < height * times; y++)
    for (int x = 0; x < width; x++, to += times)
      memset (to, grey[(gsize) (y / times) * (gsize) width + (gsize) x], (gsize) times);
  return large;
}

/* pixels a module that a decoder needs */
#define ENOUGH 3

/* So many dots of each module, spread over it: as every dot was compared with its module, they
 * are what the others are. @down: dots of a module's height */
static guint8 *
thinned (const guint8 *grey, int width, int height, int each, int down)
{
  const int wide = width / each * ENOUGH;
  guint8 *thin = g_malloc ((gsize) wide * (gsize) (height / down * ENOUGH));
  guint8 *to = thin;

  for (int y = 0; y < height / down * ENOUGH; y++) {
    const guint8 *row = grey + (gsize) ((2 * y + 1) * down / (2 * ENOUGH)) * (gsize) width;

    for (int x = 0; x < wide; x++)
      *to++ = row[(2 * x + 1) * each / (2 * ENOUGH)];
  }
  return thin;
}

static void
read_picture (const BhSlot *slot, const guint8 *grey, int width, int height, Wanted *wanted)
{
  if (slot->kind == BH_SLOT_DATAMATRIX)
    bh_read_matrix (grey, width, height, 1, compare, wanted);
  else
    bh_read_lines (grey, width, height, slot->kind == BH_SLOT_QR ? BH_READ_SQUARE : BH_READ_BARS,
                   compare, wanted);
}

/* The symbol and the light around it, given to a decoder that did not make it: a QR with as
 * many dots as it needs. ZBar loses a perfect QR now and then, for the place of its scan
 * lines: then all dots, then twice as large. */
static gboolean
read_again (const BhSlot *slot, const BhCode *code, const BhArea *area, const guint8 *grey,
            Wanted *wanted)
{
  const int each = code->place.each;
  int height = area->height;

  if (slot->kind != BH_SLOT_DATAMATRIX && each > ENOUGH) {
    g_autofree guint8 *thin = thinned (grey, area->width, height, each, code->place.high);

    bh_read_lines (thin, area->width / each * ENOUGH, height / code->place.high * ENOUGH,
                   slot->kind == BH_SLOT_QR ? BH_READ_CLEAN_SQUARE : BH_READ_BARS, compare, wanted);
  }
  if (code->modules->height == 1 && height > ROWS) {
    grey += (gsize) ((height - ROWS) / 2) * (gsize) area->width;
    height = ROWS;
  }
  for (int times = 1; times <= 3 && !wanted->found; times++) {
    g_autofree guint8 *large = times > 1 ? enlarged (grey, area->width, height, times) : NULL;

    read_picture (slot, large != NULL ? large : grey, area->width * times, height * times, wanted);
  }
  return wanted->found;
}

static gboolean
check_code (const BhSlot *slot, const char *value, const BhCode *code, const Dots *dots,
            GError **error)
{
  const BhArea area = bh_code_area (code);
  g_autofree guint8 *grey = g_malloc ((gsize) area.width * (gsize) area.height);
  Wanted wanted = { slot->kind, value, FALSE, NULL };
  g_autofree char *said = NULL;

  if (!check_dots (slot, code, dots, &area, grey, error))
    return FALSE;
  if (!read_again (slot, code, &area, grey, &wanted)) {
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
  g_autoptr (BhCodes) codes = bh_codes_new (self, fields, dpi, error);
  cairo_surface_t *dark = bh_darkness (raster);
  Dots dots = dots_of (dark, 0, 0);
  gboolean ok = codes != NULL && bh_label_fields_agree (self, fields, error);

  for (guint i = 0; ok && i < codes->n; i++) {
    const BhSlot *slot = g_ptr_array_index (self->slots, i);

    ok = codes->of[i].modules == NULL ||
         check_code (slot, g_hash_table_lookup (fields, slot->field), &codes->of[i], &dots, error);
  }
  cairo_surface_destroy (dark);
  return ok;
}

/* How far from where it is said to be a letter may have ink, dots */
#define NEAR 4

static gboolean
reaches (const RsvgRectangle *ink, const BhArea *area, double scale)
{
  return ink->x * scale - NEAR < area->left + area->width &&
         (ink->x + ink->width) * scale + NEAR > area->left &&
         ink->y * scale - NEAR < area->top + area->height &&
         (ink->y + ink->height) * scale + NEAR > area->top;
}

/* The codes whose bars may be within: that of the area, rarely another. */
static void
draw_codes (const BhCodes *codes, const BhArea *area, cairo_t *cr)
{
  for (guint i = 0; i < codes->n; i++) {
    BhArea other;

    if (codes->of[i].modules == NULL)
      continue;
    other = bh_code_area (&codes->of[i]);
    if (other.left < area->left + area->width && other.left + other.width > area->left &&
        other.top < area->top + area->height && other.top + other.height > area->top)
      bh_modules_draw (codes->of[i].modules, &codes->of[i].place, codes->dpi, cr);
  }
}

/* The dots of one code and its quiet zone: the drawing below it, the code, and what of texts
 * and other codes reaches there. */
static gboolean
check_part (const BhLabelTemplate *self, GHashTable *fields, const BhCodes *codes, guint which,
            GPtrArray *texts, GError **error)
{
  const BhSlot *slot = g_ptr_array_index (self->slots, which);
  const double scale = codes->dpi / 72.0;
  const BhArea area = bh_code_area (&codes->of[which]);
  const int left = MAX (0, area.left);
  const int top = MAX (0, area.top);
  const int right = MIN ((int) lround (self->width * scale), area.left + area.width);
  const int bottom = MIN ((int) lround (self->height * scale), area.top + area.height);
  const int stride = cairo_format_stride_for_width (CAIRO_FORMAT_A8, right - left);
  /* all of it is copied over: cairo's own would be made empty first */
  g_autofree guint8 *data = g_malloc ((gsize) stride * (gsize) (bottom - top));
  cairo_surface_t *part = cairo_image_surface_create_for_data (data, CAIRO_FORMAT_A8, right - left,
                                                               bottom - top, stride);
  gboolean ok = bh_ground_copy ((BhLabelTemplate *) self, codes->dpi, left, top, part, error);
  cairo_t *cr = cairo_create (part);
  Dots dots;

  cairo_translate (cr, -left, -top);
  cairo_scale (cr, scale, scale);
  for (guint i = 0; ok && i < texts->len; i++) {
    const BhText *text = g_ptr_array_index (texts, i);

    if (reaches (&text->ink, &area, scale))
      bh_text_draw (text, cr);
  }
  if (ok)
    draw_codes (codes, &area, cr);
  cairo_destroy (cr);
  if (ok) {
    dots = dots_of (part, left, top);
    ok = check_code (slot, g_hash_table_lookup (fields, slot->field), &codes->of[which], &dots,
                     error);
  }
  cairo_surface_destroy (part);
  return ok;
}

static gboolean
check_whole (const BhLabelTemplate *self, GHashTable *fields, guint dpi, GError **error)
{
  cairo_surface_t *raster = bh_label_raster (self, fields, dpi, error);
  gboolean ok = raster != NULL && bh_label_check_raster (self, fields, raster, error);

  if (raster != NULL)
    cairo_surface_destroy (raster);
  return ok;
}

gboolean
bh_label_check (const BhLabelTemplate *self, GHashTable *fields, const BhCodes *codes,
                GError **error)
{
  g_autoptr (GPtrArray) texts = NULL;
  cairo_surface_t *dot;
  cairo_t *cr;

  if (!bh_label_fields_agree (self, fields, error))
    return FALSE;
  if (!bh_ground_kept (self, codes->dpi))
    return check_whole (self, fields, codes->dpi, error);
  dot = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1, 1);
  cr = cairo_create (dot);
  cairo_scale (cr, codes->dpi / 72.0, codes->dpi / 72.0);
  texts = bh_label_texts (self, fields, cr, error);
  cairo_destroy (cr);
  cairo_surface_destroy (dot);
  for (guint i = 0; texts != NULL && i < codes->n; i++)
    if (codes->of[i].modules != NULL && !check_part (self, fields, codes, i, texts, error))
      return FALSE;
  return texts != NULL;
}

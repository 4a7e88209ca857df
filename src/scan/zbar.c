/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "symbol.h"

#include <zbar.h>

/* ZBar is told each by name: what is not here is off. PDF417 and SQ are not
 * finished in ZBar. Add-ons glue two texts into one symbol ("composite"), so
 * they are off; UPC-A and UPC-E are read as EAN-13, the form in which AIM
 * transmits them. Identifiers: ISO/IEC 15424. */
static const struct {
  zbar_symbol_type_t type;
  guint symbology;
  const char *aim;
  const char *aim_gs1; /* FNC1 in first place */
  const char *aim_app; /* FNC1 in second place */
} known[] = {
  { ZBAR_CODE128, BH_CODE_128, "]C0", "]C1", "]C2" },
  { ZBAR_CODE39, BH_CODE_39, "]A0", NULL, NULL },
  { ZBAR_CODE93, BH_CODE_93, "]G0", NULL, NULL },
  { ZBAR_CODABAR, BH_CODABAR, "]F0", NULL, NULL },
  { ZBAR_EAN13, BH_EAN_13, "]E0", NULL, NULL },
  { ZBAR_EAN8, BH_EAN_8, "]E4", NULL, NULL },
  { ZBAR_DATABAR, BH_DATABAR, "]e0", NULL, NULL },
  { ZBAR_DATABAR_EXP, BH_DATABAR_EXP, "]e0", NULL, NULL },
  { ZBAR_I25, BH_I25, "]I0", NULL, NULL },
  { ZBAR_QRCODE, BH_QR_CODE, "]Q1", "]Q3", "]Q5" },
};

/* A picture's edge cuts an Interleaved 2 of 5 into shorter ones that look good
 * (it has no check character): only cartons' ITF-14 is read. */
#define I25_LENGTH 14

static zbar_image_scanner_t *
new_scanner (guint wanted, guint columns, guint rows)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();

  zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_ENABLE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (wanted & known[i].symbology)
      zbar_image_scanner_set_config (scanner, known[i].type, ZBAR_CFG_ENABLE, 1);
  zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_X_DENSITY, (int) columns);
  zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_Y_DENSITY, (int) rows);
  zbar_image_scanner_set_config (scanner, ZBAR_I25, ZBAR_CFG_MIN_LEN, I25_LENGTH);
  zbar_image_scanner_set_config (scanner, ZBAR_I25, ZBAR_CFG_MAX_LEN, I25_LENGTH);
  /* bytes as they were encoded; ZBar would guess a character set */
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
  return scanner;
}

static const char *
identifier (const zbar_symbol_t *symbol)
{
  guint modifiers = zbar_symbol_get_modifiers (symbol);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].type == zbar_symbol_get_type (symbol)) {
      if ((modifiers & 1u << ZBAR_MOD_GS1) && known[i].aim_gs1 != NULL)
        return known[i].aim_gs1;
      if ((modifiers & 1u << ZBAR_MOD_AIM) && known[i].aim_app != NULL)
        return known[i].aim_app;
      return known[i].aim;
    }
  return NULL;
}

static BhSymbol *
new_symbol (const zbar_symbol_t *from)
{
  BhSymbol *self = g_new0 (BhSymbol, 1);

  self->bytes = g_bytes_new (zbar_symbol_get_data (from), zbar_symbol_get_data_length (from));
  self->symbology = zbar_get_symbol_name (zbar_symbol_get_type (from));
  self->identifier = g_strdup (identifier (from));
  return self;
}

/* QR comes anticlockwise, from whichever corner is its own first. */
void
bh_symbol_set_corners (BhSymbol *self, const BhPoint corners[4])
{
  gint64 area = 0;
  guint first = 0;

  for (guint i = 0; i < 4; i++) {
    const BhPoint *a = &corners[i], *b = &corners[(i + 1) % 4];

    area += (gint64) a->x * b->y - (gint64) b->x * a->y;
    if (a->x + a->y < corners[first].x + corners[first].y)
      first = i;
  }
  /* y grows downwards: a positive area is clockwise */
  for (guint i = 0; i < 4; i++)
    self->polygon[i] = corners[(first + (area >= 0 ? i : 4 - i)) % 4];
  self->n_points = 4;
}

static void
add_linear (const zbar_symbol_t *from, GPtrArray *symbols, GArray *lines)
{
  guint n = zbar_symbol_get_loc_size (from);
  g_autofree BhPoint *points = g_new (BhPoint, MAX (n, 1));
  g_autoptr (GArray) places = NULL;
  guint agree = (guint) MAX (zbar_symbol_get_quality (from), 0) + 1;
  zbar_orientation_t turned = zbar_symbol_get_orientation (from);

  for (guint i = 0; i < n; i++) {
    points[i].x = zbar_symbol_get_loc_x (from, i);
    points[i].y = zbar_symbol_get_loc_y (from, i);
  }
  places = bh_places_of (points, n, turned != ZBAR_ORIENT_LEFT && turned != ZBAR_ORIENT_RIGHT);
  for (guint i = 0; i < places->len; i++) {
    const BhPlace *at = &g_array_index (places, BhPlace, i);
    const BhPoint box[4] = {
      { at->x0, at->y0 }, { at->x1, at->y0 }, { at->x1, at->y1 }, { at->x0, at->y1 }
    };
    BhSymbol *symbol = new_symbol (from);

    bh_symbol_set_corners (symbol, box);
    g_ptr_array_add (symbols, symbol);
    g_array_append_val (lines, agree);
  }
}

static void
add_matrix (const zbar_symbol_t *from, GPtrArray *symbols, GArray *lines)
{
  BhSymbol *symbol = new_symbol (from);
  BhPoint corners[4];
  guint agree = 0;

  if (zbar_symbol_get_loc_size (from) == 4) {
    for (guint i = 0; i < 4; i++) {
      corners[i].x = zbar_symbol_get_loc_x (from, i);
      corners[i].y = zbar_symbol_get_loc_y (from, i);
    }
    bh_symbol_set_corners (symbol, corners);
  }
  g_ptr_array_add (symbols, symbol);
  g_array_append_val (lines, agree);
}

void
bh_zbar_scan (const BhGrey *grey, guint symbologies, guint columns, guint rows, GPtrArray *symbols,
              GArray *lines)
{
  zbar_image_scanner_t *scanner = new_scanner (symbologies, columns, rows);
  zbar_image_t *image = zbar_image_create ();

  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, grey->width, grey->height);
  zbar_image_set_data (image, grey->pixels, (unsigned long) grey->width * grey->height, NULL);
  zbar_scan_image (scanner, image);
  for (const zbar_symbol_t *s = zbar_image_first_symbol (image); s; s = zbar_symbol_next (s)) {
    if (identifier (s) == NULL) /* a part of one */
      continue;
    if (zbar_symbol_get_type (s) == ZBAR_QRCODE)
      add_matrix (s, symbols, lines);
    else
      add_linear (s, symbols, lines);
  }
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
}

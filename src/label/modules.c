/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include <math.h>
#include <qrencode.h>
#include <string.h>
#include <zint.h>

#include "template.h"

/* the narrowest bar that thermal printers keep apart */
#define MIN_DOTS 2

void
bh_modules_free (BhModules *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->boxes, g_array_unref);
  g_free (self->dark);
  g_free (self);
}

static BhModules *
modules_sized (guint width, guint height, guint quiet)
{
  BhModules *self = g_new0 (BhModules, 1);

  self->width = width;
  self->height = height;
  self->quiet = quiet;
  self->dark = g_new0 (guint8, (gsize) width * height);
  return self;
}

static gboolean
all_dark (const BhModules *self, guint x, guint y, guint width, guint height)
{
  for (guint row = y; row < y + height; row++)
    for (guint column = x; column < x + width; column++)
      if (!self->dark[row * self->width + column])
        return FALSE;
  return TRUE;
}

/* The run of dark modules through (x,y), made as wide or high as stays dark. */
static BhModuleBox
box_at (const BhModules *self, guint x, guint y, gboolean along)
{
  guint left = x;
  guint top = y;
  guint right = x + 1;
  guint bottom = y + 1;

  for (int turn = 0; turn < 2; turn++) {
    if (along == (turn == 0)) {
      while (left > 0 && all_dark (self, left - 1, top, 1, bottom - top))
        left--;
      while (right < self->width && all_dark (self, right, top, 1, bottom - top))
        right++;
    } else {
      while (top > 0 && all_dark (self, left, top - 1, right - left, 1))
        top--;
      while (bottom < self->height && all_dark (self, left, bottom, right - left, 1))
        bottom++;
    }
  }
  return (BhModuleBox){ (guint16) left, (guint16) top, (guint16) (right - left),
                        (guint16) (bottom - top) };
}

static guint
count_new (const BhModules *self, const guint8 *covered, const BhModuleBox *box)
{
  guint n = 0;

  for (guint row = box->y; row < box->y + box->height; row++)
    for (guint column = box->x; column < box->x + box->width; column++)
      n += covered[row * self->width + column] == 0;
  return n;
}

/* Few boxes for what is dark: a box is four corners in every PDF. They may lie on each other, as
 * all of them are filled at once. */
static void
find_boxes (BhModules *self)
{
  g_autofree guint8 *covered = g_new0 (guint8, (gsize) self->width * self->height);

  self->boxes = g_array_new (FALSE, FALSE, sizeof (BhModuleBox));
  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width; x++) {
      BhModuleBox along;
      BhModuleBox down;

      if (!self->dark[y * self->width + x] || covered[y * self->width + x])
        continue;
      along = box_at (self, x, y, TRUE);
      down = box_at (self, x, y, FALSE);
      if (count_new (self, covered, &down) > count_new (self, covered, &along))
        along = down;
      for (guint row = along.y; row < along.y + along.height; row++)
        memset (covered + row * self->width + along.x, 1, along.width);
      g_array_append_val (self->boxes, along);
    }
}

static BhModules *
by_qrencode (const char *text, GError **error)
{
  QRcode *code =
      QRcode_encodeData ((int) strlen (text), (const unsigned char *) text, 0, QR_ECLEVEL_M);
  BhModules *self;

  if (code == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "QR: %zu bytes do not go into one; shorten them",
                 strlen (text));
    return NULL;
  }
  self = modules_sized ((guint) code->width, (guint) code->width, 4);
  for (guint i = 0; i < self->width * self->height; i++)
    self->dark[i] = code->data[i] & 1;
  find_boxes (self);
  QRcode_free (code);
  return self;
}

static const struct {
  const char *name;
  int symbology;
  int mode;
  guint quiet;
} by_zint[] = {
  [BH_SLOT_CODE128] = { "Code 128", BARCODE_CODE128, DATA_MODE, 10 },
  [BH_SLOT_GS1_128] = { "GS1-128", BARCODE_GS1_128, GS1_MODE | GS1PARENS_MODE, 10 },
  [BH_SLOT_CODE39] = { "Code 39", BARCODE_CODE39, DATA_MODE, 10 },
  [BH_SLOT_DATAMATRIX] = { "Data Matrix", BARCODE_DATAMATRIX, DATA_MODE, 2 },
};

BhModules *
bh_modules_new (BhSlotKind kind, const char *text, GError **error)
{
  struct zint_symbol *symbol;
  BhModules *self = NULL;

  if (kind == BH_SLOT_QR)
    return by_qrencode (text, error);
  symbol = ZBarcode_Create ();
  symbol->symbology = by_zint[kind].symbology;
  symbol->input_mode = by_zint[kind].mode;
  if (kind == BH_SLOT_DATAMATRIX)
    symbol->option_3 = DM_SQUARE;
  if (*text != '\0' &&
      ZBarcode_Encode (symbol, (const unsigned char *) text, (int) strlen (text)) < ZINT_ERROR) {
    guint rows = kind == BH_SLOT_DATAMATRIX ? (guint) symbol->rows : 1;

    self = modules_sized ((guint) symbol->width, rows, by_zint[kind].quiet);
    for (guint y = 0; y < rows; y++)
      for (guint x = 0; x < self->width; x++)
        self->dark[y * self->width + x] = symbol->encoded_data[y][x >> 3] >> (x & 7) & 1;
    find_boxes (self);
  } else {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%.60s: no %s can be made of it: %s; shorten it",
                 text, by_zint[kind].name, *text != '\0' ? symbol->errtxt : "it is empty");
  }
  ZBarcode_Delete (symbol);
  return self;
}

BhModules *
bh_modules_code128 (const char *text, GError **error)
{
  return bh_modules_new (BH_SLOT_CODE128, text, error);
}

gboolean
bh_modules_place (const BhModules *self, const BhSlot *slot, guint dpi, BhPlace *place,
                  GError **error)
{
  const double dot = 72.0 / dpi;
  int first = (int) ceil (slot->box.x / dot - 1e-6);
  int upper = (int) ceil (slot->box.y / dot - 1e-6);
  int wide = (int) floor ((slot->box.x + slot->box.width) / dot + 1e-6) - first;
  int high = (int) floor ((slot->box.y + slot->box.height) / dot + 1e-6) - upper;
  int across = (int) (self->width + 2 * self->quiet);
  int each = (self->height == 1 ? wide : MIN (wide, high)) / across;
  int least = MAX (MIN_DOTS, (int) ceil (slot->bars / dot - 0.5));

  if (each < least || high < each) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: the barcode needs %d modules of %d dots and has room for %d dots at %u dpi; "
                 "shorten it or make its place wider",
                 slot->field, across, least, self->height == 1 ? wide : MIN (wide, high), dpi);
    return FALSE;
  }
  place->each = each;
  place->left = first + (wide - each * (int) self->width) / 2;
  place->top = upper + (self->height > 1 ? (high - each * (int) self->height) / 2 : 0);
  place->high = self->height > 1 ? each : high;
  return TRUE;
}

void
bh_modules_draw (const BhModules *self, const BhPlace *place, guint dpi, cairo_t *cr)
{
  const double dot = 72.0 / dpi;

  cairo_save (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  /* a rectangle alone is half as many numbers in a PDF as one of a path */
  for (guint i = 0; i < self->boxes->len; i++) {
    const BhModuleBox *box = &g_array_index (self->boxes, BhModuleBox, i);

    cairo_rectangle (cr, (place->left + place->each * box->x) * dot,
                     (place->top + place->each * box->y) * dot, place->each * box->width * dot,
                     (self->height > 1 ? place->each * box->height : place->high) * dot);
    cairo_fill (cr);
  }
  cairo_restore (cr);
}

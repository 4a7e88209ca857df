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
  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width;) {
      guint run = 0;

      while (x + run < self->width && self->dark[y * self->width + x + run])
        run++;
      if (run > 0)
        cairo_rectangle (cr, (place->left + place->each * (int) x) * dot,
                         (place->top + place->each * (int) y) * dot, place->each * (int) run * dot,
                         place->high * dot);
      x += MAX (run, 1);
    }
  cairo_fill (cr);
  cairo_restore (cr);
}

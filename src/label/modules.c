/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include <qrencode.h>
#include <string.h>
#include <zint.h>

#include "template.h"

void
bh_modules_free (BhModules *self)
{
  if (self == NULL)
    return;
  g_free (self->dark);
  g_free (self);
}

BhModules *
bh_modules_code128 (const char *text, GError **error)
{
  struct zint_symbol *symbol = ZBarcode_Create ();
  BhModules *self = NULL;

  symbol->symbology = BARCODE_CODE128;
  symbol->input_mode = DATA_MODE;
  if (*text != '\0' &&
      ZBarcode_Encode (symbol, (const unsigned char *) text, (int) strlen (text)) < ZINT_ERROR) {
    self = g_new0 (BhModules, 1);
    self->width = (guint) symbol->width;
    self->height = 1;
    self->quiet = 10;
    self->dark = g_new0 (guint8, self->width);
    for (guint i = 0; i < self->width; i++)
      self->dark[i] = symbol->encoded_data[0][i >> 3] >> (i & 7) & 1;
  } else {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: no Code 128 can be made of it: %s", text,
                 *text != '\0' ? symbol->errtxt : "it is empty");
  }
  ZBarcode_Delete (symbol);
  return self;
}

BhModules *
bh_modules_qr (const char *text, GError **error)
{
  QRcode *code =
      QRcode_encodeData ((int) strlen (text), (const unsigned char *) text, 0, QR_ECLEVEL_M);
  BhModules *self;

  if (code == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "QR: %zu bytes do not go into one; shorten them",
                 strlen (text));
    return NULL;
  }
  self = g_new0 (BhModules, 1);
  self->width = self->height = (guint) code->width;
  self->quiet = 4;
  self->dark = g_new0 (guint8, self->width * self->height);
  for (guint i = 0; i < self->width * self->height; i++)
    self->dark[i] = code->data[i] & 1;
  QRcode_free (code);
  return self;
}

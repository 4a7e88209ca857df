/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  BH_ZXING_HARDER = 1 << 0,  /* every line, not one in some */
  BH_ZXING_ROTATE = 1 << 1,  /* also by quarter turns */
  BH_ZXING_SMALLER = 1 << 2, /* also the picture made smaller */
  BH_ZXING_GLOBAL = 1 << 3,  /* one threshold for all, not one a neighbourhood */
} BhZxingFlags;

typedef struct {
  guint symbology; /* one of BhSymbologies */
  const guint8 *bytes;
  gsize size;
  const char *identifier; /* AIM */
  int corners[8];         /* x, y of top left, top right, bottom right, bottom left of the code */
  guint lines;            /* that agree; 0 of matrix codes */
} BhZxingRead;

typedef void (*BhZxingFunc) (const BhZxingRead *read, gpointer data);

/* Symbologies that ZXing reads for us. */
guint bh_zxing_symbologies (void);
/* Reads rows packed; no exception and no failed assertion of the library comes out.
 * FALSE: the library gave up on this picture. */
gboolean bh_zxing_scan (const guint8 *pixels, guint width, guint height, guint symbologies,
                        guint flags, BhZxingFunc func, gpointer data);

G_END_DECLS

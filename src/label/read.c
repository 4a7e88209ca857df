/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include <dmtx.h>
#include <math.h>
#include <string.h>
#include <zbar.h>

#include "template.h"

/* one symbol is looked for no longer than this, milliseconds */
#define MATRIX_TIME 500
#define MATRIX_GAP  2  /* pixels between the lines that are looked at */
#define LEAST_SIDE  20 /* ten modules of two dots */
#define SPARSE      2  /* pixels between the lines through a clean QR */

static void
tell_zbar (const zbar_symbol_t *symbol, BhFoundFunc found, gpointer data)
{
  BhFound one = { zbar_get_symbol_name (zbar_symbol_get_type (symbol)),
                  zbar_symbol_get_data (symbol),
                  zbar_symbol_get_data_length (symbol),
                  G_MAXINT,
                  G_MAXINT,
                  0,
                  0 };
  g_autofree BhLineEnd *points = NULL;

  one.n_points = zbar_symbol_get_loc_size (symbol);
  one.points = points = g_new (BhLineEnd, one.n_points + 1);
  for (unsigned i = 0; i < one.n_points; i++) {
    points[i].x = zbar_symbol_get_loc_x (symbol, i);
    points[i].y = zbar_symbol_get_loc_y (symbol, i);
    one.left = MIN (one.left, points[i].x);
    one.right = MAX (one.right, points[i].x);
    one.top = MIN (one.top, points[i].y);
    one.bottom = MAX (one.bottom, points[i].y);
  }
  found (&one, data);
}

void
bh_read_lines (const guint8 *grey, int width, int height, BhReadWhat what, BhFoundFunc found,
               gpointer data)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t *image = zbar_image_create ();

  zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_ENABLE, 0);
  if (what == BH_READ_ALL || what == BH_READ_BARS) {
    zbar_image_scanner_set_config (scanner, ZBAR_CODE128, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config (scanner, ZBAR_CODE39, ZBAR_CFG_ENABLE, 1);
  }
  if (what != BH_READ_BARS) {
    zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
  }
  if (what == BH_READ_CLEAN_SQUARE) {
    zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_X_DENSITY, SPARSE);
    zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_Y_DENSITY, SPARSE);
  } else if (what == BH_READ_BARS) {
    zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_X_DENSITY, 0);
  }
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, (unsigned) width, (unsigned) height);
  zbar_image_set_data (image, grey, (unsigned long) width * (unsigned long) height, NULL);
  zbar_scan_image (scanner, image);
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol))
    tell_zbar (symbol, found, data);
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
}

static void
tell_dmtx (DmtxRegion *region, const DmtxMessage *message, int height, BhFoundFunc found,
           gpointer data)
{
  static const DmtxVector2 corners[] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 } };
  BhFound one = { "Data-Matrix",
                  (const char *) message->output,
                  (gsize) message->outputIdx,
                  G_MAXINT,
                  G_MAXINT,
                  0,
                  0 };

  one.modules = region->symbolCols;
  for (guint i = 0; i < G_N_ELEMENTS (corners); i++) {
    DmtxVector2 at = corners[i];
    int x;
    int y;

    dmtxMatrix3VMultiplyBy (&at, region->fit2raw);
    x = (int) lround (at.X);
    y = height - 1 - (int) lround (at.Y); /* its rows go upwards */
    one.left = MIN (one.left, x);
    one.right = MAX (one.right, x);
    one.top = MIN (one.top, y);
    one.bottom = MAX (one.bottom, y);
  }
  found (&one, data);
}

void
bh_read_matrix (const guint8 *grey, int width, int height, int most, BhFoundFunc found,
                gpointer data)
{
  DmtxImage *image = dmtxImageCreate ((unsigned char *) grey, width, height, DmtxPack8bppK);
  DmtxDecode *decode = image != NULL ? dmtxDecodeCreate (image, 1) : NULL;
  DmtxTime end = dmtxTimeAdd (dmtxTimeNow (), MATRIX_TIME);

  if (decode != NULL)
    dmtxDecodeSetProp (decode, DmtxPropScanGap, MATRIX_GAP);
  for (int n = 0; decode != NULL && n < most;) {
    DmtxRegion *region = dmtxRegionFindNext (decode, &end);
    DmtxMessage *message;

    if (region == NULL)
      break;
    message = dmtxDecodeMatrixRegion (decode, region, DmtxUndefined);
    if (message != NULL) {
      tell_dmtx (region, message, height, found, data);
      dmtxMessageDestroy (&message);
      n++;
    }
    dmtxRegionDestroy (&region);
  }
  if (decode != NULL)
    dmtxDecodeDestroy (&decode);
  if (image != NULL)
    dmtxImageDestroy (&image);
}

typedef struct {
  int x;
  int y;
  BhFoundFunc found;
  gpointer data;
} Moved;

static void
tell_moved (const BhFound *found, gpointer data)
{
  const Moved *moved = data;
  BhFound one = *found;

  one.left += moved->x;
  one.right += moved->x;
  one.top += moved->y;
  one.bottom += moved->y;
  moved->found (&one, moved->data);
}

/* dark pixels from (x,y) on, at most @most */
static int
dark_run (const guint8 *grey, int width, int x, int y, int dx, int dy, int most)
{
  int n = 0;

  while (n < most && grey[(y + n * dy) * width + x + n * dx] == 0)
    n++;
  return n;
}

static int
changes (const guint8 *grey, int width, int x, int y, int dx, int dy, int length)
{
  int n = 0;

  for (int i = 1; i < length; i++)
    if (grey[(y + i * dy) * width + x + i * dx] !=
        grey[(y + (i - 1) * dy) * width + x + (i - 1) * dx])
      n++;
  return n;
}

/* libdmtx takes seconds for a page. An upright symbol shows itself: a solid bar on its left
 * and one below it, of one length, and the opposite sides come and go (ISO/IEC 16022 5.2). */
void
bh_find_matrix (const guint8 *grey, int width, int height, int most, BhFoundFunc found,
                gpointer data)
{
  for (int y = LEAST_SIDE; y < height - 1 && most > 0; y++)
    for (int x = 1; x < width - LEAST_SIDE && most > 0; x++) {
      const guint8 *here = grey + y * width + x;
      int up;
      int right;
      int margin;

      if (*here != 0 || here[-1] == 0 || here[width] == 0 || here[LEAST_SIDE - 1] != 0 ||
          here[-(LEAST_SIDE - 1) * width] != 0)
        continue;
      up = dark_run (grey, width, x, y, 0, -1, y + 1);
      right = dark_run (grey, width, x, y, 1, 0, width - x);
      margin = up / 8 + 2;
      if (ABS (up - right) > 2 || changes (grey, width, x, y - up + 1, 1, 0, right) < 7 ||
          changes (grey, width, x + right - 1, y, 0, -1, up) < 7)
        continue;
      {
        int left = MAX (0, x - margin);
        int top = MAX (0, y - up - margin);
        int wide = MIN (width, x + right + margin) - left;
        int high = MIN (height, y + margin) - top;
        g_autofree guint8 *crop = g_malloc ((gsize) wide * (gsize) high);
        Moved moved = { left, top, found, data };

        for (int row = 0; row < high; row++)
          memcpy (crop + row * wide, grey + (top + row) * width + left, (gsize) wide);
        bh_read_matrix (crop, wide, high, 1, tell_moved, &moved);
        most--;
      }
    }
}

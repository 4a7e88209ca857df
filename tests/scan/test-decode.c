/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backhaul/decode.h"

#include <string.h>
#include <zint.h>

#include "backhaul/error.h"
#include "scenes.h"

static char *
text_of (const BhSymbol *symbol)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (symbol->bytes, &size);

  return g_strndup (data, size);
}

/* "1.1 CODE-128 ]C0 R1234567890|…": all that a list of symbols says, but places */
static char *
told (GPtrArray *symbols)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < symbols->len; i++) {
    const BhSymbol *symbol = g_ptr_array_index (symbols, i);
    g_autofree char *text = text_of (symbol);

    g_string_append_printf (all, "%s%u.%u %s %s %s", i > 0 ? "|" : "", symbol->page, symbol->index,
                            symbol->symbology, symbol->identifier, text);
  }
  return g_string_free (all, FALSE);
}

static char *
read_file (GBytes *file)
{
  g_autoptr (GError) error = NULL;
  const BhDecoder all = { BH_SYMBOLOGIES_ALL, BH_EFFORT_NORMAL, 1 };
  g_autoptr (GPtrArray) symbols = bh_decoder_bytes (&all, file, "test", &error);

  g_assert_no_error (error);
  return told (symbols);
}

static char *
read_canvas (const Canvas *canvas)
{
  g_autoptr (GBytes) png = canvas_file (canvas, "png");

  return read_file (png);
}

/* ---- every symbology ---- */
typedef struct {
  const char *path;
  int symbology;
  int mode;
  const char *data;
  const char *expected;
} Kind;

#define GS       "\x1d"
#define RS       "\x1e"
#define EOT      "\x04"
#define ENVELOPE "[)>" RS "06" GS "1PSRX-4100" GS "SNGA1234567" RS EOT

static const Kind kinds[] = {
  { "code-128", BARCODE_CODE128, DATA_MODE, "R2105683500", "1.1 CODE-128 ]C0 R2105683500" },
  { "code-128-digits", BARCODE_CODE128, DATA_MODE, "20190101012345",
    "1.1 CODE-128 ]C0 20190101012345" },
  { "code-128-control", BARCODE_CODE128, DATA_MODE, ENVELOPE, "1.1 CODE-128 ]C0 " ENVELOPE },
  { "gs1-128", BARCODE_GS1_128, GS1_MODE, "[01]09501101530003[21]NGA1234567[240]SRX",
    "1.1 CODE-128 ]C1 010950110153000321NGA1234567" GS "240SRX" },
  { "code-39", BARCODE_CODE39, DATA_MODE, "SNGA1234567", "1.1 CODE-39 ]A0 SNGA1234567" },
  { "code-93", BARCODE_CODE93, DATA_MODE, "NGA1234567", "1.1 CODE-93 ]G0 NGA1234567" },
  { "codabar", BARCODE_CODABAR, DATA_MODE, "A12345678B", "1.1 Codabar ]F0 A12345678B" },
  { "ean-13", BARCODE_EANX, DATA_MODE, "950110153000", "1.1 EAN-13 ]E0 9501101530003" },
  { "ean-8", BARCODE_EANX, DATA_MODE, "9501101", "1.1 EAN-8 ]E4 95011011" },
  { "upc-a", BARCODE_UPCA, DATA_MODE, "03600029145", "1.1 EAN-13 ]E0 0036000291452" },
  { "upc-e", BARCODE_UPCE, DATA_MODE, "0123456", "1.1 EAN-13 ]E0 0012345000065" },
  { "databar", BARCODE_DBAR_OMN, DATA_MODE, "0950110153000", "1.1 DataBar ]e0 0109501101530003" },
  { "databar-expanded", BARCODE_DBAR_EXP, GS1_MODE, "[01]09501101530003[21]NGA1234567",
    "1.1 DataBar-Exp ]e0 010950110153000321NGA1234567" },
  { "itf-14", BARCODE_C25INTER, DATA_MODE, "09501101530003", "1.1 I2/5 ]I0 09501101530003" },
  { "qr", BARCODE_QRCODE, DATA_MODE, "R2105683500", "1.1 QR-Code ]Q1 R2105683500" },
  { "qr-bytes", BARCODE_QRCODE, DATA_MODE,
    "\xe9\xff"
    "A",
    "1.1 QR-Code ]Q1 \xe9\xff"
    "A" },
  { "qr-envelope", BARCODE_QRCODE, DATA_MODE, ENVELOPE, "1.1 QR-Code ]Q1 " ENVELOPE },
  { "data-matrix", BARCODE_DATAMATRIX, DATA_MODE, "R2105683500",
    "1.1 Data-Matrix ]d1 R2105683500" },
  { "data-matrix-envelope", BARCODE_DATAMATRIX, DATA_MODE, ENVELOPE,
    "1.1 Data-Matrix ]d1 " ENVELOPE },
  { "data-matrix-bytes", BARCODE_DATAMATRIX, DATA_MODE,
    "\xe9\xff"
    "ABCDEF",
    "1.1 Data-Matrix ]d1 \xe9\xff"
    "ABCDEF" },
  { "data-matrix-short", BARCODE_DATAMATRIX, DATA_MODE, "MX204", "1.1 Data-Matrix ]d1 MX204" },
  { "data-matrix-gs1", BARCODE_DATAMATRIX, GS1_MODE, "[01]09501101530003[21]NGA1234567",
    "1.1 Data-Matrix ]d2 010950110153000321NGA1234567" },
  { "qr-gs1", BARCODE_QRCODE, GS1_MODE, "[01]09501101530003[21]NGA1234567",
    "1.1 QR-Code ]Q3 010950110153000321NGA1234567" },
};

/* ---- profiles, and what is not there ---- */
static GPtrArray *
read_grey (const Canvas *canvas, guint symbologies)
{
  const BhDecoder decoder = { symbologies, BH_EFFORT_NORMAL, 1 };
  g_autoptr (GError) error = NULL;
  GPtrArray *symbols =
      bh_decoder_frame (&decoder, canvas->grey, canvas->width, canvas->height, &error);

  g_assert_no_error (error);
  return symbols;
}

/* An EAN-13 is read where the site's profile has it, and else never. */
static void
test_profile (void)
{
  g_autoptr (Canvas) canvas = canvas_of (BARCODE_EANX, DATA_MODE, "950110153000", 12, 3);
  g_autoptr (GPtrArray) without = read_grey (canvas, BH_SYMBOLOGIES_DEFAULT);
  g_autoptr (GPtrArray) with = read_grey (canvas, BH_SYMBOLOGIES_DEFAULT | BH_EAN_13);

  g_assert_cmpuint (without->len, ==, 0);
  g_assert_cmpuint (with->len, ==, 1);
}

/* Of each level and symbology a scene: never another text than what the label says. */
static void
test_scenes (void)
{
  guint read = 0;

  for (guint level = 0; level < SCENE_LEVELS; level++)
    for (guint kind = 0; kind < G_N_ELEMENTS (scene_kinds); kind++) {
      g_autofree char *text = NULL;
      g_autoptr (Canvas) canvas = scene_new (700 + level, kind, level, &text);
      g_autoptr (GPtrArray) symbols = read_grey (canvas, BH_SYMBOLOGIES_DEFAULT);

      for (guint i = 0; i < symbols->len; i++) {
        g_autofree char *told_text = text_of (g_ptr_array_index (symbols, i));

        g_assert_cmpstr (told_text, ==, text);
      }
      g_assert_cmpuint (symbols->len, <=, 1);
      read += symbols->len;
    }
  g_assert_cmpuint (read, >=, 12); /* ZBar alone: 6 */
}

/* A pen's stroke, three pixels thick, up and into the L of a Data Matrix: at each height of it. */
static void
test_stroke (void)
{
  const char *const text = "CS76F0363Y.FBLEO";
  const guint module = 13, edge = 12 * module;

  for (guint start = edge + 3 * module; start < edge + 14 * module; start += 5) {
    g_autoptr (Canvas) canvas =
        canvas_of (BARCODE_DATAMATRIX, DATA_MODE, text, strlen (text), module);
    g_autofree char *read = NULL;

    for (guint i = 0; i < 6 * module; i++)
      for (guint k = 0; k < 3; k++)
        canvas->grey[(start - i) * canvas->width + edge - 2 * module + i + k] = 0;
    read = read_canvas (canvas);
    g_assert_cmpstr (read, ==, "1.1 Data-Matrix ]d1 CS76F0363Y.FBLEO");
  }
}

static void
test_empty (void)
{
  for (guint seed = 0; seed < 7; seed++) {
    g_autoptr (Canvas) canvas = scene_empty (seed);
    g_autoptr (GPtrArray) symbols = read_grey (canvas, BH_SYMBOLOGIES_DEFAULT);

    g_assert_cmpuint (symbols->len, ==, 0);
  }
}

static void
test_kind (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (Canvas) canvas =
      canvas_of (kind->symbology, kind->mode, kind->data, strlen (kind->data), 3);
  g_autofree char *read = read_canvas (canvas);

  g_assert_cmpstr (read, ==, kind->expected);
}

/* ---- every format ---- */
static void
test_format (gconstpointer type)
{
  g_autoptr (Canvas) canvas = canvas_new (500, 300);
  g_autoptr (GBytes) file = NULL;
  g_autofree char *read = NULL;

  canvas_text (canvas, 40, 40, "R2105683500");
  canvas_code (canvas, 300, 150, 4, 0, BARCODE_QRCODE, DATA_MODE, "NGA1234567", 10);
  file = canvas_file (canvas, type);
  read = read_file (file);
  g_assert_cmpstr (read, ==, "1.1 CODE-128 ]C0 R2105683500|1.2 QR-Code ]Q1 NGA1234567");
}

/* ---- as drawing programs make it: to the picture's edges ---- */
static void
test_no_quiet_zone (void)
{
  for (guint turn = 0; turn < 8; turn++) {
    g_autoptr (Canvas) wide = canvas_new (200, 200);
    guint side = canvas_code (wide, 0, 0, 4, 1, BARCODE_DATAMATRIX, DATA_MODE, "NGA1234567", 10);
    g_autoptr (Canvas) canvas = canvas_new (side, side);
    g_autoptr (GBytes) file = NULL;
    g_autoptr (GPtrArray) symbols = NULL;
    g_autoptr (GError) error = NULL;
    const BhSymbol *symbol;

    for (guint y = 0; y < side; y++)
      for (guint x = 0; x < side; x++) {
        guint to_x = turn & 1 ? side - 1 - x : x;
        guint to_y = turn & 2 ? side - 1 - y : y;

        canvas->grey[to_y * side + to_x] = wide->grey[y * wide->width + x];
      }
    if (turn & 4)
      canvas_invert (canvas);
    file = canvas_file (canvas, "png");
    symbols = bh_decode_bytes (file, "box.png", &error);
    g_assert_no_error (error);
    g_assert_cmpuint (symbols->len, ==, 1);
    symbol = g_ptr_array_index (symbols, 0);
    g_assert_cmpmem (g_bytes_get_data (symbol->bytes, NULL), g_bytes_get_size (symbol->bytes),
                     "NGA1234567", 10);
    for (guint k = 0; k < symbol->n_points; k++) {
      g_assert_cmpint (ABS (symbol->polygon[k].x - (int) side / 2), <=, (int) side / 2 + 8);
      g_assert_cmpint (ABS (symbol->polygon[k].y - (int) side / 2), <=, (int) side / 2 + 8);
    }
  }
}

int
main (int argc, char **argv)
{
  static const char *const formats[] = { "png", "jpeg", "bmp", "webp", "tiff", "pdf" };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *path = g_strconcat ("/scan/kind/I5/", kinds[i].path, NULL);

    g_test_add_data_func (path, &kinds[i], test_kind);
  }
  g_test_add_func ("/scan/profile", test_profile);
  g_test_add_func ("/scan/scenes", test_scenes);
  g_test_add_func ("/scan/stroke", test_stroke);
  g_test_add_func ("/scan/no-quiet-zone", test_no_quiet_zone);
  g_test_add_func ("/scan/empty", test_empty);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autofree char *path = g_strconcat ("/scan/format/", formats[i], NULL);

    g_test_add_data_func (path, formats[i], test_format);
  }
  return g_test_run ();
}

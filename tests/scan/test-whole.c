/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text is read whole or not at all (I5), however a code lies, is printed, cut or damaged. */
#include <string.h>
#include <zint.h>

#include "../../src/scan/reads.h"
#include "backhaul/error.h"
#include "canvas.h"

typedef struct {
  const char *path;
  int symbology;
  const char *text;
} Kind;

/* The four of the default profile, then what a site may add: weak ones above all. */
static const Kind kinds[] = {
  { "code-128", BARCODE_CODE128, "NGA1234567" },
  { "code-39", BARCODE_CODE39, "NGA1234567" },
  { "qr", BARCODE_QRCODE, "R2105683500" },
  { "data-matrix", BARCODE_DATAMATRIX, "R2105683500" },
  { "code-93", BARCODE_CODE93, "NGA1234567" },
  { "codabar", BARCODE_CODABAR, "A12345678B" },
  { "itf-14", BARCODE_C25INTER, "09501101530003" },
};
#define USUAL 4

static GPtrArray *
read_all (const Canvas *canvas, guint symbologies, BhEffort effort)
{
  const BhDecoder decoder = { symbologies, effort, 1 };
  g_autoptr (GError) error = NULL;
  GPtrArray *symbols =
      bh_decoder_frame (&decoder, canvas->grey, canvas->width, canvas->height, &error);

  g_assert_no_error (error);
  return symbols;
}

static gboolean
says (const BhSymbol *symbol, const char *text)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (symbol->bytes, &size);

  return size == strlen (text) && memcmp (data, text, size) == 0;
}

/* All that is told is @text; how many times. */
static guint
only (const Canvas *canvas, guint symbologies, const char *text, const char *how)
{
  g_autoptr (GPtrArray) symbols = read_all (canvas, symbologies, BH_EFFORT_NORMAL);

  for (guint i = 0; i < symbols->len; i++)
    if (!says (g_ptr_array_index (symbols, i), text)) {
      const BhSymbol *wrong = g_ptr_array_index (symbols, i);

      g_error ("%s: %s \"%.*s\" by %s, not \"%s\"", how, wrong->symbology,
               (int) g_bytes_get_size (wrong->bytes),
               (const char *) g_bytes_get_data (wrong->bytes, NULL), wrong->step, text);
    }
  return symbols->len;
}

static Canvas *
label_of (const Kind *kind, guint module)
{
  g_autoptr (Canvas) code =
      canvas_of (kind->symbology, DATA_MODE, kind->text, strlen (kind->text), module);
  Canvas *label = canvas_new (code->width + 120, code->height + 120);

  for (guint y = 0; y < code->height; y++)
    memcpy (label->grey + (gsize) (y + 60) * label->width + 60,
            code->grey + (gsize) y * code->width, code->width);
  return label;
}

/* ---- however it lies ---- */
static void
test_turned (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (Canvas) label = label_of (kind, 3);

  for (guint degrees = 0; degrees < 360; degrees += 15) {
    g_autoptr (Canvas) turned = canvas_turned (label, degrees);
    g_autofree char *how = g_strdup_printf ("turned %u°", degrees);

    if (only (turned, BH_SYMBOLOGIES_DEFAULT, kind->text, how) != 1)
      g_error ("%s: not read once", how);
  }
}

static void
test_inverted (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (Canvas) label = label_of (kind, 3);

  canvas_invert (label);
  g_assert_cmpuint (only (label, BH_SYMBOLOGIES_DEFAULT, kind->text, "inverted"), ==, 1);
}

/* As through a glass door, or by a camera for faces. */
static void
test_mirrored (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (Canvas) label = label_of (kind, 3);

  for (guint y = 0; y < label->height; y++) {
    guint8 *row = label->grey + (gsize) y * label->width;

    for (guint x = 0; x < label->width / 2; x++) {
      guint8 kept = row[x];

      row[x] = row[label->width - 1 - x];
      row[label->width - 1 - x] = kept;
    }
  }
  g_assert_cmpuint (only (label, BH_SYMBOLOGIES_DEFAULT, kind->text, "mirrored"), ==, 1);
}

/* ---- cut off and damaged ---- */
static Canvas *
part_of (const Canvas *whole, guint x, guint y, guint width, guint height)
{
  Canvas *part = canvas_new (width, height);

  for (guint row = 0; row < height; row++)
    memcpy (part->grey + (gsize) row * width, whole->grey + (gsize) (y + row) * whole->width + x,
            width);
  return part;
}

/* The picture's rim, or paper over it, takes each share of the code from each side. */
static void
test_cut (gconstpointer data)
{
  const Kind *kind = data;

  for (guint module = 2; module <= 3; module++) {
    g_autoptr (Canvas) label = label_of (kind, module);
    guint w = label->width, h = label->height;

    for (guint share = 1; share < 32; share++) {
      guint x = w * share / 32, y = h * share / 32;
      Canvas *parts[4] = { part_of (label, x, 0, w - x, h), part_of (label, 0, 0, x, h),
                           part_of (label, 0, y, w, h - y), part_of (label, 0, 0, w, y) };
      g_autoptr (Canvas) covered = part_of (label, 0, 0, w, h);
      g_autoptr (Canvas) slant = canvas_turned (parts[0], 10);

      for (guint row = 0; row < h; row++)
        memset (covered->grey + (gsize) row * w + x, 255, w - x);
      for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
        g_autofree char *how = g_strdup_printf ("module %u, side %u, %u of 32", module, i, share);

        only (parts[i], BH_SYMBOLOGIES_ALL, kind->text, how);
        canvas_free (parts[i]);
      }
      only (covered, BH_SYMBOLOGIES_ALL, kind->text, "covered");
      only (slant, BH_SYMBOLOGIES_ALL, kind->text, "cut and turned");
    }
  }
}

/* Scratches, in white and in ink, over all of the height or half of it. */
static void
test_damaged (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (Canvas) label = label_of (kind, 3);
  guint half_read = 0;

  for (guint share = 4; share < 28; share++)
    for (guint way = 0; way < 6; way++) {
      g_autoptr (Canvas) hurt = part_of (label, 0, 0, label->width, label->height);
      guint width = 3 << way % 3, from = label->width * share / 32;
      gboolean half = way >= 3;
      g_autofree char *how =
          g_strdup_printf ("scratch %u at %u, %s", width, from, half ? "half" : "all");

      for (guint y = half ? label->height / 2 : 0; y < label->height; y++)
        memset (hurt->grey + (gsize) y * label->width + from, share & 1 ? 0 : 255,
                MIN (width, label->width - from));
      half_read += only (hurt, BH_SYMBOLOGIES_ALL, kind->text, how) == 1 && half;
    }
  /* what is whole in half of its height is read there */
  if (kind < kinds + 2)
    g_assert_cmpuint (half_read, >=, 60);
}

/* ---- several ---- */
static void
test_kinds_together (void)
{
  g_autoptr (Canvas) canvas = canvas_new (900, 640);
  static const char *const texts[] = { "NGA1234567", "SRX4100", "R2105683500", "NGA7654321" };
  guint found[4] = { 0 };
  g_autoptr (GPtrArray) symbols = NULL;

  canvas_code (canvas, 60, 60, 2, 70, BARCODE_CODE128, DATA_MODE, texts[0], 10);
  canvas_code (canvas, 60, 300, 2, 70, BARCODE_CODE39, DATA_MODE, texts[1], 7);
  canvas_code (canvas, 620, 60, 4, 0, BARCODE_QRCODE, DATA_MODE, texts[2], 11);
  canvas_code (canvas, 640, 360, 5, 0, BARCODE_DATAMATRIX, DATA_MODE, texts[3], 10);
  symbols = read_all (canvas, BH_SYMBOLOGIES_DEFAULT, BH_EFFORT_NORMAL);
  for (guint i = 0; i < symbols->len; i++)
    for (guint k = 0; k < 4; k++)
      found[k] += says (g_ptr_array_index (symbols, i), texts[k]);
  for (guint k = 0; k < 4; k++)
    g_assert_cmpuint (found[k], ==, 1);
  g_assert_cmpuint (symbols->len, ==, 4);
}

/* Two labels of one text are two; one code is one, also where steps see parts of it. */
static void
test_twice (void)
{
  g_autoptr (Canvas) canvas = canvas_new (700, 640);
  g_autoptr (GPtrArray) symbols = NULL;

  canvas_code (canvas, 80, 60, 2, 160, BARCODE_CODE128, DATA_MODE, "NGA1234567", 10);
  canvas_code (canvas, 80, 400, 2, 160, BARCODE_CODE128, DATA_MODE, "NGA1234567", 10);
  symbols = read_all (canvas, BH_SYMBOLOGIES_DEFAULT, BH_EFFORT_NORMAL);
  g_assert_cmpuint (symbols->len, ==, 2);
}

/* A code that fills the picture to its rim: no quiet zone. */
static void
test_to_the_rim (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (Canvas) code =
      canvas_of (kind->symbology, DATA_MODE, kind->text, strlen (kind->text), 3);
  guint x0 = code->width, y0 = code->height, x1 = 0, y1 = 0;
  g_autoptr (Canvas) bare = NULL;

  for (guint y = 0; y < code->height; y++)
    for (guint x = 0; x < code->width; x++)
      if (code->grey[(gsize) y * code->width + x] < 128) {
        x0 = MIN (x0, x);
        x1 = MAX (x1, x);
        y0 = MIN (y0, y);
        y1 = MAX (y1, y);
      }
  bare = part_of (code, x0, y0, x1 - x0 + 1, y1 - y0 + 1);
  only (bare, BH_SYMBOLOGIES_ALL, kind->text, "no quiet zone");
}

/* ---- what reads agree on ---- */
static void
put (GArray *reads, const char *text, guint symbology, guint lines, BhEngine engine,
     const char *step, int x)
{
  const BhPoint box[4] = { { x, 100 }, { x + 300, 100 }, { x + 300, 160 }, { x, 160 } };
  BhSymbol *symbol = g_new0 (BhSymbol, 1);

  symbol->bytes = g_bytes_new (text, strlen (text));
  symbol->symbology = bh_symbology_name (symbology);
  symbol->step = step;
  memcpy (symbol->polygon, box, sizeof box);
  symbol->n_points = 4;
  bh_reads_add (reads, symbol, symbology, lines, engine);
}

/* The texts that are told, in the order of reading. */
static void
expect (GArray *reads, const char *expected)
{
  g_autoptr (GString) told = g_string_new (NULL);

  for (guint i = 0; i < reads->len; i++)
    if (bh_reads_holds (reads, i))
      g_string_append_printf (
          told, "%s%.*s", told->len > 0 ? " " : "",
          (int) g_bytes_get_size (g_array_index (reads, BhRead, i).symbol->bytes),
          (const char *) g_bytes_get_data (g_array_index (reads, BhRead, i).symbol->bytes, NULL));
  g_assert_cmpstr (told->str, ==, expected);
  g_array_unref (reads);
}

static void
test_agreement (void)
{
  GArray *reads = bh_reads_new ();

  /* one line of a code with a check character is not enough; two are */
  put (reads, "NGA1", BH_CODE_128, 1, BH_ENGINE_ZBAR, "a", 0);
  put (reads, "NGA2", BH_CODE_128, 2, BH_ENGINE_ZBAR, "a", 1000);
  expect (reads, "NGA2");
  /* without one more lines are asked for, or a second step */
  reads = bh_reads_new ();
  put (reads, "NGA1", BH_CODE_39, 3, BH_ENGINE_ZBAR, "a", 0);
  put (reads, "NGA2", BH_CODE_39, 4, BH_ENGINE_ZBAR, "a", 1000);
  put (reads, "NGA3", BH_CODE_39, 2, BH_ENGINE_ZBAR, "a", 2000);
  put (reads, "NGA3", BH_CODE_39, 1, BH_ENGINE_ZXING, "b", 2000);
  put (reads, "09501101530003", BH_I25, 5, BH_ENGINE_ZBAR, "a", 3000);
  expect (reads, "NGA2 NGA3");
}

static void
test_contradiction (void)
{
  GArray *reads = bh_reads_new ();

  /* two texts of one place: neither, however many lines each has */
  put (reads, "NGA1234567", BH_CODE_39, 6, BH_ENGINE_ZBAR, "a", 0);
  put (reads, "NGA1234S67", BH_CODE_39, 9, BH_ENGINE_ZXING, "b", 4);
  expect (reads, "");
  /* unless one has many times the other's */
  reads = bh_reads_new ();
  put (reads, "NGA1234567", BH_CODE_39, 80, BH_ENGINE_ZBAR, "a", 0);
  put (reads, "NGA1234S67", BH_CODE_39, 5, BH_ENGINE_ZXING, "b", 4);
  expect (reads, "NGA1234567");
  /* the longer wins that holds the other, believed or not */
  reads = bh_reads_new ();
  put (reads, "1234567", BH_CODE_39, 20, BH_ENGINE_ZBAR, "a", 0);
  put (reads, "NGA1234567", BH_CODE_39, 4, BH_ENGINE_ZXING, "b", 4);
  expect (reads, "NGA1234567");
  reads = bh_reads_new ();
  put (reads, "1234567", BH_CODE_39, 20, BH_ENGINE_ZBAR, "a", 0);
  put (reads, "NGA1234567", BH_CODE_39, 1, BH_ENGINE_ZXING, "b", 4);
  expect (reads, "");
  /* elsewhere they have nothing to do with each other */
  reads = bh_reads_new ();
  put (reads, "NGA1234567", BH_CODE_39, 6, BH_ENGINE_ZBAR, "a", 0);
  put (reads, "NGA1234S67", BH_CODE_39, 6, BH_ENGINE_ZBAR, "a", 1000);
  expect (reads, "NGA1234567 NGA1234S67");
}

static void
add (const char *what, const Kind *kind, GTestDataFunc func)
{
  g_autofree char *path = g_strdup_printf ("/scan/I5/%s/%s", what, kind->path);

  g_test_add_data_func (path, kind, func);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (i < USUAL) {
      add ("turned", &kinds[i], test_turned);
      add ("inverted", &kinds[i], test_inverted);
      add ("mirrored", &kinds[i], test_mirrored);
    }
    add ("cut-never-shorter", &kinds[i], test_cut);
    add ("damaged-never-wrong", &kinds[i], test_damaged);
    add ("to-the-rim-never-wrong", &kinds[i], test_to_the_rim);
  }
  g_test_add_func ("/scan/I5/four-kinds-on-a-picture", test_kinds_together);
  g_test_add_func ("/scan/I5/one-text-on-two-labels-is-two", test_twice);
  g_test_add_func ("/scan/I5/agreement", test_agreement);
  g_test_add_func ("/scan/I5/contradiction", test_contradiction);
  return g_test_run ();
}

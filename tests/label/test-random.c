/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels with random values, through the bitmap and through poppler: every dot of every code
 * in its place, every code read by decoders that did not make it, whole and damaged.
 * BH_LABELS: how many (scripts/soak: 10,000). */
#include <glib/gstdio.h>
#include <math.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <poppler.h>
#include <string.h>
#include <sys/wait.h>

#include "../../src/label/template.h"
#include "backhaul/decode.h"
#include "backhaul/identifier.h"
#include "damage.h"

#define USUAL 24

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

static const char *const templates[] = { "box-4x6", "box-a6", "hold-slip-4x6",
                                         "bench-traveller-4x6", "unit-plate-50x25" };

/* ten scripts, and what turns, joins and stacks */
static const char *const words[] = {
  "Acme",
  "Ångström",
  "Nguyễn Thị Ánh",
  "Ελληνικά Δίκτυα",
  "Сетевые решения",
  "شركة",
  "الشبكات",
  "רשתות תקשורת",
  "Հայաստան",
  "საქართველო",
  "网络设备",
  "ネットワーク",
  "株式会社",
  "네트워크",
  "Łódź & Söhne",
  "<b>O'Neil",
  "\"quoted\"",
  "{rma.number}",
  "^XA^FD",
  "../../etc",
  "e\u0301\u0323",
  "a\u0308\u0304",
  "100%",
  "\\n",
  "GmbH",
};

static const char serial_set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./-";
static const char part_set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./-_+#|% ";

static char *
some (GRand *dice, const char *set, int least, int most)
{
  int n = g_rand_int_range (dice, least, most + 1);
  char *text = g_malloc0 ((gsize) n + 1);

  for (int i = 0; i < n; i++)
    text[i] = set[g_rand_int_range (dice, 0, (gint32) strlen (set))];
  return g_strstrip (text);
}

static char *
name_of (GRand *dice)
{
  GString *name = g_string_new (NULL);

  for (int n = g_rand_int_range (dice, 1, 7); n > 0; n--)
    g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "",
                            words[g_rand_int_range (dice, 0, G_N_ELEMENTS (words))]);
  return g_string_free (name, FALSE);
}

static GHashTable *
random_fields (GRand *dice)
{
  GHashTable *fields = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  char *rma = g_strdup_printf ("R%0*" G_GINT64_FORMAT, g_rand_int_range (dice, 8, 11),
                               (gint64) g_rand_int_range (dice, 0, 100000000));
  char *serial = some (dice, serial_set, 6, 32);
  char *part = some (dice, part_set, 1, 40);
  char *day = g_strdup_printf ("20%02d-%02d-%02d", g_rand_int_range (dice, 20, 100),
                               g_rand_int_range (dice, 1, 13), g_rand_int_range (dice, 1, 29));
  static const char *const texts[] = { "account.name",   "destination.name", "destination.address",
                                       "receipt.reason", "rma.contact",      "job.symptom" };

  g_hash_table_insert (fields, (char *) "unit.payload", bh_payload_format (rma, serial, part, day));
  g_hash_table_insert (fields, (char *) "rma.number", rma);
  g_hash_table_insert (fields, (char *) "unit.serial", serial);
  g_hash_table_insert (fields, (char *) "unit.part", part);
  g_hash_table_insert (fields, (char *) "rma.return_by", day);
  g_hash_table_insert (fields, (char *) "receipt.id", g_uuid_string_random ());
  g_hash_table_insert (fields, (char *) "receipt.rule", g_strdup ("D4"));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_hash_table_insert (fields, (char *) texts[i], name_of (dice));
  return fields;
}

/* The symbol with its quiet zone, as the raster has it. */
static Grey
cut (cairo_surface_t *raster, const BhModules *modules, const BhPlace *place)
{
  int quiet = (int) modules->quiet * place->each;
  int width = (int) modules->width * place->each + 2 * quiet;
  int high = modules->height > 1 ? (int) modules->height * place->each + 2 * quiet : place->high;
  int left = place->left - quiet;
  int top = modules->height > 1 ? place->top - quiet : place->top;
  Grey out = grey_new (width, high);
  const guint8 *data = cairo_image_surface_get_data (raster);
  int stride = cairo_image_surface_get_stride (raster);

  for (int y = 0; y < high; y++)
    for (int x = 0; x < width; x++)
      out.grey[y * width + x] = data[(top + y) * stride + (left + x) * 4 + 1];
  return out;
}

typedef struct {
  const char *text;
  gboolean read;
  gboolean other; /* something was read, and it was not this */
  char *said;     /* it, and what decoder says so */
} Wanted;

static void
compare (const BhFound *found, gpointer data)
{
  Wanted *wanted = data;
  gboolean same =
      found->size == strlen (wanted->text) && memcmp (found->text, wanted->text, found->size) == 0;

  wanted->read = wanted->read || same;
  wanted->other = wanted->other || !same;
  if (!same && wanted->said == NULL) {
    g_autofree char *text = g_strndup (found->text, found->size);
    g_autofree char *valid = g_strescape (text, NULL);

    wanted->said = g_strdup_printf ("%s \"%s\"", found->symbology, valid);
  }
}

static void
read_grey (BhSlotKind kind, const Grey *grey, Wanted *wanted)
{
  if (kind == BH_SLOT_DATAMATRIX)
    bh_read_matrix (grey->grey, grey->width, grey->height, 1, compare, wanted);
  else
    bh_read_lines (grey->grey, grey->width, grey->height,
                   kind == BH_SLOT_QR ? BH_READ_SQUARE : BH_READ_ALL, compare, wanted);
}

/* The product's own reader, whose texts act: a text only where lines or steps agree. */
static void
read_as_dock (const Grey *grey, Wanted *wanted)
{
  const BhDecoder decoder = BH_DECODER_DEFAULT;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) symbols =
      bh_decoder_frame (&decoder, grey->grey, (guint) grey->width, (guint) grey->height, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < symbols->len; i++) {
    const BhSymbol *symbol = g_ptr_array_index (symbols, i);
    BhFound found = { .symbology = symbol->symbology };

    found.text = g_bytes_get_data (symbol->bytes, &found.size);
    compare (&found, wanted);
  }
}

static void
write_pgm (const Grey *grey, const char *path)
{
  g_autofree char *head = g_strdup_printf ("P5\n%d %d\n255\n", grey->width, grey->height);
  FILE *file = g_fopen (path, "wb");

  fwrite (head, 1, strlen (head), file);
  fwrite (grey->grey, 1, (gsize) grey->width * (gsize) grey->height, file);
  fclose (file);
}

typedef enum { ZXING_READ, ZXING_NOT, ZXING_ABORTED, ZXING_MISREAD } Zxing;

/* A process a code: version 1.4.0 aborts on an assertion now and then. */
static Zxing
read_zxing (const Grey *grey, const char *folder, const char *wanted)
{
  g_autofree char *pgm = g_build_filename (folder, "code.pgm", NULL);
  g_autofree char *png = g_build_filename (folder, "code.png", NULL);
  g_autofree char *out = NULL;
  g_autofree char *expected = g_strdup_printf ("\"%s\"", wanted);
  char *command[] = { (char *) "ZXingReader", png, NULL };
  GdkPixbuf *picture = NULL;
  int status = 0;
  Zxing result;

  write_pgm (grey, pgm);
  picture = gdk_pixbuf_new_from_file (pgm, NULL);
  gdk_pixbuf_save (picture, png, "png", NULL, NULL);
  g_object_unref (picture);
  g_spawn_sync (NULL, command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                &out, NULL, &status, NULL);
  if (WIFSIGNALED (status))
    result = ZXING_ABORTED;
  else if (strstr (out, expected) != NULL)
    result = ZXING_READ;
  else
    result = strstr (out, "Text: ") != NULL && strstr (out, "Text:     \"\"") == NULL
                 ? ZXING_MISREAD
                 : ZXING_NOT;
  g_remove (pgm);
  g_remove (png);
  return result;
}

typedef struct {
  char *folder;
  gboolean zxing;
  guint labels;
  guint codes;
  guint by_zxing[4];
  guint damaged[BH_DAMAGES];
  guint read[BH_DAMAGES];
  guint by_dock[BH_DAMAGES];
  guint told_wrong; /* by the product's reader */
  guint misread;    /* by one decoder alone */
} Counts;

/* By a decoder alone, on the picture as it is and cleaned. */
static gboolean
read_alone (const BhSlot *slot, const char *value, const Grey *broken, const char *how,
            Counts *counts)
{
  Wanted wanted = { value, FALSE, FALSE, NULL };

  read_grey (slot->kind, broken, &wanted);
  if (!wanted.read) {
    Grey cleaned = grey_median (broken);

    read_grey (slot->kind, &cleaned, &wanted);
    g_free (cleaned.grey);
  }
  if (!wanted.read && counts->zxing)
    wanted.read = read_zxing (broken, counts->folder, value) == ZXING_READ;
  counts->misread += wanted.other;
  if (wanted.other)
    g_test_message ("%s: %s \"%s\" read by one decoder as %s", how, slot->name, value, wanted.said);
  g_free (wanted.said);
  return wanted.read;
}

static void
try_damage (const BhSlot *slot, const char *value, const Grey *whole, GRand *dice, Counts *counts)
{
  for (guint d = 0; d < BH_DAMAGES; d++) {
    Grey broken = bh_damages[d].damage (whole, dice);
    Wanted wanted = { value, FALSE, FALSE, NULL };

    read_as_dock (&broken, &wanted);
    if (wanted.other)
      g_test_message ("%s: %s \"%s\" TOLD AS %s", bh_damages[d].name, slot->name, value,
                      wanted.said);
    counts->told_wrong += wanted.other;
    counts->damaged[d]++;
    counts->by_dock[d] += wanted.read;
    if (read_alone (slot, value, &broken, bh_damages[d].name, counts) || wanted.read)
      counts->read[d]++;
    else
      g_test_message ("%s: %s \"%s\" not read", bh_damages[d].name, slot->name, value);
    g_free (wanted.said);
    g_free (broken.grey);
  }
}

static cairo_surface_t *
through_poppler (const char *path, guint dpi, int width, int height)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PopplerDocument) pdf = poppler_document_new_from_file (uri, NULL, &error);
  g_autoptr (PopplerPage) page = NULL;
  cairo_surface_t *raster = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (raster);

  g_assert_no_error (error);
  g_assert_cmpint (poppler_document_get_n_pages (pdf), ==, 1);
  page = poppler_document_get_page (pdf, 0);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, dpi / 72.0, dpi / 72.0);
  poppler_page_render_for_printing (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (raster);
  return raster;
}

static void
try_codes (BhLabelTemplate *label, GHashTable *fields, guint dpi, cairo_surface_t *raster,
           GRand *dice, Counts *counts)
{
  for (guint i = 0; i < label->slots->len; i++) {
    const BhSlot *slot = g_ptr_array_index (label->slots, i);
    const char *value = g_hash_table_lookup (fields, slot->field);
    g_autoptr (BhModules) modules = NULL;
    BhPlace place;
    Grey whole;

    if (slot->kind == BH_SLOT_TEXT || value == NULL)
      continue;
    modules = bh_modules_new (slot->kind, value, NULL);
    g_assert_true (bh_modules_place (modules, slot, dpi, &place, NULL));
    whole = cut (raster, modules, &place);
    counts->codes++;
    if (counts->zxing)
      counts->by_zxing[read_zxing (&whole, counts->folder, value)]++;
    try_damage (slot, value, &whole, dice, counts);
    g_free (whole.grey);
  }
}

/* What cannot be made must say so; what is made must hold. */
static void
try_label (BhLabelTemplate *label, guint dpi, GRand *dice, Counts *counts)
{
  g_autoptr (GHashTable) fields = random_fields (dice);
  g_autofree char *path = g_build_filename (counts->folder, "label.pdf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BhLabelDocument) document = bh_label_document_new (path, dpi, &error);
  cairo_surface_t *dots;
  cairo_surface_t *printed;

  bh_label_document_add (document, label, fields, &error);
  g_assert_no_error (error);
  bh_label_document_finish (document, &error);
  g_assert_no_error (error);
  dots = bh_label_raster (label, fields, dpi, &error);
  bh_label_check_raster (label, fields, dots, &error);
  g_assert_no_error (error);
  printed = through_poppler (path, dpi, cairo_image_surface_get_width (dots),
                             cairo_image_surface_get_height (dots));
  /* every dot of every code and its quiet zone, and each code read again */
  bh_label_check_raster (label, fields, printed, &error);
  g_assert_no_error (error);
  try_codes (label, fields, dpi, printed, dice, counts);
  counts->labels++;
  cairo_surface_destroy (dots);
  cairo_surface_destroy (printed);
  g_remove (path);
}

static void
test_random (void)
{
  const char *given = g_getenv ("BH_LABELS");
  guint64 many = given != NULL ? g_ascii_strtoull (given, NULL, 10) : USUAL;
  g_autoptr (GRand) dice = g_rand_new_with_seed (g_test_rand_int ());
  g_autofree char *reader = g_find_program_in_path ("ZXingReader");
  g_autoptr (GPtrArray) loaded =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_label_template_free);
  Counts counts = { .folder = g_dir_make_tmp ("bh-random-XXXXXX", NULL), .zxing = reader != NULL };

  for (guint i = 0; i < G_N_ELEMENTS (templates); i++) {
    g_autoptr (GError) error = NULL;

    g_ptr_array_add (loaded, bh_label_template_load (templates[i], &error));
    g_assert_no_error (error);
  }
  for (guint64 i = 0; i < many; i++)
    try_label (g_ptr_array_index (loaded, i % loaded->len), i / loaded->len % 2 ? 300 : 203, dice,
               &counts);
  g_test_message ("%u labels, %u codes, every dot in its place, all read; ZXing read %u, not %u, "
                  "otherwise %u, aborted %u",
                  counts.labels, counts.codes, counts.by_zxing[ZXING_READ],
                  counts.by_zxing[ZXING_NOT], counts.by_zxing[ZXING_MISREAD],
                  counts.by_zxing[ZXING_ABORTED]);
  for (guint d = 0; d < BH_DAMAGES; d++)
    g_test_message ("%s: %u of %u read, %u of them by the product's reader", bh_damages[d].name,
                    counts.read[d], counts.damaged[d], counts.by_dock[d]);
  g_test_message ("damaged ones told as another text: %u; read so by one decoder alone: %u",
                  counts.told_wrong, counts.misread);
  g_assert_cmpuint (counts.by_zxing[ZXING_MISREAD], ==, 0);
  /* what one decoder makes of noise is its own; what is told acts, and is right or nothing */
  g_assert_cmpuint (counts.told_wrong, ==, 0);
  /* what small numbers allow: one of a few dozen is no 1 % */
  for (guint d = 0; d < BH_DAMAGES; d++)
    g_assert_cmpuint (counts.read[d] + 1, >=, counts.damaged[d] * 99 / 100);
  g_rmdir (counts.folder);
  g_free (counts.folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label/D2/random-labels-read-whole-and-damaged", test_random);
  return g_test_run ();
}

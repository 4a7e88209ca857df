/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates and texts that are out for trouble: refused with line and reason, or harmless. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "place.h"

static const struct {
  const char *name;
  const char *body;
  const char *says;
} bad[] = {
  { "script", "<script>alert(1)</script>", ":2:" },
  { "handler", "<rect onclick='x()' width='1' height='1'/>", "onclick" },
  { "picture-outside", "<image xlink:href='file:///etc/passwd' width='9' height='9'/>",
    "refers out of the file" },
  { "picture-on-the-net", "\n<image href='http://a.example/x.png'/>", ":3:" },
  { "picture-no-png", "<image href='data:image/svg+xml;base64,AAAA'/>", "refers out" },
  { "picture-bomb",
    "<image href='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAw1AAAMNQCAYAAAAAAAAAAAAA'/>",
    "refers out" },
  { "use-outside", "<use href='other.svg#a'/>", "refers out" },
  { "style-outside", "<style>@import url(http://a.example/x.css);</style>", "style" },
  { "style-of-cdata", "<style><![CDATA[@import url(http://a.example/x.css);]]></style>", "style" },
  { "font-outside", "<style>@font-face{src:url(file:///etc/passwd)}</style>", "style" },
  { "base", "<g xml:base='http://a.example/'/>", "xml:base" },
  { "programs-word", "<g style='x:JaVaScRiPt:alert(1)'/>", "style" },
  { "entity-of-nobody", "<text x='5' y='50'>&passwd;</text>", ":2:" },
  { "gs1-too-narrow", "<rect id='gs1-128:unit.gs1' width='40' height='9' y='5'/>", "40.0 by" },
  { "code39-too-narrow", "<rect id='code39:unit.serial' width='30' height='9' y='5'/>", "30.0 by" },
  { "style-url", "<rect style='fill:url(http://a.example/#x)' width='1' height='1'/>", "style" },
  { "link", "<a href='#x'><rect width='1' height='1'/></a>", "no such element" },
  { "foreign", "<foreignObject/>", "foreignObject" },
  { "filter", "<filter id='f'/>", "filter" },
  { "animation", "<animate/>", "animate" },
  { "field-unknown", "<rect id='text:rma.numbr' width='9' height='9'/>", "rma.numbr" },
  { "field-unknown-in-text", "\n\n<text x='5' y='50'>{rma.numbr}</text>", ":4:" },
  { "field-empty", "<rect id='qr:' width='9' height='9'/>", "no field" },
  { "code-too-narrow", "<rect id='code128:rma.number' width='12' height='9' y='5'/>", "12.0 by" },
  { "code-too-flat", "<rect id='code128:rma.number' width='90' height='0.01' y='5'/>",
    "rma.number" },
  { "qr-too-small", "<rect id='qr:unit.payload' x='1' y='1' width='8' height='8'/>", "8.0 by" },
  { "matrix-too-small", "<rect id='datamatrix:unit.serial' x='1' width='3' height='3'/>", "3.0" },
  { "module-too-fine",
    "<rect id='code128:rma.number' x='2' width='60' height='9' data-module='0.6mm'/>", "modules" },
  { "text-too-flat", "<rect id='text:rma.number' width='50' height='1'/>", "mm high" },
  { "over-the-edge", "<rect id='text:rma.number' x='80' width='50' height='9'/>", "edge" },
  { "one-on-another", CODE "<rect id='text:rma.number' x='9' y='9' width='9' height='9'/>",
    "of line 2" },
  { "id-twice", CODE CODE, "two rectangles" },
  { "style-word", "<rect id='text:rma.number' width='9' height='9' data-style='blod'/>", "blod" },
  { "size-word", "<rect id='text:rma.number' width='9' height='9' data-size='big'/>", "big" },
  { "size-not-finite", "<rect id='text:rma.number' width='9' height='9' data-size='nan'/>", "nan" },
  { "size-huge", "<rect id='text:rma.number' width='9' height='9' data-size='1e9'/>", "1e9" },
  { "min-above-size",
    "<rect id='text:rma.number' width='9' height='9' data-size='8' data-min-size='9'/>", "min" },
  { "text-over-the-edge", "<text x='90' y='30' font-size='9'>Return to sender</text>", "edge" },
  { "text-on-a-code", CODE "<text x='9' y='15' font-size='9'>Return</text>", "beside it" },
  { "filled-text-over-the-edge", "<text x='80' y='30' font-size='9'>{account.name}</text>",
    "edge" },
  { "text-of-a-prefix",
    "<s:text xmlns:s='http://www.w3.org/2000/svg' x='90' y='30' font-size='9'>Return</s:text>",
    "edge" },
  { "text-id-twice", "<text id='t' x='5' y='50'>A</text>\n<text id='t' x='5' y='30'>B</text>",
    ":3:" },
  { "not-closed", "<g><rect width='1' height='1'></g>", ":2:" },
};

static void
test_bad (Place *place, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", bad[i].name);
    g_assert_null (load_body (place, bad[i].body, &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    g_assert_nonnull (strstr (error->message, bad[i].says));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  }
}

/* Files that are no drawing of a label: refused in no time, whatever their size. */
static void
test_hostile (Place *place, gconstpointer data)
{
  g_autofree char *many = g_strnfill (3 * 1024 * 1024, ' ');
  g_autoptr (GString) deep = g_string_new (HEAD);
  g_autoptr (GString) wide = g_string_new (HEAD);
  g_autoptr (GString) uses = g_string_new (HEAD "<g id='a'><rect width='1' height='1'/></g>");
  const char *files[] = {
    "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" HEAD
    "<text>&b;</text></svg>",
    "<!DOCTYPE svg SYSTEM 'file:///etc/passwd' [ ]>" HEAD "</svg>",
    "<?xml-stylesheet href='http://a.example/x.css'?>" HEAD "</svg>",
    "\xff\xfe<svg/>",
    "R0000000042",
    many,
    NULL,
    NULL,
    NULL,
  };

  for (int i = 0; i < 30000; i++)
    g_string_append (deep, "<g>");
  for (int i = 0; i < 1000000 && wide->len < 4000000; i++)
    g_string_append (wide, "<g/>");
  g_string_append (wide, "</svg>");
  for (int i = 0; i < 30; i++)
    g_string_append_printf (uses, "<g id='a%d'><use href='#a'/></g>", i);
  g_string_append (uses, "</svg>");
  files[6] = deep->str;
  files[7] = wide->str;
  files[8] = uses->str;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (load (place, files[i], &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  }
}

/* @body so often, then @end */
static char *
repeated (const char *begin, const char *body, guint times, const char *end)
{
  GString *text = g_string_new (begin);

  for (guint i = 0; i < times; i++)
    g_string_append (text, body);
  g_string_append (text, end);
  return g_string_free (text, FALSE);
}

/* Masks in masks: 2 to the power of @deep. */
static char *
masks (guint deep, const char *end)
{
  GString *text = g_string_new ("<mask id='m0'><rect width='9' height='9'/></mask>");

  for (guint i = 1; i <= deep; i++)
    g_string_append_printf (text,
                            "<mask id='m%u'><rect width='9' height='9' mask='url(#m%u)'/>"
                            "<rect width='9' height='9' style='mask:url( #m%u )'/></mask>",
                            i, i - 1, i - 1);
  g_string_append (text, end);
  return g_string_free (text, FALSE);
}

/* Small files that would be drawn for minutes: nobody draws them. */
static void
test_costly (Place *place, gconstpointer data)
{
  char *bodies[] = {
    repeated ("<g id='a'>", "<circle r='1'/>", 15000,
              "</g><g id='b'><use href='#a'/><use href='#a'/></g>"
              "<g id='c'><use xlink:href='#b'/><use href='#b'/></g>"),
    repeated ("<g id='a'>", "<circle r='1'/>", 15000,
              "</g><g id='a'/><use href='#a'/><use href='#a'/><use href='#a'/>"),
    masks (12, "<rect width='9' height='9' mask='url(#m12)'/>"),
    masks (10, "<style>rect{mask:url(\"#m10\")}</style>"),
    repeated ("<marker id='m'><g><circle r='1'/><circle r='1'/></g></marker>"
              "<path marker-mid='url(#m)' d='M0 0",
              "L9 9", 12000, "'/>"),
    repeated ("<style>path{marker:url(#m)}</style><marker id='m'><g><circle r='1'/><circle r='1'/>"
              "</g></marker><path d='M0 0",
              "L9 9", 12000, "'/>"),
    repeated ("<path d='M0 0", "L99 40L0 41L50 0", 9000, "'/>"),
    repeated ("<polygon points='0 0", " 99 40 0 41 50 0", 9000, "'/>"),
    repeated ("<text x='1' y='50' font-size='.0001'>", "Return to sender ", 60000, "</text>"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%u", i);
    g_assert_null (load_body (place, bodies[i], &error));
    g_assert_error (error, BH_ERROR, BH_ERROR_INPUT);
    g_assert_nonnull (strstr (error->message, "too long"));
    g_free (bodies[i]);
  }
}

/* The same means that a site's drawing has: they cost little, or go round in a circle. */
static void
test_cheap (Place *place, gconstpointer data)
{
  char *bodies[] = {
    repeated ("<style>.s{fill:url(#g)}</style><linearGradient id='g'><stop offset='0'/>"
              "</linearGradient>",
              "<rect class='s' x='5' y='30' width='1' height='1'/>", 1000, ""),
    repeated ("<path d='M5 30", "l1 1l-1 1", 1500, "'/>"),
    g_strdup ("<g id='a'><use href='#a'/></g><use href='#nobody'/>"),
    g_strdup ("<linearGradient id='a' href='#b'/><linearGradient id='b' href='#a'/>"
              "<rect x='5' y='30' width='9' height='9' fill='url(#a)'/>"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BhLabelTemplate) label = load_body (place, bodies[i], &error);

    g_assert_no_error (error);
    g_free (bodies[i]);
  }
}

static GBytes *
png_of (Place *place, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhLabelTemplate) label = load_body (place, body, &error);
  g_autoptr (GHashTable) fields = bh_label_samples ();
  GBytes *png = label != NULL ? bh_label_png (label, fields, 203, &error) : NULL;

  g_assert_no_error (error);
  return png;
}

/* A text keeps the id that a style sheet or a <use> means. */
static void
test_text_ids (Place *place, gconstpointer data)
{
  g_autoptr (GBytes) plain =
      png_of (place, "<!-- <text> --><text x='2' y='40' font-size='3'>To sender</text>");
  g_autoptr (GBytes) styled = png_of (place, "<style>#t{font-size:3px}</style>"
                                             "<text id='t' x='2' y='40' font-size='30'>"
                                             "To sender</text>");
  g_autoptr (GBytes) twice = png_of (place, "<text id='t' x='2' y='40' font-size='3'>"
                                            "To sender</text><use href='#t' y='9'/>");

  g_assert_true (g_bytes_equal (plain, styled));
  g_assert_false (g_bytes_equal (plain, twice));
}

/* A document type that names a file is what drawing programs write: it passes, and nobody reads
 * the file, nor draws what stands for it. */
static void
test_document_type (Place *place, gconstpointer data)
{
  g_autofree char *secret = g_build_filename (place->folder, "secret", NULL);
  g_autofree char *svg = g_strdup_printf ("<!DOCTYPE svg SYSTEM 'file://%s'>" HEAD
                                          "<text x='5' y='50' font-size='5'>A&amp;B</text>"
                                          "</svg>",
                                          secret);
  g_autoptr (GError) error = NULL;
  g_autoptr (BhLabelTemplate) label = NULL;

  /* a pipe: who opens it for reading waits for ever */
  g_assert_cmpint (mkfifo (secret, 0600), ==, 0);
  label = load (place, svg, &error);
  g_assert_no_error (error);
  g_remove (secret);
}

/* What is a command to a printer, a drawing, a shell or a path is a text on a label. */
static void
test_hostile_texts (Place *place, gconstpointer data)
{
  static const char *const texts[] = {
    "^XZ^XA^FDhacked^FS~JA", "</text></svg><script>x()</script>", "../../etc/passwd",
    "$(rm -rf /) `id` ; |",  "{rma.number} %s%n%99999d",          "<!ENTITY a 'b'>&a;&#0;",
    "-o /etc/passwd",        "]]><image href='file:///'/>",       "=cmd|' /C calc'!A0",
  };
  static const char *const kinds[] = { "code128", "qr", "datamatrix", "text" };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
      g_autofree char *body =
          g_strdup_printf ("<rect id='%s:account.name' x='1' y='1' width='98' height='45'/>"
                           "<text x='1' y='56' font-size='2'>{account.name}</text>",
                           kinds[k]);
      g_autoptr (GError) error = NULL;
      g_autoptr (BhLabelTemplate) label = load_body (place, body, &error);
      g_autoptr (GHashTable) fields = fields_with ("account.name", texts[i]);
      g_autoptr (GBytes) png = label != NULL ? bh_label_png (label, fields, 300, &error) : NULL;
      g_autoptr (GPtrArray) checks = NULL;

      g_assert_no_error (error);
      g_assert_true (g_file_set_contents (place->pdf, g_bytes_get_data (png, NULL),
                                          (gssize) g_bytes_get_size (png), NULL));
      checks = bh_label_verify (place->pdf, 300, &error);
      if (k == 3) {
        g_assert_error (error, BH_ERROR, BH_ERROR_NO_SYMBOL);
        continue;
      }
      g_assert_no_error (error);
      g_assert_cmpuint (checks->len, ==, 1);
      g_assert_cmpstr (((BhLabelCheck *) checks->pdata[0])->text, ==, texts[i]);
    }
}

int
main (int argc, char **argv)
{
  static const PlaceTest tests[] = {
    { "/label/template/refused-with-line-and-reason", test_bad },
    { "/label/template/hostile-files", test_hostile },
    { "/label/template/costly", test_costly },
    { "/label/template/cheap", test_cheap },
    { "/label/template/text-ids", test_text_ids },
    { "/label/template/document-type", test_document_type },
    { "/label/template/hostile-texts", test_hostile_texts },
  };

  g_test_init (&argc, &argv, NULL);
  return place_run (tests, G_N_ELEMENTS (tests));
}

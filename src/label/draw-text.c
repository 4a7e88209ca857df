/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "template.h"

/* A huge value is no name: this much of it is set, the rest is said not to fit. */
#define MAX_FIELD  4000
#define STEP       0.5
#define MOST_MARKS 2 /* on one base, as Vietnamese has */
/* an overhang of a glyph that is no overflow, points */
#define OVERHANG 1.5

/* What may stand on a label: control characters would be boxes, and those that
 * turn the direction of what follows would let a name rewrite its neighbour. */
char *
bh_label_clean (const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);
  GString *text = g_string_sized_new (strlen (valid));

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar one = g_utf8_get_char (c);

    if ((one >= 0x202a && one <= 0x202e) || (one >= 0x2066 && one <= 0x2069))
      continue;
    if (one == '\n' || (!g_unichar_iscntrl (one) && one != 0x2028 && one != 0x2029))
      g_string_append_unichar (text, one);
    else
      g_string_append_c (text, ' ');
  }
  return g_string_free (text, FALSE);
}

/* Its lines, without those that are empty: Pango makes these as high as a printer's dots are small,
 * so that a text which fits a picture would not fit a PDF. */
static char *
lines_of (const char *text, const BhSlot *slot)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_sized_new (strlen (text));

  for (char **line = lines; *line != NULL; line++) {
    const char *end = slot->one_line ? " " : "\n";

    if (*g_strchomp (*line) != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? end : "", *line);
  }
  return g_string_free (out, FALSE);
}

static PangoLayout *
layout_of (const BhSlot *slot, const char *text, cairo_t *cr)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  cairo_font_options_t *options = cairo_font_options_create ();

  /* the same lines on a picture as in a PDF */
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (pango_layout_get_context (layout), options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (pango_layout_get_context (layout), 72);
  pango_font_description_set_weight (font, slot->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, slot->size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  /* a hyphen that is not in a serial number would be read as part of it */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  if (!slot->one_line)
    pango_layout_set_width (layout, (int) (slot->box.width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, slot->centre  ? PANGO_ALIGN_CENTER
                                      : slot->right ? PANGO_ALIGN_RIGHT
                                                    : PANGO_ALIGN_LEFT);
  return layout;
}

static gboolean
fits (PangoLayout *layout, const BhSlot *slot)
{
  PangoRectangle ink;
  PangoRectangle logical;
  const int over = (int) (OVERHANG * PANGO_SCALE);
  const int slack = PANGO_SCALE / 4; /* lines are rounded to whole units */
  int width = (int) (slot->box.width * PANGO_SCALE);
  int height = (int) (slot->box.height * PANGO_SCALE);

  pango_layout_get_extents (layout, &ink, &logical);
  if (logical.height > height + slack || logical.width > width + slack)
    return FALSE;
  /* marks that stack far above or below a line would reach into the neighbours */
  return ink.height <= height + over && ink.width <= width + 2 * over;
}

static void
set_size (PangoLayout *layout, double size)
{
  g_autoptr (PangoFontDescription) font =
      pango_font_description_copy (pango_layout_get_font_description (layout));

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
}

/* The largest size that fits, between the template's least and its wish. */
static gboolean
fit (PangoLayout *layout, const BhSlot *slot)
{
  int low = 0;
  int high = (int) floor ((slot->size - slot->min) / STEP + 1e-6);

  if (fits (layout, slot))
    return TRUE;
  set_size (layout, slot->min);
  if (!fits (layout, slot))
    return FALSE;
  /* low fits, high does not */
  while (high - low > 1) {
    int middle = (low + high) / 2;

    set_size (layout, slot->min + middle * STEP);
    if (fits (layout, slot))
      low = middle;
    else
      high = middle;
  }
  set_size (layout, slot->min + low * STEP);
  return TRUE;
}

/* As many lines as there is room for, the last one ending in "…". */
static gboolean
shorten (PangoLayout *layout, const BhSlot *slot)
{
  gboolean done = FALSE;

  pango_layout_set_width (layout, (int) (slot->box.width * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  /* Pango begins a line while the height so far is less: so less is asked for until it fits */
  for (double high = slot->one_line ? 1 : slot->box.height; high > 0 && !done;
       high -= slot->min / 2) {
    pango_layout_set_height (layout, slot->one_line ? -1 : (int) (high * PANGO_SCALE));
    done = fits (layout, slot);
  }
  return done;
}

/* A base with a tower of marks has no room in any line: the first ones, and "…" says so. */
static char *
fewer_marks (const char *text)
{
  GString *out = g_string_new (NULL);
  guint marks = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    marks = g_unichar_ismark (g_utf8_get_char (c)) ? marks + 1 : 0;
    if (marks <= MOST_MARKS)
      g_string_append_unichar (out, g_utf8_get_char (c));
  }
  g_string_append (out, "…");
  return g_string_free (out, FALSE);
}

/* The first character that no font has and that would be printed as a box; 0: none. */
static gunichar
without_font (PangoLayout *layout)
{
  PangoLayoutIter *iter;
  gunichar found = 0;

  if (pango_layout_get_unknown_glyphs_count (layout) == 0)
    return 0;
  iter = pango_layout_get_iter (layout);
  do {
    const PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);

    for (int i = 0; run != NULL && i < run->glyphs->num_glyphs && found == 0; i++)
      if (run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
        found = run->glyphs->glyphs[i].glyph & ~PANGO_GLYPH_UNKNOWN_FLAG;
  } while (found == 0 && pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);
  /* a glyph that is no character's: the text is not shown whole either */
  return found != 0 ? found : 0xfffd;
}

static gboolean
has_fonts (PangoLayout *layout, const char *what, GError **error)
{
  gunichar letter = without_font (layout);
  guint32 script = letter != 0 ? g_unicode_script_to_iso15924 (g_unichar_get_script (letter)) : 0;

  if (letter == 0)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s: no font here has the character U+%04X (script %c%c%c%c), it would be a box; "
               "install a font of that script, or write it otherwise",
               what, letter, script >> 24 & 0xff, script >> 16 & 0xff, script >> 8 & 0xff,
               script & 0xff);
  return FALSE;
}

gboolean
bh_text_has_fonts (const char *text, const char *what, GError **error)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  g_autofree char *clean = bh_label_clean (text);

  g_object_unref (context);
  pango_layout_set_text (layout, clean, -1);
  return has_fonts (layout, what, error);
}

/* Its place: down so far that its ink stays in its box. */
static BhText *
placed (PangoLayout *layout, const BhSlot *slot)
{
  BhText *self = g_new0 (BhText, 1);
  PangoRectangle ink;
  PangoRectangle logical;
  double down = 0;
  double above;
  double below;

  pango_layout_get_extents (layout, &ink, &logical);
  if (slot->middle)
    down = MAX (0, (slot->box.height - (double) logical.height / PANGO_SCALE) / 2);
  above = down + (double) ink.y / PANGO_SCALE;
  below = above + (double) ink.height / PANGO_SCALE - slot->box.height;
  down += above < 0 ? -above : below > 0 ? -below : 0;
  self->refs = 1;
  self->layout = layout;
  self->x = slot->box.x;
  self->y = slot->box.y + down;
  self->ink =
      (RsvgRectangle){ self->x + (double) ink.x / PANGO_SCALE,
                       self->y + (double) ink.y / PANGO_SCALE, (double) ink.width / PANGO_SCALE,
                       (double) ink.height / PANGO_SCALE };
  return self;
}

void
bh_text_unref (BhText *self)
{
  if (self == NULL || --self->refs > 0)
    return;
  g_object_unref (self->layout);
  g_free (self);
}

BhText *
bh_text_new (const BhSlot *slot, const char *value, cairo_t *cr, GError **error)
{
  g_autofree char *clean = bh_label_clean (value);
  g_autofree char *text = lines_of (clean, slot);
  g_autoptr (PangoLayout) layout = NULL;
  gboolean fitted;

  /* so much would not be read on any label, and shaping it takes its time */
  if (g_utf8_strlen (text, -1) > MAX_FIELD) {
    if (!slot->ellipsize) {
      g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                   "%s: the text is too long for its place on the label; shorten it", slot->field);
      return NULL;
    }
    *g_utf8_offset_to_pointer (text, MAX_FIELD) = '\0';
  }
  layout = layout_of (slot, text, cr);
  if (!has_fonts (layout, slot->field, error))
    return NULL;
  fitted = fit (layout, slot);
  if (!fitted && slot->ellipsize)
    fitted = shorten (layout, slot);
  if (!fitted && slot->ellipsize) {
    g_autofree char *less = fewer_marks (text);

    pango_layout_set_text (layout, less, -1);
    fitted = shorten (layout, slot);
  }
  if (!fitted) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: the text is too long for its place on the label; shorten it", slot->field);
    return NULL;
  }
  if (slot->one_line && pango_layout_get_width (layout) < 0)
    pango_layout_set_width (layout, (int) (slot->box.width * PANGO_SCALE));
  return placed (g_steal_pointer (&layout), slot);
}

void
bh_text_draw (const BhText *self, cairo_t *cr)
{
  cairo_save (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_move_to (cr, self->x, self->y);
  pango_cairo_show_layout (cr, self->layout);
  cairo_restore (cr);
}

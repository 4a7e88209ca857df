/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <librsvg/rsvg.h>
#include <pango/pango.h>

#include "backhaul/label.h"

/* librsvg 2.54 has none of its own */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RsvgHandle, g_object_unref)

typedef enum {
  BH_SLOT_CODE128,
  BH_SLOT_GS1_128,
  BH_SLOT_CODE39,
  BH_SLOT_QR,
  BH_SLOT_DATAMATRIX,
  BH_SLOT_TEXT,
} BhSlotKind;

/* A rectangle of the template that names what fills it: "code128:rma.number". */
typedef struct {
  BhSlotKind kind;
  char *id;    /* of the element, what librsvg finds it by */
  char *name;  /* "code128:rma.number", for messages */
  char *field; /* "rma.number" */
  int line;    /* of the template */
  int column;
  double size; /* points, of text */
  double min;  /* points: text shrinks to this, then it does not fit */
  double bars; /* points: the narrowest module that the template accepts; 0: two dots */
  gboolean bold;
  gboolean ellipsize; /* the template allows an end in "…" */
  gboolean centre;
  gboolean right;
  gboolean middle;   /* between top and bottom */
  gboolean one_line; /* does not wrap */
  gboolean required; /* a label without it is refused */
  RsvgRectangle box; /* points */
} BhSlot;

struct _BhLabelTemplate {
  guint serial; /* no other template of this process has it */
  char *name;
  char *svg;
  GPtrArray *slots; /* of BhSlot */
  double width;     /* points */
  double height;
  gboolean filled;  /* its own text has {fields}: parsed again for each label */
  GString *words;   /* what its own text says */
  GPtrArray *texts; /* of char *: the ids of its <text>, as the file has them or "bh-text-1" */
  GMutex mutex;     /* over the three below */
  cairo_surface_t *ground; /* what does not change, as vectors; NULL: not yet */
  GHashTable *rasters;     /* the same as dots, by dpi */
  GHashTable *darks;       /* and how dark they are, a byte each */
};

/* The template's text, its slots, what it must not hold (template-check.c).
 * BH_ERROR_INPUT with line, column and reason. */
gboolean bh_template_read (BhLabelTemplate *self, gsize size, GError **error);
/* Places of the slots on the page: inside of it, apart from each other, large enough. */
gboolean bh_template_place (BhLabelTemplate *self, GError **error);
gboolean bh_template_fail (const BhLabelTemplate *self, int line, int column, GError **error,
                           const char *format, ...) G_GNUC_PRINTF (5, 6);
void bh_slot_free (gpointer slot);

/* What it costs to draw a template (template-cost.c): told as it is read, from its <svg> on. */
typedef struct _BhCost BhCost;

BhCost *bh_cost_new (void);
void bh_cost_free (BhCost *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhCost, bh_cost_free)
/* @element without its prefix */
void bh_cost_begin (BhCost *self, const char *element, const char **names, const char **values);
/* @style: it stands in a <style> */
void bh_cost_text (BhCost *self, const char *text, gsize size, gboolean style);
void bh_cost_end (BhCost *self);
/* Whether it is drawn in seconds; at the end of the file. */
gboolean bh_cost_bearable (BhCost *self);

/* Fields that labels know (fields.c): a value of usual length, NULL: no such field. */
const char *bh_field_sample (const char *name);
/* What is said about an unknown one: the fields that there are. */
char *bh_field_names (void);

/* The codes of one label, worked out once for all that is drawn of it (codes.c). */
typedef struct _BhCodes BhCodes;

/* (element-type BhText): all its texts in their places on the like of @cr; NULL: BH_ERROR_INPUT,
 * one does not fit, or is missing. */
GPtrArray *
bh_label_texts (const BhLabelTemplate *self, GHashTable *fields, cairo_t *cr, GError **error);
/* Draws one label at (0,0) of @cr, whose unit is a point. Bars are on whole dots
 * of the dpi of @codes. BH_ERROR_INPUT names the field that does not fit. */
gboolean bh_label_draw (const BhLabelTemplate *self, GHashTable *fields, const BhCodes *codes,
                        cairo_t *cr, GError **error);
/* As a printer of @dpi would have it, and read again: every barcode's text, its
 * module width and quiet zone. */
cairo_surface_t *
bh_label_raster (const BhLabelTemplate *self, GHashTable *fields, guint dpi, GError **error);
gboolean bh_label_check_raster (const BhLabelTemplate *self, GHashTable *fields,
                                cairo_surface_t *raster, GError **error);
/* The same of a label that nobody wants the dots of: only the codes, their quiet zones and
 * whatever reaches into them are drawn. */
gboolean bh_label_check (const BhLabelTemplate *self, GHashTable *fields, const BhCodes *codes,
                         GError **error);
/* Whether the label's own QR and what else it says are of the same RMA and unit, as
 * bh_label_verify() will ask; BH_ERROR_INPUT names the field that differs. */
gboolean bh_label_fields_agree (const BhLabelTemplate *self, GHashTable *fields, GError **error);
/* (element-type BhLabelCheck): all that is read on an ARGB32 or RGB24 picture */
GPtrArray *bh_label_read_raster (cairo_surface_t *raster, guint page);

/* Where a label's QR, its other barcodes and its printed words (@text, nullable) do not say
 * the same, a check is no longer ok. From element @from on. */
void bh_label_agree (GPtrArray *checks, guint from, const char *text);

/* The template's own drawing, without what fields fill (ground.c). */
gboolean
bh_ground_draw (BhLabelTemplate *self, GHashTable *fields, guint dpi, cairo_t *cr, GError **error);
/* The same with values of usual length: whether it can be drawn, and its texts have room. */
gboolean bh_ground_check (const BhLabelTemplate *self, GError **error);
/* How dark the dots of an RGB24 surface are, as A8: to draw black on either is the same. */
cairo_surface_t *bh_darkness (cairo_surface_t *raster);
/* The drawing within (left, top) and the size of @to, dots of the label, RGB24 or A8 as of
 * bh_darkness(); only a template that keeps its drawing as dots (bh_ground_kept()). */
gboolean bh_ground_copy (BhLabelTemplate *self, guint dpi, int left, int top, cairo_surface_t *to,
                         GError **error);
gboolean bh_ground_kept (const BhLabelTemplate *self, guint dpi);
/* "" when it is not given; NULL with @error when the label needs it. */
const char *bh_slot_value (const BhSlot *slot, GHashTable *fields, GError **error);
/* What is printed of a value: valid UTF-8, no control characters. */
char *bh_label_clean (const char *value);

/* A text in its place, of the size that fits. Belongs to the thread that made it. */
typedef struct {
  guint refs;
  PangoLayout *layout;
  double x; /* points */
  double y;
  RsvgRectangle ink; /* points: where letters are dark, rounded outwards */
} BhText;

void bh_text_unref (BhText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhText, bh_text_unref)
/* @cr: what it will be drawn on, or the like of it */
BhText *bh_text_new (const BhSlot *slot, const char *value, cairo_t *cr, GError **error);
/* The same of the @which-th slot, which an earlier label of this thread may have had already
 * (text-cache.c). */
BhText *bh_text_of (const BhLabelTemplate *self, guint which, const char *value, cairo_t *cr,
                    GError **error);
void bh_text_draw (const BhText *self, cairo_t *cr);
/* Whether every character of it can be printed: BH_ERROR_INPUT "@what: …" names the first that
 * cannot. */
gboolean bh_text_has_fonts (const char *text, const char *what, GError **error);

/* Modules of a symbol, row by row, one byte each, 1 is dark. */
typedef struct {
  guint width;
  guint height; /* 1: linear */
  guint quiet;  /* modules on each side that the standard asks for */
  guint8 *dark;
  GArray *boxes; /* of BhModuleBox: they cover what is dark; some lie on others */
} BhModules;

typedef struct {
  guint16 x;
  guint16 y;
  guint16 width;
  guint16 height;
} BhModuleBox;

void bh_modules_free (BhModules *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhModules, bh_modules_free)
/* ISO/IEC 15417 and 16388, quiet zone 10 modules; ISO/IEC 18004, 4 modules, level M;
 * ISO/IEC 16022, 1 module, of which 2 are kept */
BhModules *bh_modules_new (BhSlotKind kind, const char *text, GError **error);
BhModules *bh_modules_code128 (const char *text, GError **error);

/* Where a symbol stands, in whole dots from the page's corner. */
typedef struct {
  int left;
  int top;
  int each; /* dots a module */
  int high; /* dots of a linear one's bars */
} BhPlace;

gboolean bh_modules_place (const BhModules *self, const BhSlot *slot, guint dpi, BhPlace *place,
                           GError **error);
void bh_modules_draw (const BhModules *self, const BhPlace *place, guint dpi, cairo_t *cr);

/* The code of one slot; modules NULL: it has none. */
typedef struct {
  BhModules *modules;
  BhPlace place;
} BhCode;

struct _BhCodes {
  guint dpi;
  guint n; /* as many as the template has slots */
  BhCode *of;
};

/* BH_ERROR_INPUT: a value that no symbol holds, or whose symbol has no room. */
BhCodes *bh_codes_new (const BhLabelTemplate *self, GHashTable *fields, guint dpi, GError **error);
void bh_codes_free (BhCodes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhCodes, bh_codes_free)

/* The symbol with its quiet zone, whole dots from the page's corner; bars have none above. */
typedef struct {
  int left;
  int top;
  int width;
  int height;
} BhArea;

BhArea bh_code_area (const BhCode *self);

/* A decoder that did not make the symbol: ZBar, libdmtx for Data Matrix. @grey has one
 * byte a pixel, 0 dark. Calls @found for each. */
typedef struct {
  int x;
  int y;
} BhLineEnd;

typedef struct {
  const char *symbology; /* as CLI.md: "CODE-128", "QR-Code" … */
  const char *text;
  gsize size;
  int left, top, right, bottom; /* of what was found, pixels */
  int modules;                  /* across, of a Data Matrix; else 0 */
  const BhLineEnd *points;      /* of bars: where scan lines ended, at either side */
  guint n_points;
} BhFound;
/* BARS: a picture of one linear code, of which some rows are enough; SQUARE: of one QR;
 * CLEAN_SQUARE: of one that has no fault, three pixels a module */
typedef enum { BH_READ_ALL, BH_READ_BARS, BH_READ_SQUARE, BH_READ_CLEAN_SQUARE } BhReadWhat;
typedef void (*BhFoundFunc) (const BhFound *found, gpointer data);
void bh_read_lines (const guint8 *grey, int width, int height, BhReadWhat what, BhFoundFunc found,
                    gpointer data);
void bh_read_matrix (const guint8 *grey, int width, int height, int most, BhFoundFunc found,
                     gpointer data);
/* The same for upright ones on a whole page. */
void bh_find_matrix (const guint8 *grey, int width, int height, int most, BhFoundFunc found,
                     gpointer data);

/* Writes into a #GByteArray, for cairo's PNG. */
cairo_status_t bh_label_append (void *array, const unsigned char *data, unsigned int length);

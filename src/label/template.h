/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <librsvg/rsvg.h>

#include "backhaul/label.h"

/* librsvg 2.54 has none of its own */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RsvgHandle, g_object_unref)

typedef enum { BH_SLOT_CODE128, BH_SLOT_QR, BH_SLOT_TEXT } BhSlotKind;

/* A rectangle of the template that names what fills it: "code128:rma.number". */
typedef struct {
  BhSlotKind kind;
  char *id;    /* of the element, without "#" */
  char *field; /* "rma.number" */
  double size; /* points, of text */
  gboolean bold;
  gboolean ellipsize; /* the template allows an end in "…" */
  gboolean centre;
} BhSlot;

struct _BhLabelTemplate {
  char *name;
  char *svg;
  GPtrArray *slots; /* of BhSlot */
  double width;     /* points */
  double height;
};

/* Draws one label at (0,0) of @cr, whose unit is a point. Bars are on whole dots
 * of @dpi. BH_ERROR_INPUT names the field that does not fit. */
gboolean bh_label_draw (const BhLabelTemplate *self, GHashTable *fields, guint dpi, cairo_t *cr,
                        GError **error);
/* As a printer of @dpi would have it, and read again: every barcode's text, its
 * module width and quiet zone. */
cairo_surface_t *
bh_label_raster (const BhLabelTemplate *self, GHashTable *fields, guint dpi, GError **error);
gboolean bh_label_check_raster (const BhLabelTemplate *self, GHashTable *fields,
                                cairo_surface_t *raster, GError **error);
/* (element-type BhLabelCheck): all that is read on an ARGB32 or RGB24 picture */
GPtrArray *bh_label_read_raster (cairo_surface_t *raster, guint page);

/* Modules of a symbol, row by row, one byte each, 1 is dark. */
typedef struct {
  guint width;
  guint height; /* 1: linear */
  guint quiet;  /* modules on each side that the standard asks for */
  guint8 *dark;
} BhModules;

void bh_modules_free (BhModules *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhModules, bh_modules_free)
/* ISO/IEC 15417, quiet zone 10 modules; ISO/IEC 18004, 4 modules, level M */
BhModules *bh_modules_code128 (const char *text, GError **error);
BhModules *bh_modules_qr (const char *text, GError **error);

/* Writes into a #GByteArray, for cairo's PNG. */
cairo_status_t bh_label_append (void *array, const unsigned char *data, unsigned int length);

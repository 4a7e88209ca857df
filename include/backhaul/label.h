/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "error.h"

G_BEGIN_DECLS

/**
 * SECTION:label
 *
 * SVG templates (labels/NAME.svg) filled with fields, barcodes drawn on whole
 * printer dots. Fields are a #GHashTable of strings by name; src/label/fields.c lists them, and
 * docs/labels.md says what a template may hold.
 * A field that is not given is empty; a barcode whose field is empty is not drawn, unless the
 * template says that the label needs it.
 */

typedef struct _BhLabelTemplate BhLabelTemplate;

/* @name: "box-4x6", "return-to-sender-4x6" …, or a path to an .svg. A folder that BACKHAUL_LABELS
 * names comes before what is shipped. The template may be drawn from several threads.
 * Errors: BH_ERROR_NOT_FOUND, BH_ERROR_INPUT with line and reason. */
BhLabelTemplate *bh_label_template_load (const char *name, GError **error);
void bh_label_template_free (BhLabelTemplate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhLabelTemplate, bh_label_template_free)
/* (transfer full): what fills it, as "code128:rma.number", in the template's order. */
char **bh_label_template_fields (const BhLabelTemplate *self);
/* Whether labels have such a field, as "rma.number". */
gboolean bh_label_is_field (const char *name);
/* Each field with a value of usual length. */
GHashTable *bh_label_samples (void);
/* points */
void bh_label_template_size (const BhLabelTemplate *self, double *width, double *height);

typedef struct _BhLabelDocument BhLabelDocument;

/**
 * bh_label_document_new:
 * @dpi: of the printer: 203 or 300 (152 and 600 too); bars are whole dots at it
 * @path: where the PDF goes: written beside it and renamed when finished
 */
BhLabelDocument *bh_label_document_new (const char *path, guint dpi, GError **error);
/* Renders one page, decodes it again and compares every field before it is taken:
 * BH_ERROR_INPUT names the field that does not fit or does not read. */
gboolean bh_label_document_add (BhLabelDocument *self, BhLabelTemplate *label, GHashTable *fields,
                                GError **error);
gboolean bh_label_document_finish (BhLabelDocument *self, GError **error);
void bh_label_document_free (BhLabelDocument *self); /* unfinished: nothing is left behind */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhLabelDocument, bh_label_document_free)

/* One label as PNG at @dpi, verified likewise. */
GBytes *bh_label_png (BhLabelTemplate *label, GHashTable *fields, guint dpi, GError **error);

/* What was read on a rendered label (PDF or PNG), with what was measured. */
typedef struct {
  guint page;
  char *symbology;
  char *text;
  double module_dots;   /* width of the narrowest element, in dots of the raster */
  double quiet_modules; /* smallest quiet zone in modules */
  gboolean ok;
  char *reason; /* NULL when ok */
} BhLabelCheck;

void bh_label_check_free (BhLabelCheck *self);
/* (element-type BhLabelCheck); @dpi: at which a PDF is rasterised */
GPtrArray *bh_label_verify (const char *path, guint dpi, GError **error);

G_END_DECLS

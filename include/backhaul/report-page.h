/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "error.h"

G_BEGIN_DECLS

/**
 * SECTION:report-page
 *
 * A report as who draws it knows it: a title, facts, paragraphs, tables, pictures and a
 * chart, in order.
 */
typedef enum {
  BH_BLOCK_FACT,      /* @label and @text on one line */
  BH_BLOCK_HEADING,   /* @text */
  BH_BLOCK_PARAGRAPH, /* @text */
  BH_BLOCK_TABLE,     /* @rows; the first one is the heading */
  BH_BLOCK_PICTURE,   /* @picture: JPEG; @text below it */
  BH_BLOCK_CHART,     /* @values from 0 to 1 between limits, may lie outside; @label: the upper
                         limit in words, @text: the lower */
} BhBlockKind;

typedef struct {
  BhBlockKind kind;
  char *label;
  char *text;
  GPtrArray *rows; /* GStrv, all of one length */
  GBytes *picture;
  GArray *values; /* double */
} BhBlock;

typedef struct {
  char *title;
  char *page_word;   /* "Page" */
  GPtrArray *blocks; /* BhBlock */
} BhReportPage;

BhReportPage *bh_report_page_new (const char *title, const char *page_word);
void bh_report_page_free (BhReportPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhReportPage, bh_report_page_free)
/* (transfer none): a new block at the end */
BhBlock *
bh_report_page_add (BhReportPage *self, BhBlockKind kind, const char *label, const char *text);

/* A4, as many pages as it needs. Errors: %BH_ERROR_STORE: cannot be written. */
gboolean bh_report_page_save (const BhReportPage *self, const char *path, GError **error);
/* (transfer full): the same in memory. Errors: %BH_ERROR_STORE. */
GBytes *bh_report_page_pdf (const BhReportPage *self, GError **error);

G_END_DECLS

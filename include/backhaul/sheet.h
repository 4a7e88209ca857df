/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/**
 * SECTION:sheet
 *
 * Printed sheets of barcodes (A4): practice boxes, command sheet.
 */
typedef struct {
  const char *title;
  const char *text; /* NULL: none */
  char **codes;     /* Code 128, with the text under each */
} BhSheetEntry;

gboolean bh_sheet_write (const char *path, const char *title, const char *text,
                         const BhSheetEntry *entries, gsize n, GError **error);

G_END_DECLS

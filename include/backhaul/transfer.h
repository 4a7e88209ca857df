/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "desk.h"

G_BEGIN_DECLS

/**
 * SECTION:transfer
 *
 * Import and export of the kinds of CLI.md: accounts sites products units rmas
 * calendars destinations operators. Streaming: memory does not grow with the file.
 */

typedef enum { BH_FORMAT_CSV, BH_FORMAT_JSONL } BhFormat;

/* One bad row: all are told, with line and column (V10). Lines count from 1, the
 * header is line 1; columns count from 1; 0: the whole line. */
typedef struct {
  gint64 line;
  guint column;
  const char *column_name; /* NULL: the whole line */
  const char *reason;      /* what, why and what to do */
  const char *row;         /* the row as it was read, for --rejects */
} BhReject;

typedef struct {
  BhFormat format;
  gboolean dry_run; /* checks all, writes nothing */
  void (*reject) (const BhReject *reject, gpointer data);
  void (*progress) (gint64 rows, gpointer data); /* now and then */
  gpointer data;
} BhImportOptions;

typedef struct {
  gint64 rows;
  gint64 added;
  gint64 changed;
  gint64 unchanged;
  gint64 rejected;
} BhImportResult;

gboolean bh_kind_is_importable (const char *kind);
/* (transfer none): NULL-terminated names of columns; NULL: no such kind, or calendars */
const char *const *bh_kind_columns (const char *kind);

/**
 * bh_desk_import:
 * @name: of the file, for messages; a calendar takes its base name without .ics
 *
 * Good rows go in, bad rows go to options->reject. Upserts by natural key: twice
 * is once. Errors (nothing was written): %BH_ERROR_USAGE (kind), %BH_ERROR_INPUT
 * (a file that cannot be read as this format at all: encoding, header),
 * %BH_ERROR_FORBIDDEN, store errors.
 */
gboolean bh_desk_import (BhDesk *self, const char *kind, GInputStream *stream, const char *name,
                         const BhImportOptions *options, gint64 now_us, BhImportResult *result,
                         GError **error);

/* Writes what bh_desk_import() reads. Cells that a spreadsheet would run are neutralised. */
gboolean bh_desk_export (BhDesk *self, const char *kind, BhFormat format, GOutputStream *stream,
                         GError **error);

/* The sample operation (CLI.md init --demo), the same for the same @now_us' date. */
gboolean bh_desk_make_demo (BhDesk *self, gint64 now_us, GError **error);

G_END_DECLS

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

/**
 * BhReject:
 * @line: physical line where the row starts, from 1; the header is line 1
 * @column: of the file, from 1 (JSON Lines: as bh_kind_columns() counts); 0: the whole line
 * @column_name: (nullable): %NULL: the whole line
 * @reason: what, why and what to do
 * @row: the row as it was read, for --rejects; bytes that are no text are shown as U+FFFD
 * @again: a further fault of the row that was told before
 *
 * One fault: all of all rows are told, with line and column (V10).
 */
typedef struct {
  gint64 line;
  guint column;
  const char *column_name;
  const char *reason;
  const char *row;
  gboolean again;
} BhReject;

typedef struct {
  BhFormat format;
  gboolean dry_run; /* checks all, writes nothing */
  void (*reject) (const BhReject *reject, gpointer data);
  void (*progress) (gint64 rows, gpointer data); /* now and then */
  gpointer data;
} BhImportOptions;

/* Rows read, and what became of each: the other four add up to @rows. */
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
 * @options: (nullable): %NULL: CSV, nobody is told of rejects
 * @result: (out): valid after an error too: what had been done by then
 *
 * Good rows go in, bad rows go to options->reject. Upserts by natural key: twice
 * is once. Rows go in by whole batches, each one transaction; one entry in the
 * audit chain tells counts and SHA-256 of the file (F6).
 *
 * Errors: %BH_ERROR_USAGE (kind), %BH_ERROR_INPUT (a file that cannot be read as
 * this format at all: encoding, header) and %BH_ERROR_FORBIDDEN: nothing was
 * written. Store errors and a file that cannot be read on: batches before it
 * stay, and a second run finds them unchanged.
 */
gboolean bh_desk_import (BhDesk *self, const char *kind, GInputStream *stream, const char *name,
                         const BhImportOptions *options, gint64 now_us, BhImportResult *result,
                         GError **error);

/* Writes what bh_desk_import() reads. Cells that a spreadsheet would run are neutralised. */
gboolean bh_desk_export (BhDesk *self, const char *kind, BhFormat format, GOutputStream *stream,
                         GError **error);

/**
 * bh_desk_make_demo:
 *
 * The sample operation (CLI.md init --demo), the same for the same @now_us' date.
 * Made once: in a store that has it nothing is done; one that broke off is gone on with.
 *
 * Errors: %BH_ERROR_REFUSED: the store has data of its own.
 */
gboolean bh_desk_make_demo (BhDesk *self, gint64 now_us, GError **error);

/**
 * BhPracticeBox:
 * @rule: (transfer none): "D1" … "D11", which receiving it gives
 * @verdict: (transfer none): bh_verdict_name()
 * @title: (transfer none): untranslated
 * @explanation: (transfer none): one sentence, untranslated
 * @scans: what to scan, in this order; "BH!…" are command barcodes (scan.h)
 */
typedef struct {
  const char *rule;
  const char *verdict;
  const char *title;
  const char *explanation;
  char **scans;
} BhPracticeBox;

/* A box for each rule of RULES §4 in the sample operation; each is independent of the others.
 * (element-type BhPracticeBox) (transfer full). BH_ERROR_NOT_FOUND: no sample operation here. */
GPtrArray *bh_desk_practice_boxes (BhDesk *self, GError **error);

G_END_DECLS

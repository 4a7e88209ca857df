/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/table.h"
#include "backhaul/transfer.h"
#include "desk-private.h"

/* What a cell must be; import-cells.c has a reader for each. */
typedef enum {
  BH_CELL_TEXT,     /* anything a person may write; empty is NULL */
  BH_CELL_KEY,      /* the name of something: no blanks around, no control characters */
  BH_CELL_LOGIN,    /* as bh_is_login() */
  BH_CELL_FILE_KEY, /* a key that is also a file's name: letters, digits, "-", "_", "." */
  BH_CELL_LONG,     /* text without a limit of its own: a calendar */
  BH_CELL_SERIAL,   /* I4 */
  BH_CELL_PART,
  BH_CELL_RMA,  /* I1 */
  BH_CELL_CASE, /* I2 */
  BH_CELL_DAY,
  BH_CELL_INSTANT, /* kept as text until the destination's zone is known */
  BH_CELL_YES_NO,
  BH_CELL_ZONE,
  BH_CELL_COUNTRY,
  BH_CELL_LANGUAGE,
  BH_CELL_EMAIL,
  BH_CELL_PRICE, /* kept as text until the currency is known */
  BH_CELL_CURRENCY,
  BH_CELL_LEVEL, /* N4 */
  BH_CELL_FLAG,
  BH_CELL_PRIORITY,
  BH_CELL_ROLE,
  BH_CELL_STATE,
  BH_CELL_NUMBER, /* a decimal number, kept as it is written */
} BhCell;

enum {
  BH_COLUMN_REQUIRED = 1 << 0, /* must not be empty */
  BH_COLUMN_OPTIONAL = 1 << 1, /* the file need not have it */
};

/* One column of a kind, in the order of CLI.md. */
typedef struct {
  const char *name;
  BhCell cell;
  guint flags;
  BhRef ref; /* what a value that is not empty must be on record as */
} BhColumn;

typedef struct _BhImport BhImport;

typedef struct {
  const char *kind;
  const BhColumn *columns;
  guint n_columns;
  BhTable table;    /* not of rmas, which are several tables */
  guint second_key; /* with the first column it names a row; 0: that alone does */
  const char *load; /* the table that has most rows: a first load of it makes its indexes last */
  gsize max_row;    /* bytes of one row */
  /* (nullable): what no column tells alone; reports faults itself */
  gboolean (*check) (BhImport *import, BhTableRow *row, GError **error);
  /* (nullable): in place of putting the row into @table; sets @put or tells faults */
  gboolean (*put) (BhImport *import, BhTableRow *row, GError **error);
  /* (nullable): before and after @put of a batch's rows, in its transaction */
  gboolean (*gather) (BhImport *import, const BhTableRow *rows, guint n, GError **error);
  gboolean (*settle) (BhImport *import, GError **error);
  gboolean own_tx; /* @put begins and commits its own transaction */
  /* (nullable): after the row was written */
  gboolean (*written) (BhImport *import, const BhTableRow *row, GError **error);
} BhTransfer;

/* (transfer none): NULL with BH_ERROR_USAGE: no such kind */
const BhTransfer *bh_transfer_find (const char *kind, GError **error);
/* Index of a column, or -1. */
int bh_transfer_column (const BhTransfer *transfer, const char *name);

/* ---- reading: physical lines, then rows -------------------------------------------- */

/* The bytes of a file as lines; holds one buffer, whatever the file's size. */
typedef struct {
  GInputStream *stream;
  GChecksum *sum; /* SHA-256 of all that was read */
  guchar *buffer;
  gsize at;
  gsize end;
  gboolean ended;
  GString *long_line;
  GString *pending; /* read again before the stream goes on */
  gsize pending_at;
  gint64 number; /* of the line that was read last */
} BhLines;

void bh_lines_init (BhLines *self, GInputStream *stream);
void bh_lines_clear (BhLines *self);
/* One line with its end; at most @max bytes are kept, *cut says that there were
 * more. *size 0: the end. @line lives until the next call. */
gboolean bh_lines_next (BhLines *self, gsize max, const char **line, gsize *size, gboolean *cut,
                        GError **error);
/* Puts bytes back before what is still to be read, and the line number with them. */
void bh_lines_unread (BhLines *self, const char *bytes, gsize size, gint64 number);
/* Begins a file: a byte order mark is skipped; UTF-16 is refused. */
gboolean bh_lines_begin (BhLines *self, const char *name, GError **error);
/* Does what is to be read begin with @text? */
gboolean bh_lines_begins_with (BhLines *self, const char *text);

/* A row as the file has it. */
typedef struct {
  gint64 line;
  const char *raw;
  gsize raw_size;
  guint n_cells; /* of which the first BH_MAX_CELLS are kept */
  const char **cells;
  const gsize *sizes;
  const char *fault; /* (nullable): the row cannot be read; no cell holds */
  guint fault_column;
} BhRawRow;

#define BH_MAX_CELLS 64

typedef struct _BhCsv BhCsv;
BhCsv *bh_csv_new (BhLines *lines, gsize max_row);
void bh_csv_free (BhCsv *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhCsv, bh_csv_free)
/* One row further; *more FALSE at the end. Empty lines are no rows. */
gboolean bh_csv_next (BhCsv *self, BhRawRow *row, gboolean *more, GError **error);

/* Cells that a spreadsheet would run get an apostrophe, and lose it again; both
 * are each other's inverse. */
gboolean bh_csv_is_formula (const char *cell, gsize size);
const char *bh_csv_unguard (const char *cell, gsize *size);
/* Adds one cell: guarded, quoted where RFC 4180 wants it. */
void bh_csv_add (GString *row, gboolean first, const char *cell);

typedef struct _BhJsonl BhJsonl;
BhJsonl *bh_jsonl_new (BhLines *lines, const BhTransfer *transfer);
void bh_jsonl_free (BhJsonl *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhJsonl, bh_jsonl_free)
/* Cells are in the order of the kind's columns; NULL: the object has no such key. */
gboolean bh_jsonl_next (BhJsonl *self, BhRawRow *row, gboolean *more, GError **error);
/* Adds one object of @names and @cells; NULL cells are null. */
void bh_jsonl_add (GString *line, const BhTransfer *transfer, const char *const *cells);

/* ---- import ---------------------------------------------------------------------------- */

/* Keys that this file had before, in bounded memory (import-seen.c). */
typedef struct _BhSeen BhSeen;
BhSeen *bh_seen_new (void);
void bh_seen_free (BhSeen *self);
/* *first: line that had @key before, or 0, and then it is remembered with @line. */
gboolean bh_seen_add (BhSeen *self, const char *key, gint64 line, gint64 *first, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhSeen, bh_seen_free)

/* New RMAs of the batch under work (import-fresh.c). */
typedef struct _BhFresh BhFresh;
void bh_fresh_free (BhFresh *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhFresh, bh_fresh_free)

struct _BhImport {
  BhDesk *desk;
  const BhTransfer *transfer;
  const BhImportOptions *options;
  const char *name;
  gint64 now_us;
  BhImportResult *result;
  BhLines lines;
  BhSeen *seen;
  BhSeen *seen_rmas;
  GHashTable *known;  /* references found on record; emptied when it grows */
  GHashTable *names;  /* account → its name; likewise */
  GHashTable *places; /* destination → BhPlace (import-rma.c) */
  GPtrArray *exports; /* BhExportPolicy (C8); NULL: not read yet */
  BhFresh *fresh;     /* what the batch knows and adds (import-fresh.c); NULL: the store is asked */
  /* the row under work */
  gint64 line;
  const char *raw;
  gsize raw_size;
  gboolean raw_is_text; /* UTF-8 without NUL, so each of its cells is */
  guint faults;
  guint file_column[BH_TABLE_MAX]; /* number in the file of each of the kind's columns, 0: not there
                                    */
  /* rows that wait for their transaction */
  GArray *batch; /* BhTableRow */
  GStringChunk *texts;
  gsize bytes;
  /* a first load or a trial is one transaction */
  BhImportResult done; /* what is committed */
  gboolean empty;
  gboolean enrols; /* an operator who can enrol others came by */
  BhTx *tx;
  GPtrArray *indexes;
  guint batches;
  char *act;
};

/* Tells a fault of the row under work; @column: of the kind, -1: the whole row. */
void bh_import_fault (BhImport *self, int column, const char *reason);
void bh_import_faultf (BhImport *self, int column, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Reads one cell into @value (texts live in the batch). FALSE: a fault was told. */
gboolean
bh_import_cell (BhImport *self, guint column, const char *cell, gsize size, BhTableValue *value);
/* A key that is also a file's name (%BH_CELL_FILE_KEY); @size its length. */
gboolean bh_is_file_key (const char *text, gsize size);
/* "12.50" in minor units of @currency; FALSE: *reason says why not */
gboolean bh_price_parse (const char *text, const char *currency, gint64 *minor, char **reason);
char *bh_price_format (gint64 minor, const char *currency);
gboolean bh_currency_digits (const char *currency, guint *digits);
/* As bh_time_parse(), exact to the microsecond, between 1970 and 2200. */
gboolean bh_instant_parse (const char *text, GTimeZone *zone, gint64 *at_us);
char *bh_instant_format (gint64 at_us, GTimeZone *zone);

/* Reads the whole file, row by row (import-rows.c), and hands each to: */
gboolean bh_import_csv (BhImport *self, GError **error);
gboolean bh_import_jsonl (BhImport *self, GError **error);
gboolean
bh_import_take_row (BhImport *self, const char *const *cells, const gsize *sizes, GError **error);

/* Is it on record? Asks the store once for each. */
gboolean bh_import_refers (BhImport *self, BhRef ref, const char *first, const char *second,
                           gboolean *found, GError **error);

/* What kinds.c names for single kinds: import-checks.c */
gboolean bh_import_check_product (BhImport *self, BhTableRow *row, GError **error);
gboolean bh_import_check_test (BhImport *self, BhTableRow *row, GError **error);
gboolean bh_import_check_fault (BhImport *self, BhTableRow *row, GError **error);
gboolean bh_import_check_operator (BhImport *self, BhTableRow *row, GError **error);
gboolean bh_import_check_calendar (BhImport *self, BhTableRow *row, GError **error);
gboolean bh_import_account_written (BhImport *self, const BhTableRow *row, GError **error);
gboolean bh_import_put_calendar (BhImport *self, BhTableRow *row, GError **error);
/* An .ics file in place of rows. */
gboolean bh_import_ics (BhImport *self, GError **error);

/* rmas: import-rma.c. Inside a transaction. */
extern const char *const bh_rma_states[];
gboolean bh_import_check_rma (BhImport *self, BhTableRow *row, GError **error);
gboolean bh_import_put_rma (BhImport *self, BhTableRow *row, GError **error);
gboolean bh_import_gather_rmas (BhImport *self, const BhTableRow *rows, guint n, GError **error);
gboolean bh_import_settle_rmas (BhImport *self, GError **error);

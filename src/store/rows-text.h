/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* rows by one statement, at most (BhDriver.rows_at_once) */
#define BH_ROWS_AT_ONCE 16

/* An INSERT of up to BH_ROWS_AT_ONCE rows whose first column is the same $1. */
typedef struct {
  const char *head; /* "INSERT INTO … VALUES " */
  guint columns;    /* beside the first: row i has $(2 + i × columns) and what follows */
  gsize texts[BH_ROWS_AT_ONCE + 1];
} BhRowsText;

/**
 * bh_rows_text:
 * @self: static, and the same for all threads
 * @n: 1 to BH_ROWS_AT_ONCE
 *
 * Returns: (transfer none): the statement for @n rows, put together when it is first asked for
 */
const char *bh_rows_text (BhRowsText *self, guint n);

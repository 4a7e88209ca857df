/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/returns.h"

/* What the page of returns asks for, and the rows of its table. */

enum { COL_RMA, COL_STATUS, COL_ACCOUNT, COL_CASE, COL_SERIAL, COL_PART, COL_CREATED, N_COLS };
/* behind those that are seen */
#define COL_LINE N_COLS

typedef struct {
  char *text;
  char *after;
  BhReturnsSort sort;
  gboolean descending;
} BhReturnsQuestion;

typedef struct {
  GPtrArray *rows;
  char *next;
} BhReturnsAnswer;

void bh_returns_question_free (gpointer data);
void bh_returns_answer_free (gpointer data);
/* A BhWork: (transfer full) an answer to the question @data. */
gpointer bh_returns_list (BhDesk *desk, gpointer data, GError **error);
/* Puts @rows (element-type BhReturnRow) below what is there; @live: in place of the first ones,
 * each row keeping its place under the cursor and in the selection. */
void bh_returns_fill (GtkListStore *store, GPtrArray *rows, gboolean live);

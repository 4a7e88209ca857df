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
  guint limit; /* rows */
} BhReturnsQuestion;

typedef struct {
  GPtrArray *rows;
  char *next;
} BhReturnsAnswer;

/* rows that are read at a time */
#define BH_RETURNS_ROWS 200

void bh_returns_question_free (gpointer data);
void bh_returns_answer_free (gpointer data);
/* A BhWork: (transfer full) an answer to the question @data. */
gpointer bh_returns_list (BhDesk *desk, gpointer data, GError **error);
/* Puts @rows (element-type BhReturnRow) below what is there. */
void bh_returns_add (GtkListStore *store, GPtrArray *rows);
/* Makes the first ones those of @answer, each keeping its place under the cursor and in the
 * selection. Returns: (transfer full): the new cursor of what comes below, of which @next was */
char *bh_returns_merge (GtkListStore *store, BhReturnsAnswer *answer, char *next);

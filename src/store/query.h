/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/lists-store.h"

/* A query under construction: text and values, $1 onwards. */
typedef struct {
  GString *sql;
  GPtrArray *values; /* texts; NULL marks a number */
  GArray *numbers;
} BhQuery;

BhQuery bh_query_new (void);
void bh_query_clear (BhQuery *query);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhQuery, bh_query_clear)

void bh_query_add (BhQuery *query, const char *sql);
void bh_query_addf (BhQuery *query, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Takes note of a value and tells its number; a text is borrowed until the start. */
guint bh_query_text (BhQuery *query, const char *value);
guint bh_query_number (BhQuery *query, gint64 value);
/* "column >= $n AND column < $m" */
void bh_query_range (BhQuery *query, const char *column, const BhPrefix *prefix);
BhStmt *bh_query_start (BhQuery *query, BhStore *store, GError **error);

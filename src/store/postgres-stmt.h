/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "postgres-link.h"

/* Members of BhDriver. */
gpointer bh_pg_prepare (gpointer data, const char *sql, GError **error);
void bh_pg_reset (gpointer data);
void bh_pg_finalize (gpointer data);
gboolean bh_pg_bind_text (gpointer data, int n, const char *value, GError **error);
gboolean bh_pg_bind_int64 (gpointer data, int n, gint64 value, GError **error);
gboolean bh_pg_bind_null (gpointer data, int n, GError **error);
gboolean bh_pg_bind_blob (gpointer data, int n, gconstpointer bytes, gsize size, GError **error);
gboolean bh_pg_step (gpointer data, gboolean *row, GError **error);
gboolean bh_pg_post (gpointer data, GError **error);
gint64 bh_pg_changes (gpointer data);
gboolean bh_pg_is_null (gpointer data, int column);
gint64 bh_pg_value_int64 (gpointer data, int column);
const char *bh_pg_text (gpointer data, int column);
GBytes *bh_pg_blob (gpointer data, int column);

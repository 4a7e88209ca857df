/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/lists-store.h"
#include "desk-private.h"

/* A page's last row as text for command lines: @sort 0 to 9, @id without ":". */
char *bh_cursor_make (int sort, gboolean descending, const char *id, const char *value);
/* FALSE with BH_ERROR_INPUT: not a cursor, or of another order */
gboolean bh_cursor_read (const char *cursor, int sort, gboolean descending, char **id, char **value,
                         GError **error);
gboolean bh_cursor_fail (const char *cursor, GError **error);

/* What was typed, folded for each kind of key that it may be (F3). */
gboolean bh_search_fold (const char *typed, BhSearchText *text, GError **error);
void bh_search_text_clear (BhSearchText *text);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhSearchText, bh_search_text_clear)

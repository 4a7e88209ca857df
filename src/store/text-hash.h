/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * bh_text_hash:
 * @text: (type utf8): a text
 *
 * For tables of statements: their texts are long and looked up some ten times a box, where
 * g_str_hash() takes them byte by byte.
 *
 * Returns: its hash.
 */
guint bh_text_hash (gconstpointer text);

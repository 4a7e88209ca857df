/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bh_near_variants:
 * @value: a normalised serial or RMA number, 1 to 32 characters
 *
 * Every text that is a near miss of @value (RULES D18): look-alikes (O/0, I/1,
 * B/8 …) in up to six places at once, two neighbours swapped, one character
 * other, missing or too many. The likeliest come first; @value is not among
 * them. About a thousand for twelve characters.
 *
 * Returns: (transfer full) (element-type utf8): empty for other lengths
 */
GPtrArray *bh_near_variants (const char *value);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION:badge
 *
 * The code on an operator's badge (RULES §2): "BHOP!" and 20 characters of A to X and 2 to 9,
 * which are 100 bits of chance. It says nothing of who the person is, and is worth as much as their
 * PIN: it is kept in no box, no log and no list. "!" is in no identifier (I4), so no plate is taken
 * for one.
 */

#define BH_BADGE_PREFIX "BHOP!"
#define BH_BADGE_CHANCE 20 /* characters behind it */

/* Whether a scan is a badge's, well-formed or not: any case, with or without an AIM prefix. */
gboolean bh_badge_is (const char *text, gsize size);
/* (transfer full) (nullable): the code as it is compared; %NULL: it is none that was ever made */
char *bh_badge_parse (const char *text, gsize size);
/* Made of the first BH_BADGE_CHANCE × 5 bits of @chance. */
char *bh_badge_text (const guchar *chance, gsize size);
/* Overwrites and frees; NULL is fine. */
void bh_badge_free (char *badge);

G_END_DECLS

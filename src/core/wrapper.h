/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/scan.h"

/* Wrappers that a barcode may carry its identifiers in (RULES I5). Each takes
 * the text with separators as the real control characters and adds what it is
 * sure of; FALSE: this is not such a wrapper, or it is damaged, and nothing
 * was added: a lost separator is never guessed. */

#define BH_FNC1 '\x1d' /* GS; stands for FNC1 inside a symbol */
#define BH_RS   '\x1e'
#define BH_EOT  '\x04'

/* The usual stand-ins of scanners and typists ("<GS>", "^]", "␝" …) as the
 * control characters they mean. (transfer full) */
GString *bh_wrapper_unescape (const char *text, gsize size);
gboolean bh_gs1_parse (const char *text, gsize size, GPtrArray *fields);
gboolean bh_gs1_parse_bracketed (const char *text, gsize size, GPtrArray *fields);
gboolean bh_iso15434_parse (const char *text, gsize size, GPtrArray *fields);
gboolean bh_payload_parse (const char *text, gsize size, GPtrArray *fields);
/* The data identifier at the head of a text: its length, 0 for none. */
gsize bh_di_split (const char *text, BhKind *kind, const char **name);
/* Normalises for its kind and adds; a value that is not of the kind is kept as unknown. */
void
bh_wrapper_add (GPtrArray *fields, BhKind kind, const char *value, gssize size, const char *via);

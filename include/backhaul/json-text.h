/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * bh_json_end:
 * @builder: with an object that is begun
 *
 * Ends the object.
 *
 * Returns: (transfer full): its text on one line, RFC 8259. json-glib 1.6 leaves U+001F in a string
 * as it is, which section 7 forbids; here it is escaped, too.
 */
char *bh_json_end (JsonBuilder *builder);

G_END_DECLS

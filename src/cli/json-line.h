/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* One JSON object that is written as it is told, for what is printed by the thousand: a tree of
 * nodes (cli_object()) costs ten times as much. Keys are not escaped. */

/* "{" */
GString *cli_line_new (void);
/* @value: (nullable): valid UTF-8; NULL is null */
void cli_line_set (GString *line, const char *key, const char *value);
void cli_line_set_int (GString *line, const char *key, gint64 value);
void cli_line_set_bool (GString *line, const char *key, gboolean value);
/* @value: a JSON value */
void cli_line_set_raw (GString *line, const char *key, const char *value);
/* @values: (nullable): strings up to NULL */
void cli_line_set_list (GString *line, const char *key, char **values);
/* ISO 8601, UTC; null when @at_us is 0 */
void cli_line_set_time (GString *line, const char *key, gint64 at_us);
/* "}" and a line end, printed; @line is freed */
void cli_line_print (GString *line);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Lines of a file or pipe, any bytes. What stands in a pipe can be told from what one
 * would wait for. */
typedef struct _CliLines CliLines;

/* @fd stays the caller's; @name is what errors call it. */
CliLines *cli_lines_new (int fd, const char *name);
void cli_lines_free (CliLines *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliLines, cli_lines_free)

/* The next line without its end. *more is FALSE at the end of the file, when the line is
 * what stood after the last line end. Errors: %BH_ERROR_INPUT with name and number for
 * a line of more than 16 MiB. */
gboolean cli_lines_next (CliLines *self, GString *line, gboolean *more, GError **error);
/* TRUE when cli_lines_next() would not wait. */
gboolean cli_lines_ready (CliLines *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdio.h>

/* One line of @from without its end, any bytes. *more is FALSE at the end of the
 * file, when the line is what stood after the last line end. Errors: %BH_ERROR_INPUT
 * with @name and @number for a line of more than 16 MiB. */
gboolean cli_read_line (FILE *from, const char *name, gint64 number, GString *line, gboolean *more,
                        GError **error);

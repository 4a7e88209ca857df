/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "lines.h"

#include "backhaul/error.h"

/* no scanner sends so much; a file that does is not of scans */
#define MAX_LINE (16u << 20)

gboolean
cli_read_line (FILE *from, const char *name, gint64 number, GString *line, gboolean *more,
               GError **error)
{
  int c;

  g_string_truncate (line, 0);
  while ((c = getc_unlocked (from)) != EOF && c != '\n') {
    if (line->len >= MAX_LINE) {
      g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                   "%s:%" G_GINT64_FORMAT ":%u: the line is too long; give one scan a line", name,
                   number, MAX_LINE);
      return FALSE;
    }
    g_string_append_c (line, (char) c);
  }
  if (line->len > 0 && line->str[line->len - 1] == '\r')
    g_string_truncate (line, line->len - 1);
  if (c == EOF && ferror (from)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s:%" G_GINT64_FORMAT ":1: cannot read; look at the file", name, number);
    return FALSE;
  }
  *more = c != EOF;
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "transfer-private.h"

#include <string.h>

#define BUFFER (256 * 1024)

void
bh_lines_init (BhLines *self, GInputStream *stream)
{
  *self = (BhLines){ 0 };
  self->stream = g_object_ref (stream);
  self->sum = g_checksum_new (G_CHECKSUM_SHA256);
  self->buffer = g_malloc (BUFFER);
  self->long_line = g_string_new (NULL);
  self->pending = g_string_new (NULL);
}

void
bh_lines_clear (BhLines *self)
{
  g_clear_object (&self->stream);
  g_clear_pointer (&self->sum, g_checksum_free);
  g_clear_pointer (&self->buffer, g_free);
  if (self->long_line != NULL)
    g_string_free (self->long_line, TRUE);
  if (self->pending != NULL)
    g_string_free (self->pending, TRUE);
  *self = (BhLines){ 0 };
}

static gboolean
fill (BhLines *self, GError **error)
{
  gssize got = g_input_stream_read (self->stream, self->buffer, BUFFER, NULL, error);

  if (got < 0)
    return FALSE;
  g_checksum_update (self->sum, self->buffer, got);
  self->at = 0;
  self->end = (gsize) got;
  self->ended = got == 0;
  return TRUE;
}

gboolean
bh_lines_begin (BhLines *self, const char *name, GError **error)
{
  /* a pipe may give a byte at a time: some are needed to know what it is */
  while (self->end < 64) {
    gssize got = g_input_stream_read (self->stream, self->buffer + self->end, BUFFER - self->end,
                                      NULL, error);

    if (got < 0)
      return FALSE;
    if (got == 0)
      break;
    g_checksum_update (self->sum, self->buffer + self->end, got);
    self->end += (gsize) got;
  }
  if (self->end >= 3 && memcmp (self->buffer, "\xef\xbb\xbf", 3) == 0)
    self->at = 3;
  if (self->end >= 2 &&
      (memcmp (self->buffer, "\xff\xfe", 2) == 0 || memcmp (self->buffer, "\xfe\xff", 2) == 0)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s:1:1: the file is UTF-16; save it as UTF-8 and import it again", name);
    return FALSE;
  }
  return TRUE;
}

gboolean
bh_lines_begins_with (BhLines *self, const char *text)
{
  return self->end - self->at >= strlen (text) &&
         g_ascii_strncasecmp ((const char *) self->buffer + self->at, text, strlen (text)) == 0;
}

/* The next line out of what was put back. */
static gsize
from_pending (BhLines *self, const char **line)
{
  gsize left = self->pending->len - self->pending_at;
  const char *from = self->pending->str + self->pending_at;
  const char *end = memchr (from, '\n', left);
  gsize size = end != NULL ? (gsize) (end - from) + 1 : left;

  *line = from;
  self->pending_at += size;
  return size;
}

gboolean
bh_lines_next (BhLines *self, gsize max, const char **line, gsize *size, gboolean *cut,
               GError **error)
{
  *cut = FALSE;
  *size = 0;
  self->number++;
  if (self->pending_at < self->pending->len) {
    *size = from_pending (self, line);
    return TRUE;
  }
  g_string_truncate (self->long_line, 0);
  while (TRUE) {
    const char *from = (const char *) self->buffer + self->at;
    gsize left = self->end - self->at;
    const char *end = memchr (from, '\n', left);
    gsize take = end != NULL ? (gsize) (end - from) + 1 : left;

    self->at += take;
    /* the common case: the line lies whole in the buffer */
    if (end != NULL && self->long_line->len == 0) {
      *cut = take > max;
      *line = from;
      *size = MIN (take, max);
      return TRUE;
    }
    *cut |= self->long_line->len + take > max;
    g_string_append_len (self->long_line, from, (gssize) MIN (take, max - self->long_line->len));
    if (end != NULL || self->ended)
      break;
    if (!fill (self, error))
      return FALSE;
  }
  *line = self->long_line->str;
  *size = self->long_line->len;
  return TRUE;
}

void
bh_lines_unread (BhLines *self, const char *bytes, gsize size, gint64 number)
{
  g_string_erase (self->pending, 0, (gssize) self->pending_at);
  self->pending_at = 0;
  g_string_insert_len (self->pending, 0, bytes, (gssize) size);
  self->number = number;
}

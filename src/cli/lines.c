/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "backhaul/error.h"

/* no scanner sends so much; a file that does is not of scans */
#define MAX_LINE (16u << 20)
#define CHUNK    (64u << 10)

struct _CliLines {
  int fd;
  char *name;
  gint64 number;
  GString *read; /* from @at on it has not been given out */
  gsize at;
  gsize looked; /* no line end stands before it */
  gboolean ended;
  gboolean broken;
};

CliLines *
cli_lines_new (int fd, const char *name)
{
  CliLines *self = g_new0 (CliLines, 1);

  self->fd = fd;
  self->name = g_strdup (name);
  self->read = g_string_new (NULL);
  return self;
}

void
cli_lines_free (CliLines *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_string_free (self->read, TRUE);
  g_free (self);
}

/* The line is not whole yet, and there is room for more of it. @looked goes to its end. */
static gboolean
wants_more (CliLines *self)
{
  const char *end = memchr (self->read->str + self->looked, '\n', self->read->len - self->looked);

  self->looked = end != NULL ? (gsize) (end - self->read->str) : self->read->len;
  return end == NULL && !self->ended && !self->broken && self->read->len - self->at <= MAX_LINE;
}

static gboolean
wait_for (CliLines *self, int milliseconds)
{
  GPollFD poll = { .fd = self->fd, .events = G_IO_IN };

  return g_poll (&poll, 1, milliseconds) > 0;
}

static void
read_more (CliLines *self)
{
  gsize before;
  ssize_t size;

  g_string_erase (self->read, 0, (gssize) self->at);
  self->looked -= self->at;
  self->at = 0;
  before = self->read->len;
  g_string_set_size (self->read, before + CHUNK);
  size = read (self->fd, self->read->str + before, CHUNK);
  if (size < 0 && errno == EAGAIN)
    wait_for (self, -1);
  else if (size < 0 && errno != EINTR)
    self->broken = TRUE;
  else if (size == 0)
    self->ended = TRUE;
  g_string_set_size (self->read, before + (gsize) MAX (size, 0));
}

static gboolean
refuse (CliLines *self, const char *what, guint column, GError **error)
{
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s:%" G_GINT64_FORMAT ":%u: %s", self->name,
               self->number, column, what);
  return FALSE;
}

gboolean
cli_lines_next (CliLines *self, GString *line, gboolean *more, GError **error)
{
  gboolean whole;
  gsize length;

  self->number++;
  while (wants_more (self))
    read_more (self);
  if (self->broken)
    return refuse (self, "cannot read; look at the file", 1, error);
  length = self->looked - self->at;
  if (length > MAX_LINE)
    return refuse (self, "the line is too long; give one scan a line", MAX_LINE, error);
  g_string_truncate (line, 0);
  g_string_append_len (line, self->read->str + self->at, (gssize) length);
  if (line->len > 0 && line->str[line->len - 1] == '\r')
    g_string_truncate (line, line->len - 1);
  whole = self->looked < self->read->len;
  *more = whole;
  self->at = self->looked = self->looked + (whole ? 1 : 0);
  return TRUE;
}

gboolean
cli_lines_ready (CliLines *self)
{
  while (wants_more (self)) {
    if (!wait_for (self, 0))
      return FALSE;
    read_more (self);
  }
  return TRUE;
}

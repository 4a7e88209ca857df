/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-mail"

#include "backhaul/bounce.h"

#include <gmime/gmime.h>
#include <string.h>

#include "backhaul/message.h"
#include "gmime-private.h"

#define LONGEST_REPORT (8 * 1024 * 1024)
#define LONGEST_REASON 300

void
bh_bounce_clear (BhBounce *self)
{
  g_clear_pointer (&self->message_id, g_free);
  g_clear_pointer (&self->reason, g_free);
}

/* The decoded content of a part, as text. */
static char *
content_of (GMimePart *part)
{
  GMimeDataWrapper *content = g_mime_part_get_content (part);
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new ();
  GByteArray *bytes;
  g_autofree char *text = NULL;

  if (content != NULL)
    g_mime_data_wrapper_write_to_stream (content, stream);
  bytes = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));
  text = g_strndup ((const char *) bytes->data, bytes->len);
  return g_utf8_make_valid (text, -1);
}

/* "Name: value" of a block of headers, folded lines joined. NULL: not in it. */
static char *
field_of (const char *text, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gsize size = strlen (name);

  for (char **line = lines; *line != NULL; line++) {
    g_autoptr (GString) value = NULL;

    if (g_ascii_strncasecmp (*line, name, size) != 0 || (*line)[size] != ':')
      continue;
    value = g_string_new (g_strchomp (*line + size + 1));
    for (line++; *line != NULL && (**line == ' ' || **line == '\t'); line++)
      g_string_append (value, g_strchomp (*line));
    return bh_mail_one_line (value->str);
  }
  return NULL;
}

static void
take_status (BhBounce *self, const char *text)
{
  g_autofree char *action = field_of (text, "Action");
  g_autofree char *status = field_of (text, "Status");
  g_autofree char *said = field_of (text, "Diagnostic-Code");
  g_autofree char *reason = g_strjoin (" ", status != NULL ? status : "not delivered", said, NULL);

  self->final = self->final || g_ascii_strcasecmp (action != NULL ? action : "", "failed") == 0;
  g_free (self->reason);
  self->reason = g_utf8_substring (reason, 0, MIN (g_utf8_strlen (reason, -1), LONGEST_REASON));
}

static void
take_id (BhBounce *self, const char *id)
{
  g_autofree char *bare = id != NULL ? g_strdup (id) : NULL;

  if (bare == NULL || self->message_id != NULL)
    return;
  g_strdelimit (bare, "<>", ' ');
  self->message_id = bh_mail_one_line (bare);
}

static void
take_part (BhBounce *self, GMimeObject *part, gboolean *report)
{
  GMimeContentType *type = g_mime_object_get_content_type (part);
  g_autofree char *text = NULL;
  g_autofree char *id = NULL;

  if (GMIME_IS_MESSAGE_PART (part)) {
    GMimeMessage *ours = g_mime_message_part_get_message (GMIME_MESSAGE_PART (part));

    if (ours != NULL)
      take_id (self, g_mime_message_get_message_id (ours));
    return;
  }
  if (!GMIME_IS_PART (part))
    return;
  if (g_mime_content_type_is_type (type, "message", "delivery-status")) {
    text = content_of (GMIME_PART (part));
    take_status (self, text);
    *report = TRUE;
  } else if (g_mime_content_type_is_type (type, "text", "rfc822-headers")) {
    text = content_of (GMIME_PART (part));
    id = field_of (text, "Message-ID");
    take_id (self, id);
  }
}

static GMimeMessage *
parse (const char *data, gsize size)
{
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_buffer (data, size);
  g_autoptr (GMimeParser) parser = g_mime_parser_new_with_stream (stream);

  return g_mime_parser_construct_message (parser, NULL);
}

gboolean
bh_bounce_read (BhBounce *self, const char *data, gsize size, GError **error)
{
  g_autoptr (GMimeMessage) mail = NULL;
  GMimePartIter *parts;
  gboolean report = FALSE;

  bh_wake_gmime ();
  if (size > 0 && size <= LONGEST_REPORT)
    mail = parse (data, size);
  if (mail != NULL && g_mime_message_get_mime_part (mail) != NULL) {
    parts = g_mime_part_iter_new (GMIME_OBJECT (mail));
    do {
      GMimeObject *part = g_mime_part_iter_get_current (parts);

      if (part != NULL)
        take_part (self, part, &report);
    } while (g_mime_part_iter_next (parts));
    g_mime_part_iter_free (parts);
  }
  if (report && self->message_id != NULL && *self->message_id != '\0')
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s; give the report as it came in",
               report ? "a delivery report: it names no mail" : "a mail: it is no delivery report");
  return FALSE;
}

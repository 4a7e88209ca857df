/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-mail"

#include "backhaul/message.h"

#include <string.h>

#include "gmime-private.h"

#define CHARSET "utf-8"

void
bh_attachment_free (BhAttachment *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->media_type);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

BhMessage *
bh_message_new (void)
{
  BhMessage *self = g_new0 (BhMessage, 1);

  self->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_attachment_free);
  return self;
}

void
bh_message_free (BhMessage *self)
{
  if (self == NULL)
    return;
  g_free (self->from);
  g_free (self->from_name);
  g_free (self->to);
  g_free (self->to_name);
  g_free (self->subject);
  g_free (self->text);
  g_free (self->html);
  g_ptr_array_unref (self->attachments);
  g_free (self->message_id);
  g_free (self->language);
  g_free (self);
}

void
bh_message_attach (BhMessage *self, const char *name, const char *media_type, GBytes *bytes)
{
  BhAttachment *attachment = g_new0 (BhAttachment, 1);

  attachment->name = g_strdup (name);
  attachment->media_type = g_strdup (media_type);
  attachment->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (self->attachments, attachment);
}

void
bh_wake_gmime (void)
{
  static gsize once;

  if (g_once_init_enter (&once)) {
    g_mime_init ();
    g_once_init_leave (&once, 1);
  }
}

/* A value of a header. What looks like an encoded word (RFC 2047) would be decoded by the
 * reader, line ends and all: it is broken up. */
static char *
header_text (const char *text)
{
  g_autofree char *line = bh_mail_one_line (text != NULL ? text : "");
  g_auto (GStrv) parts = g_strsplit (line, "=?", -1);

  return g_strjoinv ("= ?", parts);
}

static void
add_mailbox (GMimeMessage *mime, GMimeAddressType type, const char *name, const char *address)
{
  g_autofree char *line = name != NULL ? header_text (name) : NULL;

  g_autofree char *ascii = bh_mail_address_ascii (address, NULL); /* checked before */

  g_mime_message_add_mailbox (mime, type, line != NULL && *line != '\0' ? line : NULL, ascii);
}

static GMimeObject *
text_part (const char *subtype, const char *text)
{
  GMimeTextPart *part = g_mime_text_part_new_with_subtype (subtype);
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_mime_text_part_set_charset (part, CHARSET);
  g_mime_text_part_set_text (part, valid);
  return GMIME_OBJECT (part);
}

/* A boundary that is the message's own: the same message has the same bytes. */
static GMimeMultipart *
multipart (const BhMessage *self, const char *subtype)
{
  GMimeMultipart *part = g_mime_multipart_new_with_subtype (subtype);
  g_autofree char *seed = g_strconcat (subtype, " ", self->message_id, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, seed, -1);
  g_autofree char *boundary = g_strdup_printf ("=-%.40s", sum);

  g_mime_multipart_set_boundary (part, boundary);
  return part;
}

static void
add_part (GMimeMultipart *whole, GMimeObject *part)
{
  g_mime_multipart_add (whole, part);
  g_object_unref (part);
}

static GMimeObject *
attachment_part (const BhAttachment *attachment)
{
  g_auto (GStrv) type = g_strsplit (attachment->media_type, "/", 2);
  GMimePart *part = g_mime_part_new_with_type (type[0], type[1] != NULL ? type[1] : "octet-stream");
  g_autoptr (GMimeStream) stream = NULL;
  g_autoptr (GMimeDataWrapper) content = NULL;
  g_autofree char *name = header_text (attachment->name);
  gsize size = 0;
  const char *data = g_bytes_get_data (attachment->bytes, &size);

  stream = g_mime_stream_mem_new_with_buffer (data, size);
  content = g_mime_data_wrapper_new_with_stream (stream, GMIME_CONTENT_ENCODING_DEFAULT);
  g_mime_part_set_content (part, content);
  g_mime_part_set_content_encoding (part, GMIME_CONTENT_ENCODING_BASE64);
  g_mime_object_set_disposition (GMIME_OBJECT (part), GMIME_DISPOSITION_ATTACHMENT);
  g_mime_part_set_filename (part, g_strdelimit (name, "/\\", '-'));
  return GMIME_OBJECT (part);
}

static GMimeObject *
body (const BhMessage *self)
{
  GMimeObject *words = text_part ("plain", self->text != NULL ? self->text : "");
  GMimeMultipart *whole;

  if (self->html != NULL) {
    GMimeMultipart *either = multipart (self, "alternative");

    add_part (either, words);
    add_part (either, text_part ("html", self->html));
    words = GMIME_OBJECT (either);
  }
  if (self->attachments->len == 0)
    return words;
  whole = multipart (self, "mixed");
  add_part (whole, words);
  for (guint i = 0; i < self->attachments->len; i++)
    add_part (whole, attachment_part (g_ptr_array_index (self->attachments, i)));
  return GMIME_OBJECT (whole);
}

static GMimeMessage *
to_mime (const BhMessage *self)
{
  GMimeMessage *mime = g_mime_message_new (TRUE);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (self->date_us / G_USEC_PER_SEC);
  g_autofree char *subject = header_text (self->subject);
  GMimeObject *content = body (self);

  add_mailbox (mime, GMIME_ADDRESS_TYPE_FROM, self->from_name, self->from);
  add_mailbox (mime, GMIME_ADDRESS_TYPE_TO, self->to_name, self->to);
  g_mime_message_set_subject (mime, subject, CHARSET);
  g_mime_message_set_date (mime, date);
  g_mime_message_set_message_id (mime, self->message_id);
  /* RFC 3834: no holiday notice answers a machine */
  g_mime_object_set_header (GMIME_OBJECT (mime), "Auto-Submitted", "auto-generated", NULL);
  g_mime_object_set_header (GMIME_OBJECT (mime), "MIME-Version", "1.0", NULL);
  if (self->language != NULL) {
    g_autofree char *language = header_text (self->language);

    g_mime_object_set_header (GMIME_OBJECT (mime), "Content-Language", language, CHARSET);
  }
  g_mime_message_set_mime_part (mime, content);
  g_object_unref (content);
  return mime;
}

GBytes *
bh_message_bytes (const BhMessage *self, gboolean crlf, GError **error)
{
  g_autoptr (GMimeMessage) mime = NULL;
  g_autoptr (GMimeStream) stream = NULL;
  GMimeFormatOptions *format;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (!bh_mail_address_check (self->from, error) || !bh_mail_address_check (self->to, error))
    return NULL;
  bh_wake_gmime ();
  mime = to_mime (self);
  g_mime_object_encode (GMIME_OBJECT (mime), GMIME_ENCODING_CONSTRAINT_7BIT);
  format = g_mime_format_options_new ();
  g_mime_format_options_set_newline_format (format, crlf ? GMIME_NEWLINE_FORMAT_DOS
                                                         : GMIME_NEWLINE_FORMAT_UNIX);
  stream = g_mime_stream_mem_new_with_byte_array (bytes);
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  g_mime_object_write_to_stream (GMIME_OBJECT (mime), format, stream);
  g_mime_format_options_free (format);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

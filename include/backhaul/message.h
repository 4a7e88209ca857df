/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/**
 * SECTION:message
 *
 * A mail as data, and its bytes by RFC 5322 and MIME. What came from outside (names,
 * numbers, file names) is a value in it and never a header, a line or markup.
 */

typedef struct {
  char *name;       /* file name that the reader is offered */
  char *media_type; /* "application/pdf" */
  GBytes *bytes;
} BhAttachment;

void bh_attachment_free (BhAttachment *self);

/**
 * BhMessage:
 * @from_name: %NULL: the address alone
 * @subject: one line; what would end it is made a blank
 * @html: %NULL: text alone
 * @attachments: (element-type BhAttachment)
 * @message_id: without angle brackets; the same message sent again keeps it
 * @date_us: when it was queued, so that the same message has the same bytes
 * @language: "de"; %NULL: none is said
 */
typedef struct {
  char *from;
  char *from_name;
  char *to;
  char *to_name;
  char *subject;
  char *text;
  char *html;
  GPtrArray *attachments;
  char *message_id;
  gint64 date_us;
  char *language;
} BhMessage;

BhMessage *bh_message_new (void);
void bh_message_free (BhMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhMessage, bh_message_free)

void bh_message_attach (BhMessage *self, const char *name, const char *media_type, GBytes *bytes);

/**
 * bh_message_bytes:
 * @crlf: lines end as SMTP wants them, else as a Maildir does
 *
 * The same message gives the same bytes.
 *
 * Errors: %BH_ERROR_INPUT: an address that is none.
 *
 * Returns: (transfer full): headers and body, 7-bit.
 */
GBytes *bh_message_bytes (const BhMessage *self, gboolean crlf, GError **error);

/* One address, local@domain, and nothing that a header or a command could take for
 * more. Errors: BH_ERROR_INPUT, the address shown. */
gboolean bh_mail_address_check (const char *address, GError **error);

/* The same, with a domain in other letters written as mail servers want it
 * ("müller.example": "xn--mller-kva.example"). (transfer full) */
char *bh_mail_address_ascii (const char *address, GError **error);

/* One line of valid UTF-8: controls and line ends become one blank each run, marks that
 * turn the writing direction go. (transfer full) */
char *bh_mail_one_line (const char *text);

G_END_DECLS

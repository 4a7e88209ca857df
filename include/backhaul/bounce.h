/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/**
 * BhBounce:
 * @message_id: of our mail, without angle brackets
 * @final: it will not be delivered; %FALSE: delayed, or delivered after all
 * @reason: one line, "5.1.1 550 no such user"
 *
 * What a delivery report (RFC 3464) says of a mail that we sent.
 */
typedef struct {
  char *message_id;
  gboolean final;
  char *reason;
} BhBounce;

void bh_bounce_clear (BhBounce *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhBounce, bh_bounce_clear)

/* @data: a mail as it came in. It may be anybody's, so that it is believed no more than it
 * can do harm: one of our mails is shown as failed.
 * Errors: BH_ERROR_INPUT: not a delivery report, or of no mail that it names. */
gboolean bh_bounce_read (BhBounce *self, const char *data, gsize size, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Each takes @length bytes (-1: up to the NUL) of anything at all and returns
 * the normalised identifier, or NULL when the bytes are not one. Blanks around
 * are ignored. */

/* RULES I1: "R" and 8 to 10 digits, any case, spaces and dashes ignored: "R0000000042". */
char *bh_rma_normalise (const char *text, gssize length);
/* RULES I2: "2019-0101-012345"; 14 digits with or without a trailing "#"; the date exists. */
char *bh_case_normalise (const char *text, gssize length);
/* RULES I4: 6 to 32 of A-Z 0-9 . / -, upper-cased. */
char *bh_serial_normalise (const char *text, gssize length);
/* 1 to 40 printable ASCII characters without blanks, upper-cased. */
char *bh_part_normalise (const char *text, gssize length);
/* RULES I5: carrier number whose check digit is right, without blanks; @carrier: static name. */
char *bh_tracking_normalise (const char *text, gssize length, const char **carrier);
/* A tracking number that a person or the carrier's file states as one: any
 * 4 to 40 letters and digits, blanks and dashes dropped, upper-cased. */
char *bh_tracking_fold (const char *text, gssize length);
/* RULES D18: the serial with look-alikes made equal (O=0, I=1, B=8 …), for near look-ups. */
char *bh_serial_fold (const char *serial);

/* A new UUID, version 7 (RFC 9562): made later, it sorts later, so that what one act
 * writes stands together in every index. @at_us: the instant of the act. */
char *bh_uuid (gint64 at_us);

/* This product's own QR payload, version 1: "BH1" and fields divided by "|",
 * a letter and "=" before each value: R RMA, S serial, P part, D return-by
 * date; "|", "%" and control characters percent-encoded. NULL values are left out. */
char *
bh_payload_format (const char *rma, const char *serial, const char *part, const char *return_by);

G_END_DECLS

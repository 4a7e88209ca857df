/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "issue.h"
#include "returns.h"

G_BEGIN_DECLS

/**
 * SECTION:destroy
 *
 * Where export is not possible no return is expected, and a certificate of
 * destruction closes it (RULES C8).
 */

/**
 * BhDestruction:
 * @line: its number; 0: every line that is awaited
 * @name: of the certificate's file, without folders
 * @type: (nullable): its media type
 * @document: the certificate, as it came
 */
typedef struct {
  const char *rma;
  int line;
  const char *name;
  const char *type;
  GBytes *document;
  const char *reason;
} BhDestruction;

/**
 * bh_desk_destroy:
 *
 * Closes the lines with one certificate. An RMA without a line left is closed, unless
 * a replacement is still to be dispatched (C5): bh_desk_close_rma() ends that one.
 *
 * Errors: %BH_ERROR_FORBIDDEN; %BH_ERROR_INPUT (number, empty or large file, stated
 * time); %BH_ERROR_NOT_FOUND; %BH_ERROR_REFUSED: the line came in or has ended, or
 * export from its country is possible. Nothing was written.
 */
gboolean bh_desk_destroy (BhDesk *self, const BhWhen *when, const BhDestruction *destruction,
                          GError **error);
/* The file itself; %BH_ERROR_NOT_FOUND. @certificate as bh_desk_rma_page() names it. */
GBytes *bh_desk_certificate (BhDesk *self, const char *certificate, GError **error);

G_END_DECLS

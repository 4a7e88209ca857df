/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "issue.h"

G_BEGIN_DECLS

/**
 * bh_desk_deliver:
 * @line: its number; 0: every line whose replacement was not delivered yet
 *
 * The replacement came to the customer: C5 ends, the customer is told (F4), and where
 * the site's policy `clock.c1.starts` says so, C1 begins (C1).
 *
 * Errors: as of issuing; %BH_ERROR_REFUSED: it was delivered before, or the line is not
 * confirmed or has ended.
 */
gboolean
bh_desk_deliver (BhDesk *self, const BhWhen *when, const char *rma, int line, GError **error);

/* R2: @serial went out in place of the unit of @line. Errors: as above; %BH_ERROR_INPUT. */
gboolean bh_desk_set_replacement (BhDesk *self, const BhWhen *when, const char *rma, int line,
                                  const char *serial, GError **error);

G_END_DECLS

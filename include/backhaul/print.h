/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk.h"

G_BEGIN_DECLS

/**
 * SECTION:print
 *
 * Labels that went to a printer. Who may: %BH_MAY_PRINT, for a copy %BH_MAY_REPRINT.
 */

/* F6: writes into the audit that so many of @what (an RMA or a receipt) went to @target, as
 * "tcp:10.0.0.7:9100" or the name of a CUPS queue. Errors: as of the store. */
gboolean bh_desk_record_print (BhDesk *self, const char *what, const char *target, int copies,
                               gint64 now_us, GError **error);

G_END_DECLS

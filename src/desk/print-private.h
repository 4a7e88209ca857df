/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/label.h"
#include "backhaul/print.h"
#include "desk-private.h"

/* Makes a job that is there go again, in the caller's transaction: print.h's rules. */
gboolean bh_desk_put_back_print (BhDesk *self, BhPrintJob *job, gint64 now_us, GError **error);
/* A label in the language of @printer. Errors: BH_ERROR_INPUT: it cannot be made. */
GBytes *bh_desk_make_print (BhLabelTemplate *label, GHashTable *fields, const BhPrinter *printer,
                            int copies, GError **error);
/* The same into a file, for who may read it. */
gboolean bh_desk_write_pdf (BhLabelTemplate *label, GHashTable *fields, const char *path, guint dpi,
                            GError **error);
/* Hands it over, and waits for as long as that takes. */
gboolean bh_desk_hand_over_print (const BhPrinter *printer, const char *title, int copies,
                                  GBytes *bytes, BhPrintEnd *end, GError **error);

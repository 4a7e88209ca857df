/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk.h"
#include "print-store.h"
#include "printer.h"

G_BEGIN_DECLS

/**
 * SECTION:print
 *
 * L2, L3: which station prints which label where, and the labels that wait for their printer.
 * Who may: %BH_MAY_PRINT, for one that was printed %BH_MAY_REPRINT; printers are set by
 * %BH_MAY_PRINTERS.
 */

/* F6: writes into the audit that so many of @what (an RMA or a receipt) went to @target, as
 * "tcp:10.0.0.7:9100" or the name of a CUPS queue. Errors: as of the store. */
gboolean bh_desk_record_print (BhDesk *self, const char *what, const char *target, int copies,
                               gint64 now_us, GError **error);

/* Errors: BH_ERROR_USAGE: target, kind, language or a number is none. */
gboolean
bh_desk_set_printer (BhDesk *self, const BhPrinter *printer, gint64 now_us, GError **error);
/* Errors: BH_ERROR_NOT_FOUND. */
gboolean bh_desk_unset_printer (BhDesk *self, const char *station, const char *kind, gint64 now_us,
                                GError **error);
/* (element-type BhPrinter) */
GPtrArray *bh_desk_printers (BhDesk *self, GError **error);

/* (element-type BhPrintJob): oldest first; @state NULL: all. */
GPtrArray *bh_desk_print_jobs (BhDesk *self, const char *state, GError **error);
/* Errors: BH_ERROR_NOT_FOUND. */
BhPrintJob *bh_desk_find_print_job (BhDesk *self, const char *job, GError **error);
/* It goes with the next run; one that was printed goes again, marked as a copy.
 * Errors: BH_ERROR_REFUSED: it is cancelled or on its way; BH_ERROR_NOT_FOUND. */
gboolean bh_desk_retry_print_job (BhDesk *self, const char *job, gint64 now_us, GError **error);
/* Errors: BH_ERROR_REFUSED: it is printed or on its way; BH_ERROR_NOT_FOUND. */
gboolean bh_desk_cancel_print_job (BhDesk *self, const char *job, gint64 now_us, GError **error);
/* L3: the same label as PDF; the job waits on. */
gboolean bh_desk_save_print_job (BhDesk *self, const BhPrintJob *job, const char *path, guint dpi,
                                 GError **error);
/* What the job's printer is sent. Errors: BH_ERROR_INPUT as of bh_label_zpl(). */
GBytes *
bh_desk_print_bytes (BhDesk *self, const BhPrintJob *job, const BhPrinter *printer, GError **error);

typedef struct {
  guint printed;
  guint waiting; /* printer away, or none set */
  guint failed;  /* the label cannot be made */
} BhPrintTally;

/**
 * bh_desk_send_prints:
 * @told: (nullable): each job with what became of it, after that is on record
 *
 * Sends what waits at this station, each job once. A job is claimed on record before it is sent;
 * one whose program died, or whose connection broke in mid-job, goes again as a copy (decision
 * 0034). Blocks for as long as printers take.
 */
gboolean bh_desk_send_prints (BhDesk *self, void (*told) (const BhPrintJob *job, gpointer data),
                              gpointer data, BhPrintTally *tally, GError **error);

G_END_DECLS

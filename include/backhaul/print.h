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
/* This station's for a template; *printer NULL: none is set. */
gboolean
bh_desk_printer_for (BhDesk *self, const char *template, BhPrinter **printer, GError **error);
/* A test label to a station's printer, past the queue. Blocks as bh_desk_send_prints() does.
 * Errors: BH_ERROR_NOT_FOUND: none is set; BH_ERROR_STORE: what is wrong with it. */
gboolean bh_desk_test_printer (BhDesk *self, const char *station, const char *kind, gint64 now_us,
                               GError **error);

/* The label that belongs to one of these; the others are %NULL. */
typedef struct {
  const char *receipt; /* that of its verdict */
  const char *rma;     /* a box label for each line … */
  int line;            /* … or for this one; 0: each */
  const char *serial;  /* the unit's plate */
} BhPrintWish;

/**
 * bh_desk_print_labels:
 *
 * Puts the labels into this station's queue. One that waits already, here or elsewhere, does not
 * come twice: it is put forward. One that was printed comes once more, marked as a copy; who may
 * only print may do that with what was received at this station within twelve hours.
 *
 * Returns: (element-type BhPrintJob) (transfer full): as they are on record. Errors:
 * BH_ERROR_NOT_FOUND; BH_ERROR_REFUSED: one is on its way; BH_ERROR_FORBIDDEN.
 */
GPtrArray *
bh_desk_print_labels (BhDesk *self, const BhPrintWish *wish, gint64 now_us, GError **error);

/* What waits at this station. */
gboolean bh_desk_prints_waiting (BhDesk *self, BhPrintsWaiting *waiting, GError **error);

/* (element-type BhPrintJob): oldest first; @state NULL: all. */
GPtrArray *bh_desk_print_jobs (BhDesk *self, const char *state, GError **error);
/* (element-type BhPrintJob): the newest, newest first; @state NULL: all. */
GPtrArray *bh_desk_newest_print_jobs (BhDesk *self, const char *state, guint limit, GError **error);
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
/* What stands on it, as label.h takes it. */
GHashTable *bh_desk_print_fields (BhDesk *self, const BhPrintJob *job, GError **error);
/* It came out another way, @how ("print dialog"): it goes to no printer any more.
 * Errors: BH_ERROR_REFUSED: it is on its way. */
gboolean bh_desk_printed_by_hand (BhDesk *self, const char *job, const char *how, gint64 now_us,
                                  GError **error);

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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:print-store
 *
 * Which station prints which label where, and the labels that wait (bh_store_queue_label() in
 * receipt.h puts them there).
 */

/* A row of `printer`. */
typedef struct {
  char *station;
  char *kind;     /* a template, or "any" */
  char *target;   /* "tcp:…", "usb:…", "cups:QUEUE" */
  char *language; /* "zpl", "pdf" */
  int dpi;
  int darkness; /* -1: as the printer is set */
  int speed;    /* likewise */
} BhPrinter;

void bh_printer_free (BhPrinter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhPrinter, bh_printer_free)

gboolean bh_store_set_printer (BhStore *self, const BhPrinter *printer, GError **error);
gboolean bh_store_unset_printer (BhStore *self, const char *station, const char *kind,
                                 gboolean *was_there, GError **error);
/* (element-type BhPrinter): by station and kind. */
GPtrArray *bh_store_printers (BhStore *self, GError **error);
/* That of the kind, else of "any"; *found NULL: none. */
gboolean bh_store_printer_for (BhStore *self, const char *station, const char *kind,
                               BhPrinter **found, GError **error);

/* A row of `label_job`. */
typedef struct {
  char *job;
  char *template;
  char *receipt; /* or the job of the repair center */
  char *rma;
  char *state; /* "queued", "printed", "failed", "cancelled" */
  char *station;
  char *error;
  char *claimed_by;
  char *printer;
  char *printed_by;
  gint64 at_us;
  gint64 next_us; /* not before */
  gint64 claimed_until_us;
  gint64 printed_us; /* 0: not */
  int copies;
  int tries;
  gboolean copy; /* one may be out already: this one says so */
} BhPrintJob;

void bh_print_job_free (BhPrintJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhPrintJob, bh_print_job_free)

/* (element-type BhPrintJob): oldest first; @state NULL: all. */
GPtrArray *bh_store_print_jobs (BhStore *self, const char *state, GError **error);
/* *found is NULL when there is none. */
gboolean
bh_store_find_print_job (BhStore *self, const char *job, BhPrintJob **found, GError **error);
/* The first of the station after @after (NULL: of all) whose turn has come. */
gboolean bh_store_next_print_job (BhStore *self, const char *station, const BhPrintJob *after,
                                  gint64 now_us, BhPrintJob **found, GError **error);
/* Recorded before it is tried; a claim that nobody settled makes it a copy.
 * *claimed FALSE: another was quicker. */
gboolean bh_store_claim_print_job (BhStore *self, const BhPrintJob *job, const char *by,
                                   gint64 until_us, gboolean *claimed, GError **error);
/* Writes state, error, next_us, copy, printer, printed_us and printed_by; frees the claim.
 * Only while @by has it (NULL: nobody does); *settled FALSE: not any more. */
gboolean bh_store_settle_print_job (BhStore *self, const BhPrintJob *job, const char *by,
                                    gboolean *settled, GError **error);

G_END_DECLS

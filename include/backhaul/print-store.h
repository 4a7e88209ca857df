/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:print-store
 *
 * Which station prints which label where, and the labels that wait.
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

/* Either may be NULL: none is set. */
gboolean bh_printer_is_same (const BhPrinter *one, const BhPrinter *two);

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
  char *receipt; /* or the job of the repair center; NULL: of an RMA's line or of a unit */
  char *rma;
  char *serial; /* NULL but for a unit's own plate */
  char *state;  /* "queued", "printed", "failed", "cancelled" */
  char *station;
  char *error;
  char *claimed_by;
  char *printer;
  char *printed_by;
  gint64 at_us;
  gint64 next_us; /* not before */
  gint64 claimed_until_us;
  gint64 printed_us; /* 0: not */
  int line;          /* of @rma */
  int copies;
  int tries;
  gboolean copy; /* one may be out already: this one says so */
} BhPrintJob;

BhPrintJob *bh_print_job_dup (const BhPrintJob *self);
/* Made more than a week ago and never tried: it goes when somebody asks for it, lest a first
 * printer begins with all the labels that there ever were. */
gboolean bh_print_job_is_old (const BhPrintJob *self, gint64 now_us);
void bh_print_job_free (BhPrintJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhPrintJob, bh_print_job_free)

gboolean bh_store_add_print_job (BhStore *self, const BhPrintJob *job, GError **error);
/* The newest of the same label: template, and receipt, serial, or RMA and line; *found NULL:
 * none. */
gboolean
bh_store_print_job_like (BhStore *self, const BhPrintJob *like, BhPrintJob **found, GError **error);

/* What waits at a station for a printer that is set. */
typedef struct {
  guint waiting;
  guint stuck;    /* of these: those that a printer has failed to take */
  char *why;      /* of the oldest of those; NULL: none */
  gint64 next_us; /* when the first may go; 0: nothing waits */
} BhPrintsWaiting;

void bh_prints_waiting_clear (BhPrintsWaiting *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhPrintsWaiting, bh_prints_waiting_clear)
gboolean bh_store_prints_waiting (BhStore *self, const char *station, gint64 now_us,
                                  BhPrintsWaiting *waiting, GError **error);

/* (element-type BhPrintJob): oldest first; @state NULL: all. */
GPtrArray *bh_store_print_jobs (BhStore *self, const char *state, GError **error);
/* (element-type BhPrintJob): the newest, newest first; @state NULL: all. */
GPtrArray *
bh_store_newest_print_jobs (BhStore *self, const char *state, guint limit, GError **error);
/* *found is NULL when there is none. */
gboolean
bh_store_find_print_job (BhStore *self, const char *job, BhPrintJob **found, GError **error);
/* The first of the station after @after (NULL: of all) whose turn has come; one that has no
 * printer comes until that is on record with it, and then when it has one. */
gboolean bh_store_next_print_job (BhStore *self, const char *station, const BhPrintJob *after,
                                  gint64 now_us, BhPrintJob **found, GError **error);
/* Recorded before it is tried; a claim that nobody settled makes it a copy.
 * *claimed FALSE: another was quicker. */
gboolean bh_store_claim_print_job (BhStore *self, const BhPrintJob *job, const char *by,
                                   gint64 until_us, gboolean *claimed, GError **error);
/* Writes station, state, error, next_us, copy, printer, printed_us and printed_by; frees the claim.
 * Only while @by has it (NULL: nobody does); *settled FALSE: not any more. */
gboolean bh_store_settle_print_job (BhStore *self, const BhPrintJob *job, const char *by,
                                    gboolean *settled, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "error.h"

G_BEGIN_DECLS

/**
 * SECTION:printer
 *
 * Where labels go: a port that takes what it is given (`tcp:HOST:9100`), a device file
 * (`usb:/dev/usb/lp0`) or a CUPS queue. Every call ends within seconds, whatever the other side
 * does, and blocks until then: not for the main thread of a window.
 */

/* What became of a job that did not go well. */
typedef enum {
  BH_PRINT_DONE,    /* the printer, or its spooler, has the whole of it */
  BH_PRINT_AWAY,    /* nothing was handed over: it may be sent again */
  BH_PRINT_BROKEN,  /* some was: a label may lie there */
  BH_PRINT_REFUSED, /* what is there is no printer, or takes no jobs like this: nothing printed */
} BhPrintEnd;

/* Whether @target is spelled like a port or a device: "tcp:HOST:PORT", "usb:/dev/…".
 * Errors: BH_ERROR_USAGE. */
gboolean bh_printer_check_raw (const char *target, GError **error);

/**
 * bh_printer_send_raw:
 * @target: as of bh_printer_check_raw()
 * @end: (out): %BH_PRINT_DONE when TRUE
 *
 * Connects within 5 s, writes with 10 s for each part of it, and then waits up to a second for the
 * other side to close: what it closes on, or answers, tells that it was no printer.
 *
 * Errors: BH_ERROR_STORE in words; BH_ERROR_USAGE.
 */
gboolean bh_printer_send_raw (const char *target, GBytes *job, BhPrintEnd *end, GError **error);

/* A CUPS queue. */
typedef struct {
  char *name;
  char *about;    /* make and model, "" when it has none */
  char *state;    /* "idle", "printing", "stopped" */
  char *reasons;  /* in words, "" when there are none: "out of paper, cover open" */
  gboolean takes; /* accepts jobs */
  gboolean raw;   /* hands on what it is given: takes ZPL alone */
} BhQueue;

void bh_queue_free (BhQueue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhQueue, bh_queue_free)

/* (element-type BhQueue) (transfer full): those of the CUPS server of this station.
 * Errors: BH_ERROR_STORE: none answers. */
GPtrArray *bh_queues (GError **error);
/* Errors: BH_ERROR_NOT_FOUND names those that there are. */
BhQueue *bh_queue_find (const char *name, GError **error);

/**
 * bh_queue_send:
 * @job: PDF, or ZPL for a raw queue
 * @copies: 1 for ZPL, which says it itself
 * @end: (out): %BH_PRINT_DONE when TRUE
 *
 * A queue that is stopped or takes no jobs is not given any.
 *
 * Returns: the number that CUPS gave the job, 0 on failure
 */
int bh_queue_send (const BhQueue *queue, GBytes *job, const char *title, int copies,
                   BhPrintEnd *end, GError **error);

G_END_DECLS

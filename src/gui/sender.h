/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "backhaul/mail-store.h"
#include "backhaul/print-store.h"
#include "outbox.h"

G_BEGIN_DECLS

/**
 * SECTION:sender
 *
 * What sends mails and labels needs some forty libraries that the first window does not: it is
 * linked into a module that is loaded when it is first wanted. On a worker's thread; may wait for
 * the network.
 */

/* How far many labels have come; the maker counts up, anybody may look and ask it to stop. */
typedef struct {
  int done;    /* atomic */
  int stopped; /* likewise */
} BhPace;

/* A PDF for the print dialog. */
typedef struct _BhPages BhPages;

/* What the module exports, as "bh_sender". */
typedef struct {
  /* Nobody signed in, a role that may not, nothing to send to: nothing is done, which is no
   * error. */
  gboolean (*mails) (BhDesk *desk, BhOutboxRun *run, GError **error);
  gboolean (*labels) (BhDesk *desk, BhOutboxRun *run, GError **error);
  /* A mail as it would go out now: who, about what, what goes with it, and its text. */
  char *(*mail_words) (BhDesk *desk, const BhMail *mail, GError **error);
  /* As bh_desk_print_badge(), or bh_desk_save_badge() where @path is given; that file is for who
   * made it only. */
  gboolean (*badge) (BhDesk *desk, const char *login, const char *badge, const char *path,
                     GError **error);
  /* As bh_desk_test_printer(). */
  gboolean (*test) (BhDesk *desk, const char *station, const char *kind, GError **error);
  /* What a printer says of itself, in words; (transfer full). */
  char *(*printer_state) (const BhPrinter *printer);
  /* A PDF of all these labels (BhPrintJob), in order. Errors: BH_ERROR_BUSY: it was stopped, and
   * nothing is left. */
  gboolean (*pdf) (BhDesk *desk, GPtrArray *jobs, const char *path, BhPace *pace, GError **error);
  /* Any thread: the pages of a PDF, to be drawn on what prints them. */
  BhPages *(*pages) (const char *path, guint *n, GError **error);
  void (*page_size) (BhPages *pages, guint page, double *width, double *height); /* points */
  void (*page_draw) (BhPages *pages, guint page, cairo_t *cr);
  void (*pages_free) (BhPages *pages);
} BhSender;

/* Loads it, which takes its time: not on the main thread. Errors: %BH_ERROR_STORE: it is not where
 * it was installed. */
const BhSender *bh_sender (GError **error);

G_END_DECLS

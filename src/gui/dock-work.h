/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/receive.h"
#include "worker.h"

G_BEGIN_DECLS

/* What the dock page asks of the store; each runs on a worker's thread. */

typedef struct {
  char *text;
  BhScanSource source;
  gint64 at_us;
} DockScan;

/* A box as far as it was scanned, copied for the thread. */
typedef struct {
  char *box;
  GPtrArray *scans; /* DockScan */
} DockBox;

typedef struct {
  GPtrArray *outcomes; /* BhOutcome */
  GPtrArray *chips;    /* "kind value" */
} DockVerdict;

typedef struct {
  GPtrArray *recent; /* BhReceipt, newest first */
  gint64 accepted, held, refused;
  gboolean unenrolled;
  char *operator;
} DockTally;

DockScan *dock_scan_new (const char *text, BhScanSource source);
void dock_scan_free (DockScan *self);
DockBox *dock_box_copy (const char *box, GPtrArray *scans);
void dock_box_free (gpointer self);
void dock_verdict_free (gpointer self);
void dock_tally_free (gpointer self);

/* DockBox → DockVerdict: judges and commits */
gpointer dock_judge (BhDesk *desk, gpointer data, GError **error);
/* NULL → DockTally of today */
gpointer dock_tally (BhDesk *desk, gpointer data, GError **error);
/* receipt id → itself: voids it (D16) */
gpointer dock_void (BhDesk *desk, gpointer data, GError **error);
/* receipt id → GBytes of a PNG: its label */
gpointer dock_label (BhDesk *desk, gpointer data, GError **error);
/* receipt id → path of a PDF in the user's cache, to open or print */
gpointer dock_label_file (BhDesk *desk, gpointer data, GError **error);
/* path of a picture → GPtrArray of texts on it */
gpointer dock_photo (BhDesk *desk, gpointer data, GError **error);

G_END_DECLS

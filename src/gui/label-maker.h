/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/**
 * BhMadeLabel:
 * @receipt: (nullable): it is this verdict's
 * @path: the PDF, in the private folder of this run
 * @preview: for the screen
 */
typedef struct {
  char *receipt;
  char *path;
  GdkPixbuf *preview;
} BhMadeLabel;

void bh_made_label_free (BhMadeLabel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhMadeLabel, bh_made_label_free)

/**
 * bh_label_maker_async:
 * @receipt: (nullable): the label of this verdict
 * @rma: (nullable): else the box label of this RMA
 *
 * Asks the desk for the words, draws and checks in a thread.
 */
void bh_label_maker_async (BhWorker *reads, const char *receipt, const char *rma,
                           GAsyncReadyCallback callback, gpointer data);
BhMadeLabel *bh_label_maker_finish (GAsyncResult *result, GError **error);

G_END_DECLS

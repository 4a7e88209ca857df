/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "label.h"

G_BEGIN_DECLS

/**
 * SECTION:batch
 *
 * Many labels (ASKS L6): drawn and read again by as many threads as there are processors,
 * handed out in the order in which they were added, some dozens under way at a time, so that
 * memory does not grow with their number. The caller is one thread; the templates must live
 * until bh_label_batch_free(), and nobody may change fields that were added.
 */
typedef struct _BhLabelBatch BhLabelBatch;

/* A label that was verified. */
typedef struct {
  BhLabelTemplate *label;
  GHashTable *fields;
  const struct _BhCodes *codes; /* of the library's own */
} BhLabelChecked;

/* A label that was verified, or @why it was not and must not be handed out (BH_ERROR_INPUT, as
 * of bh_label_document_add()); called on the thread that adds. FALSE with @error ends the batch. */
typedef gboolean (*BhLabelTook) (const BhLabelChecked *checked, const GError *why, gpointer data,
                                 GError **error);

BhLabelBatch *bh_label_batch_new (guint dpi);
/* Takes a reference to @fields; may call @took for labels before it. FALSE: @took ended
 * it; the batch is to be freed. */
gboolean bh_label_batch_add (BhLabelBatch *self, BhLabelTemplate *label, GHashTable *fields,
                             BhLabelTook took, gpointer data, GError **error);
/* Waits for the rest and hands it out. */
gboolean
bh_label_batch_finish (BhLabelBatch *self, BhLabelTook took, gpointer data, GError **error);
void bh_label_batch_free (BhLabelBatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhLabelBatch, bh_label_batch_free)

/* Puts a page into a document; the label must have come out of a batch of the document's dpi.
 * The PDF is drawn from the same values and codes by the same code as the dots that were checked.
 */
gboolean
bh_label_document_put (BhLabelDocument *self, const BhLabelChecked *checked, GError **error);
/* One label as SVG, text as outlines, verified at @dpi. */
GBytes *bh_label_svg (BhLabelTemplate *label, GHashTable *fields, guint dpi, GError **error);

G_END_DECLS

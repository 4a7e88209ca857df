/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "receipt.h"

G_BEGIN_DECLS

/**
 * SECTION:hold-store
 *
 * The queries behind holds.h.
 */

/* (element-type BhReceipt): held, not void and not decided: what is escalated
 * (F5), then oldest first */
GPtrArray *bh_store_held (BhStore *self, GError **error);
/* How many of them name this RMA. */
gboolean bh_store_count_held (BhStore *self, const char *rma, gint64 *held, GError **error);
/* D6: how an RMA was before the decision on a hold opened it. *was NULL: none did that stands. */
gboolean bh_store_opened_by_hold (BhStore *self, const char *rma, char **was, gint64 *closed_us,
                                  GError **error);
/* Whether anything else came in on the RMA since it was closed, before @than
 * opened it. */
gboolean bh_store_more_came (BhStore *self, const BhReceipt *than, gboolean *more, GError **error);
/* Notes on a hold how it was decided; the caller voids it. */
gboolean bh_store_mark_resolved (BhStore *self, const char *receipt, const char *how, gint64 at_us,
                                 GError **error);

/* What was read on a box, in order, as people see it; @each returns nothing. */
gboolean bh_store_each_scan (BhStore *self, const char *box,
                             void (*each) (const char *code, const char *kind, const char *scanner,
                                           gpointer data),
                             gpointer data, GError **error);
/* Its pictures, oldest first, without their bytes. */
gboolean bh_store_each_photo (BhStore *self, const char *box,
                              void (*each) (const char *photo, const char *name,
                                            const char *media_type, gint64 size, gpointer data),
                              gpointer data, GError **error);
/* (transfer full): BH_ERROR_NOT_FOUND when there is none */
GBytes *bh_store_photo_bytes (BhStore *self, const char *photo, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * BhCertificate:
 * @lines: (element-type int): numbers of the lines it closed
 *
 * A certificate of destruction, but for the document itself (C8).
 */
typedef struct {
  char *certificate;
  char *name;
  char *type;
  char *sha256;
  char *reason;
  char *operator;
  gint64 at_us;
  GArray *lines;
} BhCertificate;

void bh_certificate_free (BhCertificate *self);

/* Certificates of destruction (RULES C8): one document, for one or more lines of an RMA. */

gboolean bh_store_add_certificate (BhStore *self, gint64 rma_id, const BhCertificate *certificate,
                                   GBytes *document, GError **error);
gboolean bh_store_set_line_certificate (BhStore *self, gint64 line_id, const char *certificate,
                                        GError **error);
/* (element-type BhCertificate) of an RMA, the oldest first */
GPtrArray *bh_store_certificates (BhStore *self, const char *rma, GError **error);
/* *document NULL: none of that name */
gboolean bh_store_certificate_document (BhStore *self, const char *certificate, GBytes **document,
                                        GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "backhaul/receive.h"
#include "worker.h"

G_BEGIN_DECLS

/* A picture of a box: itself, and what was read on it (maybe nothing). */
typedef struct {
  BhPhoto *photo;
  GPtrArray *scans; /* of BhScan */
} BhPicture;

void bh_picture_free (BhPicture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhPicture, bh_picture_free)

/* Reads and decodes in a thread, for the codes of the site's profile, which @worker knows (I5).
 * Errors: of GIO and of the store, and %BH_ERROR_INPUT for what is no picture. One without a
 * barcode is no error. */
void bh_picture_async (GFile *file, BhWorker *worker, GAsyncReadyCallback callback, gpointer data);
/* The same of a picture in memory. */
void bh_picture_of_bytes_async (GBytes *bytes, const char *name, const char *media_type,
                                BhWorker *worker, GAsyncReadyCallback callback, gpointer data);
/* (worker's result): the set of BhSymbologies that the site's labels use, as a pointer */
void bh_call_profile_async (BhWorker *worker, GAsyncReadyCallback callback, gpointer data);
BhPicture *bh_picture_finish (GAsyncResult *result, GError **error);

G_END_DECLS

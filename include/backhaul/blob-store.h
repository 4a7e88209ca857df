/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/* Attachments by what is in them: one row however often it is attached. @thumb: (nullable) */
gboolean bh_store_put_blob (BhStore *self, const char *sha256, const char *media_type,
                            GBytes *bytes, GBytes *thumb, gint64 at_us, GError **error);
/* *bytes NULL: there is none. @thumb: the small one of it */
gboolean bh_store_blob (BhStore *self, const char *sha256, gboolean thumb, GBytes **bytes,
                        char **media_type, GError **error);
/* `check`: what is not what its name says. */
gboolean bh_store_check_blobs (BhStore *self, void (*found) (const char *what, gpointer data),
                               gpointer data, GError **error);

G_END_DECLS

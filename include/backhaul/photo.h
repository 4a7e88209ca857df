/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* The most that is read of a photo's file, in bytes. */
#define BH_PHOTO_MAX (32 * 1024 * 1024)

/**
 * BhPhoto:
 * @bytes: as it is kept: how the camera was held, but not where and when
 * @thumb: a small JPEG of it, upright
 */
typedef struct {
  GBytes *bytes;
  GBytes *thumb;
  const char *media_type; /* static */
  char *sha256;
} BhPhoto;

void bh_photo_clear (BhPhoto *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhPhoto, bh_photo_clear)

/**
 * bh_photo_clean:
 * @name: of the file, for messages
 *
 * A JPEG or PNG picture, checked by decoding it, without what else its file carried:
 * place, comments, what follows its end. Bounded in time and memory.
 *
 * Errors: %BH_ERROR_INPUT: no such picture, too large, broken off, or with a script in it.
 */
gboolean bh_photo_clean (GBytes *file, const char *name, BhPhoto *photo, GError **error);

G_END_DECLS

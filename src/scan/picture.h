/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a file may hold. A photo of today's phones has 12 to 50 megapixels and
 * a few MB; a carton's papers are a few pages. Beyond that it is a mistake or
 * a bomb, and a station that swaps is a station that stands. */
#define BH_MAX_FILE_BYTES   (64u << 20)
#define BH_MAX_PIXELS       60000000u  /* of one page: 60 MB grey, 240 MB while in colour */
#define BH_MAX_TOTAL_PIXELS 500000000u /* of all pages: about 15 s of decoding */
#define BH_MAX_SIDE         30000u     /* of one page: longest banner worth reading */
#define BH_MAX_PAGES        50u

/**
 * BhPicture:
 * @name: valid UTF-8, for messages
 * @type: static: "PNG", "PDF" …, as the first bytes say
 * @pixels: so far, over all pages
 *
 * A file in memory that is being read.
 */
typedef struct {
  char *name;
  GBytes *bytes;
  const guint8 *data;
  gsize size;
  const char *type;
  guint64 pixels;
} BhPicture;

/* One page in grey, 0 black; rows packed. */
typedef struct {
  guint8 *pixels;
  guint width;
  guint height;
} BhGrey;

void bh_grey_free (BhGrey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhGrey, bh_grey_free)

/* Gets each page as it is read, and may take its pixels, leaving NULL; FALSE with @error ends the
 * reading. */
typedef gboolean (*BhPageFunc) (BhGrey *grey, guint page, gpointer data, GError **error);

/* Always FALSE, with BH_ERROR_INPUT "NAME: FORMAT", where FORMAT is "WHY; WHAT TO DO". */
gboolean bh_picture_fail (const BhPicture *self, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
/* Counts a page of that size against the bounds. To be called before it is decoded. */
gboolean
bh_picture_admit (BhPicture *self, guint page, guint64 width, guint64 height, GError **error);
/* An admitted page; NULL with error when memory is short. */
BhGrey *bh_picture_new_grey (const BhPicture *self, guint width, guint height, GError **error);

/* Grey of one row; transparent pixels lie on white. */
void bh_grey_from_rgb (guint8 *grey, const guint8 *rgb, guint n, guint channels);

/* Readers: one file each. */
gboolean bh_read_pixbuf (BhPicture *self, BhPageFunc func, gpointer data, GError **error);
gboolean bh_read_webp (BhPicture *self, BhPageFunc func, gpointer data, GError **error);
gboolean bh_read_tiff (BhPicture *self, BhPageFunc func, gpointer data, GError **error);
gboolean bh_read_pdf (BhPicture *self, BhPageFunc func, gpointer data, GError **error);

G_END_DECLS

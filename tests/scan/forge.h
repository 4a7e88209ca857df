/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Files that no encoder writes: headers that promise what is not there. */

/* 8-bit grey; @zeros bytes of rows, deflated. */
GBytes *forge_png (guint32 width, guint32 height, gsize zeros);
/* 8-bit grey, @pages of one strip of 100 bytes that says it has @strip; @loop:
 * the last page names the first as the next. */
GBytes *forge_tiff (guint32 width, guint32 height, guint32 compression, guint32 strip, guint pages,
                    gboolean loop);
/* Pages with media box @box, all showing one image: @image is its size, as
 * "/Width 8/Height 8", of @zeros bytes, deflated. */
GBytes *forge_pdf (guint pages, const char *box, const char *image, gsize zeros);
/* A small page that draws for years: each of @depth drawings draws the next one ten times. */
GBytes *forge_pdf_nested (guint depth);
/* 24 bits; @size bytes of zeros follow the header. */
GBytes *forge_bmp (gint32 width, gint32 height, guint size);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Pictures with barcodes for tests: made with zint, so that ZBar reads what
 * another library wrote. */
typedef struct {
  guint8 *grey; /* 0 black, 255 white; rows packed */
  guint width;
  guint height;
} Canvas;

Canvas *canvas_new (guint width, guint height); /* white */
void canvas_free (Canvas *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Canvas, canvas_free)

/* Draws a symbol with its quiet zone left to the caller; @module pixels a
 * module, @height pixels (linear ones). Returns its width in pixels.
 * @symbology: zint's number; @mode: zint's input mode. */
guint canvas_code (Canvas *self, guint x, guint y, guint module, guint height, int symbology,
                   int mode, const char *data, gsize size);
/* A text as Code 128, 60 pixels high, 2 a module. */
guint canvas_text (Canvas *self, guint x, guint y, const char *text);
/* One symbol alone on white, with its quiet zone. */
Canvas *canvas_of (int symbology, int mode, const char *data, gsize size, guint module);

Canvas *canvas_turned (const Canvas *self, double degrees);
Canvas *canvas_shrunk (const Canvas *self, guint by);
void canvas_blur (Canvas *self, guint radius);
void canvas_noise (Canvas *self, guint32 seed, guint strength);
void canvas_invert (Canvas *self);

/* As a file: "png" "jpeg" "bmp" "webp" "tiff" "pdf". */
GBytes *canvas_file (const Canvas *self, const char *type);
/* Several pages: "tiff" or "pdf". */
GBytes *canvas_pages (Canvas *const *pages, guint n, const char *type);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas.h"

#define SCENE_WIDTH  1152
#define SCENE_HEIGHT 864 /* 1 megapixel */
#define SCENE_LEVELS 5   /* 0 clean, 1 easy, 2 fair, 3 hard, 4 awful */

/* What is photographed: zint's number, its input mode, and the name of CLI.md. */
typedef struct {
  int symbology;
  const char *name;
} SceneKind;

extern const SceneKind scene_kinds[4]; /* Code 128, Code 39, QR, Data Matrix */

/* A badly photographed label with one code; the same numbers give the same picture.
 * @text: (out): what the code says */
Canvas *scene_new (guint32 seed, guint kind, guint level, char **text);
/* A picture without codes: text, grids, fences, noise, patterns like bars. */
Canvas *scene_empty (guint32 seed);
/* As a camera saves it: JPEG of the level's quality. */
GBytes *scene_jpeg (const Canvas *canvas, guint quality);
guint scene_quality (guint32 seed, guint level);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/**
 * bh_scene_png:
 * @title: printed on top of the label
 * @codes: Code 128, one below the other, each with its text
 * @seed: tilt, turn and noise; the same seed gives the same picture
 *
 * A picture as a telephone takes it of a label on a box: at a slant, in the light
 * of one lamp, with noise. For practice, pictures and tests.
 *
 * Returns: (transfer full): a PNG of @width by @height pixels
 */
GBytes *bh_scene_png (const char *title, char **codes, guint seed, guint width, guint height,
                      GError **error);

G_END_DECLS

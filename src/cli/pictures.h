/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli.h"

GPtrArray *cli_photos_new (void);
/* The bytes of a file, or of standard input ("-"); bounded. */
GBytes *cli_read_picture (const char *path, GError **error);
/* Reads the picture @path, for those kinds of codes: its symbols become scans, itself a photo (V7).
 * @plain: a picture without any is a photo all the same, as of an unreadable plate (D11). */
gboolean cli_photo_scans (const char *path, guint symbologies, gboolean plain, gint64 now_us,
                          GPtrArray *photos, GPtrArray *scans, GError **error);
int cli_scan (Cli *cli, int argc, char **argv);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli.h"

GPtrArray *cli_photos_new (void);
/* Reads the picture @path: its symbols become scans, itself a photo (V7). */
gboolean cli_photo_scans (const char *path, gint64 now_us, GPtrArray *photos, GPtrArray *scans,
                          GError **error);
int cli_scan (Cli *cli, int argc, char **argv);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bh_data_path:
 * @relative: a path below the data root, as "labels/box.svg"
 *
 * Where a data file of the program lies: below the environment variable
 * BACKHAUL_DATA (the root of a source tree) when it is set and not empty; else below
 * the source tree that the running program stands in, when it was built there; else
 * below the installed package data folder. The file need not exist.
 *
 * Returns: (transfer full): the path, in the file name encoding.
 */
char *bh_data_path (const char *relative);

G_END_DECLS

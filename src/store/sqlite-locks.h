/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bh_sqlite_keep_locks:
 *
 * From now on SQLite's locks on its files are those of an open file description, as Linux has
 * them (fcntl(2), F_OFD_SETLK), and outlive whoever else in this program opens and closes the
 * same file. To be called before the first file is opened; again does nothing.
 */
void bh_sqlite_keep_locks (void);

G_END_DECLS

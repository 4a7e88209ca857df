/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bh_now_us:
 *
 * The time of what is done now. Stations on one server have its time, whatever their own clocks
 * say: it is read when a store is opened and goes on from there by what has passed since the
 * machine was started, which nobody sets. Any thread.
 *
 * Returns: microseconds since 1970, UTC
 */
gint64 bh_now_us (void);

/* Since the machine was started, time asleep too. */
gint64 bh_boot_us (void);
/* A server's time was @server_us when bh_boot_us() was @boot_us. */
void bh_now_follow (gint64 server_us, gint64 boot_us);

G_END_DECLS

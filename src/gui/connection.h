/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/**
 * bh_connection_worker:
 * @beside: below it the window says that the store is being sought
 *
 * Returns: (transfer full): a worker; while its connection to the store is gone the window says
 * so, in words that go when it is back
 */
BhWorker *
bh_connection_worker (GtkLabel *beside, const char *uri, const char *dock, const char *station);

/* @hushed: that the store is lost is said by others; what else there is to say is said. */
void bh_connection_hush (GtkLabel *beside, gboolean hushed);

G_END_DECLS

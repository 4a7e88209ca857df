/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/holds.h"
#include "worker.h"

G_BEGIN_DECLS

/* Fills @detail with all that is known of a hold; its photos follow as they are read, while
 * @wanted is not cancelled. */
void bh_hold_view_fill (GtkBox *detail, const BhHold *hold, BhWorker *reads, GCancellable *wanted);

G_END_DECLS

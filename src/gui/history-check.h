/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* Checks the journal (F6) on a thread of its own, and says in words whether it is as it was
 * written, or which entry is the first that is not. */
#define BH_TYPE_HISTORY_CHECK (bh_history_check_get_type ())
G_DECLARE_FINAL_TYPE (BhHistoryCheck, bh_history_check, BH, HISTORY_CHECK, GtkBox)

/* @reads: knows who asks */
GtkWidget *bh_history_check_new (BhWorker *reads);
/* Ends the one that runs. FALSE: none does. */
gboolean bh_history_check_leave (BhHistoryCheck *self);

G_END_DECLS

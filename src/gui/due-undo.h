/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "due-acts.h"
#include "worker.h"

G_BEGIN_DECLS

/* The button that takes the last act on clocks back, as long as there is one. Signal: "told" (a
 * sentence: how it went). */
#define BH_TYPE_DUE_UNDO (bh_due_undo_get_type ())
G_DECLARE_FINAL_TYPE (BhDueUndo, bh_due_undo, BH, DUE_UNDO, GtkButton)

GtkWidget *bh_due_undo_new (BhWorker *acts);
/* @done: (transfer full) (element-type BhDueDone): of @act; none: nothing is offered */
void bh_due_undo_offer (BhDueUndo *self, const BhDueAct *act, GPtrArray *done);

G_END_DECLS

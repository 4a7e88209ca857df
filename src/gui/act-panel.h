/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "due-acts.h"
#include "worker.h"

G_BEGIN_DECLS

/* Asks what an act on clocks needs, shows what it will do, does it clock by clock. Signals:
 * "left" (given up, or done without a fault), "told" (a sentence: how it went). */
#define BH_TYPE_ACT_PANEL (bh_act_panel_get_type ())
G_DECLARE_FINAL_TYPE (BhActPanel, bh_act_panel, BH, ACT_PANEL, GtkBox)

GtkWidget *bh_act_panel_new (BhWorker *acts, BhWorker *reads);
/* @rows: (transfer full) (element-type BhClockRow): owned by the array */
void bh_act_panel_open (BhActPanel *self, const BhDueAct *act, GPtrArray *rows);
/* (element-type BhDueDone) (transfer full): what of the last run can be taken back, and by what */
GPtrArray *bh_act_panel_undo (BhActPanel *self, const BhDueAct **act);
/* Stops after the clock that is being done. */
void bh_act_panel_stop (BhActPanel *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* An account found as it is typed, by its code or words of its name (F3): Enter takes the first
 * of those that are offered, Down goes to the others. Nothing is chosen by itself (D18). */
#define BH_TYPE_ACCOUNT_FINDER (bh_account_finder_get_type ())
G_DECLARE_FINAL_TYPE (BhAccountFinder, bh_account_finder, BH, ACCOUNT_FINDER, GObject)

/* @entry: where it is typed; @told: its name, or what is to do; @offered: around @list, shown while
 * there is something to choose. Signal "chosen": bh_account_finder_code() changed. */
BhAccountFinder *bh_account_finder_new (BhWorker *reads, GtkEntry *entry, GtkLabel *told,
                                        GtkWidget *offered, GtkListBox *list);
/* NULL: none is chosen */
const char *bh_account_finder_code (BhAccountFinder *self);
void bh_account_finder_choose (BhAccountFinder *self, const char *code, const char *name);

G_END_DECLS

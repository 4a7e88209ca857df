/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/trail.h"

G_BEGIN_DECLS

/* The journal in plain words (F6). */

/* An act that can be chosen, in the order of the list: its stable word. NULL behind the last. */
const char *bh_history_act (guint i);
/* What it is called, translated; one that is not known as it is, without dashes. @kind: (nullable):
 * of the row. (transfer full) */
char *bh_history_act_words (const char *what, const char *kind);
/* "Unit SN-1 · R0000000042": what it was about (transfer full) */
char *bh_history_about (const BhTrailRow *row);
/* "Ann Field (ann)" (transfer full) */
char *bh_history_who (const BhTrailRow *row);

G_END_DECLS

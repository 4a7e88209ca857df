/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rma-view.h"

G_BEGIN_DECLS

/* Shows a case in a BhRmaView: its RMAs, clocks (C6), escalations (F5), history. */
void bh_case_view_show (GtkWidget *view, BhWorker *reads, const char *case_no);

G_END_DECLS

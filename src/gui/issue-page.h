/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* A new RMA from a case (N1-N5): serials with what covers them at once, kept as a draft while
 * it is typed; confirming makes its label and the customer's mail. */
#define BH_TYPE_ISSUE_PAGE (bh_issue_page_get_type ())
G_DECLARE_FINAL_TYPE (BhIssuePage, bh_issue_page, BH, ISSUE_PAGE, GtkBox)

GtkWidget *bh_issue_page_new (BhWorker *acts, BhWorker *reads);

G_END_DECLS

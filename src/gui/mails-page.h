/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* The outbox (F4): what waits, went, failed or came back, newest first; each mail's text
 * as it would go out now, and a failed one put back under the right address. */
#define BH_TYPE_MAILS_PAGE (bh_mails_page_get_type ())
G_DECLARE_FINAL_TYPE (BhMailsPage, bh_mails_page, BH, MAILS_PAGE, GtkBox)

GtkWidget *bh_mails_page_new (BhWorker *acts, BhWorker *reads);

G_END_DECLS

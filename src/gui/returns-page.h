/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

#define BH_TYPE_RETURNS_PAGE (bh_returns_page_get_type ())
G_DECLARE_FINAL_TYPE (BhReturnsPage, bh_returns_page, BH, RETURNS_PAGE, GtkBox)

GtkWidget *bh_returns_page_new (BhWorker *reads);
/* What was scanned or typed elsewhere. */
void bh_returns_page_search (BhReturnsPage *self, const char *text);
void bh_returns_page_shown (BhReturnsPage *self);
/* The page of one RMA. */
void bh_returns_page_open (BhReturnsPage *self, const char *rma);
/* From an RMA's page back to the list; FALSE when the list is shown already. */
gboolean bh_returns_page_back (BhReturnsPage *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/returns.h"
#include "rma-view.h"

G_BEGIN_DECLS

/* What the page of an RMA, of a unit and of a case are made of (rma-view.c). */

typedef void (*BhViewFill) (BhRmaView *self, gconstpointer page);

/* Asks @work of @key, off the main thread, and fills the emptied view with its answer. */
void bh_view_ask (BhRmaView *self, BhWorker *reads, BhWork work, const char *key, BhViewFill fill,
                  GDestroyNotify free_page);

/* The page's title, with @id; @state: (nullable): beside it */
void bh_view_add_head (BhRmaView *self, const char *text, const char *state, const char *id);
/* A table under @heading, which may be NULL. */
GtkGrid *bh_view_add_grid (BhRmaView *self, const char *heading);
void bh_view_add_empty (BhRmaView *self, const char *text);
/* @clocks: BhClockRow */
void bh_view_add_clocks (BhRmaView *self, GPtrArray *clocks);
/* @history: BhHistoryRow; shown newest first */
void bh_view_add_history (BhRmaView *self, GPtrArray *history, const char *zone);

GtkWidget *bh_view_put (GtkGrid *grid, int column, int row, const char *text, const char *style);
/* A name and its value in row *@row; nothing where there is none. */
void bh_view_put_fact (GtkGrid *grid, int *row, const char *name, const char *value);
void bh_view_put_heads (GtkGrid *grid, const char *const *heads);
void bh_view_put_link (GtkGrid *grid, int column, int row, const char *page, const char *what);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#include "backhaul/calendar.h"

G_BEGIN_DECLS

/* Small things that every page is made of. */

/* A label of a style class, left, wrapped. */
GtkWidget *page_label (const char *text, const char *style);
/* The same in one line that is cut when it must be. */
GtkWidget *page_text (const char *text, const char *style);
/* A label whose text others read: @what is its accessible id, by which scripts of
 * assistive tools and tests find it (docs/accessibility.md). */
GtkWidget *page_told (const char *what, const char *style);
/* @name: what readers say, translated; @id: stable, for scripts. NULL: as it is. */
void page_name (GtkWidget *widget, const char *name, const char *id);
void page_style (GtkWidget *widget, const char *style);
/* Classes of a window that say on what ground colours will be seen. */
void page_mark_theme (GtkWidget *self);
/* Makes @label a link to page @page with @what, which is its text. */
void page_link (GtkLabel *label, const char *page, const char *what);
/* Shows that @column's cells are links, and has a click on one activate its row with
 * that column, as Enter does. */
void page_link_column (GtkTreeView *tree, GtkTreeViewColumn *column, GtkCellRenderer *cell);
/* A column of texts that are cut when they must be; in a tree of fixed height, which is fast. */
GtkTreeViewColumn *
page_column (GtkTreeView *tree, const char *title, int column, int width, gboolean expand);
/* The day that @entry says, %BH_DAY_NONE where it is empty. Returns: (transfer full) (nullable):
 * why it is none */
char *page_read_day (GtkEntry *entry, BhDay *day);
/* Gives the keys to the first that takes them in @inside, which is within @view, if @view is on
 * screen and nobody has them, or @view itself. */
void page_take_keys (GtkWidget *view, GtkWidget *inside);
/* Removes all children. */
void page_clear (GtkContainer *container);
/* A heading and under it the rows of a table: texts by row, NULL-ended each. */
void page_section (GtkBox *box, const char *heading);
void page_row (GtkBox *box, const char *first, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS

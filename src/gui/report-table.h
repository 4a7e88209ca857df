/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "report-calls.h"

G_BEGIN_DECLS

/* @tree gets the columns and rows of @shown. */
void bh_report_table_fill (GtkTreeView *tree, const BhReportShown *shown);
/* The same report, read anew while somebody looks at it: a row stays the row it was as long as what
 * it says besides its figures is the same; cursor and selection stay with theirs. */
void bh_report_table_merge (GtkTreeView *tree, const BhReportShown *shown);

G_END_DECLS

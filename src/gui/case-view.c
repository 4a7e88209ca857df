/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "case-view.h"

#include "backhaul/cases.h"
#include "page.h"
#include "view-parts.h"
#include "words.h"

static void
add_units (BhRmaView *self, GPtrArray *lines)
{
  static const char *const heads[] = { N_ ("RMA"),   N_ ("Line"),      N_ ("Serial"), N_ ("Part"),
                                       N_ ("State"), N_ ("Return by"), NULL };
  GtkGrid *grid = bh_view_add_grid (self, _ ("Units"));

  page_name (GTK_WIDGET (grid), _ ("Units"), "lines");
  if (lines->len == 0)
    bh_view_add_empty (self, _ ("No RMA was made of it."));
  else
    bh_view_put_heads (grid, heads);
  for (guint i = 0; i < lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (lines, i);
    g_autofree char *number = g_strdup_printf ("%d", line->line);
    int row = (int) i + 1;

    bh_view_put_link (grid, 0, row, "returns", line->rma);
    bh_view_put (grid, 1, row, number, "number");
    bh_view_put_link (grid, 2, row, "unit", line->serial);
    bh_view_put (grid, 3, row, line->part, NULL);
    bh_view_put (grid, 4, row, bh_state_words (line->line_state), NULL);
    bh_view_put (grid, 5, row, line->return_by, "number");
  }
}

/* F5: who took it on, and when. */
static void
add_escalations (BhRmaView *self, GPtrArray *escalations, const char *zone)
{
  static const char *const heads[] = { N_ ("When"), N_ ("What"), N_ ("Owner"), N_ ("Why"), NULL };
  GtkGrid *grid;

  if (escalations->len == 0)
    return;
  grid = bh_view_add_grid (self, _ ("Escalations"));
  page_name (GTK_WIDGET (grid), _ ("Escalations"), "escalations");
  bh_view_put_heads (grid, heads);
  for (guint i = 0; i < escalations->len; i++) {
    const BhEscalation *one = g_ptr_array_index (escalations, i);
    g_autofree char *when = bh_time_words (one->at_us, zone);
    int row = (int) i + 1;

    bh_view_put (grid, 0, row, when, "number");
    bh_view_put (grid, 1, row, one->kind != NULL ? _ (one->kind->title) : one->name, NULL);
    bh_view_put (grid, 2, row, one->owner, NULL);
    bh_view_put (grid, 3, row, one->reason, NULL);
  }
}

/* The views lend their texts. */
static void
add_clocks (BhRmaView *self, GPtrArray *views)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < views->len; i++) {
    const BhClockView *view = g_ptr_array_index (views, i);
    BhClockRow *row = g_new0 (BhClockRow, 1);

    *row = (BhClockRow){ .kind = view->kind,
                         .state = view->state,
                         .serial = view->stage,
                         .due = view->due,
                         .due_us = view->due_us,
                         .days_left = view->days_left,
                         .zone = view->zone };
    g_ptr_array_add (rows, row);
  }
  bh_view_add_clocks (self, rows);
}

static void
fill (BhRmaView *self, gconstpointer data)
{
  const BhCasePage *page = data;
  const BhCaseRow *row = &page->row;
  g_autofree char *opened = bh_time_words (row->opened_us, row->zone);
  g_autofree char *modified = bh_time_words (row->modified_us, row->zone);
  g_autofree char *closed = row->closed_us != 0 ? bh_time_words (row->closed_us, row->zone) : NULL;
  g_autofree char *site = row->site != NULL && row->site_name != NULL
                              ? g_strdup_printf ("%s (%s)", row->site_name, row->site)
                              : g_strdup (row->site);
  GtkGrid *facts;
  int at = 0;

  bh_view_add_head (self, row->case_no, row->status, "case");
  facts = bh_view_add_grid (self, NULL);
  bh_view_put_fact (facts, &at, _ ("Priority"), row->priority);
  bh_view_put_fact (facts, &at, _ ("Account"), row->account_name);
  bh_view_put_fact (facts, &at, _ ("Site"), site);
  bh_view_put_fact (facts, &at, _ ("Contact"), row->contact);
  bh_view_put_fact (facts, &at, _ ("Platform"), row->platform);
  bh_view_put_fact (facts, &at, _ ("Opened"), opened);
  bh_view_put_fact (facts, &at, _ ("Last modified"), modified);
  bh_view_put_fact (facts, &at, _ ("Closed"), closed);
  add_units (self, page->lines);
  add_clocks (self, page->clocks);
  add_escalations (self, page->escalations, row->zone);
  bh_view_add_history (self, page->history, row->zone);
}

static gpointer
load (BhDesk *desk, gpointer data, GError **error)
{
  return bh_desk_case_page (desk, data, bh_now_us (), error);
}

void
bh_case_view_show (GtkWidget *view, BhWorker *reads, const char *case_no)
{
  bh_view_ask (BH_RMA_VIEW (view), reads, load, case_no, fill, (GDestroyNotify) bh_case_page_free);
}

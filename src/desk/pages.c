/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* The RMA's page, the unit's, the board of clocks, the tally and the figures. */

#include "backhaul/destroy-store.h"
#include "backhaul/identifier.h"
#include "backhaul/lists-store.h"
#include "backhaul/job-store.h"
#include "clocks-private.h"
#include "issue-private.h"

/* C10: what a stored clock shows on a day. @on NONE: the day of @now_us in its zone. */
static gboolean
light (BhDesk *self, BhClockRow *row, BhDay on, gint64 now_us, GError **error)
{
  g_autoptr (GError) why = NULL;
  BhClockKind kind = BH_C1;
  BhClockState state;

  if (row->due == NULL || !bh_clock_kind_parse (row->kind, &kind))
    return TRUE;
  state = bh_desk_clock_light (self, kind, row->due, row->due_us, row->zone, row->calendar, on,
                               now_us, &row->days_left, &why);
  if (why != NULL) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  if (g_strcmp0 (row->state, "open") == 0) {
    g_free (row->state);
    row->state = g_strdup (bh_clock_state_name (state));
  }
  return TRUE;
}

typedef struct {
  BhDesk *desk;
  GPtrArray *rows; /* to gather, or NULL: to hand on */
  const char *state;
  BhDay on;
  gint64 now_us;
  gboolean (*each) (const BhClockRow *row, gpointer data);
  gpointer data;
  GError *error;
} Clocks;

static gboolean
on_clock (BhClockRow *row, gpointer data)
{
  Clocks *clocks = data;

  if (!light (clocks->desk, row, clocks->on, clocks->now_us, &clocks->error))
    return FALSE;
  if (clocks->rows != NULL) {
    BhClockRow *copy = g_memdup2 (row, sizeof *row);

    *row = (BhClockRow){ 0 };
    g_ptr_array_add (clocks->rows, copy);
    return TRUE;
  }
  return (clocks->state != NULL && g_strcmp0 (clocks->state, row->state) != 0) ||
         clocks->each (row, clocks->data);
}

static GPtrArray *
clocks_of (BhDesk *self, const char *rma, gint64 now_us, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_clock_row_free);
  Clocks clocks = { .desk = self, .rows = rows, .now_us = now_us };

  if (!bh_store_each_clock (self->store, rma, NULL, on_clock, &clocks, error))
    return NULL;
  if (clocks.error != NULL) {
    g_propagate_error (error, clocks.error);
    return NULL;
  }
  return g_steal_pointer (&rows);
}

static GPtrArray *
owed_under (BhDesk *self, const char *rma, GError **error)
{
  g_auto (BhRmaHead) head = { 0 };

  return bh_store_rma_head (self->store, rma, &head, error)
             ? bh_desk_owed (self, head.id, rma, error)
             : NULL;
}

BhRmaPage *
bh_desk_rma_page (BhDesk *self, const char *rma, gint64 now_us, GError **error)
{
  g_autofree char *number = bh_rma_normalise (rma, -1);
  g_autoptr (BhRmaPage) page = g_new0 (BhRmaPage, 1);
  g_autoptr (BhTx) tx = NULL;

  if (number == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: not an RMA number (I1); write R and 8 to 10 digits", rma);
    return NULL;
  }
  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      (tx = bh_store_begin_read (self->store, error)) == NULL ||
      !bh_store_page_head (self->store, number, page, error))
    return NULL;
  if (page->rma == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such RMA on record; search by serial or case", number);
    return NULL;
  }
  if ((page->lines = bh_store_lines_of_rma (self->store, number, error)) == NULL ||
      (page->clocks = clocks_of (self, number, now_us, error)) == NULL ||
      (page->history = bh_store_history_of_rma (self->store, number, error)) == NULL ||
      (page->certificates = bh_store_certificates (self->store, number, error)) == NULL ||
      (g_str_equal (bh_rma_status_of (page->state), "open") &&
       (page->owed = owed_under (self, number, error)) == NULL))
    return NULL;
  return g_steal_pointer (&page);
}

gboolean
bh_desk_due (BhDesk *self, const char *kind, const char *state, guint32 on, gint64 now_us,
             gboolean (*each) (const BhClockRow *row, gpointer data), gpointer data, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  Clocks clocks = {
    .desk = self, .state = state, .on = on, .now_us = now_us, .each = each, .data = data
  };

  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      (tx = bh_store_begin_read (self->store, error)) == NULL ||
      !bh_store_each_clock (self->store, NULL, kind, on_clock, &clocks, error))
    return FALSE;
  if (clocks.error != NULL)
    g_propagate_error (error, clocks.error);
  return clocks.error == NULL;
}

BhUnitLife *
bh_desk_unit_life (BhDesk *self, const char *serial, GError **error)
{
  g_autofree char *normal = bh_serial_normalise (serial, -1);
  g_autoptr (BhUnitLife) life = g_new0 (BhUnitLife, 1);
  g_autoptr (BhTx) tx = NULL;

  if (normal == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: not a serial number (I4); it has 6 to 32 letters, digits, . / or -", serial);
    return NULL;
  }
  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      (tx = bh_store_begin_read (self->store, error)) == NULL ||
      !bh_store_unit_head (self->store, normal, life, error) ||
      (life->lines = bh_store_lines_of_serial (self->store, normal, error)) == NULL ||
      (life->jobs = bh_store_jobs_of_serial (self->store, normal, error)) == NULL ||
      (life->receipts = bh_store_receipts_of_serial (self->store, normal, error)) == NULL ||
      (life->history = bh_store_history_of_serial (self->store, normal, error)) == NULL)
    return NULL;
  if (!life->known && life->lines->len == 0 && life->receipts->len == 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: nothing is on record of this serial; look at the spelling", normal);
    return NULL;
  }
  life->serial = g_steal_pointer (&normal);
  return g_steal_pointer (&life);
}

GPtrArray *
bh_desk_recent_receipts (BhDesk *self, guint limit, GError **error)
{
  return bh_desk_require (self, BH_MAY_READ, error)
             ? bh_store_recent_receipts (self->store, self->dock, limit, error)
             : NULL;
}

static gboolean
count_overdue (const BhClockRow *row, gpointer data)
{
  (*(gint64 *) data)++;
  return TRUE;
}

GPtrArray *
bh_desk_stats (BhDesk *self, gint64 from_us, gint64 to_us, gint64 now_us, GError **error)
{
  g_autoptr (GPtrArray) figures = NULL;
  BhFigure *overdue = g_new0 (BhFigure, 1);

  overdue->name = g_strdup ("overdue");
  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      (figures = bh_store_figures (self->store, from_us, to_us, error)) == NULL ||
      !bh_desk_due (self, "C1", "late", BH_DAY_NONE, now_us, count_overdue, &overdue->value,
                    error)) {
    bh_figure_free (overdue);
    return NULL;
  }
  g_ptr_array_add (figures, overdue);
  return g_steal_pointer (&figures);
}

GPtrArray *
bh_desk_dock_figures (BhDesk *self, gint64 from_us, GError **error)
{
  return bh_desk_require (self, BH_MAY_READ, error)
             ? bh_store_verdict_counts (self->store, from_us, error)
             : NULL;
}

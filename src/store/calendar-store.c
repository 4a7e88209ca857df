/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/calendar-store.h"

gboolean
bh_store_calendar_ics (BhStore *self, const char *name, char **ics, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, "SELECT ics FROM calendar WHERE name = $1", error);
  gboolean row = FALSE;

  *ics = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", name) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *ics = bh_stmt_dup_text (stmt, 0);
  return TRUE;
}

char **
bh_store_calendar_names (BhStore *self, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, "SELECT name FROM calendar ORDER BY name", error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    g_ptr_array_add (names, row ? bh_stmt_dup_text (stmt, 0) : NULL);
    if (row)
      continue;
    g_ptr_array_set_free_func (names, NULL);
    return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
  }
  return NULL;
}

gboolean
bh_store_put_calendar (BhStore *self, const char *name, const char *ics, gint64 at_us,
                       GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO calendar (name, ics, changed_us) VALUES ($1, $2, $3)"
                       " ON CONFLICT (name) DO UPDATE SET ics = excluded.ics,"
                       " changed_us = excluded.changed_us",
                       "tti", name, ics, at_us);
}

void
bh_running_clock_free (BhRunningClock *self)
{
  g_free (self->rma);
  g_free (self->kind);
  g_free (self->due);
  g_free (self->zone);
  g_array_unref (self->pauses);
  g_free (self);
}

static gboolean
read_pauses (BhStore *self, BhRunningClock *clock, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self, "SELECT from_us, to_us FROM clock_pause WHERE clock_id = $1 ORDER BY from_us", error);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "i", clock->id))
    return FALSE;
  while (bh_stmt_next (stmt, &row, error)) {
    BhPause pause;

    if (!row)
      return TRUE;
    pause.from_us = bh_stmt_int64 (stmt, 0);
    pause.to_us = bh_stmt_is_null (stmt, 1) ? G_MAXINT64 : bh_stmt_int64 (stmt, 1);
    g_array_append_val (clock->pauses, pause);
  }
  return FALSE;
}

GPtrArray *
bh_store_clocks_by_calendar (BhStore *self, const char *name, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT c.id, l.rma, l.line, c.line_id, c.kind, c.started_us, c.due, c.zone,"
                     " c.extra_days FROM clock c JOIN rma_line l ON l.id = c.line_id"
                     " WHERE c.calendar = $1 AND c.state IN ('open', 'paused')"
                     " AND c.due IS NOT NULL ORDER BY c.due, c.id",
                     error);
  g_autoptr (GPtrArray) clocks =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_running_clock_free);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", name))
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    BhRunningClock *clock;

    if (!row) {
      for (guint i = 0; i < clocks->len; i++)
        if (!read_pauses (self, g_ptr_array_index (clocks, i), error))
          return NULL;
      return g_steal_pointer (&clocks);
    }
    clock = g_new0 (BhRunningClock, 1);
    clock->id = bh_stmt_int64 (stmt, 0);
    clock->rma = bh_stmt_dup_text (stmt, 1);
    clock->line = (int) bh_stmt_int64 (stmt, 2);
    clock->line_id = bh_stmt_int64 (stmt, 3);
    clock->kind = bh_stmt_dup_text (stmt, 4);
    clock->started_us = bh_stmt_int64 (stmt, 5);
    clock->due = bh_stmt_dup_text (stmt, 6);
    clock->zone = bh_stmt_dup_text (stmt, 7);
    clock->extra_days = (int) bh_stmt_int64 (stmt, 8);
    clock->pauses = g_array_new (FALSE, FALSE, sizeof (BhPause));
    g_ptr_array_add (clocks, clock);
  }
  return NULL;
}

gboolean
bh_store_set_clock_due (BhStore *self, const BhRunningClock *clock, const char *due, GError **error)
{
  /* C1's date is the return-by date that lists and the dock read from the line */
  return bh_store_run (self, NULL, error, "UPDATE clock SET due = $1 WHERE id = $2", "ti", due,
                       clock->id) &&
         (!g_str_equal (clock->kind, "C1") ||
          bh_store_run (self, NULL, error, "UPDATE rma_line SET return_by = $1 WHERE id = $2", "ti",
                        due, clock->line_id));
}

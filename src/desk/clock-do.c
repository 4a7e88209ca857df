/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* Pause, resume, extend, by a person (RULES C9, O2). */

#include "clocks-private.h"

#include "backhaul/issue-store.h"

static const struct {
  const char *what; /* of the journal */
  const char *no;   /* why it cannot be */
} acts[] = {
  [BH_CLOCK_PAUSE] = { "pause", "is paused already" },
  [BH_CLOCK_RESUME] = { "resume", "is not paused" },
  [BH_CLOCK_EXTEND] = { "extend", "has ended" },
};

/* --at may not lie before the clock's beginning or its last pause (CLI.md) */
static gboolean
may_be_then (BhDesk *self, const BhClockRequest *request, const BhClockRecord *clock, gint64 now_us,
             GError **error)
{
  gint64 latest = clock->started_us;

  for (guint i = 0; i < clock->pauses->len; i++) {
    const BhPauseRecord *pause = g_ptr_array_index (clock->pauses, i);

    latest = MAX (latest, pause->to_us == G_MAXINT64 ? pause->from_us : pause->to_us);
  }
  if (now_us > latest || (now_us == latest && clock->pauses->len == 0))
    return TRUE;
  if (!request->time_stated)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s: the stated time is before what is on record of its %s; state a later one",
               request->number, request->kind);
  return FALSE;
}

static gboolean
do_one (BhDesk *self, const BhClockRequest *request, BhClockKind kind, BhClockRecord *clock,
        gint64 now_us, GError **error)
{
  switch (request->what) {
  case BH_CLOCK_PAUSE:
    return bh_desk_clock_pause (self, kind, clock->line_id, clock->case_no, request->reason, now_us,
                                error);
  case BH_CLOCK_RESUME:
    return bh_desk_clock_resume (self, kind, clock->line_id, clock->case_no, now_us, error);
  case BH_CLOCK_EXTEND:
  default:
    clock->extra_days += request->days;
    return bh_desk_clock_count (self, clock, NULL, error) &&
           bh_store_set_clock (self->store, clock, error);
  }
}

static gboolean
does_fit (const BhClockRequest *request, const BhClockRecord *clock, gboolean *runs)
{
  gboolean paused = g_str_equal (clock->state, "paused");

  if (!g_str_equal (clock->kind, request->kind) ||
      (request->line != 0 && clock->line != request->line) ||
      (!paused && !g_str_equal (clock->state, "open")))
    return FALSE;
  *runs = TRUE;
  return request->what == BH_CLOCK_EXTEND || paused == (request->what == BH_CLOCK_RESUME);
}

static gboolean
do_all (BhDesk *self, const BhClockRequest *request, BhClockKind kind, GPtrArray *clocks,
        gint64 now_us, GError **error)
{
  gboolean runs = FALSE;
  guint done = 0;

  for (guint i = 0; i < clocks->len; i++) {
    BhClockRecord *clock = g_ptr_array_index (clocks, i);

    if (!does_fit (request, clock, &runs))
      continue;
    if (!may_be_then (self, request, clock, now_us, error) ||
        !do_one (self, request, kind, clock, now_us, error))
      return FALSE;
    done++;
  }
  if (done > 0)
    return TRUE;
  if (runs)
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: its %s %s (C9); look at it with `clock show`", request->number, request->kind,
                 acts[request->what].no);
  else
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: no %s runs%s (C9); look at its clocks with `clock show`", request->number,
                 request->kind, request->line != 0 ? " on that line" : "");
  return FALSE;
}

static gboolean
is_valid (const BhClockRequest *request, BhClockKind *kind, GError **error)
{
  if (!bh_clock_kind_parse (request->kind, kind)) {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE, "%s: no such clock; say C1 to C6", request->kind);
    return FALSE;
  }
  if (request->what == BH_CLOCK_EXTEND && (request->days < 1 || request->days > 3650)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%d: not a number of days; give 1 to 3650",
                 request->days);
    return FALSE;
  }
  return TRUE;
}

gboolean
bh_desk_clock_do (BhDesk *self, const char *act, const BhClockRequest *request, gint64 now_us,
                  GError **error)
{
  gboolean is_case = FALSE;
  g_autofree char *number = bh_desk_clock_number (request->number, &is_case, error);
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (GPtrArray) clocks = NULL;
  g_autofree char *entity = NULL;
  g_autofree char *done = NULL;
  g_autofree char *after = NULL;
  BhClockKind kind = BH_C1;

  if (number == NULL || !is_valid (request, &kind, error) ||
      !bh_desk_require (self, BH_MAY_CHASE, error) ||
      (request->time_stated && !bh_desk_require (self, BH_MAY_SET_TIME, error)) ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_store_lock_key (self->store, number, error) ||
      !bh_store_find_act (self->store, act, acts[request->what].what, &done, error))
    return FALSE;
  if (done != NULL)
    return TRUE; /* committed already: the caller lost its connection and asks again */
  if ((clocks = bh_desk_clocks_of (self, number, is_case, error)) == NULL ||
      !do_all (self, request, kind, clocks, now_us, error))
    return FALSE;
  entity = g_strdup_printf ("%s:%s", is_case ? "case" : "rma", number);
  after = request->what == BH_CLOCK_EXTEND
              ? g_strdup_printf ("%s by %d days: %s", request->kind, request->days, request->reason)
              : g_strdup_printf ("%s: %s", request->kind,
                                 request->reason != NULL ? request->reason : "");
  return bh_desk_audit (self, act, acts[request->what].what, entity, NULL, after, now_us, error) &&
         bh_tx_commit (tx, error);
}

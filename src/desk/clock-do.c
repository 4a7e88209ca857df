/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* Pause, resume, extend, and each of them taken back, by a person (RULES C9, O2). */

#include "clocks-private.h"

#include "backhaul/issue-store.h"

static const struct {
  const char *what; /* of the journal */
  const char *no;   /* why it cannot be */
  const char *rule; /* that says so */
} acts[] = {
  [BH_CLOCK_PAUSE] = { "pause", "is paused already", "C9" },
  [BH_CLOCK_RESUME] = { "resume", "is not paused", "C9" },
  [BH_CLOCK_EXTEND] = { "extend", "has ended", "C9" },
  [BH_CLOCK_UNPAUSE] = { "take-back-pause", "has no pause that could be taken back", "C9" },
  [BH_CLOCK_UNRESUME] = { "take-back-resume", "has no resumption that could be taken back", "C9" },
  [BH_CLOCK_UNEXTEND] = { "take-back-extension", "has no extension that could be taken back",
                          "O2" },
};

/* What an act of several clocks gathers. */
typedef struct {
  BhDesk *desk;
  const char *act;
  const BhClockRequest *request;
  BhClockKind kind;
  gint64 now_us;
  GString *before; /* due dates, of what moves by days */
  GString *after;
} Doing;

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
count_and_tell (const Doing *self, BhClockRecord *clock, GError **error)
{
  const char *gap = self->before->len > 0 ? ", " : "";

  g_string_append_printf (self->before, "%sline %d due %s", gap, clock->line,
                          clock->due != NULL ? clock->due : "when it is resumed");
  if (!bh_desk_clock_count (self->desk, clock, NULL, error) ||
      !bh_store_set_clock (self->desk->store, clock, error))
    return FALSE;
  g_string_append_printf (self->after, "%sline %d due %s", gap, clock->line,
                          clock->due != NULL ? clock->due : "when it is resumed");
  return TRUE;
}

static gboolean
extend (const Doing *self, BhClockRecord *clock, GError **error)
{
  const BhClockRequest *request = self->request;

  clock->extra_days += request->days;
  return bh_store_add_extension (self->desk->store, clock->id, request->days, self->act,
                                 self->desk->operator, request->reason, self->now_us, error) &&
         count_and_tell (self, clock, error);
}

/* *done FALSE: this clock has none. */
static gboolean
unextend (const Doing *self, BhClockRecord *clock, gboolean *done, GError **error)
{
  gint64 id = 0;
  gint64 at_us = 0;
  int days = 0;

  if (!bh_store_last_extension (self->desk->store, clock->id, self->request->undoes, &id, &days,
                                &at_us, error))
    return FALSE;
  *done = id != 0;
  if (id == 0)
    return TRUE;
  if (self->request->time_stated && self->now_us < at_us) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: the stated time is before its extension; state a later one",
                 self->request->number);
    return FALSE;
  }
  clock->extra_days -= days;
  return bh_store_undo_extension (self->desk->store, id, self->now_us, error) &&
         count_and_tell (self, clock, error);
}

/* What a claim did to a clock is not a person's act on the clock. */
static gboolean
is_persons (const Doing *self, const BhClaim *claim, gboolean resumed, GError **error)
{
  /* while it was undecided a person let the clock run on */
  if (claim->claim == NULL || (resumed && g_str_equal (claim->state, "pending")))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               resumed ? "%s: claim %s let its %s run on (O5); take that back with `claim decide "
                         "--undo`"
                       : "%s: claim %s stops its %s (O5); take it back with `claim withdraw`",
               self->request->number, claim->claim, self->request->kind);
  return FALSE;
}

/* A pause that never was, or one that was never ended. *done FALSE: this clock has none. */
static gboolean
undo_pause (const Doing *self, BhClockRecord *clock, gboolean *done, GError **error)
{
  gboolean resumed = self->request->what == BH_CLOCK_UNRESUME;
  const BhPauseRecord *pause;
  g_auto (BhClaim) claim = { 0 };
  gint64 at_us = 0;
  guint n = 0;

  *done = FALSE;
  if (!bh_desk_clock_last_pause (self->desk, clock, &n, &claim, error) ||
      (self->request->undoes != NULL &&
       !bh_store_act_time (self->desk->store, self->request->undoes,
                           acts[resumed ? BH_CLOCK_RESUME : BH_CLOCK_PAUSE].what, &at_us, error)))
    return FALSE;
  if (n == G_MAXUINT)
    return TRUE;
  pause = g_ptr_array_index (clock->pauses, n);
  if ((pause->to_us == G_MAXINT64) == resumed ||
      (self->request->undoes != NULL && at_us != (resumed ? pause->to_us : pause->from_us)))
    return TRUE;
  *done = TRUE;
  return is_persons (self, &claim, resumed, error) &&
         bh_desk_clock_mend_pause (self->desk, clock, n, resumed ? G_MAXINT64 : pause->from_us,
                                   error) &&
         count_and_tell (self, clock, error);
}

static gboolean
do_one (const Doing *self, BhClockRecord *clock, gboolean *done, GError **error)
{
  *done = TRUE;
  switch (self->request->what) {
  case BH_CLOCK_PAUSE:
    return bh_desk_clock_pause (self->desk, self->kind, clock->line_id, clock->case_no,
                                self->request->reason, self->now_us, error);
  case BH_CLOCK_RESUME:
    return bh_desk_clock_resume (self->desk, self->kind, clock->line_id, clock->case_no,
                                 self->now_us, error);
  case BH_CLOCK_UNPAUSE:
  case BH_CLOCK_UNRESUME:
    return undo_pause (self, clock, done, error);
  case BH_CLOCK_UNEXTEND:
    return unextend (self, clock, done, error);
  case BH_CLOCK_EXTEND:
  default:
    return extend (self, clock, error);
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
  return request->what >= BH_CLOCK_EXTEND ||
         paused == (request->what == BH_CLOCK_RESUME || request->what == BH_CLOCK_UNPAUSE);
}

static gboolean
do_all (const Doing *self, GPtrArray *clocks, GError **error)
{
  const BhClockRequest *request = self->request;
  gboolean runs = FALSE;
  guint n = 0;

  for (guint i = 0; i < clocks->len; i++) {
    BhClockRecord *clock = g_ptr_array_index (clocks, i);
    gboolean done = FALSE;

    if (!does_fit (request, clock, &runs))
      continue;
    if (!may_be_then (self->desk, request, clock, self->now_us, error) ||
        !do_one (self, clock, &done, error))
      return FALSE;
    n += done;
  }
  if (n > 0)
    return TRUE;
  if (runs)
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: its %s %s (%s); look at it with `clock show`", request->number, request->kind,
                 acts[request->what].no, acts[request->what].rule);
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

static char *
text_of (const BhClockRequest *request, const char *moved)
{
  const char *reason = request->reason != NULL ? request->reason : "";

  switch (request->what) {
  case BH_CLOCK_EXTEND:
    return g_strdup_printf ("%s by %d days, %s: %s", request->kind, request->days, moved, reason);
  case BH_CLOCK_UNPAUSE:
    return g_strdup_printf ("%s pause taken back, %s: %s", request->kind, moved, reason);
  case BH_CLOCK_UNRESUME:
    return g_strdup_printf ("%s stands again, %s: %s", request->kind, moved, reason);
  case BH_CLOCK_UNEXTEND:
    return g_strdup_printf ("%s extension taken back, %s: %s", request->kind, moved, reason);
  case BH_CLOCK_PAUSE:
  case BH_CLOCK_RESUME:
  default:
    return g_strdup_printf ("%s: %s", request->kind, reason);
  }
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
  g_autoptr (GString) moved_from = g_string_new (NULL);
  g_autoptr (GString) moved_to = g_string_new (NULL);
  Doing doing = { self, act, request, BH_C1, now_us, moved_from, moved_to };

  if (number == NULL || !is_valid (request, &doing.kind, error) ||
      !bh_desk_require (self, BH_MAY_CHASE, error) ||
      (request->time_stated && !bh_desk_require (self, BH_MAY_SET_TIME, error)) ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_store_lock_key (self->store, number, error) ||
      !bh_store_find_act (self->store, act, acts[request->what].what, &done, error))
    return FALSE;
  if (done != NULL)
    return TRUE; /* committed already: the caller lost its connection and asks again */
  if ((clocks = bh_desk_clocks_of (self, number, is_case, error)) == NULL ||
      !do_all (&doing, clocks, error))
    return FALSE;
  entity = g_strdup_printf ("%s:%s", is_case ? "case" : "rma", number);
  after = text_of (request, moved_to->str);
  return bh_desk_audit (self, act, acts[request->what].what, entity,
                        moved_from->len > 0 ? moved_from->str : NULL, after, now_us, error) &&
         bh_tx_commit (tx, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What acts do with clocks inside their own transaction (RULES §5). */

#include "clocks-private.h"

#include <string.h>

static GTimeZone *
zone_of (const char *name)
{
  GTimeZone *zone = bh_zone (name != NULL ? name : "UTC");

  return zone != NULL ? zone : g_time_zone_new_utc ();
}

gboolean
bh_desk_clock_count (BhDesk *self, BhClockRecord *clock, GArray **working, GError **error)
{
  g_autoptr (GTimeZone) zone = zone_of (clock->zone);
  BhClockKind kind = BH_C1;
  const BhClockTerm *term;
  BhClockInput input = { .start_us = clock->started_us,
                         .zone = zone,
                         .extra_days = clock->extra_days + clock->policy_days,
                         .pauses = (const BhPause *) clock->spans->data,
                         .n_pauses = clock->spans->len };
  BhClockEnd end;

  if (working != NULL)
    *working = NULL;
  bh_clock_kind_parse (clock->kind, &kind);
  term = bh_clock_term (kind, clock->level, clock->stage);
  if (term == NULL)
    return TRUE; /* a level that this program does not know: its date stands */
  input.calendar = bh_desk_calendar (self, clock->calendar, error);
  if (input.calendar == NULL)
    return FALSE;
  bh_clock_due (term, &input, &self->policy, &end, working);
  g_free (clock->due);
  clock->due = bh_day_format (end.day);
  clock->due_us = end.due_us;
  return TRUE;
}

static void
set_state (BhClockRecord *clock, const char *state)
{
  g_free (clock->state);
  clock->state = g_strdup (state);
}

/* C8: *possible FALSE: no return is expected */
static gboolean
export_days (BhDesk *self, const char *country, int *days, gboolean *possible, GError **error)
{
  g_autoptr (BhExportPolicy) policy = NULL;

  *days = 0;
  *possible = TRUE;
  if (country == NULL)
    return TRUE;
  if (!bh_store_export_policy (self->store, country, &policy, error))
    return FALSE;
  if (policy != NULL) {
    *days = policy->extra_days;
    *possible = policy->possible;
  }
  return TRUE;
}

gboolean
bh_desk_clock_start (BhDesk *self, const BhClockStart *start, gint64 at_us, GError **error)
{
  g_autoptr (BhClockRecord) clock = bh_clock_record_new ();
  gboolean possible = TRUE;

  if (bh_clock_term (start->kind, start->level, start->stage) == NULL)
    return TRUE;
  if (start->kind == BH_C1 &&
      (!bh_store_country_of_line (self->store, start->line_id, &clock->country, error) ||
       !export_days (self, clock->country, &clock->policy_days, &possible, error)))
    return FALSE;
  if (!possible)
    return TRUE;
  clock->line_id = start->line_id;
  clock->case_no = g_strdup (start->case_no);
  clock->kind = g_strdup (bh_clock_kind_name (start->kind));
  clock->stage = g_strdup (start->stage);
  clock->level = g_strdup (start->level);
  clock->started_us = at_us;
  clock->zone = g_strdup (start->zone != NULL ? start->zone : "UTC");
  clock->calendar = g_strdup (start->calendar);
  return bh_desk_clock_count (self, clock, NULL, error) &&
         bh_store_put_clock (self->store, clock, error);
}

static gboolean
running (BhDesk *self, BhClockKind kind, gint64 line_id, const char *case_no, BhClockRecord **clock,
         GError **error)
{
  return bh_store_running_clock (self->store, bh_clock_kind_name (kind), line_id, case_no, clock,
                                 error);
}

/* While a pause has no end nothing is missed. */
static gboolean
is_missed (const BhClockRecord *clock, gint64 at_us)
{
  g_autoptr (GTimeZone) zone = zone_of (clock->zone);

  if (clock->due == NULL)
    return FALSE;
  return clock->due_us != 0 ? at_us > clock->due_us
                            : bh_day_of (at_us, zone) > bh_day_parse (clock->due);
}

gboolean
bh_desk_clock_end (BhDesk *self, BhClockKind kind, gint64 line_id, const char *case_no,
                   gint64 at_us, GError **error)
{
  g_autoptr (BhClockRecord) clock = NULL;

  if (!running (self, kind, line_id, case_no, &clock, error))
    return FALSE;
  if (clock == NULL)
    return TRUE;
  set_state (clock, is_missed (clock, at_us) ? "missed" : "met");
  clock->ended_us = at_us;
  return bh_store_set_clock (self->store, clock, error);
}

gboolean
bh_desk_clock_void (BhDesk *self, BhClockKind kind, gint64 line_id, const char *case_no,
                    gint64 at_us, GError **error)
{
  g_autoptr (BhClockRecord) clock = NULL;

  if (!running (self, kind, line_id, case_no, &clock, error))
    return FALSE;
  if (clock == NULL)
    return TRUE;
  set_state (clock, "void");
  clock->ended_us = at_us;
  return bh_store_set_clock (self->store, clock, error);
}

/* The pauses that are on record, with the one that was just begun or ended. */
static gboolean
count_again (BhDesk *self, BhClockRecord *clock, GError **error)
{
  return bh_desk_clock_count (self, clock, NULL, error) &&
         bh_store_set_clock (self->store, clock, error);
}

gboolean
bh_desk_clock_pause (BhDesk *self, BhClockKind kind, gint64 line_id, const char *case_no,
                     const char *reason, gint64 at_us, GError **error)
{
  g_autoptr (BhClockRecord) clock = NULL;
  BhPause span = { at_us, G_MAXINT64 };

  if (!running (self, kind, line_id, case_no, &clock, error))
    return FALSE;
  if (clock == NULL || g_str_equal (clock->state, "paused"))
    return TRUE;
  g_array_append_val (clock->spans, span);
  set_state (clock, "paused");
  return bh_store_begin_pause (self->store, clock->id, at_us, reason, error) &&
         count_again (self, clock, error);
}

gboolean
bh_desk_clock_resume (BhDesk *self, BhClockKind kind, gint64 line_id, const char *case_no,
                      gint64 at_us, GError **error)
{
  g_autoptr (BhClockRecord) clock = NULL;

  if (!running (self, kind, line_id, case_no, &clock, error))
    return FALSE;
  if (clock == NULL || !g_str_equal (clock->state, "paused"))
    return TRUE;
  for (guint i = 0; i < clock->spans->len; i++) {
    BhPause *span = &g_array_index (clock->spans, BhPause, i);

    if (span->to_us == G_MAXINT64)
      span->to_us = at_us;
  }
  set_state (clock, "open");
  return bh_store_end_pause (self->store, clock->id, at_us, error) &&
         count_again (self, clock, error);
}

gboolean
bh_desk_clock_mend_pause (BhDesk *self, BhClockRecord *clock, guint n, gint64 to_us, GError **error)
{
  BhPauseRecord *pause = g_ptr_array_index (clock->pauses, n);

  pause->to_us = to_us;
  g_array_index (clock->spans, BhPause, n).to_us = to_us;
  set_state (clock, to_us == G_MAXINT64 ? "paused" : "open");
  return bh_store_set_pause_end (self->store, clock->id, pause->from_us, to_us, error);
}

gboolean
bh_desk_clock_last_pause (BhDesk *self, const BhClockRecord *clock, guint *n, BhClaim *claim,
                          GError **error)
{
  const BhPauseRecord *pause = NULL;

  *claim = (BhClaim){ 0 };
  *n = G_MAXUINT;
  for (guint i = 0; i < clock->pauses->len; i++) {
    const BhPauseRecord *one = g_ptr_array_index (clock->pauses, i);

    if (one->to_us == one->from_us)
      continue; /* taken back */
    pause = one;
    *n = i;
  }
  return pause == NULL || !g_str_has_prefix (pause->reason, BH_CLAIM_PAUSE) ||
         bh_store_find_claim (self->store, pause->reason + strlen (BH_CLAIM_PAUSE), claim, error);
}

gboolean
bh_desk_clock_reopen (BhDesk *self, BhClockKind kind, gint64 line_id, GError **error)
{
  g_autoptr (BhClockRecord) clock = NULL;

  if (!bh_store_reopen_clock (self->store, bh_clock_kind_name (kind), line_id, error) ||
      !running (self, kind, line_id, NULL, &clock, error))
    return FALSE;
  return clock == NULL || count_again (self, clock, error);
}

/* ---- recount (C11) ------------------------------------------------------------------- */

static char *
due_text (const BhClockRecord *clock)
{
  g_autoptr (GTimeZone) zone = NULL;

  if (clock->due_us == 0)
    return g_strdup (clock->due);
  zone = zone_of (clock->zone);
  return bh_time_format (clock->due_us, zone);
}

/* What a recount gathers. */
typedef struct {
  BhDesk *desk;
  GHashTable *policies; /* country → BhExportPolicy */
  GPtrArray *changed;   /* BhClockRecord, borrowed: to be written */
  gint64 now_us;
  const BhClockWatch *watch;
} Recount;

static void
tell_moved (const Recount *self, const BhClockRecord *clock, const char *from)
{
  g_autofree char *to = due_text (clock);
  BhMovedClock moved = { clock->rma, clock->case_no, clock->line, clock->kind, from, to };

  if (self->watch != NULL && self->watch->moved != NULL)
    self->watch->moved (&moved, self->watch->data);
}

static gboolean
recount (Recount *self, BhClockRecord *clock, GError **error)
{
  const BhExportPolicy *policy =
      clock->country != NULL ? g_hash_table_lookup (self->policies, clock->country) : NULL;
  g_autofree char *from = due_text (clock);
  g_autofree char *to = NULL;
  int policy_days = clock->policy_days;

  if (clock->country != NULL)
    clock->policy_days = policy != NULL ? policy->extra_days : 0;
  if (policy != NULL && !policy->possible) {
    set_state (clock, "void");
    clock->ended_us = self->now_us;
    g_clear_pointer (&clock->due, g_free);
    clock->due_us = 0;
    g_ptr_array_add (self->changed, clock);
    tell_moved (self, clock, from);
    return TRUE;
  }
  if (!bh_desk_clock_count (self->desk, clock, NULL, error))
    return FALSE;
  to = due_text (clock);
  if (policy_days != clock->policy_days || g_strcmp0 (from, to) != 0)
    g_ptr_array_add (self->changed, clock);
  if (g_strcmp0 (from, to) != 0)
    tell_moved (self, clock, from);
  return TRUE;
}

static void
read_policies (Recount *self, GPtrArray *policies)
{
  for (guint i = 0; i < policies->len; i++) {
    BhExportPolicy *policy = g_ptr_array_index (policies, i);

    g_hash_table_insert (self->policies, policy->country, policy);
  }
}

gboolean
bh_desk_clocks_recount (BhDesk *self, GPtrArray *clocks, gint64 now_us, const BhClockWatch *watch,
                        GError **error)
{
  g_autoptr (GPtrArray) policies = bh_store_export_policies (self->store, error);
  g_autoptr (GHashTable) by_country = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();
  Recount all = { self, by_country, changed, now_us, watch };

  if (policies == NULL)
    return FALSE;
  read_policies (&all, policies);
  for (guint i = 0; i < clocks->len; i++) {
    if (!recount (&all, g_ptr_array_index (clocks, i), error))
      return FALSE;
    if (i % 500 != 499 && i + 1 != clocks->len)
      continue;
    if (!bh_store_set_clocks (self->store, changed, error))
      return FALSE;
    g_ptr_array_set_size (changed, 0);
    if (watch != NULL && watch->progress != NULL)
      watch->progress (i + 1, clocks->len, watch->data);
  }
  return TRUE;
}

/* ---- light (C10) ---------------------------------------------------------------------- */

BhClockState
bh_desk_clock_light (BhDesk *self, BhClockKind kind, const char *due, gint64 due_us,
                     const char *zone, const char *calendar, BhDay on, gint64 now_us,
                     int *days_left, GError **error)
{
  g_autoptr (GTimeZone) tz = zone_of (zone);
  BhDay today = on != BH_DAY_NONE ? on : bh_day_of (now_us, tz);
  BhCalendar *holidays = bh_desk_calendar (self, calendar, error);

  *days_left = 0;
  if (holidays == NULL || due == NULL)
    return BH_CLOCK_OPEN;
  *days_left = bh_clock_days_left (kind, bh_day_parse (due), today, holidays);
  /* C5 and C6 are late from a time of the day on */
  if (due_us != 0 && on == BH_DAY_NONE && now_us > due_us)
    return BH_CLOCK_LATE;
  return bh_clock_light (kind, *days_left, &self->policy);
}

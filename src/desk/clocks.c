/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "clocks-private.h"

#include "backhaul/identifier.h"
#include "backhaul/rma-table.h"

static void
free_day (gpointer data)
{
  BhClockViewDay *day = data;

  g_free (day->date);
  g_free (day->why);
  g_free (day);
}

void
bh_clock_view_free (BhClockView *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->state);
  g_free (self->stage);
  g_free (self->level);
  g_free (self->rma);
  g_free (self->case_no);
  g_free (self->due);
  g_free (self->country);
  g_free (self->zone);
  g_free (self->calendar);
  g_clear_pointer (&self->days, g_ptr_array_unref);
  g_clear_pointer (&self->pauses, g_ptr_array_unref);
  g_free (self);
}

/* ---- what a clock says ----------------------------------------------------------------- */

/* A clock of hours has no days to count: it says how long it is. */
static char *
why_of (const BhClockRecord *clock, const BhClockDay *day, const BhClockTerm *term)
{
  if (term == NULL || term->count != BH_COUNT_HOURS || day->counted)
    return g_strdup (day->why);
  return g_strdup_printf ("day 0: %d hours from its beginning%s",
                          term->length + 24 * clock->extra_days,
                          clock->spans->len > 0 ? ", and as long as it was paused" : "");
}

static gboolean
show_days (BhDesk *self, BhClockRecord *clock, BhClockKind kind, BhClockView *view, GError **error)
{
  const BhClockTerm *term = bh_clock_term (kind, clock->level, clock->stage);
  g_autoptr (GArray) working = NULL;
  g_autofree char *due = g_strdup (clock->due);
  gint64 due_us = clock->due_us;

  view->days = g_ptr_array_new_with_free_func (free_day);
  if (!bh_desk_clock_count (self, clock, &working, error))
    return FALSE;
  /* an ended clock shows the date it had; its working is that of today's calendar */
  if (clock->id != 0) {
    g_free (clock->due);
    clock->due = g_steal_pointer (&due);
    clock->due_us = due_us;
  }
  for (guint i = 0; working != NULL && i < working->len; i++) {
    const BhClockDay *day = &g_array_index (working, BhClockDay, i);
    BhClockViewDay *row = g_new0 (BhClockViewDay, 1);

    row->date = bh_day_format (day->day);
    row->counted = day->counted;
    row->why = why_of (clock, day, term);
    g_ptr_array_add (view->days, row);
  }
  return TRUE;
}

/* Takes the texts of @clock. */
static BhClockView *
view_of (BhDesk *self, BhClockRecord *clock, gint64 now_us, GError **error)
{
  g_autoptr (BhClockView) view = g_new0 (BhClockView, 1);
  g_autoptr (GError) why = NULL;
  BhClockKind kind = BH_C1;

  bh_clock_kind_parse (clock->kind, &kind);
  if (!show_days (self, clock, kind, view, error))
    return NULL;
  view->kind = g_steal_pointer (&clock->kind);
  view->state = g_steal_pointer (&clock->state);
  view->stage = g_steal_pointer (&clock->stage);
  view->level = g_steal_pointer (&clock->level);
  view->rma = g_steal_pointer (&clock->rma);
  view->line = clock->line;
  view->case_no = g_steal_pointer (&clock->case_no);
  view->started_us = clock->started_us;
  view->ended_us = clock->ended_us;
  view->due = g_steal_pointer (&clock->due);
  view->due_us = clock->due_us;
  view->extra_days = clock->extra_days;
  view->policy_days = clock->policy_days;
  view->country = g_steal_pointer (&clock->country);
  view->zone = g_steal_pointer (&clock->zone);
  view->calendar = g_steal_pointer (&clock->calendar);
  view->pauses = g_ptr_array_ref (clock->pauses);
  if (g_strcmp0 (view->state, "open") == 0) {
    BhClockState light =
        bh_desk_clock_light (self, kind, view->due, view->due_us, view->zone, view->calendar,
                             BH_DAY_NONE, now_us, &view->days_left, &why);

    g_free (view->state);
    view->state = g_strdup (bh_clock_state_name (light));
  }
  if (why != NULL) {
    g_propagate_error (error, g_steal_pointer (&why));
    return NULL;
  }
  return g_steal_pointer (&view);
}

char *
bh_desk_clock_number (const char *number, gboolean *is_case, GError **error)
{
  char *normal = bh_rma_normalise (number, -1);

  *is_case = FALSE;
  if (normal == NULL) {
    normal = bh_case_normalise (number, -1);
    *is_case = normal != NULL;
  }
  if (normal == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: neither an RMA number (I1) nor a case number (I2); look at it again", number);
  return normal;
}

GPtrArray *
bh_desk_clocks_of (BhDesk *self, const char *number, gboolean is_case, GError **error)
{
  g_autofree char *found = NULL;
  g_autoptr (GPtrArray) clocks = NULL;

  if (!(is_case ? bh_store_case_account (self->store, number, &found, error)
                : bh_store_rma_state (self->store, number, &found, error)))
    return NULL;
  if (found == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND, "%s: no such %s on record; search for it",
                 number, is_case ? "case" : "RMA");
    return NULL;
  }
  clocks =
      bh_store_clocks (self->store, is_case ? BH_CLOCKS_OF_CASE : BH_CLOCKS_OF_RMA, number, error);
  return g_steal_pointer (&clocks);
}

GPtrArray *
bh_desk_clock_views (BhDesk *self, const char *number, int line, gint64 now_us, GError **error)
{
  gboolean is_case = FALSE;
  g_autofree char *normal = bh_desk_clock_number (number, &is_case, error);
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (GPtrArray) clocks = NULL;
  g_autoptr (GPtrArray) views =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_clock_view_free);

  if (normal == NULL || !bh_desk_require (self, BH_MAY_READ, error) ||
      (tx = bh_store_begin_read (self->store, error)) == NULL ||
      (clocks = bh_desk_clocks_of (self, normal, is_case, error)) == NULL)
    return NULL;
  for (guint i = 0; i < clocks->len; i++) {
    BhClockRecord *clock = g_ptr_array_index (clocks, i);
    BhClockView *view;

    if (line != 0 && clock->line != line)
      continue;
    view = view_of (self, clock, now_us, error);
    if (view == NULL)
      return NULL;
    g_ptr_array_add (views, view);
  }
  return g_steal_pointer (&views);
}

/* ---- what if (K1) ---------------------------------------------------------------------- */

static gboolean
no_such_term (const BhClockQuestion *question, BhClockKind kind, GError **error)
{
  gsize n = 0;
  const BhClockTerm *terms = bh_clock_terms (&n);
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    if (terms[i].kind == kind && g_strcmp0 (terms[i].stage, "update") != 0)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", terms[i].level);
  if (question->level == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE, "%s: by which %s? Say one of %s", question->kind,
                 kind == BH_C5 ? "level" : "priority", names->str);
  else
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: nothing is promised by %s (%s); those that promise are %s", question->kind,
                 question->level, question->kind, names->str);
  return FALSE;
}

static gboolean
ask (BhDesk *self, const BhClockQuestion *question, BhClockKind kind, BhClockRecord *clock,
     GError **error)
{
  g_autoptr (BhExportPolicy) policy = NULL;
  g_autoptr (GTimeZone) zone = NULL;

  if (!bh_store_place (self->store, question->destination, &clock->zone, &clock->calendar, error))
    return FALSE;
  if (clock->zone == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such destination; `export destinations` names them",
                 question->destination);
    return FALSE;
  }
  zone = bh_zone (clock->zone);
  if (!bh_time_parse (question->from, zone, &clock->started_us, error))
    return FALSE;
  clock->kind = g_strdup (bh_clock_kind_name (kind));
  clock->state = g_strdup ("open");
  clock->level = g_strdup (question->level);
  clock->stage =
      kind == BH_C6 ? g_strdup (question->stage != NULL ? question->stage : "response") : NULL;
  clock->extra_days = question->extra_days;
  if (bh_clock_term (kind, clock->level, clock->stage) == NULL)
    return no_such_term (question, kind, error);
  if (kind != BH_C1 || question->country == NULL)
    return TRUE;
  if (!bh_store_export_policy (self->store, question->country, &policy, error))
    return FALSE;
  if (policy == NULL)
    return TRUE;
  clock->country = g_strdup (policy->country);
  clock->policy_days = policy->extra_days;
  if (!policy->possible)
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: export from there is not possible, no return is expected (C8); ask for a "
                 "certificate of destruction",
                 policy->country);
  return policy->possible;
}

BhClockView *
bh_desk_clock_what_if (BhDesk *self, const BhClockQuestion *question, gint64 now_us, GError **error)
{
  g_autoptr (BhClockRecord) clock = bh_clock_record_new ();
  BhClockKind kind = BH_C1;

  if (!bh_desk_require (self, BH_MAY_READ, error))
    return NULL;
  if (!bh_clock_kind_parse (question->kind, &kind)) {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE, "%s: no such clock; say C1 to C6",
                 question->kind);
    return NULL;
  }
  return ask (self, question, kind, clock, error) ? view_of (self, clock, now_us, error) : NULL;
}

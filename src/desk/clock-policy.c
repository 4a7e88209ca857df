/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What the dates of clocks follow: the site's policy and countries' export policies
 * (RULES ▲, C8). A change counts the clocks that run again (C11). */

#include "clocks-private.h"

#include <string.h>

#include "backhaul/entitlement.h"

GPtrArray *
bh_desk_export_policies (BhDesk *self, GError **error)
{
  return bh_desk_require (self, BH_MAY_READ, error) ? bh_store_export_policies (self->store, error)
                                                    : NULL;
}

static gboolean
is_valid (const BhExportPolicy *policy, GError **error)
{
  if (strlen (policy->country) != 2 || !g_ascii_isupper (policy->country[0]) ||
      !g_ascii_isupper (policy->country[1])) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: not a country; write its two letters, as DE (ISO 3166)", policy->country);
    return FALSE;
  }
  if (policy->extra_days < 0 || policy->extra_days > 3650) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%d: not a number of days; give 0 to 3650",
                 policy->extra_days);
    return FALSE;
  }
  return TRUE;
}

static char *
policy_text (const BhExportPolicy *policy)
{
  if (policy == NULL)
    return NULL;
  return policy->possible ? g_strdup_printf ("%d days", policy->extra_days)
                          : g_strdup ("no return is possible");
}

static gboolean
change (BhDesk *self, const BhExportPolicy *policy, gboolean drop, GError **error)
{
  gint64 dropped = 0;

  if (!drop)
    return bh_store_put_export_policy (self->store, policy, error);
  if (!bh_store_drop_export_policy (self->store, policy->country, &dropped, error))
    return FALSE;
  if (dropped == 0)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: there is no export policy for it; `export-policy list` shows them",
                 policy->country);
  return dropped > 0;
}

/* While no return was possible the clock of a unit that nobody could send did not run:
 * the time is a pause. One that a person had paused stays so. */
static gboolean
revive (BhDesk *self, BhClockRecord *clock, gint64 now_us, GError **error)
{
  BhPause span = { clock->ended_us, now_us };
  gboolean paused = FALSE;

  for (guint i = 0; i < clock->spans->len; i++)
    paused = paused || g_array_index (clock->spans, BhPause, i).to_us == G_MAXINT64;
  g_free (clock->state);
  clock->state = g_strdup (paused ? "paused" : "open");
  clock->ended_us = 0;
  if (paused || span.from_us >= span.to_us)
    return bh_store_set_clock (self->store, clock, error);
  g_array_append_val (clock->spans, span);
  return bh_store_begin_pause (self->store, clock->id, span.from_us, "no return was possible (C8)",
                               error) &&
         bh_store_end_pause (self->store, clock->id, span.to_us, error) &&
         bh_store_set_clock (self->store, clock, error);
}

/* The return of what was confirmed meanwhile is expected from now on. */
static gboolean
begin_anew (BhDesk *self, const BhUnclockedLine *line, gint64 now_us, const BhClockWatch *watch,
            GError **error)
{
  const BhLevel *level = bh_level_find (line->level);
  BhClockStart start = {
    .kind = BH_C1, .line_id = line->id, .zone = line->zone, .calendar = line->calendar
  };
  g_autoptr (BhClockRecord) clock = NULL;
  BhMovedClock moved = { .rma = line->rma, .line = line->line, .kind = "C1" };

  if (self->policy.c1_on_delivery && level != NULL && level->replacement == BH_REPLACE_ADVANCE &&
      !line->delivered)
    return TRUE; /* it begins with the replacement's delivery */
  if (!bh_desk_clock_start (self, &start, now_us, error) ||
      !bh_store_running_clock (self->store, "C1", line->id, NULL, &clock, error))
    return FALSE;
  if (clock == NULL)
    return TRUE;
  moved.to = clock->due;
  if (watch != NULL && watch->moved != NULL)
    watch->moved (&moved, watch->data);
  return TRUE;
}

/* C8: returns from there are possible again. @clocks: to be counted, gets those that are back. */
static gboolean
expect_again (BhDesk *self, const char *country, GPtrArray *clocks, gint64 now_us,
              const BhClockWatch *watch, GError **error)
{
  g_autoptr (GPtrArray) back = bh_store_clocks (self->store, BH_CLOCKS_IMPOSSIBLE, country, error);
  g_autoptr (GPtrArray) lines =
      back != NULL ? bh_store_unclocked (self->store, country, error) : NULL;

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; i < back->len; i++)
    if (!revive (self, g_ptr_array_index (back, i), now_us, error))
      return FALSE;
  g_ptr_array_extend_and_steal (clocks, g_steal_pointer (&back));
  for (guint i = 0; i < lines->len; i++)
    if (!begin_anew (self, g_ptr_array_index (lines, i), now_us, watch, error))
      return FALSE;
  return TRUE;
}

gboolean
bh_desk_put_export_policy (BhDesk *self, const BhExportPolicy *policy, gboolean drop, gint64 now_us,
                           const BhClockWatch *watch, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (BhExportPolicy) was = NULL;
  g_autoptr (GPtrArray) clocks = NULL;
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *entity = g_strconcat ("export-policy:", policy->country, NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = drop ? NULL : policy_text (policy);

  if (!bh_desk_require (self, BH_MAY_POLICY, error) || !is_valid (policy, error) ||
      (tx = bh_desk_begin_rules (self, error)) == NULL ||
      !bh_store_export_policy (self->store, policy->country, &was, error) ||
      !change (self, policy, drop, error) ||
      (clocks = bh_store_clocks (self->store, BH_CLOCKS_BY_COUNTRY, policy->country, error)) ==
          NULL ||
      (was != NULL && !was->possible && (drop || policy->possible) &&
       !expect_again (self, policy->country, clocks, now_us, watch, error)) ||
      !bh_desk_clocks_recount (self, clocks, now_us, watch, error))
    return FALSE;
  before = policy_text (was);
  return bh_desk_audit (self, act, "export-policy", entity, before, after, now_us, error) &&
         bh_tx_commit (tx, error);
}

gboolean
bh_desk_set_policy (BhDesk *self, const char *key, const char *value, gint64 now_us,
                    const BhClockWatch *watch, GError **error)
{
  BhPolicy was;
  BhPolicy trial;
  g_autofree char *before = NULL;
  g_autofree char *entity = g_strconcat ("policy:", key, NULL);
  g_autofree char *act = g_uuid_string_random ();
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (GPtrArray) clocks = NULL;
  gboolean ok;

  if (!bh_desk_require (self, BH_MAY_POLICY, error) ||
      (tx = bh_desk_begin_rules (self, error)) == NULL)
    return FALSE;
  was = trial = self->policy;
  if (!bh_policy_set (&trial, key, value, error) ||
      !bh_store_set_setting (self->store, key, value, error))
    return FALSE;
  before = bh_policy_get (&was, key);
  /* calendars were read with the working week of before */
  self->policy = trial;
  bh_desk_drop_calendars (self);
  ok = (clocks = bh_store_clocks (self->store, BH_CLOCKS_RUNNING, NULL, error)) != NULL &&
       bh_desk_clocks_recount (self, clocks, now_us, watch, error) &&
       bh_desk_audit (self, act, "policy", entity, before, value, now_us, error) &&
       bh_tx_commit (tx, error);
  if (!ok) {
    self->policy = was;
    bh_desk_drop_calendars (self);
  }
  return ok;
}

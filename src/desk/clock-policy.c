/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What the dates of clocks follow: the site's policy and countries' export policies
 * (RULES ▲, C8). A change counts the clocks that run again (C11). */

#include "clocks-private.h"

#include <string.h>

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

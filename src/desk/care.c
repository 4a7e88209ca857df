/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "backhaul/care.h"

#include "backhaul/audit.h"
#include "desk-private.h"

gboolean
bh_desk_check (BhDesk *self, void (*found) (const char *what, gpointer data), gpointer data,
               GError **error)
{
  g_autofree char *bad = NULL;
  gint64 entries = 0;

  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      !bh_store_integrity (self->store, found, data, error) ||
      !bh_desk_audit_verify (self, &entries, &bad, error))
    return FALSE;
  if (bad != NULL) {
    g_autofree char *what = g_strdup_printf ("the journal was altered at %s", bad);

    found (what, data);
  }
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "backhaul/print.h"

#include "desk-private.h"

gboolean
bh_desk_record_print (BhDesk *self, const char *what, const char *target, int copies, gint64 now_us,
                      GError **error)
{
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *entity = g_strconcat ("label:", what, NULL);
  g_autofree char *after = g_strdup_printf ("%d to %s", copies, target);
  g_autoptr (BhTx) tx = NULL;

  return bh_desk_require (self, BH_MAY_PRINT, error) &&
         (tx = bh_desk_begin (self, error)) != NULL &&
         bh_desk_audit (self, act, "print", entity, NULL, after, now_us, error) &&
         bh_tx_commit (tx, error);
}

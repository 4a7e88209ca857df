/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "in-block.h"

char *
bh_in_block_list (void)
{
  GString *list = g_string_new (NULL);

  for (guint i = 1; i <= BH_IN_BLOCK; i++)
    g_string_append_printf (list, "%s$%u", i > 1 ? "," : "", i);
  return g_string_free (list, FALSE);
}

gboolean
bh_in_block_bind (BhStmt *stmt, GPtrArray *values, guint from, GError **error)
{
  for (guint i = 0; i < BH_IN_BLOCK; i++) {
    const char *value = from + i < values->len ? g_ptr_array_index (values, from + i) : NULL;

    if (!bh_stmt_bind_text (stmt, (int) i + 1, value, error))
      return FALSE;
  }
  return TRUE;
}

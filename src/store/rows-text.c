/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "rows-text.h"

#include "backhaul/store.h"

char *
bh_stmt_dup_text (BhStmt *self, int column)
{
  return g_strdup (bh_stmt_text (self, column));
}

static char *
put_together (const BhRowsText *self, guint n)
{
  GString *sql = g_string_new (self->head);

  for (guint i = 0; i < n; i++) {
    g_string_append (sql, i > 0 ? ", ($1" : "($1");
    for (guint column = 0; column < self->columns; column++)
      g_string_append_printf (sql, ", $%u", 2 + i * self->columns + column);
    g_string_append_c (sql, ')');
  }
  return g_string_free (sql, FALSE);
}

const char *
bh_rows_text (BhRowsText *self, guint n)
{
  g_return_val_if_fail (n > 0 && n <= BH_ROWS_AT_ONCE, NULL);
  if (g_once_init_enter (&self->texts[n]))
    g_once_init_leave (&self->texts[n], (gsize) put_together (self, n));
  return (const char *) self->texts[n];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* When a clock stood still (C9). */

#include "backhaul/clock-store.h"

gboolean
bh_store_begin_pause (BhStore *self, gint64 clock_id, gint64 from_us, const char *reason,
                      GError **error)
{
  return bh_store_run (self, NULL, error,
                       "INSERT INTO clock_pause (clock_id, from_us, reason) VALUES ($1, $2, $3)",
                       "iit", clock_id, from_us, reason);
}

gboolean
bh_store_end_pause (BhStore *self, gint64 clock_id, gint64 to_us, GError **error)
{
  return bh_store_run (self, NULL, error,
                       "UPDATE clock_pause SET to_us = $1 WHERE clock_id = $2 AND to_us IS NULL",
                       "ii", to_us, clock_id);
}

gboolean
bh_store_set_pause_end (BhStore *self, gint64 clock_id, gint64 from_us, gint64 to_us,
                        GError **error)
{
  if (to_us == G_MAXINT64)
    return bh_store_run (self, NULL, error,
                         "UPDATE clock_pause SET to_us = NULL WHERE clock_id = $1 AND from_us = $2",
                         "ii", clock_id, from_us);
  return bh_store_run (self, NULL, error,
                       "UPDATE clock_pause SET to_us = $1 WHERE clock_id = $2 AND from_us = $3",
                       "iii", to_us, clock_id, from_us);
}

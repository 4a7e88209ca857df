/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/link.h"

#include "backhaul/now.h"
#include "store-private.h"

static BhPasswordFunc password_of;

void
bh_store_on_password (BhPasswordFunc func)
{
  password_of = func;
}

char *
bh_store_password (const char *uri)
{
  return password_of != NULL ? password_of (uri) : NULL;
}

gboolean
bh_store_rejoin (BhStore *self, GError **error)
{
  return bh_store_driver (self)->rejoin == NULL ||
         bh_store_driver (self)->rejoin (bh_store_db (self), error);
}

void
bh_store_on_link (BhStore *self, BhLinkFunc func, gpointer data)
{
  if (bh_store_driver (self)->on_link != NULL)
    bh_store_driver (self)->on_link (bh_store_db (self), func, data);
}

gboolean
bh_store_wait_for_room (BhStore *self)
{
  return bh_store_driver (self)->wait_for_room != NULL &&
         bh_store_driver (self)->wait_for_room (bh_store_db (self));
}

void
bh_store_look_after (BhStore *self)
{
  if (bh_store_driver (self)->look_after != NULL)
    bh_store_driver (self)->look_after (bh_store_db (self));
}

void
bh_store_set_patience (BhStore *self, int ms)
{
  if (bh_store_driver (self)->set_patience != NULL)
    bh_store_driver (self)->set_patience (bh_store_db (self), ms);
}

gboolean
bh_store_follow_clock (BhStore *self, gint64 *off_us, GError **error)
{
  gint64 before_us = bh_boot_us ();
  gint64 server_us = 0;
  gint64 taken_us;

  *off_us = 0;
  if (bh_store_driver (self)->server_now == NULL)
    return TRUE;
  if (!bh_store_driver (self)->server_now (bh_store_db (self), &server_us, error))
    return FALSE;
  taken_us = bh_boot_us () - before_us;
  /* it was read half-way */
  bh_now_follow (server_us, before_us + taken_us / 2);
  *off_us = g_get_real_time () - (server_us + taken_us / 2);
  return TRUE;
}

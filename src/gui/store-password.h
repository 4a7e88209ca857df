/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-address.h"

G_BEGIN_DECLS

/* The password of a site's store: in the keyring, or in a file that libpq reads. Never in the
 * settings, an argument or a log. */

/* From now on stores are opened with what is kept. */
void bh_store_password_use (void);
/* The password of the store at @uri for this run, before it is kept: as it was typed. */
void bh_store_password_try (const char *uri, const char *password);
/* Off the main thread. Errors: BH_ERROR_STORE, where no keyring runs. */
gboolean bh_store_password_keep (const BhStoreAddress *address, GError **error);
/* (transfer full): the file that only this user can read, in which the password is a line now
 * (~/.config/backhaul/pgpass, as libpq reads it). Errors: BH_ERROR_STORE. */
char *bh_store_password_file (const BhStoreAddress *address, GError **error);

G_END_DECLS

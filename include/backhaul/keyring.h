/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION:keyring
 *
 * Passwords of servers in the session's keyring, by libsecret: never in settings, arguments or
 * logs. Both calls ask a service over the session's bus: not on the main thread.
 */

/* (transfer full) (nullable): %NULL also where no keyring runs, which is no failure */
char *bh_keyring_find (const char *service, const char *host, const char *user);
/* @label: what people see in their keyring. Errors: BH_ERROR_STORE (none runs, or it refuses). */
gboolean bh_keyring_keep (const char *service, const char *host, const char *user,
                          const char *label, const char *password, GError **error);

G_END_DECLS

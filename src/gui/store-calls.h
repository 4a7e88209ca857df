/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-address.h"

G_BEGIN_DECLS

/* What is done with a store before a window works on it, each on a thread of its own. */

/* Where a store of this computer is: sqlite:$XDG_DATA_HOME/backhaul/backhaul.db */
char *bh_store_of_this_computer (void);
/* Whether it is there. */
gboolean bh_store_is_on_this_computer (void);

/* Opens the store at @uri, with @password if that is not NULL, and looks whether it is one that
 * this program can work on. A sentence that says so. */
void bh_call_store_test_async (const char *uri, const char *password, GAsyncReadyCallback callback,
                               gpointer data);
/* Makes the store of this computer; @sample: with the sample operation. Its URI. */
void bh_call_store_make_async (gboolean sample, GAsyncReadyCallback callback, gpointer data);
/* Keeps the password of @address: in the keyring, or with @in_file in a file, whose path is the
 * answer; else "". */
void bh_call_store_keep_async (const BhStoreAddress *address, gboolean in_file,
                               GAsyncReadyCallback callback, gpointer data);
/* (transfer full) */
char *bh_call_store_finish (GAsyncResult *result, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:operator
 *
 * Who is enrolled (RULES §2), as remembered. People sign in through operators.h.
 */

/**
 * BhOperatorRow:
 * @role: one of bh_role_name()
 * @pin_hash: (nullable): Argon2id, as libsodium writes it; NULL: no PIN was set, so the person
 *   cannot sign in
 */
typedef struct {
  char *login;
  char *name;
  char *role;
  gboolean authorised;
  char *email; /* NULL: none */
  char *pin_hash;
  gboolean disabled;
} BhOperatorRow;

void bh_operator_row_free (BhOperatorRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhOperatorRow, bh_operator_row_free)

gboolean bh_store_any_operator (BhStore *self, gboolean *any, GError **error);
/* Has anybody a PIN who is not disabled? From then on all sign in. */
gboolean bh_store_any_pin (BhStore *self, gboolean *any, GError **error);
/* (out) (nullable): *row is NULL when @login is not on record. */
gboolean
bh_store_find_operator (BhStore *self, const char *login, BhOperatorRow **row, GError **error);
/* (element-type BhOperatorRow) (transfer full): all, by login */
GPtrArray *bh_store_operators (BhStore *self, GError **error);
/* Writes all of @row over what stands under its login. */
gboolean bh_store_put_operator (BhStore *self, const BhOperatorRow *row, GError **error);
/* The hash of their PIN alone. */
gboolean bh_store_set_pin (BhStore *self, const char *login, const char *hash, GError **error);

/* Wrong PINs of @login at @station, and when the last was; 0 and 0: none. */
gboolean bh_store_sign_in_tries (BhStore *self, const char *station, const char *login,
                                 gint64 *wrong, gint64 *last_us, GError **error);
/* One more; from 1 on when the last was before @since_us. The row is locked until the transaction
 * ends: of many at once each gets a number of its own. */
gboolean bh_store_count_sign_in_try (BhStore *self, const char *station, const char *login,
                                     gint64 since_us, gint64 now_us, gint64 *wrong, GError **error);
gboolean bh_store_set_sign_in_tries (BhStore *self, const char *station, const char *login,
                                     gint64 wrong, gint64 last_us, GError **error);
gboolean bh_store_clear_sign_in_tries (BhStore *self, const char *station, const char *login,
                                       GError **error);

G_END_DECLS

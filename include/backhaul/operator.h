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
 *   cannot sign in by login
 * @badge_us: when their badge was made; 0: they have none
 * @seen_us: when they last signed in; 0: never
 * @seen_at: (nullable): at which station that was
 */
typedef struct {
  char *login;
  char *name;
  char *role;
  gboolean authorised;
  char *email; /* NULL: none */
  char *pin_hash;
  gboolean disabled;
  gint64 badge_us;
  gint64 seen_us;
  char *seen_at;
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
/* Whose badge it is, by the hash of its code. (out) (nullable): *row is NULL when it is nobody's.
 */
gboolean bh_store_find_badge (BhStore *self, const char *hash, BhOperatorRow **row, GError **error);
/* @hash NULL: they have none from here on. */
gboolean bh_store_set_badge (BhStore *self, const char *login, const char *hash, gint64 made_us,
                             GError **error);
gboolean bh_store_set_seen (BhStore *self, const char *login, const char *station, gint64 at_us,
                            GError **error);
/* Writes @row over what stands under its login; badge and sign-ins are not touched. */
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

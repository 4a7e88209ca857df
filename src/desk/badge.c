/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* RULES §2: badges. Their code stands on the badge and nowhere else: the store has its hash, the
 * audit that there was a new one. */

#include "backhaul/badge.h"

#include <sodium.h>
#include <string.h>

#include "backhaul/operators.h"
#include "operators-private.h"
#include "sign-in-private.h"

#define CHANCE_BYTES ((BH_BADGE_CHANCE * 5 + 7) / 8)

char *
bh_badge_new (GError **error)
{
  guchar chance[CHANCE_BYTES];
  char *text;

  if (!bh_sodium_ready (error))
    return NULL;
  randombytes_buf (chance, sizeof chance);
  text = bh_badge_text (chance, sizeof chance);
  sodium_memzero (chance, sizeof chance);
  return text;
}

/* A code of 100 bits needs neither salt nor a slow hash, and is found by an index. */
char *
bh_badge_hash (const char *text)
{
  guchar hash[crypto_generichash_BYTES];
  char hex[2 * sizeof hash + 1];
  char *badge = bh_badge_parse (text, strlen (text));

  if (badge == NULL || !bh_sodium_ready (NULL)) {
    bh_badge_free (badge);
    return NULL;
  }
  crypto_generichash (hash, sizeof hash, (const guchar *) badge, strlen (badge), NULL, 0);
  sodium_bin2hex (hex, sizeof hex, hash, sizeof hash);
  bh_badge_free (badge);
  return g_strdup (hex);
}

gboolean
bh_desk_set_badge (BhDesk *self, const BhWhen *when, const char *login, const char *badge,
                   GError **error)
{
  g_autofree char *hash = badge != NULL ? bh_badge_hash (badge) : NULL;
  const char *what = badge != NULL ? "badge" : "withdraw-badge";
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (BhOperatorRow) row = NULL;
  gboolean done = FALSE;

  if (badge != NULL && hash == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "badge: its code is none of this program's; let it make a new one");
    return FALSE;
  }
  if (!bh_desk_may_enrol (self, error) || (tx = bh_desk_begin_rules (self, error)) == NULL ||
      !bh_desk_is_done (self, when, what, &done, error) ||
      (row = bh_desk_get_operator (self, login, error)) == NULL)
    return FALSE;
  if (done)
    return TRUE;
  return bh_store_set_badge (self->store, login, hash, when->at_us, error) &&
         bh_desk_tell_operator (self, when, what, login, row->badge_us != 0 ? "a badge" : NULL,
                                badge != NULL ? "a new badge" : NULL, error) &&
         bh_tx_commit (tx, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include <sodium.h>
#include <string.h>
#include <sys/resource.h>

#include "backhaul/error.h"
#include "backhaul/operators.h"
#include "operators-private.h"

/* The least that OWASP's guide on storing passwords gives for Argon2id. A PIN is short: what
 * keeps it is the number of tries, the hash is for who steals a backup. */
#define PASSES 2
#define MEMORY (19u * 1024 * 1024)

gboolean
bh_pin_check (const char *pin, GError **error)
{
  gsize length = strlen (pin);

  if (length >= BH_PIN_LEAST && length <= BH_PIN_MOST && strspn (pin, "0123456789") == length)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "the PIN: it is not %d to %d digits; choose another", BH_PIN_LEAST, BH_PIN_MOST);
  return FALSE;
}

gboolean
bh_sodium_ready (GError **error)
{
  if (sodium_init () >= 0)
    return TRUE;
  g_set_error_literal (error, BH_ERROR, BH_ERROR_STORE,
                       "no source of chance on this computer; restart it");
  return FALSE;
}

char *
bh_pin_hash (const char *pin, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];

  if (!bh_sodium_ready (error))
    return NULL;
  if (crypto_pwhash_str (hash, pin, strlen (pin), PASSES, MEMORY) == 0)
    return g_strdup (hash);
  g_set_error_literal (error, BH_ERROR, BH_ERROR_STORE,
                       "PIN: not enough memory; close other programs");
  return NULL;
}

gboolean
bh_pin_matches (const char *hash, const char *pin)
{
  /* what no PIN matches, at the same cost: of 31 random letters, forgotten */
  static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$5ZPGgWdJYkmpN+gV7RFc+g$Q"
                               "8TCIMk1gQ2NnIuvFLtDyc7LEzwt0z2XsT+nJgaJ0KQ";
  gboolean matches;

  if (!bh_sodium_ready (NULL))
    return FALSE;
  matches = crypto_pwhash_str_verify (hash != NULL ? hash : nobody, pin, strlen (pin)) == 0;
  return matches && hash != NULL;
}

void
bh_pin_free (char *pin)
{
  if (pin != NULL)
    sodium_memzero (pin, strlen (pin));
  g_free (pin);
}

void
bh_pin_no_core (void)
{
  const struct rlimit none = { 0, 0 };

  if (setrlimit (RLIMIT_CORE, &none) != 0)
    g_debug ("cores cannot be switched off");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* F6: the signature under a checkpoint, and the key that it is made with. */

#include "checkpoint-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "secret-file.h"

G_STATIC_ASSERT (crypto_sign_SEEDBYTES == BH_SECRET_SIZE);

struct _BhSigner {
  char key[2 * crypto_sign_PUBLICKEYBYTES + 1];
  guchar secret[crypto_sign_SECRETKEYBYTES];
};

/* A station's name is free text, a file's is not. */
static char *
path_of (const char *folder, const char *station)
{
  g_autofree char *own =
      folder == NULL ? g_build_filename (g_get_user_data_dir (), "backhaul", "stations", NULL)
                     : NULL;
  g_autofree char *escaped = g_uri_escape_string (station, NULL, FALSE);
  g_autofree char *name = g_strconcat (escaped, ".key", NULL);

  return g_build_filename (folder != NULL ? folder : own, name, NULL);
}

BhSigner *
bh_signer_open (const char *folder, const char *station, GError **error)
{
  g_autofree char *path = path_of (folder, station);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *whose = g_strdup_printf ("the station %s", station);
  guchar public[crypto_sign_PUBLICKEYBYTES];
  g_autoptr (GBytes) seed = NULL;
  BhSigner *self;

  if (g_mkdir_with_parents (parent, 0700) != 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "%s: cannot make the folder of stations' keys: %s; look at the disk", parent,
                 g_strerror (errno));
    return NULL;
  }
  seed = bh_secret_file (path, whose, error);
  if (seed == NULL)
    return NULL;
  self = g_new0 (BhSigner, 1);
  crypto_sign_seed_keypair (public, self->secret, g_bytes_get_data (seed, NULL));
  sodium_bin2hex (self->key, sizeof self->key, public, sizeof public);
  return self;
}

void
bh_signer_free (BhSigner *self)
{
  if (self == NULL)
    return;
  sodium_memzero (self, sizeof *self);
  g_free (self);
}

const char *
bh_signer_key (BhSigner *self)
{
  return self->key;
}

/* What is signed. The first field keeps a signature from meaning anything else. */
static char *
message_of (const BhCheckpoint *it)
{
  g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, it->from);
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, it->seq);
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, it->at_us);
  const char *fields[] = {
    "backhaul checkpoint 1", it->station, from, seq, it->hash, time, it->key, it->marks
  };

  return bh_audit_digest (fields, G_N_ELEMENTS (fields));
}

void
bh_signer_sign (BhSigner *self, BhCheckpoint *checkpoint)
{
  guchar signature[crypto_sign_BYTES];
  char text[2 * crypto_sign_BYTES + 1];
  g_autofree char *message = NULL;

  g_free (checkpoint->key);
  g_free (checkpoint->signature);
  checkpoint->key = g_strdup (self->key);
  message = message_of (checkpoint);
  crypto_sign_detached (signature, NULL, (const guchar *) message, strlen (message), self->secret);
  sodium_bin2hex (text, sizeof text, signature, sizeof signature);
  checkpoint->signature = g_strdup (text);
}

static gboolean
from_hex (const char *text, guchar *bytes, gsize size)
{
  gsize n = 0;

  return strlen (text) == 2 * size &&
         sodium_hex2bin (bytes, size, text, strlen (text), NULL, &n, NULL) == 0 && n == size;
}

gboolean
bh_checkpoint_is_signed (const BhCheckpoint *checkpoint)
{
  guchar key[crypto_sign_PUBLICKEYBYTES];
  guchar signature[crypto_sign_BYTES];
  g_autofree char *message = NULL;

  if (sodium_init () < 0 || !from_hex (checkpoint->key, key, sizeof key) ||
      !from_hex (checkpoint->signature, signature, sizeof signature))
    return FALSE;
  message = message_of (checkpoint);
  return crypto_sign_verify_detached (signature, (const guchar *) message, strlen (message), key) ==
         0;
}

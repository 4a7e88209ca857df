/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* Was this key in the file before? Exact, and in the same memory for ten rows
 * and ten million: a Bloom filter says "surely not" for nearly all, and what it
 * may have seen is looked up in a log of all keys on disk, without a name, so
 * that it goes with the process. */

#include "transfer-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define FILTER_BITS (1u << 27) /* 16 MiB: some in a thousand are looked up at ten million keys */
#define PROBES      5
#define HELD        16384 /* entries that wait for their write */

typedef struct {
  guint64 hash[2]; /* 128 bits: no two keys of a file share them by chance */
  gint64 line;
} Entry;

struct _BhSeen {
  guint64 seed;
  guint64 *filter; /* made with the first key; pages are only there once touched */
  Entry *held;
  guint n_held;
  gint64 n_written;
  int fd;
};

BhSeen *
bh_seen_new (void)
{
  BhSeen *self = g_new0 (BhSeen, 1);

  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  self->fd = -1;
  return self;
}

void
bh_seen_free (BhSeen *self)
{
  if (self == NULL)
    return;
  free (self->filter);
  g_free (self->held);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

static guint64
mix (guint64 h)
{
  h ^= h >> 33;
  h *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  h ^= h >> 33;
  h *= G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return h ^ h >> 33;
}

static void
hash_key (BhSeen *self, const char *key, guint64 hash[2])
{
  guint64 a = self->seed;
  guint64 b = ~self->seed;
  gsize left = strlen (key);

  a ^= left;
  while (left > 0) {
    guint64 word = 0;
    gsize n = MIN (left, sizeof word);

    memcpy (&word, key, n);
    a = mix (a ^ word);
    b = mix (b + word * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
    key += n;
    left -= n;
  }
  hash[0] = a;
  hash[1] = b;
}

static gboolean
fail (const char *what, GError **error)
{
  g_set_error (error, BH_ERROR, errno == ENOSPC ? BH_ERROR_FULL : BH_ERROR_STORE,
               "import: %s: %s; make room in the folder for temporary files", what,
               g_strerror (errno));
  return FALSE;
}

static gboolean
open_log (BhSeen *self, GError **error)
{
  g_autofree char *name = NULL;

  self->fd = g_file_open_tmp ("backhaul-XXXXXX", &name, error);
  if (self->fd < 0)
    return FALSE;
  g_unlink (name);
  return TRUE;
}

static gboolean
write_held (BhSeen *self, GError **error)
{
  const char *from = (const char *) self->held;
  gsize left = self->n_held * sizeof (Entry);

  if (self->fd < 0 && !open_log (self, error))
    return FALSE;
  while (left > 0) {
    gssize put = write (self->fd, from, left);

    if (put < 0 && errno == EINTR)
      continue;
    if (put <= 0)
      return fail ("cannot write its list of keys", error);
    from += put;
    left -= (gsize) put;
  }
  self->n_written += self->n_held;
  self->n_held = 0;
  return TRUE;
}

static const Entry *
find_in (const Entry *entries, gsize n, const guint64 hash[2])
{
  for (gsize i = 0; i < n; i++)
    if (entries[i].hash[0] == hash[0] && entries[i].hash[1] == hash[1])
      return &entries[i];
  return NULL;
}

static gboolean
find (BhSeen *self, const guint64 hash[2], gint64 *first, GError **error)
{
  const Entry *hit = find_in (self->held, self->n_held, hash);
  g_autofree Entry *block = NULL;

  block = g_new (Entry, HELD);
  for (gint64 at = 0; hit == NULL && at < self->n_written;) {
    gsize want = (gsize) MIN (HELD, self->n_written - at);
    gssize got = pread (self->fd, block, want * sizeof (Entry), at * (gint64) sizeof (Entry));

    if (got < 0 && errno == EINTR)
      continue;
    if (got < (gssize) sizeof (Entry))
      return fail ("cannot read its list of keys", error);
    got /= (gssize) sizeof (Entry);
    hit = find_in (block, (gsize) got, hash);
    at += got;
  }
  *first = hit != NULL ? hit->line : 0;
  return TRUE;
}

gboolean
bh_seen_add (BhSeen *self, const char *key, gint64 line, gint64 *first, GError **error)
{
  guint64 hash[2];
  guint64 *block;
  gboolean maybe = TRUE;

  if (self->filter == NULL) {
    /* calloc: the kernel gives pages when they are touched */
    self->filter = calloc (FILTER_BITS / 64, sizeof (guint64));
    self->held = g_new (Entry, HELD);
    if (self->filter == NULL)
      return fail ("no memory for its list of keys", error);
  }
  hash_key (self, key, hash);
  /* all its bits lie in one line of the processor's cache */
  block = self->filter + (hash[0] % (FILTER_BITS / 512)) * 8;
  for (guint i = 0; i < PROBES; i++) {
    guint bit = (guint) (hash[1] >> (i * 9)) % 512;

    maybe &= (block[bit / 64] & G_GUINT64_CONSTANT (1) << (bit % 64)) != 0;
    block[bit / 64] |= G_GUINT64_CONSTANT (1) << (bit % 64);
  }
  *first = 0;
  if (maybe && !find (self, hash, first, error))
    return FALSE;
  if (*first != 0)
    return TRUE;
  self->held[self->n_held++] = (Entry){ { hash[0], hash[1] }, line };
  return self->n_held < HELD || write_held (self, error);
}

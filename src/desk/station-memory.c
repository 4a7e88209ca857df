/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What a station remembers of its store (decision 0067): one encrypted file beside the journal,
 * put in place whole. */

#include "station-memory.h"

#include <sodium.h>
#include <string.h>

#define MAGIC     "BHSTATN1"
#define HEAD_SIZE (sizeof MAGIC - 1 + crypto_secretbox_NONCEBYTES)

struct _BhStationMemory {
  char *fault; /* NULL: @packed is there */
  char *copy;
  GVariant *packed;
  char *origin; /* NULL: none */
};

static void
memory_clear (gpointer data)
{
  BhStationMemory *self = data;

  g_clear_pointer (&self->packed, g_variant_unref);
  g_free (self->fault);
  g_free (self->copy);
  g_free (self->origin);
}

BhStationMemory *
bh_station_memory_ref (BhStationMemory *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
bh_station_memory_unref (BhStationMemory *self)
{
  g_atomic_rc_box_release_full (self, memory_clear);
}

/* @packed: (nullable) (transfer full) */
static BhStationMemory *
memory_new (const char *copy, GVariant *packed)
{
  BhStationMemory *self = g_atomic_rc_box_new0 (BhStationMemory);

  self->copy = g_strdup (copy);
  self->packed = packed;
  if (packed != NULL)
    g_variant_get_child (packed, BH_MEMORY_ORIGIN, "s", &self->origin);
  if (self->origin != NULL && *self->origin == '\0')
    g_clear_pointer (&self->origin, g_free);
  return self;
}

/* The journal's key is for streams only. */
static void
key_of (GBytes *journal, guchar key[crypto_secretbox_KEYBYTES])
{
  gsize size = 0;
  const guchar *from = g_bytes_get_data (journal, &size);

  crypto_generichash (key, crypto_secretbox_KEYBYTES, (const guchar *) MAGIC, strlen (MAGIC), from,
                      size);
}

static GVariant *
decrypt (const guchar *data, gsize size, GBytes *journal)
{
  gsize length = size - HEAD_SIZE - crypto_secretbox_MACBYTES;
  guchar key[crypto_secretbox_KEYBYTES];
  g_autofree guchar *plain = g_malloc (length + 1);
  g_autoptr (GBytes) bytes = NULL;
  gboolean ok;

  key_of (journal, key);
  ok = crypto_secretbox_open_easy (plain, data + HEAD_SIZE, size - HEAD_SIZE, data + strlen (MAGIC),
                                   key) == 0;
  sodium_memzero (key, sizeof key);
  if (!ok)
    return NULL;
  bytes = g_bytes_new_take (g_steal_pointer (&plain), length);
  return g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (BH_MEMORY), bytes, FALSE));
}

BhStationMemory *
bh_station_memory_read (const char *path, const char *copy, GBytes *key)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) why = NULL;
  GVariant *packed = NULL;
  BhStationMemory *self;
  gsize size = 0;

  if (g_file_get_contents (path, &data, &size, &why) &&
      size >= HEAD_SIZE + crypto_secretbox_MACBYTES && memcmp (data, MAGIC, strlen (MAGIC)) == 0)
    packed = decrypt ((const guchar *) data, size, key);
  self = memory_new (copy, packed);
  if (g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    self->fault = g_strdup ("nobody has worked at this station yet while the store was there");
  else if (packed == NULL)
    self->fault = g_strdup_printf ("what this station remembers of it cannot be read: %s",
                                   why != NULL ? why->message
                                               : "the file was altered, or the station's key is "
                                                 "another one");
  return self;
}

BhStationMemory *
bh_station_memory_write (const char *path, const char *copy, GBytes *journal, GVariant *packed,
                         GError **error)
{
  g_autoptr (GVariant) own = g_variant_ref_sink (packed);
  gsize length = g_variant_get_size (own);
  gsize size = HEAD_SIZE + length + crypto_secretbox_MACBYTES;
  g_autofree guchar *data = g_malloc (size);
  guchar key[crypto_secretbox_KEYBYTES];
  g_autoptr (GError) why = NULL;

  memcpy (data, MAGIC, strlen (MAGIC));
  randombytes_buf (data + strlen (MAGIC), crypto_secretbox_NONCEBYTES);
  key_of (journal, key);
  crypto_secretbox_easy (data + HEAD_SIZE, g_variant_get_data (own), length, data + strlen (MAGIC),
                         key);
  sodium_memzero (key, sizeof key);
  if (!g_file_set_contents_full (path, (const char *) data, (gssize) size,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 &why)) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "%s: cannot keep what is known of the store: %s; look at this station's disk",
                 path, why->message);
    return NULL;
  }
  return memory_new (copy, g_steal_pointer (&own));
}

const char *
bh_station_memory_fault (BhStationMemory *self)
{
  return self->fault;
}

GVariant *
bh_station_memory_get (BhStationMemory *self, gsize n)
{
  return g_variant_get_child_value (self->packed, n);
}

const char *
bh_station_memory_origin (BhStationMemory *self)
{
  return self->origin;
}

const char *
bh_station_memory_copy (BhStationMemory *self)
{
  return self->copy;
}

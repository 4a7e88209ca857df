/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* A file of segments, one for each time that the program ran: 'S' and the header of a
 * secretstream, then its entries: 'R', length, what is encrypted. Each entry is bound to its
 * place in the whole. How many there are, and how many of them are done, stands in a file beside,
 * under the same key, as an end that is cut off leaves no trace in a stream. */

#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define HEAD_SIZE crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define MORE_SIZE crypto_secretstream_xchacha20poly1305_ABYTES
#define MAX_ENTRY (64u << 20)

struct _BhJournal {
  char *path;
  char *mark_path;
  GBytes *key;
  int fd;
  GPtrArray *entries; /* of GBytes */
  char *damage;
  guint done; /* so many of them are received already */
  gboolean keep;
  guint64 segment;
  gboolean begun; /* a segment of this run */
  crypto_secretstream_xchacha20poly1305_state state;
};

typedef struct {
  guint64 n;
  guint64 done;
  guint64 keep;
  guchar sum[crypto_auth_BYTES];
} Mark;

static gboolean
fail (BhJournal *self, const char *what, GError **error)
{
  g_set_error (error, BH_ERROR, errno == ENOSPC ? BH_ERROR_FULL : BH_ERROR_STORE,
               "%s: %s: %s; look at this station's disk", self->path, what, g_strerror (errno));
  return FALSE;
}

/* ---- reading ------------------------------------------------------------------------- */

/* An entry's place, which is encrypted with it. */
static void
place_of (BhJournal *self, guchar place[16])
{
  guint64 words[] = { GUINT64_TO_LE (self->segment), GUINT64_TO_LE (self->entries->len) };

  memcpy (place, words, sizeof words);
}

static gboolean
read_entry (BhJournal *self, const guchar *data, gsize size)
{
  g_autofree guchar *plain = g_malloc (size);
  unsigned long long length = 0;
  guchar place[16];
  guchar tag = 0;

  place_of (self, place);
  if (crypto_secretstream_xchacha20poly1305_pull (&self->state, plain, &length, &tag, data, size,
                                                  place, sizeof place) != 0)
    return FALSE;
  g_ptr_array_add (self->entries, g_bytes_new (plain, length));
  return TRUE;
}

/* Returns how much of it is whole. */
static gsize
read_all (BhJournal *self, const guchar *data, gsize size)
{
  gboolean inside = FALSE;
  gsize at = 0;

  while (at < size) {
    if (data[at] == 'S' && size - at > HEAD_SIZE) {
      self->segment++;
      inside = crypto_secretstream_xchacha20poly1305_init_pull (
                   &self->state, data + at + 1, g_bytes_get_data (self->key, NULL)) == 0;
      at += 1 + HEAD_SIZE;
    } else if (data[at] == 'R' && inside && size - at > 5) {
      guint32 length;

      memcpy (&length, data + at + 1, sizeof length);
      length = GUINT32_FROM_LE (length);
      if (length < MORE_SIZE || length > MAX_ENTRY || length > size - at - 5)
        break;
      if (!read_entry (self, data + at + 5, length)) {
        self->damage = g_strdup_printf ("box %u of the journal was altered, or put there from"
                                        " elsewhere; it and those after it cannot be read",
                                        self->entries->len + 1);
        break;
      }
      at += 5 + length;
    } else {
      break;
    }
  }
  return at;
}

static void
sum_of (BhJournal *self, Mark *mark)
{
  crypto_auth (mark->sum, (const guchar *) mark, G_STRUCT_OFFSET (Mark, sum),
               g_bytes_get_data (self->key, NULL));
}

static void
compare_mark (BhJournal *self)
{
  g_autofree char *data = NULL;
  gsize size = 0;
  Mark mark;
  Mark right;

  if (self->damage != NULL)
    return;
  if (!g_file_get_contents (self->mark_path, &data, &size, NULL) || size != sizeof mark) {
    if (self->entries->len > 0)
      self->damage = g_strdup ("the count beside the journal is missing; boxes may be, too");
    return;
  }
  memcpy (&mark, data, sizeof mark);
  right = mark;
  sum_of (self, &right);
  if (sodium_memcmp (right.sum, mark.sum, sizeof mark.sum) != 0)
    self->damage = g_strdup ("the count beside the journal was altered; boxes may be missing");
  else if (GUINT64_FROM_LE (mark.n) > self->entries->len)
    self->damage =
        g_strdup_printf ("the journal was cut: %u of its %" G_GUINT64_FORMAT " boxes are there",
                         self->entries->len, GUINT64_FROM_LE (mark.n));
  else {
    self->done = (guint) MIN (GUINT64_FROM_LE (mark.done), self->entries->len);
    self->keep = mark.keep != 0;
  }
}

static gboolean
put_mark (BhJournal *self)
{
  Mark mark = { .n = GUINT64_TO_LE ((guint64) self->entries->len),
                .done = GUINT64_TO_LE ((guint64) self->done),
                .keep = self->keep };
  int fd = g_open (self->mark_path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  gboolean ok;

  sum_of (self, &mark);
  ok =
      fd >= 0 && pwrite (fd, &mark, sizeof mark, 0) == (ssize_t) sizeof mark && fdatasync (fd) == 0;
  if (fd >= 0)
    close (fd);
  return ok;
}

BhJournal *
bh_journal_open (const char *path, GBytes *key, GError **error)
{
  g_autoptr (BhJournal) self = g_new0 (BhJournal, 1);
  g_autofree char *data = NULL;
  gsize size = 0;

  self->path = g_strdup (path);
  self->mark_path = g_strconcat (path, ".count", NULL);
  self->key = g_bytes_ref (key);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->fd = g_open (path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd < 0 || sodium_init () < 0) {
    fail (self, "cannot open the journal", error);
    return NULL;
  }
  if (flock (self->fd, LOCK_EX | LOCK_NB) != 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_BUSY,
                 "%s: another program of this station has it open; close that one", path);
    return NULL;
  }
  if (!g_file_get_contents (path, &data, &size, NULL)) {
    fail (self, "cannot read the journal", error);
    return NULL;
  }
  gsize whole = read_all (self, (const guchar *) data, size);

  compare_mark (self);
  /* the last entry was being written when the power went: nobody was told of it */
  if (self->damage == NULL && whole < size && ftruncate (self->fd, (off_t) whole) != 0) {
    fail (self, "cannot mend the journal", error);
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
bh_journal_close (BhJournal *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  sodium_memzero (&self->state, sizeof self->state);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->key, g_bytes_unref);
  g_free (self->path);
  g_free (self->mark_path);
  g_free (self->damage);
  g_free (self);
}

guint
bh_journal_n (BhJournal *self)
{
  return self->entries->len;
}

GPtrArray *
bh_journal_entries (BhJournal *self)
{
  return self->entries;
}

guint
bh_journal_done (BhJournal *self)
{
  return self->done;
}

const char *
bh_journal_damage (BhJournal *self)
{
  return self->damage;
}

/* ---- writing ------------------------------------------------------------------------- */

static gboolean
put (BhJournal *self, GByteArray *bytes, GError **error)
{
  off_t before = lseek (self->fd, 0, SEEK_END);

  if (write (self->fd, bytes->data, bytes->len) == (ssize_t) bytes->len &&
      fdatasync (self->fd) == 0)
    return TRUE;
  fail (self, "cannot write the journal", error);
  /* half an entry would hide those after it */
  if (ftruncate (self->fd, before) != 0)
    g_debug ("%s: %s", self->path, g_strerror (errno));
  self->begun = FALSE;
  return FALSE;
}

/* What was read of a damaged file goes on, in a file of its own. */
static gboolean
mend (BhJournal *self, GError **error)
{
  g_autoptr (GPtrArray) whole = g_ptr_array_ref (self->entries);
  guint done = self->done;

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (!bh_journal_clear (self, TRUE, error))
    return FALSE;
  for (guint i = 0; i < whole->len; i++)
    if (!bh_journal_append (self, g_ptr_array_index (whole, i), error))
      return FALSE;
  return done == 0 || bh_journal_set_done (self, done, FALSE, error);
}

gboolean
bh_journal_append (BhJournal *self, GBytes *entry, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize size = 0;
  const guchar *plain = g_bytes_get_data (entry, &size);
  guchar head[1 + HEAD_SIZE] = { 'S' };
  guchar place[16];
  guint32 length = GUINT32_TO_LE ((guint32) (size + MORE_SIZE));

  if (self->damage != NULL && !mend (self, error))
    return FALSE;
  if (size > MAX_ENTRY - MORE_SIZE) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "journal: the box is too large");
    return FALSE;
  }
  if (!self->begun) {
    self->segment++;
    crypto_secretstream_xchacha20poly1305_init_push (&self->state, head + 1,
                                                     g_bytes_get_data (self->key, NULL));
    g_byte_array_append (bytes, head, sizeof head);
    self->begun = TRUE;
  }
  place_of (self, place);
  g_byte_array_append (bytes, (const guchar *) "R", 1);
  g_byte_array_append (bytes, (const guchar *) &length, sizeof length);
  guint at = bytes->len;

  g_byte_array_set_size (bytes, at + (guint) (size + MORE_SIZE));
  crypto_secretstream_xchacha20poly1305_push (&self->state, bytes->data + at, NULL, plain, size,
                                              place, sizeof place, 0);
  if (!put (self, bytes, error))
    return FALSE;
  g_ptr_array_add (self->entries, g_bytes_ref (entry));
  return put_mark (self) || fail (self, "cannot write the journal's count", error);
}

gboolean
bh_journal_set_done (BhJournal *self, guint n, gboolean keep, GError **error)
{
  self->done = MIN (n, self->entries->len);
  self->keep = self->keep || keep;
  return put_mark (self) || fail (self, "cannot write the journal's count", error);
}

gboolean
bh_journal_clear (BhJournal *self, gboolean keep, GError **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *beside = g_strconcat (self->path, ".kept-", id, NULL);

  /* a copy first: what is taken back to its beginning is gone */
  if (keep || self->keep || self->damage != NULL) {
    g_autofree char *data = NULL;
    gsize size = 0;

    if (!g_file_get_contents (self->path, &data, &size, NULL) ||
        !g_file_set_contents_full (beside, data, (gssize) size, G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   NULL))
      return fail (self, "cannot keep the journal", error);
  }
  g_ptr_array_set_size (self->entries, 0);
  self->segment = 0;
  self->begun = FALSE;
  self->done = 0;
  self->keep = FALSE;
  g_clear_pointer (&self->damage, g_free);
  /* the count first: entries that nobody counts are done again, which changes nothing */
  if (!put_mark (self))
    return fail (self, "cannot write the journal's count", error);
  return (ftruncate (self->fd, 0) == 0 && fdatasync (self->fd) == 0) ||
         fail (self, "cannot begin the journal anew", error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "secret-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

static void
wipe (gpointer secret)
{
  sodium_memzero (secret, BH_SECRET_SIZE);
  g_free (secret);
}

/* (nullable): why it cannot be read */
static const char *
read_into (int fd, guchar *secret)
{
  struct stat about;
  ssize_t n;

  if (fstat (fd, &about) != 0)
    return g_strerror (errno);
  if ((about.st_mode & 077) != 0)
    return "others may read it; chmod it to 0600, and take it for known";
  n = read (fd, secret, BH_SECRET_SIZE);
  return n == BH_SECRET_SIZE ? NULL : n < 0 ? g_strerror (errno) : "it is cut off";
}

/* Whole under a name of its own first, then linked: nobody reads half of it, and who was
 * there first stays. */
static const char *
make (const char *path)
{
  guchar secret[BH_SECRET_SIZE];
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *part = g_strconcat (path, ".", id, NULL);
  const char *why = NULL;
  int fd = g_open (part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  randombytes_buf (secret, sizeof secret);
  if (fd < 0 || write (fd, secret, sizeof secret) != (ssize_t) sizeof secret || fsync (fd) != 0 ||
      (link (part, path) != 0 && errno != EEXIST))
    why = g_strerror (errno);
  if (fd >= 0) {
    close (fd);
    g_unlink (part);
  }
  sodium_memzero (secret, sizeof secret);
  return why;
}

GBytes *
bh_secret_file (const char *path, const char *whose, GError **error)
{
  g_autofree guchar *secret = g_malloc0 (BH_SECRET_SIZE);
  const char *why = sodium_init () < 0 ? "no source of chance on this computer" : NULL;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);

  if (why == NULL && fd < 0 && errno == ENOENT && (why = make (path)) == NULL)
    fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  if (why == NULL)
    why = fd < 0 ? g_strerror (errno) : read_into (fd, secret);
  if (fd >= 0)
    close (fd);
  if (why == NULL) {
    guchar *kept = g_steal_pointer (&secret);

    return g_bytes_new_with_free_func (kept, BH_SECRET_SIZE, wipe, kept);
  }
  g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: no key for %s: %s; look at the file", path,
               whose, why);
  return NULL;
}

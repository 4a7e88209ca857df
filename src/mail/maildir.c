/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-mail"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "mailer-private.h"

typedef struct {
  BhMailer mailer;
  char *folder;
} Maildir;

/* tmp/NAME, new/NAME: time first, so that readers list them in order; the rest makes the
 * same message the same file. */
static char *
name_of (const BhMessage *message)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, message->message_id, -1);

  return g_strdup_printf ("%" G_GINT64_FORMAT ".%.32s.backhaul", message->date_us / G_USEC_PER_SEC,
                          sum);
}

/* In "new", or in "cur" with whatever flags a reader gave it. */
static gboolean
is_there (Maildir *self, const char *name)
{
  g_autofree char *fresh = g_build_filename (self->folder, "new", name, NULL);
  g_autofree char *cur = g_build_filename (self->folder, "cur", NULL);
  g_autoptr (GDir) dir = NULL;
  const char *entry;
  gsize size = strlen (name);

  if (g_file_test (fresh, G_FILE_TEST_EXISTS))
    return TRUE;
  dir = g_dir_open (cur, 0, NULL);
  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    if (strncmp (entry, name, size) == 0 && (entry[size] == '\0' || entry[size] == ':'))
      return TRUE;
  return FALSE;
}

static gboolean
write_all (int fd, const char *data, gsize size)
{
  while (size > 0) {
    gssize n = write (fd, data, size);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    data += n;
    size -= (gsize) n;
  }
  return TRUE;
}

/* errno says why not. */
static gboolean
write_file (const char *path, GBytes *bytes)
{
  /* what a crash left under this name was this message: it is written anew */
  int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gboolean ok;
  int kept;

  if (fd < 0)
    return FALSE;
  ok = write_all (fd, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) && fsync (fd) == 0;
  kept = errno;
  if (close (fd) != 0 && ok) {
    ok = FALSE;
    kept = errno;
  }
  errno = kept;
  return ok;
}

static gboolean
sync_folder (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;
  int kept = errno;

  if (fd >= 0)
    close (fd);
  errno = kept;
  return ok;
}

static BhMailResult
send_maildir (BhMailer *mailer, const BhMessage *message, char **answer)
{
  Maildir *self = (Maildir *) mailer;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = bh_message_bytes (message, FALSE, &error);
  g_autofree char *name = name_of (message);
  g_autofree char *tmp = g_build_filename (self->folder, "tmp", name, NULL);
  g_autofree char *fresh = g_build_filename (self->folder, "new", name, NULL);
  g_autofree char *folder = g_build_filename (self->folder, "new", NULL);

  if (bytes == NULL) {
    *answer = g_strdup (error->message);
    return BH_MAIL_REFUSED;
  }
  if (is_there (self, name))
    return BH_MAIL_SENT;
  if (write_file (tmp, bytes) && g_rename (tmp, fresh) == 0 && sync_folder (folder))
    return BH_MAIL_SENT;
  *answer = g_strdup_printf ("%s: %s; look at the folder and the disk", fresh, g_strerror (errno));
  return BH_MAIL_UNREACHABLE;
}

static void
free_maildir (BhMailer *mailer)
{
  Maildir *self = (Maildir *) mailer;

  g_free (self->folder);
  g_free (self);
}

BhMailer *
bh_mailer_new_maildir (const char *folder, GError **error)
{
  static const char *const rooms[] = { "tmp", "new", "cur" };
  Maildir *self;

  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++) {
    g_autofree char *path = g_build_filename (folder, rooms[i], NULL);

    if (g_mkdir_with_parents (path, 0700) != 0) {
      g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: %s; name a folder that can be written",
                   path, g_strerror (errno));
      return NULL;
    }
  }
  self = g_new0 (Maildir, 1);
  self->mailer.send = send_maildir;
  self->mailer.free = free_maildir;
  self->folder = g_strdup (folder);
  return &self->mailer;
}

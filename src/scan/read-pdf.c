/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pdf-wire.h"
#include "picture.h"

/* In a build; how far above a program that is not installed its build folder may begin. */
#define IN_BUILD     "src/scan/backhaul-pdf"
#define MOST_PARENTS 4

/* A dictionary of an image is in clear in the file, and not longer. */
#define NEAR_BYTES 4096u

static const char *
find (const char *from, const char *end, const char *word)
{
  return from < end ? memmem (from, (gsize) (end - from), word, strlen (word)) : NULL;
}

/* The number behind @key, or 0. */
static guint64
number_of (const char *from, const char *end, const char *key)
{
  const char *at = find (from, end, key);
  guint64 n = 0;

  at = at != NULL ? at + strlen (key) : end;
  while (at < end && g_ascii_isspace (*at))
    at++;
  while (at < end && g_ascii_isdigit (*at) && n <= G_MAXUINT32)
    n = n * 10 + (guint64) (*at++ - '0');
  return n;
}

/* Poppler unpacks an image whole to draw it on however small a page. Where the size is not in
 * clear, the drawer runs out of the memory it may use. */
static gboolean
images_are_bounded (const BhPicture *self)
{
  const char *data = (const char *) self->data;
  const char *end = data + self->size;
  const char *at = data;

  while ((at = find (at, end, "/Width")) != NULL) {
    const char *from = at - MIN ((gsize) (at - data), NEAR_BYTES);
    const char *to = at + MIN ((gsize) (end - at), NEAR_BYTES);
    const char *stream = find (at, to, "stream");

    /* only this object: what follows the last "obj" before it */
    for (const char *next = from; (next = find (next, at, "obj")) != NULL; next += 3)
      from = next;
    if (stream != NULL && number_of (at, stream, "/Width") >
                              BH_MAX_PIXELS / MAX (number_of (from, stream, "/Height"), 1))
      return FALSE;
    at++;
  }
  return TRUE;
}

/* ---- the program that draws ---------------------------------------------------------- */

static char *
find_drawer (void)
{
  g_autofree char *folder = g_file_read_link ("/proc/self/exe", NULL);

  for (int i = 0; folder != NULL && i < MOST_PARENTS; i++) {
    g_autofree char *below = g_steal_pointer (&folder);
    g_autofree char *drawer = NULL;

    folder = g_path_get_dirname (below);
    drawer = g_build_filename (folder, IN_BUILD, NULL);
    if (g_file_test (drawer, G_FILE_TEST_IS_EXECUTABLE))
      return g_steal_pointer (&drawer);
  }
  return g_strdup (MODULE_FOLDER "/backhaul-pdf");
}

typedef struct {
  GPid pid;
  int from; /* what it writes */
} Drawer;

/* As a file without a name: a pipe would have to be filled while the other one is emptied. */
static int
lend (const BhPicture *self)
{
  const guint8 *at = self->data;
  const guint8 *end = at + self->size;
  int fd = memfd_create ("pdf", MFD_CLOEXEC);

  while (fd >= 0 && at < end) {
    ssize_t n = write (fd, at, (gsize) (end - at));

    if (n < 0 && errno != EINTR) {
      close (fd);
      return -1;
    }
    at += MAX (n, 0);
  }
  return fd;
}

static gboolean
drawer_start (Drawer *self, BhPicture *picture, GError **error)
{
  g_autofree char *path = find_drawer ();
  const char *argv[] = { path, NULL };
  g_autoptr (GError) why = NULL;
  int lent = lend (picture);
  gboolean good;

  if (lent < 0)
    return bh_picture_fail (picture, error, "no memory to draw it; close other programs");
  good = g_spawn_async_with_pipes_and_fds (
      NULL, argv, NULL,
      G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_CLOEXEC_PIPES, NULL, NULL,
      lent, -1, -1, NULL, NULL, 0, &self->pid, NULL, &self->from, NULL, &why);
  close (lent);
  return good || bh_picture_fail (picture, error, "%s; install the program anew", why->message);
}

/* Whatever it is doing. */
static void
drawer_stop (Drawer *self)
{
  close (self->from);
  kill (self->pid, SIGKILL);
  while (waitpid (self->pid, NULL, 0) < 0 && errno == EINTR)
    ;
  g_spawn_close_pid (self->pid);
}

/* FALSE: it ended, or was ended. */
static gboolean
drawer_read (const Drawer *self, gpointer to, gsize size)
{
  char *at = to;

  while (size > 0) {
    ssize_t n = read (self->from, at, size);

    if (n == 0 || (n < 0 && errno != EINTR))
      return FALSE;
    at += MAX (n, 0);
    size -= (gsize) MAX (n, 0);
  }
  return TRUE;
}

/* ---- its pages ------------------------------------------------------------------------ */

static gboolean
read_failure (BhPicture *self, const Drawer *drawer, guint size, GError **error)
{
  char words[BH_PDF_MOST_WORDS + 1] = "";

  if (size > BH_PDF_MOST_WORDS || !drawer_read (drawer, words, size))
    return bh_picture_fail (self, error, "a damaged PDF; send it again");
  return bh_picture_fail (self, error, "%s", words);
}

static gboolean
read_page (BhPicture *self, const Drawer *drawer, const BhPdfHead *head, BhPageFunc func,
           gpointer data, GError **error)
{
  g_autoptr (BhGrey) grey = NULL;

  if (!bh_picture_admit (self, head->page, head->width, head->height, error))
    return FALSE;
  grey = bh_picture_new_grey (self, head->width, head->height, error);
  if (grey == NULL)
    return FALSE;
  if (!drawer_read (drawer, grey->pixels, (gsize) grey->width * grey->height))
    return bh_picture_fail (
        self, error,
        "page %u of the PDF cannot be drawn, or not within %d seconds; print it on "
        "paper and take a picture of it",
        head->page, BH_PDF_CPU_SECONDS);
  return func (grey, head->page, data, error);
}

static gboolean
read_pages (BhPicture *self, const Drawer *drawer, BhPageFunc func, gpointer data, GError **error)
{
  BhPdfHead head;

  for (guint page = 1; drawer_read (drawer, &head, sizeof head); page++) {
    if (head.what == BH_PDF_END)
      return TRUE;
    if (head.what == BH_PDF_FAILED)
      return read_failure (self, drawer, head.width, error);
    head.page = page;
    if (!read_page (self, drawer, &head, func, data, error))
      return FALSE;
  }
  return bh_picture_fail (self, error,
                          "a PDF that cannot be opened, or not within %d seconds; "
                          "print it on paper and take a picture of it",
                          BH_PDF_CPU_SECONDS);
}

gboolean
bh_read_pdf (BhPicture *self, BhPageFunc func, gpointer data, GError **error)
{
  Drawer drawer;
  gboolean good;

  if (!images_are_bounded (self))
    return bh_picture_fail (self, error,
                            "an image in the PDF has more than %u megapixels; "
                            "send it smaller",
                            BH_MAX_PIXELS / 1000000);
  if (!drawer_start (&drawer, self, error))
    return FALSE;
  good = read_pages (self, &drawer, func, data, error);
  drawer_stop (&drawer);
  return good;
}

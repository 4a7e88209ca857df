/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/awaited-copy.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backhaul/link.h"
#include "driver.h"

#define MAGIC "BHAWAIT2"
/* texts of a unit, each with its NUL: serial, rma, line, part, account, its name, destination,
 * return-by date */
#define N_TEXTS 8

#define SUM 32 /* SHA-256 */

/* Then the offsets of units by serial, as many by RMA, and the texts. */
typedef struct {
  char magic[8];
  guint64 n;
  guint64 texts; /* bytes */
  gint64 taken_us;
  guint8 origin[SUM]; /* of the store's */
  guint8 sum[SUM];    /* of all but itself */
} Head;

struct _BhAwaitedCopy {
  GMappedFile *file;
  const Head *head;
  const guint32 *by_serial;
  const guint32 *by_rma;
  const char *texts;
};

/* ---- writing ------------------------------------------------------------------------ */

static const char *
rma_at (const char *texts, guint32 at)
{
  return texts + at + strlen (texts + at) + 1;
}

static int
compare_rma (const void *a, const void *b, void *texts)
{
  return strcmp (rma_at (texts, *(const guint32 *) a), rma_at (texts, *(const guint32 *) b));
}

static int
compare_serial (const void *a, const void *b, void *texts)
{
  return strcmp ((char *) texts + *(const guint32 *) a, (char *) texts + *(const guint32 *) b);
}

static void
sum_origin (const char *origin, guint8 sum[SUM])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = SUM;

  g_checksum_update (checksum, (const guchar *) (origin != NULL ? origin : ""), -1);
  g_checksum_get_digest (checksum, sum, &size);
}

static gboolean
gather (BhStore *store, Head *head, GArray *at, GString *texts, GError **error)
{
  g_autoptr (BhTx) tx = bh_store_begin_read (store, error);
  g_autoptr (BhStmt) stmt = NULL;
  g_autofree char *origin = NULL;
  gboolean row = TRUE;

  if (tx == NULL || !bh_store_origin (store, &origin, error))
    return FALSE;
  sum_origin (origin, head->origin);
  stmt = bh_store_stmt (store,
                        BH_STREAM
                        "SELECT l.serial, l.rma, CAST(l.line AS text), coalesce(l.part, ''),"
                        " l.account, l.account_name, coalesce(r.destination, ''),"
                        " coalesce(l.return_by, '') FROM rma_line l JOIN rma r ON r.id = l.rma_id"
                        " WHERE l.awaited = 1",
                        error);
  while (stmt != NULL && row) {
    guint32 here = (guint32) texts->len;

    if (!bh_stmt_next (stmt, &row, error))
      return FALSE;
    if (!row)
      break;
    g_array_append_val (at, here);
    for (int i = 0; i < N_TEXTS; i++) {
      const char *text = bh_stmt_text (stmt, i);

      g_string_append_len (texts, text, (gssize) strlen (text) + 1);
    }
    if (texts->len > G_MAXUINT32 - G_MAXUINT16) {
      g_set_error (error, BH_ERROR, BH_ERROR_STORE, "awaited units: too many for a copy");
      return FALSE;
    }
  }
  return stmt != NULL;
}

typedef struct {
  int fd;
  GChecksum *sum;
} Out;

static gboolean
put (Out *out, gconstpointer data, gsize size)
{
  const char *from = data;

  g_checksum_update (out->sum, data, (gssize) size);
  while (size > 0) {
    ssize_t n = write (out->fd, from, MIN (size, (gsize) 1 << 26));

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    from += n;
    size -= (gsize) n;
  }
  return TRUE;
}

gboolean
bh_awaited_copy_write (BhStore *store, const char *path, gint64 now_us, gint64 *n, GError **error)
{
  g_autoptr (GArray) at = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GString) texts = g_string_new (NULL);
  g_autofree char *part = g_strconcat (path, ".new", NULL);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  Head head = { .magic = MAGIC, .taken_us = now_us };
  Out out = { .sum = sum };
  gsize size = SUM;
  gboolean ok;

  if (!gather (store, &head, at, texts, error))
    return FALSE;
  head.n = at->len;
  head.texts = texts->len;
  out.fd = g_open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  ok = out.fd >= 0 && put (&out, &head, sizeof head);
  qsort_r (at->data, at->len, sizeof (guint32), compare_serial, texts->str);
  ok = ok && put (&out, at->data, at->len * sizeof (guint32));
  qsort_r (at->data, at->len, sizeof (guint32), compare_rma, texts->str);
  ok = ok && put (&out, at->data, at->len * sizeof (guint32)) && put (&out, texts->str, texts->len);
  /* it was summed as zeros */
  g_checksum_get_digest (sum, head.sum, &size);
  ok = ok && pwrite (out.fd, head.sum, SUM, G_STRUCT_OFFSET (Head, sum)) == SUM &&
       fsync (out.fd) == 0;
  if (out.fd >= 0 && close (out.fd) != 0)
    ok = FALSE;
  if (!ok || g_rename (part, path) != 0) {
    g_set_error (error, BH_ERROR, errno == ENOSPC ? BH_ERROR_FULL : BH_ERROR_STORE,
                 "%s: cannot write the copy of awaited units: %s; look at the disk", path,
                 g_strerror (errno));
    g_unlink (part);
    return FALSE;
  }
  if (n != NULL)
    *n = (gint64) head.n;
  return TRUE;
}

/* ---- looking ------------------------------------------------------------------------ */

BhAwaitedCopy *
bh_awaited_copy_open (const char *path, GError **error)
{
  g_autoptr (BhAwaitedCopy) self = g_new0 (BhAwaitedCopy, 1);
  g_autoptr (GError) why = NULL;
  const Head *head;
  gsize size;

  self->file = g_mapped_file_new (path, FALSE, &why);
  if (self->file == NULL) {
    g_set_error (error, BH_ERROR,
                 g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? BH_ERROR_NOT_FOUND
                                                                         : BH_ERROR_STORE,
                 "%s: no copy of awaited units: %s; it is made while the store is in reach", path,
                 why->message);
    return NULL;
  }
  size = g_mapped_file_get_length (self->file);
  head = (const Head *) g_mapped_file_get_contents (self->file);
  if (size < sizeof *head || memcmp (head->magic, MAGIC, sizeof head->magic) != 0 ||
      head->n > G_MAXUINT32 || head->texts > G_MAXUINT32 ||
      size != sizeof *head + head->n * 2 * sizeof (guint32) + head->texts ||
      (head->n > 0 &&
       (head->texts == 0 || g_mapped_file_get_contents (self->file)[size - 1] != '\0'))) {
    g_set_error (error, BH_ERROR, BH_ERROR_CORRUPT,
                 "%s: not a copy of awaited units, or cut; it is made anew when the store is in"
                 " reach",
                 path);
    return NULL;
  }
  self->head = head;
  self->by_serial = (const guint32 *) (head + 1);
  self->by_rma = self->by_serial + head->n;
  self->texts = (const char *) (self->by_rma + head->n);
  return g_steal_pointer (&self);
}

gboolean
bh_awaited_copy_is_whole (BhAwaitedCopy *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const guchar *bytes = (const guchar *) self->head;
  gsize left = g_mapped_file_get_length (self->file) - sizeof (Head);
  Head head = *self->head;
  guint8 sum[SUM];
  gsize size = SUM;

  memset (head.sum, 0, sizeof head.sum);
  g_checksum_update (checksum, (const guchar *) &head, sizeof head);
  g_checksum_update (checksum, bytes + sizeof head, (gssize) left);
  g_checksum_get_digest (checksum, sum, &size);
  return memcmp (sum, self->head->sum, SUM) == 0;
}

gboolean
bh_awaited_copy_is_of (BhAwaitedCopy *self, const char *origin)
{
  guint8 sum[SUM];

  sum_origin (origin, sum);
  return memcmp (sum, self->head->origin, SUM) == 0;
}

void
bh_awaited_copy_close (BhAwaitedCopy *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->file, g_mapped_file_unref);
  g_free (self);
}

gint64
bh_awaited_copy_n (BhAwaitedCopy *self)
{
  return (gint64) self->head->n;
}

gint64
bh_awaited_copy_taken_us (BhAwaitedCopy *self)
{
  return self->head->taken_us;
}

/* The @n-th text of the unit at @at; "" beyond the end of a file that somebody changed. */
static const char *
text_of (BhAwaitedCopy *self, guint32 at, int n)
{
  gsize here = at;

  for (; here < self->head->texts; n--) {
    if (n == 0)
      return self->texts + here;
    here += strlen (self->texts + here) + 1;
  }
  return "";
}

/* The first unit whose @n-th text is @what. */
static gboolean
find (BhAwaitedCopy *self, const guint32 *order, int n, const char *what, guint32 *at)
{
  guint64 low = 0;
  guint64 high = self->head->n;

  while (low < high) {
    guint64 middle = low + (high - low) / 2;

    if (strcmp (text_of (self, order[middle], n), what) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == self->head->n || strcmp (text_of (self, order[low], n), what) != 0)
    return FALSE;
  *at = order[low];
  return TRUE;
}

static char *
text_or_null (BhAwaitedCopy *self, guint32 at, int n)
{
  const char *text = text_of (self, at, n);

  return *text != '\0' ? g_strdup (text) : NULL;
}

gboolean
bh_awaited_copy_find (BhAwaitedCopy *self, const char *serial, BhAwaitedLine *line)
{
  guint32 at = 0;

  if (!find (self, self->by_serial, 0, serial, &at))
    return FALSE;
  *line = (BhAwaitedLine){
    .id = 1,
    .awaited = TRUE,
    .serial = g_strdup (serial),
    .rma = g_strdup (text_of (self, at, 1)),
    .line = (int) g_ascii_strtoll (text_of (self, at, 2), NULL, 10),
    .part = text_or_null (self, at, 3),
    .account = text_or_null (self, at, 4),
    .account_name = text_or_null (self, at, 5),
    .destination = text_or_null (self, at, 6),
    .return_by = text_or_null (self, at, 7),
    .rma_state = g_strdup ("open"),
    .rma_status = g_strdup ("open"),
    .state = g_strdup ("awaited"),
  };
  return TRUE;
}

gboolean
bh_awaited_copy_has_rma (BhAwaitedCopy *self, const char *rma)
{
  guint32 at = 0;

  return find (self, self->by_rma, 1, rma, &at);
}

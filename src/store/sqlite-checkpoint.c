/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "sqlite-checkpoint.h"

/* Pages of the log. What many acts write to the same pages is copied once: not too soon. */
#define WAKE_PAGES 4000
/* Who commits without a pause keeps the copying from ever coming to the end of the log, which
 * then cannot begin anew: from here on a commit copies what is left itself. */
#define MOST_PAGES 16000

struct _BhCheckpoints {
  sqlite3 *db; /* whose commits these are */
  char *path;
  GThread *thread; /* NULL: nothing was long enough yet */
  GMutex copies;   /* one at a time: SQLite has the second one fail, not wait */
  GMutex mutex;    /* guards what follows */
  GCond cond;
  gboolean wanted;
  gboolean ends;
};

static gboolean
wait_for_work (BhCheckpoints *self)
{
  gboolean ends;

  g_mutex_lock (&self->mutex);
  while (!self->wanted && !self->ends)
    g_cond_wait (&self->cond, &self->mutex);
  self->wanted = FALSE;
  ends = self->ends;
  g_mutex_unlock (&self->mutex);
  return !ends;
}

static void
copy (BhCheckpoints *self, sqlite3 *db)
{
  int rc;

  g_mutex_lock (&self->copies);
  rc = sqlite3_wal_checkpoint_v2 (db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  g_mutex_unlock (&self->copies);
  if (rc != SQLITE_OK)
    g_debug ("%s: checkpoint: %s", self->path, sqlite3_errstr (rc));
}

/* With a connection of its own: one connection does one thing at a time. What it cannot do is
 * left to the commits (MOST_PAGES) and to the last one to close the file. */
static gpointer
work (gpointer data)
{
  BhCheckpoints *self = data;
  sqlite3 *db = NULL;

  /* a connection that has read nothing does not know of the log yet, and would copy none of it */
  if (sqlite3_open_v2 (self->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) ==
          SQLITE_OK &&
      sqlite3_exec (db, "SELECT 1 FROM sqlite_schema LIMIT 1", NULL, NULL, NULL) == SQLITE_OK)
    while (wait_for_work (self))
      copy (self, db);
  sqlite3_close_v2 (db);
  return NULL;
}

static void
wake (BhCheckpoints *self)
{
  g_mutex_lock (&self->mutex);
  self->wanted = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  if (self->thread == NULL)
    self->thread = g_thread_new ("checkpoint", work, self);
}

static int
on_commit (void *data, sqlite3 *db, const char *name, int pages)
{
  BhCheckpoints *self = data;

  if (pages >= WAKE_PAGES)
    wake (self);
  if (pages >= MOST_PAGES)
    copy (self, db);
  /* the commit is durable, whatever became of the copying */
  return SQLITE_OK;
}

BhCheckpoints *
bh_checkpoints_new (sqlite3 *db, const char *path)
{
  BhCheckpoints *self = g_new0 (BhCheckpoints, 1);

  self->db = db;
  self->path = g_strdup (path);
  g_mutex_init (&self->copies);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  sqlite3_wal_hook (db, on_commit, self);
  return self;
}

void
bh_checkpoints_free (BhCheckpoints *self)
{
  if (self == NULL)
    return;
  sqlite3_wal_hook (self->db, NULL, NULL);
  if (self->thread != NULL) {
    g_mutex_lock (&self->mutex);
    self->ends = TRUE;
    g_cond_signal (&self->cond);
    g_mutex_unlock (&self->mutex);
    g_thread_join (self->thread);
  }
  g_mutex_clear (&self->copies);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->path);
  g_free (self);
}

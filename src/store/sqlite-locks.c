/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* POSIX has a process lose all its locks on a file when it closes any descriptor of it. A file
 * chooser that lists the store's folder opens and closes each file to see of what type it is;
 * then another program takes itself for the last one that has the store, deletes the log, and
 * what is written here afterwards is lost. Locks of an open file description do not go away so,
 * but SQLite takes a lock by one descriptor of a process and gives it back by another. So all
 * locks of a file go through the descriptor that asked first, which SQLite closes last. */

#include "sqlite-locks.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  dev_t device;
  ino_t inode;
  int fd;     /* that holds the locks */
  int writer; /* that holds those which the first one, as it may only read, cannot; -1: none */
} Holder;

static GMutex mutex;
static GArray *holders; /* Holder: one a file with locks */

/* NULL: not a file any more. Until the next one. */
static Holder *
holder_of (int fd)
{
  struct stat about;
  Holder fresh;

  if (fstat (fd, &about) != 0)
    return NULL;
  for (guint i = 0; i < holders->len; i++) {
    Holder *holder = &g_array_index (holders, Holder, i);

    if (holder->device == about.st_dev && holder->inode == about.st_ino)
      return holder;
  }
  fresh = (Holder){ about.st_dev, about.st_ino, fd, -1 };
  g_array_append_val (holders, fresh);
  return &g_array_index (holders, Holder, holders->len - 1);
}

static int
lock_by (int fd, int cmd, struct flock *lock)
{
  lock->l_pid = 0; /* or the kernel refuses it */
  return fcntl (fd, cmd == F_GETLK ? F_OFD_GETLK : F_OFD_SETLK, lock);
}

static int
lock_file (Holder *holder, int fd, int cmd, struct flock *lock)
{
  int writer = holder->writer >= 0 ? holder->writer : fd;
  int done = lock_by (holder->fd, cmd, lock);

  /* the first one may only read: a lock for writing needs one that may write */
  if (done != 0 && errno == EBADF && writer != holder->fd) {
    done = lock_by (writer, cmd, lock);
    if (done == 0)
      holder->writer = writer;
  } else if (done == 0 && lock->l_type == F_UNLCK && cmd == F_SETLK && holder->writer >= 0) {
    done = lock_by (holder->writer, cmd, lock);
  }
  return done;
}

/* In place of fcntl(). */
static int
keep_locks (int fd, int cmd, ...)
{
  va_list list;
  void *argument;
  Holder *holder;
  int done;

  va_start (list, cmd);
  argument = va_arg (list, void *);
  va_end (list);
  if (cmd != F_SETLK && cmd != F_GETLK)
    return fcntl (fd, cmd, argument);
  g_mutex_lock (&mutex);
  holder = holder_of (fd);
  done = holder != NULL ? lock_file (holder, fd, cmd, argument) : lock_by (fd, cmd, argument);
  g_mutex_unlock (&mutex);
  return done;
}

/* In place of close(). */
static int
close_file (int fd)
{
  int done;

  g_mutex_lock (&mutex);
  for (guint i = holders->len; i > 0; i--) {
    Holder *holder = &g_array_index (holders, Holder, i - 1);

    if (holder->writer == fd)
      holder->writer = -1;
    if (holder->fd == fd)
      g_array_remove_index_fast (holders, i - 1);
  }
  done = close (fd);
  g_mutex_unlock (&mutex);
  return done;
}

void
bh_sqlite_keep_locks (void)
{
  static gsize once;
  sqlite3_vfs *vfs;

  if (!g_once_init_enter (&once))
    return;
  holders = g_array_new (FALSE, FALSE, sizeof (Holder));
  vfs = sqlite3_vfs_find (NULL);
  if (vfs == NULL || vfs->iVersion < 3 ||
      vfs->xSetSystemCall (vfs, "fcntl", (sqlite3_syscall_ptr) keep_locks) != SQLITE_OK ||
      vfs->xSetSystemCall (vfs, "close", (sqlite3_syscall_ptr) close_file) != SQLITE_OK)
    g_warning ("this SQLite takes its locks alone: choose no file in the folder of the store");
  g_once_init_leave (&once, 1);
}

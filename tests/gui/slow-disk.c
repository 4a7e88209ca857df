/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To be preloaded: a disk that takes 200 ms for each commit of an embedded store. */
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define COMMIT_US 200000

static int
is_journal (int fd)
{
  char link[64];
  char path[4096];
  ssize_t n;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  n = readlink (link, path, sizeof path - 1);
  return n > 4 && memcmp (path + n - 4, "-wal", 4) == 0;
}

__attribute__ ((visibility ("default"))) int fdatasync (int fd);

int
fdatasync (int fd)
{
  if (is_journal (fd))
    usleep (COMMIT_US);
  return (int) syscall (SYS_fdatasync, fd);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded before a program: its clock is off by BH_TEST_CLOCK_OFF seconds. */
#include <dlfcn.h>
#include <glib.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

/* Read once, before anybody asks for the time: GLib does so under its own locks. */
static long off;

__attribute__ ((constructor)) static void
read_off (void)
{
  const char *seconds = getenv ("BH_TEST_CLOCK_OFF");

  off = seconds != NULL ? (long) g_ascii_strtoll (seconds, NULL, 10) : 0;
}

int
clock_gettime (clockid_t which, struct timespec *now)
{
  static int (*real) (clockid_t, struct timespec *);
  int result;

  if (real == NULL)
    real = (int (*) (clockid_t, struct timespec *)) dlsym (RTLD_NEXT, "clock_gettime");
  result = real (which, now);
  if (result == 0 && which == CLOCK_REALTIME)
    now->tv_sec += off;
  return result;
}

int
gettimeofday (struct timeval *restrict now, void *restrict zone)
{
  struct timespec precise;

  if (clock_gettime (CLOCK_REALTIME, &precise) != 0)
    return -1;
  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1000;
  return 0;
}

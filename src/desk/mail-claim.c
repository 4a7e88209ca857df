/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include <string.h>
#include <unistd.h>

#include "mail-private.h"

/* "BOOT PIDS PID START": a number is used again by another process, and by another
 * container; with the boot, the namespace and the start it is not. */
enum { BOOT, PIDS, PID, START, PARTS };

static char *
boot_of (void)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &text, NULL, NULL))
    return g_strdup ("-");
  return g_strdup (g_strstrip (text));
}

static char *
pids_of (void)
{
  char *text = g_file_read_link ("/proc/self/ns/pid", NULL);

  return text != NULL ? g_strdelimit (text, " ", '-') : g_strdup ("-");
}

/* The 22nd word of /proc/PID/stat; the second is a name in brackets that may hold anything.
 * NULL: no such process. */
static char *
start_of (const char *pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/stat", pid);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  const char *rest;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (rest = strrchr (text, ')')) == NULL)
    return NULL;
  words = g_strsplit (rest, " ", -1);
  return g_strv_length (words) > 20 ? g_strdup (words[20]) : NULL;
}

char *
bh_process_name (void)
{
  g_autofree char *boot = boot_of ();
  g_autofree char *pids = pids_of ();
  g_autofree char *pid = g_strdup_printf ("%d", (int) getpid ());
  g_autofree char *start = start_of (pid);

  return g_strdup_printf ("%s %s %s %s", boot, pids, pid, start != NULL ? start : "-");
}

gboolean
bh_process_gone (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, " ", -1);
  g_autofree char *boot = boot_of ();
  g_autofree char *pids = pids_of ();
  g_autofree char *start = NULL;

  if (g_strv_length (parts) != PARTS || g_str_equal (boot, "-") || g_str_equal (pids, "-") ||
      !g_str_equal (parts[BOOT], boot) || !g_str_equal (parts[PIDS], pids) ||
      strspn (parts[PID], "0123456789") != strlen (parts[PID]))
    return FALSE;
  start = start_of (parts[PID]);
  return g_strcmp0 (start, parts[START]) != 0;
}

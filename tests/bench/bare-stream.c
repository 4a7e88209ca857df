/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: bench-bare-stream BARE <BOXES
 *
 * What `backhaulctl receive -` is compared with: of each box (a number, a serial, an empty
 * line) one row is committed durably, then its line is printed. */
#include <stdio.h>
#include <string.h>

#include "bare.h"

int
main (int argc, char **argv)
{
  char line[128], rma[128] = "", serial[128] = "";
  Bare *bare;

  if (argc != 2)
    g_error ("usage: bench-bare-stream BARE");
  bare = bare_open (argv[1]);
  while (fgets (line, sizeof line, stdin) != NULL) {
    g_strchomp (line);
    if (*line == '\0') {
      bare_commit (bare, rma, serial, g_get_real_time ());
      printf ("%s %s\n", rma, serial);
      fflush (stdout);
      *rma = '\0';
    } else {
      g_strlcpy (*rma == '\0' ? rma : serial, line, sizeof line);
    }
  }
  bare_close (bare);
  return 0;
}

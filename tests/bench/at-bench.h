/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "backhaul/bench.h"

/* A technician at work, for what measures the repair center. Whatever fails ends the program. */
typedef struct {
  BhDesk *desk;
  char *act;
  BhWhen when;
} AtBench;

/* Of a store on which nobody is enrolled: @who acts as supervisor. */
void at_bench_open (AtBench *self, const char *store, const char *who);
void at_bench_close (AtBench *self);
/* A new act, at this instant. */
const BhWhen *at_bench_now (AtBench *self);
/* In this order: @error is looked at once @ok was found out. */
#define must(ok, error)                                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!(ok))                                                                                     \
      at_bench_end (error);                                                                        \
  }                                                                                                \
  G_STMT_END
G_NORETURN void at_bench_end (const GError *error);
/* (transfer full): without their ends */
char **lines_of (const char *path);
/* (transfer full): the serial of a line "RMA SERIAL" */
char *serial_of (const char *line);
void at_bench_arrive (AtBench *self, const char *serial);
/* Returns: (transfer full): the number of the RA that is begun */
char *at_bench_start (AtBench *self, const char *serial);
/* Noise in blocks, as JPEG, at the quality that comes nearest to so many bytes. */
GBytes *photo_of (guint seed, int width, int height, gsize bytes);

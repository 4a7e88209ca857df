/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BH_ASK_FIELDS 3

/**
 * BhBenchQuestion:
 * @heading, @about: what will happen, and why it is asked
 * @labels: of the fields, with mnemonic; none may stay empty
 * @texts: (nullable) what stands in them at first
 * @go: label of the button that does it
 */
typedef struct {
  const char *heading;
  const char *about;
  const char *labels[BH_ASK_FIELDS + 1];
  const char *texts[BH_ASK_FIELDS];
  const char *go;
} BhBenchQuestion;

/* Called with a text for each field. */
typedef void (*BhBenchAnswer) (char **texts, gpointer data);

/* Asks what an act at the bench needs, in place: no dialog takes the scanner away. Signal
 * "left": it was given up or done. */
#define BH_TYPE_BENCH_ASK (bh_bench_ask_get_type ())
G_DECLARE_FINAL_TYPE (BhBenchAsk, bh_bench_ask, BH, BENCH_ASK, GtkBox)

GtkWidget *bh_bench_ask_new (void);
void bh_bench_ask_open (BhBenchAsk *self, const BhBenchQuestion *question, BhBenchAnswer answer,
                        gpointer data);
/* FALSE: nothing was asked. */
gboolean bh_bench_ask_leave (BhBenchAsk *self);
gboolean bh_bench_ask_is_open (BhBenchAsk *self);

G_END_DECLS

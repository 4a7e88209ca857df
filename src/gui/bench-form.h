/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bench-calls.h"

G_BEGIN_DECLS

/**
 * SECTION:bench-form
 *
 * What is written down of a job (RA10), field by field. What is typed is kept as it is typed:
 * a text that rests is written down, and a later one takes its place; a row (part, test) is
 * written down by Enter. One field at a time, so that one that is refused holds up no other.
 *
 * Signals: "save" (TRUE: and then the next step): there is something to take.
 */
#define BH_TYPE_BENCH_FORM (bh_bench_form_get_type ())
G_DECLARE_FINAL_TYPE (BhBenchForm, bh_bench_form, BH, BENCH_FORM, GtkBox)

GtkWidget *bh_bench_form_new (void);
/* What stands there of @job now; what was taken before is written down. */
void bh_bench_form_show (BhBenchForm *self, const BhJob *job, gboolean editable);
/* What was taken last was refused: it stays on screen until it is changed. */
void bh_bench_form_refused (BhBenchForm *self);
/* (transfer full) (nullable): what is to be written down next; %NULL: nothing */
BhNotes *bh_bench_form_take (BhBenchForm *self);
/* The same of all fields, as another job comes on screen. */
BhNotes *bh_bench_form_take_all (BhBenchForm *self);
/* Everything that was typed is to be written down, rows too. FALSE: a refused text stands there. */
gboolean bh_bench_form_finish (BhBenchForm *self);
/* FALSE: there is no field for it. */
gboolean bh_bench_form_focus (BhBenchForm *self, BhEntryKind kind);
/* A scan into the field that has the keys, where it takes scans: a part, its serial. */
gboolean bh_bench_form_scan (BhBenchForm *self, const char *text);
/* (element-type BhCode): fault codes and actions that the site knows, offered as one types (R5) */
void bh_bench_form_offer (BhBenchForm *self, GPtrArray *faults, GPtrArray *actions);

G_END_DECLS

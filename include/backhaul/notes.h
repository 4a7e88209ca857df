/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench.h"

G_BEGIN_DECLS

/**
 * BhNotes:
 * @all: (element-type BhNote): for bh_desk_bench_log()
 *
 * What is to be written down in one act (RA10), with copies of what it points at.
 */
typedef struct {
  GArray *all;
  GPtrArray *strings;
  GPtrArray *files;
} BhNotes;

BhNotes *bh_notes_new (void);
void bh_notes_free (BhNotes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhNotes, bh_notes_free)

/* @name, @value: (nullable): as job-entry.h says it of the kind */
void bh_notes_add (BhNotes *self, BhEntryKind kind, const char *name, const char *value);
/* Errors: %BH_ERROR_INPUT, as bh_test_reading_check() has it. */
gboolean bh_notes_add_reading (BhNotes *self, const BhTestReading *reading, GError **error);
/* name,value[,low[,high]] a line, with or without that heading; at most 1 MiB of UTF-8.
 * Errors: %BH_ERROR_INPUT as PATH:LINE:1. Some may have been added. */
gboolean bh_notes_add_readings_file (BhNotes *self, const char *path, GError **error);
/* Looked at before it is read: one of more than %BH_PHOTO_MAX is not taken into memory.
 * Errors: %BH_ERROR_INPUT. */
gboolean bh_notes_add_photo_file (BhNotes *self, const char *path, GError **error);

G_END_DECLS

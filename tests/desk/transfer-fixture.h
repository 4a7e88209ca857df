/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/transfer.h"
#include "wrap.h"

/* 2026-11-24T08:00:00Z, a Tuesday */
#define NOW (G_GINT64_CONSTANT (1795507200) * G_USEC_PER_SEC)

/* A store of its own for each test, and what an import into it told. */
typedef struct {
  TestWrap *wrap;
  BhDesk *desk;
  BhImportResult result;
  gboolean dry_run;
  GString *faults; /* "line:column:name: reason\n" of each */
  GPtrArray *rows; /* of the first fault of each row */
} Fixture;

void fixture_set_up (Fixture *self, gconstpointer data);
/* The same store, signed in as another. */
void fixture_reopen (Fixture *self, const char *operator);
void fixture_tear_down (Fixture *self, gconstpointer data);
/* @size -1: up to the NUL */
gboolean fixture_import (Fixture *self, const char *kind, BhFormat format, const char *text,
                         gssize size, GError **error);
/* Must go in whole. */
void fixture_add (Fixture *self, const char *kind, const char *csv);
/* The figure in one row and column. */
gint64 fixture_number (Fixture *self, const char *sql);
char *fixture_text (Fixture *self, const char *sql);
char *fixture_export (Fixture *self, const char *kind, BhFormat format);
/* An account, a site, two products, a destination, units: what rmas refer to. */
void fixture_basics (Fixture *self);

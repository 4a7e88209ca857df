/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Steps in order; each runs with its stamp in one transaction, or not at all. */
typedef struct {
  int version;
  const char *sql; /* NULL ends the list */
} BhMigration;

extern const BhMigration bh_migrations[];
extern const char bh_schema_step_2[]; /* the life of an RMA */
extern const char bh_schema_search[]; /* carriers' numbers by zone */
extern const char bh_schema_print[];  /* printers, and how far a label came */

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Steps in order; each runs with its stamp in one transaction, or not at all. */
typedef struct {
  int version;
  const char *sql; /* NULL ends the list */
  /* (nullable): what an engine says in its own way, after @sql: triggers */
  const char *sqlite;
  const char *postgres;
} BhMigration;

extern const BhMigration bh_migrations[];
extern const char bh_schema_step_2[];  /* the life of an RMA */
extern const char bh_schema_search[];  /* carriers' numbers by zone */
extern const char bh_schema_sign_in[]; /* wrong PINs */
extern const char bh_schema_badge[];   /* badges, and who was last here */
extern const char bh_schema_mail[];    /* mails of an RMA */
extern const char bh_schema_repair[];  /* the repair center */
extern const char bh_schema_repair_sqlite[];
extern const char bh_schema_signed_sqlite[]; /* a part of it */
extern const char bh_schema_repair_postgres[];
extern const char bh_schema_speed[]; /* what a recount writes, what mails are found by */
extern const char bh_schema_speed_sqlite[];
extern const char bh_schema_speed_postgres[];
extern const char bh_schema_print[];   /* printers, and how far a label came */
extern const char bh_schema_plate[];   /* labels of units alone */
extern const char bh_schema_due[];     /* what is taken back */
extern const char bh_schema_claim[];   /* claims that are taken back */
extern const char bh_schema_audit[];   /* what stations sign of their chains */
extern const char bh_schema_scanner[]; /* which scanner read a code */
extern const char bh_schema_trail[];   /* F6: the journal, newest first */

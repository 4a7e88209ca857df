/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/rma-table.h"
#include "transfer-private.h"

/* The kind's columns, in the order of kinds.c */
enum {
  RMA,
  CASE,
  PRIORITY,
  ACCOUNT,
  SITE,
  CONTACT,
  REFERENCE,
  SERIAL,
  PART,
  FLAG,
  DESTINATION,
  CREATED,
  CONFIRMED,
  RECEIVED,
  CLOSED,
  STATE
};

/* Where an RMA goes back to: what its clocks count by (C7). */
typedef struct {
  char *zone_name;
  char *calendar_name;
  GTimeZone *zone;
  BhCalendar *calendar; /* the desk's */
} BhPlace;

/* (transfer none): of @destination; %NULL: UTC, weekdays. %NULL with @error: a store error */
const BhPlace *bh_import_place (BhImport *self, const char *destination, GError **error);
/* The state that the row gives its line; checked that times and state agree. */
const char *bh_import_share (const BhTableRow *row);

/* ---- import-fresh.c: what the batch knows, else the store; errors are the store's ---------- */

/* Locks the RMA and reads it; the id is 0 when there is none. */
gboolean bh_import_head (BhImport *self, const char *rma, BhRmaHead *head, GError **error);
gboolean bh_import_line (BhImport *self, const BhRmaHead *head, const char *serial, BhRmaLine *line,
                         GError **error);
gboolean bh_import_count_lines (BhImport *self, const BhRmaHead *head, gint64 *lines,
                                gint64 *awaited, GError **error);
gboolean bh_import_awaited_under (BhImport *self, const char *serial, char **rma, GError **error);
gboolean
bh_import_case_account (BhImport *self, const char *case_no, char **account, GError **error);
gboolean
bh_import_third_party (BhImport *self, const char *part, gboolean *third_party, GError **error);
/* The case that @head names, of @account. */
gboolean bh_import_add_case (BhImport *self, const BhRmaHead *head, const char *account,
                             const char *priority, GError **error);
gboolean bh_import_add_rma (BhImport *self, BhRmaHead *head, GError **error);
gboolean bh_import_set_rma (BhImport *self, const BhRmaHead *head, GError **error);
gboolean bh_import_add_line (BhImport *self, const BhRmaHead *head, const char *account_name,
                             BhRmaLine *line, GError **error);
gboolean
bh_import_set_line (BhImport *self, const BhRmaHead *head, const BhRmaLine *line, GError **error);
/* C1 of @line, from the confirmation on. */
gboolean bh_import_add_clock (BhImport *self, const BhPlace *place, const BhRmaHead *head,
                              const BhRmaLine *line, const char *state, int policy_days,
                              gint64 ended_us, GError **error);
gboolean
bh_import_put_reference (BhImport *self, const BhRmaHead *head, gboolean is_new, GError **error);

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

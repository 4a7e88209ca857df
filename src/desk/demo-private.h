/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "backhaul/calendars.h"
#include "backhaul/data.h"
#include "transfer-private.h"

/* The sample operation is made of import files and acts at the dock, so that it
 * can hold nothing that a real one could not. */

#define BH_DEMO_DESTINATIONS 3
#define BH_DEMO_SITES        2

typedef struct {
  const char *destination;
  const char *zone;
  const char *csv;
} BhDemoPlace;

typedef struct {
  const char *account;
  const char *name;
  const char *country;
  const char *language;
  const char *email;
  const char *city; /* of its first site */
  const char *zone;
  guint place; /* where its units go back to */
} BhDemoAccount;

typedef struct {
  const char *platform;
  const char *serial; /* two letters that its serials begin with */
  int shipped_first;  /* years ago: FRS */
  int end_of_life;    /* years from FRS, 0: none in sight */
  int price;
} BhDemoPlatform;

/* A unit of the sample, so that RMAs can be made for it. */
typedef struct {
  char serial[20];
  char part[24];
  guint account;
} BhDemoUnit;

typedef struct {
  char rma[16];
  char serial[20];
} BhDemoLine;

typedef struct {
  BhDesk *desk;
  gint64 now_us;
  BhDay today; /* of now_us, UTC: all else is dated from it */
  GRand *dice; /* seeded with a constant: the same for the same day */
  GArray *units;
  GPtrArray *of_account; /* GArray of indexes into units, an account each */
  guint alive[64];       /* how many of an account's units are on an RMA that lives */
  guint next_rma;
  guint next_case;
  GPtrArray *awaited; /* BhDemoLine: the dock receives them */
  GPtrArray *drafts;  /* likewise: held when they come */
} BhDemo;

extern const BhDemoPlace bh_demo_places[BH_DEMO_DESTINATIONS];
extern const BhDemoAccount bh_demo_accounts[];
extern const guint bh_demo_n_accounts;
extern const BhDemoPlatform bh_demo_platforms[];
extern const guint bh_demo_n_platforms;

/* Writes one kind's file; every row must be good. */
gboolean bh_demo_add (BhDemo *self, const char *kind, const char *csv, GError **error);
/* (transfer full): "2026-11-24", @days before today */
char *bh_demo_day (BhDemo *self, int days);

gboolean
bh_demo_people (BhDemo *self, GError **error); /* calendars, destinations, accounts, sites */
gboolean bh_demo_products (BhDemo *self, GError **error); /* products and units */
gboolean bh_demo_rmas (BhDemo *self, GError **error);
gboolean bh_demo_dock (BhDemo *self, GError **error);  /* what came in lately */
gboolean bh_demo_bench (BhDemo *self, GError **error); /* jobs of the repair center */
/* What the practice boxes need to be judged as they say. */
gboolean bh_demo_practice (BhDemo *self, GError **error);

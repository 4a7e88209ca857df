/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/audit.h"
#include "wrap.h"
#include "world.h"

/* Two stations that write and sign, and somebody who touches the journal of the first. */

#define NORTH "station-1"
#define SOUTH "station-2"

typedef struct {
  TestWrap *wrap;
  BhDesk *north; /* its journal is touched */
  BhDesk *south;
  char *keys; /* folder of the stations' secrets */
  char *kept; /* the file of checkpoints, outside */
} World;

/* NORTH has 14 entries, its key's as number 9, 13 of them signed by two checkpoints; SOUTH
 * has 4, all signed; all three checkpoints are kept outside. */
void audit_world_set_up (World *world);
/* Nobody has done anything yet. */
void audit_world_open (World *world);
void audit_world_close (World *world);
BhDesk *audit_world_desk (World *world, const char *station);
/* As many acts as asked for, an entry each. */
void audit_world_act (BhDesk *desk, guint n);
void audit_world_sign (World *world, BhDesk *desk);
/* @expected: checkpoints that the file did not have */
void audit_world_keep (World *world, guint expected);
GPtrArray *audit_world_kept (World *world);
void audit_world_run (BhDesk *desk, const char *sql);

/* What is done to the rows of NORTH's journal before the chain is made anew, each hash right,
 * and what is to be found with the checkpoints. */
typedef struct {
  const char *path;
  void (*harm) (GPtrArray *rows);
  BhAuditFault fault;
  gint64 number;
} Harm;

extern const Harm audit_harms[];
extern const gsize audit_n_harms;
void audit_world_harm (World *world, gsize i);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/issue.h"
#include "backhaul/receive.h"
#include "wrap.h"

/* A small operation that every dock test starts from. RMAs, by number:
 *   R0000000001 open, two lines: SN-ALPHA1 part PN-100, SN-ALPHA2 part PN-200
 *   R0000000002 open: SN-BRAVO1      R0000000003 closed: SN-CLOSED (never came)
 *   R0000000004 draft: SN-DRAFT1     R0000000005 received by history: SN-BACK01
 *   R0000000006 cancelled: SN-CANCEL R0000000007 open, late: SN-LATE01
 * SN-OLD001 came back on three closed RMAs years ago (V4); SN-KNOWN1 is a unit
 * of the account on no RMA. */

#define WORLD_NOW G_GINT64_CONSTANT (1795507200000000) /* 2026-11-24T08:00:00Z */

typedef struct {
  TestWrap *wrap;
  BhDesk *desk; /* of tess at dock north, station-1 */
} DeskWorld;

/* A store of @engine with that operation; NULL: the engine that the run is for. */
void world_set_up (DeskWorld *world, gconstpointer engine);
/* Whatever a test did, the journal is whole (F6). */
void world_tear_down (DeskWorld *world, gconstpointer data);
/* The journal of acts is whole (F6). */
void world_check_journal (BhDesk *desk);
void world_fill (BhDesk *desk);
void world_run (BhDesk *desk, const char *sql);
/* An act of its own, at WORLD_NOW; *act is freed first. */
BhWhen world_when (char **act);
/* Somebody who works here, and who proves it: all have one PIN. */
#define WORLD_PIN "471100"
void world_enrol (BhDesk *desk, const char *login, const char *role);
void world_sign_in (BhDesk *desk, const char *login);
/* "D1 accept" of each unit, joined by ", "; scans divided by " | " */
char *world_receive (BhDesk *desk, const char *box, const char *scans);
GPtrArray *
world_outcomes (BhDesk *desk, const char *act, const char *box, const char *scans, GError **error);
gint64 world_count (BhDesk *desk, const char *sql);

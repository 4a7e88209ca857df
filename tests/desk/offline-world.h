/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/offline.h"
#include "world.h"
#include "wrap.h"

#define SECOND G_USEC_PER_SEC

typedef struct {
  BhDesk *desk;
  BhOffline *offline;
  char *folder;
  GPtrArray *told; /* "changed: AFTER" or "same" */
} OfflineStation;

typedef struct {
  TestWrap *wrap;
  OfflineStation north;
  OfflineStation south;
} OfflineWorld;

/* Two stations with a copy of four awaited units. */
void offline_set_up (OfflineWorld *world, const char *engine);
/* The chain of acts is whole. */
void offline_tear_down (OfflineWorld *world);
void offline_open_journal (OfflineStation *station);
/* @units: in the copy; -1: any number */
void offline_refresh (OfflineStation *station, gint64 units);
char *offline_file (OfflineStation *station, const char *name);
/* Turns a bit of the journal's last entry. */
void offline_alter (char *data, gsize *size);

/* "SCAN | SCAN", and the box ends */
BhBox *offline_box (const char *scans, gint64 now_us);
/* "accept D2" of the only unit */
char *offline_scan (OfflineStation *station, const char *scans, gint64 now_us);
void
offline_expect (OfflineStation *station, const char *scans, gint64 now_us, const char *verdict);
void offline_replay (OfflineStation *station);
/* What was told of the @n-th box begins so. */
void offline_expect_told (OfflineStation *station, guint n, const char *prefix);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/station-memory.h"

/* What is in the file: when the store was last heard of, its origin ("": it had none), policy,
 * whether people have PINs, and whose the desk was else (operator, role, nobody is enrolled,
 * authorised, a login of the database's own); people (BH_KNOWN), wrong PINs and badges of all of
 * them, and when the last one was */
#define BH_MEMORY "(xsa{ss}b(ssbbb)a(sssbsi)ix)"

enum {
  BH_MEMORY_HEARD,
  BH_MEMORY_ORIGIN,
  BH_MEMORY_POLICY,
  BH_MEMORY_PINS,
  BH_MEMORY_SEAT,
  BH_MEMORY_PEOPLE,
  BH_MEMORY_WRONG,
  BH_MEMORY_WRONG_US
};

/* (transfer full): what the file @path says; one that does not, says why. @copy: path of the copy
 * of awaited units */
BhStationMemory *bh_station_memory_read (const char *path, const char *copy, GBytes *key);
/* @packed: of the type BH_MEMORY, floating or not. Durable when it returns. */
BhStationMemory *bh_station_memory_write (const char *path, const char *copy, GBytes *key,
                                          GVariant *packed, GError **error);
/* (transfer none) (nullable): why nothing is remembered */
const char *bh_station_memory_fault (BhStationMemory *self);
/* (transfer full): only of one without a fault */
GVariant *bh_station_memory_get (BhStationMemory *self, gsize n);
/* (transfer none) (nullable) */
const char *bh_station_memory_origin (BhStationMemory *self);
const char *bh_station_memory_copy (BhStationMemory *self);

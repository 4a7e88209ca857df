/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/operator.h"
#include "desk-private.h"

/* seat.c: who is at the desk */

/* FALSE with BH_ERROR_FORBIDDEN. @who may be anything that was typed. */
gboolean bh_desk_forbid (const char *who, const char *why, GError **error);
/* Gives the desk the rights of @row, who has proved who they are. */
gboolean bh_desk_seat (BhDesk *self, const BhOperatorRow *row, GError **error);

/* seat-away.c: who has proved who they are is known while the store is out of reach; @hash: of
 * bh_badge_hash(), nullable */
void bh_desk_know (BhDesk *self, const BhOperatorRow *row);
void bh_desk_know_badge (BhDesk *self, const char *login, const char *hash);
/* People have changed: who is known is so by what they are now, if they still may. */
gboolean bh_desk_know_all_anew (BhDesk *self, GError **error);

/* login, role, hash of the PIN, authorised, hash of the badge ("": none), wrong PINs */
#define BH_KNOWN "a(sssbsi)"

/* (transfer floating): who is known, and what they tried */
GVariant *bh_desk_pack_known (BhDesk *self);
/* Who is in @packed, of the type BH_KNOWN, is known, unless the desk knows them already. */
void bh_desk_recall_people (BhDesk *self, GVariant *packed);

/* Whose rights a desk has: kept while it acts for another person. */
typedef struct {
  char *operator;
  char *dock;
  BhRole role;
  gboolean unenrolled;
  gboolean signed_in;
  gboolean authorised;
  char *rules;
} BhSitting;

/**
 * bh_desk_stand_in:
 * @dock: (nullable)
 * @kept: who is at the desk now, if anybody; bh_desk_stand_back() puts them back
 *
 * The desk acts in the name of @login, who did so here before and proved who they were then, by
 * the rights that they have now. On an error the desk is as it was.
 *
 * Errors: those of the store; %BH_ERROR_FORBIDDEN: this connection is somebody else's (decision
 * 0049).
 */
gboolean bh_desk_stand_in (BhDesk *self, const char *login, const char *dock, BhSitting *kept,
                           GError **error);
void bh_desk_stand_back (BhDesk *self, BhSitting *kept);
/* Whether who is stood in for may @act: FALSE with BH_ERROR_FORBIDDEN: they may not, any more. */
gboolean bh_desk_stands_in_for (BhDesk *self, BhMay act, GError **error);

/* badge.c: (transfer full) (nullable): what the store knows a badge by; %NULL: it is none */
char *bh_badge_hash (const char *text);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/calendar.h"
#include "backhaul/desk.h"
#include "backhaul/receipt.h"

struct _BhDesk {
  BhStore *store;
  char *operator;
  char *dock;
  char *station;
  BhRole role;
  gboolean unenrolled;
  gboolean pins; /* somebody has one: all sign in */
  gboolean signed_in;
  gboolean authorised; /* technician (RA8) */
  BhPolicy policy;
  GHashTable *calendars; /* name → BhCalendar, parsed once */
};

/* What may be done before anybody signs in (sign-in.c). */
gboolean bh_desk_admit (BhDesk *self, GError **error);
/* Who may enrol: administrators; where there is none yet, who may import. */
gboolean bh_desk_may_enrol (BhDesk *self, GError **error);

/* (transfer none): "" or a name that is not stored: weekdays only */
BhCalendar *bh_desk_calendar (BhDesk *self, const char *name, GError **error);

/* F6: one entry, inside the act's transaction. @before and @after are JSON or NULL. */
gboolean bh_desk_audit (BhDesk *self, const char *act, const char *what, const char *entity,
                        const char *before, const char *after, gint64 at_us, GError **error);

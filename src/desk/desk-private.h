/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/calendar.h"
#include "backhaul/desk.h"
#include "backhaul/receipt.h"

typedef struct _BhAcquainted BhAcquainted; /* a person (seat-away.c) */

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
  gboolean own_login;  /* the database knows who it is: nobody else can be (decision 0049) */
  BhPolicy policy;
  GHashTable *calendars; /* name → BhCalendar, parsed once */
  GPtrArray *retired;    /* calendars of before, which somebody may still look at */
  gint64 clock_off_us;   /* this station's clock is ahead of the server's */
  guint written;         /* audit entries, by this desk, since it signed them */
  gint64 looked_us;      /* when it was last asked whether a checkpoint is due */
  char *rules;           /* version of what both were read from; NULL: none was ever stamped */
  GHashTable *known;     /* login → BhAcquainted: who has signed in here; NULL: nobody has */
  int away_wrong;        /* PINs and badges, while the store is away … */
  gint64 away_wrong_us;  /* … and when the last one was */
  gboolean blind;        /* opened by what the station remembers, and the store not met since */
  gint64 gave_up_us;     /* when an act was last not done again, for good; 0: never */
};

/* Takes @store; policy and rights are not set. @operator, @station: (nullable): as to
 * bh_desk_open() */
BhDesk *bh_desk_new (BhStore *store, const char *operator, const char * dock, const char *station);
/* What may be done before anybody signs in (sign-in.c). */
gboolean bh_desk_admit (BhDesk *self, GError **error);
/* Rights of now: of who is at the desk, in a store whose operators have changed. Nobody at it is
 * no fault; BH_ERROR_FORBIDDEN: an open desk, at which this user is nobody. */
gboolean bh_desk_reseat (BhDesk *self, GError **error);
/* Whether the store is open by a person's own login, who is the operator then; @asked: (nullable):
 * who else was meant, BH_ERROR_FORBIDDEN. */
gboolean bh_desk_take_own_login (BhDesk *self, const char *asked, GError **error);
/* Whether @login may sit down here: anybody, or who the database knows. */
gboolean bh_desk_may_be (BhDesk *self, const char *login, GError **error);
/* Who may enrol: administrators; where there is none yet, who may import. */
gboolean bh_desk_may_enrol (BhDesk *self, GError **error);
/**
 * bh_desk_begin:
 *
 * The transaction of an act. Policy, calendars and the rights of who acts are those of now, and
 * stay so until it ends: another station may have changed them since they were read (C11, RULES
 * §2). Errors: BH_ERROR_FORBIDDEN: the rights were others when the act was asked for.
 */
BhTx *bh_desk_begin (BhDesk *self, GError **error);
/* The same, to change policy, calendars or operators: nobody counts by them meanwhile, and who does
 * afterwards reads them anew. */
BhTx *bh_desk_begin_rules (BhDesk *self, GError **error);
/* Reads policy, calendars and rights again when they were changed since. */
gboolean bh_desk_refresh (BhDesk *self, GError **error);
/* Parsed calendars are read from the store when they are next asked for. */
void bh_desk_drop_calendars (BhDesk *self);
/* Of all that follows a policy key. */
gboolean bh_desk_load_policy (BhDesk *self, GError **error);

/* (transfer none): "" or a name that is not stored: weekdays only */
BhCalendar *bh_desk_calendar (BhDesk *self, const char *name, GError **error);

/* F6: one entry, inside the act's transaction. @before and @after are JSON or NULL. */
gboolean bh_desk_audit (BhDesk *self, const char *act, const char *what, const char *entity,
                        const char *before, const char *after, gint64 at_us, GError **error);

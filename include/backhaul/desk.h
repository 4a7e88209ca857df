/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "now.h"
#include "policy.h"
#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:desk
 *
 * What people do: each act is one transaction over core and store, checked
 * against the operator's role (RULES §2) and written to the audit chain (F6).
 * Acts wait for the disk: not on the main thread. One BhDesk, one thread at a
 * time.
 */
typedef struct _BhDesk BhDesk;

typedef enum {
  BH_ROLE_RECEIVER,
  BH_ROLE_TECHNICIAN,
  BH_ROLE_CSR,
  BH_ROLE_SUPERVISOR,
  BH_ROLE_ADMINISTRATOR,
  BH_ROLE_LAST
} BhRole;

/* What a role may do (RULES §2); the table is in permissions.c. */
typedef enum {
  BH_MAY_READ,
  BH_MAY_RECEIVE,
  BH_MAY_VOID,
  BH_MAY_IMPORT,
  BH_MAY_SET_TIME, /* --at */
  BH_MAY_POLICY,
  BH_MAY_BACKUP,
  BH_MAY_CALENDAR,
  BH_MAY_ISSUE,    /* draft, confirm, cancel, cases */
  BH_MAY_OVERRIDE, /* confirm without coverage (N2) */
  BH_MAY_CHASE,    /* remind, extend, pause, claim, purchase order, mail */
  BH_MAY_CHARGE,   /* charge or waive (O2) */
  BH_MAY_HOLDS,    /* resolve what the dock held */
  BH_MAY_ENROL,    /* operators and their PINs; see bh_desk_add_operator() */
  BH_MAY_MOVE,     /* custody; whereto: custody.c (RA4) */
  BH_MAY_BENCH,    /* take jobs, write down, post (RA8 besides) */
  BH_MAY_APPROVE,  /* RA past five years (RA5) */
  BH_MAY_PRINT,    /* labels, to a printer */
  BH_MAY_REPRINT,  /* once more: a copy */
  BH_MAY_PRINTERS, /* say which station prints where */
  BH_MAY_STATIONS, /* give a station another key (F6) */
  BH_MAY_LAST
} BhMay;

const char *bh_role_name (BhRole role);
gboolean bh_role_parse (const char *text, BhRole *role);
gboolean bh_role_may (BhRole role, BhMay act);

/* Opens the store. @operator, @dock, @station may be NULL: the system user,
 * none, the host name. On a store without operators the system user is
 * supervisor: bh_desk_unenrolled() tells. Where people have PINs nothing may be
 * done before bh_desk_sign_in() (operators.h). Errors: as bh_store_open();
 * BH_ERROR_FORBIDDEN: @operator is not on record, and nobody has a PIN. */
BhDesk *bh_desk_open (const char *uri, BhStoreFlags flags, const char *operator, const char * dock,
                      const char *station, GError **error);
void bh_desk_close (BhDesk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhDesk, bh_desk_close)

gboolean bh_desk_unenrolled (BhDesk *self);
/* (transfer full) (nullable): this station's clock is off by more than a minute, in words; what is
 * recorded has the server's time all the same (bh_now_us()) */
char *bh_desk_clock_warning (BhDesk *self);
const char *bh_desk_operator (BhDesk *self);
const char *bh_desk_dock (BhDesk *self); /* NULL: none */
const char *bh_desk_station (BhDesk *self);
BhRole bh_desk_role (BhDesk *self);
BhStore *bh_desk_store (BhDesk *self);
/* TRUE: @why is that the connection broke (BH_ERROR_LOST) and the store answers again, or that
 * other stations were in the way at its server (BH_ERROR_BUSY), or its disk was full for a while
 * (BH_ERROR_FULL): the act or question is to be done
 * again, with its UUID; what was committed already is found, not repeated.
 * Whoever repeats may be called by one who does: what the inner one has given up, the outer one
 * does not begin anew. @losses: 0 at first, counted here. */
gboolean bh_desk_may_repeat (BhDesk *self, const GError *why, guint *losses);
const BhPolicy *bh_desk_policy (BhDesk *self);
/* FALSE with BH_ERROR_FORBIDDEN that names the role and who may. */
gboolean bh_desk_require (BhDesk *self, BhMay act, GError **error);

G_END_DECLS

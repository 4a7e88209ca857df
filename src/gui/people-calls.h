/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/operators.h"
#include "backhaul/trail-store.h"
#include "sender.h"
#include "worker.h"

G_BEGIN_DECLS

/* What the page of people asks the desk. */

typedef struct {
  GPtrArray *rows; /* BhOperatorRow, by login */
  gboolean may;    /* enrol, and change them */
  BhTrailRow *act; /* who changed the one that was asked after; NULL: it is not known */
} BhPeople;

void bh_people_free (BhPeople *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhPeople, bh_people_free)
/* @row stands there as it is, but for when they were seen */
gboolean bh_people_has (const BhPeople *self, const BhOperatorRow *row);
/* @login: (nullable): whom to ask after */
void bh_call_people_async (BhWorker *reads, const char *login, GAsyncReadyCallback callback,
                           gpointer data);

/* @row: (transfer full); @pin: a new one, "": as it is. @enrol: a new person, else a change. Its
 * login, as of the one below. */
void bh_call_person_save_async (BhWorker *acts, BhOperatorRow *row, const char *pin, gboolean enrol,
                                GAsyncReadyCallback callback, gpointer data);
void bh_call_person_disable_async (BhWorker *acts, const char *login, gboolean disabled,
                                   GAsyncReadyCallback callback, gpointer data);

/* A new badge on its way to paper; it is the person's when it is there. */
typedef struct {
  char *login;
  char *path;    /* NULL: this station's printer */
  gboolean show; /* for the print dialog: it is not given yet */
  char *badge;
  BhPages *pages; /* with @show */
  guint n;
} BhNewBadge;

void bh_new_badge_free (BhNewBadge *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhNewBadge, bh_new_badge_free)
/* Where badges are printed at this station; "": nowhere. */
void bh_call_badge_printer_async (BhWorker *reads, GAsyncReadyCallback callback, gpointer data);
/* Makes, prints or saves, and gives it, unless it is to be shown first. A #BhNewBadge. */
void bh_call_badge_make_async (BhWorker *slow, const char *login, const char *path, gboolean show,
                               GAsyncReadyCallback callback, gpointer data);
/* It came out of the dialog's printer; @badge: (transfer full). Its login, as of the one below. */
void bh_call_badge_give_async (BhWorker *acts, BhNewBadge *badge, GAsyncReadyCallback callback,
                               gpointer data);
void bh_call_badge_withdraw_async (BhWorker *acts, const char *login, GAsyncReadyCallback callback,
                                   gpointer data);

G_END_DECLS

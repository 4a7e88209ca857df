/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/trail-store.h"
#include "worker.h"

G_BEGIN_DECLS

/* What the Calendars page asks the desk. */

/* A calendar that can be looked at. */
typedef struct {
  char *name;         /* NULL: the working week alone */
  char *destinations; /* who counts by it, "SJC, SYD" */
} BhCalendarChoice;

/* (element-type BhCalendarChoice), the working week first. */
void bh_call_calendars_async (BhWorker *reads, GAsyncReadyCallback callback, gpointer data);

/* A year of one: what is drawn, and its holidays. */
typedef struct {
  char *months[12];    /* markup */
  GPtrArray *holidays; /* "2026-12-25", its name, in turn */
  BhTrailRow *act;     /* who changed it last; NULL: nobody, or it is the working week alone */
} BhCalendarYear;

void bh_calendar_year_free (BhCalendarYear *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhCalendarYear, bh_calendar_year_free)
void bh_call_calendar_year_async (BhWorker *reads, const char *name, int year,
                                  GAsyncReadyCallback callback, gpointer data);

/* @keep FALSE: only tells what it would move. (element-type utf8): a line a moved clock. */
void bh_call_calendar_put_async (BhWorker *acts, const char *name, const char *path, gboolean keep,
                                 GAsyncReadyCallback callback, gpointer data);

G_END_DECLS

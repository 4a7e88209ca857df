/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/calendar.h"

/* The years over which recurring days are followed; outside them a calendar is silent. */
#define BH_ICS_FIRST_YEAR 1990
#define BH_ICS_LAST_YEAR  2069

/* Calls @found with each day that an iCalendar file (RFC 5545) names and what the day is
 * called, once an event that covers it. Nothing is guessed: BH_ERROR_INPUT names the event. */
gboolean bh_ics_read (const char *name, const char *ics, gsize size,
                      void (*found) (BhDay day, const char *summary, gpointer data), gpointer data,
                      GError **error);

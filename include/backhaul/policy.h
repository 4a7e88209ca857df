/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BhPolicy:
 *
 * Every ▲ of RULES.md: a default that a site can change, never a constant in
 * code. Kept in the store as key and value; bh_policy_keys() is the list.
 */
typedef struct {
  int c1_business_days;    /* "clock.c1.business-days", 10 */
  gboolean c1_on_delivery; /* "clock.c1.starts", "confirmation" or "delivery" */
  int c2_days;             /* "clock.c2.days", 30 */
  int c3_days;             /* "clock.c3.days", 15 */
  int c4_business_days;    /* "clock.c4.business-days", 20 */
  int c5_cut_off;          /* "clock.c5.cut-off", "15:00" as minutes of the local day */
  int amber_days;          /* "clock.amber-days", 2 (C10) */
  int chase_before_days;   /* "chase.before-days", 3 business days (O1) */
  guint working_week;      /* "calendar.working-week", "Mon-Fri" as 0x1f; bit 0 is Monday (C7) */
  gboolean part_mismatch_holds; /* "dock.part-mismatch", "hold" or "accept" (D10) */
  gboolean offer_under_serial;  /* "dock.other-rma", "offer" or "hold" (D4) */
  gboolean unreadable_holds;    /* "dock.unreadable", "hold" or "refuse" (D11) */
  gboolean ask_typed_twice;     /* "dock.ask-typed-serial-twice", 1 (D19) */
  int received_again_days;      /* "dock.already-received-days", 30: see decisions/ (D8) */
  int offline_start_hours;      /* "dock.offline-start-hours", 72: see decisions/ (V9); 0: never */
  int rma_digits;               /* "rma.digits", 10 (I1) */
  int sign_in_tries;            /* "sign-in.tries", 5 wrong PINs a person and station */
  int sign_in_station_tries;    /* "sign-in.station-tries", 20 wrong PINs a station */
  int sign_in_wait_minutes;     /* "sign-in.wait-minutes", 5 after that */
  guint symbologies;            /* "scan.symbologies", set of BhSymbologies (I5) */
  int fa_after_faults;          /* "repair.fa-after-faults", 3 (R4) */
  int fa_weeks;                 /* "repair.fa-weeks", 26 (R4) */
} BhPolicy;

typedef struct {
  const char *key;
  const char *fallback;    /* default, as text */
  const char *rule;        /* "D10" */
  const char *description; /* one line for a settings page */
} BhPolicyKey;

/* The one that is read where nobody signs in. */
#define BH_POLICY_SYMBOLOGIES "scan.symbologies"

const BhPolicyKey *bh_policy_keys (gsize *n);
void bh_policy_init (BhPolicy *self); /* the defaults */
/* Errors: BH_ERROR_USAGE for an unknown key, BH_ERROR_INPUT for a bad value: @self is unchanged. */
gboolean bh_policy_set (BhPolicy *self, const char *key, const char *value, GError **error);
char *bh_policy_get (const BhPolicy *self, const char *key);

G_END_DECLS

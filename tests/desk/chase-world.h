/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/chase.h"
#include "transfer-fixture.h"

/* Units that do not come back, as a script of steps on one store.
 *
 * Accounts ACME (en), BLUE (de), MUTE (ja, without e-mail), SAND (country SA). PN-1 costs
 * 12500.50 USD, PN-2 has no price, PN-3 costs 95 JPY. Destinations by zone: SJC Los
 * Angeles, KIR Kiritimati (+14), PAG Pago Pago (-11), HOL Berlin with holidays on the
 * 12th and the 15th of October 2026.
 *
 * A confirmation on Monday, 5 October 2026 is due on Monday the 19th, on the 21st at HOL. */

/**
 * ChaseStep:
 * @what: "chase", "trial" (dry run): @when is a day, or a time at which now is;
 *   "charge", "waive", "credit", "buy", "claim", "accept", "reject", "extend" (by 5),
 *   "pause", "resume", "receive", "void", "close"; "uncharge", "unwaive", "unbuy",
 *   "unextend" take back;
 *   "remind", "trial-remind": @when is a day and the chosen lines, "2026-10-14 1/2 3";
 *   "state": "RMA-STATE LINE-STATE LINE-STATE…"; "to-credit": serials
 * @expected: of a run its rows, "ACTION RMA/LINE MAIL, …" with mails a, b, … and - for
 *   none, and the rule of why not; of an act "" when it is done, else what its message has
 */
typedef struct {
  const char *what;
  int rma;
  int line;
  const char *when;
  const char *expected;
} ChaseStep;

void chase_world_set_up (Fixture *self, gconstpointer data);
/* The store is in order and its journal whole. */
void chase_world_tear_down (Fixture *self, gconstpointer data);
/* "RMA ACCOUNT SERIAL PART DESTINATION CONFIRMED" each; rows of one RMA are its lines */
void chase_world_add (Fixture *self, const char *const *rows, gsize n);
/* A run is made twice: the second time it has nothing to do. */
void chase_world_play (Fixture *self, const ChaseStep *steps, gsize n);
/* The n-th step to the disk of the next act fails; what a script looks up is no step of it. */
extern int chase_world_fail_after;
/* One act, not a run. FALSE with @error. */
gboolean chase_world_act (Fixture *self, const ChaseStep *step, const char *act, GError **error);
/* What a run says; @each may be %NULL */
char *chase_world_run (Fixture *self, const char *when, gboolean dry_run,
                       void (*each) (Fixture *self, const BhChaseRow *row), GError **error);
/* What a reminder of chosen lines says; @when as in a step */
char *chase_world_remind (Fixture *self, const char *when, gboolean dry_run, GError **error);
/* Everything that an act of §6 could write. */
char *chase_world_picture (Fixture *self);
gint64 chase_world_us (const char *time);
/* All rows of a query, columns divided by blanks, rows by "; " */
char *chase_world_rows (Fixture *self, const char *sql, int columns);

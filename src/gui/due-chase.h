/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "due-acts.h"

G_BEGIN_DECLS

/* What is done about a unit that does not come back (O2–O5): the functions of its rows
 * in due-acts.c. */

const char *bh_due_bars_return (const BhClockRow *row); /* it is a C1 */
const char *bh_due_bars_charge (const BhClockRow *row); /* and late */
const char *bh_due_bars_claim (const BhClockRow *row);  /* and not paused */
const char *bh_due_bars_decide (const BhClockRow *row); /* and paused, as a claim does */

#define TELL BhDesk *desk, const BhClockRow *row, const BhDueAnswers *answers, GError **error
#define RUN                                                                                        \
  BhDesk *desk, const char *act, const BhClockRow *row, const BhDueAnswers *answers,               \
      GString *told, GError **error

char *bh_due_tell_charge (TELL);
char *bh_due_tell_waive (TELL);
char *bh_due_tell_buy (TELL);
char *bh_due_tell_claim (TELL);
char *bh_due_tell_decide (TELL);
#define UNDO                                                                                       \
  BhDesk *desk, const char *act, const BhDueDone *done, const char *reason, GError **error
gboolean bh_due_undo_charge (UNDO);
gboolean bh_due_undo_waive (UNDO);
gboolean bh_due_undo_buy (UNDO);
gboolean bh_due_undo_claim (UNDO);
gboolean bh_due_undo_accept (UNDO);
gboolean bh_due_undo_reject (UNDO);
#undef UNDO
gboolean bh_due_run_charge (RUN);
gboolean bh_due_run_waive (RUN);
gboolean bh_due_run_buy (RUN);
gboolean bh_due_run_claim (RUN);
gboolean bh_due_run_accept (RUN);
gboolean bh_due_run_reject (RUN);

#undef TELL
#undef RUN

G_END_DECLS

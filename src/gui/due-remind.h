/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "due-acts.h"

G_BEGIN_DECLS

/* Chosen lines reminded of (O1, K5): the functions of its row in due-acts.c. */

gboolean bh_due_tell_remind (BhDesk *desk, GPtrArray *rows, const BhDueAnswers *answers,
                             BhDueResult *result, GError **error);
gboolean bh_due_run_remind (BhDesk *desk, GPtrArray *rows, const BhDueAnswers *answers,
                            BhDueResult *result, GError **error);
gboolean bh_due_undo_remind (BhDesk *desk, const char *act, const BhDueDone *done,
                             const char *reason, GError **error);

G_END_DECLS

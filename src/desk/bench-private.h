/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/bench.h"
#include "issue-private.h"

/* A job inside an act's transaction, its unit locked, with entries and posts. @name: its
 * number or its unit's serial; @act: "log" … ; *done: that act was committed already. */
BhJob *bh_desk_bench_begin (BhDesk *self, const BhWhen *when, const char *name, const char *act,
                            gboolean *done, GError **error);
/* The number of the job that is meant. */
char *bh_desk_job_number (BhDesk *self, const char *name, GError **error);
/* Who has it in hand may write; a technician takes what nobody has. */
gboolean bh_desk_bench_mine (BhDesk *self, BhJob *job, GError **error);
/* Whether this operator is an authorised technician (RA8). */
gboolean bh_desk_is_authorised (BhDesk *self, gboolean *authorised, GError **error);
/* Only an authorised technician, or a technician, holds jobs; a supervisor helps. (nullable) */
gboolean bh_desk_bench_holder (BhDesk *self, const char **login, GError **error);
/* FALSE, with the rule that says no. */
gboolean bh_bench_refuse (const BhJob *job, const char *rule, const char *reason, const char *cure,
                          GError **error);
/* A text of a note: UTF-8, bounded, nothing that a terminal would obey. */
gboolean bh_bench_is_text (const char *what, const char *text, GError **error);
gboolean bh_desk_bench_write (BhDesk *self, const BhWhen *when, const char *job, BhEntryKind kind,
                              const char *name, const char *value, GError **error);
/* The act's entries in the journals of job, RMA and case. */
gboolean bh_desk_bench_tell (BhDesk *self, const BhWhen *when, const BhJob *job, const char *what,
                             const char *text, gboolean to_rma, GError **error);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/cases.h"
#include "worker.h"

G_BEGIN_DECLS

/* What the Cases page asks the desk. */

typedef struct {
  GPtrArray *rows; /* BhCaseRow */
  char *next;      /* cursor of the next page; NULL: all rows are there */
} BhCaseList;

void bh_case_list_free (BhCaseList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhCaseList, bh_case_list_free)

/* cases that are read at a time */
#define BH_CASE_ROWS 200

/* F2, F3: @limit cases behind @after. A BhCaseList. */
void bh_call_cases_async (BhWorker *reads, const char *text, BhCasesSort sort, gboolean descending,
                          guint limit, const char *after, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data);
/* @what: "update" (the customer was told @message), "escalate" (@kind, @owner; F5), "close",
 * "reopen" or a priority, "P1" … (C6). The case's number. */
void bh_call_case_act_async (BhWorker *acts, const char *case_no, const char *what,
                             const char *kind, const char *owner, const char *message,
                             GAsyncReadyCallback callback, gpointer data);

/* Before a case is opened. (element-type BhChoice): accounts that @typed may mean. */
void bh_call_accounts_async (BhWorker *reads, const char *typed, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
/* (element-type BhChoice): the sites of @account */
void bh_call_sites_async (BhWorker *reads, const char *account, GAsyncReadyCallback callback,
                          gpointer data);
/* The first number of today that no case has (I2). */
void bh_call_next_case_async (BhWorker *reads, GAsyncReadyCallback callback, gpointer data);
/* Copies @draft. The case's number as it is on record. */
void bh_call_open_case_async (BhWorker *acts, const BhCaseDraft *draft,
                              GAsyncReadyCallback callback, gpointer data);

G_END_DECLS

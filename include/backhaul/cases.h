/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "case-store.h"
#include "choices.h"
#include "clocks.h"
#include "issue.h"
#include "returns.h"

G_BEGIN_DECLS

/**
 * SECTION:cases
 *
 * Support cases (RULES I2, F2, F5) and their clock C6. Each act is one transaction;
 * the same act of a #BhWhen given again is done once.
 *
 * Errors of all acts: %BH_ERROR_FORBIDDEN; %BH_ERROR_INPUT (not a case number; a text that
 * is none; a stated time before what is on record); %BH_ERROR_NOT_FOUND; %BH_ERROR_REFUSED
 * with the rule in brackets; %BH_ERROR_BUSY (again); nothing was written.
 */

const char *bh_cases_sort_name (BhCasesSort sort); /* "case" … "account" */
gboolean bh_cases_sort_parse (const char *text, BhCasesSort *sort);
/* "p1" → "P1"; NULL: none of P1 to P4. Static. */
const char *bh_case_priority (const char *text);

/**
 * BhCasesQuery:
 * @text: what was typed: the beginning of a case number, account, site or its name, contact,
 *   platform, of an RMA's number or serial, of a tracking number; or of a word of the account's
 *   name or a customer's reference (F3); %NULL: everything
 * @status: "open", "closed" or %NULL
 * @limit: rows a page; 0: 100
 * @after: the cursor that the page before gave; %NULL: from the start
 */
typedef struct {
  const char *text;
  const char *status;
  const char *account;
  const char *priority;
  BhCasesSort sort;
  gboolean descending;
  guint limit;
  const char *after;
} BhCasesQuery;

/* (element-type BhCaseRow) (transfer full): one page, by key. @next: (out) (optional): cursor of
 * the next page, NULL at the end. Errors: BH_ERROR_INPUT for a cursor that is not one. */
GPtrArray *
bh_desk_list_cases (BhDesk *self, const BhCasesQuery *query, char **next, GError **error);

typedef struct {
  BhCaseRow row;
  GPtrArray *lines;       /* BhReturnRow: the units of its RMAs, by RMA and line (N1) */
  GPtrArray *clocks;      /* BhClockView, oldest first */
  GPtrArray *escalations; /* BhEscalation, oldest first */
  GPtrArray *history;     /* BhHistoryRow, oldest first */
} BhCasePage;

void bh_case_page_free (BhCasePage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhCasePage, bh_case_page_free)

/* @case_no in any spelling of I2. Errors: BH_ERROR_INPUT, BH_ERROR_NOT_FOUND. */
BhCasePage *bh_desk_case_page (BhDesk *self, const char *case_no, gint64 now_us, GError **error);

/**
 * bh_desk_find_accounts:
 * @typed: the beginning of an account's code, or of words of its name (F3)
 *
 * Returns: (element-type BhChoice) (transfer full): at most @limit, by code; none of an
 * empty text
 */
GPtrArray *bh_desk_find_accounts (BhDesk *self, const char *typed, guint limit, GError **error);
/* (transfer full): the number after the last one of @day, for a case that has none yet (I2).
 * NULL with @error: a store error, or the day has no number left. */
char *bh_desk_next_case (BhDesk *self, BhDay day, GError **error);

/**
 * BhCaseDraft:
 * @serial: (nullable): the unit that it is about
 * @text: (nullable): what was reported, at most 1000 characters
 *
 * @site, @contact, @platform may be %NULL too. @serial and @text go into the case's history.
 */
typedef struct {
  const char *case_no;
  const char *account;
  const char *site;
  const char *priority;
  const char *contact;
  const char *platform;
  const char *serial;
  const char *text;
} BhCaseDraft;

/* Opens a case; C6 runs until the first response. */
gboolean
bh_desk_open_case (BhDesk *self, const BhWhen *when, const BhCaseDraft *draft, GError **error);

/**
 * BhCaseChange:
 * @message: (nullable): what the customer was told
 * @internal: the customer was told nothing: records are mended
 *
 * %NULL: as it was; "": none.
 */
typedef struct {
  const char *message;
  const char *priority;
  const char *site;
  const char *contact;
  const char *platform;
  gboolean internal;
} BhCaseChange;

/**
 * bh_desk_update_case:
 *
 * The customer is told something: C6 ends, met or missed, and runs anew until the next
 * update, as long as the priority says from now on. Of an internal change only another
 * priority touches C6: it runs anew in its stage under the new one, and counts as missed
 * when it was past.
 */
gboolean bh_desk_update_case (BhDesk *self, const BhWhen *when, const char *case_no,
                              const BhCaseChange *change, GError **error);

/* @reason: (nullable). C6 ends; what was escalated is settled, its RMAs stand where others do. */
gboolean bh_desk_close_case (BhDesk *self, const BhWhen *when, const char *case_no,
                             const char *reason, GError **error);
/* A closed one is open again, and C6 runs until the customer is told something. Its
 * escalations stay settled. */
gboolean bh_desk_reopen_case (BhDesk *self, const BhWhen *when, const char *case_no,
                              const char *reason, GError **error);

/**
 * bh_desk_escalate_case:
 * @kind: as bh_escalation_kind() takes it
 * @owner: login of who takes it on; once operators are enrolled, one of them
 * @reason: (nullable)
 *
 * F5: kept with owner and time; the RMAs of the case that are open, and those that it will
 * have, move up the queues.
 *
 * Errors: %BH_ERROR_USAGE (no such kind).
 */
gboolean
bh_desk_escalate_case (BhDesk *self, const BhWhen *when, const char *case_no, const char *kind,
                       const char *owner, const char *reason, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "escalation.h"
#include "lists-store.h"

G_BEGIN_DECLS

/**
 * SECTION:case-store
 *
 * The queries behind cases.h.
 */

/* The columns of RULES F2: what a list may be sorted by. */
typedef enum {
  BH_CASES_BY_CASE,
  BH_CASES_BY_STATUS,
  BH_CASES_BY_SITE,
  BH_CASES_BY_CONTACT,
  BH_CASES_BY_MODIFIED,
  BH_CASES_BY_PLATFORM,
  BH_CASES_BY_PRIORITY,
  BH_CASES_BY_ACCOUNT,
  BH_CASES_SORT_LAST
} BhCasesSort;

/* A case as F2 lists it. */
typedef struct {
  char *case_no;
  char *status; /* "open", "closed" */
  char *account;
  char *account_name;
  char *site;      /* NULL: none */
  char *site_name; /* NULL: not on record */
  char *contact;
  char *platform;
  char *priority; /* "P1" … "P4", or NULL: an imported case without */
  gint64 opened_us;
  gint64 modified_us;
  gint64 closed_us; /* 0: open */
  int urgency;      /* of its gravest escalation; 0: none */
  char *zone;       /* of the site; "UTC" when it has none */
} BhCaseRow;

void bh_case_row_clear (BhCaseRow *self);
void bh_case_row_free (BhCaseRow *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhCaseRow, bh_case_row_clear)

/* One escalation of a case (F5). */
typedef struct {
  const BhEscalationKind *kind; /* NULL: a kind that this program does not know */
  char *name;                   /* as stored */
  char *owner;
  char *reason; /* NULL: none given */
  gint64 at_us;
  char *operator;
} BhEscalation;

void bh_escalation_free (BhEscalation *self);

/* row->case_no NULL: not on record */
gboolean bh_store_find_case (BhStore *self, const char *case_no, BhCaseRow *row, GError **error);
/* All of @row but its names and zone. */
gboolean bh_store_open_case (BhStore *self, const BhCaseRow *row, GError **error);
gboolean bh_store_set_case (BhStore *self, const BhCaseRow *row, GError **error);

gboolean bh_store_add_escalation (BhStore *self, const char *case_no,
                                  const BhEscalation *escalation, GError **error);
/* (element-type BhEscalation), oldest first */
GPtrArray *bh_store_escalations (BhStore *self, const char *case_no, GError **error);
/* F5: the case's urgency becomes that of its open RMAs and their lines. */
gboolean bh_store_pass_urgency (BhStore *self, const char *case_no, GError **error);

/* Exact members; NULL: not asked. */
typedef struct {
  const BhSearchText *text;
  const char *status;
  const char *account;
  const char *priority;
  BhCasesSort sort;
  gboolean descending;
  guint limit;
  const char *after_value; /* with after_case: the last row of the page before */
  const char *after_case;
} BhCaseQuery;

/* (element-type BhCaseRow) */
GPtrArray *bh_store_list_cases (BhStore *self, const BhCaseQuery *query, GError **error);
/* The value a row is sorted by, as after_value takes it. */
char *bh_case_row_key (const BhCaseRow *row, BhCasesSort sort);

G_END_DECLS

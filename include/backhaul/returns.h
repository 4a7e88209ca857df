/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "destroy-store.h"
#include "desk.h"

G_BEGIN_DECLS

/* The columns of RULES F1, in its order: what a list may be sorted by. */
typedef enum {
  BH_RETURNS_BY_RMA,
  BH_RETURNS_BY_STATUS,
  BH_RETURNS_BY_ACCOUNT, /* the account's name */
  BH_RETURNS_BY_CASE,
  BH_RETURNS_BY_SERIAL,
  BH_RETURNS_BY_PART,
  BH_RETURNS_BY_CREATED,
  BH_RETURNS_BY_URGENCY, /* F5: of the case's escalations */
  BH_RETURNS_SORT_LAST
} BhReturnsSort;

const char *bh_returns_sort_name (BhReturnsSort sort); /* "rma" … "created" */
gboolean bh_returns_sort_parse (const char *text, BhReturnsSort *sort);

/**
 * BhReturnsQuery:
 * @text: F3, what was typed: the beginning of an RMA number, case number, serial,
 *   account or its name, part, carrier tracking number, or a word of the customer's
 *   reference (I3); %NULL: everything
 * @status: "open", "closed" or %NULL
 * @limit: rows a page; 0: 100
 * @after: the cursor that the page before gave; %NULL: from the start
 *
 * Members that are %NULL do not restrict. Exact members compare folded (I1, I2, I4).
 */
typedef struct {
  const char *text;
  const char *status;
  const char *account;
  const char *serial;
  const char *case_no;
  const char *reference; /* words of it (I3) */
  BhReturnsSort sort;
  gboolean descending;
  guint limit;
  const char *after;
} BhReturnsQuery;

/* One line (unit) of an RMA, as F1 lists it. */
typedef struct {
  gint64 id;
  char *rma;
  char *status; /* "open", "closed" */
  char *state;  /* of the RMA */
  int line;
  char *line_state;
  char *flag; /* "ra", "fa" or NULL */
  char *account;
  char *account_name;
  char *case_no;   /* NULL: none */
  char *reference; /* NULL: none */
  char *serial;
  char *part;
  char *destination;
  char *zone; /* of the destination: what times are shown in */
  gint64 created_us;
  gint64 issued_us;   /* 0: a draft */
  gint64 received_us; /* 0: not */
  char *return_by;    /* NULL: no C1 */
  char *coverage;     /* "contract", "warranty", "override"; NULL: not confirmed here (N2) */
  char *level;        /* of the contract, as confirmed (N4) */
  char *cancel_reason;
  char *replacement; /* R2: which unit went out in its place; NULL: none */
  int urgency;       /* F5; 0: none */
} BhReturnRow;

void bh_return_row_free (BhReturnRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhReturnRow, bh_return_row_free)

/**
 * bh_desk_list_returns:
 * @next: (out) (optional) (nullable): cursor of the next page, %NULL at the end
 *
 * One page, by key (DESIGN: never OFFSET). bh_store_interrupt() ends it early
 * with %BH_ERROR_BUSY.
 *
 * Errors: %BH_ERROR_INPUT for a cursor that is not one.
 *
 * Returns: (transfer full) (element-type BhReturnRow)
 */
GPtrArray *
bh_desk_list_returns (BhDesk *self, const BhReturnsQuery *query, char **next, GError **error);

/* A clock as C10 shows it. */
typedef struct {
  char *kind;  /* "C1" … */
  char *state; /* bh_clock_state_name() */
  char *rma;
  int line;
  char *serial;
  char *account;
  char *account_name; /* NULL: not on record */
  char *case_no;
  gint64 started_us;
  char *due;     /* a date, C1-C4 */
  gint64 due_us; /* C5, C6; else 0 */
  int days_left;
  char *zone;
  char *calendar;
  int urgency; /* of its RMA or case (F5) */
} BhClockRow;

void bh_clock_row_free (BhClockRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhClockRow, bh_clock_row_free)

/* What happened, newest last: audit entries, receipts, moves. */
typedef struct {
  gint64 at_us;
  char *what; /* a word: "import", "receive", "void", "move" … */
  char *text; /* a sentence for people */
  char *operator;
  char *station;
} BhHistoryRow;

void bh_history_row_free (BhHistoryRow *self);

/* The RMA's page and `rma show`. */
typedef struct {
  char *rma;
  char *status;
  char *state;
  char *account;
  char *account_name;
  char *site;
  char *case_no;
  char *contact;
  char *reference;
  char *destination;
  char *destination_name;
  char *destination_address; /* lines joined by "\n" */
  char *zone;
  gint64 created_us;
  gint64 issued_us;
  gint64 closed_us;
  char *override_reason; /* NULL: covered (N2) */
  char *override_by;
  char *cancel_reason;
  char *purchase_order;    /* O4 */
  GPtrArray *lines;        /* BhReturnRow */
  GPtrArray *clocks;       /* BhClockRow */
  GPtrArray *history;      /* BhHistoryRow */
  GPtrArray *certificates; /* BhCertificate */
  GPtrArray *owed;         /* utf8: what keeps it from being closed; of an open one */
  int urgency;             /* F5; 0: none */
} BhRmaPage;

void bh_rma_page_free (BhRmaPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhRmaPage, bh_rma_page_free)

/* @rma in any spelling of I1. Errors: BH_ERROR_NOT_FOUND, BH_ERROR_INPUT. @now_us: for the clocks.
 */
BhRmaPage *bh_desk_rma_page (BhDesk *self, const char *rma, gint64 now_us, GError **error);

/**
 * bh_desk_due:
 * @kind: "C1" … or %NULL: all
 * @state: "late", "amber", "open" or %NULL: all; "open" is neither late nor amber
 * @on: the date, in each destination's zone; %BH_DAY_NONE: that of @now_us
 * @each: called for each unfinished clock, soonest first; FALSE stops
 *
 * Streams: the board may be long.
 */
gboolean bh_desk_due (BhDesk *self, const char *kind, const char *state, guint32 on, gint64 now_us,
                      gboolean (*each) (const BhClockRow *row, gpointer data), gpointer data,
                      GError **error);

/* The life of a serial (R3): `unit show` and the Unit page. */
typedef struct {
  char *serial;
  gboolean known; /* a unit on record; else only lines, receipts, reads */
  char *part;
  char *description;
  char *platform;
  char *account;
  char *account_name;
  char *site;
  char *shipped;
  char *contract;
  char *contract_level;
  char *contract_until;
  char *location;      /* the newest move's, or NULL */
  GPtrArray *lines;    /* BhReturnRow, newest first */
  GPtrArray *jobs;     /* BhJob (job-store.h), newest first, without entries and results */
  GPtrArray *receipts; /* BhReceipt (receipt.h), newest first, voided ones too */
  GPtrArray *history;  /* BhHistoryRow, newest last */
} BhUnitLife;

void bh_unit_life_free (BhUnitLife *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhUnitLife, bh_unit_life_free)

/* Errors: BH_ERROR_INPUT (not a serial, I4), BH_ERROR_NOT_FOUND. */
BhUnitLife *bh_desk_unit_life (BhDesk *self, const char *serial, GError **error);

/* The tally of the dock page: the newest boxes' receipts of this dock (BhReceipt). */
GPtrArray *bh_desk_recent_receipts (BhDesk *self, guint limit, GError **error);

/* Figures behind the reports and the tally, of [from, to) instants; a pair a figure.
 * (element-type BhFigure) */
typedef struct {
  char *name; /* "received", "accepted", "refused", "held", "late" … */
  char *rule; /* for figures by rule, else NULL */
  gint64 value;
} BhFigure;

void bh_figure_free (BhFigure *self);
GPtrArray *
bh_desk_stats (BhDesk *self, gint64 from_us, gint64 to_us, gint64 now_us, GError **error);

/* The tally's: receipts since an instant by verdict ("accept", "hold", "refuse"). */
GPtrArray *bh_desk_dock_figures (BhDesk *self, gint64 from_us, GError **error);

G_END_DECLS

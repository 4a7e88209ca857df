/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "job-entry.h"
#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:job-store
 *
 * Jobs of the repair center, what was written down of each, and results (RULES §7).
 */

/* One thing that was written down. @struck: a later entry says that it does not hold. */
typedef struct {
  gint64 id;
  BhEntryKind kind;
  char *name;
  char *value;
  char *low;
  char *high;
  char *sha256; /* of an attachment */
  gint64 at_us;
  char *operator;
  gboolean struck;
} BhJobEntry;

void bh_job_entry_free (BhJobEntry *self);

/**
 * BhJobPost:
 * @corrects: which version it takes the place of (RA9); 0: none
 * @upto: the last entry that it tells
 * @next: (nullable): when the next result of the FA is due (C3)
 */
typedef struct {
  int version;
  gboolean interim;
  char *disposition;
  int corrects;
  char *reason;
  gint64 upto;
  char *next;
  gint64 at_us;
  char *operator;
} BhJobPost;

void bh_job_post_free (BhJobPost *self);

/**
 * BhJob:
 * @state: "open", "posted" (its final result), "void"
 * @technician: (nullable): who has it in hand
 * @follows: (nullable): the RA that was agreed to be insufficient (RA3), with
 *   @customer, @engineer and @agree_reason
 * @due: (nullable): of its clock C2 or C3 that runs; @light: as C10 shows it
 * @entries: (element-type BhJobEntry), @posts: (element-type BhJobPost): in order;
 *   %NULL in a list
 */
typedef struct {
  char *job;
  char *kind;
  char *state;
  char *serial;
  char *part;
  char *description;
  char *components; /* of the product, divided by ";" */
  gint64 line_id;
  gint64 rma_id;
  char *rma;
  int line;
  char *case_no;
  char *account;
  char *account_name;
  char *destination;
  char *zone;
  char *calendar;
  char *technician;
  gint64 started_us;
  gint64 posted_us;
  char *disposition;
  char *fault;
  char *approved_by;
  char *approve_reason;
  char *void_reason;
  char *follows;
  char *customer;
  char *engineer;
  char *agree_reason;
  int versions;
  char *next;
  char *due;
  char *clock; /* "open", "paused"; NULL: none runs */
  char *light;
  int days_left;
  char *location;
  GPtrArray *entries;
  GPtrArray *posts;
} BhJob;

void bh_job_free (BhJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhJob, bh_job_free)

/* *job NULL: no such one. Without entries and posts. */
gboolean bh_store_job (BhStore *self, const char *job, BhJob **found, GError **error);
/* The open one of a line, else the newest; *job (transfer full) NULL: it has none. */
gboolean bh_store_job_of_line (BhStore *self, gint64 line_id, gboolean open_only, char **job,
                               GError **error);
/* J and 8 digits, never used again. */
gboolean bh_store_take_job_number (BhStore *self, char **job, GError **error);
/* What stands in @job of the columns of the table. */
gboolean bh_store_add_job (BhStore *self, const BhJob *job, GError **error);
/* State, technician, disposition, fault, void reason, versions, next, posted. */
gboolean bh_store_set_job (BhStore *self, const BhJob *job, GError **error);

gboolean
bh_store_add_entry (BhStore *self, const char *job, const BhJobEntry *entry, GError **error);
/* (element-type BhJobEntry): in order; @upto 0: all */
GPtrArray *bh_store_entries (BhStore *self, const char *job, gint64 upto, GError **error);
/* Every entry of @from again, as one of @to: a kind of them only. */
gboolean bh_store_copy_entries (BhStore *self, const char *from, const char *to, const char *what,
                                GError **error);
gboolean bh_store_add_post (BhStore *self, const char *job, const BhJobPost *post, GError **error);
/* (element-type BhJobPost): in order */
GPtrArray *bh_store_posts (BhStore *self, const char *job, GError **error);

/**
 * BhJobQuery:
 * @state: "open" by its due date, "posted" newest first, "void"; not NULL
 * @after: (nullable): the last job of the page before
 */
typedef struct {
  const char *state;
  const char *kind;
  const char *technician;
  const char *serial;
  const char *after;
  guint limit;
} BhJobQuery;

/* (element-type BhJob): a page, by key */
GPtrArray *bh_store_jobs (BhStore *self, const BhJobQuery *query, GError **error);
/* (element-type BhJob): all of a unit, newest first, without entries and posts */
GPtrArray *bh_store_jobs_of_serial (BhStore *self, const char *serial, GError **error);
/* (element-type BhJob): at the repair center by C2 or C3, and nobody works on it: no @job */
GPtrArray *bh_store_waiting (BhStore *self, const char *kind, guint limit, GError **error);

/* RA3: an RA of this line was agreed to be insufficient. */
gboolean
bh_store_is_insufficient (BhStore *self, gint64 line_id, gboolean *insufficient, GError **error);
/* C2 or C3 began once on this line, and was not taken back. */
gboolean bh_store_was_at_repair (BhStore *self, gint64 line_id, gboolean *was, GError **error);
gboolean
bh_store_is_authorised (BhStore *self, const char *login, gboolean *authorised, GError **error);
/* R4: jobs with this fault of this part since then. */
gboolean bh_store_count_faults (BhStore *self, const char *part, const char *fault, gint64 since_us,
                                gint64 *count, GError **error);
/* The RMA is "in-analysis" while one of its jobs is open, else "received" (§7). */
gboolean bh_store_settle_analysis (BhStore *self, gint64 rma_id, GError **error);
/* (nullable): the owner of the newest escalation of the case, and the address. */
gboolean bh_store_case_owner (BhStore *self, const char *case_no, char **email, GError **error);

/* R5. *known: it is in the list; *any: the list has entries at all. */
typedef enum { BH_LIST_FAULT, BH_LIST_DISPOSITION, BH_LIST_ACTION, BH_LIST_LAST } BhCodeList;
gboolean bh_store_in_list (BhStore *self, BhCodeList list, const char *code, gboolean *known,
                           gboolean *any, GError **error);
/* One entry of a list. */
typedef struct {
  char *code;
  char *parent;
  char *description;
} BhCode;
void bh_code_free (BhCode *self);
/* (element-type BhCode), by code */
GPtrArray *bh_store_list (BhStore *self, BhCodeList list, GError **error);
/* Limits of a test of a part; @low, @high (transfer full) (nullable) */
gboolean bh_store_test_limits (BhStore *self, const char *part, const char *test, char **low,
                               char **high, GError **error);

G_END_DECLS

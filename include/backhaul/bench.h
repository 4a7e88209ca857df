/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eligibility.h"
#include "issue.h"
#include "job-store.h"

G_BEGIN_DECLS

/**
 * SECTION:bench
 *
 * Repair analysis and failure analysis (RULES RA1–RA10). A job is named by its number,
 * "J00000042", or by the serial of its unit: its open job, else the newest. Each act is one
 * transaction; the same @when->act twice is done once.
 *
 * Errors of all acts: %BH_ERROR_FORBIDDEN (RULES §2, RA8); %BH_ERROR_INPUT;
 * %BH_ERROR_NOT_FOUND; %BH_ERROR_REFUSED with the rule in brackets, or naming who has the
 * job in hand. Nothing was written.
 */

/**
 * BhBenchEligible:
 * @serial: in its one spelling
 * @rma: (nullable): the RMA whose flag was looked at
 */
typedef struct {
  char *serial;
  BhRepairKind kind;
  BhDay on;
  char *rma;
  BhEligibility may;
} BhBenchEligible;

void bh_bench_eligible_clear (BhBenchEligible *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhBenchEligible, bh_bench_eligible_clear)

/* RA3, RA5, RA6 of a serial. @on: %BH_DAY_NONE: today in the destination's zone. */
gboolean bh_desk_bench_eligible (BhDesk *self, const char *serial, BhRepairKind kind, BhDay on,
                                 gint64 now_us, BhBenchEligible *answer, GError **error);

/**
 * bh_desk_bench_start:
 * @approve_reason: (nullable): a supervisor approves an RA past five years (RA5)
 * @job: (out) (transfer full): its number; of a job that this operator has already, that
 * @advice: (out) (transfer full) (optional) (element-type utf8)
 */
gboolean
bh_desk_bench_start (BhDesk *self, const BhWhen *when, const char *serial, BhRepairKind kind,
                     const char *approve_reason, char **job, GPtrArray **advice, GError **error);

/* Another takes the job in hand, with a reason; nothing that was written down is lost. */
gboolean bh_desk_bench_take (BhDesk *self, const BhWhen *when, const char *job, const char *reason,
                             GError **error);

/**
 * bh_desk_bench_intake:
 * @present: (nullable): NULL-terminated: components that came back, or "COMPONENT:SERIAL"
 * @missing: (nullable): likewise, those that did not
 * @voided: (out) (transfer full) (nullable): what is missing: the request is void (RA7)
 *   and the unit stays received
 */
gboolean
bh_desk_bench_intake (BhDesk *self, const BhWhen *when, const char *job, const char *const *present,
                      const char *const *missing, char **voided, GError **error);

/**
 * BhNote:
 * @name, @value, @low, @high: as job-entry.h says it of the kind
 * @file: (nullable): of a photo, as it was taken; @name is its file's
 */
typedef struct {
  BhEntryKind kind;
  const char *name;
  const char *value;
  const char *low;
  const char *high;
  GBytes *file;
} BhNote;

/* Writes all of @notes down, or none. RA2: nothing destructive without consent. */
gboolean bh_desk_bench_log (BhDesk *self, const BhWhen *when, const char *job, const BhNote *notes,
                            gsize n, GError **error);
/* RA2: the customer consents that the unit may be destroyed. @on: "YYYY-MM-DD" */
gboolean bh_desk_bench_consent (BhDesk *self, const BhWhen *when, const char *job, const char *by,
                                const char *on, GError **error);
/* RA3: customer and engineer agree that the RA is insufficient. @fa: (out): the FA's job */
gboolean
bh_desk_bench_insufficient (BhDesk *self, const BhWhen *when, const char *job, const char *customer,
                            const char *engineer, const char *reason, char **fa, GError **error);

/**
 * BhResult:
 * @corrects: the version that this one takes the place of, with @reason (RA9); 0: none
 */
typedef struct {
  const char *job;
  const char *disposition;
  gboolean interim;
  int corrects;
  const char *reason;
} BhResult;

/**
 * BhPosted:
 * @next: (nullable): when the next result is due (C3)
 * @missing: (element-type utf8): what RA10 names and the result does not tell
 * @same_fault: R4: so many jobs of late with this part and fault, when an FA is proposed; else 0
 */
typedef struct {
  char *job;
  int version;
  gint64 at_us;
  char *next;
  GPtrArray *missing;
  int same_fault;
} BhPosted;

void bh_posted_clear (BhPosted *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhPosted, bh_posted_clear)

/**
 * bh_desk_bench_post:
 *
 * Posts a result to the RMA and its case, by an authorised technician (RA8), for good
 * (RA9). Ends C2, or C3 and begins the next after an interim result; queues the mail to
 * customer and case owner (F4).
 */
gboolean bh_desk_bench_post (BhDesk *self, const BhWhen *when, const BhResult *result,
                             BhPosted *posted, GError **error);

/**
 * BhSendBack:
 * @to: (nullable): "customer" or "stock"; %NULL: as its result has it, to stock when a
 *   replacement went out
 * @carrier, @tracking: (nullable): of the parcel
 */
typedef struct {
  const char *job;
  const char *to;
  const char *carrier;
  const char *tracking;
} BhSendBack;

/**
 * BhReturned:
 * @labels: (element-type utf8): templates that wait for this station's printer
 * @owed: (element-type utf8): what is still owed under the RMA, a sentence each; none: it can
 *   be closed
 */
typedef struct {
  char *job;
  char *to;
  GPtrArray *labels;
  GPtrArray *owed;
} BhReturned;

void bh_returned_clear (BhReturned *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhReturned, bh_returned_clear)

/**
 * bh_desk_bench_return:
 *
 * The unit leaves the bench in one act (R2): moved (RA4), packing slip and label queued when it
 * goes to its customer, C4 ended when the customer has it or its replacement, written down.
 *
 * Errors: as above; %BH_ERROR_REFUSED: a job of it is open (RA1), it is scrapped (RA10), its
 * replacement went out (R2), it went there before (RA4).
 */
gboolean bh_desk_bench_return (BhDesk *self, const BhWhen *when, const BhSendBack *asked,
                               BhReturned *returned, GError **error);

/* (transfer full): with its entries and results, and its clock's light */
BhJob *bh_desk_job (BhDesk *self, const char *job, gint64 now_us, GError **error);
/* (transfer full) (element-type BhJob): a page; @query->state NULL: the open ones. "waiting": at
 * the repair center, and nobody works on it. @query->technician "": mine */
GPtrArray *bh_desk_jobs (BhDesk *self, const BhJobQuery *query, gint64 now_us, GError **error);
/* (transfer full) (element-type utf8): what RA10 names and the job does not tell yet */
GPtrArray *bh_job_missing (const BhJob *job);
/* (transfer none): the newest entry of the kind that holds; NULL: none */
const BhJobEntry *bh_job_entry_of (const BhJob *job, BhEntryKind kind);
/* (transfer full): NULL-terminated: what must come back with the unit (RA7) */
char **bh_job_components (const BhJob *job);
/* (transfer full): an attachment of a job; @thumb: the small one */
GBytes *bh_desk_attachment (BhDesk *self, const char *sha256, gboolean thumb, char **media_type,
                            GError **error);
/* (element-type BhCode): R5: what the site added; the five dispositions are always there */
GPtrArray *bh_desk_code_list (BhDesk *self, BhCodeList list, GError **error);

G_END_DECLS

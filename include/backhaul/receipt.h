/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "box.h"
#include "custody-store.h"
#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:receipt
 *
 * What the store knows and keeps of the dock (RULES §4). Functions that find
 * return %TRUE with an empty struct when there is nothing; %FALSE is a failure.
 */

/**
 * BhAwaitedLine:
 * @id: 0 when there is none
 * @state: of the line: "awaited", "received", …
 * @charged: minor units charged and not yet credited (O3); 0: none
 * @confirmed_us: when its RMA was confirmed; 0: a draft
 *
 * A line of an RMA with what a verdict needs of both.
 */
typedef struct {
  gint64 id;
  gint64 rma_id;
  char *rma;
  char *rma_state;
  char *rma_status;
  int line;
  char *serial;
  char *part;
  char *state;
  gboolean awaited;
  gint64 received_us; /* 0: not */
  char *return_by;
  char *account;
  char *account_name;
  char *case_no;
  char *destination;
  char *zone;     /* of the destination; NULL: UTC */
  char *calendar; /* of the destination; may be NULL */
  char *email;    /* of the account; may be NULL */
  char *coverage; /* as confirmed (N2); NULL: not confirmed here */
  char *level;    /* likewise (N4) */
  gint64 confirmed_us;
  gint64 charged;
  char *currency; /* of @charged */
  gint64 charged_us;
} BhAwaitedLine;

void bh_awaited_line_clear (BhAwaitedLine *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhAwaitedLine, bh_awaited_line_clear)

/* A row of `receipt`. */
typedef struct {
  char *receipt;
  char *act;
  char *box;
  int unit;
  char *verdict;
  char *rule;
  gint64 line_id;
  char *rma;
  int line;
  char *serial;
  char *part;
  char *account;
  char *destination;
  gboolean late;
  char *return_by;
  char *discrepancy;
  char *message;
  char *seen_before;
  gint64 at_us;
  char *dock;
  char *station;
  char *operator;
  gboolean is_void;
  char *void_reason;
  gint64 void_us;
  char *void_by;
  char *replaced_by;    /* the receipt of the same unit that took its place */
  char *resolved;       /* of a hold: bh_resolution_name(); NULL: nobody has decided */
  char *resolves;       /* the hold that this one is the decision on */
  char *line_was;       /* of an accept: the line's state before it */
  char *rma_was;        /* of an accept that opened its RMA: the RMA's state before; NULL: none */
  gint64 rma_closed_us; /* likewise: when it had been closed; 0: not known */
  char *mail;           /* only written: the mail that tells of it, if that is known already */
} BhReceipt;

void bh_receipt_clear (BhReceipt *self);
void bh_receipt_free (BhReceipt *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhReceipt, bh_receipt_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhReceipt, bh_receipt_free)

gboolean bh_store_on_record (BhStore *self, BhRecord record, const char *value, gboolean *found,
                             GError **error);
/* State of an RMA by number: *state is NULL when it is not on record. */
gboolean bh_store_rma_state (BhStore *self, const char *rma, char **state, GError **error);
gboolean
bh_store_line_awaited (BhStore *self, const char *serial, BhAwaitedLine *line, GError **error);
gboolean bh_store_line_of (BhStore *self, const char *rma, const char *serial, BhAwaitedLine *line,
                           GError **error);
gboolean bh_store_line_by_id (BhStore *self, gint64 id, BhAwaitedLine *line, GError **error);
/* (element-type BhAwaitedLine): of an RMA, in order, what was not received, whatever came of
 * it; no drafts */
GPtrArray *bh_store_lines_not_here (BhStore *self, const char *rma, GError **error);
/* The newest received line of a serial, whatever its RMA's state. */
gboolean
bh_store_line_received (BhStore *self, const char *serial, BhAwaitedLine *line, GError **error);

/* D18: which of @variants (element-type utf8) are awaited serials, or numbers of
 * open RMAs, as "SERIAL on RMA"; at most @limit are added to @near. */
gboolean bh_store_near (BhStore *self, GPtrArray *variants, gboolean serials, guint limit,
                        GPtrArray *near, GError **error);
/* F4: to whom a refusal is told: the account of the number on the box, else of
 * the unit; both %NULL when nobody is known. */
gboolean bh_store_sender_of (BhStore *self, const char *rma, const char *serial, char **account,
                             char **email, GError **error);
/* Name and address of the sender as lines, and the box's tracking number; each
 * %NULL when it is not known. */
gboolean
bh_store_sender_address (BhStore *self, const char *box, const char *rma, const char *serial,
                         char **name, char **address, char **tracking, GError **error);
/* The newest instant on record for a unit: confirmation, receipt, move; 0: none. */
gboolean bh_store_latest_of (BhStore *self, const char *serial, gint64 *at_us, GError **error);
/* A picture of the box, once however often it is given. */
gboolean bh_store_add_photo (BhStore *self, const char *photo, const char *box, const char *name,
                             const char *media_type, const char *sha256, GBytes *bytes,
                             gint64 at_us, GError **error);

/* *fresh: nothing of this box was on record before */
gboolean bh_store_put_box (BhStore *self, const char *box, const char *dock, const char *station,
                           const char *operator, const char * carrier, const char *tracking,
                           gboolean done, gint64 at_us, gboolean *fresh, GError **error);
gboolean bh_store_count_scans (BhStore *self, const char *box, gint64 *count, GError **error);
/* A read with what it is found again by (V8). */
typedef struct {
  const BhScan *scan;
  char *code;
  BhKind kind;
} BhScanRow;

/* The reads from the @first on (0: the box's first one). */
gboolean bh_store_add_scans (BhStore *self, const char *box, gint64 first, const BhScanRow *rows,
                             guint n, GError **error);
/* (element-type BhScan): what an open box has already */
GPtrArray *bh_store_box_scans (BhStore *self, const char *box, GError **error);

gboolean bh_store_add_receipt (BhStore *self, const BhReceipt *receipt, GError **error);
gboolean
bh_store_find_receipt (BhStore *self, const char *receipt, BhReceipt *found, GError **error);
/* (element-type BhReceipt): not void, by unit */
GPtrArray *bh_store_receipts_of_act (BhStore *self, const char *act, GError **error);
GPtrArray *bh_store_receipts_of_box (BhStore *self, const char *box, GError **error);
/* The accept that received a line, not void. */
gboolean bh_store_receipt_of_line (BhStore *self, gint64 line_id, BhReceipt *found, GError **error);
/* The newest accept of what bore this serial, not void: also in place of another unit (D5). */
gboolean bh_store_accepted_as (BhStore *self, const char *serial, BhReceipt *found, GError **error);
/* D17: the newest refusal of another box on which the code was read: its receipt, box,
 * rule and at_us; the rest stays empty */
gboolean bh_store_refused_before (BhStore *self, const char *code, const char *not_box,
                                  BhReceipt *found, GError **error);
gboolean
bh_store_void_receipt (BhStore *self, const char *receipt, const char *reason, const char *by,
                       const char *replaced_by, gint64 at_us, GError **error);

gboolean
bh_store_set_line_received (BhStore *self, const BhAwaitedLine *line, gint64 at_us, GError **error);
/* @was: (nullable): the line's state before; NULL: awaited */
gboolean
bh_store_undo_line_received (BhStore *self, gint64 line_id, const char *was, GError **error);
/* @kind: a template's, "receipt" (mail-template.h); @rmas: blanks between them; @receipt: may be
 * %NULL. A customer's units of one box are told in one mail: while that waits, @receipt joins it
 * and @mail is not used (K5). No address (@to %NULL): failed, and shown. */
gboolean bh_store_queue_mail (BhStore *self, const char *mail, const char *kind, const char *to,
                              const char *account, const char *rmas, const char *receipt,
                              gint64 at_us, GError **error);
/* The same of a box that no mail tells of yet; @receipt names @mail already. */
gboolean bh_store_queue_first_mail (BhStore *self, const char *mail, const char *kind,
                                    const char *to, const char *account, const char *rmas,
                                    const char *receipt, gint64 at_us, GError **error);
/* Queued jobs of a voided receipt are not printed or sent. */
gboolean bh_store_cancel_jobs (BhStore *self, const char *receipt, GError **error);

/* @state: "met", "missed" or "void"; no running clock of that kind is no error */
gboolean bh_store_end_clock (BhStore *self, const char *kind, gint64 line_id, const char *state,
                             gint64 at_us, GError **error);
/* After a void: the clock that the receipt ended runs again. */
gboolean bh_store_reopen_clock (BhStore *self, const char *kind, gint64 line_id, GError **error);

/* F6. The chain's last hash of a station; *seq 0 and "" when it has none. */
gboolean
bh_store_audit_tip (BhStore *self, const char *station, gint64 *seq, char **hash, GError **error);
/* What @act did as @what (F6) is on record. */
gboolean bh_store_act_on_record (BhStore *self, const char *act, const char *what, gboolean *found,
                                 GError **error);
gboolean bh_store_add_audit (BhStore *self, const char *station, gint64 seq, gint64 at_us,
                             const char *operator, const char * act, const char *what,
                             const char *entity, const char *before, const char *after,
                             const char *previous, const char *hash, GError **error);

G_END_DECLS

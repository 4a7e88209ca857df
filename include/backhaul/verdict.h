/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy.h"

G_BEGIN_DECLS

/* RULES §4, left column: what the box says. */
typedef enum {
  BH_NUM_NOT_YET, /* nothing yet; the box is open */
  BH_NUM_NONE,    /* no number on the box, or one that is not on record */
  BH_NUM_OPEN,    /* number of an open RMA */
  BH_NUM_CLOSED,  /* number of a closed or cancelled RMA */
  BH_NUM_DRAFT,   /* number of a draft RMA */
  BH_NUM_LAST
} BhNumFact;

/* RULES §4, middle column: the unit's serial. */
typedef enum {
  BH_SER_NOT_YET,    /* not yet scanned; the box is open */
  BH_SER_UNREADABLE, /* unreadable or missing, as the receiver says */
  BH_SER_HERE,       /* an awaited line of the open RMA whose number is on the box */
  BH_SER_ELSEWHERE,  /* an awaited line of exactly one open RMA, another than the box says */
  BH_SER_NOWHERE,    /* on no open RMA; a line of the draft RMA counts so (D9) */
  BH_SER_RECEIVED,   /* that line was received before */
  BH_SER_LAST
} BhSerFact;

/* D10: the part number that was read beside the line's. */
typedef enum { BH_PART_UNREAD, BH_PART_SAME, BH_PART_DIFFERS, BH_PART_LAST } BhPartFact;

typedef enum {
  BH_VERDICT_WAITING,
  BH_VERDICT_ACCEPT,
  BH_VERDICT_HOLD,
  BH_VERDICT_REFUSE,
  BH_VERDICT_ALREADY_RECEIVED,
  BH_VERDICT_LAST
} BhVerdict;

const char *bh_verdict_name (BhVerdict verdict); /* CLI.md: "accept", "already-received" … */

/**
 * BhRuling:
 * @num: bits 1 << BhNumFact that this row is for
 * @ser: bits 1 << BhSerFact
 * @part: bits 1 << BhPartFact
 * @verdict: what follows
 * @rule: "D1" …
 * @by_serial: the number is assigned from the serial; a box label is made (D2)
 * @discrepancy: (nullable): what is kept beside an accept (D7, D10)
 * @title: the one word or two that the dock shows, untranslated
 * @advice: what to do next, untranslated
 *
 * A row of RULES §4. Static.
 */
typedef struct {
  guint num;
  guint ser;
  guint part;
  BhVerdict verdict;
  const char *rule;
  gboolean by_serial;
  const char *discrepancy;
  const char *title;
  const char *advice;
} BhRuling;

/**
 * bh_box_judge:
 * @policy: decides D10 and D11, which RULES leave to the site
 *
 * The first row of RULES §4 that matches, in the order D8, D1–D7, D9–D11
 * (D20). Pure. Every combination of facts has a row.
 *
 * Returns: (transfer none): static, never %NULL
 */
const BhRuling *
bh_box_judge (BhNumFact number, BhSerFact serial, BhPartFact part, const BhPolicy *policy);

G_END_DECLS

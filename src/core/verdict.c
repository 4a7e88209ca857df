/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/verdict.h"

#define N(f) (1u << BH_NUM_##f)
#define S(f) (1u << BH_SER_##f)
#define P(f) (1u << BH_PART_##f)
#define ANY  (~0u)

/* D10: a part that was read and differs takes the row away from D1, D2 and D7,
 * else D10 could never be the first match (D20) */
#define PART_OK (P (UNREAD) | P (SAME))
/* an accept need not wait for a number: whoever scans the serial first (V1) sees it
 * at once. A refusal must, as the number may be read next (D11) */
#define NO_NUMBER (N (NONE) | N (NOT_YET))

/* RULES §4, first match wins; D8 first, it holds for every number */
static const BhRuling table[] = {
  { ANY, S (RECEIVED), ANY, BH_VERDICT_ALREADY_RECEIVED, "D8", FALSE, NULL, "ALREADY RECEIVED",
    "Nothing was written. Put the unit with the one that was received, or ask a supervisor." },
  { N (OPEN), S (HERE), PART_OK, BH_VERDICT_ACCEPT, "D1", FALSE, NULL, "ACCEPT",
    "Put the unit on the shelf for its destination." },
  { NO_NUMBER, S (ELSEWHERE), PART_OK, BH_VERDICT_ACCEPT, "D2", TRUE, NULL, "ACCEPT BY SERIAL",
    "Stick the printed box label on the box." },
  { N (NONE), S (NOWHERE) | S (UNREADABLE), ANY, BH_VERDICT_REFUSE, "D3", FALSE, NULL, "REFUSE",
    "Stick the return-to-sender label on the box. It goes back at the sender's cost." },
  { N (OPEN), S (ELSEWHERE), ANY, BH_VERDICT_HOLD, "D4", FALSE, "other RMA", "HOLD",
    "Another open RMA awaits this serial. Put it on the hold shelf; a CSR can receive it there." },
  { N (OPEN), S (NOWHERE), ANY, BH_VERDICT_HOLD, "D5", FALSE, "serial mismatch", "HOLD",
    "This serial is not on the RMA. Put it on the hold shelf; a CSR accepts the swap or refuses." },
  { N (CLOSED), S (NOWHERE) | S (UNREADABLE), ANY, BH_VERDICT_HOLD, "D6", FALSE, "closed RMA",
    "HOLD", "The RMA is closed. Put the unit on the hold shelf; a CSR decides." },
  { N (CLOSED) | N (DRAFT), S (ELSEWHERE), PART_OK, BH_VERDICT_ACCEPT, "D7", TRUE,
    "number of another RMA on the box", "ACCEPT BY SERIAL",
    "Stick the printed box label over the wrong number." },
  { N (DRAFT), S (NOWHERE) | S (UNREADABLE), ANY, BH_VERDICT_HOLD, "D9", FALSE, "not confirmed",
    "HOLD", "The RMA is not confirmed yet. Put the unit on the hold shelf; a CSR confirms it." },
  { ANY, S (HERE) | S (ELSEWHERE), P (DIFFERS), BH_VERDICT_HOLD, "D10", FALSE, "part differs",
    "HOLD", "The part number differs from the RMA's. Put the unit on the hold shelf." },
  { N (OPEN), S (UNREADABLE), ANY, BH_VERDICT_HOLD, "D11", FALSE, "serial unreadable", "HOLD",
    "Take a photo of the plate and put the unit on the hold shelf." },
  { N (NOT_YET), S (UNREADABLE) | S (NOWHERE), ANY, BH_VERDICT_WAITING, "D11", FALSE, NULL,
    "WAITING", "Scan the RMA number, or say that there is none." },
  { ANY, S (NOT_YET), ANY, BH_VERDICT_WAITING, "D11", FALSE, NULL, "WAITING",
    "Scan the serial number, or say that it cannot be read." },
  /* HERE without the number of an open RMA cannot be: facts that contradict
   * each other are for a person */
  { ANY, ANY, ANY, BH_VERDICT_HOLD, "D20", FALSE, "contradiction", "HOLD",
    "Put the unit on the hold shelf; a CSR decides." },
};

/* The rows a site's policy puts in place of the default ones (▲) */
static const BhRuling accept_part[] = {
  { N (OPEN), S (HERE), P (DIFFERS), BH_VERDICT_ACCEPT, "D10", FALSE, "part differs", "ACCEPT",
    "The part number differs from the RMA's; that is noted. Put the unit on the shelf." },
  { ANY, S (ELSEWHERE), P (DIFFERS), BH_VERDICT_ACCEPT, "D10", TRUE, "part differs",
    "ACCEPT BY SERIAL", "The part number differs from the RMA's; that is noted." },
};
static const BhRuling refuse_unreadable = {
  N (OPEN),
  S (UNREADABLE),
  ANY,
  BH_VERDICT_REFUSE,
  "D11",
  FALSE,
  "serial unreadable",
  "REFUSE",
  "Stick the return-to-sender label on the box. It goes back at the sender's cost."
};

static const char *const names[] = {
  [BH_VERDICT_WAITING] = "waiting",
  [BH_VERDICT_ACCEPT] = "accept",
  [BH_VERDICT_HOLD] = "hold",
  [BH_VERDICT_REFUSE] = "refuse",
  [BH_VERDICT_ALREADY_RECEIVED] = "already-received",
};

const char *
bh_verdict_name (BhVerdict verdict)
{
  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (names), "waiting");
  return names[verdict];
}

const BhRuling *
bh_box_judge (BhNumFact number, BhSerFact serial, BhPartFact part, const BhPolicy *policy)
{
  const BhRuling *row = table;

  while (!(row->num & (1u << number)) || !(row->ser & (1u << serial)) ||
         !(row->part & (1u << part)))
    row++; /* the last row matches everything */
  if (g_str_equal (row->rule, "D10") && !policy->part_mismatch_holds)
    return &accept_part[serial == BH_SER_HERE ? 0 : 1];
  if (g_str_equal (row->rule, "D11") && row->verdict == BH_VERDICT_HOLD &&
      !policy->unreadable_holds)
    return &refuse_unreadable;
  return row;
}

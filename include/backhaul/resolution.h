/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "verdict.h"

G_BEGIN_DECLS

/* How a CSR ends a hold (RULES D4–D6, D9–D11). */
typedef enum {
  BH_RESOLVE_ACCEPT_SWAP,  /* taken in on a line of the RMA whose number is on the box */
  BH_RESOLVE_UNDER_SERIAL, /* taken in under the RMA of the serial */
  BH_RESOLVE_REFUSE,       /* back to the sender */
  BH_RESOLVE_LAST
} BhResolution;

const char *bh_resolution_name (BhResolution how); /* "accept-swap" … */

/**
 * bh_resolution_ruling:
 * @rule: of the hold: "D4" …
 *
 * The table of what may follow a hold by its rule. Whether there is a line that
 * can take the unit is a matter of facts (holds.h).
 *
 * Returns: (transfer none) (nullable): static, the verdict on the unit and what
 *   is kept as its discrepancy; %NULL: this rule's hold does not end so
 */
const BhRuling *bh_resolution_ruling (const char *rule, BhResolution how, const BhPolicy *policy);

G_END_DECLS

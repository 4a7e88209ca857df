/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/resolution.h"

/* an accepted unit gets a box label: what is on the box was wrong, or is not enough */
#define ACCEPTED(rule, kept)                                                                       \
  {                                                                                                \
    0, 0, 0, BH_VERDICT_ACCEPT, rule, TRUE, kept, "ACCEPT",                                        \
        "Take it from the hold shelf and stick the printed box label on the box."                  \
  }
#define REFUSED(rule, kept)                                                                        \
  {                                                                                                \
    0, 0, 0, BH_VERDICT_REFUSE, rule, FALSE, kept, "REFUSE",                                       \
        "Stick the return-to-sender label on the box. It goes back at the sender's cost."          \
  }

/* D4 is not swapped: the unit would be credited to another customer's RMA, and its own
 * would wait for it forever. D20 contradicts itself, so only its serial can be trusted. */
static const struct {
  BhResolution how;
  BhRuling ruling;
} table[] = {
  { BH_RESOLVE_UNDER_SERIAL, ACCEPTED ("D4", "other RMA") },
  { BH_RESOLVE_REFUSE, REFUSED ("D4", "other RMA") },
  { BH_RESOLVE_ACCEPT_SWAP, ACCEPTED ("D5", "serial mismatch") },
  { BH_RESOLVE_UNDER_SERIAL, ACCEPTED ("D5", "serial mismatch") },
  { BH_RESOLVE_REFUSE, REFUSED ("D5", "serial mismatch") },
  { BH_RESOLVE_ACCEPT_SWAP, ACCEPTED ("D6", "closed RMA") },
  { BH_RESOLVE_UNDER_SERIAL, ACCEPTED ("D6", "closed RMA") },
  { BH_RESOLVE_REFUSE, REFUSED ("D6", "closed RMA") },
  { BH_RESOLVE_ACCEPT_SWAP, ACCEPTED ("D9", "not confirmed") },
  { BH_RESOLVE_UNDER_SERIAL, ACCEPTED ("D9", "not confirmed") },
  { BH_RESOLVE_REFUSE, REFUSED ("D9", "not confirmed") },
  { BH_RESOLVE_ACCEPT_SWAP, ACCEPTED ("D10", "part differs") },
  { BH_RESOLVE_UNDER_SERIAL, ACCEPTED ("D10", "part differs") },
  { BH_RESOLVE_REFUSE, REFUSED ("D10", "part differs") },
  { BH_RESOLVE_ACCEPT_SWAP, ACCEPTED ("D11", "serial unreadable") },
  { BH_RESOLVE_UNDER_SERIAL, ACCEPTED ("D11", "put aside") },
  { BH_RESOLVE_REFUSE, REFUSED ("D11", "serial unreadable") },
  { BH_RESOLVE_UNDER_SERIAL, ACCEPTED ("D20", "contradiction") },
  { BH_RESOLVE_REFUSE, REFUSED ("D20", "contradiction") },
};

static const char *const names[] = {
  [BH_RESOLVE_ACCEPT_SWAP] = "accept-swap",
  [BH_RESOLVE_UNDER_SERIAL] = "under-serial",
  [BH_RESOLVE_REFUSE] = "refuse",
};

const char *
bh_resolution_name (BhResolution how)
{
  g_return_val_if_fail ((guint) how < G_N_ELEMENTS (names), "refuse");
  return names[how];
}

const BhRuling *
bh_resolution_ruling (const char *rule, BhResolution how, const BhPolicy *policy)
{
  /* a site may keep the RMA of the serial to itself (D4) */
  if (how == BH_RESOLVE_UNDER_SERIAL && !policy->offer_under_serial && g_str_equal (rule, "D4"))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].how == how && g_str_equal (table[i].ruling.rule, rule))
      return &table[i].ruling;
  return NULL;
}

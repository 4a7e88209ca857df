/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/escalation.h"

#include <string.h>

/* The guide's table 2. Its text speaks of six options and names four: these. What asks
 * for the RMA itself moves it further up than what asks for the case (F5). */
static const BhEscalationKind kinds[] = {
  { "faster-technical-progress", "Faster technical progress",
    "the engineers' work on the case is too slow",
    "an escalation manager checks the priority and speeds the work up", 1 },
  { "support-engineer-now", "Support Engineer now", "an engineer is to get in touch at once",
    "an engineer, if possible the case's own, calls or writes as the customer prefers", 1 },
  { "service-request-reassignment", "Service Request reassignment",
    "somebody else is to work on the case", "an escalation manager gives the case to another", 1 },
  { "faster-rma-progress", "Faster RMA progress",
    "the replacement has not shipped, or the RMA is not made",
    "customer care answers with where the RMA stands", 2 },
};

const BhEscalationKind *
bh_escalation_kinds (gsize *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}

/* "Faster RMA progress" → "faster-rma-progress" */
static char *
fold (const char *text)
{
  g_autofree char *folded = g_ascii_strdown (text, -1);

  g_strstrip (folded);
  for (char *c = folded; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c))
      *c = '-';
  return g_steal_pointer (&folded);
}

const BhEscalationKind *
bh_escalation_kind (const char *text)
{
  g_autofree char *name = text != NULL ? fold (text) : g_strdup ("");
  const BhEscalationKind *found = NULL;

  if (*name == '\0')
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_str_equal (kinds[i].name, name))
      return &kinds[i];
    if (strstr (kinds[i].name, name) == NULL)
      continue;
    if (found != NULL)
      return NULL; /* it may mean either */
    found = &kinds[i];
  }
  return found;
}

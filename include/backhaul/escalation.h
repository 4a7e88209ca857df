/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BhEscalationKind:
 * @name: as it is stored and typed: "faster-rma-progress"
 * @title: the option's name in the guide
 * @when: when a customer chooses it
 * @action: what its owner does
 * @urgency: how far up it moves the case's RMAs (F5); more is more urgent
 *
 * A row of the guide's table 2. Static.
 */
typedef struct {
  const char *name;
  const char *title;
  const char *when;
  const char *action;
  int urgency;
} BhEscalationKind;

const BhEscalationKind *bh_escalation_kinds (gsize *n);
/* By name or title in any case, or by a part that only one of them has: "rma-progress".
 * Returns: (transfer none) (nullable) */
const BhEscalationKind *bh_escalation_kind (const char *text);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk.h"

G_BEGIN_DECLS

/**
 * SECTION:permissions
 *
 * RULES §2: which role may do what. One table says it, permissions.c: the desk asks it before every
 * act, `backhaulctl permissions` prints it, docs/permissions.md is that print.
 */

/**
 * BhPermission:
 * @act: name of the act, unique: "rma-cancel"
 * @what: what it does, for people: "cancel an RMA or a line"
 * @may: the right that the desk asks for
 * @rule: (nullable): what the act keeps besides the right
 */
typedef struct {
  const char *act;
  const char *what;
  BhMay may;
  const char *rule;
} BhPermission;

/* (transfer none) (array length=n): every act, those of one right together */
const BhPermission *bh_permissions (gsize *n);
/* What the right is called, as in "may not WHAT". */
const char *bh_may_text (BhMay may);
/* The whole table as a page of Markdown. */
char *bh_permissions_page (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backhaul/issue.h"

G_BEGIN_DECLS

/* The units of an RMA that is being typed: a row each in a list store. */
enum {
  BH_UNIT_SERIAL,
  BH_UNIT_PART,
  BH_UNIT_COVER,  /* word and shape */
  BH_UNIT_GRANTS, /* what the level gives (N4) */
  BH_UNIT_FLAG,   /* "RA", "FA" or "" (N6) */
  BH_UNIT_REPAIR, /* whether it may have RA (RA5, RA6), in words and shape */
  BH_UNIT_WHY,
  BH_UNIT_TIP,   /* all reasons, as markup */
  BH_UNIT_RA,    /* a BhEligible */
  BH_UNIT_KEPT,  /* the flag that the draft has */
  BH_UNIT_STATE, /* a BhUnitState */
  BH_UNIT_SAVED, /* it is on the draft */
  BH_UNIT_COLUMNS
};

typedef enum { BH_UNIT_ASKED, BH_UNIT_COVERED, BH_UNIT_UNCOVERED, BH_UNIT_BARRED } BhUnitState;

GtkListStore *bh_issue_units_new (GtkTreeView *tree);
/* FALSE: it is there already, or no serial (I4); *why says so. @iter: the new row */
gboolean bh_issue_units_add (GtkListStore *units, const char *text, gboolean saved,
                             GtkTreeIter *iter, char **why);
gboolean bh_issue_units_find (GtkListStore *units, const char *serial, GtkTreeIter *iter);
/* What covers it, or why that is not known. */
void bh_issue_units_tell (GtkListStore *units, const char *serial, const BhUnitCheck *check,
                          const char *own_rma, const GError *error);
/* N6: @flag "ra", "fa" or NULL. FALSE: it may not have that; *why says so. */
gboolean bh_issue_units_flag (GtkListStore *units, GtkTreeIter *iter, const char *flag, char **why);
/* "ra", "fa", NULL: as the row says, and as the draft has it */
const char *bh_issue_units_flag_of (GtkListStore *units, GtkTreeIter *iter);
gboolean bh_issue_units_flag_changed (GtkListStore *units, GtkTreeIter *iter);
/* The text of a file of serials, at most 1 MiB of UTF-8. */
char *bh_issue_units_read (GFile *file, GError **error);
/* How many there are in each state. */
guint bh_issue_units_count (GtkListStore *units, guint counts[BH_UNIT_BARRED + 1]);

G_END_DECLS

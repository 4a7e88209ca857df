/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The texts of one entry of the journal, each NULL or "": there is none. */
typedef struct {
  const char *act;
  const char *about;
  const char *when;
  const char *who;
  const char *where;
  const char *number; /* of the entry, in the journal */
  const char *before;
  const char *after;
  const char *entity; /* the thing, as the journal keeps it */
  const char *rmas;   /* the first of them is gone on to */
  const char *serial;
  const char *case_no;
} BhEntryTexts;

/* One entry: what was before and after, side by side, and the ways on to what it is about.
 * Signal: "all" (text): to be searched for. */
#define BH_TYPE_HISTORY_ENTRY (bh_history_entry_get_type ())
G_DECLARE_FINAL_TYPE (BhHistoryEntry, bh_history_entry, BH, HISTORY_ENTRY, GtkBox)

GtkWidget *bh_history_entry_new (void);
void bh_history_entry_show (BhHistoryEntry *self, const BhEntryTexts *texts);
/* None is chosen; @any: there are some to choose from. */
void bh_history_entry_clear (BhHistoryEntry *self, gboolean any);
/* Gives the keys to the first way on. */
void bh_history_entry_focus (BhHistoryEntry *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendar.h"
#include "desk.h"
#include "trail-store.h"

G_BEGIN_DECLS

/**
 * BhTrailQuery:
 * @text: (nullable): the thing, as it was typed or scanned: an RMA, case, serial, account,
 * carrier's number, repair job, receipt, box, mail or label job; a login or a person's name, whose
 * own acts are meant, too; a policy key, a calendar, "station/label" of a printer; or a name as the
 *   journal keeps it, "policy:ra.years". The whole of it: no beginnings. %NULL, "": everything
 * @what: (nullable): an act's stable word; only those
 * @from, @to: the first and the last day, in the station's own zone; %BH_DAY_NONE: no such end
 * @after: (nullable): @next of the page before
 * @limit: how many, at most 2000; 0: 200
 */
typedef struct {
  const char *text;
  const char *what;
  BhDay from;
  BhDay to;
  const char *after;
  guint limit;
} BhTrailQuery;

/**
 * BhTrail:
 * @rows: (element-type BhTrailRow): newest first
 * @next: (nullable): cursor of the next page; %NULL: there is none
 * @partial: @text is an account of more than %BH_TRAIL_LINES lines: of the others nothing is here
 */
typedef struct {
  GPtrArray *rows;
  char *next;
  gboolean partial;
} BhTrail;

void bh_trail_free (BhTrail *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhTrail, bh_trail_free)

/**
 * bh_desk_trail:
 *
 * The history of anything (F6): what the journal says was done to @query's thing or by its person.
 * Who may read may read it (%BH_MAY_READ). A page of it is an index range, however long the journal
 * (decision 0060); an act alone, @what without @text, is looked for through all entries.
 *
 * Errors: %BH_ERROR_FORBIDDEN; %BH_ERROR_INPUT: @after is no cursor of this list, or @to is before
 * @from. Nothing found is no error.
 */
BhTrail *bh_desk_trail (BhDesk *self, const BhTrailQuery *query, GError **error);
/**
 * bh_desk_last_act:
 * @entity: a thing as the journal names it, "calendar:SITE"
 * @row: (out) (transfer full) (nullable): its newest entry (F6); %NULL: it has none
 *
 * Who changed a thing last, for whoever has it on screen: one step in an index.
 *
 * Errors: %BH_ERROR_FORBIDDEN: who may not read (%BH_MAY_READ); those of the store
 */
gboolean bh_desk_last_act (BhDesk *self, const char *entity, BhTrailRow **row, GError **error);
/* (transfer full) (nullable): @value of an entry to be read by people: the members of a JSON
 * object a line each, everything else as it is */
char *bh_trail_lines (const char *value);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/clocks.h"
#include "backhaul/returns.h"

G_BEGIN_DECLS

/**
 * SECTION:due-acts
 *
 * What a person may do with clocks of the board (RULES O1–O5, C9): one row each in
 * due-acts.c, with what it asks for, whom it fits, what it will do, and the desk's call.
 */

/* What an act may ask for; each a text, as it was typed. */
typedef enum {
  BH_FIELD_DAYS,
  BH_FIELD_CARRIER,
  BH_FIELD_TRACKING,
  BH_FIELD_DELIVERED,
  BH_FIELD_SIGNED_BY,
  BH_FIELD_DOCUMENT, /* a file's name */
  BH_FIELD_ORDER,
  BH_FIELD_REASON,
  BH_FIELD_LAST
} BhDueField;

typedef struct {
  const char *id;    /* accessible id */
  const char *label; /* untranslated, with its mnemonic */
} BhDueFieldKind;

extern const BhDueFieldKind bh_due_fields[BH_FIELD_LAST];

/* Owns its texts. */
typedef struct {
  char *text[BH_FIELD_LAST];
} BhDueAnswers;

BhDueAnswers *bh_due_answers_copy (const BhDueAnswers *self);
void bh_due_answers_free (BhDueAnswers *self);

/* What was done and can be taken back. */
typedef struct {
  BhClockRow *row; /* NULL: of several at once */
  char *id;        /* the act's UUID; of a reminder its mail */
} BhDueDone;

BhDueDone *bh_due_done_new (const BhClockRow *row, const char *id);
void bh_due_done_free (BhDueDone *self);

/* What came of an act on all rows at once, or would. */
typedef struct {
  guint done;       /* rows */
  GPtrArray *notes; /* texts: what there is to say, translated */
  GPtrArray *undo;  /* ids of BhDueDone */
  char *told;       /* how it went, in a sentence; NULL: so many clocks */
} BhDueResult;

BhDueResult *bh_due_result_new (void);
void bh_due_result_free (BhDueResult *self);

typedef struct {
  const char *name;  /* "extend"; accessible id "act-extend" */
  const char *title; /* untranslated, with its mnemonic */
  const char *verb;  /* "Extend", untranslated: over its preview */
  const char *about; /* untranslated: above its preview */
  BhMay may;
  guint fields; /* 1 << BhDueField */
  guint needs;  /* those of them that must not be empty */
  /* Why not this one, untranslated; NULL: it fits. */
  const char *(*bars) (const BhClockRow *row);
  /* Off the main thread: what will happen to it, translated. NULL: nothing but the act. */
  char *(*tell) (BhDesk *desk, const BhClockRow *row, const BhDueAnswers *answers, GError **error);
  /* Off the main thread. @act: a UUID. @told: takes what there is to say of how it went. */
  gboolean (*run) (BhDesk *desk, const char *act, const BhClockRow *row,
                   const BhDueAnswers *answers, GString *told, GError **error);
  /* In place of @tell and @run: of all rows (BhClockRow) at once. */
  gboolean (*tell_all) (BhDesk *desk, GPtrArray *rows, const BhDueAnswers *answers,
                        BhDueResult *result, GError **error);
  gboolean (*run_all) (BhDesk *desk, GPtrArray *rows, const BhDueAnswers *answers,
                       BhDueResult *result, GError **error);
  /* Takes one back; NULL: it cannot be. @act: a UUID. */
  gboolean (*undo) (BhDesk *desk, const char *act, const BhDueDone *done, const char *reason,
                    GError **error);
} BhDueAct;

const BhDueAct *bh_due_acts (gsize *n);
/* What is still wanted before it can be done, translated; NULL: nothing. */
const char *bh_due_act_wants (const BhDueAct *act, const BhDueAnswers *answers);

BhClockRow *bh_clock_row_dup (const BhClockRow *row);
/* (element-type BhClockRow): which it owns */
GPtrArray *bh_clock_rows_new (void);

G_END_DECLS

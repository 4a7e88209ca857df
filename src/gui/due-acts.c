/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "due-acts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "backhaul/calendars.h"
#include "due-chase.h"
#include "due-remind.h"

const BhDueFieldKind bh_due_fields[BH_FIELD_LAST] = {
  [BH_FIELD_DAYS] = { "days", N_ ("_Days") },
  [BH_FIELD_CARRIER] = { "carrier", N_ ("_Carrier") },
  [BH_FIELD_TRACKING] = { "tracking", N_ ("_Tracking number") },
  [BH_FIELD_DELIVERED] = { "delivered", N_ ("Deli_vered on") },
  [BH_FIELD_SIGNED_BY] = { "signed-by", N_ ("_Signed by") },
  [BH_FIELD_DOCUMENT] = { "document", N_ ("D_ocument") },
  [BH_FIELD_ORDER] = { "purchase-order", N_ ("Purchase _order") },
  [BH_FIELD_REASON] = { "act-reason", N_ ("_Reason") },
};

BhDueAnswers *
bh_due_answers_copy (const BhDueAnswers *self)
{
  BhDueAnswers *copy = g_new0 (BhDueAnswers, 1);

  for (int i = 0; i < BH_FIELD_LAST; i++)
    copy->text[i] = g_strdup (self->text[i]);
  return copy;
}

void
bh_due_answers_free (BhDueAnswers *self)
{
  if (self == NULL)
    return;
  for (int i = 0; i < BH_FIELD_LAST; i++)
    g_free (self->text[i]);
  g_free (self);
}

BhClockRow *
bh_clock_row_dup (const BhClockRow *row)
{
  BhClockRow *copy = g_memdup2 (row, sizeof *row);

  copy->kind = g_strdup (row->kind);
  copy->state = g_strdup (row->state);
  copy->rma = g_strdup (row->rma);
  copy->serial = g_strdup (row->serial);
  copy->account = g_strdup (row->account);
  copy->account_name = g_strdup (row->account_name);
  copy->case_no = g_strdup (row->case_no);
  copy->due = g_strdup (row->due);
  copy->zone = g_strdup (row->zone);
  copy->calendar = g_strdup (row->calendar);
  return copy;
}

GPtrArray *
bh_clock_rows_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) bh_clock_row_free);
}

BhDueDone *
bh_due_done_new (const BhClockRow *row, const char *id)
{
  BhDueDone *self = g_new0 (BhDueDone, 1);

  self->row = row != NULL ? bh_clock_row_dup (row) : NULL;
  self->id = g_strdup (id);
  return self;
}

void
bh_due_done_free (BhDueDone *self)
{
  g_clear_pointer (&self->row, bh_clock_row_free);
  g_free (self->id);
  g_free (self);
}

BhDueResult *
bh_due_result_new (void)
{
  BhDueResult *self = g_new0 (BhDueResult, 1);

  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->undo = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
bh_due_result_free (BhDueResult *self)
{
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->undo);
  g_free (self->told);
  g_free (self);
}

/* ---- what the desk is told ----------------------------------------------------- */

static gint64
days_of (const BhDueAnswers *answers)
{
  gint64 days = 0;

  return answers->text[BH_FIELD_DAYS] != NULL &&
                 g_ascii_string_to_signed (answers->text[BH_FIELD_DAYS], 10, 1, 3650, &days, NULL)
             ? days
             : 0;
}

static gboolean
clock_do (BhDesk *desk, const char *act, BhClockDo what, const BhClockRow *row,
          const BhDueAnswers *answers, GError **error)
{
  const BhClockRequest request = {
    .what = what,
    .number = row->rma != NULL ? row->rma : row->case_no,
    .line = row->line,
    .kind = row->kind,
    .days = (int) days_of (answers),
    .reason = answers->text[BH_FIELD_REASON],
  };

  return bh_desk_clock_do (desk, act, &request, bh_now_us (), error);
}

static gboolean
run_pause (BhDesk *desk, const char *act, const BhClockRow *row, const BhDueAnswers *answers,
           GString *told, GError **error)
{
  return clock_do (desk, act, BH_CLOCK_PAUSE, row, answers, error);
}

static gboolean
run_resume (BhDesk *desk, const char *act, const BhClockRow *row, const BhDueAnswers *answers,
            GString *told, GError **error)
{
  return clock_do (desk, act, BH_CLOCK_RESUME, row, answers, error);
}

static gboolean
run_extend (BhDesk *desk, const char *act, const BhClockRow *row, const BhDueAnswers *answers,
            GString *told, GError **error)
{
  return clock_do (desk, act, BH_CLOCK_EXTEND, row, answers, error);
}

static gboolean
clock_undo (BhDesk *desk, const char *act, BhClockDo what, const BhDueDone *done,
            const char *reason, GError **error)
{
  const BhClockRequest request = {
    .what = what,
    .number = done->row->rma != NULL ? done->row->rma : done->row->case_no,
    .line = done->row->line,
    .kind = done->row->kind,
    .reason = reason,
    .undoes = done->id,
  };

  return bh_desk_clock_do (desk, act, &request, bh_now_us (), error);
}

static gboolean
undo_pause (BhDesk *desk, const char *act, const BhDueDone *done, const char *reason,
            GError **error)
{
  return clock_undo (desk, act, BH_CLOCK_UNPAUSE, done, reason, error);
}

static gboolean
undo_resume (BhDesk *desk, const char *act, const BhDueDone *done, const char *reason,
             GError **error)
{
  return clock_undo (desk, act, BH_CLOCK_UNRESUME, done, reason, error);
}

static gboolean
undo_extend (BhDesk *desk, const char *act, const BhDueDone *done, const char *reason,
             GError **error)
{
  return clock_undo (desk, act, BH_CLOCK_UNEXTEND, done, reason, error);
}

/* ---- what will happen ---------------------------------------------------------- */

static const char *
bars_paused (const BhClockRow *row)
{
  return g_strcmp0 (row->state, "paused") == 0 ? N_ ("it is paused") : NULL;
}

static const char *
bars_running (const BhClockRow *row)
{
  return g_strcmp0 (row->state, "paused") != 0 ? N_ ("it is not paused") : NULL;
}

/* C1 and C4 count business days of the destination's calendar. */
static char *
tell_extend (BhDesk *desk, const BhClockRow *row, const BhDueAnswers *answers, GError **error)
{
  guint days = (guint) days_of (answers);
  BhDay due = row->due != NULL ? bh_day_parse (row->due) : BH_DAY_NONE;
  gboolean business = g_strcmp0 (row->kind, "C1") == 0 || g_strcmp0 (row->kind, "C4") == 0;
  g_autofree char *to = NULL;

  if (days == 0 || due == BH_DAY_NONE || row->due_us != 0)
    return NULL;
  if (business) {
    BhCalendar *calendar = bh_desk_calendar_named (desk, row->calendar, error);

    if (calendar == NULL)
      return NULL;
    to = bh_day_format (bh_calendar_add (calendar, due, days));
  } else {
    to = bh_day_format (due + days);
  }
  return g_strdup_printf (_ ("due %s, will be due %s"), row->due, to);
}

static char *
tell_pause (BhDesk *desk, const BhClockRow *row, const BhDueAnswers *answers, GError **error)
{
  return g_strdup (_ ("stands still from today; its days do not count"));
}

static char *
tell_resume (BhDesk *desk, const BhClockRow *row, const BhDueAnswers *answers, GError **error)
{
  return g_strdup (_ ("runs on; its due date moves by the days it stood"));
}

#define F(field) (1u << BH_FIELD_##field)
#define PROOF    (F (CARRIER) | F (TRACKING) | F (DELIVERED) | F (SIGNED_BY))

static const BhDueAct acts[] = {
  { "remind", N_ ("Remin_d…"), N_ ("Remind"),
    N_ ("Now, one mail a customer in their language; the daily run of today tells nobody twice "
        "(O1)."),
    BH_MAY_CHASE, 0, 0, bh_due_bars_claim, NULL, NULL, bh_due_tell_remind, bh_due_run_remind,
    bh_due_undo_remind },
  { "charge", N_ ("C_harge…"), N_ ("Charge"),
    N_ ("At the list price of the day; an invoice is asked for (O2)."), BH_MAY_CHARGE, F (REASON),
    F (REASON), bh_due_bars_charge, bh_due_tell_charge, bh_due_run_charge, NULL, NULL,
    bh_due_undo_charge },
  { "waive", N_ ("_Waive…"), N_ ("Waive"), N_ ("No return is expected any more (O2)."),
    BH_MAY_CHARGE, F (REASON), F (REASON), bh_due_bars_return, bh_due_tell_waive, bh_due_run_waive,
    NULL, NULL, bh_due_undo_waive },
  { "extend", N_ ("_Extend…"), N_ ("Extend"), N_ ("Gives the customer more time (O2)."),
    BH_MAY_CHASE, F (DAYS) | F (REASON), F (DAYS) | F (REASON), bars_paused, tell_extend,
    run_extend, NULL, NULL, undo_extend },
  { "buy", N_ ("_Bought…"), N_ ("Bought by the customer"),
    N_ ("The line is cancelled by the customer's purchase order (O4)."), BH_MAY_ISSUE,
    F (ORDER) | F (REASON), F (ORDER) | F (REASON), bh_due_bars_return, bh_due_tell_buy,
    bh_due_run_buy, NULL, NULL, bh_due_undo_buy },
  { "claim", N_ ("Clai_m…"), N_ ("Proof of delivery"),
    N_ ("The customer says that it was returned. The date stands still until that is decided, and "
        "what the dock scanned is searched (O5)."),
    BH_MAY_CHASE, PROOF | F (DOCUMENT), PROOF, bh_due_bars_claim, bh_due_tell_claim,
    bh_due_run_claim, NULL, NULL, bh_due_undo_claim },
  { "accept", N_ ("Acce_pt claim…"), N_ ("Accept the claim"),
    N_ ("It was delivered: nothing is chased or charged any more (O5)."), BH_MAY_CHASE, F (REASON),
    F (REASON), bh_due_bars_decide, bh_due_tell_decide, bh_due_run_accept, NULL, NULL,
    bh_due_undo_accept },
  { "reject", N_ ("Reject c_laim…"), N_ ("Reject the claim"),
    N_ ("It was not delivered: the clock runs on (O5)."), BH_MAY_CHASE, F (REASON), F (REASON),
    bh_due_bars_decide, bh_due_tell_decide, bh_due_run_reject, NULL, NULL, bh_due_undo_reject },
  { "pause", N_ ("Pa_use…"), N_ ("Pause"), N_ ("Stops the clock until it is resumed (C9)."),
    BH_MAY_CHASE, F (REASON), F (REASON), bars_paused, tell_pause, run_pause, NULL, NULL,
    undo_pause },
  { "resume", N_ ("Re_sume…"), N_ ("Resume"), N_ ("Lets a paused clock run on (C9)."), BH_MAY_CHASE,
    F (REASON), F (REASON), bars_running, tell_resume, run_resume, NULL, NULL, undo_resume },
};

const BhDueAct *
bh_due_acts (gsize *n)
{
  *n = G_N_ELEMENTS (acts);
  return acts;
}

const char *
bh_due_act_wants (const BhDueAct *act, const BhDueAnswers *answers)
{
  static const char *const wants[BH_FIELD_LAST] = {
    [BH_FIELD_CARRIER] = N_ ("Which carrier?"),
    [BH_FIELD_TRACKING] = N_ ("Its tracking number?"),
    [BH_FIELD_DELIVERED] = N_ ("Delivered on which date? As 2026-11-24."),
    [BH_FIELD_SIGNED_BY] = N_ ("Who signed for it?"),
    [BH_FIELD_ORDER] = N_ ("The number of the purchase order?"),
    [BH_FIELD_REASON] = N_ ("A reason is kept with it."),
  };

  if ((act->needs & F (DAYS)) && days_of (answers) == 0)
    return _ ("How many days? 1 to 3650.");
  for (int i = 0; i < BH_FIELD_LAST; i++) {
    const char *text = answers->text[i] != NULL ? answers->text[i] : "";

    if ((act->needs & (1u << i)) && wants[i] != NULL && text[strspn (text, " \t")] == '\0')
      return _ (wants[i]);
  }
  if ((act->needs & F (DELIVERED)) &&
      bh_day_parse (answers->text[BH_FIELD_DELIVERED]) == BH_DAY_NONE)
    return _ (wants[BH_FIELD_DELIVERED]);
  return NULL;
}

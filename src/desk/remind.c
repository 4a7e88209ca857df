/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* Reminders of lines that a person chose (O1), and a reminder that is withdrawn. */

#include <string.h>

#include "backhaul/identifier.h"
#include "backhaul/mail-store.h"
#include "chase-private.h"
#include "issue-private.h"

/* ---- which lines --------------------------------------------------------------------------- */

static int
by_account (gconstpointer a, gconstpointer b)
{
  const BhChaseLine *one = *(BhChaseLine *const *) a;
  const BhChaseLine *two = *(BhChaseLine *const *) b;
  int order = g_strcmp0 (one->account, two->account);

  if (order == 0)
    order = strcmp (one->rma, two->rma);
  return order != 0 ? order : one->line - two->line;
}

static gboolean
add_chosen (BhDesk *self, const BhChosenLine *chosen, GPtrArray *lines, GError **error)
{
  g_autofree char *number = bh_rma_normalise (chosen->rma, -1);
  guint before = lines->len;

  if (number == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: not an RMA number (I1); write R and 8 to 10 digits", chosen->rma);
    return FALSE;
  }
  if (!bh_store_chase_chosen (self->store, number, chosen->line, lines, error))
    return FALSE;
  if (lines->len > before)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
               chosen->line != 0 ? "%s: no line %d of it is on record; `rma show` numbers its lines"
                                 : "%s: no such RMA on record; search by serial or case",
               number, chosen->line);
  return FALSE;
}

GPtrArray *
bh_chase_chosen (BhDesk *self, const BhChaseOptions *options, GError **error)
{
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_chase_line_free);

  for (gsize i = 0; i < options->n_chosen; i++)
    if (!add_chosen (self, &options->chosen[i], lines, error))
      return NULL;
  g_ptr_array_sort (lines, by_account);
  /* named twice is chosen once */
  for (guint i = lines->len; i > 1; i--)
    if (by_account (&lines->pdata[i - 1], &lines->pdata[i - 2]) == 0)
      g_ptr_array_remove_index (lines, i - 1);
  return g_steal_pointer (&lines);
}

/* ---- one line ------------------------------------------------------------------------------ */

static const char *
why_silent (const BhChaseLine *line)
{
  if (g_strcmp0 (line->state, "awaited") != 0)
    return "it is not awaited (O1)";
  if (g_strcmp0 (line->clock_state, "paused") == 0)
    return "its clock is paused (C9)";
  return line->return_by == NULL ? "no return-by date runs for it (C1)" : NULL;
}

static const char *
stage_of (const BhChaseRun *run, int left)
{
  return left < 0                                      ? "overdue"
         : left == 0                                   ? "day"
         : left <= run->desk->policy.chase_before_days ? "before"
                                                       : NULL;
}

/* The daily run finds its stage done. *done FALSE: it was quicker today. */
static gboolean
do_stage (BhChaseRun *run, const BhChaseLine *line, const char *stage, const char *day,
          const char *mail, gboolean *done, GError **error)
{
  g_autofree char *before = NULL;

  *done = TRUE;
  if (stage == NULL)
    return TRUE;
  if (!bh_store_stage_done (run->desk->store, line, stage, &before, error))
    return FALSE;
  return before != NULL || bh_store_do_stage (run->desk->store, line, stage, day, mail, FALSE,
                                              run->now_us, done, error);
}

gboolean
bh_chase_remind (BhChaseRun *run, const BhChaseLine *line, const char *mail, BhChaseRow *row,
                 GError **error)
{
  static const char again[] = "the customer was told of it today (K5)";
  g_autofree char *day = bh_day_format (bh_chase_today (run, line));
  gboolean holds = TRUE;
  gboolean reminded = FALSE;
  gboolean done = TRUE;

  row->action = BH_CHASE_NONE;
  row->why = why_silent (line);
  if (row->why != NULL)
    return TRUE;
  if (!bh_chase_days_left (run, line, &row->days_left, error) ||
      !bh_store_was_reminded (run->desk->store, line->line_id, day, &reminded, error) ||
      /* read again inside: it may have come in since it was looked at */
      !bh_store_chase_holds (run->desk->store, line, &holds, error))
    return FALSE;
  row->why = !holds ? "it has changed meanwhile; look again" : reminded ? again : NULL;
  if (row->why == NULL && !run->options->dry_run) {
    if (!do_stage (run, line, stage_of (run, row->days_left), day, mail, &done, error) ||
        (done && !bh_store_add_reminder (run->desk->store, line->line_id, day, mail, run->now_us,
                                         &done, error)))
      return FALSE;
    row->why = done ? NULL : again;
  }
  if (row->why != NULL)
    return TRUE;
  row->action = row->days_left < 0 ? BH_CHASE_OVERDUE : BH_CHASE_REMIND;
  row->mail = run->options->dry_run ? NULL : mail;
  return TRUE;
}

/* ---- withdrawn ------------------------------------------------------------------------------ */

gboolean
bh_desk_unremind (BhDesk *self, const BhWhen *when, const char *mail, const char *reason,
                  GError **error)
{
  g_autofree char *entity = g_strconcat ("mail:", mail, NULL);
  g_autoptr (BhMail) found = NULL;
  g_autoptr (BhTx) tx = NULL;
  gboolean withdrawn = FALSE;
  gboolean done = FALSE;

  if (!bh_desk_may_act (self, BH_MAY_CHASE, when, error) ||
      !bh_desk_is_text ("reason", reason, error) || (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_desk_is_done (self, when, "unremind", &done, error))
    return FALSE;
  if (done)
    return TRUE;
  if (!bh_store_find_mail (self->store, mail, &found, error))
    return FALSE;
  if (found == NULL ||
      (!g_str_equal (found->kind, "reminder") && !g_str_equal (found->kind, "overdue"))) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such reminder; `mail list` names them", mail);
    return FALSE;
  }
  if (bh_mail_is_withdrawn (found)) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: it is withdrawn already", mail);
    return FALSE;
  }
  if (!bh_store_withdraw_mail (self->store, mail, "by a person", &withdrawn, error))
    return FALSE;
  /* one that failed told nobody */
  if (!withdrawn && !g_str_equal (found->state, "failed")) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: the mail to %s has gone (F4); what was read cannot be unsent, write to the "
                 "customer",
                 mail, found->to);
    return FALSE;
  }
  return bh_store_forget_reminders (self->store, mail, error) &&
         bh_desk_audit (self, when->act, "unremind", entity, found->rmas, reason, when->at_us,
                        error) &&
         bh_tx_commit (tx, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

/* Chosen lines reminded of at once: one mail a customer (O1, K5). */

#include "due-remind.h"

#include <glib/gi18n.h>

#include "backhaul/chase.h"

typedef struct {
  BhDueResult *result;
  gboolean trial;
  GString *mail; /* what is told of the customer that is gathered */
  char *account;
} Gather;

static void
end_of_customer (Gather *gather)
{
  char *text = gather->mail != NULL ? g_string_free (gather->mail, FALSE) : NULL;

  /* what was said before it was done need not be read again */
  if (text != NULL && gather->trial)
    g_ptr_array_add (gather->result->notes, g_steal_pointer (&text));
  g_free (text);
  gather->mail = NULL;
  g_clear_pointer (&gather->account, g_free);
}

static char *
mail_words (const BhChaseRow *row)
{
  const char *name = row->account_name != NULL ? row->account_name : row->account;
  const char *language = row->language != NULL ? row->language : "en";

  if (row->email == NULL || *row->email == '\0')
    return g_strdup_printf (_ ("%s has no e-mail address; the mail will stand under Mails as "
                               "failed:"),
                            name);
  return g_strdup_printf (_ ("one mail to %s <%s>, language %s:"), name, row->email, language);
}

/* Rows come by customer; what is not mailed says why. */
static void
on_row (const BhChaseRow *row, gpointer data)
{
  Gather *gather = data;
  BhDueResult *result = gather->result;
  g_autofree char *head = NULL;

  if (row->action == BH_CHASE_NONE) {
    g_ptr_array_add (result->notes, g_strdup_printf (_ ("%s/%d · %s: not reminded of: %s"),
                                                     row->rma, row->line, row->serial, row->why));
    return;
  }
  result->done++;
  if (g_strcmp0 (gather->account, row->account) != 0) {
    end_of_customer (gather);
    gather->account = g_strdup (row->account);
    head = mail_words (row);
    gather->mail = g_string_new (head);
    if (row->mail != NULL)
      g_ptr_array_add (result->undo, g_strdup (row->mail));
  }
  g_string_append_printf (gather->mail, "\n%s/%d · %s: %s", row->rma, row->line, row->serial,
                          row->action == BH_CHASE_OVERDUE ? _ ("is overdue")
                                                          : _ ("is to be returned"));
}

static gboolean
remind (BhDesk *desk, GPtrArray *rows, gboolean trial, BhDueResult *result, GError **error)
{
  g_autofree BhChosenLine *chosen = g_new0 (BhChosenLine, rows->len);
  Gather gather = { result, trial, NULL, NULL };
  BhChaseOptions options = {
    .dry_run = trial, .each = on_row, .data = &gather, .chosen = chosen, .n_chosen = rows->len
  };
  gboolean ok;

  for (guint i = 0; i < rows->len; i++) {
    const BhClockRow *row = g_ptr_array_index (rows, i);

    chosen[i] = (BhChosenLine){ row->rma, row->line };
  }
  ok = bh_desk_remind (desk, &options, bh_now_us (), error);
  end_of_customer (&gather);
  return ok;
}

gboolean
bh_due_tell_remind (BhDesk *desk, GPtrArray *rows, const BhDueAnswers *answers, BhDueResult *result,
                    GError **error)
{
  return remind (desk, rows, TRUE, result, error);
}

gboolean
bh_due_run_remind (BhDesk *desk, GPtrArray *rows, const BhDueAnswers *answers, BhDueResult *result,
                   GError **error)
{
  g_autofree char *lines = NULL;
  g_autofree char *mails = NULL;

  if (!remind (desk, rows, FALSE, result, error))
    return FALSE;
  lines = g_strdup_printf (ngettext ("%u line reminded of", "%u lines reminded of", result->done),
                           result->done);
  mails = g_strdup_printf (ngettext ("%u mail waits", "%u mails wait", result->undo->len),
                           result->undo->len);
  result->told = g_strdup_printf ("%s · %s", lines, mails);
  return TRUE;
}

gboolean
bh_due_undo_remind (BhDesk *desk, const char *act, const BhDueDone *done, const char *reason,
                    GError **error)
{
  const BhWhen when = { act, bh_now_us (), FALSE };

  return bh_desk_unremind (desk, &when, done->id, reason, error);
}

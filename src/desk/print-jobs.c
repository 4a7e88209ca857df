/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* L3: labels that wait: looking at them, putting them back, taking them away. */

#include "mail-private.h"
#include "print-private.h"

/* RULES §2: a receiver prints labels for what is in hand, also when one was spoilt. */
#define IN_HAND (12 * G_TIME_SPAN_HOUR)

GPtrArray *
bh_desk_print_jobs (BhDesk *self, const char *state, GError **error)
{
  return bh_desk_require (self, BH_MAY_READ, error)
             ? bh_store_print_jobs (self->store, state, error)
             : NULL;
}

GPtrArray *
bh_desk_newest_print_jobs (BhDesk *self, const char *state, guint limit, GError **error)
{
  return bh_desk_require (self, BH_MAY_READ, error)
             ? bh_store_newest_print_jobs (self->store, state, limit, error)
             : NULL;
}

BhPrintJob *
bh_desk_find_print_job (BhDesk *self, const char *job, GError **error)
{
  BhPrintJob *found = NULL;

  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      !bh_store_find_print_job (self->store, job, &found, error))
    return NULL;
  if (found == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND, "%s: no such label; `print queue` names them",
                 job);
  return found;
}

/* Not on its way by a program that lives. */
static gboolean
is_free (const BhPrintJob *job, gint64 now_us, GError **error)
{
  if (job->claimed_by == NULL || job->claimed_until_us < now_us ||
      bh_process_gone (job->claimed_by))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: it is on its way; look again in a moment",
               job->job);
  return FALSE;
}

static gboolean
becomes (BhDesk *self, BhPrintJob *job, const char *what, const char *state, gint64 now_us,
         GError **error)
{
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *entity = g_strconcat ("print:", job->job, NULL);
  g_autofree char *before = g_steal_pointer (&job->state);
  gboolean settled = FALSE;

  job->state = g_strdup (state);
  g_clear_pointer (&job->error, g_free);
  job->next_us = now_us; /* somebody asked for it: however old it is */
  job->copy = job->copy || job->claimed_by != NULL;
  if (!bh_store_settle_print_job (self->store, job, job->claimed_by, &settled, error))
    return FALSE;
  if (!settled) {
    g_set_error (error, BH_ERROR, BH_ERROR_BUSY, "%s: another has it; try again", job->job);
    return FALSE;
  }
  return bh_desk_audit (self, act, what, entity, before, state, now_us, error);
}

static gboolean
is_in_hand (BhDesk *self, const BhPrintJob *job, gint64 now_us)
{
  return job->receipt != NULL && g_strcmp0 (job->station, self->station) == 0 &&
         now_us - job->at_us < IN_HAND;
}

gboolean
bh_desk_put_back_print (BhDesk *self, BhPrintJob *job, gint64 now_us, GError **error)
{
  gboolean printed = g_str_equal (job->state, "printed");
  BhMay act = printed && !is_in_hand (self, job, now_us) ? BH_MAY_REPRINT : BH_MAY_PRINT;

  if (!bh_desk_require (self, act, error) || !is_free (job, now_us, error))
    return FALSE;
  if (g_str_equal (job->state, "cancelled")) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: it is cancelled; make a label of the receipt that holds", job->job);
    return FALSE;
  }
  job->copy = job->copy || printed;
  return becomes (self, job, "print-retry", "queued", now_us, error);
}

gboolean
bh_desk_retry_print_job (BhDesk *self, const char *job, gint64 now_us, GError **error)
{
  g_autoptr (BhTx) tx =
      bh_desk_require (self, BH_MAY_PRINT, error) ? bh_desk_begin (self, error) : NULL;
  g_autoptr (BhPrintJob) found = tx != NULL ? bh_desk_find_print_job (self, job, error) : NULL;

  return found != NULL && bh_desk_put_back_print (self, found, now_us, error) &&
         bh_tx_commit (tx, error);
}

gboolean
bh_desk_cancel_print_job (BhDesk *self, const char *job, gint64 now_us, GError **error)
{
  g_autoptr (BhTx) tx =
      bh_desk_require (self, BH_MAY_PRINT, error) ? bh_desk_begin (self, error) : NULL;
  g_autoptr (BhPrintJob) found = tx != NULL ? bh_desk_find_print_job (self, job, error) : NULL;

  if (found == NULL || !is_free (found, now_us, error))
    return FALSE;
  if (g_str_equal (found->state, "printed") || g_str_equal (found->state, "cancelled")) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: it is %s; only what waits is cancelled",
                 job, found->state);
    return FALSE;
  }
  return becomes (self, found, "print-cancel", "cancelled", now_us, error) &&
         bh_tx_commit (tx, error);
}

gboolean
bh_desk_printed_by_hand (BhDesk *self, const char *job, const char *how, gint64 now_us,
                         GError **error)
{
  g_autoptr (BhTx) tx =
      bh_desk_require (self, BH_MAY_PRINT, error) ? bh_desk_begin (self, error) : NULL;
  g_autoptr (BhPrintJob) found = tx != NULL ? bh_desk_find_print_job (self, job, error) : NULL;

  if (found == NULL || !is_free (found, now_us, error))
    return FALSE;
  g_free (found->printer);
  found->printer = g_strdup (how);
  found->printed_us = now_us;
  g_free (found->printed_by);
  found->printed_by = g_strdup (self->operator);
  return becomes (self, found, "print", "printed", now_us, error) && bh_tx_commit (tx, error);
}

gboolean
bh_desk_prints_waiting (BhDesk *self, BhPrintsWaiting *waiting, GError **error)
{
  return bh_desk_require (self, BH_MAY_READ, error) &&
         bh_store_prints_waiting (self->store, self->station, bh_now_us (), waiting, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* L3: sends the labels that wait, each once. */

#include "mail-private.h"
#include "print-private.h"

/* Longer than a label may take (printer.h), for those whose end cannot be seen. */
#define LEASE (5 * G_TIME_SPAN_MINUTE)
/* A printer that is away is tried again after 5 s, then 10 s, 20 s …, at most 5 minutes: soon for
 * a roll of labels that is changed, seldom for a printer that is being repaired. */
#define SOON      (5 * G_TIME_SPAN_SECOND)
#define DOUBLINGS 6

typedef struct {
  BhDesk *desk;
  char *name;        /* of this process */
  GHashTable *away;  /* targets that did not take a label in this run */
  BhPrintJob *after; /* the queue was gone through up to here */
} Run;

static void
run_clear (Run *run)
{
  g_free (run->name);
  g_hash_table_unref (run->away);
  bh_print_job_free (run->after);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* *job NULL: the queue is at its end; *printer NULL: none is set for it. */
static gboolean
claim_next (Run *run, BhPrintJob **job, BhPrinter **printer, GError **error)
{
  gint64 now_us = bh_now_us ();
  g_autoptr (BhTx) tx = bh_desk_begin (run->desk, error);

  if (tx == NULL)
    return FALSE;
  for (;;) {
    g_autoptr (BhPrintJob) next = NULL;
    g_autoptr (BhPrinter) there = NULL;
    gboolean claimed = FALSE;

    if (!bh_store_next_print_job (run->desk->store, run->desk->station, run->after, now_us, &next,
                                  error))
      return FALSE;
    if (next == NULL)
      return bh_tx_commit (tx, error);
    if (!bh_store_printer_for (run->desk->store, next->station, next->template, &there, error))
      return FALSE;
    /* its printer is away: it waits in its place */
    if ((there == NULL || !g_hash_table_contains (run->away, there->target)) &&
        (next->claimed_by == NULL || next->claimed_until_us < now_us ||
         bh_process_gone (next->claimed_by)) &&
        !bh_store_claim_print_job (run->desk->store, next, run->name, now_us + LEASE, &claimed,
                                   error))
      return FALSE;
    bh_print_job_free (run->after);
    run->after = g_steal_pointer (&next);
    if (claimed) {
      *printer = g_steal_pointer (&there);
      return bh_store_find_print_job (run->desk->store, run->after->job, job, error) &&
             bh_tx_commit (tx, error);
    }
  }
}

static gboolean
settle (Run *run, const BhPrintJob *job, GError **error)
{
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *entity = g_strconcat ("print:", job->job, NULL);
  g_autoptr (BhTx) tx = bh_desk_begin (run->desk, error);
  gboolean settled = FALSE;

  if (tx == NULL || !bh_store_settle_print_job (run->desk->store, job, run->name, &settled, error))
    return FALSE;
  /* F6: what waits goes on waiting, and is no news */
  if (settled && !g_str_equal (job->state, "queued") &&
      !bh_desk_audit (run->desk, act, "print", entity, job->printer,
                      job->error != NULL ? job->error : job->state, bh_now_us (), error))
    return FALSE;
  return bh_tx_commit (tx, error);
}

static void
becomes (BhPrintJob *job, const char *state, const char *why)
{
  g_free (job->state);
  g_free (job->error);
  job->state = g_strdup (state);
  job->error = g_strdup (why);
}

static void
wait_for (Run *run, BhPrintJob *job, const char *why)
{
  becomes (job, "queued", why);
  job->next_us = bh_now_us () + (SOON << CLAMP (job->tries - 1, 0, DOUBLINGS));
}

static GBytes *
bytes_of (BhDesk *self, const BhPrintJob *job, const BhPrinter *printer, GError **error)
{
  g_autoptr (GHashTable) fields = bh_desk_print_fields (self, job, error);
  g_autoptr (BhLabelTemplate) label =
      fields != NULL ? bh_label_template_load (job->template, error) : NULL;

  return label != NULL ? bh_desk_make_print (label, fields, printer, job->copies, error) : NULL;
}

static const char *
title_of (const BhPrintJob *job)
{
  return job->receipt != NULL ? job->receipt : job->serial != NULL ? job->serial : job->rma;
}

static void
send_one (Run *run, BhPrintJob *job, const BhPrinter *printer, BhPrintTally *tally)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) why = NULL;
  BhPrintEnd end = BH_PRINT_AWAY;

  if (printer == NULL) {
    g_autofree char *none =
        g_strdup_printf ("no printer is set for %s at %s", job->template, job->station);

    tally->waiting++;
    wait_for (run, job, none);
    return;
  }
  g_free (job->printer);
  job->printer = g_strdup (printer->target);
  bytes = bytes_of (run->desk, job, printer, &why);
  if (bytes == NULL && (g_error_matches (why, BH_ERROR, BH_ERROR_INPUT) ||
                        g_error_matches (why, BH_ERROR, BH_ERROR_NOT_FOUND))) {
    tally->failed++;
    becomes (job, "failed", why->message);
  } else if (bytes != NULL &&
             bh_desk_hand_over_print (printer, title_of (job), job->copies, bytes, &end, &why)) {
    tally->printed++;
    becomes (job, "printed", NULL);
    job->printed_us = bh_now_us ();
    g_free (job->printed_by);
    job->printed_by = g_strdup (run->desk->operator);
  } else {
    tally->waiting++;
    job->copy = job->copy || end == BH_PRINT_BROKEN;
    g_hash_table_add (run->away, g_strdup (printer->target));
    wait_for (run, job, why->message);
  }
}

gboolean
bh_desk_send_prints (BhDesk *self, void (*told) (const BhPrintJob *job, gpointer data),
                     gpointer data, BhPrintTally *tally, GError **error)
{
  g_auto (Run) run = { .desk = self };

  run.name = bh_process_name ();
  run.away = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!bh_desk_require (self, BH_MAY_PRINT, error))
    return FALSE;
  for (;;) {
    g_autoptr (BhPrintJob) job = NULL;
    g_autoptr (BhPrinter) printer = NULL;

    if (!claim_next (&run, &job, &printer, error))
      return FALSE;
    if (job == NULL)
      return TRUE;
    send_one (&run, job, printer, tally);
    if (!settle (&run, job, error))
      return FALSE;
    if (told != NULL)
      told (job, data);
  }
}

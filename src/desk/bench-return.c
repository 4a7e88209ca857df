/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* A unit leaves the bench: back to its customer with slip and label, or to stock (R2, C4). */

#include "bench-private.h"

#include "backhaul/print-store.h"
#include "backhaul/receipt.h"
#include "clocks-private.h"
#include "custody-private.h"

void
bh_returned_clear (BhReturned *self)
{
  g_free (self->job);
  g_free (self->to);
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  g_clear_pointer (&self->owed, g_ptr_array_unref);
}

/* Where its result sends it; one without a fault goes back to who waits for it. */
static const char *
where_to (const BhJob *job, const BhIssueLine *line, const char *asked)
{
  if (asked != NULL)
    return asked;
  if (g_strcmp0 (job->disposition, "repaired-to-stock") == 0 || line->replacement != NULL)
    return "stock";
  return "customer";
}

static BhIssueLine *
line_of (GPtrArray *lines, gint64 id)
{
  for (guint i = 0; i < lines->len; i++) {
    BhIssueLine *line = g_ptr_array_index (lines, i);

    if (line->id == id)
      return line;
  }
  return NULL;
}

static gboolean
may_leave (const BhJob *job, const BhIssueLine *line, const char *to, GError **error)
{
  g_autofree char *why = NULL;

  if (line->jobs > 0)
    return bh_bench_refuse (job, "RA1", "the unit is still at work", "post its result first",
                            error);
  if (g_strcmp0 (job->disposition, "scrapped") == 0 && g_str_equal (job->state, "posted"))
    return bh_bench_refuse (job, "RA10", "its result says that it is scrapped",
                            "say `move --to scrap`", error);
  if (g_str_equal (to, "stock"))
    return TRUE;
  /* R2: the customer has another unit in its place */
  why = line->replacement != NULL ? g_strdup_printf ("%s went out in its place", line->replacement)
                                  : NULL;
  return why == NULL ||
         bh_bench_refuse (job, "R2", why, "send this one to stock with --to stock", error);
}

/* Not moved again when somebody moved it there by hand; said twice it is refused. */
static gboolean
move_there (BhDesk *self, const BhWhen *when, const BhJob *job, const char *to, GError **error)
{
  const char *serials[] = { job->serial, NULL };
  const BhMove move = { .serials = serials, .to = to };
  const BhJobEntry *last = bh_job_entry_of (job, BH_ENTRY_RETURNED);
  g_autoptr (GPtrArray) moved = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_moved_free);

  if (g_strcmp0 (job->location, to) != 0)
    return bh_desk_move_inside (self, when, &move, moved, error);
  if (last == NULL || g_strcmp0 (last->name, to) != 0)
    return TRUE;
  return bh_bench_refuse (
      job, "RA4", g_str_equal (to, "stock") ? "it went to stock already" : "it went back already",
      "there is nothing to do", error);
}

static gboolean
queue_papers (BhDesk *self, const BhWhen *when, const BhJob *job, GPtrArray *labels, GError **error)
{
  static const char *const papers[] = { "return-slip-a4", "return-to-customer-4x6" };

  for (guint i = 0; i < G_N_ELEMENTS (papers); i++) {
    g_autofree char *label = g_uuid_string_random ();

    if (!bh_store_add_print_job (self->store,
                                 &(BhPrintJob){ .job = label,
                                                .template = (char *) papers[i],
                                                .receipt = job->job,
                                                .rma = job->rma,
                                                .line = job->line,
                                                .station = self->station,
                                                .at_us = when->at_us },
                                 error))
      return FALSE;
    g_ptr_array_add (labels, g_strdup (papers[i]));
  }
  return TRUE;
}

static char *
parcel_of (const BhSendBack *asked)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  if (asked->carrier != NULL && *asked->carrier != '\0')
    g_strv_builder_add (words, asked->carrier);
  if (asked->tracking != NULL && *asked->tracking != '\0')
    g_strv_builder_add (words, asked->tracking);
  all = g_strv_builder_end (words);
  return g_strjoinv (" ", all);
}

static gboolean
send (BhDesk *self, const BhWhen *when, const BhSendBack *asked, const BhJob *job,
      const BhIssueLine *line, BhReturned *returned, GError **error)
{
  gboolean home = g_str_equal (returned->to, "customer");
  g_autofree char *parcel = parcel_of (asked);
  g_autofree char *text =
      g_strdup_printf ("%s %s%s%s", job->serial, home ? "goes back to the customer" : "to stock",
                       *parcel != '\0' ? " by " : "", parcel);

  /* C4 is a repair or a replacement: it is done when either is with the customer */
  return move_there (self, when, job, returned->to, error) &&
         (!home || queue_papers (self, when, job, returned->labels, error)) &&
         ((!home && line->replacement == NULL && line->delivered_us == 0) ||
          bh_desk_clock_end (self, BH_C4, job->line_id, NULL, when->at_us, error)) &&
         bh_desk_bench_write (self, when, job->job, BH_ENTRY_RETURNED, returned->to, parcel,
                              error) &&
         bh_desk_bench_tell (self, when, job, "bench-return", text, TRUE, error);
}

static gboolean
check_words (const BhSendBack *asked, GError **error)
{
  if (asked->to != NULL && !g_str_equal (asked->to, "customer") &&
      !g_str_equal (asked->to, "stock")) {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
                 "%.40s: a unit goes back to the customer or to stock; say --to customer or stock",
                 asked->to);
    return FALSE;
  }
  return bh_desk_is_text ("carrier", asked->carrier, error) &&
         bh_desk_is_text ("tracking number", asked->tracking, error);
}

gboolean
bh_desk_bench_return (BhDesk *self, const BhWhen *when, const BhSendBack *asked,
                      BhReturned *returned, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (BhJob) job = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  const BhIssueLine *line;
  gboolean done = FALSE;

  *returned = (BhReturned){ 0 };
  if (!check_words (asked, error) || !bh_desk_may_act (self, BH_MAY_BENCH, when, error) ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      (job = bh_desk_bench_begin (self, when, asked->job, "bench-return", &done, error)) == NULL ||
      (lines = bh_store_issue_lines (self->store, job->rma_id, error)) == NULL)
    return FALSE;
  line = line_of (lines, job->line_id);
  g_return_val_if_fail (line != NULL, FALSE);
  returned->job = g_strdup (job->job);
  returned->to = g_strdup (where_to (job, line, asked->to));
  returned->labels = g_ptr_array_new_with_free_func (g_free);
  if (!done && (!may_leave (job, line, returned->to, error) ||
                !send (self, when, asked, job, line, returned, error)))
    return FALSE;
  returned->owed = bh_desk_owed (self, job->rma_id, job->rma, error);
  return returned->owed != NULL && (done || bh_tx_commit (tx, error));
}

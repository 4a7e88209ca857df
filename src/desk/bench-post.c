/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* A result is posted, once and for all (RA8, RA9, C2, C3). */

#include "bench-private.h"

#include <string.h>

#include "backhaul/receipt.h"
#include "backhaul/json-text.h"
#include "clocks-private.h"

void
bh_posted_clear (BhPosted *self)
{
  g_free (self->job);
  g_free (self->next);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
}

static gboolean
is_authorised (BhDesk *self, GError **error)
{
  gboolean authorised = FALSE;

  if (!bh_desk_is_authorised (self, &authorised, error))
    return FALSE;
  if (!authorised)
    g_set_error (
        error, BH_ERROR, BH_ERROR_FORBIDDEN,
        "%s: a result is posted by an authorised technician only (RA8); ask one to post it",
        self->operator);
  return authorised;
}

static gboolean
is_disposition (BhDesk *self, const char *text, GError **error)
{
  static const char *const shipped[] = { "repaired-to-stock", "returned", "scrapped", "to-fa",
                                         "no-fault-found",    NULL };
  gboolean known = FALSE;
  gboolean any = FALSE;

  if (g_strv_contains (shipped, text))
    return TRUE;
  if (!bh_store_in_list (self->store, BH_LIST_DISPOSITION, text, &known, &any, error))
    return FALSE;
  if (!known)
    g_set_error (
        error, BH_ERROR, BH_ERROR_USAGE,
        "%.60s: no such disposition (R5); say repaired-to-stock, returned, scrapped, to-fa "
        "or no-fault-found, or one of `export dispositions`",
        text);
  return known;
}

static const BhJobPost *
post_of (const BhJob *job, int version)
{
  for (guint i = 0; i < job->posts->len; i++) {
    const BhJobPost *post = g_ptr_array_index (job->posts, i);

    if (post->version == version)
      return post;
  }
  return NULL;
}

static gboolean
may_correct (const BhJob *job, const BhResult *result, GError **error)
{
  g_autofree char *why = NULL;

  if (result->corrects == 0) {
    if (!g_str_equal (job->state, "posted"))
      return TRUE;
    why = g_strdup_printf ("its result is posted, as version %d", job->versions);
    return bh_bench_refuse (job, "RA9", why, "correct it with --corrects VERSION --reason TEXT",
                            error);
  }
  if (post_of (job, result->corrects) == NULL) {
    why = g_strdup_printf ("it has no version %d", result->corrects);
    return bh_bench_refuse (job, "RA9", why, "`bench show` lists its versions", error);
  }
  if (result->corrects == job->versions)
    return bh_bench_is_text ("reason", result->reason, error);
  why = g_strdup_printf ("version %d was corrected or followed already, the newest is %d",
                         result->corrects, job->versions);
  return bh_bench_refuse (job, "RA9", why, "correct that one", error);
}

static gboolean
may_post (const BhJob *job, const BhResult *result, gboolean interim, GError **error)
{
  gboolean fa = g_str_equal (job->kind, "fa");

  if (g_str_equal (job->state, "void"))
    return bh_bench_refuse (job, "RA7", "the request is void", "there is no result to post", error);
  if (!may_correct (job, result, error))
    return FALSE;
  if (interim && !fa)
    return bh_bench_refuse (job, "RA10", "an RA has no interim result", "post it when it is done",
                            error);
  if (fa && g_str_equal (result->disposition, "to-fa"))
    return bh_bench_refuse (job, "RA10", "it is the FA", "name another disposition", error);
  if (job->components != NULL && *job->components != '\0' &&
      bh_job_entry_of (job, BH_ENTRY_PRESENT) == NULL)
    return bh_bench_refuse (job, "RA7", "its components were not checked",
                            "say `bench intake` first", error);
  return TRUE;
}

/* ---- what a result sets going ------------------------------------------------------------ */

static gboolean
move_clock (BhDesk *self, const BhWhen *when, BhJob *job, gboolean interim, GError **error)
{
  BhClockKind kind = g_str_equal (job->kind, "fa") ? BH_C3 : BH_C2;
  BhClockStart start = {
    .kind = BH_C3, .line_id = job->line_id, .zone = job->zone, .calendar = job->calendar
  };
  g_autoptr (BhClockRecord) clock = NULL;

  g_clear_pointer (&job->next, g_free);
  if (!bh_desk_clock_end (self, kind, job->line_id, NULL, when->at_us, error))
    return FALSE;
  if (!interim)
    return TRUE;
  if (!bh_desk_clock_start (self, &start, when->at_us, error) ||
      !bh_store_running_clock (self->store, "C3", job->line_id, NULL, &clock, error))
    return FALSE;
  job->next = clock != NULL ? g_strdup (clock->due) : NULL;
  return TRUE;
}

static char *
details_of (const BhJob *job, const BhJobPost *post)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const struct {
    const char *name;
    const char *value;
  } texts[] = {
    { "job", job->job },
    { "analysis", g_str_equal (job->kind, "fa") ? "FA" : "RA" },
    { "disposition", post->disposition },
    { "next", post->next },
    { "reason", post->reason },
  };

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].value != NULL) {
      json_builder_set_member_name (builder, texts[i].name);
      json_builder_add_string_value (builder, texts[i].value);
    }
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, post->version);
  json_builder_set_member_name (builder, "lines");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "rma");
  json_builder_add_string_value (builder, job->rma);
  json_builder_set_member_name (builder, "line");
  json_builder_add_int_value (builder, job->line);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  return bh_json_end (builder);
}

/* F4: the customer, and who owns the case when somebody does. */
static gboolean
queue_mails (BhDesk *self, const BhWhen *when, const BhJob *job, const BhJobPost *post,
             GError **error)
{
  g_auto (BhParty) party = { 0 };
  g_autofree char *details = details_of (job, post);
  g_autofree char *owner = NULL;

  if (!bh_store_party (self->store, job->account, NULL, &party, error) ||
      (job->case_no != NULL && !bh_store_case_owner (self->store, job->case_no, &owner, error)))
    return FALSE;
  for (int i = 0; i < (owner != NULL && g_strcmp0 (owner, party.email) != 0 ? 2 : 1); i++) {
    g_autofree char *mail = g_uuid_string_random ();

    if (!bh_store_queue_mail (self->store, mail, "analysis", i == 0 ? party.email : owner,
                              job->account, job->rma, NULL, when->at_us, error) ||
        !bh_store_set_mail_details (self->store, mail, i == 0 ? party.language : "en", details,
                                    error))
      return FALSE;
  }
  return TRUE;
}

/* R4: the same fault of the same part again and again asks for its root cause. */
static gboolean
count_fault (BhDesk *self, const BhWhen *when, const BhJob *job, int *same, GError **error)
{
  gint64 since = when->at_us - (gint64) self->policy.fa_weeks * 7 * G_TIME_SPAN_DAY;
  gint64 count = 0;

  *same = 0;
  if (g_str_equal (job->kind, "fa") || job->fault == NULL || job->part == NULL)
    return TRUE;
  if (!bh_store_count_faults (self->store, job->part, job->fault, since, &count, error))
    return FALSE;
  if (count >= self->policy.fa_after_faults)
    *same = (int) count;
  return TRUE;
}

static char *
post_text (const BhJob *job, const BhJobPost *post, int same)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s%s of %s posted as version %d, %s: %s",
                          post->interim ? "Interim result of the " : "Result of the ",
                          g_str_equal (job->kind, "fa") ? "FA" : "RA", job->serial, post->version,
                          job->job, post->disposition);
  if (post->corrects != 0)
    g_string_append_printf (text, "; takes the place of version %d: %s", post->corrects,
                            post->reason);
  if (post->next != NULL)
    g_string_append_printf (text, "; next result by %s", post->next);
  if (same > 0)
    g_string_append_printf (text, "; fault %s of %s %d times of late, an FA is proposed (R4)",
                            job->fault, job->part, same);
  return g_string_free (text, FALSE);
}

/* ---- the act ------------------------------------------------------------------------------ */

GPtrArray *
bh_job_missing (const BhJob *job)
{
  GPtrArray *missing = g_ptr_array_new_with_free_func (g_free);
  gboolean fa = g_str_equal (job->kind, "fa");
  const BhJobEntry *reproduced = bh_job_entry_of (job, BH_ENTRY_REPRODUCED);
  gboolean sound = reproduced != NULL && g_strcmp0 (reproduced->value, "no") == 0;

  for (guint kind = 0; kind < BH_ENTRY_LAST; kind++) {
    const char *what = bh_entry_kind_missing (kind, fa);

    /* what was not found has neither code nor cause nor cure */
    if (what != NULL && bh_job_entry_of (job, kind) == NULL &&
        !(sound && (kind == BH_ENTRY_FAULT || kind == BH_ENTRY_ACTION ||
                    kind == BH_ENTRY_ROOT_CAUSE || kind == BH_ENTRY_CORRECTIVE)))
      g_ptr_array_add (missing, g_strdup (what));
  }
  return missing;
}

static gboolean
post (BhDesk *self, const BhWhen *when, const BhResult *result, BhJob *job, gboolean interim,
      BhPosted *posted, GError **error)
{
  g_autofree char *text = NULL;
  const BhJobEntry *last =
      job->entries->len > 0 ? g_ptr_array_index (job->entries, job->entries->len - 1) : NULL;
  BhJobPost row = { .version = job->versions + 1,
                    .interim = interim,
                    .disposition = (char *) result->disposition,
                    .corrects = result->corrects,
                    .reason = result->corrects != 0 ? (char *) result->reason : NULL,
                    .upto = last != NULL ? last->id : 0,
                    .at_us = when->at_us,
                    .operator= self->operator};

  /* a correction moves no clock: the first one was in time, or not */
  if (result->corrects == 0 && !move_clock (self, when, job, interim, error))
    return FALSE;
  row.next = job->next;
  job->versions = row.version;
  g_free (job->disposition);
  job->disposition = g_strdup (result->disposition);
  if (!interim && g_str_equal (job->state, "open")) {
    g_free (job->state);
    job->state = g_strdup ("posted");
    job->posted_us = when->at_us;
  }
  if (!count_fault (self, when, job, &posted->same_fault, error))
    return FALSE;
  text = post_text (job, &row, posted->same_fault);
  posted->version = row.version;
  posted->next = g_strdup (row.next);
  return bh_store_add_post (self->store, job->job, &row, error) &&
         bh_store_set_job (self->store, job, error) &&
         bh_store_settle_analysis (self->store, job->rma_id, error) &&
         queue_mails (self, when, job, &row, error) &&
         bh_desk_bench_tell (self, when, job, "bench-post", text, TRUE, error);
}

gboolean
bh_desk_bench_post (BhDesk *self, const BhWhen *when, const BhResult *result, BhPosted *posted,
                    GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (BhJob) job = NULL;
  const BhJobPost *corrected;
  gboolean done = FALSE;
  gboolean interim = result->interim;

  *posted = (BhPosted){ .at_us = when->at_us };
  if (!bh_desk_may_act (self, BH_MAY_BENCH, when, error) || !is_authorised (self, error) ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      !is_disposition (self, result->disposition, error) ||
      (job = bh_desk_bench_begin (self, when, result->job, "bench-post", &done, error)) == NULL)
    return FALSE;
  posted->job = g_strdup (job->job);
  posted->missing = bh_job_missing (job);
  if (done) {
    posted->version = job->versions;
    posted->next = g_strdup (job->next);
    return TRUE;
  }
  /* a correction is of the kind of what it corrects */
  corrected = result->corrects != 0 ? post_of (job, result->corrects) : NULL;
  if (corrected != NULL)
    interim = corrected->interim;
  return may_post (job, result, interim, error) &&
         post (self, when, result, job, interim, posted, error) && bh_tx_commit (tx, error);
}

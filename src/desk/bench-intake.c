/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* The intake check (RA7), and the RA that is agreed to be insufficient (RA3). */

#include "bench-private.h"

#include <string.h>

#include "clocks-private.h"

/* ---- intake (RA7) ------------------------------------------------------------------------ */

char **
bh_job_components (const BhJob *job)
{
  g_auto (GStrv) parts = g_strsplit (job->components != NULL ? job->components : "", ";", -1);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (char **part = parts; *part != NULL; part++)
    if (*g_strstrip (*part) != '\0')
      g_strv_builder_add (names, *part);
  return g_strv_builder_end (names);
}

static gssize
index_of (char **names, const char *name, gsize size)
{
  for (gssize i = 0; names[i] != NULL; i++) {
    g_autofree char *given = g_strndup (name, size);
    g_autofree char *folded = g_utf8_casefold (g_strstrip (given), -1);
    g_autofree char *listed = g_utf8_casefold (names[i], -1);

    if (g_str_equal (folded, listed))
      return i;
  }
  return -1;
}

/* A component of the list, with a serial after a colon when it has one. */
static gboolean
check_piece (BhDesk *self, const BhWhen *when, const BhJob *job, char **names, const char *piece,
             BhEntryKind kind, GArray *told, GError **error)
{
  gssize at;
  const char *colon = strrchr (piece, ':');
  gsize size = strlen (piece);
  gboolean bare = names[0] == NULL;

  if (!bh_bench_is_text ("component", piece, error))
    return FALSE;
  at = index_of (names, piece, size);
  if (at < 0 && colon != NULL && colon > piece && colon[1] != '\0') {
    size = (gsize) (colon - piece);
    at = index_of (names, piece, size);
  }
  if (at < 0 && !bare) {
    g_autofree char *list = g_strjoinv (", ", names);

    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%.60s: no component of %s (RA7); its list has %s", piece,
                 job->part != NULL ? job->part : job->serial, list);
    return FALSE;
  }
  if (at >= 0 && g_array_index (told, gboolean, at)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: it is named twice (RA7); say present or missing of it once", names[at]);
    return FALSE;
  }
  if (at >= 0)
    g_array_index (told, gboolean, at) = TRUE;
  return bh_desk_bench_write (self, when, job->job, kind, at >= 0 ? names[at] : piece,
                              at >= 0 && piece[size] == ':' ? piece + size + 1 : "", error);
}

static gboolean
check_pieces (BhDesk *self, const BhWhen *when, const BhJob *job, const char *const *present,
              const char *const *missing, GError **error)
{
  g_auto (GStrv) names = bh_job_components (job);
  g_autoptr (GArray) told = g_array_new (FALSE, TRUE, sizeof (gboolean));
  g_autoptr (GString) open = g_string_new (NULL);

  g_array_set_size (told, g_strv_length (names));
  for (; present != NULL && *present != NULL; present++)
    if (!check_piece (self, when, job, names, *present, BH_ENTRY_PRESENT, told, error))
      return FALSE;
  for (; missing != NULL && *missing != NULL; missing++)
    if (!check_piece (self, when, job, names, *missing, BH_ENTRY_MISSING, told, error))
      return FALSE;
  for (guint i = 0; i < told->len; i++)
    if (!g_array_index (told, gboolean, i))
      g_string_append_printf (open, "%s%s", open->len > 0 ? ", " : "", names[i]);
  if (open->len > 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: nothing is said of %s (RA7); say present or missing of each component",
                 job->job, open->str);
    return FALSE;
  }
  /* a product without a list: that somebody looked is on record */
  return names[0] != NULL ||
         bh_desk_bench_write (self, when, job->job, BH_ENTRY_PRESENT, "unit", "", error);
}

static gboolean
void_request (BhDesk *self, const BhWhen *when, BhJob *job, const char *const *missing,
              char **voided, GError **error)
{
  gboolean fa = g_str_equal (job->kind, "fa");

  *voided = g_strjoinv (", ", (char **) missing);
  job->void_reason = g_strdup_printf ("missing: %s", *voided);
  g_free (job->state);
  job->state = g_strdup ("void");
  return bh_store_set_job (self->store, job, error) &&
         bh_desk_clock_void (self, fa ? BH_C3 : BH_C2, job->line_id, NULL, when->at_us, error) &&
         bh_store_settle_analysis (self->store, job->rma_id, error);
}

gboolean
bh_desk_bench_intake (BhDesk *self, const BhWhen *when, const char *name,
                      const char *const *present, const char *const *missing, char **voided,
                      GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (BhJob) job = NULL;
  g_autofree char *text = NULL;
  gboolean lost = missing != NULL && *missing != NULL;
  gboolean done = FALSE;

  *voided = NULL;
  if (!bh_desk_may_act (self, BH_MAY_BENCH, when, error) ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      (job = bh_desk_bench_begin (self, when, name, "bench-intake", &done, error)) == NULL)
    return FALSE;
  if (done)
    return TRUE;
  if (!g_str_equal (job->state, "open")) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: it is %s (RA7); the intake is checked when the work begins", job->job,
                 job->state);
    return FALSE;
  }
  if (!bh_desk_bench_mine (self, job, error) ||
      !check_pieces (self, when, job, present, missing, error) ||
      (lost && !void_request (self, when, job, missing, voided, error)))
    return FALSE;
  text = lost ? g_strdup_printf ("%s of %s is void (RA7), %s is missing; the unit stays received",
                                 g_str_equal (job->kind, "fa") ? "FA" : "RA", job->serial, *voided)
              : g_strdup ("All components came back");
  return bh_desk_bench_tell (self, when, job, "bench-intake", text, lost, error) &&
         bh_tx_commit (tx, error);
}

/* ---- RA is insufficient (RA3) ------------------------------------------------------------ */

static gboolean
end_ra (BhDesk *self, const BhWhen *when, BhJob *job, GError **error)
{
  if (g_str_equal (job->state, "posted"))
    return TRUE;
  g_free (job->state);
  job->state = g_strdup ("void");
  job->void_reason = g_strdup ("insufficient: an FA follows");
  return bh_store_set_job (self->store, job, error) &&
         bh_desk_clock_void (self, BH_C2, job->line_id, NULL, when->at_us, error);
}

static gboolean
begin_fa (BhDesk *self, const BhWhen *when, const BhJob *ra, const char *customer,
          const char *engineer, const char *reason, char **fa, GError **error)
{
  g_autoptr (BhClockRecord) running = NULL;
  BhClockStart start = {
    .kind = BH_C3, .line_id = ra->line_id, .zone = ra->zone, .calendar = ra->calendar
  };
  BhJob row = { .line_id = ra->line_id,
                .serial = ra->serial,
                .part = ra->part,
                .kind = (char *) "fa",
                .state = (char *) "open",
                .technician = ra->technician,
                .started_us = when->at_us,
                .follows = ra->job,
                .customer = (char *) customer,
                .engineer = (char *) engineer,
                .agree_reason = (char *) reason };

  if (!bh_store_take_job_number (self->store, fa, error))
    return FALSE;
  row.job = *fa;
  return bh_store_add_job (self->store, &row, error) &&
         bh_store_copy_entries (self->store, ra->job, *fa, "present", error) &&
         bh_store_copy_entries (self->store, ra->job, *fa, "symptom", error) &&
         bh_store_running_clock (self->store, "C3", ra->line_id, NULL, &running, error) &&
         (running != NULL || bh_desk_clock_start (self, &start, when->at_us, error)) &&
         bh_store_settle_analysis (self->store, ra->rma_id, error);
}

static gboolean
can_follow (BhDesk *self, const BhJob *job, GError **error)
{
  gboolean insufficient = FALSE;

  if (!g_str_equal (job->kind, "ra"))
    return bh_bench_refuse (job, "RA3", "it is an FA", "only an RA can be insufficient", error);
  if (g_str_equal (job->state, "void") &&
      !g_str_has_prefix (job->void_reason != NULL ? job->void_reason : "", "insufficient"))
    return bh_bench_refuse (job, "RA7", "it is void", "an FA needs the whole unit", error);
  if (!bh_store_is_insufficient (self->store, job->line_id, &insufficient, error))
    return FALSE;
  return !insufficient || bh_bench_refuse (job, "RA3", "its FA has begun already",
                                           "look at it with `bench list --kind fa`", error);
}

gboolean
bh_desk_bench_insufficient (BhDesk *self, const BhWhen *when, const char *name,
                            const char *customer, const char *engineer, const char *reason,
                            char **fa, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (BhJob) job = NULL;
  g_autofree char *text = NULL;
  gboolean done = FALSE;

  *fa = NULL;
  if (!bh_desk_may_act (self, BH_MAY_BENCH, when, error) ||
      !bh_bench_is_text ("customer", customer, error) ||
      !bh_bench_is_text ("engineer", engineer, error) ||
      !bh_bench_is_text ("reason", reason, error) || (tx = bh_desk_begin (self, error)) == NULL ||
      (job = bh_desk_bench_begin (self, when, name, "bench-insufficient", &done, error)) == NULL)
    return FALSE;
  if (done)
    return bh_store_job_of_line (self->store, job->line_id, TRUE, fa, error);
  if (!can_follow (self, job, error) || !bh_desk_bench_mine (self, job, error) ||
      !end_ra (self, when, job, error) ||
      !begin_fa (self, when, job, customer, engineer, reason, fa, error))
    return FALSE;
  text = g_strdup_printf ("RA of %s is insufficient, agreed by %s and %s: %s; FA %s", job->serial,
                          customer, engineer, reason, *fa);
  return bh_desk_bench_tell (self, when, job, "bench-insufficient", text, TRUE, error) &&
         bh_tx_commit (tx, error);
}

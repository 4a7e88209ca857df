/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What every act at the bench begins with: the job as it stands, who, and when. */

#include "bench-private.h"

#include <string.h>

#include "backhaul/identifier.h"
#include "receive-private.h"

#define MAX_NOTE 20000 /* bytes */

char *
bh_desk_job_number (BhDesk *self, const char *name, GError **error)
{
  g_autofree char *serial = bh_serial_normalise (name, -1);
  g_autofree char *shown = g_utf8_make_valid (name, -1);
  g_autofree char *number = NULL;
  g_autoptr (BhJob) job = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  BhJobQuery query = { .state = "open", .serial = serial, .limit = 1 };
  static const char *const states[] = { "open", "posted", "void" };

  if (serial == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%.60s: neither a job, as J00000042, nor a serial (I4); look at `bench list`",
                 shown);
    return NULL;
  }
  if (!bh_store_job (self->store, serial, &job, error))
    return NULL;
  if (job != NULL)
    return g_strdup (job->job);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_clear_pointer (&jobs, g_ptr_array_unref);
    query.state = states[i];
    jobs = bh_store_jobs (self->store, &query, error);
    if (jobs == NULL)
      return NULL;
    if (jobs->len > 0)
      return g_strdup (((BhJob *) g_ptr_array_index (jobs, 0))->job);
  }
  g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
               "%s: no such job, and no job of such a unit; begin one with `bench start`", serial);
  return NULL;
}

BhJob *
bh_desk_bench_begin (BhDesk *self, const BhWhen *when, const char *name, const char *act,
                     gboolean *done, GError **error)
{
  g_autofree char *number = NULL;
  g_autoptr (BhJob) job = NULL;

  *done = FALSE;
  if ((number = bh_desk_job_number (self, name, error)) == NULL ||
      !bh_store_lock_key (self->store, number, error) ||
      !bh_store_job (self->store, number, &job, error) ||
      !bh_desk_is_done (self, when, act, done, error))
    return NULL;
  /* once locked it is read again: what stood there before may be old */
  if (job == NULL ||
      (!*done && !bh_desk_may_be_then (self, job->serial, when->time_stated, when->at_us, error)) ||
      (job->entries = bh_store_entries (self->store, number, 0, error)) == NULL ||
      (job->posts = bh_store_posts (self->store, number, error)) == NULL)
    return NULL;
  return g_steal_pointer (&job);
}

gboolean
bh_desk_is_authorised (BhDesk *self, gboolean *authorised, GError **error)
{
  /* where nobody is enrolled the system user is every role (CLI.md) */
  *authorised = self->unenrolled;
  return self->unenrolled ||
         bh_store_is_authorised (self->store, self->operator, authorised, error);
}

gboolean
bh_desk_bench_holder (BhDesk *self, const char **login, GError **error)
{
  gboolean authorised = FALSE;

  if (!bh_desk_is_authorised (self, &authorised, error))
    return FALSE;
  *login = authorised || self->role == BH_ROLE_TECHNICIAN ? self->operator: NULL;
  return TRUE;
}

gboolean
bh_desk_bench_mine (BhDesk *self, BhJob *job, GError **error)
{
  const char *login = NULL;

  if (job->technician == NULL) {
    if (!bh_desk_bench_holder (self, &login, error))
      return FALSE;
    job->technician = g_strdup (login);
    return login == NULL || bh_store_set_job (self->store, job, error);
  }
  if (g_str_equal (job->technician, self->operator) || self->role == BH_ROLE_SUPERVISOR)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: %s has it in hand; take it over with `bench take %s --reason TEXT`", job->job,
               job->technician, job->job);
  return FALSE;
}

gboolean
bh_bench_is_text (const char *what, const char *text, GError **error)
{
  const guchar *c = (const guchar *) text;
  gboolean ok = text != NULL && strlen (text) <= MAX_NOTE && g_utf8_validate (text, -1, NULL) &&
                text[strspn (text, " \t\r\n")] != '\0';

  while (ok && *c != '\0') {
    ok = (*c >= 0x20 && *c != 0x7f) || *c == '\t' || *c == '\n' || *c == '\r';
    c++;
  }
  if (!ok)
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: not a text of 1 to %d bytes without control characters; shorten or mend it",
                 what, MAX_NOTE);
  return ok;
}

gboolean
bh_desk_bench_write (BhDesk *self, const BhWhen *when, const char *job, BhEntryKind kind,
                     const char *name, const char *value, GError **error)
{
  BhJobEntry entry = { .kind = kind,
                       .name = (char *) name,
                       .value = (char *) value,
                       .at_us = when->at_us,
                       .operator= self->operator};

  return bh_store_add_entry (self->store, job, &entry, error);
}

gboolean
bh_desk_bench_tell (BhDesk *self, const BhWhen *when, const BhJob *job, const char *what,
                    const char *text, gboolean to_rma, GError **error)
{
  g_autofree char *of_job = g_strconcat ("job:", job->job, NULL);
  g_autofree char *of_rma = g_strconcat ("rma:", job->rma, NULL);
  g_autofree char *of_case = g_strconcat ("case:", job->case_no, NULL);
  gboolean has_case = job->case_no != NULL && *job->case_no != '\0';

  return bh_desk_audit (self, when->act, what, of_job, NULL, text, when->at_us, error) &&
         (!to_rma ||
          (bh_desk_audit (self, when->act, what, of_rma, NULL, text, when->at_us, error) &&
           (!has_case ||
            (bh_desk_audit (self, when->act, what, of_case, NULL, text, when->at_us, error) &&
             bh_store_touch_case (self->store, job->case_no, when->at_us, error)))));
}

const BhJobEntry *
bh_job_entry_of (const BhJob *job, BhEntryKind kind)
{
  for (guint i = job->entries->len; i > 0; i--) {
    const BhJobEntry *entry = g_ptr_array_index (job->entries, i - 1);

    if (entry->kind == kind && !entry->struck)
      return entry;
  }
  return NULL;
}

gboolean
bh_bench_refuse (const BhJob *job, const char *rule, const char *reason, const char *cure,
                 GError **error)
{
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: %s (%s); %s", job->job, reason, rule, cure);
  return FALSE;
}

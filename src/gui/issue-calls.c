/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "issue-calls.h"

#include <glib/gi18n.h>
#include <string.h>

#include "backhaul/identifier.h"
#include "backhaul/case-store.h"
#include "backhaul/receipt.h"
#include "backhaul/trail.h"
#include "live-act.h"

/* ---- what there is to choose from ------------------------------------------------ */

void
bh_issue_start_free (BhIssueStart *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->destinations, g_ptr_array_unref);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_free (self->ended);
  g_free (self->why);
  g_free (self);
}

/* Somebody else has confirmed or cancelled it. */
static gboolean
look_after (BhDesk *desk, const char *rma, BhIssueStart *start, GError **error)
{
  g_autofree char *entity = g_strconcat ("rma:", rma, NULL);
  g_autofree char *state = NULL;
  g_autoptr (BhTrailRow) act = NULL;

  if (!bh_store_rma_state (bh_desk_store (desk), rma, &state, error))
    return FALSE;
  if (g_strcmp0 (state, "draft") == 0)
    return TRUE;
  start->ended = g_strdup (rma);
  /* who it was is not worth the drafts */
  bh_desk_last_act (desk, entity, &act, NULL);
  start->why = bh_act_words (rma, act,
                             _ ("It is no draft any more; nothing that is typed here is "
                                "kept."));
  return TRUE;
}

static gpointer
run_start (BhDesk *desk, gpointer data, GError **error)
{
  g_autoptr (BhIssueStart) start = g_new0 (BhIssueStart, 1);

  start->may_override = bh_role_may (bh_desk_role (desk), BH_MAY_OVERRIDE);
  if (!bh_desk_require (desk, BH_MAY_READ, error) ||
      (start->destinations = bh_store_destinations (bh_desk_store (desk), error)) == NULL ||
      (start->drafts = bh_desk_drafts (desk, 200, error)) == NULL ||
      (data != NULL && !look_after (desk, data, start, error)))
    return NULL;
  return g_steal_pointer (&start);
}

void
bh_call_issue_start_async (BhWorker *reads, const char *rma, GAsyncReadyCallback callback,
                           gpointer data)
{
  bh_worker_run (reads, run_start, g_strdup (rma), g_free, (GDestroyNotify) bh_issue_start_free,
                 callback, data);
}

void
bh_issue_case_free (BhIssueCase *self)
{
  if (self == NULL)
    return;
  g_free (self->case_no);
  g_free (self->account);
  g_free (self->account_name);
  g_free (self->site);
  g_free (self->contact);
  g_clear_pointer (&self->sites, g_ptr_array_unref);
  g_free (self);
}

static gpointer
run_case (BhDesk *desk, gpointer data, GError **error)
{
  BhStore *store = bh_desk_store (desk);
  g_autoptr (BhIssueCase) found = g_new0 (BhIssueCase, 1);
  g_auto (BhCaseRow) row = { 0 };

  found->case_no = bh_case_normalise (data, -1);
  if (found->case_no == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: not a case number (I2); it reads 2026-1124-000001", (const char *) data);
    return NULL;
  }
  if (!bh_desk_require (desk, BH_MAY_READ, error) ||
      !bh_store_find_case (store, found->case_no, &row, error))
    return NULL;
  if (row.case_no == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND, "%s: no such case on record; open it first",
                 found->case_no);
    return NULL;
  }
  found->account = g_steal_pointer (&row.account);
  found->account_name = g_strdup (row.account_name != NULL ? row.account_name : found->account);
  found->site = g_steal_pointer (&row.site);
  found->contact = g_steal_pointer (&row.contact);
  found->sites = bh_store_sites (store, found->account, error);
  if (found->sites == NULL)
    return NULL;
  return g_steal_pointer (&found);
}

void
bh_call_issue_case_async (BhWorker *reads, const char *case_no, GAsyncReadyCallback callback,
                          gpointer data)
{
  bh_worker_run (reads, run_case, g_strdup (case_no), g_free, (GDestroyNotify) bh_issue_case_free,
                 callback, data);
}

/* ---- coverage ------------------------------------------------------------------ */

static gpointer
run_check (BhDesk *desk, gpointer data, GError **error)
{
  char **words = data;

  return bh_desk_check_unit (desk, words[0], *words[1] != '\0' ? words[1] : NULL, BH_DAY_NONE,
                             bh_now_us (), error);
}

void
bh_call_issue_check_async (BhWorker *reads, const char *serial, const char *destination,
                           GAsyncReadyCallback callback, gpointer data)
{
  char **words = g_new0 (char *, 3);

  words[0] = g_strdup (serial);
  words[1] = g_strdup (destination != NULL ? destination : "");
  bh_worker_run (reads, run_check, words, (GDestroyNotify) g_strfreev,
                 (GDestroyNotify) bh_unit_check_free, callback, data);
}

/* ---- the draft ----------------------------------------------------------------- */

BhIssueForm *
bh_issue_form_new (void)
{
  BhIssueForm *self = g_new0 (BhIssueForm, 1);

  self->add = g_ptr_array_new_with_free_func (g_free);
  self->reflag = g_ptr_array_new_with_free_func (g_free);
  self->remove = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
bh_issue_form_free (BhIssueForm *self)
{
  if (self == NULL)
    return;
  g_free (self->rma);
  g_free (self->case_no);
  g_free (self->account);
  g_free (self->site);
  g_free (self->destination);
  g_free (self->reference);
  g_free (self->contact);
  g_ptr_array_unref (self->add);
  g_ptr_array_unref (self->reflag);
  g_ptr_array_unref (self->remove);
  g_free (self->units);
  g_free (self->flags);
  g_free (self);
}

/* Cuts each "SERIAL:FLAG" in two; (transfer container). */
static BhIssueUnit *
units_of (GPtrArray *words)
{
  BhIssueUnit *units = g_new0 (BhIssueUnit, words->len + 1);

  for (guint i = 0; i < words->len; i++) {
    char *colon = strchr (g_ptr_array_index (words, i), ':');

    units[i].serial = g_ptr_array_index (words, i);
    if (colon == NULL)
      continue;
    *colon = '\0';
    units[i].flag = colon[1] != '\0' ? colon + 1 : NULL;
  }
  return units;
}

static gpointer
run_save (BhDesk *desk, gpointer data, GError **error)
{
  BhIssueForm *form = data;
  g_autofree char *act = g_uuid_string_random ();
  const BhWhen when = { act, bh_now_us (), FALSE };
  const BhIssueUnit *units = form->units;
  const BhIssueUnit *flags = form->flags;
  char *rma = NULL;

  if (form->rma == NULL) {
    const BhIssue issue = { form->case_no,   form->account, form->site, form->destination,
                            form->reference, form->contact, units,      form->add->len };

    return bh_desk_issue (desk, &when, &issue, &rma, NULL, error) ? rma : NULL;
  }
  {
    const BhIssueEdit edit = { .reference = form->reference,
                               .contact = form->contact,
                               .destination = form->destination,
                               .add = units,
                               .n_add = form->add->len,
                               .remove = (const char *const *) form->remove->pdata,
                               .reflag = flags,
                               .n_reflag = form->reflag->len };

    return bh_desk_edit_rma (desk, &when, form->rma, &edit, NULL, error) ? g_strdup (form->rma)
                                                                         : NULL;
  }
}

void
bh_call_issue_save_async (BhWorker *acts, BhIssueForm *form, GAsyncReadyCallback callback,
                          gpointer data)
{
  form->units = units_of (form->add);
  form->flags = units_of (form->reflag);
  g_ptr_array_add (form->remove, NULL);
  bh_worker_run (acts, run_save, form, (GDestroyNotify) bh_issue_form_free, g_free, callback, data);
}

static gpointer
run_confirm (BhDesk *desk, gpointer data, GError **error)
{
  char **words = data;
  const BhWhen when = { words[1], bh_now_us (), FALSE };

  return bh_desk_confirm (desk, &when, words[0], words[2], error) ? g_strdup (words[0]) : NULL;
}

void
bh_call_issue_confirm_async (BhWorker *acts, const char *rma, const char *reason,
                             GAsyncReadyCallback callback, gpointer data)
{
  char **words = g_new0 (char *, 4);

  words[0] = g_strdup (rma);
  words[1] = g_uuid_string_random ();
  words[2] = g_strdup (reason);
  bh_worker_run (acts, run_confirm, words, (GDestroyNotify) g_strfreev, g_free, callback, data);
}

static gpointer
run_draft (BhDesk *desk, gpointer data, GError **error)
{
  return bh_desk_rma_page (desk, data, bh_now_us (), error);
}

void
bh_call_issue_draft_async (BhWorker *reads, const char *rma, GAsyncReadyCallback callback,
                           gpointer data)
{
  bh_worker_run (reads, run_draft, g_strdup (rma), g_free, (GDestroyNotify) bh_rma_page_free,
                 callback, data);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What people do with support cases (I2, C6, F5). */

#include "backhaul/cases.h"

#include <string.h>

#include "backhaul/identifier.h"
#include "backhaul/operator.h"
#include "clocks-private.h"
#include "issue-private.h"

static char *
number_of (const char *case_no, GError **error)
{
  char *number = bh_case_normalise (case_no, -1);

  if (number == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: not a case number (I2); write YYYY-MMDD-NNNNNN with a date that exists",
                 case_no);
  return number;
}

static gboolean
tell (BhDesk *self, const BhWhen *when, const char *what, const BhCaseRow *row, const char *before,
      const char *after, GError **error)
{
  g_autofree char *entity = g_strconcat ("case:", row->case_no, NULL);

  return bh_desk_audit (self, when->act, what, entity, before, after, when->at_us, error);
}

/* C6 runs in @stage from now on, as the case's priority says. */
static gboolean
start_clock (BhDesk *self, const BhWhen *when, const BhCaseRow *row, const char *stage,
             GError **error)
{
  const BhClockStart start = { .kind = BH_C6,
                               .case_no = row->case_no,
                               .level = row->priority,
                               .stage = stage,
                               .zone = row->zone };

  /* an imported case may be without a priority: nothing is promised then */
  return row->priority == NULL || bh_desk_clock_start (self, &start, when->at_us, error);
}

/* A case as it stands inside the transaction, its number locked. */
static gboolean
find_open (BhDesk *self, const BhWhen *when, const char *number, BhCaseRow *row, GError **error)
{
  if (!bh_store_find_case (self->store, number, row, error))
    return FALSE;
  if (row->case_no == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such case on record; open it with `case new`", number);
  else if (g_str_equal (row->status, "closed"))
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: the case is closed (C6); open another one with `case new`", number);
  else
    return bh_desk_not_before (number, when, row->modified_us, error);
  return FALSE;
}

/* Begins an act on a case; @done: it was committed already. */
static gboolean
begin (BhDesk *self, const BhWhen *when, const char *number, const char *what, BhTx **tx,
       gboolean *done, GError **error)
{
  g_autofree char *key = g_strconcat ("case:", number, NULL);

  return (*tx = bh_desk_begin (self, error)) != NULL &&
         bh_store_lock_key (self->store, key, error) &&
         bh_desk_is_done (self, when, what, done, error);
}

/* ---- open ------------------------------------------------------------------------------ */

static gboolean
check_site (BhDesk *self, const char *account, const char *site, GError **error)
{
  g_auto (BhParty) party = { 0 };

  if (!bh_store_party (self->store, account, site, &party, error))
    return FALSE;
  if (party.name == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such account on record; import it first", account);
  else if (site != NULL && *site != '\0' && !party.site_known)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: account %s has no such site on record; import it first", site, account);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_serial (const char *serial, GError **error)
{
  g_autofree char *normal = NULL;
  g_autofree char *shown = NULL;

  if (serial == NULL || *serial == '\0' || (normal = bh_serial_normalise (serial, -1)) != NULL)
    return TRUE;
  shown = bh_text_for_display (serial, strlen (serial), 40);
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s: not a serial number (I4); write 6 to 32 of A-Z 0-9 . / -", shown);
  return FALSE;
}

static gboolean
check_priority (const char *text, const char **priority, GError **error)
{
  *priority = bh_case_priority (text);
  if (*priority == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE, "%s: no such priority (C6); say P1, P2, P3 or P4",
                 text);
  return *priority != NULL;
}

/* What its history begins with: the unit and what was reported, if it was said. */
static char *
history_of (const BhCaseDraft *draft, const char *number, const char *priority)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "Case %s was opened with priority %s", number, priority);
  if (draft->serial != NULL && *draft->serial != '\0')
    g_string_append_printf (text, ", unit %s", draft->serial);
  if (draft->text != NULL && *draft->text != '\0')
    g_string_append_printf (text, ": %s", draft->text);
  return g_string_free (text, FALSE);
}

static gboolean
write_case (BhDesk *self, const BhWhen *when, const BhCaseDraft *draft, const char *number,
            const char *priority, GError **error)
{
  g_auto (BhCaseRow) row = { 0 };
  const BhCaseRow fresh = { .case_no = (char *) number,
                            .status = (char *) "open",
                            .account = (char *) draft->account,
                            .site = (char *) draft->site,
                            .contact = (char *) draft->contact,
                            .platform = (char *) draft->platform,
                            .priority = (char *) priority,
                            .opened_us = when->at_us,
                            .modified_us = when->at_us };
  g_autofree char *text = history_of (draft, number, priority);

  if (!bh_store_find_case (self->store, number, &row, error))
    return FALSE;
  if (row.case_no != NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: this case is on record already (I2); see it with `case show`", number);
    return FALSE;
  }
  return check_site (self, draft->account, draft->site, error) &&
         bh_store_open_case (self->store, &fresh, error) &&
         /* read again, for the zone of its site */
         bh_store_find_case (self->store, number, &row, error) &&
         start_clock (self, when, &row, "response", error) &&
         tell (self, when, "open", &row, NULL, text, error);
}

gboolean
bh_desk_open_case (BhDesk *self, const BhWhen *when, const BhCaseDraft *draft, GError **error)
{
  g_autofree char *number = NULL;
  g_autoptr (BhTx) tx = NULL;
  const char *priority;
  gboolean done = FALSE;

  if (!bh_desk_may_act (self, BH_MAY_ISSUE, when, error) ||
      !bh_desk_is_text ("contact", draft->contact, error) ||
      !bh_desk_is_text ("platform", draft->platform, error) ||
      !bh_desk_is_text ("text", draft->text, error) || !check_serial (draft->serial, error) ||
      !check_priority (draft->priority, &priority, error) ||
      (number = number_of (draft->case_no, error)) == NULL ||
      !begin (self, when, number, "open", &tx, &done, error))
    return FALSE;
  return done ||
         (write_case (self, when, draft, number, priority, error) && bh_tx_commit (tx, error));
}

/* ---- update ------------------------------------------------------------------------------ */

/* "contact Ann to Bob": what is changed, for the journal. */
static gboolean
change (GString *text, const char *what, char **member, const char *value)
{
  g_autofree char *old = NULL;

  if (value == NULL || g_strcmp0 (*member != NULL ? *member : "", value) == 0)
    return FALSE;
  old = g_steal_pointer (member);
  *member = *value != '\0' ? g_strdup (value) : NULL;
  g_string_append_printf (text, "%s%s %s to %s", text->len > 0 ? "; " : "", what,
                          old != NULL ? old : "none", *value != '\0' ? value : "none");
  return TRUE;
}

/* Nobody was told anything: only what was promised changes with the priority. */
static gboolean
promise_anew (BhDesk *self, const BhWhen *when, const BhCaseRow *row, GError **error)
{
  g_autoptr (BhClockRecord) clock = NULL;
  g_autofree char *stage = NULL;
  gboolean past;

  if (!bh_store_running_clock (self->store, "C6", 0, row->case_no, &clock, error))
    return FALSE;
  stage = g_strdup (clock != NULL ? clock->stage : "update");
  /* what was missed under the old priority stays missed */
  past = clock != NULL && clock->due_us != 0 && clock->due_us < when->at_us;
  return (past ? bh_desk_clock_end (self, BH_C6, 0, row->case_no, when->at_us, error)
               : bh_desk_clock_void (self, BH_C6, 0, row->case_no, when->at_us, error)) &&
         start_clock (self, when, row, stage, error);
}

static gboolean
run_clock (BhDesk *self, const BhWhen *when, const BhCaseRow *row, const BhCaseChange *change,
           gboolean reprioritised, GError **error)
{
  if (!change->internal)
    return bh_desk_clock_end (self, BH_C6, 0, row->case_no, when->at_us, error) &&
           start_clock (self, when, row, "update", error);
  return !reprioritised || promise_anew (self, when, row, error);
}

static gboolean
apply (BhDesk *self, const BhWhen *when, BhCaseRow *row, const BhCaseChange *changes,
       const char *priority, GError **error)
{
  g_autoptr (GString) text = g_string_new (changes->message);
  gboolean reprioritised;

  if (changes->site != NULL && !check_site (self, row->account, changes->site, error))
    return FALSE;
  reprioritised = change (text, "priority", &row->priority, priority);
  change (text, "site", &row->site, changes->site);
  change (text, "contact", &row->contact, changes->contact);
  change (text, "platform", &row->platform, changes->platform);
  if (text->len == 0)
    g_string_append (text, changes->internal ? "Looked at" : "The customer was told how it stands");
  row->modified_us = when->at_us;
  return bh_store_set_case (self->store, row, error) &&
         run_clock (self, when, row, changes, reprioritised, error) &&
         tell (self, when, changes->internal ? "change" : "update", row, NULL, text->str, error);
}

gboolean
bh_desk_update_case (BhDesk *self, const BhWhen *when, const char *case_no,
                     const BhCaseChange *changes, GError **error)
{
  g_autofree char *number = number_of (case_no, error);
  g_auto (BhCaseRow) row = { 0 };
  g_autoptr (BhTx) tx = NULL;
  const char *priority = NULL;
  gboolean done = FALSE;

  if (number == NULL || !bh_desk_may_act (self, BH_MAY_ISSUE, when, error) ||
      !bh_desk_is_text ("message", changes->message, error) ||
      !bh_desk_is_text ("contact", changes->contact, error) ||
      !bh_desk_is_text ("platform", changes->platform, error) ||
      (changes->priority != NULL && !check_priority (changes->priority, &priority, error)) ||
      !begin (self, when, number, changes->internal ? "change" : "update", &tx, &done, error))
    return FALSE;
  return done || (find_open (self, when, number, &row, error) &&
                  apply (self, when, &row, changes, priority, error) && bh_tx_commit (tx, error));
}

/* ---- close --------------------------------------------------------------------------------- */

gboolean
bh_desk_close_case (BhDesk *self, const BhWhen *when, const char *case_no, const char *reason,
                    GError **error)
{
  g_autofree char *number = number_of (case_no, error);
  g_autofree char *text = NULL;
  g_auto (BhCaseRow) row = { 0 };
  g_autoptr (BhTx) tx = NULL;
  gboolean done = FALSE;

  if (number == NULL || !bh_desk_may_act (self, BH_MAY_ISSUE, when, error) ||
      !bh_desk_is_text ("reason", reason, error) ||
      !begin (self, when, number, "close", &tx, &done, error))
    return FALSE;
  if (done)
    return TRUE;
  if (!find_open (self, when, number, &row, error))
    return FALSE;
  g_free (row.status);
  row.status = g_strdup ("closed");
  row.modified_us = row.closed_us = when->at_us;
  row.urgency = 0;
  text = g_strdup_printf ("Case %s was closed%s%s", number, reason != NULL ? ": " : "",
                          reason != NULL ? reason : "");
  return bh_store_set_case (self->store, &row, error) &&
         bh_store_pass_urgency (self->store, number, error) &&
         bh_desk_clock_end (self, BH_C6, 0, number, when->at_us, error) &&
         tell (self, when, "close", &row, NULL, text, error) && bh_tx_commit (tx, error);
}

gboolean
bh_desk_reopen_case (BhDesk *self, const BhWhen *when, const char *case_no, const char *reason,
                     GError **error)
{
  g_autofree char *number = number_of (case_no, error);
  g_autofree char *text = NULL;
  g_auto (BhCaseRow) row = { 0 };
  g_autoptr (BhTx) tx = NULL;
  gboolean done = FALSE;

  if (number == NULL || !bh_desk_may_act (self, BH_MAY_ISSUE, when, error) ||
      !bh_desk_is_text ("reason", reason, error) ||
      !begin (self, when, number, "reopen", &tx, &done, error))
    return FALSE;
  if (done)
    return TRUE;
  if (!bh_store_find_case (self->store, number, &row, error))
    return FALSE;
  if (row.case_no == NULL || !g_str_equal (row.status, "closed")) {
    g_set_error (error, BH_ERROR, row.case_no == NULL ? BH_ERROR_NOT_FOUND : BH_ERROR_REFUSED,
                 "%s: %s; see it with `case show`", number,
                 row.case_no == NULL ? "no such case on record" : "the case is open (C6)");
    return FALSE;
  }
  if (!bh_desk_not_before (number, when, row.modified_us, error))
    return FALSE;
  g_free (row.status);
  row.status = g_strdup ("open");
  row.modified_us = when->at_us;
  row.closed_us = 0;
  text = g_strdup_printf ("Case %s was opened again: %s", number, reason);
  /* who comes back waits for news, not for a first answer */
  return bh_store_set_case (self->store, &row, error) &&
         start_clock (self, when, &row, "update", error) &&
         tell (self, when, "reopen", &row, "closed", text, error) && bh_tx_commit (tx, error);
}

/* ---- escalate -------------------------------------------------------------------------------- */

static const BhEscalationKind *
kind_of (const char *text, GError **error)
{
  const BhEscalationKind *kind = bh_escalation_kind (text);
  g_autoptr (GString) names = g_string_new (NULL);
  gsize n = 0;
  const BhEscalationKind *kinds = bh_escalation_kinds (&n);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", kinds[i].name);
  if (kind == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
                 "%s: no such kind of escalation (F5); say one of %s", text, names->str);
  return kind;
}

/* Until somebody is enrolled nobody can be told from a slip of the pen. */
static gboolean
check_owner (BhDesk *self, const char *owner, GError **error)
{
  g_autoptr (BhOperatorRow) row = NULL;
  gboolean any = FALSE;

  if (!bh_store_any_operator (self->store, &any, error) ||
      (any && !bh_store_find_operator (self->store, owner, &row, error)))
    return FALSE;
  if (!any || (row != NULL && !row->disabled))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: no operator of this store (F5); name one who is enrolled", owner);
  return FALSE;
}

static gboolean
write_escalation (BhDesk *self, const BhWhen *when, BhCaseRow *row, const BhEscalationKind *kind,
                  const char *owner, const char *reason, GError **error)
{
  const BhEscalation one = { .name = (char *) kind->name,
                             .owner = (char *) owner,
                             .reason = (char *) reason,
                             .at_us = when->at_us,
                             .operator= self->operator};
  g_autofree char *text =
      g_strdup_printf ("%s: %s takes it on%s%s", kind->title, owner, reason != NULL ? ": " : "",
                       reason != NULL ? reason : "");

  row->modified_us = when->at_us;
  row->urgency = MAX (row->urgency, kind->urgency);
  return check_owner (self, owner, error) &&
         bh_store_add_escalation (self->store, row->case_no, &one, error) &&
         bh_store_set_case (self->store, row, error) &&
         bh_store_pass_urgency (self->store, row->case_no, error) &&
         tell (self, when, "escalate", row, NULL, text, error);
}

gboolean
bh_desk_escalate_case (BhDesk *self, const BhWhen *when, const char *case_no, const char *kind,
                       const char *owner, const char *reason, GError **error)
{
  const BhEscalationKind *known = kind_of (kind, error);
  g_autofree char *number = known != NULL ? number_of (case_no, error) : NULL;
  g_auto (BhCaseRow) row = { 0 };
  g_autoptr (BhTx) tx = NULL;
  gboolean done = FALSE;

  if (number == NULL || !bh_desk_may_act (self, BH_MAY_ISSUE, when, error) ||
      !bh_desk_is_text ("owner", owner, error) || !bh_desk_is_text ("reason", reason, error) ||
      !begin (self, when, number, "escalate", &tx, &done, error))
    return FALSE;
  return done || (find_open (self, when, number, &row, error) &&
                  write_escalation (self, when, &row, known, owner, reason, error) &&
                  bh_tx_commit (tx, error));
}

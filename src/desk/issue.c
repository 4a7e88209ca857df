/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* N1: a draft from a support case, with the units that are to come back. */

#include "issue-private.h"

#include <string.h>

#include "backhaul/case-store.h"
#include "backhaul/identifier.h"
#include "backhaul/table.h"

/* More units than that are no request but a mistake. */
#define MAX_UNITS 1000

/* ---- units --------------------------------------------------------------------------- */

/* Serials in their one spelling, each once: (element-type utf8). */
static GPtrArray *
normal_serials (const BhIssueUnit *units, gsize n, GError **error)
{
  g_autoptr (GPtrArray) serials = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < n; i++) {
    g_autofree char *serial = bh_serial_normalise (units[i].serial, -1);

    if (serial == NULL) {
      g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                   "%s: not a serial (I4); write 6 to 32 of A-Z 0-9 . / -", units[i].serial);
      return NULL;
    }
    if (g_ptr_array_find_with_equal_func (serials, serial, g_str_equal, NULL)) {
      g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                   "%s: it is named twice (I4); a unit is on one line of an RMA", serial);
      return NULL;
    }
    g_ptr_array_add (serials, g_steal_pointer (&serial));
  }
  return g_steal_pointer (&serials);
}

static gboolean
is_on (const BhIssueFacts *facts, const char *serial)
{
  for (guint i = 0; facts->lines != NULL && i < facts->lines->len; i++) {
    const BhIssueLine *line = g_ptr_array_index (facts->lines, i);

    if (g_str_equal (line->state, "draft") && g_str_equal (line->serial, serial))
      return TRUE;
  }
  return FALSE;
}

/* What a CSR should know before the confirmation says it (N2, I4). */
static void
advise_unit (const BhUnitRecord *unit, const char *account, const BhCoverage *coverage,
             GPtrArray *advice)
{
  if (unit->account != NULL && !g_str_equal (unit->account, account))
    bh_advise (advice, "%s: on record it belongs to account %s", unit->serial, unit->account);
  if (unit->awaited_under != NULL)
    bh_advise (advice, "%s: RMA %s awaits it already (I4); close that first", unit->serial,
               unit->awaited_under);
  if (unit->drafted_under != NULL)
    bh_advise (advice, "%s: it is on the draft %s, too", unit->serial, unit->drafted_under);
  if (!bh_coverage_entitles (coverage))
    bh_advise (advice, "%s: no coverage today (N2): %s", unit->serial, coverage->reason);
  if (coverage->doubt != NULL)
    bh_advise (advice, "%s: the record is in doubt: %s", unit->serial, coverage->doubt);
}

static gboolean
add_unit (BhDesk *self, const BhIssueFacts *facts, const char *serial, const char *flag, int line,
          BhDay on, GPtrArray *advice, GError **error)
{
  g_auto (BhUnitRecord) unit = { 0 };
  g_auto (BhCoverage) coverage = { 0 };
  BhRmaLine row = { .line = line, .serial = (char *) serial, .state = (char *) "draft" };

  if (!bh_store_unit_record (self->store, serial, &unit, error))
    return FALSE;
  if (!unit.known) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no unit of this serial is on record; compare it with the plate, or import "
                 "the unit",
                 serial);
    return FALSE;
  }
  if (is_on (facts, serial)) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: it is on this RMA already (I4); a unit is on one line", serial);
    return FALSE;
  }
  bh_unit_judge (&unit, on, &coverage);
  if (coverage.kind == BH_COVER_THIRD_PARTY) {
    g_set_error (error, BH_ERROR, BH_ERROR_THIRD_PARTY,
                 "%s: third-party part (N3): %s; send the customer to its vendor", serial,
                 coverage.reason);
    return FALSE;
  }
  if (!bh_desk_may_flag (self, serial, unit.part, flag, on, advice, error))
    return FALSE;
  advise_unit (&unit, facts->head.account, &coverage, advice);
  row.part = unit.part;
  row.flag = (char *) flag;
  return bh_store_add_line (self->store, &facts->head, facts->party.name, &row, error);
}

gboolean
bh_desk_add_units (BhDesk *self, const BhWhen *when, const BhIssueFacts *facts,
                   const BhIssueUnit *units, gsize n, GPtrArray *advice, GError **error)
{
  g_autoptr (GPtrArray) serials = normal_serials (units, n, error);
  g_autoptr (GPtrArray) sorted = NULL;
  BhDay on = bh_day_of (when->at_us, facts->zone);
  gint64 lines = 0;
  gint64 awaited = 0;

  if (serials == NULL)
    return FALSE;
  sorted = g_ptr_array_copy (serials, NULL, NULL);
  g_ptr_array_set_free_func (sorted, NULL);
  if (!bh_desk_lock_serials (self, sorted, error) ||
      !bh_store_count_lines (self->store, facts->head.id, &lines, &awaited, error))
    return FALSE;
  if (lines + (gint64) n > MAX_UNITS) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: an RMA has at most %d units; make another one", facts->head.rma, MAX_UNITS);
    return FALSE;
  }
  for (guint i = 0; i < serials->len; i++) {
    const char *serial = g_ptr_array_index (serials, i);
    gint64 latest = 0;

    if (!bh_store_latest_of (self->store, serial, &latest, error) ||
        !bh_desk_not_before (serial, when, latest, error) ||
        !add_unit (self, facts, serial, units[i].flag, (int) lines + (int) i + 1, on, advice,
                   error))
      return FALSE;
  }
  return TRUE;
}

/* ---- who it is for --------------------------------------------------------------------- */

static gboolean
check_case (BhDesk *self, const BhIssue *issue, const char *case_no, GError **error)
{
  g_autofree char *account = NULL;

  if (!bh_store_case_account (self->store, case_no, &account, error))
    return FALSE;
  if (account == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such case on record (N1); open it with `case new`", case_no);
  else if (!g_str_equal (account, issue->account))
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: the case is of account %s, not of %s (N1); name the one or the other",
                 case_no, account, issue->account);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_party (BhDesk *self, const BhIssue *issue, BhIssueFacts *facts, GError **error)
{
  if (!bh_store_party (self->store, issue->account, issue->site, &facts->party, error) ||
      !bh_store_place (self->store, issue->destination, &facts->zone_name, &facts->calendar, error))
    return FALSE;
  if (facts->party.name == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such account on record; import it first", issue->account);
  else if (issue->site != NULL && !facts->party.site_known)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: account %s has no such site on record; import it first", issue->site,
                 issue->account);
  else if (facts->zone_name == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such destination on record; import it first", issue->destination);
  else
    return TRUE;
  return FALSE;
}

static gboolean
find_issued (BhDesk *self, const BhWhen *when, char **rma, GError **error)
{
  g_autofree char *entity = NULL;

  *rma = NULL;
  if (!bh_store_find_act (self->store, when->act, "draft", &entity, error))
    return FALSE;
  if (entity != NULL)
    *rma = g_strdup (entity + strlen ("rma:"));
  return TRUE;
}

static gboolean
write_head (BhDesk *self, const BhWhen *when, const BhIssue *issue, const char *case_no,
            BhIssueFacts *facts, GError **error)
{
  BhRmaHead *head = &facts->head;

  facts->zone = bh_zone (facts->zone_name);
  if (facts->zone == NULL)
    facts->zone = g_time_zone_new_utc ();
  if (!bh_store_take_rma_number (self->store, self->policy.rma_digits, &head->rma, error))
    return FALSE;
  facts->entity = g_strconcat ("rma:", head->rma, NULL);
  head->state = g_strdup ("draft");
  head->account = g_strdup (issue->account);
  head->site = g_strdup (issue->site);
  head->case_no = g_strdup (case_no);
  head->contact = g_strdup (issue->contact);
  head->reference = g_strdup (issue->reference);
  head->destination = g_strdup (issue->destination);
  head->created_us = when->at_us;
  return bh_store_add_rma (self->store, head, error) &&
         (head->reference == NULL ||
          bh_store_put_words (self->store, "reference", head->rma, head->reference, TRUE, error));
}

/* Linked both ways (N1): the RMA names its case, and the case's journal the RMA. */
static gboolean
tell_both (BhDesk *self, const BhWhen *when, const BhIssueFacts *facts, GError **error)
{
  g_autofree char *entity = g_strconcat ("case:", facts->head.case_no, NULL);
  g_autofree char *text =
      g_strdup_printf ("RMA %s was drafted from case %s", facts->head.rma, facts->head.case_no);

  return bh_desk_tell (self, when, "draft", facts, NULL, text, error) &&
         bh_desk_audit (self, when->act, "rma", entity, NULL, text, when->at_us, error);
}

/* F5: behind the case's lock, so that one who escalates it now is seen, or sees this RMA. */
static gboolean
take_urgency (BhDesk *self, const char *case_no, GError **error)
{
  g_autofree char *key = g_strconcat ("case:", case_no, NULL);

  return bh_store_lock_key (self->store, key, error) &&
         bh_store_pass_urgency (self->store, case_no, error);
}

gboolean
bh_desk_issue (BhDesk *self, const BhWhen *when, const BhIssue *issue, char **rma,
               GPtrArray **advice, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_auto (BhIssueFacts) facts = { 0 };
  g_autoptr (GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *case_no = bh_case_normalise (issue->case_no, -1);

  *rma = NULL;
  if (!bh_desk_may_act (self, BH_MAY_ISSUE, when, error) ||
      !bh_desk_is_text ("reference", issue->reference, error) ||
      !bh_desk_is_text ("contact", issue->contact, error))
    return FALSE;
  if (case_no == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: not a case number (I2); write YYYY-MMDD-NNNNNN with a date that exists",
                 issue->case_no);
    return FALSE;
  }
  if (issue->n_units == 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE, "rma: no unit is named; add --unit SERIAL");
    return FALSE;
  }
  if ((tx = bh_store_begin_write (self->store, error)) == NULL ||
      !bh_store_lock_key (self->store, when->act, error) || !find_issued (self, when, rma, error))
    return FALSE;
  if (*rma == NULL) {
    if (!check_party (self, issue, &facts, error) || !check_case (self, issue, case_no, error) ||
        !write_head (self, when, issue, case_no, &facts, error) ||
        !bh_desk_add_units (self, when, &facts, issue->units, issue->n_units, remarks, error) ||
        !tell_both (self, when, &facts, error) || !take_urgency (self, case_no, error) ||
        !bh_tx_commit (tx, error))
      return FALSE;
    *rma = g_strdup (facts.head.rma);
  }
  if (advice != NULL)
    *advice = g_steal_pointer (&remarks);
  return TRUE;
}

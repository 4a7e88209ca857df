/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* A row of `rmas` is one line of an RMA (RULES N1, C1, I4, CLI.md). What the
 * dock recorded wins: a line goes forward only. */

#include "import-rma.h"

#include <string.h>

#include "backhaul/clock-store.h"
#include "issue-private.h"

/* ---- what it becomes --------------------------------------------------------------------- */

static const char *
line_state_of (const char *share, const BhTableRow *row)
{
  if (row->values[RECEIVED].number != 0)
    return "received";
  return g_str_equal (share, "open") ? "awaited" : share;
}

/* A line goes forward only: draft, awaited, and then what became of it. */
static guint
rank_of (const char *line_state)
{
  return g_str_equal (line_state, "draft") ? 0 : g_str_equal (line_state, "awaited") ? 1 : 2;
}

static guint
state_rank (const char *state)
{
  guint rank = 0;

  while (bh_rma_states[rank] != NULL && !g_str_equal (bh_rma_states[rank], state))
    rank++;
  return rank;
}

/* C8: what the export policy of the RMA's country says; most sites have none. */
static gboolean
export_days (BhImport *self, const BhRmaHead *head, int *days, gboolean *possible, GError **error)
{
  g_autofree char *country = NULL;

  *days = 0;
  *possible = TRUE;
  if (self->exports == NULL &&
      (self->exports = bh_store_export_policies (self->desk->store, error)) == NULL)
    return FALSE;
  if (self->exports->len == 0)
    return TRUE;
  if (!bh_store_country_of_rma (self->desk->store, head->id, &country, error))
    return FALSE;
  for (guint i = 0; i < self->exports->len; i++) {
    const BhExportPolicy *policy = g_ptr_array_index (self->exports, i);

    if (g_strcmp0 (policy->country, country) != 0)
      continue;
    *days = policy->extra_days;
    *possible = policy->possible;
  }
  return TRUE;
}

/* C1 by the site's policy: what is replaced in advance is expected back from the
 * replacement's delivery on, as when it is confirmed here. History has its dates. */
static gboolean
waits_for_delivery (BhImport *self, const BhPlace *place, const BhRmaHead *head,
                    const BhRmaLine *line, gboolean *waits, GError **error)
{
  g_auto (BhUnitRecord) unit = { 0 };
  g_auto (BhCoverage) coverage = { 0 };

  *waits = FALSE;
  if (!self->desk->policy.c1_on_delivery || !g_str_equal (line->state, "awaited"))
    return TRUE;
  if (!bh_store_unit_alone (self->desk->store, line->serial, &unit, error))
    return FALSE;
  bh_unit_judge (&unit, bh_day_of (head->confirmed_us, place->zone), &coverage);
  *waits = coverage.kind == BH_COVER_CONTRACT && coverage.level->replacement == BH_REPLACE_ADVANCE;
  return TRUE;
}

/* C1's date; NULL where no return is expected (C8), or not yet */
static gboolean
find_due (BhImport *self, const BhPlace *place, const BhRmaHead *head, const BhRmaLine *line,
          char **due, int *days, GError **error)
{
  BhClockInput input = { .start_us = head->confirmed_us,
                         .zone = place->zone,
                         .calendar = place->calendar };
  gboolean possible = TRUE;
  gboolean waits = FALSE;
  BhClockEnd end;

  *due = NULL;
  if (!export_days (self, head, days, &possible, error) ||
      !waits_for_delivery (self, place, head, line, &waits, error))
    return FALSE;
  if (!possible || waits)
    return TRUE;
  input.extra_days = *days;
  bh_clock_due (bh_clock_term (BH_C1, NULL, NULL), &input, &self->desk->policy, &end, NULL);
  *due = bh_day_format (end.day);
  return TRUE;
}

/* C1's end, by what became of the line. */
static const char *
clock_state_of (const BhRmaLine *line, const BhPlace *place)
{
  if (g_str_equal (line->state, "awaited"))
    return "open";
  if (line->received_us != 0)
    return line->return_by == NULL ||
                   bh_day_of (line->received_us, place->zone) <= bh_day_parse (line->return_by)
               ? "met"
               : "missed";
  return g_str_equal (line->state, "charged") ? "missed" : "void";
}

static gboolean
start_c1 (BhImport *self, const BhPlace *place, const BhRmaHead *head, const BhRmaLine *line,
          int policy_days, GError **error)
{
  const char *state = clock_state_of (line, place);
  gint64 ended_us = line->received_us != 0 ? line->received_us
                    : head->closed_us != 0 ? head->closed_us
                                           : self->now_us;

  return line->return_by == NULL ||
         bh_import_add_clock (self, place, head, line, state, policy_days,
                              g_str_equal (state, "open") ? 0 : ended_us, error);
}

static void
set_text (char **to, const char *text, gboolean *differs)
{
  if (g_strcmp0 (*to, text) == 0)
    return;
  *differs = TRUE;
  g_free (*to);
  *to = g_strdup (text);
}

/* The row's view of the RMA laid over what is on record: an empty `confirmed`
 * does not take a confirmation back. */
static gboolean
lay_over (BhRmaHead *head, const BhTableRow *row)
{
  gboolean differs = head->created_us != row->values[CREATED].number;

  head->created_us = row->values[CREATED].number;
  set_text (&head->site, row->values[SITE].text, &differs);
  set_text (&head->case_no, row->values[CASE].text, &differs);
  set_text (&head->contact, row->values[CONTACT].text, &differs);
  set_text (&head->reference, row->values[REFERENCE].text, &differs);
  set_text (&head->destination, row->values[DESTINATION].text, &differs);
  if (row->values[CONFIRMED].number != 0 && head->confirmed_us != row->values[CONFIRMED].number) {
    head->confirmed_us = row->values[CONFIRMED].number;
    differs = TRUE;
  }
  return differs;
}

/* ---- what it may not be ----------------------------------------------------------------- */

/* The lines of one file agree on their RMA: else each import would change it twice. */
static void
check_agrees (BhImport *self, const BhRmaHead *head, const BhTableRow *row, gint64 first)
{
  static const int columns[] = { SITE, CASE, CONTACT, REFERENCE, DESTINATION };
  const char *const values[] = { head->site, head->case_no, head->contact, head->reference,
                                 head->destination };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_strcmp0 (values[i], row->values[columns[i]].text) != 0)
      bh_import_faultf (self, columns[i],
                        "it differs from line %" G_GINT64_FORMAT
                        ", which is of the same RMA; make them the same",
                        first);
  if (head->created_us != row->values[CREATED].number)
    bh_import_faultf (self, CREATED,
                      "it differs from line %" G_GINT64_FORMAT ", which is of the same RMA", first);
  if (row->values[CONFIRMED].number != 0 && head->confirmed_us != row->values[CONFIRMED].number)
    bh_import_faultf (self, CONFIRMED,
                      "it differs from line %" G_GINT64_FORMAT ", which is of the same RMA", first);
}

static gboolean
check_case (BhImport *self, const BhTableRow *row, gboolean *is_new, GError **error)
{
  g_autofree char *account = NULL;

  *is_new = FALSE;
  if (row->values[CASE].text == NULL)
    return TRUE;
  if (!bh_import_case_account (self, row->values[CASE].text, &account, error))
    return FALSE;
  *is_new = account == NULL;
  if (account != NULL && !g_str_equal (account, row->values[ACCOUNT].text))
    bh_import_faultf (self, CASE, "the case is of account \"%s\"; mend one of them", account);
  return TRUE;
}

/* I4: a serial is on one awaited line at a time. N3: nothing awaits a third-party part. */
static gboolean
check_line (BhImport *self, const BhRmaHead *head, const BhRmaLine *on_record,
            const BhRmaLine *line, const char *share, gint64 first, GError **error)
{
  g_autofree char *other = NULL;
  gboolean third_party = FALSE;
  gboolean alive = rank_of (line->state) < 2;

  if (on_record->id == 0 && head->id != 0 && first == 0 && alive &&
      g_str_equal (bh_rma_status_of (head->state), "closed"))
    bh_import_faultf (self, RMA, "the RMA is %s; nothing is added to it", head->state);
  if (!alive || (on_record->id != 0 && rank_of (on_record->state) >= rank_of (line->state)))
    return TRUE;
  if (g_str_equal (line->state, "awaited") &&
      !bh_import_awaited_under (self, line->serial, &other, error))
    return FALSE;
  if (other != NULL)
    bh_import_faultf (self, SERIAL, "RMA %s awaits this serial already (I4); close that first",
                      other);
  if (line->part != NULL && !bh_import_third_party (self, line->part, &third_party, error))
    return FALSE;
  if (third_party)
    bh_import_faultf (self, PART, "\"%s\" is a third-party part, which is not covered (N3)",
                      line->part);
  return TRUE;
}

/* ---- writing ------------------------------------------------------------------------------- */

/* The account's name, as every line of it carries it. */
static const char *
account_name (BhImport *self, const char *account, GError **error)
{
  g_autofree char *key = g_strconcat ("name\x1f", account, NULL);
  char *name = g_hash_table_lookup (self->names, key);

  if (name != NULL)
    return name;
  if (!bh_store_account_name (self->desk->store, account, &name, error))
    return NULL;
  if (name == NULL)
    name = g_strdup (account);
  if (g_hash_table_size (self->names) >= 100000)
    g_hash_table_remove_all (self->names);
  g_hash_table_insert (self->names, g_steal_pointer (&key), name);
  return name;
}

/* After the lines: an RMA that awaits goods is open, whatever a row says. */
static gboolean
settle_state (BhImport *self, BhRmaHead *head, const char *share, gint64 first, gboolean was_there,
              gint64 closed_us, gboolean *differs, GError **error)
{
  gint64 lines = 0;
  gint64 awaited = 0;
  const char *state = share;

  if (!bh_import_count_lines (self, head, &lines, &awaited, error))
    return FALSE;
  if (first != 0 && state_rank (head->state) < state_rank (state))
    state = head->state;
  if (awaited > 0)
    state = "open";
  else if (was_there && state_rank (state) < state_rank (head->state))
    state = head->state; /* what happened since the file was written stays */
  else if (g_str_equal (state, "open"))
    state = "received";
  set_text (&head->state, state, differs);
  if (closed_us != 0 && g_str_equal (bh_rma_status_of (state), "closed") &&
      head->closed_us != closed_us && (head->closed_us == 0 || first == 0)) {
    head->closed_us = closed_us;
    *differs = TRUE;
  }
  return TRUE;
}

static gboolean
write_line (BhImport *self, const BhPlace *place, const BhRmaHead *head, BhRmaLine *was,
            BhRmaLine *line, gboolean place_moved, gboolean *differs, GError **error)
{
  BhStore *store = self->desk->store;
  const char *name = account_name (self, head->account, error);
  gint64 n = 0;
  gint64 awaited = 0;
  gint64 moved = 0;
  int days = 0;

  if (name == NULL || (head->confirmed_us != 0 &&
                       !find_due (self, place, head, line, &line->return_by, &days, error)))
    return FALSE;
  if (was->id == 0) {
    if (!bh_import_count_lines (self, head, &n, &awaited, error))
      return FALSE;
    line->line = (int) n + 1;
    return bh_import_add_line (self, head, name, line, error) &&
           (head->confirmed_us == 0 || start_c1 (self, place, head, line, days, error));
  }
  line->id = was->id;
  if (rank_of (line->state) <= rank_of (was->state)) {
    set_text (&line->state, was->state, &(gboolean){ FALSE });
    line->received_us = was->received_us;
  }
  if (place_moved && g_str_equal (was->state, "awaited") && line->return_by != NULL &&
      !bh_store_restart_clock (store, "C1", was->id, head->confirmed_us, line->return_by,
                               place->zone_name, place->calendar_name, &moved, error))
    return FALSE;
  /* a date that a person extended, or that a received line was judged by, stands */
  if (moved == 0 && was->return_by != NULL) {
    g_free (line->return_by);
    line->return_by = g_strdup (was->return_by);
  }
  if (g_strcmp0 (was->part, line->part) == 0 && g_strcmp0 (was->flag, line->flag) == 0 &&
      g_strcmp0 (was->state, line->state) == 0 && was->received_us == line->received_us &&
      g_strcmp0 (was->return_by, line->return_by) == 0)
    return TRUE;
  *differs = TRUE;
  if (!bh_import_set_line (self, head, line, error))
    return FALSE;
  if (rank_of (was->state) == 0 && rank_of (line->state) > 0 && head->confirmed_us != 0)
    return start_c1 (self, place, head, line, days, error);
  if (rank_of (was->state) == 1 && rank_of (line->state) == 2)
    return bh_store_end_clock (store, "C1", line->id, clock_state_of (line, place),
                               line->received_us != 0 ? line->received_us
                               : head->closed_us != 0 ? head->closed_us
                                                      : self->now_us,
                               error);
  return TRUE;
}

/* Reads all that is on record of the row's RMA, and checks the row against it:
 * nothing is written before. */
static gboolean
find_and_check (BhImport *self, const BhTableRow *row, BhRmaHead *head, BhRmaLine *was,
                BhRmaLine *line, gint64 *first, gboolean *new_case, GError **error)
{
  BhStore *store = self->desk->store;
  const char *share = bh_import_share (row);

  if (!bh_import_head (self, row->values[RMA].text, head, error) ||
      !bh_import_line (self, head, row->values[SERIAL].text, was, error) ||
      !bh_seen_add (self->seen_rmas, row->values[RMA].text, row->line, first, error))
    return FALSE;
  line->serial = g_strdup (row->values[SERIAL].text);
  line->part = g_strdup (row->values[PART].text);
  line->flag = g_strdup (row->values[FLAG].text);
  line->state = g_strdup (line_state_of (share, row));
  line->received_us = row->values[RECEIVED].number;
  if (line->part == NULL && !bh_store_unit_part (store, line->serial, &line->part, error))
    return FALSE;
  if (head->id != 0 && !g_str_equal (head->account, row->values[ACCOUNT].text))
    bh_import_faultf (self, ACCOUNT, "the RMA is of account \"%s\"; mend one of them",
                      head->account);
  else if (*first != 0 && head->id != 0)
    check_agrees (self, head, row, *first);
  return check_case (self, row, new_case, error) &&
         check_line (self, head, was, line, share, *first, error);
}

gboolean
bh_import_put_rma (BhImport *self, BhTableRow *row, GError **error)
{
  g_auto (BhRmaHead) head = { 0 };
  g_auto (BhRmaLine) was = { 0 };
  g_auto (BhRmaLine) line = { 0 };
  g_autofree char *words = NULL;
  g_autofree char *destination = NULL;
  const BhPlace *place = bh_import_place (self, row->values[DESTINATION].text, error);
  gboolean new_case = FALSE;
  gboolean differs = FALSE;
  gboolean was_there;
  gint64 first = 0;
  gint64 confirmed_us;

  if (place == NULL || !find_and_check (self, row, &head, &was, &line, &first, &new_case, error))
    return FALSE;
  if (self->faults > 0)
    return TRUE;
  was_there = head.id != 0;
  words = g_strdup (head.reference);
  destination = g_strdup (head.destination);
  confirmed_us = head.confirmed_us;
  differs = lay_over (&head, row);
  if (new_case && !bh_import_add_case (self, &head, row->values[ACCOUNT].text,
                                       row->values[PRIORITY].text, error))
    return FALSE;
  if (!was_there) {
    head.rma = g_strdup (row->values[RMA].text);
    head.account = g_strdup (row->values[ACCOUNT].text);
    head.state = g_strdup (bh_import_share (row));
    if (g_str_equal (head.state, "open") && g_str_equal (line.state, "received"))
      set_text (&head.state, "received", &differs);
    head.closed_us = row->values[CLOSED].number;
    if (!bh_import_add_rma (self, &head, error))
      return FALSE;
  }
  if (!write_line (self, place, &head, &was, &line,
                   head.confirmed_us != confirmed_us ||
                       g_strcmp0 (destination, head.destination) != 0,
                   &differs, error))
    return FALSE;
  if (was_there && (!settle_state (self, &head, bh_import_share (row), first, was_there,
                                   row->values[CLOSED].number, &differs, error) ||
                    (differs && !bh_import_set_rma (self, &head, error))))
    return FALSE;
  if (g_strcmp0 (words, head.reference) != 0 &&
      !bh_import_put_reference (self, &head, !was_there, error))
    return FALSE;
  row->put = was.id == 0 ? BH_PUT_ADDED : differs ? BH_PUT_CHANGED : BH_PUT_UNCHANGED;
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "due-chase.h"

#include <glib/gi18n.h>

#include "backhaul/chase.h"
#include "words.h"

#define MAX_BYTES (10 * 1024 * 1024)

static BhWhen
now_as (const char *act)
{
  return (BhWhen){ act, bh_now_us (), FALSE };
}

/* ---- whom it fits -------------------------------------------------------------- */

const char *
bh_due_bars_return (const BhClockRow *row)
{
  return g_strcmp0 (row->kind, "C1") != 0 ? N_ ("only the return of a unit (C1)") : NULL;
}

const char *
bh_due_bars_charge (const BhClockRow *row)
{
  if (g_strcmp0 (row->kind, "C1") == 0 && g_strcmp0 (row->state, "late") != 0)
    return N_ ("only what is late");
  return bh_due_bars_return (row);
}

const char *
bh_due_bars_claim (const BhClockRow *row)
{
  if (g_strcmp0 (row->kind, "C1") == 0 && g_strcmp0 (row->state, "paused") == 0)
    return N_ ("it is paused");
  return bh_due_bars_return (row);
}

const char *
bh_due_bars_decide (const BhClockRow *row)
{
  if (g_strcmp0 (row->kind, "C1") == 0 && g_strcmp0 (row->state, "paused") != 0)
    return N_ ("no claim stops its clock");
  return bh_due_bars_return (row);
}

/* ---- charge, waive, purchase order ----------------------------------------------- */

/* What it would cost today; NULL without error: no price is on record. */
static char *
price_of (BhDesk *desk, const BhClockRow *row, GError **error)
{
  g_autoptr (BhRmaPage) page = bh_desk_rma_page (desk, row->rma, bh_now_us (), error);

  for (guint i = 0; page != NULL && i < page->lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (page->lines, i);
    g_autofree char *currency = NULL;
    g_autofree char *amount = NULL;
    gboolean price = FALSE;
    gint64 minor = 0;

    if (line->line != row->line)
      continue;
    if (!bh_store_list_price (bh_desk_store (desk), line->part, &price, &minor, &currency, error) ||
        !price)
      return NULL;
    amount = bh_money_format (minor, currency);
    return g_strdup_printf ("%s %s", amount, currency);
  }
  return NULL;
}

char *
bh_due_tell_charge (BhDesk *desk, const BhClockRow *row, const BhDueAnswers *answers,
                    GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *price = price_of (desk, row, &why);

  if (why != NULL) {
    g_propagate_error (error, g_steal_pointer (&why));
    return NULL;
  }
  if (price == NULL)
    return g_strdup (_ ("no list price is on record, so it cannot be charged"));
  return g_strdup_printf (_ ("was due %s; charged %s"), row->due, price);
}

gboolean
bh_due_run_charge (BhDesk *desk, const char *act, const BhClockRow *row,
                   const BhDueAnswers *answers, GString *told, GError **error)
{
  const BhWhen when = now_as (act);

  return bh_desk_charge (desk, &when, row->rma, row->line, answers->text[BH_FIELD_REASON], NULL,
                         error);
}

char *
bh_due_tell_waive (BhDesk *desk, const BhClockRow *row, const BhDueAnswers *answers, GError **error)
{
  return g_strdup (_ ("is not expected any more; its clock ends, nothing is charged"));
}

gboolean
bh_due_run_waive (BhDesk *desk, const char *act, const BhClockRow *row, const BhDueAnswers *answers,
                  GString *told, GError **error)
{
  const BhWhen when = now_as (act);

  return bh_desk_waive (desk, &when, row->rma, row->line, answers->text[BH_FIELD_REASON], error);
}

char *
bh_due_tell_buy (BhDesk *desk, const BhClockRow *row, const BhDueAnswers *answers, GError **error)
{
  return g_strdup (_ ("the customer keeps it; the line is cancelled and its clocks end"));
}

gboolean
bh_due_run_buy (BhDesk *desk, const char *act, const BhClockRow *row, const BhDueAnswers *answers,
                GString *told, GError **error)
{
  const BhWhen when = now_as (act);

  return bh_desk_cancel (desk, &when, row->rma, row->line, answers->text[BH_FIELD_REASON],
                         answers->text[BH_FIELD_ORDER], error);
}

/* ---- taken back ------------------------------------------------------------------ */

static gboolean
take_back (BhDesk *desk, const char *act, const BhDueDone *done, const char *state,
           const char *reason, GError **error)
{
  const BhWhen when = now_as (act);

  return bh_desk_take_back (desk, &when, done->row->rma, done->row->line, state, reason, error);
}

gboolean
bh_due_undo_charge (BhDesk *desk, const char *act, const BhDueDone *done, const char *reason,
                    GError **error)
{
  return take_back (desk, act, done, "charged", reason, error);
}

gboolean
bh_due_undo_waive (BhDesk *desk, const char *act, const BhDueDone *done, const char *reason,
                   GError **error)
{
  return take_back (desk, act, done, "waived", reason, error);
}

gboolean
bh_due_undo_buy (BhDesk *desk, const char *act, const BhDueDone *done, const char *reason,
                 GError **error)
{
  return take_back (desk, act, done, "cancelled", reason, error);
}

/* ---- proof of delivery (O5) ------------------------------------------------------ */

char *
bh_due_tell_claim (BhDesk *desk, const BhClockRow *row, const BhDueAnswers *answers, GError **error)
{
  return g_strdup (_ ("stands still until the claim is accepted or rejected"));
}

/* The dock's matching scans, the likeliest first. */
static void
add_matches (GString *told, GPtrArray *matches)
{
  static const char *const words[] = {
    [BH_MATCH_EXACT] = N_ ("read at the dock"),
    [BH_MATCH_NEAR] = N_ ("looks like it"),
    [BH_MATCH_REFUSED] = N_ ("read and refused"),
  };

  if (matches->len == 0)
    g_string_append (told, _ ("no box at the dock matches it"));
  for (guint i = 0; i < matches->len; i++) {
    const BhClaimMatch *match = g_ptr_array_index (matches, i);
    g_autofree char *when = bh_time_words (match->at_us, NULL);

    g_string_append_printf (told, "%s%s %s, %s", i > 0 ? "; " : "", match->code,
                            _ (words[match->match]), when);
  }
}

/* Any file, as it is; the desk bounds it too, but not before it is read. */
static GBytes *
read_document (const char *name, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (name);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, NULL, error);

  if (info == NULL)
    return NULL;
  if (g_file_info_get_size (info) > MAX_BYTES) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: larger than 10 MiB; take a smaller one",
                 name);
    return NULL;
  }
  return g_file_load_bytes (file, NULL, NULL, error);
}

gboolean
bh_due_run_claim (BhDesk *desk, const char *act, const BhClockRow *row, const BhDueAnswers *answers,
                  GString *told, GError **error)
{
  const BhWhen when = now_as (act);
  const char *name = answers->text[BH_FIELD_DOCUMENT];
  gboolean has = name != NULL && *name != '\0';
  g_autofree char *base = has ? g_path_get_basename (name) : NULL;
  g_autofree char *type = has ? g_content_type_guess (name, NULL, 0, NULL) : NULL;
  g_autofree char *media = has ? g_content_type_get_mime_type (type) : NULL;
  g_autoptr (GBytes) document = NULL;
  g_autoptr (BhClaimPage) page = NULL;
  BhClaimRequest request = {
    .rma = row->rma,
    .line = row->line,
    .carrier = answers->text[BH_FIELD_CARRIER],
    .tracking = answers->text[BH_FIELD_TRACKING],
    .delivered = answers->text[BH_FIELD_DELIVERED],
    .signed_by = answers->text[BH_FIELD_SIGNED_BY],
    .document_name = base,
    .document_type = media,
  };

  if (has && (document = read_document (name, error)) == NULL)
    return FALSE;
  request.document = document;
  page = bh_desk_claim (desk, &when, &request, error);
  if (page == NULL)
    return FALSE;
  add_matches (told, page->matches);
  return TRUE;
}

/* The line's newest claim in @state; NULL without error: there is none. */
static char *
claim_of (BhDesk *desk, const BhClockRow *row, const char *state, GError **error)
{
  g_autoptr (GPtrArray) claims = bh_desk_claims (desk, state, row->rma, error);

  for (guint i = 0; claims != NULL && i < claims->len; i++) {
    const BhClaim *claim = g_ptr_array_index (claims, i);

    if (claim->line == row->line)
      return g_strdup (claim->claim);
  }
  return NULL;
}

char *
bh_due_tell_decide (BhDesk *desk, const BhClockRow *row, const BhDueAnswers *answers,
                    GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *claim = claim_of (desk, row, "pending", &why);
  g_autoptr (BhClaimPage) page = NULL;
  g_autoptr (GString) told = g_string_new (NULL);

  if (claim == NULL) {
    if (why == NULL)
      return g_strdup (_ ("no claim waits to be decided"));
    g_propagate_error (error, g_steal_pointer (&why));
    return NULL;
  }
  page = bh_desk_claim_page (desk, claim, error);
  if (page == NULL)
    return NULL;
  g_string_printf (told, _ ("%s %s, delivered %s, signed by %s: "), page->claim.carrier,
                   page->claim.tracking, page->claim.delivered, page->claim.signed_by);
  add_matches (told, page->matches);
  return g_string_free (g_steal_pointer (&told), FALSE);
}

static gboolean
decide (BhDesk *desk, const char *act, const BhClockRow *row, const BhDueAnswers *answers,
        gboolean accept, GError **error)
{
  const BhWhen when = now_as (act);
  g_autoptr (GError) why = NULL;
  g_autofree char *claim = claim_of (desk, row, "pending", &why);
  g_autoptr (BhClaimPage) page = NULL;

  if (claim == NULL) {
    if (why != NULL)
      g_propagate_error (error, g_steal_pointer (&why));
    else
      g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                   "no claim of it waits to be decided (O5); record one first");
    return FALSE;
  }
  page = bh_desk_decide_claim (desk, &when, claim, accept, answers->text[BH_FIELD_REASON], error);
  return page != NULL;
}

gboolean
bh_due_run_accept (BhDesk *desk, const char *act, const BhClockRow *row,
                   const BhDueAnswers *answers, GString *told, GError **error)
{
  return decide (desk, act, row, answers, TRUE, error);
}

gboolean
bh_due_run_reject (BhDesk *desk, const char *act, const BhClockRow *row,
                   const BhDueAnswers *answers, GString *told, GError **error)
{
  return decide (desk, act, row, answers, FALSE, error);
}

gboolean
bh_due_undo_claim (BhDesk *desk, const char *act, const BhDueDone *done, const char *reason,
                   GError **error)
{
  const BhWhen when = now_as (act);

  /* the act names the claim */
  return bh_desk_take_back_claim (desk, &when, done->id, "pending", reason, error);
}

static gboolean
undo_decision (BhDesk *desk, const char *act, const BhDueDone *done, const char *state,
               const char *reason, GError **error)
{
  const BhWhen when = now_as (act);
  g_autoptr (GError) why = NULL;
  g_autofree char *claim = claim_of (desk, done->row, state, &why);

  if (claim != NULL)
    return bh_desk_take_back_claim (desk, &when, claim, state, reason, error);
  if (why != NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  else
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: the decision was taken back already (O5); look at its clock", done->row->rma);
  return FALSE;
}

gboolean
bh_due_undo_accept (BhDesk *desk, const char *act, const BhDueDone *done, const char *reason,
                    GError **error)
{
  return undo_decision (desk, act, done, "accepted", reason, error);
}

gboolean
bh_due_undo_reject (BhDesk *desk, const char *act, const BhDueDone *done, const char *reason,
                    GError **error)
{
  return undo_decision (desk, act, done, "rejected", reason, error);
}

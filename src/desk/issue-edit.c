/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What may change of an RMA while it is open: its texts, a draft's units and
 * destination, and the flags of its lines (N6). */

#include "issue-private.h"

#include <string.h>

#include "backhaul/identifier.h"
#include "backhaul/table.h"

/* What was there and is now, told as "reference blue → red". */
static void
set_text (char **to, const char *what, const char *text, GString *told)
{
  const char *value = text != NULL && *text != '\0' ? text : NULL;

  if (text == NULL || g_strcmp0 (*to, value) == 0)
    return;
  g_string_append_printf (told, "%s%s %s → %s", told->len > 0 ? "; " : "", what,
                          *to != NULL ? *to : "(none)", value != NULL ? value : "(none)");
  g_free (*to);
  *to = g_strdup (value);
}

static gboolean
is_draft (const BhIssueFacts *facts, const char *what, GError **error)
{
  if (g_str_equal (facts->head.state, "draft"))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: it is confirmed (N1), and the customer was told; its %s stays: cancel a line, "
               "or make another RMA",
               facts->head.rma, what);
  return FALSE;
}

static gboolean
is_open (const BhIssueFacts *facts, GError **error)
{
  if (g_str_equal (bh_rma_status_of (facts->head.state), "open"))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: it is %s (N1); what is over is not changed",
               facts->head.rma, facts->head.state);
  return FALSE;
}

static gboolean
set_destination (BhDesk *self, BhIssueFacts *facts, const char *destination, GString *told,
                 GError **error)
{
  g_autofree char *zone = NULL;
  g_autofree char *calendar = NULL;

  if (destination == NULL || g_strcmp0 (destination, facts->head.destination) == 0)
    return TRUE;
  if (!is_draft (facts, "destination", error) ||
      !bh_store_place (self->store, destination, &zone, &calendar, error))
    return FALSE;
  if (zone == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such destination on record; import it first", destination);
    return FALSE;
  }
  set_text (&facts->head.destination, "destination", destination, told);
  return TRUE;
}

static gboolean
remove_units (BhDesk *self, BhIssueFacts *facts, const char *const *serials, GString *told,
              GError **error)
{
  for (; serials != NULL && *serials != NULL; serials++) {
    g_autofree char *serial = bh_serial_normalise (*serials, -1);
    BhIssueLine *found = NULL;

    for (guint i = 0; i < facts->lines->len; i++) {
      BhIssueLine *line = g_ptr_array_index (facts->lines, i);

      if (g_str_equal (line->state, "draft") && g_strcmp0 (line->serial, serial) == 0)
        found = line;
    }
    if (found == NULL) {
      g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                   "%s: it is not on the draft %s; `rma show` lists its units", *serials,
                   facts->head.rma);
      return FALSE;
    }
    g_free (found->state);
    found->state = g_strdup ("cancelled");
    if (!bh_store_end_line (self->store, found->id, "cancelled", "taken off the draft", error))
      return FALSE;
    g_string_append_printf (told, "%s- %s", told->len > 0 ? "; " : "", serial);
  }
  return TRUE;
}

/* Taken off before put on: a unit can be exchanged for itself with another flag. */
static gboolean
change_units (BhDesk *self, const BhWhen *when, BhIssueFacts *facts, const BhIssueEdit *edit,
              GPtrArray *advice, GString *told, GError **error)
{
  guint left = 0;

  if (edit->n_add == 0 && (edit->remove == NULL || *edit->remove == NULL))
    return TRUE;
  if (!is_draft (facts, "list of units", error) ||
      !remove_units (self, facts, edit->remove, told, error) ||
      (edit->n_add > 0 &&
       !bh_desk_add_units (self, when, facts, edit->add, edit->n_add, advice, error)))
    return FALSE;
  for (gsize i = 0; i < edit->n_add; i++)
    g_string_append_printf (told, "%s+ %s", told->len > 0 ? "; " : "", edit->add[i].serial);
  for (guint i = 0; i < facts->lines->len; i++)
    left += g_str_equal (((BhIssueLine *) g_ptr_array_index (facts->lines, i))->state, "draft");
  if (left + edit->n_add > 0)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: no unit would be left on it (N1); cancel the draft instead", facts->head.rma);
  return FALSE;
}

static gboolean
change (BhDesk *self, const BhWhen *when, BhIssueFacts *facts, const BhIssueEdit *edit,
        GPtrArray *advice, GError **error)
{
  g_autoptr (GString) told = g_string_new (NULL);
  g_autofree char *reference = g_strdup (facts->head.reference);

  set_text (&facts->head.reference, "reference", edit->reference, told);
  set_text (&facts->head.contact, "contact", edit->contact, told);
  if (!set_destination (self, facts, edit->destination, told, error) ||
      !change_units (self, when, facts, edit, advice, told, error))
    return FALSE;
  if (told->len == 0)
    return TRUE; /* nothing that is not so already */
  return bh_store_set_rma (self->store, &facts->head, error) &&
         (g_strcmp0 (reference, facts->head.reference) == 0 ||
          bh_store_put_words (self->store, "reference", facts->head.rma, facts->head.reference,
                              FALSE, error)) &&
         bh_desk_tell (self, when, "edit", facts, NULL, told->str, error);
}

gboolean
bh_desk_edit_rma (BhDesk *self, const BhWhen *when, const char *rma, const BhIssueEdit *edit,
                  GPtrArray **advice, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_auto (BhIssueFacts) facts = { 0 };
  g_autoptr (GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);
  gboolean done = FALSE;

  if (!bh_desk_may_act (self, BH_MAY_ISSUE, when, error) ||
      !bh_desk_is_text ("reference", edit->reference, error) ||
      !bh_desk_is_text ("contact", edit->contact, error) ||
      (tx = bh_store_begin_write (self->store, error)) == NULL ||
      !bh_desk_issue_facts (self, rma, &facts, error) ||
      !bh_desk_is_done (self, when, "edit", &done, error))
    return FALSE;
  if (!done && (!is_open (&facts, error) || !bh_desk_not_before_rma (self, &facts, when, error) ||
                !change (self, when, &facts, edit, remarks, error) || !bh_tx_commit (tx, error)))
    return FALSE;
  if (advice != NULL)
    *advice = g_steal_pointer (&remarks);
  return TRUE;
}

/* ---- flags (N6) ------------------------------------------------------------------------- */

static BhIssueLine *
line_of (const BhIssueFacts *facts, int number, GError **error)
{
  for (guint i = 0; i < facts->lines->len; i++) {
    BhIssueLine *line = g_ptr_array_index (facts->lines, i);

    if (line->line == number)
      return line;
  }
  g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
               "%s: it has no line %d; `rma show` numbers its lines", facts->head.rma, number);
  return NULL;
}

/* C2 and C3 started by the flag when the unit came to the repair center: from then on
 * the way from one to the other is that of RA3. */
static gboolean
may_flag (const BhIssueFacts *facts, const BhIssueLine *line, const char *flag, GError **error)
{
  static const char *const ended[] = { "cancelled", "charged", "waived", "closed", NULL };
  gboolean is_fa = g_strcmp0 (line->flag, "fa") == 0;
  gboolean to_fa = g_strcmp0 (flag, "fa") == 0;
  gboolean at_work =
      line->jobs > 0 ||
      (line->running != NULL && (strstr (line->running, "C2") || strstr (line->running, "C3")));

  if (g_strv_contains (ended, line->state)) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: line %d is %s (N6); only a line that is open is flagged", facts->head.rma,
                 line->line, line->state);
    return FALSE;
  }
  if (!at_work || is_fa == to_fa)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED, "%s: %s is at work already, under %s (RA3); %s",
               facts->head.rma, line->serial, is_fa ? "FA" : "RA",
               is_fa ? "let the FA post its result" : "say `bench insufficient` of its job");
  return FALSE;
}

static gboolean
set_flag (BhDesk *self, const BhWhen *when, const BhIssueFacts *facts, const BhIssueLine *line,
          const char *flag, GError **error)
{
  const char *before = line->flag != NULL ? line->flag : "none";
  g_autofree char *after = g_strdup_printf ("Line %d, %s: flag %s → %s", line->line, line->serial,
                                            before, flag != NULL ? flag : "none");

  if (g_strcmp0 (line->flag, flag) == 0)
    return TRUE; /* it is so already */
  return bh_store_set_flag (self->store, line->id, flag, error) &&
         bh_desk_tell (self, when, "flag", facts, before, after, error);
}

gboolean
bh_desk_flag_line (BhDesk *self, const BhWhen *when, const char *rma, int line, const char *flag,
                   GPtrArray **advice, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);
  g_auto (BhIssueFacts) facts = { 0 };
  BhIssueLine *found;
  gboolean done = FALSE;

  if (!bh_desk_may_act (self, BH_MAY_ISSUE, when, error) ||
      (tx = bh_store_begin_write (self->store, error)) == NULL ||
      !bh_desk_issue_facts (self, rma, &facts, error) ||
      !bh_desk_is_done (self, when, "flag", &done, error))
    return FALSE;
  if (!done) {
    if (!is_open (&facts, error) || !bh_desk_not_before_rma (self, &facts, when, error) ||
        (found = line_of (&facts, line, error)) == NULL || !may_flag (&facts, found, flag, error) ||
        !bh_desk_may_flag (self, found->serial, found->part, flag,
                           bh_day_of (when->at_us, facts.zone), remarks, error) ||
        !set_flag (self, when, &facts, found, flag, error) || !bh_tx_commit (tx, error))
      return FALSE;
  }
  if (advice != NULL)
    *advice = g_steal_pointer (&remarks);
  return TRUE;
}

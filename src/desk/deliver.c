/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* The replacement was delivered (C1, C5, F4). */

#include "backhaul/deliver.h"

#include <string.h>

#include "backhaul/clock-store.h"
#include "backhaul/identifier.h"
#include "clocks-private.h"
#include "issue-private.h"

static gboolean
is_due_one (const BhIssueLine *line)
{
  return g_str_equal (line->state, "awaited") || g_str_equal (line->state, "received");
}

/* By the site's policy it runs from now on; a line whose C1 ran already keeps it. */
static gboolean
start_c1 (BhDesk *self, const BhWhen *when, const BhIssueFacts *facts, const BhIssueLine *line,
          GError **error)
{
  BhClockStart start = {
    .kind = BH_C1, .line_id = line->id, .zone = facts->zone_name, .calendar = facts->calendar
  };

  if (!self->policy.c1_on_delivery || !g_str_equal (line->state, "awaited") ||
      line->return_by != NULL || (line->running != NULL && strstr (line->running, "C1") != NULL))
    return TRUE;
  return bh_desk_clock_start (self, &start, when->at_us, error);
}

/* The lines that are told of, NULL: refused. */
static char *
deliver_lines (BhDesk *self, const BhWhen *when, const BhIssueFacts *facts, int line,
               GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const BhIssueLine *other = NULL;

  for (guint i = 0; i < facts->lines->len; i++) {
    const BhIssueLine *one = g_ptr_array_index (facts->lines, i);
    gint64 changed = 0;

    if (line != 0 && one->line != line)
      continue;
    other = one;
    if (!is_due_one (one))
      continue;
    if (!bh_store_set_delivered (self->store, one->id, when->at_us, &changed, error))
      return NULL;
    if (changed == 0)
      continue;
    if (!bh_desk_clock_end (self, BH_C5, one->id, NULL, when->at_us, error) ||
        !start_c1 (self, when, facts, one, error))
      return NULL;
    g_string_append_printf (text, "%s %s", text->len > 0 ? "," : "Replacement delivered for",
                            one->serial);
  }
  if (text->len > 0)
    return g_strdup (text->str);
  if (other == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: it has no line %d; `rma show` numbers its lines", facts->head.rma, line);
  else
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: line %d is %s (C1); only a replacement that was not delivered before, of a "
                 "confirmed line, can be",
                 facts->head.rma, other->line,
                 is_due_one (other) ? "delivered already" : other->state);
  return NULL;
}

static gboolean
tell (BhDesk *self, const BhWhen *when, const BhIssueFacts *facts, const char *text, GError **error)
{
  g_autofree char *mail = g_uuid_string_random ();

  return bh_store_queue_mail (self->store, mail, "delivered", facts->party.email,
                              facts->head.account, facts->head.rma, NULL, when->at_us, error) &&
         bh_store_set_mail_details (self->store, mail, facts->party.language, NULL, error) &&
         bh_desk_tell (self, when, "deliver", facts, NULL, text, error);
}

gboolean
bh_desk_deliver (BhDesk *self, const BhWhen *when, const char *rma, int line, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_auto (BhIssueFacts) facts = { 0 };
  g_autofree char *text = NULL;
  gboolean done = FALSE;

  if (!bh_desk_may_act (self, BH_MAY_ISSUE, when, error) ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_desk_issue_facts (self, rma, &facts, error) ||
      !bh_desk_is_done (self, when, "deliver", &done, error))
    return FALSE;
  if (done)
    return TRUE;
  return bh_desk_not_before_rma (self, &facts, when, error) &&
         (text = deliver_lines (self, when, &facts, line, error)) != NULL &&
         tell (self, when, &facts, text, error) && bh_tx_commit (tx, error);
}

/* R2: which unit went out in place of the faulty one. */
static gboolean
set_replacement (BhDesk *self, const BhWhen *when, const BhIssueFacts *facts, int number,
                 const char *serial, GError **error)
{
  const BhIssueLine *line = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < facts->lines->len; i++)
    if (((BhIssueLine *) g_ptr_array_index (facts->lines, i))->line == number)
      line = g_ptr_array_index (facts->lines, i);
  if (line == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: it has no line %d; `rma show` numbers its lines", facts->head.rma, number);
    return FALSE;
  }
  if (!is_due_one (line) || g_str_equal (line->serial, serial)) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: line %d, %s, is %s; a replacement is another unit, for a confirmed line",
                 facts->head.rma, number, line->serial, line->state);
    return FALSE;
  }
  text = g_strdup_printf ("Line %d, %s: replaced by %s", number, line->serial, serial);
  return bh_store_set_replacement (self->store, line->id, serial, error) &&
         bh_desk_tell (self, when, "replacement", facts, NULL, text, error);
}

gboolean
bh_desk_set_replacement (BhDesk *self, const BhWhen *when, const char *rma, int line,
                         const char *serial, GError **error)
{
  g_autofree char *normal = bh_serial_normalise (serial, -1);
  g_autoptr (BhTx) tx = NULL;
  g_auto (BhIssueFacts) facts = { 0 };
  gboolean done = FALSE;

  if (normal == NULL) {
    g_autofree char *shown = g_utf8_make_valid (serial, -1);

    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%.60s: not a serial (I4); 6 to 32 of A-Z 0-9 . / -", shown);
    return FALSE;
  }
  if (!bh_desk_may_act (self, BH_MAY_ISSUE, when, error) ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_desk_issue_facts (self, rma, &facts, error) ||
      !bh_desk_is_done (self, when, "replacement", &done, error))
    return FALSE;
  return done ||
         (bh_desk_not_before_rma (self, &facts, when, error) &&
          set_replacement (self, when, &facts, line, normal, error) && bh_tx_commit (tx, error));
}

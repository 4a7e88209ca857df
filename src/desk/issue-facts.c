/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What every act of issuing begins with: the RMA as it stands, who, and when. */

#include "issue-private.h"

#include <string.h>

#include "backhaul/identifier.h"

#define MAX_TEXT 1000 /* bytes */

void
bh_issue_facts_clear (BhIssueFacts *self)
{
  bh_rma_head_clear (&self->head);
  bh_party_clear (&self->party);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->zone_name, g_free);
  g_clear_pointer (&self->calendar, g_free);
  g_clear_pointer (&self->entity, g_free);
}

gboolean
bh_desk_issue_facts (BhDesk *self, const char *rma, BhIssueFacts *facts, GError **error)
{
  g_autofree char *number = bh_rma_normalise (rma, -1);

  if (number == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: not an RMA number (I1); write R and 8 to 10 digits", rma);
    return FALSE;
  }
  if (!bh_store_lock_key (self->store, number, error) ||
      !bh_store_rma_head (self->store, number, &facts->head, error))
    return FALSE;
  if (facts->head.id == 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such RMA on record; search by serial or case", number);
    return FALSE;
  }
  facts->entity = g_strconcat ("rma:", number, NULL);
  facts->lines = bh_store_issue_lines (self->store, facts->head.id, error);
  if (facts->lines == NULL ||
      !bh_store_party (self->store, facts->head.account, facts->head.site, &facts->party, error) ||
      (facts->head.destination != NULL &&
       !bh_store_place (self->store, facts->head.destination, &facts->zone_name, &facts->calendar,
                        error)))
    return FALSE;
  facts->zone = bh_zone (facts->zone_name);
  if (facts->zone == NULL) {
    g_free (facts->zone_name);
    facts->zone_name = g_strdup ("UTC");
    facts->zone = g_time_zone_new_utc ();
  }
  return TRUE;
}

gboolean
bh_desk_may_act (BhDesk *self, BhMay may, const BhWhen *when, GError **error)
{
  return bh_desk_require (self, may, error) &&
         (!when->time_stated || bh_desk_require (self, BH_MAY_SET_TIME, error));
}

gboolean
bh_desk_is_text (const char *what, const char *text, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (strlen (text) <= MAX_TEXT && g_utf8_validate (text, -1, NULL)) {
    const guchar *c = (const guchar *) text;

    while (*c >= 0x20 ? *c != 0x7f : *c == '\t' || *c == '\n' || *c == '\r')
      c++;
    if (*c == '\0')
      return TRUE;
  }
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s: not a text of at most %d bytes without control characters; shorten or mend it",
               what, MAX_TEXT);
  return FALSE;
}

gboolean
bh_desk_not_before (const char *what, const BhWhen *when, gint64 latest_us, GError **error)
{
  g_autofree char *latest = NULL;

  if (!when->time_stated || when->at_us >= latest_us)
    return TRUE;
  latest = bh_time_format (latest_us, NULL);
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s: the stated time is before what is on record of it (%s); state a later one",
               what, latest);
  return FALSE;
}

gboolean
bh_desk_not_before_rma (BhDesk *self, const BhIssueFacts *facts, const BhWhen *when, GError **error)
{
  const BhRmaHead *head = &facts->head;

  if (!bh_desk_not_before (head->rma, when, MAX (head->created_us, head->confirmed_us), error))
    return FALSE;
  for (guint i = 0; when->time_stated && i < facts->lines->len; i++) {
    const BhIssueLine *line = g_ptr_array_index (facts->lines, i);
    gint64 latest = 0;

    if (!bh_store_latest_of (self->store, line->serial, &latest, error) ||
        !bh_desk_not_before (line->serial, when, latest, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
bh_desk_is_done (BhDesk *self, const BhWhen *when, const char *what, gboolean *done, GError **error)
{
  g_autofree char *entity = NULL;

  if (!bh_store_find_act (self->store, when->act, what, &entity, error))
    return FALSE;
  *done = entity != NULL;
  return TRUE;
}

gboolean
bh_desk_tell (BhDesk *self, const BhWhen *when, const char *what, const BhIssueFacts *facts,
              const char *before, const char *after, GError **error)
{
  return bh_desk_audit (self, when->act, what, facts->entity, before, after, when->at_us, error) &&
         (facts->head.case_no == NULL ||
          bh_store_touch_case (self->store, facts->head.case_no, when->at_us, error));
}

static int
by_text (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

gboolean
bh_desk_lock_serials (BhDesk *self, GPtrArray *serials, GError **error)
{
  g_ptr_array_sort (serials, by_text);
  for (guint i = 0; i < serials->len; i++)
    if (!bh_store_lock_serial (self->store, g_ptr_array_index (serials, i), error))
      return FALSE;
  return TRUE;
}

void
bh_unit_judge (const BhUnitRecord *unit, BhDay on, BhCoverage *coverage)
{
  const BhCoverFacts facts = { .serial = unit->serial,
                               .known = unit->known,
                               .part = unit->part,
                               .product_known = unit->product_known,
                               .third_party = unit->third_party,
                               .shipped = unit->shipped,
                               .registered = unit->registered,
                               .distributor = unit->distributor,
                               .contract = unit->contract,
                               .contract_level = unit->contract_level,
                               .contract_until = unit->contract_until };

  bh_coverage_judge (&facts, on, coverage);
}

void
bh_unit_check_free (BhUnitCheck *self)
{
  if (self == NULL)
    return;
  bh_unit_record_clear (&self->unit);
  bh_coverage_clear (&self->coverage);
  for (guint i = 0; i < BH_REPAIR_LAST; i++)
    bh_eligibility_clear (&self->repair[i]);
  g_free (self);
}

BhUnitCheck *
bh_desk_check_unit (BhDesk *self, const char *serial, const char *destination, BhDay on,
                    gint64 now_us, GError **error)
{
  g_autofree char *normal = bh_serial_normalise (serial, -1);
  g_autofree char *zone_name = NULL;
  g_autofree char *calendar = NULL;
  g_autoptr (BhUnitCheck) check = g_new0 (BhUnitCheck, 1);
  g_autoptr (GTimeZone) zone = NULL;

  if (normal == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: not a serial (I4); 6 to 32 of A-Z 0-9 . / -",
                 serial);
    return NULL;
  }
  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      !bh_store_unit_record (self->store, normal, &check->unit, error))
    return NULL;
  if (destination != NULL) {
    if (!bh_store_place (self->store, destination, &zone_name, &calendar, error))
      return NULL;
    if (zone_name == NULL) {
      g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                   "%s: no such destination on record; import it first", destination);
      return NULL;
    }
    zone = bh_zone (zone_name);
  }
  check->on = on != BH_DAY_NONE ? on : bh_day_of (now_us, zone);
  bh_unit_judge (&check->unit, check->on, &check->coverage);
  for (guint i = 0; i < BH_REPAIR_LAST; i++) {
    const BhRepairFacts facts = { .kind = i, .on = check->on, .flagged_fa = TRUE };

    if (!bh_desk_repair_may (self, check->unit.part, &facts, &check->repair[i], error))
      return NULL;
  }
  return g_steal_pointer (&check);
}

GPtrArray *
bh_desk_drafts (BhDesk *self, guint limit, GError **error)
{
  return bh_desk_require (self, BH_MAY_READ, error)
             ? bh_store_drafts (self->store, limit > 0 ? limit : G_MAXUINT32, error)
             : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

/* What issuing an RMA asks: a unit's record, the customer, lines and drafts (RULES §3). */

#include "backhaul/issue-store.h"

void
bh_unit_record_clear (BhUnitRecord *self)
{
  g_free (self->serial);
  g_free (self->part);
  g_free (self->description);
  g_free (self->platform);
  g_free (self->account);
  g_free (self->account_name);
  g_free (self->site);
  g_free (self->shipped);
  g_free (self->registered);
  g_free (self->distributor);
  g_free (self->contract);
  g_free (self->contract_level);
  g_free (self->contract_until);
  g_free (self->awaited_under);
  g_free (self->drafted_under);
  *self = (BhUnitRecord){ 0 };
}

void
bh_party_clear (BhParty *self)
{
  g_free (self->name);
  g_free (self->email);
  g_free (self->language);
  *self = (BhParty){ 0 };
}

void
bh_issue_line_free (BhIssueLine *self)
{
  if (self == NULL)
    return;
  g_free (self->serial);
  g_free (self->part);
  g_free (self->state);
  g_free (self->flag);
  g_free (self->return_by);
  g_free (self->running);
  g_free (self->replacement);
  g_free (self->location);
  g_free (self);
}

void
bh_product_dates_clear (BhProductDates *self)
{
  g_free (self->first_shipment);
  g_free (self->end_of_life);
  g_free (self->end_of_service);
  *self = (BhProductDates){ 0 };
}

gboolean
bh_store_product_dates (BhStore *self, const char *part, BhProductDates *dates, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self,
                                           "SELECT first_shipment, end_of_life, end_of_service"
                                           " FROM product WHERE part = $1",
                                           error);
  gboolean row = FALSE;

  bh_product_dates_clear (dates);
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", part) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row) {
    dates->first_shipment = bh_stmt_dup_text (stmt, 0);
    dates->end_of_life = bh_stmt_dup_text (stmt, 1);
    dates->end_of_service = bh_stmt_dup_text (stmt, 2);
  }
  return TRUE;
}

/* What its RMAs tell of a serial, on record as a unit or not. */
static gboolean
read_returns (BhStore *self, const char *serial, BhUnitRecord *unit, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT (SELECT rma FROM rma_line WHERE serial = $1 AND awaited = 1),"
      " (SELECT rma FROM rma_line WHERE serial = $1 AND state = 'draft' ORDER BY id LIMIT 1),"
      " (SELECT count(*) FROM rma_line WHERE serial = $1 AND state <> 'draft'"
      "   AND state <> 'cancelled')",
      error);

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", serial) || !bh_stmt_one_row (stmt, error))
    return FALSE;
  unit->awaited_under = bh_stmt_dup_text (stmt, 0);
  unit->drafted_under = bh_stmt_dup_text (stmt, 1);
  unit->returns = bh_stmt_int64 (stmt, 2);
  return TRUE;
}

gboolean
bh_store_unit_alone (BhStore *self, const char *serial, BhUnitRecord *unit, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT u.part, p.description, p.platform, p.third_party, u.account, a.name, "
                     "u.site, u.shipped,"
                     " u.registered, u.distributor, u.contract, u.contract_level, u.contract_until"
                     " FROM unit u LEFT JOIN product p ON p.part = u.part"
                     " LEFT JOIN account a ON a.account = u.account WHERE u.serial = $1",
                     error);
  int column = 0;

  bh_unit_record_clear (unit);
  unit->serial = g_strdup (serial);
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", serial) ||
      !bh_stmt_next (stmt, &unit->known, error))
    return FALSE;
  if (unit->known) {
    unit->part = bh_stmt_dup_text (stmt, column++);
    unit->description = bh_stmt_dup_text (stmt, column++);
    unit->platform = bh_stmt_dup_text (stmt, column++);
    unit->product_known = !bh_stmt_is_null (stmt, column);
    unit->third_party = bh_stmt_int64 (stmt, column++) != 0;
    unit->account = bh_stmt_dup_text (stmt, column++);
    unit->account_name = bh_stmt_dup_text (stmt, column++);
    unit->site = bh_stmt_dup_text (stmt, column++);
    unit->shipped = bh_stmt_dup_text (stmt, column++);
    unit->registered = bh_stmt_dup_text (stmt, column++);
    unit->distributor = bh_stmt_dup_text (stmt, column++);
    unit->contract = bh_stmt_dup_text (stmt, column++);
    unit->contract_level = bh_stmt_dup_text (stmt, column++);
    unit->contract_until = bh_stmt_dup_text (stmt, column++);
  }
  return TRUE;
}

gboolean
bh_store_unit_record (BhStore *self, const char *serial, BhUnitRecord *unit, GError **error)
{
  return bh_store_unit_alone (self, serial, unit, error) &&
         read_returns (self, serial, unit, error);
}

gboolean
bh_store_party (BhStore *self, const char *account, const char *site, BhParty *party,
                GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT a.name, a.email, a.language, s.site FROM account a"
      " LEFT JOIN site s ON s.account = a.account AND s.site = $2 WHERE a.account = $1",
      error);
  gboolean row = FALSE;

  bh_party_clear (party);
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "tt", account, site) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  party->name = bh_stmt_dup_text (stmt, 0);
  party->email = bh_stmt_dup_text (stmt, 1);
  party->language = bh_stmt_dup_text (stmt, 2);
  party->site_known = !bh_stmt_is_null (stmt, 3);
  return TRUE;
}

/* The line's clocks that run, one kind after the other. */
static gboolean
read_running (BhStore *self, BhIssueLine *line, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self,
                                           "SELECT kind FROM clock WHERE line_id = $1"
                                           " AND state IN ('open','paused') ORDER BY kind",
                                           error);
  g_autoptr (GString) kinds = g_string_new (NULL);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "i", line->id))
    return FALSE;
  while (row) {
    if (!bh_stmt_next (stmt, &row, error))
      return FALSE;
    if (row)
      g_string_append_printf (kinds, "%s%s", kinds->len > 0 ? " " : "", bh_stmt_text (stmt, 0));
  }
  if (kinds->len > 0)
    line->running = g_strdup (kinds->str);
  return TRUE;
}

static gboolean
read_line (BhStore *self, BhStmt *stmt, GPtrArray *lines, gboolean *row, GError **error)
{
  BhIssueLine *line;

  if (!bh_stmt_next (stmt, row, error))
    return FALSE;
  if (!*row)
    return TRUE;
  line = g_new0 (BhIssueLine, 1);
  g_ptr_array_add (lines, line);
  line->id = bh_stmt_int64 (stmt, 0);
  line->line = (int) bh_stmt_int64 (stmt, 1);
  line->serial = bh_stmt_dup_text (stmt, 2);
  line->part = bh_stmt_dup_text (stmt, 3);
  line->state = bh_stmt_dup_text (stmt, 4);
  line->flag = bh_stmt_dup_text (stmt, 5);
  line->received_us = bh_stmt_int64 (stmt, 6);
  line->return_by = bh_stmt_dup_text (stmt, 7);
  line->jobs = bh_stmt_int64 (stmt, 8);
  line->worked = bh_stmt_int64 (stmt, 9);
  line->replacement = bh_stmt_dup_text (stmt, 10);
  line->delivered_us = bh_stmt_int64 (stmt, 11);
  line->location = bh_stmt_dup_text (stmt, 12);
  return TRUE;
}

GPtrArray *
bh_store_issue_lines (BhStore *self, gint64 rma_id, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT l.id, l.line, l.serial, l.part, l.state, l.flag, l.received_us, l.return_by,"
      " (SELECT count(*) FROM job j WHERE j.line_id = l.id AND j.state = 'open'),"
      " (SELECT count(*) FROM job j WHERE j.line_id = l.id), l.replacement, l.delivered_us,"
      /* taken in place of another unit (D5), only the job bears its serial */
      " (SELECT w.location FROM place w WHERE w.serial = coalesce((SELECT j.serial FROM job j"
      "  WHERE j.line_id = l.id ORDER BY j.job DESC LIMIT 1), l.serial))"
      " FROM rma_line l WHERE l.rma_id = $1 ORDER BY l.line",
      error);
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_issue_line_free);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "i", rma_id))
    return NULL;
  while (row)
    if (!read_line (self, stmt, lines, &row, error))
      return NULL;
  for (guint i = 0; i < lines->len; i++)
    if (!read_running (self, g_ptr_array_index (lines, i), error))
      return NULL;
  return g_steal_pointer (&lines);
}

GPtrArray *
bh_store_drafts (BhStore *self, guint limit, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self,
                                           "SELECT rma FROM rma WHERE state = 'draft'"
                                           " ORDER BY urgency DESC, created_us, id LIMIT $1",
                                           error);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "i", (gint64) limit))
    return NULL;
  while (row) {
    if (!bh_stmt_next (stmt, &row, error))
      return NULL;
    if (row)
      g_ptr_array_add (numbers, bh_stmt_dup_text (stmt, 0));
  }
  return g_steal_pointer (&numbers);
}

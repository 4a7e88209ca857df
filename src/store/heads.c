/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/lists-store.h"
#include "backhaul/receipt.h"

#include <string.h>

/* What stands at the head of the RMA's page and of a unit's, and what happened. */

void
bh_rma_page_free (BhRmaPage *self)
{
  if (self == NULL)
    return;
  g_free (self->rma);
  g_free (self->status);
  g_free (self->state);
  g_free (self->account);
  g_free (self->account_name);
  g_free (self->site);
  g_free (self->case_no);
  g_free (self->contact);
  g_free (self->reference);
  g_free (self->destination);
  g_free (self->destination_name);
  g_free (self->destination_address);
  g_free (self->zone);
  g_free (self->override_reason);
  g_free (self->override_by);
  g_free (self->cancel_reason);
  g_free (self->purchase_order);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->clocks, g_ptr_array_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  g_clear_pointer (&self->owed, g_ptr_array_unref);
  g_free (self);
}

void
bh_unit_life_free (BhUnitLife *self)
{
  if (self == NULL)
    return;
  g_free (self->serial);
  g_free (self->part);
  g_free (self->description);
  g_free (self->platform);
  g_free (self->account);
  g_free (self->account_name);
  g_free (self->site);
  g_free (self->shipped);
  g_free (self->contract);
  g_free (self->contract_level);
  g_free (self->contract_until);
  g_free (self->location);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->receipts, g_ptr_array_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_free (self);
}

void
bh_history_row_free (BhHistoryRow *self)
{
  if (self == NULL)
    return;
  g_free (self->what);
  g_free (self->text);
  g_free (self->operator);
  g_free (self->station);
  g_free (self);
}

void
bh_figure_free (BhFigure *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->rule);
  g_free (self);
}

/* An address as lines, without the empty ones. */
static char *
address_lines (BhStmt *stmt, int first, int n)
{
  GString *text = g_string_new (NULL);

  for (int i = first; i < first + n; i++) {
    const char *line = bh_stmt_text (stmt, i);

    if (line != NULL && *line != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
  }
  return g_string_free (text, FALSE);
}

gboolean
bh_store_page_head (BhStore *self, const char *rma, BhRmaPage *page, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT r.rma, r.status, r.state, r.account, a.name, r.site, r.case_no, r.contact,"
      " r.reference, r.destination, d.name, d.time_zone, r.created_us, r.confirmed_us,"
      " r.closed_us, d.address, d.postal_code, d.city, d.country, r.override_reason, r.override_by,"
      " r.cancel_reason, r.purchase_order, r.urgency"
      " FROM rma r LEFT JOIN account a ON a.account = r.account"
      " LEFT JOIN destination d ON d.destination = r.destination WHERE r.rma = $1",
      error);
  gboolean row = FALSE;
  int column = 0;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", rma) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  page->rma = bh_stmt_dup_text (stmt, column++);
  page->status = bh_stmt_dup_text (stmt, column++);
  page->state = bh_stmt_dup_text (stmt, column++);
  page->account = bh_stmt_dup_text (stmt, column++);
  page->account_name = bh_stmt_dup_text (stmt, column++);
  page->site = bh_stmt_dup_text (stmt, column++);
  page->case_no = bh_stmt_dup_text (stmt, column++);
  page->contact = bh_stmt_dup_text (stmt, column++);
  page->reference = bh_stmt_dup_text (stmt, column++);
  page->destination = bh_stmt_dup_text (stmt, column++);
  page->destination_name = bh_stmt_dup_text (stmt, column++);
  page->zone = bh_stmt_dup_text (stmt, column++);
  page->created_us = bh_stmt_int64 (stmt, column++);
  page->issued_us = bh_stmt_int64 (stmt, column++);
  page->closed_us = bh_stmt_int64 (stmt, column++);
  page->destination_address = address_lines (stmt, column, 4);
  column += 4;
  page->override_reason = bh_stmt_dup_text (stmt, column++);
  page->override_by = bh_stmt_dup_text (stmt, column++);
  page->cancel_reason = bh_stmt_dup_text (stmt, column++);
  page->purchase_order = bh_stmt_dup_text (stmt, column++);
  page->urgency = (int) bh_stmt_int64 (stmt, column++);
  return TRUE;
}

gboolean
bh_store_unit_head (BhStore *self, const char *serial, BhUnitLife *life, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT u.part, p.description, p.platform, u.account, a.name, u.site, u.shipped, u.contract,"
      " u.contract_level, u.contract_until FROM unit u LEFT JOIN product p ON p.part = u.part"
      " LEFT JOIN account a ON a.account = u.account WHERE u.serial = $1",
      error);
  g_autoptr (BhStmt) place =
      bh_store_stmt (self, "SELECT location FROM place WHERE serial = $1", error);
  gboolean row = FALSE;
  int column = 0;

  if (stmt == NULL || place == NULL || !bh_stmt_bind (stmt, error, "t", serial) ||
      !bh_stmt_next (stmt, &life->known, error) || !bh_stmt_bind (place, error, "t", serial) ||
      !bh_stmt_next (place, &row, error))
    return FALSE;
  if (row)
    life->location = bh_stmt_dup_text (place, 0);
  if (!life->known)
    return TRUE;
  life->part = bh_stmt_dup_text (stmt, column++);
  life->description = bh_stmt_dup_text (stmt, column++);
  life->platform = bh_stmt_dup_text (stmt, column++);
  life->account = bh_stmt_dup_text (stmt, column++);
  life->account_name = bh_stmt_dup_text (stmt, column++);
  life->site = bh_stmt_dup_text (stmt, column++);
  life->shipped = bh_stmt_dup_text (stmt, column++);
  life->contract = bh_stmt_dup_text (stmt, column++);
  life->contract_level = bh_stmt_dup_text (stmt, column++);
  life->contract_until = bh_stmt_dup_text (stmt, column++);
  return TRUE;
}

static GPtrArray *
history (BhStore *self, const char *sql, const char *key, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_history_row_free);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", key))
    return NULL;
  while (row) {
    BhHistoryRow *one;

    if (!bh_stmt_next (stmt, &row, error))
      return NULL;
    if (!row)
      break;
    one = g_new0 (BhHistoryRow, 1);
    one->at_us = bh_stmt_int64 (stmt, 0);
    one->what = bh_stmt_dup_text (stmt, 1);
    one->text = bh_stmt_dup_text (stmt, 2);
    one->operator= bh_stmt_dup_text (stmt, 3);
    one->station = bh_stmt_dup_text (stmt, 4);
    g_ptr_array_add (rows, one);
  }
  return g_steal_pointer (&rows);
}

#define RECEIVED                                                                                   \
  "SELECT p.at_us AS at_us, p.verdict AS what, p.message AS text, p.operator AS operator,"         \
  " p.station AS station FROM receipt p"
#define VOIDED                                                                                     \
  " UNION ALL SELECT p.void_us, 'void', 'The receipt (' || p.rule || ') was voided: '"             \
  " || coalesce(p.void_reason, ''), p.void_by, p.station FROM receipt p"
#define ISSUED                                                                                     \
  " UNION ALL SELECT r.created_us, 'created', 'RMA ' || r.rma || ' was created', '', ''"           \
  " FROM rma r"
#define CONFIRMED                                                                                  \
  " UNION ALL SELECT r.confirmed_us, 'issued', 'RMA ' || r.rma || ' was issued', '', ''"           \
  " FROM rma r"

/* What the journal tells of the RMA: who drafted and issued it, too. One that came from
 * an import has no such entry, and stands by its own dates. */
#define ACTS                                                                                       \
  " UNION ALL SELECT a.at_us, CASE a.what WHEN 'draft' THEN 'created'"                             \
  " WHEN 'confirm' THEN 'issued' ELSE a.what END, a.after, a.operator, a.station FROM audit a"     \
  " WHERE a.entity = 'rma:' || $1 AND a.after IS NOT NULL"
#define NOT_TOLD(what)                                                                             \
  " AND NOT EXISTS (SELECT 1 FROM audit j WHERE j.entity = 'rma:' || r.rma AND j.what = '" what "')"

GPtrArray *
bh_store_history_of_rma (BhStore *self, const char *rma, GError **error)
{
  return history (self,
                  RECEIVED " WHERE p.rma = $1" VOIDED " WHERE p.rma = $1 AND p.void = 1" ISSUED
                           " WHERE r.rma = $1" NOT_TOLD ("draft") CONFIRMED
                  " WHERE r.rma = $1 AND r.confirmed_us IS NOT NULL" NOT_TOLD ("confirm") ACTS
                  " ORDER BY 1, 2",
                  rma, error);
}

GPtrArray *
bh_store_history_of_serial (BhStore *self, const char *serial, GError **error)
{
  return history (self,
                  RECEIVED
                  " WHERE p.serial = $1" VOIDED " WHERE p.serial = $1 AND p.void = 1" CONFIRMED
                  " JOIN rma_line l ON l.rma_id = r.id WHERE l.serial = $1"
                  " AND r.confirmed_us IS NOT NULL"
                  " UNION ALL SELECT m.at_us, 'move', 'Moved to ' || m.location, m.operator,"
                  " m.station FROM move m WHERE m.serial = $1 ORDER BY 1, 2",
                  serial, error);
}

GPtrArray *
bh_store_history_of_case (BhStore *self, const char *case_no, GError **error)
{
  g_autofree char *entity = g_strconcat ("case:", case_no, NULL);

  return history (self,
                  "SELECT at_us, what, coalesce(after, what), operator, station FROM audit"
                  " WHERE entity = $1 ORDER BY at_us, station, seq",
                  entity, error);
}

/* ---- figures -------------------------------------------------------------------- */

static gboolean
add_figures (BhStore *self, const char *sql, gint64 from_us, gint64 to_us, GPtrArray *figures,
             GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  gboolean row = TRUE;

  if (stmt == NULL ||
      (strstr (sql, "$2") != NULL && !bh_stmt_bind (stmt, error, "ii", from_us, to_us)))
    return FALSE;
  while (row) {
    BhFigure *figure;

    if (!bh_stmt_next (stmt, &row, error))
      return FALSE;
    if (!row)
      break;
    figure = g_new0 (BhFigure, 1);
    figure->name = bh_stmt_dup_text (stmt, 0);
    figure->rule = bh_stmt_dup_text (stmt, 1);
    figure->value = bh_stmt_int64 (stmt, 2);
    g_ptr_array_add (figures, figure);
  }
  return TRUE;
}

#define BETWEEN " FROM receipt WHERE at_us >= $1 AND at_us < $2"
/* a hold that a CSR ended was one, though its decision took its place */
#define STANDS " AND (void = 0 OR resolved IS NOT NULL)"

GPtrArray *
bh_store_figures (BhStore *self, gint64 from_us, gint64 to_us, GError **error)
{
  static const char *const queries[] = {
    "SELECT 'received', NULL, count(*)" BETWEEN " AND verdict = 'accept' AND void = 0",
    "SELECT 'accepted', NULL, count(*)" BETWEEN " AND verdict = 'accept' AND void = 0",
    "SELECT 'held', NULL, count(*)" BETWEEN " AND verdict = 'hold'" STANDS,
    "SELECT 'refused', NULL, count(*)" BETWEEN " AND verdict = 'refuse' AND void = 0",
    "SELECT 'voided', NULL, count(*)" BETWEEN " AND void = 1 AND replaced_by IS NULL",
    "SELECT 'late', NULL, count(*)" BETWEEN " AND verdict = 'accept' AND void = 0 AND late = 1",
    "SELECT 'accepted', rule, count(*)" BETWEEN
    " AND verdict = 'accept' AND void = 0 GROUP BY rule ORDER BY rule",
    "SELECT 'held', rule, count(*)" BETWEEN " AND verdict = 'hold'" STANDS
    " GROUP BY rule ORDER BY rule",
    "SELECT 'refused', rule, count(*)" BETWEEN
    " AND verdict = 'refuse' AND void = 0 GROUP BY rule ORDER BY rule",
    "SELECT 'open', NULL, count(*) FROM rma_line WHERE awaited = 1",
    "SELECT 'met', kind, count(*) FROM clock WHERE state = 'met' AND ended_us >= $1"
    " AND ended_us < $2 GROUP BY kind ORDER BY kind",
    "SELECT 'missed', kind, count(*) FROM clock WHERE state = 'missed' AND ended_us >= $1"
    " AND ended_us < $2 GROUP BY kind ORDER BY kind",
  };
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_figure_free);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    if (!add_figures (self, queries[i], from_us, to_us, figures, error))
      return NULL;
  return g_steal_pointer (&figures);
}

GPtrArray *
bh_store_verdict_counts (BhStore *self, gint64 from_us, GError **error)
{
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_figure_free);

  return add_figures (self, "SELECT verdict, NULL, count(*)" BETWEEN STANDS " GROUP BY verdict",
                      from_us, G_MAXINT64, figures, error)
             ? g_steal_pointer (&figures)
             : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/mail-store.h"

/* Of a line `l`; the newest charge is the one that is told. */
#define COLUMNS                                                                                    \
  " p.description, l.replacement, l.state, l.return_by, l.case_no, r.reference, r.contact,"        \
  " coalesce(s.time_zone, d.time_zone), p.currency, c.currency, c.reason, d.name, l.line,"         \
  " l.awaited, p.list_price, c.amount, c.at_us, c.credited_us, d.contract_manufacturer,"           \
  " d.address, d.postal_code, d.city, d.country"
#define JOINS                                                                                      \
  " LEFT JOIN product p ON p.part = l.part"                                                        \
  " LEFT JOIN site s ON s.account = r.account AND s.site = r.site"                                 \
  " LEFT JOIN destination d ON d.destination = r.destination"                                      \
  " LEFT JOIN charge c ON c.id = (SELECT max(x.id) FROM charge x WHERE x.line_id = l.id)"

#define OF_RMA                                                                                     \
  "SELECT l.rma, l.serial, l.part, NULL, NULL, NULL, l.received_us," COLUMNS                       \
  " FROM rma_line l JOIN rma r ON r.id = l.rma_id" JOINS " WHERE l.rma = $1 ORDER BY l.line"

/* what the box said stands before what is on record: a refused unit has no line */
#define OF_MAIL                                                                                    \
  "SELECT coalesce(l.rma, t.rma), t.serial, coalesce(l.part, t.part), t.rule, b.carrier,"          \
  " b.tracking, t.at_us," COLUMNS " FROM receipt t JOIN box b ON b.box = t.box"                    \
  " LEFT JOIN rma_line l ON l.id = t.line_id LEFT JOIN rma r ON r.id = l.rma_id" JOINS             \
  " WHERE t.void = 0 AND t.receipt IN (SELECT o.receipt FROM receipt o WHERE o.mail = $1"          \
  "  UNION SELECT m.receipt FROM mail m WHERE m.mail = $1) ORDER BY t.unit, t.at_us"

enum { ADDRESS_LINES = 5 };

void
bh_mail_unit_free (BhMailUnit *self)
{
  if (self == NULL)
    return;
  g_free (self->rma);
  g_free (self->serial);
  g_free (self->part);
  g_free (self->description);
  g_free (self->replacement);
  g_free (self->state);
  g_free (self->return_by);
  g_free (self->case_no);
  g_free (self->reference);
  g_free (self->contact);
  g_free (self->zone);
  g_free (self->currency);
  g_free (self->charge_currency);
  g_free (self->charge_reason);
  g_free (self->destination_name);
  g_free (self->destination_address);
  g_free (self->rule);
  g_free (self->carrier);
  g_free (self->tracking);
  g_free (self);
}

static char *
address_of (BhStmt *stmt, int first)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = first; i < first + ADDRESS_LINES; i++) {
    const char *line = bh_stmt_text (stmt, i);

    if (line != NULL && *line != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
  }
  return g_strdup (text->str);
}

static BhMailUnit *
read_unit (BhStmt *stmt)
{
  BhMailUnit *unit = g_new0 (BhMailUnit, 1);
  int column = 0;

  unit->rma = bh_stmt_dup_text (stmt, column++);
  unit->serial = bh_stmt_dup_text (stmt, column++);
  unit->part = bh_stmt_dup_text (stmt, column++);
  unit->rule = bh_stmt_dup_text (stmt, column++);
  unit->carrier = bh_stmt_dup_text (stmt, column++);
  unit->tracking = bh_stmt_dup_text (stmt, column++);
  unit->received_us = bh_stmt_int64 (stmt, column++);
  unit->description = bh_stmt_dup_text (stmt, column++);
  unit->replacement = bh_stmt_dup_text (stmt, column++);
  unit->state = bh_stmt_dup_text (stmt, column++);
  unit->return_by = bh_stmt_dup_text (stmt, column++);
  unit->case_no = bh_stmt_dup_text (stmt, column++);
  unit->reference = bh_stmt_dup_text (stmt, column++);
  unit->contact = bh_stmt_dup_text (stmt, column++);
  unit->zone = bh_stmt_dup_text (stmt, column++);
  unit->currency = bh_stmt_dup_text (stmt, column++);
  unit->charge_currency = bh_stmt_dup_text (stmt, column++);
  unit->charge_reason = bh_stmt_dup_text (stmt, column++);
  unit->destination_name = bh_stmt_dup_text (stmt, column++);
  unit->line = (int) bh_stmt_int64 (stmt, column++);
  unit->awaited = bh_stmt_int64 (stmt, column++) != 0;
  unit->list_price = bh_stmt_int64 (stmt, column++);
  unit->charged = bh_stmt_int64 (stmt, column++);
  unit->charged_us = bh_stmt_int64 (stmt, column++);
  unit->credited_us = bh_stmt_int64 (stmt, column++);
  unit->destination_address = address_of (stmt, column);
  return unit;
}

static GPtrArray *
units_of (BhStore *self, const char *sql, const char *key, GError **error)
{
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_mail_unit_free);
  gboolean row = TRUE;

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", key))
    return NULL;
  while (bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&units);
    g_ptr_array_add (units, read_unit (stmt));
  }
  return NULL;
}

GPtrArray *
bh_store_mail_units (BhStore *self, const char *rma, GError **error)
{
  return units_of (self, OF_RMA, rma, error);
}

GPtrArray *
bh_store_mail_receipts (BhStore *self, const BhMail *mail, GError **error)
{
  return units_of (self, OF_MAIL, mail->mail, error);
}

gboolean
bh_store_mail_customer (BhStore *self, const char *account, char **name, char **language,
                        GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, "SELECT name, language FROM account WHERE account = $1", error);
  gboolean row = FALSE;

  *name = NULL;
  *language = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", account) ||
      !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row) {
    *name = bh_stmt_dup_text (stmt, 0);
    *language = bh_stmt_dup_text (stmt, 1);
  }
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/trail-store.h"

/* F6: the journal, newest first: of everything, of a person, or of a thing. What belongs to a thing
 * is looked up first, by its key, and then the entries of each. */

#include <string.h>

#include "query.h"
#include "store-private.h"

#define ENTRY                                                                                      \
  "SELECT a.station, a.seq, a.at_us, a.operator, a.what, a.entity, a.before, a.after FROM audit a"
#define NEWEST(row) " ORDER BY " row ".at_us DESC, " row ".station DESC, " row ".seq DESC"

void
bh_trail_row_free (BhTrailRow *self)
{
  if (self == NULL)
    return;
  g_free (self->station);
  g_free (self->operator);
  g_free (self->name);
  g_free (self->what);
  g_free (self->entity);
  g_free (self->before);
  g_free (self->after);
  g_free (self->dock);
  g_free (self->rmas);
  g_free (self->serial);
  g_free (self->case_no);
  g_free (self->kind);
  g_free (self);
}

/* ---- what belongs to a thing ------------------------------------------------------------ */

#define LINES_OF_ACCOUNT "SELECT l.rma FROM rma_line l WHERE l.account = $%u"

/* All of an RMA: what came for it, was repaired of it, mailed and printed about it. */
static void
add_rmas (BhQuery *query, const BhTrailAsk *ask)
{
  const char *joint = "";

  if (ask->rma == NULL && ask->case_no == NULL && ask->accounts == NULL)
    return;
  bh_query_add (query, "WITH r (rma) AS (");
  if (ask->rma != NULL) {
    bh_query_addf (query, "SELECT l.rma FROM rma_line l WHERE l.rma = $%u",
                   bh_query_text (query, ask->rma));
    joint = " UNION ";
  }
  if (ask->case_no != NULL) {
    bh_query_addf (query, "%sSELECT l.rma FROM rma_line l WHERE l.case_no = $%u", joint,
                   bh_query_text (query, ask->case_no));
    joint = " UNION ";
  }
  for (char **account = ask->accounts; account != NULL && *account != NULL; account++) {
    bh_query_addf (query,
                   "%sSELECT n.rma FROM (" LINES_OF_ACCOUNT " ORDER BY l.id DESC LIMIT %d) n",
                   joint, bh_query_text (query, *account), BH_TRAIL_LINES);
    joint = " UNION ";
  }
  bh_query_add (query,
                ") SELECT 'rma:' || r.rma FROM r"
                " UNION ALL SELECT 'receipt:' || p.receipt FROM r JOIN receipt p ON p.rma = r.rma"
                " UNION ALL SELECT 'job:' || j.job FROM r JOIN rma_line l ON l.rma = r.rma"
                " JOIN job j ON j.line_id = l.id"
                " UNION ALL SELECT 'mail:' || w.mail FROM r JOIN mail_word w"
                " ON w.word = lower(r.rma)"
                " UNION ALL SELECT 'print:' || b.job FROM r JOIN label_job b ON b.rma = r.rma"
                " UNION ALL ");
}

/* Of a unit: its own scans, jobs and labels, and the RMAs that it was or is on. */
static void
add_unit (BhQuery *query, const char *serial)
{
  guint n = bh_query_text (query, serial);

  bh_query_addf (query,
                 " UNION ALL SELECT 'receipt:' || p.receipt FROM receipt p WHERE p.serial = $%u"
                 " UNION ALL SELECT 'rma:' || l.rma FROM rma_line l WHERE l.serial = $%u"
                 " UNION ALL SELECT 'job:' || j.job FROM job j WHERE j.serial = $%u"
                 " UNION ALL SELECT 'print:' || b.job FROM label_job b WHERE b.serial = $%u",
                 n, n, n, n);
}

/* a carrier does not use a number again while anybody remembers it */
#define BOXES "(SELECT x.box FROM box x WHERE x.tracking = $%u LIMIT 20) AS x"

/* Of what a carrier brought: the receipts of its boxes, and the holds that these ended. */
static void
add_boxes (BhQuery *query, const char *tracking)
{
  guint n = bh_query_text (query, tracking);

  bh_query_addf (query,
                 " UNION ALL SELECT 'receipt:' || p.receipt FROM " BOXES
                 " JOIN receipt p ON p.box = x.box AND p.void = 0"
                 " UNION ALL SELECT 'receipt:' || p.resolves FROM " BOXES
                 " JOIN receipt p ON p.box = x.box AND p.void = 0",
                 n, n);
}

static void
add_entities (BhQuery *query, const BhTrailAsk *ask)
{
  add_rmas (query, ask);
  for (guint i = 0; i < ask->entities->len; i++)
    bh_query_addf (query, "%sSELECT CAST($%u AS TEXT)", i > 0 ? " UNION ALL " : "",
                   bh_query_text (query, g_ptr_array_index (ask->entities, i)));
  if (ask->serial != NULL)
    add_unit (query, ask->serial);
  if (ask->tracking != NULL)
    add_boxes (query, ask->tracking);
}

/* ---- which of them, and how many --------------------------------------------------------- */

static void
add_conditions (BhQuery *query, const BhTrailAsk *ask)
{
  if (ask->from_us != 0)
    bh_query_addf (query, " AND a.at_us >= $%u", bh_query_number (query, ask->from_us));
  if (ask->below_us != 0)
    bh_query_addf (query, " AND a.at_us < $%u", bh_query_number (query, ask->below_us));
  if (ask->what != NULL)
    bh_query_addf (query, " AND a.what = $%u", bh_query_text (query, ask->what));
  if (ask->station != NULL) {
    guint at = bh_query_number (query, ask->at_us);
    guint station = bh_query_text (query, ask->station);

    bh_query_addf (query, " AND (a.at_us, a.station, a.seq) < ($%u, $%u, $%u)", at, station,
                   bh_query_number (query, ask->seq));
  }
}

static void
add_end (BhQuery *query, const char *order, guint limit)
{
  bh_query_addf (query, "%s LIMIT $%u", order, bh_query_number (query, limit));
}

static void
add_page (BhQuery *query, const BhTrailAsk *ask)
{
  if (ask->entities == NULL) {
    bh_query_add (query, ENTRY " WHERE 1 = 1");
    add_conditions (query, ask);
    add_end (query, NEWEST ("a"), ask->limit);
    return;
  }
  /* by hand and of the thing: an entry that is both stands once */
  bh_query_add (query, "SELECT * FROM (");
  if (ask->operator!= NULL) {
    bh_query_addf (query, "SELECT * FROM (" ENTRY " WHERE a.operator = $%u",
                   bh_query_text (query, ask->operator));
    add_conditions (query, ask);
    add_end (query, NEWEST ("a"), ask->limit);
    bh_query_add (query, ") AS hand UNION ");
  }
  bh_query_add (query, ENTRY " WHERE a.entity IN (");
  add_entities (query, ask);
  bh_query_add (query, ")");
  add_conditions (query, ask);
  bh_query_add (query, ") AS found");
  add_end (query, NEWEST ("found"), ask->limit);
}

/* ---- with what is known of it ------------------------------------------------------------- */

enum { STATION, SEQ, AT, OPERATOR, NAME, WHAT, ENTITY, BEFORE, AFTER, DOCK, RMAS, SERIAL, KIND };

#define ID_OF(prefix, length)                                                                      \
  "CASE WHEN t.entity LIKE '" prefix ":%%' THEN substr(t.entity, " length ") END"

#define KNOWN_OF                                                                                   \
  "SELECT t.station, t.seq, t.at_us, t.operator, o.name, t.what, t.entity, t.before, t.after,"     \
  " p.dock, coalesce(p.rma, l.rma, b.rma, m.rmas), coalesce(p.serial, j.serial, b.serial),"        \
  " coalesce(m.kind, b.template, j.kind, p.verdict) FROM ("
#define KNOWN                                                                                      \
  ") AS t LEFT JOIN operator o ON o.login = t.operator"                                            \
  " LEFT JOIN receipt p ON p.receipt = " ID_OF (                                                   \
      "receipt",                                                                                   \
      "9") " LEFT JOIN job j ON j.job = " ID_OF ("job",                                            \
                                                 "5") " LEFT JOIN rma_line l ON l.id = j.line_id"  \
                                                      " LEFT JOIN label_job b ON b.job = " ID_OF ( \
                                                          "print", "7") " LEFT JOIN mail m ON "    \
                                                                        "m.mail = " ID_OF ("mail", \
                                                                                           "6")    \
                                                                            NEWEST ("t")

/* "rma:R0000000042" → "R0000000042" */
static char *
id_of (const char *entity, const char *prefix)
{
  return g_str_has_prefix (entity, prefix) ? g_strdup (entity + strlen (prefix)) : NULL;
}

static BhTrailRow *
read_row (BhStmt *stmt)
{
  BhTrailRow *row = g_new0 (BhTrailRow, 1);

  row->station = bh_stmt_dup_text (stmt, STATION);
  row->seq = bh_stmt_int64 (stmt, SEQ);
  row->at_us = bh_stmt_int64 (stmt, AT);
  row->operator= bh_stmt_dup_text (stmt, OPERATOR);
  row->name = bh_stmt_dup_text (stmt, NAME);
  row->what = bh_stmt_dup_text (stmt, WHAT);
  row->entity = bh_stmt_dup_text (stmt, ENTITY);
  row->before = bh_stmt_dup_text (stmt, BEFORE);
  row->after = bh_stmt_dup_text (stmt, AFTER);
  row->dock = bh_stmt_dup_text (stmt, DOCK);
  row->rmas = bh_stmt_dup_text (stmt, RMAS);
  row->serial = bh_stmt_dup_text (stmt, SERIAL);
  row->kind = bh_stmt_dup_text (stmt, KIND);
  row->case_no = id_of (row->entity, "case:");
  if (row->rmas == NULL)
    row->rmas = id_of (row->entity, "rma:");
  if (row->serial == NULL)
    row->serial = id_of (row->entity, "unit:");
  return row;
}

GPtrArray *
bh_store_trail (BhStore *self, const BhTrailAsk *ask, GError **error)
{
  const BhDriver *driver = bh_store_driver (self);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_trail_row_free);
  g_auto (BhQuery) query = bh_query_new ();
  g_autoptr (BhStmt) stmt = NULL;
  gboolean row = TRUE;

  if (driver->by_key != NULL && !driver->exec (bh_store_db (self), driver->by_key, error))
    return NULL;
  bh_query_add (&query, KNOWN_OF);
  add_page (&query, ask);
  bh_query_add (&query, KNOWN);
  stmt = bh_query_start (&query, self, error);
  while (stmt != NULL && bh_stmt_next (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&rows);
    g_ptr_array_add (rows, read_row (stmt));
  }
  return NULL;
}

gboolean
bh_store_trail_is_partial (BhStore *self, const char *account, gboolean *partial, GError **error)
{
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self,
                     "SELECT count(*) FROM (SELECT l.id FROM rma_line l WHERE l.account = $1"
                     " LIMIT $2) AS few",
                     error);

  if (stmt == NULL || !bh_stmt_bind (stmt, error, "ti", account, (gint64) BH_TRAIL_LINES + 1) ||
      !bh_stmt_one_row (stmt, error))
    return FALSE;
  *partial = bh_stmt_int64 (stmt, 0) > BH_TRAIL_LINES;
  return TRUE;
}

gboolean
bh_store_find_login (BhStore *self, const char *text, char **login, GError **error)
{
  /* the login itself before a person of that name */
  g_autoptr (BhStmt) stmt = bh_store_stmt (
      self,
      "SELECT login FROM operator WHERE lower(login) = lower($1) OR lower(name) = lower($1)"
      " ORDER BY CASE WHEN lower(login) = lower($1) THEN 0 ELSE 1 END, login LIMIT 1",
      error);
  gboolean row = FALSE;

  *login = NULL;
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "t", text) || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *login = bh_stmt_dup_text (stmt, 0);
  return TRUE;
}

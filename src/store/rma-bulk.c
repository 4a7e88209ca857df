/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/rma-bulk.h"

#include "backhaul/table.h"
#include "in-block.h"
#include "store-private.h"

void
bh_new_line_free (BhNewLine *self)
{
  bh_rma_line_clear (&self->line);
  g_free (self->account_name);
  g_free (self->clock);
  g_free (self->due);
  g_free (self->zone);
  g_free (self->calendar);
  g_free (self);
}

void
bh_new_rma_free (BhNewRma *self)
{
  bh_rma_head_clear (&self->head);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

void
bh_new_case_free (BhNewCase *self)
{
  g_free (self->case_no);
  g_free (self->account);
  g_free (self->site);
  g_free (self->priority);
  g_free (self->contact);
  g_free (self);
}

/* ---- what is on record ------------------------------------------------------------- */

gboolean
bh_store_is_far (BhStore *self)
{
  return bh_store_driver (self)->lock_keys != NULL;
}

gboolean
bh_store_lock_keys (BhStore *self, GPtrArray *keys, GError **error)
{
  g_autoptr (BhStmt) stmt = NULL;
  GString *list = g_string_new ("{");
  gboolean ok;

  /* digits and an R: nothing of an RMA's number means something in a list */
  for (guint i = 0; i < keys->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? "," : "", (char *) g_ptr_array_index (keys, i));
  g_string_append_c (list, '}');
  if (!bh_store_driver (self)->exec (bh_store_db (self), bh_store_driver (self)->by_key, error)) {
    g_string_free (list, TRUE);
    return FALSE;
  }
  stmt = bh_store_stmt (self, bh_store_driver (self)->lock_keys, error);
  ok = stmt != NULL && bh_stmt_bind (stmt, error, "t", list->str) && bh_stmt_one_row (stmt, error);
  g_string_free (list, TRUE);
  return ok;
}

static const char *const questions[] = {
  [BH_KNOWN_RMAS] = "SELECT rma, CAST (id AS TEXT) FROM rma WHERE rma IN (%s)",
  [BH_KNOWN_CASES] = "SELECT case_no, account FROM support_case WHERE case_no IN (%s)",
  [BH_KNOWN_AWAITED] = "SELECT serial, rma FROM rma_line WHERE awaited = 1 AND serial IN (%s)",
};

gboolean
bh_store_known (BhStore *self, BhKnown what, GPtrArray *keys, GHashTable *found, GError **error)
{
  g_autofree char *list = bh_in_block_list ();
  g_auto (GStrv) parts = g_strsplit (questions[what], "%s", 2);
  g_autofree char *sql = g_strconcat (parts[0], list, parts[1], NULL);

  for (guint from = 0; from < keys->len; from += BH_IN_BLOCK) {
    g_autoptr (BhStmt) stmt = bh_store_stmt (self, sql, error);
    gboolean row = TRUE;

    if (stmt == NULL || !bh_in_block_bind (stmt, keys, from, error))
      return FALSE;
    while (row) {
      if (!bh_stmt_next (stmt, &row, error))
        return FALSE;
      if (row)
        g_hash_table_replace (found, bh_stmt_dup_text (stmt, 0), bh_stmt_dup_text (stmt, 1));
    }
  }
  return TRUE;
}

/* ---- what is new --------------------------------------------------------------------- */

/* 0 is no time: NULL in the store */
static gboolean
put_time (BhBulk *bulk, gint64 at_us, GError **error)
{
  return at_us != 0 ? bh_bulk_int64 (bulk, at_us, error) : bh_bulk_text (bulk, NULL, error);
}

static gboolean
put_texts (BhBulk *bulk, const char *const *texts, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    if (!bh_bulk_text (bulk, texts[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
put_case (BhBulk *bulk, gpointer item, GError **error)
{
  const BhNewCase *of = item;
  const char *const texts[] = { of->case_no, of->account, of->site, of->priority, of->contact };

  return put_texts (bulk, texts, G_N_ELEMENTS (texts), error) &&
         bh_bulk_int64 (bulk, of->opened_us, error) && bh_bulk_int64 (bulk, of->opened_us, error) &&
         bh_bulk_end_row (bulk, error);
}

static gboolean
put_head (BhBulk *bulk, gpointer item, GError **error)
{
  const BhRmaHead *head = &((const BhNewRma *) item)->head;
  const char *const texts[] = { head->rma,     head->state,     bh_rma_status_of (head->state),
                                head->account, head->site,      head->case_no,
                                head->contact, head->reference, head->destination };

  return put_texts (bulk, texts, G_N_ELEMENTS (texts), error) &&
         bh_bulk_int64 (bulk, head->created_us, error) &&
         put_time (bulk, head->confirmed_us, error) && put_time (bulk, head->closed_us, error) &&
         bh_bulk_end_row (bulk, error);
}

static gboolean
put_line (BhBulk *bulk, const BhRmaHead *head, const BhNewLine *new, GError **error)
{
  const BhRmaLine *line = &new->line;
  const char *const texts[] = { line->serial, line->part, line->state, line->flag };
  const char *const copies[] = { head->rma, bh_rma_status_of (head->state), head->account,
                                 new->account_name, head->case_no != NULL ? head->case_no : "" };

  return bh_bulk_int64 (bulk, head->id, error) && bh_bulk_int64 (bulk, line->line, error) &&
         put_texts (bulk, texts, G_N_ELEMENTS (texts), error) &&
         bh_bulk_int64 (bulk, g_str_equal (line->state, "awaited"), error) &&
         put_texts (bulk, copies, G_N_ELEMENTS (copies), error) &&
         bh_bulk_int64 (bulk, head->created_us, error) &&
         bh_bulk_text (bulk, line->return_by, error) && put_time (bulk, line->received_us, error) &&
         bh_bulk_end_row (bulk, error);
}

static gboolean
put_lines (BhBulk *bulk, gpointer item, GError **error)
{
  const BhNewRma *rma = item;

  for (guint i = 0; i < rma->lines->len; i++)
    if (!put_line (bulk, &rma->head, g_ptr_array_index (rma->lines, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
put_clocks (BhBulk *bulk, gpointer item, GError **error)
{
  const BhNewRma *rma = item;

  for (guint i = 0; i < rma->lines->len; i++) {
    const BhNewLine *new = g_ptr_array_index (rma->lines, i);

    if (new->clock != NULL &&
        !(bh_bulk_text (bulk, "C1", error) && bh_bulk_int64 (bulk, new->line.id, error) &&
          bh_bulk_text (bulk, new->clock, error) &&
          bh_bulk_int64 (bulk, rma->head.confirmed_us, error) &&
          bh_bulk_text (bulk, new->due, error) && bh_bulk_text (bulk, new->zone, error) &&
          bh_bulk_text (bulk, new->calendar, error) &&
          bh_bulk_int64 (bulk, new->policy_days, error) && put_time (bulk, new->ended_us, error) &&
          bh_bulk_end_row (bulk, error)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
put_words (BhBulk *bulk, gpointer item, GError **error)
{
  const BhRmaHead *head = &((const BhNewRma *) item)->head;
  g_auto (GStrv) words = bh_search_words (head->reference);

  for (char **word = words; *word != NULL; word++)
    if (!bh_bulk_text (bulk, *word, error) || !bh_bulk_text (bulk, "reference", error) ||
        !bh_bulk_text (bulk, head->rma, error) || !bh_bulk_end_row (bulk, error))
      return FALSE;
  return TRUE;
}

static gboolean
put_all (BhStore *self, const char *table, const char *const *columns, GPtrArray *items,
         gboolean (*put) (BhBulk *bulk, gpointer item, GError **error), GError **error)
{
  BhBulk *bulk = bh_store_bulk (self, table, columns, error);

  if (bulk == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    if (!put (bulk, g_ptr_array_index (items, i), error)) {
      bh_bulk_cancel (bulk);
      return FALSE;
    }
  return bh_bulk_finish (bulk, error);
}

/* The numbers that the engine gave: all are above @last. */
static gboolean
read_heads (BhStore *self, GPtrArray *rmas, gint64 last, GError **error)
{
  g_autoptr (GHashTable) by_rma = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (BhStmt) stmt = bh_store_stmt (self, "SELECT rma, id FROM rma WHERE id > $1", error);
  gboolean row = TRUE;

  for (guint i = 0; i < rmas->len; i++) {
    BhNewRma *rma = g_ptr_array_index (rmas, i);

    g_hash_table_insert (by_rma, rma->head.rma, rma);
  }
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "i", last))
    return FALSE;
  while (row) {
    BhNewRma *rma;

    if (!bh_stmt_next (stmt, &row, error))
      return FALSE;
    /* another station's may be among them */
    rma = row ? g_hash_table_lookup (by_rma, bh_stmt_text (stmt, 0)) : NULL;
    if (rma != NULL)
      rma->head.id = bh_stmt_int64 (stmt, 1);
  }
  return TRUE;
}

static gboolean
read_lines (BhStore *self, GPtrArray *rmas, gint64 last, GError **error)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (BhStmt) stmt =
      bh_store_stmt (self, "SELECT rma_id, line, id FROM rma_line WHERE rma_id > $1", error);
  gboolean row = TRUE;

  for (guint i = 0; i < rmas->len; i++) {
    BhNewRma *rma = g_ptr_array_index (rmas, i);

    g_hash_table_insert (by_id, &rma->head.id, rma);
  }
  if (stmt == NULL || !bh_stmt_bind (stmt, error, "i", last))
    return FALSE;
  while (row) {
    gint64 id;
    const BhNewRma *rma;

    if (!bh_stmt_next (stmt, &row, error))
      return FALSE;
    if (!row)
      break;
    id = bh_stmt_int64 (stmt, 0);
    rma = g_hash_table_lookup (by_id, &id);
    /* lines are numbered from 1 on, in their order */
    if (rma != NULL && bh_stmt_int64 (stmt, 1) <= rma->lines->len)
      ((BhNewLine *) g_ptr_array_index (rma->lines, bh_stmt_int64 (stmt, 1) - 1))->line.id =
          bh_stmt_int64 (stmt, 2);
  }
  return TRUE;
}

gboolean
bh_store_put_new_rmas (BhStore *self, GPtrArray *cases, GPtrArray *rmas, GError **error)
{
  static const char *const of_case[] = { "case_no", "account",   "site",        "priority",
                                         "contact", "opened_us", "modified_us", NULL };
  static const char *const of_rma[] = { "rma",         "state",      "status",       "account",
                                        "site",        "case_no",    "contact",      "reference",
                                        "destination", "created_us", "confirmed_us", "closed_us",
                                        NULL };
  static const char *const of_line[] = { "rma_id",     "line",      "serial",       "part",
                                         "state",      "flag",      "awaited",      "rma",
                                         "status",     "account",   "account_name", "case_no",
                                         "created_us", "return_by", "received_us",  NULL };
  static const char *const of_clock[] = { "kind", "line_id",  "state",       "started_us", "due",
                                          "zone", "calendar", "policy_days", "ended_us",   NULL };
  static const char *const of_word[] = { "word", "kind", "ref", NULL };
  g_autoptr (BhStmt) last = bh_store_stmt (self, "SELECT coalesce(max(id), 0) FROM rma", error);
  gint64 before;

  if (last == NULL || !bh_stmt_one_row (last, error))
    return FALSE;
  before = bh_stmt_int64 (last, 0);
  bh_stmt_done (g_steal_pointer (&last));
  return put_all (self, "support_case", of_case, cases, put_case, error) &&
         put_all (self, "rma", of_rma, rmas, put_head, error) &&
         read_heads (self, rmas, before, error) &&
         put_all (self, "rma_line", of_line, rmas, put_lines, error) &&
         read_lines (self, rmas, before, error) &&
         put_all (self, "clock", of_clock, rmas, put_clocks, error) &&
         put_all (self, "search_word", of_word, rmas, put_words, error);
}

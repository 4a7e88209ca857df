/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "line-query.h"

/* ---- what matches ------------------------------------------------------------- */

gboolean
bh_line_asked (const BhLineAsks *asks, BhLineFilter filter)
{
  const BhLineQuery *query = asks->query;

  switch (filter) {
  case BH_LINE_WORDS:
    return query->words != NULL && query->words[0] != NULL;
  case BH_LINE_IS_SERIAL:
    return query->serial != NULL;
  case BH_LINE_IS_CASE:
    return query->case_no != NULL;
  case BH_LINE_IS_ACCOUNT:
    return query->account != NULL;
  case BH_LINE_STATUS:
    return query->status != NULL;
  default:
    return filter < BH_LINE_N_KEYS && filter == asks->key;
  }
}

const BhPrefix *
bh_line_prefix (const BhSearchText *text, BhLineFilter key)
{
  switch (key) {
  case BH_LINE_RMA:
    return &text->rma;
  case BH_LINE_CASE:
    return &text->case_no;
  case BH_LINE_SERIAL:
    return &text->serial;
  case BH_LINE_ACCOUNT:
    return &text->account;
  case BH_LINE_PART:
    return &text->part;
  case BH_LINE_TRACKING:
    return &text->tracking;
  default:
    return &text->word;
  }
}

const char *
bh_line_column (BhLineFilter key)
{
  static const char *const columns[BH_LINE_N_FILTERS] = {
    [BH_LINE_RMA] = "l.rma",
    [BH_LINE_CASE] = "l.case_no",
    [BH_LINE_SERIAL] = "l.serial",
    [BH_LINE_ACCOUNT] = "l.account",
    [BH_LINE_PART] = "coalesce(l.part, '')",
    [BH_LINE_IS_SERIAL] = "l.serial",
    [BH_LINE_IS_CASE] = "l.case_no",
    [BH_LINE_IS_ACCOUNT] = "l.account",
    [BH_LINE_STATUS] = "l.status",
  };

  return columns[key];
}

static const char *
exact (const BhLineQuery *query, BhLineFilter filter)
{
  return filter == BH_LINE_IS_SERIAL    ? query->serial
         : filter == BH_LINE_IS_CASE    ? query->case_no
         : filter == BH_LINE_IS_ACCOUNT ? query->account
                                        : query->status;
}

static void
add_words (BhQuery *query, char **words)
{
  for (guint i = 0; words[i] != NULL; i++)
    bh_query_addf (query,
                   "%sSELECT l.id FROM search_word w JOIN rma_line l ON l.rma = w.ref"
                   " WHERE w.kind = 'reference' AND w.word = $%u",
                   i > 0 ? " INTERSECT " : "", bh_query_text (query, words[i]));
}

void
bh_line_add_ids (BhQuery *query, const BhLineAsks *asks, BhLineFilter filter, gint64 zone)
{
  const BhPrefix *prefix =
      filter < BH_LINE_N_KEYS ? bh_line_prefix (asks->query->text, filter) : NULL;

  switch (filter) {
  case BH_LINE_ACCOUNT_WORD:
    bh_query_add (query, "SELECT DISTINCT l.id FROM search_word w JOIN rma_line l"
                         " ON l.account = w.ref WHERE w.kind = 'account' AND ");
    bh_query_range (query, "w.word", prefix);
    break;
  case BH_LINE_REFERENCE_WORD:
    bh_query_add (query, "SELECT DISTINCT l.id FROM search_word w JOIN rma_line l"
                         " ON l.rma = w.ref WHERE w.kind = 'reference' AND ");
    bh_query_range (query, "w.word", prefix);
    break;
  case BH_LINE_TRACKING:
    if (zone >= 0) {
      bh_query_addf (query,
                     "SELECT DISTINCT p.line_id AS id FROM receipt p WHERE " BH_RECEIPT_ZONE
                     " = $%u AND ",
                     bh_query_number (query, zone));
      bh_query_range (query, "p.tracking", prefix);
      break;
    }
    bh_query_add (query, "SELECT DISTINCT p.line_id AS id FROM box b JOIN receipt p"
                         " ON p.box = b.box AND p.void = 0 WHERE p.line_id IS NOT NULL AND ");
    bh_query_range (query, "b.tracking", prefix);
    break;
  case BH_LINE_WORDS:
    add_words (query, asks->query->words);
    break;
  default:
    bh_query_add (query, "SELECT l.id FROM rma_line l WHERE ");
    if (zone >= 0)
      bh_query_addf (query, BH_LINE_ZONE " = $%u AND ", bh_query_number (query, zone));
    if (prefix != NULL)
      bh_query_range (query, bh_line_column (filter), prefix);
    else
      bh_query_addf (query, "%s = $%u", bh_line_column (filter),
                     bh_query_text (query, exact (asks->query, filter)));
    break;
  }
}

void
bh_line_add_matches (BhQuery *query, const BhLineAsks *asks, BhLineFilter filter)
{
  switch (filter) {
  case BH_LINE_REFERENCE_WORD:
    bh_query_add (query, "SELECT 1 AS one FROM search_word w WHERE w.kind = 'reference' AND ");
    bh_query_range (query, "w.word", bh_line_prefix (asks->query->text, filter));
    break;
  case BH_LINE_TRACKING:
    bh_query_add (query, "SELECT 1 AS one FROM box b WHERE ");
    bh_query_range (query, "b.tracking", bh_line_prefix (asks->query->text, filter));
    break;
  case BH_LINE_ACCOUNT_WORD:
    bh_query_add (query, "SELECT l.id FROM search_word w JOIN rma_line l ON l.account = w.ref"
                         " WHERE w.kind = 'account' AND ");
    bh_query_range (query, "w.word", bh_line_prefix (asks->query->text, filter));
    break;
  default:
    bh_line_add_ids (query, asks, filter, -1);
    break;
  }
}

/* An expression, so that no engine takes it for a reason to leave the sort's index. */
void
bh_line_add_condition (BhQuery *query, const BhLineAsks *asks, BhLineFilter filter)
{
  const BhPrefix *prefix =
      filter < BH_LINE_N_KEYS ? bh_line_prefix (asks->query->text, filter) : NULL;
  g_autofree char *bare = NULL;

  switch (filter) {
  case BH_LINE_ACCOUNT_WORD:
    /* accounts are few: found once, not once a row */
    bh_query_add (query, "l.account || '' IN (SELECT w.ref FROM search_word w"
                         " WHERE w.kind = 'account' AND ");
    bh_query_range (query, "w.word", prefix);
    bh_query_add (query, ")");
    break;
  case BH_LINE_REFERENCE_WORD:
    bh_query_add (query, "EXISTS (SELECT 1 FROM search_word w WHERE w.kind || '' = 'reference'"
                         " AND w.ref = l.rma AND ");
    bh_query_range (query, "w.word || ''", prefix);
    bh_query_add (query, ")");
    break;
  case BH_LINE_TRACKING:
    bh_query_add (query, "EXISTS (SELECT 1 FROM receipt p WHERE p.line_id = l.id"
                         " AND p.void = 0 AND ");
    bh_query_range (query, "p.tracking || ''", prefix);
    bh_query_add (query, ")");
    break;
  case BH_LINE_WORDS:
    for (guint i = 0; asks->query->words[i] != NULL; i++)
      bh_query_addf (query,
                     "%sEXISTS (SELECT 1 FROM search_word w WHERE w.kind || '' = 'reference'"
                     " AND w.ref = l.rma AND w.word || '' = $%u)",
                     i > 0 ? " AND " : "", bh_query_text (query, asks->query->words[i]));
    break;
  default:
    bare =
        g_strdup_printf ("%s%s", bh_line_column (filter), filter == BH_LINE_STATUS ? "" : " || ''");
    if (prefix != NULL)
      bh_query_range (query, bare, prefix);
    else
      bh_query_addf (query, "%s = $%u", bare, bh_query_text (query, exact (asks->query, filter)));
    break;
  }
}

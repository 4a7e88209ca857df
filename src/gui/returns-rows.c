/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "returns-rows.h"

#include "backhaul/calendar.h"
#include "live-rows.h"

void
bh_returns_question_free (gpointer data)
{
  BhReturnsQuestion *question = data;

  g_free (question->text);
  g_free (question->after);
  g_free (question);
}

void
bh_returns_answer_free (gpointer data)
{
  BhReturnsAnswer *answer = data;

  g_ptr_array_unref (answer->rows);
  g_free (answer->next);
  g_free (answer);
}

gpointer
bh_returns_list (BhDesk *desk, gpointer data, GError **error)
{
  const BhReturnsQuestion *question = data;
  BhReturnsQuery query = { .text = question->text,
                           .sort = question->sort,
                           .descending = question->descending,
                           .limit = question->limit,
                           .after = question->after };
  char *next = NULL;
  GPtrArray *rows = bh_desk_list_returns (desk, &query, &next, error);
  BhReturnsAnswer *answer;

  if (rows == NULL)
    return NULL;
  answer = g_new0 (BhReturnsAnswer, 1);
  answer->rows = rows;
  answer->next = next;
  return answer;
}

static void
append (GtkListStore *rows, const BhReturnRow *row)
{
  g_autoptr (GTimeZone) zone = bh_zone (row->zone != NULL ? row->zone : "UTC");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (row->created_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *when = g_date_time_format (local, "%Y-%m-%d %H:%M");
  g_autofree char *created = g_strdup_printf ("%s %s", when, row->zone != NULL ? row->zone : "UTC");

  gtk_list_store_insert_with_values (rows, NULL, -1, COL_RMA, row->rma, COL_STATUS, row->status,
                                     COL_ACCOUNT, row->account_name, COL_CASE, row->case_no,
                                     COL_SERIAL, row->serial, COL_PART, row->part, COL_CREATED,
                                     created, COL_LINE, row->line, -1);
}

void
bh_returns_add (GtkListStore *store, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    append (store, g_ptr_array_index (rows, i));
}

char *
bh_returns_merge (GtkListStore *store, BhReturnsAnswer *answer, char *next)
{
  static const int key[] = { COL_RMA, COL_LINE, -1 };
  g_autoptr (GtkListStore) fresh = page_rows_like (store);

  bh_returns_add (fresh, answer->rows);
  return page_rows_merge_first (store, fresh, key, g_steal_pointer (&answer->next), next);
}

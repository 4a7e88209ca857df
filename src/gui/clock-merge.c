/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "clock-merge.h"

#include "due-acts.h"

/* Which clock it is; a unit's serial tells those of one line and kind apart. */
static guint
hash (gconstpointer data)
{
  const BhClockRow *row = data;

  return g_str_hash (row->rma != NULL       ? row->rma
                     : row->case_no != NULL ? row->case_no
                                            : "") *
             31 +
         (guint) row->line * 7 + g_str_hash (row->kind);
}

static gboolean
is_same (gconstpointer a, gconstpointer b)
{
  const BhClockRow *one = a;
  const BhClockRow *two = b;

  return one->line == two->line && g_strcmp0 (one->kind, two->kind) == 0 &&
         g_strcmp0 (one->rma, two->rma) == 0 && g_strcmp0 (one->case_no, two->case_no) == 0 &&
         g_strcmp0 (one->serial, two->serial) == 0;
}

static gboolean
looks_same (const BhClockRow *a, const BhClockRow *b)
{
  return a->started_us == b->started_us && a->due_us == b->due_us && a->days_left == b->days_left &&
         a->urgency == b->urgency && g_strcmp0 (a->state, b->state) == 0 &&
         g_strcmp0 (a->due, b->due) == 0 && g_strcmp0 (a->account, b->account) == 0 &&
         g_strcmp0 (a->account_name, b->account_name) == 0 && g_strcmp0 (a->zone, b->zone) == 0 &&
         g_strcmp0 (a->calendar, b->calendar) == 0;
}

GPtrArray *
bh_clock_rows_merge (GPtrArray **there, GPtrArray *fresh, GPtrArray *changed)
{
  g_autoptr (GHashTable) known = g_hash_table_new (hash, is_same);
  GPtrArray *gone = bh_clock_rows_new ();
  GHashTableIter iter;
  gpointer row;

  for (guint i = 0; i < (*there)->len; i++)
    if (g_hash_table_contains (known, g_ptr_array_index (*there, i)))
      g_ptr_array_add (gone, g_ptr_array_index (*there, i));
    else
      g_hash_table_add (known, g_ptr_array_index (*there, i));
  for (guint i = 0; i < fresh->len; i++) {
    BhClockRow *now = g_ptr_array_index (fresh, i);
    BhClockRow *was = g_hash_table_lookup (known, now);

    if (was == NULL)
      continue;
    g_hash_table_remove (known, was);
    if (!looks_same (was, now)) {
      BhClockRow news = *now;

      *now = *was;
      *was = news;
      g_ptr_array_add (changed, was);
    }
    bh_clock_row_free (now);
    g_ptr_array_index (fresh, i) = was;
  }
  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    g_ptr_array_add (gone, row);
  g_ptr_array_set_free_func (*there, NULL);
  g_ptr_array_unref (*there);
  *there = fresh;
  return gone;
}

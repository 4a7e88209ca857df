/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "clock-columns.h"

#include <glib/gi18n.h>

#include "clock-words.h"

/* ---- columns ------------------------------------------------------------------- */

static char *
text_state (const BhClockRow *row)
{
  return bh_clock_state_words (row->state);
}

static char *
text_kind (const BhClockRow *row)
{
  return g_strdup (bh_clock_kind_short (row->kind));
}

static char *
text_due (const BhClockRow *row)
{
  return bh_clock_due_words (row->due, row->due_us, row->zone);
}

static char *
text_left (const BhClockRow *row)
{
  return bh_clock_left_words (row->state, row->days_left);
}

static char *
text_rma (const BhClockRow *row)
{
  return g_strdup (row->rma != NULL ? row->rma : row->case_no);
}

static char *
text_line (const BhClockRow *row)
{
  return row->line != 0 ? g_strdup_printf ("%d", row->line) : g_strdup ("");
}

static char *
text_serial (const BhClockRow *row)
{
  return g_strdup (row->serial);
}

static char *
text_account (const BhClockRow *row)
{
  return g_strdup (row->account_name != NULL ? row->account_name : row->account);
}

const BhClockColumn bh_clock_columns[BH_CLOCK_COLUMNS] = {
  [BH_CLOCK_STATE] = { N_ ("State"), 95, text_state },
  [BH_CLOCK_KIND] = { N_ ("Clock"), 95, text_kind },
  [BH_CLOCK_DUE] = { N_ ("Due"), 130, text_due },
  [BH_CLOCK_LEFT] = { N_ ("Time"), 105, text_left },
  [BH_CLOCK_RMA] = { N_ ("RMA or case"), 115, text_rma },
  [BH_CLOCK_LINE] = { N_ ("Line"), 40, text_line },
  [BH_CLOCK_SERIAL] = { N_ ("Serial"), 120, text_serial },
  [BH_CLOCK_ACCOUNT] = { N_ ("Account"), 150, text_account },
};

const BhClockAge *
bh_clock_age_find (const char *id)
{
  static const BhClockAge ages[] = {
    { "over-30", G_MININT, -31 },
    { "over-10", -30, -11 },
    { "to-10", -10, -1 },
    { "today", 0, 0 },
    { "week", 1, 5 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ages); i++)
    if (g_strcmp0 (ages[i].id, id) == 0)
      return &ages[i];
  return NULL;
}

/* ---- by a column ---------------------------------------------------------------- */

typedef struct {
  int column;
  gboolean descending;
} Sort;

typedef struct {
  char *key;
  BhClockRow *row;
} Keyed;

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const Sort *sort = data;
  const Keyed *one = a;
  const Keyed *two = b;
  int order = sort->column == BH_CLOCK_LEFT ? one->row->days_left - two->row->days_left
                                            : g_strcmp0 (one->key, two->key);

  return sort->descending ? -order : order;
}

static void
clear_keyed (gpointer data)
{
  g_free (((Keyed *) data)->key);
}

GPtrArray *
bh_clock_rows_sorted (GPtrArray *rows, int column, gboolean descending)
{
  Sort sort = { column, descending };
  g_autoptr (GArray) keyed = g_array_sized_new (FALSE, FALSE, sizeof (Keyed), rows->len);
  GPtrArray *sorted = g_ptr_array_sized_new (rows->len);

  g_array_set_clear_func (keyed, clear_keyed);
  for (guint i = 0; i < rows->len; i++) {
    BhClockRow *row = g_ptr_array_index (rows, i);
    Keyed one = { bh_clock_columns[column].text (row), row };

    g_array_append_val (keyed, one);
  }
  g_array_sort_with_data (keyed, compare, &sort);
  for (guint i = 0; i < keyed->len; i++)
    g_ptr_array_add (sorted, g_array_index (keyed, Keyed, i).row);
  return sorted;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "demo-private.h"

#include <string.h>

#define SETTING "demo"
#define SEED    20010203

static void
on_reject (const BhReject *reject, gpointer data)
{
  char **first = data;

  if (*first == NULL)
    *first = g_strdup_printf ("%" G_GINT64_FORMAT ":%u: %s: %s", reject->line, reject->column,
                              reject->reason, reject->row);
}

gboolean
bh_demo_add (BhDemo *self, const char *kind, const char *csv, GError **error)
{
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (csv, (gssize) strlen (csv), NULL);
  g_autofree char *first = NULL;
  g_autofree char *name = g_strdup_printf ("sample %s", kind);
  BhImportOptions options = { .reject = on_reject, .data = &first };
  BhImportResult result;

  if (!bh_desk_import (self->desk, kind, stream, name, &options, self->now_us, &result, error))
    return FALSE;
  if (first == NULL)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_STORE,
               "sample operation: %s:%s; report this, and start without --demo", name, first);
  return FALSE;
}

char *
bh_demo_day (BhDemo *self, int days)
{
  return bh_day_format ((BhDay) ((int) self->today - days));
}

/* An operation of its own is never mixed with a made-up one. */
static gboolean
is_fresh (BhDesk *self, gboolean *done, GError **error)
{
  static const char *const tables[] = { "account", "unit", "rma", "product", "destination" };
  g_autoptr (GError) local = NULL;
  g_autofree char *state = bh_store_get_setting (self->store, SETTING, &local);

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  *done = g_strcmp0 (state, "made") == 0;
  /* one that was begun is gone on with: each of its steps twice is once */
  for (guint i = 0; state == NULL && i < G_N_ELEMENTS (tables); i++) {
    gboolean empty = FALSE;

    if (!bh_store_table_is_empty (self->store, tables[i], &empty, error))
      return FALSE;
    if (!empty) {
      g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                   "sample operation: the store has data of its own; make it in a new store "
                   "(--store sqlite:PATH)");
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
say_state (BhDesk *self, const char *state, GError **error)
{
  g_autoptr (BhTx) tx = bh_desk_begin (self, error);

  return tx != NULL && bh_store_set_setting (self->store, SETTING, state, error) &&
         bh_tx_commit (tx, error);
}

gboolean
bh_desk_make_demo (BhDesk *self, gint64 now_us, GError **error)
{
  BhDemo demo = { .desk = self, .now_us = now_us, .next_rma = 100000, .next_case = 1 };
  gboolean done = FALSE;
  gboolean ok;

  if (!bh_desk_require (self, BH_MAY_IMPORT, error) ||
      !bh_desk_require (self, BH_MAY_RECEIVE, error) || !is_fresh (self, &done, error))
    return FALSE;
  if (done)
    return TRUE;
  demo.today = bh_day_of (now_us, NULL);
  demo.dice = g_rand_new_with_seed (SEED);
  demo.units = g_array_new (FALSE, TRUE, sizeof (BhDemoUnit));
  demo.awaited = g_ptr_array_new_with_free_func (g_free);
  demo.drafts = g_ptr_array_new_with_free_func (g_free);
  demo.of_account = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  ok = say_state (self, "begun", error) && bh_demo_people (&demo, error) &&
       bh_demo_products (&demo, error) && bh_demo_rmas (&demo, error) &&
       bh_demo_practice (&demo, error) && bh_demo_dock (&demo, error) &&
       bh_demo_bench (&demo, error) && say_state (self, "made", error);
  g_rand_free (demo.dice);
  g_array_unref (demo.units);
  g_ptr_array_unref (demo.awaited);
  g_ptr_array_unref (demo.drafts);
  g_ptr_array_unref (demo.of_account);
  return ok;
}

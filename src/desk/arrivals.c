/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* Several boxes by one commit (decision 0011). */

#include "receive-private.h"

void
bh_arrival_free (BhArrival *self)
{
  if (self == NULL)
    return;
  g_free (self->act);
  g_clear_pointer (&self->box, bh_box_free);
  g_clear_pointer (&self->outcomes, g_ptr_array_unref);
  g_free (self);
}

/* All or none: outcomes are handed out once the commit is durable. */
static gboolean
receive_together (BhDesk *self, GPtrArray *arrivals, const BhReceiveOptions *options,
                  GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (BhTx) tx = bh_desk_begin (self, error);

  if (tx == NULL)
    return FALSE;
  /* who waits for a lock while it holds others can block a station that does the same */
  bh_tx_wait_for_nobody (tx);
  for (guint i = 0; i < arrivals->len; i++) {
    const BhArrival *arrival = g_ptr_array_index (arrivals, i);
    GPtrArray *outcomes =
        bh_desk_judge_box (self, arrival->act, arrival->box, options, arrival->now_us, error);

    if (outcomes == NULL)
      return FALSE;
    g_ptr_array_add (all, outcomes);
  }
  if (!bh_tx_commit (tx, error))
    return FALSE;
  for (guint i = 0; i < arrivals->len; i++)
    ((BhArrival *) g_ptr_array_index (arrivals, i))->outcomes =
        g_ptr_array_ref (g_ptr_array_index (all, i));
  return TRUE;
}

gboolean
bh_desk_receive_all (BhDesk *self, GPtrArray *arrivals, const BhReceiveOptions *options,
                     GError **error)
{
  guint losses = 0;

  if (!bh_desk_require (self, BH_MAY_RECEIVE, error))
    return FALSE;
  while (arrivals->len > 1) {
    g_autoptr (GError) why = NULL;

    if (receive_together (self, arrivals, options, &why))
      return TRUE;
    if (g_error_matches (why, BH_ERROR, BH_ERROR_LOST) && bh_desk_may_repeat (self, why, &losses))
      continue;
    /* nothing is written and nobody was told: each box by itself, so that the one that
     * cannot be is the only one that is not */
    g_debug ("%u boxes by themselves: %s", arrivals->len, why->message);
    break;
  }
  for (guint i = 0; i < arrivals->len; i++) {
    BhArrival *arrival = g_ptr_array_index (arrivals, i);

    arrival->outcomes =
        bh_desk_receive (self, arrival->act, arrival->box, options, arrival->now_us, error);
    if (arrival->outcomes == NULL)
      return FALSE;
  }
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* Several boxes by one commit (decision 0011). */

#include "backhaul/rma-bulk.h"
#include "receive-private.h"

/* Boxes by one commit where others receive meanwhile: each key that one of them has fails
 * the whole group, and the server has room for some thousand locks in all. */
#define TOGETHER_FAR 32
/* No box is added to a group that has taken this long: who else wants to write waits for it, and
 * a dock's scan is to be through in a tenth of a second. Much less, and on a slow day a group would
 * write the same pages of the log more often than it need. So few boxes are always taken. */
#define TOGETHER_US    (100 * G_TIME_SPAN_MILLISECOND)
#define TOGETHER_LEAST 8

void
bh_photo_free (BhPhoto *self)
{
  g_free (self->name);
  g_free (self->media_type);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

void
bh_arrival_free (BhArrival *self)
{
  if (self == NULL)
    return;
  g_free (self->act);
  g_clear_pointer (&self->box, bh_box_free);
  g_free (self->box_id);
  g_clear_pointer (&self->photos, g_ptr_array_unref);
  g_clear_pointer (&self->outcomes, g_ptr_array_unref);
  g_free (self);
}

static void
options_of (const BhArrival *arrival, const BhReceiveOptions *all, BhReceiveOptions *own)
{
  *own = all != NULL ? *all : (BhReceiveOptions){ 0 };
  if (arrival->box_id != NULL)
    own->box = arrival->box_id;
  if (arrival->photos != NULL)
    own->photos = arrival->photos;
}

/* All or none: outcomes are handed out once the commit is durable. *to: where the group ends, or
 * nearer, if the boxes before it took long. */
static gboolean
receive_together (BhDesk *self, GPtrArray *arrivals, guint from, guint *to,
                  const BhReceiveOptions *options, GError **error)
{
  gint64 until = g_get_monotonic_time () + TOGETHER_US;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (BhTx) tx = bh_desk_begin (self, error);

  if (tx == NULL)
    return FALSE;
  /* who waits for a lock while it holds others can block a station that does the same */
  bh_tx_wait_for_nobody (tx);
  for (guint i = from; i < *to; i++) {
    const BhArrival *arrival = g_ptr_array_index (arrivals, i);
    BhReceiveOptions own;
    GPtrArray *outcomes;

    options_of (arrival, options, &own);
    outcomes = bh_desk_judge_box (self, arrival->act, arrival->box, &own, arrival->now_us, error);
    if (outcomes == NULL)
      return FALSE;
    g_ptr_array_add (all, outcomes);
    if (all->len >= TOGETHER_LEAST && g_get_monotonic_time () >= until)
      break;
  }
  if (!bh_tx_commit (tx, error))
    return FALSE;
  *to = from + all->len;
  for (guint i = from; i < *to; i++)
    ((BhArrival *) g_ptr_array_index (arrivals, i))->outcomes =
        g_ptr_array_ref (g_ptr_array_index (all, i - from));
  return TRUE;
}

/* *to: as of receive_together() */
static gboolean
receive_group (BhDesk *self, GPtrArray *arrivals, guint from, guint *to,
               const BhReceiveOptions *options, GError **error)
{
  guint losses = 0;

  while (*to - from > 1) {
    g_autoptr (GError) why = NULL;

    if (receive_together (self, arrivals, from, to, options, &why))
      return TRUE;
    if (g_error_matches (why, BH_ERROR, BH_ERROR_LOST) && bh_desk_may_repeat (self, why, &losses))
      continue;
    /* nothing is written and nobody was told: each box by itself, so that the one that
     * cannot be is the only one that is not */
    g_debug ("%u boxes by themselves: %s", *to - from, why->message);
    break;
  }
  for (guint i = from; i < *to; i++) {
    BhArrival *arrival = g_ptr_array_index (arrivals, i);
    BhReceiveOptions own;

    options_of (arrival, options, &own);
    arrival->outcomes =
        bh_desk_receive (self, arrival->act, arrival->box, &own, arrival->now_us, error);
    if (arrival->outcomes == NULL)
      return FALSE;
  }
  return TRUE;
}

gboolean
bh_desk_receive_all (BhDesk *self, GPtrArray *arrivals, const BhReceiveOptions *options,
                     GError **error)
{
  guint most = bh_store_is_far (self->store) ? TOGETHER_FAR : MAX (arrivals->len, 1);
  guint to;

  if (!bh_desk_require (self, BH_MAY_RECEIVE, error))
    return FALSE;
  for (guint from = 0; from < arrivals->len; from = to) {
    to = MIN (from + most, arrivals->len);
    if (!receive_group (self, arrivals, from, &to, options, error))
      return FALSE;
  }
  return TRUE;
}

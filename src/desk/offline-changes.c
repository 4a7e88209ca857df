/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* Verdicts that changed, until a person has seen each: a journal like that of the boxes, in which
 * an acknowledgement is an entry, too. */

#include "offline-private.h"

/* acknowledged, act, time, serial, before, after, verdict, failed */
#define CHANGE "(bsxsssib)"

void
bh_replayed_free (BhReplayed *self)
{
  g_free (self->act);
  g_free (self->serial);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

BhReplayed *
bh_replayed_copy (const BhReplayed *self)
{
  BhReplayed *copy = g_memdup2 (self, sizeof *self);

  copy->act = g_strdup (self->act);
  copy->serial = g_strdup (self->serial);
  copy->before = g_strdup (self->before);
  copy->after = g_strdup (self->after);
  return copy;
}

static gboolean
put (BhOffline *self, gboolean acknowledged, const BhReplayed *change, GError **error)
{
  g_autoptr (GVariant) packed = g_variant_ref_sink (
      g_variant_new (CHANGE, acknowledged, change->act, change->at_us, change->serial,
                     change->before, change->after, (gint32) change->verdict, change->failed));
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (packed);

  return bh_journal_append (self->changes, bytes, error);
}

/* -1: nobody waits for it */
static int
place_of (BhOffline *self, const char *act)
{
  for (guint i = 0; i < self->told->len; i++)
    if (g_str_equal (((BhReplayed *) g_ptr_array_index (self->told, i))->act, act))
      return (int) i;
  return -1;
}

void
bh_offline_read_changes (BhOffline *self)
{
  GPtrArray *entries = bh_journal_entries (self->changes);

  self->told = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_replayed_free);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < entries->len; i++) {
    g_autoptr (GVariant) packed = g_variant_ref_sink (
        g_variant_new_from_bytes (G_VARIANT_TYPE (CHANGE), g_ptr_array_index (entries, i), FALSE));
    BhReplayed *change = g_new0 (BhReplayed, 1);
    gboolean acknowledged = FALSE;
    gint32 verdict = 0;
    int place;

    g_variant_get (packed, CHANGE, &acknowledged, &change->act, &change->at_us, &change->serial,
                   &change->before, &change->after, &verdict, &change->failed);
    change->verdict = (BhVerdict) CLAMP (verdict, 0, BH_VERDICT_LAST - 1);
    change->changed = TRUE;
    g_hash_table_add (self->known, g_strdup (change->act));
    if (!acknowledged) {
      g_ptr_array_add (self->told, change);
      continue;
    }
    place = place_of (self, change->act);
    if (place >= 0)
      g_ptr_array_remove_index (self->told, (guint) place);
    bh_replayed_free (change);
  }
}

gboolean
bh_offline_add_change (BhOffline *self, const BhReplayed *change, GError **error)
{
  if (g_hash_table_contains (self->known, change->act))
    return TRUE;
  if (!put (self, FALSE, change, error))
    return FALSE;
  g_ptr_array_add (self->told, bh_replayed_copy (change));
  g_hash_table_add (self->known, g_strdup (change->act));
  return TRUE;
}

GPtrArray *
bh_offline_changes (BhOffline *self)
{
  return self->told;
}

gboolean
bh_offline_acknowledge (BhOffline *self, const char *act, GError **error)
{
  int place = place_of (self, act);

  if (place < 0)
    return TRUE;
  if (!put (self, TRUE, g_ptr_array_index (self->told, place), error))
    return FALSE;
  g_ptr_array_remove_index (self->told, (guint) place);
  /* while boxes wait, a replay that is broken off may come to a change once more */
  if (self->told->len > 0 || bh_offline_unsent (self) > 0)
    return TRUE;
  g_hash_table_remove_all (self->known);
  return bh_journal_clear (self->changes, FALSE, error);
}

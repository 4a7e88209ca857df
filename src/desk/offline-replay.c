/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* The journal is received in its order, some boxes by one commit (decision 0011). */

#include "offline-private.h"
#include "receive-private.h"
#include "sign-in-private.h"

typedef struct {
  BhOffline *offline;
  BhDesk *desk;
  guint from;
  GArray *entries;      /* of BhEntry: of one person at one dock */
  GPtrArray *arrivals;  /* as many */
  GHashTable *last;     /* box → number of its last entry in the journal */
  GPtrArray *judgments; /* of BhReplayed, as many as are done */
} Slice;

static void
slice_clear (Slice *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->arrivals, g_ptr_array_unref);
  g_clear_pointer (&self->last, g_hash_table_unref);
  g_clear_pointer (&self->judgments, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Slice, slice_clear)

static void
take_entries (Slice *self, guint most)
{
  GPtrArray *all = bh_journal_entries (self->offline->journal);

  self->entries = g_array_new (FALSE, TRUE, sizeof (BhEntry));
  g_array_set_clear_func (self->entries, (GDestroyNotify) bh_entry_clear);
  self->arrivals = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_arrival_free);
  self->judgments = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_replayed_free);
  self->last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = self->from; i < all->len && self->entries->len < most; i++) {
    const BhEntry *first;
    BhEntry entry = { 0 };

    bh_entry_read (g_ptr_array_index (all, i), &entry);
    g_array_append_val (self->entries, entry);
    first = &g_array_index (self->entries, BhEntry, 0);
    if (!g_str_equal (entry.operator, first->operator) || !g_str_equal (entry.dock, first->dock)) {
      g_array_set_size (self->entries, self->entries->len - 1);
      break;
    }
    g_ptr_array_add (self->arrivals, bh_entry_arrival (&entry));
    g_hash_table_insert (self->last, g_strdup (entry.box_id), GUINT_TO_POINTER (i));
  }
}

/* A box that goes on in the next slice is judged there. */
static void
look_behind (Slice *self)
{
  GPtrArray *all = bh_journal_entries (self->offline->journal);
  guint behind = self->from + self->entries->len;

  if (behind < all->len) {
    g_auto (BhEntry) entry = { 0 };

    bh_entry_read (g_ptr_array_index (all, behind), &entry);
    if (g_hash_table_contains (self->last, entry.box_id))
      g_hash_table_insert (self->last, g_strdup (entry.box_id), GUINT_TO_POINTER (behind));
  }
}

/* The store will not have this box, whatever happens: it is told, and the others go on. What is
 * wrong with the store as a whole is no fault of the box; nor is it that a connection may not write
 * (rights of who scanned it are judged before). */
static gboolean
is_final (const GError *why)
{
  static const BhError not_yet[] = { BH_ERROR_LOST,      BH_ERROR_BUSY,     BH_ERROR_FULL,
                                     BH_ERROR_CORRUPT,   BH_ERROR_NEWER,    BH_ERROR_NOT_OURS,
                                     BH_ERROR_READ_ONLY, BH_ERROR_FORBIDDEN };

  for (gsize i = 0; i < G_N_ELEMENTS (not_yet); i++)
    if (g_error_matches (why, BH_ERROR, (int) not_yet[i]))
      return FALSE;
  return TRUE;
}

static const char *
serial_of (GPtrArray *outcomes)
{
  const BhOutcome *first = outcomes->len > 0 ? g_ptr_array_index (outcomes, 0) : NULL;

  return first == NULL           ? ""
         : first->serial != NULL ? first->serial
         : first->rma != NULL    ? first->rma
                                 : "";
}

static void
judge (Slice *self, guint i, const char *failure)
{
  const BhEntry *entry = &g_array_index (self->entries, BhEntry, i);
  const BhArrival *arrival = g_ptr_array_index (self->arrivals, i);
  BhReplayed *judged = g_new0 (BhReplayed, 1);
  gboolean last =
      GPOINTER_TO_UINT (g_hash_table_lookup (self->last, entry->box_id)) == self->from + i;

  judged->act = g_strdup (entry->act);
  judged->at_us = entry->at_us;
  judged->before = g_strdup (entry->sentences);
  if (failure != NULL) {
    g_autofree char *scanned = bh_entry_scanned (entry);

    judged->failed = TRUE;
    judged->changed = last;
    judged->serial = bh_entry_name (entry);
    judged->after = g_strdup_printf ("NOT RECEIVED: %s. Scanned by %s: %s. Whoever may receive "
                                     "scans it again.",
                                     failure, entry->operator, scanned);
  } else {
    g_autofree char *verdicts = bh_entry_verdicts_of (arrival->outcomes);
    const BhOutcome *worst = NULL;

    for (guint n = 0; n < arrival->outcomes->len; n++) {
      const BhOutcome *outcome = g_ptr_array_index (arrival->outcomes, n);

      if (worst == NULL || worst->ruling->verdict == BH_VERDICT_ACCEPT)
        worst = outcome;
    }
    judged->verdict = worst != NULL ? worst->ruling->verdict : BH_VERDICT_WAITING;
    judged->serial = g_strdup (serial_of (arrival->outcomes));
    judged->after = bh_entry_sentences_of (arrival->outcomes);
    /* of a box that went on the person knows the last word */
    judged->changed = last && !g_str_equal (verdicts, entry->verdicts);
  }
  g_ptr_array_add (self->judgments, judged);
}

/* Of a box that was replayed before and broken off at once after it, too: once. */
static gboolean
record_changes (Slice *self, GError **error)
{
  g_autoptr (BhTx) tx = NULL;

  for (guint i = 0; i < self->judgments->len; i++) {
    const BhReplayed *judged = g_ptr_array_index (self->judgments, i);
    g_autofree char *entity = g_strconcat ("box:", judged->act, NULL);
    gboolean recorded = FALSE;

    if (!judged->changed)
      continue;
    if (tx == NULL && (tx = bh_desk_begin (self->desk, error)) == NULL)
      return FALSE;
    if (!bh_store_act_on_record (self->desk->store, judged->act, "replay", &recorded, error) ||
        (!recorded && !bh_desk_audit (self->desk, judged->act, "replay", entity, judged->before,
                                      judged->after, judged->at_us, error)))
      return FALSE;
  }
  return tx == NULL || bh_tx_commit (tx, error);
}

/* Those before one that the store will not have are received, those after it next time. FALSE:
 * the store is out of reach (again), those that have a judgment are received. */
static gboolean
receive_slice (Slice *self, GError **error)
{
  g_autoptr (GError) why = NULL;
  gboolean ok = bh_desk_receive_all (self->desk, self->arrivals, NULL, &why);

  for (guint i = 0; i < self->arrivals->len; i++) {
    const BhArrival *arrival = g_ptr_array_index (self->arrivals, i);

    if (arrival->outcomes == NULL) {
      if (!is_final (why))
        break;
      judge (self, i, why->message);
      return TRUE;
    }
    judge (self, i, NULL);
  }
  if (ok)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

/* Rights are those of now (RULES §2): who was disabled while the store was away, or may receive
 * no more, has received nothing. FALSE: they may; or, with @error, the store does not answer. */
static gboolean
is_forbidden (Slice *self, GError **error)
{
  g_autoptr (GError) why = NULL;

  if (bh_desk_stands_in_for (self->desk, BH_MAY_RECEIVE, &why))
    return FALSE;
  if (!g_error_matches (why, BH_ERROR, BH_ERROR_FORBIDDEN)) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  for (guint i = 0; i < self->entries->len; i++)
    judge (self, i, why->message);
  return TRUE;
}

/* A unit that was not received comes again. */
static void
await_again (BhOffline *self, const BhEntry *entry)
{
  g_auto (GStrv) serials = bh_entry_accepted (entry);

  for (char **serial = serials; *serial != NULL; serial++) {
    const BhTaken *taken = g_hash_table_lookup (self->accepted, *serial);

    if (taken != NULL && g_str_equal (taken->box_id, entry->box_id))
      g_hash_table_remove (self->accepted, *serial);
  }
}

/* What was received is told, and is not done again. */
static gboolean
settle (Slice *self, BhReplayFunc told, gpointer data, GError **error)
{
  gboolean keep = FALSE;

  if (!record_changes (self, error))
    return FALSE;
  for (guint i = 0; i < self->judgments->len; i++) {
    const BhReplayed *judged = g_ptr_array_index (self->judgments, i);

    keep = keep || judged->failed;
    if (told != NULL)
      told (judged, data);
    else if (judged->changed && !bh_offline_add_change (self->offline, judged, error))
      return FALSE;
  }
  if (self->judgments->len == 0)
    return TRUE;
  if (!bh_journal_set_done (self->offline->journal, self->from + self->judgments->len, keep, error))
    return FALSE;
  for (guint i = 0; i < self->judgments->len; i++) {
    const BhEntry *entry = &g_array_index (self->entries, BhEntry, i);

    bh_offline_count (self->offline, entry->box_id, -1);
    if (((const BhReplayed *) g_ptr_array_index (self->judgments, i))->failed)
      await_again (self->offline, entry);
  }
  return TRUE;
}

static gboolean
replay_slice (BhOffline *offline, BhDesk *desk, guint most, BhReplayFunc told, gpointer data,
              GError **error)
{
  g_auto (Slice)
      slice = { .offline = offline, .desk = desk, .from = bh_journal_done (offline->journal) };
  g_autoptr (GError) why = NULL;
  BhSitting kept = { 0 };
  const BhEntry *first;
  gboolean ok;

  take_entries (&slice, most);
  look_behind (&slice);
  /* on record is who scanned it, and where, whoever is at the desk now */
  first = &g_array_index (slice.entries, BhEntry, 0);
  if (!bh_desk_stand_in (desk, first->operator, * first->dock != '\0' ? first->dock : NULL, &kept,
                         error))
    return FALSE;
  ok = is_forbidden (&slice, &why) || (why == NULL && receive_slice (&slice, &why));
  ok = settle (&slice, told, data, ok ? error : NULL) && ok;
  bh_desk_stand_back (desk, &kept);
  if (why != NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  return ok;
}

gboolean
bh_offline_replay_some (BhOffline *self, BhDesk *desk, guint most, BhReplayFunc told, gpointer data,
                        GError **error)
{
  if (!bh_offline_is_of (self, desk, error))
    return FALSE;
  if (bh_offline_unsent (self) > 0 && !replay_slice (self, desk, most, told, data, error))
    return FALSE;
  if (bh_offline_unsent (self) > 0 ||
      (bh_journal_n (self->journal) == 0 && bh_journal_damage (self->journal) == NULL))
    return TRUE;
  return bh_journal_clear (self->journal, FALSE, error);
}

gboolean
bh_offline_replay (BhOffline *self, BhDesk *desk, BhReplayFunc told, gpointer data, GError **error)
{
  do
    if (!bh_offline_replay_some (self, desk, BH_REPLAY_TOGETHER, told, data, error))
      return FALSE;
  while (bh_offline_unsent (self) > 0);
  return TRUE;
}

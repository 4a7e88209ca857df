/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "backhaul/receipt.h"
#include "offline-private.h"
#include "receive-private.h"
#include "secret-file.h"

/* a copy of millions of units is read for so long */
#define COPY_US (60 * G_TIME_SPAN_SECOND)

/* What a copy cannot be sure of. */
static const BhRuling not_sure = {
  ~0u,
  ~0u,
  ~0u,
  BH_VERDICT_HOLD,
  "D11",
  FALSE,
  NULL,
  "PUT ASIDE",
  "The store is out of reach. Put it aside with its slip; it is judged when the store is back."
};

static const BhRuling taken_once = { ~0u,
                                     ~0u,
                                     ~0u,
                                     BH_VERDICT_ALREADY_RECEIVED,
                                     "D8",
                                     FALSE,
                                     NULL,
                                     "ALREADY RECEIVED",
                                     "This station has it in its journal already." };

/* Nothing prints while the store is away: an accepted one is told what to do until then. */
static char *
provisional_message (const BhOutcome *outcome)
{
  const BhRuling *ruling = outcome->ruling;
  gboolean accept = ruling->verdict == BH_VERDICT_ACCEPT;
  gsize facts = strlen (outcome->message) - (accept ? strlen (ruling->advice) : 0);

  return g_strdup_printf ("Provisional, the store is out of reach: %.*s%s", (int) facts,
                          outcome->message,
                          accept ? "Take it in and keep it with the others of this outage; it is "
                                   "received when the store is back."
                                 : "");
}

/* ---- opening ------------------------------------------------------------------------- */

static void
take (BhOffline *self, const char *serial, const char *box_id, gint64 at_us)
{
  gsize size = strlen (box_id) + 1;
  BhTaken *taken = g_malloc (sizeof *taken + size);

  taken->at_us = at_us;
  memcpy (taken->box_id, box_id, size);
  g_hash_table_insert (self->accepted, g_strdup (serial), taken);
}

static void
remember (BhOffline *self, GBytes *bytes)
{
  g_auto (BhEntry) entry = { 0 };
  g_auto (GStrv) serials = NULL;

  bh_entry_read (bytes, &entry);
  bh_offline_count (self, entry.box_id, 1);
  serials = bh_entry_accepted (&entry);
  for (char **serial = serials; *serial != NULL; serial++)
    take (self, *serial, entry.box_id, entry.at_us);
}

BhOffline *
bh_offline_open (const char *folder, GError **error)
{
  g_autoptr (BhOffline) self = g_new0 (BhOffline, 1);
  g_autofree char *key_path = g_build_filename (folder, "journal.key", NULL);
  g_autofree char *path = g_build_filename (folder, "journal", NULL);
  g_autofree char *changes_path = g_build_filename (folder, "changes", NULL);
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GError) why = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "%s: cannot make the station's folder: %s; look at the disk", folder,
                 g_strerror (errno));
    return NULL;
  }
  self->copy_path = g_build_filename (folder, "awaited", NULL);
  self->store_path = g_build_filename (folder, "store", NULL);
  self->accepted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if ((key = bh_secret_file (key_path, "this station's journal", error)) == NULL ||
      (self->journal = bh_journal_open (path, key, error)) == NULL ||
      (self->changes = bh_journal_open (changes_path, key, error)) == NULL)
    return NULL;
  bh_offline_read_changes (self);
  for (guint i = bh_journal_done (self->journal); i < bh_journal_n (self->journal); i++)
    remember (self, g_ptr_array_index (bh_journal_entries (self->journal), i));
  /* without a copy, or with a spoilt one, boxes are put aside */
  self->copy = bh_awaited_copy_open (self->copy_path, &why);
  if (self->copy == NULL)
    g_debug ("%s", why->message);
  return g_steal_pointer (&self);
}

void
bh_offline_close (BhOffline *self)
{
  if (self == NULL)
    return;
  bh_awaited_copy_close (self->copy);
  bh_journal_close (self->journal);
  bh_journal_close (self->changes);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_pointer (&self->told, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->accepted, g_hash_table_unref);
  g_free (self->copy_path);
  g_free (self->store_path);
  g_free (self);
}

static gboolean
is_older (gpointer serial, gpointer taken, gpointer data)
{
  return ((BhTaken *) taken)->at_us < *(gint64 *) data;
}

gboolean
bh_offline_reload (BhOffline *self, GError **error)
{
  BhAwaitedCopy *copy = bh_awaited_copy_open (self->copy_path, error);
  gint64 sure_us;

  if (copy == NULL)
    return FALSE;
  bh_awaited_copy_close (self->copy);
  self->copy = copy;
  /* it knows of what was received before it was read */
  sure_us = bh_awaited_copy_taken_us (copy) - COPY_US;
  if (bh_offline_unsent (self) == 0)
    g_hash_table_foreach_remove (self->accepted, is_older, &sure_us);
  return TRUE;
}

gboolean
bh_offline_refresh (BhOffline *self, BhDesk *desk, gint64 now_us, gint64 *n, GError **error)
{
  return bh_desk_require (desk, BH_MAY_READ, error) &&
         bh_awaited_copy_write (desk->store, self->copy_path, now_us, n, error) &&
         bh_offline_reload (self, error);
}

gboolean
bh_offline_make_copy (const char *folder, const char *uri, gint64 now_us, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "awaited", NULL);
  g_autoptr (BhStore) store = bh_store_open (uri, BH_STORE_READ_ONLY, error);

  return store != NULL && bh_awaited_copy_write (store, path, now_us, NULL, error);
}

gint64
bh_offline_taken_us (BhOffline *self)
{
  return self->copy != NULL ? bh_awaited_copy_taken_us (self->copy) : 0;
}

guint
bh_offline_unsent (BhOffline *self)
{
  return g_hash_table_size (self->waiting);
}

void
bh_offline_count (BhOffline *self, const char *box_id, int more)
{
  int n = GPOINTER_TO_INT (g_hash_table_lookup (self->waiting, box_id)) + more;

  if (n > 0)
    g_hash_table_insert (self->waiting, g_strdup (box_id), GINT_TO_POINTER (n));
  else
    g_hash_table_remove (self->waiting, box_id);
}

void
bh_offline_note (BhOffline *self, const char *box, GPtrArray *outcomes, gint64 now_us)
{
  for (guint i = 0; i < outcomes->len; i++) {
    const BhOutcome *outcome = g_ptr_array_index (outcomes, i);

    if (outcome->ruling->verdict == BH_VERDICT_ACCEPT && outcome->serial != NULL)
      take (self, outcome->serial, box, now_us);
  }
}

gboolean
bh_offline_awaits (BhOffline *self, const char *serial)
{
  g_auto (BhAwaitedLine) line = { 0 };

  return self->copy != NULL && bh_awaited_copy_find (self->copy, serial, &line);
}

const char *
bh_offline_damage (BhOffline *self)
{
  return bh_journal_damage (self->journal);
}

/* ---- receiving ----------------------------------------------------------------------- */

static gboolean
on_record (BhRecord record, const char *value, gboolean *found, gpointer data, GError **error)
{
  BhOffline *self = data;
  g_auto (BhAwaitedLine) line = { 0 };

  *found = self->copy != NULL &&
           ((record == BH_RECORD_AWAITED && bh_awaited_copy_find (self->copy, value, &line)) ||
            (record == BH_RECORD_RMA && bh_awaited_copy_has_rma (self->copy, value)));
  return TRUE;
}

/* As bh_desk_unit_facts(), of what the copy knows. */
static void
facts_of (BhOffline *self, BhBox *box, const BhBoxUnit *unit, BhUnitFacts *facts)
{
  g_autoptr (GPtrArray) numbers = bh_box_values (box, BH_KIND_RMA);

  facts->part = BH_PART_UNREAD;
  facts->serial = unit->serial == NULL ? BH_SER_NOT_YET : BH_SER_NOWHERE;
  facts->number = numbers->len > 0 || bh_box_said (box, BH_COMMAND_NO_NUMBER) ||
                          bh_box_said (box, BH_COMMAND_NEXT_BOX)
                      ? BH_NUM_NONE
                      : BH_NUM_NOT_YET;
  if (unit->serial != NULL && self->copy != NULL &&
      bh_awaited_copy_find (self->copy, unit->serial, &facts->line))
    facts->serial = BH_SER_ELSEWHERE;
  for (guint i = 0; i < numbers->len; i++) {
    const BhBoxItem *item = g_ptr_array_index (numbers, i);

    if (facts->serial == BH_SER_ELSEWHERE && g_str_equal (item->value, facts->line.rma))
      facts->serial = BH_SER_HERE;
    else if (facts->number == BH_NUM_OPEN || self->copy == NULL ||
             !bh_awaited_copy_has_rma (self->copy, item->value))
      continue;
    facts->number = BH_NUM_OPEN;
    g_free (facts->rma);
    facts->rma = g_strdup (item->value);
  }
}

static BhOutcome *
judge (BhOffline *self, BhDesk *desk, const char *box_id, BhBox *box, const BhBoxUnit *unit,
       guint n, gint64 now_us)
{
  g_auto (BhUnitFacts) facts = { 0 };
  const BhRuling *ruling;
  const BhTaken *taken;
  BhOutcome *outcome;
  char *message;

  facts_of (self, box, unit, &facts);
  ruling = bh_box_judge (facts.number, facts.serial, facts.part, &desk->policy);
  taken = unit->serial != NULL ? g_hash_table_lookup (self->accepted, unit->serial) : NULL;
  if (taken != NULL && !g_str_equal (taken->box_id, box_id))
    ruling = &taken_once;
  else if (ruling->verdict != BH_VERDICT_ACCEPT && ruling->verdict != BH_VERDICT_WAITING)
    ruling = &not_sure;
  outcome = bh_desk_outcome_new (ruling, box_id, n, unit->serial, &facts, now_us);
  outcome->provisional = TRUE;
  message = provisional_message (outcome);
  g_free (outcome->message);
  outcome->message = message;
  return outcome;
}

GPtrArray *
bh_offline_receive (BhOffline *self, BhDesk *desk, const char *act, BhBox *box,
                    const BhReceiveOptions *options, gint64 now_us, GError **error)
{
  const char *box_id = options != NULL && options->box != NULL ? options->box : act;
  g_autoptr (GPtrArray) outcomes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_outcome_free);
  g_autoptr (GPtrArray) units = NULL;
  g_autoptr (GBytes) entry = NULL;

  if (!bh_desk_require (desk, BH_MAY_RECEIVE, error) || !bh_box_type (box, on_record, self, error))
    return NULL;
  units = bh_box_units (box);
  for (guint i = 0; i < units->len; i++)
    g_ptr_array_add (outcomes,
                     judge (self, desk, box_id, box, g_ptr_array_index (units, i), i + 1, now_us));
  entry = bh_entry_pack (desk, act, box_id, box, options != NULL ? options->photos : NULL, outcomes,
                         now_us);
  if (!bh_journal_append (self->journal, entry, error))
    return NULL;
  remember (self, entry);
  return g_steal_pointer (&outcomes);
}

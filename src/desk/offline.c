/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "backhaul/offline.h"

#include <errno.h>

#include "backhaul/awaited-copy.h"
#include "journal.h"
#include "backhaul/receipt.h"
#include "receive-private.h"

/* act, time, operator, dock, verdicts and sentences of the units, serials that were accepted, what
 * was said by key (bits 1 << BhCommand), scans: bytes, symbology, identifier, source, time,
 * scanner */
#define SCANS "a(ayssyxs)"
#define ENTRY "(sxssssasu" SCANS ")"
/* a journal of an earlier version: no scanners */
#define OLD_ENTRY "(sxssssasua(ayssyx))"

struct _BhOffline {
  char *copy_path;
  BhAwaitedCopy *copy; /* NULL: none yet */
  BhJournal *journal;
  GHashTable *accepted; /* serials that are in the journal as accepted */
};

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

/* ---- opening ------------------------------------------------------------------------- */

static GVariant *
unpack (GBytes *bytes)
{
  g_autoptr (GVariant) entry =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (ENTRY), bytes, FALSE));

  /* where a scan of an earlier version ends, a string that is no string would begin: never of
   * normal form, unless it has no scans, and then both are the same */
  if (g_variant_is_normal_form (entry))
    return g_steal_pointer (&entry);
  return g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (OLD_ENTRY), bytes, FALSE));
}

static void
remember (BhOffline *self, GBytes *bytes)
{
  g_autoptr (GVariant) entry = unpack (bytes);
  g_autofree const char **serials = NULL;

  g_variant_get_child (entry, 6, "^a&s", &serials);
  for (const char **serial = serials; *serial != NULL; serial++)
    g_hash_table_add (self->accepted, g_strdup (*serial));
}

BhOffline *
bh_offline_open (const char *folder, GError **error)
{
  g_autoptr (BhOffline) self = g_new0 (BhOffline, 1);
  g_autofree char *key_path = g_build_filename (folder, "journal.key", NULL);
  g_autofree char *path = g_build_filename (folder, "journal", NULL);
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GError) why = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "%s: cannot make the station's folder: %s; look at the disk", folder,
                 g_strerror (errno));
    return NULL;
  }
  self->copy_path = g_build_filename (folder, "awaited", NULL);
  self->accepted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if ((key = bh_journal_key (key_path, error)) == NULL ||
      (self->journal = bh_journal_open (path, key, error)) == NULL)
    return NULL;
  for (guint i = 0; i < bh_journal_n (self->journal); i++)
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
  g_clear_pointer (&self->accepted, g_hash_table_unref);
  g_free (self->copy_path);
  g_free (self);
}

gboolean
bh_offline_refresh (BhOffline *self, BhDesk *desk, gint64 now_us, gint64 *n, GError **error)
{
  BhAwaitedCopy *copy;

  if (!bh_desk_require (desk, BH_MAY_READ, error) ||
      !bh_awaited_copy_write (desk->store, self->copy_path, now_us, n, error) ||
      (copy = bh_awaited_copy_open (self->copy_path, error)) == NULL)
    return FALSE;
  bh_awaited_copy_close (self->copy);
  self->copy = copy;
  return TRUE;
}

gint64
bh_offline_taken_us (BhOffline *self)
{
  return self->copy != NULL ? bh_awaited_copy_taken_us (self->copy) : 0;
}

guint
bh_offline_unsent (BhOffline *self)
{
  return bh_journal_n (self->journal);
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
judge (BhOffline *self, BhDesk *desk, const char *act, BhBox *box, const BhBoxUnit *unit, guint n,
       gint64 now_us)
{
  g_auto (BhUnitFacts) facts = { 0 };
  const BhRuling *ruling;
  BhOutcome *outcome;
  char *message;

  facts_of (self, box, unit, &facts);
  ruling = bh_box_judge (facts.number, facts.serial, facts.part, &desk->policy);
  if (unit->serial != NULL && g_hash_table_contains (self->accepted, unit->serial))
    ruling = &taken_once;
  else if (ruling->verdict != BH_VERDICT_ACCEPT && ruling->verdict != BH_VERDICT_WAITING)
    ruling = &not_sure;
  outcome = bh_desk_outcome_new (ruling, act, n, unit->serial, &facts, now_us);
  outcome->provisional = TRUE;
  message = g_strconcat ("Provisional, the store is out of reach: ", outcome->message, NULL);
  g_free (outcome->message);
  outcome->message = message;
  return outcome;
}

static GVariant *
pack_scans (BhBox *box)
{
  g_auto (GVariantBuilder) scans = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (SCANS));

  for (guint i = 0; i < bh_box_n_scans (box); i++) {
    const BhScan *scan = bh_box_scan (box, i);
    GVariant *bytes = g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, scan->bytes, TRUE);

    g_variant_builder_add (&scans, "(@ayssyxs)", bytes,
                           scan->symbology != NULL ? scan->symbology : "",
                           scan->identifier != NULL ? scan->identifier : "", (guchar) scan->source,
                           scan->at_us, scan->scanner != NULL ? scan->scanner : "");
  }
  return g_variant_builder_end (&scans);
}

/* "accept R0000000001" of each unit, joined: what a replay compares. */
static char *
verdicts_of (GPtrArray *outcomes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < outcomes->len; i++) {
    const BhOutcome *outcome = g_ptr_array_index (outcomes, i);

    g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "",
                            bh_verdict_name (outcome->ruling->verdict),
                            outcome->rma != NULL ? outcome->rma : "");
  }
  return g_string_free (text, FALSE);
}

static char *
sentences_of (GPtrArray *outcomes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < outcomes->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            ((BhOutcome *) g_ptr_array_index (outcomes, i))->message);
  return g_string_free (text, FALSE);
}

static gboolean
note (BhOffline *self, BhDesk *desk, const char *act, BhBox *box, GPtrArray *outcomes,
      gint64 now_us, GError **error)
{
  g_autofree char *verdicts = verdicts_of (outcomes);
  g_autofree char *sentences = sentences_of (outcomes);
  g_auto (GVariantBuilder) serials = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
  g_autoptr (GVariant) entry = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint32 said = 0;

  for (guint i = 1; i < BH_COMMAND_LAST; i++)
    said |= bh_box_said (box, (BhCommand) i) ? 1u << i : 0;
  for (guint i = 0; i < outcomes->len; i++) {
    const BhOutcome *outcome = g_ptr_array_index (outcomes, i);

    if (outcome->ruling->verdict == BH_VERDICT_ACCEPT)
      g_variant_builder_add (&serials, "s", outcome->serial);
  }
  entry = g_variant_ref_sink (g_variant_new ("(sxssssasu@" SCANS ")", act, now_us, desk->operator,
                                             desk->dock != NULL ? desk->dock : "", verdicts,
                                             sentences, &serials, said, pack_scans (box)));
  bytes = g_variant_get_data_as_bytes (entry);
  if (!bh_journal_append (self->journal, bytes, error))
    return FALSE;
  remember (self, bytes);
  return TRUE;
}

GPtrArray *
bh_offline_receive (BhOffline *self, BhDesk *desk, const char *act, BhBox *box, gint64 now_us,
                    GError **error)
{
  g_autoptr (GPtrArray) outcomes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_outcome_free);
  g_autoptr (GPtrArray) units = NULL;

  if (!bh_desk_require (desk, BH_MAY_RECEIVE, error) || !bh_box_type (box, on_record, self, error))
    return NULL;
  units = bh_box_units (box);
  for (guint i = 0; i < units->len; i++)
    g_ptr_array_add (outcomes,
                     judge (self, desk, act, box, g_ptr_array_index (units, i), i + 1, now_us));
  return note (self, desk, act, box, outcomes, now_us, error) ? g_steal_pointer (&outcomes) : NULL;
}

/* ---- replay -------------------------------------------------------------------------- */

typedef struct {
  const char *act;
  gint64 at_us;
  const char *operator;
  const char *dock;
  const char *verdicts;
  const char *sentences;
  BhBox *box;
} Entry;

static void
read_entry (GVariant *packed, Entry *entry)
{
  g_autoptr (GVariant) scans = NULL;
  guint32 said = 0;

  g_variant_get (packed, "(&sx&s&s&s&s@asu@*)", &entry->act, &entry->at_us,
                 &entry->operator, & entry->dock, &entry->verdicts, &entry->sentences, NULL, &said,
                 &scans);
  entry->box = bh_box_new ();
  for (gsize i = 0; i < g_variant_n_children (scans); i++) {
    g_autoptr (GVariant) scanned = g_variant_get_child_value (scans, i);
    g_autoptr (GVariant) bytes = NULL;
    const char *scanner = "";
    const char *symbology;
    const char *identifier;
    guchar source;
    gint64 at_us;
    BhScan *scan;

    g_variant_get_child (scanned, 0, "@ay", &bytes);
    g_variant_get_child (scanned, 1, "&s", &symbology);
    g_variant_get_child (scanned, 2, "&s", &identifier);
    g_variant_get_child (scanned, 3, "y", &source);
    g_variant_get_child (scanned, 4, "x", &at_us);
    if (g_variant_n_children (scanned) > 5)
      g_variant_get_child (scanned, 5, "&s", &scanner);
    scan = bh_scan_new (g_variant_get_data (bytes), g_variant_get_size (bytes),
                        (BhScanSource) source, at_us);
    if (*symbology != '\0')
      scan->symbology = g_strdup (symbology);
    if (*identifier != '\0')
      scan->identifier = g_strdup (identifier);
    if (*scanner != '\0')
      scan->scanner = g_strdup (scanner);
    bh_box_add (entry->box, scan);
  }
  for (guint i = 1; i < BH_COMMAND_LAST; i++)
    if (said & (1u << i))
      bh_box_say (entry->box, (BhCommand) i);
}

/* Of a box that was replayed before and broken off at once after it, too: once. */
static gboolean
record_change (BhDesk *desk, const Entry *entry, const char *after, GError **error)
{
  g_autoptr (BhTx) tx = bh_desk_begin (desk, error);
  g_autofree char *entity = g_strconcat ("box:", entry->act, NULL);
  gboolean recorded = FALSE;

  return tx != NULL &&
         bh_store_act_on_record (desk->store, entry->act, "replay", &recorded, error) &&
         (recorded || (bh_desk_audit (desk, entry->act, "replay", entity, entry->sentences, after,
                                      entry->at_us, error) &&
                       bh_tx_commit (tx, error)));
}

/* FALSE: the store is out of reach (again). */
static gboolean
replay_one (BhDesk *desk, const Entry *entry, BhReplayFunc told, gpointer data, gboolean *failed,
            GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (GPtrArray) outcomes =
      bh_desk_receive (desk, entry->act, entry->box, NULL, entry->at_us, &why);
  BhReplayed replayed = { entry->act, entry->at_us, entry->sentences, NULL, FALSE, FALSE };
  g_autofree char *verdicts = NULL;
  g_autofree char *after = NULL;

  if (outcomes == NULL) {
    if (why->code == BH_ERROR_LOST || why->code == BH_ERROR_BUSY || why->code == BH_ERROR_FULL ||
        why->code == BH_ERROR_FORBIDDEN) {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
    *failed = replayed.failed = replayed.changed = TRUE;
    replayed.after = why->message;
  } else {
    verdicts = verdicts_of (outcomes);
    replayed.after = after = sentences_of (outcomes);
    replayed.changed = !g_str_equal (verdicts, entry->verdicts);
    if (replayed.changed && !record_change (desk, entry, after, error))
      return FALSE;
  }
  if (told != NULL)
    told (&replayed, data);
  return TRUE;
}

gboolean
bh_offline_replay (BhOffline *self, BhDesk *desk, BhReplayFunc told, gpointer data, GError **error)
{
  GPtrArray *entries = bh_journal_entries (self->journal);
  g_autofree char *operator= g_strdup (desk->operator);
  g_autofree char *dock = g_strdup (desk->dock);
  gboolean failed = FALSE;
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < entries->len; i++) {
    g_autoptr (GVariant) packed = unpack (g_ptr_array_index (entries, i));
    Entry entry = { 0 };

    read_entry (packed, &entry);
    /* on record is who scanned it, and where; what may be done is up to who replays */
    g_free (desk->operator);
    g_free (desk->dock);
    desk->operator= g_strdup (entry.operator);
    desk->dock = *entry.dock != '\0' ? g_strdup (entry.dock) : NULL;
    ok = replay_one (desk, &entry, told, data, &failed, error);
    bh_box_free (entry.box);
  }
  g_free (desk->operator);
  g_free (desk->dock);
  desk->operator= g_steal_pointer (&operator);
  desk->dock = g_steal_pointer (&dock);
  if (!ok || (entries->len == 0 && bh_journal_damage (self->journal) == NULL))
    return ok;
  if (!bh_journal_clear (self->journal, failed, error))
    return FALSE;
  g_hash_table_remove_all (self->accepted);
  return TRUE;
}

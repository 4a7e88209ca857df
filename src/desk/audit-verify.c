/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* F6: the first entry that is not as it was written. Each is compared with the one before it
 * (the chain) and with what was signed of it (the checkpoints): who makes the chain anew can make
 * the first come out right, not the second. */

#include <string.h>

#include "checkpoint-private.h"

#define TOLD_EVERY 4096

/* What a checkpoint says of the entries after @from up to @seq. */
typedef struct {
  gint64 from;
  gint64 seq;
  char *hash;
  guchar *marks;
} Span;

/* What is signed of a station, by from. */
typedef struct {
  GPtrArray *spans;
  guint first;   /* those before it are behind the reader */
  gint64 seq;    /* up to there */
  gboolean seen; /* it has entries */
} Signed;

typedef struct {
  BhDesk *desk;
  BhAuditReport *report;
  GHashTable *stations; /* name → Signed */
  GHashTable *keys;     /* name → GPtrArray of the keys that are believed */
  /* the chain that is being read */
  char *station;   /* (nullable): before the first */
  Signed *signed_; /* (nullable) */
  char *previous;
  gint64 seq;
} Proof;

static void
span_free (gpointer data)
{
  Span *span = data;

  g_free (span->hash);
  g_free (span->marks);
  g_free (span);
}

static void
signed_free (gpointer data)
{
  Signed *it = data;

  g_ptr_array_unref (it->spans);
  g_free (it);
}

/* The first that is told stays: entries before keys, as they are looked for first. */
static void
tell (BhAuditReport *report, BhAuditFault fault, const char *station, gint64 number,
      const char *what)
{
  if (report->fault != BH_AUDIT_SOUND)
    return;
  report->fault = fault;
  report->station = g_strdup (station);
  report->number = number;
  report->text = g_strdup_printf ("%s:%" G_GINT64_FORMAT ": %s", station, number, what);
}

/* ---- what is believed ---------------------------------------------------------------- */

static void
believe (Proof *self, const char *station, const char *key)
{
  GPtrArray *keys = g_hash_table_lookup (self->keys, station);

  if (keys == NULL) {
    keys = g_ptr_array_new_with_free_func (g_free);
    g_hash_table_insert (self->keys, g_strdup (station), keys);
  }
  g_ptr_array_add (keys, g_strdup (key));
}

static void
believe_all (Proof *self, GPtrArray *keys, GHashTable *not_of)
{
  for (guint i = 0; keys != NULL && i < keys->len; i++) {
    const BhStationKey *key = g_ptr_array_index (keys, i);

    if (not_of == NULL || !g_hash_table_contains (not_of, key->station))
      believe (self, key->station, key->key);
  }
}

/* Outside goes before inside: the owner of the store writes its table of keys. */
static gboolean
choose_keys (Proof *self, const BhAuditTrust *trust, GError **error)
{
  g_autoptr (GPtrArray) own = bh_store_station_keys (self->desk->store, NULL, error);
  g_autoptr (GHashTable) outside = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer station;

  if (own == NULL)
    return FALSE;
  if (trust != NULL)
    believe_all (self, trust->keys, NULL);
  for (guint i = 0; trust != NULL && trust->checkpoints != NULL && i < trust->checkpoints->len;
       i++) {
    const BhCheckpoint *it = g_ptr_array_index (trust->checkpoints, i);

    if (!g_hash_table_contains (self->keys, it->station))
      believe (self, it->station, it->key);
  }
  g_hash_table_iter_init (&iter, self->keys);
  while (g_hash_table_iter_next (&iter, &station, NULL))
    g_hash_table_add (outside, station);
  believe_all (self, own, outside);
  return TRUE;
}

static gboolean
is_believed (Proof *self, const BhCheckpoint *it)
{
  GPtrArray *keys = g_hash_table_lookup (self->keys, it->station);

  return keys != NULL && g_ptr_array_find_with_equal_func (keys, it->key, g_str_equal, NULL);
}

static Span *
span_of (const BhCheckpoint *it)
{
  gsize size = 0;
  g_autofree guchar *marks = g_base64_decode (it->marks, &size);
  Span *span;

  if (it->from < 0 || it->seq <= it->from || size != (gsize) (it->seq - it->from) * BH_AUDIT_MARK)
    return NULL;
  span = g_new0 (Span, 1);
  span->from = it->from;
  span->seq = it->seq;
  span->hash = g_strdup (it->hash);
  span->marks = g_steal_pointer (&marks);
  return span;
}

static int
by_from (gconstpointer a, gconstpointer b)
{
  const Span *one = *(const Span *const *) a;
  const Span *other = *(const Span *const *) b;

  return one->from != other->from ? (one->from > other->from) - (one->from < other->from)
                                  : (one->seq > other->seq) - (one->seq < other->seq);
}

static void
add_span (Proof *self, const char *station, Span *span)
{
  Signed *it = g_hash_table_lookup (self->stations, station);

  if (it == NULL) {
    it = g_new0 (Signed, 1);
    it->spans = g_ptr_array_new_with_free_func (span_free);
    g_hash_table_insert (self->stations, g_strdup (station), it);
  }
  g_ptr_array_add (it->spans, span);
  it->seq = MAX (it->seq, span->seq);
  self->report->checkpoints++;
}

/* @doubts: gets what is said of a checkpoint when all entries are sound. */
static void
add_checkpoints (Proof *self, GPtrArray *checkpoints, GHashTable *known, BhAuditReport *doubts)
{
  for (guint i = 0; checkpoints != NULL && i < checkpoints->len; i++) {
    BhCheckpoint *it = g_ptr_array_index (checkpoints, i);
    Span *span = NULL;

    if (!g_hash_table_add (known, it->signature))
      continue;
    if (!bh_checkpoint_is_signed (it) || (span = span_of (it)) == NULL)
      tell (doubts, BH_AUDIT_KEY, it->station, it->seq,
            "its checkpoint is not as the station signed it");
    else if (!is_believed (self, it)) {
      g_autofree char *what =
          g_strdup_printf ("its checkpoint is signed with the key %.16s…, which is not known to"
                           " be the station's",
                           it->key);

      tell (doubts, BH_AUDIT_KEY, it->station, it->seq, what);
      span_free (span);
    } else {
      add_span (self, it->station, span);
    }
  }
}

static gboolean
gather (Proof *self, const BhAuditTrust *trust, BhAuditReport *doubts, GError **error)
{
  g_autoptr (GPtrArray) own = bh_store_checkpoints (self->desk->store, error);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer it;

  if (own == NULL || !choose_keys (self, trust, error))
    return FALSE;
  if (trust != NULL)
    add_checkpoints (self, trust->checkpoints, known, doubts);
  add_checkpoints (self, own, known, doubts);
  g_hash_table_iter_init (&iter, self->stations);
  while (g_hash_table_iter_next (&iter, NULL, &it))
    g_ptr_array_sort (((Signed *) it)->spans, by_from);
  return TRUE;
}

/* ---- comparing ----------------------------------------------------------------------- */

/* The mark that was signed of entry @seq; NULL: none was. @mine: one that differs from it. */
static const guchar *
mark_against (Signed *it, gint64 seq, const guchar *mine)
{
  while (it->first < it->spans->len &&
         ((Span *) g_ptr_array_index (it->spans, it->first))->seq < seq)
    it->first++;
  for (guint i = it->first; i < it->spans->len; i++) {
    const Span *span = g_ptr_array_index (it->spans, i);
    const guchar *mark = span->marks + (gsize) (seq - span->from - 1) * BH_AUDIT_MARK;

    if (span->from >= seq)
      break;
    if (span->seq >= seq && memcmp (mark, mine, BH_AUDIT_MARK) != 0)
      return mark;
  }
  return NULL;
}

static gboolean
hash_is_signed (Signed *it, gint64 seq, const char *hash)
{
  for (guint i = it->first; i < it->spans->len; i++) {
    const Span *span = g_ptr_array_index (it->spans, i);

    if (span->from >= seq)
      break;
    if (span->seq == seq && !g_str_equal (span->hash, hash))
      return FALSE;
  }
  return TRUE;
}

/* What stands at @seq was signed as a later one. */
static gboolean
is_signed_later (Signed *it, gint64 seq, const guchar *mark)
{
  for (guint i = it->first; i < it->spans->len; i++) {
    const Span *span = g_ptr_array_index (it->spans, i);

    for (gint64 n = MAX (span->from, seq); n < span->seq; n++)
      if (memcmp (span->marks + (gsize) (n - span->from) * BH_AUDIT_MARK, mark, BH_AUDIT_MARK) == 0)
        return TRUE;
  }
  return FALSE;
}

/* What was signed for here stands further on. Reads the rest of the chain. */
static gboolean
stands_later (BhAuditReader *reader, const char *station, const guchar *mark, gboolean *later,
              GError **error)
{
  gboolean more = TRUE;

  *later = FALSE;
  while (!*later) {
    BhAuditEntry entry;
    guchar mine[BH_AUDIT_MARK];

    if (!bh_audit_reader_next (reader, &entry, &more, error))
      return FALSE;
    if (!more || !g_str_equal (entry.station, station))
      return TRUE;
    bh_audit_mark (&entry, mine);
    *later = memcmp (mine, mark, BH_AUDIT_MARK) == 0;
  }
  return TRUE;
}

static gboolean
name_difference (Proof *self, BhAuditReader *reader, const guchar *mine, const guchar *right,
                 GError **error)
{
  /* what stands here was signed as a later one; what was signed for here stands later */
  static const struct {
    BhAuditFault fault;
    const char *what;
  } table[2][2] = {
    { { BH_AUDIT_ALTERED, "was altered" },
      { BH_AUDIT_INSERTED, "was inserted; the entry that was signed comes after it" } },
    { { BH_AUDIT_REMOVED, "the entry that was signed was removed; the next one has its number" },
      { BH_AUDIT_REORDERED, "was put before the entry that was signed" } },
  };
  gboolean known = is_signed_later (self->signed_, self->seq, mine);
  gboolean later;

  if (!stands_later (reader, self->station, right, &later, error))
    return FALSE;
  tell (self->report, table[known][later].fault, self->station, self->seq,
        table[known][later].what);
  return TRUE;
}

static gboolean
compare (Proof *self, BhAuditReader *reader, const BhAuditEntry *entry, GError **error)
{
  g_autofree char *hash = NULL;
  guchar mine[BH_AUDIT_MARK];
  const guchar *right = NULL;

  if (entry->seq < self->seq) {
    tell (self->report, BH_AUDIT_INSERTED, self->station, entry->seq,
          "was inserted; its number is no entry's, or another's");
    return TRUE;
  }
  if (entry->seq > self->seq) {
    tell (self->report, BH_AUDIT_REMOVED, self->station, self->seq, "the entry was removed");
    return TRUE;
  }
  if (self->signed_ != NULL && self->seq <= self->signed_->seq) {
    bh_audit_mark (entry, mine);
    right = mark_against (self->signed_, self->seq, mine);
  }
  if (right != NULL)
    return name_difference (self, reader, mine, right, error);
  hash = bh_audit_entry_hash (entry);
  if (!g_str_equal (entry->previous, self->previous))
    tell (self->report, BH_AUDIT_REORDERED, self->station, self->seq,
          "does not follow the entry before it");
  else if (entry->hides || !g_str_equal (entry->hash, hash) ||
           (self->signed_ != NULL && !hash_is_signed (self->signed_, self->seq, hash)))
    tell (self->report, BH_AUDIT_ALTERED, self->station, self->seq, "was altered");
  return TRUE;
}

/* What was signed and is not there. */
static void
end_chain (Proof *self)
{
  gint64 up_to = self->signed_ != NULL ? self->signed_->seq : 0;

  if (self->station == NULL)
    return;
  if (up_to > self->seq)
    tell (self->report, BH_AUDIT_REMOVED, self->station, self->seq + 1,
          "the entry was removed, and all after it");
  self->report->unsigned_entries += MAX (self->seq - up_to, 0);
}

/* A station that signed and has no entry at all, and stands before @station. */
static void
look_for_lost (Proof *self, const char *station)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;
  const char *lost = NULL;

  g_hash_table_iter_init (&iter, self->stations);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (!((Signed *) value)->seen && (station == NULL || strcmp (name, station) < 0) &&
        (lost == NULL || strcmp (name, lost) < 0))
      lost = name;
  if (lost != NULL)
    tell (self->report, BH_AUDIT_REMOVED, lost, 1, "the entry was removed, and all after it");
}

static void
begin_chain (Proof *self, const char *station)
{
  end_chain (self);
  look_for_lost (self, station);
  g_free (self->station);
  g_free (self->previous);
  self->station = g_strdup (station);
  self->previous = g_strdup ("");
  self->seq = 0;
  self->signed_ = g_hash_table_lookup (self->stations, station);
  if (self->signed_ != NULL)
    self->signed_->seen = TRUE;
}

static gboolean
prove (Proof *self, BhAuditProgress progress, gpointer data, GError **error)
{
  g_autoptr (BhAuditReader) reader = NULL;
  BhAuditReport *report = self->report;
  gboolean more = TRUE;
  gint64 of = 0;

  if ((progress != NULL && !bh_store_audit_count (self->desk->store, &of, error)) ||
      (reader = bh_store_audit_read (self->desk->store, error)) == NULL)
    return FALSE;
  while (report->fault == BH_AUDIT_SOUND) {
    BhAuditEntry entry;

    if (report->entries % TOLD_EVERY == 0 && progress != NULL &&
        !progress (report->entries, of, data)) {
      report->stopped = TRUE;
      break;
    }
    if (!bh_audit_reader_next (reader, &entry, &more, error))
      return FALSE;
    if (!more)
      break;
    if (g_strcmp0 (entry.station, self->station) != 0)
      begin_chain (self, entry.station);
    if (report->fault != BH_AUDIT_SOUND)
      break;
    self->seq++;
    g_autofree char *hash = g_strdup (entry.hash);

    if (!compare (self, reader, &entry, error))
      return FALSE;
    if (report->fault != BH_AUDIT_SOUND)
      break;
    g_free (self->previous);
    self->previous = g_steal_pointer (&hash);
    report->entries++;
  }
  if (!more) {
    end_chain (self);
    look_for_lost (self, NULL);
  }
  return TRUE;
}

BhAuditReport *
bh_desk_audit_examine (BhDesk *self, const BhAuditTrust *trust, BhAuditProgress progress,
                       gpointer data, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (BhAuditReport) report = g_new0 (BhAuditReport, 1);
  g_autoptr (BhAuditReport) doubts = g_new0 (BhAuditReport, 1);
  g_autoptr (GHashTable) stations =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, signed_free);
  g_autoptr (GHashTable) keys =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  Proof proof = { .desk = self, .report = report, .stations = stations, .keys = keys };
  gboolean ok;

  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      (tx = bh_store_begin_read (self->store, error)) == NULL ||
      !gather (&proof, trust, doubts, error))
    return NULL;
  proof.previous = g_strdup ("");
  ok = prove (&proof, progress, data, error);
  g_free (proof.station);
  g_free (proof.previous);
  if (ok && !report->stopped && report->fault == BH_AUDIT_SOUND &&
      doubts->fault != BH_AUDIT_SOUND) {
    report->fault = doubts->fault;
    report->number = doubts->number;
    report->station = g_steal_pointer (&doubts->station);
    report->text = g_steal_pointer (&doubts->text);
  }
  return ok ? g_steal_pointer (&report) : NULL;
}

gboolean
bh_desk_audit_verify (BhDesk *self, gint64 *entries, char **bad, GError **error)
{
  g_autoptr (BhAuditReport) report = bh_desk_audit_examine (self, NULL, NULL, NULL, error);

  *entries = report != NULL ? report->entries : 0;
  *bad = report != NULL ? g_steal_pointer (&report->text) : NULL;
  return report != NULL;
}

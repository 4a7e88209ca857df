/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* F6: a station signs what it has written. */

#include "backhaul/receipt.h"
#include "checkpoint-private.h"

/* so often it is asked how old the newest checkpoint is */
#define LOOK_US G_TIME_SPAN_MINUTE

static BhCheckpoint *
new_checkpoint (BhDesk *self, gint64 from)
{
  BhCheckpoint *one = g_new0 (BhCheckpoint, 1);

  one->station = g_strdup (self->station);
  one->from = one->seq = from;
  one->at_us = bh_now_us ();
  return one;
}

static gboolean
broken (BhDesk *self, gint64 seq, GError **error)
{
  g_set_error (error, BH_ERROR, BH_ERROR_CORRUPT,
               "%s:%" G_GINT64_FORMAT ": the journal was altered here, nothing is signed; look"
               " with `audit verify`",
               self->station, seq);
  return FALSE;
}

/* Follows the chain from @base on and signs a span at a time. */
static gboolean
follow (BhDesk *self, BhSigner *signer, const BhCheckpoint *base, GPtrArray *signed_spans,
        GError **error)
{
  g_autoptr (BhTx) tx = bh_store_begin_read (self->store, error);
  gint64 seq = base != NULL ? base->seq : 0;
  g_autoptr (BhAuditReader) reader = NULL;
  g_autoptr (GByteArray) marks = g_byte_array_new ();
  g_autofree char *previous = g_strdup ("");
  g_autoptr (BhCheckpoint) span = new_checkpoint (self, seq);
  gboolean more = TRUE;

  /* the signed entry, too: what was signed once must still be what the rest stands on */
  if (tx == NULL || (reader = bh_store_audit_read_station (self->store, self->station,
                                                           base != NULL ? seq : 1, error)) == NULL)
    return FALSE;
  if (base == NULL)
    seq = 1;
  while (more) {
    BhAuditEntry entry;
    guchar mark[BH_AUDIT_MARK];
    g_autofree char *hash = NULL;

    if (!bh_audit_reader_next (reader, &entry, &more, error))
      return FALSE;
    if (more) {
      hash = bh_audit_entry_hash (&entry);
      if (entry.seq != seq || entry.hides || !g_str_equal (entry.hash, hash))
        return broken (self, seq, error);
      if (base != NULL && seq == base->seq) {
        if (!g_str_equal (hash, base->hash))
          return broken (self, seq, error);
      } else {
        if (!g_str_equal (entry.previous, previous))
          return broken (self, seq, error);
        bh_audit_mark (&entry, mark);
        g_byte_array_append (marks, mark, sizeof mark);
        span->seq = seq;
      }
      g_free (previous);
      previous = g_steal_pointer (&hash);
      seq++;
    } else if (base != NULL && seq == base->seq) {
      return broken (self, seq, error);
    }
    if (span->seq > span->from && (!more || span->seq - span->from == BH_CHECKPOINT_SPAN)) {
      BhCheckpoint *next = new_checkpoint (self, span->seq);

      span->hash = g_strdup (previous);
      span->marks = g_base64_encode (marks->data, marks->len);
      g_byte_array_set_size (marks, 0);
      bh_signer_sign (signer, span);
      g_ptr_array_add (signed_spans, g_steal_pointer (&span));
      span = next;
    }
  }
  return TRUE;
}

static gboolean
write_key (BhDesk *self, const BhWhen *when, const char *before, const char *after,
           const char *reason, GError **error)
{
  g_autofree char *entity = g_strconcat ("station:", self->station, NULL);
  g_autofree char *text =
      reason != NULL ? g_strdup_printf ("%s: %s", after, reason) : g_strdup (after);

  return bh_store_add_station_key (self->store, self->station, after, when->at_us, self->operator,
                                   error) &&
         bh_desk_audit (self, when->act, "station-key", entity, before, text, when->at_us, error);
}

/* Of two that begin at once the second finds the first one's. */
static gboolean
enter_first_key (BhDesk *self, const char *key, GError **error)
{
  g_autoptr (BhTx) tx = bh_desk_begin (self, error);
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *chain = g_strconcat ("audit:", self->station, NULL);
  const BhWhen now = { .act = act, .at_us = bh_now_us () };
  g_autoptr (GPtrArray) keys = NULL;

  if (tx == NULL || !bh_store_lock_key (self->store, chain, error) ||
      (keys = bh_store_station_keys (self->store, self->station, error)) == NULL)
    return FALSE;
  return keys->len > 0 ||
         (write_key (self, &now, NULL, key, NULL, error) && bh_tx_commit (tx, error));
}

/* The key in use is this user's; entered when the station has none. */
static gboolean
may_sign (BhDesk *self, const char *key, GError **error)
{
  const BhStationKey *newest;

  for (guint tries = 0; tries < 2; tries++) {
    g_autoptr (GPtrArray) keys = bh_store_station_keys (self->store, self->station, error);

    if (keys == NULL)
      return FALSE;
    if (keys->len == 0) {
      if (!enter_first_key (self, key, error))
        return FALSE;
      continue;
    }
    newest = g_ptr_array_index (keys, keys->len - 1);
    if (g_str_equal (newest->key, key))
      return TRUE;
  }
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: this user's key is not the station's; sign where that one is, or give the"
               " station this key with `audit key --new`",
               self->station);
  return FALSE;
}

static gboolean
write_spans (BhDesk *self, GPtrArray *spans, GError **error)
{
  g_autoptr (BhTx) tx = bh_desk_begin (self, error);

  if (tx == NULL)
    return FALSE;
  for (guint i = 0; i < spans->len; i++)
    if (!bh_store_add_checkpoint (self->store, g_ptr_array_index (spans, i), error))
      return FALSE;
  return bh_tx_commit (tx, error);
}

static gboolean
is_signed_up_to (BhDesk *self, const BhCheckpoint *base, gint64 *unsigned_entries, GError **error)
{
  g_autofree char *hash = NULL;
  gint64 tip = 0;

  if (!bh_store_audit_tip (self->store, self->station, &tip, &hash, error))
    return FALSE;
  *unsigned_entries = tip - (base != NULL ? base->seq : 0);
  return TRUE;
}

static gboolean
sign_from (BhDesk *self, const char *folder, const BhCheckpoint *base, BhCheckpoint **made,
           GError **error)
{
  g_autoptr (BhSigner) signer = bh_signer_open (folder, self->station, error);
  g_autoptr (GPtrArray) spans =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_checkpoint_free);

  if (signer == NULL || !may_sign (self, bh_signer_key (signer), error))
    return FALSE;
  if (base != NULL && !bh_checkpoint_is_signed (base))
    return broken (self, base->seq, error);
  if (!follow (self, signer, base, spans, error) || !write_spans (self, spans, error))
    return FALSE;
  if (made != NULL && spans->len > 0)
    *made = g_ptr_array_steal_index (spans, spans->len - 1);
  self->written = 0;
  return TRUE;
}

gboolean
bh_desk_checkpoint (BhDesk *self, const char *folder, BhCheckpoint **made, GError **error)
{
  g_autoptr (BhCheckpoint) base = NULL;
  gint64 unsigned_entries = 0;

  if (made != NULL)
    *made = NULL;
  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      !bh_store_newest_checkpoint (self->store, self->station, &base, error) ||
      !is_signed_up_to (self, base, &unsigned_entries, error))
    return FALSE;
  return unsigned_entries == 0 || sign_from (self, folder, base, made, error);
}

gboolean
bh_desk_checkpoint_if_due (BhDesk *self, const char *folder, gboolean run_ends, GError **error)
{
  gint64 now_us = g_get_monotonic_time ();
  g_autoptr (BhCheckpoint) base = NULL;
  gint64 unsigned_entries = 0;

  if (self->written == 0 || (!run_ends && self->written < BH_CHECKPOINT_ENTRIES &&
                             self->looked_us != 0 && now_us - self->looked_us < LOOK_US))
    return TRUE;
  self->looked_us = now_us;
  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      !bh_store_newest_checkpoint (self->store, self->station, &base, error) ||
      !is_signed_up_to (self, base, &unsigned_entries, error))
    return FALSE;
  if (unsigned_entries < 0)
    return broken (self, base->seq, error);
  if (unsigned_entries > 0 && (run_ends || unsigned_entries >= BH_CHECKPOINT_ENTRIES ||
                               (base != NULL && bh_now_us () - base->at_us >= BH_CHECKPOINT_US)))
    return sign_from (self, folder, base, NULL, error);
  return TRUE;
}

gboolean
bh_desk_set_station_key (BhDesk *self, const BhWhen *when, const char *folder, const char *reason,
                         GError **error)
{
  g_autoptr (BhSigner) signer = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (BhTx) tx = NULL;
  const BhStationKey *newest;

  if (!bh_desk_require (self, BH_MAY_STATIONS, error) ||
      (signer = bh_signer_open (folder, self->station, error)) == NULL ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      (keys = bh_store_station_keys (self->store, self->station, error)) == NULL)
    return FALSE;
  newest = keys->len > 0 ? g_ptr_array_index (keys, keys->len - 1) : NULL;
  return (newest != NULL && g_str_equal (newest->key, bh_signer_key (signer))) ||
         (write_key (self, when, newest != NULL ? newest->key : NULL, bh_signer_key (signer),
                     reason, error) &&
          bh_tx_commit (tx, error));
}

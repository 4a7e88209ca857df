/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "backhaul/audit.h"
#include "backhaul/audit-entry.h"
#include "desk-private.h"

#include <string.h>

/* Each field with its length before it, so that no two different entries have
 * the same bytes; a missing one differs from an empty one. */
static void
add_field (GChecksum *sum, const char *value)
{
  g_autofree char *length = NULL;

  if (value == NULL) {
    g_checksum_update (sum, (const guchar *) "-;", 2);
    return;
  }
  length = g_strdup_printf ("%" G_GSIZE_FORMAT ":", strlen (value));
  g_checksum_update (sum, (const guchar *) length, -1);
  g_checksum_update (sum, (const guchar *) value, (gssize) strlen (value));
}

char *
bh_audit_hash (const char *station, gint64 seq, gint64 at_us, const char *operator,
               const char * act, const char *what, const char *entity, const char *before,
               const char *after, const char *previous)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, seq);
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, at_us);
  const char *fields[] = { station, number, time,  operator, act, what,
                           entity,  before, after, previous };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    add_field (sum, fields[i]);
  return g_strdup (g_checksum_get_string (sum));
}

gboolean
bh_desk_audit (BhDesk *self, const char *act, const char *what, const char *entity,
               const char *before, const char *after, gint64 at_us, GError **error)
{
  g_autofree char *previous = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *key = g_strconcat ("audit:", self->station, NULL);
  gint64 seq = 0;

  /* two processes of one station must not both continue the same entry */
  if (!bh_store_lock_key (self->store, key, error) ||
      !bh_store_audit_tip (self->store, self->station, &seq, &previous, error))
    return FALSE;
  seq++;
  hash = bh_audit_hash (self->station, seq, at_us, self->operator, act, what, entity, before, after,
                        previous);
  return bh_store_add_audit (self->store, self->station, seq, at_us, self->operator, act, what,
                             entity, before, after, previous, hash, error);
}

gboolean
bh_desk_audit_verify (BhDesk *self, gint64 *entries, char **bad, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (BhAuditReader) reader = NULL;
  g_autofree char *station = g_strdup ("");
  g_autofree char *previous = g_strdup ("");
  BhAuditEntry entry;
  gboolean more = FALSE;
  gint64 seq = 0;

  *entries = 0;
  *bad = NULL;
  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      (tx = bh_store_begin_read (self->store, error)) == NULL ||
      (reader = bh_store_audit_read (self->store, error)) == NULL)
    return FALSE;
  while (bh_audit_reader_next (reader, &entry, &more, error)) {
    g_autofree char *hash = NULL;

    if (!more)
      return TRUE;
    if (!g_str_equal (entry.station, station)) {
      g_free (station);
      g_free (previous);
      station = g_strdup (entry.station);
      previous = g_strdup ("");
      seq = 0;
    }
    seq++;
    hash = bh_audit_hash (entry.station, entry.seq, entry.at_us, entry.operator, entry.act,
                          entry.what, entry.entity, entry.before, entry.after, entry.previous);
    if (entry.seq != seq)
      *bad =
          g_strdup_printf ("%s:%" G_GINT64_FORMAT ": an entry is missing before %" G_GINT64_FORMAT,
                           station, seq, entry.seq);
    else if (!g_str_equal (entry.previous, previous))
      *bad = g_strdup_printf ("%s:%" G_GINT64_FORMAT ": does not follow the entry before it",
                              station, seq);
    else if (!g_str_equal (entry.hash, hash))
      *bad = g_strdup_printf ("%s:%" G_GINT64_FORMAT ": was altered", station, seq);
    if (*bad != NULL)
      return TRUE;
    (*entries)++;
    g_free (previous);
    previous = g_strdup (entry.hash);
  }
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "checkpoint-private.h"

#include <string.h>

/* Each field with its length before it, so that no two different entries have
 * the same bytes; a missing one differs from an empty one. */
static void
add_field (GChecksum *sum, const char *value)
{
  char length[24];

  if (value == NULL) {
    g_checksum_update (sum, (const guchar *) "-;", 2);
    return;
  }
  g_snprintf (length, sizeof length, "%" G_GSIZE_FORMAT ":", strlen (value));
  g_checksum_update (sum, (const guchar *) length, -1);
  g_checksum_update (sum, (const guchar *) value, (gssize) strlen (value));
}

char *
bh_audit_digest (const char *const *fields, gsize n)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (gsize i = 0; i < n; i++)
    add_field (sum, fields[i]);
  return g_strdup (g_checksum_get_string (sum));
}

char *
bh_audit_hash (const char *station, gint64 seq, gint64 at_us, const char *operator,
               const char * act, const char *what, const char *entity, const char *before,
               const char *after, const char *previous)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, seq);
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, at_us);
  const char *fields[] = { station, number, time,  operator, act, what,
                           entity,  before, after, previous };

  return bh_audit_digest (fields, G_N_ELEMENTS (fields));
}

void
bh_audit_mark (const BhAuditEntry *entry, guchar mark[BH_AUDIT_MARK])
{
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, entry->at_us);
  const char *fields[] = { time,          entry->operator, entry->act,
                           entry->what,   entry->entity,
                           entry->before, entry->after };
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    add_field (sum, fields[i]);
  g_checksum_get_digest (sum, digest, &size);
  memcpy (mark, digest, BH_AUDIT_MARK);
}

char *
bh_audit_entry_hash (const BhAuditEntry *entry)
{
  return bh_audit_hash (entry->station, entry->seq, entry->at_us, entry->operator, entry->act,
                        entry->what, entry->entity, entry->before, entry->after, entry->previous);
}

const char *
bh_audit_fault_name (BhAuditFault fault)
{
  static const char *const names[] = {
    [BH_AUDIT_SOUND] = "sound",       [BH_AUDIT_ALTERED] = "altered",
    [BH_AUDIT_REMOVED] = "removed",   [BH_AUDIT_REORDERED] = "reordered",
    [BH_AUDIT_INSERTED] = "inserted", [BH_AUDIT_KEY] = "key"
  };

  g_return_val_if_fail ((guint) fault < G_N_ELEMENTS (names), "sound");
  return names[fault];
}

void
bh_audit_report_free (BhAuditReport *self)
{
  if (self == NULL)
    return;
  g_free (self->station);
  g_free (self->text);
  g_free (self);
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
  self->written++;
  return bh_store_add_audit (self->store, self->station, seq, at_us, self->operator, act, what,
                             entity, before, after, previous, hash, error);
}

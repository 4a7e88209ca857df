/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * BhAuditEntry:
 *
 * One entry of a station's chain (RULES F6). Strings are borrowed from the
 * reader until its next step.
 */
typedef struct {
  const char *station;
  gint64 seq;
  gint64 at_us;
  const char *operator;
  const char *act;
  const char *what;
  const char *entity;
  const char *before; /* nullable */
  const char *after;  /* nullable */
  const char *previous;
  const char *hash;
  gboolean hides; /* a text of it has more behind a NUL than is read and hashed */
} BhAuditEntry;

typedef struct _BhAuditReader BhAuditReader;

/* Every entry, by station and number. Inside a transaction: there may be millions. */
BhAuditReader *bh_store_audit_read (BhStore *self, GError **error);
/* The same of one station, from its entry @from on. */
BhAuditReader *
bh_store_audit_read_station (BhStore *self, const char *station, gint64 from, GError **error);
gboolean bh_store_audit_count (BhStore *self, gint64 *entries, GError **error);
gboolean
bh_audit_reader_next (BhAuditReader *self, BhAuditEntry *entry, gboolean *more, GError **error);
void bh_audit_reader_free (BhAuditReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhAuditReader, bh_audit_reader_free)

G_END_DECLS

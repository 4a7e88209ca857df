/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/audit-entry.h"
#include "backhaul/audit.h"
#include "desk-private.h"

/* so many entries a checkpoint at most: what is read and held at once */
#define BH_CHECKPOINT_SPAN 4096
#define BH_AUDIT_MARK      8

/* SHA-256, hexadecimal, over fields of which no two different lists are the same bytes. */
char *bh_audit_digest (const char *const *fields, gsize n);
char *bh_audit_entry_hash (const BhAuditEntry *entry);
/* What the entry says, wherever it stands in the chain: whoever makes the whole chain anew
 * changes the mark of what was changed and of nothing else. */
void bh_audit_mark (const BhAuditEntry *entry, guchar mark[BH_AUDIT_MARK]);

/* A station's own key: a file of this user's that nobody else may read. */
typedef struct _BhSigner BhSigner;

/* @folder: (nullable): the user's own. Makes a key where there is none. */
BhSigner *bh_signer_open (const char *folder, const char *station, GError **error);
void bh_signer_free (BhSigner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhSigner, bh_signer_free)
/* The public part, hexadecimal. */
const char *bh_signer_key (BhSigner *self);
/* Fills in key and signature. */
void bh_signer_sign (BhSigner *self, BhCheckpoint *checkpoint);

/* Whether its signature is that of its key, over all that it says. */
gboolean bh_checkpoint_is_signed (const BhCheckpoint *checkpoint);

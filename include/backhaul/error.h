/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BhError:
 * @BH_ERROR_USAGE: the caller asked for something that does not exist; exit 2
 * @BH_ERROR_INPUT: a file, row, barcode or picture is bad; exit 3
 * @BH_ERROR_NO_SYMBOL: a picture without a readable barcode; exit 3
 * @BH_ERROR_REFUSED: a rule says no (the message names it); exit 1
 * @BH_ERROR_NOT_FOUND: nothing of that name is on record; exit 1
 * @BH_ERROR_FORBIDDEN: the operator's role does not allow it (RULES §2); exit 5
 * @BH_ERROR_BUSY: another station holds the store; the same act may be tried again; exit 4
 * @BH_ERROR_LOST: the connection broke in a commit: look the act up by its UUID; exit 4
 * @BH_ERROR_CONSTRAINT: the database refused a row that must never be; exit 4
 * @BH_ERROR_CORRUPT: the store is damaged: stop the station; exit 4
 * @BH_ERROR_NEWER: the store was written by a newer Backhaul; exit 4
 * @BH_ERROR_NOT_OURS: the file or database belongs to another program; exit 4
 * @BH_ERROR_READ_ONLY: the store cannot be written; exit 4
 * @BH_ERROR_FULL: the disk is full; nothing was written; exit 4
 * @BH_ERROR_STORE: any other failure of store or device; exit 4
 * @BH_ERROR_NO_COVERAGE: nothing entitles the unit to a replacement (N2); exit 1
 * @BH_ERROR_THIRD_PARTY: the part is not the vendor's (N3); exit 1
 * @BH_ERROR_ALREADY_AWAITED: an open RMA awaits the unit (I4); exit 1
 *
 * A code says what a caller can do about it. Messages read
 * "WHAT: WHY; WHAT TO DO" and are valid UTF-8 whatever the input was.
 */
typedef enum {
  BH_ERROR_USAGE,
  BH_ERROR_INPUT,
  BH_ERROR_NO_SYMBOL,
  BH_ERROR_REFUSED,
  BH_ERROR_NOT_FOUND,
  BH_ERROR_FORBIDDEN,
  BH_ERROR_BUSY,
  BH_ERROR_LOST,
  BH_ERROR_CONSTRAINT,
  BH_ERROR_CORRUPT,
  BH_ERROR_NEWER,
  BH_ERROR_NOT_OURS,
  BH_ERROR_READ_ONLY,
  BH_ERROR_FULL,
  BH_ERROR_STORE,
  BH_ERROR_NO_COVERAGE,
  BH_ERROR_THIRD_PARTY,
  BH_ERROR_ALREADY_AWAITED,
} BhError;

#define BH_ERROR (bh_error_quark ())

GQuark bh_error_quark (void);
/* The process exit status that CLI.md fixes for an error: 1 to 5. */
int bh_error_exit_status (const GError *error);
/* The stable word for "code" in {"error":{"code":…}}, as "no-symbol". */
const char *bh_error_code_name (const GError *error);
/* The rule that a message names in brackets, as "D4" of "… another RMA (D4); …";
 * NULL when it names none. The first one. (transfer full) */
char *bh_error_rule (const GError *error);

G_END_DECLS

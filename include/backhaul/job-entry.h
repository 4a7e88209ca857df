/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/**
 * SECTION:job-entry
 *
 * What a technician writes down of a job (RULES RA10), kind by kind. Entries are only
 * ever added: of a kind that has one value the newest holds, a reading replaces the one
 * of the same name, and a mistaken entry is struck by another.
 */
typedef enum {
  BH_ENTRY_SYMPTOM,
  BH_ENTRY_REPRODUCED, /* "yes" or "no" */
  BH_ENTRY_FAULT,      /* a fault code (R5) */
  BH_ENTRY_COMPONENT,  /* reference designator */
  BH_ENTRY_ACTION,
  BH_ENTRY_PART,    /* name: part number; value: serial, may be empty */
  BH_ENTRY_READING, /* name, value, low, high */
  BH_ENTRY_FIRMWARE_BEFORE,
  BH_ENTRY_FIRMWARE_AFTER,
  BH_ENTRY_PHOTO, /* name: of the file */
  BH_ENTRY_ENVIRONMENT,
  BH_ENTRY_HYPOTHESIS,
  BH_ENTRY_EVIDENCE,    /* name: "for" or "against", or none; value: what was seen */
  BH_ENTRY_ROOT_CAUSE,  /* FA */
  BH_ENTRY_CORRECTIVE,  /* FA */
  BH_ENTRY_CONTAINMENT, /* FA */
  BH_ENTRY_HEADING,     /* FA: name "D0" … "D8" of an 8D report */
  BH_ENTRY_DESTRUCTIVE, /* FA, after consent (RA2) */
  BH_ENTRY_CONSENT,     /* name: who consents, value: on which day (RA2) */
  BH_ENTRY_PRESENT,     /* name: component; value: its serial, may be empty (RA7) */
  BH_ENTRY_MISSING,     /* name: component (RA7) */
  BH_ENTRY_TAKEN,       /* name: who has it now; value: why */
  BH_ENTRY_RETURNED,    /* name: "customer" or "stock"; value: carrier and number, may be empty */
  BH_ENTRY_STRIKE,      /* value: number of the entry that does not hold */
  BH_ENTRY_LAST
} BhEntryKind;

const char *bh_entry_kind_name (BhEntryKind kind); /* "symptom" … */
gboolean bh_entry_kind_parse (const char *text, BhEntryKind *kind);
/* The newest holds; else each adds to the others. */
gboolean bh_entry_kind_is_single (BhEntryKind kind);
/* Only an FA has it (RA10). */
gboolean bh_entry_kind_is_fa (BhEntryKind kind);
/* What a result wants of it, in words, as "no symptom reported" (RA10); NULL: nothing. */
const char *bh_entry_kind_missing (BhEntryKind kind, gboolean fa);

/**
 * BhTestReading:
 * @value: a decimal number as it was given; @low, @high: (nullable): its limits
 */
typedef struct {
  char *name;
  char *value;
  char *low;
  char *high;
} BhTestReading;

void bh_test_reading_clear (BhTestReading *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhTestReading, bh_test_reading_clear)

/* A finite decimal number, "-12.5" or "3e-9", whatever the locale. */
gboolean bh_number_parse (const char *text, double *number);
/* NAME=VALUE[:LOW:HIGH]. Errors: %BH_ERROR_INPUT. */
gboolean bh_test_reading_parse (const char *text, BhTestReading *reading, GError **error);
/* Checks what was given piece by piece: a number, limits in order. */
gboolean bh_test_reading_check (const BhTestReading *reading, GError **error);
/* Within its limits; *judged FALSE: it has none. */
gboolean bh_reading_passes (const char *value, const char *low, const char *high, gboolean *judged);

G_END_DECLS

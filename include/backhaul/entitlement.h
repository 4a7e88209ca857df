/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendar.h"

G_BEGIN_DECLS

/* The guide's table 5 has three ways to a working unit. */
typedef enum {
  BH_REPLACE_NONE,              /* support without hardware: Core */
  BH_REPLACE_RETURN_TO_FACTORY, /* repaired or replaced after its receipt (C4) */
  BH_REPLACE_ADVANCE,           /* shipped before the faulty unit is back (C5) */
} BhReplacement;

const char *bh_replacement_name (BhReplacement replacement); /* "return-to-factory" … */

/* What is promised of an advance replacement. */
typedef enum {
  BH_PROMISE_NONE,
  BH_PROMISE_HOURS,             /* delivered within @hours */
  BH_PROMISE_NEXT_DAY_DELIVERY, /* delivered on the next business day */
  BH_PROMISE_NEXT_DAY_SHIP,     /* shipped on the next business day */
} BhPromise;

const char *bh_promise_name (BhPromise promise); /* "next-day-delivery" …; NULL: none */

/**
 * BhLevel:
 * @name: "Next-Day Onsite", as the guide's table 5 writes it
 * @hours: of %BH_PROMISE_HOURS, else 0
 * @onsite: a technician comes with the part
 * @grants: the option in words, untranslated
 *
 * A column of the guide's table 5, read downwards (RULES N4).
 */
typedef struct {
  const char *name;
  BhReplacement replacement;
  BhPromise promise;
  int hours;
  gboolean onsite;
  const char *grants;
} BhLevel;

/* (array length=n) (transfer none): all levels, in the order of table 5 */
const BhLevel *bh_levels (gsize *n);
/* (array zero-terminated=1) (transfer none): their names alone, in the same order */
const char *const *bh_level_names (void);
/* NULL: no such level. Case, blanks and dashes do not matter: "next day ship". */
const BhLevel *bh_level_find (const char *name);
/* What the product warranty gives (guide 8.2.2): as Core Plus, under its own name. */
const BhLevel *bh_warranty_level (void);

typedef enum {
  BH_COVER_NONE,
  BH_COVER_CONTRACT,
  BH_COVER_WARRANTY,
  BH_COVER_THIRD_PARTY, /* never covered (N3) */
} BhCoverKind;

const char *bh_cover_kind_name (BhCoverKind kind); /* "none", "contract" … */

/**
 * BhCoverFacts:
 * @known: the serial is a unit on record
 * @product_known: its part is a product on record
 *
 * What the store knows of a unit, dates as stored. Nothing is checked yet: this
 * is what is judged. Any member may be %NULL or "".
 */
typedef struct {
  const char *serial;
  gboolean known;
  const char *part;
  gboolean product_known;
  gboolean third_party;
  const char *shipped;
  const char *registered;
  const char *distributor;
  const char *contract;
  const char *contract_level;
  const char *contract_until;
} BhCoverFacts;

/**
 * BhCoverage:
 * @level: (nullable): what it grants; %NULL when nothing is granted
 * @from: first day covered; %BH_DAY_NONE: not on record (contracts) or not covered
 * @until: last day covered; of no coverage the day on which the last one ended, if any
 * @rule: (transfer none): "N2" or "N3"
 * @reason: a clause for people, why it is so, with the dates
 * @doubt: (nullable): what contradicts itself on record and counted for nothing
 *
 * The answer of RULES N2, N3. %BH_COVER_CONTRACT and %BH_COVER_WARRANTY entitle
 * to a replacement, the others do not.
 */
typedef struct {
  BhCoverKind kind;
  const BhLevel *level;
  BhDay from;
  BhDay until;
  const char *rule;
  char *reason;
  char *doubt;
} BhCoverage;

void bh_coverage_clear (BhCoverage *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhCoverage, bh_coverage_clear)

/**
 * bh_coverage_judge:
 * @on: the day that is asked for, in the destination's zone
 * @coverage: (out): cleared with bh_coverage_clear()
 *
 * RULES N2 in its order: third-party (N3), active contract whose level replaces
 * hardware (N4), product warranty, none. A record that contradicts itself is never
 * guessed right: it counts for nothing and @coverage->doubt says what to correct.
 */
void bh_coverage_judge (const BhCoverFacts *facts, BhDay on, BhCoverage *coverage);
/* contract or warranty */
gboolean bh_coverage_entitles (const BhCoverage *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-calls.h"

G_BEGIN_DECLS

/* What comes next for a unit at the bench (R1); each a screen's state. */
typedef enum {
  BH_STEP_NOT_RECEIVED, /* no RMA took it in (RA4) */
  BH_STEP_SCAN_IN,      /* RA4 */
  BH_STEP_BEGIN,
  BH_STEP_APPROVE, /* RA5, and this is a supervisor */
  BH_STEP_BARRED,  /* RA3, RA5 or RA6 */
  BH_STEP_TAKE,    /* another has it in hand */
  BH_STEP_INTAKE,  /* RA7 */
  BH_STEP_WRITE,   /* RA10: an entry of @entry */
  BH_STEP_POST,
  BH_STEP_POSTED,
  BH_STEP_VOID, /* RA7, or an FA follows */
} BhStepKind;

/**
 * BhNextStep:
 * @title: in few words
 * @about: why, with reasons and dates
 * @go: (nullable): label of what does it; %NULL: it is done elsewhere on screen
 */
typedef struct {
  BhStepKind kind;
  BhEntryKind entry;
  char *title;
  char *about;
  const char *go;
} BhNextStep;

void bh_next_step_clear (BhNextStep *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhNextStep, bh_next_step_clear)

/* @correcting: a posted result is being corrected (RA9). Cleared with bh_next_step_clear(). */
void bh_next_step_find (const BhBenchSight *sight, gboolean correcting, BhNextStep *step);
/* (transfer full): all steps in a line: done, this one, still to come */
char *bh_steps_words (const BhBenchSight *sight, const BhNextStep *now);
/* Whether things may be written down of it by who works here. */
gboolean bh_step_may_write (const BhBenchSight *sight, gboolean correcting);
/* What is written down of a kind, as a heading: "Symptom reported" */
const char *bh_entry_kind_words (BhEntryKind kind);

G_END_DECLS

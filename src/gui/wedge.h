/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION:wedge
 *
 * Tells a scanner that types (a keyboard wedge) from a person who types, by
 * the pace of the keys (ASKS S1, S3-S6, S9). Pure: it is given keys with their
 * times and says what becomes of them; the caller holds the events back.
 */

typedef struct {
  guint gap_ms;     /* 35: keys of a scan follow each other at least this fast */
  guint min_length; /* 4: fewer characters are typing */
  guint pause_ms;   /* 300: a burst that rests this long has ended without a terminator;
                     * 0: never, it is given back as typing */
  guint max_length; /* 4096: a longer burst is cut and said (S6) */
} BhWedgeRules;

typedef enum {
  BH_WEDGE_CHARACTER,
  BH_WEDGE_TERMINATOR, /* Return, Tab or what the site's scanner sends */
  BH_WEDGE_MODIFIER,   /* Shift and its like: part of neither */
  BH_WEDGE_OTHER,      /* arrows, F-keys, shortcuts: never part of a scan */
} BhWedgeClass;

/* @text: UTF-8 of a character key under the session's layout, or U+FFFD.
 * @us: of the same key on a US keyboard (S7); 0: none. @control: it is a control character (S8),
 * which can only go on a burst; as a first key it is a shortcut. @repeated: a held key. */
typedef struct {
  guint32 time_ms;
  BhWedgeClass class;
  char text[8];
  char us;
  gboolean control;
  gboolean repeated;
} BhWedgeKey;

/**
 * BhWedgeStep:
 * @replay: hand the keys held so far to whatever has the focus, first
 * @scan: (nullable): a scan ended; the keys held so far are its, drop them
 * @us: (nullable): @scan as the keys of a US keyboard, where each has a character there
 * @recognised: the caller's: the two were exchanged, as the layout's reading was no code
 * @slowest_ms: the longest gap between two characters of @scan
 * @unterminated: @scan ended by a pause or by its length (S6)
 * @hold: keep this key back; else, with @swallow unset, let it through
 * @swallow: drop this key: it ended a scan
 * @typed: @scan came at a person's pace (D19)
 */
typedef struct {
  gboolean replay;
  GString *scan;
  GString *us;
  gboolean recognised;
  guint slowest_ms;
  gboolean unterminated;
  gboolean hold;
  gboolean swallow;
  gboolean typed;
} BhWedgeStep;

void bh_wedge_step_clear (BhWedgeStep *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BhWedgeStep, bh_wedge_step_clear)

typedef struct _BhWedge BhWedge;

void bh_wedge_rules_init (BhWedgeRules *rules);
BhWedge *bh_wedge_new (const BhWedgeRules *rules);
void bh_wedge_free (BhWedge *self);
/* From the next key on. */
void bh_wedge_set_rules (BhWedge *self, const BhWedgeRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhWedge, bh_wedge_free)

/* No text field has the focus: nobody misses the keys while a halting scanner is waited
 * for. Text that ends with Return is then a scan at any pace. */
void bh_wedge_set_patient (BhWedge *self, gboolean patient);
void bh_wedge_key (BhWedge *self, const BhWedgeKey *key, BhWedgeStep *step);
/* Nothing came for bh_wedge_wait_ms() since the last key. */
void bh_wedge_rest (BhWedge *self, BhWedgeStep *step);
/* 0: nothing is held back */
guint bh_wedge_wait_ms (BhWedge *self);

/* The character on a US keyboard of a hardware key code (evdev + 8), 0 when it
 * has none: what a scanner set to US means under any layout (S7). */
char bh_wedge_us_character (guint keycode, gboolean shift);

G_END_DECLS

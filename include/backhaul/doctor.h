/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION:doctor
 *
 * What stands on the scanner doctor's sheet (ASKS S7): three Code 128, so that a laser
 * that knows lines only reads them too. They are scanned in this order; from what comes
 * in, the setting that is wrong follows.
 *
 * Each that has letters begins with %BH_DOCTOR_MARK: B, C, D, H, O, R, T lie on the same keys
 * of the US, British, German, French, Spanish, Italian and Nordic layouts, so the code is
 * known again however wrong the layout is.
 *
 * - %BH_DOCTOR_LAYOUT: what differs from its text says the layout: Q/A and W/Z swapped is
 *   French, Y/Z swapped German; @ and # (or the double quote) swapped British; small letters
 *   for capitals and the reverse: Caps Lock.
 * - %BH_DOCTOR_ZEROS: digits only. Fewer zeros in front: the scanner or a conversion strips them
 *   (S10). More: it pads. Digits as other characters: a French layout.
 * - %BH_DOCTOR_CONTROL: GS (0x1d) and RS (0x1e) between letters. Nothing between the letters:
 *   the control characters are lost (S8); a stand-in ("^]", "<GS>", "{GS}") is as good.
 *
 * The same text twice in one scan, or two scans within some milliseconds: two channels (S9).
 * What comes after the text is the terminator; nothing and no gap before the next: none is
 * set (S6).
 */
#define BH_DOCTOR_MARK "BHDOCTOR"
/* after the mark: letters that layouts swap, a small one, what identifiers and envelopes use */
#define BH_DOCTOR_LAYOUT                                                                           \
  BH_DOCTOR_MARK "B"                                                                               \
                 "QWAZYMa"                                                                         \
                 "-_/.:;+=@#[]|&"
#define BH_DOCTOR_ZEROS      "000290417365"
#define BH_DOCTOR_ZERO_COUNT 3 /* in front of BH_DOCTOR_ZEROS */
#define BH_DOCTOR_CONTROL    BH_DOCTOR_MARK "D\035L\036R"
/* as above with both control characters lost */
#define BH_DOCTOR_CONTROL_LOST BH_DOCTOR_MARK "DLR"

/**
 * BhFinding:
 *
 * What the scanner doctor found; the text of each, and what to do, is bh_finding_text().
 */
typedef enum {
  BH_FINDING_WELL,
  BH_FINDING_FRENCH,       /* letters as an AZERTY keyboard gives them */
  BH_FINDING_GERMAN,       /* as a QWERTZ keyboard */
  BH_FINDING_EUROPEAN,     /* letters right, signs not: British and others */
  BH_FINDING_CAPS,         /* capitals and small letters exchanged */
  BH_FINDING_CASE,         /* all letters of one case: the scanner converts */
  BH_FINDING_CHANGED,      /* something else differs */
  BH_FINDING_ZEROS_LOST,   /* S10 */
  BH_FINDING_ZEROS_ADDED,  /* S10 */
  BH_FINDING_CONTROL_LOST, /* S8 */
  BH_FINDING_DOUBLED,      /* S9 */
  BH_FINDING_NO_END,       /* S6 */
  BH_FINDING_ADDED,        /* a prefix or suffix that is no end mark */
  BH_FINDING_MISSING,      /* a code of the sheet did not come */
  BH_FINDING_LAST
} BhFinding;

/**
 * bh_doctor_examine:
 * @scans: (array length=n): what came in, as the terminator or the device divided it; UTF-8
 *
 * Compares what came in with what stands on the sheet. Pure; texts may be of any kind.
 *
 * Returns: a bit 1 << #BhFinding each; 1 << %BH_FINDING_WELL alone: nothing is wrong.
 */
guint bh_doctor_examine (const char *const *scans, gsize n);
/* Untranslated: @what came in, and @cure: which setting to change. */
void bh_finding_text (BhFinding finding, const char **what, const char **cure);
/* "lost-zeros": for programs */
const char *bh_finding_name (BhFinding finding);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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

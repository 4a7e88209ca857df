/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/doctor.h"

#include <string.h>

typedef enum { LAYOUT, ZEROS, CONTROL, N_CODES } Code;

static const struct {
  const char *name;
  const char *what;
  const char *cure;
} findings[] = {
  [BH_FINDING_WELL] = { "well", "All three codes came in as they are printed.",
                        "Nothing to change." },
  [BH_FINDING_FRENCH] = { "french-layout", "Letters came in as a French keyboard has them.",
                          "Set the scanner's keyboard to US and this station's to US, or the "
                          "scanner's to French." },
  [BH_FINDING_GERMAN] = { "german-layout", "Y and Z came in exchanged, as on a German keyboard.",
                          "Set the scanner's keyboard to US and this station's to US, or the "
                          "scanner's to German." },
  [BH_FINDING_EUROPEAN] = { "other-layout",
                            "Signs such as @ and # came in as another keyboard has them, British "
                            "for one.",
                            "Set the scanner's keyboard to that of this station, or both to US." },
  [BH_FINDING_CAPS] = { "caps-lock", "Capitals came in as small letters, and the reverse.",
                        "Press Caps Lock once, or set the scanner to override it." },
  [BH_FINDING_CASE] = { "case-converted", "All letters came in as capitals, or all as small ones.",
                        "Switch case conversion off in the scanner." },
  [BH_FINDING_CHANGED] = { "changed", "Some characters came in as others.",
                           "Set the scanner to its factory defaults, then its keyboard to US." },
  [BH_FINDING_ZEROS_LOST] = { "zeros-lost", "Zeros in front of a number were lost.",
                              "Switch the removal of leading zeros off in the scanner." },
  [BH_FINDING_ZEROS_ADDED] = { "zeros-added", "Zeros were added in front of a number.",
                               "Switch padding with zeros, or the conversion of UPC and EAN, off "
                               "in "
                               "the scanner." },
  [BH_FINDING_CONTROL_LOST] = { "control-lost",
                                "The control characters GS and RS were lost, so fields of one code "
                                "run together.",
                                "Set the scanner to send control characters, as Ctrl and a key or "
                                "as "
                                "they are." },
  [BH_FINDING_DOUBLED] = { "doubled", "A code came in twice.",
                           "Switch one of the scanner's two connections off: keyboard or serial." },
  [BH_FINDING_NO_END] = { "no-end-mark", "Codes came in as one text: nothing ends them.",
                          "Set the scanner's suffix to Enter (CR)." },
  [BH_FINDING_ADDED] = { "text-added", "The scanner sets a text in front of or behind each code.",
                         "Remove the scanner's prefix and suffix; leave Enter (CR) as its end "
                         "mark." },
  [BH_FINDING_MISSING] = { "missing", "Not all three codes came in.",
                           "Scan the three codes again, from top to bottom. A code that never "
                           "comes "
                           "in: enable Code 128 in the scanner." },
};

G_STATIC_ASSERT (G_N_ELEMENTS (findings) == BH_FINDING_LAST);

void
bh_finding_text (BhFinding finding, const char **what, const char **cure)
{
  g_return_if_fail ((guint) finding < BH_FINDING_LAST);
  *what = findings[finding].what;
  *cure = findings[finding].cure;
}

const char *
bh_finding_name (BhFinding finding)
{
  g_return_val_if_fail ((guint) finding < BH_FINDING_LAST, "well");
  return findings[finding].name;
}

#define BIT(finding) (1u << BH_FINDING_##finding)

/* ---- which code it was ------------------------------------------------------------- */

/* Where the mark stands, in whatever case; NULL: nowhere. */
static const char *
find_mark (const char *text)
{
  gsize length = strlen (BH_DOCTOR_MARK);

  for (const char *at = text; at != NULL && *at != 0; at++)
    if (g_ascii_strncasecmp (at, BH_DOCTOR_MARK, length) == 0)
      return at;
  return NULL;
}

/* The digits as a French keyboard has them without Shift, two bytes some. */
static gboolean
french_digits (const char *text)
{
  static const char *const keys[] = { "à", "&", "é", "\"", "'", "(", "-", "è", "_", "ç" };

  while (*text != '\0') {
    gsize i = 0;

    while (i < G_N_ELEMENTS (keys) && !g_str_has_prefix (text, keys[i]))
      i++;
    if (i == G_N_ELEMENTS (keys))
      return FALSE;
    text += strlen (keys[i]);
  }
  return TRUE;
}

static gboolean
has_zeros (const char *text)
{
  return strstr (text, BH_DOCTOR_ZEROS + BH_DOCTOR_ZERO_COUNT) != NULL;
}

/* ---- each code ------------------------------------------------------------------------ */

static guint
examine_letters (const char *body)
{
  static const char right[] = "QWAZYMa";
  static const char small[] = "qwazyma";
  g_autofree char *head = g_strndup (body, 5);
  g_autofree char *lower = g_ascii_strdown (head, -1);

  if (g_str_equal (lower, "azqwy"))
    return BIT (FRENCH);
  if (g_str_equal (lower, "qwayz"))
    return BIT (GERMAN);
  if (g_ascii_strncasecmp (body, right, strlen (right)) != 0)
    return BIT (CHANGED);
  if (strncmp (body, right, strlen (right)) == 0)
    return 0;
  if (strncmp (body, "qwazymA", strlen (right)) == 0)
    return BIT (CAPS);
  return strncmp (body, small, strlen (small)) == 0 ||
                 strncmp (body, "QWAZYMA", strlen (small)) == 0
             ? BIT (CASE)
             : BIT (CHANGED);
}

/* @text from the mark on */
static guint
examine_layout (const char *text)
{
  const char *body = text + strlen (BH_DOCTOR_MARK) + 1;
  const char *signs = BH_DOCTOR_LAYOUT + strlen (BH_DOCTOR_MARK) + 1 + 7;
  guint found = strlen (body) >= 7 ? examine_letters (body) : BIT (CHANGED);

  if ((found & (BIT (FRENCH) | BIT (GERMAN) | BIT (CHANGED))) != 0)
    return found;
  body += 7;
  if (g_str_has_prefix (body, signs))
    return found | (body[strlen (signs)] != '\0' ? BIT (ADDED) : 0);
  /* those that lie on the same keys of the US and the British layout, then @ */
  return found | (g_str_has_prefix (body, "-_/.:;+=\"") ? BIT (EUROPEAN) : BIT (CHANGED));
}

static guint
examine_zeros (const char *text)
{
  const char *digits = strstr (text, BH_DOCTOR_ZEROS + BH_DOCTOR_ZERO_COUNT);
  guint found = 0;
  gsize zeros = 0;

  if (digits == NULL)
    return BIT (FRENCH);
  while (digits > text && digits[-1] == '0') {
    digits--;
    zeros++;
  }
  if (zeros < BH_DOCTOR_ZERO_COUNT)
    found |= BIT (ZEROS_LOST);
  else if (zeros > BH_DOCTOR_ZERO_COUNT)
    found |= BIT (ZEROS_ADDED);
  /* what ends in a zero in front, as "]C0", adds none */
  if (digits > text)
    found = (found & ~BIT (ZEROS_ADDED)) | BIT (ADDED);
  if (strlen (digits) > zeros + strlen (BH_DOCTOR_ZEROS) - BH_DOCTOR_ZERO_COUNT)
    found |= BIT (ADDED);
  return found;
}

/* Control characters as they are, or any of their usual stand-ins, between the letters. */
static guint
examine_control (const char *text)
{
  g_autofree char *upper = g_ascii_strup (text, -1);
  const char *body = upper + strlen (BH_DOCTOR_MARK) + 1;
  const char *l = strchr (body, 'L');
  const char *r = l != NULL ? strchr (l, 'R') : NULL;
  /* "<RS>" has an R of its own */
  const char *last = r != NULL ? strrchr (body, 'R') : NULL;

  if (last == NULL)
    return BIT (CHANGED);
  if (l == body || last == l + 1)
    return BIT (CONTROL_LOST);
  return last[1] != '\0' ? BIT (ADDED) : 0;
}

/* ---- one scan -------------------------------------------------------------------------- */

/* X + X is X, on two channels (S9). */
static char *
undouble (const char *text, guint *found)
{
  gsize length = strlen (text);

  if (length > 0 && length % 2 == 0 && memcmp (text, text + length / 2, length / 2) == 0) {
    *found |= BIT (DOUBLED);
    return g_strndup (text, length / 2);
  }
  return g_strdup (text);
}

static guint
examine_one (const char *text, gboolean seen[N_CODES])
{
  guint found = 0;
  g_autofree char *one = undouble (text, &found);
  const char *mark = find_mark (one);
  const char *second = mark != NULL ? find_mark (mark + strlen (BH_DOCTOR_MARK)) : NULL;
  Code code = ZEROS;

  if (second != NULL || (mark != NULL && has_zeros (one))) {
    /* what runs together cannot be told apart: it is looked at once that is mended */
    seen[LAYOUT] = seen[ZEROS] = seen[CONTROL] = TRUE;
    return found | BIT (NO_END);
  }
  if (mark != NULL) {
    char letter = g_ascii_toupper (mark[strlen (BH_DOCTOR_MARK)]);

    if (letter != 'B' && letter != 'D')
      return found | BIT (CHANGED);
    code = letter == 'B' ? LAYOUT : CONTROL;
    if (mark > one)
      found |= BIT (ADDED);
  } else if (!has_zeros (one) && !french_digits (one)) {
    return found | BIT (CHANGED);
  }
  if (seen[code])
    found |= BIT (DOUBLED);
  seen[code] = TRUE;
  return found | (code == LAYOUT    ? examine_layout (mark)
                  : code == CONTROL ? examine_control (mark)
                                    : examine_zeros (one));
}

guint
bh_doctor_examine (const char *const *scans, gsize n)
{
  gboolean seen[N_CODES] = { FALSE };
  guint found = 0;

  for (gsize i = 0; i < n; i++)
    if (*scans[i] != '\0')
      found |= examine_one (scans[i], seen);
  if (!seen[LAYOUT] || !seen[ZEROS] || !seen[CONTROL])
    found |= BIT (MISSING);
  return found != 0 ? found : BIT (WELL);
}

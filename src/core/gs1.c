/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "wrapper.h"

#include <string.h>

/* GS1 General Specifications, figure 7.8.5-2: element strings of predefined
 * length need no separator; all others run to FNC1 or the end. Lengths count
 * the identifier's own two digits. */
static const struct {
  const char *prefix;
  gsize length;
} fixed[] = {
  { "00", 20 }, { "01", 16 }, { "02", 16 }, { "03", 16 }, { "04", 18 }, { "11", 8 },
  { "12", 8 },  { "13", 8 },  { "14", 8 },  { "15", 8 },  { "16", 8 },  { "17", 8 },
  { "18", 8 },  { "19", 8 },  { "20", 4 },  { "31", 10 }, { "32", 10 }, { "33", 10 },
  { "34", 10 }, { "35", 10 }, { "36", 10 }, { "41", 16 },
};

/* The identifiers that say something of a return, and how many digits the
 * others have by their first two (GS1 General Specifications 3.2) */
static const struct {
  const char *ai;
  BhKind kind;
} known[] = {
  { "01", BH_KIND_GTIN },      { "21", BH_KIND_SERIAL }, { "240", BH_KIND_PART },
  { "241", BH_KIND_PART },     { "400", BH_KIND_ORDER }, { "00", BH_KIND_UNKNOWN },
  { "401", BH_KIND_TRACKING },
};

static gsize
ai_digits (const char *text)
{
  switch (text[0]) {
  case '0':
  case '1':
    return 2;
  case '2':
    return text[1] <= '2' ? 2 : 3;
  case '3':
    return text[1] == '0' || text[1] == '7' ? 2 : text[1] <= '6' || text[1] == '9' ? 4 : 0;
  case '4':
    return text[1] == '3' ? 4 : text[1] <= '2' ? 3 : 0;
  case '7':
    return text[1] == '1' || text[1] == '2' ? (text[1] == '1' ? 3 : 4) : text[1] == '0' ? 4 : 0;
  case '8':
    return text[1] <= '2' ? 4 : 0;
  case '9':
    return 2;
  default:
    return 0;
  }
}

static gboolean
gtin_valid (const char *digits, gsize n)
{
  guint sum = 0;

  if (n != 14)
    return FALSE;
  for (gsize i = 0; i < 14; i++) {
    if (!g_ascii_isdigit (digits[i]))
      return FALSE;
    sum += (guint) (digits[i] - '0') * (i % 2 == 0 ? 3 : 1);
  }
  return sum % 10 == 0;
}

static gboolean
add_element (GPtrArray *fields, const char *ai, gsize digits, const char *value, gsize n)
{
  static const char *const via[] = { "AI 01",  "AI 21", "AI 240", "AI 241",
                                     "AI 400", "AI 00", "AI 401" };

  if (n == 0 || n > 90)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++) {
    if (strlen (known[i].ai) != digits || strncmp (ai, known[i].ai, digits) != 0)
      continue;
    if (known[i].kind == BH_KIND_GTIN && !gtin_valid (value, n))
      return FALSE;
    bh_wrapper_add (fields, known[i].kind, value, (gssize) n, via[i]);
    return TRUE;
  }
  bh_wrapper_add (fields, BH_KIND_UNKNOWN, value, (gssize) n, "AI");
  return TRUE;
}

gboolean
bh_gs1_parse (const char *text, gsize size, GPtrArray *fields)
{
  guint before = fields->len;

  for (gsize at = 0; at < size;) {
    gsize digits;
    gsize length = 0;
    const char *end;

    if (text[at] == BH_FNC1) {
      at++;
      continue;
    }
    digits = size - at >= 2 ? ai_digits (text + at) : 0;
    for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
      if (size - at >= 2 && strncmp (text + at, fixed[i].prefix, 2) == 0)
        length = fixed[i].length;
    end = memchr (text + at, BH_FNC1, size - at);
    if (length == 0)
      length = end != NULL ? (gsize) (end - text) - at : size - at;
    /* out of step: whatever was read before is no more to be trusted */
    if (digits == 0 || length > size - at || length <= digits ||
        memchr (text + at, BH_FNC1, length) != NULL || strspn (text + at, "0123456789") < digits ||
        !add_element (fields, text + at, digits, text + at + digits, length - digits)) {
      g_ptr_array_set_size (fields, (int) before);
      return FALSE;
    }
    at += length;
  }
  return fields->len > before;
}

/* "(01)09501101530003(21)ABC123": as printed below the bars */
gboolean
bh_gs1_parse_bracketed (const char *text, gsize size, GPtrArray *fields)
{
  guint before = fields->len;
  gsize at = 0;

  while (at < size) {
    const char *close = text[at] == '(' ? memchr (text + at, ')', MIN (size - at, 6)) : NULL;
    gsize digits = close != NULL ? (gsize) (close - text) - at - 1 : 0;
    const char *next;
    gsize stop;

    if (close == NULL || digits < 2 || strspn (text + at + 1, "0123456789") != digits ||
        ai_digits (text + at + 1) != digits)
      break;
    next = memchr (close, '(', size - (gsize) (close - text));
    stop = next != NULL ? (gsize) (next - text) : size;
    if (!add_element (fields, text + at + 1, digits, close + 1, stop - (gsize) (close - text) - 1))
      break;
    at = stop;
  }
  if (at < size || fields->len == before) {
    g_ptr_array_set_size (fields, (int) before);
    return FALSE;
  }
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/identifier.h"

#include <string.h>

/* Carriers' numbers with their check digits (RULES I5). A number whose check
 * digit is wrong is not one: it may be anything. */

static guint
digit (char c)
{
  return (guint) (c - '0');
}

/* GS1 modulo 10: from the right, weights 3 and 1 (ISO/IEC 15420 annex A) */
static gboolean
mod10_31 (const char *digits, gsize n)
{
  guint sum = 0;

  for (gsize i = 0; i + 1 < n; i++)
    sum += digit (digits[n - 2 - i]) * (i % 2 == 0 ? 3 : 1);
  return (10 - sum % 10) % 10 == digit (digits[n - 1]);
}

/* UPS: letters count as (code - 63) mod 10, every second one twice */
static gboolean
ups (const char *text)
{
  guint sum = 0;

  if (strlen (text) != 18 || !g_str_has_prefix (text, "1Z") || !g_ascii_isdigit (text[17]))
    return FALSE;
  for (guint i = 2; i < 17; i++) {
    guint value = g_ascii_isdigit (text[i]) ? digit (text[i]) : ((guint) text[i] - 63) % 10;

    sum += i % 2 == 0 ? value : value * 2;
  }
  return (10 - sum % 10) % 10 == digit (text[17]);
}

/* FedEx Express: weights 3, 1, 7 repeated, modulo 11, ten counts as nought */
static gboolean
mod11_317 (const char *digits, gsize n)
{
  static const guint weights[] = { 1, 3, 7 };
  guint sum = 0;

  for (gsize i = 0; i + 1 < n; i++)
    sum += digit (digits[n - 2 - i]) * weights[i % 3];
  return sum % 11 % 10 == digit (digits[n - 1]);
}

/* UPU S10: two letters, eight digits, check digit, two letters of the country */
static gboolean
s10 (const char *text)
{
  static const guint weights[] = { 8, 6, 4, 2, 3, 5, 9, 7 };
  guint sum = 0;
  guint check;

  if (strlen (text) != 13 || !g_ascii_isalpha (text[0]) || !g_ascii_isalpha (text[1]) ||
      strspn (text + 2, "0123456789") != 9 || !g_ascii_isalpha (text[12]))
    return FALSE;
  for (guint i = 0; i < 8; i++)
    sum += digit (text[2 + i]) * weights[i];
  check = 11 - sum % 11;
  return (check == 10 ? 0 : check == 11 ? 5 : check) == digit (text[10]);
}

static const char *
of_digits (const char **text, gsize n)
{
  const char *at = *text;

  /* USPS routing: 420 and a ZIP code of 5 or 9 digits before the number */
  if (g_str_has_prefix (at, "420") && n >= 28) {
    for (gsize skip = 8; skip <= 12; skip += 4)
      if (n - skip >= 20 && n - skip <= 22 && n - skip != 21 && at[skip] == '9' &&
          mod10_31 (at + skip, n - skip)) {
        *text = at + skip;
        return "USPS";
      }
  }
  switch (n) {
  case 10:
    return g_ascii_strtoull (at, NULL, 10) / 10 % 7 == digit (at[9]) ? "DHL" : NULL;
  case 12:
    return mod11_317 (at, n) ? "FedEx" : NULL;
  case 15:
    return mod10_31 (at, n) ? "FedEx" : NULL;
  case 20:
    if (!mod10_31 (at, n))
      return NULL;
    return g_str_has_prefix (at, "0034") ? "DHL" : at[0] == '9' ? "USPS" : NULL;
  case 22:
    if (!mod10_31 (at, n) || at[0] != '9')
      return NULL;
    return at[1] == '6' ? "FedEx" : at[1] >= '1' && at[1] <= '5' ? "USPS" : NULL;
  case 34: /* FedEx Express label: the number is the last twelve digits */
    if (!mod11_317 (at + 22, 12))
      return NULL;
    *text = at + 22;
    return "FedEx";
  default:
    return NULL;
  }
}

char *
bh_tracking_normalise (const char *text, gssize length, const char **carrier)
{
  g_autofree char *plain = bh_tracking_fold (text, length);
  const char *at = plain;
  const char *who = NULL;
  gsize n;

  if (plain == NULL)
    return NULL;
  n = strlen (plain);
  if (strspn (plain, "0123456789") == n)
    who = of_digits (&at, n);
  else if (ups (plain))
    who = "UPS";
  else if (s10 (plain))
    who = g_str_has_suffix (plain, "US") ? "USPS" : "post";
  else if ((g_str_has_prefix (plain, "JJD") || g_str_has_prefix (plain, "JD")) && n >= 18 &&
           n <= 30 && strspn (plain + (plain[1] == 'J' ? 3 : 2), "0123456789") + 3 >= n)
    who = "DHL";
  if (who == NULL)
    return NULL;
  if (carrier != NULL)
    *carrier = who;
  return g_strdup (at);
}

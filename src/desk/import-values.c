/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* Money and instants between their text and what is kept, without loss. */

#include "transfer-private.h"

#include <string.h>

/* ISO 4217: minor units, where they are not two */
static const struct {
  guint digits;
  const char *codes;
} currencies[] = {
  { 0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF" },
  { 3, "BHD IQD JOD KWD LYD OMR TND" },
  { 4, "CLF UYW" },
  { 2, "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP "
       "BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR "
       "FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW "
       "KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN "
       "NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD "
       "SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU "
       "UZS VED VES WST XCD YER ZAR ZMW ZWL" },
};

gboolean
bh_currency_digits (const char *currency, guint *digits)
{
  if (strlen (currency) != 3 || strchr (currency, ' ') != NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    if (strstr (currencies[i].codes, currency) != NULL) {
      if (digits != NULL)
        *digits = currencies[i].digits;
      return TRUE;
    }
  return FALSE;
}

gboolean
bh_price_parse (const char *text, const char *currency, gint64 *minor, char **reason)
{
  const char *point = strchr (text, '.');
  gsize whole = point != NULL ? (gsize) (point - text) : strlen (text);
  gsize after = point != NULL ? strlen (point + 1) : 0;
  guint digits = 2;

  bh_currency_digits (currency, &digits);
  if (whole == 0 || whole > 15 || (point != NULL && after == 0) ||
      (point != NULL && strchr (point + 1, '.') != NULL)) {
    *reason = g_strdup_printf ("\"%s\" is not an amount in digits, as 1250.00", text);
    return FALSE;
  }
  if (after > digits) {
    *reason = g_strdup_printf ("\"%s\" has %" G_GSIZE_FORMAT " decimals, %s has %u", text, after,
                               currency, digits);
    return FALSE;
  }
  *minor = 0;
  for (const char *c = text; *c != '\0'; c++)
    if (*c != '.')
      *minor = *minor * 10 + (*c - '0');
  for (gsize i = after; i < digits; i++)
    *minor *= 10;
  return TRUE;
}

char *
bh_price_format (gint64 minor, const char *currency)
{
  gint64 unit = 1;
  guint digits = 2;

  bh_currency_digits (currency != NULL ? currency : "", &digits);
  for (guint i = 0; i < digits; i++)
    unit *= 10;
  if (digits == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, minor);
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%0*" G_GINT64_FORMAT, minor / unit, (int) digits,
                          minor % unit);
}

gboolean
bh_instant_parse (const char *text, GTimeZone *zone, gint64 *at_us)
{
  static const gint64 earliest = 0;
  static const gint64 latest = G_GINT64_CONSTANT (7258118400) * G_USEC_PER_SEC; /* 2200-01-01 */
  const char *point = strchr (text, '.');
  g_autofree char *whole = NULL;
  gint64 micros = 0;
  gsize digits = 0;

  /* GLib reads the fraction as a double, which is a microsecond off now and then */
  if (point != NULL) {
    digits = strspn (point + 1, "0123456789");
    if (digits == 0 || digits > 6)
      return FALSE;
    for (gsize i = 0; i < 6; i++)
      micros = micros * 10 + (i < digits ? point[1 + i] - '0' : 0);
    whole = g_strdup_printf ("%.*s%s", (int) (point - text), text, point + 1 + digits);
  }
  if (!bh_time_parse (whole != NULL ? whole : text, zone, at_us, NULL))
    return FALSE;
  *at_us += micros;
  return *at_us >= earliest && *at_us < latest;
}

char *
bh_instant_format (gint64 at_us, GTimeZone *zone)
{
  g_autofree char *whole = bh_time_format (at_us, zone);
  gint64 micros = at_us % G_USEC_PER_SEC;

  if (micros == 0 || whole == NULL || strlen (whole) < 19)
    return g_steal_pointer (&whole);
  return g_strdup_printf ("%.19s.%06d%s", whole, (int) micros, whole + 19);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/identifier.h"

#include <string.h>

/* Longer than any identifier with every spelling's blanks: past it nothing is looked at. */
#define MAX_BYTES 256

static gboolean
bounds (const char **text, gssize length, gsize *size)
{
  if (*text == NULL)
    return FALSE;
  *size = length < 0 ? strnlen (*text, MAX_BYTES + 1) : (gsize) length;
  if (*size > MAX_BYTES)
    return FALSE;
  while (*size > 0 && g_ascii_isspace ((*text)[0])) {
    (*text)++;
    (*size)--;
  }
  while (*size > 0 && g_ascii_isspace ((*text)[*size - 1]))
    (*size)--;
  return *size > 0;
}

/* Upper-case letters and digits with spaces and dashes of any script left
 * out; NULL when anything else is in it. */
static char *
squeeze (const char *text, gsize size)
{
  g_autoptr (GString) out = g_string_sized_new (size);
  const char *at = text;
  const char *end = text + size;

  while (at < end) {
    gunichar c = g_utf8_get_char_validated (at, end - at);

    if (c == (gunichar) -1 || c == (gunichar) -2)
      return NULL;
    at = g_utf8_next_char (at);
    if (c < 0x80 && g_ascii_isalnum ((char) c))
      g_string_append_c (out, g_ascii_toupper ((char) c));
    else if (c != ' ' && c != 0xa0 && c != 0x202f && c != 0x2212 &&
             g_unichar_type (c) != G_UNICODE_DASH_PUNCTUATION)
      return NULL;
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
all_digits (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

char *
bh_rma_normalise (const char *text, gssize length)
{
  g_autofree char *plain = NULL;
  gsize size;

  if (!bounds (&text, length, &size) || (plain = squeeze (text, size)) == NULL)
    return NULL;
  size = strlen (plain);
  if (plain[0] != 'R' || size < 9 || size > 11 || !all_digits (plain + 1))
    return NULL;
  return g_steal_pointer (&plain);
}

char *
bh_case_normalise (const char *text, gssize length)
{
  g_autofree char *plain = NULL;
  gsize size;
  guint64 day;

  if (!bounds (&text, length, &size))
    return NULL;
  if (text[size - 1] == '#') /* as keyed on a phone (guide 4.3) */
    size--;
  /* the two dashes stand in their places, or there are none */
  if (size == 16 && text[4] == '-' && text[9] == '-')
    plain = g_strdup_printf ("%.4s%.4s%.6s", text, text + 5, text + 10);
  else if (size == 14)
    plain = g_strndup (text, size);
  if (plain == NULL || strlen (plain) != 14 || !all_digits (plain))
    return NULL;
  day = g_ascii_strtoull (plain, NULL, 10) / 1000000;
  if (day / 10000 == 0 || !g_date_valid_dmy ((GDateDay) (day % 100), (GDateMonth) (day / 100 % 100),
                                             (GDateYear) (day / 10000)))
    return NULL;
  return g_strdup_printf ("%.4s-%.4s-%s", plain, plain + 4, plain + 8);
}

char *
bh_serial_normalise (const char *text, gssize length)
{
  gsize size;

  if (!bounds (&text, length, &size) || size < 6 || size > 32)
    return NULL;
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '.' && text[i] != '/' && text[i] != '-')
      return NULL;
  return g_ascii_strup (text, (gssize) size);
}

char *
bh_part_normalise (const char *text, gssize length)
{
  gsize size;

  if (!bounds (&text, length, &size) || size > 40)
    return NULL;
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isgraph (text[i]))
      return NULL;
  return g_ascii_strup (text, (gssize) size);
}

char *
bh_tracking_fold (const char *text, gssize length)
{
  g_autofree char *plain = NULL;
  gsize size;

  if (!bounds (&text, length, &size) || (plain = squeeze (text, size)) == NULL)
    return NULL;
  size = strlen (plain);
  return size >= 4 && size <= 40 ? g_steal_pointer (&plain) : NULL;
}

char *
bh_serial_fold (const char *serial)
{
  /* RULES D18: what eyes and optics take for each other */
  static const char from[] = "OQDILBSZG";
  static const char to[] = "000118526";
  char *folded = g_ascii_strup (serial, -1);

  for (char *c = folded; *c != '\0'; c++) {
    const char *hit = strchr (from, *c);

    if (hit != NULL)
      *c = to[hit - from];
  }
  return folded;
}

static void
add_value (GString *payload, char name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (payload, "|%c=", name);
  for (const char *c = value; *c != '\0'; c++)
    if (*c == '|' || *c == '%' || (guchar) *c < 0x20 || *c == 0x7f)
      g_string_append_printf (payload, "%%%02X", (guchar) *c);
    else
      g_string_append_c (payload, *c);
}

char *
bh_payload_format (const char *rma, const char *serial, const char *part, const char *return_by)
{
  GString *payload = g_string_new ("BH1");

  add_value (payload, 'R', rma);
  add_value (payload, 'S', serial);
  add_value (payload, 'P', part);
  add_value (payload, 'D', return_by);
  return g_string_free (payload, FALSE);
}

char *
bh_uuid (gint64 at_us)
{
  guint64 us = (guint64) MAX (at_us, 0);
  guint64 ms = us / 1000;

  /* the twelve bits behind the milliseconds go on with the time */
  return g_strdup_printf ("%08x-%04x-7%03x-%04x-%04x%08x", (guint32) (ms >> 16),
                          (guint32) ms & 0xffff, (guint32) (us % 1000 * 4096 / 1000),
                          0x8000 | (g_random_int () & 0x3fff), g_random_int () & 0xffff,
                          g_random_int ());
}

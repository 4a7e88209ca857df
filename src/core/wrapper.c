/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "wrapper.h"

#include <string.h>

#include "backhaul/identifier.h"

/* ASKS S8: what scanners set up for keyboards send in place of a control character */
static const struct {
  const char *text;
  char means;
} stand_ins[] = {
  { "<GS>", BH_FNC1 }, { "{GS}", BH_FNC1 },   { "[GS]", BH_FNC1 },    { "^]", BH_FNC1 },
  { "␝", BH_FNC1 },    { "\\x1d", BH_FNC1 },  { "\\u001d", BH_FNC1 }, { "<0x1D>", BH_FNC1 },
  { "~029", BH_FNC1 }, { "<FNC1>", BH_FNC1 }, { "{FNC1}", BH_FNC1 },  { "<RS>", BH_RS },
  { "{RS}", BH_RS },   { "[RS]", BH_RS },     { "^^", BH_RS },        { "␞", BH_RS },
  { "\\x1e", BH_RS },  { "\\u001e", BH_RS },  { "<0x1E>", BH_RS },    { "~030", BH_RS },
  { "<EOT>", BH_EOT }, { "{EOT}", BH_EOT },   { "[EOT]", BH_EOT },    { "^D", BH_EOT },
  { "␄", BH_EOT },     { "\\x04", BH_EOT },   { "\\u0004", BH_EOT },  { "<0x04>", BH_EOT },
  { "~004", BH_EOT },
};

GString *
bh_wrapper_unescape (const char *text, gsize size)
{
  GString *out = g_string_sized_new (size);

  for (gsize at = 0; at < size;) {
    gsize step = 0;

    for (gsize i = 0; i < G_N_ELEMENTS (stand_ins) && step == 0; i++) {
      gsize n;

      /* none begins with a letter; nearly no byte of a code goes beyond this */
      if (stand_ins[i].text[0] != text[at])
        continue;
      n = strlen (stand_ins[i].text);
      if (n <= size - at && g_ascii_strncasecmp (text + at, stand_ins[i].text, n) == 0) {
        g_string_append_c (out, stand_ins[i].means);
        step = n;
      }
    }
    if (step == 0) {
      g_string_append_c (out, text[at]);
      step = 1;
    }
    at += step;
  }
  return out;
}

void
bh_wrapper_add (GPtrArray *fields, BhKind kind, const char *value, gssize size, const char *via)
{
  BhField *field = g_new0 (BhField, 1);
  gsize length = size < 0 ? strlen (value) : (gsize) size;

  switch (kind) {
  case BH_KIND_RMA:
    field->value = bh_rma_normalise (value, (gssize) length);
    break;
  case BH_KIND_CASE:
    field->value = bh_case_normalise (value, (gssize) length);
    break;
  case BH_KIND_SERIAL:
    field->value = bh_serial_normalise (value, (gssize) length);
    break;
  case BH_KIND_PART:
    field->value = bh_part_normalise (value, (gssize) length);
    break;
  case BH_KIND_TRACKING:
    field->value = bh_tracking_fold (value, (gssize) length);
    break;
  case BH_KIND_UNKNOWN:
  case BH_KIND_COMMAND:
  case BH_KIND_ORDER:
  case BH_KIND_GTIN:
  case BH_KIND_LAST:
  default:
    field->value = bh_text_for_display (value, length, 200);
    break;
  }
  field->kind = field->value != NULL ? kind : BH_KIND_UNKNOWN;
  if (field->value == NULL)
    field->value = bh_text_for_display (value, length, 200);
  field->via = via;
  g_ptr_array_add (fields, field);
}

/* ANSI MH10.8.2: the identifiers that plates and packing labels use; longest
 * first where one begins another. */
static const struct {
  const char *di;
  BhKind kind;
} data_identifiers[] = {
  { "30P", BH_KIND_PART },    { "25S", BH_KIND_UNKNOWN }, { "18V", BH_KIND_UNKNOWN },
  { "1P", BH_KIND_PART },     { "2P", BH_KIND_UNKNOWN },  { "1K", BH_KIND_ORDER },
  { "2K", BH_KIND_TRACKING }, { "1T", BH_KIND_UNKNOWN },  { "4L", BH_KIND_UNKNOWN },
  { "3S", BH_KIND_UNKNOWN },  { "2S", BH_KIND_UNKNOWN },  { "1J", BH_KIND_UNKNOWN },
  { "S", BH_KIND_SERIAL },    { "P", BH_KIND_PART },      { "K", BH_KIND_ORDER },
  { "Q", BH_KIND_UNKNOWN },   { "V", BH_KIND_UNKNOWN },
};

gsize
bh_di_split (const char *text, BhKind *kind, const char **name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (data_identifiers); i++) {
    gsize n = strlen (data_identifiers[i].di);

    if (g_ascii_strncasecmp (text, data_identifiers[i].di, n) == 0 && text[n] != '\0') {
      *kind = data_identifiers[i].kind;
      *name = data_identifiers[i].di;
      return n;
    }
  }
  return 0;
}

/* ISO/IEC 15434: "[)>" RS, formats of two digits and GS-divided fields, each
 * closed by RS, EOT at the end. Format 05 holds application identifiers, 06
 * data identifiers; of others the text is kept. */
gboolean
bh_iso15434_parse (const char *text, gsize size, GPtrArray *fields)
{
  gsize at = 4;

  if (size < 7 || memcmp (text, "[)>", 3) != 0 || text[3] != BH_RS)
    return FALSE;
  while (at + 3 <= size && text[at] != BH_EOT) {
    const char *end = memchr (text + at, BH_RS, size - at);
    gsize stop = end != NULL ? (gsize) (end - text) : size;
    gboolean di = strncmp (text + at, "06", 2) == 0;

    while (stop > at && text[stop - 1] == BH_EOT)
      stop--;
    if (text[at + 2] != BH_FNC1)
      return FALSE;
    if (strncmp (text + at, "05", 2) == 0) {
      if (!bh_gs1_parse (text + at + 3, stop - at - 3, fields))
        bh_wrapper_add (fields, BH_KIND_UNKNOWN, text + at + 3, (gssize) (stop - at - 3), "05");
    } else {
      g_autofree char *body = g_strndup (text + at + 3, stop - at - 3);
      g_auto (GStrv) parts = g_strsplit (body, "\x1d", 64);

      for (char **part = parts; *part != NULL; part++) {
        BhKind kind = BH_KIND_UNKNOWN;
        const char *name = "envelope";
        gsize skip = di && **part != '\0' ? bh_di_split (*part, &kind, &name) : 0;

        if (**part != '\0')
          bh_wrapper_add (fields, kind, *part + skip, -1, name);
      }
    }
    at = end != NULL ? stop + 1 : size;
  }
  return fields->len > 0;
}

/* This product's own QR payload, version 1; see bh_payload_format(). */
gboolean
bh_payload_parse (const char *text, gsize size, GPtrArray *fields)
{
  g_autofree char *body = NULL;
  g_auto (GStrv) parts = NULL;

  if (size < 6 || size > 2048 || strncmp (text, "BH1|", 4) != 0)
    return FALSE;
  body = g_strndup (text, size);
  parts = g_strsplit (body, "|", 32);
  for (char **part = parts + 1; *part != NULL; part++) {
    g_autofree char *value = NULL;

    if ((*part)[0] == '\0' || (*part)[1] != '=')
      continue; /* a letter of a later minor version */
    value = g_uri_unescape_string (*part + 2, NULL);
    if (value == NULL || *value == '\0')
      continue;
    if ((*part)[0] == 'R')
      bh_wrapper_add (fields, BH_KIND_RMA, value, -1, "payload");
    else if ((*part)[0] == 'S')
      bh_wrapper_add (fields, BH_KIND_SERIAL, value, -1, "payload");
    else if ((*part)[0] == 'P')
      bh_wrapper_add (fields, BH_KIND_PART, value, -1, "payload");
  }
  return fields->len > 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/scan.h"

#include <string.h>

BhScan *
bh_scan_new (gconstpointer data, gsize size, BhScanSource source, gint64 at_us)
{
  BhScan *self = g_new0 (BhScan, 1);

  self->bytes = g_bytes_new (data, size);
  self->source = source;
  self->at_us = at_us;
  return self;
}

BhScan *
bh_scan_new_text (const char *text, BhScanSource source, gint64 at_us)
{
  return bh_scan_new (text, strlen (text), source, at_us);
}

void
bh_scan_free (BhScan *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_free (self->symbology);
  g_free (self->identifier);
  g_free (self->scanner);
  g_free (self);
}

char *
bh_text_for_display (gconstpointer data, gsize size, gsize max)
{
  GString *shown = g_string_new (NULL);
  const char *at = data;
  const char *end = at + size;

  for (gsize n = 0; at < end; n++) {
    gunichar c = g_utf8_get_char_validated (at, MIN (end - at, 6));

    if (n == max) {
      g_string_append (shown, "…");
      break;
    }
    if (c == (gunichar) -1 || c == (gunichar) -2) {
      /* glib calls NUL an error too; it is a control character like others */
      c = *at == '\0' ? 0x2400 : 0xfffd;
      at++;
    } else {
      at = g_utf8_next_char (at);
      if (c < 0x20)
        c += 0x2400; /* Unicode's control pictures */
      else if (c == 0x7f)
        c = 0x2421;
      else if (g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT)
        c = 0xfffd; /* C1 controls, and marks that turn the writing direction */
    }
    g_string_append_unichar (shown, c);
  }
  return g_string_free (shown, FALSE);
}

const char *
bh_kind_name (BhKind kind)
{
  static const char *const names[] = {
    [BH_KIND_UNKNOWN] = "unknown", [BH_KIND_RMA] = "rma",     [BH_KIND_CASE] = "case",
    [BH_KIND_SERIAL] = "serial",   [BH_KIND_PART] = "part",   [BH_KIND_TRACKING] = "tracking",
    [BH_KIND_COMMAND] = "command", [BH_KIND_ORDER] = "order", [BH_KIND_GTIN] = "gtin",
  };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (names), "unknown");
  return names[kind];
}

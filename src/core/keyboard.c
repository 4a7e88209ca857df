/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/keyboard.h"

#include "backhaul/badge.h"
#include "backhaul/scan.h"

/* A code of some kind, or what fits a serial number (I4). */
static gboolean
is_understood (const char *text, gsize size)
{
  g_autoptr (BhScan) scan = bh_scan_new (text, size, BH_SCAN_SCANNED, 0);
  g_autoptr (BhReading) reading = bh_scan_classify (scan);

  return reading->kind != BH_KIND_UNKNOWN || reading->fields->len > 0 ||
         reading->possible_serial != NULL || bh_badge_is (text, size);
}

gboolean
bh_keyboard_means_us (const char *layout, gsize layout_size, const char *us, gsize us_size)
{
  g_return_val_if_fail (layout != NULL && us != NULL, FALSE);
  return !is_understood (layout, layout_size) && is_understood (us, us_size);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A USB scanner's report descriptor and its reports: two bytes say how long the descriptor is, and
 * what follows it is reports of up to 64 bytes. */
#include "backhaul/hid-pos.h"

#include <string.h>

#include "entry.h"

#define REPORT 64

/* no code is longer than its limit with one report more, none is empty, an identifier is one */
static void
on_code (BhHidEvent event, const GString *text, const char *identifier, gpointer data)
{
  if (event != BH_HID_SCAN) {
    g_assert_null (text);
    return;
  }
  g_assert_cmpuint (text->len, >, 0);
  g_assert_cmpuint (text->len, <=, BH_HID_MOST);
  g_assert_cmpuint (text->str[text->len], ==, '\0');
  if (identifier != NULL) {
    g_assert_cmpuint (strlen (identifier), ==, 3);
    g_assert_cmpint (identifier[0], ==, ']');
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (BhHidPos) scanner = NULL;
  g_autofree guint8 *descriptor = NULL;
  gsize n;

  if (size < 2)
    return 0;
  n = MIN ((gsize) (data[0] | data[1] << 8), size - 2);
  /* of its own: a sanitizer sees a byte too far */
  descriptor = g_memdup2 (data + 2, n);
  scanner = bh_hid_pos_new (descriptor, n);
  for (gsize at = 2 + n; scanner != NULL && at < size; at += REPORT) {
    gsize length = MIN (size - at, REPORT);
    g_autofree guint8 *report = g_memdup2 (data + at, length);

    bh_hid_pos_take (scanner, report, length, on_code, NULL);
  }
  if (scanner != NULL)
    bh_hid_pos_rest (scanner, on_code, NULL);
  return 0;
}

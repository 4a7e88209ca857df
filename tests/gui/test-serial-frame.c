/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serial-frame.h"

#include <string.h>

/* What comes in, "|" between two reads; and what becomes of it: "<text>" a scan, "<text>!" one
 * that a rest ended, "FLOOD". */
static const struct {
  const char *path;
  const char *input;
  const char *result;
} cases[] = {
  { "S1/cr", "ABC\rDEF\r", "<ABC><DEF>" },
  { "S1/crlf-is-one-end", "ABC\r\nDEF\r\n", "<ABC><DEF>" },
  { "S3/cut-between-reads", "AB|C\rD|E|F\r", "<ABC><DEF>" },
  { "S3/crlf-cut", "ABC\r|\nDEF\r", "<ABC><DEF>" },
  { "S3/stx-etx", "\002ABC\003\002DEF\003", "<ABC><DEF>" },
  { "S6/rest", "ABC~DEF~", "<ABC>!<DEF>!" },
  { "S6/rest-after-end", "ABC\r~", "<ABC>" },
  { "S8/controls-stay", "[)>\03606\035S1\036\004\r", "<[)>\03606\035S1\036\004>" },
  { "S8/bytes-stay", "\377\200x\r", "<\377\200x>" },
  { "empty-lines", "\r\n\n\rABC\r", "<ABC>" },
  { "half-a-scan-is-none", "ABC^\r", "" },
};

static void
on_event (BhFrameEvent event, const GString *text, gpointer data)
{
  GString *out = data;

  if (event == BH_FRAME_FLOOD)
    g_string_append (out, "FLOOD");
  else
    g_string_append_printf (out, "<%s>%s", text->str, event == BH_FRAME_UNTERMINATED ? "!" : "");
}

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GString) out = g_string_new (NULL);
  BhFrame frame;

  bh_frame_init (&frame);
  for (const char *at = cases[i].input; *at != '\0';) {
    gsize n = strcspn (at, "|~^");

    bh_frame_take (&frame, at, n, on_event, out);
    at += n;
    if (*at == '~')
      bh_frame_rest (&frame, on_event, out);
    else if (*at == '^')
      bh_frame_reset (&frame);
    at += *at != '\0';
  }
  g_assert_cmpstr (out->str, ==, cases[i].result);
  g_assert_false (bh_frame_waits (&frame));
  bh_frame_clear (&frame);
}

/* S6: ten million bytes without an end are told once and dropped, and no part of them is a scan */
static void
test_flood (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  char bytes[1000];
  BhFrame frame;

  memset (bytes, 'x', sizeof bytes);
  bh_frame_init (&frame);
  for (int i = 0; i < 10000; i++) {
    bh_frame_take (&frame, bytes, sizeof bytes, on_event, out);
    g_assert_cmpuint (frame.bytes->len, <=, BH_FRAME_MOST);
  }
  g_assert_cmpstr (out->str, ==, "FLOOD");
  bh_frame_take (&frame, "y\rABC\r", 6, on_event, out);
  g_assert_cmpstr (out->str, ==, "FLOOD<ABC>");
  bh_frame_clear (&frame);
}

/* a byte of zero before a code is noise of the line, one within it is the code's */
static void
test_zero (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  BhFrame frame;

  bh_frame_init (&frame);
  bh_frame_take (&frame, "\0\0A\0B", 5, on_event, out);
  g_assert_cmpmem (frame.bytes->str, frame.bytes->len, "A\0B", 3);
  bh_frame_clear (&frame);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/gui/serial-frame/", cases[i].path, NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
  }
  g_test_add_func ("/gui/serial-frame/S6/flood", test_flood);
  g_test_add_func ("/gui/serial-frame/S8/zero", test_zero);
  return g_test_run ();
}

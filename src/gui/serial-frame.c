/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "serial-frame.h"

#define STX 0x02
#define ETX 0x03

void
bh_frame_init (BhFrame *self)
{
  self->bytes = g_string_new (NULL);
  self->flood = FALSE;
}

void
bh_frame_clear (BhFrame *self)
{
  g_string_free (g_steal_pointer (&self->bytes), TRUE);
}

void
bh_frame_reset (BhFrame *self)
{
  g_string_truncate (self->bytes, 0);
  self->flood = FALSE;
}

gboolean
bh_frame_waits (const BhFrame *self)
{
  return self->bytes->len > 0 || self->flood;
}

static void
end (BhFrame *self, BhFrameEvent event, BhFrameFunc func, gpointer data)
{
  /* @func may reset this */
  g_autoptr (GString) text = g_steal_pointer (&self->bytes);

  bh_frame_init (self);
  if (text->len > 0)
    func (event, text, data);
}

void
bh_frame_take (BhFrame *self, const char *bytes, gsize size, BhFrameFunc func, gpointer data)
{
  for (gsize i = 0; i < size; i++) {
    char c = bytes[i];

    if (c == '\r' || c == '\n' || c == ETX) {
      end (self, BH_FRAME_SCAN, func, data);
    } else if (self->flood || (self->bytes->len == 0 && (c == STX || c == '\0'))) {
      continue;
    } else if (self->bytes->len == BH_FRAME_MOST) {
      g_string_truncate (self->bytes, 0);
      self->flood = TRUE;
      func (BH_FRAME_FLOOD, NULL, data);
    } else {
      g_string_append_c (self->bytes, c);
    }
  }
}

void
bh_frame_rest (BhFrame *self, BhFrameFunc func, gpointer data)
{
  end (self, BH_FRAME_UNTERMINATED, func, data);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "wedge.h"

#include <string.h>

/* Scanners send a key every 1 to 30 ms; the fastest typist one in 60. */
#define GAP_MS 45
/* So many keys so fast are a scan, and a hiccup within is waited for (S3) */
#define SURE_LENGTH 4
#define PAUSE_MS    300
/* where nothing else can be meant, a scanner may halt for longer */
#define PATIENT_MS 800
/* One scan over two channels arrives within this (S9) */
#define TWICE_MS 120
/* So soon after a scan another one is likelier than a person: it is waited for,
 * until two slow keys in a row say otherwise */
#define TRAIN_MS   2000
#define MAX_LENGTH 8192

struct _BhWedge {
  GString *text;
  gboolean fast; /* SURE_LENGTH keys came each within GAP_MS */
  gboolean patient;
  gboolean train;
  guint slow; /* keys in a row, each later than GAP_MS */
  guint32 first_ms;
  guint32 last_ms;
  gboolean unended;
  char *before; /* the scan before, and when */
  guint32 before_ms;
};

BhWedge *
bh_wedge_new (void)
{
  BhWedge *self = g_new0 (BhWedge, 1);

  self->text = g_string_new (NULL);
  return self;
}

void
bh_wedge_free (BhWedge *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_free (self->before);
  g_free (self);
}

guint
bh_wedge_patience (BhWedge *self)
{
  if (self->patient)
    return PATIENT_MS;
  return self->fast || self->train ? PAUSE_MS : GAP_MS;
}

void
bh_wedge_set_patient (BhWedge *self, gboolean patient)
{
  self->patient = patient;
}

static void
forget (BhWedge *self)
{
  g_string_truncate (self->text, 0);
  self->fast = FALSE;
}

BhWedgeStep
bh_wedge_key (BhWedge *self, gunichar character, gboolean end, guint32 time_ms)
{
  gboolean in_time;

  if (self->text->len == 0)
    self->train = self->before != NULL && time_ms - self->before_ms < TRAIN_MS && self->slow < 2;
  in_time = self->text->len > 0 && time_ms - self->last_ms <= bh_wedge_patience (self);

  if (self->text->len > 0 && !in_time) {
    BhWedgeStep step = bh_wedge_silence (self);

    /* a scan that ended by the pause; this key begins anew */
    if (step == BH_WEDGE_SCAN)
      return step;
    return BH_WEDGE_RELEASE;
  }
  if (end && self->fast) {
    self->unended = FALSE;
    return BH_WEDGE_SCAN;
  }
  if (character == 0 || end || self->text->len >= MAX_LENGTH) {
    if (self->text->len == 0)
      return BH_WEDGE_PASS;
    forget (self);
    return BH_WEDGE_RELEASE;
  }
  if (self->text->len == 0) {
    self->first_ms = time_ms;
    self->slow = 0;
  } else {
    self->slow = time_ms - self->last_ms > GAP_MS ? self->slow + 1 : 0;
  }
  if (self->slow >= 2 && !self->patient) {
    self->train = FALSE;
    forget (self);
    return BH_WEDGE_RELEASE;
  }
  g_string_append_unichar (self->text, character);
  self->last_ms = time_ms;
  self->fast = self->fast || g_utf8_strlen (self->text->str, -1) >= SURE_LENGTH;
  return BH_WEDGE_HOLD;
}

BhWedgeStep
bh_wedge_silence (BhWedge *self)
{
  if (self->text->len == 0)
    return BH_WEDGE_PASS;
  if (self->fast) {
    self->unended = TRUE;
    return BH_WEDGE_SCAN;
  }
  forget (self);
  return BH_WEDGE_RELEASE;
}

char *
bh_wedge_take (BhWedge *self, guint32 time_ms, gboolean *unended, gboolean *typed)
{
  gsize length = self->text->len;
  gboolean again;
  char *scan;

  /* both channels in one burst: X+X (S9) */
  if (length >= 12 && length % 2 == 0 &&
      memcmp (self->text->str, self->text->str + length / 2, length / 2) == 0)
    g_string_truncate (self->text, length / 2);
  again = g_strcmp0 (self->before, self->text->str) == 0 && time_ms - self->before_ms <= TWICE_MS;
  scan = again ? NULL : g_strdup (self->text->str);
  g_free (self->before);
  self->before = g_strdup (self->text->str);
  self->before_ms = time_ms;
  self->slow = 0;
  *unended = self->unended;
  *typed = length > 1 && (self->last_ms - self->first_ms) / (length - 1) > GAP_MS;
  forget (self);
  return scan;
}

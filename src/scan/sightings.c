/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "sightings.h"

#include "backhaul/camera.h"

#define LONG_ABSENT_US (5 * BH_CAMERA_ABSENT_US)
/* A scene with more codes than this is no box; the oldest is forgotten. */
#define MOST_CODES 200u

typedef struct {
  GBytes *bytes;
  const char *symbology;
  gint64 seen_us;
  BhLook look; /* that saw it last */
} Sighting;

struct _BhSightings {
  GPtrArray *codes; /* of Sighting, oldest first */
  gint64 last_us;
};

static void
sighting_free (gpointer data)
{
  Sighting *sighting = data;

  g_bytes_unref (sighting->bytes);
  g_free (sighting);
}

BhSightings *
bh_sightings_new (void)
{
  BhSightings *self = g_new0 (BhSightings, 1);

  self->codes = g_ptr_array_new_with_free_func (sighting_free);
  return self;
}

void
bh_sightings_free (BhSightings *self)
{
  g_ptr_array_unref (self->codes);
  g_free (self);
}

static Sighting *
find (BhSightings *self, const BhSymbol *symbol)
{
  for (guint i = 0; i < self->codes->len; i++) {
    Sighting *sighting = g_ptr_array_index (self->codes, i);

    /* each engine has names of its own */
    if (g_str_equal (sighting->symbology, symbol->symbology) &&
        g_bytes_equal (sighting->bytes, symbol->bytes))
      return sighting;
  }
  return NULL;
}

static gboolean
is_absent (const Sighting *sighting, BhLook look, gint64 at_us)
{
  gint64 unseen = at_us - sighting->seen_us;

  return unseen > LONG_ABSENT_US || (unseen > BH_CAMERA_ABSENT_US && look >= sighting->look);
}

static void
forget (BhSightings *self, BhLook look, gint64 at_us)
{
  for (guint i = self->codes->len; i > 0; i--)
    if (is_absent (g_ptr_array_index (self->codes, i - 1), look, at_us))
      g_ptr_array_remove_index (self->codes, i - 1);
}

GPtrArray *
bh_sightings_see (BhSightings *self, GPtrArray *symbols, BhLook look, gint64 at_us)
{
  GPtrArray *scans = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_scan_free);

  /* what a long look finds in the end was there all the time: it is forgotten behind it */
  if (look == BH_LOOK_GLANCE)
    forget (self, look, at_us);
  for (guint i = 0; i < symbols->len; i++) {
    const BhSymbol *symbol = g_ptr_array_index (symbols, i);
    Sighting *sighting = find (self, symbol);

    if (sighting == NULL) {
      BhScan *scan = bh_symbol_scan (symbol, g_get_real_time ());

      scan->source = BH_SCAN_CAMERA;
      g_ptr_array_add (scans, scan);
      if (self->codes->len >= MOST_CODES)
        g_ptr_array_remove_index (self->codes, 0);
      sighting = g_new0 (Sighting, 1);
      sighting->bytes = g_bytes_ref (symbol->bytes);
      sighting->symbology = symbol->symbology;
      g_ptr_array_add (self->codes, sighting);
    }
    sighting->seen_us = MAX (at_us, sighting->seen_us);
    sighting->look = look;
    self->last_us = MAX (self->last_us, at_us);
  }
  if (look != BH_LOOK_GLANCE)
    forget (self, look, at_us);
  return scans;
}

gint64
bh_sightings_last (const BhSightings *self)
{
  return self->last_us;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION:wedge
 *
 * Tells a scanner that types from a person who types (ASKS S1–S6, S9), by the
 * time between keys. No GTK here: keys come as characters with the display
 * server's own time. The caller holds back what it is told to hold, and gives
 * it to the focused widget when told to release.
 */
typedef struct _BhWedge BhWedge;

typedef enum {
  BH_WEDGE_PASS,    /* not of a scan: the widget may have it, after what was held */
  BH_WEDGE_HOLD,    /* may be of a scan: keep it back */
  BH_WEDGE_SCAN,    /* ended a scan: bh_wedge_take() has it; all held keys are used up */
  BH_WEDGE_RELEASE, /* what was held was typed by a person: give it to the widget */
} BhWedgeStep;

BhWedge *bh_wedge_new (void);
void bh_wedge_free (BhWedge *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BhWedge, bh_wedge_free)

/* @character: what the key types, 0 for keys that type nothing; @end: Return or
 * Tab; @time_ms: of the event. RELEASE here means: release, then look at this key again. */
BhWedgeStep bh_wedge_key (BhWedge *self, gunichar character, gboolean end, guint32 time_ms);
/* When nothing came for bh_wedge_patience() ms after a HOLD: RELEASE, or SCAN for
 * a scanner without terminator (S6). */
BhWedgeStep bh_wedge_silence (BhWedge *self);
guint bh_wedge_patience (BhWedge *self);
/* While no text field has the focus keys can only be meant for the dock: a slow or
 * halting scanner is waited for. */
void bh_wedge_set_patient (BhWedge *self, gboolean patient);
/* (transfer full) (nullable): the scan; %NULL when it was the one before, delivered
 * twice (S9). *unended: it came without terminator. *typed: by a person, from the
 * pace of it (D19). */
char *bh_wedge_take (BhWedge *self, guint32 time_ms, gboolean *unended, gboolean *typed);

G_END_DECLS

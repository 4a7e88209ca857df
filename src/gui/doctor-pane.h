/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scanners.h"

G_BEGIN_DECLS

/* Tries a scanner: shows what came in, byte for byte, and from the three codes of the scanner
 * doctor's sheet says in words what is wrong (S6-S10); sets the station where that mends it. */
#define BH_TYPE_DOCTOR_PANE (bh_doctor_pane_get_type ())
G_DECLARE_FINAL_TYPE (BhDoctorPane, bh_doctor_pane, BH, DOCTOR_PANE, GtkBox)

GtkWidget *bh_doctor_pane_new (void);
/* It is in its window, and on screen. */
void bh_doctor_pane_show (BhDoctorPane *self);
void bh_doctor_pane_take (BhDoctorPane *self, const BhScannerRead *read);
/* Forgets what was scanned. FALSE: nothing was. */
gboolean bh_doctor_pane_restart (BhDoctorPane *self);

G_END_DECLS

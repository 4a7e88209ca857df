/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "worker.h"

G_BEGIN_DECLS

/* The form of a new case (I2, C6, F2): a unit with what covers it, the account found as it is
 * typed, how grave it is and what that promises. */
#define BH_TYPE_CASE_FORM (bh_case_form_get_type ())
G_DECLARE_FINAL_TYPE (BhCaseForm, bh_case_form, BH, CASE_FORM, GtkBox)

/* Signals: "opened" (case number, serial or ""): it is on record; "left": given up. */
BhCaseForm *bh_case_form_new (BhWorker *acts, BhWorker *reads);
/* An empty form, unless one was begun: what was typed stays until its case is opened. */
void bh_case_form_begin (BhCaseForm *self);
/* A serial was scanned, or typed where cases are searched. */
void bh_case_form_scanned (BhCaseForm *self, const char *text);

G_END_DECLS

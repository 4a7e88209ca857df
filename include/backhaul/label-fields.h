/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk.h"

G_BEGIN_DECLS

/**
 * SECTION:label-fields
 *
 * What stands on a label, as label.h takes it: tables of strings by field name.
 */

/* (element-type GHashTable) (transfer full): a box label a line of the RMA. */
GPtrArray *bh_desk_rma_labels (BhDesk *self, const char *rma, GError **error);

/* That of one line. Errors: BH_ERROR_NOT_FOUND. */
GHashTable *bh_desk_line_label (BhDesk *self, const char *rma, int line, GError **error);
/* The plate of a unit, with its newest RMA. Errors: BH_ERROR_NOT_FOUND: nothing is on record. */
GHashTable *bh_desk_unit_label (BhDesk *self, const char *serial, GError **error);

/* (element-type GHashTable) (transfer full): a packing slip of the RMA: so many units a page
 * as its template has lines for. */
GPtrArray *bh_desk_packing_slips (BhDesk *self, const char *rma, GError **error);

/* Whether @what names a job of the repair center, as J00000042. */
gboolean bh_label_is_of_job (const char *what);
/* The slip and the label that a unit goes back with (R2), and its traveller. Errors: as of
 * bh_desk_job(). */
GHashTable *bh_desk_job_label (BhDesk *self, const char *job, GError **error);

/* An operator's badge, with a code of bh_badge_new(): operators.h. Errors: BH_ERROR_NOT_FOUND:
 * nobody of that login is enrolled; BH_ERROR_FORBIDDEN. */
GHashTable *
bh_desk_operator_label (BhDesk *self, const char *login, const char *badge, GError **error);

/* The label that a verdict makes: *template is the name of its template
 * ("return-to-sender-4x6", static). Errors: BH_ERROR_NOT_FOUND. */
GHashTable *
bh_desk_receipt_label (BhDesk *self, const char *receipt, const char **template, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench.h"
#include "report-page.h"

G_BEGIN_DECLS

/**
 * bh_desk_bench_report:
 * @version: of the result; 0: the newest
 * @language: (nullable): as "de"; %NULL: the customer's
 *
 * What a posted result tells, in the words and the order of data/report/LANGUAGE.ini, or
 * of a file of that name in the folder that the setting "report.words" names.
 *
 * Errors: %BH_ERROR_NOT_FOUND: no such job, or no such version.
 *
 * Returns: (transfer full)
 */
BhReportPage *bh_desk_bench_report (BhDesk *self, const char *job, int version,
                                    const char *language, GError **error);
/* @layout: (nullable): a key of [layout] in the words, as "8d"; %NULL: "sections".
 * Errors: besides, %BH_ERROR_USAGE: no such layout. */
BhReportPage *bh_desk_bench_report_as (BhDesk *self, const char *job, int version,
                                       const char *language, const char *layout, GError **error);

G_END_DECLS

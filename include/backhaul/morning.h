/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk.h"

G_BEGIN_DECLS

/**
 * BhMorningFigure:
 * @name: (transfer none): "expected-today" …
 * @count: how many
 * @alarm: it is late or has failed, and not only to be done
 * @text: a sentence with the count, untranslated
 * @page: (transfer none): of the application, where they are worked on
 * @filter: (transfer none): what that page is to show, as "kind=C1 state=late"; may be ""
 * @command: (transfer none): of backhaulctl, that lists them
 *
 * One thing to know before the day begins.
 */
typedef struct {
  const char *name;
  gint64 count;
  gboolean alarm;
  char *text;
  const char *page;
  const char *filter;
  const char *command;
} BhMorningFigure;

void bh_morning_figure_free (BhMorningFigure *self);

/**
 * bh_desk_morning:
 *
 * What @role sees first, in the order of urgency, figures of zero too. Today is that of each
 * destination's zone. A few counts by index: as quick in a store of millions.
 *
 * Errors: %BH_ERROR_FORBIDDEN: @role is another one than the operator's, who is neither
 * supervisor nor administrator (V9).
 *
 * Returns: (transfer full) (element-type BhMorningFigure)
 */
GPtrArray *bh_desk_morning (BhDesk *self, BhRole role, gint64 now_us, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "live-act.h"

#include <glib/gi18n.h>

#include "history-words.h"
#include "words.h"

gboolean
bh_act_is_same (const BhTrailRow *one, const BhTrailRow *two)
{
  if (one == NULL || two == NULL)
    return one == two;
  return one->seq == two->seq && g_strcmp0 (one->station, two->station) == 0;
}

const BhTrailRow *
bh_act_of (const BhTrailRow *act, const char *entity)
{
  return act != NULL && g_strcmp0 (act->entity, entity) == 0 ? act : NULL;
}

char *
bh_act_words (const char *thing, const BhTrailRow *act, const char *advice)
{
  g_autofree char *who = NULL;
  g_autofree char *at = NULL;
  g_autofree char *words = NULL;

  if (act != NULL) {
    who = bh_history_who (act);
    at = bh_clock_words (act->at_us);
  }
  words = act != NULL ? g_strdup_printf (_ ("%s: changed by %s at %s."), thing, who, at)
                      : g_strdup_printf (_ ("%s: changed."), thing);
  return advice != NULL ? g_strconcat (words, " ", advice, NULL) : g_steal_pointer (&words);
}

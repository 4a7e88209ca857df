/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "words.h"

#include <glib/gi18n.h>

static const BhVerdictLook looks[] = {
  [BH_VERDICT_WAITING] = { BH_SHAPE_WAITING, "waiting", N_ ("Waiting"), NULL },
  [BH_VERDICT_ACCEPT] = { BH_SHAPE_ACCEPT, "accept", N_ ("Accepted"), "accept" },
  [BH_VERDICT_HOLD] = { BH_SHAPE_HOLD, "hold", N_ ("Held"), "hold" },
  [BH_VERDICT_REFUSE] = { BH_SHAPE_REFUSE, "refuse", N_ ("Refused"), "refuse" },
  [BH_VERDICT_ALREADY_RECEIVED] = { BH_SHAPE_ALREADY, "already", N_ ("Already received"), "hold" },
};

const BhVerdictLook *
bh_verdict_look (BhVerdict verdict)
{
  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (looks), &looks[0]);
  return &looks[verdict];
}

const BhProvisionalLook *
bh_provisional_look (BhVerdict verdict)
{
  static const BhProvisionalLook take_in = {
    BH_SHAPE_MAYBE_ACCEPT, N_ ("PROVISIONAL: TAKE IN"),
    N_ ("Take it in and keep it with the others of this outage. It is received when the store is "
        "back; what changes is shown then."),
    "provisional"
  };
  static const BhProvisionalLook aside = {
    BH_SHAPE_MAYBE_HOLD, N_ ("PROVISIONAL: PUT ASIDE"),
    N_ ("Nothing can be said of it without the store. Write its serial on a slip and put it aside; "
        "it is judged when the store is back."),
    "provisional-aside"
  };
  static const BhProvisionalLook twice = {
    BH_SHAPE_MAYBE_HOLD, N_ ("PROVISIONAL: HAD BEFORE"),
    N_ ("This station has taken this unit already, in another box. Put it aside; it is judged when "
        "the store is back."),
    "provisional-aside"
  };
  static const BhProvisionalLook waiting = { BH_SHAPE_WAITING, N_ ("PROVISIONAL: WAITING"),
                                             N_ ("Scan the serial, or end the box with F2."),
                                             NULL };

  switch (verdict) {
  case BH_VERDICT_ACCEPT:
    return &take_in;
  case BH_VERDICT_ALREADY_RECEIVED:
    return &twice;
  case BH_VERDICT_WAITING:
    return &waiting;
  case BH_VERDICT_HOLD:
  case BH_VERDICT_REFUSE:
  case BH_VERDICT_LAST:
  default:
    return &aside;
  }
}

const BhVerdictLook *
bh_verdict_look_by_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (g_strcmp0 (name, bh_verdict_name (i)) == 0)
      return &looks[i];
  return &looks[BH_VERDICT_WAITING];
}

const char *
bh_kind_words (BhKind kind)
{
  static const char *const names[] = {
    [BH_KIND_UNKNOWN] = N_ ("Other"),   [BH_KIND_RMA] = N_ ("RMA"),
    [BH_KIND_CASE] = N_ ("Case"),       [BH_KIND_SERIAL] = N_ ("Serial"),
    [BH_KIND_PART] = N_ ("Part"),       [BH_KIND_TRACKING] = N_ ("Tracking"),
    [BH_KIND_COMMAND] = N_ ("Command"), [BH_KIND_ORDER] = N_ ("Order"),
    [BH_KIND_GTIN] = N_ ("Trade item"),
  };

  return _ (names[(guint) kind < G_N_ELEMENTS (names) ? kind : BH_KIND_UNKNOWN]);
}

const char *
bh_state_words (const char *state)
{
  static const struct {
    const char *state;
    const char *words;
  } known[] = {
    { "open", N_ ("open") },
    { "closed", N_ ("closed") },
    { "draft", N_ ("draft") },
    { "received", N_ ("received") },
    { "awaited", N_ ("awaited") },
    { "in-analysis", N_ ("in analysis") },
    { "cancelled", N_ ("cancelled") },
    { "charged", N_ ("charged") },
    { "waived", N_ ("waived") },
    { "amber", N_ ("due soon") },
    { "late", N_ ("late") },
    { "paused", N_ ("paused") },
    { "met", N_ ("met") },
    { "missed", N_ ("missed") },
    { "void", N_ ("void") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (state, known[i].state) == 0)
      return _ (known[i].words);
  return state != NULL ? state : "";
}

char *
bh_time_words (gint64 at_us, const char *zone)
{
  g_autoptr (GTimeZone) own = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) there = NULL;

  if (at_us == 0)
    return g_strdup ("–");
  if (own == NULL)
    own = g_time_zone_new_local ();
  utc = g_date_time_new_from_unix_utc (at_us / G_TIME_SPAN_SECOND);
  there = g_date_time_to_timezone (utc, own);
  return g_date_time_format (there, "%Y-%m-%d %H:%M %Z");
}

char *
bh_clock_words (gint64 at_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / G_TIME_SPAN_SECOND);
  g_autoptr (GDateTime) here = g_date_time_to_local (utc);

  return g_date_time_format (here, "%H:%M");
}

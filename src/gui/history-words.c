/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "history-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* What stands beside it says of what: a case, an RMA, a person. */
static const struct {
  const char *what;
  const char *words;
} acts[] = {
  { "receive", N_ ("Judged at the dock") },
  { "resolve", N_ ("Hold ended") },
  { "void", N_ ("Receipt voided") },
  { "replay", N_ ("Verdict changed after an outage") },
  { "move", N_ ("Moved") },
  { "draft", N_ ("RMA drafted") },
  { "edit", N_ ("Draft changed") },
  { "confirm", N_ ("RMA confirmed") },
  { "flag", N_ ("Flagged for analysis") },
  { "replacement", N_ ("Replacement named") },
  { "deliver", N_ ("Replacement delivered") },
  { "cancel", N_ ("Cancelled") },
  { "close", N_ ("Closed") },
  { "reopen", N_ ("Opened again") },
  { "close-again", N_ ("Closed again") },
  { "open", N_ ("Case opened") },
  { "rma", N_ ("RMA made from the case") },
  { "update", N_ ("Customer told") },
  { "change", N_ ("Changed") },
  { "escalate", N_ ("Escalated") },
  { "chase", N_ ("Daily run") },
  { "remind", N_ ("Reminded") },
  { "unremind", N_ ("Reminder taken back") },
  { "extend", N_ ("More days given") },
  { "pause", N_ ("Clock paused") },
  { "resume", N_ ("Clock let run on") },
  { "take-back-extension", N_ ("Extension taken back") },
  { "take-back-pause", N_ ("Pause taken back") },
  { "take-back-resume", N_ ("Clock paused again") },
  { "charge", N_ ("Charged") },
  { "credit", N_ ("Charge credited") },
  { "waive", N_ ("Waived") },
  { "take-back", N_ ("Decision taken back") },
  { "claim", N_ ("Proof of delivery recorded") },
  { "decide-claim", N_ ("Proof of delivery decided") },
  { "take-back-claim", N_ ("Decision on a proof taken back") },
  { "destroy", N_ ("Destruction recorded") },
  { "bench-start", N_ ("Repair job opened") },
  { "bench-take", N_ ("Repair job taken over") },
  { "bench-intake", N_ ("Intake checked") },
  { "bench-log", N_ ("Work written down") },
  { "bench-consent", N_ ("Consent recorded") },
  { "bench-insufficient", N_ ("Repair called insufficient") },
  { "bench-post", N_ ("Result posted") },
  { "bench-return", N_ ("Left the repair center") },
  { "mail", N_ ("Mail went, or failed") },
  { "mail-retry", N_ ("Mail put back") },
  { "mail-bounce", N_ ("Mail came back") },
  { "mail-setting", N_ ("Mail setting changed") },
  { "print-queue", N_ ("Label queued") },
  { "print", N_ ("Label printed, or failed") },
  { "print-retry", N_ ("Label put back") },
  { "print-cancel", N_ ("Label taken away") },
  { "printer", N_ ("Printer set") },
  { "policy", N_ ("Setting changed") },
  { "export-policy", N_ ("Export policy changed") },
  { "calendar", N_ ("Calendar replaced") },
  { "import", N_ ("Rows imported") },
  { "import-begin", N_ ("Import begun") },
  { "enrol", N_ ("Person enrolled") },
  { "set-pin", N_ ("PIN set") },
  { "badge", N_ ("Badge given") },
  { "withdraw-badge", N_ ("Badge withdrawn") },
  { "badge-refused", N_ ("Badge refused") },
  { "disable", N_ ("Person disabled") },
  { "enable", N_ ("Person let in again") },
  { "database-roles", N_ ("Database logins made") },
  { "station-key", N_ ("Station key set") },
};

const char *
bh_history_act (guint i)
{
  return i < G_N_ELEMENTS (acts) ? acts[i].what : NULL;
}

/* What a receipt came to says more than that one was made. */
static const char *
verdict_words (const char *what, const char *verdict)
{
  static const struct {
    const char *verdict;
    const char *words;
  } verdicts[] = { { "accept", N_ ("Received at the dock") },
                   { "hold", N_ ("Held at the dock") },
                   { "refuse", N_ ("Refused at the dock") } };

  for (gsize i = 0; g_str_equal (what, "receive") && i < G_N_ELEMENTS (verdicts); i++)
    if (g_strcmp0 (verdict, verdicts[i].verdict) == 0)
      return _ (verdicts[i].words);
  return NULL;
}

char *
bh_history_act_words (const char *what, const char *kind)
{
  const char *verdict = verdict_words (what, kind);
  char *words;

  if (verdict != NULL)
    return g_strdup (verdict);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].what, what))
      return g_strdup (_ (acts[i].words));
  words = g_strdelimit (g_strdup (what), "-", ' ');
  *words = g_ascii_toupper (*words);
  return words;
}

/* "Unit SN-1 · R0000000042": what is known of it, else @name of it. */
static char *
known_by (const char *thing, const char *name, const BhTrailRow *row)
{
  g_autoptr (GString) text = g_string_new (thing);

  if (name != NULL)
    g_string_append_printf (text, " %s", name);
  if (row->serial != NULL)
    g_string_append_printf (text, name != NULL ? " · %s" : " %s", row->serial);
  if (row->rmas != NULL)
    g_string_append_printf (text, " · %s", row->rmas);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
unit_words (const BhTrailRow *row)
{
  if (row->serial == NULL && row->rmas == NULL)
    return g_strdup (_ ("Unit without a serial"));
  return known_by (_ ("Unit"), row->serial == NULL ? _ ("without a serial") : NULL, row);
}

char *
bh_history_about (const BhTrailRow *row)
{
  static const struct {
    const char *prefix;
    const char *thing;
  } things[] = {
    { "rma:", N_ ("RMA") },         { "case:", N_ ("Case") },
    { "unit:", N_ ("Unit") },       { "operator:", N_ ("Person") },
    { "policy:", N_ ("Setting") },  { "calendar:", N_ ("Calendar") },
    { "printer:", N_ ("Printer") }, { "export-policy:", N_ ("Country") },
    { "station:", N_ ("Station") }, { "label:", N_ ("Label") },
    { "box:", N_ ("Box") },
  };
  const char *entity = row->entity;

  if (g_str_has_prefix (entity, "receipt:"))
    return unit_words (row);
  if (g_str_has_prefix (entity, "job:"))
    return known_by (_ ("Job"), entity + strlen ("job:"), row);
  if (g_str_has_prefix (entity, "mail:"))
    return known_by (_ ("Mail"), row->kind, row);
  if (g_str_has_prefix (entity, "print:"))
    return known_by (_ ("Label"), row->kind, row);
  if (g_str_equal (entity, "chase"))
    return g_strdup (_ ("Overdue returns"));
  if (g_str_has_prefix (row->what, "import"))
    return g_strdup_printf (_ ("Table %s"), entity);
  for (gsize i = 0; i < G_N_ELEMENTS (things); i++)
    if (g_str_has_prefix (entity, things[i].prefix))
      return g_strdup_printf ("%s %s", _ (things[i].thing), entity + strlen (things[i].prefix));
  return g_strdup (entity);
}

char *
bh_history_who (const BhTrailRow *row)
{
  return row->name != NULL && !g_str_equal (row->name, row->operator)
             ? g_strdup_printf ("%s (%s)", row->name, row->operator)
             : g_strdup (row->operator);
}

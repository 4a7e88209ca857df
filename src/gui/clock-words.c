/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "clock-words.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "words.h"

static const struct {
  const char *kind;
  const char *words;
  const char *brief;
} kinds[] = {
  { "C1", N_ ("C1 return of the unit"), N_ ("C1 return") },
  { "C2", N_ ("C2 repair result"), N_ ("C2 repair") },
  { "C3", N_ ("C3 failure analysis"), N_ ("C3 analysis") },
  { "C4", N_ ("C4 repair or replacement"), N_ ("C4 repair") },
  { "C5", N_ ("C5 replacement dispatch"), N_ ("C5 dispatch") },
  { "C6", N_ ("C6 case response"), N_ ("C6 case") },
};

const char *
bh_clock_kind_words (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return _ (kinds[i].words);
  return kind;
}

const char *
bh_clock_kind_short (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return _ (kinds[i].brief);
  return kind;
}

char *
bh_clock_left_words (const char *state, int days_left)
{
  static const char *const run[] = { "open", "amber", "late", NULL };
  int days = abs (days_left);

  if (state == NULL || !g_strv_contains (run, state))
    return g_strdup ("");
  if (days_left < 0)
    return g_strdup_printf (ngettext ("%d day late", "%d days late", (gulong) days), days);
  if (days_left == 0)
    return g_strdup (g_str_equal (state, "late") ? _ ("today, late") : _ ("today"));
  return g_strdup_printf (ngettext ("%d day left", "%d days left", (gulong) days), days);
}

char *
bh_clock_due_words (const char *due, gint64 due_us, const char *zone)
{
  if (due_us != 0)
    return bh_time_words (due_us, zone);
  return g_strdup (due != NULL ? due : "–");
}

static const struct {
  const char *state;
  const char *shape;
  const char *light; /* colours that meet 4.5:1 on their ground; NULL: that of the text */
  const char *dark;
} looks[] = {
  { "late", "▲", "#a51d2d", "#ff7b63" },
  { "amber", "◆", "#8a5a00", "#f8e45c" },
  { "open", "○", NULL, NULL },
  { "paused", "‖", NULL, NULL },
  { "met", "✓", NULL, NULL },
  { "missed", "✗", "#a51d2d", "#ff7b63" },
  { "void", "–", NULL, NULL },
};

char *
bh_clock_state_words (const char *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    if (g_strcmp0 (looks[i].state, state) == 0)
      return g_strdup_printf ("%s %s", looks[i].shape, bh_state_words (state));
  return g_strdup (bh_state_words (state));
}

gboolean
bh_clock_state_colour (GtkWidget *widget, const char *state, GdkRGBA *colour)
{
  GtkStyleContext *window = gtk_widget_get_style_context (gtk_widget_get_toplevel (widget));
  gboolean dark = gtk_style_context_has_class (window, "dark");

  if (gtk_style_context_has_class (window, "contrast"))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    if (g_strcmp0 (looks[i].state, state) == 0 && looks[i].light != NULL)
      return gdk_rgba_parse (colour, dark ? looks[i].dark : looks[i].light);
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "hold-ways.h"

#include "page.h"

int
bh_hold_ways_chosen (const BhHoldWays *self)
{
  for (int i = 0; i < BH_RESOLVE_LAST; i++)
    if (self->way[i] != NULL && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->way[i])))
      return i;
  return -1;
}

/* Each way says what will happen. */
static char *
way_words (const BhHold *hold, int way)
{
  const BhHoldLine *line = hold->lines->len == 1 ? g_ptr_array_index (hold->lines, 0) : NULL;

  if (way == BH_RESOLVE_REFUSE)
    return g_strdup (_ ("Re_fuse it: back to the sender, at the sender's cost"));
  if (way == BH_RESOLVE_UNDER_SERIAL)
    return g_strdup (_ ("Take it in _under the RMA of its serial; the discrepancy is kept"));
  if (line != NULL)
    return g_strdup_printf (_ ("_Accept the swap: take it in on line %d of %s, for %s"), line->line,
                            hold->receipt.rma, line->serial);
  return g_strdup_printf (hold->lines->len > 1
                              ? _ ("_Accept the swap: take it in on a line of %s")
                              : _ ("_Accept the swap: take it in on %s in place of its unit"),
                          hold->receipt.rma);
}

static void
add_lines (BhHoldWays *self, const BhHold *hold)
{
  GtkWidget *combo = gtk_combo_box_text_new ();

  for (guint i = 0; i < hold->lines->len; i++) {
    const BhHoldLine *line = g_ptr_array_index (hold->lines, i);
    g_autofree char *id = g_strdup_printf ("%d", line->line);
    g_autofree char *words = g_strdup_printf (_ ("Line %d: %s, part %s"), line->line, line->serial,
                                              line->part != NULL ? line->part : "–");

    gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (combo), id, words);
  }
  gtk_combo_box_set_active (GTK_COMBO_BOX (combo), 0);
  gtk_widget_set_margin_start (combo, 26);
  page_name (combo, _ ("Which line takes the unit"), "hold-line");
  gtk_box_pack_start (self->box, combo, FALSE, FALSE, 0);
  self->line = GTK_COMBO_BOX_TEXT (combo);
}

void
bh_hold_ways_fill (BhHoldWays *self, const BhHold *hold, GCallback on_changed, gpointer data)
{
  GtkWidget *first = NULL;

  page_clear (GTK_CONTAINER (self->box));
  self->line = NULL;
  for (int i = 0; i < BH_RESOLVE_LAST; i++) {
    g_autofree char *words = NULL;
    g_autofree char *id = NULL;

    self->way[i] = NULL;
    if (hold == NULL || hold->offered == NULL ||
        !g_strv_contains ((const char *const *) hold->offered, bh_resolution_name (i)))
      continue;
    words = way_words (hold, i);
    id = g_strdup_printf ("hold-%s", bh_resolution_name (i));
    self->way[i] = gtk_radio_button_new_with_mnemonic_from_widget (GTK_RADIO_BUTTON (first), words);
    gtk_label_set_line_wrap (GTK_LABEL (gtk_bin_get_child (GTK_BIN (self->way[i]))), TRUE);
    page_name (self->way[i], NULL, id);
    g_signal_connect (self->way[i], "toggled", on_changed, data);
    gtk_box_pack_start (self->box, self->way[i], FALSE, FALSE, 0);
    if (first == NULL)
      first = self->way[i];
    if (i == BH_RESOLVE_ACCEPT_SWAP && hold->lines->len > 1)
      add_lines (self, hold);
  }
  if (hold != NULL && first == NULL)
    gtk_box_pack_start (self->box,
                        page_label (_ ("Only a supervisor can end it, by voiding it."), NULL),
                        FALSE, FALSE, 0);
  gtk_widget_show_all (GTK_WIDGET (self->box));
}

int
bh_hold_ways_line (const BhHoldWays *self)
{
  const char *line = NULL;
  gint64 number = 0;

  if (bh_hold_ways_chosen (self) == BH_RESOLVE_ACCEPT_SWAP && self->line != NULL)
    line = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->line));
  if (line != NULL && !g_ascii_string_to_signed (line, 10, 1, G_MAXINT, &number, NULL))
    return -1;
  return (int) number;
}

gboolean
bh_hold_ways_are_same (const BhHold *a, const BhHold *b)
{
  return (a->offered == NULL) == (b->offered == NULL) &&
         (a->offered == NULL ||
          g_strv_equal ((const char *const *) a->offered, (const char *const *) b->offered)) &&
         a->lines->len == b->lines->len;
}

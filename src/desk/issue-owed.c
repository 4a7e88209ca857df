/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What is still owed under an RMA, in words: it closes when that is nothing. */

#include "issue-private.h"

#include <string.h>

#include "backhaul/hold-store.h"
#include "backhaul/location.h"

static gboolean
runs (const BhIssueLine *line, const char *kind)
{
  return line->running != NULL && strstr (line->running, kind) != NULL;
}

/* What was on the bench goes back, to stock or to scrap; before that it is owed. */
static char *
unit_owed (const BhIssueLine *line)
{
  BhPlaceKind kind = BH_PLACE_DOCK;
  gboolean placed = bh_place_kind_of (line->location, &kind);

  if (line->worked > 0 && kind != BH_PLACE_CUSTOMER && kind != BH_PLACE_STOCK &&
      kind != BH_PLACE_SCRAP)
    return g_strdup_printf ("has neither gone back nor to stock, it is at %s: `bench return`",
                            placed ? line->location : "no place on record");
  /* C4: a repair or a replacement; its own unit that went back is the repair */
  if (line->worked > 0 && runs (line, "C4") && line->replacement == NULL &&
      line->delivered_us == 0 && kind != BH_PLACE_CUSTOMER)
    return g_strdup ("did not go back and no replacement of it did (C4): `rma replacement`");
  return NULL;
}

/* Why a line is not done; NULL: it is. */
static char *
owed (const BhIssueLine *line)
{
  const char *why = NULL;

  if (g_str_equal (line->state, "draft"))
    why = "is not confirmed";
  /* C8: where no return is expected there is no C1, and a certificate closes it */
  else if (g_str_equal (line->state, "awaited"))
    why = runs (line, "C1") || line->return_by != NULL
              ? "has not come in"
              : "has neither come in nor a certificate of destruction (C8)";
  else if (line->jobs > 0)
    why = "is at work on the bench";
  else if (runs (line, "C2"))
    why = "has no repair analysis posted";
  else if (runs (line, "C3"))
    why = "has no failure analysis posted";
  return why != NULL ? g_strdup (why) : unit_owed (line);
}

GPtrArray *
bh_desk_owed (BhDesk *self, gint64 rma_id, const char *rma, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) lines = bh_store_issue_lines (self->store, rma_id, error);
  gint64 held = 0;

  if (lines == NULL || !bh_store_count_held (self->store, rma, &held, error))
    return NULL;
  for (guint i = 0; i < lines->len; i++) {
    const BhIssueLine *line = g_ptr_array_index (lines, i);
    g_autofree char *why = owed (line);

    if (why != NULL)
      g_ptr_array_add (all, g_strdup_printf ("line %d, %s, %s", line->line, line->serial, why));
  }
  if (held > 0)
    g_ptr_array_add (all, g_strdup_printf ("%d held at the dock, see `hold list`", (int) held));
  return g_steal_pointer (&all);
}

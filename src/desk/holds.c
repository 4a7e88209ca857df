/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What the dock held, as a CSR reads it. */

#include "backhaul/holds.h"

#include "backhaul/hold-store.h"
#include "holds-private.h"
#include "transfer-private.h"

static void
scan_free (gpointer data)
{
  BhHoldScan *scan = data;

  g_free (scan->text);
  g_free (scan->kind);
  g_free (scan->scanner);
  g_free (scan);
}

static void
photo_free (gpointer data)
{
  BhHoldPhoto *photo = data;

  g_free (photo->photo);
  g_free (photo->name);
  g_free (photo->media_type);
  g_free (photo);
}

static void
line_free (gpointer data)
{
  BhHoldLine *line = data;

  g_free (line->serial);
  g_free (line->part);
  g_free (line);
}

static BhHold *
hold_new (void)
{
  BhHold *hold = g_new0 (BhHold, 1);

  hold->scans = g_ptr_array_new_with_free_func (scan_free);
  hold->photos = g_ptr_array_new_with_free_func (photo_free);
  hold->lines = g_ptr_array_new_with_free_func (line_free);
  return hold;
}

void
bh_hold_free (BhHold *self)
{
  if (self == NULL)
    return;
  bh_receipt_clear (&self->receipt);
  g_ptr_array_unref (self->scans);
  g_ptr_array_unref (self->photos);
  g_ptr_array_unref (self->lines);
  g_strfreev (self->near);
  g_strfreev (self->offered);
  g_free (self->opens);
  g_free (self->opens_was);
  g_free (self->charge);
  g_free (self->currency);
  g_free (self);
}

/* ---- the facts of now ----------------------------------------------------------- */

void
bh_hold_facts_clear (BhHoldFacts *self)
{
  bh_unit_facts_clear (&self->unit);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->near, g_strfreev);
}

/* The box as it was scanned, typed by what is on record now (I6). */
static BhBox *
box_again (BhDesk *self, const char *box_id, GError **error)
{
  g_autoptr (BhBox) box = bh_box_new ();
  g_autoptr (GPtrArray) scans = bh_store_box_scans (self->store, box_id, error);

  if (scans == NULL)
    return NULL;
  /* the box takes them */
  g_ptr_array_set_free_func (scans, NULL);
  for (guint i = 0; i < scans->len; i++)
    bh_box_add (box, g_ptr_array_index (scans, i));
  return bh_desk_type_box (self, box, error) ? g_steal_pointer (&box) : NULL;
}

gboolean
bh_desk_hold_facts (BhDesk *self, const BhReceipt *hold, gint64 now_us, BhHoldFacts *facts,
                    GError **error)
{
  g_autoptr (BhBox) box = box_again (self, hold->box, error);
  g_autoptr (GPtrArray) units = box != NULL ? bh_box_units (box) : NULL;
  BhBoxUnit unit = { .serial = hold->serial };
  BhOutcome near = { 0 };

  if (units == NULL)
    return FALSE;
  for (guint i = 0; i < units->len; i++) {
    const BhBoxUnit *one = g_ptr_array_index (units, i);

    if (g_strcmp0 (one->serial, hold->serial) == 0)
      unit.symbol = one->symbol;
  }
  if (!bh_desk_unit_facts (self, box, &unit, units->len, NULL, now_us, &facts->unit, error) ||
      !bh_desk_find_near (self, box, &facts->unit, &near, error))
    return FALSE;
  facts->near = near.near;
  facts->lines = facts->unit.rma != NULL
                     ? bh_store_lines_not_here (self->store, facts->unit.rma, error)
                     : g_ptr_array_new ();
  return facts->lines != NULL;
}

/* ---- what is shown ---------------------------------------------------------------- */

static void
on_scan (const char *code, const char *kind, const char *scanner, gpointer data)
{
  BhHoldScan *scan = g_new0 (BhHoldScan, 1);

  scan->text = g_strdup (code);
  scan->kind = g_strdup (kind);
  scan->scanner = g_strdup (scanner);
  g_ptr_array_add (data, scan);
}

static void
on_photo (const char *id, const char *name, const char *media_type, gint64 size, gpointer data)
{
  BhHoldPhoto *photo = g_new0 (BhHoldPhoto, 1);

  photo->photo = g_strdup (id);
  photo->name = g_strdup (name);
  photo->media_type = g_strdup (media_type);
  photo->size = size;
  g_ptr_array_add (data, photo);
}

/* D6: taking it in on @line opens that line's RMA. */
static void
note_opens (BhHold *hold, const BhAwaitedLine *line)
{
  if (hold->opens != NULL || line == NULL || !bh_hold_reopens (line))
    return;
  hold->opens = g_strdup (line->rma);
  hold->opens_was = g_strdup (line->rma_state);
}

static void
add_choice (BhHold *hold, const BhAwaitedLine *line)
{
  BhHoldLine *choice = g_new0 (BhHoldLine, 1);

  choice->line = line->line;
  choice->serial = g_strdup (line->serial);
  choice->part = g_strdup (line->part);
  g_ptr_array_add (hold->lines, choice);
  note_opens (hold, line);
}

/* By the same functions that the decision itself goes by. A line that only has to be named is
 * no obstacle. */
static void
offer (BhDesk *self, const BhHoldFacts *facts, BhHold *hold)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (BhResolution how = 0; how < BH_RESOLVE_LAST; how++) {
    g_autoptr (GError) why = NULL;
    const BhAwaitedLine *line = NULL;

    if (!bh_hold_allows (facts, &hold->receipt, how, &self->policy, &why))
      continue;
    if (how != BH_RESOLVE_REFUSE)
      line = bh_hold_line (facts, &hold->receipt, how, 0, &why);
    if (line != NULL || how == BH_RESOLVE_REFUSE || g_error_matches (why, BH_ERROR, BH_ERROR_USAGE))
      g_ptr_array_add (names, g_strdup (bh_resolution_name (how)));
    note_opens (hold, line);
    for (guint i = 0; g_error_matches (why, BH_ERROR, BH_ERROR_USAGE) && i < facts->lines->len; i++)
      add_choice (hold, g_ptr_array_index (facts->lines, i));
  }
  g_ptr_array_add (names, NULL);
  hold->offered = (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* D6 shows the charge: of the unit's own line, else of what its RMA still misses. */
static void
show_charge (const BhHoldFacts *facts, BhHold *hold)
{
  const BhAwaitedLine *charged = facts->unit.line.charged != 0 ? &facts->unit.line : NULL;

  for (guint i = 0; charged == NULL && facts->unit.line.id == 0 && i < facts->lines->len; i++) {
    const BhAwaitedLine *line = g_ptr_array_index (facts->lines, i);

    if (line->charged != 0)
      charged = line;
  }
  if (charged == NULL)
    return;
  hold->charge = bh_price_format (charged->charged, charged->currency);
  hold->currency = g_strdup (charged->currency);
  hold->charged_us = charged->charged_us;
}

/* @hold has its receipt: the rest of it */
static gboolean
complete (BhDesk *self, BhHold *hold, GError **error)
{
  g_auto (BhHoldFacts) facts = { 0 };

  if (!bh_store_each_scan (self->store, hold->receipt.box, on_scan, hold->scans, error) ||
      !bh_store_each_photo (self->store, hold->receipt.box, on_photo, hold->photos, error))
    return FALSE;
  if (hold->receipt.is_void)
    return TRUE;
  if (!bh_desk_hold_facts (self, &hold->receipt, hold->receipt.at_us, &facts, error))
    return FALSE;
  hold->near = g_steal_pointer (&facts.near);
  offer (self, &facts, hold);
  show_charge (&facts, hold);
  return TRUE;
}

GPtrArray *
bh_desk_list_holds (BhDesk *self, GError **error)
{
  g_autoptr (GPtrArray) holds = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_hold_free);
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (BhTx) tx = NULL;

  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      (tx = bh_store_begin_read (self->store, error)) == NULL ||
      (receipts = bh_store_held (self->store, error)) == NULL)
    return NULL;
  for (guint i = 0; i < receipts->len; i++) {
    BhReceipt *receipt = g_ptr_array_index (receipts, i);
    BhHold *hold = hold_new ();

    g_ptr_array_add (holds, hold);
    hold->receipt = *receipt;
    *receipt = (BhReceipt){ 0 };
    if (!complete (self, hold, error))
      return NULL;
  }
  return g_steal_pointer (&holds);
}

BhHold *
bh_desk_find_hold (BhDesk *self, const char *receipt, GError **error)
{
  g_autoptr (BhHold) hold = hold_new ();
  g_autoptr (BhTx) tx = NULL;

  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      (tx = bh_store_begin_read (self->store, error)) == NULL ||
      !bh_store_find_receipt (self->store, receipt, &hold->receipt, error))
    return NULL;
  if (g_strcmp0 (hold->receipt.verdict, "hold") != 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such hold; `hold list` names those that wait", receipt);
    return NULL;
  }
  return complete (self, hold, error) ? g_steal_pointer (&hold) : NULL;
}

GBytes *
bh_desk_hold_photo (BhDesk *self, const char *receipt, guint n, GError **error)
{
  g_autoptr (BhHold) hold = bh_desk_find_hold (self, receipt, error);
  const BhHoldPhoto *photo;

  if (hold == NULL)
    return NULL;
  if (n == 0 || n > hold->photos->len) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND, "%s: it has %u pictures; ask for one of them",
                 receipt, hold->photos->len);
    return NULL;
  }
  photo = g_ptr_array_index (hold->photos, n - 1);
  return bh_store_photo_bytes (self->store, photo->photo, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "dock-box.h"

#include <glib/gi18n.h>
#include <string.h>

#include "backhaul/identifier.h"
#include "backhaul/resolution.h"
#include "words.h"

void
bh_dock_box_init (BhDockBox *self)
{
  *self = (BhDockBox){ .id = bh_uuid (bh_now_us ()) };
  self->scans = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_scan_free);
  self->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_photo_free);
  self->undone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
bh_dock_box_clear (BhDockBox *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->scans, g_ptr_array_unref);
  g_clear_pointer (&self->photos, g_ptr_array_unref);
  g_clear_pointer (&self->undone, g_hash_table_unref);
  g_clear_pointer (&self->result, bh_step_result_free);
  g_clear_pointer (&self->shown, g_free);
}

void
bh_dock_box_reset (BhDockBox *self)
{
  bh_dock_box_clear (self);
  bh_dock_box_init (self);
}

gboolean
bh_dock_box_complete (const BhDockBox *self)
{
  if (self->result == NULL || self->unsaved)
    return FALSE;
  for (guint i = 0; i < self->result->outcomes->len; i++) {
    const BhOutcome *outcome = g_ptr_array_index (self->result->outcomes, i);

    if (outcome->ruling->verdict == BH_VERDICT_WAITING)
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_chip (const BhDockBox *self, BhKind kind, const char *text)
{
  for (guint i = 0; i < self->result->chips->len; i++) {
    const BhChip *chip = g_ptr_array_index (self->result->chips, i);

    if (chip->kind == kind && (text == NULL || g_str_equal (chip->text, text)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_rma (const BhDockBox *self, const char *rma)
{
  for (guint i = 0; i < self->result->outcomes->len; i++) {
    const BhOutcome *outcome = g_ptr_array_index (self->result->outcomes, i);

    if (g_strcmp0 (outcome->rma, rma) == 0)
      return TRUE;
  }
  return has_chip (self, BH_KIND_RMA, rma);
}

gboolean
bh_dock_box_over (const BhDockBox *self, const BhScan *scan)
{
  g_autoptr (BhReading) reading = NULL;

  if (self->ended && !self->unsaved)
    return TRUE;
  if (!bh_dock_box_complete (self))
    return FALSE;
  reading = bh_scan_classify (scan);
  for (guint i = 0; i < reading->fields->len; i++) {
    const BhField *field = g_ptr_array_index (reading->fields, i);

    if (field->kind == BH_KIND_RMA && !has_rma (self, field->value))
      return TRUE;
    if (field->kind == BH_KIND_TRACKING && has_chip (self, BH_KIND_TRACKING, NULL) &&
        !has_chip (self, BH_KIND_TRACKING, field->value))
      return TRUE;
  }
  return FALSE;
}

const BhScan *
bh_dock_box_find (const BhDockBox *self, const BhScan *scan)
{
  /* newest first: a repeated delivery follows at once */
  for (guint i = self->scans->len; i > 0; i--) {
    const BhScan *old = g_ptr_array_index (self->scans, i - 1);

    if (g_bytes_equal (old->bytes, scan->bytes))
      return old;
  }
  return NULL;
}

gboolean
bh_dock_box_anew (const BhDockBox *self, const BhScan *scan)
{
  return g_hash_table_size (self->undone) > 0 && !self->unsaved &&
         bh_scan_command (scan) == BH_COMMAND_NONE && bh_dock_box_find (self, scan) != NULL;
}

char *
bh_dock_undone_words (const BhReceipt *receipt)
{
  g_autofree char *at = bh_clock_words (receipt->void_us);

  if (receipt->resolved == NULL)
    return g_strdup_printf (
        _ ("Voided by %s at %s: %s. This verdict does not count any more; scan the unit again."),
        receipt->void_by, at, receipt->void_reason);
  return g_strdup_printf (
      g_str_equal (receipt->resolved, bh_resolution_name (BH_RESOLVE_REFUSE))
          ? _ ("No longer held: %s refused it at %s: %s. It goes back to the sender.")
          : _ ("No longer held: %s took it in at %s: %s. Scan the unit again to see where it "
               "goes."),
      receipt->void_by, at, receipt->void_reason);
}

BhCommand
bh_scan_command (const BhScan *scan)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (scan->bytes, &size);

  return text == NULL ? BH_COMMAND_NONE : bh_command_parse (text, size);
}

gboolean
bh_dock_box_stuck (const BhDockBox *self)
{
  for (guint i = 0; i < self->scans->len && self->judged == self->scans->len; i++)
    if (bh_scan_command (g_ptr_array_index (self->scans, i)) == BH_COMMAND_NEXT_BOX)
      return TRUE;
  return FALSE;
}

static const BhOutcome *
outcome_like (GPtrArray *outcomes, const BhOutcome *like)
{
  for (guint i = 0; outcomes != NULL && i < outcomes->len; i++) {
    const BhOutcome *outcome = g_ptr_array_index (outcomes, i);

    if (g_strcmp0 (outcome->serial, like->serial) == 0)
      return outcome;
  }
  return NULL;
}

/* Which unit the receiver wants to see: the one that this scan was about. */
static void
choose_shown (BhDockBox *self, GPtrArray *before)
{
  GPtrArray *now = self->result->outcomes;
  const BhOutcome *choice = NULL;

  for (guint i = 0; i < now->len; i++) {
    const BhOutcome *outcome = g_ptr_array_index (now, i);
    const BhOutcome *old = outcome_like (before, outcome);

    if (old == NULL || old->ruling != outcome->ruling || g_strcmp0 (old->rma, outcome->rma) != 0)
      choice = outcome;
  }
  if (choice != NULL || self->shown == NULL) {
    if (choice == NULL && now->len > 0)
      choice = g_ptr_array_index (now, now->len - 1);
    g_free (self->shown);
    self->shown = g_strdup (choice == NULL || choice->serial == NULL ? "" : choice->serial);
  }
}

void
bh_dock_box_settle (BhDockBox *self, BhStepResult *result)
{
  g_autoptr (BhStepResult) before = self->result;

  self->result = result;
  self->judged = self->scans->len;
  self->unsaved = FALSE;
  g_ptr_array_set_size (self->photos, 0);
  choose_shown (self, before != NULL ? before->outcomes : NULL);
  self->ended = self->ended && bh_dock_box_complete (self);
}

const BhOutcome *
bh_dock_box_outcome (const BhDockBox *self)
{
  GPtrArray *outcomes = self->result != NULL ? self->result->outcomes : NULL;

  for (guint i = 0; outcomes != NULL && i < outcomes->len; i++) {
    const BhOutcome *outcome = g_ptr_array_index (outcomes, i);

    if (g_strcmp0 (outcome->serial != NULL ? outcome->serial : "", self->shown) == 0)
      return outcome;
  }
  return outcomes != NULL && outcomes->len > 0 ? g_ptr_array_index (outcomes, outcomes->len - 1)
                                               : NULL;
}

GPtrArray *
bh_dock_box_receipts (const BhDockBox *self)
{
  GPtrArray *receipts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; self->result != NULL && i < self->result->outcomes->len; i++) {
    const BhOutcome *outcome = g_ptr_array_index (self->result->outcomes, i);

    if (outcome->receipt != NULL && !outcome->provisional)
      g_ptr_array_add (receipts, g_strdup (outcome->receipt));
  }
  return receipts;
}

static void
add_pending (GPtrArray *chips, const BhScan *scan)
{
  g_autoptr (BhReading) reading = bh_scan_classify (scan);
  BhChip *chip = g_new0 (BhChip, 1);

  chip->kind = reading->kind;
  chip->text = bh_text_for_display (reading->display, strlen (reading->display), 48);
  g_ptr_array_add (chips, chip);
}

GPtrArray *
bh_dock_box_chips (const BhDockBox *self)
{
  GPtrArray *chips = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_chip_free);

  for (guint i = 0; self->result != NULL && i < self->result->chips->len; i++) {
    const BhChip *chip = g_ptr_array_index (self->result->chips, i);
    BhChip *copy = g_memdup2 (chip, sizeof *chip);

    copy->text = g_strdup (chip->text);
    g_ptr_array_add (chips, copy);
  }
  for (guint i = self->judged; i < self->scans->len; i++)
    if (bh_scan_command (g_ptr_array_index (self->scans, i)) == BH_COMMAND_NONE)
      add_pending (chips, g_ptr_array_index (self->scans, i));
  return chips;
}

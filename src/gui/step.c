/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "step.h"

#include <string.h>

#include "backhaul/identifier.h"
#include "backhaul/receipt.h"

/* another station holds the store for milliseconds; a lost connection comes back
 * in a fraction of a second. The act's UUID makes trying again safe */
#define TRIES         5
#define TRY_AGAIN_US  (100 * G_TIME_SPAN_MILLISECOND)
#define DOUBLED_LEAST 8

BhScan *
bh_scan_copy (const BhScan *scan)
{
  BhScan *copy = g_new0 (BhScan, 1);

  copy->bytes = g_bytes_ref (scan->bytes);
  copy->symbology = g_strdup (scan->symbology);
  copy->identifier = g_strdup (scan->identifier);
  copy->scanner = g_strdup (scan->scanner);
  copy->source = scan->source;
  copy->at_us = scan->at_us;
  return copy;
}

BhStep *
bh_step_new (const char *box, GPtrArray *scans, GPtrArray *photos, BhAway *away, gint64 now_us)
{
  BhStep *self = g_new0 (BhStep, 1);

  self->act = bh_uuid (now_us);
  self->box = g_strdup (box);
  self->scans = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_scan_free);
  for (guint i = 0; i < scans->len; i++)
    g_ptr_array_add (self->scans, bh_scan_copy (g_ptr_array_index (scans, i)));
  self->photos = photos != NULL ? g_ptr_array_ref (photos) : NULL;
  self->away = away != NULL ? g_object_ref (away) : NULL;
  self->now_us = now_us;
  return self;
}

static void
step_free (gpointer data)
{
  BhStep *self = data;

  g_free (self->act);
  g_free (self->box);
  g_ptr_array_unref (self->scans);
  g_clear_pointer (&self->photos, g_ptr_array_unref);
  g_clear_object (&self->away);
  g_free (self);
}

void
bh_chip_free (BhChip *self)
{
  g_free (self->text);
  g_free (self);
}

void
bh_step_result_free (BhStepResult *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->outcomes, g_ptr_array_unref);
  g_clear_pointer (&self->chips, g_ptr_array_unref);
  g_free (self->doubled);
  g_free (self);
}

static gboolean
is_on_record (BhDesk *desk, const BhStep *step, gboolean away, const char *value, gboolean *found,
              GError **error)
{
  static const BhRecord records[] = { BH_RECORD_AWAITED, BH_RECORD_SERIAL, BH_RECORD_PART,
                                      BH_RECORD_TRACKING };

  *found = away && bh_away_awaits (step->away, value);
  for (gsize i = 0; !away && i < G_N_ELEMENTS (records) && !*found; i++)
    if (!bh_store_on_record (bh_desk_store (desk), records[i], value, found, error))
      return FALSE;
  return TRUE;
}

/* S9: one scan delivered on two channels at once reads X+X. A serial may really
 * look so: whoever is on record as a whole is no double. */
static gboolean
half_of (BhDesk *desk, const BhStep *step, gboolean away, const BhScan *scan, char **half,
         GError **error)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (scan->bytes, &size);
  g_autofree char *whole = NULL;
  gboolean found = FALSE;

  if (scan->source != BH_SCAN_SCANNED || size < DOUBLED_LEAST || size % 2 != 0 ||
      memcmp (text, text + size / 2, size / 2) != 0)
    return TRUE;
  whole = bh_part_normalise (text, (gssize) size);
  if (whole != NULL && !is_on_record (desk, step, away, whole, &found, error))
    return FALSE;
  if (!found)
    *half = g_strndup (text, size / 2);
  return TRUE;
}

static gboolean
fill_box (BhDesk *desk, const BhStep *step, gboolean away, BhBox *box, BhStepResult *result,
          GError **error)
{
  for (guint i = 0; i < step->scans->len; i++) {
    const BhScan *scan = g_ptr_array_index (step->scans, i);
    g_autofree char *half = NULL;

    if (!half_of (desk, step, away, scan, &half, error))
      return FALSE;
    if (half != NULL) {
      /* the half acts; the whole is kept behind it, byte for byte (I4) */
      bh_box_add (box, bh_scan_new_text (half, scan->source, scan->at_us));
      g_free (result->doubled);
      result->doubled = g_steal_pointer (&half);
    }
    bh_box_add (box, bh_scan_copy (scan));
  }
  return TRUE;
}

static void
tell_chips (BhBox *box, BhStepResult *result)
{
  GPtrArray *items = bh_box_items (box);

  result->chips = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_chip_free);
  for (guint i = 0; i < items->len; i++) {
    const BhBoxItem *item = g_ptr_array_index (items, i);
    BhChip *chip = g_new0 (BhChip, 1);

    chip->kind = item->kind;
    chip->text = bh_text_for_display (item->value, strlen (item->value), 48);
    chip->certain = item->certain;
    chip->on_record = item->on_record;
    g_ptr_array_add (result->chips, chip);
  }
}

/* Where there is a journal a box does not wait longer than the store's patience. */
static gboolean
may_try_again (const BhStep *step, const GError *error)
{
  return g_error_matches (error, BH_ERROR, BH_ERROR_BUSY) ||
         (step->away == NULL && g_error_matches (error, BH_ERROR, BH_ERROR_LOST));
}

static BhStepResult *
receive_on_line (BhDesk *desk, const BhStep *step, GError **error)
{
  const BhReceiveOptions options = { .box = step->box, .photos = step->photos };
  g_autoptr (BhStepResult) result = g_new0 (BhStepResult, 1);
  g_autoptr (BhBox) box = bh_box_new ();
  g_autoptr (GError) why = NULL;

  if (!fill_box (desk, step, FALSE, box, result, error))
    return NULL;
  for (int tries = 1; result->outcomes == NULL; tries++) {
    g_clear_error (&why);
    result->outcomes = bh_desk_receive (desk, step->act, box, &options, step->now_us, &why);
    if (result->outcomes != NULL)
      break;
    if (tries == TRIES || !may_try_again (step, why)) {
      g_propagate_error (error, g_steal_pointer (&why));
      return NULL;
    }
    g_usleep (TRY_AGAIN_US);
  }
  if (step->away != NULL)
    bh_away_note (step->away, step->box, result->outcomes, step->now_us);
  tell_chips (box, result);
  return g_steal_pointer (&result);
}

static BhStepResult *
receive_away (BhDesk *desk, const BhStep *step, GError **error)
{
  const BhReceiveOptions options = { .box = step->box, .photos = step->photos };
  g_autoptr (BhStepResult) result = g_new0 (BhStepResult, 1);
  g_autoptr (BhBox) box = bh_box_new ();

  if (!fill_box (desk, step, TRUE, box, result, error) ||
      (result->outcomes = bh_away_receive (step->away, desk, step->act, box, &options, step->now_us,
                                           error)) == NULL)
    return NULL;
  tell_chips (box, result);
  return g_steal_pointer (&result);
}

static gpointer
run_step (BhDesk *desk, gpointer data, GError **error)
{
  const BhStep *step = data;
  g_autoptr (GError) why = NULL;
  BhStepResult *result;

  if (step->away != NULL && bh_away_is_out (step->away))
    return receive_away (desk, step, error);
  result = receive_on_line (desk, step, &why);
  if (result != NULL)
    return result;
  if (step->away == NULL || !g_error_matches (why, BH_ERROR, BH_ERROR_LOST)) {
    g_propagate_error (error, g_steal_pointer (&why));
    return NULL;
  }
  bh_away_leave (step->away);
  return receive_away (desk, step, error);
}

void
bh_step_async (BhWorker *worker, BhStep *step, GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_run (worker, run_step, step, step_free, (GDestroyNotify) bh_step_result_free, callback,
                 data);
}

BhStepResult *
bh_step_finish (GAsyncResult *result, GError **error)
{
  return bh_worker_finish (result, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "receive-private.h"

#include <string.h>

#include "backhaul/digest.h"
#include "backhaul/identifier.h"
#include "backhaul/near.h"

#define MAX_NEAR 5

/* What a read is found again by (V8): its first identifier, else the text. */
static const char *
code_of (BhBox *box, guint n, BhKind *kind)
{
  GPtrArray *items = bh_box_items (box);

  *kind = bh_box_reading (box, n)->kind;
  for (guint i = 0; i < items->len; i++) {
    BhBoxItem *item = g_ptr_array_index (items, i);

    if (item->symbol == n) {
      *kind = item->kind;
      return item->value;
    }
  }
  return bh_box_reading (box, n)->display;
}

/* V7: the picture goes into the record, once however often it is given */
static gboolean
keep_photos (BhDesk *self, const char *box_id, GPtrArray *photos, gint64 now_us, GError **error)
{
  for (guint i = 0; photos != NULL && i < photos->len; i++) {
    const BhPhoto *photo = g_ptr_array_index (photos, i);
    g_autofree char *id = bh_uuid (now_us);
    g_autofree char *name = bh_text_for_display (photo->name, strlen (photo->name), 200);
    g_autofree char *sum = bh_sha256_of (photo->bytes);

    if (!bh_store_add_photo (self->store, id, box_id, name, photo->media_type, sum, photo->bytes,
                             now_us, error))
      return FALSE;
  }
  return TRUE;
}

static void
clear_row (gpointer row)
{
  g_free (((BhScanRow *) row)->code);
}

gboolean
bh_desk_keep_box (BhDesk *self, const char *box_id, BhBox *box, const BhReceiveOptions *options,
                  gint64 now_us, gboolean *fresh, GError **error)
{
  g_autoptr (GPtrArray) numbers = bh_box_values (box, BH_KIND_TRACKING);
  g_autofree char *tracking = NULL;
  g_autoptr (GArray) rows = NULL;
  gint64 kept = 0;

  if (options->tracking != NULL)
    tracking = bh_tracking_fold (options->tracking, -1);
  else if (numbers->len > 0)
    tracking = g_strdup (((BhBoxItem *) g_ptr_array_index (numbers, 0))->value);
  if (!bh_store_put_box (self->store, box_id, self->dock, self->station, self->operator,
                         options->carrier, tracking, bh_box_said (box, BH_COMMAND_NEXT_BOX), now_us,
                         fresh, error) ||
      (!*fresh && !bh_store_count_scans (self->store, box_id, &kept, error)) ||
      !keep_photos (self, box_id, options->photos, now_us, error))
    return FALSE;
  rows = g_array_new (FALSE, FALSE, sizeof (BhScanRow));
  g_array_set_clear_func (rows, clear_row);
  for (guint n = (guint) kept; n < bh_box_n_scans (box); n++) {
    BhScanRow row = { .scan = bh_box_scan (box, n) };
    const char *code = code_of (box, n, &row.kind);

    row.code = bh_text_for_display (code, strlen (code), 200);
    g_array_append_val (rows, row);
  }
  return bh_store_add_scans (self->store, box_id, kept, (const BhScanRow *) (gpointer) rows->data,
                             rows->len, error);
}

static gboolean
recall_code (BhDesk *self, const char *code, BhOutcome *outcome, GError **error)
{
  g_auto (BhReceipt) refused = { 0 };
  g_autofree char *when = NULL;

  if (code == NULL || outcome->seen_before != NULL)
    return TRUE;
  if (!bh_store_refused_before (self->store, code, outcome->box, &refused, error))
    return FALSE;
  if (refused.receipt == NULL)
    return TRUE;
  when = bh_time_format (refused.at_us, NULL);
  outcome->seen_before =
      g_strdup_printf ("refused on %s (%s), box %s", when, refused.rule, refused.box);
  return TRUE;
}

gboolean
bh_desk_recall (BhDesk *self, BhBox *box, const BhReceiveOptions *options, BhOutcome *outcome,
                GError **error)
{
  GPtrArray *items = bh_box_items (box);
  g_autofree char *tracking =
      options->tracking != NULL ? bh_tracking_fold (options->tracking, -1) : NULL;

  /* parts and commands are on many boxes, so they are no sign of this one */
  for (guint i = 0; i < items->len; i++) {
    BhBoxItem *item = g_ptr_array_index (items, i);

    if (item->kind != BH_KIND_PART && item->kind != BH_KIND_ORDER && item->kind != BH_KIND_GTIN &&
        !recall_code (self, item->value, outcome, error))
      return FALSE;
  }
  return recall_code (self, tracking, outcome, error);
}

gboolean
bh_desk_find_near (BhDesk *self, BhBox *box, const BhUnitFacts *facts, BhOutcome *outcome,
                   GError **error)
{
  g_autoptr (GPtrArray) near = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *items = bh_box_items (box);

  for (guint i = 0; i < items->len && near->len < MAX_NEAR; i++) {
    BhBoxItem *item = g_ptr_array_index (items, i);
    gboolean serial = item->kind == BH_KIND_SERIAL && facts->serial != BH_SER_HERE &&
                      facts->serial != BH_SER_ELSEWHERE && facts->serial != BH_SER_RECEIVED;
    g_autoptr (GPtrArray) variants = NULL;

    /* what is on record is exact; only what is not can be a slip */
    if (item->on_record || !(serial || (item->kind == BH_KIND_RMA && facts->rma == NULL)))
      continue;
    variants = bh_near_variants (item->value);
    if (!bh_store_near (self->store, variants, serial, MAX_NEAR, near, error))
      return FALSE;
  }
  if (near->len == 0)
    return TRUE;
  g_ptr_array_add (near, NULL);
  g_ptr_array_set_free_func (near, NULL);
  outcome->near = (char **) g_ptr_array_free (g_steal_pointer (&near), FALSE);
  return TRUE;
}

GPtrArray *
bh_desk_box_scans (BhDesk *self, const char *box, GError **error)
{
  return bh_store_box_scans (self->store, box, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/box.h"

#include <string.h>

#include "backhaul/badge.h"
#include "backhaul/identifier.h"

typedef struct {
  BhScan *scan;
  BhReading *reading;
} Read;

struct _BhBox {
  GPtrArray *reads; /* of Read */
  GPtrArray *items; /* of BhBoxItem; made by bh_box_type() */
  guint said;       /* bits 1 << BhCommand */
};

static char *
normalise_tracking (const char *text, gssize length)
{
  return bh_tracking_fold (text, length);
}

/* RULES I6: the order in which a bare text is looked for; first on record wins */
static const struct {
  BhRecord record;
  BhKind kind;
  char *(*normalise) (const char *text, gssize length);
} order[] = {
  { BH_RECORD_RMA, BH_KIND_RMA, bh_rma_normalise },
  { BH_RECORD_CASE, BH_KIND_CASE, bh_case_normalise },
  { BH_RECORD_AWAITED, BH_KIND_SERIAL, bh_serial_normalise },
  { BH_RECORD_SERIAL, BH_KIND_SERIAL, bh_serial_normalise },
  { BH_RECORD_PART, BH_KIND_PART, bh_part_normalise },
  { BH_RECORD_TRACKING, BH_KIND_TRACKING, normalise_tracking },
};

static void
read_free (gpointer data)
{
  Read *read = data;

  bh_scan_free (read->scan);
  bh_reading_free (read->reading);
  g_free (read);
}

static void
item_free (gpointer data)
{
  BhBoxItem *item = data;

  g_free (item->value);
  g_free (item);
}

static void
unit_free (gpointer data)
{
  BhBoxUnit *unit = data;

  g_free (unit->serial);
  g_free (unit);
}

BhBox *
bh_box_new (void)
{
  BhBox *self = g_new0 (BhBox, 1);

  self->reads = g_ptr_array_new_with_free_func (read_free);
  self->items = g_ptr_array_new_with_free_func (item_free);
  return self;
}

void
bh_box_free (BhBox *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->reads);
  g_ptr_array_unref (self->items);
  g_free (self);
}

void
bh_box_say (BhBox *self, BhCommand command)
{
  self->said |= 1u << command;
}

gboolean
bh_box_said (BhBox *self, BhCommand command)
{
  return (self->said & (1u << command)) != 0;
}

guint
bh_box_add (BhBox *self, BhScan *scan)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (scan->bytes, &size);
  Read *read;

  /* worth as much as a PIN: no box keeps it, whatever way it came */
  if (text != NULL && bh_badge_is (text, size)) {
    bh_scan_free (scan);
    return self->reads->len;
  }
  read = g_new0 (Read, 1);
  read->scan = scan;
  read->reading = bh_scan_classify (scan);
  if (read->reading->kind == BH_KIND_COMMAND)
    bh_box_say (self, read->reading->command);
  g_ptr_array_add (self->reads, read);
  return self->reads->len - 1;
}

guint
bh_box_n_scans (BhBox *self)
{
  return self->reads->len;
}

const BhScan *
bh_box_scan (BhBox *self, guint n)
{
  return ((Read *) g_ptr_array_index (self->reads, n))->scan;
}

const BhReading *
bh_box_reading (BhBox *self, guint n)
{
  return ((Read *) g_ptr_array_index (self->reads, n))->reading;
}

static void
add_item (BhBox *self, guint n, BhKind kind, const char *value, gboolean certain,
          gboolean on_record)
{
  BhBoxItem *item = g_new0 (BhBoxItem, 1);

  item->kind = kind;
  item->value = g_strdup (value);
  item->certain = certain;
  item->on_record = on_record;
  item->source = bh_box_scan (self, n)->source;
  item->symbol = n;
  g_ptr_array_add (self->items, item);
}

/* I6, for one text: the first of the order that is on record. *kind stays
 * UNKNOWN when none is. @only: the kind a stripped data identifier allows. */
static gboolean
find_on_record (const char *text, BhKind only, BhOnRecord on_record, gpointer data, BhKind *kind,
                char **value, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++) {
    g_autofree char *normal = NULL;
    gboolean found = FALSE;

    if (only != BH_KIND_UNKNOWN && order[i].kind != only)
      continue;
    normal = order[i].normalise (text, -1);
    if (normal == NULL)
      continue;
    if (!on_record (order[i].record, normal, &found, data, error))
      return FALSE;
    if (found) {
      *kind = order[i].kind;
      *value = g_steal_pointer (&normal);
      return TRUE;
    }
  }
  return TRUE;
}

/* What a field of a wrapper is on record as; it is certain in any case (I6). */
static gboolean
type_field (BhBox *self, guint n, const BhField *field, BhOnRecord on_record, gpointer data,
            GError **error)
{
  gboolean found = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (order) && !found; i++)
    if (order[i].kind == field->kind &&
        !on_record (order[i].record, field->value, &found, data, error))
      return FALSE;
  add_item (self, n, field->kind, field->value, TRUE, found);
  return TRUE;
}

static gboolean
type_read (BhBox *self, guint n, BhOnRecord on_record, gpointer data, GError **error)
{
  const BhReading *reading = bh_box_reading (self, n);
  BhKind kind = BH_KIND_UNKNOWN;
  g_autofree char *value = NULL;

  if (reading->kind == BH_KIND_COMMAND)
    return TRUE; /* it has acted; it is not on the box */
  if (reading->bare != NULL && !reading->wrapped) {
    if (!find_on_record (reading->bare, BH_KIND_UNKNOWN, on_record, data, &kind, &value, error))
      return FALSE;
    if (kind == BH_KIND_UNKNOWN && reading->stripped != NULL &&
        !find_on_record (reading->stripped, reading->stripped_kind, on_record, data, &kind, &value,
                         error))
      return FALSE;
    if (kind != BH_KIND_UNKNOWN) {
      add_item (self, n, kind, value, TRUE, TRUE);
      return TRUE;
    }
  }
  for (guint i = 0; i < reading->fields->len; i++)
    if (!type_field (self, n, g_ptr_array_index (reading->fields, i), on_record, data, error))
      return FALSE;
  if (reading->fields->len > 0)
    return TRUE;
  if (reading->possible_serial != NULL)
    add_item (self, n, BH_KIND_SERIAL, reading->possible_serial, FALSE, FALSE);
  else
    add_item (self, n, BH_KIND_UNKNOWN, reading->display, TRUE, FALSE);
  return TRUE;
}

gboolean
bh_box_type (BhBox *self, BhOnRecord on_record, gpointer data, GError **error)
{
  g_ptr_array_set_size (self->items, 0);
  for (guint n = 0; n < self->reads->len; n++)
    if (!type_read (self, n, on_record, data, error))
      return FALSE;
  return TRUE;
}

GPtrArray *
bh_box_items (BhBox *self)
{
  return self->items;
}

GPtrArray *
bh_box_values (BhBox *self, BhKind kind)
{
  GPtrArray *distinct = g_ptr_array_new ();

  for (guint i = 0; i < self->items->len; i++) {
    BhBoxItem *item = g_ptr_array_index (self->items, i);
    gboolean seen = FALSE;

    if (item->kind != kind || !item->certain)
      continue;
    for (guint j = 0; j < distinct->len && !seen; j++)
      seen = g_str_equal (((BhBoxItem *) g_ptr_array_index (distinct, j))->value, item->value);
    if (!seen)
      g_ptr_array_add (distinct, item);
  }
  return distinct;
}

/* One entry a serial: read again it is the same unit (S1, S9). */
static void
add_unit (GPtrArray *units, const BhBoxItem *item)
{
  BhBoxUnit *unit = NULL;

  for (guint i = 0; i < units->len && unit == NULL; i++) {
    unit = g_ptr_array_index (units, i);
    if (!g_str_equal (unit->serial, item->value))
      unit = NULL;
  }
  if (unit != NULL) {
    unit->typed_twice = unit->typed && item->source == BH_SCAN_TYPED;
    unit->typed = unit->typed && item->source == BH_SCAN_TYPED;
    return;
  }
  unit = g_new0 (BhBoxUnit, 1);
  unit->serial = g_strdup (item->value);
  unit->typed = item->source == BH_SCAN_TYPED;
  unit->symbol = item->symbol;
  g_ptr_array_add (units, unit);
}

GPtrArray *
bh_box_units (BhBox *self)
{
  GPtrArray *units = g_ptr_array_new_with_free_func (unit_free);
  gboolean ended = bh_box_said (self, BH_COMMAND_NEXT_BOX) ||
                   bh_box_said (self, BH_COMMAND_MANUAL) || bh_box_said (self, BH_COMMAND_REFUSE);
  const char *chosen = NULL;

  for (guint i = 0; i < self->items->len; i++) {
    BhBoxItem *item = g_ptr_array_index (self->items, i);

    if (item->kind == BH_KIND_SERIAL && item->certain)
      add_unit (units, item);
  }
  if (units->len > 0)
    return units;
  /* Several possible serials are the many codes of one plate (S2): the first
   * is judged, for each of them the verdict would be the same. */
  for (guint i = 0; ended && i < self->items->len; i++) {
    BhBoxItem *item = g_ptr_array_index (self->items, i);

    if (item->kind != BH_KIND_SERIAL || item->certain)
      continue;
    if (chosen == NULL)
      chosen = item->value;
    if (g_str_equal (chosen, item->value))
      add_unit (units, item);
  }
  if (units->len == 0)
    g_ptr_array_add (units, g_new0 (BhBoxUnit, 1));
  return units;
}

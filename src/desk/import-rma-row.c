/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* What a row of `rmas` tells alone, before the store is asked for its RMA. */

#include "import-rma.h"

#include <string.h>

static void
free_place (gpointer data)
{
  BhPlace *place = data;

  g_free (place->zone_name);
  g_free (place->calendar_name);
  g_time_zone_unref (place->zone);
  g_free (place);
}

/* NULL destination: UTC, weekdays */
const BhPlace *
bh_import_place (BhImport *self, const char *destination, GError **error)
{
  const char *key = destination != NULL ? destination : "";
  g_autofree char *zone = NULL;
  g_autofree char *calendar_name = NULL;
  BhCalendar *calendar;
  BhPlace *place;

  if (self->places == NULL)
    self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_place);
  place = g_hash_table_lookup (self->places, key);
  if (place != NULL)
    return place;
  if ((destination != NULL &&
       !bh_store_place (self->desk->store, destination, &zone, &calendar_name, error)) ||
      (calendar = bh_desk_calendar (self->desk, calendar_name, error)) == NULL)
    return NULL;
  /* names that are on no record come here too: a file of them must not fill the memory */
  if (g_hash_table_size (self->places) >= 10000)
    g_hash_table_remove_all (self->places);
  place = g_new0 (BhPlace, 1);
  place->zone = bh_zone (zone);
  place->zone_name = g_strdup (place->zone != NULL ? zone : "UTC");
  if (place->zone == NULL)
    place->zone = g_time_zone_new_utc ();
  place->calendar_name = g_steal_pointer (&calendar_name);
  place->calendar = calendar;
  g_hash_table_insert (self->places, g_strdup (key), place);
  return place;
}

/* ---- what the row alone tells ----------------------------------------------------------- */

/* The state that the row gives its line. */
const char *
bh_import_share (const BhTableRow *row)
{
  if (row->values[STATE].text != NULL)
    return row->values[STATE].text;
  return row->values[CLOSED].number != 0      ? "closed"
         : row->values[RECEIVED].number != 0  ? "received"
         : row->values[CONFIRMED].number != 0 ? "open"
                                              : "draft";
}

static void
not_before (BhImport *self, const BhTableRow *row, int column, int than, GTimeZone *zone)
{
  const BhTableValue *value = &row->values[column];

  /* by day: a date without a time is its midnight */
  if (value->number != 0 && row->values[than].number != 0 &&
      bh_day_of (value->number, zone) < bh_day_of (row->values[than].number, zone))
    bh_import_faultf (self, column, "%s is before %s, %s", value->text,
                      self->transfer->columns[than].name, row->values[than].text);
}

gboolean
bh_import_check_rma (BhImport *self, BhTableRow *row, GError **error)
{
  static const int instants[] = { CREATED, CONFIRMED, RECEIVED, CLOSED };
  const BhPlace *place = bh_import_place (self, row->values[DESTINATION].text, error);
  const char *share;

  if (place == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (instants); i++) {
    BhTableValue *value = &row->values[instants[i]];

    if (value->text != NULL && !bh_instant_parse (value->text, place->zone, &value->number))
      bh_import_fault (self, instants[i], "no such time in the destination's zone");
  }
  if (self->faults > 0)
    return TRUE;
  not_before (self, row, CONFIRMED, CREATED, place->zone);
  not_before (self, row, RECEIVED, CREATED, place->zone);
  not_before (self, row, CLOSED, CREATED, place->zone);
  if (row->values[PRIORITY].text != NULL && row->values[CASE].text == NULL)
    bh_import_fault (self, PRIORITY, "a priority is a case's; give the case");
  share = bh_import_share (row);
  if (g_str_equal (share, "draft")) {
    if (row->values[CONFIRMED].number != 0)
      bh_import_fault (self, STATE, "a draft is not confirmed (N1); mend state or confirmed");
    if (row->values[RECEIVED].number != 0)
      bh_import_fault (self, RECEIVED, "only a confirmed RMA receives goods (N1)");
  } else if (row->values[CONFIRMED].number == 0 &&
             (g_str_equal (share, "open") || row->values[RECEIVED].number != 0)) {
    bh_import_fault (self, CONFIRMED, "only a confirmed RMA receives goods (N1); say when");
  }
  if ((g_str_equal (share, "received") || g_str_equal (share, "in-analysis")) &&
      row->values[RECEIVED].number == 0)
    bh_import_faultf (self, RECEIVED, "the state is %s; say when it was received", share);
  if (g_str_equal (bh_rma_status_of (share), "open") && row->values[CLOSED].number != 0)
    bh_import_faultf (self, CLOSED, "the state is %s, which is not closed; mend one", share);
  return TRUE;
}

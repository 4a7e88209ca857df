/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "backhaul/custody.h"

#include "backhaul/identifier.h"
#include "backhaul/job-store.h"
#include "backhaul/lists-store.h"
#include "clocks-private.h"
#include "custody-private.h"
#include "issue-private.h"
#include "receive-private.h"

#define MAX_LISTED 10000

void
bh_moved_free (BhMoved *self)
{
  if (self == NULL)
    return;
  g_free (self->serial);
  g_free (self->from);
  g_free (self->location);
  g_free (self->tote);
  g_free (self->rma);
  g_free (self->clock);
  g_free (self->due);
  g_free (self);
}

/* RULES §2: receivers move between dock locations, and hand over; technicians the rest. */
#define DOCKS (1u << BH_PLACE_DOCK | 1u << BH_PLACE_SHELF | 1u << BH_PLACE_TRANSIT)
#define CENTER                                                                                     \
  (1u << BH_PLACE_SHELF | 1u << BH_PLACE_TRANSIT | 1u << BH_PLACE_REPAIR | 1u << BH_PLACE_BENCH |  \
   1u << BH_PLACE_STOCK | 1u << BH_PLACE_SCRAP | 1u << BH_PLACE_CUSTOMER)
static const guint may_move_to[BH_ROLE_LAST] = {
  [BH_ROLE_RECEIVER] = DOCKS,
  [BH_ROLE_TECHNICIAN] = CENTER,
  [BH_ROLE_SUPERVISOR] = ~0u,
};

static gboolean
may_move (BhDesk *self, BhPlaceKind kind, GError **error)
{
  if (may_move_to[self->role] & (1u << kind))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_FORBIDDEN,
               "%s: the role %s may not move units to %s; ask a %s", self->operator,
               bh_role_name (self->role), bh_place_kind_name (kind),
               DOCKS & (1u << kind) ? "receiver or supervisor" : "technician or supervisor");
  return FALSE;
}

gboolean
bh_desk_received_line (BhDesk *self, const char *serial, BhAwaitedLine *line, GError **error)
{
  g_auto (BhReceipt) accepted = { 0 };

  if (!bh_store_line_received (self->store, serial, line, error))
    return FALSE;
  if (line->id != 0)
    return TRUE;
  /* taken in place of another unit (D5): only its receipt bears the serial */
  return bh_store_accepted_as (self->store, serial, &accepted, error) &&
         (accepted.receipt == NULL ||
          bh_store_line_by_id (self->store, accepted.line_id, line, error));
}

/* C2, C3: at the scan-in at the repair center, not before, and never twice. */
static gboolean
begin_clock (BhDesk *self, const BhWhen *when, const BhAwaitedLine *line, BhMoved *moved,
             GError **error)
{
  g_autofree char *flag = NULL;
  g_autoptr (BhClockRecord) clock = NULL;
  BhClockStart start = {
    .kind = BH_C2, .line_id = line->id, .zone = line->zone, .calendar = line->calendar
  };
  gboolean was = FALSE;

  if (g_strcmp0 (line->rma_status, "open") != 0)
    return TRUE;
  if (!bh_store_was_at_repair (self->store, line->id, &was, error) ||
      !bh_store_flag_of_line (self->store, line->id, &flag, error))
    return FALSE;
  if (was)
    return TRUE;
  if (g_strcmp0 (flag, "fa") == 0)
    start.kind = BH_C3;
  if (!bh_desk_clock_start (self, &start, when->at_us, error) ||
      !bh_store_running_clock (self->store, bh_clock_kind_name (start.kind), line->id, NULL, &clock,
                               error))
    return FALSE;
  moved->clock = g_strdup (bh_clock_kind_name (start.kind));
  moved->due = clock != NULL ? g_strdup (clock->due) : NULL;
  return TRUE;
}

/* Nothing is moved that nobody took in: its receipt is where its way begins. */
static gboolean
is_here (BhDesk *self, const char *serial, const BhAwaitedLine *line, const BhWhereabouts *place,
         GError **error)
{
  g_autoptr (GPtrArray) receipts = NULL;

  if (line->id != 0 || place->location != NULL)
    return TRUE;
  receipts = bh_store_receipts_of_serial (self->store, serial, error);
  if (receipts == NULL)
    return FALSE;
  for (guint i = 0; i < receipts->len; i++) {
    const BhReceipt *receipt = g_ptr_array_index (receipts, i);

    if (!receipt->is_void && g_str_equal (receipt->verdict, "hold"))
      return TRUE;
  }
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: it was never received (RA4); receive it at the dock first", serial);
  return FALSE;
}

static gboolean
check_place (const char *serial, const BhAwaitedLine *line, const BhWhereabouts *place,
             const char *location, BhPlaceKind kind, GError **error)
{
  if (g_strcmp0 (place->location, location) == 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: it is at %s already (RA4); there is nothing to do", serial, location);
    return FALSE;
  }
  /* what is held or on its way back to the sender is nobody's to repair */
  if (line->id == 0 && kind != BH_PLACE_DOCK && kind != BH_PLACE_SHELF &&
      kind != BH_PLACE_CUSTOMER) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: no RMA has received it (RA4); settle its hold first, see `hold list`",
                 serial);
    return FALSE;
  }
  return TRUE;
}

static gboolean
move_one (BhDesk *self, const BhWhen *when, const char *serial, const char *location,
          BhPlaceKind kind, const char *tote, gboolean alone, GPtrArray *all, GError **error)
{
  g_auto (BhAwaitedLine) line = { 0 };
  g_auto (BhWhereabouts) place = { 0 };
  BhMoved *moved = g_new0 (BhMoved, 1);

  g_ptr_array_add (all, moved);
  moved->serial = g_strdup (serial);
  if (!bh_desk_may_be_then (self, serial, when->time_stated, when->at_us, error) ||
      !bh_desk_received_line (self, serial, &line, error) ||
      !bh_store_place_of (self->store, serial, &place, error) ||
      !is_here (self, serial, &line, &place, error))
    return FALSE;
  moved->from = g_strdup (place.location);
  moved->rma = g_strdup (line.rma);
  moved->location = g_strdup (location != NULL ? location : place.location);
  /* what is taken alone leaves the tote that held it */
  if (tote == NULL && alone && place.tote != NULL)
    tote = "";
  if (location != NULL && (!check_place (serial, &line, &place, location, kind, error) ||
                           !bh_store_add_move (self->store, serial, location, self->operator,
                                               self->station, NULL, when->at_us, error)))
    return FALSE;
  if (location == NULL && place.location == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: where it is was never scanned (RA4); say `move --to` first", serial);
    return FALSE;
  }
  if (tote != NULL &&
      !bh_store_put_in_tote (self->store, serial, *tote != '\0' ? tote : NULL, error))
    return FALSE;
  moved->tote = tote != NULL ? (*tote != '\0' ? g_strdup (tote) : NULL) : g_strdup (place.tote);
  return location == NULL || kind != BH_PLACE_REPAIR || line.id == 0 ||
         begin_clock (self, when, &line, moved, error);
}

/* Serials in their one spelling, each once; totes stand for what they hold. */
static GPtrArray *
gather (BhDesk *self, const char *const *names, GHashTable *alone, GError **error)
{
  g_autoptr (GPtrArray) serials = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (; *names != NULL; names++) {
    g_autofree char *tote = bh_tote_parse (*names);
    g_autofree char *serial = bh_serial_normalise (*names, -1);
    g_autoptr (GPtrArray) held = NULL;

    if (tote == NULL && serial == NULL) {
      g_autofree char *shown = g_utf8_make_valid (*names, -1);

      g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                   "%.60s: neither a serial (I4) nor tote:CODE; 6 to 32 of A-Z 0-9 . / -", shown);
      return NULL;
    }
    if (tote == NULL) {
      g_hash_table_add (alone, g_strdup (serial));
      if (g_hash_table_add (seen, g_strdup (serial)))
        g_ptr_array_add (serials, g_steal_pointer (&serial));
      continue;
    }
    held = bh_store_places (self->store, NULL, NULL, tote, MAX_LISTED, error);
    if (held == NULL)
      return NULL;
    if (held->len == 0) {
      g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                   "%s: it holds no unit; put some in with `move SERIAL… --tote %s`", tote, tote);
      return NULL;
    }
    for (guint i = 0; i < held->len; i++) {
      const BhWhereabouts *place = g_ptr_array_index (held, i);

      if (g_hash_table_add (seen, g_strdup (place->serial)))
        g_ptr_array_add (serials, g_strdup (place->serial));
    }
  }
  return g_steal_pointer (&serials);
}

static char *
move_text (const BhMoved *moved)
{
  return g_strdup_printf ("%s → %s%s%s", moved->from != NULL ? moved->from : "nowhere",
                          moved->location, moved->tote != NULL ? " in " : "",
                          moved->tote != NULL ? moved->tote : "");
}

static gboolean
move_all (BhDesk *self, const BhWhen *when, const BhMove *move, const char *location,
          BhPlaceKind kind, const char *tote, GPtrArray *all, GError **error)
{
  g_autoptr (GHashTable) alone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) serials = gather (self, move->serials, alone, error);

  if (serials == NULL || !bh_desk_lock_serials (self, serials, error))
    return FALSE;
  for (guint i = 0; i < serials->len; i++) {
    const char *serial = g_ptr_array_index (serials, i);
    g_autofree char *entity = g_strconcat ("unit:", serial, NULL);
    g_autofree char *text = NULL;

    if (!move_one (self, when, serial, location, kind, tote, g_hash_table_contains (alone, serial),
                   all, error))
      return FALSE;
    text = move_text (g_ptr_array_index (all, i));
    if (!bh_desk_audit (self, when->act, "move", entity, NULL, text, when->at_us, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
bh_desk_move_inside (BhDesk *self, const BhWhen *when, const BhMove *move, GPtrArray *all,
                     GError **error)
{
  BhPlaceKind kind = BH_PLACE_DOCK;
  g_autofree char *location = bh_location_parse (move->to, &kind, error);

  return location != NULL && may_move (self, kind, error) &&
         move_all (self, when, move, location, kind, NULL, all, error);
}

GPtrArray *
bh_desk_move (BhDesk *self, const BhWhen *when, const BhMove *move, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_moved_free);
  g_autoptr (BhTx) tx = NULL;
  g_autofree char *location = NULL;
  g_autofree char *tote = NULL;
  BhPlaceKind kind = BH_PLACE_DOCK;
  gboolean done = FALSE;

  if (move->to != NULL && (location = bh_location_parse (move->to, &kind, error)) == NULL)
    return NULL;
  if (move->tote != NULL) {
    tote = *move->tote == '\0' ? g_strdup ("") : bh_tote_parse (move->tote);
    if (tote == NULL) {
      g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%.60s: not a pallet or tote; write tote:CODE",
                   move->tote);
      return NULL;
    }
  }
  if (!bh_desk_may_act (self, BH_MAY_MOVE, when, error) ||
      (location != NULL && !may_move (self, kind, error)) ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_desk_is_done (self, when, "move", &done, error))
    return NULL;
  if (!done &&
      (!move_all (self, when, move, location, kind, tote, all, error) || !bh_tx_commit (tx, error)))
    return NULL;
  return g_steal_pointer (&all);
}

GPtrArray *
bh_desk_in_transit (BhDesk *self, GError **error)
{
  return bh_desk_require (self, BH_MAY_READ, error)
             ? bh_store_places (self->store, "transit", NULL, NULL, MAX_LISTED, error)
             : NULL;
}

GPtrArray *
bh_desk_units_at (BhDesk *self, const char *location, GError **error)
{
  g_autofree char *tote = bh_tote_parse (location);
  g_autofree char *place = NULL;
  BhPlaceKind kind;

  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      (tote == NULL && (place = bh_location_parse (location, &kind, error)) == NULL))
    return NULL;
  return bh_store_places (self->store, NULL, place, tote, MAX_LISTED, error);
}

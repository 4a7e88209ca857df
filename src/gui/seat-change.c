/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "seat-change.h"

#include "backhaul/badge.h"
#include "backhaul/operators.h"
#include "seat-calls.h"

struct _BhSeatChange {
  GObject parent_instance;

  BhWorker *acts;
  BhWorker *reads;
  BhAway *away;       /* NULL: there is no journal */
  BhSenders *senders; /* NULL: the window is gone */
  BhDockPage *dock;
  gboolean leaving; /* nobody is to be there, once the dock is done */
  gboolean coming;  /* somebody, by what follows */
  gboolean running; /* the desks are being asked */
  char *login;
  char *pin;
  char *badge;
  BhPlace *place; /* at the desk of acts */
};

enum { SEATED, REFUSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhSeatChange, bh_seat_change, G_TYPE_OBJECT)

static void
forget (BhSeatChange *self)
{
  g_clear_pointer (&self->login, g_free);
  g_clear_pointer (&self->pin, bh_pin_free);
  g_clear_pointer (&self->badge, bh_badge_free);
}

static void
refuse (BhSeatChange *self, const GError *error)
{
  self->running = self->coming = FALSE;
  /* one desk may have let them in */
  bh_call_sign_out (self->acts);
  if (self->senders != NULL)
    g_signal_emit (self, signals[REFUSED], 0, error->message);
}

static void
seated (BhSeatChange *self)
{
  self->running = self->coming = FALSE;
  if (self->senders == NULL)
    return;
  bh_senders_sign_in (self->senders, self->away, self->place->operator);
  g_signal_emit (self, signals[SEATED], 0, self->place);
}

static void
on_reads_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhSeatChange) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhPlace) reads = bh_call_open_finish (result, &error);

  if (reads == NULL)
    refuse (self, error);
  else
    seated (self);
}

static void
on_acts_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhSeatChange) self = data;
  g_autoptr (GError) error = NULL;
  BhPlace *place = bh_call_open_finish (result, &error);
  BhSeatWish wish = { 0 };
  gboolean out = self->away != NULL && bh_away_is_out (self->away);

  g_clear_pointer (&self->place, bh_place_free);
  self->place = place;
  if (place == NULL) {
    refuse (self, error);
    return;
  }
  wish.login = place->operator;
  /* while the store is away a reading may wait for it: the dock does not, and what is read
   * afterwards is read behind it */
  bh_call_seat_async (self->reads, self->away, &wish, out ? NULL : on_reads_ready,
                      out ? NULL : g_object_ref (self));
  if (out)
    seated (self);
}

/* Nothing is on its way to the disk in the name of who was there before. */
static void
go_on (BhSeatChange *self)
{
  if (self->senders == NULL || self->running || bh_dock_page_waiting (self->dock) > 0)
    return;
  if (self->leaving) {
    self->leaving = FALSE;
    bh_call_sign_out (self->acts);
    bh_call_sign_out (self->reads);
    bh_senders_sign_out (self->senders);
  }
  if (!self->coming)
    return;
  self->running = TRUE;
  bh_call_seat_async (self->acts, self->away, &(BhSeatWish){ self->login, self->pin, self->badge },
                      on_acts_ready, g_object_ref (self));
  forget (self);
}

static void
on_dock_changed (BhDock *dock, BhSeatChange *self)
{
  go_on (self);
}

void
bh_seat_change_to_nobody (BhSeatChange *self)
{
  self->leaving = TRUE;
  go_on (self);
}

void
bh_seat_change_by_pin (BhSeatChange *self, const char *login, const char *pin)
{
  if (self->coming)
    return;
  self->coming = TRUE;
  self->login = g_strdup (login);
  self->pin = g_strdup (pin);
  go_on (self);
}

void
bh_seat_change_by_badge (BhSeatChange *self, const char *badge)
{
  if (self->coming)
    return;
  self->coming = TRUE;
  self->badge = g_strdup (badge);
  go_on (self);
}

gboolean
bh_seat_change_is_busy (BhSeatChange *self)
{
  return self->coming;
}

/* ---- life ---------------------------------------------------------------------- */

void
bh_seat_change_end (BhSeatChange *self)
{
  if (self->dock != NULL)
    g_signal_handlers_disconnect_by_data (bh_dock_page_dock (self->dock), self);
  self->senders = NULL;
  self->dock = NULL;
}

static void
bh_seat_change_finalize (GObject *object)
{
  BhSeatChange *self = BH_SEAT_CHANGE (object);

  forget (self);
  g_clear_object (&self->acts);
  g_clear_object (&self->reads);
  g_clear_object (&self->away);
  g_clear_pointer (&self->place, bh_place_free);
  G_OBJECT_CLASS (bh_seat_change_parent_class)->finalize (object);
}

static void
bh_seat_change_class_init (BhSeatChangeClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bh_seat_change_finalize;
  signals[SEATED] = g_signal_new ("seated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
bh_seat_change_init (BhSeatChange *self)
{
}

BhSeatChange *
bh_seat_change_new (BhWorker *acts, BhWorker *reads, BhAway *away, BhSenders *senders,
                    BhDockPage *dock)
{
  BhSeatChange *self = g_object_new (BH_TYPE_SEAT_CHANGE, NULL);

  self->acts = g_object_ref (acts);
  self->reads = g_object_ref (reads);
  g_set_object (&self->away, away);
  self->senders = senders;
  self->dock = dock;
  g_signal_connect_data (bh_dock_page_dock (dock), "changed", G_CALLBACK (on_dock_changed), self,
                         NULL, G_CONNECT_AFTER);
  return self;
}

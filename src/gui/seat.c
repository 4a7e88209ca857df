/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "seat.h"

#include <glib/gi18n.h>

#include "backhaul/badge.h"
#include "closing.h"
#include "idle-lock.h"
#include "print-bar.h"
#include "scanners.h"
#include "seat-change.h"
#include "sign-in.h"

#define KEY          "bh-seat"
#define SAID_SECONDS 8

typedef struct {
  GString *text;
  gboolean typed;
} Held;

struct _BhSeat {
  BhSeatParts parts;
  GtkWidget *window;
  BhSeatedFunc seated;
  gpointer data;

  BhSeatChange *change;
  BhSignIn *sign_in; /* NULL before somebody had to */
  char *operator;    /* who works here, or did last; NULL: nobody yet */
  BhRole role;
  gboolean known; /* the store has told who works here */
  gboolean pins;  /* people sign in here */
  GQueue held;    /* of Held: scans behind a badge, others' badges among them */
  guint fade;     /* source */
};

static void
held_free (gpointer data)
{
  Held *held = data;

  bh_badge_free (g_string_free (held->text, FALSE));
  g_free (held);
}

/* ---- what it says -------------------------------------------------------------- */

static gboolean
on_fade (gpointer data)
{
  BhSeat *self = data;

  self->fade = 0;
  gtk_widget_hide (GTK_WIDGET (self->parts.notice));
  return G_SOURCE_REMOVE;
}

static void
say (BhSeat *self, const char *text)
{
  gtk_label_set_text (self->parts.notice, text);
  gtk_widget_show (GTK_WIDGET (self->parts.notice));
  g_clear_handle_id (&self->fade, g_source_remove);
  self->fade = g_timeout_add_seconds (SAID_SECONDS, on_fade, self);
}

static void
set_status (BhSeat *self, const BhPlace *place)
{
  g_autofree char *who = place->dock != NULL
                             ? g_strdup_printf (_ ("%s at dock %s"), place->operator, place->dock)
                             : g_strdup (place->operator);
  g_autofree char *text =
      place->unenrolled
          ? g_strdup_printf (_ ("%s, acting as supervisor: nobody is enrolled yet"), who)
          : g_strdup (who);

  gtk_label_set_text (self->parts.status, text);
}

/* ---- somebody ------------------------------------------------------------------ */

static void
seat (BhSeat *self, const BhPlace *place)
{
  g_free (self->operator);
  self->operator= g_strdup (place->operator);
  self->role = place->role;
  self->pins = place->pins;
  self->known = TRUE;
  set_status (self, place);
  self->seated (place, self->data);
}

/* What was scanned behind the badge is of who it belongs to. */
static void
replay (BhSeat *self)
{
  while (!g_queue_is_empty (&self->held) && !bh_seat_change_is_busy (self->change)) {
    Held *held = g_queue_pop_head (&self->held);

    bh_scanners_again (bh_scanners_of (self->window), held->text, held->typed);
    held_free (held);
  }
}

static void
on_seated (BhSeatChange *change, const BhPlace *place, BhSeat *self)
{
  gboolean locked = bh_seat_is_locked (self);
  gboolean another = g_strcmp0 (self->operator, place->operator) != 0;

  if (locked) {
    bh_sign_in_done (self->sign_in);
    gtk_widget_hide (GTK_WIDGET (self->sign_in));
    gtk_widget_show (self->parts.pages);
  }
  seat (self, place);
  if (!locked) {
    g_autofree char *text = g_strdup_printf (
        another ? _ ("%s works here now. What was on the table stays.") : _ ("%s works here."),
        place->operator);

    say (self, text);
  }
  replay (self);
}

/* ---- nobody -------------------------------------------------------------------- */

gboolean
bh_seat_is_locked (BhSeat *self)
{
  return self->sign_in != NULL && gtk_widget_get_visible (GTK_WIDGET (self->sign_in));
}

const char *
bh_seat_operator (GtkWidget *from)
{
  BhSeat *self = g_object_get_data (G_OBJECT (gtk_widget_get_toplevel (from)), KEY);

  return self != NULL && !bh_seat_is_locked (self) ? self->operator: NULL;
}

static void
on_try (BhSignIn *sign_in, const char *login, const char *pin, BhSeat *self)
{
  bh_seat_change_by_pin (self->change, login, pin);
}

/* @why: (nullable) */
static void
lock (BhSeat *self, const char *why)
{
  if (self->sign_in == NULL) {
    self->sign_in = BH_SIGN_IN (bh_sign_in_new ());
    g_signal_connect (self->sign_in, "try", G_CALLBACK (on_try), self);
    gtk_overlay_add_overlay (self->parts.overlay, GTK_WIDGET (self->sign_in));
  }
  /* nothing of who was here stays open before it */
  bh_closing_leave_dialogs ();
  bh_print_leave (self->window);
  g_clear_handle_id (&self->fade, g_source_remove);
  gtk_widget_hide (GTK_WIDGET (self->parts.notice));
  gtk_label_set_text (self->parts.status, _ ("Nobody is signed in"));
  gtk_widget_hide (self->parts.pages);
  bh_seat_change_to_nobody (self->change);
  bh_sign_in_ask (self->sign_in, self->known ? self->operator: NULL, why);
}

void
bh_seat_lock (BhSeat *self)
{
  if (self->pins && !bh_seat_is_locked (self) && !bh_seat_change_is_busy (self->change))
    lock (self, NULL);
}

/* Up to the next person's badge; how many. */
static guint
drop_held (BhSeat *self)
{
  guint n = 0;

  for (Held *held; (held = g_queue_peek_head (&self->held)) != NULL; n++) {
    if (bh_badge_is (held->text->str, held->text->len))
      break;
    held_free (g_queue_pop_head (&self->held));
  }
  return n;
}

static void
on_refused (BhSeatChange *change, const char *why, BhSeat *self)
{
  guint lost = drop_held (self);
  g_autofree char *text =
      lost == 0 ? g_strdup (why)
                : g_strdup_printf (ngettext ("%s\nThe %u scan behind it was not taken: scan it "
                                             "again.",
                                             "%s\nThe %u scans behind it were not taken: scan them "
                                             "again.",
                                             lost),
                                   why, lost);

  if (bh_seat_is_locked (self))
    bh_sign_in_refuse (self->sign_in, text);
  else
    lock (self, text);
  replay (self);
}

void
bh_seat_open (BhSeat *self, const BhPlace *place)
{
  self->pins = place->pins;
  if (place->needs_pin)
    lock (self, place->away ? _ ("The store is out of reach. Whoever has signed in at this station "
                                 "before may work at the dock.")
                            : NULL);
  else
    seat (self, place);
}

/* ---- rights that change -------------------------------------------------------- */

static gpointer
weak_new (BhSeat *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self->window);
  return weak;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree GWeakRef *weak = data;
  g_autoptr (GtkWidget) window = g_weak_ref_get (weak);
  g_autoptr (GError) error = NULL;
  g_autoptr (BhPlace) place = bh_call_open_finish (result, &error);
  BhSeat *self = window != NULL ? g_object_get_data (G_OBJECT (window), KEY) : NULL;

  g_weak_ref_clear (weak);
  if (self == NULL || bh_seat_is_locked (self) || bh_seat_change_is_busy (self->change))
    return;
  if (place == NULL) {
    if (g_error_matches (error, BH_ERROR, BH_ERROR_FORBIDDEN))
      gtk_label_set_text (self->parts.status, error->message);
  } else if (place->needs_pin) {
    const char *why = self->pins ? _ ("You were signed out: an administrator has disabled you.")
                                 : _ ("People have PINs here from now on.");

    self->pins = TRUE;
    lock (self, why);
  } else if (place->role != self->role || g_strcmp0 (place->operator, self->operator) != 0) {
    /* the desk of acts is told before somebody acts by what was */
    bh_call_place_async (self->parts.acts, NULL, NULL);
    seat (self, place);
    say (self, _ ("Your role was changed; these are its pages."));
  } else {
    self->pins = place->pins;
  }
}

void
bh_seat_look (BhSeat *self)
{
  if (self->known && !bh_seat_is_locked (self) && !bh_seat_change_is_busy (self->change))
    bh_call_place_async (self->parts.reads, on_looked, weak_new (self));
}

/* ---- scans --------------------------------------------------------------------- */

static void
take_badge (BhSeat *self, const char *text, gsize size)
{
  char *badge = g_strndup (text, size);

  if (!self->pins)
    say (self, _ ("Nobody has a PIN here yet, so a badge signs nobody in."));
  else if (bh_seat_is_locked (self))
    bh_sign_in_wait (self->sign_in);
  if (self->pins)
    bh_seat_change_by_badge (self->change, badge);
  bh_badge_free (badge);
}

gboolean
bh_seat_scanned (BhSeat *self, const GString *text, gboolean typed)
{
  gboolean badge = bh_badge_is (text->str, text->len);
  Held *held;

  bh_idle_lock_touch (self->window);
  if (bh_seat_is_locked (self) && !badge) {
    bh_sign_in_scanned (self->sign_in);
    return TRUE;
  }
  if (!bh_seat_change_is_busy (self->change)) {
    if (badge)
      take_badge (self, text->str, text->len);
    return badge;
  }
  held = g_new0 (Held, 1);
  *held = (Held){ g_string_new_len (text->str, (gssize) text->len), typed };
  g_queue_push_tail (&self->held, held);
  return TRUE;
}

gboolean
bh_seat_took (GtkWidget *from, const char *text, gsize size)
{
  BhSeat *self = g_object_get_data (G_OBJECT (gtk_widget_get_toplevel (from)), KEY);
  gboolean badge = bh_badge_is (text, size);

  if (self == NULL)
    return badge;
  bh_idle_lock_touch (self->window);
  if (badge && !bh_seat_change_is_busy (self->change))
    take_badge (self, text, size);
  else if (!badge && bh_seat_is_locked (self))
    bh_sign_in_scanned (self->sign_in);
  return badge || bh_seat_is_locked (self);
}

/* ---- life ---------------------------------------------------------------------- */

static void
seat_free (gpointer data)
{
  BhSeat *self = data;

  g_clear_handle_id (&self->fade, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->change, self);
  bh_seat_change_end (self->change);
  g_object_unref (self->change);
  g_queue_clear_full (&self->held, held_free);
  g_free (self->operator);
  g_free (self);
}

/* An act that runs may keep the window for a while after it. */
static void
on_destroy (GtkWidget *window, gpointer data)
{
  g_object_set_data (G_OBJECT (window), KEY, NULL);
}

static void
on_idle (gpointer data)
{
  bh_seat_lock (data);
}

BhSeat *
bh_seat_attach (GtkWidget *window, const BhSeatParts *parts, BhSeatedFunc seated, gpointer data)
{
  BhSeat *self = g_new0 (BhSeat, 1);

  self->parts = *parts;
  self->window = window;
  self->seated = seated;
  self->data = data;
  g_queue_init (&self->held);
  self->change =
      bh_seat_change_new (parts->acts, parts->reads, parts->away, parts->senders, parts->dock);
  g_signal_connect (self->change, "seated", G_CALLBACK (on_seated), self);
  g_signal_connect (self->change, "refused", G_CALLBACK (on_refused), self);
  g_object_set_data_full (G_OBJECT (window), KEY, self, seat_free);
  g_signal_connect (window, "destroy", G_CALLBACK (on_destroy), NULL);
  bh_idle_lock_attach (window, on_idle, self);
  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "sign-in.h"

#include <glib/gi18n.h>

#include "backhaul/operators.h"
#include "page.h"

struct _BhSignIn {
  GtkBox parent_instance;

  GtkEntry *login;
  GtkEntry *pin;
  GtkWidget *button;
  GtkLabel *told;

  BhWorker *acts;
  BhWorker *reads;
  BhSenders *senders; /* the window's */
  BhPlace *place;
  gboolean waiting; /* for the answer to a try */
};

G_DEFINE_FINAL_TYPE (BhSignIn, bh_sign_in, GTK_TYPE_BOX)

enum { SIGNED_IN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
tell (BhSignIn *self, const char *text)
{
  gtk_label_set_text (self->told, text != NULL ? text : "");
}

static void
set_waiting (BhSignIn *self, gboolean waiting)
{
  self->waiting = waiting;
  gtk_widget_set_sensitive (self->button, !waiting);
}

/* The PIN stays in the entry only while it is looked at. */
static void
refuse (BhSignIn *self, const GError *error)
{
  set_waiting (self, FALSE);
  gtk_entry_set_text (self->pin, "");
  tell (self, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->pin));
}

static void
on_reads_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhSignIn) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhPlace) place = bh_call_open_finish (result, &error);

  if (place == NULL) {
    refuse (self, error);
    return;
  }
  set_waiting (self, FALSE);
  bh_senders_sign_in (self->senders, gtk_entry_get_text (self->login),
                      gtk_entry_get_text (self->pin));
  gtk_entry_set_text (self->pin, "");
  tell (self, NULL);
  g_signal_emit (self, signals[SIGNED_IN], 0);
}

static void
on_acts_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhSignIn) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhPlace) place = bh_call_open_finish (result, &error);

  if (place == NULL) {
    refuse (self, error);
    return;
  }
  g_clear_pointer (&self->place, bh_place_free);
  self->place = g_steal_pointer (&place);
  bh_call_sign_in_async (self->reads, gtk_entry_get_text (self->login),
                         gtk_entry_get_text (self->pin), on_reads_ready, g_object_ref (self));
}

static void
on_try (BhSignIn *self)
{
  if (self->waiting)
    return;
  if (*gtk_entry_get_text (self->login) == '\0' || *gtk_entry_get_text (self->pin) == '\0') {
    tell (self, _ ("Type your login, Enter, then your PIN, Enter."));
    gtk_widget_grab_focus (
        GTK_WIDGET (*gtk_entry_get_text (self->login) == '\0' ? self->login : self->pin));
    return;
  }
  set_waiting (self, TRUE);
  tell (self, _ ("One moment …"));
  bh_call_sign_in_async (self->acts, gtk_entry_get_text (self->login),
                         gtk_entry_get_text (self->pin), on_acts_ready, g_object_ref (self));
}

static void
on_login (BhSignIn *self)
{
  if (*gtk_entry_get_text (self->login) != '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->pin));
}

void
bh_sign_in_ask (BhSignIn *self)
{
  bh_call_sign_out (self->acts);
  bh_call_sign_out (self->reads);
  bh_senders_sign_out (self->senders);
  gtk_entry_set_text (self->login, "");
  gtk_entry_set_text (self->pin, "");
  tell (self, NULL);
  gtk_widget_show (GTK_WIDGET (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->login));
}

void
bh_sign_in_scanned (BhSignIn *self)
{
  tell (self, _ ("That scan was not taken: sign in first, then scan it again."));
}

const BhPlace *
bh_sign_in_place (BhSignIn *self)
{
  return self->place;
}

static void
bh_sign_in_finalize (GObject *object)
{
  BhSignIn *self = BH_SIGN_IN (object);

  g_clear_object (&self->acts);
  g_clear_object (&self->reads);
  g_clear_pointer (&self->place, bh_place_free);
  G_OBJECT_CLASS (bh_sign_in_parent_class)->finalize (object);
}

static void
bh_sign_in_class_init (BhSignInClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bh_sign_in_finalize;
  signals[SIGNED_IN] = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/sign-in.ui");
  gtk_widget_class_bind_template_child (widget_class, BhSignIn, login);
  gtk_widget_class_bind_template_child (widget_class, BhSignIn, pin);
  gtk_widget_class_bind_template_child (widget_class, BhSignIn, button);
  gtk_widget_class_bind_template_child (widget_class, BhSignIn, told);
  gtk_widget_class_bind_template_callback (widget_class, on_try);
  gtk_widget_class_bind_template_callback (widget_class, on_login);
}

static void
bh_sign_in_init (BhSignIn *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (self->pin, BH_PIN_MOST);
  page_name (GTK_WIDGET (self->login), _ ("Login"), "sign-in-login");
  page_name (GTK_WIDGET (self->pin), _ ("PIN"), "sign-in-pin");
  page_name (self->button, NULL, "sign-in");
  page_name (GTK_WIDGET (self->told), NULL, "sign-in-told");
}

GtkWidget *
bh_sign_in_new (BhWorker *acts, BhWorker *reads, BhSenders *senders)
{
  BhSignIn *self = g_object_new (BH_TYPE_SIGN_IN, NULL);

  self->acts = g_object_ref (acts);
  self->reads = g_object_ref (reads);
  self->senders = senders;
  return GTK_WIDGET (self);
}

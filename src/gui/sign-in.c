/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "sign-in.h"

#include <glib/gi18n.h>
#include <string.h>

#include "backhaul/badge.h"
#include "backhaul/operators.h"
#include "page.h"
#include "seat.h"

struct _BhSignIn {
  GtkBox parent_instance;

  GtkLabel *title;
  GtkLabel *about;
  GtkEntry *login;
  GtkEntry *pin;
  GtkWidget *button;
  GtkLabel *told;

  char *why;        /* nobody was let in, or is here; NULL: nothing to say */
  gboolean waiting; /* for the answer to a try */
};

G_DEFINE_FINAL_TYPE (BhSignIn, bh_sign_in, GTK_TYPE_BOX)

enum { TRY, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
tell (BhSignIn *self, const char *text)
{
  gtk_label_set_text (self->told, text != NULL ? text : "");
}

static void
set_why (BhSignIn *self, const char *why)
{
  g_free (self->why);
  self->why = g_strdup (why);
  tell (self, why);
}

static void
set_waiting (BhSignIn *self, gboolean waiting)
{
  self->waiting = waiting;
  gtk_widget_set_sensitive (self->button, !waiting);
}

void
bh_sign_in_wait (BhSignIn *self)
{
  set_waiting (self, TRUE);
  tell (self, _ ("One moment …"));
}

void
bh_sign_in_done (BhSignIn *self)
{
  set_waiting (self, FALSE);
  gtk_entry_set_text (self->login, "");
  gtk_entry_set_text (self->pin, "");
  set_why (self, NULL);
}

void
bh_sign_in_refuse (BhSignIn *self, const char *why)
{
  gboolean named = *gtk_entry_get_text (self->login) != '\0';

  set_waiting (self, FALSE);
  gtk_entry_set_text (self->pin, "");
  set_why (self, why);
  gtk_widget_grab_focus (GTK_WIDGET (named ? self->pin : self->login));
}

/* The PIN stays in the entry only while it is looked at. */
static void
on_try (BhSignIn *self)
{
  const char *login = gtk_entry_get_text (self->login);
  const char *pin = gtk_entry_get_text (self->pin);

  if (self->waiting)
    return;
  if (*login == '\0' || *pin == '\0') {
    tell (self, _ ("Type your login, Enter, then your PIN, Enter."));
    gtk_widget_grab_focus (GTK_WIDGET (*login == '\0' ? self->login : self->pin));
    return;
  }
  bh_sign_in_wait (self);
  g_signal_emit (self, signals[TRY], 0, login, pin);
  gtk_entry_set_text (self->pin, "");
}

/* A scanner that halts types its badge into the field: nobody is to read it there. */
static void
on_login (BhSignIn *self)
{
  const char *login = gtk_entry_get_text (self->login);

  if (bh_badge_is (login, strlen (login))) {
    bh_seat_took (GTK_WIDGET (self), login, strlen (login));
    gtk_entry_set_text (self->login, "");
  } else if (*login != '\0') {
    gtk_widget_grab_focus (GTK_WIDGET (self->pin));
  }
}

/* Who was here signs in by Enter and their PIN; another types over the login. */
void
bh_sign_in_ask (BhSignIn *self, const char *login, const char *why)
{
  g_autofree char *about =
      login != NULL ? g_strdup_printf (
                          _ ("%s worked here; what was on the table stays. Scan a badge, or type "
                             "login and PIN: anybody may go on."),
                          login)
                    : g_strdup (_ ("Scan your badge, or type login and PIN."));

  bh_sign_in_done (self);
  gtk_label_set_text (self->title, login != NULL ? _ ("Locked") : _ ("Sign in"));
  gtk_label_set_text (self->about, about);
  gtk_entry_set_text (self->login, login != NULL ? login : "");
  set_why (self, why);
  gtk_widget_show (GTK_WIDGET (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->login));
}

void
bh_sign_in_scanned (BhSignIn *self)
{
  const char *words = _ ("That scan was not taken: sign in first, then scan it again.");
  g_autofree char *text =
      self->why != NULL ? g_strdup_printf ("%s\n%s", self->why, words) : g_strdup (words);

  tell (self, text);
}

static void
bh_sign_in_finalize (GObject *object)
{
  g_free (BH_SIGN_IN (object)->why);
  G_OBJECT_CLASS (bh_sign_in_parent_class)->finalize (object);
}

static void
bh_sign_in_class_init (BhSignInClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bh_sign_in_finalize;
  signals[TRY] = g_signal_new ("try", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 2, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE,
                               G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/sign-in.ui");
  gtk_widget_class_bind_template_child (widget_class, BhSignIn, title);
  gtk_widget_class_bind_template_child (widget_class, BhSignIn, about);
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
  page_name (GTK_WIDGET (self->title), NULL, "sign-in-title");
  page_name (GTK_WIDGET (self->about), NULL, "sign-in-about");
  page_name (GTK_WIDGET (self->login), _ ("Login"), "sign-in-login");
  page_name (GTK_WIDGET (self->pin), _ ("PIN"), "sign-in-pin");
  page_name (self->button, NULL, "sign-in");
  page_name (GTK_WIDGET (self->told), NULL, "sign-in-told");
}

GtkWidget *
bh_sign_in_new (void)
{
  return g_object_new (BH_TYPE_SIGN_IN, NULL);
}

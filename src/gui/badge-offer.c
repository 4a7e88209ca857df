/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "badge-offer.h"

#include <glib/gstdio.h>

#include "page.h"
#include "people-calls.h"
#include "print-bar.h"
#include "print-dialog.h"
#include "print-offer.h"
#include "private-file.h"

struct _BhBadgeOffer {
  GtkBox parent_instance;

  GtkLabel *question;
  GtkWidget *print;  /* on this station's printer */
  GtkWidget *dialog; /* on another one */

  BhWorker *acts;
  BhWorker *reads;
  char *login;
  gboolean gone;
};

enum { TOLD, LEFT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhBadgeOffer, bh_badge_offer, GTK_TYPE_BOX)

static void
tell (BhBadgeOffer *self, const char *text)
{
  if (!self->gone)
    g_signal_emit (self, signals[TOLD], 0, text);
}

gboolean
bh_badge_offer_leave (BhBadgeOffer *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return FALSE;
  gtk_widget_hide (GTK_WIDGET (self));
  g_signal_emit (self, signals[LEFT], 0);
  return TRUE;
}

static void
on_printer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhBadgeOffer) self = data;
  g_autofree char *target = bh_worker_finish (result, NULL);
  g_autofree char *words = NULL;

  if (self->gone || target == NULL || *target == '\0' ||
      !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  words = g_strdup_printf (_ ("_Print on %s"), target);
  gtk_button_set_label (GTK_BUTTON (self->print), words);
  gtk_widget_show (self->print);
  if (gtk_widget_has_focus (self->dialog))
    gtk_widget_grab_focus (self->print);
}

void
bh_badge_offer_make (BhBadgeOffer *self, const char *login, const char *name, gboolean had)
{
  g_autofree char *text = g_strdup_printf (
      had ? _ ("A new badge for %s? The one that they have signs nobody in from then on.")
          : _ ("A badge for %s? Whoever holds it signs in by it."),
      name);

  g_free (self->login);
  self->login = g_strdup (login);
  gtk_label_set_text (self->question, text);
  gtk_widget_hide (self->print);
  gtk_widget_show (GTK_WIDGET (self));
  gtk_widget_grab_focus (self->dialog);
  bh_call_badge_printer_async (self->reads, on_printer, g_object_ref (self));
}

/* ---- how it went --------------------------------------------------------------- */

static void
tell_done (BhBadgeOffer *self, const char *login, const char *path)
{
  g_autofree char *text =
      path != NULL
          ? g_strdup_printf (_ ("The badge of %s is in %s: print it, then delete the file. "
                                "It signs in from now on."),
                             login, path)
          : g_strdup_printf (_ ("The badge of %s is printed, and signs in from now on."), login);

  tell (self, text);
}

static void
on_given (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhBadgeOffer) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *login = bh_worker_finish (result, &error);

  if (login != NULL)
    tell_done (self, login, NULL);
  else
    tell (self, error->message);
}

/* Only what came out of a printer is given. */
static void
show_dialog (BhBadgeOffer *self, BhNewBadge *made)
{
  g_autoptr (GError) error = NULL;
  GtkPrintOperationResult how =
      bh_print_dialog (GTK_WIDGET (self), made->pages, made->n, _ ("Backhaul badge"), &error);

  g_remove (made->path);
  if (how == GTK_PRINT_OPERATION_RESULT_APPLY && !self->gone) {
    bh_call_badge_give_async (self->acts, made, on_given, g_object_ref (self));
    return;
  }
  bh_new_badge_free (made);
  tell (self, error != NULL ? error->message : _ ("Nothing was printed; the badge is as it was."));
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhBadgeOffer) self = data;
  g_autoptr (GError) error = NULL;
  BhNewBadge *made = bh_worker_finish (result, &error);

  if (made != NULL && made->show && !self->gone) {
    show_dialog (self, made);
    return;
  }
  if (made != NULL)
    tell_done (self, made->login, made->path);
  else
    tell (self, error->message);
  bh_new_badge_free (made);
}

static void
make (BhBadgeOffer *self, const char *path, gboolean show)
{
  tell (self, _ ("One moment …"));
  bh_call_badge_make_async (bh_print_worker (GTK_WIDGET (self)), self->login, path, show, on_made,
                            g_object_ref (self));
  bh_badge_offer_leave (self);
}

/* ---- buttons ------------------------------------------------------------------- */

static void
on_print (GtkButton *button, BhBadgeOffer *self)
{
  make (self, NULL, FALSE);
}

static void
on_dialog (GtkButton *button, BhBadgeOffer *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = bh_private_path ("badge", &error);

  if (path != NULL)
    make (self, path, TRUE);
  else
    tell (self, error->message);
}

static void
on_save (GtkButton *button, BhBadgeOffer *self)
{
  g_autofree char *name = g_strdup_printf ("badge-%s.pdf", self->login);
  g_autofree char *path = bh_print_ask_file (GTK_WIDGET (self), name);

  if (path != NULL && !self->gone)
    make (self, path, FALSE);
}

static void
on_leave (GtkButton *button, BhBadgeOffer *self)
{
  bh_badge_offer_leave (self);
}

/* ---- life ---------------------------------------------------------------------- */

static void
bh_badge_offer_dispose (GObject *object)
{
  BH_BADGE_OFFER (object)->gone = TRUE;
  G_OBJECT_CLASS (bh_badge_offer_parent_class)->dispose (object);
}

static void
bh_badge_offer_finalize (GObject *object)
{
  BhBadgeOffer *self = BH_BADGE_OFFER (object);

  g_clear_object (&self->acts);
  g_clear_object (&self->reads);
  g_free (self->login);
  G_OBJECT_CLASS (bh_badge_offer_parent_class)->finalize (object);
}

static void
bh_badge_offer_class_init (BhBadgeOfferClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_badge_offer_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_badge_offer_finalize;
  signals[TOLD] = g_signal_new ("told", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
  signals[LEFT] =
      g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add_button (BhBadgeOffer *self, const char *words, const char *id, GCallback act)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (words);
  GtkWidget *label = gtk_bin_get_child (GTK_BIN (button));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  page_name (button, NULL, id);
  g_signal_connect (button, "clicked", act, self);
  gtk_box_pack_start (GTK_BOX (self), button, FALSE, FALSE, 0);
  gtk_widget_show (button);
  return button;
}

static void
bh_badge_offer_init (BhBadgeOffer *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->question = GTK_LABEL (page_told ("badge-question", NULL));
  gtk_label_set_max_width_chars (self->question, 40);
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->question), FALSE, FALSE, 0);
  gtk_widget_show (GTK_WIDGET (self->question));
  self->print = add_button (self, _ ("_Print"), "badge-print", G_CALLBACK (on_print));
  self->dialog =
      add_button (self, _ ("Print on _another printer…"), "badge-dialog", G_CALLBACK (on_dialog));
  add_button (self, _ ("Save as PD_F…"), "badge-save", G_CALLBACK (on_save));
  add_button (self, _ ("Leave it (Esc)"), "badge-leave", G_CALLBACK (on_leave));
}

GtkWidget *
bh_badge_offer_new (BhWorker *acts, BhWorker *reads)
{
  BhBadgeOffer *self = g_object_new (BH_TYPE_BADGE_OFFER, NULL);

  self->acts = g_object_ref (acts);
  self->reads = g_object_ref (reads);
  return GTK_WIDGET (self);
}

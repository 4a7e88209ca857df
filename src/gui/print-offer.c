/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "print-offer.h"

#include "backhaul/print.h"
#include "private-file.h"
#include "page.h"
#include "print-dialog.h"
#include "sender.h"

struct _BhPrintOffer {
  GtkBox parent_instance;

  GtkWidget *dialog;

  BhWorker *acts;
  BhWorker *slow;
  GPtrArray *jobs;  /* BhPrintJob */
  GtkWidget *focus; /* where the keys were; weak */
};

enum { TOLD, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhPrintOffer, bh_print_offer, GTK_TYPE_BOX)

static void
tell (BhPrintOffer *self, const char *text)
{
  g_signal_emit (self, signals[TOLD], 0, text);
}

static void
set_focus (BhPrintOffer *self, GtkWidget *focus)
{
  g_set_weak_pointer (&self->focus, focus);
}

gboolean
bh_print_offer_leave (BhPrintOffer *self)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return FALSE;
  gtk_widget_hide (GTK_WIDGET (self));
  gtk_window_set_focus (GTK_WINDOW (window), self->focus);
  set_focus (self, NULL);
  return TRUE;
}

/* ---- a PDF of them ------------------------------------------------------------- */

typedef struct {
  BhPrintOffer *offer;
  GPtrArray *jobs;
  char *path;
  BhPages *pages; /* NULL: to be saved */
  guint n;
  gboolean show;
} Pdf;

static void
pdf_free (Pdf *pdf)
{
  const BhSender *sender = pdf->pages != NULL ? bh_sender (NULL) : NULL;

  if (sender != NULL)
    sender->pages_free (pdf->pages);
  g_object_unref (pdf->offer);
  g_ptr_array_unref (pdf->jobs);
  g_free (pdf->path);
  g_free (pdf);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pdf, pdf_free)

static gpointer
make (BhDesk *desk, gpointer data, GError **error)
{
  Pdf *pdf = data;
  const BhSender *sender = bh_sender (error);
  BhPace pace = { 0 };

  if (sender == NULL || !sender->pdf (desk, pdf->jobs, pdf->path, &pace, error) ||
      (pdf->show && (pdf->pages = sender->pages (pdf->path, &pdf->n, error)) == NULL))
    return NULL;
  return g_strdup (pdf->path);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Pdf) pdf = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = bh_worker_finish (result, &error);
  g_autofree char *text = path != NULL ? g_strdup_printf (_ ("Saved as %s. The label waits on in "
                                                             "the queue."),
                                                          path)
                                       : NULL;

  tell (pdf->offer, text != NULL ? text : error->message);
}

char *
bh_print_ask_file (GtkWidget *from, const char *name)
{
  g_autoptr (GtkFileChooserNative) chooser = gtk_file_chooser_native_new (
      _ ("Save labels as PDF"), GTK_WINDOW (gtk_widget_get_toplevel (from)),
      GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_file_chooser_set_do_overwrite_confirmation (GTK_FILE_CHOOSER (chooser), TRUE);
  return gtk_native_dialog_run (GTK_NATIVE_DIALOG (chooser)) == GTK_RESPONSE_ACCEPT
             ? gtk_file_chooser_get_filename (GTK_FILE_CHOOSER (chooser))
             : NULL;
}

void
bh_print_offer_save (BhPrintOffer *self, GPtrArray *jobs)
{
  const BhPrintJob *job = g_ptr_array_index (jobs, 0);
  const char *of = job->serial != NULL ? job->serial : job->rma;
  g_autofree char *name = g_strdup_printf ("%s-%s.pdf", of != NULL ? of : "label", job->template);
  char *path = bh_print_ask_file (GTK_WIDGET (self), name);
  Pdf *pdf;

  if (path == NULL)
    return;
  pdf = g_new0 (Pdf, 1);
  *pdf = (Pdf){ .offer = g_object_ref (self), .jobs = g_ptr_array_ref (jobs), .path = path };
  bh_worker_run (self->slow, make, pdf, NULL, g_free, on_saved, pdf);
}

/* ---- the print dialog ---------------------------------------------------------- */

static gpointer
note_printed (BhDesk *desk, gpointer data, GError **error)
{
  GPtrArray *jobs = data;

  for (guint i = 0; i < jobs->len; i++)
    if (!bh_desk_printed_by_hand (desk, ((BhPrintJob *) g_ptr_array_index (jobs, i))->job,
                                  "print dialog", bh_now_us (), error))
      return NULL;
  return g_strdup ("");
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhPrintOffer) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = bh_worker_finish (result, &error);

  tell (self, done != NULL ? _ ("Handed to the print dialog's printer.") : error->message);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Pdf) pdf = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = bh_worker_finish (result, &error);
  GtkPrintOperationResult how;

  if (path == NULL) {
    tell (pdf->offer, error->message);
    return;
  }
  how = bh_print_dialog (GTK_WIDGET (pdf->offer), pdf->pages, pdf->n, _ ("Backhaul label"), &error);
  if (how == GTK_PRINT_OPERATION_RESULT_ERROR)
    tell (pdf->offer, error->message);
  else if (how == GTK_PRINT_OPERATION_RESULT_APPLY)
    bh_worker_run (pdf->offer->acts, note_printed, g_ptr_array_ref (pdf->jobs),
                   (GDestroyNotify) g_ptr_array_unref, g_free, on_noted, g_object_ref (pdf->offer));
}

/* ---- buttons ------------------------------------------------------------------- */

static void
on_dialog (GtkButton *button, BhPrintOffer *self)
{
  g_autoptr (GError) error = NULL;
  Pdf *pdf = g_new0 (Pdf, 1);

  *pdf = (Pdf){ .offer = g_object_ref (self),
                .jobs = g_ptr_array_ref (self->jobs),
                .path = bh_private_path ("label", &error),
                .show = TRUE };
  bh_print_offer_leave (self);
  if (pdf->path != NULL) {
    bh_worker_run (self->slow, make, pdf, NULL, g_free, on_made, pdf);
  } else {
    tell (self, error->message);
    pdf_free (pdf);
  }
}

static void
on_save (GtkButton *button, BhPrintOffer *self)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_ref (self->jobs);

  bh_print_offer_leave (self);
  bh_print_offer_save (self, jobs);
}

static void
on_close (GtkButton *button, BhPrintOffer *self)
{
  bh_print_offer_leave (self);
}

void
bh_print_offer_make (BhPrintOffer *self, GPtrArray *jobs)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));

  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  self->jobs = g_ptr_array_ref (jobs);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    set_focus (self, gtk_window_get_focus (GTK_WINDOW (window)));
  gtk_widget_show (GTK_WIDGET (self));
  gtk_widget_show (gtk_widget_get_parent (GTK_WIDGET (self)));
  gtk_widget_grab_focus (self->dialog);
}

static void
bh_print_offer_finalize (GObject *object)
{
  BhPrintOffer *self = BH_PRINT_OFFER (object);

  set_focus (self, NULL);
  g_clear_object (&self->acts);
  g_clear_object (&self->slow);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  G_OBJECT_CLASS (bh_print_offer_parent_class)->finalize (object);
}

static void
bh_print_offer_class_init (BhPrintOfferClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bh_print_offer_finalize;
  signals[TOLD] = g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
add_button (BhPrintOffer *self, const char *words, const char *id, GCallback act)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (words);

  page_name (button, NULL, id);
  g_signal_connect (button, "clicked", act, self);
  gtk_box_pack_start (GTK_BOX (self), button, FALSE, FALSE, 0);
  gtk_widget_show (button);
  return button;
}

static void
bh_print_offer_init (BhPrintOffer *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->dialog =
      add_button (self, _ ("Print on _another printer…"), "print-dialog", G_CALLBACK (on_dialog));
  add_button (self, _ ("Save as P_DF…"), "print-save", G_CALLBACK (on_save));
  add_button (self, _ ("Let it _wait (Esc)"), "print-wait", G_CALLBACK (on_close));
}

GtkWidget *
bh_print_offer_new (BhWorker *acts, BhWorker *slow)
{
  BhPrintOffer *self = g_object_new (BH_TYPE_PRINT_OFFER, NULL);

  self->acts = g_object_ref (acts);
  self->slow = g_object_ref (slow);
  return GTK_WIDGET (self);
}

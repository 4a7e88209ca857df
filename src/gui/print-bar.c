/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "print-bar.h"

#include "page.h"
#include "pages.h"
#include "print-offer.h"

/* so long it says what was done */
#define SAID_SECONDS 12

struct _BhPrintBar {
  GtkBox parent_instance;

  GtkLabel *said;
  GtkLabel *waits;
  GtkWidget *printers;
  BhPrintOffer *offer;

  BhWorker *acts;
  BhOutbox *labels;
  char *last;        /* what was queued and is not said to be printed; NULL: nothing */
  guint fade;        /* source */
  gboolean may_look; /* at the page of printers */
  gboolean gone;
};

G_DEFINE_FINAL_TYPE (BhPrintBar, bh_print_bar, GTK_TYPE_BOX)

static BhPrintBar *
bar_of (GtkWidget *from)
{
  return g_object_get_data (G_OBJECT (gtk_widget_get_toplevel (from)), "print-bar");
}

const char *
bh_template_words (const char *template)
{
  static const struct {
    const char *name;
    const char *words;
  } known[] = {
    { "box-4x6", N_ ("box label") },
    { "box-a6", N_ ("box label, A6") },
    { "hold-slip-4x6", N_ ("hold slip") },
    { "return-to-sender-4x6", N_ ("return-to-sender label") },
    { "unit-plate-50x25", N_ ("unit plate") },
    { "bench-traveller-4x6", N_ ("bench traveller") },
    { "packing-slip-a4", N_ ("packing slip, A4") },
    { "packing-slip-letter", N_ ("packing slip, Letter") },
    { "operator-badge", N_ ("operator badge") },
    { "any", N_ ("all other labels") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i].name, template) == 0)
      return _ (known[i].words);
  return template;
}

/* ---- what it says -------------------------------------------------------------- */

static void
set_seen (BhPrintBar *self)
{
  gboolean waits = *gtk_label_get_text (self->waits) != '\0';
  gboolean offers = gtk_widget_get_visible (GTK_WIDGET (self->offer));

  gtk_widget_set_visible (self->printers, waits && !offers && self->may_look);
  gtk_widget_set_visible (GTK_WIDGET (self->waits), waits);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          waits || offers || *gtk_label_get_text (self->said) != '\0');
}

static gboolean
on_fade (gpointer data)
{
  BhPrintBar *self = data;

  self->fade = 0;
  if (!gtk_widget_get_visible (GTK_WIDGET (self->offer)))
    gtk_label_set_text (self->said, "");
  set_seen (self);
  return G_SOURCE_REMOVE;
}

static void
say (BhPrintBar *self, const char *text)
{
  gtk_label_set_text (self->said, text);
  g_clear_handle_id (&self->fade, g_source_remove);
  self->fade = g_timeout_add_seconds (SAID_SECONDS, on_fade, self);
  set_seen (self);
}

static void
on_ran (BhOutbox *labels, const BhOutboxRun *run, BhPrintBar *self)
{
  g_autofree char *waits = NULL;

  if (run->stuck > 0)
    waits = g_strdup_printf (ngettext ("%u label waits: %s", "%u labels wait: %s", run->stuck),
                             run->stuck, run->why != NULL ? run->why : "");
  gtk_label_set_text (self->waits, waits != NULL ? waits : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->waits), waits);
  if (run->failed > 0) {
    say (self, _ ("A label cannot be made; the page of printers says why."));
  } else if (run->sent > 0 && self->last != NULL && run->stuck == 0) {
    g_autofree char *text = g_strdup_printf (_ ("Printed: %s"), self->last);

    g_clear_pointer (&self->last, g_free);
    say (self, text);
  }
  set_seen (self);
}

static void
on_printers (GtkButton *button, BhPrintBar *self)
{
  page_open (GTK_WIDGET (self), "printers", "");
}

/* ---- wishes -------------------------------------------------------------------- */

typedef struct {
  char *receipt;
  char *rma;
  char *serial;
  int line;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->receipt);
  g_free (wish->rma);
  g_free (wish->serial);
  g_free (wish);
}

typedef struct {
  GPtrArray *jobs;    /* BhPrintJob */
  BhPrinter *printer; /* NULL: none is set */
  char *station;
} Queued;

static void
queued_free (gpointer data)
{
  Queued *queued = data;

  g_ptr_array_unref (queued->jobs);
  bh_printer_free (queued->printer);
  g_free (queued->station);
  g_free (queued);
}

static gpointer
queue (BhDesk *desk, gpointer data, GError **error)
{
  const Wish *wish = data;
  const BhPrintWish what = { wish->receipt, wish->rma, wish->line, wish->serial };
  g_autoptr (GPtrArray) jobs = bh_desk_print_labels (desk, &what, bh_now_us (), error);
  BhPrinter *printer = NULL;
  Queued *queued;

  if (jobs == NULL ||
      !bh_desk_printer_for (desk, ((BhPrintJob *) g_ptr_array_index (jobs, 0))->template, &printer,
                            error))
    return NULL;
  queued = g_new0 (Queued, 1);
  *queued = (Queued){ g_steal_pointer (&jobs), printer, g_strdup (bh_desk_station (desk)) };
  return queued;
}

/* "2 × box label of R0000000001 (COPY)" */
static char *
words_of (GPtrArray *jobs)
{
  const BhPrintJob *job = g_ptr_array_index (jobs, 0);
  GString *words = g_string_new (NULL);
  const char *of = job->serial != NULL ? job->serial : job->rma;

  if (jobs->len > 1)
    g_string_append_printf (words, "%u × ", jobs->len);
  g_string_append (words, bh_template_words (job->template));
  if (of != NULL)
    g_string_append_printf (words, " %s", of);
  if (job->copy)
    g_string_append (words, _ (", marked as a copy"));
  return g_string_free (words, FALSE);
}

static void
on_queued (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhPrintBar) self = data;
  g_autoptr (GError) error = NULL;
  Queued *queued = bh_worker_finish (result, &error);
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;

  if (self->gone || queued == NULL) {
    if (!self->gone)
      say (self, error->message);
    g_clear_pointer (&queued, queued_free);
    return;
  }
  words = words_of (queued->jobs);
  if (queued->printer != NULL) {
    text = g_strdup_printf (_ ("Queued: %s, for %s"), words, queued->printer->target);
    g_free (self->last);
    self->last = g_strdup (words);
    bh_outbox_hurry (self->labels);
  } else {
    text =
        g_strdup_printf (_ ("Queued: %s. No printer is set for it at %s."), words, queued->station);
    bh_print_offer_make (self->offer, queued->jobs);
  }
  say (self, text);
  queued_free (queued);
}

void
bh_print_wish (GtkWidget *from, const BhPrintWish *wish)
{
  BhPrintBar *self = bar_of (from);
  Wish *copy;

  if (wish->receipt == NULL && wish->rma == NULL && wish->serial == NULL)
    return;
  copy = g_new0 (Wish, 1);
  *copy =
      (Wish){ g_strdup (wish->receipt), g_strdup (wish->rma), g_strdup (wish->serial), wish->line };
  bh_print_offer_leave (self->offer);
  bh_worker_run (self->acts, queue, copy, wish_free, queued_free, on_queued, g_object_ref (self));
}

void
bh_print_page (BhPage *page)
{
  BhPrintWish wish = { 0 };

  if (bh_page_label (page, &wish))
    bh_print_wish (GTK_WIDGET (page), &wish);
  else
    bh_print_tell (GTK_WIDGET (page), _ ("There is no label to print here."));
}

void
bh_print_hurry (GtkWidget *from)
{
  BhPrintBar *self = bar_of (from);

  if (self != NULL)
    bh_outbox_hurry (self->labels);
}

void
bh_print_tell (GtkWidget *from, const char *text)
{
  say (bar_of (from), text);
}

void
bh_print_set_role (GtkWidget *from, BhRole role)
{
  BhPrintBar *self = bar_of (from);

  self->may_look = (bh_page_kind_find ("printers")->roles & (1u << role)) != 0;
  set_seen (self);
}

void
bh_print_save (GtkWidget *from, GPtrArray *jobs)
{
  bh_print_offer_save (bar_of (from)->offer, jobs);
}

gboolean
bh_print_leave (GtkWidget *from)
{
  return bh_print_offer_leave (bar_of (from)->offer);
}

BhWorker *
bh_print_worker (GtkWidget *from)
{
  return bh_outbox_worker (bar_of (from)->labels);
}

BhOutbox *
bh_print_outbox (GtkWidget *from)
{
  return bar_of (from)->labels;
}

static void
on_offer_told (BhPrintOffer *offer, const char *text, BhPrintBar *self)
{
  say (self, text);
}

static void
on_offer_left (BhPrintOffer *offer, BhPrintBar *self)
{
  set_seen (self);
}

/* ---- life ---------------------------------------------------------------------- */

static void
bh_print_bar_dispose (GObject *object)
{
  BhPrintBar *self = BH_PRINT_BAR (object);

  self->gone = TRUE;
  g_clear_handle_id (&self->fade, g_source_remove);
  G_OBJECT_CLASS (bh_print_bar_parent_class)->dispose (object);
}

static void
bh_print_bar_finalize (GObject *object)
{
  BhPrintBar *self = BH_PRINT_BAR (object);

  g_clear_object (&self->acts);
  g_clear_object (&self->labels);
  g_free (self->last);
  G_OBJECT_CLASS (bh_print_bar_parent_class)->finalize (object);
}

static void
bh_print_bar_class_init (BhPrintBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_print_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_print_bar_finalize;
}

static void
bh_print_bar_init (BhPrintBar *self)
{
  GtkBox *box = GTK_BOX (self);

  gtk_box_set_spacing (box, 12);
  page_style (GTK_WIDGET (self), "print-bar");
  self->said = GTK_LABEL (page_told ("print-told", NULL));
  self->waits = GTK_LABEL (page_told ("print-waits", NULL));
  gtk_label_set_ellipsize (self->waits, PANGO_ELLIPSIZE_END);
  gtk_label_set_line_wrap (self->waits, FALSE);
  self->printers = gtk_button_new_with_mnemonic (_ ("Sho_w"));
  page_name (self->printers, _ ("Show the labels that wait"), "print-printers");
  g_signal_connect (self->printers, "clicked", G_CALLBACK (on_printers), self);
  gtk_box_pack_start (box, GTK_WIDGET (self->said), TRUE, TRUE, 0);
  gtk_box_pack_end (box, self->printers, FALSE, FALSE, 0);
  gtk_box_pack_end (box, GTK_WIDGET (self->waits), FALSE, TRUE, 0);
  gtk_widget_show (GTK_WIDGET (self->said));
}

void
bh_print_bar_add (GtkWidget *box, BhWorker *acts, BhOutbox *labels)
{
  BhPrintBar *self = g_object_new (BH_TYPE_PRINT_BAR, NULL);

  self->acts = g_object_ref (acts);
  self->labels = g_object_ref (labels);
  self->offer = BH_PRINT_OFFER (bh_print_offer_new (acts, bh_outbox_worker (labels)));
  gtk_box_pack_end (GTK_BOX (self), GTK_WIDGET (self->offer), FALSE, FALSE, 0);
  g_signal_connect_object (self->offer, "told", G_CALLBACK (on_offer_told), self, 0);
  g_signal_connect_object (self->offer, "hide", G_CALLBACK (on_offer_left), self, 0);
  g_signal_connect_object (labels, "ran", G_CALLBACK (on_ran), self, 0);
  gtk_box_pack_end (GTK_BOX (box), GTK_WIDGET (self), FALSE, FALSE, 0);
  gtk_box_reorder_child (GTK_BOX (box), GTK_WIDGET (self), 0); /* below the pages */
  g_object_set_data (G_OBJECT (gtk_widget_get_toplevel (box)), "print-bar", self);
}

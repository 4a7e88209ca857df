/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "first-start.h"

#include "page.h"
#include "settings.h"
#include "store-calls.h"
#include "store-form.h"

/* pixels; what the fields need, with the largest of what they say */
#define WIDTH  640
#define HEIGHT 780

struct _BhFirstStart {
  HdyApplicationWindow parent_instance;

  GtkToggleButton *here;
  GtkToggleButton *site;
  GtkToggleButton *sample;
  GtkRevealer *fields;
  BhStoreForm *form;
  GtkToggleButton *in_file;
  GtkLabel *told;
  GtkSpinner *spinner;
  GtkWidget *go;
  gboolean gone;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhFirstStart, bh_first_start, HDY_TYPE_APPLICATION_WINDOW)

static void
set_busy (BhFirstStart *self, gboolean busy, const char *words)
{
  gtk_widget_set_sensitive (self->go, !busy);
  g_object_set (self->spinner, "active", busy, NULL);
  gtk_label_set_text (self->told, words);
}

static void
choose (BhFirstStart *self, const char *uri)
{
  g_autoptr (GSettings) settings = bh_settings_new ();

  if (settings != NULL && g_settings_is_writable (settings, BH_SETTING_STORE)) {
    g_settings_set_string (settings, BH_SETTING_STORE, uri);
    g_settings_sync ();
  }
  g_signal_emit (self, signals[CHOSEN], 0, uri);
}

/* ---- this computer ---------------------------------------------------------------- */

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhFirstStart) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = bh_call_store_finish (result, &error);

  if (self->gone)
    return;
  set_busy (self, FALSE, uri != NULL ? "" : error->message);
  if (uri != NULL)
    choose (self, uri);
}

/* ---- a site ------------------------------------------------------------------------ */

/* @passfile: (nullable) */
static void
choose_site (BhFirstStart *self, const char *passfile)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = bh_store_form_uri (self->form, passfile, &error);

  if (uri != NULL)
    choose (self, uri);
  else
    gtk_label_set_text (self->told, error->message);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhFirstStart) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = bh_call_store_finish (result, &error);

  if (self->gone)
    return;
  set_busy (self, FALSE, "");
  if (path != NULL) {
    choose_site (self, *path != '\0' ? path : NULL);
    return;
  }
  gtk_label_set_text (self->told, error->message);
  gtk_widget_show (GTK_WIDGET (self->in_file));
  gtk_widget_grab_focus (GTK_WIDGET (self->in_file));
}

static void
on_tested (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhFirstStart) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = bh_call_store_finish (result, &error);
  g_autoptr (BhStoreAddress) address = NULL;

  if (self->gone)
    return;
  set_busy (self, FALSE, "");
  bh_store_form_tell (self->form, words != NULL ? words : error->message);
  if (words == NULL)
    return;
  address = bh_store_form_address (self->form, NULL);
  if (address == NULL || address->password == NULL) {
    choose_site (self, NULL);
    return;
  }
  set_busy (self, TRUE, _ ("Keeping the password …"));
  bh_call_store_keep_async (address, gtk_toggle_button_get_active (self->in_file), on_kept,
                            g_object_ref (self));
}

static void
on_go (GtkWidget *button, BhFirstStart *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;

  if (!gtk_widget_get_sensitive (self->go))
    return;
  if (gtk_toggle_button_get_active (self->here)) {
    gboolean sample = gtk_toggle_button_get_active (self->sample);

    set_busy (self, TRUE, sample ? _ ("Making the sample operation …") : _ ("One moment …"));
    bh_call_store_make_async (sample, on_made, g_object_ref (self));
    return;
  }
  uri = bh_store_form_uri (self->form, NULL, &error);
  if (uri == NULL) {
    bh_store_form_tell (self->form, error->message);
    return;
  }
  set_busy (self, TRUE, "");
  bh_store_form_test (self->form, on_tested, g_object_ref (self));
}

/* The fields of a site want room, as far as the screen has it. */
static void
make_room (BhFirstStart *self)
{
  GdkWindow *window = gtk_widget_get_window (GTK_WIDGET (self));
  GdkRectangle area = { 0 };

  if (window == NULL)
    return;
  gdk_monitor_get_workarea (
      gdk_display_get_monitor_at_window (gtk_widget_get_display (GTK_WIDGET (self)), window),
      &area);
  gtk_window_resize (GTK_WINDOW (self), WIDTH, MIN (HEIGHT, area.height - 40));
}

static void
on_place (GtkToggleButton *button, BhFirstStart *self)
{
  gboolean here = gtk_toggle_button_get_active (self->here);

  if (!here)
    make_room (self);

  gtk_revealer_set_reveal_child (self->fields, !here);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sample), here);
  gtk_widget_set_visible (GTK_WIDGET (self->in_file), FALSE);
  gtk_label_set_text (self->told, "");
}

/* ---- how it is made ------------------------------------------------------------------ */

static void
bh_first_start_dispose (GObject *object)
{
  BH_FIRST_START (object)->gone = TRUE;
  G_OBJECT_CLASS (bh_first_start_parent_class)->dispose (object);
}

static void
bh_first_start_class_init (BhFirstStartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_first_start_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
choice (GtkWidget *after, const char *words, const char *about, const char *id, GtkBox *box)
{
  GtkWidget *radio =
      gtk_radio_button_new_with_mnemonic_from_widget (GTK_RADIO_BUTTON (after), words);
  GtkWidget *label = page_label (about, "dim-label");

  gtk_widget_set_margin_start (label, 28);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  page_name (radio, NULL, id);
  page_style (radio, "section");
  gtk_box_pack_start (box, radio, FALSE, FALSE, 0);
  gtk_box_pack_start (box, label, FALSE, FALSE, 0);
  return radio;
}

static void
add_choices (BhFirstStart *self, GtkBox *box)
{
  GtkWidget *here = choice (NULL, _ ("On this co_mputer"),
                            _ ("One desk. Nothing else is needed: everything is in one file of "
                               "yours."),
                            "first-here", box);
  GtkWidget *sample = gtk_check_button_new_with_mnemonic (
      _ ("With a sample _operation to try it out: customers, RMAs, units that come back"));
  GtkWidget *site;

  gtk_widget_set_margin_start (sample, 28);
  page_name (sample, NULL, "first-sample");
  gtk_box_pack_start (box, sample, FALSE, FALSE, 0);
  site =
      choice (here, _ ("On the server of a s_ite"),
              _ ("Several docks, or a repair center elsewhere, share one store (PostgreSQL). The "
                 "site's administrator tells what to write here."),
              "first-site", box);
  self->here = GTK_TOGGLE_BUTTON (here);
  self->site = GTK_TOGGLE_BUTTON (site);
  self->sample = GTK_TOGGLE_BUTTON (sample);
  self->form = BH_STORE_FORM (bh_store_form_new ());
  gtk_widget_set_margin_start (GTK_WIDGET (self->form), 28);
  self->fields = GTK_REVEALER (gtk_revealer_new ());
  gtk_container_add (GTK_CONTAINER (self->fields), GTK_WIDGET (self->form));
  gtk_box_pack_start (box, GTK_WIDGET (self->fields), FALSE, FALSE, 0);
  g_signal_connect (here, "toggled", G_CALLBACK (on_place), self);
}

static void
add_foot (BhFirstStart *self, GtkBox *box)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *in_file = gtk_check_button_new_with_mnemonic (
      _ ("_Keep the password in a file that only you can read"));

  self->in_file = GTK_TOGGLE_BUTTON (in_file);
  page_name (in_file, NULL, "first-in-file");
  gtk_widget_set_no_show_all (in_file, TRUE);
  self->told = GTK_LABEL (page_told ("first-told", NULL));
  gtk_label_set_max_width_chars (self->told, 60);
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->go = gtk_button_new_with_mnemonic (_ ("_Begin"));
  page_style (self->go, "suggested-action");
  page_name (self->go, NULL, "first-go");
  gtk_widget_set_can_default (self->go, TRUE);
  g_signal_connect (self->go, "clicked", G_CALLBACK (on_go), self);
  gtk_box_pack_end (GTK_BOX (foot), self->go, FALSE, FALSE, 0);
  gtk_box_pack_end (GTK_BOX (foot), GTK_WIDGET (self->spinner), FALSE, FALSE, 0);
  gtk_box_pack_start (box, GTK_WIDGET (self->told), FALSE, FALSE, 0);
  gtk_box_pack_start (box, in_file, FALSE, FALSE, 0);
  gtk_box_pack_start (box, foot, FALSE, FALSE, 0);
}

static void
bh_first_start_init (BhFirstStart *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = hdy_header_bar_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new (NULL, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *title = page_label (_ ("Where are the returns kept?"), "page-title");

  hdy_header_bar_set_title (HDY_HEADER_BAR (bar), _ ("Backhaul"));
  hdy_header_bar_set_show_close_button (HDY_HEADER_BAR (bar), TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Backhaul: first start"));
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, -1);
  gtk_window_set_position (GTK_WINDOW (self), GTK_WIN_POS_CENTER);
  g_object_set (box, "margin", 24, "margin-bottom", 6, NULL);
  page_name (title, NULL, "first-title");
  gtk_box_pack_start (GTK_BOX (box), title, FALSE, FALSE, 0);
  add_choices (self, GTK_BOX (box));
  /* on a low screen the button that begins stays in sight */
  g_object_set (scrolled, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE,
                NULL);
  gtk_container_add (GTK_CONTAINER (scrolled), box);
  g_object_set (foot, "margin", 24, "margin-top", 6, NULL);
  add_foot (self, GTK_BOX (foot));
  gtk_box_pack_start (GTK_BOX (column), bar, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (column), scrolled, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (column), foot, FALSE, FALSE, 0);
  gtk_container_add (GTK_CONTAINER (self), column);
  gtk_widget_show_all (column);
  page_mark_theme (GTK_WIDGET (self));
  gtk_widget_grab_default (self->go);
  gtk_widget_grab_focus (GTK_WIDGET (self->here));
}

GtkWidget *
bh_first_start_new (GtkApplication *application)
{
  return g_object_new (BH_TYPE_FIRST_START, "application", application, NULL);
}

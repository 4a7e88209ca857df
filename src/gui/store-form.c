/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "store-form.h"

#include <string.h>

#include "page.h"
#include "store-calls.h"

/* the certificates that this computer trusts, where a site has none of its own */
#define SYSTEM_ROOTS "/etc/ssl/certs/ca-certificates.crt"

struct _BhStoreForm {
  GtkBox parent_instance;

  GtkGrid *grid;
  GtkEntry *server;
  GtkEntry *database;
  GtkEntry *user;
  GtkEntry *password;
  GtkToggleButton *check;
  GtkFileChooser *roots;
  GtkWidget *warning;
  GtkWidget *test;
  GtkSpinner *spinner;
  GtkLabel *told;
  gboolean gone;
};

G_DEFINE_FINAL_TYPE (BhStoreForm, bh_store_form, GTK_TYPE_BOX)

void
bh_store_form_tell (BhStoreForm *self, const char *text)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *down;

  gtk_label_set_text (self->told, text);
  /* on a low screen its end is out of sight */
  if (scrolled == NULL || *text == '\0')
    return;
  down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_adjustment_set_value (down, gtk_adjustment_get_upper (down));
}

/* ---- what was typed --------------------------------------------------------------- */

static void
take (char **value, GtkEntry *entry)
{
  const char *text = gtk_entry_get_text (entry);

  if (*text == '\0')
    return;
  g_free (*value);
  *value = g_strdup (text);
}

BhStoreAddress *
bh_store_form_address (BhStoreForm *self, GError **error)
{
  BhStoreAddress *address = bh_store_address_parse (gtk_entry_get_text (self->server), error);

  if (address == NULL)
    return NULL;
  take (&address->database, self->database);
  take (&address->user, self->user);
  take (&address->password, self->password);
  return address;
}

char *
bh_store_form_uri (BhStoreForm *self, const char *passfile, GError **error)
{
  g_autoptr (BhStoreAddress) address = bh_store_form_address (self, error);
  g_autofree char *roots = gtk_file_chooser_get_filename (self->roots);

  return address != NULL
             ? bh_store_address_uri (address, gtk_toggle_button_get_active (self->check),
                                     roots != NULL ? roots : SYSTEM_ROOTS, passfile, error)
             : NULL;
}

/* The value of @key in @rest, unescaped; NULL: it is not in it. */
static char *
value_in (const char *rest, const char *key)
{
  g_auto (GStrv) pairs = g_strsplit (rest != NULL ? rest : "", "&", -1);

  for (char **pair = pairs; *pair != NULL; pair++)
    if (g_str_has_prefix (*pair, key))
      return g_uri_unescape_string (*pair + strlen (key), NULL);
  return NULL;
}

void
bh_store_form_fill (BhStoreForm *self, const char *uri)
{
  g_autoptr (BhStoreAddress) address = bh_store_address_parse (uri, NULL);
  g_autofree char *mode = NULL;
  g_autofree char *roots = NULL;

  if (address == NULL)
    return;
  mode = value_in (address->rest, "sslmode=");
  roots = value_in (address->rest, "sslrootcert=");
  /* what the fields do not show stays in the address */
  gtk_entry_set_text (self->server, *address->hosts != '\0' ? address->hosts : uri);
  gtk_entry_set_text (self->database, address->database != NULL ? address->database : "");
  gtk_entry_set_text (self->user, address->user != NULL ? address->user : "");
  gtk_toggle_button_set_active (self->check, g_strcmp0 (mode, "verify-full") == 0);
  if (roots != NULL && !g_str_equal (roots, SYSTEM_ROOTS))
    gtk_file_chooser_set_filename (self->roots, roots);
}

/* ---- trying it --------------------------------------------------------------------- */

typedef struct {
  BhStoreForm *form;
  GAsyncReadyCallback callback;
  gpointer data;
} Test;

static void
set_busy (BhStoreForm *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->test, !busy);
  g_object_set (self->spinner, "active", busy, NULL);
}

static void
on_tested (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Test *test = data;
  g_autoptr (BhStoreForm) self = test->form;

  if (self->gone)
    return;
  set_busy (self, FALSE);
  test->callback (G_OBJECT (self), result, test->data);
}

void
bh_store_form_test (BhStoreForm *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhStoreAddress) address = bh_store_form_address (self, &error);
  g_autofree char *uri = address != NULL ? bh_store_form_uri (self, NULL, &error) : NULL;
  Test *test;

  if (uri == NULL) {
    bh_store_form_tell (self, error->message);
    return;
  }
  bh_store_form_tell (self, _ ("Trying it …"));
  set_busy (self, TRUE);
  test = g_new0 (Test, 1);
  *test = (Test){ g_object_ref (self), callback, data };
  bh_call_store_test_async (uri, address->password, on_tested, test);
}

static void
on_told (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = bh_call_store_finish (result, &error);

  bh_store_form_tell (data, words != NULL ? words : error->message);
}

static void
on_test (GtkWidget *button, BhStoreForm *self)
{
  if (gtk_widget_get_sensitive (self->test))
    bh_store_form_test (self, on_told, self);
}

static void
on_check (GtkToggleButton *button, BhStoreForm *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->roots), gtk_toggle_button_get_active (button));
  gtk_widget_set_visible (self->warning, !gtk_toggle_button_get_active (button));
}

/* ---- how it is made ------------------------------------------------------------------ */

static GtkWidget *
add_row (BhStoreForm *self, int row, const char *words, GtkWidget *widget, const char *id)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (words);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), widget);
  gtk_widget_set_hexpand (widget, TRUE);
  page_name (widget, NULL, id);
  gtk_grid_attach (self->grid, label, 0, row, 1, 1);
  gtk_grid_attach (self->grid, widget, 1, row, 1, 1);
  return widget;
}

static GtkEntry *
add_entry (BhStoreForm *self, int row, const char *words, const char *hint, const char *id)
{
  GtkEntry *entry = GTK_ENTRY (add_row (self, row, words, gtk_entry_new (), id));

  gtk_entry_set_placeholder_text (entry, hint);
  gtk_entry_set_activates_default (entry, TRUE);
  return entry;
}

static void
bh_store_form_dispose (GObject *object)
{
  BH_STORE_FORM (object)->gone = TRUE;
  G_OBJECT_CLASS (bh_store_form_parent_class)->dispose (object);
}

static void
bh_store_form_class_init (BhStoreFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_store_form_dispose;
}

static void
add_foot (BhStoreForm *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->test = gtk_button_new_with_mnemonic (_ ("_Test the connection"));
  page_name (self->test, NULL, "store-test");
  g_signal_connect (self->test, "clicked", G_CALLBACK (on_test), self);
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->told = GTK_LABEL (page_told ("store-told", NULL));
  gtk_label_set_max_width_chars (self->told, 60);
  gtk_widget_set_size_request (GTK_WIDGET (self->told), -1, 60);
  gtk_label_set_yalign (self->told, 0);
  gtk_label_set_selectable (self->told, TRUE);
  gtk_widget_set_can_focus (GTK_WIDGET (self->told), FALSE);
  gtk_box_pack_start (GTK_BOX (foot), self->test, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (foot), GTK_WIDGET (self->spinner), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), foot, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->told), FALSE, FALSE, 0);
}

static void
bh_store_form_init (BhStoreForm *self)
{
  GtkWidget *check = gtk_check_button_new_with_mnemonic (_ ("_Check the server's certificate"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_row_spacing (self->grid, 8);
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->grid), FALSE, FALSE, 0);
  self->server =
      add_entry (self, 0, _ ("_Server"), _ ("db.example.com, or a whole address: postgresql://…"),
                 "store-server");
  self->database = add_entry (self, 1, _ ("_Database"), "backhaul", "store-database");
  self->user = add_entry (self, 2, _ ("_User"), "", "store-user");
  self->password = add_entry (self, 3, _ ("_Password"), "", "store-password");
  gtk_entry_set_visibility (self->password, FALSE);
  gtk_entry_set_input_purpose (self->password, GTK_INPUT_PURPOSE_PASSWORD);
  self->check = GTK_TOGGLE_BUTTON (check);
  gtk_toggle_button_set_active (self->check, TRUE);
  page_name (check, NULL, "store-check");
  gtk_grid_attach (self->grid, check, 1, 4, 1, 1);
  self->warning = page_told ("store-unchecked", "notice");
  gtk_label_set_text (GTK_LABEL (self->warning),
                      _ ("Whoever is on this network can pose as the server, and read the "
                         "password and every act."));
  gtk_label_set_max_width_chars (GTK_LABEL (self->warning), 50);
  gtk_widget_set_no_show_all (self->warning, TRUE);
  gtk_grid_attach (self->grid, self->warning, 1, 5, 1, 1);
  self->roots = GTK_FILE_CHOOSER (add_row (
      self, 6, _ ("_Root certificate"),
      gtk_file_chooser_button_new (_ ("The site's root certificate"), GTK_FILE_CHOOSER_ACTION_OPEN),
      "store-roots"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->roots),
                               _ ("None: the certificates that this computer trusts"));
  g_signal_connect (check, "toggled", G_CALLBACK (on_check), self);
  add_foot (self);
  gtk_widget_show_all (GTK_WIDGET (self));
}

GtkWidget *
bh_store_form_new (void)
{
  return g_object_new (BH_TYPE_STORE_FORM, NULL);
}

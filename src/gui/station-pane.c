/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "station-pane.h"

#include <string.h>

#include "first-start.h"
#include "page.h"
#include "pages.h"
#include "settings.h"
#include "store-calls.h"

struct _BhStationPane {
  GtkBox parent_instance;

  GtkGrid *grid;
  GtkLabel *store;
  GtkWidget *test;
  GtkLabel *told;
  GSettings *settings; /* NULL: they are not installed */
  BhWorker *reads;
  char *uri; /* NULL: not known yet */
  gboolean gone;
};

G_DEFINE_FINAL_TYPE (BhStationPane, bh_station_pane, GTK_TYPE_BOX)

static void
tell (BhStationPane *self, const char *text)
{
  gtk_label_set_text (self->told, text);
}

/* ---- the store -------------------------------------------------------------------- */

/* Without what only libpq needs to know, and without a password. */
static char *
store_words (const char *uri)
{
  g_autoptr (BhStoreAddress) address = NULL;

  if (g_str_has_prefix (uri, "sqlite:"))
    return g_strdup_printf (_ ("The file %s"), uri + strlen ("sqlite:"));
  address = bh_store_address_parse (uri, NULL);
  if (address == NULL || *address->hosts == '\0')
    return g_strdup (_ ("A PostgreSQL server of this computer"));
  return g_strdup_printf (_ ("Database %s on %s"),
                          address->database != NULL ? address->database : "–", address->hosts);
}

static gpointer
read_uri (BhDesk *desk, gpointer data, GError **error)
{
  return g_strdup (bh_store_uri (bh_desk_store (desk)));
}

static void
on_uri (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhStationPane) self = data;
  g_autoptr (GError) error = NULL;
  char *uri = bh_worker_finish (result, &error);
  g_autofree char *words = NULL;

  if (self->gone || uri == NULL) {
    if (!self->gone)
      tell (self, error->message);
    g_free (uri);
    return;
  }
  g_free (self->uri);
  self->uri = uri;
  words = store_words (uri);
  gtk_label_set_text (self->store, words);
  gtk_widget_set_sensitive (self->test, TRUE);
}

static void
on_tested (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhStationPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = bh_call_store_finish (result, &error);

  if (self->gone)
    return;
  gtk_widget_set_sensitive (self->test, TRUE);
  tell (self, words != NULL ? words : error->message);
}

static void
on_test (GtkWidget *button, BhStationPane *self)
{
  gtk_widget_set_sensitive (self->test, FALSE);
  tell (self, _ ("Trying it …"));
  bh_call_store_test_async (self->uri, NULL, on_tested, g_object_ref (self));
}

static void
on_chosen (BhFirstStart *chooser, const char *uri, BhStationPane *self)
{
  g_autofree char *store = store_words (uri);
  g_autofree char *words = g_strdup_printf (_ ("%s: from the next start on."), store);

  tell (self, words);
  gtk_widget_destroy (GTK_WIDGET (chooser));
}

static void
on_change (GtkWidget *button, BhStationPane *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_toplevel (button));
  GtkWidget *chooser = bh_first_start_new (gtk_window_get_application (window));

  g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_chosen), self, 0);
  gtk_window_set_transient_for (GTK_WINDOW (chooser), window);
  gtk_window_set_modal (GTK_WINDOW (chooser), TRUE);
  gtk_window_present (GTK_WINDOW (chooser));
}

/* ---- devices ------------------------------------------------------------------------- */

static void
on_printers (GtkWidget *button, BhStationPane *self)
{
  page_open (GTK_WIDGET (self), "printers", "");
}

/* Its picture is beside the box at the dock. */
static void
on_camera (GtkWidget *button, BhStationPane *self)
{
  GtkWidget *stack = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_STACK);
  GtkWidget *room = gtk_stack_get_child_by_name (GTK_STACK (stack), "dock");
  g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (room));

  page_open (GTK_WIDGET (self), "dock", "");
  if (children != NULL)
    g_action_group_activate_action (gtk_widget_get_action_group (children->data, "dock"), "camera",
                                    NULL);
}

/* ---- how it is made -------------------------------------------------------------------- */

static GtkWidget *
locked_new (BhStationPane *self, const char *key)
{
  GtkWidget *label = page_label (_ ("Locked by your site"), "name");
  g_autofree char *id = g_strdup_printf ("%s-locked", key);

  gtk_widget_set_no_show_all (label, TRUE);
  page_name (label, NULL, id);
  if (self->settings != NULL)
    g_settings_bind_writable (self->settings, key, label, "visible", TRUE);
  return label;
}

static void
add_row (BhStationPane *self, int *row, const char *words, GtkWidget *widget, GtkWidget *after)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), widget);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_grid_attach (self->grid, label, 0, *row, 1, 1);
  gtk_grid_attach (self->grid, widget, 1, *row, after != NULL ? 1 : 2, 1);
  if (after != NULL)
    gtk_grid_attach (self->grid, after, 2, *row, 1, 1);
  (*row)++;
}

static void
add_text (BhStationPane *self, int *row, const char *words, const char *key, const char *hint)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *id = g_strdup_printf ("station-%s", key);

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), hint);
  page_name (entry, NULL, id);
  if (self->settings != NULL)
    g_settings_bind (self->settings, key, entry, "text", G_SETTINGS_BIND_DEFAULT);
  gtk_widget_set_sensitive (entry,
                            self->settings != NULL && g_settings_is_writable (self->settings, key));
  add_row (self, row, words, entry, NULL);
  gtk_grid_attach (self->grid, locked_new (self, key), 1, (*row)++, 2, 1);
}

static GtkWidget *
button (BhStationPane *self, const char *words, const char *id, GCallback clicked)
{
  GtkWidget *made = gtk_button_new_with_mnemonic (words);

  page_name (made, NULL, id);
  g_signal_connect (made, "clicked", clicked, self);
  return made;
}

static void
add_store (BhStationPane *self, int *row)
{
  GtkWidget *acts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *change =
      button (self, _ ("C_hange …"), "station-store-change", G_CALLBACK (on_change));

  self->store = GTK_LABEL (page_told ("station-store", NULL));
  gtk_label_set_ellipsize (self->store, PANGO_ELLIPSIZE_MIDDLE);
  self->test = button (self, _ ("_Test"), "station-store-test", G_CALLBACK (on_test));
  gtk_widget_set_sensitive (self->test, FALSE);
  gtk_widget_set_sensitive (change, self->settings != NULL &&
                                        g_settings_is_writable (self->settings, BH_SETTING_STORE));
  gtk_container_add (GTK_CONTAINER (acts), self->test);
  gtk_container_add (GTK_CONTAINER (acts), change);
  add_row (self, row, _ ("Store"), GTK_WIDGET (self->store), acts);
  gtk_grid_attach (self->grid, locked_new (self, BH_SETTING_STORE), 1, (*row)++, 2, 1);
}

static void
bh_station_pane_dispose (GObject *object)
{
  BhStationPane *self = BH_STATION_PANE (object);

  self->gone = TRUE;
  g_clear_object (&self->settings);
  g_clear_object (&self->reads);
  g_clear_pointer (&self->uri, g_free);
  G_OBJECT_CLASS (bh_station_pane_parent_class)->dispose (object);
}

static void
bh_station_pane_class_init (BhStationPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_station_pane_dispose;
}

static void
bh_station_pane_init (BhStationPane *self)
{
  GtkWidget *devices = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  int row = 0;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->settings = bh_settings_new ();
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_row_spacing (self->grid, 4);
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_box_pack_start (GTK_BOX (self), page_label (_ ("This station"), "page-title"), FALSE, FALSE,
                      0);
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->grid), FALSE, FALSE, 0);
  add_text (self, &row, _ ("_Name"), BH_SETTING_STATION, g_get_host_name ());
  add_text (self, &row, _ ("Doc_k"), BH_SETTING_DOCK, _ ("none"));
  add_store (self, &row);
  gtk_container_add (
      GTK_CONTAINER (devices),
      button (self, _ ("Print_ers: set and test …"), "station-printers", G_CALLBACK (on_printers)));
  gtk_container_add (GTK_CONTAINER (devices), button (self, _ ("_Look through the camera …"),
                                                      "station-camera", G_CALLBACK (on_camera)));
  gtk_box_pack_start (GTK_BOX (self), devices, FALSE, FALSE, 0);
  self->told = GTK_LABEL (page_told ("station-told", NULL));
  gtk_label_set_text (self->told, _ ("Name and dock count from the next start on."));
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->told), FALSE, FALSE, 0);
  gtk_widget_show_all (GTK_WIDGET (self));
}

void
bh_station_pane_read (BhStationPane *self)
{
  bh_worker_run (self->reads, read_uri, NULL, NULL, g_free, on_uri, g_object_ref (self));
}

GtkWidget *
bh_station_pane_new (BhWorker *reads)
{
  BhStationPane *self = g_object_new (BH_TYPE_STATION_PANE, NULL);

  self->reads = g_object_ref (reads);
  return GTK_WIDGET (self);
}

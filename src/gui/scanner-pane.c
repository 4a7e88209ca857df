/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "scanner-pane.h"

#include "page.h"
#include "scanners.h"
#include "settings.h"

#define USUAL_SPEED "9600"

struct _BhScannerPane {
  GtkBox parent_instance;

  GtkWidget *form;
  GtkWidget *us_layout;
  GtkWidget *recognise_us;
  GtkWidget *gap;
  GtkWidget *pause;
  GtkWidget *least;
  GtkWidget *us_layout_locked;
  GtkWidget *recognise_us_locked;
  GtkWidget *gap_locked;
  GtkWidget *pause_locked;
  GtkWidget *least_locked;
  GtkWidget *ports_locked;
  GtkBox *usb;
  GtkBox *ports;
  GtkWidget *adding;
  GtkComboBoxText *device;
  GtkComboBoxText *speed;
  GtkWidget *add;
  GtkWidget *usual;
  GtkLabel *told;

  BhScanners *scanners; /* the window's; NULL before it was shown */
};

G_DEFINE_FINAL_TYPE (BhScannerPane, bh_scanner_pane, GTK_TYPE_BOX)

static GSettings *
settings_of (BhScannerPane *self)
{
  return self->scanners != NULL ? bh_scanners_settings (self->scanners) : NULL;
}

static const char *
device_text (BhScannerPane *self)
{
  return gtk_entry_get_text (GTK_ENTRY (gtk_bin_get_child (GTK_BIN (self->device))));
}

/* ---- serial scanners ---------------------------------------------------------------- */

static const char *
state_words (BhPortState state)
{
  switch (state) {
  case BH_PORT_OPEN:
    return _ ("listening");
  case BH_PORT_FLOOD:
    return _ ("sends without an end: set its suffix to Enter (CR), and the same speed");
  case BH_PORT_REFUSED:
    return _ ("may not be opened: ask your administrator to add you to the group dialout");
  case BH_PORT_BUSY:
    return _ ("another program, or another window of this one, listens to it");
  case BH_PORT_NO_PORT:
    return _ ("is no serial port");
  case BH_PORT_ABSENT:
  default:
    return _ ("not plugged in; waiting for it");
  }
}

/* The settings' ports, without @path, and with it at @speed unless that is 0. */
static void
set_port (BhScannerPane *self, const char *path, guint speed)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{su}"));
  g_autoptr (GVariantIter) iter = NULL;
  const char *other;
  guint other_speed;

  g_settings_get (settings_of (self), BH_SETTING_PORTS, "a{su}", &iter);
  while (g_variant_iter_next (iter, "{&su}", &other, &other_speed))
    if (!g_str_equal (other, path))
      g_variant_builder_add (&builder, "{su}", other, other_speed);
  if (speed != 0)
    g_variant_builder_add (&builder, "{su}", path, speed);
  g_settings_set_value (settings_of (self), BH_SETTING_PORTS, g_variant_builder_end (&builder));
}

static void
on_remove (GtkWidget *button, BhScannerPane *self)
{
  g_autofree char *path = g_strdup (g_object_get_data (G_OBJECT (button), "path"));

  /* the button goes with its row */
  gtk_widget_grab_focus (GTK_WIDGET (self->device));
  set_port (self, path, 0);
}

static GtkWidget *
row_new (BhScannerPane *self, BhSerialPort *port, guint number)
{
  const char *path = bh_serial_port_path (port);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *title =
      g_strdup_printf (_ ("%s, %u bits a second"), name, bh_serial_port_speed (port));
  g_autofree char *remove_name = g_strdup_printf (_ ("Remove %s"), path);
  g_autofree char *id = g_strdup_printf ("scanner-port-%u", number);
  g_autofree char *remove_id = g_strdup_printf ("scanner-remove-%u", number);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *state = page_label (state_words (bh_serial_port_state (port)), "name");
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic", GTK_ICON_SIZE_BUTTON);

  gtk_container_add (GTK_CONTAINER (texts), page_label (title, NULL));
  gtk_container_add (GTK_CONTAINER (texts), state);
  page_name (state, NULL, id);
  gtk_widget_set_tooltip_text (row, path);
  gtk_box_pack_start (GTK_BOX (row), texts, TRUE, TRUE, 0);
  gtk_box_pack_end (GTK_BOX (row), button, FALSE, FALSE, 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  page_name (button, remove_name, remove_id);
  gtk_widget_set_sensitive (button, g_settings_is_writable (settings_of (self), BH_SETTING_PORTS));
  g_object_set_data_full (G_OBJECT (button), "path", g_strdup (path), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove), self);
  gtk_widget_show_all (row);
  return row;
}

/* ---- USB scanners ------------------------------------------------------------------- */

static const char *
usb_state_words (BhPortState state)
{
  switch (state) {
  case BH_PORT_OPEN:
    return _ ("listening");
  case BH_PORT_REFUSED:
    return _ ("may not be opened. Ask your administrator to put this line into a file "
              "70-backhaul.rules in /etc/udev/rules.d, then plug the scanner in again:");
  case BH_PORT_BUSY:
    return _ ("another window of this program listens to it");
  default:
    return _ ("does not answer; plug it in again");
  }
}

static GtkWidget *
wrapped (const char *text, const char *class)
{
  GtkWidget *label = page_label (text, class);

  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 46);
  return label;
}

static void
add_usb (BhScannerPane *self, BhHidScanner *scanner, guint number)
{
  BhPortState state = bh_hid_scanner_state (scanner);
  g_autofree char *id = g_strdup_printf ("scanner-usb-%u", number);
  g_autofree char *rule_id = g_strdup_printf ("scanner-usb-rule-%u", number);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *told = wrapped (usb_state_words (state), "name");

  gtk_container_add (GTK_CONTAINER (row), wrapped (bh_hid_scanner_name (scanner), NULL));
  gtk_container_add (GTK_CONTAINER (row), told);
  page_name (told, NULL, id);
  if (state == BH_PORT_REFUSED) {
    g_autofree char *rule = bh_hid_scanner_rule (scanner);
    GtkWidget *line = wrapped (rule, "number");

    /* to be copied */
    gtk_label_set_selectable (GTK_LABEL (line), TRUE);
    page_name (line, NULL, rule_id);
    gtk_container_add (GTK_CONTAINER (row), line);
  }
  gtk_widget_set_tooltip_text (row, bh_hid_scanner_path (scanner));
  gtk_widget_show_all (row);
  gtk_box_pack_start (self->usb, row, FALSE, FALSE, 0);
}

static void
show_usb (BhScannerPane *self)
{
  GPtrArray *usb = bh_scanners_usb (self->scanners);

  page_clear (GTK_CONTAINER (self->usb));
  for (guint i = 0; i < usb->len; i++)
    add_usb (self, g_ptr_array_index (usb, i), i + 1);
  if (usb->len == 0) {
    GtkWidget *none = wrapped (_ ("None is plugged in. A scanner that is set to USB HID POS shows "
                                  "here by itself, and nothing has to be set."),
                               "name");

    page_name (none, NULL, "scanner-no-usb");
    gtk_widget_show (none);
    gtk_box_pack_start (self->usb, none, FALSE, FALSE, 0);
  }
}

static void
show_ports (gpointer data)
{
  BhScannerPane *self = data;
  GPtrArray *ports = bh_scanners_ports (self->scanners);

  show_usb (self);
  page_clear (GTK_CONTAINER (self->ports));
  for (guint i = 0; i < ports->len; i++)
    gtk_box_pack_start (self->ports, row_new (self, g_ptr_array_index (ports, i), i + 1), FALSE,
                        FALSE, 0);
  if (ports->len == 0) {
    GtkWidget *none = page_told ("scanner-no-port", "name");

    gtk_label_set_text (GTK_LABEL (none), _ ("None is set. Plug one in and choose its port."));
    gtk_widget_show (none);
    gtk_box_pack_start (self->ports, none, FALSE, FALSE, 0);
  }
}

/* Names that stay with the device first: a scanner may be plugged in elsewhere. */
static void
offer_devices (BhScannerPane *self)
{
  static const struct {
    const char *folder;
    const char *prefix;
  } places[] = { { "/dev/serial/by-id", "" }, { "/dev", "ttyACM" }, { "/dev", "ttyUSB" } };

  gtk_combo_box_text_remove_all (self->device);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (GDir) folder = g_dir_open (places[i].folder, 0, NULL);
    const char *name;

    while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
      g_autofree char *path = g_build_filename (places[i].folder, name, NULL);

      if (g_str_has_prefix (name, places[i].prefix))
        gtk_combo_box_text_append_text (self->device, path);
    }
  }
}

static void
on_device (GtkWidget *widget, BhScannerPane *self)
{
  gtk_widget_set_sensitive (self->add, g_path_is_absolute (device_text (self)));
}

static void
on_add (GtkWidget *widget, BhScannerPane *self)
{
  const char *speed = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->speed));

  if (!gtk_widget_get_sensitive (self->add))
    return;
  set_port (self, device_text (self), (guint) g_ascii_strtoull (speed, NULL, 10));
  gtk_entry_set_text (GTK_ENTRY (gtk_bin_get_child (GTK_BIN (self->device))), "");
  gtk_label_set_text (self->told, _ ("Set. Scan something: it shows beside this."));
}

/* ---- scanners that type -------------------------------------------------------------- */

static void
on_usual (GtkWidget *widget, BhScannerPane *self)
{
  static const char *const keys[] = { BH_SETTING_US_LAYOUT, BH_SETTING_RECOGNISE_US, BH_SETTING_GAP,
                                      BH_SETTING_PAUSE, BH_SETTING_LEAST_LENGTH };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_settings_is_writable (settings_of (self), keys[i]))
      g_settings_reset (settings_of (self), keys[i]);
  gtk_label_set_text (self->told, _ ("As they were at first."));
}

/* A control is what its key says, and what a site has locked cannot be changed and says so. */
static void
bind (BhScannerPane *self, const char *key, GtkWidget *control, const char *property,
      GtkWidget *locked)
{
  g_settings_bind (settings_of (self), key, control, property, G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_writable (settings_of (self), key, locked, "visible", TRUE);
}

static void
bind_number (BhScannerPane *self, const char *key, GtkWidget *spin, GtkWidget *locked)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) about = NULL;
  g_autoptr (GVariant) range = NULL;
  g_autoptr (GVariant) limits = NULL;
  guint least;
  guint most;

  g_object_get (settings_of (self), "settings-schema", &schema, NULL);
  about = g_settings_schema_get_key (schema, key);
  range = g_settings_schema_key_get_range (about);
  g_variant_get (range, "(sv)", NULL, &limits);
  g_variant_get (limits, "(uu)", &least, &most);
  gtk_spin_button_set_range (GTK_SPIN_BUTTON (spin), least, most);
  gtk_spin_button_set_increments (GTK_SPIN_BUTTON (spin), 1, 10);
  bind (self, key, spin, "value", locked);
}

void
bh_scanner_pane_read (BhScannerPane *self)
{
  if (self->scanners == NULL) {
    self->scanners = bh_scanners_of (GTK_WIDGET (self));
    if (settings_of (self) == NULL) {
      gtk_widget_set_sensitive (self->form, FALSE);
      gtk_label_set_text (self->told,
                          _ ("The schema of the settings is not installed, so nothing can be set. "
                             "Install the package backhaul again."));
      return;
    }
    bind (self, BH_SETTING_US_LAYOUT, self->us_layout, "active", self->us_layout_locked);
    bind (self, BH_SETTING_RECOGNISE_US, self->recognise_us, "active", self->recognise_us_locked);
    bind_number (self, BH_SETTING_GAP, self->gap, self->gap_locked);
    bind_number (self, BH_SETTING_PAUSE, self->pause, self->pause_locked);
    bind_number (self, BH_SETTING_LEAST_LENGTH, self->least, self->least_locked);
    g_settings_bind_writable (settings_of (self), BH_SETTING_PORTS, self->adding, "sensitive",
                              FALSE);
    g_settings_bind_writable (settings_of (self), BH_SETTING_PORTS, self->ports_locked, "visible",
                              TRUE);
    bh_scanners_watch (self->scanners, show_ports, self);
  }
  if (settings_of (self) == NULL)
    return;
  offer_devices (self);
  show_ports (self);
}

/* ---- life ---------------------------------------------------------------------------- */

static void
bh_scanner_pane_dispose (GObject *object)
{
  BhScannerPane *self = BH_SCANNER_PANE (object);

  /* the window's, which may have ended before its pages */
  if (self->scanners != NULL && bh_scanners_of (GTK_WIDGET (self)) == self->scanners)
    bh_scanners_watch (self->scanners, NULL, NULL);
  self->scanners = NULL;
  G_OBJECT_CLASS (bh_scanner_pane_parent_class)->dispose (object);
}

#define BIND(child)   gtk_widget_class_bind_template_child (widget_class, BhScannerPane, child)
#define CALL(handler) gtk_widget_class_bind_template_callback (widget_class, handler)

static void
bh_scanner_pane_class_init (BhScannerPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_scanner_pane_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/scanner-pane.ui");
  BIND (form);
  BIND (us_layout);
  BIND (recognise_us);
  BIND (gap);
  BIND (pause);
  BIND (least);
  BIND (us_layout_locked);
  BIND (recognise_us_locked);
  BIND (gap_locked);
  BIND (pause_locked);
  BIND (least_locked);
  BIND (ports_locked);
  BIND (usb);
  BIND (ports);
  BIND (adding);
  BIND (device);
  BIND (speed);
  BIND (add);
  BIND (usual);
  BIND (told);
  CALL (on_device);
  CALL (on_add);
  CALL (on_usual);
}

static void
bh_scanner_pane_init (BhScannerPane *self)
{
  guint n;
  const guint *speeds = bh_serial_speeds (&n);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < n; i++) {
    g_autofree char *text = g_strdup_printf ("%u", speeds[i]);

    gtk_combo_box_text_append (self->speed, text, text);
  }
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->speed), USUAL_SPEED);
  page_name (self->us_layout, NULL, "scanner-us-layout");
  page_name (self->recognise_us, NULL, "scanner-recognise-us");
  page_name (self->gap, NULL, "scanner-gap");
  page_name (self->pause, NULL, "scanner-pause");
  page_name (self->least, NULL, "scanner-least-length");
  page_name (self->us_layout_locked, NULL, "scanner-us-layout-locked");
  page_name (self->ports_locked, NULL, "scanner-ports-locked");
  page_name (GTK_WIDGET (self->ports), _ ("Serial scanners"), "scanner-ports");
  page_name (gtk_bin_get_child (GTK_BIN (self->device)), _ ("Port"), "scanner-device");
  page_name (GTK_WIDGET (self->speed), _ ("Bits a second"), "scanner-speed");
  page_name (self->add, NULL, "scanner-add");
  page_name (self->usual, NULL, "scanner-usual");
  page_name (GTK_WIDGET (self->told), NULL, "scanner-told");
}

GtkWidget *
bh_scanner_pane_new (void)
{
  return g_object_new (BH_TYPE_SCANNER_PANE, NULL);
}

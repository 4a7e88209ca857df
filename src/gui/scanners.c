/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "scanners.h"

#include <glib/gi18n.h>

#include "backhaul/now.h"
#include "scanner-keys.h"
#include "settings.h"

#define DATA_KEY "bh-scanners"

struct _BhScanners {
  BhScannedFunc scanned;
  gpointer data;
  GSettings *settings; /* NULL: no schema is installed */
  BhScannerKeys *keys; /* the window's */
  GPtrArray *ports;    /* BhSerialPort */
  BhHidScanners *usb;
  BhPortsFunc told; /* that a port's state is other */
  gpointer told_data;
  const BhScannerRead *read;
};

static void
port_free (gpointer data)
{
  bh_serial_port_close (data);
  g_object_unref (data);
}

static void
scanners_free (gpointer data)
{
  BhScanners *self = data;

  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);
  g_ptr_array_unref (self->ports);
  bh_hid_scanners_free (self->usb);
  g_free (self);
}

static void
take (BhScanners *self, const BhScannerRead *read)
{
  self->read = read;
  self->scanned (read, self->data);
  self->read = NULL;
}

static void
on_keys (const BhWedgeStep *step, gpointer data)
{
  const BhScannerRead read = { .text = step->scan,
                               .other = step->us,
                               .scanner = BH_SCANNER_KEYBOARD,
                               .recognised = step->recognised,
                               .unterminated = step->unterminated,
                               .typed = step->typed,
                               .slowest_ms = step->slowest_ms };

  take (data, &read);
}

void
bh_scanners_again (BhScanners *self, const GString *text, gboolean typed)
{
  const BhScannerRead read = { .text = text, .scanner = BH_SCANNER_KEYBOARD, .typed = typed };

  take (self, &read);
}

/* ---- ports ------------------------------------------------------------------------ */

static void
on_port (BhSerialPort *port, const GString *text, gboolean unterminated, BhScanners *self)
{
  const BhScannerRead read = { .text = text,
                               .scanner = bh_serial_port_path (port),
                               .unterminated = unterminated };

  take (self, &read);
}

static void
tell (BhScanners *self)
{
  if (self->told != NULL)
    self->told (self->told_data);
}

static void
on_port_changed (BhSerialPort *port, BhScanners *self)
{
  if (bh_serial_port_state (port) == BH_PORT_FLOOD) {
    g_autoptr (GString) nothing = g_string_new (NULL);
    const BhScannerRead read = { .text = nothing,
                                 .scanner = bh_serial_port_path (port),
                                 .flood = TRUE };

    take (self, &read);
  }
  tell (self);
}

/* The one that is open already, taken out of the list; NULL: none. */
static BhSerialPort *
keep_port (GPtrArray *ports, const char *path, guint speed)
{
  for (guint i = 0; i < ports->len; i++) {
    BhSerialPort *port = g_ptr_array_index (ports, i);

    if (g_str_equal (bh_serial_port_path (port), path) && bh_serial_port_speed (port) == speed)
      return g_ptr_array_steal_index (ports, i);
  }
  return NULL;
}

/* Those of the settings; one that stays loses nothing that it is sending. */
static void
set_ports (BhScanners *self, guint pause_ms)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->ports);
  g_autoptr (GVariantIter) wanted = NULL;
  const char *path;
  guint speed;

  self->ports = g_ptr_array_new_with_free_func (port_free);
  if (self->settings != NULL)
    g_settings_get (self->settings, BH_SETTING_PORTS, "a{su}", &wanted);
  while (wanted != NULL && g_variant_iter_next (wanted, "{&su}", &path, &speed)) {
    BhSerialPort *port = keep_port (before, path, speed);

    if (port == NULL) {
      port = bh_serial_port_new (path, speed);
      g_signal_connect (port, "scanned", G_CALLBACK (on_port), self);
      g_signal_connect (port, "changed", G_CALLBACK (on_port_changed), self);
    }
    bh_serial_port_set_pause (port, pause_ms);
    g_ptr_array_add (self->ports, port);
  }
  tell (self);
}

/* ---- USB -------------------------------------------------------------------------- */

static void
on_usb (BhHidScanner *scanner, BhHidRead what, const GString *text, const char *identifier,
        gpointer data)
{
  const BhScannerRead read = { .text = text,
                               .scanner = bh_hid_scanner_name (scanner),
                               .identifier = identifier,
                               .flood = what != BH_HID_READ,
                               .broken = what == BH_HID_READ_BROKEN };

  take (data, &read);
}

static void
on_usb_changed (gpointer data)
{
  tell (data);
}

/* ---- life ------------------------------------------------------------------------- */

static void
on_settings (GSettings *settings, const char *key, BhScanners *self)
{
  BhKeyboardRules rules;

  bh_settings_keyboard (settings, &rules);
  bh_scanner_keys_set_rules (self->keys, &rules);
  set_ports (self, rules.wedge.pause_ms);
}

void
bh_scanners_attach (GtkWindow *window, BhScannedFunc scanned, gpointer data)
{
  BhScanners *self = g_new0 (BhScanners, 1);
  /* where the tests have devices that they made */
  const char *root = g_getenv ("BACKHAUL_DEVICES");
  BhKeyboardRules rules;

  self->scanned = scanned;
  self->data = data;
  self->settings = bh_settings_new ();
  self->ports = g_ptr_array_new_with_free_func (port_free);
  bh_settings_keyboard (self->settings, &rules);
  self->keys = bh_scanner_keys_attach (window, &rules, on_keys, self);
  set_ports (self, rules.wedge.pause_ms);
  if (self->settings != NULL)
    g_signal_connect (self->settings, "changed", G_CALLBACK (on_settings), self);
  self->usb = bh_hid_scanners_new (root != NULL ? root : "", on_usb, on_usb_changed, self);
  g_object_set_data_full (G_OBJECT (window), DATA_KEY, self, scanners_free);
}

char *
bh_scanner_words (const BhScannerRead *read)
{
  const GString *text = read->text;

  return g_utf8_validate (text->str, (gssize) text->len, NULL)
             ? g_strdup (text->str)
             : bh_text_for_display (text->str, text->len, 200);
}

const char *
bh_scanner_name (const char *scanner)
{
  return g_str_equal (scanner, BH_SCANNER_KEYBOARD) ? _ ("Keyboard scanner") : scanner;
}

BhScan *
bh_scanner_scan (const BhScannerRead *read)
{
  BhScan *scan = bh_scan_new (read->text->str, read->text->len,
                              read->typed ? BH_SCAN_TYPED : BH_SCAN_SCANNED, bh_now_us ());

  scan->identifier = g_strdup (read->identifier);
  /* by hand: no scanner */
  scan->scanner = read->typed ? NULL : g_strdup (read->scanner);
  return scan;
}

const char *
bh_scanner_notice (const BhScannerRead *read)
{
  if (read->broken)
    return _ ("A USB scanner broke off in the middle of a code; what came of it was dropped. Scan "
              "it again; if it stays so, try another cable or socket.");
  if (read->flood)
    return _ ("A serial scanner sends more than any code has, without an end; it was dropped. Set "
              "its suffix to Enter (CR) and its speed to that of this station: Scanners (Ctrl+,).");
  if (read->unterminated)
    return _ ("The scanner sends no Enter after a code, so two codes can run together. Set its "
              "suffix to Enter (CR).");
  if (read->recognised)
    return _ ("The scanner sends the keys of a US keyboard and was understood. Letters that two "
              "keyboards exchange cannot be told: say on the page Scanners (Ctrl+,) that it is a "
              "US one.");
  return NULL;
}

BhScanners *
bh_scanners_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (gtk_widget_get_toplevel (widget)), DATA_KEY);
}

GSettings *
bh_scanners_settings (BhScanners *self)
{
  return self->settings;
}

const BhScannerRead *
bh_scanners_read (BhScanners *self)
{
  return self->read;
}

GPtrArray *
bh_scanners_ports (BhScanners *self)
{
  return self->ports;
}

GPtrArray *
bh_scanners_usb (BhScanners *self)
{
  return bh_hid_scanners_list (self->usb);
}

void
bh_scanners_watch (BhScanners *self, BhPortsFunc told, gpointer data)
{
  self->told = told;
  self->told_data = data;
}

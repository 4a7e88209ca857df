/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "scanners.h"

#include "settings.h"

#define DATA_KEY "bh-scanners"

struct _BhScanners {
  BhScannedFunc scanned;
  gpointer data;
  GSettings *settings; /* NULL: no schema is installed */
  BhScannerKeys *keys; /* the window's */
  const BhScannerRead *read;
};

static void
scanners_free (gpointer data)
{
  BhScanners *self = data;

  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);
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
                               .us = step->us,
                               .scanner = BH_SCANNER_KEYBOARD,
                               .recognised = step->recognised,
                               .unterminated = step->unterminated,
                               .typed = step->typed,
                               .slowest_ms = step->slowest_ms };

  take (data, &read);
}

static void
on_settings (GSettings *settings, const char *key, BhScanners *self)
{
  BhKeyboardRules rules;

  bh_settings_keyboard (settings, &rules);
  bh_scanner_keys_set_rules (self->keys, &rules);
}

void
bh_scanners_attach (GtkWindow *window, BhScannedFunc scanned, gpointer data)
{
  BhScanners *self = g_new0 (BhScanners, 1);
  BhKeyboardRules rules;

  self->scanned = scanned;
  self->data = data;
  self->settings = bh_settings_new ();
  bh_settings_keyboard (self->settings, &rules);
  self->keys = bh_scanner_keys_attach (window, &rules, on_keys, self);
  if (self->settings != NULL)
    g_signal_connect (self->settings, "changed", G_CALLBACK (on_settings), self);
  g_object_set_data_full (G_OBJECT (window), DATA_KEY, self, scanners_free);
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

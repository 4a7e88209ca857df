/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "scanner-keys.h"

G_BEGIN_DECLS

/**
 * SECTION:settings
 *
 * What belongs to this station: its store, its name, its scanners, its camera, when it locks, when
 * it goes offline
 * (data/org.backhaul.Backhaul.gschema.xml). A site sets defaults and locks keys with dconf.
 */

#define BH_SETTING_STORE        "store"
#define BH_SETTING_STATION      "station"
#define BH_SETTING_DOCK         "dock"
#define BH_SETTING_GAP          "scanner-gap"
#define BH_SETTING_PAUSE        "scanner-pause"
#define BH_SETTING_LEAST_LENGTH "scanner-least-length"
#define BH_SETTING_US_LAYOUT    "scanner-us-layout"
#define BH_SETTING_RECOGNISE_US "scanner-recognise-us"
#define BH_SETTING_PORTS        "serial-ports"
#define BH_SETTING_OFFLINE      "offline-after"
#define BH_SETTING_LOCK_AFTER   "lock-after"

/* (transfer full) (nullable): %NULL where the schema is not installed, which
 * g_settings_new() would not survive */
GSettings *bh_settings_new (void);
/* @self may be NULL: the defaults. Seconds; 0: never. */
guint bh_settings_offline (GSettings *self);
/* (transfer full) (nullable): a text that is not empty. @self may be NULL. */
char *bh_settings_text (GSettings *self, const char *key);
/* @self may be NULL: the defaults. */
void bh_settings_keyboard (GSettings *self, BhKeyboardRules *rules);

G_END_DECLS

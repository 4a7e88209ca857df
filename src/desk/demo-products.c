/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "backhaul/entitlement.h"
#include "demo-private.h"

#include <string.h>

#define UNITS     6000
#define N_MODELS  5
#define N_OPTICS  6
#define PER_OPTIC 10

const BhDemoPlatform bh_demo_platforms[] = {
  { "AX200", "AX", 11, 5, 1800 },  { "AX400", "AY", 7, 6, 2400 },   { "BR1000", "BR", 12, 7, 9800 },
  { "BR3000", "BS", 6, 0, 14500 }, { "CR9000", "CR", 4, 0, 68000 }, { "ES24", "ES", 9, 6, 900 },
  { "ES48", "EK", 3, 0, 1500 },    { "FW500", "FW", 5, 0, 4200 },   { "FW900", "FX", 2, 0, 11200 },
  { "OT100", "NT", 8, 7, 21000 },  { "WL60", "WL", 1, 0, 480 },
};

const guint bh_demo_n_platforms = G_N_ELEMENTS (bh_demo_platforms);

static const struct {
  const char *suffix;
  const char *what;
  int percent; /* of the platform's price */
  const char *components;
} models[N_MODELS] = {
  { "CH", "chassis", 100, "Fan tray;Power supply A;Power supply B;Rack ears" },
  { "RE", "routing engine", 45, "Storage card" },
  { "LC", "line card", 60, "" },
  { "PS", "power supply", 8, "Power cord" },
  { "FN", "fan tray", 4, "" },
};

static gboolean
add_products (BhDemo *self, GError **error)
{
  g_autoptr (GString) csv =
      g_string_new ("part,description,platform,list_price,currency,first_shipment,end_of_life,"
                    "end_of_service,third_party,components\n");

  for (guint p = 0; p < bh_demo_n_platforms; p++) {
    const BhDemoPlatform *platform = &bh_demo_platforms[p];
    g_autofree char *first = bh_demo_day (self, platform->shipped_first * 365);
    g_autofree char *life =
        platform->end_of_life != 0
            ? bh_demo_day (self, (platform->shipped_first - platform->end_of_life) * 365)
            : g_strdup ("");
    g_autofree char *service =
        platform->end_of_life != 0
            ? bh_demo_day (self, (platform->shipped_first - platform->end_of_life - 5) * 365)
            : g_strdup ("");

    for (guint m = 0; m < N_MODELS; m++)
      g_string_append_printf (csv, "%s-%s,%s %s,%s,%d.00,USD,%s,%s,%s,no,%s\n", platform->platform,
                              models[m].suffix, platform->platform, models[m].what,
                              platform->platform, platform->price * models[m].percent / 100, first,
                              life, service, models[m].components);
  }
  for (guint i = 0; i < N_OPTICS; i++)
    g_string_append_printf (csv, "TP-SFP%u,Third-party optic %u,,%u,JPY,,,,yes,\n", 10 + i, 10 + i,
                            4000 + i * 500);
  return bh_demo_add (self, "products", csv->str, error);
}

/* Coverage of every level, some ended, some none, some only under warranty (N2). */
static void
add_coverage (BhDemo *self, GString *csv, guint n, int shipped_days)
{
  g_autofree char *shipped = bh_demo_day (self, shipped_days);
  gsize n_levels = 0;
  const BhLevel *levels = bh_levels (&n_levels);
  gboolean resold = n % 10 == 3;
  g_autofree char *registered =
      n % 3 == 0 || resold ? bh_demo_day (self, MAX (shipped_days - (resold ? 60 : 5), 0)) : NULL;

  g_string_append_printf (csv, "%s,%s,%s,", shipped, registered != NULL ? registered : "",
                          resold ? "Meridian Distribution" : "");
  if (n % 6 == 5) {
    g_string_append (csv, ",,\n");
  } else {
    /* most last; every ninth has ended */
    g_autofree char *until =
        bh_demo_day (self, n % 9 == 0 ? 20 + (int) (n % 300) : -30 - (int) (n * 7 % 1000));

    g_string_append_printf (csv, "SVC-%06u,%s,%s\n", 200000 + n, levels[n % n_levels].name, until);
  }
}

static gboolean
add_units (BhDemo *self, GError **error)
{
  g_autoptr (GString) csv = g_string_new ("serial,part,account,site,shipped,registered,distributor,"
                                          "contract,contract_level,contract_until\n");

  for (guint i = 0; i < bh_demo_n_accounts; i++)
    g_ptr_array_add (self->of_account, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint n = 0; n < UNITS; n++) {
    const BhDemoPlatform *platform =
        &bh_demo_platforms[g_rand_int_range (self->dice, 0, (gint32) bh_demo_n_platforms)];
    guint model = (guint) g_rand_int_range (self->dice, 0, N_MODELS);
    int days = g_rand_int_range (self->dice, 10, MIN (platform->shipped_first * 365, 2200));
    BhDemoUnit unit = { .account =
                            (guint) g_rand_int_range (self->dice, 0, (gint32) bh_demo_n_accounts) };
    const char *account = bh_demo_accounts[unit.account].account;

    /* far apart: hardly two serials of the sample are one misread apart (D18) */
    g_snprintf (unit.serial, sizeof unit.serial, "%s%02u%c%07u", platform->serial,
                (guint) (26 - days / 365) % 100, "ABCDEFGHJKLMNPQRSTUVWXYZ"[n % 24],
                (1000003 + n * 8191) % 9999991);
    g_snprintf (unit.part, sizeof unit.part, "%s-%s", platform->platform, models[model].suffix);
    g_array_append_val (self->units, unit);
    g_array_append_val ((GArray *) g_ptr_array_index (self->of_account, unit.account), n);
    g_string_append_printf (csv, "%s,%s,%s,%s-%u,", unit.serial, unit.part, account, account,
                            1 + n % BH_DEMO_SITES);
    add_coverage (self, csv, n, days);
  }
  for (guint n = 0; n < N_OPTICS * PER_OPTIC; n++)
    g_string_append_printf (csv, "TPX%08u,TP-SFP%u,%s,,,,,,,\n", 55000017 + n * 7919,
                            10 + n / PER_OPTIC, bh_demo_accounts[n % bh_demo_n_accounts].account);
  return bh_demo_add (self, "units", csv->str, error);
}

gboolean
bh_demo_products (BhDemo *self, GError **error)
{
  return add_products (self, error) && add_units (self, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/location.h"

#include <string.h>

#define MAX_CODE 40

static const struct {
  const char *name;
  gboolean code; /* it is one of several */
} places[] = {
  [BH_PLACE_DOCK] = { "dock", TRUE },       [BH_PLACE_SHELF] = { "shelf", TRUE },
  [BH_PLACE_TRANSIT] = { "transit", TRUE }, [BH_PLACE_REPAIR] = { "repair", TRUE },
  [BH_PLACE_BENCH] = { "bench", TRUE },     [BH_PLACE_STOCK] = { "stock", FALSE },
  [BH_PLACE_SCRAP] = { "scrap", FALSE },    [BH_PLACE_CUSTOMER] = { "customer", FALSE },
};
G_STATIC_ASSERT (G_N_ELEMENTS (places) == BH_PLACE_LAST);

const char *
bh_place_kind_name (BhPlaceKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (places), "dock");
  return places[kind].name;
}

static gboolean
find_kind (const char *text, gsize size, BhPlaceKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (strlen (places[i].name) == size && g_ascii_strncasecmp (text, places[i].name, size) == 0) {
      *kind = i;
      return TRUE;
    }
  return FALSE;
}

gboolean
bh_place_kind_of (const char *location, BhPlaceKind *kind)
{
  return location != NULL && find_kind (location, strcspn (location, ":"), kind);
}

static gboolean
is_code (const char *code)
{
  gsize size = strlen (code);

  return size > 0 && size <= MAX_CODE &&
         strspn (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-") ==
             size;
}

char *
bh_location_parse (const char *text, BhPlaceKind *kind, GError **error)
{
  gsize size = strcspn (text, ":");
  g_autofree char *shown = g_utf8_make_valid (text, -1);

  if (!find_kind (text, size, kind) || places[*kind].code != (text[size] == ':')) {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
                 "%.60s: no such place (RA4); say dock:CODE, shelf:CODE, transit:CODE, "
                 "repair:CODE, bench:CODE, stock, scrap or customer",
                 shown);
    return NULL;
  }
  if (text[size] == '\0')
    return g_strdup (places[*kind].name);
  if (is_code (text + size + 1))
    return g_strconcat (places[*kind].name, text + size, NULL);
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%.60s: a place's code has 1 to %d of A-Z a-z 0-9 . _ / -; name it anew", shown,
               MAX_CODE);
  return NULL;
}

char *
bh_tote_parse (const char *text)
{
  if (g_ascii_strncasecmp (text, "tote:", 5) != 0 || !is_code (text + 5))
    return NULL;
  return g_strconcat ("tote:", text + 5, NULL);
}

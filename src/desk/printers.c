/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* L2: which station prints which label where. */

#include <string.h>

#include "backhaul/print.h"
#include "desk-private.h"

static gboolean
refuse (GError **error, const char *value, const char *why)
{
  g_set_error (error, BH_ERROR, BH_ERROR_USAGE, "%s: %s", value, why);
  return FALSE;
}

static gboolean
check (const BhPrinter *printer, GError **error)
{
  g_autofree char *dpi = g_strdup_printf ("%d dpi", printer->dpi);
  gboolean cups = g_str_has_prefix (printer->target, "cups:");

  if (!g_utf8_validate (printer->station, -1, NULL) || *printer->station == '\0')
    return refuse (error, "station", "it has no name; say --station NAME");
  if (!g_utf8_validate (printer->kind, -1, NULL) ||
      strspn (printer->kind, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen (printer->kind) ||
      *printer->kind == '\0')
    return refuse (error, "kind", "no label's name; say a template as box-4x6, or any");
  if (!g_utf8_validate (printer->target, -1, NULL))
    return refuse (error, "printer", "its name is no text; say another");
  if (cups ? printer->target[strlen ("cups:")] == '\0'
           : !bh_printer_check_raw (printer->target, NULL))
    return refuse (error, printer->target,
                   "no printer; say tcp:HOST:9100, usb:/dev/usb/lp0 or cups:QUEUE");
  if (!g_str_equal (printer->language, "zpl") && !g_str_equal (printer->language, "pdf"))
    return refuse (error, printer->language, "no language of printers; say zpl or pdf");
  if (printer->dpi != 152 && printer->dpi != 203 && printer->dpi != 300 && printer->dpi != 600)
    return refuse (error, dpi, "say 152, 203, 300 or 600");
  if (printer->darkness < -1 || printer->darkness > 30)
    return refuse (error, "darkness", "say 0 to 30");
  if (printer->speed < -1 || printer->speed > 14 || printer->speed == 0)
    return refuse (error, "speed", "say 1 to 14 inches a second");
  return TRUE;
}

gboolean
bh_desk_set_printer (BhDesk *self, const BhPrinter *printer, gint64 now_us, GError **error)
{
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *entity = g_strdup_printf ("printer:%s/%s", printer->station, printer->kind);
  g_autoptr (BhTx) tx = NULL;

  return bh_desk_require (self, BH_MAY_PRINTERS, error) && check (printer, error) &&
         (tx = bh_desk_begin (self, error)) != NULL &&
         bh_store_set_printer (self->store, printer, error) &&
         bh_desk_audit (self, act, "printer", entity, NULL, printer->target, now_us, error) &&
         bh_tx_commit (tx, error);
}

gboolean
bh_desk_unset_printer (BhDesk *self, const char *station, const char *kind, gint64 now_us,
                       GError **error)
{
  g_autofree char *act = g_uuid_string_random ();
  g_autofree char *entity = g_strdup_printf ("printer:%s/%s", station, kind);
  g_autoptr (BhTx) tx = NULL;
  gboolean was_there = FALSE;

  if (!bh_desk_require (self, BH_MAY_PRINTERS, error) ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_store_unset_printer (self->store, station, kind, &was_there, error))
    return FALSE;
  if (!was_there) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: %s has no printer for it; `printer list` names them", kind, station);
    return FALSE;
  }
  return bh_desk_audit (self, act, "printer", entity, NULL, NULL, now_us, error) &&
         bh_tx_commit (tx, error);
}

GPtrArray *
bh_desk_printers (BhDesk *self, GError **error)
{
  return bh_desk_require (self, BH_MAY_READ, error) ? bh_store_printers (self->store, error) : NULL;
}

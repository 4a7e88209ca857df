/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* A badge goes past the queue, which keeps what it prints: nobody keeps the code of a badge. */

#include "backhaul/label-fields.h"
#include "backhaul/operators.h"
#include "print-private.h"

#define TEMPLATE "operator-badge"

gboolean
bh_desk_print_badge (BhDesk *self, const char *login, const char *badge, GError **error)
{
  g_autoptr (GHashTable) fields = bh_desk_operator_label (self, login, badge, error);
  g_autoptr (BhPrinter) printer = NULL;
  g_autoptr (BhLabelTemplate) label = NULL;
  g_autoptr (GBytes) bytes = NULL;
  BhPrintEnd end;

  if (fields == NULL || !bh_desk_printer_for (self, TEMPLATE, &printer, error))
    return FALSE;
  if (printer == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "badge: %s has no printer for it; set one, or save it as PDF", self->station);
    return FALSE;
  }
  return (label = bh_label_template_load (TEMPLATE, error)) != NULL &&
         (bytes = bh_desk_make_print (label, fields, printer, 1, error)) != NULL &&
         bh_desk_hand_over_print (printer, "Backhaul: badge", 1, bytes, &end, error);
}

gboolean
bh_desk_save_badge (BhDesk *self, const char *login, const char *badge, const char *path,
                    GError **error)
{
  g_autoptr (GHashTable) fields = bh_desk_operator_label (self, login, badge, error);
  g_autoptr (BhLabelTemplate) label =
      fields != NULL ? bh_label_template_load (TEMPLATE, error) : NULL;

  return label != NULL && bh_desk_write_pdf (label, fields, path, 300, error);
}

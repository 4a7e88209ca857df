/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "dock-work.h"

#include <string.h>

#include "backhaul/calendar.h"
#include "backhaul/decode.h"
#include "backhaul/label-fields.h"
#include "backhaul/label.h"
#include "backhaul/receipt.h"
#include "backhaul/returns.h"

#define TALLY_ROWS 8

DockScan *
dock_scan_new (const char *text, BhScanSource source)
{
  DockScan *self = g_new0 (DockScan, 1);

  self->text = g_strdup (text);
  self->source = source;
  self->at_us = g_get_real_time ();
  return self;
}

void
dock_scan_free (DockScan *self)
{
  g_free (self->text);
  g_free (self);
}

static gpointer
copy_scan (gconstpointer from, gpointer data)
{
  const DockScan *scan = from;
  DockScan *copy = dock_scan_new (scan->text, scan->source);

  copy->at_us = scan->at_us;
  return copy;
}

DockBox *
dock_box_copy (const char *box, GPtrArray *scans)
{
  DockBox *self = g_new0 (DockBox, 1);

  self->box = g_strdup (box);
  self->scans = g_ptr_array_copy (scans, copy_scan, NULL);
  g_ptr_array_set_free_func (self->scans, (GDestroyNotify) dock_scan_free);
  return self;
}

void
dock_box_free (gpointer data)
{
  DockBox *self = data;

  g_free (self->box);
  g_ptr_array_unref (self->scans);
  g_free (self);
}

void
dock_verdict_free (gpointer data)
{
  DockVerdict *self = data;

  g_ptr_array_unref (self->outcomes);
  g_ptr_array_unref (self->chips);
  g_free (self);
}

void
dock_tally_free (gpointer data)
{
  DockTally *self = data;

  g_ptr_array_unref (self->recent);
  g_free (self->operator);
  g_free (self);
}

gpointer
dock_judge (BhDesk *desk, gpointer data, GError **error)
{
  const DockBox *from = data;
  g_autoptr (BhBox) box = bh_box_new ();
  g_autofree char *act = g_uuid_string_random ();
  BhReceiveOptions options = { .box = from->box };
  GPtrArray *outcomes;
  GPtrArray *items;
  DockVerdict *verdict;

  for (guint i = 0; i < from->scans->len; i++) {
    const DockScan *scan = g_ptr_array_index (from->scans, i);

    bh_box_add (box, bh_scan_new_text (scan->text, scan->source, scan->at_us));
  }
  outcomes = bh_desk_receive (desk, act, box, &options, g_get_real_time (), error);
  if (outcomes == NULL)
    return NULL;
  verdict = g_new0 (DockVerdict, 1);
  verdict->outcomes = outcomes;
  verdict->chips = g_ptr_array_new_with_free_func (g_free);
  items = bh_box_items (box);
  for (guint i = 0; i < items->len; i++) {
    const BhBoxItem *item = g_ptr_array_index (items, i);
    g_autofree char *shown = bh_text_for_display (item->value, strlen (item->value), 40);

    g_ptr_array_add (verdict->chips, g_strdup_printf ("%s%s  %s", item->certain ? "" : "possible ",
                                                      bh_kind_name (item->kind), shown));
  }
  return verdict;
}

gpointer
dock_tally (BhDesk *desk, gpointer data, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) midnight =
      g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                             g_date_time_get_day_of_month (now), 0, 0, 0);
  g_autoptr (GPtrArray) figures = NULL;
  DockTally *tally;
  GPtrArray *recent = bh_desk_recent_receipts (desk, TALLY_ROWS, error);

  if (recent == NULL)
    return NULL;
  figures = bh_desk_dock_figures (desk, g_date_time_to_unix (midnight) * G_USEC_PER_SEC, error);
  if (figures == NULL) {
    g_ptr_array_unref (recent);
    return NULL;
  }
  tally = g_new0 (DockTally, 1);
  tally->recent = recent;
  for (guint i = 0; i < figures->len; i++) {
    const BhFigure *figure = g_ptr_array_index (figures, i);

    if (g_str_equal (figure->name, "accept"))
      tally->accepted = figure->value;
    else if (g_str_equal (figure->name, "hold"))
      tally->held = figure->value;
    else
      tally->refused = figure->value;
  }
  tally->unenrolled = bh_desk_unenrolled (desk);
  tally->operator= g_strdup (bh_desk_operator (desk));
  return tally;
}

gpointer
dock_void (BhDesk *desk, gpointer data, GError **error)
{
  g_autofree char *act = g_uuid_string_random ();

  return bh_desk_void (desk, act, data, "undone at the dock", g_get_real_time (), error)
             ? g_strdup (data)
             : NULL;
}

gpointer
dock_label (BhDesk *desk, gpointer data, GError **error)
{
  const char *name = NULL;
  g_autoptr (GHashTable) fields = bh_desk_receipt_label (desk, data, &name, error);
  g_autoptr (BhLabelTemplate) template = NULL;

  if (fields == NULL || (template = bh_label_template_load (name, error)) == NULL)
    return NULL;
  return bh_label_png (template, fields, 203, error);
}

gpointer
dock_label_file (BhDesk *desk, gpointer data, GError **error)
{
  const char *name = NULL;
  g_autoptr (GHashTable) fields = bh_desk_receipt_label (desk, data, &name, error);
  g_autoptr (BhLabelTemplate) template = NULL;
  g_autoptr (BhLabelDocument) document = NULL;
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "backhaul", NULL);
  g_autofree char *path = g_strdup_printf ("%s/%s.pdf", folder, (char *) data);

  g_mkdir_with_parents (folder, 0700);
  if (fields == NULL || (template = bh_label_template_load (name, error)) == NULL ||
      (document = bh_label_document_new (path, 203, error)) == NULL ||
      !bh_label_document_add (document, template, fields, error) ||
      !bh_label_document_finish (document, error))
    return NULL;
  return g_steal_pointer (&path);
}

gpointer
dock_photo (BhDesk *desk, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) symbols = bh_decode_file (data, error);
  GPtrArray *texts;

  if (symbols == NULL)
    return NULL;
  texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < symbols->len; i++) {
    const BhSymbol *symbol = g_ptr_array_index (symbols, i);
    gsize size = 0;
    const char *bytes = g_bytes_get_data (symbol->bytes, &size);

    /* the identifier keeps GS1 data from being taken for bare text */
    g_ptr_array_add (texts, g_strdup_printf ("%s%.*s",
                                             g_strcmp0 (symbol->identifier, "]C1") == 0 ||
                                                     g_strcmp0 (symbol->identifier, "]Q3") == 0
                                                 ? symbol->identifier
                                                 : "",
                                             (int) size, bytes));
  }
  return texts;
}

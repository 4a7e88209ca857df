/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

/* Support cases as keys, and as text for people (F2, F5). */

#include "case-object.h"

#include "backhaul/calendar.h"
#include "clocks.h"
#include "rma-object.h"

/* F2's columns, left to right, and then the others */
static void
set_row (JsonBuilder *object, const BhCaseRow *row)
{
  cli_set (object, "status", row->status);
  cli_set (object, "case", row->case_no);
  cli_set (object, "site_name", row->site_name);
  cli_set (object, "site", row->site);
  cli_set (object, "contact", row->contact);
  cli_set_time (object, "modified", row->modified_us, row->zone);
  cli_set (object, "platform", row->platform);
  cli_set (object, "priority", row->priority);
  cli_set (object, "account", row->account);
  cli_set (object, "account_name", row->account_name);
  cli_set_time (object, "opened", row->opened_us, row->zone);
  cli_set_time (object, "closed", row->closed_us, row->zone);
  cli_set_int (object, "urgency", row->urgency);
  cli_set (object, "zone", row->zone);
}

void
cli_case_row (Cli *cli, const BhCaseRow *row)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *modified = NULL;

  if (cli->json) {
    JsonBuilder *object = cli_object ();

    set_row (object, row);
    cli_emit (object);
    return;
  }
  zone = bh_zone (row->zone);
  modified = bh_time_format (row->modified_us, zone);
  cli_cell (row->status, 6);
  cli_cell (row->case_no, 16);
  cli_cell (row->site_name, 20);
  cli_cell (row->site, 8);
  cli_cell (row->contact, 16);
  cli_cell (modified, 25);
  cli_cell (row->platform, 12);
  cli_print ("%s\n", row->priority != NULL ? row->priority : "");
}

/* N1: one object an RMA; its lines stand together. */
static void
set_rmas (JsonBuilder *object, GPtrArray *lines)
{
  const BhReturnRow *open = NULL;

  json_builder_set_member_name (object, "rmas");
  json_builder_begin_array (object);
  for (guint i = 0; i < lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (lines, i);

    if (open != NULL && !g_str_equal (open->rma, line->rma)) {
      json_builder_end_array (object);
      json_builder_end_object (object);
      open = NULL;
    }
    if (open == NULL) {
      json_builder_begin_object (object);
      cli_set (object, "rma", line->rma);
      cli_set (object, "status", line->status);
      cli_set (object, "state", line->state);
      cli_set_int (object, "urgency", line->urgency);
      cli_set_time (object, "created", line->created_us, line->zone);
      json_builder_set_member_name (object, "lines");
      json_builder_begin_array (object);
      open = line;
    }
    json_builder_begin_object (object);
    cli_set_int (object, "line", line->line);
    cli_set (object, "serial", line->serial);
    cli_set (object, "part", line->part);
    cli_set (object, "state", line->line_state);
    json_builder_end_object (object);
  }
  if (open != NULL) {
    json_builder_end_array (object);
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
}

static void
set_escalations (JsonBuilder *object, const BhCasePage *page)
{
  json_builder_set_member_name (object, "escalations");
  json_builder_begin_array (object);
  for (guint i = 0; i < page->escalations->len; i++) {
    const BhEscalation *one = g_ptr_array_index (page->escalations, i);

    json_builder_begin_object (object);
    cli_set (object, "kind", one->name);
    cli_set (object, "title", one->kind != NULL ? one->kind->title : NULL);
    cli_set (object, "owner", one->owner);
    cli_set (object, "reason", one->reason);
    cli_set_time (object, "at", one->at_us, page->row.zone);
    cli_set (object, "by", one->operator);
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
}

static void
set_history (JsonBuilder *object, const BhCasePage *page)
{
  json_builder_set_member_name (object, "history");
  json_builder_begin_array (object);
  for (guint i = 0; i < page->history->len; i++) {
    const BhHistoryRow *row = g_ptr_array_index (page->history, i);

    json_builder_begin_object (object);
    cli_set_time (object, "at", row->at_us, page->row.zone);
    cli_set (object, "what", row->what);
    cli_set (object, "text", row->text);
    cli_set (object, "by", row->operator);
    cli_set (object, "station", row->station);
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
}

static void
emit_page (const BhCasePage *page)
{
  JsonBuilder *object = cli_object ();

  set_row (object, &page->row);
  set_rmas (object, page->lines);
  json_builder_set_member_name (object, "clocks");
  json_builder_begin_array (object);
  for (guint i = 0; i < page->clocks->len; i++) {
    json_builder_begin_object (object);
    cli_set_clock_view (object, g_ptr_array_index (page->clocks, i));
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
  set_escalations (object, page);
  set_history (object, page);
  cli_emit (object);
}

static void
print_clocks (const BhCasePage *page, GTimeZone *zone)
{
  if (page->clocks->len > 0)
    cli_print ("\nClocks\n");
  for (guint i = 0; i < page->clocks->len; i++) {
    const BhClockView *clock = g_ptr_array_index (page->clocks, i);
    g_autofree char *due = clock->due_us != 0 ? bh_time_format (clock->due_us, zone) : NULL;

    cli_print ("  %s  %-8s  %s  %-7s due %s\n", clock->kind,
               clock->stage != NULL ? clock->stage : "", clock->level != NULL ? clock->level : "",
               clock->state, due != NULL ? due : "");
  }
}

void
cli_show_case (Cli *cli, const BhCasePage *page)
{
  const BhCaseRow *row = &page->row;
  g_autoptr (GTimeZone) zone = NULL;

  if (cli->json) {
    emit_page (page);
    return;
  }
  zone = bh_zone (row->zone);
  cli_print ("Case %s: %s%s%s\n", row->case_no, row->status, row->priority != NULL ? ", " : "",
             row->priority != NULL ? row->priority : "");
  cli_print ("  account   %s %s\n", row->account,
             row->account_name != NULL ? row->account_name : "");
  if (row->site != NULL)
    cli_print ("  site      %s %s\n", row->site, row->site_name != NULL ? row->site_name : "");
  if (row->contact != NULL)
    cli_print ("  contact   %s\n", row->contact);
  if (row->platform != NULL)
    cli_print ("  platform  %s\n", row->platform);
  if (page->lines->len > 0)
    cli_print ("\nRMAs\n");
  for (guint i = 0; i < page->lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (page->lines, i);

    cli_print ("  ");
    cli_cell (line->rma, 11);
    cli_cell (line->status, 6);
    cli_cell (line->serial, 16);
    cli_cell (line->part, 16);
    cli_print ("%s\n", line->line_state);
  }
  print_clocks (page, zone);
  if (page->history->len > 0)
    cli_print ("\nHistory\n");
  for (guint i = 0; i < page->history->len; i++) {
    const BhHistoryRow *event = g_ptr_array_index (page->history, i);
    g_autofree char *when = bh_time_format (event->at_us, zone);

    cli_print ("  %s  %s\n", when, event->text);
  }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

/* RMAs, their lines and clocks as CLI.md's keys, and as text for people. */

#include "backhaul/calendar.h"
#include "rma-object.h"

void
cli_set_row (JsonBuilder *object, const BhReturnRow *row)
{
  cli_set (object, "rma", row->rma);
  cli_set (object, "status", row->status);
  cli_set (object, "state", row->state);
  cli_set (object, "account", row->account);
  cli_set (object, "account_name", row->account_name);
  cli_set (object, "case", row->case_no);
  cli_set (object, "reference", row->reference);
  cli_set (object, "serial", row->serial);
  cli_set (object, "part", row->part);
  cli_set_time (object, "created", row->created_us, row->zone);
  cli_set_time (object, "issued", row->issued_us, row->zone);
  cli_set (object, "return_by", row->return_by);
  cli_set_time (object, "received", row->received_us, row->zone);
  cli_set_int (object, "line", row->line);
  cli_set (object, "line_state", row->line_state);
  cli_set (object, "flag", row->flag);
  cli_set (object, "zone", row->zone);
  cli_set_int (object, "urgency", row->urgency);
}

/* Text is aligned by characters, not bytes. */
void
cli_cell (const char *text, int width)
{
  g_autofree char *shown = g_utf8_make_valid (text != NULL ? text : "", -1);
  glong length = g_utf8_strlen (shown, -1);

  cli_print ("%s%*s  ", shown, (int) MAX (0, width - length), "");
}

void
cli_row (Cli *cli, const BhReturnRow *row)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *created = NULL;

  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set_row (object, row);
    cli_emit (object);
    return;
  }
  /* F1, left to right */
  zone = bh_zone (row->zone != NULL ? row->zone : "UTC");
  created = bh_time_format (row->created_us, zone);
  cli_cell (row->rma, 11);
  cli_cell (row->status, 6);
  cli_cell (row->account_name, 24);
  cli_cell (row->case_no, 16);
  cli_cell (row->serial, 16);
  cli_cell (row->part, 16);
  cli_print ("%s %s\n", created, row->zone != NULL ? row->zone : "UTC");
}

void
cli_set_clock (JsonBuilder *object, const BhClockRow *clock)
{
  cli_set (object, "kind", clock->kind);
  cli_set (object, "state", clock->state);
  cli_set_time (object, "started", clock->started_us, clock->zone);
  if (clock->due_us == 0)
    cli_set (object, "due", clock->due);
  else
    cli_set_time (object, "due", clock->due_us, clock->zone);
}

static void
set_certificates (JsonBuilder *object, const BhRmaPage *page)
{
  json_builder_set_member_name (object, "certificates");
  json_builder_begin_array (object);
  for (guint i = 0; i < page->certificates->len; i++) {
    const BhCertificate *certificate = g_ptr_array_index (page->certificates, i);

    json_builder_begin_object (object);
    cli_set (object, "certificate", certificate->certificate);
    json_builder_set_member_name (object, "lines");
    json_builder_begin_array (object);
    for (guint n = 0; n < certificate->lines->len; n++)
      json_builder_add_int_value (object, g_array_index (certificate->lines, int, n));
    json_builder_end_array (object);
    cli_set (object, "document", certificate->name);
    cli_set (object, "sha256", certificate->sha256);
    cli_set (object, "reason", certificate->reason);
    cli_set_time (object, "at", certificate->at_us, page->zone);
    cli_set (object, "operator", certificate->operator);
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
}

void
cli_set_rma (JsonBuilder *object, const BhRmaPage *page)
{
  const BhReturnRow *first = page->lines->len > 0 ? g_ptr_array_index (page->lines, 0) : NULL;

  cli_set (object, "rma", page->rma);
  cli_set (object, "status", page->status);
  cli_set (object, "state", page->state);
  cli_set (object, "account", page->account);
  cli_set (object, "account_name", page->account_name);
  cli_set (object, "site", page->site);
  cli_set (object, "case", page->case_no);
  cli_set (object, "contact", page->contact);
  cli_set (object, "reference", page->reference);
  cli_set (object, "serial", first != NULL ? first->serial : NULL);
  cli_set (object, "part", first != NULL ? first->part : NULL);
  cli_set_time (object, "created", page->created_us, page->zone);
  cli_set_time (object, "issued", page->issued_us, page->zone);
  cli_set (object, "return_by", first != NULL ? first->return_by : NULL);
  cli_set_time (object, "received", first != NULL ? first->received_us : 0, page->zone);
  cli_set_time (object, "closed", page->closed_us, page->zone);
  cli_set (object, "destination", page->destination);
  cli_set (object, "override_reason", page->override_reason);
  cli_set (object, "override_by", page->override_by);
  cli_set (object, "cancel_reason", page->cancel_reason);
  cli_set (object, "purchase_order", page->purchase_order);
  cli_set_int (object, "urgency", page->urgency);
  json_builder_set_member_name (object, "lines");
  json_builder_begin_array (object);
  for (guint i = 0; i < page->lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (page->lines, i);

    json_builder_begin_object (object);
    cli_set_int (object, "line", line->line);
    cli_set (object, "serial", line->serial);
    cli_set (object, "part", line->part);
    cli_set (object, "state", line->line_state);
    cli_set (object, "flag", line->flag);
    cli_set (object, "coverage", line->coverage);
    cli_set (object, "level", line->level);
    cli_set (object, "cancel_reason", line->cancel_reason);
    cli_set (object, "replacement", line->replacement);
    cli_set (object, "return_by", line->return_by);
    cli_set_time (object, "received", line->received_us, page->zone);
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
  json_builder_set_member_name (object, "clocks");
  json_builder_begin_array (object);
  for (guint i = 0; i < page->clocks->len; i++) {
    const BhClockRow *clock = g_ptr_array_index (page->clocks, i);

    json_builder_begin_object (object);
    cli_set_clock (object, clock);
    cli_set_int (object, "line", clock->line);
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
  set_certificates (object, page);
  if (page->owed != NULL)
    cli_set_words (object, "owed", page->owed);
}

static void
print_certificates (const BhRmaPage *page)
{
  if (page->certificates->len > 0)
    cli_print ("\nCertificates of destruction\n");
  for (guint i = 0; i < page->certificates->len; i++) {
    const BhCertificate *certificate = g_ptr_array_index (page->certificates, i);

    cli_print ("  %s  %s  line", certificate->certificate, certificate->name);
    for (guint n = 0; n < certificate->lines->len; n++)
      cli_print ("%s %d", n > 0 ? "," : "", g_array_index (certificate->lines, int, n));
    cli_print ("\n");
  }
}

static void
print_page (const BhRmaPage *page)
{
  cli_print ("RMA %s: %s (%s)\n", page->rma, page->status, page->state);
  cli_print ("  account      %s %s\n", page->account, page->account_name);
  if (page->case_no != NULL)
    cli_print ("  case         %s\n", page->case_no);
  if (page->urgency > 0)
    cli_print ("  escalated    urgency %d (F5)\n", page->urgency);
  if (page->reference != NULL)
    cli_print ("  reference    %s\n", page->reference);
  if (page->destination != NULL)
    cli_print ("  destination  %s\n", page->destination);
  if (page->override_reason != NULL)
    cli_print ("  override     by %s: %s\n", page->override_by, page->override_reason);
  if (page->purchase_order != NULL)
    cli_print ("  bought by    %s\n", page->purchase_order);
  if (page->cancel_reason != NULL)
    cli_print ("  cancelled    %s\n", page->cancel_reason);
  cli_print ("\nLines\n");
  for (guint i = 0; i < page->lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (page->lines, i);

    cli_print ("  %d  ", line->line);
    cli_cell (line->serial, 16);
    cli_cell (line->part, 16);
    cli_cell (line->line_state, 9);
    cli_cell (line->return_by, 10);
    cli_cell (line->level != NULL ? line->level : line->coverage, 17);
    cli_print ("%s%s%s\n", line->flag != NULL ? line->flag : "",
               line->replacement != NULL ? "  replaced by " : "",
               line->replacement != NULL ? line->replacement : "");
  }
  if (page->clocks->len > 0)
    cli_print ("\nClocks\n");
  for (guint i = 0; i < page->clocks->len; i++) {
    const BhClockRow *clock = g_ptr_array_index (page->clocks, i);

    cli_print ("  %s  line %d  %-7s due %s\n", clock->kind, clock->line, clock->state,
               clock->due != NULL ? clock->due : "");
  }
  print_certificates (page);
  if (page->owed != NULL && page->owed->len > 0)
    cli_print ("\nStill owed\n");
  for (guint i = 0; page->owed != NULL && i < page->owed->len; i++)
    cli_print ("  %s\n", (char *) g_ptr_array_index (page->owed, i));
  if (page->history->len > 0)
    cli_print ("\nHistory\n");
  for (guint i = 0; i < page->history->len; i++) {
    const BhHistoryRow *row = g_ptr_array_index (page->history, i);
    g_autofree char *when = bh_time_format (row->at_us, NULL);

    cli_print ("  %s  %s\n", when, row->text);
  }
}

void
cli_show_rma (Cli *cli, const BhRmaPage *page)
{
  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set_rma (object, page);
    cli_emit (object);
  } else {
    print_page (page);
  }
}

int
cli_answer_rma (Cli *cli, BhDesk *desk, const char *rma, gint64 now_us)
{
  GError *error = NULL;
  g_autoptr (BhRmaPage) page = bh_desk_rma_page (desk, rma, now_us, &error);

  if (page == NULL)
    return cli_fail (cli, error);
  cli_show_rma (cli, page);
  return CLI_DONE;
}

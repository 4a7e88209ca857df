/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* A row of the outbox as a message: fields, words, label or report. */

#include <glib/gstdio.h>
#include <string.h>

#include "backhaul/bench-report.h"
#include "backhaul/label-fields.h"
#include "backhaul/label.h"
#include "backhaul/mail-template.h"
#include "mail-private.h"
#include "transfer-private.h"

#define LABEL_DPI 203

static gboolean
is_kind (const BhMail *mail, const char *kind)
{
  return g_str_equal (mail->kind, kind);
}

static void
set_day_of (BhMailFields *fields, const char *name, gint64 at_us, const char *zone)
{
  g_autoptr (GTimeZone) tz = bh_zone (zone != NULL ? zone : "UTC");
  g_autofree char *day = at_us != 0 ? bh_day_format (bh_day_of (at_us, tz)) : NULL;

  bh_mail_fields_set_day (fields, name, day);
}

static void
set_amount (BhMailFields *fields, const char *name, gint64 minor, const char *currency)
{
  g_autofree char *amount = bh_price_format (minor, currency);

  if (minor > 0)
    bh_mail_fields_set_amount (fields, name, amount, currency);
}

/* Whether the unit's date is past when the mail tells of it. */
static gboolean
is_past (const BhMail *mail, const BhMailUnit *unit)
{
  g_autoptr (GTimeZone) zone = bh_zone (unit->zone != NULL ? unit->zone : "UTC");

  if (unit->counted)
    return unit->days_left < 0;
  return unit->return_by != NULL && bh_day_of (mail->at_us, zone) > bh_day_parse (unit->return_by);
}

static void
add_unit (BhMailFields *fields, const BhMail *mail, const BhMailUnit *unit)
{
  BhMailFields *row = bh_mail_fields_add (fields, "units");
  g_autofree char *line = unit->line > 0 ? g_strdup_printf ("%d", unit->line) : NULL;
  gboolean charged = unit->charged > 0 && unit->credited_us == 0;

  bh_mail_fields_set (row, "unit.rma", unit->rma);
  bh_mail_fields_set (row, "unit.line", line);
  bh_mail_fields_set (row, "unit.serial", unit->serial);
  bh_mail_fields_set (row, "unit.part", unit->part);
  bh_mail_fields_set (row, "unit.description", unit->description);
  bh_mail_fields_set (row, "unit.replacement", unit->replacement);
  bh_mail_fields_set (row, "unit.case", unit->case_no);
  bh_mail_fields_set (row, "unit.reference", unit->reference);
  bh_mail_fields_set_day (row, is_past (mail, unit) ? "unit.was_due" : "unit.return_by",
                          unit->return_by);
  set_day_of (row, "unit.received", unit->received_us, unit->zone);
  set_amount (row, "unit.price", unit->list_price, unit->currency);
  if (is_kind (mail, "correction") ? unit->credited_us == mail->at_us
                                   : charged || is_kind (mail, "credit"))
    set_amount (row, "unit.amount", unit->charged, unit->charge_currency);
  bh_mail_fields_set (row, "unit.reason", unit->charge_reason);
}

static void
add_address (BhMailFields *fields, const BhMailUnit *unit)
{
  g_auto (GStrv) lines =
      g_strsplit (unit->destination_address != NULL ? unit->destination_address : "", "\n", -1);

  bh_mail_fields_set (fields, "destination.name", unit->destination_name);
  if (unit->destination_name != NULL)
    bh_mail_fields_set (bh_mail_fields_add (fields, "address"), "address.line",
                        unit->destination_name);
  for (char **line = lines; *line != NULL; line++)
    bh_mail_fields_set (bh_mail_fields_add (fields, "address"), "address.line", *line);
}

/* One sum, when all is in one currency. */
static void
set_total (BhMailFields *fields, GPtrArray *units)
{
  const BhMailUnit *first = g_ptr_array_index (units, 0);
  gint64 total = 0;

  for (guint i = 0; i < units->len; i++) {
    const BhMailUnit *unit = g_ptr_array_index (units, i);

    if (g_strcmp0 (unit->charge_currency, first->charge_currency) != 0)
      return;
    total += unit->charged;
  }
  set_amount (fields, "total", total, first->charge_currency);
}

static const char *
earliest_return (GPtrArray *units)
{
  const char *earliest = NULL;

  for (guint i = 0; i < units->len; i++) {
    const BhMailUnit *unit = g_ptr_array_index (units, i);

    if (unit->return_by != NULL && (earliest == NULL || strcmp (unit->return_by, earliest) < 0))
      earliest = unit->return_by;
  }
  return earliest;
}

static BhMailFields *
fields_of (BhDesk *self, const BhMail *mail, const BhMailFacts *facts, const char *vendor,
           const char *survey)
{
  BhMailFields *fields = bh_mail_fields_new ();
  const BhMailUnit *first = g_ptr_array_index (facts->units, 0);
  g_auto (GStrv) rmas = g_strsplit (mail->rmas, " ", -1);
  g_autofree char *numbers = g_strjoinv (", ", rmas);
  g_autofree char *days = g_strdup_printf ("%d", self->policy.c1_business_days);
  g_autofree char *link =
      survey != NULL ? bh_mail_link (survey, rmas[0] != NULL ? rmas[0] : "") : NULL;

  bh_mail_fields_set (fields, "vendor.name", vendor);
  bh_mail_fields_set (fields, "customer.name", facts->name);
  bh_mail_fields_set (fields, "customer.account", mail->account);
  bh_mail_fields_set (fields, "rma.number", numbers);
  bh_mail_fields_set (fields, "rma.closed", facts->closes ? numbers : NULL);
  bh_mail_fields_set (fields, "survey.link", link);
  if (g_strv_length (rmas) == 1) {
    bh_mail_fields_set (fields, "rma.case", first->case_no);
    bh_mail_fields_set (fields, "rma.reference", first->reference);
    bh_mail_fields_set (fields, "rma.contact", first->contact);
  }
  bh_mail_fields_set_day (fields, "return_by", earliest_return (facts->units));
  bh_mail_fields_set (fields, "return_days", days);
  bh_mail_fields_set (fields, "box.carrier", first->carrier);
  bh_mail_fields_set (fields, "box.tracking", first->tracking);
  bh_mail_fields_set (fields, "rule", first->rule);
  set_day_of (fields, "received", first->received_us, first->zone);
  bh_mail_fields_set (fields, "reason",
                      facts->reason != NULL      ? facts->reason
                      : is_kind (mail, "charge") ? first->charge_reason
                                                 : NULL);
  bh_mail_fields_set (fields, "analysis.job", facts->job);
  bh_mail_fields_set (fields, "analysis.kind", facts->analysis);
  bh_mail_fields_set (fields, "analysis.version", facts->version);
  bh_mail_fields_set (fields, "analysis.result", facts->result);
  bh_mail_fields_set (fields, "analysis.corrects", facts->job != NULL ? facts->reason : NULL);
  bh_mail_fields_set_day (fields, "analysis.next", facts->next);
  set_total (fields, facts->units);
  add_address (fields, first);
  for (guint i = 0; i < facts->units->len; i++)
    add_unit (fields, mail, g_ptr_array_index (facts->units, i));
  return fields;
}

/* ---- the label ------------------------------------------------------------------------ */

static gboolean
is_told (const BhMailFacts *facts, GHashTable *label)
{
  const char *serial = g_hash_table_lookup (label, "unit.serial");

  for (guint i = 0; i < facts->units->len; i++)
    if (g_strcmp0 (((BhMailUnit *) g_ptr_array_index (facts->units, i))->serial, serial) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
draw_labels (BhDesk *self, const BhMailFacts *facts, const char *rma, const char *path,
             GError **error)
{
  g_autoptr (GPtrArray) labels = bh_desk_rma_labels (self, rma, error);
  g_autoptr (BhLabelTemplate) template = NULL;
  g_autoptr (BhLabelDocument) document = NULL;

  if (labels == NULL ||
      (template = bh_label_template_load (facts->label != NULL ? facts->label : "box-4x6",
                                          error)) == NULL ||
      (document = bh_label_document_new (path, LABEL_DPI, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < labels->len; i++) {
    GHashTable *label = g_ptr_array_index (labels, i);

    if (is_told (facts, label) && !bh_label_document_add (document, template, label, error))
      return FALSE;
  }
  return bh_label_document_finish (document, error);
}

static gboolean
read_label (const char *path, const char *rma, BhMessage *message, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s-label.pdf", rma);
  g_autoptr (GError) why = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *data = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &data, &size, &why)) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: %s; look at the disk", path, why->message);
    return FALSE;
  }
  bytes = g_bytes_new_take (data, size);
  bh_message_attach (message, name, "application/pdf", bytes);
  return TRUE;
}

/* N5: the box labels of the units, each read again before it is attached. */
static gboolean
attach_labels (BhDesk *self, const BhMail *mail, const BhMailFacts *facts, BhMessage *message,
               GError **error)
{
  g_auto (GStrv) rmas = g_strsplit (mail->rmas, " ", -1);
  g_autoptr (GError) why = NULL;
  g_autofree char *folder = g_dir_make_tmp ("backhaul-mail-XXXXXX", &why);
  g_autofree char *path = NULL;
  gboolean ok = TRUE;

  if (folder == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "a label's folder: %s; look at TMPDIR",
                 why->message);
    return FALSE;
  }
  path = g_build_filename (folder, "label.pdf", NULL);
  for (char **rma = rmas; ok && *rma != NULL; rma++) {
    ok = draw_labels (self, facts, *rma, path, error) && read_label (path, *rma, message, error);
    g_unlink (path);
  }
  g_rmdir (folder);
  return ok;
}

/* F4: the posted version as its report, in the words of the mail. */
static gboolean
attach_report (BhDesk *self, const BhMail *mail, const BhMailFacts *facts, BhMessage *message,
               GError **error)
{
  int version = facts->version != NULL ? (int) g_ascii_strtoll (facts->version, NULL, 10) : 0;
  g_autofree char *name = NULL;
  g_autoptr (BhReportPage) page = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (facts->job == NULL)
    return TRUE;
  page = bh_desk_bench_report (self, facts->job, version,
                               mail->language != NULL ? mail->language : facts->language, error);
  if (page == NULL || (pdf = bh_report_page_pdf (page, error)) == NULL)
    return FALSE;
  name = g_strdup_printf ("%s-%d.pdf", facts->job, version);
  bh_message_attach (message, name, "application/pdf", pdf);
  return TRUE;
}

/* ---- all of it ---------------------------------------------------------------------------- */

/* The sender that a site did not name: this machine. */
static char *
own_address (void)
{
  g_autofree char *address = g_strdup_printf ("returns@%s", g_get_host_name ());

  return bh_mail_address_check (address, NULL) ? g_steal_pointer (&address)
                                               : g_strdup ("returns@localhost");
}

static void
address_to (BhMessage *message, const BhMail *mail, const BhMailFacts *facts, const char *from,
            const char *vendor)
{
  gsize size = strlen (mail->message_id);

  message->from = from != NULL ? g_strdup (from) : own_address ();
  message->from_name = g_strdup (vendor);
  message->to = g_strdup (mail->to);
  message->to_name = g_strdup (facts->name);
  message->date_us = mail->at_us;
  message->message_id = size > 2 && mail->message_id[0] == '<'
                            ? g_strndup (mail->message_id + 1, size - 2)
                            : g_strdup (mail->message_id);
}

BhMessage *
bh_desk_compose_mail (BhDesk *self, const BhMail *mail, GError **error)
{
  g_auto (BhMailFacts) facts = { 0 };
  g_autoptr (BhMailTemplate) template = NULL;
  g_autoptr (BhMailFields) fields = NULL;
  g_autoptr (BhMessage) message = bh_message_new ();
  g_autofree char *folder = NULL;
  g_autofree char *vendor = NULL;
  g_autofree char *from = NULL;
  g_autofree char *survey = NULL;

  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      !bh_desk_mail_setting (self, "templates", &folder, error) ||
      !bh_desk_mail_setting (self, "vendor", &vendor, error) ||
      !bh_desk_mail_setting (self, "from", &from, error) ||
      !bh_desk_mail_setting (self, "survey", &survey, error) ||
      !bh_desk_mail_facts (self, mail, &facts, error) ||
      (template = bh_mail_template_load (folder, mail->kind,
                                         mail->language != NULL ? mail->language : facts.language,
                                         error)) == NULL)
    return NULL;
  fields = fields_of (self, mail, &facts, vendor, survey);
  bh_mail_template_fill (template, fields, message);
  address_to (message, mail, &facts, from, vendor);
  if ((is_kind (mail, "confirmation") && !attach_labels (self, mail, &facts, message, error)) ||
      (is_kind (mail, "analysis") && !attach_report (self, mail, &facts, message, error)))
    return NULL;
  return g_steal_pointer (&message);
}

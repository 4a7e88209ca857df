/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "backhaul/label-fields.h"

#include <string.h>

#include "backhaul/bench.h"
#include "backhaul/identifier.h"
#include "backhaul/operators.h"
#include "backhaul/receipt.h"
#include "backhaul/returns.h"
#include "desk-private.h"

static void
put (GHashTable *fields, const char *name, const char *value)
{
  if (value != NULL)
    g_hash_table_insert (fields, g_strdup (name), g_strdup (value));
}

static void
put_number (GHashTable *fields, const char *name, guint number)
{
  g_hash_table_insert (fields, g_strdup (name), g_strdup_printf ("%u", number));
}

static GHashTable *
fields_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
put_line (GHashTable *fields, const BhRmaPage *page, const BhReturnRow *line)
{
  g_autofree char *payload =
      bh_payload_format (page->rma, line->serial, line->part, line->return_by);

  put (fields, "rma.number", page->rma);
  put (fields, "rma.case", page->case_no);
  put (fields, "rma.return_by", line->return_by);
  put (fields, "unit.serial", line->serial);
  put (fields, "unit.part", line->part);
  put (fields, "unit.payload", payload);
  put_number (fields, "unit.line", (guint) line->line);
  if (line->part != NULL && *line->part != '\0') {
    g_autofree char *gs1 = g_strdup_printf ("(240)%s(21)%s", line->part, line->serial);

    put (fields, "unit.gs1", gs1);
  }
  put (fields, "rma.flag",
       line->flag != NULL && g_str_equal (line->flag, "fa") ? "FA"
       : line->flag != NULL                                 ? "RA"
                                                            : NULL);
  put (fields, "rma.reference", page->reference);
  put (fields, "rma.contact", page->contact);
  put_number (fields, "rma.unit_count", page->lines->len);
  put (fields, "account.id", page->account);
  put (fields, "account.name", page->account_name);
  put (fields, "destination.name", page->destination_name);
  put (fields, "destination.address", page->destination_address);
}

GPtrArray *
bh_desk_rma_labels (BhDesk *self, const char *rma, GError **error)
{
  g_autoptr (BhRmaPage) page = bh_desk_rma_page (self, rma, bh_now_us (), error);
  g_autoptr (GPtrArray) labels =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);

  if (page == NULL)
    return NULL;
  for (guint i = 0; i < page->lines->len; i++) {
    GHashTable *fields = fields_new ();

    put_line (fields, page, g_ptr_array_index (page->lines, i));
    g_ptr_array_add (labels, fields);
  }
  return g_steal_pointer (&labels);
}

GHashTable *
bh_desk_line_label (BhDesk *self, const char *rma, int line, GError **error)
{
  g_autoptr (BhRmaPage) page = bh_desk_rma_page (self, rma, bh_now_us (), error);

  for (guint i = 0; page != NULL && i < page->lines->len; i++) {
    const BhReturnRow *row = g_ptr_array_index (page->lines, i);

    if (row->line == line) {
      GHashTable *fields = fields_new ();

      put_line (fields, page, row);
      return fields;
    }
  }
  if (page != NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND, "%s: it has no line %d", page->rma, line);
  return NULL;
}

GHashTable *
bh_desk_unit_label (BhDesk *self, const char *serial, GError **error)
{
  g_autoptr (BhUnitLife) life = bh_desk_unit_life (self, serial, error);
  const BhReturnRow *newest = NULL;
  GHashTable *fields;

  if (life == NULL)
    return NULL;
  for (guint i = 0; i < life->lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (life->lines, i);

    if (newest == NULL || line->created_us > newest->created_us)
      newest = line;
  }
  fields = fields_new ();
  put (fields, "unit.serial", life->serial);
  put (fields, "unit.part", life->part != NULL || newest == NULL ? life->part : newest->part);
  if (newest != NULL)
    put (fields, "rma.number", newest->rma);
  return fields;
}

/* as many as the shipped packing slips have room for */
#define UNITS_A_PAGE 20

GPtrArray *
bh_desk_packing_slips (BhDesk *self, const char *rma, GError **error)
{
  g_autoptr (BhRmaPage) page = bh_desk_rma_page (self, rma, bh_now_us (), error);
  g_autoptr (GPtrArray) slips =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  guint pages;

  if (page == NULL)
    return NULL;
  pages = (page->lines->len + UNITS_A_PAGE - 1) / UNITS_A_PAGE;
  for (guint n = 0; n < pages; n++) {
    GHashTable *fields = fields_new ();
    GString *units = g_string_new (NULL);

    put_line (fields, page, g_ptr_array_index (page->lines, n * UNITS_A_PAGE));
    for (guint i = n * UNITS_A_PAGE; i < MIN (page->lines->len, (n + 1) * UNITS_A_PAGE); i++) {
      const BhReturnRow *line = g_ptr_array_index (page->lines, i);

      g_string_append_printf (units, "%s%d.  %s    %s", units->len > 0 ? "\n" : "", line->line,
                              line->serial, line->part != NULL ? line->part : "");
    }
    g_hash_table_insert (fields, g_strdup ("rma.units"), g_string_free (units, FALSE));
    put_number (fields, "page.number", n + 1);
    put_number (fields, "page.count", pages);
    g_ptr_array_add (slips, fields);
  }
  return g_steal_pointer (&slips);
}

gboolean
bh_label_is_of_job (const char *what)
{
  return what[0] == 'J' && what[1] != '\0' && strspn (what + 1, "0123456789") == strlen (what + 1);
}

GHashTable *
bh_desk_job_label (BhDesk *self, const char *name, GError **error)
{
  g_autoptr (BhJob) job = bh_desk_job (self, name, bh_now_us (), error);
  g_autoptr (BhRmaPage) page =
      job != NULL ? bh_desk_rma_page (self, job->rma, bh_now_us (), error) : NULL;
  g_autoptr (GHashTable) fields = fields_new ();
  g_autofree char *customer = NULL;
  g_autofree char *address = NULL;
  g_autofree char *none = NULL;
  g_autofree char *payload = NULL;

  if (page == NULL || !bh_store_sender_address (self->store, NULL, job->rma, job->serial, &customer,
                                                &address, &none, error))
    return NULL;
  for (guint i = 0; i < page->lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (page->lines, i);

    if (line->line == job->line)
      put_line (fields, page, line);
  }
  /* taken in place of another (D5) it goes back under its own serial */
  payload = bh_payload_format (job->rma, job->serial, job->part, NULL);
  put (fields, "unit.serial", job->serial);
  put (fields, "unit.part", job->part);
  put (fields, "unit.payload", payload);
  put (fields, "customer.address", address);
  put (fields, "job.number", job->job);
  put (fields, "job.kind", g_str_equal (job->kind, "fa") ? "FA" : "RA");
  put (fields, "job.due", job->due);
  for (guint i = 0; i < job->entries->len; i++) {
    const BhJobEntry *entry = g_ptr_array_index (job->entries, i);

    if (entry->struck)
      continue;
    if (entry->kind == BH_ENTRY_SYMPTOM)
      put (fields, "job.symptom", entry->value);
    else if (entry->kind == BH_ENTRY_RETURNED)
      put (fields, "job.parcel", entry->value);
  }
  put (fields, "job.result",
       g_strcmp0 (job->state, "void") == 0 ? job->void_reason : job->disposition);
  return g_steal_pointer (&fields);
}

GHashTable *
bh_desk_operator_label (BhDesk *self, const char *login, const char *badge, GError **error)
{
  g_autoptr (GHashTable) fields = fields_new ();
  g_autoptr (BhOperatorRow) row = NULL;

  if (!bh_desk_may_enrol (self, error) ||
      (row = bh_desk_find_operator (self, login, error)) == NULL)
    return NULL;
  put (fields, "operator.login", row->login);
  put (fields, "operator.name", row->name);
  put (fields, "operator.role", row->role);
  put (fields, "operator.badge", badge);
  return g_steal_pointer (&fields);
}

/* The template that a verdict's label is made with; NULL: it has none. */
static const char *
template_of (const BhReceipt *receipt)
{
  static const struct {
    const char *verdict;
    const char *name;
  } by[] = {
    { "accept", "box-4x6" },
    { "hold", "hold-slip-4x6" },
    { "refuse", "return-to-sender-4x6" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (by); i++)
    if (g_str_equal (receipt->verdict, by[i].verdict))
      return by[i].name;
  return NULL;
}

static gboolean
put_rma (BhDesk *self, const BhReceipt *receipt, GHashTable *fields, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (BhRmaPage) page = NULL;

  if (receipt->rma == NULL)
    return TRUE;
  page = bh_desk_rma_page (self, receipt->rma, bh_now_us (), &why);
  for (guint i = 0; page != NULL && i < page->lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (page->lines, i);

    if (line->line == receipt->line || page->lines->len == 1)
      put_line (fields, page, line);
  }
  if (page != NULL) {
    put (fields, "rma.number", page->rma);
    put (fields, "account.name", page->account_name);
    return TRUE;
  }
  /* a number that is not on record has no page; the label does without */
  if (g_error_matches (why, BH_ERROR, BH_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

GHashTable *
bh_desk_receipt_label (BhDesk *self, const char *receipt, const char **template, GError **error)
{
  g_auto (BhReceipt) found = { 0 };
  g_autoptr (GHashTable) fields = fields_new ();
  g_autofree char *tracking = NULL;
  g_autofree char *sender = NULL;
  g_autofree char *address = NULL;
  g_autofree char *when = NULL;

  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      !bh_store_find_receipt (self->store, receipt, &found, error))
    return NULL;
  if (found.receipt == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such receipt; give an RMA number or a receipt", receipt);
    return NULL;
  }
  if (!put_rma (self, &found, fields, error) ||
      !bh_store_sender_address (self->store, found.box, found.rma, found.serial, &sender, &address,
                                &tracking, error))
    return NULL;
  when = bh_time_format (found.at_us, NULL);
  *template = template_of (&found);
  put (fields, "unit.serial", found.serial);
  put (fields, "sender.name", sender);
  put (fields, "sender.address", address);
  put (fields, "box.tracking", tracking);
  put (fields, "receipt.id", found.receipt);
  put (fields, "receipt.rule", found.rule);
  put (fields, "receipt.reason", found.message);
  put (fields, "receipt.at", when);
  return g_steal_pointer (&fields);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* C8: a certificate of destruction closes what may not be exported. */

#include "backhaul/destroy.h"

#include <string.h>

#include "backhaul/clock-store.h"
#include "backhaul/destroy-store.h"
#include "backhaul/digest.h"
#include "clocks-private.h"
#include "issue-private.h"

#define MAX_DOCUMENT (10 * 1024 * 1024)

static gboolean
is_valid (const BhDestruction *destruction, GError **error)
{
  gsize size = g_bytes_get_size (destruction->document);

  if (size > 0 && size <= MAX_DOCUMENT)
    return bh_desk_is_text ("reason", destruction->reason, error) &&
           bh_desk_is_text ("certificate", destruction->name, error);
  if (size == 0)
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: it is empty; give the certificate of destruction (C8)", destruction->name);
  else
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: it is larger than %d MiB; make the scan smaller", destruction->name,
                 MAX_DOCUMENT / (1024 * 1024));
  return FALSE;
}

/* Only where nothing may be sent back: else the unit is awaited, or cancelled. */
static gboolean
is_not_exportable (BhDesk *self, const BhIssueFacts *facts, GError **error)
{
  g_autofree char *country = NULL;
  g_autoptr (BhExportPolicy) policy = NULL;

  if (!bh_store_country_of_rma (self->store, facts->head.id, &country, error) ||
      (country != NULL && !bh_store_export_policy (self->store, country, &policy, error)))
    return FALSE;
  if (policy != NULL && !policy->possible)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: export from %s is possible, so its units are awaited (C8); set the country's "
               "`export-policy`, or cancel the line",
               facts->head.rma, country != NULL ? country : "its country, which is not on record,");
  return FALSE;
}

/* The named line, else all that are awaited; NULL: refused. */
static GPtrArray *
to_destroy (const BhIssueFacts *facts, int line, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  const BhIssueLine *other = NULL;

  for (guint i = 0; i < facts->lines->len; i++) {
    BhIssueLine *one = g_ptr_array_index (facts->lines, i);

    if (line != 0 && one->line != line)
      continue;
    if (g_str_equal (one->state, "awaited"))
      g_ptr_array_add (lines, one);
    else
      other = one;
  }
  if (lines->len > 0)
    return g_steal_pointer (&lines);
  if (other == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: it has no line %d; `rma show` numbers its lines", facts->head.rma, line);
  else
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: line %d, %s, is %s (C8); only what is awaited is closed by a certificate",
                 facts->head.rma, other->line, other->serial, other->state);
  return NULL;
}

/* @replacing: a replacement of one of them is still to be dispatched */
static gboolean
close_lines (BhDesk *self, const BhWhen *when, const BhDestruction *destruction, GPtrArray *lines,
             gboolean *replacing, GError **error)
{
  for (guint i = 0; i < lines->len; i++) {
    BhIssueLine *line = g_ptr_array_index (lines, i);

    if (!bh_desk_clock_void (self, BH_C1, line->id, NULL, when->at_us, error) ||
        !bh_store_end_line (self->store, line->id, "closed", destruction->reason, error) ||
        !bh_store_set_line_certificate (self->store, line->id, when->act, error))
      return FALSE;
    *replacing = *replacing || (line->running != NULL && strstr (line->running, "C5") != NULL);
    g_free (line->state);
    line->state = g_strdup ("closed");
  }
  return TRUE;
}

static char *
destroy_text (const BhDestruction *destruction, GPtrArray *lines, const char *sum)
{
  GString *text = g_string_new ("Destroyed");

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s %s", i > 0 ? "," : "",
                            ((BhIssueLine *) g_ptr_array_index (lines, i))->serial);
  g_string_append_printf (text, ": %s; certificate %s, SHA-256 %s", destruction->reason,
                          destruction->name, sum);
  return g_string_free (text, FALSE);
}

static gboolean
destroy (BhDesk *self, const BhWhen *when, const BhDestruction *destruction, BhIssueFacts *facts,
         GError **error)
{
  g_autofree char *before = g_strdup (facts->head.state);
  g_autofree char *sum = bh_sha256_of (destruction->document);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) lines = to_destroy (facts, destruction->line, error);
  gboolean replacing = FALSE;
  /* borrowed, not copied: the act names the certificate */
  BhCertificate row = { .certificate = (char *) when->act,
                        .name = (char *) destruction->name,
                        .type = (char *) destruction->type,
                        .sha256 = sum,
                        .reason = (char *) destruction->reason,
                        .operator= self->operator,
                        .at_us = when->at_us };

  if (lines == NULL || !is_not_exportable (self, facts, error) ||
      !bh_store_add_certificate (self->store, facts->head.id, &row, destruction->document, error) ||
      !close_lines (self, when, destruction, lines, &replacing, error))
    return FALSE;
  text = destroy_text (destruction, lines, sum);
  return (replacing || bh_desk_settle_rma (self, facts, when, destruction->reason, error)) &&
         bh_desk_tell (self, when, "destroy", facts, before, text, error);
}

gboolean
bh_desk_destroy (BhDesk *self, const BhWhen *when, const BhDestruction *destruction, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  g_auto (BhIssueFacts) facts = { 0 };
  gboolean done = FALSE;

  if (!bh_desk_may_act (self, BH_MAY_CHASE, when, error) || !is_valid (destruction, error) ||
      (tx = bh_desk_begin (self, error)) == NULL ||
      !bh_desk_issue_facts (self, destruction->rma, &facts, error) ||
      !bh_desk_is_done (self, when, "destroy", &done, error))
    return FALSE;
  return done || (bh_desk_not_before_rma (self, &facts, when, error) &&
                  destroy (self, when, destruction, &facts, error) && bh_tx_commit (tx, error));
}

GBytes *
bh_desk_certificate (BhDesk *self, const char *certificate, GError **error)
{
  GBytes *document = NULL;

  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      !bh_store_certificate_document (self->store, certificate, &document, error))
    return NULL;
  if (document == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such certificate; `rma show` names them", certificate);
  return document;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include <glib/gstdio.h>
#include <gmodule.h>
#include <poppler.h>

#include "backhaul/batch.h"
#include "backhaul/mail.h"
#include "backhaul/operators.h"
#include "backhaul/print.h"
#include "sender.h"

/* ---- mails --------------------------------------------------------------------- */

/* A module has its own bh_now_us(). */
static gboolean
follow_clock (BhDesk *desk, GError **error)
{
  gint64 off_us;

  return bh_store_follow_clock (bh_desk_store (desk), &off_us, error);
}

static gboolean
send_mails (BhDesk *desk, BhOutboxRun *run, GError **error)
{
  g_autoptr (BhMailer) mailer = NULL;
  g_auto (BhMailTally) tally = { 0 };
  g_autofree char *url = NULL;

  if (bh_desk_needs_pin (desk))
    return TRUE;
  if (!follow_clock (desk, error) || !bh_desk_mail_setting (desk, "smtp", &url, error))
    return FALSE;
  if (url == NULL || !bh_role_may (bh_desk_role (desk), BH_MAY_CHASE))
    return TRUE;
  if ((mailer = bh_mailer_new (url, error)) == NULL ||
      !bh_desk_send_mail (desk, mailer, NULL, NULL, &tally, error))
    return FALSE;
  run->sent = tally.sent;
  run->waiting = tally.later + tally.lost + tally.broken;
  run->failed = tally.failed;
  if (tally.unreachable == NULL)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s; what is queued stays queued",
               tally.unreachable);
  return FALSE;
}

static char *
mail_words (BhDesk *desk, const BhMail *mail, GError **error)
{
  g_autoptr (BhMessage) message = bh_desk_compose_mail (desk, mail, error);
  GString *text;

  if (message == NULL)
    return NULL;
  text = g_string_new (NULL);
  g_string_append_printf (text, "From: %s\nTo: %s\nSubject: %s\n", message->from,
                          message->to != NULL ? message->to : "-", message->subject);
  for (guint i = 0; i < message->attachments->len; i++)
    g_string_append_printf (text, "Attached: %s\n",
                            ((BhAttachment *) g_ptr_array_index (message->attachments, i))->name);
  g_string_append_printf (text, "\n%s", message->text);
  return g_string_free (text, FALSE);
}

/* ---- labels -------------------------------------------------------------------- */

static gboolean
send_labels (BhDesk *desk, BhOutboxRun *run, GError **error)
{
  g_auto (BhPrintsWaiting) waiting = { 0 };
  BhPrintTally tally = { 0 };
  if (bh_desk_needs_pin (desk) || !bh_role_may (bh_desk_role (desk), BH_MAY_PRINT))
    return TRUE;
  if (!follow_clock (desk, error) || !bh_desk_prints_waiting (desk, &waiting, error))
    return FALSE;
  /* most times nothing waits, and nothing is written */
  if (waiting.waiting > 0 && waiting.next_us <= bh_now_us ()) {
    bh_prints_waiting_clear (&waiting);
    if (!bh_desk_send_prints (desk, NULL, NULL, &tally, error) ||
        !bh_desk_prints_waiting (desk, &waiting, error))
      return FALSE;
  }
  run->sent = tally.printed;
  run->waiting = tally.waiting;
  run->failed = tally.failed;
  run->stuck = waiting.stuck;
  run->why = g_steal_pointer (&waiting.why);
  return TRUE;
}

static gboolean
test_printer (BhDesk *desk, const char *station, const char *kind, GError **error)
{
  return bh_desk_test_printer (desk, station, kind, bh_now_us (), error);
}

static gboolean
make_badge (BhDesk *desk, const char *login, const char *badge, const char *path, GError **error)
{
  if (path == NULL)
    return bh_desk_print_badge (desk, login, badge, error);
  if (!bh_desk_save_badge (desk, login, badge, path, error))
    return FALSE;
  g_chmod (path, 0600); /* it is worth as much as a PIN */
  return TRUE;
}

static char *
printer_state (const BhPrinter *printer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BhQueue) queue = NULL;

  if (!g_str_has_prefix (printer->target, "cups:"))
    return NULL;
  queue = bh_queue_find (printer->target + strlen ("cups:"), &error);
  if (queue == NULL)
    return g_strdup (error->message);
  if (!queue->takes)
    return g_strdup_printf ("takes no jobs%s%s", *queue->reasons != '\0' ? ": " : "",
                            queue->reasons);
  return *queue->reasons != '\0' ? g_strdup_printf ("%s: %s", queue->state, queue->reasons)
                                 : g_strdup (queue->state);
}

typedef struct {
  BhLabelDocument *document;
  BhPace *pace;
} Making;

static gboolean
took (const BhLabelChecked *checked, const GError *why, gpointer data, GError **error)
{
  Making *making = data;

  if (why != NULL) {
    const char *rma = g_hash_table_lookup (checked->fields, "rma.number");

    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s", rma != NULL ? rma : "label",
                 why->message);
    return FALSE;
  }
  if (g_atomic_int_get (&making->pace->stopped)) {
    g_set_error (error, BH_ERROR, BH_ERROR_BUSY, "label: stopped; nothing was written");
    return FALSE;
  }
  g_atomic_int_inc (&making->pace->done);
  return bh_label_document_put (making->document, checked, error);
}

static BhLabelTemplate *
template_of (GHashTable *templates, const char *name, GError **error)
{
  BhLabelTemplate *label = g_hash_table_lookup (templates, name);

  if (label == NULL && (label = bh_label_template_load (name, error)) != NULL)
    g_hash_table_insert (templates, g_strdup (name), label);
  return label;
}

static gboolean
make_pdf (BhDesk *desk, GPtrArray *jobs, const char *path, BhPace *pace, GError **error)
{
  const guint dpi = 300;
  g_autoptr (GHashTable) templates = g_hash_table_new_full (
      g_str_hash, g_str_equal, g_free, (GDestroyNotify) bh_label_template_free);
  g_autoptr (BhLabelDocument) document = bh_label_document_new (path, dpi, error);
  g_autoptr (BhLabelBatch) batch = bh_label_batch_new (dpi); /* freed before its templates */
  Making making = { document, pace };

  if (document == NULL)
    return FALSE;
  for (guint i = 0; i < jobs->len; i++) {
    const BhPrintJob *job = g_ptr_array_index (jobs, i);
    BhLabelTemplate *label = template_of (templates, job->template, error);
    g_autoptr (GHashTable) fields = label != NULL ? bh_desk_print_fields (desk, job, error) : NULL;

    if (fields == NULL || !bh_label_batch_add (batch, label, fields, took, &making, error))
      return FALSE;
  }
  return bh_label_batch_finish (batch, took, &making, error) &&
         bh_label_document_finish (document, error);
}

/* ---- for the print dialog ------------------------------------------------------ */

static BhPages *
pages_open (const char *path, guint *n, GError **error)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, error);
  PopplerDocument *document =
      uri != NULL ? poppler_document_new_from_file (uri, NULL, error) : NULL;

  if (document != NULL)
    *n = (guint) poppler_document_get_n_pages (document);
  return (BhPages *) document;
}

static void
page_size (BhPages *pages, guint page, double *width, double *height)
{
  PopplerPage *one = poppler_document_get_page ((PopplerDocument *) pages, (int) page);

  poppler_page_get_size (one, width, height);
  g_object_unref (one);
}

static void
page_draw (BhPages *pages, guint page, cairo_t *cr)
{
  PopplerPage *one = poppler_document_get_page ((PopplerDocument *) pages, (int) page);

  poppler_page_render_for_printing (one, cr);
  g_object_unref (one);
}

static void
pages_free (BhPages *pages)
{
  g_object_unref (pages);
}

G_MODULE_EXPORT const BhSender bh_sender_module = {
  send_mails, send_labels, mail_words, make_badge, test_printer, printer_state,
  make_pdf,   pages_open,  page_size,  page_draw,  pages_free,
};

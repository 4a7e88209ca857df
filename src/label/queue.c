/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

/* Queues of the CUPS server: asked over IPP on one connection, each call with its end. */

#include <cups/cups.h>
#include <string.h>

#include "backhaul/printer.h"

#define CONNECT_MS 3000
#define ANSWER_S   5.0

void
bh_queue_free (BhQueue *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->about);
  g_free (self->state);
  g_free (self->reasons);
  g_free (self);
}

static int
on_timeout (http_t *http, void *data)
{
  return 0; /* give up */
}

static http_t *
connect_cups (GError **error)
{
  http_t *http = httpConnect2 (cupsServer (), ippPort (), NULL, AF_UNSPEC, cupsEncryption (), 1,
                               CONNECT_MS, NULL);

  if (http == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "%s: no print service answers (%s); start CUPS, or print to tcp:HOST:9100",
                 cupsServer (), cupsLastErrorString ());
  else
    httpSetTimeout (http, ANSWER_S, on_timeout, NULL);
  return http;
}

/* What RFC 8011 and CUPS call it, without how grave it is. */
static const char *
reason_words (const char *reason)
{
  static const struct {
    const char *begin;
    const char *words;
  } reasons[] = {
    { "media-empty", "out of paper" },
    { "media-needed", "out of paper" },
    { "media-low", "paper runs low" },
    { "media-jam", "paper is jammed" },
    { "door-open", "its door is open" },
    { "cover-open", "its cover is open" },
    { "interlock-open", "its cover is open" },
    { "marker-supply-empty", "out of ribbon or toner" },
    { "toner-empty", "out of toner" },
    { "offline", "offline" },
    { "paused", "paused" },
    { "connecting-to-device", "connecting to it" },
    { "timed-out", "it does not answer" },
    { "stopped-partly", "partly stopped" },
    { "shutdown", "switched off" },
    { "cups-missing-filter", "its driver is missing" },
    { "cups-insecure-filter", "its driver is not safe" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_str_has_prefix (reason, reasons[i].begin))
      return reasons[i].words;
  return reason;
}

static char *
reasons_of (ipp_attribute_t *attribute)
{
  GString *words = g_string_new (NULL);

  for (int i = 0; i < ippGetCount (attribute); i++) {
    const char *reason = ippGetString (attribute, i, NULL);

    if (reason == NULL || g_str_equal (reason, "none") ||
        strstr (words->str, reason_words (reason)))
      continue;
    g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", reason_words (reason));
  }
  return g_string_free (words, FALSE);
}

static void
take (BhQueue *queue, ipp_attribute_t *attribute)
{
  const char *name = ippGetName (attribute);

  if (g_str_equal (name, "printer-name")) {
    g_free (queue->name);
    queue->name = g_strdup (ippGetString (attribute, 0, NULL));
  } else if (g_str_equal (name, "printer-make-and-model")) {
    g_free (queue->about);
    queue->about = g_strdup (ippGetString (attribute, 0, NULL));
  } else if (g_str_equal (name, "printer-state")) {
    int state = ippGetInteger (attribute, 0);

    g_free (queue->state);
    queue->state = g_strdup (state == IPP_PSTATE_STOPPED      ? "stopped"
                             : state == IPP_PSTATE_PROCESSING ? "printing"
                                                              : "idle");
  } else if (g_str_equal (name, "printer-state-reasons")) {
    g_free (queue->reasons);
    queue->reasons = reasons_of (attribute);
  } else if (g_str_equal (name, "printer-is-accepting-jobs")) {
    queue->takes = ippGetBoolean (attribute, 0) != 0;
  }
}

/* What an answer holds is the server's: a queue without a name or state is none. */
static void
add_queue (GPtrArray *queues, BhQueue *queue)
{
  if (queue->name == NULL || queue->state == NULL) {
    bh_queue_free (queue);
    return;
  }
  if (queue->about == NULL)
    queue->about = g_strdup ("");
  if (queue->reasons == NULL)
    queue->reasons = g_strdup ("");
  queue->raw = strstr (queue->about, "Raw Printer") != NULL;
  g_ptr_array_add (queues, queue);
}

static GPtrArray *
queues_of (http_t *http, GError **error)
{
  static const char *const wanted[] = { "printer-name", "printer-make-and-model", "printer-state",
                                        "printer-state-reasons", "printer-is-accepting-jobs" };
  ipp_t *request = ippNewRequest (IPP_OP_CUPS_GET_PRINTERS);
  GPtrArray *queues;
  BhQueue *queue = NULL;
  ipp_t *answer;

  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (wanted), NULL, wanted);
  answer = cupsDoRequest (http, request, "/");
  /* "not found": it runs, and has no queues */
  if (answer == NULL || (ippGetStatusCode (answer) > IPP_STATUS_OK_EVENTS_COMPLETE &&
                         ippGetStatusCode (answer) != IPP_STATUS_ERROR_NOT_FOUND)) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE,
                 "%s: the print service does not tell its queues (%s); look at CUPS", cupsServer (),
                 cupsLastErrorString ());
    ippDelete (answer);
    return NULL;
  }
  queues = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_queue_free);
  for (ipp_attribute_t *attribute = ippFirstAttribute (answer); attribute != NULL;
       attribute = ippNextAttribute (answer)) {
    gboolean printer =
        ippGetGroupTag (attribute) == IPP_TAG_PRINTER && ippGetName (attribute) != NULL;

    if (printer && queue == NULL)
      queue = g_new0 (BhQueue, 1);
    if (printer)
      take (queue, attribute);
    else if (queue != NULL)
      add_queue (queues, g_steal_pointer (&queue));
  }
  if (queue != NULL)
    add_queue (queues, queue);
  ippDelete (answer);
  return queues;
}

GPtrArray *
bh_queues (GError **error)
{
  http_t *http = connect_cups (error);
  GPtrArray *queues = http != NULL ? queues_of (http, error) : NULL;

  if (http != NULL)
    httpClose (http);
  return queues;
}

BhQueue *
bh_queue_find (const char *name, GError **error)
{
  g_autoptr (GPtrArray) queues = bh_queues (error);
  g_autoptr (GString) known = g_string_new (NULL);

  if (queues == NULL)
    return NULL;
  for (guint i = 0; i < queues->len; i++) {
    const BhQueue *queue = g_ptr_array_index (queues, i);

    if (g_ascii_strcasecmp (queue->name, name) == 0)
      return g_ptr_array_steal_index (queues, i);
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", queue->name);
  }
  g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND, "%s: no such printer; %s%s", name,
               known->len > 0 ? "say one of " : "CUPS has no queue, add one with lpadmin",
               known->str);
  return NULL;
}

static gboolean
hand_over (http_t *http, const BhQueue *queue, int id, GBytes *job, const char *title)
{
  gsize size;
  const char *data = g_bytes_get_data (job, &size);

  return cupsStartDocument (http, queue->name, id, title,
                            queue->raw ? CUPS_FORMAT_RAW : CUPS_FORMAT_PDF,
                            1) == HTTP_STATUS_CONTINUE &&
         cupsWriteRequestData (http, data, size) == HTTP_STATUS_CONTINUE &&
         cupsFinishDocument (http, queue->name) <= IPP_STATUS_OK_EVENTS_COMPLETE;
}

int
bh_queue_send (const BhQueue *queue, GBytes *job, const char *title, int copies, BhPrintEnd *end,
               GError **error)
{
  g_autofree char *count = g_strdup_printf ("%d", copies);
  cups_option_t *options = NULL;
  http_t *http;
  int id;

  *end = BH_PRINT_AWAY;
  if (!queue->takes || g_str_equal (queue->state, "stopped")) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: %s%s%s; %s", queue->name,
                 queue->takes ? "the printer is stopped" : "the queue takes no jobs",
                 *queue->reasons != '\0' ? ": " : "", queue->reasons,
                 queue->takes ? "see to it and start it again (cupsenable)"
                              : "let it take them (cupsaccept)");
    return 0;
  }
  http = connect_cups (error);
  if (http == NULL)
    return 0;
  id = cupsCreateJob (http, queue->name, title,
                      copies > 1 ? cupsAddOption ("copies", count, 0, &options) : 0, options);
  /* until its document is whole the job prints nothing: what failed here is taken back */
  if (id > 0 && !hand_over (http, queue, id, job, title)) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: CUPS did not take the label: %s; try again",
                 queue->name, cupsLastErrorString ());
    *end = cupsCancelJob2 (http, queue->name, id, 0) <= IPP_STATUS_OK_EVENTS_COMPLETE
               ? BH_PRINT_AWAY
               : BH_PRINT_BROKEN;
    id = 0;
  } else if (id <= 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: CUPS made no job: %s; look at the queue",
                 queue->name, cupsLastErrorString ());
    id = 0;
  }
  cupsFreeOptions (copies > 1 ? 1 : 0, options);
  httpClose (http);
  if (id > 0)
    *end = BH_PRINT_DONE;
  return id;
}

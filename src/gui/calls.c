/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "calls.h"

#include <string.h>

#include "backhaul/operators.h"
#include "backhaul/receive.h"

#define TALLY_ROWS 14

/* ---- opening ------------------------------------------------------------------- */

void
bh_place_free (BhPlace *self)
{
  if (self == NULL)
    return;
  g_free (self->operator);
  g_free (self->dock);
  g_free (self->clock);
  g_free (self);
}

BhPlace *
bh_place_of (BhDesk *desk)
{
  BhPlace *place = g_new0 (BhPlace, 1);

  place->away = bh_desk_is_away (desk);
  place->needs_pin = bh_desk_needs_pin (desk);
  place->pins = bh_desk_has_pins (desk);
  place->operator= g_strdup (bh_desk_operator (desk));
  place->dock = g_strdup (bh_desk_dock (desk));
  place->clock = bh_desk_clock_warning (desk);
  place->unenrolled = bh_desk_unenrolled (desk);
  place->role = bh_desk_role (desk);
  return place;
}

static gpointer
run_open (BhDesk *desk, gpointer data, GError **error)
{
  return bh_place_of (desk);
}

void
bh_call_open_async (BhWorker *worker, GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_run (worker, run_open, NULL, NULL, (GDestroyNotify) bh_place_free, callback, data);
}

BhPlace *
bh_call_open_finish (GAsyncResult *result, GError **error)
{
  return bh_worker_finish (result, error);
}

static gpointer
run_place (BhDesk *desk, gpointer data, GError **error)
{
  g_autoptr (GError) why = NULL;

  if (bh_desk_require (desk, BH_MAY_READ, &why) || bh_desk_needs_pin (desk))
    return bh_place_of (desk);
  g_propagate_error (error, g_steal_pointer (&why));
  return NULL;
}

void
bh_call_place_async (BhWorker *worker, GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_run (worker, run_place, NULL, NULL, (GDestroyNotify) bh_place_free, callback, data);
}

static gpointer
run_sign_out (BhDesk *desk, gpointer data, GError **error)
{
  bh_desk_sign_out (desk);
  return NULL;
}

void
bh_call_sign_out (BhWorker *worker)
{
  bh_worker_run (worker, run_sign_out, NULL, NULL, NULL, NULL, NULL);
}

/* ---- void ---------------------------------------------------------------------- */

typedef struct {
  char *act;
  char *receipt;
  char *reason;
} Void;

static void
void_free (gpointer data)
{
  Void *self = data;

  g_free (self->act);
  g_free (self->receipt);
  g_free (self->reason);
  g_free (self);
}

static gpointer
run_void (BhDesk *desk, gpointer data, GError **error)
{
  Void *self = data;

  return bh_desk_void (desk, self->act, self->receipt, self->reason, bh_now_us (), error)
             ? g_strdup (self->receipt)
             : NULL;
}

void
bh_call_void_async (BhWorker *worker, const char *receipt, const char *reason,
                    GAsyncReadyCallback callback, gpointer data)
{
  Void *job = g_new0 (Void, 1);

  job->act = g_uuid_string_random ();
  job->receipt = g_strdup (receipt);
  job->reason = g_strdup (reason);
  bh_worker_run (worker, run_void, job, void_free, g_free, callback, data);
}

gboolean
bh_call_void_finish (GAsyncResult *result, GError **error)
{
  g_autofree char *receipt = bh_worker_finish (result, error);

  return receipt != NULL;
}

/* ---- the tally ----------------------------------------------------------------- */

void
bh_tally_free (BhTally *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->receipts, g_ptr_array_unref);
  g_clear_pointer (&self->undone, g_ptr_array_unref);
  g_free (self);
}

typedef struct {
  gint64 since_us;
  GPtrArray *shown;
} TallyAsk;

static void
tally_ask_free (gpointer data)
{
  TallyAsk *ask = data;

  g_ptr_array_unref (ask->shown);
  g_free (ask);
}

static gboolean
find_undone (BhDesk *desk, GPtrArray *shown, GPtrArray *undone, GError **error)
{
  for (guint i = 0; i < shown->len; i++) {
    g_autoptr (BhReceipt) receipt = g_new0 (BhReceipt, 1);

    if (!bh_store_find_receipt (bh_desk_store (desk), g_ptr_array_index (shown, i), receipt, error))
      return FALSE;
    if (receipt->is_void)
      g_ptr_array_add (undone, g_steal_pointer (&receipt));
  }
  return TRUE;
}

static gpointer
run_tally (BhDesk *desk, gpointer data, GError **error)
{
  const TallyAsk *ask = data;
  g_autoptr (BhTally) tally = g_new0 (BhTally, 1);
  g_autoptr (GPtrArray) figures = bh_desk_dock_figures (desk, ask->since_us, error);

  if (figures == NULL)
    return NULL;
  for (guint i = 0; i < figures->len; i++) {
    const BhFigure *figure = g_ptr_array_index (figures, i);

    for (guint v = 0; v < BH_VERDICT_LAST; v++)
      if (g_strcmp0 (figure->name, bh_verdict_name (v)) == 0)
        tally->counts[v] += figure->value;
  }
  tally->undone = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_receipt_free);
  tally->receipts = bh_desk_recent_receipts (desk, TALLY_ROWS, error);
  return tally->receipts != NULL && find_undone (desk, ask->shown, tally->undone, error)
             ? g_steal_pointer (&tally)
             : NULL;
}

void
bh_call_tally_async (BhWorker *worker, gint64 since_us, GPtrArray *shown,
                     GAsyncReadyCallback callback, gpointer data)
{
  TallyAsk *ask = g_new0 (TallyAsk, 1);

  *ask = (TallyAsk){ since_us, shown };
  bh_worker_run (worker, run_tally, ask, tally_ask_free, (GDestroyNotify) bh_tally_free, callback,
                 data);
}

BhTally *
bh_call_tally_finish (GAsyncResult *result, GError **error)
{
  return bh_worker_finish (result, error);
}

/* ---- labels -------------------------------------------------------------------- */

typedef struct {
  char *receipt;
  char *rma;
} Label;

static void
label_free (gpointer data)
{
  Label *self = data;

  g_free (self->receipt);
  g_free (self->rma);
  g_free (self);
}

void
bh_label_words_free (BhLabelWords *self)
{
  if (self == NULL)
    return;
  g_free (self->template);
  g_clear_pointer (&self->fields, g_hash_table_unref);
  g_free (self);
}

static gpointer
run_label (BhDesk *desk, gpointer data, GError **error)
{
  Label *self = data;
  g_autoptr (BhLabelWords) words = g_new0 (BhLabelWords, 1);
  const char *template = "box-4x6";

  if (self->receipt != NULL) {
    words->fields = bh_desk_receipt_label (desk, self->receipt, &template, error);
  } else {
    g_autoptr (GPtrArray) labels = bh_desk_rma_labels (desk, self->rma, error);

    if (labels != NULL && labels->len > 0)
      words->fields = g_hash_table_ref (g_ptr_array_index (labels, 0));
    else if (labels != NULL)
      g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                   "%s: the RMA has no lines, so no label; add a unit", self->rma);
  }
  if (words->fields == NULL)
    return NULL;
  words->template = g_strdup (template);
  return g_steal_pointer (&words);
}

void
bh_call_label_async (BhWorker *worker, const char *receipt, const char *rma,
                     GAsyncReadyCallback callback, gpointer data)
{
  Label *job = g_new0 (Label, 1);

  *job = (Label){ g_strdup (receipt), g_strdup (rma) };
  bh_worker_run (worker, run_label, job, label_free, (GDestroyNotify) bh_label_words_free, callback,
                 data);
}

BhLabelWords *
bh_call_label_finish (GAsyncResult *result, GError **error)
{
  return bh_worker_finish (result, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "dock.h"

#include <glib/gi18n.h>
#include <string.h>

#include "calls.h"
#include "dock-box.h"

/* S9: one trigger, delivered on two channels */
#define SAME_SCAN_US (50 * G_TIME_SPAN_MILLISECOND)
/* a verdict mostly comes sooner than a screen that said READING could be drawn */
#define READING_MS 100

typedef struct {
  GPtrArray *scans; /* of BhScan */
  BhPhoto *photo;
} Item;

struct _BhDock {
  GObject parent_instance;

  BhCommand commanded; /* the last one that was scanned, and when */
  gint64 commanded_us;

  BhWorker *worker;
  BhAway *away; /* NULL: there is no journal */
  GQueue queue; /* of Item: in order, none lost */
  gboolean busy;
  guint reading; /* the source that says READING of a slow verdict */

  BhDockBox box;

  BhShow show;
  GError *error;
  char *notice;
  char *receipt; /* what UNDO voids */
  char *receipt_words;
};

enum { CHANGED, JUDGED, ASKED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhDock, bh_dock, G_TYPE_OBJECT)

static void pump (BhDock *self);

static void
item_free (gpointer data)
{
  Item *item = data;

  g_ptr_array_unref (item->scans);
  if (item->photo != NULL)
    bh_photo_free (item->photo);
  g_free (item);
}

static GPtrArray *
scans_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) bh_scan_free);
}

static void
new_box (BhDock *self)
{
  bh_dock_box_reset (&self->box);
  g_clear_error (&self->error);
  self->show = BH_SHOW_EMPTY;
}

static void
changed (BhDock *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
tell (BhDock *self, const char *notice)
{
  g_free (self->notice);
  self->notice = g_strdup (notice);
}

static gboolean
on_slow (gpointer data)
{
  BhDock *self = data;

  self->reading = 0;
  self->show = BH_SHOW_READING;
  changed (self);
  return G_SOURCE_REMOVE;
}

static void
remember_receipt (BhDock *self, const BhOutcome *outcome)
{
  /* what is provisional cannot be voided, and what was before is not meant */
  if (outcome != NULL && outcome->provisional)
    g_clear_pointer (&self->receipt, g_free);
  if (outcome == NULL || outcome->receipt == NULL ||
      outcome->ruling->verdict == BH_VERDICT_ALREADY_RECEIVED)
    return;
  g_free (self->receipt);
  g_free (self->receipt_words);
  self->receipt = g_strdup (outcome->receipt);
  self->receipt_words = g_strdup_printf (
      "%s · %s", _ (outcome->ruling->title),
      outcome->serial != NULL ? outcome->serial
                              : (outcome->rma != NULL ? outcome->rma : _ ("no serial")));
}

static void
on_step_ready (GObject *source, GAsyncResult *res, gpointer data)
{
  g_autoptr (BhDock) self = data; /* the reference taken in step() */
  BhStepResult *result;
  const BhOutcome *outcome;

  self->busy = FALSE;
  g_clear_handle_id (&self->reading, g_source_remove);
  g_clear_error (&self->error);
  result = bh_step_finish (res, &self->error);
  if (result == NULL) {
    /* what was scanned stays in the box: the next scan, or trying again, brings all of it */
    self->box.unsaved = TRUE;
    self->show = BH_SHOW_NOT_SAVED;
    g_signal_emit (self, signals[JUDGED], 0, -1);
  } else {
    bh_dock_box_settle (&self->box, result);
    if (result->doubled != NULL) {
      g_autofree char *notice = g_strdup_printf (
          _ ("The scanner sent %s twice in one; it was taken once."), result->doubled);

      tell (self, notice);
    }
    self->show = BH_SHOW_VERDICT;
    outcome = bh_dock_outcome (self);
    remember_receipt (self, outcome);
    g_signal_emit (self, signals[JUDGED], 0, outcome != NULL ? (int) outcome->ruling->verdict : 0);
  }
  pump (self);
  changed (self);
}

static void
step (BhDock *self)
{
  g_autoptr (GPtrArray) photos = NULL;

  if (self->box.photos->len > 0) {
    /* the step owns its list: this one is emptied when it is saved */
    photos = g_ptr_array_new ();
    for (guint i = 0; i < self->box.photos->len; i++)
      g_ptr_array_add (photos, g_ptr_array_index (self->box.photos, i));
  }
  self->busy = TRUE;
  if (self->show == BH_SHOW_EMPTY || self->show == BH_SHOW_VOIDED)
    self->reading = g_timeout_add (READING_MS, on_slow, self);
  bh_step_async (self->worker,
                 bh_step_new (self->box.id, self->box.scans, photos, self->away, bh_now_us ()),
                 on_step_ready, g_object_ref (self));
}

/* TRUE: the box ends with this command, or there is none to end. */
static gboolean
next_box (BhDock *self)
{
  if (self->box.unsaved)
    return FALSE;
  if (self->box.scans->len == 0)
    tell (self, _ ("Nothing has been scanned yet."));
  else if (!bh_dock_box_complete (&self->box) && bh_dock_box_stuck (&self->box))
    tell (self, _ ("The box was put aside without a verdict; it stays on record."));
  else if (!bh_dock_box_complete (&self->box)) {
    self->box.ended = TRUE;
    return FALSE;
  }
  new_box (self);
  return TRUE;
}

/* Returns whether the box has to be judged again. */
static gboolean
take_scan (BhDock *self, const BhScan *scan)
{
  BhCommand command = bh_scan_command (scan);
  const BhScan *same;

  /* on two channels (S9): what asks first and acts then would do both */
  if (command != BH_COMMAND_NONE && scan->source != BH_SCAN_TYPED) {
    gboolean again = command == self->commanded && scan->at_us - self->commanded_us <= SAME_SCAN_US;

    self->commanded = command;
    self->commanded_us = scan->at_us;
    if (again)
      return FALSE;
  }
  if (command == BH_COMMAND_UNDO || command == BH_COMMAND_PHOTO || command == BH_COMMAND_REPRINT) {
    g_signal_emit (self, signals[ASKED], 0, (int) command);
    return FALSE;
  }
  if (command == BH_COMMAND_NEXT_BOX) {
    if (next_box (self))
      return FALSE;
  } else if (bh_dock_box_over (&self->box, scan)) {
    new_box (self);
  }
  /* what was voided elsewhere is received anew, if it is */
  if (bh_dock_box_anew (&self->box, scan))
    new_box (self);
  same = scan->source == BH_SCAN_TYPED ? NULL : bh_dock_box_find (&self->box, scan);
  if (same != NULL && self->show != BH_SHOW_NOT_SAVED && command != BH_COMMAND_NEXT_BOX) {
    if (scan->at_us - same->at_us > SAME_SCAN_US) {
      const BhOutcome *outcome = bh_dock_outcome (self);

      tell (self, _ ("This code was scanned before; it is in the box."));
      if (outcome != NULL)
        g_signal_emit (self, signals[JUDGED], 0, (int) outcome->ruling->verdict);
    }
    return FALSE;
  }
  if (same == NULL || command == BH_COMMAND_NEXT_BOX)
    g_ptr_array_add (self->box.scans, bh_scan_copy (scan));
  return TRUE;
}

static void
take_photo (BhDock *self, Item *item)
{
  gboolean another = self->box.ended && !self->box.unsaved;

  for (guint i = 0; i < item->scans->len && !another; i++)
    another = bh_dock_box_over (&self->box, g_ptr_array_index (item->scans, i));
  if (another)
    new_box (self);
  g_ptr_array_add (self->box.photos, g_steal_pointer (&item->photo));
  for (guint i = 0; i < item->scans->len; i++) {
    const BhScan *scan = g_ptr_array_index (item->scans, i);

    if (bh_dock_box_find (&self->box, scan) == NULL)
      g_ptr_array_add (self->box.scans, bh_scan_copy (scan));
  }
}

static void
pump (BhDock *self)
{
  while (!self->busy && !g_queue_is_empty (&self->queue)) {
    Item *item = g_queue_pop_head (&self->queue);
    gboolean judge = item->photo != NULL;

    tell (self, NULL);
    if (item->photo != NULL)
      take_photo (self, item);
    else
      judge = take_scan (self, g_ptr_array_index (item->scans, 0));
    item_free (item);
    if (judge)
      step (self);
  }
}

static void
push (BhDock *self, GPtrArray *scans, BhPhoto *photo)
{
  Item *item = g_new0 (Item, 1);

  /* a camera's module does not know the server's time */
  for (guint i = 0; i < scans->len; i++)
    ((BhScan *) g_ptr_array_index (scans, i))->at_us = bh_now_us ();
  item->scans = scans;
  item->photo = photo;
  g_queue_push_tail (&self->queue, item);
  pump (self);
  changed (self);
}

static void
on_void_ready (GObject *source, GAsyncResult *res, gpointer data)
{
  g_autoptr (BhDock) self = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = bh_call_void_finish (res, &error);

  self->busy = FALSE;
  if (ok) {
    g_autofree char *notice =
        g_strdup_printf (_ ("%s was voided. The record of it stays."), self->receipt_words);

    new_box (self);
    tell (self, notice);
    self->show = BH_SHOW_VOIDED;
    g_clear_pointer (&self->receipt, g_free);
  } else {
    g_clear_error (&self->error);
    self->error = g_steal_pointer (&error);
    self->show = BH_SHOW_NOT_SAVED;
  }
  g_signal_emit (self, signals[JUDGED], 0, ok ? (int) BH_VERDICT_WAITING : -1);
  pump (self);
  changed (self);
}

static void
bh_dock_finalize (GObject *object)
{
  BhDock *self = BH_DOCK (object);

  g_queue_clear_full (&self->queue, item_free);
  g_clear_handle_id (&self->reading, g_source_remove);
  bh_dock_box_clear (&self->box);
  g_clear_error (&self->error);
  g_free (self->notice);
  g_free (self->receipt);
  g_free (self->receipt_words);
  g_clear_object (&self->worker);
  g_clear_object (&self->away);
  G_OBJECT_CLASS (bh_dock_parent_class)->finalize (object);
}

static void
bh_dock_class_init (BhDockClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bh_dock_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[JUDGED] = g_signal_new ("judged", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT);
  signals[ASKED] = g_signal_new ("asked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_INT);
}

static void
bh_dock_init (BhDock *self)
{
  g_queue_init (&self->queue);
  bh_dock_box_init (&self->box);
}

BhDock *
bh_dock_new (BhWorker *worker)
{
  BhDock *self = g_object_new (BH_TYPE_DOCK, NULL);

  self->worker = g_object_ref (worker);
  return self;
}

void
bh_dock_set_away (BhDock *self, BhAway *away)
{
  g_set_object (&self->away, away);
}

void
bh_dock_scan (BhDock *self, BhScan *scan)
{
  GPtrArray *scans = scans_new ();

  g_ptr_array_add (scans, scan);
  push (self, scans, NULL);
}

void
bh_dock_say (BhDock *self, BhCommand command)
{
  g_autofree char *text = bh_command_text (command);

  bh_dock_scan (self, bh_scan_new_text (text, BH_SCAN_SCANNED, bh_now_us ()));
}

void
bh_dock_photo (BhDock *self, BhPhoto *photo, GPtrArray *scans)
{
  push (self, scans, photo);
}

void
bh_dock_retry (BhDock *self)
{
  if (self->busy || self->show != BH_SHOW_NOT_SAVED || self->box.scans->len == 0)
    return;
  step (self);
  changed (self);
}

void
bh_dock_tell (BhDock *self, const char *notice)
{
  tell (self, notice);
  changed (self);
}

BhShow
bh_dock_show (BhDock *self)
{
  return self->show;
}

const GError *
bh_dock_error (BhDock *self)
{
  return self->error;
}

const char *
bh_dock_notice (BhDock *self)
{
  return self->notice;
}

GPtrArray *
bh_dock_outcomes (BhDock *self)
{
  return self->box.result != NULL ? self->box.result->outcomes : NULL;
}

const BhOutcome *
bh_dock_outcome (BhDock *self)
{
  return bh_dock_box_outcome (&self->box);
}

GPtrArray *
bh_dock_chips (BhDock *self)
{
  return bh_dock_box_chips (&self->box);
}

guint
bh_dock_waiting (BhDock *self)
{
  return g_queue_get_length (&self->queue) + (self->busy ? 1 : 0);
}

gboolean
bh_dock_unsaved (BhDock *self)
{
  return self->box.unsaved;
}

GPtrArray *
bh_dock_receipts (BhDock *self)
{
  GPtrArray *receipts = bh_dock_box_receipts (&self->box);

  if (self->receipt != NULL)
    g_ptr_array_add (receipts, g_strdup (self->receipt));
  return receipts;
}

void
bh_dock_undone (BhDock *self, GPtrArray *receipts)
{
  g_autoptr (GPtrArray) own = bh_dock_receipts (self);

  for (guint i = 0; i < receipts->len && !self->busy; i++) {
    const BhReceipt *receipt = g_ptr_array_index (receipts, i);
    g_autofree char *notice = bh_dock_undone_words (receipt);

    /* the box may be another by now */
    if (!g_ptr_array_find_with_equal_func (own, receipt->receipt, g_str_equal, NULL) ||
        !g_hash_table_add (self->box.undone, g_strdup (receipt->receipt)))
      continue;
    if (g_strcmp0 (self->receipt, receipt->receipt) == 0)
      g_clear_pointer (&self->receipt, g_free);
    bh_dock_tell (self, notice);
  }
}

gboolean
bh_dock_is_undone (BhDock *self, const char *receipt)
{
  return g_hash_table_contains (self->box.undone, receipt);
}

const char *
bh_dock_voidable (BhDock *self, const char **what)
{
  *what = self->receipt_words;
  return self->receipt;
}

void
bh_dock_void (BhDock *self, const char *reason)
{
  if (self->busy || self->receipt == NULL)
    return;
  self->busy = TRUE;
  bh_call_void_async (self->worker, self->receipt, reason, on_void_ready, g_object_ref (self));
}

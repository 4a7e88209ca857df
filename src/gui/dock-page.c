/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "dock-page.h"

#include <glib/gi18n.h>

#include "calls.h"
#include "chips.h"
#include "dock-box.h"
#include "dock-pictures.h"
#include "label-maker.h"
#include "sounds.h"
#include "tally.h"
#include "verdict-view.h"
#include "page.h"
#include "pages.h"
#include "print-bar.h"
#include "seat.h"
#include "words.h"

struct _BhDockPage {
  GtkBox parent_instance;

  GtkBox *middle;
  GtkBox *left;
  GtkBox *chips;
  GtkEntry *typed;
  GtkGrid *counts;
  GtkBox *receipts;
  GtkRevealer *ask;
  GtkWidget *keys;
  GtkLabel *question;
  GtkEntry *reason;
  BhVerdictView *verdict;

  BhDock *dock;
  BhWorker *reads;
  GSimpleActionGroup *actions;
  GCancellable *gone; /* cancelled in dispose */
  char *labelled;     /* receipt whose label is shown or being made */
  BhDockPictures *pictures;
  guint counting; /* tallies that are being read */
};

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhDockPage, bh_dock_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

/* ---- rendering ----------------------------------------------------------------- */

static void
drop_label (BhDockPage *self)
{
  g_clear_pointer (&self->labelled, g_free);
  bh_verdict_view_set_label (self->verdict, NULL);
}

static void
on_label_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhDockPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhMadeLabel) made = bh_label_maker_finish (result, &error);

  if (g_cancellable_is_cancelled (self->gone))
    return;
  if (made == NULL) {
    bh_dock_tell (self->dock, error->message);
    return;
  }
  if (g_strcmp0 (self->labelled, made->receipt) != 0)
    return; /* the next box is on the table */
  bh_verdict_view_set_label (self->verdict, made->preview);
}

static void
make_label (BhDockPage *self, const char *receipt)
{
  g_free (self->labelled);
  self->labelled = g_strdup (receipt);
  bh_label_maker_async (self->reads, receipt, NULL, on_label_ready, g_object_ref (self));
}

/* A refusal, a hold and an accept by serial make a label (DESIGN, Dock) */
static void
render_label (BhDockPage *self)
{
  const BhOutcome *outcome = bh_dock_outcome (self->dock);
  gboolean wanted = bh_dock_show (self->dock) == BH_SHOW_VERDICT && outcome != NULL &&
                    outcome->receipt != NULL && !bh_dock_is_undone (self->dock, outcome->receipt) &&
                    (outcome->ruling->verdict == BH_VERDICT_HOLD ||
                     outcome->ruling->verdict == BH_VERDICT_REFUSE ||
                     (outcome->ruling->verdict == BH_VERDICT_ACCEPT && outcome->ruling->by_serial));

  if (wanted && g_strcmp0 (outcome->receipt, self->labelled) == 0)
    return;
  drop_label (self);
  if (wanted)
    make_label (self, outcome->receipt);
}

static void
on_dock_changed (BhDock *dock, BhDockPage *self)
{
  g_autoptr (GPtrArray) chips = bh_dock_chips (dock);

  bh_verdict_view_render (self->verdict, dock);
  bh_chips_render (chips, self->chips);
  render_label (self);
}

static void
on_tally_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhDockPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhTally) tally = bh_call_tally_finish (result, &error);

  self->counting--;
  if (g_cancellable_is_cancelled (self->gone) || tally == NULL)
    return;
  bh_tally_render (tally, self->counts, self->receipts);
  bh_dock_undone (self->dock, tally->undone);
}

void
bh_dock_page_refresh (BhDockPage *self)
{
  self->counting++;
  bh_call_tally_async (self->reads, bh_shift_start (bh_now_us ()), bh_dock_receipts (self->dock),
                       on_tally_ready, g_object_ref (self));
}

static void
on_dock_judged (BhDock *dock, int verdict, BhDockPage *self)
{
  const BhOutcome *outcome = bh_dock_outcome (dock);
  gboolean provisional = verdict >= 0 && outcome != NULL && outcome->provisional;

  bh_sounds_play (verdict < 0   ? "fault"
                  : provisional ? bh_provisional_look ((BhVerdict) verdict)->sound
                                : bh_verdict_look ((BhVerdict) verdict)->sound);
  /* nothing is on record, and nobody is there to be asked */
  if (provisional)
    return;
  if (verdict != BH_VERDICT_WAITING || bh_dock_show (dock) == BH_SHOW_VOIDED)
    bh_dock_page_refresh (self);
  bh_print_hurry (GTK_WIDGET (self));
}

/* ---- undo ---------------------------------------------------------------------- */

static void
close_ask (BhDockPage *self)
{
  gtk_revealer_set_reveal_child (self->ask, FALSE);
  gtk_widget_hide (GTK_WIDGET (self->ask));
  if (self->keys != NULL)
    gtk_widget_show (self->keys);
}

/* D16 in two keys: the first asks, with a reason that need not be typed; the second does it. */
static void
undo (BhDockPage *self)
{
  const char *what = NULL;
  const char *receipt = bh_dock_voidable (self->dock, &what);
  const char *reason = gtk_entry_get_text (self->reason);
  g_autofree char *question = NULL;

  if (receipt == NULL) {
    bh_dock_tell (self->dock, _ ("There is nothing to undo."));
    return;
  }
  if (gtk_widget_get_visible (GTK_WIDGET (self->ask))) {
    close_ask (self);
    bh_dock_void (self->dock, *reason != '\0' ? reason : _ ("Scanned by mistake"));
    return;
  }
  question = g_strdup_printf (_ ("Void %s? Nothing is deleted; the reason is kept."), what);
  gtk_label_set_text (self->question, question);
  gtk_entry_set_text (self->reason, _ ("Scanned by mistake"));
  if (self->keys != NULL)
    gtk_widget_hide (self->keys);
  gtk_widget_show (GTK_WIDGET (self->ask));
  gtk_revealer_set_reveal_child (self->ask, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
}

static void
on_reason_activate (GtkEntry *entry, BhDockPage *self)
{
  undo (self);
}

/* ---- actions ------------------------------------------------------------------- */

/* L1: the label of the last verdict. */
static gboolean
label (BhPage *page, BhPrintWish *wish)
{
  const char *what;

  wish->receipt = bh_dock_voidable (BH_DOCK_PAGE (page)->dock, &what);
  return wish->receipt != NULL;
}

/* F12 and BH!REPRINT, which work as Ctrl+P does: a second time it says COPY. */
static void
print_label (BhDockPage *self)
{
  BhPrintWish wish = { 0 };

  if (label (BH_PAGE (self), &wish))
    bh_print_wish (GTK_WIDGET (self), &wish);
  else
    bh_dock_tell (self->dock, _ ("There is no label to print yet."));
}

static void
on_dock_asked (BhDock *dock, int command, BhDockPage *self)
{
  if (command == BH_COMMAND_UNDO)
    undo (self);
  else if (command == BH_COMMAND_PHOTO)
    bh_dock_pictures_photo (self->pictures);
  else if (command == BH_COMMAND_REPRINT)
    print_label (self);
}

static void
on_say (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BhDockPage *self = data;
  g_autofree char *name = g_ascii_strup (g_action_get_name (G_ACTION (action)), -1);
  g_autofree char *text = g_strconcat ("BH!", name, NULL);

  bh_dock_say (self->dock, bh_command_parse (text, strlen (text)));
}

static void
on_label (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  print_label (data);
}

static void
on_camera (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  bh_dock_pictures_camera (BH_DOCK_PAGE (data)->pictures);
}

static void
on_retry (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BhDockPage *self = data;

  bh_dock_retry (self->dock);
}

void
bh_dock_page_cancel (BhDockPage *self)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));

  close_ask (self);
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
}

static gboolean
back (BhPage *page)
{
  bh_dock_page_cancel (BH_DOCK_PAGE (page));
  return TRUE;
}

/* No field waits for the keys of a scanner. */
static void
focus (BhPage *page)
{
  gtk_window_set_focus (GTK_WINDOW (gtk_widget_get_toplevel (GTK_WIDGET (page))), NULL);
}

/* A box that is being judged is not what it was asked after. */
static gboolean
changed (BhPage *page)
{
  BhDockPage *self = BH_DOCK_PAGE (page);

  if (self->counting > 0 || bh_dock_waiting (self->dock) > 0)
    return FALSE;
  bh_dock_page_refresh (self);
  return TRUE;
}

static void
page_face (BhPageInterface *iface)
{
  iface->changed = changed;
  iface->focus = focus;
  iface->back = back;
  iface->label = label;
}

static void
on_cancel (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  bh_dock_page_cancel (data);
}

static void
take (BhDockPage *self, BhScan *scan)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (scan->bytes, &size);

  /* a badge in sight of the camera, or typed */
  if (text != NULL && bh_seat_took (GTK_WIDGET (self), text, size)) {
    bh_scan_free (scan);
    return;
  }
  /* whoever goes on scanning has thought better of undoing */
  if (gtk_widget_get_visible (GTK_WIDGET (self->ask)) && bh_scan_command (scan) != BH_COMMAND_UNDO)
    close_ask (self);
  bh_dock_scan (self->dock, scan);
}

/* By the camera. */
static void
on_seen (BhScan *scan, gpointer page)
{
  take (BH_DOCK_PAGE (page), scan);
}

void
bh_dock_page_focus_typed (BhDockPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->typed));
}

static void
on_typed_activate (GtkEntry *entry, BhDockPage *self)
{
  const char *text = gtk_entry_get_text (entry);

  if (*text != '\0')
    take (self, bh_scan_new_text (text, BH_SCAN_TYPED, bh_now_us ()));
  gtk_entry_set_text (entry, "");
}

/* ---- life ---------------------------------------------------------------------- */

static void
bh_dock_page_dispose (GObject *object)
{
  BhDockPage *self = BH_DOCK_PAGE (object);

  g_cancellable_cancel (self->gone);
  if (self->dock != NULL)
    g_signal_handlers_disconnect_by_data (self->dock, self);
  G_OBJECT_CLASS (bh_dock_page_parent_class)->dispose (object);
}

static void
bh_dock_page_finalize (GObject *object)
{
  BhDockPage *self = BH_DOCK_PAGE (object);

  g_clear_object (&self->dock);
  g_clear_object (&self->reads);
  g_clear_object (&self->actions);
  g_clear_object (&self->gone);
  g_free (self->labelled);
  G_OBJECT_CLASS (bh_dock_page_parent_class)->finalize (object);
}

static void
bh_dock_page_class_init (BhDockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_dock_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_dock_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/dock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BhDockPage, middle);
  gtk_widget_class_bind_template_child (widget_class, BhDockPage, left);
  gtk_widget_class_bind_template_child (widget_class, BhDockPage, chips);
  gtk_widget_class_bind_template_child (widget_class, BhDockPage, typed);
  gtk_widget_class_bind_template_child (widget_class, BhDockPage, counts);
  gtk_widget_class_bind_template_child (widget_class, BhDockPage, receipts);
  gtk_widget_class_bind_template_child (widget_class, BhDockPage, ask);
  gtk_widget_class_bind_template_child (widget_class, BhDockPage, question);
  gtk_widget_class_bind_template_child (widget_class, BhDockPage, reason);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_activate);
}

static void
bh_dock_page_init (BhDockPage *self)
{
  static const GActionEntry entries[] = {
    { "photo", on_say },   { "next-box", on_say },   { "no-number", on_say },
    { "manual", on_say },  { "unreadable", on_say }, { "undo", on_say },
    { "hold", on_say },    { "refuse", on_say },     { "label", on_label },
    { "retry", on_retry }, { "cancel", on_cancel },  { "camera", on_camera },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->gone = g_cancellable_new ();
  self->verdict = g_object_new (BH_TYPE_VERDICT_VIEW, NULL);
  gtk_box_pack_start (self->middle, GTK_WIDGET (self->verdict), TRUE, TRUE, 0);
  gtk_box_reorder_child (self->middle, GTK_WIDGET (self->verdict), 1);
  gtk_widget_hide (GTK_WIDGET (self->ask));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "dock", G_ACTION_GROUP (self->actions));
  page_name (GTK_WIDGET (self->chips), _ ("What was scanned on this box"), "box");
  page_name (GTK_WIDGET (self->typed), _ ("Type a code"), "typed");
  page_name (GTK_WIDGET (self->receipts), _ ("The last verdicts"), "tally");
  page_name (GTK_WIDGET (self->counts), _ ("Counts of this shift"), "counts");
  page_name (GTK_WIDGET (self->reason), _ ("Reason for voiding"), "reason");
  page_name (GTK_WIDGET (self->question), NULL, "question");
}

/* The buttons say what the keys do; the keys do it before the buttons are there: so they
 * come behind the first frame. */
static gboolean
add_keys (gpointer data)
{
  BhDockPage *self = data;

  if (!g_cancellable_is_cancelled (self->gone)) {
    g_autoptr (GtkBuilder) builder =
        gtk_builder_new_from_resource ("/org/backhaul/ui/dock-keys.ui");

    self->keys = GTK_WIDGET (gtk_builder_get_object (builder, "keys"));
    gtk_box_pack_end (GTK_BOX (self), self->keys, FALSE, FALSE, 0);
  }
  return G_SOURCE_REMOVE;
}

GtkWidget *
bh_dock_page_new (BhWorker *acts, BhWorker *reads)
{
  BhDockPage *self = g_object_new (BH_TYPE_DOCK_PAGE, NULL);

  self->reads = g_object_ref (reads);
  self->dock = bh_dock_new (acts);
  g_signal_connect (self->dock, "changed", G_CALLBACK (on_dock_changed), self);
  g_signal_connect (self->dock, "judged", G_CALLBACK (on_dock_judged), self);
  g_signal_connect (self->dock, "asked", G_CALLBACK (on_dock_asked), self);
  self->pictures = bh_dock_pictures_new (GTK_WIDGET (self), self->left, self->dock, reads, on_seen);
  on_dock_changed (self->dock, self);
  g_idle_add_full (G_PRIORITY_LOW, add_keys, g_object_ref (self), g_object_unref);
  return GTK_WIDGET (self);
}

void
bh_dock_page_scan (BhDockPage *self, BhScan *scan)
{
  take (self, scan);
}

BhDock *
bh_dock_page_dock (BhDockPage *self)
{
  return self->dock;
}

guint
bh_dock_page_waiting (BhDockPage *self)
{
  return bh_dock_waiting (self->dock) + bh_dock_pictures_waiting (self->pictures);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "window.h"

#include <handy.h>

#include "dock-page.h"
#include "dock-work.h"
#include "page.h"
#include "returns-page.h"
#include "rma-view.h"
#include "wedge.h"

typedef struct {
  GtkWidget *window;
  GtkWidget *stack;
  GtkWidget *dock;
  GtkWidget *returns;
  GtkWidget *unit;
  GtkWidget *unit_entry;
  GtkWidget *notice;
  BhWorker *acts;
  BhWorker *reads;
  BhWedge *wedge;
  GQueue held; /* GdkEvent: kept back until they are known to be typed */
  guint silence;
  gboolean replaying;
  gboolean gone;
} Window;

static const char *
page_now (Window *self)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (self->stack));
}

/* ---- scans -------------------------------------------------------------------------- */

static void
take_scan (Window *self, guint32 time_ms)
{
  gboolean unended = FALSE;
  gboolean typed = FALSE;
  g_autofree char *text = bh_wedge_take (self->wedge, time_ms, &unended, &typed);

  /* the keys were the scan's: nothing of them reaches a text field (S4) */
  g_queue_clear_full (&self->held, (GDestroyNotify) gdk_event_free);
  if (unended && !typed)
    gtk_label_set_text (GTK_LABEL (self->notice),
                        _ ("The scanner sends no Enter after a code: set its suffix to Enter, "
                           "and boxes go faster."));
  gtk_widget_set_visible (self->notice, unended || gtk_widget_get_visible (self->notice));
  if (text == NULL)
    return;
  if (g_strcmp0 (page_now (self), "returns") == 0) {
    bh_returns_page_search (BH_RETURNS_PAGE (self->returns), text);
  } else if (g_strcmp0 (page_now (self), "unit") == 0) {
    gtk_entry_set_text (GTK_ENTRY (self->unit_entry), text);
    bh_unit_view_show (self->unit, self->reads, text);
  } else {
    bh_dock_page_scan (BH_DOCK_PAGE (self->dock), text, typed ? BH_SCAN_TYPED : BH_SCAN_SCANNED);
  }
}

/* What a person typed goes where it was meant to, in order. */
static void
release_held (Window *self)
{
  GdkEvent *event;

  self->replaying = TRUE;
  while ((event = g_queue_pop_head (&self->held)) != NULL) {
    gtk_widget_event (self->window, event);
    gdk_event_free (event);
  }
  self->replaying = FALSE;
}

static gboolean
on_silence (gpointer data)
{
  Window *self = data;

  self->silence = 0;
  if (bh_wedge_silence (self->wedge) == BH_WEDGE_SCAN)
    take_scan (self, (guint32) (g_get_monotonic_time () / 1000));
  else
    release_held (self);
  return G_SOURCE_REMOVE;
}

static gboolean
own_keys (Window *self, const GdkEventKey *event)
{
  static const char *const pages[] = { "dock", "returns", "unit" };
  gboolean control = (event->state & GDK_CONTROL_MASK) != 0;

  if (control && event->keyval >= GDK_KEY_1 && event->keyval <= GDK_KEY_3) {
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), pages[event->keyval - GDK_KEY_1]);
    return TRUE;
  }
  if (control && event->keyval == GDK_KEY_f) {
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "returns");
    return TRUE;
  }
  if (control && event->keyval == GDK_KEY_t) {
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "dock");
    bh_dock_page_focus_typed (BH_DOCK_PAGE (self->dock));
    return TRUE;
  }
  if (event->keyval == GDK_KEY_Escape && g_strcmp0 (page_now (self), "returns") == 0)
    return bh_returns_page_back (BH_RETURNS_PAGE (self->returns));
  return g_strcmp0 (page_now (self), "dock") == 0 && !control &&
         bh_dock_page_key (BH_DOCK_PAGE (self->dock), event->keyval);
}

static gboolean
on_key (GtkWidget *widget, GdkEventKey *event, gpointer data)
{
  Window *self = data;
  gboolean end = event->keyval == GDK_KEY_Return || event->keyval == GDK_KEY_KP_Enter ||
                 event->keyval == GDK_KEY_Linefeed || event->keyval == GDK_KEY_Tab;
  gunichar character = gdk_keyval_to_unicode (event->keyval);
  BhWedgeStep step;

  if (self->replaying)
    return FALSE;
  bh_wedge_set_patient (self->wedge,
                        !GTK_IS_ENTRY (gtk_window_get_focus (GTK_WINDOW (self->window))));
  if (event->is_modifier)
    return FALSE;
  if (event->state & (GDK_CONTROL_MASK | GDK_MOD1_MASK) || (character < 0x20 && !end))
    character = 0;
  step = bh_wedge_key (self->wedge, character, end && character != 0, event->time);
  if (step == BH_WEDGE_SCAN && !end) {
    /* the pause had ended the scan before; this key begins another */
    take_scan (self, event->time);
    step = bh_wedge_key (self->wedge, character, FALSE, event->time);
  }
  if (step == BH_WEDGE_RELEASE) {
    release_held (self);
    step = bh_wedge_key (self->wedge, character, end && character != 0, event->time);
  }
  g_clear_handle_id (&self->silence, g_source_remove);
  switch (step) {
  case BH_WEDGE_HOLD:
    g_queue_push_tail (&self->held, gdk_event_copy ((GdkEvent *) event));
    /* after all keys that wait: a window that is busy drawing is no silence */
    self->silence = g_timeout_add_full (G_PRIORITY_LOW, bh_wedge_patience (self->wedge), on_silence,
                                        self, NULL);
    return TRUE;
  case BH_WEDGE_SCAN:
    take_scan (self, event->time);
    return TRUE; /* the Enter that ends a scan activates nothing (S5) */
  default:
    return own_keys (self, event);
  }
}

/* ---- making -------------------------------------------------------------------------- */

static void
on_unit_entry (GtkEntry *entry, gpointer data)
{
  Window *self = data;

  bh_unit_view_show (self->unit, self->reads, gtk_entry_get_text (entry));
}

static GtkWidget *
make_unit_page (Window *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->unit_entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->unit_entry),
                                  _ ("Scan a serial, or type it and press Enter"));
  page_name (self->unit_entry, _ ("Serial number"), "serial");
  g_signal_connect (self->unit_entry, "activate", G_CALLBACK (on_unit_entry), self);
  self->unit = bh_rma_view_new ();
  gtk_box_pack_start (GTK_BOX (page), self->unit_entry, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (page), self->unit, TRUE, TRUE, 0);
  g_object_set (page, "margin", 18, NULL);
  return page;
}

static void
on_page (GtkStack *stack, GParamSpec *pspec, gpointer data)
{
  Window *self = data;

  if (g_strcmp0 (page_now (self), "returns") == 0)
    bh_returns_page_shown (BH_RETURNS_PAGE (self->returns));
  else if (g_strcmp0 (page_now (self), "unit") == 0)
    gtk_widget_grab_focus (self->unit_entry);
}

static void
on_destroy (GtkWidget *widget, gpointer data)
{
  Window *self = data;

  g_clear_handle_id (&self->silence, g_source_remove);
  g_queue_clear_full (&self->held, (GDestroyNotify) gdk_event_free);
  /* what was scanned is judged before the program ends */
  bh_worker_free (self->acts);
  bh_worker_free (self->reads);
  bh_wedge_free (self->wedge);
  g_free (self);
}

static gpointer
who (BhDesk *desk, gpointer data, GError **error)
{
  return bh_desk_unenrolled (desk)
             ? g_strdup_printf (_ ("%s, supervisor (nobody is enrolled)"), bh_desk_operator (desk))
             : g_strdup_printf ("%s, %s", bh_desk_operator (desk),
                                bh_role_name (bh_desk_role (desk)));
}

static void
on_who (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) header = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = bh_worker_finish (result, &error);

  hdy_header_bar_set_subtitle (HDY_HEADER_BAR (header), text != NULL ? text : error->message);
  page_name (header, text != NULL ? text : error->message, "signed in as");
}

static GtkWidget *
make_header (Window *self)
{
  GtkWidget *header = hdy_header_bar_new ();
  GtkWidget *switcher = hdy_view_switcher_new ();

  hdy_header_bar_set_show_close_button (HDY_HEADER_BAR (header), TRUE);
  hdy_header_bar_set_title (HDY_HEADER_BAR (header), "Backhaul");
  hdy_view_switcher_set_stack (HDY_VIEW_SWITCHER (switcher), GTK_STACK (self->stack));
  hdy_view_switcher_set_policy (HDY_VIEW_SWITCHER (switcher), HDY_VIEW_SWITCHER_POLICY_WIDE);
  hdy_header_bar_pack_start (HDY_HEADER_BAR (header), switcher);
  bh_worker_run (self->reads, who, NULL, NULL, g_free, on_who, g_object_ref (header));
  return header;
}

GtkWidget *
bh_window_new (GtkApplication *application, const char *store, const char *dock,
               const char *station, const char *page)
{
  Window *self = g_new0 (Window, 1);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->window = hdy_application_window_new ();
  gtk_window_set_application (GTK_WINDOW (self->window), application);
  gtk_window_set_title (GTK_WINDOW (self->window), "Backhaul");
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1200, 640);
  /* a dock's screen shows one thing */
  gtk_window_maximize (GTK_WINDOW (self->window));
  self->acts = bh_worker_new (store, dock, station);
  self->reads = bh_worker_new (store, dock, station);
  self->wedge = bh_wedge_new ();
  g_queue_init (&self->held);
  self->stack = gtk_stack_new ();
  self->dock = bh_dock_page_new (self->acts, self->reads);
  self->returns = bh_returns_page_new (self->reads);
  gtk_stack_add_titled (GTK_STACK (self->stack), self->dock, "dock", _ ("Dock"));
  gtk_stack_add_titled (GTK_STACK (self->stack), self->returns, "returns", _ ("Returns"));
  gtk_stack_add_titled (GTK_STACK (self->stack), make_unit_page (self), "unit", _ ("Unit"));
  gtk_container_child_set (GTK_CONTAINER (self->stack), self->dock, "icon-name",
                           "package-x-generic-symbolic", NULL);
  gtk_container_child_set (GTK_CONTAINER (self->stack), self->returns, "icon-name",
                           "edit-find-symbolic", NULL);
  gtk_container_child_set (GTK_CONTAINER (self->stack), gtk_widget_get_parent (self->unit),
                           "icon-name", "drive-harddisk-symbolic", NULL);
  self->notice = page_told ("notice", "notice");
  gtk_widget_set_no_show_all (self->notice, TRUE);
  gtk_box_pack_start (GTK_BOX (column), make_header (self), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (column), self->notice, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (column), self->stack, TRUE, TRUE, 0);
  gtk_container_add (GTK_CONTAINER (self->window), column);
  g_signal_connect (self->window, "key-press-event", G_CALLBACK (on_key), self);
  g_signal_connect (self->window, "destroy", G_CALLBACK (on_destroy), self);
  gtk_widget_show_all (column);
  g_signal_connect (self->stack, "notify::visible-child", G_CALLBACK (on_page), self);
  if (page != NULL)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page);
  return self->window;
}

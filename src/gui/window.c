/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "window.h"

#include "away-bar.h"
#include "calls.h"
#include "closing.h"
#include "connection.h"
#include "dock-page.h"
#include "keys-sheet.h"
#include "live.h"
#include "page.h"
#include "pages.h"
#include "print-bar.h"
#include "scanners.h"
#include "seat.h"
#include "senders.h"
#include "sidebar.h"
#include "store-away.h"
#include "window-keys.h"

struct _BhWindow {
  HdyApplicationWindow parent_instance;

  GtkStack *stack;
  GtkLabel *status;
  GtkLabel *notice;
  GtkBox *middle;
  GtkOverlay *overlay;
  GtkWidget *help;   /* the sheet of keys; NULL before it was wanted */
  BhSeat *seat;      /* who works here */
  BhStoreAway *away; /* NULL: the store was there at the start */

  BhWorker *acts;
  BhWorker *reads;
  BhAway *journal; /* NULL: boxes wait for the store */
  BhSenders *senders;
  BhSidebar *sidebar;
  BhDockPage *dock;
  char *from; /* the page whose link was followed; Escape goes back to it */
};

G_DEFINE_FINAL_TYPE (BhWindow, bh_window, HDY_TYPE_APPLICATION_WINDOW)

/* ---- pages --------------------------------------------------------------------- */

static const char *
name_now (BhWindow *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

/* NULL: not visited yet */
static BhPage *
page_of (BhWindow *self, const char *name)
{
  GtkWidget *room = gtk_stack_get_child_by_name (self->stack, name);
  g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (room));

  return children != NULL ? BH_PAGE (children->data) : NULL;
}

static BhPage *
page_now (BhWindow *self)
{
  return page_of (self, name_now (self));
}

static void
show_page (BhWindow *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
}

/* Rooms are there from the start, empty; a page is built when it is first visited, so the
 * dock is there sooner. */
static void
add_rooms (BhWindow *self)
{
  guint n;
  const BhPageKind *kinds = bh_page_kinds (&n);

  for (guint i = 0; i < n; i++) {
    GtkWidget *room = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

    gtk_widget_show (room);
    gtk_stack_add_named (self->stack, room, kinds[i].name);
  }
}

static BhPage *
fill_room (BhWindow *self, const char *name)
{
  GtkWidget *room = gtk_stack_get_child_by_name (self->stack, name);
  GtkWidget *page = bh_page_kind_find (name)->build (self->acts, self->reads);

  gtk_widget_set_hexpand (page, TRUE);
  gtk_box_pack_start (GTK_BOX (room), page, TRUE, TRUE, 0);
  gtk_widget_show (page);
  return BH_PAGE (page);
}

static void
on_page_shown (GtkStack *stack, GParamSpec *spec, BhWindow *self)
{
  const char *name = name_now (self);
  BhPage *page;

  if (name == NULL || self->reads == NULL)
    return;
  page = page_of (self, name);
  if (page == NULL)
    page = fill_room (self, name);
  bh_sidebar_mark (self->sidebar, name);
  bh_page_shown (page);
  /* who walks through the list of pages goes on walking */
  if (!bh_sidebar_has_focus (self->sidebar))
    bh_page_focus (page);
}

static void
on_chosen (BhSidebar *sidebar, const char *name, BhWindow *self)
{
  if (g_strcmp0 (name, name_now (self)) != 0) {
    g_clear_pointer (&self->from, g_free);
    show_page (self, name);
  }
}

static void
on_entered (BhSidebar *sidebar, const char *name, BhWindow *self)
{
  bh_page_focus (page_now (self));
}

/* ---- scans --------------------------------------------------------------------- */

static void
on_scanned (const BhScannerRead *read, gpointer data)
{
  BhWindow *self = data;
  const char *text = read->text->str;
  gboolean command = bh_command_parse (text, read->text->len) != BH_COMMAND_NONE;
  const char *notice = bh_scanner_notice (read);
  g_autofree char *words = NULL;

  if (self->away != NULL) {
    bh_store_away_scanned (self->away);
    return;
  }
  if (!read->flood && bh_seat_scanned (self->seat, read->text, read->typed))
    return;
  words = bh_scanner_words (read);
  if (notice != NULL) {
    gtk_label_set_text (self->notice, notice);
    gtk_widget_show (GTK_WIDGET (self->notice));
  }
  /* a command is for the dock wherever it is scanned; other codes are for the page */
  if (read->flood || (!command && bh_page_scanned (page_now (self), words)))
    return;
  if (!bh_sidebar_offers (self->sidebar, "dock")) {
    if (!command) {
      show_page (self, "returns");
      bh_page_scanned (page_now (self), words);
    }
    return;
  }
  show_page (self, "dock");
  bh_dock_page_scan (self->dock, bh_scanner_scan (read));
  /* more scans are likelier than typing: no field waits for their keys */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

/* ---- keys ---------------------------------------------------------------------- */

static gboolean
on_key (GtkWidget *widget, GdkEventKey *event, gpointer data)
{
  BhWindow *self = BH_WINDOW (widget);

  return self->away != NULL || bh_seat_is_locked (self->seat)
             ? GDK_EVENT_PROPAGATE
             : bh_window_key (widget, GTK_WIDGET (page_now (self)), name_now (self), event);
}

static void
on_page (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BhWindow *self = data;
  const char *name = g_variant_get_string (parameter, NULL);

  bh_keys_sheet_hide (self->help);
  if (!bh_sidebar_offers (self->sidebar, name))
    return;
  g_clear_pointer (&self->from, g_free);
  show_page (self, name);
  bh_page_focus (page_now (self));
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BhWindow *self = data;
  const char *name, *what;

  g_variant_get (parameter, "(&s&s)", &name, &what);
  if (g_strcmp0 (name, name_now (self)) != 0) {
    g_free (self->from);
    self->from = g_strdup (name_now (self));
  }
  if (bh_sidebar_offers (self->sidebar, name)) {
    show_page (self, name);
    bh_page_open (page_now (self), what);
  } else if (bh_sidebar_offers (self->sidebar, "returns")) {
    /* no page of its own: what stands on record under it */
    show_page (self, "returns");
    bh_page_scanned (page_now (self), what);
  }
}

static void
on_find (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BhWindow *self = data;

  if (!bh_page_find (page_now (self)))
    g_action_group_activate_action (G_ACTION_GROUP (self), "page",
                                    g_variant_new_string ("returns"));
}

static void
on_print (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  bh_print_page (page_now (data));
}

static void
on_type (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BhWindow *self = data;

  if (!bh_sidebar_offers (self->sidebar, "dock"))
    return;
  show_page (self, "dock");
  bh_dock_page_focus_typed (self->dock);
}

static void
on_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BhWindow *self = data;
  g_autofree char *from = g_steal_pointer (&self->from);
  gboolean left;

  if (bh_keys_sheet_hide (self->help) || bh_print_leave (GTK_WIDGET (self))) {
    self->from = g_steal_pointer (&from);
    return;
  }
  left = bh_page_back (page_now (self));
  if (from != NULL)
    show_page (self, from);
  else if (!left)
    show_page (self, bh_sidebar_home (self->sidebar));
}

static void
on_keys (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BhWindow *self = data;

  bh_keys_sheet_toggle (&self->help, self->overlay);
}

static void
on_seen (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BhWindow *self = data;

  /* nobody has seen it while nobody is there */
  if (self->journal != NULL && !bh_seat_is_locked (self->seat))
    bh_away_acknowledge (self->journal);
}

/* ---- who works here -------------------------------------------------------------- */

static void
on_seated (const BhPlace *place, gpointer data)
{
  BhWindow *self = data;
  const char *name = name_now (self);

  bh_keys_sheet_hide (self->help);
  if (place->clock != NULL)
    bh_away_say (self->notice, place->clock);
  bh_sidebar_set_role (self->sidebar, place->role);
  bh_print_set_role (GTK_WIDGET (self), place->role);
  if (!bh_sidebar_offers (self->sidebar, name)) {
    g_clear_pointer (&self->from, g_free);
    show_page (self, bh_sidebar_home (self->sidebar));
    bh_page_focus (page_now (self));
  } else {
    /* what somebody has begun to type stays, and the keys where they are; a job of the bench, which
     * keeps what is typed, is another's now */
    if (g_str_equal (name, "bench"))
      bh_page_shown (page_now (self));
    else
      bh_page_changed (page_now (self));
    if (gtk_window_get_focus (GTK_WINDOW (self)) == NULL)
      bh_page_focus (page_now (self));
  }
  bh_dock_page_refresh (self->dock);
  if (self->journal != NULL)
    bh_away_start (self->journal);
}

static void
on_lock (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BhWindow *self = data;

  bh_keys_sheet_hide (self->help);
  bh_seat_lock (self->seat);
}

static void
on_store_changed (gpointer data)
{
  BhWindow *self = data;

  bh_seat_look (self->seat);
}

/* ---- opening ------------------------------------------------------------------- */

static void on_open_ready (GObject *source, GAsyncResult *result, gpointer data);

static gboolean
open_store (gpointer data)
{
  BhWindow *self = data;

  bh_call_open_async (self->acts, on_open_ready, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* The pages wait behind it: whoever works here is not known yet. */
static void
wait_for_store (BhWindow *self, const char *why)
{
  if (self->away == NULL) {
    self->away = bh_store_away_new (self->overlay, GTK_WIDGET (self->middle));
    g_signal_connect_swapped (self->away, "again", G_CALLBACK (open_store), self);
    gtk_label_set_text (self->status, _ ("The store is not there"));
  }
  bh_store_away_tell (self->away, why);
}

static void
on_open_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhPlace) place = bh_call_open_finish (result, &error);
  gboolean waited = self->away != NULL;

  if (gtk_widget_in_destruction (GTK_WIDGET (self)) || self->status == NULL)
    return;
  if (place == NULL) {
    wait_for_store (self, error->message);
    if (self->journal != NULL)
      bh_away_seek (self->journal);
    return;
  }
  g_clear_pointer (&self->away, bh_store_away_end);
  if (place->away) {
    /* of all pages it alone goes on */
    bh_away_begin (self->journal);
    show_page (self, "dock");
  }
  bh_seat_open (self->seat, place);
  /* what it read when it was made was nothing */
  if (waited && !bh_seat_is_locked (self->seat)) {
    bh_page_shown (page_now (self));
    bh_page_focus (page_now (self));
  }
}

/* ---- life ---------------------------------------------------------------------- */

static void
bh_window_finalize (GObject *object)
{
  BhWindow *self = BH_WINDOW (object);

  g_clear_object (&self->journal);
  g_clear_object (&self->acts);
  g_clear_object (&self->reads);
  g_clear_pointer (&self->senders, bh_senders_free);
  g_free (self->from);
  G_OBJECT_CLASS (bh_window_parent_class)->finalize (object);
}

static void
bh_window_class_init (BhWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bh_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, BhWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BhWindow, status);
  gtk_widget_class_bind_template_child (widget_class, BhWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, BhWindow, middle);
  gtk_widget_class_bind_template_child (widget_class, BhWindow, overlay);
  gtk_widget_class_bind_template_callback (widget_class, on_page_shown);
}

static void
bh_window_init (BhWindow *self)
{
  static const GActionEntry entries[] = {
    { "page", on_page, "s" }, { "open", on_open, "(ss)" }, { "type", on_type },
    { "find", on_find },      { "back", on_back },         { "keys", on_keys },
    { "lock", on_lock },      { "print", on_print },       { "seen", on_seen },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  page_mark_theme (GTK_WIDGET (self));
  self->sidebar = g_object_new (BH_TYPE_SIDEBAR, NULL);
  gtk_box_pack_start (self->middle, GTK_WIDGET (self->sidebar), FALSE, FALSE, 0);
  add_rooms (self);
  g_signal_connect (self->sidebar, "chosen", G_CALLBACK (on_chosen), self);
  g_signal_connect (self->sidebar, "entered", G_CALLBACK (on_entered), self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  bh_scanners_attach (GTK_WINDOW (self), on_scanned, self);
  g_signal_connect (self, "key-press-event", G_CALLBACK (on_key), NULL);
  page_name (GTK_WIDGET (self->status), NULL, "signed-in-as");
  page_name (GTK_WIDGET (self->notice), NULL, "notice");
}

static void
attach_seat (BhWindow *self)
{
  const BhSeatParts parts = { .acts = self->acts,
                              .reads = self->reads,
                              .away = self->journal,
                              .senders = self->senders,
                              .dock = self->dock,
                              .status = self->status,
                              .notice = self->notice,
                              .pages = GTK_WIDGET (self->middle),
                              .overlay = self->overlay };

  self->seat = bh_seat_attach (GTK_WIDGET (self), &parts, on_seated, self);
}

GtkWidget *
bh_window_new (GtkApplication *application, const char *uri, const char *dock, const char *station,
               const char *page)
{
  BhWindow *self = g_object_new (BH_TYPE_WINDOW, "application", application, NULL);

  self->acts = bh_connection_worker (self->notice, uri, dock, station);
  self->reads = bh_connection_worker (self->notice, uri, dock, station);
  self->senders = bh_senders_new (GTK_WIDGET (self), uri, dock, station);
  bh_print_bar_add (gtk_widget_get_parent (GTK_WIDGET (self->overlay)), self->acts,
                    self->senders->labels);
  self->dock = BH_DOCK_PAGE (fill_room (self, "dock"));
  self->journal = bh_away_attach (self->notice, self->stack, bh_dock_page_dock (self->dock),
                                  self->acts, self->reads, self->senders, uri, station);
  if (self->journal != NULL)
    g_object_connect (self->journal, "swapped-object-signal::found", open_store, self,
                      "swapped-object-signal::received", bh_dock_page_refresh, self->dock, NULL);
  attach_seat (self);
  bh_live_attach (self->stack, uri, on_store_changed, self);
  bh_closing_attach (GTK_WINDOW (self), self->dock, self->notice);
  /* behind the first frame: opening the store would take its processor */
  g_idle_add_full (G_PRIORITY_LOW, open_store, g_object_ref (self), g_object_unref);
  show_page (self, bh_page_kind_find (page) != NULL ? page : "dock");
  /* the stack shows its first room without a word */
  if (page_now (self) == NULL)
    on_page_shown (self->stack, NULL, self);
  bh_sidebar_mark (self->sidebar, name_now (self));
  bh_page_focus (page_now (self));
  /* a dock's screen shows one thing */
  gtk_window_maximize (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}

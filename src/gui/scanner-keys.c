/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "scanner-keys.h"

#include "backhaul/keyboard.h"

#define SHORTCUT_MASK (GDK_CONTROL_MASK | GDK_MOD1_MASK | GDK_SUPER_MASK | GDK_META_MASK)

struct _BhScannerKeys {
  GtkWindow *window;
  BhWedge *wedge;
  BhKeyboardRules rules;
  BhKeysFunc scanned;
  gpointer data;
  GQueue held; /* of GdkEvent */
  guint timer;
  guint16 down; /* hardware code of the last key that is down; 0: none */
};

static void
scanner_keys_free (gpointer data, GObject *window)
{
  BhScannerKeys *self = data;

  gdk_event_handler_set ((GdkEventFunc) (void (*) (void)) gtk_main_do_event, NULL, NULL);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_queue_clear_full (&self->held, (GDestroyNotify) gdk_event_free);
  bh_wedge_free (self->wedge);
  g_free (self);
}

static gboolean
is_modifier (const GdkEventKey *event)
{
  return event->is_modifier || event->keyval == GDK_KEY_Caps_Lock ||
         event->keyval == GDK_KEY_Num_Lock || event->keyval == GDK_KEY_ISO_Level3_Shift;
}

/* A dead key as the sign on it: a scanner means no accents. */
static gunichar
to_unicode (guint keyval)
{
  static const struct {
    guint dead;
    gunichar sign;
  } signs[] = {
    { GDK_KEY_dead_grave, '`' },      { GDK_KEY_dead_acute, 0xb4 },
    { GDK_KEY_dead_circumflex, '^' }, { GDK_KEY_dead_diaeresis, 0xa8 },
    { GDK_KEY_dead_tilde, '~' },      { GDK_KEY_dead_cedilla, 0xb8 },
    { GDK_KEY_dead_abovering, 0xb0 }, { GDK_KEY_dead_macron, 0xaf },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (signs[i].dead == keyval)
      return signs[i].sign;
  return gdk_keyval_to_unicode (keyval);
}

/* With Ctrl: GS, RS and EOT come as Ctrl+] and its like (S8); 0: none. */
static gunichar
to_control (gunichar c)
{
  return c >= '@' && c < 0x80 ? c & 0x1f : 0;
}

/* The key's character under the layout and on a US keyboard. */
static void
put_character (const GdkEventKey *event, BhWedgeKey *key)
{
  gunichar c = to_unicode (event->keyval);
  char us = bh_wedge_us_character (event->hardware_keycode, (event->state & GDK_SHIFT_MASK) != 0);
  gboolean keypad = event->keyval >= GDK_KEY_KP_Space && event->keyval <= GDK_KEY_KP_9;

  /* Escape, BackSpace, Delete; arrows of the keypad */
  if ((c != 0 && g_unichar_iscntrl (c)) || (c == 0 && keypad) ||
      (event->state & (GDK_MOD1_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0) {
    key->class = BH_WEDGE_OTHER;
    return;
  }
  /* no key of a US keyboard is at the third level */
  if ((event->state & GDK_MOD5_MASK) != 0)
    us = 0;
  if ((event->state & GDK_CONTROL_MASK) != 0) {
    key->control = TRUE;
    c = to_control (c);
    us = (char) to_control ((guchar) us);
  }
  if (c == 0 && us == 0)
    key->class = BH_WEDGE_OTHER;
  else
    g_unichar_to_utf8 (c != 0 ? c : 0xfffd, key->text);
  key->us = us;
}

static BhWedgeKey
read_key (const BhScannerKeys *self, const GdkEventKey *event)
{
  BhWedgeKey key = { .time_ms = event->time,
                     .repeated = self->down != 0 && self->down == event->hardware_keycode };

  if (is_modifier (event))
    key.class = BH_WEDGE_MODIFIER;
  else if ((event->state & SHORTCUT_MASK) == 0 &&
           (event->keyval == GDK_KEY_Return || event->keyval == GDK_KEY_KP_Enter ||
            event->keyval == GDK_KEY_Linefeed || event->keyval == GDK_KEY_Tab ||
            event->keyval == GDK_KEY_ISO_Enter))
    key.class = BH_WEDGE_TERMINATOR;
  else
    put_character (event, &key);
  return key;
}

/* It was typing: the focus gets it, a moment late, as if it came now. */
static void
replay (BhScannerKeys *self)
{
  g_autoptr (GtkWindow) window = g_object_ref (self->window);
  GQueue events = self->held;

  /* a replayed key may close the window, and this with it */
  g_queue_init (&self->held);
  while (!g_queue_is_empty (&events)) {
    GdkEvent *event = g_queue_pop_head (&events);

    if (g_object_get_data (G_OBJECT (window), "bh-scanner-keys") != NULL)
      gtk_main_do_event (event);
    gdk_event_free (event);
  }
}

/* Which of its two readings a scan is (S7). */
static void
choose (const BhScannerKeys *self, BhWedgeStep *step)
{
  if (step->us == NULL || g_string_equal (step->us, step->scan))
    return;
  if (self->rules.us_layout ||
      (self->rules.recognise_us && !step->typed &&
       bh_keyboard_means_us (step->scan->str, step->scan->len, step->us->str, step->us->len))) {
    GString *layout = g_steal_pointer (&step->scan);

    step->recognised = !self->rules.us_layout;
    step->scan = step->us;
    step->us = layout;
  }
}

static void
apply (BhScannerKeys *self, BhWedgeStep *step)
{
  if (step->scan != NULL) {
    GtkWidget *grab = gtk_grab_get_current ();

    g_queue_clear_full (&self->held, (GDestroyNotify) gdk_event_free);
    /* a menu that stays open would cover the verdict */
    if (GTK_IS_MENU_SHELL (grab))
      gtk_menu_shell_cancel (GTK_MENU_SHELL (grab));
    choose (self, step);
    self->scanned (step, self->data);
  } else if (step->replay) {
    replay (self);
  }
}

static gboolean on_rest (gpointer data);

static void
wait_again (BhScannerKeys *self)
{
  guint wait = bh_wedge_wait_ms (self->wedge);

  g_clear_handle_id (&self->timer, g_source_remove);
  /* after the events that are queued already: a busy moment is no pause */
  if (wait > 0)
    self->timer = g_timeout_add_full (GDK_PRIORITY_EVENTS + 10, wait + 1, on_rest, self, NULL);
}

static gboolean
on_rest (gpointer data)
{
  BhScannerKeys *self = data;
  g_auto (BhWedgeStep) step = { 0 };

  self->timer = 0;
  if (gdk_events_pending ()) {
    wait_again (self);
    return G_SOURCE_REMOVE;
  }
  bh_wedge_rest (self->wedge, &step);
  apply (self, &step);
  return G_SOURCE_REMOVE;
}

/* Nothing but a scan can be meant: no field, no dialog and no menu waits for the key. */
static gboolean
nobody_types (const BhScannerKeys *self, const GdkEvent *event)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);
  gpointer widget = NULL;

  gdk_window_get_user_data (event->any.window, &widget);
  return widget != NULL && gtk_widget_get_toplevel (widget) == GTK_WIDGET (self->window) &&
         gtk_grab_get_current () == NULL && !GTK_IS_EDITABLE (focus) && !GTK_IS_TEXT_VIEW (focus);
}

/* TRUE: the key is the scanner's, or may yet be. */
static gboolean
take_press (BhScannerKeys *self, const GdkEvent *event)
{
  g_auto (BhWedgeStep) step = { 0 };
  BhWedgeKey key = read_key (self, &event->key);

  bh_wedge_set_patient (self->wedge, nobody_types (self, event));
  if (key.class != BH_WEDGE_MODIFIER)
    self->down = event->key.hardware_keycode;
  bh_wedge_key (self->wedge, &key, &step);
  if (step.replay || step.scan != NULL)
    apply (self, &step);
  if (step.hold)
    g_queue_push_tail (&self->held, gdk_event_copy (event));
  wait_again (self);
  return step.hold || step.swallow;
}

/* All events of the program pass here first: a dialog and a menu have windows of their own. */
static void
on_event (GdkEvent *event, gpointer data)
{
  BhScannerKeys *self = data;

  if (event->type == GDK_KEY_PRESS && take_press (self, event))
    return;
  if (event->type == GDK_KEY_RELEASE && self->down == event->key.hardware_keycode)
    self->down = 0;
  gtk_main_do_event (event);
}

BhScannerKeys *
bh_scanner_keys_attach (GtkWindow *window, const BhKeyboardRules *rules, BhKeysFunc scanned,
                        gpointer data)
{
  BhScannerKeys *self = g_new0 (BhScannerKeys, 1);

  self->window = window;
  self->wedge = bh_wedge_new (&rules->wedge);
  self->rules = *rules;
  self->scanned = scanned;
  self->data = data;
  g_queue_init (&self->held);
  gdk_event_handler_set (on_event, self, NULL);
  g_object_set_data (G_OBJECT (window), "bh-scanner-keys", self);
  g_object_weak_ref (G_OBJECT (window), scanner_keys_free, self);
  return self;
}

void
bh_scanner_keys_set_rules (BhScannerKeys *self, const BhKeyboardRules *rules)
{
  self->rules = *rules;
  bh_wedge_set_rules (self->wedge, &rules->wedge);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "window-keys.h"

#include "page.h"
#include "pages.h"

/* Keys that act wherever the focus is; those of the dock only on the dock. */
static const struct {
  guint key;
  GdkModifierType modifiers;
  const char *page; /* NULL: on all */
  const char *action;
  const char *target;
} keys[] = {
  { GDK_KEY_F1, 0, NULL, "keys", NULL },
  { GDK_KEY_l, GDK_CONTROL_MASK, NULL, "lock", NULL },
  { GDK_KEY_f, GDK_CONTROL_MASK, NULL, "find", NULL },
  { GDK_KEY_p, GDK_CONTROL_MASK, NULL, "print", NULL },
  { GDK_KEY_t, GDK_CONTROL_MASK, NULL, "type", NULL },
  { GDK_KEY_s, GDK_CONTROL_MASK, NULL, "seen", NULL },
  { GDK_KEY_Escape, 0, NULL, "back", NULL },
  { GDK_KEY_Left, GDK_MOD1_MASK, NULL, "back", NULL },
  { GDK_KEY_F2, 0, "dock", "next-box", NULL },
  { GDK_KEY_F3, 0, "dock", "photo", NULL },
  { GDK_KEY_F4, 0, "dock", "no-number", NULL },
  { GDK_KEY_F5, 0, "dock", "retry", NULL },
  { GDK_KEY_F6, 0, "dock", "unreadable", NULL },
  { GDK_KEY_F7, 0, "dock", "manual", NULL },
  { GDK_KEY_F8, 0, "dock", "undo", NULL },
  { GDK_KEY_F9, 0, "dock", "refuse", NULL },
  { GDK_KEY_F10, 0, "dock", "camera", NULL },
  { GDK_KEY_F11, 0, "dock", "hold", NULL },
  { GDK_KEY_F12, 0, "dock", "label", NULL },
};

/* The digit on a pressed key, wherever on it: French and Czech keyboards have them above the signs,
 * to be had with Shift. 0: none. */
static guint
digit_on (GtkWidget *window, const GdkEventKey *event)
{
  GdkKeymap *keymap = gdk_keymap_get_for_display (gtk_widget_get_display (window));
  g_autofree GdkKeymapKey *places = NULL;
  g_autofree guint *symbols = NULL;
  guint digit = 0;
  int n = 0;

  gdk_keymap_get_entries_for_keycode (keymap, event->hardware_keycode, &places, &symbols, &n);
  for (int i = 0; i < n && digit == 0; i++) {
    guint32 character = gdk_keyval_to_unicode (symbols[i]); /* of the keypad, too */

    if (places[i].group == event->group && character >= '0' && character <= '9')
      digit = character;
  }
  return digit;
}

/* Ctrl and a digit or letter: a page of the table. */
static gboolean
turn_page (GActionGroup *window, guint key)
{
  guint n;
  const BhPageKind *kinds = bh_page_kinds (&n);

  for (guint i = 0; i < n; i++)
    if (key == (guint) kinds[i].key) {
      g_action_group_activate_action (window, "page", g_variant_new_string (kinds[i].name));
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

gboolean
bh_window_key (GtkWidget *window, GtkWidget *page, const char *name, const GdkEventKey *event)
{
  GdkModifierType modifiers = event->state & gtk_accelerator_get_default_mod_mask ();
  guint key = gdk_keyval_to_lower (event->keyval); /* Caps Lock may be on */

  if (modifiers == GDK_CONTROL_MASK &&
      (turn_page (G_ACTION_GROUP (window), key) ||
       turn_page (G_ACTION_GROUP (window), digit_on (window, event))))
    return GDK_EVENT_STOP;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    GActionGroup *group = G_ACTION_GROUP (window);

    if (keys[i].key != key || keys[i].modifiers != modifiers ||
        (keys[i].page != NULL && g_strcmp0 (keys[i].page, name) != 0))
      continue;
    if (keys[i].page != NULL)
      group = gtk_widget_get_action_group (page, keys[i].page);
    g_action_group_activate_action (group, keys[i].action,
                                    keys[i].target != NULL ? g_variant_new_string (keys[i].target)
                                                           : NULL);
    return GDK_EVENT_STOP;
  }
  return GDK_EVENT_PROPAGATE;
}

void
bh_window_keys_press_at_once (void)
{
  /* a signal is known once its class is */
  g_type_class_unref (g_type_class_ref (GTK_TYPE_BUTTON));
  g_signal_override_class_handler ("activate", GTK_TYPE_BUTTON, G_CALLBACK (gtk_button_clicked));
}

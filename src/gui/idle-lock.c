/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "idle-lock.h"

#include <time.h>

#include "settings.h"

#define KEY           "bh-idle-lock"
#define MOST_SECONDS  5 /* between two looks: a computer may have slept meanwhile */
#define DEFAULT_AFTER 900

typedef struct {
  GSettings *settings; /* NULL: no schema is installed */
  BhIdleFunc idle;
  gpointer data;
  gint64 touched_s;
  guint timer;
  gulong hook;
} IdleLock;

/* Goes on while the computer sleeps, and nobody sets it. */
static gint64
now_s (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return now.tv_sec;
}

/* 0: never */
static gint64
after_s (const IdleLock *self)
{
  return self->settings != NULL ? g_settings_get_uint (self->settings, BH_SETTING_LOCK_AFTER)
                                : DEFAULT_AFTER;
}

static gboolean
is_over (const IdleLock *self)
{
  gint64 after = after_s (self);

  return after > 0 && now_s () - self->touched_s >= after;
}

static void arm (IdleLock *self, gint64 seconds);

static gboolean
on_time (gpointer data)
{
  IdleLock *self = data;

  self->timer = 0;
  if (is_over (self)) {
    self->idle (self->data);
    arm (self, MOST_SECONDS);
  } else {
    arm (self, self->touched_s + after_s (self) - now_s ());
  }
  return G_SOURCE_REMOVE;
}

static void
arm (IdleLock *self, gint64 seconds)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (after_s (self) > 0)
    self->timer = g_timeout_add_seconds ((guint) CLAMP (seconds, 1, MOST_SECONDS), on_time, self);
}

/* Who comes back too late, to a computer that slept, finds it locked before their first key. */
static void
touch (IdleLock *self)
{
  gboolean over = is_over (self);

  self->touched_s = now_s ();
  if (over)
    self->idle (self->data);
}

static gboolean
on_event (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  const GdkEvent *event = g_value_get_boxed (&values[1]);

  switch ((int) event->type) {
  case GDK_KEY_PRESS:
  case GDK_BUTTON_PRESS:
  case GDK_TOUCH_BEGIN:
  case GDK_SCROLL:
  case GDK_MOTION_NOTIFY:
    touch (data);
    break;
  default:
    break;
  }
  return TRUE; /* goes on */
}

static void
on_setting (GSettings *settings, const char *key, IdleLock *self)
{
  arm (self, 1);
}

static void
idle_lock_free (gpointer data)
{
  IdleLock *self = data;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_signal_remove_emission_hook (g_signal_lookup ("event", GTK_TYPE_WIDGET), self->hook);
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);
  g_free (self);
}

void
bh_idle_lock_touch (GtkWidget *window)
{
  IdleLock *self = g_object_get_data (G_OBJECT (window), KEY);

  if (self != NULL)
    touch (self);
}

static void
on_destroy (GtkWidget *window, gpointer data)
{
  g_object_set_data (G_OBJECT (window), KEY, NULL);
}

void
bh_idle_lock_attach (GtkWidget *window, BhIdleFunc idle, gpointer data)
{
  IdleLock *self = g_new0 (IdleLock, 1);

  self->settings = bh_settings_new ();
  self->idle = idle;
  self->data = data;
  self->touched_s = now_s ();
  /* dialogs have windows of their own */
  self->hook = g_signal_add_emission_hook (g_signal_lookup ("event", GTK_TYPE_WIDGET), 0, on_event,
                                           self, NULL);
  if (self->settings != NULL)
    g_signal_connect (self->settings, "changed::" BH_SETTING_LOCK_AFTER, G_CALLBACK (on_setting),
                      self);
  g_object_set_data_full (G_OBJECT (window), KEY, self, idle_lock_free);
  g_signal_connect (window, "destroy", G_CALLBACK (on_destroy), NULL);
  arm (self, MOST_SECONDS);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/watch.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <unistd.h>

#include "backhaul/link.h"
#include "store-private.h"

#define LOOK_MS     500
#define TOGETHER_US (200 * G_TIME_SPAN_MILLISECOND)
#define AGAIN_MS    1000

struct _BhWatch {
  char *uri;
  GMainContext *context;
  BhWatchFunc func;
  gpointer data;
  GThread *thread;
  int wake[2];
  GMutex mutex;    /* guards what follows */
  GSource *source; /* a call that is on its way */
};

static gboolean
call (gpointer data)
{
  BhWatch *self = data;

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->source, g_source_unref);
  g_mutex_unlock (&self->mutex);
  self->func (self->data);
  return G_SOURCE_REMOVE;
}

static void
announce (BhWatch *self)
{
  g_mutex_lock (&self->mutex);
  if (self->source == NULL) {
    self->source = g_idle_source_new ();
    g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
    g_source_set_callback (self->source, call, self, NULL);
    g_source_attach (self->source, self->context);
  }
  g_mutex_unlock (&self->mutex);
}

/* TRUE: it is time to stop */
static gboolean
rest (BhWatch *self, int ms)
{
  GPollFD fd = { .fd = self->wake[0], .events = G_IO_IN | G_IO_HUP };

  return g_poll (&fd, 1, ms) > 0;
}

/* Until the store is lost, which is FALSE, or the watch ends. */
static gboolean
look (BhWatch *self, BhStore *store)
{
  const BhDriver *driver = bh_store_driver (store);
  gint64 seen = bh_store_data_version (store);

  while (seen >= 0) {
    gint64 now;

    if (driver->await != NULL ? driver->await (bh_store_db (store), self->wake[0], LOOK_MS)
                              : rest (self, LOOK_MS))
      return TRUE;
    now = bh_store_data_version (store);
    if (now == seen)
      continue;
    seen = now;
    if (now >= 0)
      announce (self);
    if (rest (self, TOGETHER_US / 1000))
      return TRUE;
  }
  return FALSE;
}

static gpointer
watch (gpointer data)
{
  BhWatch *self = data;
  gboolean missed = FALSE;

  while (!rest (self, missed ? AGAIN_MS : 0)) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BhStore) store = bh_store_open (self->uri, BH_STORE_READ_ONLY, &error);

    if (store == NULL)
      g_debug ("watch: %s", error->message);
    else {
      /* made anew here, so that what was missed is told */
      bh_store_set_patience (store, 0);
      if (missed)
        announce (self);
      if (look (self, store))
        break;
    }
    missed = TRUE;
  }
  return NULL;
}

BhWatch *
bh_watch_new (const char *uri, GMainContext *context, BhWatchFunc func, gpointer data)
{
  BhWatch *self = g_new0 (BhWatch, 1);

  self->uri = g_strdup (uri);
  self->context = g_main_context_ref (context != NULL ? context : g_main_context_default ());
  self->func = func;
  self->data = data;
  g_mutex_init (&self->mutex);
  if (!g_unix_open_pipe (self->wake, FD_CLOEXEC, NULL))
    self->wake[0] = self->wake[1] = -1;
  else
    self->thread = g_thread_new ("watch", watch, self);
  return self;
}

void
bh_watch_free (BhWatch *self)
{
  if (self == NULL)
    return;
  if (self->thread != NULL) {
    close (self->wake[1]);
    g_thread_join (self->thread);
    close (self->wake[0]);
  }
  if (self->source != NULL) {
    g_source_destroy (self->source);
    g_source_unref (self->source);
  }
  g_mutex_clear (&self->mutex);
  g_main_context_unref (self->context);
  g_free (self->uri);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "camera-words.h"

#include <glib/gi18n.h>
#include <string.h>

static char *
live_words (const BhCameraView *view)
{
  if (view->trouble & BH_CAMERA_BLACK)
    return g_strdup (_ ("The picture is black. Take off the cap, open the shutter, or switch on "
                        "the light."));
  if (view->trouble & BH_CAMERA_SLOW)
    return g_strdup_printf (
        ngettext ("The camera sends only %u picture a second. Hold the label still; more light or "
                  "another camera helps.",
                  "The camera sends only %u pictures a second. Hold the label still; more light or "
                  "another camera helps.",
                  view->sent),
        view->sent);
  return NULL;
}

char *
bh_camera_words (const BhCameraView *view)
{
  const char *name = view != NULL && view->name != NULL ? view->name : _ ("The camera");

  if (view == NULL || view->state == BH_CAMERA_STARTING)
    return g_strdup (_ ("The camera is starting."));
  switch (view->state) {
  case BH_CAMERA_LIVE:
    return live_words (view);
  case BH_CAMERA_NONE:
    return g_strdup (_ ("No camera is connected. Plug one in: it is used as soon as it is there. "
                        "Scanner and keyboard work without it."));
  case BH_CAMERA_AWAY:
    return g_strdup_printf (_ ("%s is not there. It is used again as soon as it is back; or choose "
                               "another one."),
                            name);
  case BH_CAMERA_SILENT:
    return g_strdup_printf (_ ("%s sends no picture. Unplug it and plug it in again, or choose "
                               "another one."),
                            name);
  case BH_CAMERA_TOO_LARGE:
    return g_strdup_printf (_ ("%s sends pictures of %u×%u, which is too large to read. Set it to "
                               "1920×1080, or choose another one."),
                            name, view->width, view->height);
  case BH_CAMERA_FAILED:
  default:
    return g_strdup_printf (_ ("%s cannot be used: %s. It is tried again; or choose another one."),
                            name, view->message != NULL ? view->message : "?");
  }
}

char *
bh_camera_rate_words (const BhCameraView *view)
{
  return g_strdup_printf (_ ("%u×%u, %u a second read"), view->width, view->height, view->rate);
}

char *
bh_camera_away_words (const char *choice)
{
  const char *from = strchr (choice, ':');
  const char *to = strrchr (choice, '@');
  g_autofree char *name = from != NULL && to != NULL && to > from
                              ? g_strndup (from + 1, (gsize) (to - from - 1))
                              : g_strdup (choice);

  return g_strdup_printf (_ ("%s (not connected)"), g_strdelimit (name, "_", ' '));
}

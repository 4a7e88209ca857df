/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-scan"

#include "camera-devices.h"

#include <string.h>

#define PREFIX "device:"

struct _BhCameraDevices {
  GstDeviceMonitor *monitor;
  GstBus *bus;
  GPtrArray *devices; /* of GstDevice, in the order of their ids */
  GPtrArray *list;    /* of BhCameraDevice */
};

void
bh_camera_device_free (BhCameraDevice *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

/* ---- what a camera is called ---------------------------------------------------- */

static const char *
property (GstStructure *properties, const char *const *names)
{
  for (guint i = 0; properties != NULL && names[i] != NULL; i++) {
    const char *value = gst_structure_get_string (properties, names[i]);

    if (value != NULL && *value != '\0')
      return value;
  }
  return NULL;
}

/* What stays with the camera: its serial where it has one. "/dev/video0" is whatever came first. */
static char *
device_id (GstDevice *device)
{
  static const char *const whos[] = { "device.serial", "v4l2.device.card", NULL };
  static const char *const wheres[] = { "device.bus_path", "v4l2.device.bus_info", "device.path",
                                        "api.v4l2.path", NULL };
  GstStructure *properties = gst_device_get_properties (device);
  g_autofree char *shown = gst_device_get_display_name (device);
  const char *who = property (properties, whos);
  const char *where = property (properties, wheres);
  char *id = g_strconcat (PREFIX, who != NULL ? who : shown, "@", where != NULL ? where : "", NULL);

  g_clear_pointer (&properties, gst_structure_free);
  return id;
}

char *
bh_camera_choice_name (const char *choice)
{
  const char *name = g_str_has_prefix (choice, PREFIX) ? choice + strlen (PREFIX) : NULL;
  const char *at = name != NULL ? strrchr (name, '@') : NULL;

  if (*choice == '\0' || name == NULL)
    return *choice != '\0' ? g_strdup (choice) : NULL;
  /* a serial has its blanks as "_" */
  return g_strdelimit (g_strndup (name, at != NULL ? (gsize) (at - name) : strlen (name)), "_",
                       ' ');
}

/* ---- which there are ------------------------------------------------------------ */

static int
by_id (gconstpointer a, gconstpointer b)
{
  g_autofree char *p = device_id (*(GstDevice *const *) a);
  g_autofree char *q = device_id (*(GstDevice *const *) b);

  return strcmp (p, q);
}

static GPtrArray *
make_list (BhCameraDevices *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_camera_device_free);

  for (guint i = 0; i < self->devices->len; i++) {
    GstDevice *device = g_ptr_array_index (self->devices, i);
    BhCameraDevice *one = g_new0 (BhCameraDevice, 1);

    one->id = device_id (device);
    one->name = gst_device_get_display_name (device);
    g_ptr_array_add (list, one);
  }
  for (guint i = 0; i < list->len; i++)
    for (guint j = 0; j < list->len; j++) {
      BhCameraDevice *a = g_ptr_array_index (list, i);
      const BhCameraDevice *b = g_ptr_array_index (list, j);
      const char *port = strrchr (a->id, '@') + 1;

      if (i != j && g_str_equal (a->name, b->name) && *port != '\0') {
        char *longer = g_strdup_printf ("%s (%s)", a->name, port);

        g_free (a->name);
        a->name = longer;
      }
    }
  return list;
}

static void
read_all (BhCameraDevices *self)
{
  GList *all = gst_device_monitor_get_devices (self->monitor);

  g_ptr_array_set_size (self->devices, 0);
  for (GList *l = all; l != NULL; l = l->next)
    g_ptr_array_add (self->devices, l->data);
  g_list_free (all);
  g_ptr_array_sort (self->devices, by_id);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  self->list = make_list (self);
}

BhCameraDevices *
bh_camera_devices_new (void)
{
  BhCameraDevices *self = g_new0 (BhCameraDevices, 1);

  self->monitor = gst_device_monitor_new ();
  self->devices = g_ptr_array_new_with_free_func (gst_object_unref);
  self->bus = gst_device_monitor_get_bus (self->monitor);
  gst_device_monitor_add_filter (self->monitor, "Video/Source", NULL);
  gst_device_monitor_start (self->monitor);
  read_all (self);
  return self;
}

void
bh_camera_devices_free (BhCameraDevices *self)
{
  gst_device_monitor_stop (self->monitor);
  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->list);
  gst_object_unref (self->bus);
  gst_object_unref (self->monitor);
  g_free (self);
}

gboolean
bh_camera_devices_poll (BhCameraDevices *self, gint64 wait_us)
{
  gboolean changed = FALSE;
  GstMessage *message = gst_bus_timed_pop (self->bus, (GstClockTime) wait_us * GST_USECOND);

  for (; message != NULL; message = gst_bus_pop (self->bus)) {
    changed = TRUE;
    gst_message_unref (message);
  }
  if (changed)
    read_all (self);
  return changed;
}

GPtrArray *
bh_camera_devices_list (BhCameraDevices *self)
{
  return self->list;
}

GstDevice *
bh_camera_devices_find (BhCameraDevices *self, const char *choice)
{
  const char *at = strrchr (choice, '@');
  gsize who = at != NULL ? (gsize) (at - choice) + 1 : strlen (choice);
  GstDevice *found = NULL;

  for (guint i = 0; i < self->devices->len; i++) {
    GstDevice *device = g_ptr_array_index (self->devices, i);
    g_autofree char *id = device_id (device);

    if (g_str_equal (id, choice) || (*choice == '\0' && found == NULL)) {
      found = device;
      break;
    }
    if (found == NULL && strncmp (id, choice, who) == 0)
      found = device;
  }
  return found != NULL ? gst_object_ref (found) : NULL;
}

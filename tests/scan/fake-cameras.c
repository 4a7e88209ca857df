/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-cameras.h"

/* ---- one camera ------------------------------------------------------------------- */

typedef struct {
  GstDevice parent_instance;
  char *show;
  GWeakRef running; /* the element that reads from it */
} FakeCamera;

typedef struct {
  GstDeviceClass parent_class;
} FakeCameraClass;

static GType fake_camera_get_type (void);
G_DEFINE_TYPE (FakeCamera, fake_camera, GST_TYPE_DEVICE)

static GstElement *
fake_camera_create (GstDevice *device, const char *name)
{
  FakeCamera *self = (FakeCamera *) device;
  GstElement *bin = gst_parse_bin_from_description (self->show, TRUE, NULL);

  g_assert_nonnull (bin);
  g_weak_ref_set (&self->running, bin);
  return bin;
}

static void
fake_camera_finalize (GObject *object)
{
  FakeCamera *self = (FakeCamera *) object;

  g_free (self->show);
  g_weak_ref_clear (&self->running);
  G_OBJECT_CLASS (fake_camera_parent_class)->finalize (object);
}

static void
fake_camera_class_init (FakeCameraClass *klass)
{
  GST_DEVICE_CLASS (klass)->create_element = fake_camera_create;
  G_OBJECT_CLASS (klass)->finalize = fake_camera_finalize;
}

static void
fake_camera_init (FakeCamera *self)
{
  g_weak_ref_init (&self->running, NULL);
}

/* ---- where they are plugged in ------------------------------------------------------ */

typedef struct {
  GstDeviceProvider parent_instance;
} FakeProvider;

typedef struct {
  GstDeviceProviderClass parent_class;
} FakeProviderClass;

static GType fake_provider_get_type (void);
G_DEFINE_TYPE (FakeProvider, fake_provider, GST_TYPE_DEVICE_PROVIDER)

static GList *plugged;             /* of FakeCamera */
static GstDeviceProvider *started; /* NULL: nobody watches */
static GMutex mutex;

static GList *
fake_provider_probe (GstDeviceProvider *provider)
{
  GList *all;

  g_mutex_lock (&mutex);
  all = g_list_copy_deep (plugged, (GCopyFunc) (void (*) (void)) gst_object_ref, NULL);
  g_mutex_unlock (&mutex);
  return all;
}

static gboolean
fake_provider_start (GstDeviceProvider *provider)
{
  g_mutex_lock (&mutex);
  started = provider;
  for (GList *l = plugged; l != NULL; l = l->next)
    gst_device_provider_device_add (provider, gst_object_ref (l->data));
  g_mutex_unlock (&mutex);
  return TRUE;
}

static void
fake_provider_stop (GstDeviceProvider *provider)
{
  g_mutex_lock (&mutex);
  started = NULL;
  g_mutex_unlock (&mutex);
}

static void
fake_provider_class_init (FakeProviderClass *klass)
{
  GstDeviceProviderClass *provider = GST_DEVICE_PROVIDER_CLASS (klass);

  provider->probe = fake_provider_probe;
  provider->start = fake_provider_start;
  provider->stop = fake_provider_stop;
  gst_device_provider_class_set_static_metadata (provider, "Fakes", "Video/Source", "For tests",
                                                 "Backhaul");
}

static void
fake_provider_init (FakeProvider *self)
{
}

void
fake_cameras_init (void)
{
  gst_device_provider_register (NULL, "fakecameras", GST_RANK_PRIMARY, fake_provider_get_type ());
}

void
fake_camera_plug (const char *name, const char *port, const char *show, const char *caps)
{
  g_autoptr (GstCaps) can = gst_caps_from_string (caps);
  g_autoptr (GstStructure) properties =
      gst_structure_new ("fake", "device.bus_path", G_TYPE_STRING, port, NULL);
  FakeCamera *camera =
      g_object_new (fake_camera_get_type (), "display-name", name, "caps", can, "device-class",
                    "Video/Source", "properties", properties, NULL);

  camera->show = g_strdup (show);
  gst_object_ref_sink (camera);
  g_mutex_lock (&mutex);
  plugged = g_list_append (plugged, camera);
  if (started != NULL)
    gst_device_provider_device_add (started, gst_object_ref (GST_DEVICE (camera)));
  g_mutex_unlock (&mutex);
}

void
fake_camera_unplug (const char *name)
{
  FakeCamera *camera = NULL;
  g_autoptr (GstElement) running = NULL;

  g_mutex_lock (&mutex);
  for (GList *l = plugged; l != NULL && camera == NULL; l = l->next) {
    g_autofree char *shown = gst_device_get_display_name (l->data);

    if (g_str_equal (shown, name))
      camera = l->data;
  }
  g_assert_nonnull (camera);
  plugged = g_list_remove (plugged, camera);
  if (started != NULL)
    gst_device_provider_device_remove (started, GST_DEVICE (camera));
  g_mutex_unlock (&mutex);
  running = g_weak_ref_get (&camera->running);
  if (running != NULL)
    GST_ELEMENT_ERROR (running, RESOURCE, READ, ("the device is gone"), (NULL));
  gst_object_unref (camera);
}

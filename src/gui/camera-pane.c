/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "camera-pane.h"

#include "camera-choice.h"
#include "camera-picture.h"
#include "camera-words.h"
#include "page.h"
#include "picture.h"

/* The combo's row for an address; no choice begins so. */
#define ADDRESS "address"
/* What was told stays so long. */
#define TOLD_US (4 * G_TIME_SPAN_SECOND)
/* Of the window's width, and no less than a picture needs. */
#define WIDTH_SHARE 4
#define WIDTH_LEAST 330
#define WIDTH_MOST  480

struct _BhCameraPane {
  GtkBox parent_instance;

  BhCameraPicture *picture;
  GtkLabel *told;
  GtkLabel *rate;
  GtkComboBoxText *choice;
  GtkEntry *address;
  GtkWidget *photo;

  const BhCameras *cameras; /* NULL: not loaded yet */
  BhCamera *camera;         /* NULL: nobody looks */
  BhCameraView *view;
  GPtrArray *listed; /* the devices in the combo; NULL: none are */
  BhWorker *reads;
  char *hint;
  char *said; /* for a moment */
  gint64 said_us;
  gboolean loading; /* the module, or which codes to look for */
  gboolean filling; /* the combo */
  gboolean gone;
};

enum { SCANNED, PHOTO, SHOOT, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhCameraPane, bh_camera_pane, GTK_TYPE_BOX)

/* ---- what is said --------------------------------------------------------------- */

static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static void
render (BhCameraPane *self)
{
  gboolean live = self->view != NULL && self->view->state == BH_CAMERA_LIVE;
  g_autofree char *words = bh_camera_words (self->view);
  g_autofree char *rate = live ? bh_camera_rate_words (self->view) : NULL;
  gboolean fresh = self->said != NULL && g_get_monotonic_time () - self->said_us < TOLD_US;

  if (words == NULL)
    words = g_strdup (fresh ? self->said : self->hint);
  set_text (self->told, words);
  set_text (self->rate, rate != NULL ? rate : "");
  gtk_widget_set_sensitive (self->photo, live);
  bh_camera_picture_show (self->picture, self->view);
}

void
bh_camera_pane_tell (BhCameraPane *self, const char *text)
{
  g_free (self->said);
  self->said = g_strdup (text);
  self->said_us = g_get_monotonic_time ();
  render (self);
}

/* ---- which camera --------------------------------------------------------------- */

static gboolean
is_listed (BhCameraPane *self, const char *choice)
{
  for (guint i = 0; self->listed != NULL && i < self->listed->len; i++)
    if (g_str_equal (((const BhCameraDevice *) g_ptr_array_index (self->listed, i))->id, choice))
      return TRUE;
  return FALSE;
}

static void
show_choice (BhCameraPane *self)
{
  g_autofree char *choice = bh_camera_choice ();
  gboolean device = g_str_has_prefix (choice, "device:");
  gboolean address = *choice != '\0' && !device;

  self->filling = TRUE;
  gtk_combo_box_text_remove_all (self->choice);
  gtk_combo_box_text_append (self->choice, "", _ ("Whichever camera is there"));
  for (guint i = 0; self->listed != NULL && i < self->listed->len; i++) {
    const BhCameraDevice *one = g_ptr_array_index (self->listed, i);

    gtk_combo_box_text_append (self->choice, one->id, one->name);
  }
  if (device && !is_listed (self, choice)) {
    g_autofree char *name = bh_camera_away_words (choice);

    gtk_combo_box_text_append (self->choice, choice, name);
  }
  gtk_combo_box_text_append (self->choice, ADDRESS, _ ("A network camera…"));
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->choice), address ? ADDRESS : choice);
  if (address)
    gtk_entry_set_text (self->address, choice);
  gtk_widget_set_visible (GTK_WIDGET (self->address), address);
  self->filling = FALSE;
}

static void
list_devices (BhCameraPane *self, GPtrArray *devices)
{
  /* the camera makes another list when another one is there */
  if (devices == NULL || devices == self->listed)
    return;
  g_clear_pointer (&self->listed, g_ptr_array_unref);
  self->listed = g_ptr_array_ref (devices);
  show_choice (self);
}

/* ---- looking -------------------------------------------------------------------- */

static void
on_changed (BhCamera *camera, gpointer data)
{
  BhCameraPane *self = data;
  g_autoptr (GPtrArray) scans = self->cameras->take_scans (camera);
  BhCameraView *before = self->view;

  self->view = self->cameras->view (camera);
  list_devices (self, self->view->devices);
  render (self);
  if (before != NULL)
    self->cameras->view_unref (before);
  for (guint i = 0; i < scans->len; i++) {
    const BhScan *scan = g_ptr_array_index (scans, i);
    gsize size = 0;
    gconstpointer bytes = g_bytes_get_data (scan->bytes, &size);
    g_autofree char *shown = bh_text_for_display (bytes, size, 48);
    g_autofree char *text = g_strdup_printf (_ ("Read: %s"), shown);

    bh_camera_pane_tell (self, text);
    g_signal_emit (self, signals[SCANNED], 0, scan);
  }
}

static void
stop (BhCameraPane *self)
{
  if (self->camera != NULL)
    self->cameras->close (g_steal_pointer (&self->camera));
  bh_camera_picture_show (self->picture, NULL);
  if (self->view != NULL)
    self->cameras->view_unref (g_steal_pointer (&self->view));
}

/* What the site's labels use (I5); where the store does not say, what most do. */
static void
on_profile (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhCameraPane) self = data;
  guint symbologies = GPOINTER_TO_UINT (bh_worker_finish (result, NULL));
  g_autofree char *choice = bh_camera_choice ();

  self->loading = FALSE;
  if (self->gone || self->camera != NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->camera = self->cameras->open (
      choice, symbologies != 0 ? symbologies : BH_SYMBOLOGIES_DEFAULT, on_changed, self);
  self->view = self->cameras->view (self->camera);
  render (self);
}

static void
look (BhCameraPane *self)
{
  if (self->cameras == NULL || self->camera != NULL || self->loading)
    return;
  self->loading = TRUE;
  bh_call_profile_async (self->reads, on_profile, g_object_ref (self));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhCameraPane) self = data;
  g_autoptr (GError) error = NULL;

  self->loading = FALSE;
  self->cameras = bh_cameras_finish (result, &error);
  if (self->gone)
    return;
  if (self->cameras == NULL)
    set_text (self->told, error->message);
  else
    look (self);
}

static void
on_map (GtkWidget *widget, gpointer data)
{
  BhCameraPane *self = BH_CAMERA_PANE (widget);

  if (self->cameras != NULL) {
    look (self);
  } else if (!self->loading) {
    self->loading = TRUE;
    bh_cameras_async (on_loaded, g_object_ref (self));
  }
}

static void
on_unmap (GtkWidget *widget, gpointer data)
{
  stop (BH_CAMERA_PANE (widget));
}

static void
choose (BhCameraPane *self, const char *choice)
{
  g_autofree char *now = bh_camera_choice ();

  if (g_str_equal (choice, now))
    return;
  bh_camera_choose (choice);
  stop (self);
  show_choice (self);
  look (self);
}

static void
on_choice (GtkComboBox *combo, BhCameraPane *self)
{
  const char *id = gtk_combo_box_get_active_id (combo);

  if (self->filling || id == NULL)
    return;
  if (!g_str_equal (id, ADDRESS)) {
    choose (self, id);
    return;
  }
  gtk_widget_show (GTK_WIDGET (self->address));
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
}

static void
on_address (GtkEntry *entry, BhCameraPane *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_entry_get_text (entry)));

  choose (self, text);
}

/* ---- photos --------------------------------------------------------------------- */

static void
on_photo (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhCameraPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) jpeg = self->cameras->photo_finish (result, &error);

  if (self->gone)
    return;
  if (jpeg == NULL)
    bh_camera_pane_tell (self, error->message);
  else
    g_signal_emit (self, signals[PHOTO], 0, jpeg);
}

gboolean
bh_camera_pane_shoot (BhCameraPane *self)
{
  if (self->camera == NULL || self->view->state != BH_CAMERA_LIVE)
    return FALSE;
  self->cameras->photo_async (self->camera, on_photo, g_object_ref (self));
  return TRUE;
}

/* ---- open and closed ------------------------------------------------------------ */

gboolean
bh_camera_pane_is_open (BhCameraPane *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self));
}

void
bh_camera_pane_toggle (BhCameraPane *self)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
  int width = gtk_widget_get_allocated_width (window) / WIDTH_SHARE;

  gtk_widget_set_size_request (GTK_WIDGET (self), CLAMP (width, WIDTH_LEAST, WIDTH_MOST), -1);
  gtk_widget_set_visible (GTK_WIDGET (self), !bh_camera_pane_is_open (self));
}

static void
on_shoot (GtkButton *button, BhCameraPane *self)
{
  g_signal_emit (self, signals[SHOOT], 0);
}

static void
on_close (GtkButton *button, BhCameraPane *self)
{
  gtk_widget_hide (GTK_WIDGET (self));
  g_signal_emit (self, signals[CLOSED], 0);
}

/* ---- life ----------------------------------------------------------------------- */

static void
bh_camera_pane_dispose (GObject *object)
{
  BhCameraPane *self = BH_CAMERA_PANE (object);

  if (!self->gone)
    stop (self);
  self->gone = TRUE;
  G_OBJECT_CLASS (bh_camera_pane_parent_class)->dispose (object);
}

static void
bh_camera_pane_finalize (GObject *object)
{
  BhCameraPane *self = BH_CAMERA_PANE (object);

  g_clear_pointer (&self->listed, g_ptr_array_unref);
  g_clear_object (&self->reads);
  g_free (self->hint);
  g_free (self->said);
  G_OBJECT_CLASS (bh_camera_pane_parent_class)->finalize (object);
}

static void
bh_camera_pane_class_init (BhCameraPaneClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_camera_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_camera_pane_finalize;
  signals[SCANNED] = g_signal_new ("scanned", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[PHOTO] = g_signal_new ("photo", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_BYTES);
  signals[SHOOT] =
      g_signal_new ("shoot", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOSED] =
      g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/camera-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, BhCameraPane, told);
  gtk_widget_class_bind_template_child (widget_class, BhCameraPane, rate);
  gtk_widget_class_bind_template_child (widget_class, BhCameraPane, choice);
  gtk_widget_class_bind_template_child (widget_class, BhCameraPane, address);
  gtk_widget_class_bind_template_child (widget_class, BhCameraPane, photo);
  gtk_widget_class_bind_template_callback (widget_class, on_choice);
  gtk_widget_class_bind_template_callback (widget_class, on_address);
  gtk_widget_class_bind_template_callback (widget_class, on_shoot);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
}

static void
bh_camera_pane_init (BhCameraPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* what is wide in it makes the pane no wider */
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
  self->picture = BH_CAMERA_PICTURE (bh_camera_picture_new ());
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->picture), FALSE, FALSE, 0);
  gtk_box_reorder_child (GTK_BOX (self), GTK_WIDGET (self->picture), 1);
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (on_unmap), NULL);
  page_name (GTK_WIDGET (self), _ ("Camera"), "camera");
  page_name (GTK_WIDGET (self->told), NULL, "camera-told");
  page_name (GTK_WIDGET (self->rate), NULL, "camera-rate");
  page_name (GTK_WIDGET (self->choice), _ ("Which camera"), "camera-choice");
  page_name (GTK_WIDGET (self->address), _ ("Address of the network camera"), "camera-address");
  page_name (self->photo, NULL, "camera-photo");
}

GtkWidget *
bh_camera_pane_new (const char *hint, BhWorker *reads)
{
  BhCameraPane *self = g_object_new (BH_TYPE_CAMERA_PANE, NULL);

  self->hint = g_strdup (hint);
  self->reads = g_object_ref (reads);
  show_choice (self);
  render (self);
  return GTK_WIDGET (self);
}

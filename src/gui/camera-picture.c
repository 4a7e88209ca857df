/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "camera-picture.h"

#include "page.h"

#define ICON_SIZE 48

struct _BhCameraPicture {
  GtkDrawingArea parent_instance;

  const BhCameraView *view;
  char *said; /* what is in sight, as readers were told */
};

G_DEFINE_FINAL_TYPE (BhCameraPicture, bh_camera_picture, GTK_TYPE_DRAWING_AREA)

static gboolean
has_picture (BhCameraPicture *self)
{
  return self->view != NULL && self->view->state == BH_CAMERA_LIVE && self->view->pixels != NULL;
}

/* ---- what is drawn -------------------------------------------------------------- */

static void
outline (cairo_t *cr, const BhSymbol *code, double by)
{
  cairo_new_sub_path (cr);
  for (guint i = 0; i < code->n_points; i++)
    cairo_line_to (cr, code->polygon[i].x * by, code->polygon[i].y * by);
  cairo_close_path (cr);
}

/* White on black: it is seen on any picture, by anybody. */
static void
draw_codes (cairo_t *cr, GPtrArray *codes, double by)
{
  static const double widths[] = { 6, 3 };

  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint pass = 0; pass < G_N_ELEMENTS (widths); pass++) {
    for (guint i = 0; i < codes->len; i++)
      outline (cr, g_ptr_array_index (codes, i), by);
    cairo_set_line_width (cr, widths[pass]);
    if (pass == 0)
      cairo_set_source_rgb (cr, 0, 0, 0);
    else
      cairo_set_source_rgb (cr, 0.34, 0.89, 0.54);
    cairo_stroke (cr);
  }
}

static void
draw_picture (BhCameraPicture *self, cairo_t *cr, double width, double height)
{
  const BhCameraView *view = self->view;
  double by = MIN (width / view->pixels_width, height / view->pixels_height);
  cairo_surface_t *surface = cairo_image_surface_create_for_data (
      view->pixels, CAIRO_FORMAT_RGB24, (int) view->pixels_width, (int) view->pixels_height,
      (int) view->stride);

  cairo_translate (cr, (width - view->pixels_width * by) / 2,
                   (height - view->pixels_height * by) / 2);
  cairo_save (cr);
  cairo_scale (cr, by, by);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
  draw_codes (cr, view->codes, by);
}

static void
draw_nothing (BhCameraPicture *self, cairo_t *cr, double width, double height)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  g_autoptr (GtkIconInfo) info = gtk_icon_theme_lookup_icon (gtk_icon_theme_get_default (),
                                                             "camera-web-symbolic", ICON_SIZE, 0);
  g_autoptr (GdkPixbuf) icon =
      info != NULL ? gtk_icon_info_load_symbolic_for_context (info, style, NULL, NULL) : NULL;

  gtk_render_background (style, cr, 0, 0, width, height);
  gtk_render_frame (style, cr, 0, 0, width, height);
  if (icon != NULL)
    gtk_render_icon (style, cr, icon, (width - gdk_pixbuf_get_width (icon)) / 2,
                     (height - gdk_pixbuf_get_height (icon)) / 2);
}

static gboolean
bh_camera_picture_draw (GtkWidget *widget, cairo_t *cr)
{
  BhCameraPicture *self = BH_CAMERA_PICTURE (widget);
  double width = gtk_widget_get_allocated_width (widget);
  double height = gtk_widget_get_allocated_height (widget);

  if (has_picture (self))
    draw_picture (self, cr, width, height);
  else
    draw_nothing (self, cr, width, height);
  return GDK_EVENT_STOP;
}

/* ---- what is said --------------------------------------------------------------- */

static void
say (BhCameraPicture *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; has_picture (self) && i < self->view->codes->len; i++) {
    const BhSymbol *code = g_ptr_array_index (self->view->codes, i);
    gsize size = 0;
    gconstpointer data = g_bytes_get_data (code->bytes, &size);
    g_autofree char *shown = bh_text_for_display (data, size, 48);

    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", shown);
  }
  if (g_strcmp0 (text->str, self->said) == 0)
    return;
  g_free (self->said);
  self->said = g_strdup (text->str);
  atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (self)), text->str);
}

void
bh_camera_picture_show (BhCameraPicture *self, const BhCameraView *view)
{
  self->view = view;
  say (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- life ----------------------------------------------------------------------- */

static GtkSizeRequestMode
bh_camera_picture_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
bh_camera_picture_height (GtkWidget *widget, int width, int *minimum, int *natural)
{
  *minimum = *natural = width * 9 / 16;
}

static void
bh_camera_picture_finalize (GObject *object)
{
  g_free (BH_CAMERA_PICTURE (object)->said);
  G_OBJECT_CLASS (bh_camera_picture_parent_class)->finalize (object);
}

static void
bh_camera_picture_class_init (BhCameraPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bh_camera_picture_finalize;
  widget_class->draw = bh_camera_picture_draw;
  widget_class->get_request_mode = bh_camera_picture_mode;
  widget_class->get_preferred_height_for_width = bh_camera_picture_height;
}

static void
bh_camera_picture_init (BhCameraPicture *self)
{
  page_style (GTK_WIDGET (self), "camera-picture");
  atk_object_set_role (gtk_widget_get_accessible (GTK_WIDGET (self)), ATK_ROLE_IMAGE);
  page_name (GTK_WIDGET (self), _ ("What the camera sees"), "camera-picture");
}

GtkWidget *
bh_camera_picture_new (void)
{
  return g_object_new (BH_TYPE_CAMERA_PICTURE, "visible", TRUE, NULL);
}

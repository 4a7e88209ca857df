/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "shape.h"

#include <math.h>

struct _BhShapeArea {
  GtkDrawingArea parent_instance;

  BhShape shape;
};

G_DEFINE_FINAL_TYPE (BhShapeArea, bh_shape_area, GTK_TYPE_DRAWING_AREA)

/* Every shape is drawn on a square from -1 to 1, filled; what is cut out of it
 * shows the ground, so that one colour is enough. */

static void
polygon (cairo_t *cr, int corners, double turn, double radius)
{
  for (int i = 0; i < corners; i++) {
    double angle = turn + 2 * G_PI * i / corners;

    cairo_line_to (cr, radius * sin (angle), -radius * cos (angle));
  }
  cairo_close_path (cr);
}

static void
cut (cairo_t *cr, double width)
{
  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
}

static void
draw_waiting (cairo_t *cr)
{
  cairo_set_line_width (cr, 0.12);
  cairo_arc (cr, 0, 0, 0.84, 0, 2 * G_PI);
  cairo_stroke (cr);
  for (int i = -1; i <= 1; i++) {
    cairo_arc (cr, i * 0.38, 0, 0.12, 0, 2 * G_PI);
    cairo_fill (cr);
  }
}

static void
draw_accept (cairo_t *cr)
{
  cairo_arc (cr, 0, 0, 0.92, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_move_to (cr, -0.45, 0.02);
  cairo_line_to (cr, -0.12, 0.36);
  cairo_line_to (cr, 0.46, -0.34);
  cut (cr, 0.2);
}

static void
draw_hold (cairo_t *cr)
{
  cairo_save (cr);
  cairo_translate (cr, 0, 0.22);
  cairo_set_line_width (cr, 0.16);
  polygon (cr, 3, 0, 0.98);
  cairo_fill_preserve (cr);
  cairo_stroke (cr);
  cairo_restore (cr);
  cairo_move_to (cr, 0, -0.28);
  cairo_line_to (cr, 0, 0.22);
  cut (cr, 0.2);
  cairo_move_to (cr, 0, 0.5);
  cairo_line_to (cr, 0, 0.5);
  cut (cr, 0.24);
}

static void
draw_refuse (cairo_t *cr)
{
  polygon (cr, 8, G_PI / 8, 0.98);
  cairo_fill (cr);
  cairo_move_to (cr, -0.36, -0.36);
  cairo_line_to (cr, 0.36, 0.36);
  cairo_move_to (cr, 0.36, -0.36);
  cairo_line_to (cr, -0.36, 0.36);
  cut (cr, 0.2);
}

static void
draw_already (cairo_t *cr)
{
  cairo_set_line_width (cr, 0.12);
  cairo_rectangle (cr, -0.34, -0.84, 1.16, 1.16);
  cairo_stroke (cr);
  cairo_rectangle (cr, -0.86, -0.36, 1.22, 1.22);
  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  cairo_fill (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  cairo_rectangle (cr, -0.8, -0.3, 1.1, 1.1);
  cairo_fill (cr);
  cairo_move_to (cr, -0.52, 0.26);
  cairo_line_to (cr, -0.32, 0.46);
  cairo_line_to (cr, 0.04, 0.02);
  cut (cr, 0.14);
}

static void
draw_fault (cairo_t *cr)
{
  cairo_rectangle (cr, -0.8, -0.8, 1.6, 1.6);
  cairo_fill (cr);
  cairo_move_to (cr, -0.5, 0.5);
  cairo_line_to (cr, 0.5, -0.5);
  cut (cr, 0.2);
}

static void
dashes (cairo_t *cr)
{
  const double dash[] = { 0.2, 0.22 };

  cairo_set_line_width (cr, 0.13);
  cairo_set_dash (cr, dash, G_N_ELEMENTS (dash), 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_maybe_accept (cairo_t *cr)
{
  cairo_arc (cr, 0, 0, 0.86, 0, 2 * G_PI);
  dashes (cr);
  cairo_move_to (cr, -0.4, 0.02);
  cairo_line_to (cr, -0.1, 0.34);
  cairo_line_to (cr, 0.42, -0.32);
  cairo_set_line_width (cr, 0.16);
  cairo_stroke (cr);
}

static void
draw_maybe_hold (cairo_t *cr)
{
  cairo_save (cr);
  cairo_translate (cr, 0, 0.24);
  polygon (cr, 3, 0, 1.06);
  cairo_restore (cr);
  dashes (cr);
  cairo_set_line_width (cr, 0.16);
  cairo_move_to (cr, 0, -0.22);
  cairo_line_to (cr, 0, 0.22);
  cairo_stroke (cr);
  cairo_arc (cr, 0, 0.5, 0.1, 0, 2 * G_PI);
  cairo_fill (cr);
}

static gboolean
bh_shape_area_draw (GtkWidget *widget, cairo_t *cr)
{
  static void (*const draw[]) (cairo_t * cr) = {
    [BH_SHAPE_WAITING] = draw_waiting,
    [BH_SHAPE_ACCEPT] = draw_accept,
    [BH_SHAPE_HOLD] = draw_hold,
    [BH_SHAPE_REFUSE] = draw_refuse,
    [BH_SHAPE_ALREADY] = draw_already,
    [BH_SHAPE_FAULT] = draw_fault,
    [BH_SHAPE_MAYBE_ACCEPT] = draw_maybe_accept,
    [BH_SHAPE_MAYBE_HOLD] = draw_maybe_hold,
  };
  BhShapeArea *self = BH_SHAPE_AREA (widget);
  int width = gtk_widget_get_allocated_width (widget);
  int height = gtk_widget_get_allocated_height (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA colour;

  if (self->shape == BH_SHAPE_NONE)
    return FALSE;
  gtk_style_context_get_color (style, gtk_style_context_get_state (style), &colour);
  cairo_push_group (cr);
  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_scale (cr, MIN (width, height) / 2.0, MIN (width, height) / 2.0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  gdk_cairo_set_source_rgba (cr, &colour);
  draw[self->shape](cr);
  cairo_pop_group_to_source (cr);
  cairo_paint (cr);
  return FALSE;
}

static void
bh_shape_area_class_init (BhShapeAreaClass *klass)
{
  GTK_WIDGET_CLASS (klass)->draw = bh_shape_area_draw;
}

static void
bh_shape_area_init (BhShapeArea *self)
{
  AtkObject *accessible = gtk_widget_get_accessible (GTK_WIDGET (self));

  /* the word beside it says the same */
  atk_object_set_role (accessible, ATK_ROLE_ICON);
}

GtkWidget *
bh_shape_area_new (BhShape shape, int size)
{
  BhShapeArea *self = g_object_new (BH_TYPE_SHAPE_AREA, "visible", TRUE, "valign", GTK_ALIGN_CENTER,
                                    "width-request", size, "height-request", size, NULL);

  self->shape = shape;
  return GTK_WIDGET (self);
}

void
bh_shape_area_set (BhShapeArea *self, BhShape shape)
{
  if (self->shape == shape)
    return;
  self->shape = shape;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

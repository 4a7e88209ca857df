/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A verdict's shape: told apart without colour, from afar. */
typedef enum {
  BH_SHAPE_NONE,
  BH_SHAPE_WAITING, /* an open ring with three dots */
  BH_SHAPE_ACCEPT,  /* a disc with a check */
  BH_SHAPE_HOLD,    /* a triangle with a hand's stop bar */
  BH_SHAPE_REFUSE,  /* an octagon with a cross */
  BH_SHAPE_ALREADY, /* two sheets, one behind the other */
  BH_SHAPE_FAULT,   /* a barred square */
  /* provisional: outlines of dashes, nothing is filled */
  BH_SHAPE_MAYBE_ACCEPT,
  BH_SHAPE_MAYBE_HOLD,
} BhShape;

/* A drawing area that shows @shape in the colour of its text. */
#define BH_TYPE_SHAPE_AREA (bh_shape_area_get_type ())
G_DECLARE_FINAL_TYPE (BhShapeArea, bh_shape_area, BH, SHAPE_AREA, GtkDrawingArea)

GtkWidget *bh_shape_area_new (BhShape shape, int size);
void bh_shape_area_set (BhShapeArea *self, BhShape shape);

G_END_DECLS

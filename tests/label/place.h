/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/label.h"

/* A folder of a test, a template in it and what is made of it. */
typedef struct {
  char *folder;
  char *path;
  char *pdf;
} Place;

#define HEAD                                                                                       \
  "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "            \
  "xmlns:inkscape='i' width='100mm' height='60mm' viewBox='0 0 100 60'>\n"
#define CODE "<rect id='code128:rma.number' x='2' y='2' width='96' height='20' fill='none'/>\n"

typedef struct {
  const char *path;
  void (*run) (Place *, gconstpointer);
} PlaceTest;

/* g_test_add() of each, and g_test_run() */
int place_run (const PlaceTest *tests, guint n);

BhLabelTemplate *load (Place *place, const char *svg, GError **error);
BhLabelTemplate *load_body (Place *place, const char *body, GError **error);
GHashTable *fields_with (const char *name, const char *value);

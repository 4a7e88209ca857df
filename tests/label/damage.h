/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A code as dots, and what rain, tape and pens do to it. */
typedef struct {
  guint8 *grey;
  int width;
  int height;
} Grey;

Grey grey_new (int width, int height);
/* Nine neighbours' middle one, as imagers clean what they see. */
Grey grey_median (const Grey *in);

#define BH_DAMAGES 4
extern const struct BhDamage {
  const char *name;
  Grey (*damage) (const Grey *in, GRand *dice);
} bh_damages[BH_DAMAGES];

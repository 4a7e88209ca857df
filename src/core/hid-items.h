/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A field of an input report: bits from the report's begin, its number not counted. */
typedef struct {
  gsize at;
  gsize size;
} BhHidPlace;

/* @usage: page << 16 | id */
typedef void (*BhHidField) (guint32 usage, const BhHidPlace *place, guint8 report, gpointer data);

/* Walks a report descriptor (HID 1.11, 6.2.2) and tells of each field of its input reports that
 * has a usage. FALSE when it breaks the rules, or is longer than the kernel takes; then forget what
 * was told. @numbered: reports begin with their number. */
gboolean bh_hid_items_each (const guint8 *descriptor, gsize size, gboolean *numbered,
                            BhHidField each, gpointer data);

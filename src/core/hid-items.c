/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "hid-items.h"

/* Limits: those of Linux for the descriptor (HID_MAX_DESCRIPTOR_SIZE) and a report
 * (HID_MAX_BUFFER_SIZE); the others far beyond any scanner's */
#define MOST_DESCRIPTOR 4096
#define MOST_BITS       (16384 * 8)
#define MOST_PUSHED     16
#define MOST_NESTED     32
#define MOST_USAGES     256

/* HID 1.11, 6.2.2.4-8: tag and type, the two bits of the size taken off */
enum {
  INPUT = 0x80,
  COLLECTION = 0xa0,
  END_COLLECTION = 0xc0,
  USAGE_PAGE = 0x04,
  REPORT_SIZE = 0x74,
  REPORT_ID = 0x84,
  REPORT_COUNT = 0x94,
  PUSH = 0xa4,
  POP = 0xb4,
  USAGE = 0x08,
  USAGE_MINIMUM = 0x18,
  USAGE_MAXIMUM = 0x28,
  LONG_ITEM = 0xfe,
};

#define CONSTANT 1u /* of an input item: padding */

typedef struct {
  guint32 page;
  guint32 size;
  guint32 count;
  guint32 report;
} Global;

typedef struct {
  Global now;
  Global pushed[MOST_PUSHED];
  guint n_pushed;
  guint nested;
  guint32 usages[MOST_USAGES];
  guint n_usages;
  guint32 minimum;
  gboolean has_minimum;
  gsize ends[256]; /* bits of each report so far */
  gboolean numbered;
  BhHidField each;
  gpointer data;
} Walk;

/* An id of one or two bytes is of the page that is set when the main item comes; one of four
 * bytes names its own (6.2.2.8). */
static guint32
with_page (const Walk *self, guint32 usage)
{
  return usage > 0xffff ? usage : self->now.page << 16 | usage;
}

static void
add_usage (Walk *self, guint32 usage)
{
  /* more say nothing of a scanner's data */
  if (self->n_usages < MOST_USAGES)
    self->usages[self->n_usages++] = usage;
}

static void
end_local (Walk *self)
{
  self->n_usages = 0;
  self->has_minimum = FALSE;
}

static gboolean
input (Walk *self, guint32 flags)
{
  const Global *now = &self->now;
  gsize *end = &self->ends[now->report];
  guint64 all = (guint64) now->size * now->count;

  if (all > MOST_BITS - *end)
    return FALSE;
  if (!(flags & CONSTANT) && self->n_usages > 0 && now->size > 0) {
    /* the last usage is that of all that follow (6.2.2.8): told of as one, as they are the bytes
     * of one text */
    for (guint32 i = 0; i < now->count && i < self->n_usages; i++) {
      gboolean last = i + 1 == self->n_usages;
      BhHidPlace place = { *end + (gsize) i * now->size,
                           (gsize) now->size * (last ? now->count - i : 1) };

      self->each (with_page (self, self->usages[i]), &place, (guint8) now->report, self->data);
    }
  }
  *end += (gsize) all;
  return TRUE;
}

static gboolean
main_item (Walk *self, guint tag, guint32 value)
{
  gboolean fine = TRUE;

  if (tag == INPUT)
    fine = input (self, value);
  else if (tag == COLLECTION)
    fine = ++self->nested <= MOST_NESTED;
  else if (tag == END_COLLECTION)
    fine = self->nested-- > 0;
  end_local (self);
  return fine;
}

static gboolean
global_item (Walk *self, guint tag, guint32 value)
{
  switch (tag) {
  case USAGE_PAGE:
    self->now.page = value;
    return value <= 0xffff;
  case REPORT_SIZE:
    self->now.size = value;
    return value <= MOST_BITS;
  case REPORT_COUNT:
    self->now.count = value;
    return value <= MOST_BITS;
  case REPORT_ID:
    self->now.report = value;
    self->numbered = TRUE;
    return value > 0 && value <= 255;
  case PUSH:
    if (self->n_pushed == MOST_PUSHED)
      return FALSE;
    self->pushed[self->n_pushed++] = self->now;
    return TRUE;
  case POP:
    if (self->n_pushed == 0)
      return FALSE;
    self->now = self->pushed[--self->n_pushed];
    return TRUE;
  default: /* limits and units */
    return TRUE;
  }
}

static void
local_item (Walk *self, guint tag, guint32 value)
{
  if (tag == USAGE) {
    add_usage (self, value);
  } else if (tag == USAGE_MINIMUM) {
    self->minimum = value;
    self->has_minimum = TRUE;
  } else if (tag == USAGE_MAXIMUM && self->has_minimum) {
    for (guint64 usage = self->minimum; usage <= value && self->n_usages < MOST_USAGES; usage++)
      add_usage (self, (guint32) usage);
    self->has_minimum = FALSE;
  }
}

static gboolean
item (Walk *self, guint tag, guint32 value)
{
  switch (tag & 0x0c) {
  case 0x00:
    return main_item (self, tag, value);
  case 0x04:
    return global_item (self, tag, value);
  case 0x08:
    local_item (self, tag, value);
    return TRUE;
  default: /* reserved */
    return FALSE;
  }
}

gboolean
bh_hid_items_each (const guint8 *descriptor, gsize size, gboolean *numbered, BhHidField each,
                   gpointer data)
{
  Walk self = { .each = each, .data = data };
  gsize at = 0;

  if (size > MOST_DESCRIPTOR)
    return FALSE;
  while (at < size) {
    guint head = descriptor[at++];
    gsize n = (head & 3) == 3 ? 4 : head & 3;
    guint32 value = 0;

    if (head == LONG_ITEM) { /* 6.2.2.3: none are defined */
      if (at >= size || size - at < 2u + descriptor[at])
        return FALSE;
      at += 2u + descriptor[at];
      continue;
    }
    if (size - at < n)
      return FALSE;
    for (gsize i = 0; i < n; i++)
      value |= (guint32) descriptor[at + i] << 8 * i;
    at += n;
    if (!item (&self, head & 0xfcu, value))
      return FALSE;
  }
  *numbered = self.numbered;
  return self.nested == 0;
}

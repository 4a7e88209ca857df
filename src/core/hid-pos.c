/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/hid-pos.h"

#include <string.h>

#include "hid-items.h"

/* HID Point of Sale Usage Tables 1.02, section 3 */
#define PAGE_SCANNER   0x8c
#define SYMBOLOGY_1    0xfb /* to 3: the AIM identifier's characters */
#define SYMBOLOGY_3    0xfd
#define DECODED_DATA   0xfe
#define DATA_CONTINUED 0xff /* a flag: the next report goes on */
/* HID Usage Tables, section 4: of a counted buffer */
#define PAGE_DESKTOP 0x01
#define BYTE_COUNT   0x3b

#define MOST_LAYOUTS 8 /* reports that carry codes; one is usual */

/* Where in a report of one number what stands; a size of 0: it is not there */
typedef struct {
  guint8 report;
  BhHidPlace data; /* size: bits of all its bytes */
  BhHidPlace count;
  BhHidPlace continued;
  BhHidPlace symbology[3];
} Layout;

struct _BhHidPos {
  gboolean numbered;
  Layout layouts[MOST_LAYOUTS];
  guint n_layouts;
  GString *text;
  char identifier[4];
  guint8 from;    /* the report's number that @text began in */
  gboolean begun; /* more is to come */
  gboolean flood;
};

/* ---- the descriptor ---------------------------------------------------------------- */

static Layout *
layout_of (BhHidPos *self, guint8 report)
{
  for (guint i = 0; i < self->n_layouts; i++)
    if (self->layouts[i].report == report)
      return &self->layouts[i];
  if (self->n_layouts == MOST_LAYOUTS)
    return NULL;
  self->layouts[self->n_layouts] = (Layout){ .report = report };
  return &self->layouts[self->n_layouts++];
}

static void
on_field (guint32 usage, const BhHidPlace *place, guint8 report, gpointer data)
{
  guint32 page = usage >> 16;
  guint32 id = usage & 0xffff;
  Layout *layout;

  if (!(page == PAGE_SCANNER && id >= SYMBOLOGY_1 && id <= DATA_CONTINUED) &&
      !(page == PAGE_DESKTOP && id == BYTE_COUNT))
    return;
  layout = layout_of (data, report);
  if (layout == NULL)
    return;
  if (page == PAGE_DESKTOP) {
    if (layout->count.size == 0)
      layout->count = *place;
  } else if (id <= SYMBOLOGY_3) {
    if (layout->symbology[id - SYMBOLOGY_1].size == 0)
      layout->symbology[id - SYMBOLOGY_1] = *place;
  } else if (id == DATA_CONTINUED) {
    if (layout->continued.size == 0)
      layout->continued = *place;
  } else if (layout->data.size == 0) {
    layout->data = *place;
  } else if (layout->data.at + layout->data.size == place->at) {
    layout->data.size += place->size; /* the next of its bytes */
  }
}

BhHidPos *
bh_hid_pos_new (const guint8 *descriptor, gsize size)
{
  g_autoptr (BhHidPos) self = g_new0 (BhHidPos, 1);
  guint n = 0;

  self->text = g_string_new (NULL);
  if (!bh_hid_items_each (descriptor, size, &self->numbered, on_field, self))
    return NULL;
  /* only those that carry codes */
  for (guint i = 0; i < self->n_layouts; i++)
    if (self->layouts[i].data.size >= 8)
      self->layouts[n++] = self->layouts[i];
  self->n_layouts = n;
  return n > 0 ? g_steal_pointer (&self) : NULL;
}

void
bh_hid_pos_free (BhHidPos *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_free (self);
}

/* ---- reports ------------------------------------------------------------------------ */

/* The bits of a field, least first (HID 1.11, 8.4); those past the report's end are 0. */
static guint32
bits (const guint8 *report, gsize size, gsize at, guint n)
{
  guint32 value = 0;

  for (guint i = 0; i < MIN (n, 32) && (at + i) / 8 < size; i++)
    value |= (guint32) ((report[(at + i) / 8] >> (at + i) % 8) & 1) << i;
  return value;
}

static guint32
field (const guint8 *report, gsize size, const BhHidPlace *place)
{
  return bits (report, size, place->at, (guint) MIN (place->size, 32));
}

/* "]C0". Where the first of the three is not the flag character, they are code and modifier. */
static void
read_identifier (BhHidPos *self, const Layout *layout, const guint8 *report, gsize size)
{
  guint8 parts[3];
  const guint8 *from = parts;

  for (guint i = 0; i < 3; i++)
    parts[i] = (guint8) field (report, size, &layout->symbology[i]);
  if (*from == ']')
    from++;
  self->identifier[0] = '\0';
  if (g_ascii_isalpha (from[0]) && g_ascii_isalnum (from[1]))
    g_snprintf (self->identifier, sizeof self->identifier, "]%c%c", from[0], from[1]);
}

static void
forget (BhHidPos *self)
{
  g_string_truncate (self->text, 0);
  self->begun = FALSE;
  self->flood = FALSE;
}

/* FALSE: the report ends before what it counts. */
static gboolean
add_data (BhHidPos *self, const Layout *layout, const guint8 *report, gsize size)
{
  gsize n = layout->data.size / 8;
  gsize first = self->text->len;

  if (layout->count.size > 0)
    n = MIN (n, field (report, size, &layout->count));
  for (gsize i = 0; i < n && layout->data.at / 8 + i < size; i++)
    g_string_append_c (self->text, (char) bits (report, size, layout->data.at + 8 * i, 8));
  /* without a count the rest of the room is filled with 0 */
  while (layout->count.size == 0 && self->text->len > first &&
         self->text->str[self->text->len - 1] == '\0')
    g_string_truncate (self->text, self->text->len - 1);
  return layout->count.size == 0 || self->text->len - first == n;
}

static void
tell (BhHidPos *self, BhHidFunc func, gpointer data)
{
  g_autoptr (GString) text = g_string_new_len (self->text->str, (gssize) self->text->len);
  char identifier[sizeof self->identifier];

  memcpy (identifier, self->identifier, sizeof identifier);
  /* some are set to send a serial scanner's end mark, too */
  while (text->len > 0 && (text->str[text->len - 1] == '\r' || text->str[text->len - 1] == '\n'))
    g_string_truncate (text, text->len - 1);
  /* who is told may be at an end with this one */
  forget (self);
  if (text->len > 0)
    func (BH_HID_SCAN, text, identifier[0] != '\0' ? identifier : NULL, data);
}

void
bh_hid_pos_take (BhHidPos *self, const guint8 *report, gsize size, BhHidFunc func, gpointer data)
{
  guint8 number = self->numbered && size > 0 ? report[0] : 0;
  const Layout *layout = NULL;
  gboolean more;

  for (guint i = 0; i < self->n_layouts; i++)
    if (self->layouts[i].report == number)
      layout = &self->layouts[i];
  if (layout == NULL || size < (self->numbered ? 2 : 1))
    return;
  if (self->numbered) {
    report++;
    size--;
  }
  more = layout->continued.size > 0 && field (report, size, &layout->continued) != 0;
  if (self->begun && self->from != number)
    bh_hid_pos_rest (self, func, data);
  if (!self->begun)
    read_identifier (self, layout, report, size);
  self->from = number;
  if (!self->flood && !add_data (self, layout, report, size)) {
    forget (self);
    func (BH_HID_BROKEN, NULL, NULL, data);
  } else if (!self->flood && self->text->len > BH_HID_MOST) {
    self->flood = TRUE;
    self->begun = more;
    g_string_truncate (self->text, 0);
    if (!more)
      forget (self);
    func (BH_HID_FLOOD, NULL, NULL, data);
  } else if (more) {
    self->begun = TRUE;
  } else if (self->flood) {
    forget (self);
  } else {
    tell (self, func, data);
  }
}

gboolean
bh_hid_pos_waits (const BhHidPos *self)
{
  return self->begun;
}

void
bh_hid_pos_rest (BhHidPos *self, BhHidFunc func, gpointer data)
{
  gboolean flood = self->flood;

  if (!self->begun)
    return;
  forget (self);
  if (!flood)
    func (BH_HID_BROKEN, NULL, NULL, data);
}

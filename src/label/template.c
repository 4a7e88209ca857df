/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include "template.h"

#include <string.h>

#include "backhaul/data.h"

static const struct {
  const char *prefix;
  BhSlotKind kind;
} kinds[] = {
  { "code128:", BH_SLOT_CODE128 },
  { "qr:", BH_SLOT_QR },
  { "text:", BH_SLOT_TEXT },
};

static void
slot_free (gpointer data)
{
  BhSlot *slot = data;

  g_free (slot->id);
  g_free (slot->field);
  g_free (slot);
}

void
bh_label_template_free (BhLabelTemplate *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->svg);
  g_ptr_array_unref (self->slots);
  g_free (self);
}

static void
on_element (GMarkupParseContext *context, const char *element, const char **names,
            const char **values, gpointer data, GError **error)
{
  BhLabelTemplate *self = data;
  const char *id = NULL;
  const char *size = NULL;
  const char *style = NULL;

  if (!g_str_equal (element, "rect"))
    return;
  for (guint i = 0; names[i] != NULL; i++) {
    if (g_str_equal (names[i], "id"))
      id = values[i];
    else if (g_str_equal (names[i], "data-size"))
      size = values[i];
    else if (g_str_equal (names[i], "data-style"))
      style = values[i];
  }
  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (kinds); i++) {
    BhSlot *slot;

    if (!g_str_has_prefix (id, kinds[i].prefix))
      continue;
    slot = g_new0 (BhSlot, 1);
    slot->kind = kinds[i].kind;
    slot->id = g_strdup (id);
    /* one field may stand in several places: "text:rma.number#2" */
    slot->field = g_strdup (id + strlen (kinds[i].prefix));
    if (strchr (slot->field, '#') != NULL)
      *strchr (slot->field, '#') = '\0';
    slot->size = size != NULL ? g_ascii_strtod (size, NULL) : 10;
    slot->bold = style != NULL && strstr (style, "bold") != NULL;
    slot->ellipsize = style != NULL && strstr (style, "ellipsize") != NULL;
    slot->centre = style != NULL && strstr (style, "centre") != NULL;
    if (slot->size < 4 || slot->size > 200)
      g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                   "data-size of \"%s\" must be 4 to 200 points", id);
    g_ptr_array_add (self->slots, slot);
  }
}

static gboolean
read_slots (BhLabelTemplate *self, gsize size, GError **error)
{
  const GMarkupParser parser = { .start_element = on_element };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, self, NULL);
  g_autoptr (GError) why = NULL;
  int line = 0;
  int column = 0;

  if (g_markup_parse_context_parse (context, self->svg, (gssize) size, &why) &&
      g_markup_parse_context_end_parse (context, &why))
    return TRUE;
  g_markup_parse_context_get_position (context, &line, &column);
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s:%d:%d: %s; mend the template", self->name, line,
               column, why->message);
  return FALSE;
}

BhLabelTemplate *
bh_label_template_load (const char *name, GError **error)
{
  g_autoptr (BhLabelTemplate) self = g_new0 (BhLabelTemplate, 1);
  g_autofree char *file = g_strconcat ("labels/", name, ".svg", NULL);
  g_autofree char *path = NULL;
  g_autoptr (GError) why = NULL;
  g_autoptr (RsvgHandle) handle = NULL;
  gsize size = 0;

  self->slots = g_ptr_array_new_with_free_func (slot_free);
  self->name = g_strdup (name);
  path = g_str_has_suffix (name, ".svg") ? g_strdup (name) : bh_data_path (file);
  if ((!g_str_has_suffix (name, ".svg") && strchr (name, '/') != NULL) ||
      !g_file_get_contents (path, &self->svg, &size, &why)) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such label template; name a shipped one or the path of an .svg", name);
    return NULL;
  }
  if (!read_slots (self, size, error))
    return NULL;
  handle = rsvg_handle_new_from_data ((const guint8 *) self->svg, size, &why);
  if (handle != NULL) {
    /* a point is the unit; without this a size in inches is 1.25 times too big */
    rsvg_handle_set_dpi (handle, 72);
    rsvg_handle_get_intrinsic_size_in_pixels (handle, &self->width, &self->height);
  }
  if (handle == NULL || self->width < 36 || self->height < 36 || self->width > 1700 ||
      self->height > 1700) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s:1: %s; mend the template", name,
                 handle == NULL ? why->message
                                : "width and height must be stated, 0.5 to 23 inches");
    return NULL;
  }
  return g_steal_pointer (&self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

#include "template.h"

#include <glib/gstdio.h>
#include <string.h>

#include "backhaul/data.h"

#define MAX_FILE (4 * 1024 * 1024)
/* At least the commonest printer prints a code of usual length. */
#define CHECK_DPI 203

void
bh_slot_free (gpointer data)
{
  BhSlot *slot = data;

  g_free (slot->id);
  g_free (slot->name);
  g_free (slot->field);
  g_free (slot);
}

const char *
bh_slot_value (const BhSlot *slot, GHashTable *fields, GError **error)
{
  const char *value = g_hash_table_lookup (fields, slot->field);

  if (value != NULL && *value != '\0')
    return value;
  if (!slot->required)
    return "";
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "%s: the label needs it, and it is empty; fill it or take another template",
               slot->field);
  return NULL;
}

static void
surface_free (gpointer surface)
{
  cairo_surface_destroy (surface);
}

void
bh_label_template_free (BhLabelTemplate *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->svg);
  if (self->words != NULL)
    g_string_free (self->words, TRUE);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_clear_pointer (&self->slots, g_ptr_array_unref);
  g_clear_pointer (&self->ground, cairo_surface_destroy);
  g_clear_pointer (&self->rasters, g_hash_table_unref);
  g_clear_pointer (&self->darks, g_hash_table_unref);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
overlap (const RsvgRectangle *one, const RsvgRectangle *other)
{
  const double slack = 0.05; /* points: a drawing program rounds */

  return one->x + slack < other->x + other->width && other->x + slack < one->x + one->width &&
         one->y + slack < other->y + other->height && other->y + slack < one->y + one->height;
}

/* A code of usual length has room at the commonest printer's dots. */
static gboolean
check_room (const BhLabelTemplate *self, const BhSlot *slot, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (BhModules) modules = NULL;
  BhPlace place;

  if (slot->kind == BH_SLOT_TEXT)
    return slot->box.height >= slot->min ||
           bh_template_fail (self, slot->line, slot->column, error,
                             "\"%s\" is %.1f mm high, less than a line of its smallest size",
                             slot->name, slot->box.height * 25.4 / 72);
  modules = bh_modules_new (slot->kind, bh_field_sample (slot->field), &why);
  if (modules == NULL || !bh_modules_place (modules, slot, CHECK_DPI, &place, &why))
    return bh_template_fail (self, slot->line, slot->column, error, "\"%s\", %.1f by %.1f mm: %s",
                             slot->name, slot->box.width * 25.4 / 72, slot->box.height * 25.4 / 72,
                             why->message);
  return TRUE;
}

gboolean
bh_template_place (BhLabelTemplate *self, GError **error)
{
  const RsvgRectangle page = { 0, 0, self->width, self->height };
  g_autoptr (RsvgHandle) handle =
      rsvg_handle_new_from_data ((const guint8 *) self->svg, strlen (self->svg), NULL);

  if (handle == NULL)
    return bh_template_fail (self, 1, 1, error, "it cannot be drawn");
  rsvg_handle_set_dpi (handle, 72);
  for (guint i = 0; i < self->slots->len; i++) {
    BhSlot *slot = g_ptr_array_index (self->slots, i);
    g_autofree char *id = g_strconcat ("#", slot->id, NULL);
    RsvgRectangle ink;

    if (!rsvg_handle_get_geometry_for_layer (handle, id, &page, &ink, &slot->box, NULL))
      return bh_template_fail (self, slot->line, slot->column, error, "\"%s\" has no place",
                               slot->name);
    if (slot->box.x < -0.1 || slot->box.y < -0.1 ||
        slot->box.x + slot->box.width > self->width + 0.1 ||
        slot->box.y + slot->box.height > self->height + 0.1)
      return bh_template_fail (self, slot->line, slot->column, error,
                               "\"%s\" reaches over the edge", slot->name);
    for (guint j = 0; j < i; j++) {
      const BhSlot *other = g_ptr_array_index (self->slots, j);

      if (overlap (&slot->box, &other->box))
        return bh_template_fail (self, slot->line, slot->column, error,
                                 "\"%s\" lies on \"%s\" of line %d", slot->name, other->name,
                                 other->line);
    }
    if (!check_room (self, slot, error))
      return FALSE;
  }
  return TRUE;
}

/* Where a template lies: a path, a site's own folder, what is shipped. */
static char *
find (const char *name)
{
  const char *own = g_getenv ("BACKHAUL_LABELS");
  g_autofree char *file = g_strconcat (name, ".svg", NULL);
  g_autofree char *below = g_build_filename ("labels", file, NULL);

  if (g_str_has_suffix (name, ".svg"))
    return g_strdup (name);
  if (strchr (name, '/') != NULL || name[0] == '.')
    return NULL;
  if (own != NULL && *own != '\0') {
    g_autofree char *path = g_build_filename (own, file, NULL);

    if (g_file_test (path, G_FILE_TEST_EXISTS))
      return g_steal_pointer (&path);
  }
  return bh_data_path (below);
}

BhLabelTemplate *
bh_label_template_load (const char *name, GError **error)
{
  static int loaded;
  g_autoptr (BhLabelTemplate) self = g_new0 (BhLabelTemplate, 1);
  g_autofree char *path = find (name);
  g_autoptr (GError) why = NULL;
  g_autoptr (RsvgHandle) handle = NULL;
  GStatBuf about;
  gsize size = 0;

  self->serial = (guint) g_atomic_int_add (&loaded, 1);
  g_mutex_init (&self->mutex);
  self->slots = g_ptr_array_new_with_free_func (bh_slot_free);
  self->rasters = g_hash_table_new_full (NULL, NULL, NULL, surface_free);
  self->darks = g_hash_table_new_full (NULL, NULL, NULL, surface_free);
  self->name = g_strdup (name);
  self->words = g_string_new (NULL);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  if (path == NULL || g_stat (path, &about) != 0 || !S_ISREG (about.st_mode)) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such label template; name a shipped one or the path of an .svg", name);
    return NULL;
  }
  if (about.st_size > MAX_FILE) {
    bh_template_fail (self, 1, 1, error, "it is larger than 4 MiB");
    return NULL;
  }
  if (!g_file_get_contents (path, &self->svg, &size, &why)) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND, "%s: %s; look at its rights", name,
                 why->message);
    return NULL;
  }
  if (!bh_template_read (self, size, error))
    return NULL;
  handle = rsvg_handle_new_from_data ((const guint8 *) self->svg, strlen (self->svg), &why);
  if (handle != NULL) {
    /* a point is the unit; without this a size in inches is 1.25 times too big */
    rsvg_handle_set_dpi (handle, 72);
    rsvg_handle_get_intrinsic_size_in_pixels (handle, &self->width, &self->height);
  }
  if (handle == NULL || self->width < 36 || self->height < 18 || self->width > 1700 ||
      self->height > 1700) {
    bh_template_fail (self, 1, 1, error, "%s",
                      handle == NULL
                          ? why->message
                          : "width and height must be stated in mm, in or pt, 13 to 600 mm");
    return NULL;
  }
  return bh_text_has_fonts (self->words->str, self->name, error) &&
                 bh_template_place (self, error) && bh_ground_check (self, error)
             ? g_steal_pointer (&self)
             : NULL;
}

char **
bh_label_template_fields (const BhLabelTemplate *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < self->slots->len; i++)
    g_strv_builder_add (names, ((BhSlot *) g_ptr_array_index (self->slots, i))->name);
  return g_strv_builder_end (names);
}

void
bh_label_template_size (const BhLabelTemplate *self, double *width, double *height)
{
  *width = self->width;
  *height = self->height;
}

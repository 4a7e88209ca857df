/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

/* Of many labels most say the same in most places: to whom they go, which part. To set a text costs
 * more than to draw it, so each thread keeps those that it has set; a layout belongs to its thread.
 */

#include <string.h>

#include "template.h"

#define MOST         300
#define LONGEST_KEPT 400 /* bytes */

static void
texts_free (gpointer texts)
{
  g_hash_table_unref (texts);
}

static GPrivate kept = G_PRIVATE_INIT (texts_free);

static GHashTable *
texts_of_thread (void)
{
  GHashTable *texts = g_private_get (&kept);

  if (texts == NULL) {
    texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) bh_text_unref);
    g_private_set (&kept, texts);
  }
  return texts;
}

BhText *
bh_text_of (const BhLabelTemplate *self, guint which, const char *value, cairo_t *cr,
            GError **error)
{
  GHashTable *texts = texts_of_thread ();
  g_autofree char *key = NULL;
  cairo_matrix_t matrix;
  BhText *text;

  if (strlen (value) > LONGEST_KEPT)
    return bh_text_new (g_ptr_array_index (self->slots, which), value, cr, error);
  cairo_get_matrix (cr, &matrix);
  key = g_strdup_printf ("%u %u %d %d %s", self->serial, which,
                         (int) cairo_surface_get_type (cairo_get_target (cr)),
                         (int) (matrix.xx * 1000), value);
  text = g_hash_table_lookup (texts, key);
  if (text == NULL) {
    text = bh_text_new (g_ptr_array_index (self->slots, which), value, cr, error);
    if (text == NULL)
      return NULL;
    if (g_hash_table_size (texts) >= MOST)
      g_hash_table_remove_all (texts);
    g_hash_table_insert (texts, g_steal_pointer (&key), text);
  }
  text->refs++;
  return text;
}

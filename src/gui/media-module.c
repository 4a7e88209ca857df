/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include <gmodule.h>
#include <gsound.h>

#include "backhaul/decode.h"
#include "backhaul/label.h"
#include "media.h"

#define PRINT_DPI   203
#define PREVIEW_DPI 152

static GPtrArray *
read_picture (GBytes *picture, guint symbologies, const char *name, GError **error)
{
  const BhDecoder decoder = { symbologies, BH_EFFORT_HARD, g_get_num_processors () };
  g_autoptr (GError) why = NULL;
  g_autoptr (GPtrArray) symbols = bh_decoder_bytes (&decoder, picture, name, &why);
  GPtrArray *scans;

  if (symbols == NULL && !g_error_matches (why, BH_ERROR, BH_ERROR_NO_SYMBOL)) {
    g_propagate_error (error, g_steal_pointer (&why));
    return NULL;
  }
  scans = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_scan_free);
  for (guint i = 0; symbols != NULL && i < symbols->len; i++)
    g_ptr_array_add (scans, bh_symbol_scan (g_ptr_array_index (symbols, i), g_get_real_time ()));
  return scans;
}

static GBytes *
draw_label (const char *name, GHashTable *fields, const char *path, GError **error)
{
  g_autoptr (BhLabelTemplate) template = bh_label_template_load (name, error);
  g_autoptr (BhLabelDocument) document = NULL;

  if (template == NULL || (document = bh_label_document_new (path, PRINT_DPI, error)) == NULL ||
      !bh_label_document_add (document, template, fields, error) ||
      !bh_label_document_finish (document, error))
    return NULL;
  return bh_label_png (template, fields, PREVIEW_DPI, error);
}

/* One thread plays. */
static gboolean
play_sound (const char *path, GError **error)
{
  static GSoundContext *context;

  if (context == NULL)
    context = gsound_context_new (NULL, error);
  return context != NULL &&
         gsound_context_play_simple (context, NULL, error, GSOUND_ATTR_MEDIA_FILENAME, path,
                                     GSOUND_ATTR_MEDIA_ROLE, "event", NULL);
}

G_MODULE_EXPORT const BhMedia bh_media_module = { read_picture, draw_label, play_sound };

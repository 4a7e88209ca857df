/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "pictures.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <unistd.h>

#include "backhaul/decode.h"
#include "backhaul/receive.h"

/* As the decoder's own bound: more is not read into memory at all. */
#define MAX_PICTURE (64u << 20)

static void
photo_free (gpointer data)
{
  BhPhoto *photo = data;

  g_free (photo->name);
  g_free (photo->media_type);
  g_bytes_unref (photo->bytes);
  g_free (photo);
}

GPtrArray *
cli_photos_new (void)
{
  return g_ptr_array_new_with_free_func (photo_free);
}

GBytes *
cli_read_picture (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GError) why = NULL;
  guint8 part[65536];
  gssize n = 0;

  if (g_str_equal (path, "-"))
    stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  else
    stream = G_INPUT_STREAM (g_file_read (file, NULL, &why));
  while (stream != NULL && all->len <= MAX_PICTURE &&
         (n = g_input_stream_read (stream, part, sizeof part, NULL, &why)) > 0)
    g_byte_array_append (all, part, (guint) n);
  if (why != NULL || all->len > MAX_PICTURE) {
    g_autofree char *shown = bh_text_for_display (path, strlen (path), 300);
    g_autofree char *said =
        why != NULL ? bh_text_for_display (why->message, strlen (why->message), 500) : NULL;

    if (why != NULL)
      g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; name a picture that can be read",
                   shown, said);
    else
      g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                   "%s: it is larger than %u MiB; give a smaller picture", shown,
                   MAX_PICTURE >> 20);
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

gboolean
cli_photo_scans (const char *path, guint symbologies, gboolean plain, gint64 now_us,
                 GPtrArray *photos, GPtrArray *scans, GError **error)
{
  const BhDecoder decoder = { symbologies, BH_EFFORT_HARD, g_get_num_processors () };
  g_autoptr (GBytes) bytes = cli_read_picture (path, error);
  g_autoptr (GError) why = NULL;
  g_autoptr (GPtrArray) symbols = NULL;
  g_autofree char *type = NULL;
  BhPhoto *photo;

  if (bytes == NULL)
    return FALSE;
  symbols = bh_decoder_bytes (&decoder, bytes, path, &why);
  if (symbols == NULL && !(plain && g_error_matches (why, BH_ERROR, BH_ERROR_NO_SYMBOL))) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  for (guint i = 0; symbols != NULL && i < symbols->len; i++)
    g_ptr_array_add (scans, bh_symbol_scan (g_ptr_array_index (symbols, i), now_us));
  type =
      g_content_type_guess (NULL, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  photo = g_new0 (BhPhoto, 1);
  photo->name = g_path_get_basename (path);
  photo->media_type = g_content_type_get_mime_type (type);
  photo->bytes = g_steal_pointer (&bytes);
  g_ptr_array_add (photos, photo);
  return TRUE;
}

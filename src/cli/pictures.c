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

static GBytes *
read_picture (const char *path, GError **error)
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
  if (why != NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; name a picture that can be read", path,
                 why->message);
    return NULL;
  }
  if (all->len > MAX_PICTURE) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: it is larger than %u MiB; give a smaller picture", path, MAX_PICTURE >> 20);
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

gboolean
cli_photo_scans (const char *path, gboolean plain, gint64 now_us, GPtrArray *photos,
                 GPtrArray *scans, GError **error)
{
  g_autoptr (GBytes) bytes = read_picture (path, error);
  g_autoptr (GError) why = NULL;
  g_autoptr (GPtrArray) symbols = NULL;
  g_autofree char *type = NULL;
  BhPhoto *photo;

  if (bytes == NULL)
    return FALSE;
  symbols = bh_decode_bytes (bytes, path, &why);
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

static void
print_symbol (Cli *cli, const char *file, const BhSymbol *symbol)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (symbol->bytes, &size);
  gboolean utf8 = g_utf8_validate_len (data, size, NULL);
  g_autofree char *shown = bh_text_for_display (data, size, G_MAXSIZE);
  g_autoptr (BhScan) scan = bh_symbol_scan (symbol, 0);
  g_autoptr (BhReading) reading = bh_scan_classify (scan);
  JsonBuilder *object;

  if (!cli->json) {
    cli_print ("%s:%u:%u: %-10s %-4s %-8s %s\n", file, symbol->page, symbol->index,
               symbol->symbology, symbol->identifier != NULL ? symbol->identifier : "",
               bh_kind_name (reading->kind), shown);
    return;
  }
  object = cli_object ();
  cli_set (object, "file", file);
  cli_set_int (object, "page", symbol->page);
  cli_set_int (object, "index", symbol->index);
  if (utf8) {
    g_autofree char *text = g_strndup (data, size);

    cli_set (object, "text", text);
  } else {
    g_autofree char *base64 = g_base64_encode ((const guchar *) data, size);

    cli_set (object, "text", shown);
    cli_set (object, "bytes", base64);
  }
  cli_set (object, "symbology", symbol->symbology);
  cli_set (object, "identifier", symbol->identifier);
  json_builder_set_member_name (object, "polygon");
  json_builder_begin_array (object);
  for (guint i = 0; i < symbol->n_points; i++) {
    json_builder_begin_array (object);
    json_builder_add_int_value (object, symbol->polygon[i].x);
    json_builder_add_int_value (object, symbol->polygon[i].y);
    json_builder_end_array (object);
  }
  json_builder_end_array (object);
  cli_set (object, "kind", bh_kind_name (reading->kind));
  json_builder_set_member_name (object, "fields");
  json_builder_begin_object (object);
  for (guint i = 0; i < reading->fields->len; i++) {
    const BhField *field = g_ptr_array_index (reading->fields, i);

    cli_set (object, bh_kind_name (field->kind), field->value);
  }
  json_builder_end_object (object);
  cli_emit (object);
}

/* A picture that cannot be read does not stop the others. */
static int
scan_file (Cli *cli, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = read_picture (path, &error);
  g_autoptr (GPtrArray) symbols = bytes != NULL ? bh_decode_bytes (bytes, path, &error) : NULL;

  for (guint i = 0; symbols != NULL && i < symbols->len; i++)
    print_symbol (cli, path, g_ptr_array_index (symbols, i));
  if (symbols != NULL)
    return CLI_DONE;
  cli_say ("%s", error->message);
  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set (object, "file", path);
    json_builder_set_member_name (object, "error");
    json_builder_begin_object (object);
    cli_set (object, "code", error->code == BH_ERROR_NO_SYMBOL ? "no-symbol" : "bad-input");
    cli_set (object, "message", error->message);
    json_builder_end_object (object);
    cli_emit (object);
  }
  return CLI_INPUT;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static int
scan_folder (Cli *cli, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  int exit_code = CLI_DONE;

  if (folder == NULL) {
    GError *ours = g_error_new (BH_ERROR, BH_ERROR_INPUT, "%s: %s; name a folder that can be read",
                                path, error->message);

    return cli_fail (cli, ours);
  }
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, by_name);
  for (guint i = 0; i < names->len; i++)
    if (g_file_test (g_ptr_array_index (names, i), G_FILE_TEST_IS_REGULAR))
      exit_code = cli_worse (exit_code, scan_file (cli, g_ptr_array_index (names, i)));
  return exit_code;
}

int
cli_scan (Cli *cli, int argc, char **argv)
{
  int exit_code = CLI_DONE;

  if (!cli_parse (cli, cli_find ("scan"), NULL, &argc, &argv))
    return CLI_USAGE;
  if (argc < 2)
    return cli_usage (cli, "scan: no picture given; name a FILE, a folder, or -");
  for (int i = 1; i < argc; i++)
    exit_code =
        cli_worse (exit_code, g_file_test (argv[i], G_FILE_TEST_IS_DIR) ? scan_folder (cli, argv[i])
                                                                        : scan_file (cli, argv[i]));
  return exit_code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* Notes of a job from what a person says and from files. */

#include "backhaul/notes.h"

#include <gio/gio.h>
#include <string.h>

#include "backhaul/photo.h"

#define MAX_TABLE (1024 * 1024) /* bytes of a file of readings */

BhNotes *
bh_notes_new (void)
{
  BhNotes *self = g_new0 (BhNotes, 1);

  self->all = g_array_new (FALSE, FALSE, sizeof (BhNote));
  self->strings = g_ptr_array_new_with_free_func (g_free);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return self;
}

void
bh_notes_free (BhNotes *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->all);
  g_ptr_array_unref (self->strings);
  g_ptr_array_unref (self->files);
  g_free (self);
}

static const char *
keep (BhNotes *self, const char *text)
{
  char *copy = g_strdup (text);

  if (copy != NULL)
    g_ptr_array_add (self->strings, copy);
  return copy;
}

void
bh_notes_add (BhNotes *self, BhEntryKind kind, const char *name, const char *value)
{
  BhNote note = { .kind = kind, .name = keep (self, name), .value = keep (self, value) };

  g_array_append_val (self->all, note);
}

gboolean
bh_notes_add_reading (BhNotes *self, const BhTestReading *reading, GError **error)
{
  BhNote note = { .kind = BH_ENTRY_READING };

  if (!bh_test_reading_check (reading, error))
    return FALSE;
  note.name = keep (self, reading->name);
  note.value = keep (self, reading->value);
  note.low = keep (self, reading->low);
  note.high = keep (self, reading->high);
  g_array_append_val (self->all, note);
  return TRUE;
}

/* (transfer none): NULL: empty */
static char *
cell (char **cells, guint n, guint at)
{
  char *text = at < n ? g_strstrip (cells[at]) : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

static gboolean
add_line (BhNotes *self, char *line, GError **error)
{
  g_auto (GStrv) cells = g_strsplit (line, ",", -1);
  guint n = g_strv_length (cells);
  BhTestReading reading = { cell (cells, n, 0), cell (cells, n, 1), cell (cells, n, 2),
                            cell (cells, n, 3) };

  if (n <= 4)
    return bh_notes_add_reading (self, &reading, error);
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
               "more than four cells; write name,value,low,high a line");
  return FALSE;
}

/* (transfer full): NULL: there is no such file, a device or a pipe, which may have no end, or one
 * of more than @most bytes, @too_large */
static GBytes *
read_file (GFile *file, gsize most, gboolean *too_large)
{
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, "standard::size,standard::type", 0, NULL, NULL);

  *too_large = FALSE;
  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return NULL;
  *too_large = g_file_info_get_size (info) > (goffset) most;
  return *too_large ? NULL : g_file_load_bytes (file, NULL, NULL, NULL);
}

gboolean
bh_notes_add_readings_file (BhNotes *self, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_auto (GStrv) lines = NULL;
  gboolean too_large = FALSE;
  g_autoptr (GBytes) bytes = read_file (file, MAX_TABLE, &too_large);
  gsize size = bytes != NULL ? g_bytes_get_size (bytes) : 0;
  g_autofree char *text =
      bytes != NULL ? g_strndup (size > 0 ? g_bytes_get_data (bytes, NULL) : "", size) : NULL;

  if (text == NULL && !too_large) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: no file that can be read; name one of name,value,low,high a line", path);
    return FALSE;
  }
  if (too_large || !g_utf8_validate (text, (gssize) size, NULL)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s:1:1: not UTF-8 text of at most 1 MiB; write name,value,low,high a line", path);
    return FALSE;
  }
  lines = g_strsplit (g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_strstrip (lines[i]);
    if (*lines[i] == '\0' || (i == 0 && g_ascii_strncasecmp (lines[i], "name,", 5) == 0))
      continue;
    if (!add_line (self, lines[i], error)) {
      g_prefix_error (error, "%s:%u:1: ", path, i + 1);
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
bh_notes_add_photo_file (BhNotes *self, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  gboolean too_large = FALSE;
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_utf8_make_valid (name, -1);
  BhNote note = { .kind = BH_ENTRY_PHOTO };

  if ((note.file = read_file (file, BH_PHOTO_MAX, &too_large)) == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; name a JPEG or PNG of at most %d MiB",
                 path, too_large ? "it is too large" : "no file that can be read",
                 BH_PHOTO_MAX / (1024 * 1024));
    return FALSE;
  }
  g_ptr_array_add (self->files, note.file);
  note.name = keep (self, shown);
  g_array_append_val (self->all, note);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* F6: checkpoints outside of the store, a line each. Only such a file says what the journal was
 * before the owner of the database made it anew. */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <unistd.h>

#include "checkpoint-private.h"

static void
add_text (JsonBuilder *object, const char *key, const char *value)
{
  json_builder_set_member_name (object, key);
  json_builder_add_string_value (object, value);
}

static void
add_number (JsonBuilder *object, const char *key, gint64 value)
{
  json_builder_set_member_name (object, key);
  json_builder_add_int_value (object, value);
}

char *
bh_checkpoint_line (const BhCheckpoint *it)
{
  g_autoptr (JsonBuilder) object = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (object);
  add_text (object, "station", it->station);
  add_number (object, "from", it->from);
  add_number (object, "seq", it->seq);
  add_text (object, "hash", it->hash);
  add_number (object, "at_us", it->at_us);
  add_text (object, "key", it->key);
  add_text (object, "marks", it->marks);
  add_text (object, "signature", it->signature);
  json_builder_end_object (object);
  node = json_builder_get_root (object);
  return json_to_string (node, FALSE);
}

static gboolean
take_text (JsonObject *object, const char *key, char **value)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  *value = g_strdup (json_node_get_string (node));
  return TRUE;
}

static gboolean
take_number (JsonObject *object, const char *key, gint64 *value)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_int (node);
  return TRUE;
}

/* (nullable): @why says what is wrong */
static BhCheckpoint *
read_line (const char *line, const char **why)
{
  g_autoptr (BhCheckpoint) it = g_new0 (BhCheckpoint, 1);
  g_autoptr (JsonNode) node =
      g_utf8_validate (line, -1, NULL) ? json_from_string (line, NULL) : NULL;
  JsonObject *object =
      node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  *why = "not a checkpoint; take the file that `audit checkpoint --out` wrote";
  if (object == NULL || !take_text (object, "station", &it->station) ||
      !take_number (object, "from", &it->from) || !take_number (object, "seq", &it->seq) ||
      !take_text (object, "hash", &it->hash) || !take_number (object, "at_us", &it->at_us) ||
      !take_text (object, "key", &it->key) || !take_text (object, "marks", &it->marks) ||
      !take_text (object, "signature", &it->signature) || it->from < 0 || it->seq <= it->from)
    return NULL;
  *why = "the checkpoint is not as it was signed; take another copy of the file";
  return bh_checkpoint_is_signed (it) ? g_steal_pointer (&it) : NULL;
}

/* @whole: (nullable): up to where its lines are whole, to write on from there: what stands after
 * it was being written when the power went. */
static gboolean
read_all (const char *path, gsize *whole, GPtrArray *checkpoints, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) why = NULL;
  gsize size = 0;
  guint number = 0;

  if (!g_file_get_contents (path, &text, &size, &why)) {
    if (whole != NULL && g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
      return TRUE;
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: cannot be read: %s; look at the name", path,
                 why->message);
    return FALSE;
  }
  for (char *line = text; line < text + size;) {
    char *end = memchr (line, '\n', size - (gsize) (line - text));
    BhCheckpoint *it;
    const char *reason = NULL;

    number++;
    if (end == NULL && whole != NULL)
      break;
    if (end != NULL)
      *end = '\0';
    if (*line != '\0') {
      it = read_line (line, &reason);
      if (it == NULL) {
        g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s:%u:1: %s", path, number, reason);
        return FALSE;
      }
      g_ptr_array_add (checkpoints, it);
    }
    if (end == NULL)
      break;
    line = end + 1;
    if (whole != NULL)
      *whole = (gsize) (line - text);
  }
  return TRUE;
}

gboolean
bh_checkpoint_file_read (const char *path, GPtrArray *checkpoints, GError **error)
{
  return read_all (path, NULL, checkpoints, error);
}

/* What @checkpoints of the store @there does not have, as lines. */
static GString *
lines_of (GPtrArray *checkpoints, GPtrArray *there, guint *n, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < there->len; i++)
    g_hash_table_add (known, ((BhCheckpoint *) g_ptr_array_index (there, i))->signature);
  for (guint i = 0; i < checkpoints->len; i++) {
    const BhCheckpoint *it = g_ptr_array_index (checkpoints, i);
    g_autofree char *line = NULL;

    if (g_hash_table_contains (known, it->signature))
      continue;
    if (!bh_checkpoint_is_signed (it)) {
      g_set_error (error, BH_ERROR, BH_ERROR_CORRUPT,
                   "%s:%" G_GINT64_FORMAT ": the store's checkpoint is not as it was signed; look"
                   " with `audit verify`",
                   it->station, it->seq);
      return NULL;
    }
    line = bh_checkpoint_line (it);
    g_string_append (lines, line);
    g_string_append_c (lines, '\n');
    (*n)++;
  }
  return g_steal_pointer (&lines);
}

gboolean
bh_checkpoint_file_append (BhDesk *self, const char *path, guint *added, GError **error)
{
  g_autoptr (GPtrArray) there =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_checkpoint_free);
  g_autoptr (GPtrArray) checkpoints = NULL;
  g_autoptr (GString) lines = NULL;
  gsize whole = 0;
  gboolean ok;
  int fd;

  *added = 0;
  if (!bh_desk_require (self, BH_MAY_READ, error) || !read_all (path, &whole, there, error) ||
      (checkpoints = bh_store_checkpoints (self->store, error)) == NULL ||
      (lines = lines_of (checkpoints, there, added, error)) == NULL)
    return FALSE;
  fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  ok = fd >= 0 && ftruncate (fd, (off_t) whole) == 0 &&
       pwrite (fd, lines->str, lines->len, (off_t) whole) == (ssize_t) lines->len &&
       fsync (fd) == 0;
  if (!ok)
    g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: cannot be written: %s; look at the disk",
                 path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return ok;
}

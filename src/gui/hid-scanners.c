/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "hid-scanners.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "backhaul/hid-pos.h"
#include "backhaul/scan.h"

/* a cheap call, and nobody plugs in faster */
#define LOOK_SECONDS 1
/* the reports of one code follow each other in milliseconds */
#define REST_MS 1000
/* of one report: what the kernel has at most */
#define REPORT 16384

struct _BhHidScanner {
  BhHidScanners *owner;
  char *key; /* of what is plugged in: another in its place has another */
  char *path;
  char *name;
  guint vendor;
  guint product;
  BhHidPos *pos; /* NULL: no scanner, so that it is looked at once only */
  BhPortState state;
  int fd; /* -1: not open */
  guint input;
  guint rest;
};

struct _BhHidScanners {
  char *root;
  BhHidScannedFunc scanned;
  BhHidChangedFunc changed;
  gpointer data;
  GHashTable *seen;   /* key -> BhHidScanner, those that are no scanners, too */
  GPtrArray *plugged; /* borrowed of them, in order of their names */
  guint look;
};

/* ---- what comes in ------------------------------------------------------------------ */

static void
on_code (BhHidEvent event, const GString *text, const char *identifier, gpointer data)
{
  static const BhHidRead whats[] = { [BH_HID_SCAN] = BH_HID_READ,
                                     [BH_HID_FLOOD] = BH_HID_READ_FLOOD,
                                     [BH_HID_BROKEN] = BH_HID_READ_BROKEN };
  BhHidScanner *self = data;
  g_autoptr (GString) nothing = g_string_new (NULL);

  self->owner->scanned (self, whats[event], text != NULL ? text : nothing, identifier,
                        self->owner->data);
}

static gboolean
on_rest (gpointer data)
{
  BhHidScanner *self = data;

  self->rest = 0;
  bh_hid_pos_rest (self->pos, on_code, self);
  return G_SOURCE_REMOVE;
}

static void
close_it (BhHidScanner *self)
{
  g_clear_handle_id (&self->input, g_source_remove);
  g_clear_handle_id (&self->rest, g_source_remove);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

static gboolean
on_input (int fd, GIOCondition condition, gpointer data)
{
  BhHidScanner *self = data;
  guint8 report[REPORT];
  /* one report each time */
  gssize n = read (fd, report, sizeof report);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  g_clear_handle_id (&self->rest, g_source_remove);
  if (n <= 0) {
    /* unplugged, in the middle of a code perhaps */
    bh_hid_pos_rest (self->pos, on_code, self);
    self->input = 0;
    close_it (self);
    self->state = BH_PORT_ABSENT;
    self->owner->changed (self->owner->data);
    return G_SOURCE_REMOVE;
  }
  bh_hid_pos_take (self->pos, report, (gsize) n, on_code, self);
  if (bh_hid_pos_waits (self->pos))
    self->rest = g_timeout_add (REST_MS, on_rest, self);
  return G_SOURCE_CONTINUE;
}

/* ---- opening ------------------------------------------------------------------------ */

static BhPortState
open_it (BhHidScanner *self)
{
  int fd = open (self->path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0)
    return errno == EACCES || errno == EPERM ? BH_PORT_REFUSED : BH_PORT_ABSENT;
  /* every reader of a hidraw device gets all: two windows would receive a box twice */
  if (flock (fd, LOCK_EX | LOCK_NB) != 0) {
    close (fd);
    return BH_PORT_BUSY;
  }
  self->fd = fd;
  self->input = g_unix_fd_add (fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input, self);
  return BH_PORT_OPEN;
}

/* TRUE when its state is another. */
static gboolean
try_open (BhHidScanner *self)
{
  BhPortState before = self->state;

  if (self->pos != NULL && self->fd < 0)
    self->state = open_it (self);
  return self->state != before;
}

/* ---- what is plugged in -------------------------------------------------------------- */

static void
scanner_free (gpointer data)
{
  BhHidScanner *self = data;

  close_it (self);
  bh_hid_pos_free (self->pos);
  g_free (self->key);
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

/* The value of @key in the device's own words; NULL: none, or empty. */
static char *
value_of (char **lines, const char *key)
{
  gsize n = strlen (key);

  for (char **line = lines; *line != NULL; line++)
    if (strncmp (*line, key, n) == 0 && (*line)[n] == '=' && (*line)[n + 1] != '\0')
      return bh_text_for_display (*line + n + 1, strlen (*line + n + 1), 80);
  return NULL;
}

static void
read_names (BhHidScanner *self, const char *folder, const char *node)
{
  g_autofree char *path = g_build_filename (folder, "device", "uevent", NULL);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;
  g_autofree char *id = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    text = g_strdup ("");
  lines = g_strsplit (text, "\n", -1);
  name = value_of (lines, "HID_NAME");
  number = value_of (lines, "HID_UNIQ");
  id = value_of (lines, "HID_ID"); /* bus:vendor:product, in hexadecimal */
  if (id != NULL) {
    g_auto (GStrv) parts = g_strsplit (id, ":", -1);

    if (g_strv_length (parts) == 3) {
      self->vendor = (guint) g_ascii_strtoull (parts[1], NULL, 16) & 0xffff;
      self->product = (guint) g_ascii_strtoull (parts[2], NULL, 16) & 0xffff;
    }
  }
  self->name = g_strdup_printf ("%s (%s)", name != NULL ? name : "USB scanner",
                                number != NULL ? number : node);
}

static BhHidScanner *
scanner_new (BhHidScanners *owner, const char *folder, const char *node, const char *key)
{
  BhHidScanner *self = g_new0 (BhHidScanner, 1);
  g_autofree char *path = g_build_filename (folder, "device", "report_descriptor", NULL);
  g_autofree char *descriptor = NULL;
  gsize size = 0;

  self->owner = owner;
  self->key = g_strdup (key);
  self->path = g_strconcat (owner->root, "/dev/", node, NULL);
  self->fd = -1;
  /* everybody may read it, of a device that only some may open */
  if (g_file_get_contents (path, &descriptor, &size, NULL))
    self->pos = bh_hid_pos_new ((const guint8 *) descriptor, size);
  read_names (self, folder, node);
  return self;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  const BhHidScanner *one = *(BhHidScanner *const *) a;
  const BhHidScanner *other = *(BhHidScanner *const *) b;
  int order = g_strcmp0 (one->name, other->name);

  return order != 0 ? order : g_strcmp0 (one->path, other->path);
}

/* Two of one number of make: some makers give all the same. */
static void
tell_apart (GPtrArray *plugged)
{
  for (guint i = 1; i < plugged->len; i++) {
    BhHidScanner *one = g_ptr_array_index (plugged, i - 1);
    BhHidScanner *other = g_ptr_array_index (plugged, i);

    if (g_str_equal (one->name, other->name)) {
      g_autofree char *node = g_path_get_basename (other->path);
      g_autofree char *name = g_strdup_printf ("%s %s", other->name, node);

      g_free (g_steal_pointer (&other->name));
      other->name = g_steal_pointer (&name);
    }
  }
}

/* Where a link leads has a number that grows with each plugging in. */
static char *
key_of (const char *folder, const char *node)
{
  g_autofree char *leads = g_file_read_link (folder, NULL);

  return g_strdup (leads != NULL ? leads : node);
}

static gboolean
is_gone (gpointer key, gpointer scanner, gpointer there)
{
  return !g_hash_table_contains (there, key);
}

static gboolean
look (BhHidScanners *self)
{
  g_autofree char *class = g_strconcat (self->root, "/sys/class/hidraw", NULL);
  g_autoptr (GDir) nodes = g_dir_open (class, 0, NULL);
  g_autoptr (GHashTable) there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer scanner;
  gboolean changed = FALSE;
  gboolean others = FALSE;
  const char *node;

  while (nodes != NULL && (node = g_dir_read_name (nodes)) != NULL) {
    g_autofree char *folder = g_build_filename (class, node, NULL);
    g_autofree char *key = key_of (folder, node);

    if (!g_hash_table_contains (self->seen, key)) {
      BhHidScanner *found = scanner_new (self, folder, node, key);

      g_hash_table_insert (self->seen, found->key, found);
      others = others || found->pos != NULL;
    }
    g_hash_table_add (there, g_steal_pointer (&key));
  }
  g_ptr_array_set_size (self->plugged, 0);
  others = g_hash_table_foreach_remove (self->seen, is_gone, there) > 0 || others;
  g_hash_table_iter_init (&iter, self->seen);
  while (g_hash_table_iter_next (&iter, NULL, &scanner))
    if (((BhHidScanner *) scanner)->pos != NULL)
      g_ptr_array_add (self->plugged, scanner);
  g_ptr_array_sort (self->plugged, by_name);
  tell_apart (self->plugged);
  for (guint i = 0; i < self->plugged->len; i++)
    changed = try_open (g_ptr_array_index (self->plugged, i)) || changed;
  return changed || others;
}

static gboolean
on_look (gpointer data)
{
  BhHidScanners *self = data;

  if (look (self))
    self->changed (self->data);
  return G_SOURCE_CONTINUE;
}

/* ---- life ---------------------------------------------------------------------------- */

BhHidScanners *
bh_hid_scanners_new (const char *root, BhHidScannedFunc scanned, BhHidChangedFunc changed,
                     gpointer data)
{
  BhHidScanners *self = g_new0 (BhHidScanners, 1);

  self->root = g_strdup (root);
  self->scanned = scanned;
  self->changed = changed;
  self->data = data;
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, scanner_free);
  self->plugged = g_ptr_array_new ();
  look (self);
  self->look = g_timeout_add_seconds (LOOK_SECONDS, on_look, self);
  return self;
}

void
bh_hid_scanners_free (BhHidScanners *self)
{
  if (self == NULL)
    return;
  g_source_remove (self->look);
  g_ptr_array_unref (self->plugged);
  g_hash_table_unref (self->seen);
  g_free (self->root);
  g_free (self);
}

GPtrArray *
bh_hid_scanners_list (BhHidScanners *self)
{
  return self->plugged;
}

const char *
bh_hid_scanner_name (BhHidScanner *self)
{
  return self->name;
}

const char *
bh_hid_scanner_path (BhHidScanner *self)
{
  return self->path;
}

BhPortState
bh_hid_scanner_state (BhHidScanner *self)
{
  return self->state;
}

char *
bh_hid_scanner_rule (BhHidScanner *self)
{
  /* by the HID device's name, which a Bluetooth scanner has, too */
  return g_strdup_printf ("KERNEL==\"hidraw*\", KERNELS==\"*:%04X:%04X.*\", TAG+=\"uaccess\"",
                          self->vendor, self->product);
}

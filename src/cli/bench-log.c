/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

/* `bench log`: what a technician writes down (RA10). */

#include <gio/gio.h>
#include <string.h>

#include "backhaul/photo.h"
#include "bench-object.h"

/* Options that take one text, each a kind. */
static const struct {
  const char *option;
  BhEntryKind kind;
  const char *name; /* of the entry; NULL: none */
  const char *help;
} texts[] = {
  { "symptom", BH_ENTRY_SYMPTOM, NULL, "What the customer reports" },
  { "reproduced", BH_ENTRY_REPRODUCED, NULL, "yes or no" },
  { "fault", BH_ENTRY_FAULT, NULL, "Fault code" },
  { "component", BH_ENTRY_COMPONENT, NULL, "Reference designator" },
  { "action", BH_ENTRY_ACTION, NULL, "What was done" },
  { "firmware-before", BH_ENTRY_FIRMWARE_BEFORE, NULL, "As it came" },
  { "firmware-after", BH_ENTRY_FIRMWARE_AFTER, NULL, "As it goes" },
  { "environment", BH_ENTRY_ENVIRONMENT, NULL, "As reported and simulated" },
  { "hypothesis", BH_ENTRY_HYPOTHESIS, NULL, "What may be the cause" },
  { "root-cause", BH_ENTRY_ROOT_CAUSE, NULL, "What is the cause" },
  { "evidence", BH_ENTRY_EVIDENCE, NULL, "What was seen" },
  { "evidence-for", BH_ENTRY_EVIDENCE, "for", "What speaks for a hypothesis" },
  { "evidence-against", BH_ENTRY_EVIDENCE, "against", "What speaks against one" },
  { "corrective-action", BH_ENTRY_CORRECTIVE, NULL, "What prevents it" },
  { "containment", BH_ENTRY_CONTAINMENT, NULL, "What protects others meanwhile" },
  { "strike", BH_ENTRY_STRIKE, NULL, "Number of an entry that does not hold" },
};

typedef struct {
  char **values[G_N_ELEMENTS (texts)];
  char **parts;
  char **readings;
  char **photos;
  char **headings;
  char *file;
  char *at;
  gboolean destructive;
} Given;

static void
given_clear (Given *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_strfreev (self->values[i]);
  g_strfreev (self->parts);
  g_strfreev (self->readings);
  g_strfreev (self->photos);
  g_strfreev (self->headings);
  g_free (self->file);
  g_free (self->at);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Given, given_clear)

/* Notes with what they point at. */
typedef struct {
  GArray *notes; /* BhNote */
  GPtrArray *strings;
  GPtrArray *files; /* GBytes */
} Notes;

static void
add (Notes *self, BhEntryKind kind, const char *name, const char *value)
{
  BhNote note = { .kind = kind, .name = name, .value = value };

  g_array_append_val (self->notes, note);
}

static const char *
keep (Notes *self, char *text)
{
  if (text != NULL)
    g_ptr_array_add (self->strings, text);
  return text;
}

static void
add_reading (Notes *self, BhTestReading *reading)
{
  BhNote note = { .kind = BH_ENTRY_READING,
                  .name = keep (self, reading->name),
                  .value = keep (self, reading->value),
                  .low = keep (self, reading->low),
                  .high = keep (self, reading->high) };

  g_array_append_val (self->notes, note);
}

static gboolean
add_readings (Notes *self, char **readings, GError **error)
{
  for (; readings != NULL && *readings != NULL; readings++) {
    BhTestReading reading;

    if (!bh_test_reading_parse (*readings, &reading, error))
      return FALSE;
    add_reading (self, &reading);
  }
  return TRUE;
}

static char *
cell (char **cells, guint n, guint at)
{
  char *text = at < n ? g_strstrip (cells[at]) : NULL;

  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/* name,value[,low[,high]] a line, with or without that heading. */
static gboolean
add_file (Notes *self, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) why = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &text, &size, &why)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; name a file that can be read", path,
                 why->message);
    return FALSE;
  }
  if (size > 1024 * 1024 || !g_utf8_validate (text, (gssize) size, NULL)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s:1:1: not UTF-8 text of at most 1 MiB; write name,value,low,high a line", path);
    return FALSE;
  }
  lines = g_strsplit (g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (g_strstrip (lines[i]), ",", -1);
    guint n = g_strv_length (cells);
    BhTestReading reading = { cell (cells, n, 0), cell (cells, n, 1), cell (cells, n, 2),
                              cell (cells, n, 3) };

    if (*lines[i] == '\0' || (i == 0 && g_ascii_strcasecmp (cells[0], "name") == 0)) {
      bh_test_reading_clear (&reading);
      continue;
    }
    if (n > 4 || !bh_test_reading_check (&reading, error)) {
      if (n > 4)
        g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                     "more than four cells; write name,value,low,"
                     "high a line");
      g_prefix_error (error, "%s:%u:1: ", path, i + 1);
      bh_test_reading_clear (&reading);
      return FALSE;
    }
    add_reading (self, &reading);
  }
  return TRUE;
}

static gboolean
add_photos (Notes *self, char **photos, GError **error)
{
  for (; photos != NULL && *photos != NULL; photos++) {
    g_autoptr (GFile) file = g_file_new_for_commandline_arg (*photos);
    g_autoptr (GFileInfo) info =
        g_file_query_info (file, "standard::size,standard::type", 0, NULL, NULL);
    g_autoptr (GError) why = NULL;
    BhNote note = { .kind = BH_ENTRY_PHOTO };

    /* looked at before it is read: a large one is not taken into memory */
    if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR ||
        g_file_info_get_size (info) > BH_PHOTO_MAX ||
        (note.file = g_file_load_bytes (file, NULL, NULL, &why)) == NULL) {
      g_set_error (
          error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; name a JPEG or PNG of at most %d MiB", *photos,
          info != NULL && g_file_info_get_size (info) > BH_PHOTO_MAX ? "it is too large"
                                                                     : "no file that can be read",
          BH_PHOTO_MAX / (1024 * 1024));
      return FALSE;
    }
    g_ptr_array_add (self->files, note.file);
    note.name = keep (self, g_file_get_basename (file));
    if (!g_utf8_validate (note.name, -1, NULL))
      note.name = keep (self, g_utf8_make_valid (note.name, -1));
    g_array_append_val (self->notes, note);
  }
  return TRUE;
}

/* @split: divides a name from its value */
static void
add_pairs (Notes *self, BhEntryKind kind, char **pairs, char split)
{
  for (; pairs != NULL && *pairs != NULL; pairs++) {
    const char *at = strchr (*pairs, split);
    const char *name =
        keep (self, at != NULL ? g_strndup (*pairs, (gsize) (at - *pairs)) : g_strdup (*pairs));

    add (self, kind, name, at != NULL ? at + 1 : NULL);
  }
}

static int
write_down (Cli *cli, const char *job, const Given *given, Notes *notes)
{
  g_autofree char *act = g_uuid_string_random ();
  BhWhen when = { .act = act, .time_stated = given->at != NULL };
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (char **value = given->values[i]; value != NULL && *value != NULL; value++)
      add (notes, texts[i].kind, texts[i].name, *value);
  if (given->destructive)
    add (notes, BH_ENTRY_DESTRUCTIVE, NULL, "yes");
  add_pairs (notes, BH_ENTRY_PART, given->parts, ':');
  add_pairs (notes, BH_ENTRY_HEADING, given->headings, '=');
  if (!add_readings (notes, given->readings, &error) ||
      (given->file != NULL && !add_file (notes, given->file, &error)) ||
      !add_photos (notes, given->photos, &error) || !cli_time (given->at, &when.at_us, &error))
    return cli_fail (cli, error);
  if (notes->notes->len == 0)
    return cli_usage (cli, "bench log: nothing is said; see `backhaulctl help bench`");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!bh_desk_bench_log (desk, &when, job, (const BhNote *) notes->notes->data, notes->notes->len,
                          &error))
    return cli_fail (cli, error);
  return cli_answer_job (cli, desk, job, when.at_us);
}

int
cli_bench_log (Cli *cli, int argc, char **argv)
{
  g_auto (Given) given = { 0 };
  const GOptionEntry others[] = {
    { "part", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.parts, "Part used", "PART[:SERIAL]" },
    { "reading", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.readings, "Of a test",
      "NAME=VALUE[:LOW:HIGH]" },
    { "readings", 0, 0, G_OPTION_ARG_FILENAME, &given.file, "name,value,low,high a line", "FILE" },
    { "photo", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given.photos, "JPEG or PNG", "FILE" },
    { "8d", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.headings, "Of an 8D report", "D1…D8=TEXT" },
    { "destructive", 0, 0, G_OPTION_ARG_NONE, &given.destructive, "It destroys (RA2)", NULL },
    { "at", 0, 0, G_OPTION_ARG_STRING, &given.at, "When it happened (supervisor)", "TIME" },
  };
  GOptionEntry entries[G_N_ELEMENTS (texts) + G_N_ELEMENTS (others) + 1] = { 0 };
  g_autoptr (GArray) notes = g_array_new (FALSE, FALSE, sizeof (BhNote));
  g_autoptr (GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  Notes all = { notes, strings, files };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    entries[i] =
        (GOptionEntry){ texts[i].option, 0,     0, G_OPTION_ARG_STRING_ARRAY, &given.values[i],
                        texts[i].help,   "TEXT" };
  memcpy (entries + G_N_ELEMENTS (texts), others, sizeof others);
  if (!cli_parse (cli, cli_find ("bench"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc != 3)
    return cli_usage (cli, "bench log: one JOB or SERIAL is needed");
  return write_down (cli, argv[2], &given, &all);
}

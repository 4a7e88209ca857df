/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

/* `bench log`: what a technician writes down (RA10). */

#include <string.h>

#include "backhaul/notes.h"
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

static gboolean
add_readings (BhNotes *self, char **readings, GError **error)
{
  for (; readings != NULL && *readings != NULL; readings++) {
    BhTestReading reading = { 0 };
    gboolean ok = bh_test_reading_parse (*readings, &reading, error) &&
                  bh_notes_add_reading (self, &reading, error);

    bh_test_reading_clear (&reading);
    if (!ok)
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_photos (BhNotes *self, char **photos, GError **error)
{
  for (; photos != NULL && *photos != NULL; photos++)
    if (!bh_notes_add_photo_file (self, *photos, error))
      return FALSE;
  return TRUE;
}

/* @split: divides a name from its value */
static void
add_pairs (BhNotes *self, BhEntryKind kind, char **pairs, char split)
{
  for (; pairs != NULL && *pairs != NULL; pairs++) {
    const char *at = strchr (*pairs, split);
    g_autofree char *name =
        at != NULL ? g_strndup (*pairs, (gsize) (at - *pairs)) : g_strdup (*pairs);

    bh_notes_add (self, kind, name, at != NULL ? at + 1 : NULL);
  }
}

static int
write_down (Cli *cli, const char *job, const Given *given, BhNotes *notes)
{
  g_autofree char *act = g_uuid_string_random ();
  BhWhen when = { .act = act, .time_stated = given->at != NULL };
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (char **value = given->values[i]; value != NULL && *value != NULL; value++)
      bh_notes_add (notes, texts[i].kind, texts[i].name, *value);
  if (given->destructive)
    bh_notes_add (notes, BH_ENTRY_DESTRUCTIVE, NULL, "yes");
  add_pairs (notes, BH_ENTRY_PART, given->parts, ':');
  add_pairs (notes, BH_ENTRY_HEADING, given->headings, '=');
  if (!add_readings (notes, given->readings, &error) ||
      (given->file != NULL && !bh_notes_add_readings_file (notes, given->file, &error)) ||
      !add_photos (notes, given->photos, &error) || !cli_time (given->at, &when.at_us, &error))
    return cli_fail (cli, error);
  if (notes->all->len == 0)
    return cli_usage (cli, "bench log: nothing is said; see `backhaulctl help bench`");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!bh_desk_bench_log (desk, &when, job, (const BhNote *) notes->all->data, notes->all->len,
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
    { "8d", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.headings, "Of an 8D report", "D0…D8=TEXT" },
    { "destructive", 0, 0, G_OPTION_ARG_NONE, &given.destructive, "It destroys (RA2)", NULL },
    { "at", 0, 0, G_OPTION_ARG_STRING, &given.at, "When it happened (supervisor)", "TIME" },
  };
  GOptionEntry entries[G_N_ELEMENTS (texts) + G_N_ELEMENTS (others) + 1] = { 0 };
  g_autoptr (BhNotes) notes = bh_notes_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    entries[i] =
        (GOptionEntry){ texts[i].option, 0,     0, G_OPTION_ARG_STRING_ARRAY, &given.values[i],
                        texts[i].help,   "TEXT" };
  memcpy (entries + G_N_ELEMENTS (texts), others, sizeof others);
  if (!cli_parse (cli, cli_find ("bench"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc != 3)
    return cli_usage (cli, "bench log: one JOB or SERIAL is needed");
  return write_down (cli, argv[2], &given, notes);
}

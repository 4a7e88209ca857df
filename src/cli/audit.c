/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "backhaul/audit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "backhaul/audit-entry.h"
#include "backhaul/calendar.h"
#include "cli.h"

/* NAME=KEY, the name being all before the last sign. */
static gboolean
add_key (const char *text, GPtrArray *keys)
{
  const char *sign = strrchr (text, '=');
  BhStationKey *key;

  if (sign == NULL || sign == text || strlen (sign + 1) != 64 ||
      strspn (sign + 1, "0123456789abcdef") != 64)
    return FALSE;
  key = g_new0 (BhStationKey, 1);
  key->station = g_strndup (text, (gsize) (sign - text));
  key->key = g_strdup (sign + 1);
  g_ptr_array_add (keys, key);
  return TRUE;
}

static void
print_report (Cli *cli, const BhAuditReport *report)
{
  JsonBuilder *object;

  if (!cli->json) {
    if (report->fault == BH_AUDIT_SOUND)
      cli_print ("The journal is untouched: %" G_GINT64_FORMAT
                 " entries, of which %" G_GINT64_FORMAT " are signed by %u checkpoints\n",
                 report->entries, report->entries - report->unsigned_entries, report->checkpoints);
    return;
  }
  object = cli_object ();
  cli_set_bool (object, "ok", report->fault == BH_AUDIT_SOUND);
  cli_set_int (object, "entries", report->entries);
  cli_set (object, "bad", report->text);
  cli_set (object, "found", bh_audit_fault_name (report->fault));
  cli_set (object, "station", report->station);
  if (report->station != NULL)
    cli_set_int (object, "number", report->number);
  else
    cli_set_null (object, "number");
  cli_set_int (object, "checkpoints", report->checkpoints);
  cli_set_int (object, "unsigned", report->unsigned_entries);
  cli_emit (object);
}

static gboolean
on_progress (gint64 entries, gint64 of, gpointer data)
{
  if (isatty (STDERR_FILENO))
    fprintf (stderr, "\r%3d %%", (int) (of > 0 ? MIN (entries * 100 / of, 100) : 0));
  return TRUE;
}

static int
verify (Cli *cli, BhDesk *desk, char **files, char **named)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_checkpoint_free);
  g_autoptr (GPtrArray) keys =
      g_ptr_array_new_with_free_func ((GDestroyNotify) bh_station_key_free);
  const BhAuditTrust trust = { kept, keys };
  g_autoptr (BhAuditReport) report = NULL;
  GError *error = NULL;

  for (char **key = named; key != NULL && *key != NULL; key++)
    if (!add_key (*key, keys))
      return cli_usage (cli, "audit verify: --key is STATION=KEY, the key as `audit key` shows it");
  for (char **file = files; file != NULL && *file != NULL; file++)
    if (!bh_checkpoint_file_read (*file, kept, &error))
      return cli_fail (cli, error);
  report = bh_desk_audit_examine (desk, &trust, on_progress, NULL, &error);
  if (isatty (STDERR_FILENO))
    fprintf (stderr, "\r     \r");
  if (report == NULL)
    return cli_fail (cli, error);
  print_report (cli, report);
  if (report->fault == BH_AUDIT_SOUND)
    return CLI_DONE;
  if (report->fault == BH_AUDIT_KEY)
    cli_say ("%s; ask at the station with `audit key`, and give the right ones with --key",
             report->text);
  else
    cli_say ("%s: the journal was altered here; compare it with the last backup", report->text);
  return CLI_STORE;
}

/* ---- signing ------------------------------------------------------------------------- */

static int
checkpoint (Cli *cli, BhDesk *desk, const char *out)
{
  g_autoptr (BhCheckpoint) made = NULL;
  GError *error = NULL;
  JsonBuilder *object;
  guint added = 0;

  if (!bh_desk_checkpoint (desk, NULL, &made, &error) ||
      (out != NULL && !bh_checkpoint_file_append (desk, out, &added, &error)))
    return cli_fail (cli, error);
  if (!cli->json) {
    if (made != NULL)
      cli_print ("%s: signed up to entry %" G_GINT64_FORMAT "\n", made->station, made->seq);
    else
      cli_print ("%s: nothing new to sign\n", bh_desk_station (desk));
    if (out != NULL)
      cli_print ("%s: %u checkpoints added\n", out, added);
    return CLI_DONE;
  }
  object = cli_object ();
  cli_set (object, "station", bh_desk_station (desk));
  if (made != NULL)
    cli_set_int (object, "seq", made->seq);
  else
    cli_set_null (object, "seq");
  cli_set (object, "key", made != NULL ? made->key : NULL);
  cli_set (object, "out", out);
  cli_set_int (object, "added", added);
  cli_emit (object);
  return CLI_DONE;
}

static void
print_key (Cli *cli, const BhStationKey *key, gboolean in_use)
{
  JsonBuilder *object;

  if (!cli->json) {
    g_autofree char *when = bh_time_format (key->at_us, NULL);

    cli_print ("%s=%s  since %s by %s%s\n", key->station, key->key, when, key->operator,
               in_use ? "" : ", not in use any more");
    return;
  }
  object = cli_object ();
  cli_set (object, "station", key->station);
  cli_set (object, "key", key->key);
  cli_set_time (object, "at", key->at_us, NULL);
  cli_set (object, "operator", key->operator);
  cli_set_bool (object, "in_use", in_use);
  cli_emit (object);
}

static int
key (Cli *cli, BhDesk *desk, gboolean new_one, const char *reason)
{
  g_autofree char *act = g_uuid_string_random ();
  const BhWhen when = { .act = act, .at_us = bh_now_us () };
  g_autoptr (GPtrArray) keys = NULL;
  GError *error = NULL;

  if (new_one && !cli_has_reason (cli, "audit key --new", reason))
    return CLI_USAGE;
  if ((new_one && !bh_desk_set_station_key (desk, &when, NULL, reason, &error)) ||
      (keys = bh_store_station_keys (bh_desk_store (desk), NULL, &error)) == NULL)
    return cli_fail (cli, error);
  for (guint i = 0; i < keys->len; i++) {
    const BhStationKey *it = g_ptr_array_index (keys, i);
    const BhStationKey *next = i + 1 < keys->len ? g_ptr_array_index (keys, i + 1) : NULL;

    print_key (cli, it, next == NULL || !g_str_equal (next->station, it->station));
  }
  return CLI_DONE;
}

void
cli_sign (Cli *cli, gboolean run_ends)
{
  g_autoptr (GError) error = NULL;

  if (cli->desk == NULL || bh_desk_checkpoint_if_due (cli->desk, NULL, run_ends, &error) ||
      error->code == BH_ERROR_LOST || error->code == BH_ERROR_BUSY)
    return;
  cli_say ("the journal is not signed: %s", error->message);
}

/* ---- showing ------------------------------------------------------------------------- */

static void
print_entry (Cli *cli, const BhAuditEntry *entry)
{
  JsonBuilder *object;

  if (!cli->json) {
    g_autofree char *when = bh_time_format (entry->at_us, NULL);

    cli_print ("%s  %s:%" G_GINT64_FORMAT "  %-10s %-10s %s  %s\n", when, entry->station,
               entry->seq, entry->operator, entry->what, entry->entity,
               entry->after != NULL ? entry->after : "");
    return;
  }
  object = cli_object ();
  cli_set (object, "station", entry->station);
  cli_set_int (object, "seq", entry->seq);
  cli_set_time (object, "at", entry->at_us, NULL);
  cli_set (object, "operator", entry->operator);
  cli_set (object, "act", entry->act);
  cli_set (object, "what", entry->what);
  cli_set (object, "entity", entry->entity);
  cli_set (object, "before", entry->before);
  cli_set (object, "after", entry->after);
  cli_set (object, "hash", entry->hash);
  cli_emit (object);
}

static int
show (Cli *cli, BhDesk *desk)
{
  GError *error = NULL;
  g_autoptr (BhTx) tx = bh_store_begin_read (bh_desk_store (desk), &error);
  g_autoptr (BhAuditReader) reader = NULL;
  BhAuditEntry entry;
  gboolean more = TRUE;

  if (tx == NULL || (reader = bh_store_audit_read (bh_desk_store (desk), &error)) == NULL)
    return cli_fail (cli, error);
  while (bh_audit_reader_next (reader, &entry, &more, &error) && more)
    print_entry (cli, &entry);
  return error == NULL ? CLI_DONE : cli_fail (cli, error);
}

typedef struct {
  char **checkpoints;
  char **keys;
  char *out;
  char *reason;
  gboolean new_one;
} Audit;

static int
audit_by (Cli *cli, const Audit *options, int argc, char **argv)
{
  const char *verb = argc == 2 ? argv[1] : "";
  GError *error = NULL;
  int exit_code = CLI_USAGE;
  BhDesk *desk;

  if (!g_str_equal (verb, "verify") && !g_str_equal (verb, "show") &&
      !g_str_equal (verb, "checkpoint") && !g_str_equal (verb, "key"))
    return cli_usage (cli, "audit: say verify, show, checkpoint or key");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!bh_desk_require (desk, BH_MAY_READ, &error))
    return cli_fail (cli, error);
  return g_str_equal (verb, "verify") ? verify (cli, desk, options->checkpoints, options->keys)
         : g_str_equal (verb, "checkpoint") ? checkpoint (cli, desk, options->out)
         : g_str_equal (verb, "key")        ? key (cli, desk, options->new_one, options->reason)
                                            : show (cli, desk);
}

static int
audit (Cli *cli, int argc, char **argv)
{
  Audit options = { 0 };
  const GOptionEntry entries[] = {
    { "checkpoints", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.checkpoints,
      "Compare with what was kept outside", "FILE" },
    { "key", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.keys, "Believe this key of a station only",
      "STATION=KEY" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, "Add what is signed to a file", "FILE" },
    { "new", 0, 0, G_OPTION_ARG_NONE, &options.new_one, "Give this station this user's key", NULL },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "Why", "TEXT" },
    { NULL }
  };
  int exit_code = cli_parse (cli, cli_find ("audit"), entries, &argc, &argv)
                      ? audit_by (cli, &options, argc, argv)
                      : CLI_USAGE;

  g_strfreev (options.checkpoints);
  g_strfreev (options.keys);
  g_free (options.out);
  g_free (options.reason);
  return exit_code;
}

const CliCommand cli_audit_commands[] = {
  { "audit",
    "verify [--checkpoints FILE]… [--key STATION=KEY]… | show\n"
    "    | checkpoint [--out FILE] | key [--new --reason TEXT]",
    "Proves that no entry of the journal was altered, removed, reordered or inserted (F6)", audit },
  { NULL }
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "backhaul/audit.h"

#include "backhaul/audit-entry.h"
#include "backhaul/calendar.h"
#include "cli.h"

static int
verify (Cli *cli, BhDesk *desk)
{
  g_autofree char *bad = NULL;
  GError *error = NULL;
  gint64 entries = 0;

  if (!bh_desk_audit_verify (desk, &entries, &bad, &error))
    return cli_fail (cli, error);
  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set_bool (object, "ok", bad == NULL);
    cli_set_int (object, "entries", entries);
    cli_set (object, "bad", bad);
    cli_emit (object);
  } else if (bad == NULL) {
    cli_print ("The journal is untouched: %" G_GINT64_FORMAT " entries\n", entries);
  }
  if (bad == NULL)
    return CLI_DONE;
  cli_say ("%s: the journal was altered here; compare it with the last backup", bad);
  return CLI_STORE;
}

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
  g_autoptr (BhAuditReader) reader = bh_store_audit_read (bh_desk_store (desk), &error);
  BhAuditEntry entry;
  gboolean more = TRUE;

  if (reader == NULL)
    return cli_fail (cli, error);
  while (bh_audit_reader_next (reader, &entry, &more, &error) && more)
    print_entry (cli, &entry);
  return error == NULL ? CLI_DONE : cli_fail (cli, error);
}

static int
audit (Cli *cli, int argc, char **argv)
{
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("audit"), NULL, &argc, &argv))
    return CLI_USAGE;
  if (argc != 2 || (!g_str_equal (argv[1], "verify") && !g_str_equal (argv[1], "show")))
    return cli_usage (cli, "audit: say verify or show");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!bh_desk_require (desk, BH_MAY_READ, &error))
    return cli_fail (cli, error);
  return g_str_equal (argv[1], "verify") ? verify (cli, desk) : show (cli, desk);
}

const CliCommand cli_audit_commands[] = {
  { "audit", "verify|show",
    "Proves that no entry of the journal was altered, removed or reordered (F6)", audit },
  { NULL }
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "backhaul/doctor.h"

#include <unistd.h>

#include "cli.h"
#include "lines.h"

/* More than the sheet has is no sheet. */
#define MAX_SCANS 100

static void
show (Cli *cli, BhFinding finding)
{
  JsonBuilder *object;
  const char *what;
  const char *cure;

  bh_finding_text (finding, &what, &cure);
  if (!cli->json) {
    cli_print ("%s %s\n", what, cure);
    return;
  }
  object = cli_object ();
  cli_set (object, "finding", bh_finding_name (finding));
  cli_set (object, "what", what);
  cli_set (object, "cure", cure);
  cli_emit (object);
}

static int
examine (Cli *cli, GPtrArray *scans)
{
  guint found = bh_doctor_examine ((const char *const *) scans->pdata, scans->len);

  for (guint i = 0; i < BH_FINDING_LAST; i++)
    if ((found & (1u << i)) != 0)
      show (cli, (BhFinding) i);
  return found == 1u << BH_FINDING_WELL ? CLI_DONE : CLI_NO;
}

static int
doctor (Cli *cli, int argc, char **argv)
{
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CliLines) lines = NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean more = TRUE;
  GError *error = NULL;

  if (!cli_parse (cli, cli_find ("doctor"), NULL, &argc, &argv))
    return CLI_USAGE;
  if (argc != 2 || !g_str_equal (argv[1], "-"))
    return cli_usage (cli, "doctor: say - and scan the three codes of "
                           "`label --kind scanner-doctor`, then end the input (Ctrl+D)");
  lines = cli_lines_new (STDIN_FILENO, "standard input");
  while (more) {
    if (!cli_lines_next (lines, line, &more, &error))
      return cli_fail (cli, error);
    /* a scanner that sends CR LF ends its codes well */
    if (line->len > 0 && line->str[line->len - 1] == '\r')
      g_string_truncate (line, line->len - 1);
    if (scans->len < MAX_SCANS)
      g_ptr_array_add (scans, g_strndup (line->str, line->len));
  }
  return examine (cli, scans);
}

const CliCommand cli_doctor_commands[] = {
  { "doctor", "-", "Tells which setting of a scanner is wrong, from the scanner doctor's sheet",
    doctor },
  { NULL }
};

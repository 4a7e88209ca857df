/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "backhaul/doctor.h"
#include "backhaul/scan.h"
#include "demo.h"
#include "labels.h"

static GHashTable *
sheet_fields (void)
{
  GHashTable *fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (int i = BH_COMMAND_NONE + 1; i < BH_COMMAND_LAST; i++) {
    g_autofree char *name = g_ascii_strdown (bh_command_name ((BhCommand) i), -1);

    g_hash_table_insert (fields, g_strconcat ("command.", g_strdelimit (name, "-", '_'), NULL),
                         bh_command_text ((BhCommand) i));
  }
  g_hash_table_insert (fields, g_strdup ("doctor.layout"), g_strdup (BH_DOCTOR_LAYOUT));
  g_hash_table_insert (fields, g_strdup ("doctor.zeros"), g_strdup (BH_DOCTOR_ZEROS));
  g_hash_table_insert (fields, g_strdup ("doctor.control"), g_strdup (BH_DOCTOR_CONTROL));
  return fields;
}

/* A sheet that needs no store. */
static int
write_sheet (Cli *cli, const CliLabel *options, const char *template)
{
  CliLabels labels = { .cli = cli, .options = options };
  g_autoptr (GHashTable) fields = sheet_fields ();
  GError *error = NULL;

  if (!cli_labels_begin (&labels, &error))
    return cli_fail (cli, error);
  return cli_labels_end (&labels, cli_labels_add (&labels, fields, template, &error), error);
}

int
cli_label_sheet (Cli *cli, const CliLabel *options, int n, char **what)
{
  gboolean badge = g_str_equal (options->kind, "operator-badge");
  int exit_code = CLI_STORE;
  BhDesk *desk;

  if (options->format != NULL && !g_str_equal (options->format, "pdf"))
    return cli_usage (cli, "%s: sheets are made as pdf", options->format);
  if (g_str_equal (options->kind, "command-sheet"))
    return write_sheet (cli, options, "command-sheet-a4");
  if (g_str_equal (options->kind, "scanner-doctor"))
    return write_sheet (cli, options, "scanner-doctor-a4");
  if (!badge && !g_str_equal (options->kind, "practice-boxes"))
    return cli_usage (cli,
                      "%s: no such sheet; say command-sheet, practice-boxes, scanner-doctor or "
                      "operator-badge",
                      options->kind);
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  return badge ? cli_badges (cli, desk, options, n, what)
               : cli_practice_sheet (cli, desk, options->output);
}

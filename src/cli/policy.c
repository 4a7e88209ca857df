/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "clocks.h"

static void
show_key (Cli *cli, const BhPolicyKey *key, const char *value)
{
  JsonBuilder *object;

  if (!cli->json) {
    cli_print ("%-32s %-24s %-4s %s\n", key->key, value, key->rule, key->description);
    return;
  }
  object = cli_object ();
  cli_set (object, "policy", key->key);
  cli_set (object, "value", value);
  cli_set (object, "default", key->fallback);
  cli_set (object, "rule", key->rule);
  cli_set (object, "description", key->description);
  cli_emit (object);
}

static void
list_policy (Cli *cli, BhDesk *desk)
{
  gsize n = 0;
  const BhPolicyKey *keys = bh_policy_keys (&n);

  for (gsize i = 0; i < n; i++) {
    g_autofree char *value = bh_policy_get (bh_desk_policy (desk), keys[i].key);

    show_key (cli, &keys[i], value);
  }
}

static int
policy (Cli *cli, int argc, char **argv)
{
  BhClockWatch watch;
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk;
  gboolean ok;

  if (!cli_parse (cli, cli_find ("policy"), NULL, &argc, &argv))
    return CLI_USAGE;
  if (!(argc == 2 && g_str_equal (argv[1], "list")) && !(argc == 4 && g_str_equal (argv[1], "set")))
    return cli_usage (cli, "policy: say list, or set KEY VALUE");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (argc == 2) {
    if (!bh_desk_require (desk, BH_MAY_READ, &error))
      return cli_fail (cli, error);
    list_policy (cli, desk);
    return CLI_DONE;
  }
  watch = cli_clock_watch ();
  ok = bh_desk_set_policy (desk, argv[2], argv[3], bh_now_us (), &watch, &error);
  return cli_clock_watch_end (cli, &watch, ok, error);
}

static void
show_export (Cli *cli, const BhExportPolicy *policy)
{
  JsonBuilder *object;

  if (!cli->json) {
    if (policy->possible)
      cli_print ("%s  %d days more", policy->country, policy->extra_days);
    else
      cli_print ("%s  no return is possible", policy->country);
    cli_print ("%s%s\n", policy->note != NULL ? "  " : "",
               policy->note != NULL ? policy->note : "");
    return;
  }
  object = cli_object ();
  cli_set (object, "country", policy->country);
  cli_set_int (object, "days", policy->extra_days);
  cli_set_bool (object, "possible", policy->possible);
  cli_set (object, "note", policy->note);
  cli_emit (object);
}

static int
list_exports (Cli *cli, BhDesk *desk)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) policies = bh_desk_export_policies (desk, &error);

  if (policies == NULL)
    return cli_fail (cli, error);
  for (guint i = 0; i < policies->len; i++)
    show_export (cli, g_ptr_array_index (policies, i));
  if (policies->len == 0 && !cli->json)
    cli_say ("no country has an export policy");
  return CLI_DONE;
}

static int
export_policy (Cli *cli, int argc, char **argv)
{
  int days = -1;
  gboolean impossible = FALSE;
  g_autofree char *note = NULL;
  const GOptionEntry entries[] = {
    { "days", 0, 0, G_OPTION_ARG_INT, &days, "Business days more to return", "N" },
    { "impossible", 0, 0, G_OPTION_ARG_NONE, &impossible, "No return is expected", NULL },
    { "note", 0, 0, G_OPTION_ARG_STRING, &note, "Why", "TEXT" },
    { NULL }
  };
  BhClockWatch watch;
  BhExportPolicy policy = { 0 };
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  gboolean drop;
  gboolean ok;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("export-policy"), entries, &argc, &argv))
    return CLI_USAGE;
  drop = argc == 3 && g_str_equal (argv[1], "remove");
  if (!drop && !(argc == 2 && g_str_equal (argv[1], "list")) &&
      !(argc == 3 && g_str_equal (argv[1], "set") && (days >= 0) != impossible))
    return cli_usage (cli, "export-policy: say list, remove COUNTRY, or set COUNTRY with --days N "
                           "or --impossible");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (argc == 2)
    return list_exports (cli, desk);
  policy.country = argv[2];
  policy.extra_days = MAX (days, 0);
  policy.possible = !impossible;
  policy.note = note;
  watch = cli_clock_watch ();
  ok = bh_desk_put_export_policy (desk, &policy, drop, bh_now_us (), &watch, &error);
  return cli_clock_watch_end (cli, &watch, ok, error);
}

const CliCommand cli_policy_commands[] = {
  { "policy", "list | set KEY VALUE", "Shows and changes what a site decides (RULES, triangles)",
    policy },
  { "export-policy", "list | set COUNTRY --days N|--impossible [--note TEXT] | remove COUNTRY",
    "Shows and changes how long a country's returns may take (C8)", export_policy },
  { NULL }
};

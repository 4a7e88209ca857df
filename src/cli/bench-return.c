/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

/* `bench return`: a unit goes back, or to stock (R2). */

#include "bench-object.h"

int
cli_bench_return (Cli *cli, int argc, char **argv)
{
  g_autofree char *to = NULL;
  g_autofree char *carrier = NULL;
  g_autofree char *tracking = NULL;
  g_autofree char *at = NULL;
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "customer or stock; as the result says else", "PLACE" },
    { "carrier", 0, 0, G_OPTION_ARG_STRING, &carrier, "Who carries it", "NAME" },
    { "tracking", 0, 0, G_OPTION_ARG_STRING, &tracking, "The parcel's number", "NO" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, "When it happened (supervisor)", "TIME" },
    { NULL }
  };
  g_autofree char *act = g_uuid_string_random ();
  g_auto (BhReturned) returned = { 0 };
  BhWhen when = { .act = act };
  BhSendBack asked = { 0 };
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("bench"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc != 3)
    return cli_usage (cli, "bench return: one JOB or SERIAL is needed");
  asked = (BhSendBack){ .job = argv[2], .to = to, .carrier = carrier, .tracking = tracking };
  when.time_stated = at != NULL;
  if (!cli_time (at, &when.at_us, &error))
    return cli_fail (cli, error);
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!bh_desk_bench_return (desk, &when, &asked, &returned, &error))
    return cli_fail (cli, error);
  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set (object, "job", returned.job);
    cli_set (object, "location", returned.to);
    cli_set_words (object, "labels", returned.labels);
    cli_set_words (object, "owed", returned.owed);
    cli_emit (object);
    return CLI_DONE;
  }
  cli_print ("%s: %s\n", returned.job,
             g_str_equal (returned.to, "customer") ? "goes back to the customer" : "is in stock");
  for (guint i = 0; i < returned.labels->len; i++)
    cli_print ("  %s waits for its printer\n", (char *) g_ptr_array_index (returned.labels, i));
  for (guint i = 0; i < returned.owed->len; i++)
    cli_print ("  still owed: %s\n", (char *) g_ptr_array_index (returned.owed, i));
  if (returned.owed->len == 0)
    cli_print ("  nothing is owed any more; close it with `rma close`\n");
  return CLI_DONE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "backhaul/calendars.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "backhaul/calendar.h"
#include "cli.h"
#include "clocks.h"
#include "lines.h"

static int
list (Cli *cli, BhDesk *desk)
{
  GError *error = NULL;
  g_auto (GStrv) names = bh_desk_calendar_names (desk, &error);

  if (names == NULL)
    return cli_fail (cli, error);
  for (char **name = names; *name != NULL; name++)
    if (cli->json) {
      JsonBuilder *object = cli_object ();

      cli_set (object, "calendar", *name);
      cli_emit (object);
    } else {
      cli_print ("%s\n", *name);
    }
  return CLI_DONE;
}

/* @year 0: two years on from today, what a clock of today can meet */
static int
show (Cli *cli, BhDesk *desk, const char *name, int year)
{
  GError *error = NULL;
  BhCalendar *calendar = bh_desk_calendar_named (desk, name, &error);
  BhDay first = bh_day_of (bh_now_us (), NULL);
  BhDay end = first + 731;

  if (calendar == NULL)
    return cli_fail (cli, error);
  if (year != 0) {
    g_autofree char *from = g_strdup_printf ("%04d-01-01", year);

    first = bh_day_parse (from);
    end = bh_day_anniversary (first, 1);
  }
  for (BhDay day = first; day < end; day++) {
    const char *why = bh_calendar_holiday (calendar, day);
    g_autofree char *date = bh_day_format (day);

    if (why == NULL)
      continue;
    if (cli->json) {
      JsonBuilder *object = cli_object ();

      cli_set (object, "calendar", name);
      cli_set (object, "date", date);
      cli_set (object, "holiday", why);
      cli_emit (object);
    } else {
      cli_print ("%s  %s\n", date, why);
    }
  }
  return CLI_DONE;
}

static int
add (Cli *cli, BhDesk *desk, const char *name, const char *path, gboolean dry_run)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *ics = NULL;
  BhClockWatch watch;
  GError *error = NULL;
  gsize size = 0;
  gboolean ok;

  if (!g_file_get_contents (path, &ics, &size, &why))
    return cli_fail (cli, g_error_new (BH_ERROR, BH_ERROR_INPUT,
                                       "%s: %s; name a file that can be read", path, why->message));
  watch = cli_clock_watch ();
  ok = (dry_run ? bh_desk_calendar_try : bh_desk_calendar_put) (desk, name, ics, size, bh_now_us (),
                                                                &watch, &error);
  return cli_clock_watch_end (cli, &watch, ok, error);
}

static gboolean
print_business_day (Cli *cli, BhCalendar *calendar, const char *from, const char *n, GError **error)
{
  BhDay start = bh_day_parse (from);
  guint64 days = 0;
  BhDay due;
  g_autofree char *date = NULL;

  if (start == BH_DAY_NONE) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: no such date; write YYYY-MM-DD", from);
    return FALSE;
  }
  if (!g_ascii_string_to_unsigned (n, 10, 1, 10000, &days, NULL)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: not a number of days; give 1 to 10000", n);
    return FALSE;
  }
  due = bh_calendar_add (calendar, start, (guint) days);
  if (due == BH_DAY_NONE) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "%s: the calendar leaves no such business day; look at it with `calendar show`",
                 n);
    return FALSE;
  }
  date = bh_day_format (due);
  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set (object, "date", date);
    cli_emit (object);
  } else {
    cli_print ("%s\n", date);
  }
  return TRUE;
}

/* A stream names few calendars many times: each is looked up once. */
static BhCalendar *
calendar_of (BhDesk *desk, GHashTable *known, const char *name, GError **error)
{
  BhCalendar *calendar = g_hash_table_lookup (known, name != NULL ? name : "");

  if (calendar != NULL)
    return calendar;
  calendar = bh_desk_calendar_named (desk, name, error);
  if (calendar != NULL)
    g_hash_table_insert (known, g_strdup (name != NULL ? name : ""), calendar);
  return calendar;
}

/* "-": lines FROM N [CALENDAR]; a bad line does not stop the others. */
static int
business_day_lines (Cli *cli, BhDesk *desk, const char *fallback)
{
  g_autoptr (CliLines) lines = cli_lines_new (STDIN_FILENO, "-");
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean more = TRUE;
  int exit_code = CLI_DONE;

  for (gint64 number = 1; more; number++) {
    GError *error = NULL;
    g_auto (GStrv) words = NULL;
    BhCalendar *calendar = NULL;

    if (!cli_lines_next (lines, line, &more, &error))
      return cli_fail (cli, error);
    g_strstrip (line->str);
    if (*line->str == '\0')
      continue;
    words = g_strsplit_set (line->str, " \t", 4);
    if (g_strv_length (words) < 2 || g_strv_length (words) > 3)
      error = g_error_new (BH_ERROR, BH_ERROR_INPUT, "%s: it is not FROM N [CALENDAR]", line->str);
    else
      calendar = calendar_of (desk, known, words[2] != NULL ? words[2] : fallback, &error);
    if (calendar != NULL)
      print_business_day (cli, calendar, words[0], words[1], &error);
    if (error != NULL) {
      g_prefix_error (&error, "-:%" G_GINT64_FORMAT ":1: ", number);
      exit_code = cli_worse (exit_code, cli_fail (cli, error));
    }
  }
  return exit_code;
}

static int
business_days (Cli *cli, BhDesk *desk, int argc, char **argv, const char *name)
{
  GError *error = NULL;
  BhCalendar *calendar;

  if (argc == 1 && g_str_equal (argv[0], "-"))
    return business_day_lines (cli, desk, name);
  if (argc != 2)
    return cli_usage (cli, "calendar business-days: FROM and N are needed, or -");
  calendar = bh_desk_calendar_named (desk, name, &error);
  if (calendar == NULL || !print_business_day (cli, calendar, argv[0], argv[1], &error))
    return cli_fail (cli, error);
  return CLI_DONE;
}

static int
calendar (Cli *cli, int argc, char **argv)
{
  g_autofree char *name = NULL;
  int year = 0;
  gboolean dry_run = FALSE;
  const GOptionEntry entries[] = {
    { "calendar", 0, 0, G_OPTION_ARG_STRING, &name, "By this calendar", "NAME" },
    { "year", 0, 0, G_OPTION_ARG_INT, &year, "Its holidays of this year", "Y" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, "Only tell what it would move", NULL },
    { NULL }
  };
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  const char *verb;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("calendar"), entries, &argc, &argv))
    return CLI_USAGE;
  verb = argc > 1 ? argv[1] : "";
  if (!(g_str_equal (verb, "list") && argc == 2) && !(g_str_equal (verb, "show") && argc == 3) &&
      !(g_str_equal (verb, "add") && argc == 4) && !g_str_equal (verb, "business-days"))
    return cli_usage (cli, "calendar: say list, show NAME, add NAME FILE.ics, or "
                           "business-days FROM N");
  /* how far calendars are followed */
  if (year != 0 && (year < 1990 || year > 2069))
    return cli_usage (cli, "calendar show: --year %d: it must be 1990 to 2069", year);
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!bh_desk_require (desk, BH_MAY_READ, &error))
    return cli_fail (cli, error);
  if (g_str_equal (verb, "list"))
    return list (cli, desk);
  if (g_str_equal (verb, "show"))
    return show (cli, desk, argv[2], year);
  if (g_str_equal (verb, "add"))
    return add (cli, desk, argv[2], argv[3], dry_run);
  return business_days (cli, desk, argc - 2, argv + 2, name);
}

const CliCommand cli_calendar_commands[] = {
  { "calendar",
    "list | show NAME [--year Y] | add NAME FILE.ics [--dry-run] |\n"
    "    business-days FROM N [--calendar NAME] |\n"
    "    business-days - [--calendar NAME]",
    "Shows and replaces holiday calendars; counts business days (C7, C11)", calendar },
  { NULL }
};

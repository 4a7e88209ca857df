/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "clocks.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "rma-object.h"

/* ---- what moved ------------------------------------------------------------------------ */

static void
free_moved (gpointer data)
{
  g_strfreev (data);
}

enum { RMA, CASE, KIND, FROM, TO, LINE };

/* Kept until the act is done: what is taken back did not move. */
static void
on_moved (const BhMovedClock *moved, gpointer data)
{
  static const char *const none = "";
  char **texts = g_new0 (char *, LINE + 2);

  texts[RMA] = g_strdup (moved->rma != NULL ? moved->rma : none);
  texts[CASE] = g_strdup (moved->case_no != NULL ? moved->case_no : none);
  texts[KIND] = g_strdup (moved->kind);
  texts[FROM] = g_strdup (moved->from != NULL ? moved->from : none);
  texts[TO] = g_strdup (moved->to != NULL ? moved->to : none);
  texts[LINE] = g_strdup_printf ("%d", moved->line);
  g_ptr_array_add (data, texts);
}

static void
on_progress (guint done, guint of, gpointer data)
{
  if (isatty (STDERR_FILENO))
    fprintf (stderr, "\rcounted again: %u of %u%s", done, of, done == of ? "\n" : "");
}

BhClockWatch
cli_clock_watch (void)
{
  return (BhClockWatch){ on_moved, on_progress, g_ptr_array_new_with_free_func (free_moved) };
}

static const char *
or_null (const char *text)
{
  return *text != '\0' ? text : NULL;
}

static void
tell_moved (Cli *cli, char **moved)
{
  JsonBuilder *object;

  if (!cli->json) {
    cli_print ("%s%s line %s %s: %s -> %s\n", moved[RMA], moved[CASE], moved[LINE], moved[KIND],
               moved[FROM], *moved[TO] != '\0' ? moved[TO] : "no return is expected");
    return;
  }
  object = cli_object ();
  cli_set (object, "rma", or_null (moved[RMA]));
  if (!g_str_equal (moved[LINE], "0"))
    cli_set_int (object, "line", g_ascii_strtoll (moved[LINE], NULL, 10));
  if (*moved[CASE] != '\0')
    cli_set (object, "case", moved[CASE]);
  cli_set (object, "kind", moved[KIND]);
  cli_set (object, "from", or_null (moved[FROM]));
  cli_set (object, "to", or_null (moved[TO]));
  cli_emit (object);
}

int
cli_clock_watch_end (Cli *cli, BhClockWatch *watch, gboolean done, GError *error)
{
  g_autoptr (GPtrArray) moved = watch->data;

  if (!done)
    return cli_fail (cli, error);
  for (guint i = 0; i < moved->len; i++)
    tell_moved (cli, g_ptr_array_index (moved, i));
  return CLI_DONE;
}

/* ---- one clock ---------------------------------------------------------------------------- */

static void
set_days (JsonBuilder *object, const BhClockView *clock)
{
  json_builder_set_member_name (object, "days");
  json_builder_begin_array (object);
  for (guint i = 0; i < clock->days->len; i++) {
    const BhClockViewDay *day = g_ptr_array_index (clock->days, i);

    json_builder_begin_object (object);
    cli_set (object, "date", day->date);
    cli_set_bool (object, "counted", day->counted);
    cli_set (object, "why", day->why);
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
}

static void
set_pauses (JsonBuilder *object, const BhClockView *clock)
{
  json_builder_set_member_name (object, "pauses");
  json_builder_begin_array (object);
  for (guint i = 0; i < clock->pauses->len; i++) {
    const BhPauseRecord *pause = g_ptr_array_index (clock->pauses, i);

    json_builder_begin_object (object);
    cli_set_time (object, "from", pause->from_us, clock->zone);
    cli_set_time (object, "to", pause->to_us == G_MAXINT64 ? 0 : pause->to_us, clock->zone);
    cli_set (object, "reason", pause->reason);
    json_builder_end_object (object);
  }
  json_builder_end_array (object);
}

static gboolean
is_running (const BhClockView *clock)
{
  return clock->due != NULL && g_strcmp0 (clock->state, "met") != 0 &&
         g_strcmp0 (clock->state, "missed") != 0 && g_strcmp0 (clock->state, "void") != 0;
}

void
cli_set_clock_view (JsonBuilder *object, const BhClockView *clock)
{
  cli_set (object, "kind", clock->kind);
  cli_set (object, "state", clock->state);
  cli_set_time (object, "started", clock->started_us, clock->zone);
  if (clock->due_us != 0)
    cli_set_time (object, "due", clock->due_us, clock->zone);
  else
    cli_set (object, "due", clock->due);
  cli_set_time (object, "ended", clock->ended_us, clock->zone);
  cli_set (object, "zone", clock->zone);
  cli_set (object, "calendar", clock->calendar);
  if (clock->rma != NULL) {
    cli_set (object, "rma", clock->rma);
    cli_set_int (object, "line", clock->line);
  }
  if (clock->case_no != NULL)
    cli_set (object, "case", clock->case_no);
  if (clock->stage != NULL)
    cli_set (object, "stage", clock->stage);
  if (clock->level != NULL)
    cli_set (object, "level", clock->level);
  if (is_running (clock))
    cli_set_int (object, "days_left", clock->days_left);
  cli_set_int (object, "extra_days", clock->extra_days);
  cli_set_int (object, "export_days", clock->policy_days);
  set_days (object, clock);
  set_pauses (object, clock);
}

static void
emit_clock (const BhClockView *clock)
{
  JsonBuilder *object = cli_object ();

  cli_set_clock_view (object, clock);
  cli_emit (object);
}

static void
print_clock (const BhClockView *clock)
{
  g_autoptr (GTimeZone) zone = bh_zone (clock->zone);
  g_autofree char *started = bh_time_format (clock->started_us, zone);
  g_autofree char *due =
      clock->due_us != 0 ? bh_time_format (clock->due_us, zone) : g_strdup (clock->due);

  cli_print ("%s  %s", clock->kind, clock->state);
  if (clock->line > 0)
    cli_print ("  line %d", clock->line);
  cli_print ("  from %s  due %s  (%s%s%s)\n", started, due != NULL ? due : "when it is resumed",
             clock->zone, clock->calendar != NULL ? ", calendar " : "",
             clock->calendar != NULL ? clock->calendar : "");
  for (guint i = 0; i < clock->days->len; i++) {
    const BhClockViewDay *day = g_ptr_array_index (clock->days, i);

    cli_print ("    %s  %s\n", day->date,
               day->counted ? "counted" : (day->why != NULL ? day->why : ""));
  }
  for (guint i = 0; i < clock->pauses->len; i++) {
    const BhPauseRecord *pause = g_ptr_array_index (clock->pauses, i);
    g_autofree char *from = bh_time_format (pause->from_us, zone);
    g_autofree char *to =
        pause->to_us != G_MAXINT64 ? bh_time_format (pause->to_us, zone) : g_strdup ("now");

    cli_print ("    paused %s to %s: %s\n", from, to, pause->reason);
  }
}

void
cli_answer_clock (Cli *cli, const BhClockView *clock)
{
  if (cli->json)
    emit_clock (clock);
  else
    print_clock (clock);
}

/* Those of @kind and @line, or all. */
static int
answer_clocks (Cli *cli, BhDesk *desk, const char *number, int line, const char *kind)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) clocks = bh_desk_clock_views (desk, number, line, bh_now_us (), &error);

  if (clocks == NULL)
    return cli_fail (cli, error);
  for (guint i = 0; i < clocks->len; i++) {
    const BhClockView *clock = g_ptr_array_index (clocks, i);

    if (kind == NULL || (g_str_equal (clock->kind, kind) && clock->ended_us == 0))
      cli_answer_clock (cli, clock);
  }
  if (clocks->len == 0 && !cli->json)
    cli_say ("%s: no clock runs or ran there", number);
  return CLI_DONE;
}

/* ---- the commands -------------------------------------------------------------------------- */

typedef struct {
  int line;
  int days;
  char *kind;
  char *reason;
  char *at;
  char *destination;
  char *from;
  char *level;
  char *priority;
  char *stage;
  char *country;
  gboolean undo;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->kind);
  g_free (self->reason);
  g_free (self->at);
  g_free (self->destination);
  g_free (self->from);
  g_free (self->level);
  g_free (self->priority);
  g_free (self->stage);
  g_free (self->country);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static int
act (Cli *cli, const char *command, BhClockDo what, const char *number, const Options *options)
{
  g_autofree char *id = g_uuid_string_random ();
  BhClockRequest request = { .what = what,
                             .number = number,
                             .line = options->line,
                             .kind = options->kind,
                             .days = options->days,
                             .reason = options->reason,
                             .time_stated = options->at != NULL };
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  gint64 now_us = 0;
  BhDesk *desk;

  if (!cli_has_reason (cli, command, options->reason))
    return CLI_USAGE;
  if (!cli_time (options->at, &now_us, &error))
    return cli_fail (cli, error);
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!bh_desk_clock_do (desk, id, &request, now_us, &error))
    return cli_fail (cli, error);
  if (what >= BH_CLOCK_EXTEND && g_str_equal (options->kind, "C1"))
    return cli_answer_rma (cli, desk, number, now_us);
  return answer_clocks (cli, desk, number, options->line, options->kind);
}

static int
what_if (Cli *cli, const Options *options)
{
  BhClockQuestion question = { .kind = options->kind,
                               .destination = options->destination,
                               .from = options->from,
                               .level = options->level != NULL ? options->level : options->priority,
                               .stage = options->stage,
                               .country = options->country,
                               .extra_days = options->days };
  g_autoptr (BhClockView) clock = NULL;
  int exit_code = CLI_USAGE;
  GError *error = NULL;
  BhDesk *desk;

  if (options->kind == NULL || options->destination == NULL || options->from == NULL)
    return cli_usage (cli, "clock what-if: --kind, --destination and --from are needed");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  clock = bh_desk_clock_what_if (desk, &question, bh_now_us (), &error);
  if (clock == NULL)
    return cli_fail (cli, error);
  cli_answer_clock (cli, clock);
  return CLI_DONE;
}

static int
clock_command (Cli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "line", 0, 0, G_OPTION_ARG_INT, &options.line, "Only this line", "N" },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &options.kind, "Which clock", "C1…C6" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "Why", "TEXT" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &options.at, "When it happened (supervisor)", "TIME" },
    { "destination", 0, 0, G_OPTION_ARG_STRING, &options.destination, "Counted where", "D" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, "Begun when", "TIME" },
    { "level", 0, 0, G_OPTION_ARG_STRING, &options.level, "Contract level, of C5", "LEVEL" },
    { "priority", 0, 0, G_OPTION_ARG_STRING, &options.priority, "Priority, of C6", "P1…P4" },
    { "stage", 0, 0, G_OPTION_ARG_STRING, &options.stage, "response or update, of C6", "STAGE" },
    { "country", 0, 0, G_OPTION_ARG_STRING, &options.country, "Returned from, of C1", "CC" },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &options.undo, "Take the last pause or resumption back",
      NULL },
    { "extra-days", 0, 0, G_OPTION_ARG_INT, &options.days, "Extended by", "N" },
    { NULL }
  };
  int exit_code = CLI_USAGE;
  const char *verb;
  BhClockDo what;
  BhDesk *desk;

  if (!cli_parse (cli, cli_find ("clock"), entries, &argc, &argv))
    return CLI_USAGE;
  verb = argc > 1 ? argv[1] : "";
  if (g_str_equal (verb, "what-if") && argc == 2)
    return what_if (cli, &options);
  if (argc != 3 || (!g_str_equal (verb, "show") && !g_str_equal (verb, "pause") &&
                    !g_str_equal (verb, "resume")))
    return cli_usage (cli, "clock: say show, pause or resume with an RMA, or what-if");
  if (g_str_equal (verb, "show")) {
    desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
    return desk != NULL ? answer_clocks (cli, desk, argv[2], options.line, options.kind)
                        : exit_code;
  }
  if (options.kind == NULL)
    return cli_usage (cli, "clock %s: --kind is needed, C1 to C6", verb);
  what = g_str_equal (verb, "pause") ? (options.undo ? BH_CLOCK_UNPAUSE : BH_CLOCK_PAUSE)
                                     : (options.undo ? BH_CLOCK_UNRESUME : BH_CLOCK_RESUME);
  return act (cli, "clock", what, argv[2], &options);
}

static int
extend (Cli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "line", 0, 0, G_OPTION_ARG_INT, &options.line, "Only this line", "N" },
    { "days", 0, 0, G_OPTION_ARG_INT, &options.days, "By so many of the clock's days", "N" },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &options.undo, "Take the last extension back", NULL },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &options.kind, "Which clock; C1 else", "C1…C6" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "Why", "TEXT" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &options.at, "When it happened (supervisor)", "TIME" },
    { NULL }
  };

  if (!cli_parse (cli, cli_find ("extend"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc != 2 || (options.days == 0) != options.undo)
    return cli_usage (
        cli, options.undo ? "extend: an RMA is needed; --undo takes its last days back, name none"
                          : "extend: an RMA and --days are needed");
  if (options.kind == NULL)
    options.kind = g_strdup ("C1");
  return act (cli, "extend", options.undo ? BH_CLOCK_UNEXTEND : BH_CLOCK_EXTEND, argv[1], &options);
}

const CliCommand cli_clock_commands[] = {
  { "clock",
    "show RMA|CASE [--line N] | pause|resume RMA|CASE --kind C1…C6 --reason TEXT [--undo]\n"
    "    [--line N] [--at TIME] |\n"
    "    what-if --kind C1…C6 --destination D --from TIME [--level LEVEL] [--priority P1…P4]\n"
    "    [--stage response|update] [--country CC] [--extra-days N]",
    "Shows how a clock was counted, pauses it, or asks what if (C9-C11)", clock_command },
  { "extend", "RMA [--line N] --days N|--undo --reason TEXT [--kind C1…C6] [--at TIME]",
    "Gives more days to return a unit, or takes them back (O2)", extend },
  { NULL }
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

/* `bench`: RA and FA at the repair center (RA1-RA10). */

#include <string.h>

#include "backhaul/calendar.h"
#include "bench-object.h"

typedef struct {
  char *kind;
  char *on;
  char *at;
  char *reason;
  char *by;
  char *customer;
  char *engineer;
  char *disposition;
  char *state;
  char *after;
  char *photo;
  char *output;
  char **present;
  char **missing;
  gboolean approve;
  gboolean interim;
  gboolean mine;
  gboolean thumb;
  int corrects;
  int limit;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->kind);
  g_free (self->on);
  g_free (self->at);
  g_free (self->reason);
  g_free (self->by);
  g_free (self->customer);
  g_free (self->engineer);
  g_free (self->disposition);
  g_free (self->state);
  g_free (self->after);
  g_free (self->photo);
  g_free (self->output);
  g_strfreev (self->present);
  g_strfreev (self->missing);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* One call: what it was given, the store, and when. */
typedef struct {
  Cli *cli;
  BhDesk *desk;
  const char *name; /* of the job, or a serial */
  const Options *options;
  BhRepairKind kind;
  BhWhen when;
  GError *error;
} Call;

static int
answer (Call *call, const char *job)
{
  return cli_answer_job (call->cli, call->desk, job,
                         call->when.time_stated ? call->when.at_us : bh_now_us ());
}

/* ---- the acts ----------------------------------------------------------------------------- */

static int
eligible (Call *call)
{
  g_auto (BhBenchEligible) told = { 0 };
  BhDay on = BH_DAY_NONE;
  JsonBuilder *object;
  gboolean yes;

  if (call->options->on != NULL && (on = bh_day_parse (call->options->on)) == BH_DAY_NONE)
    return cli_fail (call->cli,
                     g_error_new (BH_ERROR, BH_ERROR_INPUT, "%s: no such date; write YYYY-MM-DD",
                                  call->options->on));
  if (!bh_desk_bench_eligible (call->desk, call->name, call->kind, on, bh_now_us (), &told,
                               &call->error))
    return cli_fail (call->cli, call->error);
  yes = told.may.eligible == BH_ELIGIBLE;
  if (!call->cli->json) {
    cli_print ("%s  %s  %s (%s): %s\n", told.serial, bh_repair_kind_name (told.kind),
               bh_eligible_name (told.may.eligible), told.may.rule, told.may.reason);
  } else {
    g_autofree char *day = bh_day_format (told.on);
    g_autofree char *until = told.may.until != BH_DAY_NONE ? bh_day_format (told.may.until) : NULL;

    object = cli_object ();
    cli_set (object, "serial", told.serial);
    cli_set (object, "kind", bh_repair_kind_name (told.kind));
    cli_set_bool (object, "eligible", yes);
    cli_set_bool (object, "approval", told.may.eligible == BH_ELIGIBLE_NEEDS_APPROVAL);
    cli_set (object, "rule", told.may.rule);
    cli_set (object, "reason", told.may.reason);
    cli_set (object, "on", day);
    cli_set (object, "until", until);
    cli_set (object, "rma", told.rma);
    cli_emit (object);
  }
  return yes ? CLI_DONE : CLI_NO;
}

static int
start (Call *call)
{
  g_autofree char *job = NULL;
  g_autoptr (GPtrArray) advice = NULL;

  if (!bh_desk_bench_start (call->desk, &call->when, call->name, call->kind,
                            call->options->approve ? call->options->reason : NULL, &job, &advice,
                            &call->error))
    return cli_fail (call->cli, call->error);
  for (guint i = 0; advice != NULL && i < advice->len; i++)
    cli_say ("%s", (char *) g_ptr_array_index (advice, i));
  return answer (call, job);
}

static int
take (Call *call)
{
  if (!bh_desk_bench_take (call->desk, &call->when, call->name, call->options->reason,
                           &call->error))
    return cli_fail (call->cli, call->error);
  return answer (call, call->name);
}

static int
intake (Call *call)
{
  g_autofree char *voided = NULL;

  if (!bh_desk_bench_intake (call->desk, &call->when, call->name,
                             (const char *const *) call->options->present,
                             (const char *const *) call->options->missing, &voided, &call->error))
    return cli_fail (call->cli, call->error);
  if (voided == NULL)
    return answer (call, call->name);
  return cli_fail (call->cli, g_error_new (BH_ERROR, BH_ERROR_REFUSED,
                                           "%s: the request is void, %s is missing (RA7); the unit "
                                           "stays received",
                                           call->name, voided));
}

static int
consent (Call *call)
{
  if (!bh_desk_bench_consent (call->desk, &call->when, call->name, call->options->by,
                              call->options->on, &call->error))
    return cli_fail (call->cli, call->error);
  return answer (call, call->name);
}

static int
insufficient (Call *call)
{
  g_autofree char *fa = NULL;

  if (!bh_desk_bench_insufficient (call->desk, &call->when, call->name, call->options->customer,
                                   call->options->engineer, call->options->reason, &fa,
                                   &call->error))
    return cli_fail (call->cli, call->error);
  return answer (call, fa);
}

static int
post (Call *call)
{
  const Options *options = call->options;
  BhResult result = { .job = call->name,
                      .disposition = options->disposition,
                      .interim = options->interim,
                      .corrects = options->corrects,
                      .reason = options->reason };
  g_auto (BhPosted) posted = { 0 };
  g_autoptr (BhJob) job = NULL;
  JsonBuilder *object;

  if (!bh_desk_bench_post (call->desk, &call->when, &result, &posted, &call->error) ||
      (job = bh_desk_job (call->desk, posted.job, call->when.at_us, &call->error)) == NULL)
    return cli_fail (call->cli, call->error);
  if (!call->cli->json) {
    cli_print ("%s: version %d is posted%s%s\n", posted.job, posted.version,
               posted.next != NULL ? ", the next result is due " : "",
               posted.next != NULL ? posted.next : "");
  } else {
    object = cli_object ();
    cli_set (object, "job", posted.job);
    cli_set_int (object, "version", posted.version);
    cli_set_time (object, "posted", posted.at_us, job->zone);
    cli_set (object, "next", posted.next);
    cli_set (object, "state", job->state);
    cli_set (object, "disposition", options->disposition);
    cli_set_bool (object, "interim", options->interim);
    if (options->corrects != 0)
      cli_set_int (object, "corrects", options->corrects);
    else
      cli_set_null (object, "corrects");
    cli_set (object, "rma", job->rma);
    cli_set (object, "serial", job->serial);
    cli_set_int (object, "same_fault", posted.same_fault);
    cli_set_bool (object, "proposes_fa", posted.same_fault > 0);
    cli_set_words (object, "missing", posted.missing);
    cli_emit (object);
    return CLI_DONE;
  }
  for (guint i = 0; i < posted.missing->len; i++)
    cli_say ("%s: %s (RA10)", posted.job, (char *) g_ptr_array_index (posted.missing, i));
  if (posted.same_fault > 0)
    cli_say ("%s: fault %s came %d times of late; an FA is proposed", posted.job, job->fault,
             posted.same_fault);
  return CLI_DONE;
}

static int
show (Call *call)
{
  return answer (call, call->name);
}

static int
write_attachment (Call *call)
{
  g_autoptr (GBytes) bytes =
      bh_desk_attachment (call->desk, call->name, call->options->thumb, NULL, &call->error);
  g_autoptr (GError) why = NULL;

  if (bytes == NULL)
    return cli_fail (call->cli, call->error);
  if (!g_file_set_contents (call->options->output, g_bytes_get_data (bytes, NULL),
                            (gssize) g_bytes_get_size (bytes), &why))
    return cli_fail (call->cli, g_error_new (BH_ERROR, BH_ERROR_STORE, "%s: %s; name another file",
                                             call->options->output, why->message));
  return CLI_DONE;
}

/* ---- the queue ------------------------------------------------------------------------------ */

/* Open ones by their date, then what is posted, newest first; as many as are asked for. */
static int
list (Call *call)
{
  static const char *const all[] = { "open", "posted", "void", NULL };
  const Options *options = call->options;
  const char *const one[] = { options->state, NULL };
  const char *const *states = options->state != NULL ? one : all;
  guint limit = options->limit > 0 ? (guint) options->limit : 100;
  guint rows = 0;

  for (; *states != NULL && rows < limit; states++) {
    BhJobQuery query = { .state = *states,
                         .kind = options->kind,
                         .technician = options->mine ? "" : NULL,
                         .after = options->after,
                         .limit = limit - rows };
    g_autoptr (GPtrArray) jobs = bh_desk_jobs (call->desk, &query, bh_now_us (), &call->error);

    if (jobs == NULL)
      return cli_fail (call->cli, call->error);
    for (guint i = 0; i < jobs->len; i++) {
      if (call->cli->json)
        cli_emit_job (g_ptr_array_index (jobs, i));
      else
        cli_print_job_row (g_ptr_array_index (jobs, i));
    }
    rows += jobs->len;
  }
  if (rows == 0 && !call->cli->json)
    cli_say ("no job that fits");
  return CLI_DONE;
}

/* ---- the command ----------------------------------------------------------------------------- */

enum {
  NEEDS_KIND = 1 << 0,
  NEEDS_REASON = 1 << 1,
  NEEDS_NAME = 1 << 2,
};

static const struct {
  const char *verb;
  guint needs;
  int (*run) (Call *call);
} verbs[] = {
  { "eligible", NEEDS_NAME | NEEDS_KIND, eligible },
  { "start", NEEDS_NAME | NEEDS_KIND, start },
  { "take", NEEDS_NAME | NEEDS_REASON, take },
  { "intake", NEEDS_NAME, intake },
  { "consent", NEEDS_NAME, consent },
  { "insufficient", NEEDS_NAME | NEEDS_REASON, insufficient },
  { "post", NEEDS_NAME, post },
  { "milestone", NEEDS_NAME, post },
  { "show", NEEDS_NAME, show },
  { "attachment", NEEDS_NAME, write_attachment },
  { "list", 0, list },
};

/* Said before the store is opened: what is wrong with the words alone. */
static int
check (Cli *cli, const char *verb, guint needs, int argc, const Options *options)
{
  BhRepairKind kind;

  if (argc != ((needs & NEEDS_NAME) ? 3 : 2))
    return cli_usage (cli, "bench %s: %s", verb,
                      (needs & NEEDS_NAME) ? "one JOB or SERIAL is needed" : "too many arguments");
  if (options->kind != NULL && !bh_repair_kind_parse (options->kind, &kind))
    return cli_usage (cli, "%s: no such kind; say ra or fa", options->kind);
  if ((needs & NEEDS_KIND) && options->kind == NULL)
    return cli_usage (cli, "bench %s: --kind is needed, ra or fa", verb);
  if (((needs & NEEDS_REASON) || options->approve || options->corrects != 0) &&
      !cli_has_reason (cli, g_str_equal (verb, "start") ? "bench start --approve" : "bench",
                       options->reason))
    return CLI_USAGE;
  if (g_str_equal (verb, "consent") && (options->by == NULL || options->on == NULL))
    return cli_usage (cli, "bench consent: --by NAME and --on DATE are needed");
  if (g_str_equal (verb, "insufficient") &&
      (options->customer == NULL || options->engineer == NULL))
    return cli_usage (cli, "bench insufficient: --customer and --engineer are needed, who agreed");
  if (g_str_equal (verb, "intake") && options->present == NULL && options->missing == NULL)
    return cli_usage (cli, "bench intake: --present COMPONENT is needed, or --missing COMPONENT");
  if ((g_str_equal (verb, "post") || g_str_equal (verb, "milestone")) &&
      options->disposition == NULL)
    return cli_usage (cli, "bench %s: --disposition is needed", verb);
  if (options->corrects < 0 || options->limit < 0)
    return cli_usage (cli, "bench %s: a version and a limit count from 1", verb);
  if (g_str_equal (verb, "attachment") && options->output == NULL)
    return cli_usage (cli, "bench attachment: -o FILE is needed");
  if (options->state != NULL && !g_str_equal (options->state, "open") &&
      !g_str_equal (options->state, "posted") && !g_str_equal (options->state, "void") &&
      !g_str_equal (options->state, "waiting"))
    return cli_usage (cli, "%s: no such state; say open, posted, void or waiting", options->state);
  return CLI_DONE;
}

static int
run (Cli *cli, guint v, int argc, char **argv, const Options *options)
{
  g_autofree char *act = g_uuid_string_random ();
  Call call = { .cli = cli,
                .name = argc > 2 ? argv[2] : NULL,
                .options = options,
                .when = { .act = act, .time_stated = options->at != NULL } };
  int exit_code = check (cli, verbs[v].verb, verbs[v].needs, argc, options);

  if (exit_code != CLI_DONE)
    return exit_code;
  if (options->kind != NULL)
    bh_repair_kind_parse (options->kind, &call.kind);
  if (!cli_time (options->at, &call.when.at_us, &call.error))
    return cli_fail (cli, call.error);
  call.desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  return call.desk != NULL ? verbs[v].run (&call) : exit_code;
}

static int
bench (Cli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &options.kind, "ra or fa", "KIND" },
    { "on", 0, 0, G_OPTION_ARG_STRING, &options.on, "On this day", "DATE" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &options.at, "When it happened (supervisor)", "TIME" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "Why", "TEXT" },
    { "approve", 0, 0, G_OPTION_ARG_NONE, &options.approve, "Past five years (RA5)", NULL },
    { "present", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.present, "It came back", "COMPONENT" },
    { "missing", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.missing, "It did not", "COMPONENT" },
    { "by", 0, 0, G_OPTION_ARG_STRING, &options.by, "Who consents", "NAME" },
    { "customer", 0, 0, G_OPTION_ARG_STRING, &options.customer, "Who agreed there", "NAME" },
    { "engineer", 0, 0, G_OPTION_ARG_STRING, &options.engineer, "Who agreed here", "NAME" },
    { "disposition", 0, 0, G_OPTION_ARG_STRING, &options.disposition, "What becomes of it",
      "DISPOSITION" },
    { "interim", 0, 0, G_OPTION_ARG_NONE, &options.interim, "Not the last one (FA)", NULL },
    { "corrects", 0, 0, G_OPTION_ARG_INT, &options.corrects, "In place of", "VERSION" },
    { "state", 0, 0, G_OPTION_ARG_STRING, &options.state, "open, posted, void, waiting", "STATE" },
    { "mine", 0, 0, G_OPTION_ARG_NONE, &options.mine, "Only what I have in hand", NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &options.limit, "So many rows", "N" },
    { "after", 0, 0, G_OPTION_ARG_STRING, &options.after, "Go on after this job", "JOB" },
    { "thumb", 0, 0, G_OPTION_ARG_NONE, &options.thumb, "The small picture", NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "Where to", "FILE" },
    { NULL }
  };

  if (argc > 1 && (g_str_equal (argv[1], "log") || g_str_equal (argv[1], "finding")))
    return cli_bench_log (cli, argc, argv);
  if (argc > 1 && g_str_equal (argv[1], "report"))
    return cli_bench_report (cli, argc, argv);
  if (argc > 1 && g_str_equal (argv[1], "return"))
    return cli_bench_return (cli, argc, argv);
  if (!cli_parse (cli, cli_find ("bench"), entries, &argc, &argv))
    return CLI_USAGE;
  /* a milestone of an FA is an interim result, which sets the next date (C3) */
  options.interim = options.interim || (argc > 1 && g_str_equal (argv[1], "milestone"));
  for (guint v = 0; argc > 1 && v < G_N_ELEMENTS (verbs); v++)
    if (g_str_equal (argv[1], verbs[v].verb))
      return run (cli, v, argc, argv, &options);
  return cli_usage (cli, "bench: say eligible, start, take, intake, log, finding, consent, "
                         "insufficient, post, milestone, return, report, show, attachment or list");
}

const CliCommand cli_bench_commands[] = {
  { "bench",
    "eligible SERIAL --kind ra|fa [--on DATE] | start SERIAL --kind ra|fa [--approve --reason "
    "TEXT] |\n"
    "    take JOB --reason TEXT | intake JOB --present COMPONENT… [--missing COMPONENT…] |\n"
    "    log|finding JOB WHAT… | consent JOB --by NAME --on DATE |\n"
    "    insufficient JOB --customer NAME --engineer NAME --reason TEXT |\n"
    "    post JOB --disposition DISPOSITION [--interim] [--corrects VERSION --reason TEXT] |\n"
    "    milestone JOB --disposition DISPOSITION |\n"
    "    return JOB [--to customer|stock] [--carrier NAME] [--tracking NO] |\n"
    "    report JOB [--version N] [--language LANGUAGE] [--layout 8d] -o FILE.pdf |\n"
    "    show JOB | attachment SHA256 [--thumb] -o FILE |\n"
    "    list [--kind ra|fa] [--state open|posted|void|waiting] [--mine] [--limit N] [--after JOB]",
    "Repair and failure analysis (RA1-RA10)", bench },
  { NULL }
};

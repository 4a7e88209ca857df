/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "backhaul/decode.h"
#include "backhaul/policy.h"
#include "backhaul/receive.h"
#include "pictures.h"

/* Read at the same time, however many processors there are: each may hold a picture of 60
 * megapixels. */
#define MAX_THREADS 8u
/* Files ahead of the one that is printed, a thread. */
#define AHEAD 4u

/* One file, from the list to its lines. */
typedef struct {
  char *path;
  GPtrArray *symbols; /* NULL: @error */
  GError *error;
  gboolean done;
} Job;

typedef struct {
  BhDecoder decoder;
  GMutex mutex;
  GCond cond; /* a job is done */
} Work;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_free (self->path);
  g_clear_pointer (&self->symbols, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void
add_job (GPtrArray *jobs, char *path)
{
  Job *job = g_new0 (Job, 1);

  job->path = path;
  g_ptr_array_add (jobs, job);
}

/* In a thread of the pool. */
static void
read_job (gpointer data, gpointer user_data)
{
  Job *job = data;
  Work *work = user_data;
  g_autoptr (GBytes) bytes = cli_read_picture (job->path, &job->error);

  if (bytes != NULL)
    job->symbols = bh_decoder_bytes (&work->decoder, bytes, job->path, &job->error);
  g_mutex_lock (&work->mutex);
  job->done = TRUE;
  g_cond_broadcast (&work->cond);
  g_mutex_unlock (&work->mutex);
}

/* (transfer full): a file's name may be any bytes, and a line is a line */
static char *
name_shown (const Cli *cli, const char *path)
{
  return cli->json ? g_utf8_make_valid (path, -1)
                   : bh_text_for_display (path, strlen (path), G_MAXSIZE);
}

static void
print_symbol (Cli *cli, const char *file, const BhSymbol *symbol, gboolean explain)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (symbol->bytes, &size);
  gboolean utf8 = g_utf8_validate_len (data, size, NULL);
  g_autofree char *shown = bh_text_for_display (data, size, G_MAXSIZE);
  g_autoptr (BhScan) scan = bh_symbol_scan (symbol, 0);
  g_autoptr (BhReading) reading = bh_scan_classify (scan);
  JsonBuilder *object;

  if (!cli->json) {
    cli_print ("%s:%u:%u: %-11s %-4s %-8s %s%s%s%s\n", file, symbol->page, symbol->index,
               symbol->symbology, symbol->identifier != NULL ? symbol->identifier : "",
               bh_kind_name (reading->kind), shown, explain ? "  (" : "",
               explain ? symbol->step : "", explain ? ")" : "");
    return;
  }
  object = cli_object ();
  cli_set (object, "file", file);
  cli_set_int (object, "page", symbol->page);
  cli_set_int (object, "index", symbol->index);
  if (utf8) {
    g_autofree char *text = g_strndup (data, size);

    cli_set (object, "text", text);
  } else {
    g_autofree char *base64 = g_base64_encode ((const guchar *) data, size);

    cli_set (object, "text", shown);
    cli_set (object, "bytes", base64);
  }
  cli_set (object, "symbology", symbol->symbology);
  cli_set (object, "identifier", symbol->identifier);
  json_builder_set_member_name (object, "polygon");
  json_builder_begin_array (object);
  for (guint i = 0; i < symbol->n_points; i++) {
    json_builder_begin_array (object);
    json_builder_add_int_value (object, symbol->polygon[i].x);
    json_builder_add_int_value (object, symbol->polygon[i].y);
    json_builder_end_array (object);
  }
  json_builder_end_array (object);
  cli_set (object, "kind", bh_kind_name (reading->kind));
  json_builder_set_member_name (object, "fields");
  json_builder_begin_object (object);
  for (guint i = 0; i < reading->fields->len; i++) {
    const BhField *field = g_ptr_array_index (reading->fields, i);

    cli_set (object, bh_kind_name (field->kind), field->value);
  }
  json_builder_end_object (object);
  if (explain)
    cli_set (object, "step", symbol->step);
  cli_emit (object);
}

/* A picture that cannot be read does not stop the others. */
static int
print_job (Cli *cli, const Job *job, gboolean explain)
{
  g_autofree char *file = name_shown (cli, job->path);

  for (guint i = 0; job->symbols != NULL && i < job->symbols->len; i++)
    print_symbol (cli, file, g_ptr_array_index (job->symbols, i), explain);
  if (job->symbols != NULL)
    return CLI_DONE;
  cli_say ("%s", job->error->message);
  if (cli->json) {
    JsonBuilder *object = cli_object ();

    cli_set (object, "file", file);
    json_builder_set_member_name (object, "error");
    json_builder_begin_object (object);
    cli_set (object, "code", job->error->code == BH_ERROR_NO_SYMBOL ? "no-symbol" : "bad-input");
    cli_set (object, "message", job->error->message);
    json_builder_end_object (object);
    cli_emit (object);
  }
  return CLI_INPUT;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* All files of it, by name. */
static int
add_folder (Cli *cli, GPtrArray *jobs, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *name;

  if (folder == NULL)
    return cli_fail (cli,
                     g_error_new (BH_ERROR, BH_ERROR_INPUT,
                                  "%s: %s; name a folder that can be read", path, error->message));
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, by_name);
  for (guint i = 0; i < names->len; i++)
    if (g_file_test (g_ptr_array_index (names, i), G_FILE_TEST_IS_REGULAR))
      add_job (jobs, g_ptr_array_index (names, i));
    else
      g_free (g_ptr_array_index (names, i));
  return CLI_DONE;
}

/* Each file's lines as soon as those before it are out. */
static int
run_jobs (Cli *cli, Work *work, GPtrArray *jobs, gboolean explain)
{
  guint threads = CLAMP (g_get_num_processors (), 1, MAX_THREADS), begun = 0;
  GThreadPool *pool = g_thread_pool_new (read_job, work, (int) threads, FALSE, NULL);
  gint64 told = g_get_monotonic_time ();
  int exit_code = CLI_DONE;

  work->decoder.threads = jobs->len < threads ? threads : 1;
  for (guint i = 0; i < jobs->len; i++) {
    Job *job = g_ptr_array_index (jobs, i);

    for (; begun < jobs->len && begun < i + threads * AHEAD; begun++)
      g_thread_pool_push (pool, g_ptr_array_index (jobs, begun), NULL);
    g_mutex_lock (&work->mutex);
    while (!job->done)
      g_cond_wait (&work->cond, &work->mutex);
    g_mutex_unlock (&work->mutex);
    exit_code = cli_worse (exit_code, print_job (cli, job, explain));
    fflush (stdout); /* who reads along sees it now */
    g_clear_pointer (&job->symbols, g_ptr_array_unref);
    if (isatty (STDERR_FILENO) && g_get_monotonic_time () - told > G_USEC_PER_SEC) {
      cli_say ("scan: %u of %u pictures", i + 1, jobs->len);
      told = g_get_monotonic_time ();
    }
  }
  g_thread_pool_free (pool, FALSE, TRUE);
  return exit_code;
}

static gboolean
parse_effort (const char *word, BhEffort *effort)
{
  static const char *const words[] = { "fast", "normal", "hard" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i])) {
      *effort = (BhEffort) i;
      return TRUE;
    }
  return FALSE;
}

/* The site's profile, of a store that is named. It is no secret, so nobody signs in; a store that
 * only the station's settings name, and is out of reach, keeps no picture from being read. */
static gboolean
take_site_profile (Cli *cli, guint *symbologies, GError **error)
{
  const char *named = g_getenv ("BACKHAUL_STORE");
  gboolean asked_for = cli->store != NULL;
  g_autoptr (GError) why = NULL;
  g_autoptr (BhStore) store = NULL;
  g_autofree char *profile = NULL;

  if (!asked_for && (named == NULL || *named == '\0'))
    return TRUE;
  cli_name_store (cli);
  store = bh_store_open (cli->store, BH_STORE_OPEN | BH_STORE_READ_ONLY, &why);
  if (store != NULL)
    profile = bh_store_get_setting (store, BH_POLICY_SYMBOLOGIES, &why);
  if (why != NULL && asked_for) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  if (why != NULL)
    cli_say ("%s; the usual profile is taken, --profile names another", why->message);
  /* what a newer program wrote is no reason not to read */
  if (profile != NULL && !bh_symbologies_parse (profile, symbologies))
    cli_say ("the site's profile %s is not known; the usual one is taken", profile);
  return TRUE;
}

int
cli_scan (Cli *cli, int argc, char **argv)
{
  g_autofree char *profile = NULL;
  g_autofree char *effort = NULL;
  gboolean explain = FALSE;
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_STRING, &profile, "Kinds of codes, as CODE-128,QR-Code; or all",
      "NAMES" },
    { "effort", 0, 0, G_OPTION_ARG_STRING, &effort, "fast, normal or hard", "WORD" },
    { "explain", 0, 0, G_OPTION_ARG_NONE, &explain, "Say which step read it", NULL },
    { NULL }
  };
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (job_free);
  Work work = { .decoder = BH_DECODER_DEFAULT };
  int exit_code = CLI_DONE;
  GError *error = NULL;

  if (!cli_parse (cli, cli_find ("scan"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc < 2)
    return cli_usage (cli, "scan: no picture given; name a FILE, a folder, or -");
  if (profile != NULL && !bh_symbologies_parse (profile, &work.decoder.symbologies)) {
    g_autofree char *all = bh_symbologies_text (BH_SYMBOLOGIES_ALL);

    return cli_usage (cli, "scan: %s is no profile; say default, all, or some of %s", profile, all);
  }
  if (effort != NULL && !parse_effort (effort, &work.decoder.effort))
    return cli_usage (cli, "scan: %s is no effort; say fast, normal or hard", effort);
  if (profile == NULL && !take_site_profile (cli, &work.decoder.symbologies, &error)) {
    /* a store that is not there is a failure of the store, not an answer */
    if (error->code == BH_ERROR_NOT_FOUND)
      error->code = BH_ERROR_STORE;
    return cli_fail (cli, error);
  }
  for (int i = 1; i < argc; i++)
    if (g_file_test (argv[i], G_FILE_TEST_IS_DIR))
      exit_code = cli_worse (exit_code, add_folder (cli, jobs, argv[i]));
    else
      add_job (jobs, g_strdup (argv[i]));
  g_mutex_init (&work.mutex);
  g_cond_init (&work.cond);
  exit_code = cli_worse (exit_code, run_jobs (cli, &work, jobs, explain));
  g_mutex_clear (&work.mutex);
  g_cond_clear (&work.cond);
  return exit_code;
}

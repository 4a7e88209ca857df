/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "backhaul/decode.h"
#include "backhaul/identifier.h"
#include "backhaul/receive.h"
#include "cli.h"
#include "lines.h"
#include "offline.h"
#include "outcome-object.h"
#include "pictures.h"

/* one commit is for so many boxes, or scans: other stations wait meanwhile */
#define TOGETHER       512
#define TOGETHER_SCANS 4096

typedef struct {
  char **images;
  char *box;
  char *carrier;
  char *tracking;
  char *at;
  gboolean typed;
  gboolean open;
  gboolean no_number;
  gboolean unreadable;
  char *folder; /* --offline */
  CliOffline *offline;
} Receive;

/* What an open box has already; a code that is given again is not another. */
static gboolean
add_known (BhDesk *desk, const char *id, BhBox *box, GError **error)
{
  g_autoptr (GPtrArray) known = bh_desk_box_scans (desk, id, error);

  if (known == NULL)
    return FALSE;
  g_ptr_array_set_free_func (known, NULL);
  for (guint i = 0; i < known->len; i++)
    bh_box_add (box, g_ptr_array_index (known, i));
  return TRUE;
}

static void
add_scan (BhBox *box, BhScan *scan)
{
  for (guint i = 0; i < bh_box_n_scans (box) && scan->source != BH_SCAN_TYPED; i++)
    if (g_bytes_equal (bh_box_scan (box, i)->bytes, scan->bytes)) {
      bh_scan_free (scan);
      return;
    }
  bh_box_add (box, scan);
}

static void
add_command (BhBox *box, BhCommand command, gint64 now_us)
{
  g_autofree char *text = bh_command_text (command);

  add_scan (box, bh_scan_new_text (text, BH_SCAN_SCANNED, now_us));
}

/* One box of @scans (element-type BhScan, taken): NULL when the store cannot be read. */
static BhArrival *
arrive (BhDesk *desk, const Receive *options, GPtrArray *scans, gint64 now_us, GError **error)
{
  g_autoptr (BhArrival) arrival = g_new0 (BhArrival, 1);

  arrival->act = bh_uuid (now_us);
  arrival->box = bh_box_new ();
  arrival->now_us = now_us;
  if (options->box != NULL && !add_known (desk, options->box, arrival->box, error))
    return NULL;
  /* the box takes them */
  g_ptr_array_set_free_func (scans, NULL);
  for (guint i = 0; i < scans->len; i++)
    add_scan (arrival->box, g_ptr_array_index (scans, i));
  if (options->no_number)
    add_command (arrival->box, BH_COMMAND_NO_NUMBER, now_us);
  if (options->unreadable)
    add_command (arrival->box, BH_COMMAND_UNREADABLE, now_us);
  if (!options->open)
    add_command (arrival->box, BH_COMMAND_NEXT_BOX, now_us);
  return g_steal_pointer (&arrival);
}

static int
print_arrival (Cli *cli, const BhArrival *arrival)
{
  int exit_code = CLI_DONE;

  for (guint i = 0; i < arrival->outcomes->len; i++) {
    const BhOutcome *outcome = g_ptr_array_index (arrival->outcomes, i);

    cli_show_outcome (cli, outcome);
    if (outcome->ruling->verdict != BH_VERDICT_ACCEPT)
      exit_code = CLI_NO;
  }
  return exit_code;
}

/* What was received is printed even when a box after it could not be. */
static int
receive_all (Cli *cli, BhDesk *desk, const Receive *options, GPtrArray *arrivals, GPtrArray *photos)
{
  const BhReceiveOptions more = { .box = options->box,
                                  .carrier = options->carrier,
                                  .tracking = options->tracking,
                                  .photos = photos,
                                  .time_stated = options->at != NULL };
  GError *error = NULL;
  int exit_code = CLI_DONE;
  gboolean ok;

  if (cli_offline_is_away (options->offline, cli, desk, arrivals->len))
    g_set_error (&error, BH_ERROR, BH_ERROR_LOST, "the store is out of reach; try again later");
  ok = error == NULL && bh_desk_receive_all (desk, arrivals, &more, &error);
  if (!ok) {
    GError *why = error;

    error = NULL;
    ok = cli_offline_take (options->offline, desk, arrivals, why, &error);
    if (!ok && error == NULL)
      error = why;
    else
      g_error_free (why);
  }
  for (guint i = 0; i < arrivals->len; i++) {
    const BhArrival *arrival = g_ptr_array_index (arrivals, i);

    if (arrival->outcomes != NULL)
      exit_code = cli_worse (exit_code, print_arrival (cli, arrival));
  }
  /* whoever streams boxes in reads the verdicts at once */
  fflush (stdout);
  return ok ? exit_code : cli_fail (cli, error);
}

static GPtrArray *
new_scans (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) bh_scan_free);
}

static GPtrArray *
new_arrivals (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) bh_arrival_free);
}

/* Boxes that wait in the pipe already are received by one commit; nobody waits for a
 * box that is not there yet (decision 0011). */
typedef struct {
  Cli *cli;
  BhDesk *desk;
  const Receive *options;
  GPtrArray *arrivals;
  guint n_scans;
  int exit_code;
} Stream;

static gboolean
stream_commit (Stream *self)
{
  int one = CLI_DONE;

  if (self->arrivals->len > 0)
    one = receive_all (self->cli, self->desk, self->options, self->arrivals, NULL);
  cli_sign (self->cli, FALSE);
  self->exit_code = cli_worse (self->exit_code, one);
  g_ptr_array_set_size (self->arrivals, 0);
  self->n_scans = 0;
  return one <= CLI_NO;
}

static gboolean
stream_fail (Stream *self, GError *error)
{
  /* the boxes before it are whole */
  if (stream_commit (self))
    self->exit_code = cli_fail (self->cli, error);
  else
    g_error_free (error);
  return FALSE;
}

static gboolean
stream_box (Stream *self, GPtrArray *scans, gint64 now_us)
{
  GError *error = NULL;
  BhArrival *arrival = arrive (self->desk, self->options, scans, now_us, &error);

  if (arrival == NULL)
    return stream_fail (self, error);
  g_ptr_array_add (self->arrivals, arrival);
  self->n_scans += scans->len;
  /* one box that goes on has to be read back before the next scans */
  return (self->options->box == NULL && self->arrivals->len < TOGETHER &&
          self->n_scans < TOGETHER_SCANS) ||
         stream_commit (self);
}

/* A file of many boxes: one scan a line, an empty line ends the box. */
static int
receive_stream (Cli *cli, BhDesk *desk, const Receive *options, BhScanSource source)
{
  g_autoptr (CliLines) lines = cli_lines_new (STDIN_FILENO, "-");
  g_autoptr (GPtrArray) arrivals = new_arrivals ();
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GPtrArray) scans = new_scans ();
  Stream stream = { cli, desk, options, arrivals, 0, CLI_DONE };
  gboolean more = TRUE;

  while (more) {
    GError *error = NULL;
    gint64 now_us;

    if (!cli_lines_ready (lines) && !stream_commit (&stream))
      return stream.exit_code;
    while (!cli_lines_ready (lines) && cli_offline_catch_up (options->offline, cli, desk))
      ;
    if (!cli_lines_next (lines, line, &more, &error) || !cli_time (options->at, &now_us, &error)) {
      stream_fail (&stream, error);
      return stream.exit_code;
    }
    /* the last scan may stand without a line end */
    if (line->len > 0)
      g_ptr_array_add (scans, bh_scan_new (line->str, line->len, source, now_us));
    if ((more && line->len > 0) || scans->len == 0)
      continue;
    if (!stream_box (&stream, scans, now_us))
      return stream.exit_code;
    g_ptr_array_unref (scans);
    scans = new_scans ();
  }
  stream_commit (&stream);
  return stream.exit_code;
}

/* One box given as arguments and pictures. */
static int
receive_given (Cli *cli, BhDesk *desk, const Receive *options, int n, char **texts)
{
  g_autoptr (GPtrArray) scans = new_scans ();
  g_autoptr (GPtrArray) photos = cli_photos_new ();
  g_autoptr (GPtrArray) arrivals = new_arrivals ();
  BhArrival *arrival;
  /* a picture alone has to say something; beside what was said or scanned it need not */
  gboolean plain = n > 0 || options->box != NULL || options->no_number || options->unreadable;
  GError *error = NULL;
  gint64 now_us;

  if (!cli_time (options->at, &now_us, &error))
    return cli_fail (cli, error);
  for (int i = 0; i < n; i++)
    g_ptr_array_add (
        scans,
        bh_scan_new_text (texts[i], options->typed ? BH_SCAN_TYPED : BH_SCAN_SCANNED, now_us));
  for (char **image = options->images; image != NULL && *image != NULL; image++)
    if (!cli_photo_scans (*image, bh_desk_policy (desk)->symbologies, plain, now_us, photos, scans,
                          &error))
      return cli_fail (cli, error);
  arrival = arrive (desk, options, scans, now_us, &error);
  if (arrival == NULL)
    return cli_fail (cli, error);
  g_ptr_array_add (arrivals, arrival);
  return receive_all (cli, desk, options, arrivals, photos);
}

static int
receive_by (Cli *cli, Receive *options, int n, char **texts)
{
  CliOffline offline = { 0 };
  gboolean streams = n == 1 && g_str_equal (texts[0], "-") && options->images == NULL;
  int exit_code = CLI_DONE;
  BhDesk *desk = cli_offline_desk (cli, options->folder, &offline, &exit_code);

  if (desk == NULL)
    return exit_code;
  options->offline = &offline;
  exit_code = streams ? receive_stream (cli, desk, options,
                                        options->typed ? BH_SCAN_TYPED : BH_SCAN_SCANNED)
                      : receive_given (cli, desk, options, n, texts);
  if (streams)
    cli_sign (cli, TRUE);
  return cli_worse (exit_code, cli_offline_close (&offline, cli, desk));
}

static int
receive (Cli *cli, int argc, char **argv)
{
  Receive options = { 0 };
  const GOptionEntry entries[] = {
    { "image", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.images, "A picture of the box", "FILE" },
    { "box", 0, 0, G_OPTION_ARG_STRING, &options.box, "Name the box, or go on with it", "ID" },
    { "carrier", 0, 0, G_OPTION_ARG_STRING, &options.carrier, "Who brought it", "NAME" },
    { "tracking", 0, 0, G_OPTION_ARG_STRING, &options.tracking, "The carrier's number", "NO" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &options.at, "When it happened", "TIME" },
    { "typed", 0, 0, G_OPTION_ARG_NONE, &options.typed, "The texts were typed (D19)", NULL },
    { "open", 0, 0, G_OPTION_ARG_NONE, &options.open, "More of this box follows", NULL },
    { "no-number", 0, 0, G_OPTION_ARG_NONE, &options.no_number, "No RMA number on it", NULL },
    { "unreadable", 0, 0, G_OPTION_ARG_NONE, &options.unreadable, "The plate is unreadable", NULL },
    { "offline", 0, 0, G_OPTION_ARG_FILENAME, &options.folder, "Go on without the store",
      "FOLDER" },
    { NULL }
  };
  int exit_code = CLI_USAGE;

  if (!cli_parse (cli, cli_find ("receive"), entries, &argc, &argv))
    exit_code = CLI_USAGE;
  else if (options.folder != NULL &&
           (options.images != NULL || options.box != NULL || options.at != NULL ||
            options.carrier != NULL || options.tracking != NULL || options.open))
    exit_code = cli_usage (cli, "receive: --offline is for scans alone; leave the others out");
  else if (argc < 2 && options.images == NULL && options.box == NULL && !options.no_number &&
           !options.unreadable)
    exit_code = cli_usage (cli, "receive: nothing was scanned; give a SCAN, --image FILE or -");
  else
    exit_code = receive_by (cli, &options, argc - 1, argv + 1);
  g_strfreev (options.images);
  g_free (options.folder);
  g_free (options.box);
  g_free (options.carrier);
  g_free (options.tracking);
  g_free (options.at);
  return exit_code;
}

static int
void_receipt (Cli *cli, int argc, char **argv)
{
  g_autofree char *reason = NULL;
  g_autofree char *at = NULL;
  const GOptionEntry entries[] = { { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, "Why", "TEXT" },
                                   { "at", 0, 0, G_OPTION_ARG_STRING, &at, "When it happened",
                                     "TIME" },
                                   { NULL } };
  g_autofree char *act = g_uuid_string_random ();
  GError *error = NULL;
  BhDesk *desk;
  JsonBuilder *object;
  gint64 now_us;
  int exit_code = CLI_USAGE;

  if (!cli_parse (cli, cli_find ("void"), entries, &argc, &argv))
    return CLI_USAGE;
  if (argc != 2)
    return cli_usage (cli, "void: one receipt is needed; see `backhaulctl help void`");
  if (reason == NULL || *g_strstrip (reason) == '\0')
    return cli_usage (cli, "void: a reason is needed (D16); add --reason TEXT");
  desk = cli_desk (cli, BH_STORE_OPEN, &exit_code);
  if (desk == NULL)
    return exit_code;
  if (!cli_time (at, &now_us, &error))
    return cli_fail (cli, error);
  if ((at != NULL && !bh_desk_require (desk, BH_MAY_SET_TIME, &error)) ||
      !bh_desk_void (desk, act, argv[1], reason, now_us, &error))
    return cli_fail_rule (cli, "D16", error);
  if (!cli->json) {
    cli_print ("Receipt %s is void: %s\n", argv[1], reason);
    return CLI_DONE;
  }
  object = cli_object ();
  cli_set (object, "receipt", argv[1]);
  cli_set_bool (object, "void", TRUE);
  cli_set (object, "reason", reason);
  cli_set (object, "by", bh_desk_operator (desk));
  cli_set_time (object, "at", now_us, NULL);
  cli_emit (object);
  return CLI_DONE;
}

const CliCommand cli_dock_commands[] = {
  { "receive",
    "[SCAN…] [--image FILE]… [--box ID] [--carrier NAME] [--tracking NO]\n"
    "    [--at TIME] [--typed] [--open] [--no-number] [--unreadable]\n"
    "    [--offline FOLDER]",
    "Receives one box, or with - a stream of boxes; one verdict a unit", receive },
  { "void", "RECEIPT --reason TEXT [--at TIME]", "Voids a mistaken receipt (D16)", void_receipt },
  { "scan", "FILE… [--profile NAMES] [--effort fast|normal|hard] [--explain]",
    "Reads the barcodes on pictures, PDF pages, folders, or - standard input", cli_scan },
  { NULL }
};

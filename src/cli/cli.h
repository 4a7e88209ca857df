/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "backhaul/desk.h"
#include "backhaul/link.h"

/**
 * SECTION:cli
 *
 * backhaulctl: one table of commands (main.c), a file a group, thin over the
 * desk. What is fixed stands in CLI.md; exit codes are those of its "Everywhere".
 */
enum {
  CLI_DONE = 0,
  CLI_NO = 1,
  CLI_USAGE = 2,
  CLI_INPUT = 3,
  CLI_STORE = 4,
  CLI_FORBIDDEN = 5,
};

typedef struct {
  char *store;
  char *operator;
  char *dock;
  char *station;
  gboolean json;
  BhDesk *desk;
  BhLinkState link; /* what was last said of the store's server */
} Cli;

typedef struct {
  const char *name;
  const char *synopsis;
  const char *summary;
  int (*run) (Cli *cli, int argc, char **argv);
} CliCommand;

/* One array a group, ended by a NULL name. */
extern const CliCommand cli_store_commands[];
extern const CliCommand cli_transfer_commands[];
extern const CliCommand cli_dock_commands[];
extern const CliCommand cli_hold_commands[];
extern const CliCommand cli_case_commands[];
extern const CliCommand cli_rma_commands[];
extern const CliCommand cli_list_commands[];
extern const CliCommand cli_calendar_commands[];
extern const CliCommand cli_clock_commands[];
extern const CliCommand cli_policy_commands[];
extern const CliCommand cli_chase_commands[];
extern const CliCommand cli_claim_commands[];
extern const CliCommand cli_label_commands[];
extern const CliCommand cli_print_commands[];
extern const CliCommand cli_printer_commands[];
extern const CliCommand cli_mail_commands[];
extern const CliCommand cli_audit_commands[];
extern const CliCommand cli_operator_commands[];
extern const CliCommand cli_permission_commands[];
extern const CliCommand cli_doctor_commands[];
extern const CliCommand cli_move_commands[];
extern const CliCommand cli_bench_commands[];

/* Parses options of @entries and those that every command takes; what is left
 * stays in *argv with *argc counted anew (argv[0] is the command).
 * FALSE: said so already; exit CLI_USAGE. */
gboolean cli_parse (Cli *cli, const CliCommand *command, const GOptionEntry *entries, int *argc,
                    char ***argv);
const CliCommand *cli_find (const char *name);
/* The store, signed in; a second one beside cli_desk(). */
BhDesk *cli_open (Cli *cli, BhStoreFlags flags, GError **error);
/* The store, opened once and signed in; NULL: said so already, *exit_code says how. */
BhDesk *cli_desk (Cli *cli, BhStoreFlags flags, int *exit_code);
/* cli->desk was opened in another way, or could not be because of @error, which is taken: what
 * there is to say of it is said. */
BhDesk *cli_desk_opened (Cli *cli, GError *error, int *exit_code);

/* F6: signs what this run has written, when it is due; @run_ends: of many acts. What was done
 * is done: that it could not be signed is only told. */
void cli_sign (Cli *cli, gboolean run_ends);

/* `morning` (morning.c) and `report` (reports.c), which stand among the lists. */
int cli_morning (Cli *cli, int argc, char **argv);
int cli_report (Cli *cli, int argc, char **argv);

/* Fills cli->store with BACKHAUL_STORE or the default when it is not named. */
void cli_name_store (Cli *cli);

/* Says what went wrong, as a line or as JSON; takes @error. Returns the exit code. */
int cli_fail (Cli *cli, GError *error);
int cli_fail_rule (Cli *cli, const char *rule, GError *error);
/* The graver of two exits; a function, as each is what a call gave. */
int cli_worse (int one, int other);
int cli_usage (Cli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Progress and remarks: standard error. */
void cli_say (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* Results: standard output. */
void cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* JSON Lines: an object is begun, its members set, and printed as one line. */
JsonBuilder *cli_object (void);
void cli_set (JsonBuilder *object, const char *key, const char *value); /* NULL: null */
void cli_set_int (JsonBuilder *object, const char *key, gint64 value);
void cli_set_bool (JsonBuilder *object, const char *key, gboolean value);
void cli_set_null (JsonBuilder *object, const char *key);
void cli_set_list (JsonBuilder *object, const char *key, char **values);
/* @words: (element-type utf8) */
void cli_set_words (JsonBuilder *object, const char *key, const GPtrArray *words);
/* @at_us 0: null; @zone NULL: UTC */
void cli_set_time (JsonBuilder *object, const char *key, gint64 at_us, const char *zone);
void cli_emit (JsonBuilder *object); /* frees */

/* The instant of --at, or now. */
gboolean cli_time (const char *at, gint64 *now_us, GError **error);
/* CLI.md: a missing --reason is a matter of usage. */
gboolean cli_has_reason (Cli *cli, const char *command, const char *reason);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/batch.h"
#include "backhaul/label-fields.h"
#include "cli.h"

/* `label`: what was asked for (labels.c), made by label-make.c, label-list.c, label-sheets.c,
 * looked at by label-verify.c. */
typedef struct {
  char *template;
  char *format;
  char *output;
  char *kind;
  char *verify;
  char *check;
  int dpi;
  int copies;
  char *to;      /* "tcp:HOST:PORT", "usb:/dev/…" */
  char *printer; /* a CUPS queue */
  int darkness;  /* INT_MIN: as the printer is set */
  int speed;
  gboolean reprint; /* marked as a copy */
} CliLabel;

int cli_label_verify (Cli *cli, const char *path, guint dpi);
int cli_label_check (Cli *cli, const char *path);
int cli_label_sheet (Cli *cli, const CliLabel *options, int n, char **what);
/* A new badge for each of @logins; those that they had end with it. */
int cli_badges (Cli *cli, BhDesk *desk, const CliLabel *options, int n, char **logins);
int cli_label_make (Cli *cli, BhDesk *desk, const CliLabel *options, int n, char **what);
/* In ZPL, or to a printer. */
int cli_label_print (Cli *cli, BhDesk *desk, const CliLabel *options, int n, char **what);
/* (element-type GHashTable) (transfer full): of an RMA or a receipt; *name of the template, when
 * it decides that. */
GPtrArray *cli_label_fields (BhDesk *desk, const CliLabel *options, const char *what,
                             const char **name, GError **error);
/* RMA numbers, receipts or rows of fields from standard input. */
int cli_label_list (Cli *cli, const CliLabel *options);

/* Labels on their way into one file (label-make.c). */
typedef struct {
  Cli *cli;
  const CliLabel *options;
  BhLabelDocument *document;
  BhLabelBatch *batch;
  GHashTable *templates; /* by name */
  gboolean lenient;      /* a label that fails is said and left out */
  guint pages;
  guint failed;
} CliLabels;

gboolean cli_labels_begin (CliLabels *self, GError **error);
/* @name: (nullable): of the template */
gboolean cli_labels_add (CliLabels *self, GHashTable *fields, const char *name, GError **error);
/* An RMA in any spelling, or a receipt. */
gboolean cli_labels_add_named (CliLabels *self, BhDesk *desk, const char *what, GError **error);
void cli_labels_refuse (CliLabels *self, const char *what, const GError *why);
int cli_labels_end (CliLabels *self, gboolean ok, GError *error);

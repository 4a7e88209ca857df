/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

/* A list of labels: a number a line, or a CSV whose header names the column "rma", or fields of
 * labels ("rma.number", "unit.serial" …). */

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "labels.h"

#define MAX_ROW   (64 * 1024)
#define MAX_CELLS 64

typedef struct {
  struct csv_parser parser;
  GPtrArray *cells;
  gboolean whole; /* a row has ended */
  gboolean odd;   /* it has bytes that are no text */
  guint line;
  GPtrArray *header; /* NULL: a plain list */
  int rma;           /* column of "rma"; -1: rows of fields */
  BhDesk *desk;
} List;

static void
on_cell (void *text, size_t size, void *data)
{
  List *list = data;

  if (list->cells->len < MAX_CELLS)
    g_ptr_array_add (list->cells, g_strndup (text != NULL ? text : "", size));
}

static void
on_row (int end, void *data)
{
  ((List *) data)->whole = TRUE;
}

static gboolean
bad_row (const List *list, const char *why, GError **error)
{
  g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "-:%u:1: %s; mend the list", list->line, why);
  return FALSE;
}

/* One row into list->cells; *more FALSE at the end. */
static gboolean
next_row (List *list, gboolean *more, GError **error)
{
  char *line = NULL;
  size_t room = 0;
  gsize total = 0;
  gboolean ok = TRUE;

  g_ptr_array_set_size (list->cells, 0);
  list->whole = FALSE;
  list->odd = FALSE;
  while (ok && !list->whole) {
    ssize_t size = getline (&line, &room, stdin);

    if (size <= 0) {
      if (csv_fini (&list->parser, on_cell, on_row, list) != 0)
        ok = bad_row (list, "a quote is not closed", error);
      break;
    }
    list->line++;
    total += (gsize) size;
    list->odd = list->odd || !g_utf8_validate (line, size, NULL); /* nor is NUL */
    if (total > MAX_ROW)
      ok = bad_row (list, "it is too long, or a quote is not closed", error);
    else if (csv_parse (&list->parser, line, (gsize) size, on_cell, on_row, list) != (gsize) size)
      ok = bad_row (list, "its quotes are not CSV (RFC 4180)", error);
  }
  *more = list->whole;
  free (line);
  return ok;
}

/* The first row is a header when it names a column that labels know. */
static gboolean
take_header (List *list, GError **error)
{
  gboolean header = FALSE;

  for (guint i = 0; i < list->cells->len; i++) {
    const char *name = g_ptr_array_index (list->cells, i);

    if (g_str_has_prefix (name, "\xef\xbb\xbf"))
      memmove ((char *) name, name + 3, strlen (name + 3) + 1);
    if (g_ascii_strcasecmp (name, "rma") == 0)
      list->rma = (int) i;
    header = header || list->rma == (int) i || bh_label_is_field (name);
  }
  if (!header)
    return TRUE;
  for (guint i = 0; i < list->cells->len && list->rma < 0; i++)
    if (!bh_label_is_field (g_ptr_array_index (list->cells, i))) {
      g_autofree char *why = g_strdup_printf ("labels have no field \"%.60s\"",
                                              (char *) g_ptr_array_index (list->cells, i));

      return bad_row (list, why, error);
    }
  list->header = list->cells;
  list->cells = g_ptr_array_new_with_free_func (g_free);
  return TRUE;
}

static gboolean
add_fields (List *list, CliLabels *labels, GError **error)
{
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (list->cells->len != list->header->len)
    return bad_row (list, "it has another number of cells than the header", error);
  for (guint i = 0; i < list->cells->len; i++)
    g_hash_table_insert (fields, g_strdup (g_ptr_array_index (list->header, i)),
                         g_strdup (g_ptr_array_index (list->cells, i)));
  return cli_labels_add (labels, fields, NULL, error);
}

/* One row: a label or several; what is wrong with it costs that row alone. */
static gboolean
add_row (List *list, CliLabels *labels, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *where = g_strdup_printf ("-:%u:1", list->line);
  const char *what = NULL;
  guint column = list->rma > 0 ? (guint) list->rma : 0;
  int exit_code = CLI_STORE;

  if (list->odd) {
    bad_row (list, "it is no text in UTF-8", &why);
  } else if (list->header != NULL && list->rma < 0) {
    if (add_fields (list, labels, &why))
      return TRUE;
  } else {
    if (list->cells->len > column)
      what = g_strstrip (g_ptr_array_index (list->cells, column));
    if (what == NULL || *what == '\0')
      return TRUE;
    if (list->desk == NULL &&
        (list->desk = cli_desk (labels->cli, BH_STORE_OPEN, &exit_code)) == NULL) {
      g_set_error (error, BH_ERROR, BH_ERROR_STORE, "label: the store cannot be opened");
      return FALSE;
    }
    if (cli_labels_add_named (labels, list->desk, what, &why))
      return TRUE;
  }
  if (!g_error_matches (why, BH_ERROR, BH_ERROR_INPUT) &&
      !g_error_matches (why, BH_ERROR, BH_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  cli_labels_refuse (labels, where, why);
  return TRUE;
}

int
cli_label_list (Cli *cli, const CliLabel *options)
{
  CliLabels labels = { .cli = cli, .options = options, .lenient = TRUE };
  List list = { .rma = -1 };
  GError *error = NULL;
  gboolean more = TRUE;
  gboolean ok;

  if (options->format != NULL && !g_str_equal (options->format, "pdf"))
    return cli_usage (cli, "label: a list is made as pdf");
  if (!cli_labels_begin (&labels, &error))
    return cli_fail (cli, error);
  csv_init (&list.parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
  list.cells = g_ptr_array_new_with_free_func (g_free);
  ok = next_row (&list, &more, &error) && (!more || list.odd || take_header (&list, &error));
  if (ok && more && list.header == NULL)
    ok = add_row (&list, &labels, &error);
  while (ok && more) {
    ok = next_row (&list, &more, &error);
    if (ok && more)
      ok = add_row (&list, &labels, &error);
  }
  csv_free (&list.parser);
  g_ptr_array_unref (list.cells);
  g_clear_pointer (&list.header, g_ptr_array_unref);
  return cli_labels_end (&labels, ok, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "issue-units.h"

#include "backhaul/error.h"
#include "backhaul/identifier.h"
#include "page.h"

#define MAX_BYTES (1024 * 1024)

GtkListStore *
bh_issue_units_new (GtkTreeView *tree)
{
  static const struct {
    const char *title;
    int width;
  } columns[] = {
    [BH_UNIT_SERIAL] = { N_ ("Serial"), 140 },  [BH_UNIT_PART] = { N_ ("Part"), 120 },
    [BH_UNIT_COVER] = { N_ ("Coverage"), 140 }, [BH_UNIT_GRANTS] = { N_ ("Gives"), 220 },
    [BH_UNIT_WHY] = { N_ ("Why"), 200 },
  };
  GtkListStore *units =
      gtk_list_store_new (BH_UNIT_COLUMNS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
                          G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT, G_TYPE_BOOLEAN);

  for (int i = 0; i < (int) G_N_ELEMENTS (columns); i++) {
    GtkCellRenderer *cell = gtk_cell_renderer_text_new ();
    GtkTreeViewColumn *column =
        gtk_tree_view_column_new_with_attributes (_ (columns[i].title), cell, "text", i, NULL);

    g_object_set (cell, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
    gtk_tree_view_column_set_sizing (column, GTK_TREE_VIEW_COLUMN_FIXED);
    gtk_tree_view_column_set_fixed_width (column, columns[i].width);
    gtk_tree_view_column_set_resizable (column, TRUE);
    gtk_tree_view_column_set_expand (column, i == BH_UNIT_WHY);
    gtk_tree_view_append_column (tree, column);
  }
  gtk_tree_view_set_tooltip_column (tree, BH_UNIT_WHY);
  gtk_tree_view_set_fixed_height_mode (tree, TRUE);
  gtk_tree_view_set_model (tree, GTK_TREE_MODEL (units));
  return units;
}

gboolean
bh_issue_units_find (GtkListStore *units, const char *serial, GtkTreeIter *iter)
{
  GtkTreeModel *model = GTK_TREE_MODEL (units);

  for (gboolean row = gtk_tree_model_get_iter_first (model, iter); row;
       row = gtk_tree_model_iter_next (model, iter)) {
    g_autofree char *there = NULL;

    gtk_tree_model_get (model, iter, BH_UNIT_SERIAL, &there, -1);
    if (g_strcmp0 (there, serial) == 0)
      return TRUE;
  }
  return FALSE;
}

gboolean
bh_issue_units_add (GtkListStore *units, const char *text, gboolean saved, GtkTreeIter *iter,
                    char **why)
{
  g_autofree char *serial = bh_serial_normalise (text, -1);

  if (serial == NULL) {
    *why = g_strdup_printf (_ ("%s is not a serial: 6 to 32 letters, digits, . / or -"), text);
    return FALSE;
  }
  if (bh_issue_units_find (units, serial, iter)) {
    *why = g_strdup_printf (_ ("%s is in the list already"), serial);
    return FALSE;
  }
  gtk_list_store_insert_with_values (units, iter, -1, BH_UNIT_SERIAL, serial, BH_UNIT_COVER, "…",
                                     BH_UNIT_STATE, BH_UNIT_ASKED, BH_UNIT_SAVED, saved, -1);
  return TRUE;
}

/* What bars it from an RMA, whatever covers it. */
static char *
barred_by (const BhUnitCheck *check, const char *own_rma)
{
  if (check->coverage.kind == BH_COVER_THIRD_PARTY)
    return g_strdup (check->coverage.reason);
  if (check->unit.awaited_under != NULL && g_strcmp0 (check->unit.awaited_under, own_rma) != 0)
    return g_strdup_printf (_ ("%s awaits it already (I4)"), check->unit.awaited_under);
  return NULL;
}

void
bh_issue_units_tell (GtkListStore *units, const char *serial, const BhUnitCheck *check,
                     const char *own_rma, const GError *error)
{
  static const char *const covers[] = {
    [BH_COVER_NONE] = N_ ("▲ none"),
    [BH_COVER_CONTRACT] = N_ ("✓ contract"),
    [BH_COVER_WARRANTY] = N_ ("✓ warranty"),
    [BH_COVER_THIRD_PARTY] = N_ ("✗ third party"),
  };
  GtkTreeIter iter;
  g_autofree char *barred = NULL;
  g_autofree char *why = NULL;
  BhUnitState state;

  if (!bh_issue_units_find (units, serial, &iter))
    return; /* taken out meanwhile */
  if (check == NULL) {
    gtk_list_store_set (units, &iter, BH_UNIT_COVER, "?", BH_UNIT_WHY, error->message,
                        BH_UNIT_STATE, BH_UNIT_UNCOVERED, -1);
    return;
  }
  barred = barred_by (check, own_rma);
  state = barred != NULL                            ? BH_UNIT_BARRED
          : bh_coverage_entitles (&check->coverage) ? BH_UNIT_COVERED
                                                    : BH_UNIT_UNCOVERED;
  why = barred != NULL ? g_steal_pointer (&barred)
        : check->coverage.doubt != NULL
            ? g_strdup_printf ("%s; %s", check->coverage.reason, check->coverage.doubt)
            : g_strdup (check->coverage.reason);
  gtk_list_store_set (units, &iter, BH_UNIT_PART, check->unit.part, BH_UNIT_COVER,
                      _ (covers[check->coverage.kind]), BH_UNIT_GRANTS,
                      check->coverage.level != NULL ? _ (check->coverage.level->grants) : "",
                      BH_UNIT_WHY, why, BH_UNIT_STATE, state, -1);
}

guint
bh_issue_units_count (GtkListStore *units, guint counts[BH_UNIT_BARRED + 1])
{
  GtkTreeModel *model = GTK_TREE_MODEL (units);
  GtkTreeIter iter;
  guint n = 0;

  for (int i = 0; i <= BH_UNIT_BARRED; i++)
    counts[i] = 0;
  for (gboolean row = gtk_tree_model_get_iter_first (model, &iter); row;
       row = gtk_tree_model_iter_next (model, &iter)) {
    int state = BH_UNIT_ASKED;

    gtk_tree_model_get (model, &iter, BH_UNIT_STATE, &state, -1);
    counts[state]++;
    n++;
  }
  return n;
}

char *
bh_issue_units_read (GFile *file, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *text = NULL;
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, NULL, error);
  gsize length = 0;

  if (info == NULL)
    return NULL;
  if (g_file_info_get_size (info) > MAX_BYTES) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: larger than 1 MiB; give serials only", name);
    return NULL;
  }
  if (!g_file_load_contents (file, NULL, &text, &length, NULL, error))
    return NULL;
  if (!g_utf8_validate (text, (gssize) length, NULL)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: not text; save it as CSV", name);
    return NULL;
  }
  return g_steal_pointer (&text);
}

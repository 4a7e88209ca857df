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
    [BH_UNIT_SERIAL] = { N_ ("Serial"), 130 },  [BH_UNIT_PART] = { N_ ("Part"), 110 },
    [BH_UNIT_COVER] = { N_ ("Coverage"), 110 }, [BH_UNIT_GRANTS] = { N_ ("Gives"), 190 },
    [BH_UNIT_FLAG] = { N_ ("Flag"), 50 },       [BH_UNIT_REPAIR] = { N_ ("Repair analysis"), 150 },
    [BH_UNIT_WHY] = { N_ ("Why"), 150 },
  };
  GtkListStore *units =
      gtk_list_store_new (BH_UNIT_COLUMNS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
                          G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
                          G_TYPE_INT, G_TYPE_STRING, G_TYPE_INT, G_TYPE_BOOLEAN);

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
  gtk_tree_view_set_tooltip_column (tree, BH_UNIT_TIP);
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
                                     BH_UNIT_FLAG, "", BH_UNIT_KEPT, "", BH_UNIT_RA,
                                     BH_ELIGIBLE_NEEDS_APPROVAL, BH_UNIT_STATE, BH_UNIT_ASKED,
                                     BH_UNIT_SAVED, saved, -1);
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

gboolean
bh_issue_units_flag (GtkListStore *units, GtkTreeIter *iter, const char *flag, char **why)
{
  int ra = BH_ELIGIBLE;
  g_autofree char *serial = NULL;

  gtk_tree_model_get (GTK_TREE_MODEL (units), iter, BH_UNIT_RA, &ra, BH_UNIT_SERIAL, &serial, -1);
  if (g_strcmp0 (flag, "ra") == 0 && ra == BH_ELIGIBLE_NOT) {
    *why = g_strdup_printf (_ ("%s may not have RA: its product is past its end (RA6). F asks for "
                               "failure analysis."),
                            serial);
    return FALSE;
  }
  gtk_list_store_set (units, iter, BH_UNIT_FLAG,
                      flag == NULL               ? ""
                      : g_str_equal (flag, "fa") ? "FA"
                                                 : "RA",
                      -1);
  return TRUE;
}

static const char *
flag_in (GtkListStore *units, GtkTreeIter *iter, int column)
{
  g_autofree char *flag = NULL;

  gtk_tree_model_get (GTK_TREE_MODEL (units), iter, column, &flag, -1);
  return g_strcmp0 (flag, "RA") == 0 ? "ra" : g_strcmp0 (flag, "FA") == 0 ? "fa" : NULL;
}

const char *
bh_issue_units_flag_of (GtkListStore *units, GtkTreeIter *iter)
{
  return flag_in (units, iter, BH_UNIT_FLAG);
}

gboolean
bh_issue_units_flag_changed (GtkListStore *units, GtkTreeIter *iter)
{
  return g_strcmp0 (flag_in (units, iter, BH_UNIT_FLAG), flag_in (units, iter, BH_UNIT_KEPT)) != 0;
}

/* "✓ until 2027-03-10" */
static char *
repair_words (const BhEligibility *ra)
{
  g_autofree char *until = ra->until != BH_DAY_NONE ? bh_day_format (ra->until) : NULL;

  if (ra->eligible == BH_ELIGIBLE_NOT)
    return g_strdup_printf (_ ("✗ no (%s)"), ra->rule);
  if (ra->eligible == BH_ELIGIBLE_NEEDS_APPROVAL)
    return g_strdup_printf (_ ("▲ by approval (%s)"), ra->rule);
  return until != NULL ? g_strdup_printf (_ ("✓ until %s"), until) : g_strdup (_ ("✓ yes"));
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
  g_autofree char *repair = NULL;
  g_autofree char *tip = NULL;
  BhUnitState state;

  if (!bh_issue_units_find (units, serial, &iter))
    return; /* taken out meanwhile */
  if (check == NULL) {
    tip = g_markup_escape_text (error->message, -1);
    gtk_list_store_set (units, &iter, BH_UNIT_COVER, "?", BH_UNIT_WHY, error->message, BH_UNIT_TIP,
                        tip, BH_UNIT_STATE, BH_UNIT_UNCOVERED, -1);
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
  repair = repair_words (&check->repair[BH_REPAIR_RA]);
  tip = g_markup_printf_escaped (_ ("%s\nRA (%s): %s\nReturned so far: %d"), why,
                                 check->repair[BH_REPAIR_RA].rule,
                                 check->repair[BH_REPAIR_RA].reason, (int) check->unit.returns);
  gtk_list_store_set (units, &iter, BH_UNIT_REPAIR, repair, BH_UNIT_TIP, tip, BH_UNIT_RA,
                      check->repair[BH_REPAIR_RA].eligible, -1);
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

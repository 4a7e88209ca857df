/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "history-page.h"

#include "history-calls.h"
#include "history-check.h"
#include "history-entry.h"
#include "history-words.h"
#include "live-rows.h"
#include "page.h"
#include "pages.h"
#include "words.h"

#define PAGE_ROWS 200

/* those behind the fifth are for the pane */
enum {
  COL_WHEN,
  COL_ACT,
  COL_ABOUT,
  COL_WHO,
  COL_STATION,
  N_SHOWN,
  COL_NUMBER = N_SHOWN,
  COL_PERSON,
  COL_WHERE,
  COL_BEFORE,
  COL_AFTER,
  COL_ENTITY,
  COL_RMAS,
  COL_SERIAL,
  COL_CASE,
  N_COLS
};

static const struct {
  const char *title;
  int width;
} columns[N_SHOWN] = {
  [COL_WHEN] = { N_ ("When"), 165 },      [COL_ACT] = { N_ ("What"), 155 },
  [COL_ABOUT] = { N_ ("About"), 160 },    [COL_WHO] = { N_ ("Who"), 105 },
  [COL_STATION] = { N_ ("Station"), 85 },
};

struct _BhHistoryPage {
  GtkBox parent_instance;

  GtkBox *column;
  GtkEntry *text;
  GtkEntry *from;
  GtkEntry *to;
  GtkComboBoxText *act;
  GtkScrolledWindow *scrolled;
  GtkTreeView *tree;
  GtkLabel *empty;
  GtkLabel *rows;
  BhHistoryEntry *entry;
  BhHistoryCheck *check;

  BhWorker *reads;
  GtkListStore *store;
  char *typed;          /* what was asked for last */
  char *next;           /* cursor; NULL: all are there */
  guint asked;          /* number of the newest question */
  GCancellable *search; /* NULL: none runs */
  gboolean filling;     /* the list, or the filters, by the page */
  gboolean gone;
};

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhHistoryPage, bh_history_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

typedef struct {
  BhHistoryPage *page;
  guint number;
  gboolean first;
  gboolean live; /* nobody asked: rows that are there stay where they are */
} Ask;

/* ---- the list ------------------------------------------------------------------------------- */

static void
append (GtkListStore *store, const BhTrailRow *row)
{
  g_autofree char *when = bh_time_words (row->at_us, NULL);
  g_autofree char *act = bh_history_act_words (row->what, row->kind);
  g_autofree char *about = bh_history_about (row);
  g_autofree char *person = bh_history_who (row);
  g_autofree char *number = g_strdup_printf ("%s:%" G_GINT64_FORMAT, row->station, row->seq);
  g_autofree char *where = row->dock != NULL
                               ? g_strdup_printf (_ ("%s, dock %s"), row->station, row->dock)
                               : g_strdup (row->station);
  g_autofree char *before = bh_trail_lines (row->before);
  g_autofree char *after = bh_trail_lines (row->after);

  gtk_list_store_insert_with_values (
      store, NULL, -1, COL_WHEN, when, COL_ACT, act, COL_ABOUT, about, COL_WHO,
      row->name != NULL ? row->name : row->operator, COL_STATION, row->station, COL_NUMBER, number,
      COL_PERSON, person, COL_WHERE, where, COL_BEFORE, before, COL_AFTER, after, COL_ENTITY,
      row->entity, COL_RMAS, row->rmas, COL_SERIAL, row->serial, COL_CASE, row->case_no, -1);
}

static void
fill (BhHistoryPage *self, BhTrail *trail, const Ask *ask)
{
  static const int key[] = { COL_NUMBER, -1 };
  g_autoptr (GtkListStore) fresh = ask->live ? page_rows_like (self->store) : NULL;
  GtkListStore *store = fresh != NULL ? fresh : self->store;

  if (ask->first && !ask->live)
    gtk_list_store_clear (self->store);
  for (guint i = 0; i < trail->rows->len; i++)
    append (store, g_ptr_array_index (trail->rows, i));
  if (ask->live) {
    self->next =
        page_rows_merge_first (self->store, fresh, key, g_steal_pointer (&trail->next), self->next);
  } else {
    g_free (self->next);
    self->next = g_steal_pointer (&trail->next);
  }
}

/* Why there is no row, and what to do. */
static const char *
empty_words (BhHistoryPage *self)
{
  gboolean narrowed = *gtk_entry_get_text (self->from) != '\0' ||
                      *gtk_entry_get_text (self->to) != '\0' ||
                      gtk_combo_box_get_active (GTK_COMBO_BOX (self->act)) > 0;

  if (narrowed)
    return _ ("The journal has no such entry. Widen the days, or choose all acts.");
  if (*gtk_entry_get_text (self->text) != '\0')
    return _ (
        "The journal has nothing about it: nothing was done to it here, or it is not the whole "
        "of an RMA, serial, case, account, tracking number or person.");
  return _ ("Nothing was done in this store yet.");
}

static void
tell_rows (BhHistoryPage *self, gboolean partial)
{
  int n = gtk_tree_model_iter_n_children (GTK_TREE_MODEL (self->store), NULL);
  g_autoptr (GString) said = g_string_new (NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->empty), n == 0);
  if (n == 0)
    gtk_label_set_text (self->empty, empty_words (self));
  else
    g_string_printf (said,
                     self->next != NULL
                         ? ngettext ("%d entry, more below", "%d entries, more below", (gulong) n)
                         : ngettext ("%d entry", "%d entries", (gulong) n),
                     n);
  if (partial)
    g_string_append_printf (said,
                            _ (" The account is large: looked through were its newest %d units. "
                               "Search by RMA for an older one."),
                            BH_TRAIL_LINES);
  gtk_label_set_text (self->rows, said->str);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (BhHistoryPage) self = ask->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhTrail) trail = bh_worker_finish (result, &error);

  if (self->gone || ask->number != self->asked)
    return;
  g_clear_object (&self->search);
  if (trail == NULL) {
    gtk_label_set_text (self->rows, error->message);
    return;
  }
  self->filling = TRUE;
  fill (self, trail, ask);
  self->filling = FALSE;
  if (ask->first && !ask->live)
    bh_history_entry_clear (self->entry, trail->rows->len > 0);
  tell_rows (self, trail->partial);
}

/* What the days say that are typed; FALSE: one is none. */
static gboolean
read_days (BhHistoryPage *self, BhTrailQuery *query, gboolean loud)
{
  g_autofree char *from = page_read_day (self->from, &query->from);
  g_autofree char *to = page_read_day (self->to, &query->to);
  const char *wrong = from != NULL ? from : to;

  if (wrong != NULL && loud)
    gtk_label_set_text (self->rows, wrong);
  return wrong == NULL;
}

static void
ask_list (BhHistoryPage *self, gboolean first, gboolean live)
{
  const char *act = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->act));
  BhTrailQuery query = { .text = gtk_entry_get_text (self->text),
                         .what = g_strcmp0 (act, "all") != 0 ? act : NULL,
                         .after = first ? NULL : self->next,
                         .limit = live ? page_rows_wanted (self->store, PAGE_ROWS, self->next)
                                       : PAGE_ROWS };
  Ask *ask;

  if (!read_days (self, &query, !live))
    return;
  if (self->search != NULL)
    bh_worker_supersede (self->reads, self->search);
  g_clear_object (&self->search);
  self->search = g_cancellable_new ();
  g_free (self->typed);
  self->typed = g_strdup (query.text);
  ask = g_new0 (Ask, 1);
  *ask = (Ask){ g_object_ref (self), ++self->asked, first, live };
  bh_call_trail_async (self->reads, &query, self->search, on_listed, ask);
}

static void
on_filter (GtkWidget *widget, BhHistoryPage *self)
{
  if (!self->filling && self->reads != NULL)
    ask_list (self, TRUE, FALSE);
}

/* The entry tells of a change a moment later, also of one that was asked for at once. */
static void
on_text (GtkWidget *widget, BhHistoryPage *self)
{
  if (g_strcmp0 (self->typed, gtk_entry_get_text (self->text)) != 0)
    on_filter (widget, self);
}

/* A day that is not whole yet is no mistake. */
static void
on_day (GtkWidget *widget, BhHistoryPage *self)
{
  BhTrailQuery query;

  if (read_days (self, &query, FALSE))
    on_filter (widget, self);
}

static void
on_scrolled (GtkAdjustment *adjustment, BhHistoryPage *self)
{
  double below = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) -
                 gtk_adjustment_get_value (adjustment);

  if (self->search == NULL && self->next != NULL &&
      below < 2 * gtk_adjustment_get_page_size (adjustment))
    ask_list (self, FALSE, FALSE);
}

/* ---- one entry ------------------------------------------------------------------------------- */

static void
open_row (BhHistoryPage *self, GtkTreeIter *iter)
{
  char *texts[N_COLS] = { NULL };

  for (int i = 0; i < N_COLS; i++)
    gtk_tree_model_get (GTK_TREE_MODEL (self->store), iter, i, &texts[i], -1);
  bh_history_entry_show (self->entry, &(BhEntryTexts){ .act = texts[COL_ACT],
                                                       .about = texts[COL_ABOUT],
                                                       .when = texts[COL_WHEN],
                                                       .who = texts[COL_PERSON],
                                                       .where = texts[COL_WHERE],
                                                       .number = texts[COL_NUMBER],
                                                       .before = texts[COL_BEFORE],
                                                       .after = texts[COL_AFTER],
                                                       .entity = texts[COL_ENTITY],
                                                       .rmas = texts[COL_RMAS],
                                                       .serial = texts[COL_SERIAL],
                                                       .case_no = texts[COL_CASE] });
  for (int i = 0; i < N_COLS; i++)
    g_free (texts[i]);
}

static void
on_cursor (GtkTreeView *tree, BhHistoryPage *self)
{
  g_autoptr (GtkTreePath) path = NULL;
  GtkTreeIter iter;

  if (self->gone || self->filling)
    return;
  gtk_tree_view_get_cursor (tree, &path, NULL);
  if (path != NULL && gtk_tree_model_get_iter (GTK_TREE_MODEL (self->store), &iter, path))
    open_row (self, &iter);
}

static void
on_row (GtkTreeView *tree, GtkTreePath *path, GtkTreeViewColumn *column, BhHistoryPage *self)
{
  bh_history_entry_focus (self->entry);
}

/* ---- as a page ------------------------------------------------------------------------------- */

static void
shown (BhPage *page)
{
  /* rows that are there stay, and what came meanwhile comes to them */
  ask_list (BH_HISTORY_PAGE (page), TRUE, BH_HISTORY_PAGE (page)->asked > 0);
}

static gboolean
changed (BhPage *page)
{
  BhHistoryPage *self = BH_HISTORY_PAGE (page);

  if (self->search != NULL)
    return FALSE;
  ask_list (self, TRUE, TRUE);
  return TRUE;
}

static void
find (BhPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (BH_HISTORY_PAGE (page)->text));
}

/* @what: looked for in the whole journal */
static void
open_text (BhPage *page, const char *what)
{
  BhHistoryPage *self = BH_HISTORY_PAGE (page);

  self->filling = TRUE;
  gtk_entry_set_text (self->text, what);
  gtk_entry_set_text (self->from, "");
  gtk_entry_set_text (self->to, "");
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->act), "all");
  self->filling = FALSE;
  ask_list (self, TRUE, FALSE);
}

static gboolean
scanned (BhPage *page, const char *text)
{
  open_text (page, text);
  return TRUE;
}

static void
on_all (BhHistoryEntry *entry, const char *what, BhHistoryPage *self)
{
  open_text (BH_PAGE (self), what);
  gtk_widget_grab_focus (GTK_WIDGET (self->tree));
}

static gboolean
back (BhPage *page)
{
  BhHistoryPage *self = BH_HISTORY_PAGE (page);

  if (bh_history_check_leave (self->check))
    return TRUE;
  if (gtk_widget_has_focus (GTK_WIDGET (self->tree)))
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->tree));
  return TRUE;
}

static void
page_face (BhPageInterface *iface)
{
  iface->shown = shown;
  iface->changed = changed;
  iface->find = find;
  iface->focus = find;
  iface->scanned = scanned;
  iface->open = open_text;
  iface->back = back;
}

static void
bh_history_page_dispose (GObject *object)
{
  BhHistoryPage *self = BH_HISTORY_PAGE (object);

  self->gone = TRUE;
  g_clear_object (&self->search);
  G_OBJECT_CLASS (bh_history_page_parent_class)->dispose (object);
}

static void
bh_history_page_finalize (GObject *object)
{
  BhHistoryPage *self = BH_HISTORY_PAGE (object);

  g_clear_object (&self->reads);
  g_clear_object (&self->store);
  g_free (self->typed);
  g_free (self->next);
  G_OBJECT_CLASS (bh_history_page_parent_class)->finalize (object);
}

#define BIND(child)   gtk_widget_class_bind_template_child (widget_class, BhHistoryPage, child)
#define CALL(handler) gtk_widget_class_bind_template_callback (widget_class, handler)

static void
bh_history_page_class_init (BhHistoryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_history_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_history_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/history-page.ui");
  BIND (column);
  BIND (text);
  BIND (from);
  BIND (to);
  BIND (act);
  BIND (scrolled);
  BIND (tree);
  BIND (empty);
  BIND (rows);
  CALL (on_filter);
  CALL (on_text);
  CALL (on_day);
  CALL (on_cursor);
  CALL (on_row);
}

static void
add_acts (BhHistoryPage *self)
{
  g_autoptr (GList) cells = gtk_cell_layout_get_cells (GTK_CELL_LAYOUT (self->act));

  /* the longest name must not take the room of the search */
  g_object_set (cells->data, "ellipsize", PANGO_ELLIPSIZE_END, "width-chars", 18, NULL);
  gtk_combo_box_text_append (self->act, "all", _ ("All acts"));
  for (guint i = 0; bh_history_act (i) != NULL; i++) {
    g_autofree char *words = bh_history_act_words (bh_history_act (i), NULL);

    gtk_combo_box_text_append (self->act, bh_history_act (i), words);
  }
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->act), "all");
}

static void
bh_history_page_init (BhHistoryPage *self)
{
  GType types[N_COLS];

  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < N_COLS; i++)
    types[i] = G_TYPE_STRING;
  self->store = gtk_list_store_newv (N_COLS, types);
  for (int i = 0; i < N_SHOWN; i++)
    page_column (self->tree, _ (columns[i].title), i, columns[i].width, i == COL_ABOUT);
  gtk_tree_view_set_model (self->tree, GTK_TREE_MODEL (self->store));
  add_acts (self);
  self->entry = BH_HISTORY_ENTRY (bh_history_entry_new ());
  g_signal_connect (self->entry, "all", G_CALLBACK (on_all), self);
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->entry), FALSE, FALSE, 0);
  g_signal_connect (gtk_scrolled_window_get_vadjustment (self->scrolled), "value-changed",
                    G_CALLBACK (on_scrolled), self);
  page_name (GTK_WIDGET (self->text), _ ("Search the history"), "history-search");
  page_name (GTK_WIDGET (self->from), _ ("First day"), "history-from");
  page_name (GTK_WIDGET (self->to), _ ("Last day"), "history-to");
  page_name (GTK_WIDGET (self->act), _ ("Which acts"), "history-act");
  page_name (GTK_WIDGET (self->tree), _ ("History"), "history-table");
  page_name (GTK_WIDGET (self->empty), NULL, "history-empty");
  page_name (GTK_WIDGET (self->rows), NULL, "history-rows");
}

GtkWidget *
bh_history_page_new (BhWorker *acts, BhWorker *reads)
{
  BhHistoryPage *self = g_object_new (BH_TYPE_HISTORY_PAGE, NULL);

  self->reads = g_object_ref (reads);
  self->check = BH_HISTORY_CHECK (bh_history_check_new (reads));
  gtk_box_pack_start (self->column, GTK_WIDGET (self->check), FALSE, FALSE, 0);
  gtk_widget_show (GTK_WIDGET (self->check));
  return GTK_WIDGET (self);
}

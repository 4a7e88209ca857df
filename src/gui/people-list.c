/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "people-list.h"

#include <string.h>

#include "backhaul/operators.h"
#include "live-rows.h"
#include "page.h"
#include "words.h"

enum { COL_LOGIN, COL_NAME, COL_ROLE, COL_MARK, COL_STATE, COL_BADGE, COL_SEEN, N_COLS };

static const struct {
  const char *title;
  int width;
} columns[N_COLS] = {
  [COL_LOGIN] = { N_ ("Login"), 90 },        [COL_NAME] = { N_ ("Name"), 140 },
  [COL_ROLE] = { N_ ("Role"), 110 },         [COL_MARK] = { N_ ("Results"), 95 },
  [COL_STATE] = { N_ ("State"), 110 },       [COL_BADGE] = { N_ ("Badge"), 70 },
  [COL_SEEN] = { N_ ("Last sign-in"), 190 },
};

struct _BhPeopleList {
  GtkBox parent_instance;

  GtkEntry *text;
  GtkStack *stack;
  GtkTreeView *tree;
  GtkLabel *said;

  GtkListStore *store;
  GPtrArray *rows;  /* BhOperatorRow */
  char *at;         /* whose row the cursor is on; NULL: nobody's */
  gboolean filling; /* not by a person */
};

enum { CHOSEN, ENTERED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhPeopleList, bh_people_list, GTK_TYPE_BOX)

/* A word and a shape: no state is told by colour. */
static const char *
state_words (const BhOperatorRow *row)
{
  if (row->disabled)
    return _ ("✗ disabled");
  if (row->pin_hash != NULL)
    return _ ("✓ may sign in");
  return row->badge_us != 0 ? _ ("✓ by badge only") : _ ("… no PIN yet");
}

static const char *
role_words (const char *role)
{
  static const struct {
    const char *role;
    const char *words;
  } known[] = {
    { "receiver", N_ ("Receiver") },
    { "technician", N_ ("Technician") },
    { "csr", N_ ("CSR") },
    { "supervisor", N_ ("Supervisor") },
    { "administrator", N_ ("Administrator") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i].role, role) == 0)
      return _ (known[i].words);
  return role;
}

static gboolean
holds (const char *text, const char *folded)
{
  g_autofree char *own = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return own != NULL && strstr (own, folded) != NULL;
}

static gboolean
is_wanted (BhPeopleList *self, const BhOperatorRow *row)
{
  g_autofree char *folded = g_utf8_casefold (gtk_entry_get_text (self->text), -1);

  return holds (row->login, folded) || holds (row->name, folded) ||
         holds (role_words (row->role), folded) || holds (state_words (row), folded);
}

static void
append (GtkListStore *store, const BhOperatorRow *row)
{
  g_autofree char *time = bh_time_words (row->seen_us, NULL);
  g_autofree char *seen = row->seen_us != 0 ? g_strdup_printf (_ ("%s, %s"), time, row->seen_at)
                                            : g_strdup (_ ("never"));

  gtk_list_store_insert_with_values (
      store, NULL, -1, COL_LOGIN, row->login, COL_NAME, row->name, COL_ROLE, role_words (row->role),
      COL_MARK, row->authorised ? _ ("authorised") : "", COL_STATE, state_words (row), COL_BADGE,
      row->badge_us != 0 ? _ ("has one") : _ ("none"), COL_SEEN, seen, -1);
}

/* (transfer full) (nullable): whose row the cursor is on */
static char *
login_at_cursor (BhPeopleList *self)
{
  g_autoptr (GtkTreePath) path = NULL;
  GtkTreeIter iter;
  char *login = NULL;

  gtk_tree_view_get_cursor (self->tree, &path, NULL);
  if (path != NULL && gtk_tree_model_get_iter (GTK_TREE_MODEL (self->store), &iter, path))
    gtk_tree_model_get (GTK_TREE_MODEL (self->store), &iter, COL_LOGIN, &login, -1);
  return login;
}

static void
find_again (BhPeopleList *self)
{
  GtkTreeModel *model = GTK_TREE_MODEL (self->store);
  g_autofree char *there = login_at_cursor (self);
  GtkTreeIter iter;

  /* to set it anew would scroll to it */
  if (g_strcmp0 (there, self->at) == 0)
    return;

  for (gboolean row = self->at != NULL && gtk_tree_model_get_iter_first (model, &iter); row;
       row = gtk_tree_model_iter_next (model, &iter)) {
    g_autofree char *login = NULL;
    g_autoptr (GtkTreePath) path = NULL;

    gtk_tree_model_get (model, &iter, COL_LOGIN, &login, -1);
    if (g_strcmp0 (login, self->at) != 0)
      continue;
    path = gtk_tree_model_get_path (model, &iter);
    gtk_tree_view_set_cursor (self->tree, path, NULL, FALSE);
    return;
  }
}

static void
fill (BhPeopleList *self)
{
  static const int key[] = { COL_LOGIN, -1 };
  g_autoptr (GtkListStore) fresh = page_rows_like (self->store);
  guint all = self->rows->len;
  gboolean stays = FALSE;
  g_autofree char *said = NULL;
  int n;

  for (guint i = 0; i < all; i++) {
    const BhOperatorRow *row = g_ptr_array_index (self->rows, i);

    if (!is_wanted (self, row))
      continue;
    append (fresh, row);
    stays = stays || g_strcmp0 (row->login, self->at) == 0;
  }
  self->filling = TRUE;
  /* a cursor whose row goes would slip onto another's, which nobody has chosen */
  if (!stays)
    gtk_list_store_clear (self->store);
  page_rows_merge (self->store, fresh, key, TRUE);
  find_again (self);
  self->filling = FALSE;
  n = gtk_tree_model_iter_n_children (GTK_TREE_MODEL (self->store), NULL);
  said = n == (int) all ? g_strdup_printf (ngettext ("%u person", "%u people", all), all)
                        : g_strdup_printf (_ ("%d of %u people"), n, all);
  gtk_label_set_text (self->said, said);
  gtk_stack_set_visible_child_name (self->stack, all > 0 ? "table" : "empty");
}

static void
on_filter (GtkWidget *widget, BhPeopleList *self)
{
  if (self->rows != NULL)
    fill (self);
}

static void
on_cursor (GtkTreeView *tree, BhPeopleList *self)
{
  g_autofree char *login = NULL;

  if (self->filling)
    return;
  login = login_at_cursor (self);
  if (login == NULL || g_strcmp0 (login, self->at) == 0)
    return;
  g_free (self->at);
  self->at = g_steal_pointer (&login);
  g_signal_emit (self, signals[CHOSEN], 0, self->at);
}

static void
on_row (GtkTreeView *tree, GtkTreePath *path, GtkTreeViewColumn *column, BhPeopleList *self)
{
  g_signal_emit (self, signals[ENTERED], 0);
}

void
bh_people_list_show (BhPeopleList *self, GPtrArray *rows, const char *login)
{
  g_ptr_array_ref (rows);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = rows;
  if (login != self->at) {
    g_free (self->at);
    self->at = g_strdup (login);
  }
  fill (self);
}

void
bh_people_list_focus (BhPeopleList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->tree));
}

gboolean
bh_people_list_has_focus (BhPeopleList *self)
{
  return gtk_widget_has_focus (GTK_WIDGET (self->tree));
}

void
bh_people_list_find (BhPeopleList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* ---- life ---------------------------------------------------------------------- */

static void
bh_people_list_dispose (GObject *object)
{
  BH_PEOPLE_LIST (object)->filling = TRUE;
  G_OBJECT_CLASS (bh_people_list_parent_class)->dispose (object);
}

static void
bh_people_list_finalize (GObject *object)
{
  BhPeopleList *self = BH_PEOPLE_LIST (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->at);
  G_OBJECT_CLASS (bh_people_list_parent_class)->finalize (object);
}

static void
bh_people_list_class_init (BhPeopleListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_people_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_people_list_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ENTERED] =
      g_signal_new ("entered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/people-list.ui");
  gtk_widget_class_bind_template_child (widget_class, BhPeopleList, text);
  gtk_widget_class_bind_template_child (widget_class, BhPeopleList, stack);
  gtk_widget_class_bind_template_child (widget_class, BhPeopleList, tree);
  gtk_widget_class_bind_template_child (widget_class, BhPeopleList, said);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_cursor);
  gtk_widget_class_bind_template_callback (widget_class, on_row);
}

static void
bh_people_list_init (BhPeopleList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->store = gtk_list_store_new (N_COLS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
                                    G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  for (int i = 0; i < N_COLS; i++)
    page_column (self->tree, _ (columns[i].title), i, columns[i].width, i == COL_NAME);
  gtk_tree_view_set_model (self->tree, GTK_TREE_MODEL (self->store));
  page_name (GTK_WIDGET (self->text), _ ("Search people"), "people-search");
  page_name (GTK_WIDGET (self->tree), _ ("People"), "people-table");
  page_name (GTK_WIDGET (self->said), NULL, "people-rows");
}

GtkWidget *
bh_people_list_new (void)
{
  return g_object_new (BH_TYPE_PEOPLE_LIST, NULL);
}

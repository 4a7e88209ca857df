/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "history-entry.h"

#include <string.h>

#include "page.h"
#include "pages.h"

enum { RMA, UNIT, CASE, ALL, N_WAYS };
enum { WHEN, WHO, WHERE, NUMBER, N_FACTS };

struct _BhHistoryEntry {
  GtkBox parent_instance;

  GtkWidget *empty;
  GtkWidget *filled;
  GtkLabel *title;
  GtkLabel *about;
  GtkLabel *facts[N_FACTS];
  GtkLabel *before;
  GtkLabel *after;
  GtkWidget *ways[N_WAYS];
  char *whats[N_WAYS]; /* where each leads; NULL: nowhere */
};

enum { ALL_OF_IT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BhHistoryEntry, bh_history_entry, GTK_TYPE_BOX)

static const struct {
  const char *id;
  const char *page; /* NULL: this one */
  const char *text;
} ways[N_WAYS] = {
  [RMA] = { "history-rma", "returns", N_ ("_RMA %s") },
  [UNIT] = { "history-unit", "unit", N_ ("_Unit %s") },
  [CASE] = { "history-case", "cases", N_ ("C_ase %s") },
  [ALL] = { "history-all", NULL, N_ ("All t_hat was done to it") },
};

static const char *const fact_names[N_FACTS] = {
  [WHEN] = N_ ("When"), [WHO] = N_ ("Who"), [WHERE] = N_ ("Where"), [NUMBER] = N_ ("Entry")
};

static void
on_way (GtkWidget *button, BhHistoryEntry *self)
{
  for (int i = 0; i < N_WAYS; i++)
    if (self->ways[i] == button && ways[i].page != NULL)
      page_open (button, ways[i].page, self->whats[i]);
    else if (self->ways[i] == button)
      g_signal_emit (self, signals[ALL_OF_IT], 0, self->whats[i]);
}

/* A button that says where it leads. An underscore in a name is no key. */
static void
set_way (BhHistoryEntry *self, int way, char *what)
{
  g_auto (GStrv) parts = what != NULL ? g_strsplit (what, "_", -1) : NULL;
  g_autofree char *safe = what != NULL ? g_strjoinv ("__", parts) : NULL;
  g_auto (GStrv) words = g_strsplit (_ (ways[way].text), "%s", 2);
  g_autofree char *text = g_strjoinv (safe != NULL ? safe : "", words);

  g_free (self->whats[way]);
  self->whats[way] = what;
  gtk_button_set_label (GTK_BUTTON (self->ways[way]), text);
  gtk_widget_set_visible (self->ways[way], what != NULL);
}

static const char *
or_nothing (const char *text)
{
  return text != NULL && *text != '\0' ? text : "–";
}

static char *
dup_some (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

void
bh_history_entry_show (BhHistoryEntry *self, const BhEntryTexts *texts)
{
  gtk_widget_hide (self->empty);
  gtk_widget_show (self->filled);
  gtk_label_set_text (self->title, texts->act);
  gtk_label_set_text (self->about, texts->about);
  gtk_label_set_text (self->facts[WHEN], texts->when);
  gtk_label_set_text (self->facts[WHO], texts->who);
  gtk_label_set_text (self->facts[WHERE], texts->where);
  gtk_label_set_text (self->facts[NUMBER], texts->number);
  gtk_label_set_text (self->before, or_nothing (texts->before));
  gtk_label_set_text (self->after, or_nothing (texts->after));
  set_way (self, RMA,
           texts->rmas != NULL && *texts->rmas != '\0'
               ? g_strndup (texts->rmas, strcspn (texts->rmas, " "))
               : NULL);
  set_way (self, UNIT, dup_some (texts->serial));
  set_way (self, CASE, dup_some (texts->case_no));
  set_way (self, ALL, g_strdup (texts->entity));
}

void
bh_history_entry_clear (BhHistoryEntry *self, gboolean any)
{
  gtk_widget_set_visible (self->empty, any);
  gtk_widget_hide (self->filled);
}

void
bh_history_entry_focus (BhHistoryEntry *self)
{
  for (int i = 0; i < N_WAYS; i++)
    if (gtk_widget_get_visible (self->ways[i]) && gtk_widget_get_visible (self->filled)) {
      gtk_widget_grab_focus (self->ways[i]);
      return;
    }
}

/* ---- making it --------------------------------------------------------------------------------
 */

static GtkLabel *
add_value (GtkGrid *grid, int column, const char *heading, const char *id)
{
  GtkWidget *value = page_told (id, "value");

  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_widget_set_can_focus (value, FALSE);
  gtk_label_set_max_width_chars (GTK_LABEL (value), 20);
  gtk_widget_set_valign (value, GTK_ALIGN_START);
  gtk_grid_attach (grid, page_label (heading, "name"), column, 0, 1, 1);
  gtk_grid_attach (grid, value, column, 1, 1, 1);
  return GTK_LABEL (value);
}

static GtkWidget *
make_values (BhHistoryEntry *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (NULL, NULL);
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 16);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  self->before = add_value (GTK_GRID (grid), 0, _ ("Before"), "history-before");
  self->after = add_value (GTK_GRID (grid), 1, _ ("After"), "history-after");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_container_add (GTK_CONTAINER (scrolled), grid);
  return scrolled;
}

static GtkWidget *
make_facts (BhHistoryEntry *self)
{
  static const char *const ids[N_FACTS] = { "history-when", "history-who", "history-where",
                                            "history-number" };
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  for (int i = 0; i < N_FACTS; i++) {
    GtkWidget *name = page_label (_ (fact_names[i]), "name");

    self->facts[i] = GTK_LABEL (page_told (ids[i], "value"));
    gtk_label_set_selectable (self->facts[i], TRUE);
    gtk_widget_set_can_focus (GTK_WIDGET (self->facts[i]), FALSE);
    gtk_label_set_max_width_chars (self->facts[i], 32);
    gtk_widget_set_valign (name, GTK_ALIGN_START);
    gtk_grid_attach (GTK_GRID (grid), name, 0, i, 1, 1);
    gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (self->facts[i]), 1, i, 1, 1);
  }
  return grid;
}

static void
bh_history_entry_finalize (GObject *object)
{
  for (int i = 0; i < N_WAYS; i++)
    g_free (BH_HISTORY_ENTRY (object)->whats[i]);
  G_OBJECT_CLASS (bh_history_entry_parent_class)->finalize (object);
}

static void
bh_history_entry_class_init (BhHistoryEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bh_history_entry_finalize;
  signals[ALL_OF_IT] = g_signal_new ("all", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
bh_history_entry_init (BhHistoryEntry *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  page_style (GTK_WIDGET (self), "side");
  gtk_widget_set_size_request (GTK_WIDGET (self), 370, -1);
  self->empty = page_label (_ ("Choose an entry to see what was before and after."), "empty-text");
  gtk_label_set_max_width_chars (GTK_LABEL (self->empty), 32);
  self->filled = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->title = GTK_LABEL (page_told ("history-title", "pane-title"));
  self->about = GTK_LABEL (page_told ("history-about", NULL));
  gtk_label_set_max_width_chars (self->title, 36);
  gtk_label_set_max_width_chars (self->about, 36);
  gtk_box_pack_start (GTK_BOX (self->filled), GTK_WIDGET (self->title), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self->filled), GTK_WIDGET (self->about), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self->filled), make_facts (self), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self->filled), make_values (self), TRUE, TRUE, 0);
  for (int i = 0; i < N_WAYS; i++) {
    self->ways[i] = gtk_button_new_with_mnemonic ("");
    page_name (self->ways[i], NULL, ways[i].id);
    g_signal_connect (self->ways[i], "clicked", G_CALLBACK (on_way), self);
    gtk_box_pack_start (GTK_BOX (self->filled), self->ways[i], FALSE, FALSE, 0);
  }
  gtk_box_pack_start (GTK_BOX (self), self->empty, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), self->filled, TRUE, TRUE, 0);
  gtk_widget_show_all (GTK_WIDGET (self));
  bh_history_entry_clear (self, FALSE);
}

GtkWidget *
bh_history_entry_new (void)
{
  return g_object_new (BH_TYPE_HISTORY_ENTRY, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "rma-view.h"

#include "backhaul/returns.h"
#include "clock-words.h"
#include "label-preview.h"
#include "live-words.h"
#include "page.h"
#include "pages.h"
#include "view-parts.h"
#include "words.h"

struct _BhRmaView {
  GtkScrolledWindow parent_instance;

  GtkBox *column;
  GtkBox *aside;   /* at its right end */
  BhWorker *reads; /* of the newest question, as what follows */
  guint number;
  BhWork work;
  BhViewFill fill;
  GDestroyNotify free_page;
  char *key;
  gboolean busy; /* it is not answered yet */
  gboolean gone;
};

G_DEFINE_FINAL_TYPE (BhRmaView, bh_rma_view, GTK_TYPE_SCROLLED_WINDOW)

/* ---- parts --------------------------------------------------------------------- */

void
bh_view_add_head (BhRmaView *self, const char *text, const char *state, const char *id)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *head = page_told (id, "page-title");

  gtk_label_set_text (GTK_LABEL (head), text);
  gtk_label_set_selectable (GTK_LABEL (head), FALSE);
  gtk_box_pack_start (GTK_BOX (row), head, FALSE, FALSE, 0);
  if (state != NULL) {
    GtkWidget *light = page_text (bh_state_words (state), "light");

    page_style (light, state);
    gtk_widget_set_valign (light, GTK_ALIGN_CENTER);
    gtk_box_pack_start (GTK_BOX (row), light, FALSE, FALSE, 0);
  }
  gtk_box_pack_start (self->column, row, FALSE, FALSE, 0);
}

GtkGrid *
bh_view_add_grid (BhRmaView *self, const char *heading)
{
  GtkWidget *grid = gtk_grid_new ();

  if (heading != NULL)
    page_section (self->column, heading);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 24);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_box_pack_start (self->column, grid, FALSE, FALSE, 0);
  return GTK_GRID (grid);
}

GtkWidget *
bh_view_put (GtkGrid *grid, int column, int row, const char *text, const char *style)
{
  GtkWidget *label = page_label (text != NULL ? text : "", style);

  gtk_label_set_line_wrap (GTK_LABEL (label), FALSE);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_grid_attach (grid, label, column, row, 1, 1);
  return label;
}

void
bh_view_put_fact (GtkGrid *grid, int *row, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  bh_view_put (grid, 0, *row, name, "name");
  bh_view_put (grid, 1, *row, value, "value");
  (*row)++;
}

void
bh_view_add_empty (BhRmaView *self, const char *text)
{
  gtk_box_pack_start (self->column, page_label (text, "empty-text"), FALSE, FALSE, 0);
}

void
bh_view_put_heads (GtkGrid *grid, const char *const *heads)
{
  for (int i = 0; heads[i] != NULL; i++)
    bh_view_put (grid, i, 0, _ (heads[i]), "name");
}

void
bh_view_put_link (GtkGrid *grid, int column, int row, const char *page, const char *what)
{
  GtkWidget *label = bh_view_put (grid, column, row, what, "value");

  if (what != NULL && *what != '\0')
    page_link (GTK_LABEL (label), page, what);
}

static void
on_journal (GtkWidget *button, const char *key)
{
  page_open (button, "history", key);
}

/* The same with what was before, and with all that belongs to it. */
static void
add_way_to_journal (BhRmaView *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("All in the _journal"));

  page_name (button, NULL, "in-journal");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_journal), g_strdup (self->key),
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  gtk_box_pack_start (self->column, button, FALSE, FALSE, 6);
}

void
bh_view_add_history (BhRmaView *self, GPtrArray *history, const char *zone)
{
  static const char *const heads[] = { N_ ("When"), N_ ("What"), N_ ("Who"), N_ ("Station"), NULL };
  GtkGrid *grid = bh_view_add_grid (self, _ ("History"));

  page_name (GTK_WIDGET (grid), _ ("History"), "history");
  if (history->len == 0)
    bh_view_add_empty (self, _ ("Nothing has happened yet."));
  else
    bh_view_put_heads (grid, heads);
  for (guint i = history->len; i > 0; i--) {
    const BhHistoryRow *row = g_ptr_array_index (history, i - 1);
    g_autofree char *when = bh_time_words (row->at_us, zone);
    int at = (int) (history->len - i) + 1;
    GtkWidget *text;

    bh_view_put (grid, 0, at, when, "number");
    text = bh_view_put (grid, 1, at, row->text, NULL);
    gtk_label_set_line_wrap (GTK_LABEL (text), TRUE);
    gtk_label_set_max_width_chars (GTK_LABEL (text), 70);
    bh_view_put (grid, 2, at, row->operator, NULL);
    bh_view_put (grid, 3, at, row->station, NULL);
  }
  add_way_to_journal (self);
}

/* ---- clocks (C10) -------------------------------------------------------------- */

/* Full at the due date. */
static GtkWidget *
clock_bar (const BhClockRow *clock)
{
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, 30);
  const char *ran[] = { "met", "missed", "late", NULL };

  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), g_strv_contains (ran, clock->state)
                                                    ? 30
                                                    : CLAMP (30 - clock->days_left, 0, 30));
  gtk_widget_set_size_request (bar, 180, -1);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  page_name (bar, _ ("How much of the time is gone"), NULL);
  return bar;
}

void
bh_view_add_clocks (BhRmaView *self, GPtrArray *clocks)
{
  static const char *const heads[] = { N_ ("Clock"), N_ ("Unit"), N_ ("State"), N_ ("Due"),
                                       N_ ("Time"),  N_ (""),     NULL };
  GtkGrid *grid = bh_view_add_grid (self, _ ("Clocks"));

  page_name (GTK_WIDGET (grid), _ ("Clocks"), "clocks");
  if (clocks->len == 0)
    bh_view_add_empty (self, _ ("No clock runs."));
  else
    bh_view_put_heads (grid, heads);
  for (guint i = 0; i < clocks->len; i++) {
    const BhClockRow *clock = g_ptr_array_index (clocks, i);
    g_autofree char *due =
        clock->due != NULL ? g_strdup (clock->due) : bh_time_words (clock->due_us, clock->zone);
    g_autofree char *left = bh_clock_left_words (clock->state, clock->days_left);
    GtkWidget *light;

    bh_view_put (grid, 0, (int) i + 1, bh_clock_kind_words (clock->kind), NULL);
    bh_view_put (grid, 1, (int) i + 1, clock->serial, "number");
    light = bh_view_put (grid, 2, (int) i + 1, bh_state_words (clock->state), "light");
    page_style (light, clock->state);
    bh_view_put (grid, 3, (int) i + 1, due, "number");
    bh_view_put (grid, 4, (int) i + 1, left, "number");
    gtk_grid_attach (grid, clock_bar (clock), 5, (int) i + 1, 1, 1);
  }
}

/* ---- pages --------------------------------------------------------------------- */

static void
add_lines (BhRmaView *self, GPtrArray *lines)
{
  static const char *const heads[] = { N_ ("Line"),     N_ ("Serial"), N_ ("Part"),
                                       N_ ("State"),    N_ ("Wanted"), N_ ("Return by"),
                                       N_ ("Received"), NULL };
  GtkGrid *grid = bh_view_add_grid (self, _ ("Units"));

  page_name (GTK_WIDGET (grid), _ ("Units"), "lines");
  bh_view_put_heads (grid, heads);
  for (guint i = 0; i < lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (lines, i);
    g_autofree char *number = g_strdup_printf ("%d", line->line);
    g_autofree char *flag = line->flag != NULL ? g_ascii_strup (line->flag, -1) : g_strdup ("");
    g_autofree char *received =
        line->received_us != 0 ? bh_time_words (line->received_us, line->zone) : g_strdup ("");
    const char *const cells[] = { number,     line->serial,
                                  line->part, bh_state_words (line->line_state),
                                  flag,       line->return_by,
                                  received };

    for (int c = 0; c < (int) G_N_ELEMENTS (cells); c++)
      if (c == 1)
        bh_view_put_link (grid, c, (int) i + 1, "unit", cells[c]);
      else
        bh_view_put (grid, c, (int) i + 1, cells[c], "number");
  }
}

/* Beside all that is known of the RMA. */
static void
add_label (BhRmaView *self, const char *rma)
{
  GtkWidget *preview;

  if (self->aside == NULL)
    return;
  preview = bh_label_preview_new (_ ("The box label of this RMA"), "rma-label");
  gtk_container_add (GTK_CONTAINER (self->aside), preview);
  bh_label_preview_show (BH_LABEL_PREVIEW (preview), self->reads, rma);
}

static void
fill_rma (BhRmaView *self, gconstpointer data)
{
  const BhRmaPage *page = data;
  g_autofree char *created = bh_time_words (page->created_us, page->zone);
  g_autofree char *issued =
      page->issued_us != 0 ? bh_time_words (page->issued_us, page->zone) : NULL;
  GtkGrid *facts;
  int row = 0;

  bh_view_add_head (self, page->rma, page->state, "rma");
  add_label (self, page->rma);
  facts = bh_view_add_grid (self, NULL);
  bh_view_put_fact (facts, &row, _ ("Account"), page->account_name);
  if (page->case_no != NULL) {
    bh_view_put (facts, 0, row, _ ("Case"), "name");
    bh_view_put_link (facts, 1, row++, "cases", page->case_no);
  }
  bh_view_put_fact (facts, &row, _ ("Reference"), page->reference);
  bh_view_put_fact (facts, &row, _ ("Contact"), page->contact);
  bh_view_put_fact (facts, &row, _ ("Created"), created);
  bh_view_put_fact (facts, &row, _ ("Confirmed"), issued);
  bh_view_put_fact (facts, &row, _ ("Returns to"), page->destination_name);
  add_lines (self, page->lines);
  bh_view_add_clocks (self, page->clocks);
  bh_view_add_history (self, page->history, page->zone);
}

static void
fill_unit (BhRmaView *self, gconstpointer data)
{
  static const char *const heads[] = { N_ ("RMA"),     N_ ("State"),    N_ ("Created"),
                                       N_ ("Account"), N_ ("Received"), NULL };
  const BhUnitLife *life = data;
  GtkGrid *grid;
  int row = 0;

  bh_view_add_head (self, life->serial, NULL, "unit");
  if (!life->known)
    bh_view_add_empty (self,
                       _ ("Not in the installed base: all that is known comes from returns."));
  grid = bh_view_add_grid (self, NULL);
  bh_view_put_fact (grid, &row, _ ("Part"), life->part);
  bh_view_put_fact (grid, &row, _ ("Description"), life->description);
  bh_view_put_fact (grid, &row, _ ("Account"), life->account_name);
  bh_view_put_fact (grid, &row, _ ("Site"), life->site);
  bh_view_put_fact (grid, &row, _ ("Shipped"), life->shipped);
  bh_view_put_fact (grid, &row, _ ("Contract"), life->contract_level);
  bh_view_put_fact (grid, &row, _ ("Covered until"), life->contract_until);
  bh_view_put_fact (grid, &row, _ ("Now at"), life->location);
  grid = bh_view_add_grid (self, _ ("Returns"));
  page_name (GTK_WIDGET (grid), _ ("Returns"), "lines");
  if (life->lines->len == 0)
    bh_view_add_empty (self, _ ("It has never been on an RMA."));
  else
    bh_view_put_heads (grid, heads);
  for (guint i = 0; i < life->lines->len; i++) {
    const BhReturnRow *line = g_ptr_array_index (life->lines, i);
    g_autofree char *created = bh_time_words (line->created_us, line->zone);
    g_autofree char *received =
        line->received_us != 0 ? bh_time_words (line->received_us, line->zone) : g_strdup ("");

    bh_view_put_link (grid, 0, (int) i + 1, "returns", line->rma);
    bh_view_put (grid, 1, (int) i + 1, bh_state_words (line->line_state), NULL);
    bh_view_put (grid, 2, (int) i + 1, created, "number");
    bh_view_put (grid, 3, (int) i + 1, line->account_name, NULL);
    bh_view_put (grid, 4, (int) i + 1, received, "number");
  }
  bh_view_add_history (self, life->history, NULL);
}

/* ---- asking -------------------------------------------------------------------- */

typedef struct {
  BhRmaView *view;
  guint number;
  gboolean live; /* nobody asked: what is the same stays as it is */
  GDestroyNotify free_page;
} Show;

static void
fill_anew (BhRmaView *self, gconstpointer page, const GError *error)
{
  page_clear (GTK_CONTAINER (self->column));
  page_clear (GTK_CONTAINER (self->aside));
  if (page != NULL)
    self->fill (self, page);
  else
    bh_view_add_head (self, error->message, NULL, "error");
  gtk_widget_show_all (GTK_WIDGET (self->column));
}

static void
draw_label_anew (GtkWidget *label, gpointer data)
{
  BhRmaView *self = data;

  bh_label_preview_show (BH_LABEL_PREVIEW (label), self->reads, self->key);
}

/* As it would look now is made beside what is there, and that made like it where it is not. */
static void
fill_live (BhRmaView *self, gconstpointer page)
{
  GtkBox *now = self->column;
  GtkBox *aside = self->aside;
  GtkWidget *fresh = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));

  self->column = GTK_BOX (fresh);
  self->aside = NULL; /* a label costs more than all of it */
  self->fill (self, page);
  self->column = now;
  self->aside = aside;
  if (page_words_merge (GTK_WIDGET (now), fresh))
    gtk_container_foreach (GTK_CONTAINER (aside), draw_label_anew, self);
  gtk_widget_destroy (fresh);
  g_object_unref (fresh);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Show *show = data;
  g_autoptr (BhRmaView) self = show->view;
  g_autoptr (GError) error = NULL;
  gpointer page = bh_worker_finish (result, &error);

  /* the newest question's answer, and only while the page is there */
  if (show->number == self->number)
    self->busy = FALSE;
  if (!self->gone && show->number == self->number && show->live) {
    if (page != NULL)
      fill_live (self, page);
  } else if (!self->gone && show->number == self->number) {
    fill_anew (self, page, error);
    /* its links are there from now on */
    page_take_keys (GTK_WIDGET (self), GTK_WIDGET (self->column));
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self)), 0);
  }
  if (page != NULL)
    show->free_page (page);
}

static void
ask (BhRmaView *self, gboolean live)
{
  Show *show = g_new0 (Show, 1);

  *show = (Show){ g_object_ref (self), ++self->number, live, self->free_page };
  self->busy = TRUE;
  bh_worker_run (self->reads, self->work, g_strdup (self->key), g_free, self->free_page, on_ready,
                 show);
}

gboolean
bh_view_changed (GtkWidget *view)
{
  BhRmaView *self = BH_RMA_VIEW (view);

  if (self->busy)
    return FALSE;
  if (self->key != NULL)
    ask (self, TRUE);
  return TRUE;
}

void
bh_view_ask (BhRmaView *self, BhWorker *reads, BhWork work, const char *key, BhViewFill fill,
             GDestroyNotify free_page)
{
  char *asked = g_strdup (key);

  g_set_object (&self->reads, reads);
  g_free (self->key);
  self->key = asked;
  self->work = work;
  self->fill = fill;
  self->free_page = free_page;
  ask (self, FALSE);
}

static gpointer
load_rma (BhDesk *desk, gpointer data, GError **error)
{
  return bh_desk_rma_page (desk, data, bh_now_us (), error);
}

static gpointer
load_unit (BhDesk *desk, gpointer data, GError **error)
{
  return bh_desk_unit_life (desk, data, error);
}

void
bh_rma_view_show (GtkWidget *view, BhWorker *reads, const char *rma)
{
  bh_view_ask (BH_RMA_VIEW (view), reads, load_rma, rma, fill_rma,
               (GDestroyNotify) bh_rma_page_free);
}

void
bh_unit_view_show (GtkWidget *view, BhWorker *reads, const char *serial)
{
  bh_view_ask (BH_RMA_VIEW (view), reads, load_unit, serial, fill_unit,
               (GDestroyNotify) bh_unit_life_free);
}

/* ---- life ---------------------------------------------------------------------- */

static void
bh_rma_view_dispose (GObject *object)
{
  BhRmaView *self = BH_RMA_VIEW (object);

  self->gone = TRUE;
  g_clear_object (&self->reads);
  G_OBJECT_CLASS (bh_rma_view_parent_class)->dispose (object);
}

static void
bh_rma_view_finalize (GObject *object)
{
  g_free (BH_RMA_VIEW (object)->key);
  G_OBJECT_CLASS (bh_rma_view_parent_class)->finalize (object);
}

static void
bh_rma_view_class_init (BhRmaViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_rma_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_rma_view_finalize;
}

static void
bh_rma_view_init (BhRmaView *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);

  self->column = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  self->aside = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  gtk_box_pack_start (GTK_BOX (row), GTK_WIDGET (self->column), TRUE, TRUE, 0);
  gtk_box_pack_end (GTK_BOX (row), GTK_WIDGET (self->aside), FALSE, FALSE, 0);
  gtk_widget_show_all (row);
  gtk_container_add (GTK_CONTAINER (self), row);
}

GtkWidget *
bh_rma_view_new (void)
{
  return g_object_new (BH_TYPE_RMA_VIEW, NULL);
}

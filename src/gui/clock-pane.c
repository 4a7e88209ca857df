/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "clock-pane.h"

#include "backhaul/calendar.h"
#include "backhaul/clocks.h"
#include "clock-words.h"
#include "page.h"
#include "words.h"

struct _BhClockPane {
  GtkScrolledWindow parent_instance;

  GtkBox *column;
  guint number;         /* of the newest question */
  GCancellable *search; /* it */
  gboolean gone;
};

G_DEFINE_FINAL_TYPE (BhClockPane, bh_clock_pane, GTK_TYPE_SCROLLED_WINDOW)

/* ---- what is asked ------------------------------------------------------------- */

typedef struct {
  BhClockPane *pane;
  guint number;
} Ask;

typedef struct {
  char *number; /* RMA or case */
  char *kind;
  int line;
  gint64 started_us;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->number);
  g_free (question->kind);
  g_free (question);
}

/* An RMA's line may have had several clocks of a kind: the one that started then. */
static gpointer
load (BhDesk *desk, gpointer data, GError **error)
{
  const Question *question = data;
  g_autoptr (GPtrArray) views =
      bh_desk_clock_views (desk, question->number, question->line, bh_now_us (), error);

  for (guint i = 0; views != NULL && i < views->len; i++) {
    const BhClockView *view = g_ptr_array_index (views, i);

    if (g_strcmp0 (view->kind, question->kind) == 0 && view->started_us == question->started_us)
      return g_ptr_array_steal_index (views, i);
  }
  if (views != NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: the clock has ended meanwhile; press F5 to read the board again",
                 question->number);
  return NULL;
}

/* ---- what is shown ------------------------------------------------------------- */

static void
put (GtkGrid *grid, int column, int row, const char *text, const char *style)
{
  GtkWidget *label = page_label (text, style);

  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  if (column < 2)
    gtk_label_set_line_wrap (GTK_LABEL (label), FALSE);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static GtkGrid *
add_grid (BhClockPane *self, const char *name, const char *id)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 14);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  page_name (grid, name, id);
  gtk_box_pack_start (self->column, grid, FALSE, FALSE, 0);
  return GTK_GRID (grid);
}

static void
put_fact (GtkGrid *grid, int *row, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  put (grid, 0, *row, name, "name");
  put (grid, 1, (*row)++, value, NULL);
}

/* "Tue 24 Nov 2026" */
static char *
day_words (const char *date)
{
  BhDay day = bh_day_parse (date);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) start = NULL;

  if (day == BH_DAY_NONE)
    return g_strdup (date);
  start = g_date_time_new_from_unix_utc (bh_day_start_us (day, utc) / G_USEC_PER_SEC);
  return g_date_time_format (start, "%a %-d %b %Y");
}

/* K1: "why did 48 hours become 6 days?" */
static void
add_days (BhClockPane *self, const BhClockView *view)
{
  GtkGrid *grid;
  int counted = 0;

  if (view->days == NULL || view->days->len == 0)
    return;
  page_section (self->column, _ ("Its working"));
  grid = add_grid (self, _ ("Each day, counted or skipped"), "working");
  for (guint i = 0; i < view->days->len; i++) {
    const BhClockViewDay *day = g_ptr_array_index (view->days, i);
    g_autofree char *date = day_words (day->date);
    g_autofree char *number = day->counted ? g_strdup_printf ("%d", ++counted) : g_strdup ("–");

    put (grid, 0, (int) i, date, day->counted ? "number" : "skipped");
    put (grid, 1, (int) i, number, day->counted ? "number" : "skipped");
    put (grid, 2, (int) i, day->why != NULL ? day->why : "", "skipped");
  }
}

static void
add_pauses (BhClockPane *self, const BhClockView *view)
{
  GtkGrid *grid;

  if (view->pauses == NULL || view->pauses->len == 0)
    return;
  page_section (self->column, _ ("Pauses"));
  grid = add_grid (self, _ ("Pauses"), "pauses");
  for (guint i = 0; i < view->pauses->len; i++) {
    const BhPauseRecord *pause = g_ptr_array_index (view->pauses, i);
    gboolean lasts = pause->to_us == 0 || pause->to_us == G_MAXINT64;
    g_autofree char *from = bh_time_words (pause->from_us, view->zone);
    g_autofree char *to = lasts ? g_strdup (_ ("lasts")) : bh_time_words (pause->to_us, view->zone);

    put (grid, 0, (int) i * 2, from, "number");
    put (grid, 1, (int) i * 2, to, "number");
    gtk_grid_attach (grid, page_label (pause->reason != NULL ? pause->reason : "", "skipped"), 0,
                     (int) i * 2 + 1, 3, 1);
  }
}

static void
fill (BhClockPane *self, const BhClockView *view)
{
  g_autofree char *state = bh_clock_state_words (view->state);
  g_autofree char *left = bh_clock_left_words (view->state, view->days_left);
  g_autofree char *due = bh_clock_due_words (view->due, view->due_us, view->zone);
  g_autofree char *started = bh_time_words (view->started_us, view->zone);
  g_autofree char *extended =
      view->extra_days != 0
          ? g_strdup_printf (ngettext ("by %d day", "by %d days", (gulong) view->extra_days),
                             view->extra_days)
          : NULL;
  g_autofree char *policy = view->policy_days != 0
                                ? g_strdup_printf (_ ("%d days for %s (C8)"), view->policy_days,
                                                   view->country != NULL ? view->country : "")
                                : NULL;
  GtkGrid *facts;
  int row = 0;

  gtk_box_pack_start (self->column, page_label (bh_clock_kind_words (view->kind), "pane-title"),
                      FALSE, FALSE, 0);
  facts = add_grid (self, _ ("The clock"), "clock");
  put_fact (facts, &row, _ ("State"), state);
  put_fact (facts, &row, _ ("Time"), left);
  put_fact (facts, &row, _ ("Due"), due);
  put_fact (facts, &row, _ ("Started"), started);
  put_fact (facts, &row, _ ("Zone"), view->zone);
  put_fact (facts, &row, _ ("Calendar"), view->calendar);
  put_fact (facts, &row, _ ("Level"), view->level);
  put_fact (facts, &row, _ ("Extended"), extended);
  put_fact (facts, &row, _ ("Export"), policy);
  add_days (self, view);
  add_pauses (self, view);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ask *ask = data;
  g_autoptr (BhClockPane) self = ask->pane;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhClockView) view = bh_worker_finish (result, &error);

  if (self->gone || ask->number != self->number)
    return;
  g_clear_object (&self->search);
  page_clear (GTK_CONTAINER (self->column));
  if (view != NULL)
    fill (self, view);
  else
    gtk_box_pack_start (self->column, page_label (error->message, "empty-text"), FALSE, FALSE, 0);
  gtk_widget_show_all (GTK_WIDGET (self->column));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self)), 0);
}

void
bh_clock_pane_show (BhClockPane *self, BhWorker *reads, const BhClockRow *row)
{
  Question *question;
  Ask *ask;

  if (self->search != NULL)
    bh_worker_supersede (reads, self->search);
  g_clear_object (&self->search);
  self->number++;
  if (row == NULL) {
    page_clear (GTK_CONTAINER (self->column));
    gtk_box_pack_start (
        self->column,
        page_label (_ ("Choose a clock: here stands how its due date came about."), "empty-text"),
        FALSE, FALSE, 0);
    gtk_widget_show_all (GTK_WIDGET (self->column));
    return;
  }
  question = g_new0 (Question, 1);
  *question = (Question){ g_strdup (row->rma != NULL ? row->rma : row->case_no),
                          g_strdup (row->kind), row->line, row->started_us };
  ask = g_new0 (Ask, 1);
  *ask = (Ask){ g_object_ref (self), self->number };
  self->search = g_cancellable_new ();
  bh_worker_search (reads, load, question, question_free, (GDestroyNotify) bh_clock_view_free,
                    self->search, on_ready, ask);
}

static void
bh_clock_pane_dispose (GObject *object)
{
  BhClockPane *self = BH_CLOCK_PANE (object);

  self->gone = TRUE;
  g_clear_object (&self->search);
  G_OBJECT_CLASS (bh_clock_pane_parent_class)->dispose (object);
}

static void
bh_clock_pane_class_init (BhClockPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bh_clock_pane_dispose;
}

static void
bh_clock_pane_init (BhClockPane *self)
{
  self->column = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_container_add (GTK_CONTAINER (self), GTK_WIDGET (self->column));
  page_name (GTK_WIDGET (self), _ ("How the due date came about"), "clock-pane");
  gtk_widget_show_all (GTK_WIDGET (self));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "calendars-page.h"

#include <string.h>

#include "calendar-calls.h"
#include "live-act.h"
#include "live-rows.h"
#include "page.h"
#include "pages.h"
#include "year-view.h"

struct _BhCalendarsPage {
  GtkBox parent_instance;

  GtkComboBoxText *calendar;
  GtkWidget *previous;
  GtkLabel *year_told;
  GtkWidget *next;
  GtkBox *year_box;
  GtkTreeView *tree;
  GtkEntry *name;
  GtkEntry *file;
  GtkWidget *look;
  GtkWidget *go;
  GtkLabel *told;
  GtkTextView *moves;
  GtkWidget *months;

  BhWorker *acts;
  BhWorker *reads;
  GtkListStore *holidays;
  int year;
  guint asked;       /* number of the newest year that was asked for */
  guint reading;     /* answers that are on their way */
  char *year_of;     /* whose year is on screen; NULL: the working week's */
  BhTrailRow *act;   /* who had changed it last; NULL: nobody */
  char *looked_name; /* what was looked at and may be kept; NULL: nothing */
  char *looked_file;
  gboolean filling;
  gboolean busy;
  gboolean gone;
};

static void page_face (BhPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BhCalendarsPage, bh_calendars_page, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (BH_TYPE_PAGE, page_face))

/* ---- the year ------------------------------------------------------------------ */

typedef struct {
  BhCalendarsPage *page;
  char *name;
  guint number;
  gboolean live; /* nobody asked: what is typed and chosen stays */
} Ask;

static void
ask_free (Ask *ask)
{
  g_object_unref (ask->page);
  g_free (ask->name);
  g_free (ask);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ask, ask_free)

static void set_buttons (BhCalendarsPage *self);

static void
show_holidays (BhCalendarsPage *self, GPtrArray *holidays)
{
  static const int key[] = { 0, -1 };
  g_autoptr (GtkListStore) fresh = page_rows_like (self->holidays);

  for (guint i = 0; i + 1 < holidays->len; i += 2)
    gtk_list_store_insert_with_values (fresh, NULL, -1, 0, g_ptr_array_index (holidays, i), 1,
                                       g_ptr_array_index (holidays, i + 1), -1);
  page_rows_merge (self->holidays, fresh, key, TRUE);
}

/* Whoever has looked at what a file would move has seen what is not so any more. */
static void
tell_change (BhCalendarsPage *self, const BhTrailRow *act)
{
  gboolean looked = g_strcmp0 (self->looked_name, self->year_of) == 0;
  g_autofree char *words =
      bh_act_words (self->year_of, act, looked ? _ ("Look again before you replace it.") : NULL);

  if (looked) {
    g_clear_pointer (&self->looked_name, g_free);
    g_clear_pointer (&self->looked_file, g_free);
    set_buttons (self);
  }
  gtk_label_set_text (self->told, words);
}

static void
on_year (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Ask) ask = data;
  BhCalendarsPage *self = ask->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (BhCalendarYear) year = bh_worker_finish (result, &error);
  g_autofree char *words = NULL;

  self->reading--;
  if (self->gone || ask->number != self->asked)
    return;
  if (year == NULL) {
    gtk_list_store_clear (self->holidays);
    gtk_label_set_text (self->told, error->message);
    return;
  }
  bh_year_view_set (self->months, year->months);
  show_holidays (self, year->holidays);
  words = g_strdup_printf ("%d", self->year);
  gtk_label_set_text (self->year_told, words);
  if (ask->live && g_strcmp0 (ask->name, self->year_of) == 0 &&
      !bh_act_is_same (year->act, self->act))
    tell_change (self, year->act);
  g_free (self->year_of);
  self->year_of = g_steal_pointer (&ask->name);
  g_clear_pointer (&self->act, bh_trail_row_free);
  self->act = g_steal_pointer (&year->act);
}

/* "": the working week alone */
static const char *
chosen (BhCalendarsPage *self)
{
  const char *id = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->calendar));

  return id != NULL && *id != '\0' ? id : NULL;
}

static void
ask_year (BhCalendarsPage *self, gboolean live)
{
  Ask *ask = g_new0 (Ask, 1);

  *ask = (Ask){ g_object_ref (self), g_strdup (chosen (self)), ++self->asked, live };
  self->reading++;
  bh_call_calendar_year_async (self->reads, chosen (self), self->year, on_year, ask);
}

static void
on_calendar (GtkWidget *widget, BhCalendarsPage *self)
{
  if (self->filling)
    return;
  gtk_entry_set_text (self->name, chosen (self) != NULL ? chosen (self) : "");
  ask_year (self, FALSE);
}

static void
on_step (GtkWidget *button, BhCalendarsPage *self)
{
  int year = self->year + (button == self->next ? 1 : -1);

  if (year < 1970 || year > 2100)
    return;
  self->year = year;
  ask_year (self, FALSE);
}

/* The rows of the choice: of the column of words, and behind it that of names. */
static void
show_choices (BhCalendarsPage *self, GPtrArray *choices)
{
  static const int key[] = { 1, -1 };
  GtkListStore *there = GTK_LIST_STORE (gtk_combo_box_get_model (GTK_COMBO_BOX (self->calendar)));
  g_autoptr (GtkListStore) fresh = page_rows_like (there);

  for (guint i = 0; i < choices->len; i++) {
    const BhCalendarChoice *choice = g_ptr_array_index (choices, i);
    const char *title = choice->name != NULL ? choice->name : _ ("Working week alone");
    g_autofree char *words = choice->destinations != NULL
                                 ? g_strdup_printf ("%s · %s", title, choice->destinations)
                                 : g_strdup (title);

    gtk_list_store_insert_with_values (fresh, NULL, -1, 0, words, 1,
                                       choice->name != NULL ? choice->name : "", -1);
  }
  self->filling = TRUE;
  page_rows_merge (there, fresh, key, TRUE);
  if (gtk_combo_box_get_active (GTK_COMBO_BOX (self->calendar)) < 0)
    gtk_combo_box_set_active (GTK_COMBO_BOX (self->calendar), choices->len > 1 ? 1 : 0);
  self->filling = FALSE;
}

static void
on_calendars (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Ask) ask = data;
  BhCalendarsPage *self = ask->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) choices = bh_worker_finish (result, &error);

  self->reading--;
  if (self->gone)
    return;
  if (choices == NULL) {
    gtk_label_set_text (self->told, error->message);
    return;
  }
  show_choices (self, choices);
  if (ask->live)
    ask_year (self, TRUE);
  else
    on_calendar (NULL, self);
}

static void
ask_calendars (BhCalendarsPage *self, gboolean live)
{
  Ask *ask = g_new0 (Ask, 1);

  *ask = (Ask){ .page = g_object_ref (self), .live = live };
  self->reading++;
  bh_call_calendars_async (self->reads, on_calendars, ask);
}

/* ---- another one from a file ------------------------------------------------------ */

static void
set_buttons (BhCalendarsPage *self)
{
  const char *name = gtk_entry_get_text (self->name);
  const char *file = gtk_entry_get_text (self->file);

  gtk_widget_set_sensitive (self->look, !self->busy && *name != '\0' && *file != '\0');
  /* only what was looked at, as it was looked at */
  gtk_widget_set_sensitive (self->go, !self->busy && self->looked_name != NULL &&
                                          g_strcmp0 (self->looked_name, name) == 0 &&
                                          g_strcmp0 (self->looked_file, file) == 0);
}

static void
on_typed (GtkWidget *widget, BhCalendarsPage *self)
{
  set_buttons (self);
}

typedef struct {
  BhCalendarsPage *page;
  gboolean keep;
} Put;

static void
on_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Put *put = data;
  g_autoptr (BhCalendarsPage) self = put->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) moves = bh_worker_finish (result, &error);
  g_autofree char *text = NULL;
  g_autofree char *said = NULL;

  if (self->gone)
    return;
  self->busy = FALSE;
  if (moves == NULL || put->keep) {
    g_clear_pointer (&self->looked_name, g_free);
    g_clear_pointer (&self->looked_file, g_free);
  }
  if (moves == NULL) {
    gtk_label_set_text (self->told, error->message);
    set_buttons (self);
    return;
  }
  said = g_strdup_printf (
      put->keep ? ngettext ("Done: %u clock moved.", "Done: %u clocks moved.", moves->len)
                : ngettext ("It would move %u clock. Nothing is changed yet.",
                            "It would move %u clocks. Nothing is changed yet.", moves->len),
      moves->len);
  gtk_label_set_text (self->told, said);
  g_ptr_array_add (moves, NULL);
  text = g_strjoinv ("\n", (char **) moves->pdata);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->moves), text, -1);
  set_buttons (self);
  if (put->keep)
    ask_calendars (self, FALSE);
  else
    gtk_widget_grab_focus (self->go);
}

static void
put_it (BhCalendarsPage *self, gboolean keep)
{
  Put *put = g_new0 (Put, 1);

  *put = (Put){ g_object_ref (self), keep };
  self->busy = TRUE;
  if (!keep) {
    g_free (self->looked_name);
    g_free (self->looked_file);
    self->looked_name = g_strdup (gtk_entry_get_text (self->name));
    self->looked_file = g_strdup (gtk_entry_get_text (self->file));
  }
  set_buttons (self);
  bh_call_calendar_put_async (self->acts, self->looked_name, self->looked_file, keep, on_put, put);
}

static void
on_look (GtkWidget *widget, BhCalendarsPage *self)
{
  if (gtk_widget_get_sensitive (self->look))
    put_it (self, FALSE);
}

static void
on_go (GtkWidget *widget, BhCalendarsPage *self)
{
  if (gtk_widget_get_sensitive (self->go))
    put_it (self, TRUE);
}

static void
on_choose (GtkWidget *button, BhCalendarsPage *self)
{
  g_autoptr (GtkFileChooserNative) chooser = gtk_file_chooser_native_new (
      _ ("A calendar (iCalendar, .ics)"), GTK_WINDOW (gtk_widget_get_toplevel (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  g_autofree char *path = NULL;

  if (gtk_native_dialog_run (GTK_NATIVE_DIALOG (chooser)) != GTK_RESPONSE_ACCEPT)
    return;
  path = gtk_file_chooser_get_filename (GTK_FILE_CHOOSER (chooser));
  if (path != NULL && g_utf8_validate (path, -1, NULL))
    gtk_entry_set_text (self->file, path);
}

/* ---- as a page ----------------------------------------------------------------- */

static void
shown (BhPage *page)
{
  /* whoever comes back finds what they typed */
  ask_calendars (BH_CALENDARS_PAGE (page), BH_CALENDARS_PAGE (page)->asked > 0);
}

/* Not while somebody chooses: the rows would move away below their hand. */
static gboolean
changed (BhPage *page)
{
  BhCalendarsPage *self = BH_CALENDARS_PAGE (page);
  gboolean open = FALSE;

  g_object_get (self->calendar, "popup-shown", &open, NULL);
  if (self->reading > 0 || self->busy || open)
    return FALSE;
  ask_calendars (self, TRUE);
  return TRUE;
}

static void
focus (BhPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (BH_CALENDARS_PAGE (page)->calendar));
}

static void
open_name (BhPage *page, const char *name)
{
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (BH_CALENDARS_PAGE (page)->calendar), name);
}

static void
page_face (BhPageInterface *iface)
{
  iface->shown = shown;
  iface->changed = changed;
  iface->focus = focus;
  iface->open = open_name;
}

static void
bh_calendars_page_dispose (GObject *object)
{
  BH_CALENDARS_PAGE (object)->gone = TRUE;
  G_OBJECT_CLASS (bh_calendars_page_parent_class)->dispose (object);
}

static void
bh_calendars_page_finalize (GObject *object)
{
  BhCalendarsPage *self = BH_CALENDARS_PAGE (object);

  g_clear_object (&self->acts);
  g_clear_object (&self->reads);
  g_clear_object (&self->holidays);
  g_clear_pointer (&self->act, bh_trail_row_free);
  g_free (self->year_of);
  g_free (self->looked_name);
  g_free (self->looked_file);
  G_OBJECT_CLASS (bh_calendars_page_parent_class)->finalize (object);
}

#define BIND(child)   gtk_widget_class_bind_template_child (widget_class, BhCalendarsPage, child)
#define CALL(handler) gtk_widget_class_bind_template_callback (widget_class, handler)

static void
bh_calendars_page_class_init (BhCalendarsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bh_calendars_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bh_calendars_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backhaul/ui/calendars-page.ui");
  BIND (calendar);
  BIND (previous);
  BIND (year_told);
  BIND (next);
  BIND (year_box);
  BIND (tree);
  BIND (name);
  BIND (file);
  BIND (look);
  BIND (go);
  BIND (told);
  BIND (moves);
  CALL (on_calendar);
  CALL (on_step);
  CALL (on_typed);
  CALL (on_choose);
  CALL (on_look);
  CALL (on_go);
}

static void
add_column (BhCalendarsPage *self, const char *title, int column, int width)
{
  GtkCellRenderer *cell = gtk_cell_renderer_text_new ();
  GtkTreeViewColumn *view =
      gtk_tree_view_column_new_with_attributes (title, cell, "text", column, NULL);

  g_object_set (cell, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_tree_view_column_set_sizing (view, GTK_TREE_VIEW_COLUMN_FIXED);
  gtk_tree_view_column_set_fixed_width (view, width);
  gtk_tree_view_column_set_expand (view, column == 1);
  gtk_tree_view_append_column (self->tree, view);
}

static void
bh_calendars_page_init (BhCalendarsPage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->year = g_date_time_get_year (now);
  self->holidays = gtk_list_store_new (2, G_TYPE_STRING, G_TYPE_STRING);
  add_column (self, _ ("Date"), 0, 110);
  add_column (self, _ ("Holiday"), 1, 160);
  gtk_tree_view_set_model (self->tree, GTK_TREE_MODEL (self->holidays));
  self->months = bh_year_view_new ();
  gtk_box_pack_start (self->year_box, self->months, FALSE, FALSE, 0);
  page_name (GTK_WIDGET (self->calendar), NULL, "calendar-choice");
  page_name (self->previous, NULL, "calendar-previous");
  page_name (self->next, NULL, "calendar-next");
  page_name (GTK_WIDGET (self->year_told), NULL, "calendar-year");
  page_name (GTK_WIDGET (self->tree), _ ("Holidays"), "calendar-holidays");
  page_name (GTK_WIDGET (self->name), NULL, "calendar-name");
  page_name (GTK_WIDGET (self->file), NULL, "calendar-file");
  page_name (self->look, NULL, "calendar-look");
  page_name (self->go, NULL, "calendar-go");
  page_name (GTK_WIDGET (self->told), NULL, "calendar-told");
  page_name (GTK_WIDGET (self->moves), _ ("Clocks that it moves"), "calendar-moves");
  set_buttons (self);
}

GtkWidget *
bh_calendars_page_new (BhWorker *acts, BhWorker *reads)
{
  BhCalendarsPage *self = g_object_new (BH_TYPE_CALENDARS_PAGE, NULL);

  self->acts = g_object_ref (acts);
  self->reads = g_object_ref (reads);
  return GTK_WIDGET (self);
}

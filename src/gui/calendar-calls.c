/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "calendar-calls.h"

#include <glib/gi18n.h>

#include "backhaul/calendars.h"
#include "backhaul/choices.h"
#include "backhaul/lists-store.h"
#include "backhaul/rma-table.h"
#include "backhaul/trail.h"
#include "year-view.h"

/* ---- which there are ------------------------------------------------------------- */

static void
choice_free (gpointer data)
{
  BhCalendarChoice *choice = data;

  g_free (choice->name);
  g_free (choice->destinations);
  g_free (choice);
}

static void
add_choice (GPtrArray *choices, const char *name)
{
  BhCalendarChoice *choice = g_new0 (BhCalendarChoice, 1);

  choice->name = g_strdup (name);
  g_ptr_array_add (choices, choice);
}

static void
add_destination (GPtrArray *choices, const char *calendar, const char *code)
{
  for (guint i = 0; i < choices->len; i++) {
    BhCalendarChoice *choice = g_ptr_array_index (choices, i);
    g_autofree char *before = NULL;

    if (g_strcmp0 (choice->name, calendar) != 0)
      continue;
    before = g_steal_pointer (&choice->destinations);
    choice->destinations =
        before != NULL ? g_strdup_printf ("%s, %s", before, code) : g_strdup (code);
  }
}

static gpointer
run_calendars (BhDesk *desk, gpointer data, GError **error)
{
  BhStore *store = bh_desk_store (desk);
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (choice_free);
  g_autoptr (GPtrArray) places = NULL;
  g_auto (GStrv) names = NULL;

  if (!bh_desk_require (desk, BH_MAY_READ, error) ||
      (names = bh_desk_calendar_names (desk, error)) == NULL ||
      (places = bh_store_destinations (store, error)) == NULL)
    return NULL;
  add_choice (choices, NULL);
  for (char **name = names; *name != NULL; name++)
    add_choice (choices, *name);
  for (guint i = 0; i < places->len; i++) {
    const BhChoice *place = g_ptr_array_index (places, i);
    g_autofree char *zone = NULL;
    g_autofree char *calendar = NULL;

    if (!bh_store_place (store, place->code, &zone, &calendar, error))
      return NULL;
    add_destination (choices, calendar, place->code);
  }
  return g_steal_pointer (&choices);
}

void
bh_call_calendars_async (BhWorker *reads, GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_run (reads, run_calendars, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, callback,
                 data);
}

/* ---- a year ------------------------------------------------------------------------ */

typedef struct {
  char *name;
  char *path;
  int year;
  gboolean keep;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->name);
  g_free (question->path);
  g_free (question);
}

void
bh_calendar_year_free (BhCalendarYear *self)
{
  if (self == NULL)
    return;
  for (int i = 0; i < 12; i++)
    g_free (self->months[i]);
  g_clear_pointer (&self->holidays, g_ptr_array_unref);
  g_clear_pointer (&self->act, bh_trail_row_free);
  g_free (self);
}

static gpointer
run_year (BhDesk *desk, gpointer data, GError **error)
{
  const Question *question = data;
  g_autofree char *from = g_strdup_printf ("%04d-01-01", question->year);
  BhDay first = bh_day_parse (from);
  g_autofree char *entity = NULL;
  g_autoptr (BhTrailRow) act = NULL;
  BhCalendar *calendar;
  BhCalendarYear *year;

  if (question->name != NULL)
    entity = g_strconcat ("calendar:", question->name, NULL);
  if (!bh_desk_require (desk, BH_MAY_READ, error) ||
      (calendar = bh_desk_calendar_named (desk, question->name, error)) == NULL ||
      (entity != NULL && !bh_desk_last_act (desk, entity, &act, error)))
    return NULL;
  year = g_new0 (BhCalendarYear, 1);
  year->act = g_steal_pointer (&act);
  year->holidays = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < 12; i++)
    year->months[i] = bh_month_markup (calendar, question->year, i + 1);
  for (BhDay day = first; day < bh_day_anniversary (first, 1); day++) {
    const char *holiday = bh_calendar_holiday (calendar, day);

    if (holiday == NULL)
      continue;
    g_ptr_array_add (year->holidays, bh_day_format (day));
    g_ptr_array_add (year->holidays, g_strdup (holiday));
  }
  return year;
}

void
bh_call_calendar_year_async (BhWorker *reads, const char *name, int year,
                             GAsyncReadyCallback callback, gpointer data)
{
  Question *question = g_new0 (Question, 1);

  *question = (Question){ .name = g_strdup (name), .year = year };
  bh_worker_run (reads, run_year, question, question_free, (GDestroyNotify) bh_calendar_year_free,
                 callback, data);
}

/* ---- another one --------------------------------------------------------------------- */

static void
on_moved (const BhMovedClock *moved, gpointer data)
{
  g_ptr_array_add (data,
                   g_strdup_printf (_ ("%s line %d, %s: %s → %s"),
                                    moved->rma != NULL ? moved->rma : moved->case_no, moved->line,
                                    moved->kind, moved->from != NULL ? moved->from : _ ("none"),
                                    moved->to != NULL ? moved->to : _ ("none")));
}

static gpointer
run_put (BhDesk *desk, gpointer data, GError **error)
{
  const Question *question = data;
  g_autoptr (GPtrArray) moves = g_ptr_array_new_with_free_func (g_free);
  const BhClockWatch watch = { .moved = on_moved, .data = moves };
  g_autoptr (GError) why = NULL;
  g_autofree char *ics = NULL;
  gsize size = 0;

  if (!g_file_get_contents (question->path, &ics, &size, &why)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: %s; name a file that can be read",
                 question->path, why->message);
    return NULL;
  }
  return (question->keep ? bh_desk_calendar_put : bh_desk_calendar_try) (
             desk, question->name, ics, size, bh_now_us (), &watch, error)
             ? g_steal_pointer (&moves)
             : NULL;
}

void
bh_call_calendar_put_async (BhWorker *acts, const char *name, const char *path, gboolean keep,
                            GAsyncReadyCallback callback, gpointer data)
{
  Question *question = g_new0 (Question, 1);

  *question = (Question){ .name = g_strdup (name), .path = g_strdup (path), .keep = keep };
  bh_worker_run (acts, run_put, question, question_free, (GDestroyNotify) g_ptr_array_unref,
                 callback, data);
}

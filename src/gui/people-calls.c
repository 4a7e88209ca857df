/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "people-calls.h"

#include "backhaul/badge.h"
#include "backhaul/print.h"
#include "backhaul/trail.h"

/* ---- people -------------------------------------------------------------------- */

void
bh_people_free (BhPeople *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->act, bh_trail_row_free);
  g_free (self);
}

gboolean
bh_people_has (const BhPeople *self, const BhOperatorRow *row)
{
  for (guint i = 0; i < self->rows->len; i++) {
    const BhOperatorRow *other = g_ptr_array_index (self->rows, i);

    if (g_str_equal (other->login, row->login))
      return g_strcmp0 (other->name, row->name) == 0 && g_strcmp0 (other->role, row->role) == 0 &&
             g_strcmp0 (other->email, row->email) == 0 && other->authorised == row->authorised &&
             other->disabled == row->disabled && other->badge_us == row->badge_us;
  }
  return FALSE;
}

static gpointer
load_people (BhDesk *desk, gpointer data, GError **error)
{
  g_autoptr (BhPeople) people = g_new0 (BhPeople, 1);

  people->rows = bh_desk_operators (desk, error);
  if (people->rows == NULL)
    return NULL;
  people->may = bh_desk_may_enrol (desk, NULL);
  /* who it was is not worth the list */
  if (data != NULL)
    bh_desk_last_act (desk, data, &people->act, NULL);
  return g_steal_pointer (&people);
}

void
bh_call_people_async (BhWorker *reads, const char *login, GAsyncReadyCallback callback,
                      gpointer data)
{
  char *of = login != NULL ? g_strconcat ("operator:", login, NULL) : NULL;

  bh_worker_run (reads, load_people, of, g_free, (GDestroyNotify) bh_people_free, callback, data);
}

typedef struct {
  BhOperatorRow *row;
  char *pin;
  gboolean enrol;
  gboolean disabled;
  char *acts[2]; /* UUIDs: asked for again where the connection breaks */
} Person;

static Person *
person_new (BhOperatorRow *row, const char *pin)
{
  Person *self = g_new0 (Person, 1);

  self->row = row;
  self->pin = g_strdup (pin);
  for (gsize i = 0; i < G_N_ELEMENTS (self->acts); i++)
    self->acts[i] = g_uuid_string_random ();
  return self;
}

static void
person_free (gpointer data)
{
  Person *self = data;

  bh_operator_row_free (self->row);
  bh_pin_free (self->pin);
  for (gsize i = 0; i < G_N_ELEMENTS (self->acts); i++)
    g_free (self->acts[i]);
  g_free (self);
}

static gpointer
run_save (BhDesk *desk, gpointer data, GError **error)
{
  const Person *person = data;
  const gint64 now_us = bh_now_us ();
  const BhWhen first = { person->acts[0], now_us, FALSE };
  const BhWhen second = { person->acts[1], now_us, FALSE };
  gboolean ok;

  if (person->enrol)
    ok = bh_desk_add_operator (desk, &first, person->row, person->pin, error);
  else
    ok = bh_desk_change_operator (desk, &first, person->row, error) &&
         (*person->pin == '\0' ||
          bh_desk_set_pin (desk, &second, person->row->login, person->pin, error));
  return ok ? g_strdup (person->row->login) : NULL;
}

void
bh_call_person_save_async (BhWorker *acts, BhOperatorRow *row, const char *pin, gboolean enrol,
                           GAsyncReadyCallback callback, gpointer data)
{
  Person *person = person_new (row, pin);

  person->enrol = enrol;
  bh_worker_run (acts, run_save, person, person_free, g_free, callback, data);
}

static gpointer
run_disable (BhDesk *desk, gpointer data, GError **error)
{
  const Person *person = data;
  const BhWhen when = { person->acts[0], bh_now_us (), FALSE };

  return bh_desk_disable_operator (desk, &when, person->row->login, person->disabled, error)
             ? g_strdup (person->row->login)
             : NULL;
}

void
bh_call_person_disable_async (BhWorker *acts, const char *login, gboolean disabled,
                              GAsyncReadyCallback callback, gpointer data)
{
  BhOperatorRow *row = g_new0 (BhOperatorRow, 1);
  Person *person = person_new (row, "");

  row->login = g_strdup (login);
  person->disabled = disabled;
  bh_worker_run (acts, run_disable, person, person_free, g_free, callback, data);
}

/* ---- badges -------------------------------------------------------------------- */

void
bh_new_badge_free (BhNewBadge *self)
{
  const BhSender *sender;

  if (self == NULL)
    return;
  sender = self->pages != NULL ? bh_sender (NULL) : NULL;
  if (sender != NULL)
    sender->pages_free (self->pages);
  bh_badge_free (self->badge);
  g_free (self->login);
  g_free (self->path);
  g_free (self);
}

static gpointer
run_printer (BhDesk *desk, gpointer data, GError **error)
{
  g_autoptr (BhPrinter) printer = NULL;

  if (!bh_desk_printer_for (desk, "operator-badge", &printer, error))
    return NULL;
  return g_strdup (printer != NULL ? printer->target : "");
}

void
bh_call_badge_printer_async (BhWorker *reads, GAsyncReadyCallback callback, gpointer data)
{
  bh_worker_run (reads, run_printer, NULL, NULL, g_free, callback, data);
}

/* @badge NULL: without one */
static gboolean
give (BhDesk *desk, const char *login, const char *badge, GError **error)
{
  g_autofree char *act = g_uuid_string_random ();
  const BhWhen when = { act, bh_now_us (), FALSE };

  return bh_desk_set_badge (desk, &when, login, badge, error);
}

/* Each time it is run it is another badge: nothing of one that came to nothing is given. */
static gpointer
run_make (BhDesk *desk, gpointer data, GError **error)
{
  const BhNewBadge *wish = data;
  const BhSender *sender = bh_sender (error);
  g_autoptr (BhNewBadge) made = g_new0 (BhNewBadge, 1);

  *made = (BhNewBadge){ .login = g_strdup (wish->login),
                        .path = g_strdup (wish->path),
                        .show = wish->show };
  if (sender == NULL || (made->badge = bh_badge_new (error)) == NULL ||
      !sender->badge (desk, made->login, made->badge, made->path, error))
    return NULL;
  if (made->show ? (made->pages = sender->pages (made->path, &made->n, error)) == NULL
                 : !give (desk, made->login, made->badge, error))
    return NULL;
  return g_steal_pointer (&made);
}

void
bh_call_badge_make_async (BhWorker *slow, const char *login, const char *path, gboolean show,
                          GAsyncReadyCallback callback, gpointer data)
{
  BhNewBadge *wish = g_new0 (BhNewBadge, 1);

  *wish = (BhNewBadge){ .login = g_strdup (login), .path = g_strdup (path), .show = show };
  bh_worker_run (slow, run_make, wish, (GDestroyNotify) bh_new_badge_free,
                 (GDestroyNotify) bh_new_badge_free, callback, data);
}

static gpointer
run_give (BhDesk *desk, gpointer data, GError **error)
{
  const BhNewBadge *badge = data;

  return give (desk, badge->login, badge->badge, error) ? g_strdup (badge->login) : NULL;
}

void
bh_call_badge_give_async (BhWorker *acts, BhNewBadge *badge, GAsyncReadyCallback callback,
                          gpointer data)
{
  bh_worker_run (acts, run_give, badge, (GDestroyNotify) bh_new_badge_free, g_free, callback, data);
}

void
bh_call_badge_withdraw_async (BhWorker *acts, const char *login, GAsyncReadyCallback callback,
                              gpointer data)
{
  BhNewBadge *none = g_new0 (BhNewBadge, 1);

  none->login = g_strdup (login);
  bh_worker_run (acts, run_give, none, (GDestroyNotify) bh_new_badge_free, g_free, callback, data);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "offline.h"

#include <stdio.h>

#include "backhaul/link.h"
#include "backhaul/operators.h"
#include "pin-prompt.h"

/* so long a box waits for a store that has just been lost; a failover takes less */
#define PATIENCE_MS 5000
#define LOOK_US     (2 * G_TIME_SPAN_SECOND)

static void
on_replayed (const BhReplayed *box, gpointer data)
{
  Cli *cli = data;
  JsonBuilder *object;

  if (!box->changed)
    return;
  if (!cli->json) {
    cli_say ("a verdict changed: box %s: %s; now: %s", box->act, box->before, box->after);
    return;
  }
  object = cli_object ();
  cli_set (object, "replayed", box->act);
  cli_set_time (object, "at", box->at_us, NULL);
  cli_set_bool (object, "failed", box->failed);
  cli_set (object, "before", box->before);
  cli_set (object, "after", box->after);
  cli_emit (object);
  /* after this call the box is not done again, whatever becomes of the program */
  fflush (stdout);
}

/* Some boxes of it at least: who streams boxes in does not wait for the whole. */
static gboolean
replay (CliOffline *self, Cli *cli, BhDesk *desk, guint most, GError **error)
{
  BhOffline *offline = self->offline;
  guint unsent = bh_offline_unsent (offline);

  if (bh_offline_damage (offline) != NULL)
    cli_say ("%s; the file is kept beside it", bh_offline_damage (offline));
  if (unsent == 0 && bh_offline_damage (offline) == NULL)
    return TRUE;
  do {
    if (!bh_offline_replay_some (offline, desk, BH_REPLAY_TOGETHER, on_replayed, cli, error))
      return FALSE;
    most -= MIN (most, BH_REPLAY_TOGETHER);
  } while (bh_offline_unsent (offline) > 0 && most > 0);
  self->replayed += unsent - bh_offline_unsent (offline);
  if (bh_offline_unsent (offline) > 0)
    return TRUE;
  cli_say ("%u boxes of the journal are received", self->replayed);
  self->replayed = 0;
  return TRUE;
}

static void
go_away (CliOffline *self, BhDesk *desk)
{
  /* the next boxes do not wait again */
  self->away = TRUE;
  self->tried_us = g_get_monotonic_time ();
  bh_store_set_patience (bh_desk_store (desk), 0);
  cli_say ("the store is out of reach: verdicts are provisional, boxes go to the journal");
}

/* By what the station remembers; @why the store cannot be opened. NULL: nor can this. */
static BhDesk *
open_away (CliOffline *self, Cli *cli, const GError *why, GError **error)
{
  g_autoptr (BhStationMemory) memory = bh_offline_memory (self->offline);
  g_autoptr (BhDesk) desk =
      bh_desk_open_away (cli->store, memory, cli->dock, cli->station, bh_now_us (), error);
  const char *login = cli->operator!= NULL ? cli->operator: g_get_user_name ();
  gboolean ok;

  if (desk == NULL) {
    g_prefix_error (error, "%s. ", why->message);
    return NULL;
  }
  if (!bh_desk_has_pins (desk)) {
    if (cli->operator== NULL || g_str_equal (login, bh_desk_operator (desk)))
      return g_steal_pointer (&desk);
    g_set_error (error, BH_ERROR, BH_ERROR_FORBIDDEN,
                 "%s: the store is out of reach, and %s was here last; wait for the store", login,
                 bh_desk_operator (desk));
    return NULL;
  }
  ok = cli_sign_in (desk, login, error);
  return bh_offline_remember_tries (self->offline, desk, ok ? error : NULL) && ok
             ? g_steal_pointer (&desk)
             : NULL;
}

static gboolean
begin_on_line (CliOffline *self, Cli *cli, BhDesk *desk, int *exit_code)
{
  GError *error = NULL;

  /* the journal first: on a disk that it fills there is no room for another copy before */
  if (!replay (self, cli, desk, G_MAXUINT, &error) ||
      !bh_offline_refresh (self->offline, desk, bh_now_us (), NULL, &error)) {
    *exit_code = cli_fail (cli, error);
    return FALSE;
  }
  bh_store_set_patience (bh_desk_store (desk), PATIENCE_MS);
  return TRUE;
}

BhDesk *
cli_offline_desk (Cli *cli, const char *folder, CliOffline *self, int *exit_code)
{
  g_autoptr (GError) why = NULL;
  GError *error = NULL;
  BhDesk *desk;

  if (folder == NULL)
    return cli_desk (cli, BH_STORE_OPEN, exit_code);
  self->offline = bh_offline_open (folder, &error);
  if (self->offline == NULL) {
    *exit_code = cli_fail (cli, error);
    return NULL;
  }
  cli->desk = cli_open (cli, BH_STORE_OPEN, &why);
  if (cli->desk == NULL && g_error_matches (why, BH_ERROR, BH_ERROR_LOST))
    cli->desk = open_away (self, cli, why, &error);
  else if (cli->desk == NULL)
    error = g_steal_pointer (&why);
  desk = cli_desk_opened (cli, error, exit_code);
  if (desk != NULL && bh_desk_is_away (desk))
    go_away (self, desk);
  else if (desk != NULL && !begin_on_line (self, cli, desk, exit_code))
    desk = NULL;
  if (desk == NULL)
    g_clear_pointer (&self->offline, bh_offline_close);
  return desk;
}

gboolean
cli_offline_take (CliOffline *self, BhDesk *desk, GPtrArray *arrivals, const GError *why,
                  GError **error)
{
  if (self->offline == NULL || !g_error_matches (why, BH_ERROR, BH_ERROR_LOST))
    return FALSE;
  if (!self->away)
    go_away (self, desk);
  for (guint i = 0; i < arrivals->len; i++) {
    BhArrival *arrival = g_ptr_array_index (arrivals, i);

    if (arrival->outcomes == NULL)
      arrival->outcomes = bh_offline_receive (self->offline, desk, arrival->act, arrival->box, NULL,
                                              arrival->now_us, error);
    if (arrival->outcomes == NULL)
      return FALSE;
  }
  return TRUE;
}

/* TRUE: nothing is left in the journal. */
static gboolean
come_back (CliOffline *self, Cli *cli, BhDesk *desk, guint most)
{
  g_autoptr (GError) error = NULL;

  if (!self->near) {
    if (most != G_MAXUINT && g_get_monotonic_time () - self->tried_us < LOOK_US)
      return FALSE;
    self->tried_us = g_get_monotonic_time ();
    self->near = bh_store_rejoin (bh_desk_store (desk), NULL);
  }
  if (!self->near)
    return FALSE;
  if (!replay (self, cli, desk, most, &error)) {
    cli_say ("%s", error->message);
    self->near = FALSE;
    return FALSE;
  }
  if (bh_offline_unsent (self->offline) > 0)
    return FALSE;
  self->away = self->near = FALSE;
  bh_store_set_patience (bh_desk_store (desk), PATIENCE_MS);
  return TRUE;
}

gboolean
cli_offline_is_away (CliOffline *self, Cli *cli, BhDesk *desk, guint n)
{
  /* more than come, so that it has an end */
  return self->away && !come_back (self, cli, desk, 2 * n + BH_REPLAY_TOGETHER);
}

gboolean
cli_offline_catch_up (CliOffline *self, Cli *cli, BhDesk *desk)
{
  return self->away && self->near && !come_back (self, cli, desk, BH_REPLAY_TOGETHER) && self->near;
}

int
cli_offline_close (CliOffline *self, Cli *cli, BhDesk *desk)
{
  guint unsent;

  if (self->offline == NULL)
    return CLI_DONE;
  if (self->away)
    come_back (self, cli, desk, G_MAXUINT);
  unsent = bh_offline_unsent (self->offline);
  g_clear_pointer (&self->offline, bh_offline_close);
  if (unsent == 0)
    return CLI_DONE;
  cli_say ("%u boxes are in this station's journal only; start again with the same folder when"
           " the store is back",
           unsent);
  return CLI_STORE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/offline.h"
#include "cli.h"

/* `receive --offline FOLDER`: the dock goes on while the store is out of reach. */
typedef struct {
  BhOffline *offline; /* NULL: not asked for */
  gboolean away;      /* the store is out of reach */
  gboolean near;      /* it is back, and the journal is being received */
  gint64 tried_us;    /* when it was last looked for */
  guint replayed;     /* boxes, since it is back */
} CliOffline;

/* As cli_desk(), with the station's @folder (nullable: none, and nothing of this): makes the copy
 * of awaited units anew, and receives what an earlier run left in the journal; where the store is
 * out of reach the desk is that of the last time (bh_desk_open_away()). %NULL: said so already. */
BhDesk *cli_offline_desk (Cli *cli, const char *folder, CliOffline *self, int *exit_code);
/* What bh_desk_receive_all() left without outcomes because of @why goes to the journal and has
 * provisional ones then. FALSE: @why is something else, or nothing was asked for. */
gboolean cli_offline_take (CliOffline *self, BhDesk *desk, GPtrArray *arrivals, const GError *why,
                           GError **error);
/* The store is looked for again, now and then; once it is back some boxes of the journal are
 * received each time, more than the @n that come now. TRUE: boxes go to the journal's end, as it is
 * away or has not all of those before them. */
gboolean cli_offline_is_away (CliOffline *self, Cli *cli, BhDesk *desk, guint n);
/* While no box comes: some more of the journal. TRUE: there is still more. */
gboolean cli_offline_catch_up (CliOffline *self, Cli *cli, BhDesk *desk);
/* At the end: %CLI_STORE while boxes are in the journal only. */
int cli_offline_close (CliOffline *self, Cli *cli, BhDesk *desk);

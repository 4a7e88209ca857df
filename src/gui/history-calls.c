/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "history-calls.h"

#include "backhaul/operators.h"

static void
query_free (gpointer data)
{
  BhTrailQuery *query = data;

  g_free ((char *) query->text);
  g_free ((char *) query->what);
  g_free ((char *) query->after);
  g_free (query);
}

static gpointer
run_trail (BhDesk *desk, gpointer data, GError **error)
{
  return bh_desk_trail (desk, data, error);
}

void
bh_call_trail_async (BhWorker *reads, const BhTrailQuery *query, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer data)
{
  BhTrailQuery *copy = g_memdup2 (query, sizeof *query);

  copy->text = g_strdup (query->text);
  copy->what = g_strdup (query->what);
  copy->after = g_strdup (query->after);
  bh_worker_search (reads, run_trail, copy, query_free, (GDestroyNotify) bh_trail_free, cancellable,
                    callback, data);
}

/* ---- the check ------------------------------------------------------------------------------ */

typedef struct {
  char *login;
  BhPace *pace;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_free (check->login);
  g_free (check);
}

static gboolean
on_progress (gint64 entries, gint64 of, gpointer data)
{
  BhPace *pace = data;

  g_atomic_int_set (&pace->done, (int) (of > 0 ? MIN (entries * 1000 / of, 1000) : 0));
  return !g_atomic_int_get (&pace->stopped);
}

static gpointer
run_check (BhDesk *desk, gpointer data, GError **error)
{
  const Check *check = data;

  if (bh_desk_has_pins (desk) && !bh_desk_sign_in_as (desk, check->login, error))
    return NULL;
  return bh_desk_audit_examine (desk, NULL, on_progress, check->pace, error);
}

void
bh_call_check_async (BhWorker *worker, const char *login, BhPace *pace,
                     GAsyncReadyCallback callback, gpointer data)
{
  Check *check = g_new0 (Check, 1);

  *check = (Check){ g_strdup (login), pace };
  bh_worker_run (worker, run_check, check, check_free, (GDestroyNotify) bh_audit_report_free,
                 callback, data);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "backhaul/trail.h"

#include <string.h>

#include "backhaul/identifier.h"
#include "search-private.h"

#define DEFAULT_LIMIT 200
#define MAX_LIMIT     2000
/* no name of anything is longer */
#define MOST_TEXT 200

/* The journal's names of things: each may be what was typed. */
static const char *const prefixes[] = {
  "",        "rma:",   "case:",  "unit:",     "receipt:",  "box:",
  "job:",    "mail:",  "print:", "label:",    "operator:", "station:",
  "policy:", "store:", "mail.",  "calendar:", "printer:",  "export-policy:",
};

void
bh_trail_free (BhTrail *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->next);
  g_free (self);
}

/* ---- cursors ------------------------------------------------------------------------------ */

static char *
make_cursor (const BhTrailRow *last)
{
  g_autofree char *id =
      g_strdup_printf ("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, last->at_us, last->seq);

  return bh_cursor_make (0, TRUE, id, last->station);
}

static gboolean
read_cursor (const char *cursor, BhTrailAsk *ask, char **station, GError **error)
{
  g_autofree char *id = NULL;
  char *end = NULL;
  char *last = NULL;

  if (!bh_cursor_read (cursor, 0, TRUE, &id, station, error))
    return FALSE;
  ask->station = *station;
  ask->at_us = g_ascii_strtoll (id, &end, 10);
  if (end == id || *end != '.')
    return bh_cursor_fail (cursor, error);
  ask->seq = g_ascii_strtoll (end + 1, &last, 10);
  return (last > end + 1 && *last == '\0') || bh_cursor_fail (cursor, error);
}

/* ---- what is meant ------------------------------------------------------------------------ */

/* All that a text may be, which the question then borrows. */
typedef struct {
  GPtrArray *entities;
  char *rma;
  char *case_no;
  char *serial;
  char *tracking;
  char *accounts[3];
  char *operator;
} Meant;

static void
meant_clear (Meant *meant)
{
  g_clear_pointer (&meant->entities, g_ptr_array_unref);
  g_free (meant->rma);
  g_free (meant->case_no);
  g_free (meant->serial);
  g_free (meant->tracking);
  g_free (meant->accounts[0]);
  g_free (meant->accounts[1]);
  g_free (meant->operator);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Meant, meant_clear)

static void
add_name (Meant *meant, const char *prefix, const char *id)
{
  char *entity = id != NULL ? g_strconcat (prefix, id, NULL) : NULL;

  if (entity != NULL &&
      !g_ptr_array_find_with_equal_func (meant->entities, entity, g_str_equal, NULL))
    g_ptr_array_add (meant->entities, entity);
  else
    g_free (entity);
}

static gboolean
understand (BhDesk *self, const char *text, Meant *meant, GError **error)
{
  g_autofree char *upper = g_ascii_strup (text, -1);

  if (!bh_store_find_login (self->store, text, &meant->operator, error))
    return FALSE;
  meant->rma = bh_rma_normalise (text, -1);
  meant->case_no = bh_case_normalise (text, -1);
  meant->serial = bh_serial_normalise (text, -1);
  meant->tracking = bh_tracking_fold (text, -1);
  meant->accounts[0] = g_strdup (text);
  if (!g_str_equal (upper, text))
    meant->accounts[1] = g_strdup (upper);
  meant->entities = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++) {
    add_name (meant, prefixes[i], text);
    add_name (meant, prefixes[i], upper);
  }
  add_name (meant, "rma:", meant->rma);
  add_name (meant, "case:", meant->case_no);
  add_name (meant, "operator:", meant->operator);
  /* who is not enrolled, or is not any more, has acts, too */
  if (meant->operator== NULL)
    meant->operator= g_strdup (text);
  return TRUE;
}

static gboolean
is_partial (BhDesk *self, const Meant *meant, gboolean *partial, GError **error)
{
  *partial = FALSE;
  for (guint i = 0; meant->accounts[i] != NULL && !*partial; i++)
    if (!bh_store_trail_is_partial (self->store, meant->accounts[i], partial, error))
      return FALSE;
  return TRUE;
}

static void
borrow (BhTrailAsk *ask, Meant *meant)
{
  ask->entities = meant->entities;
  ask->rma = meant->rma;
  ask->case_no = meant->case_no;
  ask->serial = meant->serial;
  ask->tracking = meant->tracking;
  ask->accounts = meant->accounts;
  ask->operator= meant->operator;
}

static gboolean
set_days (const BhTrailQuery *query, BhTrailAsk *ask, GError **error)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();

  if (query->from != BH_DAY_NONE && query->to != BH_DAY_NONE && query->to < query->from) {
    g_set_error_literal (error, BH_ERROR, BH_ERROR_INPUT,
                         "The last day is before the first; put the earlier one first");
    return FALSE;
  }
  if (query->from != BH_DAY_NONE)
    ask->from_us = bh_day_start_us (query->from, here);
  if (query->to != BH_DAY_NONE)
    ask->below_us = bh_day_start_us (query->to + 1, here);
  return TRUE;
}

/* ---- the list ----------------------------------------------------------------------------- */

BhTrail *
bh_desk_trail (BhDesk *self, const BhTrailQuery *query, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (query->text != NULL ? query->text : ""));
  guint limit = query->limit > 0 ? MIN (query->limit, MAX_LIMIT) : DEFAULT_LIMIT;
  g_autoptr (BhTrail) trail = g_new0 (BhTrail, 1);
  g_autoptr (BhTx) tx = NULL;
  g_autofree char *station = NULL;
  g_auto (Meant) meant = { 0 };
  BhTrailAsk ask = { .what = query->what, .limit = limit + 1 };

  trail->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_trail_row_free);
  if (!bh_desk_require (self, BH_MAY_READ, error) || !set_days (query, &ask, error) ||
      (query->after != NULL && !read_cursor (query->after, &ask, &station, error)))
    return NULL;
  if (strlen (text) > MOST_TEXT)
    return g_steal_pointer (&trail);
  if ((tx = bh_store_begin_read (self->store, error)) == NULL)
    return NULL;
  if (*text != '\0') {
    if (!understand (self, text, &meant, error) ||
        !is_partial (self, &meant, &trail->partial, error))
      return NULL;
    borrow (&ask, &meant);
  }
  g_ptr_array_unref (trail->rows);
  trail->rows = bh_store_trail (self->store, &ask, error);
  if (trail->rows == NULL)
    return NULL;
  /* one row more than asked tells that there is a next page */
  if (trail->rows->len > limit) {
    g_ptr_array_set_size (trail->rows, (int) limit);
    trail->next = make_cursor (g_ptr_array_index (trail->rows, limit - 1));
  }
  return g_steal_pointer (&trail);
}

gboolean
bh_desk_last_act (BhDesk *self, const char *entity, BhTrailRow **row, GError **error)
{
  g_autoptr (GPtrArray) entities = g_ptr_array_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (BhTx) tx = NULL;
  const BhTrailAsk ask = { .entities = entities, .limit = 1 };

  g_ptr_array_add (entities, (gpointer) entity);
  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      (tx = bh_store_begin_read (self->store, error)) == NULL ||
      (rows = bh_store_trail (self->store, &ask, error)) == NULL)
    return FALSE;
  *row = rows->len > 0 ? g_ptr_array_steal_index (rows, 0) : NULL;
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* Over a network each question of an import costs a way: what a batch needs to know is asked
 * at once, and RMAs that are new wait here until its end. All rows are judged in their order by
 * the same rules (import-rma.c); what they ask is answered from here as the store would. */

#include "import-rma.h"

#include <string.h>

#include "backhaul/clock-store.h"
#include "backhaul/rma-bulk.h"

struct _BhFresh {
  GHashTable *on_record; /* RMA → its id: of those the store is asked */
  GHashTable *cases;     /* case → its account */
  GHashTable *awaited;   /* serial → the RMA that awaits it */
  GHashTable *third;     /* part → whether it is a third party's */
  GHashTable *by_rma;    /* RMA → BhNewRma */
  GPtrArray *rmas;       /* BhNewRma; number n has the id -n-1 until it is put in */
  GPtrArray *new_cases;  /* BhNewCase */
};

void
bh_fresh_free (BhFresh *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->on_record);
  g_hash_table_unref (self->cases);
  g_hash_table_unref (self->awaited);
  g_hash_table_unref (self->third);
  g_hash_table_unref (self->by_rma);
  g_ptr_array_unref (self->rmas);
  g_ptr_array_unref (self->new_cases);
  g_free (self);
}

static GHashTable *
texts_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static BhFresh *
fresh_new (void)
{
  BhFresh *self = g_new0 (BhFresh, 1);

  self->on_record = texts_new ();
  self->cases = texts_new ();
  self->awaited = texts_new ();
  self->third = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_rma = g_hash_table_new (g_str_hash, g_str_equal);
  self->rmas = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_new_rma_free);
  self->new_cases = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_new_case_free);
  return self;
}

static GPtrArray *
column_of (const BhTableRow *rows, guint n, guint column)
{
  GPtrArray *keys = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    if (rows[i].values[column].text != NULL)
      g_ptr_array_add (keys, (gpointer) rows[i].values[column].text);
  return keys;
}

gboolean
bh_import_gather_rmas (BhImport *self, const BhTableRow *rows, guint n, GError **error)
{
  BhStore *store = self->desk->store;
  g_autoptr (GPtrArray) rmas = column_of (rows, n, RMA);
  g_autoptr (GPtrArray) cases = column_of (rows, n, CASE);
  g_autoptr (GPtrArray) serials = column_of (rows, n, SERIAL);

  if (!bh_store_is_far (store))
    return TRUE;
  if (self->exports == NULL && (self->exports = bh_store_export_policies (store, error)) == NULL)
    return FALSE;
  /* C8 asks the store for the country of an RMA, which must be on record then */
  if (self->exports->len > 0)
    return TRUE;
  self->fresh = fresh_new ();
  return bh_store_lock_keys (store, rmas, error) &&
         bh_store_known (store, BH_KNOWN_RMAS, rmas, self->fresh->on_record, error) &&
         bh_store_known (store, BH_KNOWN_CASES, cases, self->fresh->cases, error) &&
         bh_store_known (store, BH_KNOWN_AWAITED, serials, self->fresh->awaited, error);
}

gboolean
bh_import_settle_rmas (BhImport *self, GError **error)
{
  g_autoptr (BhFresh) fresh = g_steal_pointer (&self->fresh);

  return fresh == NULL || (fresh->rmas->len == 0 && fresh->new_cases->len == 0) ||
         bh_store_put_new_rmas (self->desk->store, fresh->new_cases, fresh->rmas, error);
}

/* ---- as the store would answer ------------------------------------------------------- */

/* NULL: it is on record, or there is nothing that waits. */
static BhNewRma *
waiting (BhImport *self, gint64 id)
{
  return self->fresh != NULL && id < 0 ? g_ptr_array_index (self->fresh->rmas, -id - 1) : NULL;
}

static void
copy_head (BhRmaHead *to, const BhRmaHead *from)
{
  bh_rma_head_clear (to);
  *to = *from;
  to->rma = g_strdup (from->rma);
  to->state = g_strdup (from->state);
  to->account = g_strdup (from->account);
  to->site = g_strdup (from->site);
  to->case_no = g_strdup (from->case_no);
  to->contact = g_strdup (from->contact);
  to->reference = g_strdup (from->reference);
  to->destination = g_strdup (from->destination);
}

gboolean
bh_import_head (BhImport *self, const char *rma, BhRmaHead *head, GError **error)
{
  const BhNewRma *fresh;

  if (self->fresh == NULL)
    return bh_store_lock_key (self->desk->store, rma, error) &&
           bh_store_rma_head (self->desk->store, rma, head, error);
  if (g_hash_table_contains (self->fresh->on_record, rma))
    return bh_store_rma_head (self->desk->store, rma, head, error);
  fresh = g_hash_table_lookup (self->fresh->by_rma, rma);
  bh_rma_head_clear (head);
  if (fresh != NULL)
    copy_head (head, &fresh->head);
  return TRUE;
}

gboolean
bh_import_line (BhImport *self, const BhRmaHead *head, const char *serial, BhRmaLine *line,
                GError **error)
{
  /* a file has each serial of an RMA once: no waiting line is asked for again */
  if (head->id == 0 || waiting (self, head->id) != NULL)
    return TRUE;
  return bh_store_rma_line (self->desk->store, head->id, serial, line, error);
}

gboolean
bh_import_count_lines (BhImport *self, const BhRmaHead *head, gint64 *lines, gint64 *awaited,
                       GError **error)
{
  const BhNewRma *fresh = waiting (self, head->id);

  if (fresh == NULL)
    return bh_store_count_lines (self->desk->store, head->id, lines, awaited, error);
  *lines = fresh->lines->len;
  *awaited = 0;
  for (guint i = 0; i < fresh->lines->len; i++)
    *awaited +=
        g_str_equal (((BhNewLine *) g_ptr_array_index (fresh->lines, i))->line.state, "awaited");
  return TRUE;
}

gboolean
bh_import_awaited_under (BhImport *self, const char *serial, char **rma, GError **error)
{
  if (self->fresh == NULL)
    return bh_store_awaited_under (self->desk->store, serial, rma, error);
  *rma = g_strdup (g_hash_table_lookup (self->fresh->awaited, serial));
  return TRUE;
}

gboolean
bh_import_case_account (BhImport *self, const char *case_no, char **account, GError **error)
{
  if (self->fresh == NULL)
    return bh_store_case_account (self->desk->store, case_no, account, error);
  *account = g_strdup (g_hash_table_lookup (self->fresh->cases, case_no));
  return TRUE;
}

gboolean
bh_import_third_party (BhImport *self, const char *part, gboolean *third_party, GError **error)
{
  gpointer known = NULL;

  if (self->fresh != NULL &&
      g_hash_table_lookup_extended (self->fresh->third, part, NULL, &known)) {
    *third_party = GPOINTER_TO_INT (known);
    return TRUE;
  }
  if (!bh_store_third_party (self->desk->store, part, third_party, error))
    return FALSE;
  if (self->fresh != NULL)
    g_hash_table_insert (self->fresh->third, g_strdup (part), GINT_TO_POINTER (*third_party));
  return TRUE;
}

/* ---- as the store would write ---------------------------------------------------------- */

gboolean
bh_import_add_case (BhImport *self, const BhRmaHead *head, const char *account,
                    const char *priority, GError **error)
{
  BhNewCase *fresh;

  if (self->fresh == NULL)
    return bh_store_add_case (self->desk->store, head->case_no, account, head->site, priority,
                              head->contact, head->created_us, error);
  fresh = g_new0 (BhNewCase, 1);
  *fresh = (BhNewCase){ g_strdup (head->case_no), g_strdup (account),       g_strdup (head->site),
                        g_strdup (priority),      g_strdup (head->contact), head->created_us };
  g_ptr_array_add (self->fresh->new_cases, fresh);
  g_hash_table_insert (self->fresh->cases, g_strdup (head->case_no), g_strdup (account));
  return TRUE;
}

gboolean
bh_import_add_rma (BhImport *self, BhRmaHead *head, GError **error)
{
  BhNewRma *fresh;

  if (self->fresh == NULL)
    return bh_store_add_rma (self->desk->store, head, error);
  fresh = g_new0 (BhNewRma, 1);
  fresh->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_new_line_free);
  g_ptr_array_add (self->fresh->rmas, fresh);
  head->id = -(gint64) self->fresh->rmas->len;
  copy_head (&fresh->head, head);
  g_hash_table_insert (self->fresh->by_rma, fresh->head.rma, fresh);
  return TRUE;
}

gboolean
bh_import_set_rma (BhImport *self, const BhRmaHead *head, GError **error)
{
  BhNewRma *fresh = waiting (self, head->id);
  g_autofree char *key = NULL;

  if (fresh == NULL)
    return bh_store_set_rma (self->desk->store, head, error);
  /* its number is the table's key: it stays where it is */
  key = g_steal_pointer (&fresh->head.rma);
  copy_head (&fresh->head, head);
  g_free (fresh->head.rma);
  fresh->head.rma = g_steal_pointer (&key);
  return TRUE;
}

/* I4: who awaits the serial from now on. */
static void
note_awaited (BhImport *self, const BhRmaHead *head, const BhRmaLine *line)
{
  const char *by;

  if (self->fresh == NULL)
    return;
  by = g_hash_table_lookup (self->fresh->awaited, line->serial);
  if (g_str_equal (line->state, "awaited"))
    g_hash_table_insert (self->fresh->awaited, g_strdup (line->serial), g_strdup (head->rma));
  else if (g_strcmp0 (by, head->rma) == 0)
    g_hash_table_remove (self->fresh->awaited, line->serial);
}

gboolean
bh_import_add_line (BhImport *self, const BhRmaHead *head, const char *account_name,
                    BhRmaLine *line, GError **error)
{
  BhNewRma *fresh = waiting (self, head->id);
  BhNewLine *new;

  note_awaited (self, head, line);
  if (fresh == NULL)
    return bh_store_add_line (self->desk->store, head, account_name, line, error);
  new = g_new0 (BhNewLine, 1);
  new->line = *line;
  new->line.serial = g_strdup (line->serial);
  new->line.part = g_strdup (line->part);
  new->line.state = g_strdup (line->state);
  new->line.flag = g_strdup (line->flag);
  new->line.return_by = g_strdup (line->return_by);
  new->account_name = g_strdup (account_name);
  g_ptr_array_add (fresh->lines, new);
  return TRUE;
}

gboolean
bh_import_set_line (BhImport *self, const BhRmaHead *head, const BhRmaLine *line, GError **error)
{
  note_awaited (self, head, line);
  return bh_store_set_line (self->desk->store, line, error);
}

gboolean
bh_import_add_clock (BhImport *self, const BhPlace *place, const BhRmaHead *head,
                     const BhRmaLine *line, const char *state, int policy_days, gint64 ended_us,
                     GError **error)
{
  BhNewRma *fresh = waiting (self, head->id);
  BhNewLine *new;

  if (fresh == NULL)
    return bh_store_add_clock (self->desk->store, "C1", line->id, state, head->confirmed_us,
                               line->return_by, policy_days, ended_us, place->zone_name,
                               place->calendar_name, error);
  new = g_ptr_array_index (fresh->lines, line->line - 1);
  new->clock = g_strdup (state);
  new->due = g_strdup (line->return_by);
  new->policy_days = policy_days;
  new->ended_us = ended_us;
  new->zone = g_strdup (place->zone_name);
  new->calendar = g_strdup (place->calendar_name);
  return TRUE;
}

gboolean
bh_import_put_reference (BhImport *self, const BhRmaHead *head, gboolean is_new, GError **error)
{
  /* the words of what waits go in with it */
  return waiting (self, head->id) != NULL ||
         bh_store_put_words (self->desk->store, "reference", head->rma, head->reference, is_new,
                             error);
}

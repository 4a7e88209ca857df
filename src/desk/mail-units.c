/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* Which units a mail tells. */

#include <json-glib/json-glib.h>

#include "mail-private.h"

void
bh_mail_facts_clear (BhMailFacts *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->job, g_free);
  g_clear_pointer (&self->analysis, g_free);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->result, g_free);
  g_clear_pointer (&self->next, g_free);
  g_clear_pointer (&self->units, g_ptr_array_unref);
}

static gboolean
is_charged (const BhMailUnit *unit)
{
  return unit->charged > 0 && unit->credited_us == 0;
}

static gboolean
is_credited (const BhMailUnit *unit)
{
  return unit->charged > 0 && unit->credited_us != 0;
}

static gboolean
is_awaited (const BhMailUnit *unit)
{
  return unit->awaited;
}

static gboolean
is_wanted (const BhMailUnit *unit)
{
  return g_strcmp0 (unit->state, "cancelled") != 0;
}

static gint64
charged_at (const BhMailUnit *unit)
{
  return unit->charged_us;
}

static gint64
credited_at (const BhMailUnit *unit)
{
  return unit->credited_us;
}

/* What is still so when the mail is made: a unit that came back since is not reminded of.
 * Kinds that are not listed tell all their units. */
static const struct {
  const char *kind;
  gboolean (*holds) (const BhMailUnit *unit);
  gint64 (*done_at) (const BhMailUnit *unit); /* of several acts on an RMA, the mail's own */
} rules[] = {
  { "confirmation", is_wanted, NULL },    { "reminder", is_awaited, NULL },
  { "overdue", is_awaited, NULL },        { "charge", is_charged, charged_at },
  { "credit", is_credited, credited_at }, { "correction", is_awaited, NULL },
};

/* A text of the details; NULL: it has none, or something else. */
static char *
dup_text (JsonObject *details, const char *name)
{
  JsonNode *node = json_object_get_member (details, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? g_strdup (json_node_get_string (node))
                                                      : NULL;
}

/* A number of the details, @fallback when it is none. */
static int
number_of (JsonObject *details, const char *name, int fallback)
{
  JsonNode *node = json_object_get_member (details, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? (int) json_node_get_int (node) : fallback;
}

/* Takes over what the act counted: its day need not be that of the queue. */
static gboolean
lists (JsonArray *lines, BhMailUnit *unit)
{
  for (guint i = 0; i < json_array_get_length (lines); i++) {
    JsonNode *node = json_array_get_element (lines, i);
    JsonObject *line = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    g_autofree char *rma = line != NULL ? dup_text (line, "rma") : NULL;

    if (rma == NULL || g_strcmp0 (rma, unit->rma) != 0 || number_of (line, "line", 0) != unit->line)
      continue;
    unit->counted = json_object_has_member (line, "days_left");
    unit->days_left = number_of (line, "days_left", 0);
    return TRUE;
  }
  return FALSE;
}

static gboolean
is_of_act (GPtrArray *units, const BhMail *mail, gint64 (*done_at) (const BhMailUnit *))
{
  for (guint i = 0; i < units->len; i++)
    if (done_at (g_ptr_array_index (units, i)) == mail->at_us)
      return TRUE;
  return FALSE;
}

static void
choose (const BhMail *mail, JsonArray *lines, GPtrArray *units)
{
  for (guint r = 0; r < G_N_ELEMENTS (rules); r++) {
    gboolean own;

    if (!g_str_equal (rules[r].kind, mail->kind))
      continue;
    own = rules[r].done_at != NULL && is_of_act (units, mail, rules[r].done_at);
    for (guint i = units->len; i > 0; i--) {
      const BhMailUnit *unit = g_ptr_array_index (units, i - 1);

      if (!rules[r].holds (unit) || (own && rules[r].done_at (unit) != mail->at_us))
        g_ptr_array_remove_index (units, i - 1);
    }
  }
  for (guint i = units->len; lines != NULL && i > 0; i--)
    if (!lists (lines, g_ptr_array_index (units, i - 1)))
      g_ptr_array_remove_index (units, i - 1);
}

static gboolean
read_units (BhDesk *self, const BhMail *mail, BhMailFacts *facts, GError **error)
{
  g_auto (GStrv) rmas = g_strsplit (mail->rmas, " ", -1);

  if (mail->receipt != NULL) {
    facts->units = bh_store_mail_receipts (self->store, mail, error);
    return facts->units != NULL;
  }
  facts->units = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_mail_unit_free);
  for (char **rma = rmas; *rma != NULL; rma++) {
    g_autoptr (GPtrArray) some = NULL;

    if (**rma == '\0')
      continue;
    some = bh_store_mail_units (self->store, *rma, error);
    if (some == NULL)
      return FALSE;
    g_ptr_array_extend_and_steal (facts->units, g_steal_pointer (&some));
  }
  return TRUE;
}

gboolean
bh_desk_mail_facts (BhDesk *self, const BhMail *mail, BhMailFacts *facts, GError **error)
{
  g_autoptr (BhTx) tx = bh_store_begin_read (self->store, error);
  g_autoptr (JsonNode) node = mail->details != NULL ? json_from_string (mail->details, NULL) : NULL;
  JsonObject *details =
      node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *lines = NULL;

  if (tx == NULL ||
      (mail->account != NULL && !bh_store_mail_customer (self->store, mail->account, &facts->name,
                                                         &facts->language, error)) ||
      !read_units (self, mail, facts, error))
    return FALSE;
  if (details != NULL) {
    JsonNode *list = json_object_get_member (details, "lines");

    facts->reason = dup_text (details, "reason");
    facts->label = dup_text (details, "label");
    facts->closes = number_of (details, "closes", 0) == 1;
    facts->job = dup_text (details, "job");
    facts->analysis = dup_text (details, "analysis");
    facts->result = dup_text (details, "disposition");
    facts->next = dup_text (details, "next");
    if (facts->job != NULL)
      facts->version = g_strdup_printf ("%d", number_of (details, "version", 1));
    if (list != NULL && JSON_NODE_HOLDS_ARRAY (list))
      lines = json_node_get_array (list);
  }
  choose (mail, lines, facts->units);
  if (facts->units->len > 0)
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: nothing that it would tell is so any more; it is not sent", mail->mail);
  return FALSE;
}

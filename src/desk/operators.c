/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* RULES §2: who is enrolled. Each act is one transaction, with its audit entry; a PIN or its
 * hash stands in none. */

#include "backhaul/operators.h"

#include <string.h>

#include "backhaul/table.h"
#include "desk-private.h"
#include "operators-private.h"

#define MAX_LOGIN 64

gboolean
bh_desk_may_enrol (BhDesk *self, GError **error)
{
  gboolean any = FALSE;

  if (self->signed_in && (self->unenrolled || bh_role_may (self->role, BH_MAY_ENROL)))
    return TRUE;
  if (!bh_desk_require (self, BH_MAY_IMPORT, error) ||
      !bh_store_any_administrator (self->store, &any, error))
    return FALSE;
  return !any || bh_desk_require (self, BH_MAY_ENROL, error);
}

static gboolean
can_enrol (const char *role)
{
  return g_str_equal (role, "supervisor") || g_str_equal (role, "administrator");
}

/* The journal has people by their logins: what nobody sees would make two that look the same. */
gboolean
bh_is_login (const char *text)
{
  g_autofree char *composed = NULL;

  if (*text == '\0' || strlen (text) > MAX_LOGIN || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isgraph (g_utf8_get_char (c)))
      return FALSE;
  composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  return g_strcmp0 (composed, text) == 0;
}

static gboolean
check_row (const BhOperatorRow *row, GError **error)
{
  BhRole role;

  if (!bh_is_login (row->login)) {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT,
                 "login: it is not a word of at most %d bytes that can be seen; choose another",
                 MAX_LOGIN);
    return FALSE;
  }
  if (!bh_role_parse (row->role, &role)) {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
                 "%s: no such role; say receiver, technician, csr, supervisor or administrator",
                 row->role);
    return FALSE;
  }
  if (*row->name == '\0') {
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: no name; give the person's name",
                 row->login);
    return FALSE;
  }
  return bh_desk_is_text ("name", row->name, error) && bh_desk_is_text ("email", row->email, error);
}

/* The first with a PIN closes the desk to all who have none. */
static gboolean
check_first (BhDesk *self, const char *login, const char *role, GError **error)
{
  gboolean any = FALSE;

  if (!bh_store_any_pin (self->store, &any, error))
    return FALSE;
  if (any || can_enrol (role))
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
               "%s: the first with a PIN must be a supervisor or administrator, who can enrol the "
               "next; begin with one",
               login);
  return FALSE;
}

static char *
row_text (const BhOperatorRow *row)
{
  return g_strdup_printf ("%s, %s%s%s", row->name, row->role,
                          row->authorised ? ", authorised technician" : "",
                          row->disabled ? ", disabled" : "");
}

gboolean
bh_desk_tell_operator (BhDesk *self, const BhWhen *when, const char *what, const char *login,
                       const char *before, const char *after, GError **error)
{
  g_autofree char *entity = g_strconcat ("operator:", login, NULL);

  return bh_desk_audit (self, when->act, what, entity, before, after, when->at_us, error);
}

static gboolean
write_new (BhDesk *self, const BhWhen *when, const BhOperatorRow *row, char *hash, GError **error)
{
  BhOperatorRow written = *row;
  g_autoptr (BhOperatorRow) there = NULL;
  g_autofree char *text = NULL;

  if (!bh_store_find_operator (self->store, row->login, &there, error))
    return FALSE;
  if (there != NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: enrolled already; choose another login, or set a PIN anew", row->login);
    return FALSE;
  }
  written.pin_hash = hash;
  written.disabled = FALSE;
  text = row_text (&written);
  return check_first (self, row->login, row->role, error) &&
         bh_store_put_operator (self->store, &written, error) &&
         bh_desk_tell_operator (self, when, "enrol", row->login, NULL, text, error);
}

gboolean
bh_desk_add_operator (BhDesk *self, const BhWhen *when, const BhOperatorRow *row, const char *pin,
                      GError **error)
{
  g_autofree char *hash = NULL;
  g_autoptr (BhTx) tx = NULL;
  gboolean done = FALSE;

  if (!bh_desk_may_enrol (self, error) || !check_row (row, error) || !bh_pin_check (pin, error) ||
      (hash = bh_pin_hash (pin, error)) == NULL ||
      (tx = bh_desk_begin_rules (self, error)) == NULL ||
      !bh_desk_is_done (self, when, "enrol", &done, error))
    return FALSE;
  return done || (write_new (self, when, row, hash, error) && bh_tx_commit (tx, error));
}

BhOperatorRow *
bh_desk_get_operator (BhDesk *self, const char *login, GError **error)
{
  BhOperatorRow *row = NULL;

  if (bh_store_find_operator (self->store, login, &row, error) && row == NULL) {
    g_autofree char *shown = g_strescape (login, "");

    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "%s: no such operator; `operator list` shows them", shown);
  }
  return row;
}

gboolean
bh_desk_set_pin (BhDesk *self, const BhWhen *when, const char *login, const char *pin,
                 GError **error)
{
  gboolean own = self->signed_in && self->pins && g_str_equal (login, self->operator);
  g_autofree char *hash = NULL;
  g_autoptr (BhTx) tx = NULL;
  g_autoptr (BhOperatorRow) row = NULL;
  gboolean done = FALSE;

  if ((!own && !bh_desk_may_enrol (self, error)) || !bh_pin_check (pin, error) ||
      (hash = bh_pin_hash (pin, error)) == NULL ||
      (tx = bh_desk_begin_rules (self, error)) == NULL ||
      !bh_desk_is_done (self, when, "set-pin", &done, error) ||
      (row = bh_desk_get_operator (self, login, error)) == NULL ||
      !check_first (self, login, row->role, error))
    return FALSE;
  if (done)
    return TRUE;
  return bh_store_set_pin (self->store, login, hash, error) &&
         bh_desk_tell_operator (self, when, "set-pin", login, NULL, NULL, error) &&
         bh_tx_commit (tx, error);
}

/* Somebody must be left who can let others in. */
static gboolean
is_needed (BhDesk *self, const char *login, gboolean *needed, GError **error)
{
  g_autoptr (GPtrArray) rows = bh_store_operators (self->store, error);

  if (rows == NULL)
    return FALSE;
  *needed = TRUE;
  for (guint i = 0; i < rows->len; i++) {
    const BhOperatorRow *row = g_ptr_array_index (rows, i);

    if (!g_str_equal (row->login, login) && !row->disabled && row->pin_hash != NULL &&
        can_enrol (row->role))
      *needed = FALSE;
  }
  return TRUE;
}

static gboolean
check_needed (BhDesk *self, const char *login, GError **error)
{
  gboolean needed = FALSE;

  if (!is_needed (self, login, &needed, error))
    return FALSE;
  if (needed)
    g_set_error (error, BH_ERROR, BH_ERROR_REFUSED,
                 "%s: nobody else with a PIN could enrol others; enrol a supervisor or "
                 "administrator first",
                 login);
  return !needed;
}

static gboolean
write_changed (BhDesk *self, const BhWhen *when, const BhOperatorRow *row, GError **error)
{
  g_autoptr (BhOperatorRow) there = bh_desk_get_operator (self, row->login, error);
  BhOperatorRow written = *row;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (there == NULL)
    return FALSE;
  if (!there->disabled && there->pin_hash != NULL && can_enrol (there->role) &&
      !can_enrol (row->role) && !check_needed (self, row->login, error))
    return FALSE;
  written.pin_hash = there->pin_hash;
  written.disabled = there->disabled;
  before = row_text (there);
  after = row_text (&written);
  return bh_store_put_operator (self->store, &written, error) &&
         bh_desk_tell_operator (self, when, "change", row->login, before, after, error);
}

gboolean
bh_desk_change_operator (BhDesk *self, const BhWhen *when, const BhOperatorRow *row, GError **error)
{
  g_autoptr (BhTx) tx = NULL;
  gboolean done = FALSE;

  if (!bh_desk_may_enrol (self, error) || !check_row (row, error) ||
      (tx = bh_desk_begin_rules (self, error)) == NULL ||
      !bh_desk_is_done (self, when, "change", &done, error))
    return FALSE;
  return done || (write_changed (self, when, row, error) && bh_tx_commit (tx, error));
}

static gboolean
write_disabled (BhDesk *self, const BhWhen *when, const char *login, gboolean disabled,
                GError **error)
{
  g_autoptr (BhOperatorRow) row = bh_desk_get_operator (self, login, error);
  g_autofree char *before = row != NULL ? row_text (row) : NULL;
  g_autofree char *after = NULL;

  if (row == NULL || (disabled && !check_needed (self, login, error)))
    return FALSE;
  if (row->disabled == disabled)
    return TRUE;
  row->disabled = disabled;
  after = row_text (row);
  return bh_store_put_operator (self->store, row, error) &&
         bh_desk_tell_operator (self, when, disabled ? "disable" : "enable", login, before, after,
                                error);
}

gboolean
bh_desk_disable_operator (BhDesk *self, const BhWhen *when, const char *login, gboolean disabled,
                          GError **error)
{
  g_autoptr (BhTx) tx = NULL;

  return bh_desk_may_enrol (self, error) && (tx = bh_desk_begin_rules (self, error)) != NULL &&
         write_disabled (self, when, login, disabled, error) && bh_tx_commit (tx, error);
}

GPtrArray *
bh_desk_operators (BhDesk *self, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (!bh_desk_require (self, BH_MAY_READ, error) ||
      (rows = bh_store_operators (self->store, error)) == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++) {
    BhOperatorRow *row = g_ptr_array_index (rows, i);

    if (row->pin_hash != NULL) {
      g_free (row->pin_hash);
      row->pin_hash = g_strdup ("");
    }
  }
  return g_steal_pointer (&rows);
}

BhOperatorRow *
bh_desk_find_operator (BhDesk *self, const char *login, GError **error)
{
  BhOperatorRow *row =
      bh_desk_require (self, BH_MAY_READ, error) ? bh_desk_get_operator (self, login, error) : NULL;

  if (row != NULL && row->pin_hash != NULL) {
    g_free (row->pin_hash);
    row->pin_hash = g_strdup ("");
  }
  return row;
}

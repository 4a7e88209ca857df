/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * SECTION:database-roles
 *
 * RULES §2 by PostgreSQL itself (decision 0049): a group role for each role of the desk, named
 * DATABASE_ROLE, what each may write by GRANT, and triggers for what no GRANT can say. Who
 * connects as the owner of the tables, as a station does where people sign in by PIN, is not
 * asked; who connects by a login of their own can do what their role can, also by hand-written SQL.
 */

/**
 * BhTableWrite:
 * @right: what one must be allowed: "receive boxes"
 * @table: what is written then
 * @adds: rows are added
 * @changes: (nullable): columns that are changed, with ", " between them
 * @removes: rows are removed
 */
typedef struct {
  const char *right;
  const char *table;
  gboolean adds;
  const char *changes;
  gboolean removes;
} BhTableWrite;

/* Who has a right; several rows for several roles. */
typedef struct {
  const char *right;
  const char *role;
} BhRightRole;

/**
 * bh_database_roles_sql:
 * @rights: (element-type BhRightRole)
 * @writes: (element-type BhTableWrite)
 * @people: also the group roles and who is in them, which takes the right to make roles; FALSE:
 * what is granted and asked alone, which takes the tables' owner
 *
 * Returns: (transfer full): the statements, to be run in one transaction by the owner of the
 * tables; run again they leave what is asked now, and nothing of before.
 */
char *bh_database_roles_sql (GPtrArray *rights, GPtrArray *writes, gboolean people);

/* Runs @sql inside the transaction of an act. BH_ERROR_USAGE: SQLite has no logins. */
gboolean bh_store_set_roles (BhStore *self, const char *sql, GError **error);
/* Whether the store has them. */
gboolean bh_store_has_roles (BhStore *self, gboolean *has, GError **error);
/* *login: (transfer full) (nullable): by whose own login the store is open; NULL: by the owner's,
 * by one that is in no group of this store, or SQLite. */
gboolean bh_store_own_login (BhStore *self, char **login, GError **error);

G_END_DECLS

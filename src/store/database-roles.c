/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "backhaul/database-roles.h"

#include <string.h>

#include "database-rows.h"
#include "store-private.h"

/* Roles belong to the whole server: those of this store begin with its database's name. */
#define ROLES "ARRAY['receiver', 'technician', 'csr', 'supervisor', 'administrator']"

/* Names without a schema mean ours, never a table that a session made for itself. */
static const char begins[] =
    "SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);"
    "DO $bh$ BEGIN IF octet_length(current_database()) > 48 THEN"
    "  RAISE EXCEPTION 'the name of the database is too long for roles of its own; at most 48"
    " bytes'; END IF; END $bh$;";

/* Who may make functions beside ours makes one that is nearer to a call than ours is. Databases
 * that came from PostgreSQL 14 or older let everybody. */
static const char close_schema[] =
    "DO $bh$ DECLARE r record; BEGIN"
    "  EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM public', current_schema());"
    "  IF has_schema_privilege('public', current_schema(), 'CREATE') THEN"
    "    RAISE EXCEPTION 'everybody may make functions in the schema %; let its owner say REVOKE"
    " CREATE ON SCHEMA % FROM PUBLIC', current_schema(), quote_ident(current_schema()); END IF;"
    "  FOR r IN SELECT CAST (CAST (p.oid AS regprocedure) AS text) AS name FROM pg_proc p"
    "    WHERE p.pronamespace = CAST (current_schema() AS regnamespace)"
    "    AND starts_with(CAST (p.proname AS text), 'bh_') AND p.proowner <> (SELECT c.relowner"
    "    FROM pg_class c WHERE c.oid = CAST ('operator' AS regclass)) LOOP"
    "    RAISE EXCEPTION 'the function % is not of the tables'' owner; look whose it is, and drop"
    " it', r.name; END LOOP; END $bh$;";

static const char make_groups[] =
    "DO $bh$ DECLARE role text; BEGIN"
    "  FOREACH role IN ARRAY " ROLES " LOOP"
    "    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = current_database() || '_' || role)"
    "    THEN EXECUTE format('CREATE ROLE %I NOLOGIN', current_database() || '_' || role);"
    "    END IF; END LOOP; END $bh$;";

/* Nothing of before stays: a right that was taken away is gone. */
static const char drop_old[] =
    "DO $bh$ DECLARE r record; role text; BEGIN"
    "  FOR r IN SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    "    WHERE c.relnamespace = CAST (current_schema() AS regnamespace)"
    "    AND starts_with(CAST (t.tgname AS text), 'bh_rule_') AND NOT t.tgisinternal LOOP"
    "    EXECUTE format('DROP TRIGGER %I ON %I', r.tgname, r.relname); END LOOP;"
    "  FOREACH role IN ARRAY ARRAY['public'] || " ROLES " LOOP"
    "    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %s', current_schema(),"
    "      CASE role WHEN 'public' THEN role"
    "      ELSE quote_ident(current_database() || '_' || role) END);"
    "    IF role <> 'public' THEN"
    "      EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(),"
    "        current_database() || '_' || role);"
    "      EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %I', current_schema(),"
    "        current_database() || '_' || role); END IF; END LOOP; END $bh$;";

/* Without a right: whether it is the owner. The person's role is the one on record, so that who
 * was disabled or has another role now may no more from the next statement on. */
static const char ask[] =
    "CREATE OR REPLACE FUNCTION bh_may (VARIADIC rights text[] DEFAULT '{}') RETURNS boolean"
    " LANGUAGE plpgsql SET search_path FROM CURRENT AS $bh$ BEGIN"
    "  IF (SELECT pg_has_role(session_user, c.relowner, 'MEMBER') FROM pg_class c"
    "      WHERE c.oid = CAST ('operator' AS regclass)) THEN RETURN true; END IF;"
    "  RETURN EXISTS (SELECT 1 FROM operator o JOIN bh_rule_rights() m ON m.role = o.role"
    "    WHERE o.login = session_user COLLATE \"C\" AND o.disabled = 0"
    "    AND m.may = ANY (rights)); END $bh$;"
    "CREATE OR REPLACE FUNCTION bh_rule_guard () RETURNS trigger LANGUAGE plpgsql"
    " SET search_path FROM CURRENT AS $bh$ BEGIN"
    "  IF NOT bh_may (VARIADIC TG_ARGV) THEN RAISE insufficient_privilege USING MESSAGE ="
    "    format('%s: may not %s', session_user, array_to_string(TG_ARGV, ' or ')); END IF;"
    "  RETURN NULL; END $bh$;";

/* To each role what its rights write; and before each statement the role on record is asked. */
static const char grant[] =
    "DO $bh$ DECLARE r record; n integer := 0; BEGIN"
    "  FOR r IN SELECT DISTINCT w.place, w.verb, w.columns, m.role FROM bh_rule_writes() w"
    "    JOIN bh_rule_rights() m ON m.may = w.may LOOP"
    "    EXECUTE format('GRANT %s %s ON %I TO %I', r.verb,"
    "      CASE WHEN r.columns = '' THEN '' ELSE '(' || r.columns || ')' END, r.place,"
    "      current_database() || '_' || r.role); END LOOP;"
    "  FOR r IN SELECT place, verb, string_agg(name, ', ' ORDER BY name) AS columns, rights"
    "    FROM (SELECT w.place, w.verb, c.name,"
    "          string_agg(DISTINCT quote_literal(w.may), ', ') AS rights FROM bh_rule_writes() w"
    "          CROSS JOIN LATERAL regexp_split_to_table(w.columns, ', *') c (name)"
    "          GROUP BY w.place, w.verb, c.name) one"
    "    GROUP BY place, verb, rights ORDER BY place, verb, rights LOOP"
    "    n := n + 1;"
    "    EXECUTE format('CREATE TRIGGER %I BEFORE %s ON %I FOR EACH STATEMENT"
    " EXECUTE FUNCTION bh_rule_guard (%s)', 'bh_rule_guard_' || n,"
    "      r.verb || CASE WHEN r.columns = '' THEN '' ELSE ' OF ' || r.columns END, r.place,"
    "      r.rights); END LOOP; END $bh$;";

/* A login that is there already for something else is left as it is, but for its groups. */
static const char put_in_groups[] =
    "DO $bh$ DECLARE r record; owner oid := (SELECT c.relowner FROM pg_class c"
    "  WHERE c.oid = CAST ('operator' AS regclass)); BEGIN"
    "  FOR r IN SELECT g.rolname AS of_group, p.rolname AS person FROM pg_auth_members m"
    "    JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles p ON p.oid = m.member"
    "    WHERE g.rolname IN (SELECT current_database() || '_' || x FROM unnest(" ROLES ") x)"
    "    AND NOT EXISTS (SELECT 1 FROM operator o WHERE o.login = p.rolname COLLATE \"C\""
    "      AND o.disabled = 0 AND g.rolname = current_database() || '_' || o.role) LOOP"
    "    EXECUTE format('REVOKE %I FROM %I', r.of_group, r.person); END LOOP;"
    "  FOR r IN SELECT o.login, o.role FROM operator o WHERE o.disabled = 0 ORDER BY o.login LOOP"
    "    IF octet_length(r.login) > 63 OR r.login IN ('public', 'none')"
    "      OR starts_with(r.login, 'pg_') OR EXISTS (SELECT 1 FROM pg_roles p"
    "      WHERE p.rolname = r.login COLLATE \"C\" AND (p.rolsuper OR pg_has_role(p.oid, owner,"
    "      'MEMBER'))) THEN"
    "      RAISE NOTICE '%: no login of its own: the name is not one for a person', r.login;"
    "      CONTINUE; END IF;"
    "    IF NOT EXISTS (SELECT 1 FROM pg_roles p WHERE p.rolname = r.login COLLATE \"C\") THEN"
    "      EXECUTE format('CREATE ROLE %I LOGIN', r.login); END IF;"
    "    EXECUTE format('GRANT %I TO %I', current_database() || '_' || r.role, r.login);"
    "  END LOOP; END $bh$;";

static void
add_literal (GString *sql, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "'", -1);
  g_autofree char *escaped = g_strjoinv ("''", parts);

  g_string_append_printf (sql, "'%s'", escaped);
}

static void
add_row (GString *sql, gboolean first, const char *const *cells)
{
  g_string_append (sql, first ? "(" : ",\n  (");
  for (guint i = 0; cells[i] != NULL; i++) {
    if (i > 0)
      g_string_append (sql, ", ");
    add_literal (sql, cells[i]);
  }
  g_string_append_c (sql, ')');
}

/* The two tables of the desk, as functions: a database's keeper can read them, too. */
static void
add_tables (GString *sql, GPtrArray *rights, GPtrArray *writes)
{
  gboolean first = TRUE;

  g_string_append (sql, "CREATE OR REPLACE FUNCTION bh_rule_rights () RETURNS TABLE (may text,"
                        " role text) LANGUAGE sql IMMUTABLE AS $bh$ VALUES\n  ");
  for (guint i = 0; i < rights->len; i++) {
    const BhRightRole *row = g_ptr_array_index (rights, i);
    const char *cells[] = { row->right, row->role, NULL };

    add_row (sql, i == 0, cells);
  }
  g_string_append (sql, " $bh$;\nCREATE OR REPLACE FUNCTION bh_rule_writes () RETURNS TABLE (may"
                        " text, place text, verb text, columns text) LANGUAGE sql IMMUTABLE"
                        " AS $bh$ VALUES\n  ");
  for (guint i = 0; i < writes->len; i++) {
    const BhTableWrite *row = g_ptr_array_index (writes, i);
    const struct {
      gboolean is;
      const char *verb;
    } verbs[] = { { row->adds, "INSERT" },
                  { row->changes != NULL, "UPDATE" },
                  { row->removes, "DELETE" } };

    for (guint k = 0; k < G_N_ELEMENTS (verbs); k++) {
      const char *cells[] = { row->right, row->table, verbs[k].verb, k == 1 ? row->changes : "",
                              NULL };

      if (!verbs[k].is)
        continue;
      add_row (sql, first, cells);
      first = FALSE;
    }
  }
  g_string_append (sql, " $bh$;\n");
}

static void
add_statements (GString *sql, const char *text)
{
  g_string_append (sql, text);
  g_string_append_c (sql, '\n');
}

char *
bh_database_roles_sql (GPtrArray *rights, GPtrArray *writes, gboolean people)
{
  GString *sql = g_string_new (NULL);

  add_statements (sql, begins);
  add_statements (sql, close_schema);
  add_tables (sql, rights, writes);
  if (people)
    add_statements (sql, make_groups);
  add_statements (sql, drop_old);
  add_statements (sql, ask);
  add_statements (sql, grant);
  add_statements (sql, bh_row_rules);
  if (people)
    add_statements (sql, put_in_groups);
  return g_string_free (sql, FALSE);
}

gboolean
bh_store_set_roles (BhStore *self, const char *sql, GError **error)
{
  const BhDriver *driver = bh_store_driver (self);

  if (driver->own_login != NULL)
    return driver->exec (bh_store_db (self), sql, error);
  g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
               "%s: an embedded store has no logins; rights are kept by who may read its file",
               bh_store_uri (self));
  return FALSE;
}

gboolean
bh_store_has_roles (BhStore *self, gboolean *has, GError **error)
{
  g_autoptr (BhStmt) stmt = NULL;

  *has = FALSE;
  if (bh_store_driver (self)->own_login == NULL)
    return TRUE;
  stmt = bh_store_stmt (self,
                        "SELECT 1 FROM pg_proc WHERE proname = 'bh_rule_guard'"
                        " AND pronamespace = CAST (current_schema() AS regnamespace)",
                        error);
  return stmt != NULL && bh_stmt_next (stmt, has, error);
}

gboolean
bh_store_own_login (BhStore *self, char **login, GError **error)
{
  const char *sql = bh_store_driver (self)->own_login;
  g_autoptr (BhStmt) stmt = NULL;
  gboolean row = FALSE;

  *login = NULL;
  if (sql == NULL)
    return TRUE;
  stmt = bh_store_stmt (self, sql, error);
  if (stmt == NULL || !bh_stmt_next (stmt, &row, error))
    return FALSE;
  if (row)
    *login = bh_stmt_dup_text (stmt, 0);
  return TRUE;
}

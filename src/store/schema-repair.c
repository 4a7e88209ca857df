/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* The repair center: custody, jobs and their results (RULES §7, C2, C3). */
const char bh_schema_repair[] =
    /* ---- RA4: where a unit is now; its way here stands in move ----------------- */
    "CREATE TABLE place ("
    "  serial @TEXT@ PRIMARY KEY, location @TEXT@ NOT NULL, kind @TEXT@ NOT NULL,"
    "  came_from @TEXT@, tote @TEXT@, since_us @INT@ NOT NULL,"
    "  operator @TEXT@ NOT NULL)@STRICT@;"
    "CREATE INDEX place_by_kind ON place (kind, since_us, serial);"
    "CREATE INDEX place_by_location ON place (location, serial);"
    "CREATE INDEX place_by_tote ON place (tote, serial) WHERE tote IS NOT NULL;"
    "ALTER TABLE move ADD COLUMN tote @TEXT@;"
    "INSERT INTO place (serial, location, kind, since_us, operator)"
    "  SELECT serial, location, CASE WHEN location LIKE 'dock:%' THEN 'dock'"
    "  ELSE location END, at_us, operator FROM move m"
    "  WHERE m.id = (SELECT max(o.id) FROM move o WHERE o.serial = m.serial);"
    /* ---- attachments, by what is in them ---------------------------------------- */
    "CREATE TABLE blob ("
    "  sha256 @TEXT@ PRIMARY KEY, media_type @TEXT@ NOT NULL, size @INT@ NOT NULL,"
    "  bytes @BLOB@ NOT NULL, thumb @BLOB@, at_us @INT@ NOT NULL)@STRICT@;"
    /* ---- jobs --------------------------------------------------------------------- */
    "ALTER TABLE job ADD COLUMN part @TEXT@;"
    "ALTER TABLE job ADD COLUMN approved_by @TEXT@;"
    "ALTER TABLE job ADD COLUMN approve_reason @TEXT@;"
    "ALTER TABLE job ADD COLUMN void_reason @TEXT@;"
    /* RA3: the agreement that the RA is insufficient, on the FA that follows it */
    "ALTER TABLE job ADD COLUMN follows @TEXT@ REFERENCES job (job);"
    "ALTER TABLE job ADD COLUMN customer @TEXT@;"
    "ALTER TABLE job ADD COLUMN engineer @TEXT@;"
    "ALTER TABLE job ADD COLUMN agree_reason @TEXT@;"
    "ALTER TABLE job ADD COLUMN versions @INT@ NOT NULL DEFAULT 0;"
    "ALTER TABLE job ADD COLUMN next @TEXT@;"
    "CREATE UNIQUE INDEX job_open_once ON job (line_id) WHERE state = 'open';"
    "CREATE INDEX job_of_line ON job (line_id, job);"
    "CREATE INDEX job_open ON job (kind, job) WHERE state = 'open';"
    "CREATE INDEX job_void ON job (job) WHERE state = 'void';"
    "CREATE INDEX job_posted ON job (posted_us, job) WHERE state = 'posted';"
    "CREATE INDEX job_posted_kind ON job (kind, posted_us, job) WHERE state = 'posted';"
    /* R4: one part, one fault, of late */
    "CREATE INDEX job_by_fault ON job (part, fault, started_us) WHERE fault IS NOT NULL;"
    "CREATE TABLE job_entry ("
    "  id @KEY@, job @TEXT@ NOT NULL REFERENCES job (job), what @TEXT@ NOT NULL, name @TEXT@,"
    "  value @TEXT@, low @TEXT@, high @TEXT@, sha256 @TEXT@ REFERENCES blob (sha256),"
    "  at_us @INT@ NOT NULL, operator @TEXT@ NOT NULL)@STRICT@;"
    "CREATE INDEX job_entry_of_job ON job_entry (job, id);"
    "CREATE INDEX job_entry_of_blob ON job_entry (sha256) WHERE sha256 IS NOT NULL;"
    /* RA9: a result is what was written down up to an entry */
    "CREATE TABLE job_post ("
    "  job @TEXT@ NOT NULL REFERENCES job (job), version @INT@ NOT NULL,"
    "  interim @INT@ NOT NULL CHECK (interim = 0 OR interim = 1),"
    "  disposition @TEXT@ NOT NULL, corrects @INT@, reason @TEXT@, upto @INT@ NOT NULL,"
    "  next @TEXT@, at_us @INT@ NOT NULL, operator @TEXT@ NOT NULL,"
    "  PRIMARY KEY (job, version), UNIQUE (job, corrects),"
    "  CHECK ((corrects IS NULL) = (reason IS NULL)),"
    "  CHECK (corrects IS NULL OR corrects < version))@STRICT@;"
    "CREATE INDEX job_post_by_at ON job_post (at_us);"
    /* ---- R5: lists that a site extends --------------------------------------------- */
    "CREATE TABLE fault ("
    "  fault @TEXT@ PRIMARY KEY, parent @TEXT@, description @TEXT@ NOT NULL)@STRICT@;"
    "CREATE TABLE repair_action ("
    "  action @TEXT@ PRIMARY KEY, description @TEXT@)@STRICT@;"
    "CREATE TABLE disposition ("
    "  disposition @TEXT@ PRIMARY KEY, description @TEXT@)@STRICT@;"
    "CREATE TABLE test_limit ("
    "  part @TEXT@ NOT NULL REFERENCES product (part), test @TEXT@ NOT NULL, low @TEXT@,"
    "  high @TEXT@, unit @TEXT@, PRIMARY KEY (part, test))@STRICT@;";

/* RA8, RA9 by the database itself, whoever writes: what is posted stays as it is, and only
 * an authorised technician posts; where nobody is enrolled the system user is all roles. */
#define NOT_AUTHORISED                                                                             \
  "EXISTS (SELECT 1 FROM operator) AND NOT EXISTS (SELECT 1 FROM operator o"                       \
  " WHERE o.login = NEW.operator AND o.authorised_technician = 1 AND o.disabled = 0)"

#define SQLITE_KEEP(table, what)                                                                   \
  "CREATE TRIGGER " table "_" what " BEFORE " what " ON " table                                    \
  " BEGIN SELECT RAISE (ABORT, 'what is written of a job stays as it is (RA9)'); END;"

#define SQLITE_SIGNED                                                                              \
  "CREATE TRIGGER job_post_signed BEFORE INSERT ON job_post WHEN " NOT_AUTHORISED                  \
  " BEGIN SELECT RAISE (ABORT, 'an authorised technician posts (RA8)'); END;"

const char bh_schema_repair_sqlite[] =
    SQLITE_KEEP ("job_post", "UPDATE") SQLITE_KEEP ("job_post", "DELETE")
        SQLITE_KEEP ("job_entry", "UPDATE") SQLITE_KEEP ("job_entry", "DELETE")
            SQLITE_KEEP ("blob", "UPDATE") SQLITE_KEEP ("blob", "DELETE") SQLITE_SIGNED;
const char bh_schema_signed_sqlite[] = SQLITE_SIGNED;

#define POSTGRES_KEEP(table)                                                                       \
  "CREATE TRIGGER " table "_keep BEFORE UPDATE OR DELETE ON " table                                \
  " FOR EACH ROW EXECUTE FUNCTION bh_keep ();"                                                     \
  "CREATE TRIGGER " table "_keep_all BEFORE TRUNCATE ON " table                                    \
  " FOR EACH STATEMENT EXECUTE FUNCTION bh_keep ();"

const char bh_schema_repair_postgres[] =
    "CREATE FUNCTION bh_keep () RETURNS trigger LANGUAGE plpgsql AS $keep$ BEGIN"
    "  RAISE integrity_constraint_violation"
    "    USING MESSAGE = 'what is written of a job stays as it is (RA9)'; END $keep$;"
    "CREATE FUNCTION bh_signed () RETURNS trigger LANGUAGE plpgsql AS $signed$ BEGIN"
    "  IF " NOT_AUTHORISED " THEN RAISE integrity_constraint_violation"
    "    USING MESSAGE = 'an authorised technician posts (RA8)'; END IF;"
    "  RETURN NEW; END $signed$;" POSTGRES_KEEP ("job_post") POSTGRES_KEEP ("job_entry")
        POSTGRES_KEEP ("blob") "CREATE TRIGGER job_post_signed BEFORE INSERT ON job_post"
                               "  FOR EACH ROW EXECUTE FUNCTION bh_signed ();";

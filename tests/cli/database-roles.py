#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""RULES 2, RA8, F6 by PostgreSQL itself: what people can do by SQL of their own, with the database
login that is theirs (decision 0049). Speaks TAP.

usage: database-roles.py BACKHAULCTL
"""
import json
import subprocess

from harness import CTL, STORE, fill, finish, rows, run, shown, write
from own_logins import address, psql

ROLES = ("receiver", "technician", "csr", "supervisor", "administrator")
CASE = "2026-1101-000001"
FILES = {
    "accounts": "account,name,country,language,email\nACME,Acme,US,en,a@acme.example\n",
    "destinations": "destination,name,address,city,postal_code,country,time_zone,calendar,"
                    "contract_manufacturer\nSJC,San Jose,1 Road,SJ,95110,US,America/Los_Angeles,,F\n",
    "products": "part,description,platform,list_price,currency,first_shipment,end_of_life,"
                "end_of_service,third_party,components\n"
                "PN-1,Router,MX,100.00,USD,2025-01-01,,,no,\n",
    "rmas": "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,"
            "created,confirmed\n" + "".join(
                f"R{n:010},{CASE},P2,ACME,,Joe,,SERIAL000{n},PN-1,ra,SJC,2026-06-01T10:00:00Z,"
                "2026-06-01T10:00:00Z\n" for n in range(1, 7)),
}
PEOPLE = "login,name,role,authorised_technician,email\n" + "".join(
    f"{role},{role},{role},no,\n" for role in reversed(ROLES)) + (
        "tina,Tina,technician,yes,\nmoved,Moved,csr,no,\ngone,Gone,supervisor,no,\n"
        "public,Public,supervisor,no,\nbh,Owner,supervisor,no,\n")


def mine(login, *sql):
    """(SQLSTATE or "", what is said) of @sql in one transaction of @login, which is kept."""
    code, said = psql(address(STORE, login), "; ".join(sql), check=False)
    if code == 0:
        return "", ""
    state = said.partition("ERROR:")[2].split(":")[0].strip()
    return state or said, said


def many(login, statements):
    """SQLSTATE, or "", of each of @statements; each is taken back."""
    lines = ["\\set VERBOSITY sqlstate", "\\set ON_ERROR_ROLLBACK on", "\\set QUIET on", "BEGIN;"]
    for number, one in enumerate(statements):
        lines += [f"\\warn @{number}", one + ";"]
    done = subprocess.run(["psql", "-X", "-q", "-A", "-t", address(STORE, login)],
                          input="\n".join(lines) + "\nROLLBACK;\n", capture_output=True, check=False,
                          text=True)
    if done.returncode != 0:
        print("# " + done.stderr[-300:], flush=True)
    states = [""] * len(statements)
    number = 0
    for line in done.stderr.splitlines():
        if line.startswith("@"):
            number = int(line[1:])
        elif line.startswith("ERROR:"):
            states[number] = line.split()[-1]
    return states


def refused(name, login, *sql):
    state, said = mine(login, *sql)
    shown(f"database/{name}/{login}-is-refused", state == "42501", state, said)


def done(name, login, *sql):
    state, said = mine(login, *sql)
    shown(f"database/{name}/{login}-is-obeyed", state == "", state, said)


def columns():
    """{table: [column]} of all tables."""
    found = {}
    for line in psql(STORE, "SELECT table_name || ' ' || column_name FROM information_schema.columns"
                     " WHERE table_schema = current_schema() AND table_name IN (SELECT tablename"
                     " FROM pg_tables) ORDER BY 1").splitlines():
        table, column = line.split()
        found.setdefault(table, []).append(column)
    return found


fill(FILES)
rows("import", "operators", write("people.csv", PEOPLE))
code, said, _ = run("--operator", "administrator", "operator", "database")
shown("database/set-up", code == 0, said)
shown("database/set-up/twice", run("--operator", "administrator", "operator", "database")[0] == 0)
shown("database/set-up/names-that-are-for-no-person", psql(
    STORE, "SELECT count(*) FROM pg_auth_members m JOIN pg_roles p ON p.oid = m.member"
    " WHERE p.rolname IN ('public', 'bh') AND CAST (m.roleid AS regrole)::text LIKE 'contract_%'")
      == "0")

# ---- which role writes what: the table is tried in every cell ------------------------------------
TABLES = columns()
code, PERMISSIONS = rows("permissions")
RIGHTS = {row["right"]: set(row["roles"]) for row in PERMISSIONS}
WRITES = [line.split("|") for line in
          psql(STORE, "SELECT may, place, verb, columns FROM bh_rule_writes()").splitlines()]
named = {place for _, place, _, _ in WRITES} | {"backhaul_version"}
shown("database/matrix/every-table-has-a-place", set(TABLES) == named, set(TABLES) ^ named)
ALLOWED = {}
for may, place, verb, names in WRITES:
    for column in names.split(",") if names else [""]:
        ALLOWED.setdefault((place, verb, column.strip()), set()).update(RIGHTS[may])
CELLS = []
for table, names in TABLES.items():
    CELLS += [((table, "INSERT", ""), f"INSERT INTO {table} SELECT * FROM {table} WHERE false"),
              ((table, "DELETE", ""), f"DELETE FROM {table} WHERE false"),
              ((table, "TRUNCATE", ""), f"TRUNCATE {table}"),
              ((table, "SELECT", ""), f"SELECT 1 FROM {table} LIMIT 1")]
    CELLS += [((table, "UPDATE", name), f"UPDATE {table} SET {name} = NULL WHERE false")
              for name in names]
# demoted and disabled since, and nobody told the database yet
psql(STORE, "UPDATE operator SET role = 'receiver' WHERE login = 'moved'",
     "UPDATE operator SET disabled = 1 WHERE login = 'gone'")
for login, roles in [(role, {role}) for role in ROLES] + [("moved", {"csr", "receiver"}),
                                                          ("gone", {"supervisor", "nobody"})]:
    states = many(login, [sql for _, sql in CELLS])
    for (cell, _), state in zip(CELLS, states):
        may = cell[1] == "SELECT" or roles <= ALLOWED.get(cell, set())
        # what may be done is refused by nothing but what the row must be
        if (state != "42501") != may:
            shown(f"database/matrix/{login}/{'-'.join(cell)}", False, state, may)
    shown(f"database/matrix/{login}/{len(CELLS)}-cells", len(states) == len(CELLS) and
          sum(state == "42501" for state in states) > 100, len(states))

# ---- F6: the journal --------------------------------------------------------------------------------
ENTRY = ("INSERT INTO audit VALUES ('forged', {n}, 1, '{who}', 'act-{n}', 'x', 'y', NULL, NULL, '',"
         " 'x')")
for n, role in enumerate(ROLES):
    refused("F6/no-entry-is-altered", role, "UPDATE audit SET operator = 'csr'")
    refused("F6/no-entry-is-removed", role, "DELETE FROM audit")
    refused("F6/nobody-signs-for-another", role, ENTRY.format(n=n, who="tina"))
refused("F6/nor-as-the-owner", "csr", ENTRY.format(n=9, who="bh"))
done("F6/own-name", "tina", ENTRY.format(n=1, who="tina"))
psql(STORE, "DELETE FROM audit WHERE station = 'forged'")

# who signs for a station: the first is who was there, another one comes by who may give keys
KEY = "INSERT INTO station_key (station, key, at_us, operator) VALUES ('{}', '{}', 1, '{}')"
refused("F6/key/another-name", "receiver", KEY.format("dock-k", "aa", "supervisor"))
done("F6/key/first", "receiver", KEY.format("dock-k", "aa", "receiver"))
for who in ("receiver", "technician", "csr"):
    refused("F6/key/another", who, KEY.format("dock-k", "bb", who))
refused("F6/key/another/another-name", "supervisor", KEY.format("dock-k", "bb", "tina"))
done("F6/key/another", "supervisor", KEY.format("dock-k", "bb", "supervisor"))
psql(STORE, "DELETE FROM station_key WHERE station = 'dock-k'")

# ---- the dock ---------------------------------------------------------------------------------------
code, out = rows("receive", "SERIAL0001", store=address(STORE, "receiver"))
FIRST = out[0]["receipt"]
shown("database/receive/own-login", code == 0 and out[0]["verdict"] == "accept", out)
code, out = rows("receive", "SERIAL0002", store=address(STORE, "supervisor"))
SECOND = out[0]["receipt"]
shown("database/receive/supervisor", code == 0, out)
code, _, said = run("receive", "SERIAL0003", "--operator", "supervisor",
                    store=address(STORE, "receiver"))
shown("database/own-login/nobody-else", code == 5 and "knows this session as receiver" in said, said)
code, out = rows("receive", "SERIAL0003", store=address(STORE, "technician"))
shown("database/receive/technician-may-not", code == 5, out)
RECEIPT = ("INSERT INTO box (box, state, opened_us, operator) VALUES ('b-{0}', 'done', 1, '{0}')",
           "INSERT INTO receipt (receipt, act, box, unit, verdict, rule, late, message, at_us,"
           " operator) VALUES ('r-{0}', 'a', 'b-{0}', 1, 'refuse', 'D3', 0, 'm', 1, '{1}')")
for who in ("technician", "csr", "administrator"):
    refused("receipt/by-who-may-not-receive", who, *[one.format(who, who) for one in RECEIPT])
refused("receipt/another-name", "receiver", *[one.format("receiver", "csr") for one in RECEIPT])
done("receipt/own-name", "receiver", *[one.format("receiver", "receiver") for one in RECEIPT])
VOID = f"UPDATE receipt SET void = 1, void_by = '{{0}}', void_us = 1 {{1}} WHERE receipt = '{SECOND}'"
refused("D16/void", "receiver", VOID.format("receiver", ""))
refused("D16/void/by-a-receipt-that-is-none", "receiver", VOID.format("receiver",
                                                                     ", replaced_by = 'none'"))
refused("D16/void/by-one-of-another-box", "receiver",
        VOID.format("receiver", f", replaced_by = '{FIRST}'"))
refused("D16/void/another-name", "supervisor", VOID.format("csr", ""))
refused("D16/receipt/nothing-else-changes", "supervisor",
        f"UPDATE receipt SET verdict = 'refuse' WHERE receipt = '{FIRST}'")
code, out = rows("void", SECOND, "--reason", "a test", store=address(STORE, "supervisor"))
shown("database/D16/void/supervisor", code == 0, out)
refused("D16/void/stays", "supervisor", f"UPDATE receipt SET void = 0 WHERE receipt = '{SECOND}'")
refused("D16/void/stays", "receiver", "UPDATE receipt SET void_reason = 'other'"
        f" WHERE receipt = '{SECOND}'")

# ---- money: O2 --------------------------------------------------------------------------------------
LINE = psql(STORE, "SELECT id FROM rma_line WHERE serial = 'SERIAL0003'")
CHARGE = (f"INSERT INTO charge (line_id, amount, currency, at_us, operator, reason) VALUES ({LINE},"
          " 1, 'USD', 1, '{0}', 'x')")
for who in ("receiver", "technician", "csr", "administrator"):
    refused("O2/charge", who, CHARGE.format(who))
refused("O2/charge/another-name", "supervisor", CHARGE.format("csr"))
for state in ("charged", "waived"):
    for who in ("receiver", "csr"):
        refused(f"O2/{state}", who, f"UPDATE rma_line SET state = '{state}' WHERE id = {LINE}")
    refused(f"O2/{state}/the-whole-rma", "csr",
            f"UPDATE rma SET state = '{state}' WHERE rma = 'R0000000003'")
refused("O2/waived/by-way-of-received", "receiver",
        f"UPDATE rma_line SET state = 'received' WHERE id = {LINE}",
        f"UPDATE rma_line SET state = 'waived' WHERE id = {LINE}")
refused("O2/waived/by-a-receipt-of-before", "receiver",
        f"INSERT INTO receipt (receipt, act, box, unit, verdict, rule, late, message, at_us,"
        f" operator, line_id, line_was) VALUES ('w', 'a', 'b-receiver', 2, 'refuse', 'D3', 0, 'm', 1,"
        f" 'receiver', {LINE}, 'waived')")
refused("N1/cancel", "receiver", f"UPDATE rma_line SET state = 'cancelled' WHERE id = {LINE}")
code, out = rows("charge", "R0000000003", "--reason", "a test", store=address(STORE, "supervisor"))
shown("database/O2/charge/supervisor", code == 0, out)
code, out = rows("charge", "credit", "R0000000003", "--reason", "a test",
                 store=address(STORE, "supervisor"))
refused("O3/a-credit-stays", "supervisor", "UPDATE charge SET credited_us = NULL")
code, out = rows("waive", "R0000000004", "--reason", "a test", store=address(STORE, "supervisor"))
shown("database/O2/waive/supervisor", code == 0, out)
refused("N2/override", "csr", "UPDATE rma SET override_by = 'csr', override_reason = 'x'")

# ---- the repair center: RA4, RA5, RA8, RA9 ------------------------------------------------------------
for who, place in (("receiver", "transit:t1"), ("technician", "repair:r1")):
    code, out = rows("move", "SERIAL0001", "--to", place, store=address(STORE, who))
    shown(f"database/RA4/{who}", code == 0, out)
PLACE = "UPDATE place SET location = '{0}', kind = '{1}', operator = '{2}'"
refused("RA4/receiver-at-the-bench", "receiver", PLACE.format("bench:b", "bench", "receiver"))
refused("RA4/receiver-calls-it-a-dock", "receiver", PLACE.format("bench:b", "dock", "receiver"))
refused("RA4/technician-at-the-dock", "technician", PLACE.format("dock:d", "dock", "technician"))
refused("RA4/another-name", "technician", PLACE.format("bench:b", "bench", "tina"))
code, out = rows("bench", "start", "SERIAL0001", "--kind", "ra", store=address(STORE, "technician"))
JOB = out[0].get("job", "")
shown("database/RA8/technician-starts", code == 0, out)
POST = ("INSERT INTO job_post (job, version, interim, disposition, upto, at_us, operator) VALUES"
        f" ('{JOB}', 1, 0, 'scrapped', 1, 1, '{{0}}')")
state, said = mine("technician", POST.format("technician"))
shown("database/RA8/post/not-authorised", state == "23000" and "authorised" in said, state, said)
refused("RA8/post/in-the-name-of-one-who-is", "technician", POST.format("tina"))
# what a session makes for itself is not what is asked
PRETEND = ("CREATE TEMP TABLE operator (login text, role text, authorised_technician bigint,"
           " disabled bigint)",
           "INSERT INTO operator VALUES ('technician', 'supervisor', 1, 0)")
state, said = mine("technician", *PRETEND, POST.format("technician"))
shown("database/RA8/post/an-operator-table-of-ones-own", state == "23000" and "RA8" in said, state,
      said)
refused("O2/charge/an-operator-table-of-ones-own", "technician", *PRETEND, "SET search_path ="
        " pg_temp, public", CHARGE.format("technician"))
refused("RA8/nobody-authorises-himself", "technician",
        "UPDATE operator SET authorised_technician = 1")
for who in ("receiver", "csr", "administrator"):
    refused("RA8/post/no-technician", who, POST.format(who))
refused("RA5/approve", "technician", "INSERT INTO job (job, line_id, serial, kind, state,"
        f" started_us, approved_by) VALUES ('J9', {LINE}, 'S', 'ra', 'open', 1, 'technician')")
rows("bench", "log", JOB, "--symptom", "dead", store=address(STORE, "technician"))
code, out = rows("bench", "post", JOB, "--disposition", "no-fault-found",
                 store=address(STORE, "technician"))
shown("database/RA8/post/refused-at-the-desk-too", code == 5, out)
rows("bench", "take", JOB, "--reason", "a test", store=address(STORE, "tina"))
code, out = rows("bench", "post", JOB, "--disposition", "no-fault-found",
                 store=address(STORE, "tina"))
shown("database/RA8/post/authorised", code == 0, out)
for who in ("tina", "supervisor"):
    refused("RA9/a-result-stays", who, "UPDATE job_post SET disposition = 'scrapped'")
    refused("RA9/a-result-stays", who, "DELETE FROM job_post")
refused("RA10/another-name", "technician", "INSERT INTO job_entry (job, what, value, at_us, operator)"
        f" VALUES ('{JOB}', 'symptom', 'x', 1, 'tina')")

# ---- policy and people ------------------------------------------------------------------------------
SET = "INSERT INTO setting VALUES ('{0}', 'x') ON CONFLICT (key) DO UPDATE SET value = 'x'"
for who in ("receiver", "technician", "csr", "administrator"):
    refused("policy/set", who, SET.format("clock.amber-days"))
refused("policy/mail", "csr", SET.format("mail.from"))
refused("policy/number", "administrator", SET.format("rma.last-number"))
for who in ("receiver", "technician", "csr", "supervisor"):
    refused("people/enrol", who, "INSERT INTO operator (login, name, role) VALUES ('eve', 'E',"
            " 'supervisor')")
    refused("people/role", who, f"UPDATE operator SET role = 'supervisor' WHERE login = '{who}'")
    refused("people/enable", who, "UPDATE operator SET disabled = 0")
    refused("people/another-pin", who, "UPDATE operator SET pin_hash = 'x' WHERE login = 'tina'")
# wrong PINs of others are neither forgotten nor made up, nor is when they were here
for station in ("", "dock-a"):
    psql(STORE, f"INSERT INTO sign_in_try VALUES ('{station}', 'tina', 3, 1)")
for who in ("receiver", "supervisor"):
    refused("people/tries/forgotten", who, "DELETE FROM sign_in_try WHERE login = 'tina'")
    refused("people/tries/made-up", who, "UPDATE sign_in_try SET wrong = 99 WHERE login = 'tina'")
    refused("people/tries/made-up", who, "INSERT INTO sign_in_try VALUES ('z', 'csr', 99, 1)")
    refused("people/seen", who, "INSERT INTO operator_seen VALUES ('tina', 1, 'moon') ON CONFLICT"
            " (login) DO UPDATE SET at_us = 1")
refused("people/remove", "administrator", "DELETE FROM operator")
refused("roles/a-group-of-another-role", "csr", "SET ROLE contract_supervisor")
for sql in ("ALTER TABLE receipt DISABLE TRIGGER ALL", "DROP TRIGGER bh_rule_void ON receipt",
            "CREATE OR REPLACE FUNCTION bh_may (VARIADIC rights text[] DEFAULT '{}') RETURNS boolean"
            " LANGUAGE sql AS 'SELECT true'", "SET session_replication_role = replica"):
    state, said = mine("supervisor", sql)
    shown(f"database/rules/stay/{sql.split()[0].lower()}-{sql.split()[1].lower()}",
          state == "42501", state, said)

# as in a database that came from PostgreSQL 14: everybody may make functions beside ours
psql(STORE, "GRANT CREATE ON SCHEMA public TO public")
NEARER = "CREATE FUNCTION bh_may (text) RETURNS boolean LANGUAGE sql AS 'SELECT true'"
shown("database/schema/open", mine("receiver", NEARER)[0] == "")
code, _, said = run("--operator", "administrator", "operator", "database")
shown("database/schema/a-function-of-another", code == 4 and "bh_may(text)" in said, code, said)
psql(STORE, "DROP FUNCTION bh_may (text)")
shown("database/schema/closed", run("--operator", "administrator", "operator", "database")[0] == 0)
refused("schema/closed", "receiver", NEARER)

# ---- afterwards ---------------------------------------------------------------------------------------
shown("database/schema/a-new-table-is-closed", psql(
    STORE, "CREATE TABLE fresh (x bigint); INSERT INTO fresh VALUES (1)") == "" and
      mine("supervisor", "SELECT * FROM fresh")[0] == "42501")
psql(STORE, "DROP TABLE fresh", "GRANT ALL ON charge TO contract_csr", "DROP TRIGGER"
     " bh_rule_operator_new ON audit")
shown("database/init/brings-it-back", run("init", "--operator", "administrator")[0] == 0)
refused("init/brings-it-back", "csr", CHARGE.format("csr"))
refused("init/brings-it-back", "csr", ENTRY.format(n=1, who="tina"))
code, out = rows("check", "--operator", "administrator")
shown("database/check/tells-of-a-receipt-by-hand", [row.get("fault") for row in out[:-1]] == [
    "receipt r-receiver has no entry in the journal"], out)
code, out = rows("audit", "verify", "--operator", "administrator")
shown("database/F6/verify", code == 0, out)
print("# " + json.dumps({"cells": 7 * len(CELLS)}))
finish()

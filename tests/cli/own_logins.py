# SPDX-License-Identifier: GPL-3.0-or-later
"""BH_OWN_LOGINS: the contract tests once more, each command by the database login of the person who
gives it (decision 0049). Who is not named is this system user, enrolled as an authorised supervisor;
what only the tables' owner can do, and what enrols the first people, is the owner's."""
import getpass
import os
import re
import subprocess

OWN = "BH_OWN_LOGINS" in os.environ and "BH_TEST_PG" in os.environ
ME = getpass.getuser()
_OWNERS = {"init", "restore", "operator", "operators"}
_ready = {}


def psql(store, *sql, check=True):
    """What psql says, or (code, what it says of errors) without @check."""
    words = [word for one in sql for word in ("-c", one)]
    done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
                           "-v", "VERBOSITY=verbose", store, *words], capture_output=True,
                          check=check, text=True)
    return done.stdout.strip() if check else (done.returncode, done.stderr)


def address(store, login):
    """The store by @login."""
    return re.sub(r"//[^/@]*@", f"//{login}@", store)


def set_up(ctl, store):
    """Logins for all who are enrolled."""
    who = psql(store, "SELECT login FROM operator WHERE role IN ('supervisor', 'administrator')"
               " AND disabled = 0 AND (role = 'administrator' OR NOT EXISTS (SELECT 1 FROM operator"
               " WHERE role = 'administrator' AND disabled = 0)) ORDER BY login LIMIT 1")
    pins = psql(store, "SELECT count(*) FROM operator WHERE pin_hash IS NOT NULL")
    if who and pins == "0":
        sql = subprocess.run([ctl, "--store", store, "--operator", who, "operator", "database",
                              "--sql"], capture_output=True, check=True, text=True).stdout
        psql(store, sql)


def store_for(ctl, store, words):
    """The address by which @words are run."""
    said = list(words)
    who = said[said.index("--operator") + 1] if "--operator" in said else ME
    owner = _OWNERS & set(said) and (who != "administrator" or "init" in said)
    if owner or not store.startswith("postgresql:"):
        return store
    if store not in _ready:
        if psql(store, "SELECT count(*) FROM pg_tables WHERE tablename = 'operator'") == "0":
            return store
        psql(store, f"INSERT INTO operator (login, name, role, authorised_technician) VALUES"
             f" ('{ME}', 'Me', 'supervisor', 1) ON CONFLICT (login) DO NOTHING")
        set_up(ctl, store)
        _ready[store] = set(psql(store, "SELECT rolname FROM pg_roles WHERE rolcanlogin").split())
    return address(store, who) if who in _ready[store] else store


def after(words):
    """People may have come or gone."""
    if _OWNERS & set(words):
        _ready.clear()

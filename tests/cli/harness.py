# SPDX-License-Identifier: GPL-3.0-or-later
"""What the contract tests of backhaulctl share: a store on the engine that BH_TEST_PG names,
else on SQLite, the program named by the first argument, and TAP."""
import atexit
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import own_logins

CTL = sys.argv[1]
WORK = tempfile.mkdtemp(prefix="bh-cli-")
ENGINE = "postgresql" if "BH_TEST_PG" in os.environ else "sqlite"
TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$")
_done = {"number": 0, "failed": 0}
atexit.register(shutil.rmtree, WORK, ignore_errors=True)


def place(name="contract"):
    """A fresh store's address."""
    if ENGINE == "sqlite":
        return f"sqlite:{WORK}/{name}.db"
    subprocess.run(["psql", "-q", os.environ["BH_TEST_PG"].replace("DATABASE", "postgres"), "-c",
                    f"CREATE DATABASE {name}"], check=True)
    return os.environ["BH_TEST_PG"].replace("DATABASE", name)


STORE = place()


def run(*arguments, given=None, store=None, env=None):
    store = store or STORE
    if own_logins.OWN:
        store = own_logins.store_for(CTL, store, arguments)
    done = subprocess.run([CTL, "--store", store, *arguments], input=given,
                          capture_output=True, check=False, env={**os.environ, **(env or {})})
    if own_logins.OWN:
        own_logins.after(arguments)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def rows(*arguments, given=None, store=None, env=None):
    code, out, _ = run("--json", *arguments, given=given, store=store, env=env)
    return code, [json.loads(line) for line in out.splitlines()]


def shown(path, ok, *what):
    """One test: @path under /cli/ENGINE/; @what is told when it fails."""
    _done["number"] += 1
    _done["failed"] += not ok
    print(f"{'ok' if ok else 'not ok'} {_done['number']} /cli/{ENGINE}/{path}", flush=True)
    if not ok:
        print("# " + repr(what)[:600], flush=True)


def write(name, text):
    path = os.path.join(WORK, name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    return path


def fill(files):
    """A new store with KIND: text of each of @files imported."""
    if rows("init")[0] != 0:
        sys.exit("init failed")
    for kind, text in files.items():
        code, out = rows("import", kind, write(kind + ".csv", text))
        if code != 0:
            sys.exit(f"import {kind}: {out}")


def error_of(answer):
    """(exit code, error code, rule) of rows()."""
    code, out = answer
    error = out[-1].get("error", {}) if out else {}
    return code, error.get("code"), error.get("rule")


def finish():
    print(f"1..{_done['number']}")
    sys.exit(1 if _done["failed"] else 0)

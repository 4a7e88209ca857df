#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""F6 by the letter: ten thousand boxes, a station that is killed, a backup; then somebody who owns
the database makes a chain anew, with its keys and checkpoints, and the file that was kept outside
names the first wrong entry. Speaks TAP."""
import base64
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import time

from harness import CTL, ENGINE, STORE, WORK, finish, place, rows, run, shown, write

HOME = {"XDG_DATA_HOME": os.path.join(WORK, "station")}
OTHER = {"XDG_DATA_HOME": os.path.join(WORK, "other")}
KEPT = os.path.join(WORK, "kept.jsonl")
os.environ.update(HOME)


def verify(*more, store=None):
    code, out = rows("audit", "verify", *more, store=store)
    return code, out[-1]


def boxes(station, first, n, **more):
    """A stream of boxes that nothing awaits: a refusal and an entry each."""
    text = "".join(f"NOSUCH{station}{i:06}\n\n" for i in range(first, first + n))
    return run("--station", station, "receive", "-", given=text.encode(), **more)


def sql(text, *values, store=STORE):
    """As the database's owner has it."""
    if ENGINE == "sqlite":
        with sqlite3.connect(store.partition(":")[2], timeout=60) as base:
            return base.execute(text, values).fetchall()
    for value in values:
        text = text.replace("?", "NULL" if value is None else
                            "'" + str(value).replace("'", "''") + "'", 1)
    done = subprocess.run(["psql", "-qAt", "-R", "\x1e", "-F", "\x1f", store, "-c", text],
                          capture_output=True, check=True, text=True)
    rest = done.stdout.rstrip("\n")
    return [tuple(row.split("\x1f")) for row in rest.split("\x1e")] if rest else []


def hash_of(*fields):
    digest = hashlib.sha256()
    for field in fields:
        if field is None:
            digest.update(b"-;")
        else:
            data = str(field).encode()
            digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()


def remake(station, first):
    """The chain from @first on with an altered entry, each hash right."""
    told = [e for e in rows("audit", "show")[1] if e["station"] == station and e["seq"] >= first]
    times = dict(sql("SELECT seq, at_us FROM audit WHERE station = ?", station))
    times = {int(seq): int(at) for seq, at in times.items()}
    previous = sql("SELECT previous FROM audit WHERE station = ? AND seq = ?", station, first)[0][0]
    for e in told:
        after = "nothing happened" if e["seq"] == first else e["after"]
        digest = hash_of(station, e["seq"], times[e["seq"]], e["operator"], e["act"], e["what"],
                         e["entity"], e["before"], after, previous)
        sql("UPDATE audit SET after = ?, previous = ?, hash = ? WHERE station = ? AND seq = ?",
            after, previous, digest, station, e["seq"])
        previous = digest


assert run("init")[0] == 0
code, said = verify()
shown("F6/nothing-yet", code == 0 and said["ok"] and said["checkpoints"] == 0 and
      said["unsigned"] == 0 and said["found"] == "sound" and said["station"] is None, said)

# a stream signs as it goes and when it ends
code, out, err = boxes("dock-a", 0, 10000)
shown("F6/ten-thousand-boxes", code == 1 and err.count("\n") <= 1, code, err[:300])
code, said = verify()
shown("F6/clean-after-them", code == 0 and said["entries"] == 10001 and said["unsigned"] == 0
      and said["checkpoints"] >= 10, said)
code, out, err = run("audit", "verify")
shown("F6/said-in-words", code == 0 and "untouched: 10001 entries, of which 10001 are signed" in out,
      out)
secret = os.path.join(WORK, "station", "backhaul", "stations", "dock-a.key")
shown("F6/secret-is-the-users-alone", stat.S_IMODE(os.stat(secret).st_mode) == 0o600 and
      stat.S_IMODE(os.stat(os.path.dirname(secret)).st_mode) == 0o700)

# the public one is on record, the secret one nowhere
with open(secret, "rb") as file:
    seed = file.read()
dump = "\n".join(str(row) for table in ("setting", "station_key", "checkpoint", "audit")
                 for row in sql(f"SELECT * FROM {table}"))
shown("F6/secret-is-not-in-the-store", seed.hex() not in dump and
      base64.b64encode(seed).decode().rstrip("=") not in dump)
code, out = rows("audit", "key")
KEY = out[0]["key"]
shown("F6/key", code == 0 and len(out) == 1 and out[0]["station"] == "dock-a" and len(KEY) == 64
      and out[0]["in_use"] and [e["after"] for e in rows("audit", "show")[1]
                                if e["entity"] == "station:dock-a"] == [KEY], out)

# single acts: signed when asked, or when it is due
boxes("dock-b", 0, 1)
run("--station", "dock-b", "receive", "NOSUCHX00001", "--no-number")
shown("F6/one-act-waits", verify()[1]["unsigned"] == 1)
code, out = rows("--station", "dock-b", "audit", "checkpoint", "--out", KEPT)
shown("F6/checkpoint", code == 0 and out[0]["seq"] == 3 and out[0]["added"] > 10 and
      verify()[1]["unsigned"] == 0, out)
code, out = rows("--station", "dock-b", "audit", "checkpoint", "--out", KEPT)
shown("F6/checkpoint-again", code == 0 and out[0]["seq"] is None and out[0]["added"] == 0, out)
with open(KEPT, encoding="utf-8") as file:
    LINES = file.read().splitlines()
shown("F6/kept", all(set(json.loads(line)) == {"station", "from", "seq", "hash", "at_us", "key",
                                               "marks", "signature"} for line in LINES))
code, said = verify("--checkpoints", KEPT, "--key", "dock-a=" + KEY)
shown("F6/verified-with-what-was-kept", code == 0 and said["ok"], said)

# killed in the middle of its work: what was told is there, the chain whole, and it goes on
with subprocess.Popen([CTL, "--store", STORE, "--station", "dock-a", "receive", "-"],
                      stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as told:
    for i in range(400):
        told.stdin.write(f"NOSUCHKILL{i:06}\n\n".encode())
    told.stdin.flush()
    seen = sum(told.stdout.readline() != b"" for _ in range(100))
    told.send_signal(signal.SIGKILL)
    told.wait()
time.sleep(0.5)
code, said = verify("--checkpoints", KEPT)
shown("F6/clean-after-kill-9", code == 0 and seen == 100 and said["entries"] >= 10004 + 100, said)
code, out, err = boxes("dock-a", 20000, 10)
code, said = verify("--checkpoints", KEPT)
shown("F6/signs-on-after-kill-9", code == 0 and said["unsigned"] == 0, said, err)

# a backup, put back elsewhere, has all of it
COPY = os.path.join(WORK, "copy.db")
shown("F6/backup", run("backup", COPY)[0] == 0)
THIRD = place("third")
shown("F6/restore", run("restore", COPY, store=THIRD)[0] == 0)
shown("F6/clean-after-restore", verify("--checkpoints", KEPT, store=THIRD) ==
      verify("--checkpoints", KEPT) and verify(store=THIRD)[0] == 0)
code, out, err = boxes("dock-a", 30000, 3, store=THIRD)
shown("F6/signs-on-after-restore", verify("--checkpoints", KEPT, store=THIRD)[1]["ok"] and
      verify(store=THIRD)[1]["unsigned"] == 0, err)

# bad input
shown("F6/no-such-file", run("audit", "verify", "--checkpoints", KEPT + ".none")[0] == 3)
spoilt = write("spoilt.jsonl", LINES[0] + "\n" + LINES[1].replace('"seq":', '"seq":1') + "\n")
code, out, err = run("audit", "verify", "--checkpoints", spoilt)
shown("F6/spoilt-file", code == 3 and f"{spoilt}:2:1: " in err, err)
code, out, err = run("audit", "verify", "--checkpoints", write("none.jsonl", "\0\xff\n{}\n"))
shown("F6/no-checkpoints-in-it", code == 3, err)
for bad in ("dock-a", "=" + KEY, "dock-a=" + KEY[1:], "dock-a=" + KEY.upper()[:63] + "G"):
    shown("F6/bad-key-" + str(len(bad)), run("audit", "verify", "--key", bad)[0] == 2)
shown("F6/bad-verb", run("audit", "forget")[0] == 2)
shown("F6/key-needs-a-reason", run("audit", "key", "--new")[0] == 2)

# another user at the same station does not sign, and does not fail either
code, out, err = boxes("dock-a", 40000, 2, env=OTHER)
shown("F6/another-user", code == 1 and "not signed" in err and "audit key --new" in err, err)
code, out, err = run("--station", "dock-a", "audit", "checkpoint", env=OTHER)
shown("F6/another-user-may-not", code == 1, err)

# the owner of the database: an entry altered, the chain made anew, checkpoints and keys, too
remake("dock-a", 9970)
sql("DELETE FROM checkpoint WHERE station = ?", "dock-a")
sql("DELETE FROM station_key WHERE station = ?", "dock-a")
code, out, err = run("--station", "dock-a", "audit", "checkpoint", env=OTHER)
shown("F6/owner-signs-as-the-station", code == 0, err)
shown("F6/owner-unnoticed-within", verify()[0] == 0)
code, said = verify("--checkpoints", KEPT)
shown("F6/owner-noticed-from-outside", code == 4 and not said["ok"] and said["found"] == "altered"
      and said["station"] == "dock-a" and said["number"] == 9970 and
      said["bad"] == "dock-a:9970: was altered" and said["entries"] == 9969, said)
code, out, err = run("audit", "verify", "--checkpoints", KEPT)
shown("F6/owner-in-words", code == 4 and
      "backhaulctl: dock-a:9970: was altered: the journal was altered here" in err, err)
# and the owner's key alone does not come in by a later export
shutil.copy(KEPT, KEPT + ".2")
code, out = rows("audit", "checkpoint", "--out", KEPT + ".2")
code, said = verify("--checkpoints", KEPT + ".2")
shown("F6/owner-noticed-after-his-export", code == 4 and said["number"] == 9970, said)
finish()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may sign in: enrolment, PINs, tries, rights (RULES 2, CLI.md "Operators")."""
import os
import resource
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from harness import CTL, ENGINE, STORE, WORK, error_of, finish, place, rows, run, shown, write

NEW = {"BACKHAUL_NEW_PIN": "471100582693"}


def signed(login, pin, *arguments, station="s1", given=None):
    return rows("--operator", login, "--station", station, *arguments, given=given,
                env={"BACKHAUL_PIN": pin})


def bare(*arguments, **env):
    """With no terminal to ask on."""
    done = subprocess.run(["setsid", CTL, "--store", STORE, *arguments], check=False,
                          stdin=subprocess.DEVNULL, capture_output=True,
                          env={**os.environ, **env})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


rows("init")
code, _, said = run("rma", "list")
shown("operators/none/supervisor", code == 0 and "acts as supervisor" in said.splitlines()[0], said)
shown("operators/none/list", rows("operator", "list") == (0, []))

# ---- enrolment -------------------------------------------------------------------
for what, pin in (("letters", "47a1"), ("short", "123"), ("long", "1" * 13), ("sign", "-123"),
                  ("arabic", "٤٧١١"), ("blank", "47 11"), ("format", "%s%n%n")):
    code, out = rows("operator", "add", "boss", "--name", "B", "--role", "supervisor",
                     env={"BACKHAUL_NEW_PIN": pin})
    shown("operators/pin/" + what, code == 3 and pin not in str(out), out)
code, out, said = bare("operator", "add", "boss", "--name", "B", "--role", "supervisor")
shown("operators/pin/none", code == 2 and "BACKHAUL_NEW_PIN" in said, said)
for role in ("receiver", "technician", "csr"):
    got = error_of(rows("operator", "add", "x", "--name", "X", "--role", role, env=NEW))
    shown("operators/first/" + role, got[0] == 1, got)
got = error_of(rows("operator", "add", "x", "--name", "X", "--role", "king", env=NEW))
shown("operators/role", got[0] == 2, got)
for what, login in (("blank", "a b"), ("empty", ""), ("long", "l" * 65), ("control", "a\x01b"),
                    ("tab", "a\tb"), ("unseen", "ro\u200bb"), ("turned", "rob\u202e"),
                    ("not-composed", "rena\u0301")):
    got = error_of(rows("operator", "add", login, "--name", "X", "--role", "supervisor", env=NEW))
    shown("operators/login/" + what, got[0] == 3, got)
code, out = rows("operator", "add", "boss", "--name", "Señora Boss", "--role", "supervisor",
                 env=NEW)
shown("operators/first", code == 0, out)

# ---- from now on all sign in -----------------------------------------------------
for what in (("rma", "list"), ("due",), ("stats",), ("check",), ("audit", "verify"), ("hold", "list"),
             ("operator", "list"), ("mail", "list"), ("backup", "/nonexistent/x"),
             ("receive", "NOSUCH1"), ("scan", "/nonexistent"), ("morning",), ("policy", "list"),
             ("calendar", "list"), ("export", "accounts"), ("unit", "show", "NOSUCH1")):
    code, out, said = bare("--json", *what)
    shown("operators/closed/" + "-".join(what[:2]).replace("/", ""),
          code == 5 or (what[0] == "scan" and code == 3), code, out, said)
code, out, said = bare("rma", "list", "--operator", "boss")
shown("operators/needs-pin", code == 5 and "BACKHAUL_PIN" in said, said)
shown("operators/right", signed("boss", "471100582693", "rma", "list") == (0, []))
got = run("rma", "list", env={"BACKHAUL_OPERATOR": "boss", "BACKHAUL_PIN": "471100582693"})
shown("operators/by-environment", got[0] == 0, got)
for pin in ("471101", "4711", "4711005826930", "", "' OR 1=1 --"):
    got = signed("boss", pin or "x", "rma", "list", station="w" + str(len(pin)))
    shown("operators/wrong/" + str(len(pin)), error_of(got)[:2] == (5, "forbidden"), got)
unknown = signed("nobody", "471100582693", "rma", "list", station="w9")
wrong = signed("boss", "471102", "rma", "list", station="w9")
shown("operators/not-told-apart",
      unknown[1][0]["error"]["message"].replace("nobody", "")
      == wrong[1][0]["error"]["message"].replace("boss", ""), unknown, wrong)

# ---- who enrols ------------------------------------------------------------------
ADD = {"BACKHAUL_NEW_PIN": "1234", "BACKHAUL_PIN": "471100582693"}


def add(by, login, role, *more, pin="471100582693"):
    return rows("--operator", by, "operator", "add", login, "--name", login.title(), "--role", role,
                *more, env={"BACKHAUL_NEW_PIN": "1234", "BACKHAUL_PIN": pin})


shown("operators/supervisor-enrols-the-first-administrator",
      add("boss", "adam", "administrator")[0] == 0)
shown("operators/administrators-enrol", error_of(add("boss", "rita", "receiver"))[0] == 5)
for login, role in (("rita", "receiver"), ("cora", "csr"), ("tom", "technician")):
    shown("operators/enrol/" + role, add("adam", login, role, pin="1234")[0] == 0)
code, out = add("adam", "tess", "technician", "--authorised-technician", pin="1234")
shown("operators/authorised", code == 0 and out[0]["authorised_technician"] is True, out)
shown("operators/twice", error_of(add("adam", "rita", "receiver", pin="1234"))[0] == 1)
for login in ("rita", "cora", "tom"):
    shown("operators/may-not/" + login, error_of(add(login, "eve", "supervisor", pin="1234"))[0] == 5)
code, out = signed("adam", "1234", "operator", "list")
shown("operators/list", code == 0 and [row["login"] for row in out]
      == ["adam", "boss", "cora", "rita", "tess", "tom"], out)
shown("operators/no-hash", "argon" not in str(out), out)

# ---- rights ----------------------------------------------------------------------
shown("operators/receiver-receives", signed("rita", "1234", "receive", "NOSUCHSERIAL1")[0] in (0, 1))
shown("operators/receiver-no-chase", signed("rita", "1234", "chase")[0] == 5)
shown("operators/technician-no-receive", signed("tom", "1234", "receive", "NOSUCHSERIAL1")[0] == 5)
shown("operators/administrator-no-operations",
      signed("adam", "1234", "receive", "NOSUCHSERIAL1")[0] == 5)
shown("operators/at-is-the-supervisors",
      signed("rita", "1234", "receive", "NOSUCHSERIAL2", "--at", "2026-01-01T00:00:00Z")[0] == 5)

# ---- PINs set anew, disabling ------------------------------------------------------
code, _, _ = run("--operator", "rita", "operator", "pin", "rita",
                 env={"BACKHAUL_PIN": "1234", "BACKHAUL_NEW_PIN": "9876504321"})
shown("operators/own-pin", code == 0 and signed("rita", "9876504321", "rma", "list")[0] == 0
      and signed("rita", "1234", "rma", "list")[0] == 5)
code, _, _ = run("--operator", "rita", "operator", "pin", "cora",
                 env={"BACKHAUL_PIN": "9876504321", "BACKHAUL_NEW_PIN": "9876504321"})
shown("operators/not-anothers-pin", code == 5 and signed("cora", "1234", "rma", "list")[0] == 0)
shown("operators/disable", signed("adam", "1234", "operator", "disable", "rita")[0] == 0
      and signed("rita", "9876504321", "rma", "list")[0] == 5)
shown("operators/enable", signed("adam", "1234", "operator", "enable", "rita")[0] == 0
      and signed("rita", "9876504321", "rma", "list", station="s9")[0] == 0)
signed("adam", "1234", "operator", "disable", "boss")
shown("operators/last-who-enrols-stays",
      error_of(signed("adam", "1234", "operator", "disable", "adam"))[0] == 1)
signed("adam", "1234", "operator", "enable", "boss")
shown("operators/unknown", signed("adam", "1234", "operator", "disable", "ghost")[0] in (1, 3))

# ---- imported people have no PIN -----------------------------------------------------
people = write("people.csv", "login,name,role,authorised_technician,email\n"
                             "ivan,Ivan,csr,no,\nrita,Rita R,receiver,no,\n")
code, out = signed("adam", "1234", "import", "operators", people)
got = signed("ivan", "1234", "rma", "list")
shown("operators/import-no-pin", code == 0 and error_of(got)[0] == 5 and "no PIN" in str(got), got)
shown("operators/import-keeps-pins", signed("rita", "9876504321", "rma", "list", station="s9")[0] == 0)
code, out = signed("adam", "1234", "import", "operators", write(
    "unseen.csv", "login,name,role,authorised_technician,email\nto\u200bm,Tom,csr,no,\n"))
shown("operators/import-unseen", code == 3 and out[0]["error"]["code"] == "bad-input", out)

# ---- tries -----------------------------------------------------------------------------
for _ in range(5):
    signed("cora", "0000", "rma", "list", station="door")
got = signed("cora", "1234", "rma", "list", station="door")
shown("operators/tries", got[0] == 5 and "wait until" in str(got), got)
shown("operators/tries-other-person", signed("tess", "1234", "rma", "list", station="door")[0] == 0)
shown("operators/tries-other-station", signed("cora", "1234", "rma", "list", station="hall")[0] == 0)


def attack(number):
    return signed("tom", "%04d" % (2000 + number), "rma", "list", station="gate%d" % (number % 40))


with ThreadPoolExecutor(8) as pool:
    answers = list(pool.map(attack, range(60)))
looked_at = sum("wait until" not in str(out) and code == 5 for code, out in answers)
shown("operators/tries-at-once", looked_at <= 20 and all(code in (4, 5) for code, _ in answers),
      looked_at, [code for code, _ in answers])
shown("operators/tries-leave-others", signed("tess", "1234", "rma", "list", station="gate1")[0] == 0)

# ---- roles that change --------------------------------------------------------------------
code, out = signed("adam", "1234", "operator", "change", "tess", "--role", "csr", "--name", "Tess C",
                   "--unauthorised")
shown("operators/change", code == 0 and out[0]["role"] == "csr" and out[0]["name"] == "Tess C"
      and out[0]["authorised_technician"] is False, out)
shown("operators/change-acts-at-once", signed("tess", "1234", "chase", "--dry-run")[0] == 0)
code, out = signed("adam", "1234", "operator", "change", "tess", "--email", "t@x.example")
shown("operators/change-keeps-the-rest", code == 0 and out[0]["role"] == "csr"
      and out[0]["email"] == "t@x.example", out)
for words in (("tess",), ("tess", "--authorised-technician", "--unauthorised"), ()):
    shown("operators/change/usage/%d" % len(words),
          signed("adam", "1234", "operator", "change", *words)[0] == 2)
shown("operators/change/role", signed("adam", "1234", "operator", "change", "tess", "--role",
                                      "king")[0] == 2)
shown("operators/change/may-not",
      signed("tess", "1234", "operator", "change", "tess", "--role", "supervisor")[0] == 5)
shown("operators/last-sign-in", signed("adam", "1234", "operator", "list")[1][-2]["last_station"]
      == "s1", signed("adam", "1234", "operator", "list")[1][-2])

# ---- badges --------------------------------------------------------------------------------
def codes_on(path):
    return {row["text"] for row in rows("scan", path)[1]}


def badge_of(path):
    return next((text for text in codes_on(path) if text.startswith("BHOP!")), None)


PAGE, NEXT = os.path.join(WORK, "badge.pdf"), os.path.join(WORK, "next.pdf")
code, out = signed("adam", "1234", "operator", "badge", "tess", "-o", PAGE)
first = badge_of(PAGE)
shown("operators/badge", code == 0 and first is not None and len(first) == 25, code, out)
shown("operators/badge-says-nothing-else", "tess" not in str(codes_on(PAGE)).lower())
shown("operators/badge-file-is-the-owners", os.stat(PAGE).st_mode & 0o077 == 0)
shown("operators/badge-on-record",
      [row["login"] for row in signed("adam", "1234", "operator", "list")[1] if row["badge"]]
      == ["tess"])
code, _ = signed("adam", "1234", "label", "--kind", "operator-badge", "tess", "cora", "-o", NEXT)
shown("operators/badge-anew", code == 0 and first not in codes_on(NEXT)
      and len([text for text in codes_on(NEXT) if text.startswith("BHOP!")]) == 2, codes_on(NEXT))
for who in ("tess", "cora"):
    got = signed(who, "1234", "operator", "badge", who, "-o", os.path.join(WORK, "own.pdf"),
                 station="s11")
    shown("operators/badge/may-not/" + who, error_of(got)[0] == 5
          and not os.path.exists(os.path.join(WORK, "own.pdf")), got)
got = signed("adam", "1234", "operator", "badge", "ghost", "-o", os.path.join(WORK, "ghost.pdf"))
shown("operators/badge/ghost", error_of(got)[:2] == (1, "not-found")
      and not os.path.exists(os.path.join(WORK, "ghost.pdf")), got)
got = signed("adam", "1234", "operator", "badge", "tess", "-o", "/nonexistent/x.pdf")
shown("operators/badge/no-file", error_of(got)[0] == 4, got)
for words in (("tess",), ("tess", "-o", PAGE, "--withdraw"), ("-o", PAGE),
              ("tess", "cora", "--withdraw")):
    shown("operators/badge/usage/%d" % len(words),
          signed("adam", "1234", "operator", "badge", *words)[0] == 2)
code, out = signed("adam", "1234", "operator", "badge", "tess", "--withdraw")
shown("operators/badge-withdrawn", code == 0 and out[0]["badge"] is None, out)

# a badge that is scanned into a box, by a person who held the wrong thing
done = run("--operator", "boss", "--json", "receive", first, "NOSUCHSERIAL9",
           env={"BACKHAUL_PIN": "471100582693", "G_MESSAGES_DEBUG": "all"})
shown("operators/badge-in-no-answer", first not in done[1] + done[2], done)

# ---- a core has what was asked for, and the environment ----------------------------------
def leaves_core(*words):
    """Whether a program that waits for its input leaves a core when it is broken off."""
    def unlimited():
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=WORK,
                          preexec_fn=unlimited, env={**os.environ, "BACKHAUL_PIN": "471100582693"}) as one:
        one.stdin.write(b"NOSUCHSERIAL8\n\n")
        one.stdin.flush()
        one.stdout.readline()  # it is at work
        one.send_signal(signal.SIGABRT)
        return os.WCOREDUMP(os.waitpid(one.pid, 0)[1])


shown("operators/no-core", not leaves_core(os.path.abspath(CTL), "--store", STORE, "--operator",
                                          "boss", "receive", "-"))
print(f"# another program leaves one: {leaves_core('cat')}")

# ---- what is written down --------------------------------------------------------------
code, out = signed("boss", "471100582693", "audit", "show", station="s7")
text = str(out)
shown("operators/audit", code == 0 and "enrol" in text and "disable" in text
      and "471100582693" not in text and "9876504321" not in text and "argon" not in text, text[:300])
shown("operators/audit-verify", signed("boss", "471100582693", "audit", "verify", station="s7")[0] == 0)



def written():
    """All that the store holds, as bytes."""
    if ENGINE == "sqlite":
        found = b""
        for name in os.listdir(WORK):
            if name.startswith("contract.db"):
                with open(os.path.join(WORK, name), "rb") as file:
                    found += file.read()
        return found
    return subprocess.run(["pg_dump", "-d", STORE], capture_output=True, check=True).stdout


everything = written().upper()
shown("operators/no-badge-and-no-pin-in-the-store",
      b"TESS" in everything and first[5:].encode() not in everything
      and all(text[5:].encode() not in everything for text in codes_on(NEXT))
      and b"471100582693" not in everything and b"9876504321" not in everything)

# the first to have a PIN by import: it is set by who is on record as supervisor
OTHER = place("other")
run("init", store=OTHER)
people = write("first.csv", "login,name,role,authorised_technician,email\nsue,Sue,supervisor,no,\n"
                            "rob,Rob,receiver,no,\n")
run("import", "operators", people, store=OTHER)
code, _, _ = run("--operator", "rob", "chase", store=OTHER)
shown("operators/on-record-in-own-role", code == 5)
code, _, _ = run("--operator", "sue", "operator", "pin", "sue", store=OTHER, env=NEW)
closed = run("--operator", "rob", "rma", "list", store=OTHER, env={"BACKHAUL_PIN": "471100582693"})[0]
shown("operators/first-pin-closes", code == 0 and closed == 5, code, closed)
finish()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Badges, the lock, and rights that change while somebody works (RULES 2, V9). Speaks TAP; run by
run-gui."""
import os
import subprocess
import time

from hands import (CTL, STORE, ctl, finish, key_in, press, running, scan, shown, showing, texts,
                   told, until, verdict)

PIN = "60718293"
FOLDER = os.environ["HOME"]
os.environ["BACKHAUL_PIN"] = PIN


def people(*words, by="sue"):
    done = subprocess.run([CTL, "--store", STORE] + (["--operator", by] if by else []) +
                          ["operator", *words], check=False, capture_output=True, text=True,
                          env={**os.environ, "BACKHAUL_NEW_PIN": PIN})
    return done.returncode == 0


def enrol(login, role, by="sue"):
    return people("add", login, "--name", login.title(), "--role", role, by=by)


def badge(login):
    """A new one of theirs: its code."""
    page = os.path.join(FOLDER, login + ".pdf")
    people("badge", login, "-o", page, by="adam")
    return ctl("--operator", "sue", "scan", page)[0]["text"]


def works(login):
    return until(lambda: (told("signed-in-as") or "").startswith(login + " at dock"))


def receiver_of(serial):
    """Who received it, by the store."""
    return [row["operator"] for row in
            ctl("--operator", "sue", "unit", "show", serial)[0]["receipts"]]


def locked():
    return until(lambda: showing("sign-in-login")) and not showing("verdict")


def setting(value):
    subprocess.run(["gsettings", "set", "org.backhaul.Backhaul", "lock-after", value], check=True)


def first_pin():
    """The window was open before anybody had a PIN."""
    with running():
        shown("/gui/V9/open-before-the-first-pin", until(lambda: showing("verdict")))
        scan("BHOP!AAAAAAAAAAAAAAAAAAAA")
        shown("/gui/V9/badge/of-no-use-yet", until(lambda: "Nobody has a PIN" in told("notice")))
        shown("/gui/V9/first-pin", enrol("sue", "supervisor", by=None) and locked())
        shown("/gui/V9/first-pin/why", "PINs here from now on" in told("sign-in-told"))
        key_in("sue")
        press("Return")
        key_in(PIN)
        press("Return")
        shown("/gui/V9/first-pin/signs-in", works("sue"))


def at_the_door(badges):
    scan("BHOP!AAAAAAAAAAAAAAAAAAAA")
    shown("/gui/V9/badge/unknown", until(lambda: "not known here" in told("sign-in-told"))
          and locked())
    key_in(badges["dick"])  # as a scanner that halts does
    press("Return")
    shown("/gui/V9/badge/typed-into-the-login", until(lambda: "dick: disabled" in told("sign-in-told"))
          and told("sign-in-login") == "")
    scan(badges["dick"])
    shown("/gui/V9/badge/disabled", until(lambda: "dick: disabled" in told("sign-in-told"))
          and locked())
    scan(badges["rita"])
    shown("/gui/V9/badge/signs-in", works("rita") and until(lambda: showing("verdict")))
    shown("/gui/V9/receiver/no-other-pages", not any(
        showing("page-" + name) for name in ("returns", "due", "holds", "issue", "people", "mails",
                                             "reports", "printers", "calendars", "bench", "cases")))


def shared_dock(badges):
    """Two people, one box, no key."""
    scan("R0000000003")
    shown("/gui/V9/badge/box-begun", verdict("WAITING", "D11"))
    began = time.monotonic()
    scan(badges["sue"])
    shown("/gui/V9/badge/takes-over", works("sue"))
    print(f"# another person after {time.monotonic() - began:.2f} s")
    shown("/gui/V9/badge/said", "sue works here now" in told("notice"))
    shown("/gui/V9/badge/the-box-stays", "R0000000003" in texts("box")
          and told("verdict") == "WAITING")
    scan("SERIAL0003")
    shown("/gui/V9/badge/next-receipt", verdict("ACCEPT", "D1")
          and receiver_of("SERIAL0003") == ["sue"])
    press("ctrl+t")
    key_in(badges["rita"])
    press("Return")
    shown("/gui/V9/badge/typed-at-the-dock", works("rita"))
    scan(badges["sue"])
    works("sue")
    shown("/gui/V9/badge/not-in-the-box", "BHOP" not in texts("box").upper())
    # hands that do not wait
    for login, serial in (("rita", "SERIAL0004"), ("sue", "SERIAL0005"), ("rita", "SERIAL0006")):
        scan(badges[login])
        scan(serial)
    shown("/gui/V9/badge/scans-behind-it-are-theirs",
          until(lambda: receiver_of("SERIAL0006") == ["rita"])
          and receiver_of("SERIAL0004") == ["rita"] and receiver_of("SERIAL0005") == ["sue"])
    scan(badges["dick"])
    scan("SERIAL0007")
    shown("/gui/V9/badge/refused-leaves-nobody", locked()
          and until(lambda: "disabled" in told("sign-in-told")))
    time.sleep(0.5)
    shown("/gui/V9/badge/scans-behind-a-refused-one", receiver_of("SERIAL0007") == []
          and "not taken" in told("sign-in-told"))


def anywhere(badges):
    """On a page with a form, in a dialog."""
    scan(badges["sue"])
    works("sue")
    shown("/gui/V9/badge/nor-in-the-box", "SERIAL0007" not in texts("box"))
    press("ctrl+2")
    until(lambda: showing("returns-table"))
    press("ctrl+f")
    key_in("blue")
    shown("/gui/V9/badge/form-begun", until(lambda: told("search") == "blue"))
    scan(badges["rita"])
    shown("/gui/V9/badge/another-page", works("rita") and until(lambda: showing("verdict")))
    scan(badges["sue"])
    works("sue")
    press("ctrl+2")
    shown("/gui/V9/badge/what-was-typed-stays", until(lambda: told("search") == "blue"))
    press("ctrl+1")
    press("F3")
    time.sleep(1.5)
    scan(badges["rita"])
    shown("/gui/V9/badge/in-a-dialog", works("rita"))
    press("Escape", "Escape")
    time.sleep(1)


def lock(badges):
    scan("R0000000008")
    verdict("WAITING", "D11")
    press("ctrl+l")
    shown("/gui/V9/lock/key", locked() and told("sign-in-title") == "Locked")
    shown("/gui/V9/lock/says-who", "rita worked here" in told("sign-in-about"))
    scan("SERIAL0008")
    shown("/gui/V9/lock/a-scan-is-told", until(lambda: "not taken" in told("sign-in-told")))
    time.sleep(0.5)  # an Enter at once would be the scanner's
    press("Return")
    key_in("1234")
    press("Return")
    shown("/gui/V9/lock/wrong-pin", until(lambda: "wrong PIN" in told("sign-in-told")))
    key_in(PIN)
    press("Return")
    shown("/gui/V9/lock/same-person-by-pin", works("rita"))
    shown("/gui/V9/lock/the-box-stays", until(lambda: "R0000000008" in texts("box")))
    setting("3")
    shown("/gui/V9/lock/idle", locked() and told("sign-in-title") == "Locked")
    scan(badges["sue"])
    shown("/gui/V9/lock/another-takes-over", works("sue")
          and until(lambda: "R0000000008" in texts("box")))
    setting("12")
    for _ in range(16):
        press("Shift_L")
        time.sleep(1)
    shown("/gui/V9/lock/not-while-somebody-types", showing("verdict"))
    setting("0")
    time.sleep(7)
    shown("/gui/V9/lock/never", showing("verdict") and not showing("sign-in-login"))
    setting("900")


def rights(badges):
    people("change", "sue", "--role", "receiver", by="adam")
    shown("/gui/V9/rights/role", until(lambda: not showing("page-returns"))
          and "role was changed" in told("notice"))
    people("change", "sue", "--role", "supervisor", by="adam")
    shown("/gui/V9/rights/role-back", until(lambda: showing("page-returns")))
    people("disable", "sue", by="adam")
    shown("/gui/V9/rights/disabled", locked()
          and until(lambda: "has disabled you" in told("sign-in-told")))
    scan(badges["sue"])
    shown("/gui/V9/rights/disabled-badge", until(lambda: "sue: disabled" in told("sign-in-told")))
    people("enable", "sue", by="adam")


def memory_of(pid):
    """What a core of the program would hold."""
    found = b""
    with open(f"/proc/{pid}/maps", encoding="ascii") as maps, open(f"/proc/{pid}/mem", "rb") as mem:
        for line in maps:
            words = line.split()
            begin, end = (int(part, 16) for part in words[0].split("-"))
            if "rw" in words[1] and end - begin < 1 << 28:
                mem.seek(begin)
                try:
                    found += mem.read(end - begin)
                except OSError:
                    pass
    return found


def nowhere(process, badges):
    """A PIN or a badge in arguments, log or core."""
    with open(f"/proc/{process.pid}/cmdline", "rb") as file:
        line = file.read()
    memory = memory_of(process.pid)
    shown("/gui/V9/core-is-read", b"R0000000008" in memory)
    for name, secret in (("pin", PIN), ("badge", badges["sue"][5:])):
        seen = secret.encode()
        shown(f"/gui/V9/{name}-in-no-arguments", seen not in line)
        shown(f"/gui/V9/{name}-in-no-core", seen not in memory
              and secret.encode("utf-16-le") not in memory
              and secret.encode("utf-32-le") not in memory)


first_pin()
enrol("adam", "administrator")
for login, role in (("rita", "receiver"), ("dick", "receiver")):
    people("add", login, "--name", login.title(), "--role", role, by="adam")
BADGES = {login: badge(login) for login in ("sue", "rita", "dick")}
people("disable", "dick", by="adam")
LOG = os.path.join(FOLDER, "log")
environment = {name: value for name, value in os.environ.items() if name != "BACKHAUL_PIN"}
with open(LOG, "w", encoding="utf-8") as log:
    with running(says="Nobody is signed in", stderr=log, stdout=log,
                 env={**environment, "G_MESSAGES_DEBUG": "all"}) as program:
        at_the_door(BADGES)
        shared_dock(BADGES)
        anywhere(BADGES)
        lock(BADGES)
        rights(BADGES)
        nowhere(program, BADGES)
with open(LOG, encoding="utf-8", errors="replace") as log:
    said = log.read()
shown("/gui/V9/nothing-in-the-log", all(word not in said for word in
                                       (PIN, *(text[5:] for text in BADGES.values()))))
finish()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A shared dock whose people have PINs, while the store is out of reach: they go on, change places
and come back from the lock; whose boxes they were is kept, and who was disabled meanwhile is told
(RULES 2, D15, F6, V9). Speaks TAP; run by run-gui."""
import os
import subprocess
import sys
import time

import hands
from hands import (CTL, ctl, finish, key_in, picture, press, running, scan, shown, showing, told,
                   until, verdict)

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../faults"))
from cluster import Gate, Ground, Server  # noqa: E402

PIN = "60718293"
os.environ["BACKHAUL_PIN"] = PIN


def people(*words, by="adam"):
    return subprocess.run([CTL, "--store", DIRECT] + (["--operator", by] if by else []) +
                          ["operator", *words], check=False, capture_output=True,
                          env={**os.environ, "BACKHAUL_NEW_PIN": PIN}).returncode == 0


def badge(login):
    page = os.path.join(os.environ["HOME"], login + ".pdf")
    people("badge", login, "-o", page)
    return ctl("--operator", "adam", "scan", page)[0]["text"]


def works(login, seconds=25):
    return until(lambda: (told("signed-in-as") or "").startswith(login + " at dock"), seconds)


def locked():
    return until(lambda: showing("sign-in-login")) and not showing("verdict")


def sign_in(login, pin, *before):
    time.sleep(0.5)  # what is typed at once would be a scanner's
    press(*before, "ctrl+a")
    key_in(login)
    press("Return")
    key_in(pin)
    press("Return")


def says(word):
    return until(lambda: told("verdict") == word, 40)


def next_box(*codes):
    scan("BH!NEXT-BOX")
    for code in codes:
        scan(code)


def receipts():
    return sorted(server.sql("SELECT serial || ' ' || verdict || ' ' || operator FROM receipt"
                             " WHERE void = 0", "backhaul").splitlines())


def on_line(badges):
    """Both have been here while the store was there."""
    scan(badges["sue"])
    shown("/gui/V9/away/one-was-here", works("sue"))
    scan(badges["rita"])
    shown("/gui/V9/away/another-was-here", works("rita"))
    scan("SERIAL0009")
    verdict("ACCEPT BY SERIAL", "D2")
    time.sleep(2)  # a copy is made


def away(badges):
    gate.closed = True
    next_box("SERIAL0010")
    shown("/gui/V9/away/who-is-there-goes-on", says("PROVISIONAL: TAKE IN"))
    began = time.monotonic()
    scan(badges["sue"])
    shown("/gui/V9/away/another-takes-over", works("sue"))
    took = time.monotonic() - began
    print(f"# another person after {took:.2f} s")
    next_box("SERIAL0011")
    shown("/gui/V9/away/and-goes-on", says("PROVISIONAL: TAKE IN"))
    press("ctrl+l")
    shown("/gui/V9/away/lock", locked())
    picture("offline-locked")
    sign_in("sue", "0000")
    shown("/gui/V9/away/wrong-pin", until(lambda: "wrong PIN" in told("sign-in-told")) and locked())
    sign_in("adam", PIN, "shift+Tab")
    shown("/gui/V9/away/who-was-never-here",
          until(lambda: "has not signed in at this window" in told("sign-in-told")) and locked())
    sign_in("sue", PIN, "shift+Tab")
    shown("/gui/V9/away/back-by-pin", works("sue") and until(lambda: showing("verdict")))
    scan(badges["rita"])
    shown("/gui/V9/away/back-by-badge", works("rita"))
    next_box("SERIAL0012")
    shown("/gui/V9/away/three-are-unsent", says("PROVISIONAL: TAKE IN") and
          until(lambda: told("unsent") == "3 boxes not sent"))


def back(badges):
    shown("/gui/V9/away/disabled-elsewhere", people("disable", "rita"))
    gate.closed = False
    shown("/gui/V9/away/who-was-disabled-is-told", until(
        lambda: "has disabled you" in (told("sign-in-told") or ""), 60) and locked())
    shown("/gui/D15/nothing-blocks-the-journal", until(lambda: not showing("unsent"), 60))
    shown("/gui/F6/whose-box-it-was", until(lambda: receipts() == [
        "SERIAL0009 accept rita", "SERIAL0011 accept sue"]))
    press("ctrl+s")
    time.sleep(1)
    scan(badges["sue"])
    shown("/gui/V9/away/another-sees-it", works("sue"))


def one_by_one():
    seen = []
    for _ in range(5):
        if not until(lambda: showing("changed-what"), 3):
            break
        picture("offline-not-received")
        last = told("changed-what") + " / " + told("changed-after")
        seen.append(last)
        press("ctrl+s")
        until(lambda: not showing("changed-what") or
              told("changed-what") + " / " + told("changed-after") != last, 5)
    shown("/gui/D15/what-was-not-received-is-told-one-by-one", len(seen) == 2 and all(
        text.startswith(f"NOT RECEIVED: {serial},") and "rita: disabled" in text
        for text, serial in zip(seen, ("SERIAL0010", "SERIAL0012"))))
    if len(seen) != 2:
        print("# " + repr(seen))
    next_box("SERIAL0010")
    shown("/gui/D15/it-may-come-again", verdict("ACCEPT BY SERIAL", "D2"))


ground = Ground()
server = Server(ground, "a")
server.sql("CREATE DATABASE backhaul")
backup = os.path.join(os.path.dirname(hands.STORE.partition(":")[2]), "copy.db")
ctl("backup", backup)
gate = Gate(server.port)
DIRECT = hands.STORE = f"postgresql://bh@127.0.0.1:{server.port}/backhaul"
subprocess.run([CTL, "--store", DIRECT, "restore", backup], check=True, capture_output=True)
people("add", "adam", "--name", "Adam", "--role", "administrator", by=None)
for person, role in (("sue", "supervisor"), ("rita", "receiver")):
    people("add", person, "--name", person.title(), "--role", role)
BADGES = {person: badge(person) for person in ("sue", "rita")}
hands.STORE = f"postgresql://bh@127.0.0.1:{gate.port}/backhaul"
# a person waits longer for a store that is lost
subprocess.run(["gsettings", "set", "org.backhaul.Backhaul", "offline-after", "2"], check=True)
try:
    with running(says="Nobody is signed in"):
        on_line(BADGES)
        away(BADGES)
        back(BADGES)
        one_by_one()
    hands.STORE = DIRECT
    shown("/gui/D15/away/check-is-clean", not any("error" in row for row in
                                                 ctl("--operator", "sue", "check")))
    shown("/gui/F6/away/journal-of-acts-is-whole", not any(
        "error" in row for row in ctl("--operator", "sue", "audit", "verify")))
    shown("/gui/F6/away/what-was-not-received-is-in-the-history", server.sql(
        "SELECT count(*) FROM audit WHERE what = 'replay' AND operator = 'rita'",
        "backhaul").strip() == "2")
finally:
    ground.__exit__()
finish()

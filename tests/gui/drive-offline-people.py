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
from hands import ctl, finish, picture, press, running, scan, showing, shown, told, until, verdict
from outage import PIN, Site, locked, next_box, says, sign_in, works

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../faults"))
from cluster import Gate  # noqa: E402


def badge(login):
    page = os.path.join(os.environ["HOME"], login + ".pdf")
    site.operator("badge", login, "-o", page)
    return ctl("--operator", "adam", "scan", page)[0]["text"]


def receipts():
    return site.receipts("serial || ' ' || verdict || ' ' || operator")


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
    shown("/gui/V9/away/disabled-elsewhere", site.operator("disable", "rita"))
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


site = Site()
site.enrol(sue="supervisor", rita="receiver")
gate = Gate(site.server.port)
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
    hands.STORE = site.direct
    shown("/gui/D15/away/check-and-journal-are-clean", site.is_whole("--operator", "sue"))
    shown("/gui/F6/away/what-was-not-received-is-in-the-history", site.sql(
        "SELECT count(*) FROM audit WHERE what = 'replay' AND operator = 'rita'") == "2")
finally:
    site.ground.__exit__()
finish()

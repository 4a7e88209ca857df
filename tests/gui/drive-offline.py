#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The store is out of reach for long: the dock goes on with provisional verdicts, the number unsent
is on screen, also after the program was started again; then the journal is received, and what
changed is shown until each is acknowledged (DESIGN, Stations; D8, D15). Speaks TAP; run by run-gui."""
import glob
import subprocess
import time

import hands
from hands import CTL, finish, picture, press, running, scan, showing, shown, told, until, verdict
from outage import FOLDERS, Site, next_box, says


def offline():
    scan("R0000000009")
    scan("SERIAL0009")
    shown("/gui/D1/on-line", verdict("ACCEPT", "D1"))
    shown("/gui/D15/nothing-unsent-nothing-said", not showing("unsent"))
    shown("/gui/D15/a-copy-is-made-in-the-background",
          until(lambda: glob.glob(FOLDERS + "/awaited")))
    # two docks have it: the other one receives it while this one is offline
    time.sleep(1)
    site.server.kill()
    next_box("SERIAL0010")
    shown("/gui/D15/provisional-in-words", says("PROVISIONAL: TAKE IN") and
          "Not on record yet" in told("rule"))
    shown("/gui/D15/unsent", until(lambda: told("unsent") == "1 box not sent" and
                                   showing("unsent")))
    shown("/gui/D15/says-that-it-is-offline", until(
        lambda: "OFFLINE" in told("offline") and not showing("connection")))
    picture("offline-accept")
    next_box("SERIAL0009")
    shown("/gui/D8/what-this-station-had-it-knows", says("PROVISIONAL: HAD BEFORE"))
    next_box("NEVERSEEN77")
    says("PROVISIONAL: WAITING")
    press("F2")
    shown("/gui/D3/nothing-is-refused-on-the-word-of-a-copy", says("PROVISIONAL: PUT ASIDE"))
    picture("offline-aside")
    next_box("R0000000012", "SERIAL0012")
    shown("/gui/D1/a-box-of-two-codes-is-one-box", says("PROVISIONAL: TAKE IN") and
          until(lambda: told("unsent") == "4 boxes not sent"))
    press("F8")
    shown("/gui/D16/what-is-provisional-is-not-voided", until(
        lambda: "nothing to undo" in told("notes")))
    press("ctrl+2")
    shown("/gui/D15/a-page-that-needs-the-store-says-so",
          until(lambda: "This page needs it" in told("offline")))
    picture("offline-other-page")
    press("ctrl+1")
    next_box("SERIAL0011")
    shown("/gui/D15/the-dock-goes-on", says("PROVISIONAL: TAKE IN"))


def started_again():
    shown("/gui/D15/unsent-after-a-new-start", until(
        lambda: told("unsent") == "5 boxes not sent" and showing("unsent")))
    shown("/gui/D15/the-dock-begins-without-the-store", until(lambda: "OFFLINE" in told("offline")))
    picture("offline-started-again")
    site.server.start()
    # meanwhile the other dock took it
    subprocess.run([CTL, "--store", hands.STORE, "--station", "south", "receive", "SERIAL0010"],
                   capture_output=True, check=False)
    shown("/gui/V9/opens-by-itself", until(lambda: "supervisor" in told("signed-in-as"), 60))
    shown("/gui/D15/the-journal-is-received", until(lambda: not showing("unsent"), 60))
    shown("/gui/D8/each-once", until(lambda: site.receipts() == [
        "NEVERSEEN77 refuse", "SERIAL0009 accept", "SERIAL0010 accept", "SERIAL0011 accept",
        "SERIAL0012 accept"]))
    shown("/gui/D15/what-changed-is-shown", until(lambda: showing("changed-what")) and
          "CHANGED" in told("changed-what"))
    picture("offline-changed")


def seen_one_by_one():
    """None is lost if the program ends in between, none is shown again."""
    what = []
    shown("/gui/D15/what-changed-is-shown-after-a-new-start", until(
        lambda: showing("changed-what"), 30))
    for _ in range(10):
        if not showing("changed-what"):
            break
        last = told("changed-what") + told("changed-after")
        what.append(last)
        if len(what) == 1:
            scan("SERIAL0013")
            shown("/gui/D15/one-goes-on-scanning", verdict("ACCEPT BY SERIAL", "D2") and
                  last == told("changed-what") + told("changed-after"))
        press("ctrl+s")
        until(lambda: not showing("changed-what") or
              told("changed-what") + told("changed-after") != last, 5)
    text = "\n".join(what)
    shown("/gui/D15/each-change-once", "NEVERSEEN77" in text and "REFUSE" in text and
          len(set(what)) == len(what) >= 1)
    if "NEVERSEEN77" not in text:
        print("# " + text.replace("\n", "\n# "))
    shown("/gui/D15/nothing-is-left-to-say", until(lambda: not showing("changed-what") and
                                                   not showing("unsent")))


site = Site()
try:
    with running():
        offline()
    with running(says="") as program:
        started_again()
        program.kill()
    with running():
        seen_one_by_one()
    with running():
        time.sleep(1)
        shown("/gui/D15/seen-is-seen", not showing("changed-what"))
    shown("/gui/D15/check-and-journal-are-clean", site.is_whole())
finally:
    site.ground.__exit__()
finish()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window that is started while the store is away opens at the dock by what the station has: also
again and again, for who was here before and nobody else, until the very store is back; and waits,
in words, where the station has nothing to go by (D15, V9, decision 0067). TAP; run by run-gui."""
import glob
import os
import subprocess
import time

import hands
from hands import CTL, ctl, finish, picture, press, running, scan, showing, shown, texts, told, until, verdict
from outage import (FOLDERS, PIN, Site, locked, next_box, says, sign_in, works)

WAITS = "The store is not there"


def file(name):
    return glob.glob(os.path.join(FOLDERS, name))[0]


def is_remembered():
    return until(lambda: all(glob.glob(os.path.join(FOLDERS, name))
                             for name in ("awaited", "station")))


def unsent(n):
    return until(lambda: told("unsent") == f"{n} box{'es' if n > 1 else ''} not sent" and
                 showing("unsent"))


def offline(words="Go on scanning"):
    return until(lambda: told("offline").startswith("OFFLINE") and words in told("offline"))


# ---- nobody has a PIN ----------------------------------------------------------------------


def first_day():
    with running():
        scan("SERIAL0009")
        shown("/gui/D15/start-away/on-line", verdict("ACCEPT BY SERIAL", "D2"))
        shown("/gui/D15/start-away/the-station-remembers", is_remembered())


def away():
    """As often as it is started: the program is ended in the midst of it."""
    with running("--page", "returns") as program:
        shown("/gui/D15/start-away/opens-at-the-dock", offline() and showing("verdict") and
              not showing("away-again"))
        picture("start-away")
        press("ctrl+2")
        shown("/gui/D15/start-away/other-pages-wait", offline("This page waits for it"))
        picture("start-away-other-page")
        press("ctrl+1")
        for serial in ("SERIAL0010", "SERIAL0011"):
            next_box(serial)
            shown("/gui/D15/start-away/provisional", says("PROVISIONAL: TAKE IN"))
        next_box("NEVERSEEN77")
        says("PROVISIONAL: WAITING")
        press("F2")
        shown("/gui/D3/start-away/nothing-is-refused", says("PROVISIONAL: PUT ASIDE"))
        shown("/gui/D15/start-away/unsent", unsent(3))
        program.kill()
    started_at_another()
    with running() as program:
        shown("/gui/D15/start-away/unsent-after-a-kill", unsent(3) and offline())
        next_box("SERIAL0010")
        shown("/gui/D8/start-away/knows-what-it-had", says("PROVISIONAL: HAD BEFORE"))
        next_box("SERIAL0012")
        shown("/gui/D15/start-away/goes-on", says("PROVISIONAL: TAKE IN") and unsent(5))
        another_store()
        back()


def rename(name, to):
    """Whoever is connected is sent away, and comes to nothing meanwhile."""
    site.server.sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    site.server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    f" WHERE datname = '{name}'")
    site.server.sql(f"ALTER DATABASE {name} RENAME TO {to}")
    site.server.sql(f"ALTER DATABASE {to} ALLOW_CONNECTIONS true")


def another_comes():
    """While nobody is there: another Backhaul's database is at the address when it comes back."""
    rename("backhaul", "kept")
    site.server.sql("CREATE DATABASE backhaul")
    subprocess.run([CTL, "--store", hands.STORE, "init"], check=True, capture_output=True)
    ctl("calendar", "add", "OTHER", os.path.join(os.environ["HOME"], "SITE.ics"))


def started_at_another():
    """The journal of before is not for the store that is there now."""
    site.server.start()
    with running():
        shown("/gui/D15/start-away/boxes-of-another-store", until(
            lambda: "boxes are of another store" in told("offline")) and unsent(3))
        picture("start-away-boxes-of-another")
    shown("/gui/D15/start-away/are-not-sent-there", site.receipts() == [])
    site.server.kill()


def another_store():
    """What answers is not what went away: nothing is sent there, and it is said."""
    site.server.start()
    shown("/gui/D15/start-away/another-store-is-told",
          until(lambda: "Another store answers" in told("offline-more") and showing("offline-more")))
    picture("start-away-another-store")
    shown("/gui/D15/start-away/and-gets-nothing", unsent(5) and site.receipts() == [])
    site.sql("INSERT INTO backhaul_version VALUES (99)")
    shown("/gui/D15/start-away/a-newer-one-is-told",
          until(lambda: "install the newer" in told("offline-more")))
    shown("/gui/D15/start-away/and-gets-nothing-either", unsent(5) and site.receipts() == [])
    site.sql("DELETE FROM backhaul_version WHERE version > 3")
    shown("/gui/D15/start-away/an-older-one-is-told",
          until(lambda: "the store has version 3" in told("offline-more")))
    rename("backhaul", "other")
    shown("/gui/D15/start-away/a-refusal-is-told",
          until(lambda: "no database of that name" in told("offline-more")))
    shown("/gui/D15/start-away/and-the-boxes-are-kept", unsent(5))
    rename("kept", "backhaul")


def back():
    shown("/gui/D15/start-away/received-without-a-restart",
          until(lambda: not showing("unsent"), 60) and not showing("offline-more"))
    shown("/gui/D8/start-away/each-once", until(lambda: site.receipts() == [
        "NEVERSEEN77 refuse", "SERIAL0009 accept", "SERIAL0010 accept", "SERIAL0011 accept",
        "SERIAL0012 accept"]))
    press("ctrl+s", "ctrl+s", "ctrl+s")
    next_box("SERIAL0013")
    shown("/gui/D15/start-away/on-line-again", verdict("ACCEPT BY SERIAL", "D2"))
    press("ctrl+2")
    shown("/gui/D15/start-away/the-pages-are-read", until(lambda: "rows" in (told("rows") or "")))
    press("ctrl+1")
    shown("/gui/D15/start-away/check-and-journal-are-clean", site.is_whole())


# ---- what is no use ------------------------------------------------------------------------


def waits(name, words):
    with running(says=WAITS):
        shown(f"/gui/D15/start-away/{name}-waits-and-says-why",
              until(lambda: "takes no call on port" in told("away-why") and
                    words in told("away-why")))
        picture("start-away-" + name)


def no_use():
    """A copy that is damaged or missing, what was altered, a key that is another one, and age."""
    copy, memory, key = file("awaited"), file("station"), file("journal.key")
    kept = {}
    for path in (copy, memory, key):
        with open(path, "rb") as whole:
            kept[path] = whole.read()

    def put(path, data):
        with open(path, "wb") as half:
            half.write(data)

    middle = len(kept[copy]) // 2
    put(copy, kept[copy][:middle] + bytes([kept[copy][middle] ^ 1]) + kept[copy][middle + 1:])
    waits("damaged-copy", "copy of the awaited units is damaged")
    os.unlink(copy)
    waits("no-copy", "no copy of the awaited units")
    put(copy, kept[copy])
    put(memory, kept[memory][:-1] + bytes([kept[memory][-1] ^ 1]))
    waits("altered", "the file was altered")
    os.unlink(memory)
    waits("nothing-remembered", "nobody has worked at this station yet")
    put(memory, kept[memory])
    os.unlink(key)
    waits("no-key", "the station's key is another one")
    put(key, kept[key])
    with running():
        shown("/gui/D15/start-away/whole-again", offline())


# ---- people have PINs ----------------------------------------------------------------------


def people():
    site.server.start()
    site.enrol(sue="supervisor", rita="receiver", tom="receiver", ned="receiver")
    with running(says="Nobody is signed in"):
        for person in ("sue", "tom", "rita"):
            sign_in(person, PIN)
            shown("/gui/V9/start-away/was-here", works(person))
            time.sleep(0.5)
            press("ctrl+l")
    # whoever was disabled while the station heard of it is forgotten
    site.operator("disable", "tom")
    with running(says="Nobody is signed in"):
        sign_in("rita", PIN)
        works("rita")
        time.sleep(3)
    site.server.kill()
    with running(says="Nobody is signed in") as program:
        shown("/gui/V9/start-away/is-locked", locked() and
              until(lambda: "signed in at this station before" in told("sign-in-told")))
        picture("start-away-locked")
        for name, login, pin, *before in (("wrong-pin", "rita", "0000"),
                                          ("never-here", "ned", PIN, "shift+Tab"),
                                          ("disabled", "tom", PIN, "shift+Tab")):
            sign_in(login, pin, *before)
            shown(f"/gui/V9/start-away/{name}", until(
                lambda: "has not signed in at this" in told("sign-in-told")) and locked())
        for _ in range(4):
            sign_in("sue", "1111", "shift+Tab")
            until(lambda: "has not signed in at this" in told("sign-in-told"))
        sign_in("rita", PIN, "shift+Tab")
        shown("/gui/V9/start-away/who-was-here", works("rita") and offline())
        for serial in ("SERIAL0014", "SERIAL0015", "SERIAL0016"):
            next_box(serial)
            says("PROVISIONAL: TAKE IN")
        shown("/gui/V9/start-away/three-are-unsent", unsent(3))
        picture("start-away-rita")
        program.kill()
    with running(says="Nobody is signed in"):
        shown("/gui/V9/start-away/locked-is-locked", locked())
        sign_in("sue", "1111")
        until(lambda: "has not signed in at this" in told("sign-in-told"))
        sign_in("sue", PIN, "shift+Tab")
        shown("/gui/V9/start-away/wrong-pins-count-on", until(
            lambda: "too many wrong ones" in told("sign-in-told")) and locked())
        sign_in("rita", PIN, "shift+Tab")
        shown("/gui/V9/start-away/goes-on-after-a-kill", works("rita") and unsent(3))
        next_box("SERIAL0017")
        shown("/gui/V9/start-away/provisional", says("PROVISIONAL: TAKE IN") and unsent(4))
        site.server.start()
        shown("/gui/V9/start-away/received", until(lambda: not showing("unsent"), 60) and
              works("rita"))
        shown("/gui/F6/start-away/whose-boxes", until(lambda: site.receipts(
            "serial || ' ' || operator")[-4:] == [f"SERIAL00{n} rita" for n in range(14, 18)]))
        next_box("SERIAL0018")
        shown("/gui/V9/start-away/on-line-again", verdict("ACCEPT BY SERIAL", "D2"))
        shown("/gui/V9/start-away/what-is-read-is-by-them",
              until(lambda: "SERIAL0018" in texts("tally")))
    shown("/gui/D15/start-away/people-check-is-clean", site.is_whole("--operator", "sue"))


site = Site()
# a person waits longer for a store that is lost
subprocess.run(["gsettings", "set", "org.backhaul.Backhaul", "offline-after", "2"], check=True)
try:
    first_day()
    another_comes()
    site.server.kill()
    away()
    site.server.kill()
    no_use()
    people()
finally:
    site.ground.__exit__()
finish()

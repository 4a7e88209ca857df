#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The history of anything, by keys alone (F6). Speaks TAP; run by run-gui."""
import datetime
import hashlib
import os
import sqlite3
import subprocess
import sys
import time

from hands import (CTL, STORE, Atspi, ctl, finish, key_in, press, running, scan, shown, showing, table,
                   told, until, walk, window)

WHEN, WHAT, ABOUT, WHO, STATION = range(5)
EMBEDDED = STORE.startswith("sqlite:")
# a server's entries are read more slowly
MANY = 300000 if EMBEDDED else 100000
# of a person whose name is longer than its column
NAME = "Sue Ellen Fernández de la Vega y Montalbán"


def rows():
    return table("history-table")


def chosen():
    """What the row under the cursor is about."""
    tree = next(n for n in walk(window()) if n.get_accessible_id() == "history-table")
    return [Atspi.Table.get_accessible_at(tree, r, ABOUT).get_name()
            for r in Atspi.Table.get_selected_rows(tree)]


def search(text):
    press("ctrl+f", "ctrl+a")
    key_in(text)


def prepared():
    """Two stations have worked: a unit came, a setting was changed, a receipt was voided."""
    ctl("--station", "north", "receive", "R0000000001", "SERIAL0001", "BH!NEXT-BOX")
    held = ctl("--station", "north", "receive", "R0000000002", "SERIAL0002", "BH!NEXT-BOX")
    ctl("--station", "office", "void", held[0]["receipt"], "--reason", "wrong box")
    ctl("--station", "office", "policy", "set", "chase.before-days", "5")


def everything():
    press("ctrl+h")
    shown("/gui/F6/history/newest-first", until(lambda: [r[WHAT] for r in rows()[:4]] == [
        "Setting changed", "Receipt voided", "Received at the dock", "Received at the dock"]))
    shown("/gui/F6/history/what-where", rows()[0][ABOUT] == "Setting chase.before-days"
          and rows()[0][STATION] == "office"
          and rows()[1][ABOUT] == "Unit SERIAL0002 · R0000000002")
    shown("/gui/F6/history/how-many", "entries" in told("history-rows"))


def of_a_unit():
    search("serial0001")
    shown("/gui/F6/history/of-a-unit", until(lambda: [r[ABOUT] for r in rows()] ==
                                            ["Unit SERIAL0001 · R0000000001"]))
    press("Escape", "Home")
    shown("/gui/F6/history/before-and-after",
          until(lambda: told("history-title") == "Received at the dock"
                and "ACCEPT (D1)" in told("history-after")) and told("history-before") == "–")
    shown("/gui/F6/history/where", "north" in told("history-where")
          and told("history-number").startswith("north:"))
    press("Return", "Return")
    shown("/gui/F6/history/on-to-the-rma", until(lambda: (told("rma") or "").endswith("R0000000001")))
    until(lambda: told("in-journal") is not None)
    time.sleep(0.3)  # the keys come to its links
    press("Tab", "Return")
    shown("/gui/F6/history/tab-reaches-the-links-of-the-rma",
          until(lambda: told("unit") == "SERIAL0001"))
    press("Escape")
    until(lambda: showing("lines"))
    press("alt+j")
    shown("/gui/F6/history/all-of-the-rma", until(lambda: showing("history-table") and [
        r[WHAT] for r in rows()] == ["Received at the dock"]
        and told("history-search") == "R0000000001"))
    press("Escape")
    shown("/gui/F6/history/back-to-the-rma", until(lambda: showing("lines")))
    press("ctrl+h", "Escape", "Home")
    until(lambda: showing("history-title"))
    press("alt+r")
    until(lambda: showing("lines"))
    press("Escape")
    shown("/gui/F6/history/and-back", until(lambda: showing("history-table"))
          and told("history-title") == "Received at the dock")
    press("alt+u")
    shown("/gui/F6/history/on-to-the-unit", until(lambda: told("unit") == "SERIAL0001"))
    press("Escape")
    until(lambda: showing("history-table"))


def of_a_setting():
    search("chase.before-days")
    until(lambda: [r[WHAT] for r in rows()] == ["Setting changed"])
    press("Escape", "Home")
    shown("/gui/F6/history/side-by-side", until(lambda: (told("history-before"), told("history-after"))
                                               in (("3", "5"), ("–", "5"))))
    search("R0000000002")
    shown("/gui/F6/history/of-an-rma", until(lambda: [r[WHAT] for r in rows()] ==
                                            ["Receipt voided", "Received at the dock"]))
    search("no such thing")
    shown("/gui/F6/history/nothing-says-what-to-do",
          until(lambda: showing("history-empty") and rows() == []
                and "it is not the whole of an RMA" in told("history-empty")))
    press("ctrl+f", "ctrl+a", "Delete")
    until(lambda: len(rows()) > 4)


def narrowed():
    press("ctrl+f", "Tab")
    key_in("2001-01-01")
    press("Tab")
    key_in("2001-01-02")
    shown("/gui/F6/history/of-some-days", until(lambda: rows() == [] and
                                               showing("history-empty") and
                                               "Widen the days" in told("history-empty")))
    press("ctrl+a")
    key_in("2001-13-01")
    press("Return")
    shown("/gui/F6/history/no-such-day", until(lambda: "2001-13-01: no such date" in
                                              told("history-rows")))
    press("ctrl+a")
    key_in(str(datetime.date.today() + datetime.timedelta(days=2)))
    shown("/gui/F6/history/up-to-a-day", until(lambda: len(rows()) > 4))
    press("ctrl+a", "Delete", "shift+Tab", "ctrl+a", "Delete")
    # the third of the acts: the voided receipts
    press("Tab", "Tab", "space", "Home", "Down", "Down", "Down", "Return")
    shown("/gui/F6/history/one-act", until(lambda: [r[WHAT] for r in rows()] == ["Receipt voided"]))
    press("space", "Home", "Return")
    until(lambda: len(rows()) > 4)


def live():
    press("Escape", "Home", "Down")
    until(lambda: chosen() == ["Unit SERIAL0002 · R0000000002"])
    ctl("--station", "other", "receive", "R0000000003", "SERIAL0003", "BH!NEXT-BOX")
    shown("/gui/F6/history/another-station-shows",
          until(lambda: rows()[0][ABOUT] == "Unit SERIAL0003 · R0000000003"
                and rows()[0][STATION] == "other"))
    shown("/gui/F6/history/the-cursor-stays", chosen() == ["Unit SERIAL0002 · R0000000002"]
          and told("history-title") == "Receipt voided")
    scan("SERIAL0003")
    shown("/gui/F6/history/a-scan-is-looked-for", until(lambda: [r[ABOUT] for r in rows()] ==
                                                       ["Unit SERIAL0003 · R0000000003"]))
    press("F1")
    shown("/gui/F6/history/in-the-sheet-of-keys", until(lambda: any(
        (n.get_name() or "").startswith("History: ") for n in walk(window()))))
    press("F1")


def field(value):
    return b"-;" if value is None else f"{len(value.encode())}:".encode() + value.encode()


def sql(text, rows=""):
    """As somebody does who owns the database."""
    if not EMBEDDED:
        subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-c", text, STORE], check=True,
                       input=rows, text=True)
        return
    store = sqlite3.connect(STORE.partition(":")[2], timeout=60)
    if rows:
        store.executemany("INSERT INTO audit (station, seq, at_us, operator, act, what, entity,"
                          " before, after, previous, hash) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                          ([cell or None for cell in row.split(",")[:9]] + row.split(",")[9:]
                           for row in rows.splitlines()))
    else:
        store.execute(text)
    store.commit()
    store.close()


def lengthened():
    """A journal that is long enough to be stopped in."""
    previous = ""
    entries = []
    for seq in range(1, MANY + 1):
        entry = ["zz", str(seq), "1", "root", f"a{seq}", "move", "unit:X", None, "to dock", previous]
        previous = hashlib.sha256(b"".join(map(field, entry))).hexdigest()
        # what is quoted is no NULL
        entries.append(",".join([*(cell or "" for cell in entry[:9]),
                                 entry[9] or ("" if EMBEDDED else '""'), previous]))
    sql("COPY audit (station, seq, at_us, operator, act, what, entity, before, after, previous, hash)"
        " FROM STDIN (FORMAT csv)", "\n".join(entries) + "\n")


def stopped():
    """A fast machine may be done before the second key."""
    # so that an Escape which comes too late does not leave the page
    press("ctrl+f", "alt+c")
    if not until(lambda: told("journal-told").startswith("Every entry"), 5):
        return False
    press("Escape")
    until(lambda: not told("journal-told").startswith("Every entry"))
    return told("journal-told").startswith("Stopped")


def checked():
    n = len(ctl("audit", "show"))
    press("alt+c")
    shown("/gui/F6/check/whole", until(lambda: told("journal-told").startswith(
        f"✓ The journal is whole: {n} entries")))
    lengthened()
    shown("/gui/F6/check/stopped", any(stopped() for _ in range(8)))
    press("alt+c")
    shown("/gui/F6/check/and-again", until(lambda: f"whole: {n + MANY} entries" in
                                          told("journal-told"), 120))


def damaged():
    sql("UPDATE audit SET after = 'nothing' WHERE station = 'office' AND seq = 2")
    press("alt+c")
    shown("/gui/F6/check/names-the-altered-one", until(
        lambda: told("journal-told").startswith("✗ The journal is not as it was written: entry 2 of "
                                                "station office was altered")))
    sql("DELETE FROM audit WHERE station = 'north' AND seq = 1")
    press("alt+c")
    shown("/gui/F6/check/names-the-removed-one", until(
        lambda: "entry 1 of station north was removed" in told("journal-told")))


def left():
    """A check that is running when another person signs in does not go on under the first."""
    press("ctrl+f", "alt+c")
    if not until(lambda: told("journal-told").startswith("Every entry"), 5):
        return False
    press("ctrl+l")
    sign_in("sue")
    press("ctrl+h")
    until(lambda: not told("journal-told").startswith("Every entry"))
    words = told("journal-told")
    press("ctrl+l")
    sign_in("adam")
    press("ctrl+h")
    return words.startswith("Stopped, as who began")


def enrol(login, name, role, *by):
    subprocess.run([CTL, "--store", STORE, *by, "operator", "add", login, "--name", name,
                    "--role", role], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def sign_in(login):
    until(lambda: showing("sign-in-login"))
    key_in(login)
    press("Return")
    key_in("4711")
    press("Return")
    until(lambda: (told("signed-in-as") or "").startswith(login))


def roles():
    """V9: a receiver sees the dock; the others may read the journal."""
    os.environ.update(BACKHAUL_PIN="4711", BACKHAUL_NEW_PIN="4711")
    enrol("sue", NAME, "supervisor")
    enrol("rita", "Rita", "receiver", "--operator", "sue")
    enrol("adam", "Adam", "administrator", "--operator", "sue")
    with running(says="Nobody is signed in"):
        sign_in("rita")
        shown("/gui/V9/history/not-in-a-receivers-list", until(lambda: showing("page-dock"))
              and not showing("page-history"))
        press("ctrl+h", "ctrl+8")
        # a page is made when it is first visited
        shown("/gui/V9/history/nor-by-its-key", until(lambda: showing("morning"))
              and told("history-rows") is None)
        press("ctrl+l")
        sign_in("adam")
        until(lambda: showing("page-history"))
        press("ctrl+h")
        shown("/gui/V9/history/an-administrators", until(lambda: len(rows()) > 4))
        search(NAME.lower())
        shown("/gui/F6/history/of-a-person", until(lambda: [(r[WHAT], r[ABOUT]) for r in rows()] == [
            ("Person enrolled", "Person adam"), ("Person enrolled", "Person rita"),
            ("Person enrolled", "Person sue")]) and rows()[0][WHO] == NAME)
        shown("/gui/F6/check/stops-when-who-began-it-goes", any(left() for _ in range(4)))
        damaged()


prepared()
with running():
    everything()
    # what is found is asked on both engines by tests/desk/test-trail.c
    if EMBEDDED:
        of_a_unit()
        of_a_setting()
        narrowed()
    live()
    checked()
roles()
finish()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How soon what another station did is on this screen: from that station's acknowledgement to other
pixels where the page shows it, page by page. Run by scripts/bench live through run-gui; prints JSON, a
page a line."""
import json
import os
import statistics
import subprocess
import sys
import time

import hands
from hands import Atspi, ctl, press, key_in, running, table, told, until, walk, window

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../bench"))
from screen import area_of, look  # noqa: E402

ACTS = int(os.environ.get("BH_ACTS", "20"))
WIDTH, HEIGHT = 1366, 768  # of the screen that run-gui makes
MOST = 15  # seconds that a change is waited for


def node(what):
    return next(n for n in walk(window()) if n.get_accessible_id() == what and
                n.get_state_set().contains(Atspi.StateType.SHOWING))


def at_rest(area):
    """The picture, once it stays the same."""
    seen = look(area)
    until_s = time.monotonic() + MOST
    same = time.monotonic()
    while time.monotonic() - same < 0.7 and time.monotonic() < until_s:
        now = look(area)
        if now != seen:
            seen, same = now, time.monotonic()
        time.sleep(0.02)
    return seen


def acknowledged(arguments):
    """When the other station had its answer."""
    with subprocess.Popen([hands.CTL, "--store", hands.STORE, "--station", "other", "--json",
                           *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        line = process.stdout.readline()
        at = time.monotonic()
        process.stdout.read()
    if process.returncode not in (0, 1) or line.startswith(b'{"error"'):
        raise SystemExit(f"drive-live-time: {arguments}: {line!r}")
    # of a calendar that moves no clock nothing is answered
    return at, json.loads(line) if line else {}


def measure(page, what, acts, most=ACTS):
    """@acts: arguments, or what makes them of the last answer."""
    # a list of one row is not there before it
    until(lambda: node(what) is not None)
    x, y, width, height = area_of(node(what))
    # what of it is on screen
    area, delays, answer = (x, y, min(width, WIDTH - x), min(height, HEIGHT - y)), [], {}
    if min(area[2:]) < 8:
        raise SystemExit(f"drive-live-time: {page}: {what} is not to be seen")
    for i in range(min(ACTS, most)):
        before = at_rest(area)
        at, answer = acknowledged(acts(i, answer))
        while look(area) == before:
            if time.monotonic() - at > MOST:
                raise SystemExit(f"drive-live-time: {page}: act {i + 1} was never seen")
            time.sleep(0.002)
        delays.append(max(time.monotonic() - at, 0))
    print(json.dumps({"page": page, "acts": len(delays), "median": statistics.median(delays),
                      "worst": max(delays)}), flush=True)


def swapped(base):
    return lambda i, _: ["receive", f"R{base + i:010d}", f"SWAP{base + i}X", "BH!NEXT-BOX"]


def received(base):
    return lambda i, _: ["receive", f"SERIAL{base + i:04d}", "BH!NEXT-BOX"]


def in_turn(one, other):
    return lambda i, answer: one(i, answer) if i % 2 == 0 else other(i, answer)


def returns():
    rows = [row[0] for row in table("returns-table")]
    measure("Returns", "returns-table", lambda i, _: ["rma", "cancel", rows[i % len(rows)],
                                                      "--reason", "sold"])


def an_rma():
    press("ctrl+f", "ctrl+a")
    key_in("R2000000002")
    until(lambda: len(table("returns-table")) == 1)
    press("Tab", "Home", "Return")
    until(lambda: told("rma") == "R2000000002")
    pause = ["clock", "pause", "R2000000002", "--kind", "C1", "--reason", "customs"]
    resume = ["clock", "resume", "R2000000002", "--kind", "C1", "--reason", "through"]
    measure("an RMA that is open", "clocks", in_turn(lambda *_: pause, lambda *_: resume))


def due():
    pause = ["clock", "pause", "R2000000001", "--kind", "C1", "--reason", "customs"]
    resume = ["clock", "resume", "R2000000001", "--kind", "C1", "--reason", "through"]
    measure("Due", "due-table", in_turn(lambda *_: pause, lambda *_: resume))


def cases():
    measure("Cases", "cases-table",
            lambda i, _: ["case", "new", f"2026-0101-{i + 1:06d}", "--account", "ACME", "--site", "HQ",
                          "--priority", "P1"])


def issue():
    measure("Issue: drafts", "issue-drafts", in_turn(
        lambda *_: ["rma", "new", "--case", "2026-1101-000001", "--account", "ACME", "--site", "HQ",
                    "--destination", "SJC", "--unit", "COVER0001"],
        lambda _, answer: ["rma", "cancel", answer["rma"], "--reason", "sold"]))


def bench():
    for i in range(ACTS):
        ctl("receive", f"SERIAL{150 + i:04d}", "BH!NEXT-BOX")
    measure("Bench", "bench-table",
            lambda i, _: ["move", f"SERIAL{150 + i:04d}", "--to", "repair:RC1"])


def reports():
    until(lambda: "rows" in (told("report-told") or ""))
    measure("Reports: what is not back", "report-table",
            lambda *_: ["receive", table("report-table")[0][4], "BH!NEXT-BOX"])


def printers():
    jobs = {job["rma"]: job["job"] for job in ctl("print", "queue")}
    # of the rows that are in sight
    rows = [next(jobs[cell] for cell in row if cell in jobs) for row in table("prints-table")]
    measure("Printers: the queue", "prints-table", lambda i, _: ["print", "cancel", rows[i]], 12)


def unit():
    key_in("SERIAL0130")
    press("Return")
    until(lambda: told("unit") == "SERIAL0130")
    measure("Unit", "history", lambda i, _: ["move", "SERIAL0130", "--to", f"shelf:S{i}"])


def calendars():
    """A holiday of this year comes, and another in its place."""
    def ics(i):
        path = os.path.join(os.environ["HOME"], f"{i}.ics")
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
                       f"DTSTART;VALUE=DATE:{time.localtime().tm_year}0102\r\nSUMMARY:Day {i}\r\n"
                       "END:VEVENT\r\nEND:VCALENDAR\r\n")
        return path
    measure("Calendars", "calendar-holidays", lambda i, _: ["calendar", "add", "SITE", ics(i)])


def tally():
    """A unit is received at this dock elsewhere, and its receipt voided; reports() has had the first."""
    until(lambda: told("accept") is not None)
    measure("Dock: the tally", "counts", in_turn(
        lambda i, _: ["--dock", "north", "receive", f"SERIAL{132 + i // 2:04d}", "BH!NEXT-BOX"],
        lambda _, answer: ["void", answer["receipt"], "--reason", "not this box"]))


PAGES = [("ctrl+2", returns), (None, an_rma), ("ctrl+4", due),
         ("ctrl+5", lambda: measure("Holds", "holds-table", swapped(30))),
         ("ctrl+6", cases), ("ctrl+7", issue), ("ctrl+b", bench),
         ("ctrl+m", lambda: measure("Mails", "mails-table", received(60))),
         ("ctrl+r", printers),
         ("ctrl+8", lambda: measure("Morning", "morning", swapped(190))),
         ("ctrl+9", reports), ("ctrl+h", lambda: measure("History", "history-table", received(108))),
         ("ctrl+k", calendars), ("ctrl+3", unit), ("ctrl+1", tally)]
ctl("receive", "R0000000029", "SWAP29X", "BH!NEXT-BOX")
ctl("rma", "new", "--case", "2026-1101-000002", "--account", "ACME", "--site", "HQ", "--destination",
    "SJC", "--unit", "COVER0002")
ctl("receive", "SERIAL0130", "BH!NEXT-BOX")
ctl("receive", "SERIAL0131", "BH!NEXT-BOX")
ctl("move", "SERIAL0131", "--to", "repair:RC1")
only = os.environ.get("BH_PAGE")
with running("--page", "dock"):
    for keys, work in PAGES:
        if keys is not None:
            press(keys)
            time.sleep(1.5)
        if only is None or only in (work.__name__, keys):
            work()

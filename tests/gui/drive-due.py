#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The board of clocks: read, filtered, worked by keys alone. Speaks TAP; run by run-gui."""
import datetime
import os
import time

from hands import (ctl, finish, key_in, press, running, scan, shown, showing, table, texts, told,
                   until)

DELIVERED = str(datetime.date.today() - datetime.timedelta(days=10))
STATE, KIND, DUE, LEFT, RMA, LINE, SERIAL, ACCOUNT = range(8)


def rows():
    return table("due-table")


def due_of(rma):
    return [c["due"] for c in ctl("clock", "show", rma) if c["kind"] == "C1"]


def board():
    press("ctrl+4")
    shown("/gui/C10/soonest-first", until(lambda: rows()[0][SERIAL] == "LATE0001"))
    shown("/gui/C10/state-in-word-and-shape", rows()[0][STATE] == "▲ late")
    shown("/gui/K3/by-how-many-days", rows()[0][LEFT].endswith("days late"))
    shown("/gui/O1/all-of-it-is-counted",
          until(lambda: told("due-rows").startswith("226 clocks: 6 late, 0 due soon")))
    working = until(lambda: len(texts("working").split("\n")) > 30)
    words = texts("working").split("\n")
    shown("/gui/K1/the-working-stands-beside-it",
          working and "day 0" in words and "Saturday" in words and "10" in words)
    press("Down")
    shown("/gui/K1/it-follows-the-cursor", until(lambda: "late" in texts("clock")))


def filters():
    press("ctrl+f")
    key_in("interexchange")
    shown("/gui/K3/by-account", until(lambda: {row[ACCOUNT][:14] for row in rows()} ==
                                      {"The Honourable"} and len(rows()) == 6))
    press("Escape")
    shown("/gui/K3/escape-takes-the-filter-away", until(lambda: "226" in told("due-rows")))
    press("ctrl+f", "Tab", "Down", "Down")  # C2
    shown("/gui/C10/by-kind-and-the-empty-state",
          until(lambda: showing("due-empty") and "No clock fits" in told("due-empty")))
    press("Up", "Up", "Tab", "Down", "Down")
    shown("/gui/C10/by-state", until(lambda: told("due-rows").startswith("6 clocks: 6 late")))
    press("Up", "Up", "Tab", "Down", "Down")
    shown("/gui/K3/by-age", until(lambda: told("due-rows").startswith("6 clocks: 6 late")))
    press("Up", "Up")
    scan("LATE0004")
    shown("/gui/S11/a-scan-finds-its-clock",
          until(lambda: [row[SERIAL] for row in rows()] == ["LATE0004"]))
    press("Escape")
    until(lambda: "226" in told("due-rows"))


def chosen():
    press("ctrl+f", "Return", "Home")
    time.sleep(0.5)
    press("shift+Down", "shift+Down")
    shown("/gui/O2/several-are-chosen", until(lambda: "3 chosen" in told("due-rows")))
    press("ctrl+a")
    shown("/gui/O2/all-are-chosen", until(lambda: "226 chosen" in told("due-rows")))
    press("Home", "space", "ctrl+Down", "ctrl+Down", "space", "ctrl+Down", "space")
    shown("/gui/O2/space-takes-one-more", until(lambda: "2 chosen" in told("due-rows")))


def extend():
    before = due_of("R2000000001")
    press("ctrl+f", "Return", "Home", "shift+Down")
    time.sleep(0.5)
    press("alt+e")
    shown("/gui/O2/extend/says-what-will-happen", until(
        lambda: texts("act-preview").count("will be due") == 2 and
        "R2000000001" in texts("act-preview")))
    key_in("3")
    press("Tab")
    shown("/gui/O2/extend/a-reason-is-wanted", until(lambda: "reason" in told("act-wants")))
    shown("/gui/O2/extend/nothing-is-done-before-it-is-said", due_of("R2000000001") == before)
    key_in("customs asked")
    preview = texts("act-preview")
    press("Return")
    shown("/gui/O2/extend/done", until(lambda: told("due-told") == "2 clocks done."))
    after = due_of("R2000000001")
    shown("/gui/O2/extend/as-it-was-said", after != before and f"will be due {after[0]}" in preview)
    press("alt+e")
    until(lambda: showing("act-go"))
    press("Escape")
    shown("/gui/O2/extend/escape-leaves-it",
          until(lambda: not showing("act-go")) and due_of("R2000000001") == after)


def undo_extend():
    """Of two clocks at once, by its key, while no question is open."""
    before = [due_of("R2000000001"), due_of("R2000000002")]
    shown("/gui/O2/undo/is-offered", until(lambda: showing("due-undo")))
    press("ctrl+z")
    shown("/gui/O2/undo/says-how-it-went", until(lambda: told("due-told") == "2 taken back."))
    after = [due_of("R2000000001"), due_of("R2000000002")]
    shown("/gui/O2/undo/the-prior-date-returns", after != before and
          after[0] == after[1] == due_of("R2000000003"))
    shown("/gui/O2/undo/once", until(lambda: not showing("due-undo")))


def undone(key, rma, serial, became, *typed):
    """An act and its undo: the line is awaited again."""
    find(serial)
    do(key, *typed)
    press("Return")
    done = until(lambda: line_of(rma) == became and showing("due-undo"))
    press("ctrl+z")
    shown(f"/gui/O2/undo/{became}", done and until(lambda: line_of(rma) == "awaited") and
          until(lambda: told("due-told") == "1 taken back."))
    press("Escape")


def claim_states(rma):
    return [claim["state"] for claim in ctl("claim", "list", rma)]


def clock_of(rma):
    return next((c["state"], c["due"]) for c in ctl("clock", "show", rma) if c["kind"] == "C1")


def stands(rma):
    return clock_of(rma)[0] == "paused"


def undo_clock():
    """A pause and a resumption: each once, by its key."""
    rma = "R2000000001"
    before = clock_of(rma)
    find("LATE0001")
    do("alt+u", "customs")
    press("Return")
    until(lambda: stands(rma) and showing("due-undo"))
    press("ctrl+z")
    shown("/gui/C9/undo/the-pause-never-was", until(lambda: clock_of(rma) == before) and
          until(lambda: told("due-told") == "1 taken back."))
    shown("/gui/C9/undo/the-board-says-so", until(lambda: rows()[0][STATE] == "▲ late"))
    find("LATE0001")
    do("alt+u", "customs")
    press("Return")
    until(lambda: stands(rma))
    find("LATE0001")
    do("alt+s", "let go")
    press("Return")
    until(lambda: clock_of(rma)[0] == "late" and showing("due-undo"))
    press("ctrl+z")
    shown("/gui/C9/undo/it-stands-on", until(lambda: stands(rma)))
    find("LATE0001")
    do("alt+s", "let go")
    press("Return")
    until(lambda: clock_of(rma)[0] == "late")
    press("Escape")


def claimed(serial):
    """A proof of delivery recorded, and its answer read."""
    find(serial)
    do("alt+m", "UPS", "1Z999AA10123456784", DELIVERED, "J. Doe")
    press("Return")
    until(lambda: "no box at the dock matches it" in texts("act-preview"))
    press("Escape")


def undo_claim():
    """A claim, and each decision of one, while nothing came after (O5)."""
    rma = "R2000000006"
    before = clock_of(rma)
    claimed("LATE0006")
    shown("/gui/O5/undo/is-offered", until(lambda: showing("due-undo")) and
          claim_states(rma) == ["pending"])
    press("ctrl+z")
    shown("/gui/O5/undo/the-claim-is-withdrawn",
          until(lambda: claim_states(rma) == ["withdrawn"]) and clock_of(rma) == before and
          until(lambda: told("due-told") == "1 taken back."))
    claimed("LATE0006")
    for key, word in (("alt+p", "accepted"), ("alt+l", "rejected")):
        find("LATE0006")
        do(key, "looked at it")
        press("Return")
        decided = until(lambda: word in claim_states(rma) and showing("due-undo"))
        press("ctrl+z")
        shown(f"/gui/O5/undo/{word}", decided and
              until(lambda: claim_states(rma) == ["pending", "withdrawn"]) and
              until(lambda: told("due-told") == "1 taken back.") and
              stands(rma))
        press("Escape")
    find("LATE0006")
    do("alt+l", "looked at it")
    press("Return")
    until(lambda: "rejected" in claim_states(rma) and showing("due-undo"))
    ctl("clock", "pause", rma, "--kind", "C1", "--reason", "customs")
    press("ctrl+z")
    shown("/gui/O5/undo/not-after-a-pause",
          until(lambda: "was paused since (C9)" in told("due-told")) and
          "rejected" in claim_states(rma))
    ctl("clock", "pause", rma, "--kind", "C1", "--undo", "--reason", "it was a test")
    press("Escape")


def queued(kind):
    return [m for m in ctl("mail", "list", "--state", "queued") if m["kind"] == kind]


def remind():
    press("ctrl+f", "ctrl+a")
    key_in("LATE000")
    until(lambda: told("due-rows").startswith("6 clocks"))
    press("Return", "ctrl+a")
    until(lambda: "6 chosen" in told("due-rows"))
    do("alt+d")
    shown("/gui/K5/remind/one-mail-is-said-before", until(
        lambda: texts("act-preview").count("one mail to The Honourable") == 1 and
        texts("act-preview").count("is overdue") == 6))
    press("Return")
    shown("/gui/K5/remind/done", until(
        lambda: told("due-told") == "6 lines reminded of · 1 mail waits") and len(queued("overdue")) == 1)
    press("Escape", "ctrl+z")
    shown("/gui/F4/remind/withdrawn-while-it-waits",
          until(lambda: queued("overdue") == []) and
          until(lambda: told("due-told") == "1 taken back."))
    find("LATE0003")
    do("alt+d")
    press("Return")
    until(lambda: len(queued("overdue")) == 1 and showing("due-undo"))
    ctl("mail", "send", "--maildir", os.path.join(os.environ["HOME"], "sent"))
    press("Escape", "ctrl+z")
    shown("/gui/F4/remind/what-has-gone-is-said",
          until(lambda: "cannot be unsent" in told("due-told")))
    find("LATE0003")
    do("alt+d")
    shown("/gui/K5/remind/not-twice-a-day",
          until(lambda: "told of it today (K5)" in texts("act-preview")))
    press("Escape", "Escape")


def pause():
    press("ctrl+f", "Return", "Home")
    time.sleep(0.5)
    rma = rows()[0][RMA]
    press("alt+u")
    until(lambda: showing("act-reason"))
    key_in("awaiting approval")
    press("Return")
    shown("/gui/C9/paused", until(lambda: ctl("clock", "show", rma)[0]["state"] == "paused"))
    press("ctrl+f")
    key_in(rma)
    press("Return")
    shown("/gui/C9/the-board-says-so", until(lambda: rows()[0][STATE] == "‖ paused"))
    shown("/gui/C9/and-why", until(lambda: "awaiting approval" in texts("clock-pane")))
    press("alt+s")
    until(lambda: showing("act-reason"))
    key_in("approved")
    press("Return")
    shown("/gui/C9/resumed", until(lambda: ctl("clock", "show", rma)[0]["state"] == "late"))
    press("Escape")


def find(serial):
    """The one clock of a serial, under the cursor."""
    press("ctrl+f", "ctrl+a")
    key_in(serial)
    until(lambda: [row[SERIAL] for row in rows()] == [serial])
    press("Return")
    time.sleep(0.4)


def line_of(rma):
    return ctl("rma", "show", rma)[0]["lines"][0]["state"]


def do(key, *texts_typed):
    press(key)
    until(lambda: showing("act-go"))
    for i, text in enumerate(texts_typed):
        if i > 0:
            press("Tab")
        if text:
            key_in(text)


def chase():
    find("LATE0004")
    do("alt+h", "no answer")
    shown("/gui/O2/charge/the-price-is-said-before",
          until(lambda: "100.00 USD" in texts("act-preview")))
    press("Return")
    shown("/gui/O2/charge/done", until(lambda: line_of("R2000000004") == "charged"))
    find("LATE0005")
    do("alt+w", "lost by the carrier")
    press("Return")
    shown("/gui/O2/waive/done", until(lambda: line_of("R2000000005") == "waived"))
    find("LATE0006")
    do("alt+m", "UPS", "1Z999AA10123456784", DELIVERED, "", "")
    shown("/gui/O5/who-signed-is-wanted", until(lambda: "signed" in told("act-wants")))
    press("shift+Tab")
    key_in("J. Doe")
    press("Return")
    shown("/gui/O5/the-dock-is-searched",
          until(lambda: "no box at the dock matches it" in texts("act-preview")))
    press("Escape")
    find("LATE0006")
    do("alt+l", "not ours")
    shown("/gui/O5/what-is-claimed-stands-there",
          until(lambda: "signed by J. Doe" in texts("act-preview")))
    press("Return")
    shown("/gui/O5/rejected-the-clock-runs-on",
          until(lambda: ctl("clock", "show", "R2000000006")[0]["state"] == "late"))
    find("LATE0006")
    do("alt+b", "PO-4711", "keeps it")
    press("Return")
    shown("/gui/O4/bought-by-purchase-order", until(lambda: line_of("R2000000006") == "cancelled"))
    press("Escape")


def open_rma():
    press("ctrl+f", "Return", "Home")
    time.sleep(0.5)
    rma = rows()[0][RMA]
    press("Return")
    shown("/gui/F1/enter-opens-the-rma", until(lambda: told("rma") == rma))
    press("Escape")
    shown("/gui/F1/escape-comes-back-to-the-board", until(lambda: showing("due-table")))


with running():
    board()
    filters()
    chosen()
    extend()
    undo_extend()
    pause()
    undo_claim()
    undo_clock()
    remind()
    undone("alt+h", "R2000000004", "LATE0004", "charged", "no answer")
    undone("alt+w", "R2000000005", "LATE0005", "waived", "lost by the carrier")
    undone("alt+b", "R2000000006", "LATE0006", "cancelled", "PO-1", "keeps it")
    chase()
    open_rma()
finish()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The dock and the pages of returns and units. Speaks TAP; run by run-gui."""
import sqlite3
import subprocess
import time

from hands import (STORE, ctl, finish, key_in, press, running, scan, shown, showing, table, texts, told,
                   until, verdict, walk, window)


def dock():
    scan("R0000000001")
    shown("/gui/D11/number-waits-for-the-serial", verdict("WAITING", "D11"))
    scan("SERIAL0001")
    shown("/gui/D1/number-and-serial", verdict("ACCEPT", "D1"))
    facts = texts("facts")
    shown("/gui/D14/facts-are-told", all(word in facts for word in
                                        ("R0000000001", "SERIAL0001", "PN-1", "Acme", "SJC")))
    on_disk = ctl("unit", "show", "SERIAL0001")[0]["receipts"]
    shown("/gui/D15/it-is-on-disk", len(on_disk) == 1 and on_disk[0]["rule"] == "D1")
    press("F2")
    time.sleep(0.4)
    scan("SERIAL0004")
    shown("/gui/D2/serial-alone", verdict("ACCEPT BY SERIAL", "D2"))
    shown("/gui/L1/its-label-is-shown", until(lambda: showing("label")))
    scan("BH!NEXT-BOX")
    time.sleep(0.4)
    scan("NOTHINGAWAITS1")
    shown("/gui/I6/possible-serial-waits", verdict("WAITING", "D11"))
    press("F4")
    press("F2")
    shown("/gui/D3/refused-when-the-box-ends", verdict("REFUSE", "D3"))
    scan("SERIAL0001")
    shown("/gui/D8/already-received", verdict("ALREADY RECEIVED", "D8"))
    press("F2")
    time.sleep(0.4)
    scan("SERIAL0005")
    verdict("ACCEPT BY SERIAL", "D2")
    subprocess.run(["xdotool", "type", "--delay", "1", "BH!UNDO\nBH!UNDO\n"], check=True)
    armed = until(lambda: "SERIAL0005" in told("question"))
    time.sleep(0.6)
    shown("/gui/S9/one-undo-on-two-channels-asks-only",
          armed and not ctl("unit", "show", "SERIAL0005")[0]["receipts"][0]["void"])
    press("F8")
    shown("/gui/D16/void-in-two-keys", armed and until(lambda: told("verdict") == "VOIDED"))
    shown("/gui/D16/the-receipt-is-void",
          until(lambda: ctl("unit", "show", "SERIAL0005")[0]["receipts"][0]["void"]))


def focus():
    press("ctrl+t")
    time.sleep(0.3)
    scan("SERIAL0006")
    shown("/gui/S4/a-scan-into-a-text-field-is-taken-back",
          verdict("ACCEPT BY SERIAL", "D2") and told("typed") in ("", "Type a code"))
    press("Tab", "Tab", "Tab")  # on to a button
    time.sleep(0.3)
    scan("BH!NEXT-BOX")
    time.sleep(0.4)
    scan("SERIAL0007")
    shown("/gui/S5/enter-presses-no-button", verdict("ACCEPT BY SERIAL", "D2"))
    press("ctrl+t")
    subprocess.run(["xdotool", "type", "--delay", "110", "SERIAL0008"], check=True)
    typed = until(lambda: told("typed") == "SERIAL0008")
    press("Return")
    shown("/gui/S4/typing-still-types", typed and until(
        lambda: any("SERIAL0008" in (n.get_name() or "") for n in walk(window()))))


def others_have_the_focus():
    """S4, S11: a dialog or a menu has windows of their own; the scan is the box's all the same."""
    press("F2")
    time.sleep(0.5)
    press("F3")
    opened = until(lambda: any(n.get_role_name() in ("dialog", "file chooser")
                               for n in walk(window())))
    time.sleep(0.5)
    scan("SERIAL0009")
    shown("/gui/S4/a-scan-while-a-dialog-is-open",
          opened and verdict("ACCEPT BY SERIAL", "D2") and
          not any("SERIAL0009" in (n.get_name() or "") for n in walk(window())
                  if n.get_role_name() == "text"))
    press("Escape")
    time.sleep(0.5)
    press("F2", "ctrl+t")
    time.sleep(0.3)
    press("Menu")
    opened = until(lambda: any(n.get_role_name() == "menu" for n in walk(window())), 5)
    scan("SERIAL0010")
    shown("/gui/S4/a-scan-while-a-menu-is-open", opened and verdict("ACCEPT BY SERIAL", "D2"))
    press("Escape")


def closing(process):
    """S1: whoever closes the window in the middle of a burst loses none of it."""
    press("F2")
    time.sleep(0.5)
    other = sqlite3.connect(STORE.partition(":")[2], isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    codes = [f"SERIAL{i:04d}" for i in range(200, 206)]
    subprocess.run(["xdotool", "type", "--delay", "3", "".join(c + "\n" for c in codes)],
                   check=True)
    press("alt+F4")
    waits = until(lambda: "closes when" in (told("notice") or ""), 5)
    other.execute("ROLLBACK")
    other.close()
    ended = until(lambda: process.poll() is not None)
    got = [c for c in codes if ctl("unit", "show", c)[0]["receipts"]]
    print(f"# said so {waits}, ended {ended}, received {got}", flush=True)
    shown("/gui/S1/closing-waits-for-the-scans", waits and ended and got == codes)


def burst():
    """S1: a hundred scans in a few seconds, none lost, in order."""
    press("F2")
    time.sleep(0.5)
    codes = [f"SERIAL{i:04d}" for i in range(100, 200)]
    subprocess.run(["xdotool", "type", "--delay", "3", "".join(c + "\n" for c in codes)],
                   check=True)
    ok = until(lambda: sum(1 for c in (codes[0], codes[50], codes[99])
                   if ctl("unit", "show", c)[0]["receipts"]) == 3, 180)
    got = [r for c in codes for r in ctl("unit", "show", c)[0]["receipts"] if not r["void"]]
    order = [r["at"] for r in got]
    missing = [c for c in codes if not ctl("unit", "show", c)[0]["receipts"]]
    print(f"# {len(got)} of 100 received, not {missing}", flush=True)
    shown("/gui/S1/a-hundred-scans-none-lost-in-order",
          ok and len(got) == 100 and order == sorted(order))


def returns():
    press("ctrl+2")
    shown("/gui/F1/columns", until(lambda: len(table()) > 3 and len(table()[0]) == 7))
    # 220 of the last hour, in one instant, and six that are older
    shown("/gui/F1/the-newest-first", table()[0][0] == "R0000000220")
    key_in("blue")
    shown("/gui/F3/search-as-you-type",
          until(lambda: {row[0] for row in table()} == {"R0000000001"}))
    scan("SERIAL0150")
    shown("/gui/F3/a-scan-searches", until(lambda: [row[4] for row in table()] == ["SERIAL0150"]))
    press("Tab", "Down", "Return")
    shown("/gui/F1/the-rma-page-opens", until(lambda: (told("rma") or "").startswith("R")))
    press("Escape")
    shown("/gui/F1/escape-goes-back-to-the-list", until(lambda: showing("returns-table")))
    press("Right", "Right", "Right", "Return")  # to the column of cases
    shown("/gui/F1/the-case-is-a-link",
          until(lambda: (told("case") or "").startswith("2026-1101-")))
    press("Escape", "ctrl+3")
    time.sleep(0.3)
    scan("SERIAL0001")
    shown("/gui/R3/the-life-of-a-serial", until(lambda: told("unit") == "SERIAL0001"))
    press("ctrl+1")


with running() as program:
    if until(lambda: told("verdict") == "READY"):
        dock()
        focus()
        others_have_the_focus()
        burst()
        returns()
        closing(program)
finish()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as its users have it: scans typed as a scanner does, answers read
from the accessibility tree. Speaks TAP. Run by run-gui under a display of its own."""
import json
import os
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

BACKHAUL, CTL, STORE = sys.argv[1:4]


def ctl(*arguments):
    """backhaulctl's answer as a list of objects."""
    done = subprocess.run([CTL, "--store", STORE, "--json", *arguments],
                          capture_output=True, text=True, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def scan(text):
    subprocess.run(["xdotool", "type", "--delay", "4", text + "\n"], check=True)


def press(*keys):
    subprocess.run(["xdotool", "key", "--delay", "60", *keys], check=True)


def walk(node):
    yield node
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child is not None:
            yield from walk(child)


def window():
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(i)
        if application is not None and application.get_name() == "backhaul":
            return application
    return None


def told(what):
    """What the element with this accessible id says; None: not there."""
    top = window()
    for node in walk(top) if top is not None else ():
        if node.get_accessible_id() == what:
            if "Text" in node.get_interfaces():
                return Atspi.Text.get_text(node, 0, -1)
            return node.get_name()
    return None


def showing(what):
    """Whether the element with this accessible id is to be seen."""
    return any(node.get_accessible_id() == what and
               node.get_state_set().contains(Atspi.StateType.SHOWING)
               for node in walk(window()))


def texts(what):
    """All the texts within the element with this accessible id, joined."""
    for node in walk(window()):
        if node.get_accessible_id() == what:
            return "\n".join(n.get_name() or "" for n in walk(node))
    return ""


def table():
    """The texts of the returns table, a row a list."""
    for node in walk(window()):
        if node.get_accessible_id() == "returns-table":
            return [[Atspi.Table.get_accessible_at(node, r, c).get_name()
                     for c in range(Atspi.Table.get_n_columns(node))]
                    for r in range(min(Atspi.Table.get_n_rows(node), 20))]
    return []


def until(check, seconds=8):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if check():
                return True
        except Exception:  # the tree changes while it is read
            pass
        time.sleep(0.05)
    return False


NUMBER = 0
FAILED = 0


def shown(path, ok):
    global NUMBER, FAILED
    NUMBER += 1
    FAILED += not ok
    print(f"{'ok' if ok else 'not ok'} {NUMBER} {path}", flush=True)
    if not ok:
        print(f"# verdict {told('verdict')!r} {told('rule')!r} {told('advice')!r}", flush=True)


def verdict(word, rule):
    return until(lambda: told("verdict") == word and (told("rule") or "").startswith(f"Rule {rule}"))


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
    press("F8")
    armed = until(lambda: "SERIAL0005" in told("question"))
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


def burst():
    """S1: a hundred scans in a few seconds, none lost, in order."""
    press("F2")
    time.sleep(0.5)
    codes = [f"SERIAL{i:04d}" for i in range(100, 200)]
    subprocess.run(["xdotool", "type", "--delay", "3", "".join(c + "\n" for c in codes)],
                   check=True)
    ok = until(lambda: sum(1 for c in (codes[0], codes[50], codes[99])
                   if ctl("unit", "show", c)[0]["receipts"]) == 3, 60)
    got = [r for c in codes for r in ctl("unit", "show", c)[0]["receipts"] if not r["void"]]
    order = [r["at"] for r in got]
    missing = [c for c in codes if not ctl("unit", "show", c)[0]["receipts"]]
    print(f"# {len(got)} of 100 received, not {missing}", flush=True)
    shown("/gui/S1/a-hundred-scans-none-lost-in-order",
          ok and len(got) == 100 and order == sorted(order))


def returns():
    press("ctrl+2")
    shown("/gui/F1/columns", until(lambda: len(table()) > 3 and table()[0][0] == "R0000000001"))
    subprocess.run(["xdotool", "type", "--delay", "90", "blue"], check=True)
    shown("/gui/F3/search-as-you-type",
          until(lambda: {row[0] for row in table()} == {"R0000000001"}))
    scan("SERIAL0150")
    shown("/gui/F3/a-scan-searches", until(lambda: [row[4] for row in table()] == ["SERIAL0150"]))
    press("Tab", "Down", "Return")
    shown("/gui/F1/the-rma-page-opens", until(lambda: (told("rma") or "").startswith("R")))
    press("Escape", "ctrl+3")
    time.sleep(0.3)
    scan("SERIAL0001")
    shown("/gui/R3/the-life-of-a-serial", until(lambda: told("unit") == "SERIAL0001"))
    press("ctrl+1")


def main():
    with subprocess.Popen([BACKHAUL, "--store", STORE, "--dock", "north"],
                          stderr=subprocess.DEVNULL) as process:
        up = until(lambda: told("verdict") == "READY", 20)
        shown("/gui/V9/says-who-acts",
              up and until(lambda: "supervisor" in (told("signed-in-as") or "")))
        if up:
            time.sleep(0.5)
            dock()
            focus()
            burst()
            returns()
        process.terminate()
    print(f"1..{NUMBER}")
    return 1 if FAILED else 0


sys.exit(main())

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels from wherever one stands, by one key (L1-L3), to a real port. Speaks TAP; run by run-gui."""
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

from hands import (CTL, Atspi, ctl, finish, key_in, press, running, scan, shown, showing, table,
                   told, until, verdict, walk, window)

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../cli"))
from printers import Cups, Sink, codes  # noqa: E402


def queue(**wanted):
    return [job for job in ctl("print", "queue") if all(job[k] == v for k, v in wanted.items())]


def came(sink, number):
    """The codes of label number so, counted from one."""
    return codes(sink.wait(number)[number - 1]) if len(sink.wait(number)) >= number else []


def nowhere():
    """No printer is set: nothing is lost, and there are other ways."""
    press("ctrl+2")
    until(lambda: len(table()) > 5)
    press("Tab", "Down", "Home")
    rma = table()[0][0]
    press("ctrl+p")
    shown("/gui/L3/no-printer-is-said", until(lambda: "No printer is set" in told("print-told")))
    shown("/gui/L3/other-ways-are-offered", until(lambda: showing("print-dialog") and
                                                  showing("print-save")))
    shown("/gui/L3/it-waits", [job["rma"] for job in queue(state="queued")] == [rma])
    press("Escape")
    shown("/gui/L3/left-by-escape", until(lambda: not showing("print-dialog")))
    return rma


def verified(path):
    """The codes of a PDF, each measured as `label --verify` does."""
    done = subprocess.run([CTL, "--json", "label", "--verify", path], capture_output=True, text=True,
                          check=False)
    return done.stdout if done.returncode == 0 else ""


def dialog(name):
    """GTK's own, which has no ids."""
    return next((node for node in walk(window())
                 if node.get_role_name() == "dialog" and node.get_name() == name), None)


def part(name, role, words):
    return next(node for node in walk(dialog(name))
                if node.get_role_name() == role and node.get_name() == words)


def by_hand():
    """Another printer by the print dialog, or a file: the same label, whole dots and all."""
    press("ctrl+2")
    until(lambda: len(table()) > 5)
    press("Tab", "Down", "End", "Home", "Down", "Down", "Down")
    chosen = [row[0] for row in table()[3:5]]
    press("ctrl+p")
    until(lambda: showing("print-save"))
    press("alt+d")
    time.sleep(1.5)
    path = os.path.join(OUT, "one.pdf")
    press("ctrl+a")
    key_in(path)
    press("Return")
    shown("/gui/L3/saved-as-PDF", until(lambda: (told("print-told") or "").startswith("Saved as")) and
          chosen[0] in verified(path))
    shown("/gui/L3/saved-waits-on", len(queue(state="queued", rma=chosen[0])) == 1)
    press("Down", "ctrl+p")
    until(lambda: showing("print-dialog"))
    press("alt+a")
    until(lambda: dialog("Print").get_state_set().contains(Atspi.StateType.ACTIVE))
    Atspi.Table.add_row_selection(part("Print", "table", ""), 0)  # its one printer: a file
    until(lambda: part("Print", "push button", "Print").get_state_set().contains(
        Atspi.StateType.SENSITIVE))
    Atspi.Action.do_action(part("Print", "push button", "Print"), 0)
    shown("/gui/L3/print-dialog", until(lambda: "Handed to" in (told("print-told") or "")) and
          chosen[1] in verified("output.pdf"))
    shown("/gui/L3/handed-over-is-printed", len(queue(state="printed", rma=chosen[1])) == 1)
    press("Down", "ctrl+p")
    until(lambda: showing("print-dialog"))
    press("alt+a")
    until(lambda: dialog("Print") is not None)


def from_search(sink, rma):
    press("ctrl+p")
    shown("/gui/L1/queued-is-said", until(lambda: f"box label {rma}" in told("print-told")))
    shown("/gui/L1/the-row's-label-comes", rma in came(sink, 1))
    shown("/gui/L3/it-had-waited-and-comes-once", len(queue()) == 1)
    shown("/gui/L1/printed-is-said", until(lambda: told("print-told").startswith("Printed:")))
    press("ctrl+p")
    shown("/gui/L1/again-is-a-copy", rma in came(sink, 2) and
          until(lambda: "marked as a copy" in told("print-told")) and queue()[0]["copy"])


def from_rma(sink):
    press("Down", "Return")
    shown("/gui/L1/rma-opened", until(lambda: told("rma") is not None))
    rma = told("rma")
    shown("/gui/L6/its-label-is-beside-it", until(lambda: showing("rma-label") and
                                                  "as it is now" in told("rma-label-told")))
    press("ctrl+p")
    shown("/gui/L1/of-the-RMA-that-is-shown", rma in came(sink, 3))
    press("Escape")


def from_unit(sink):
    press("ctrl+3")
    key_in("SERIAL0007")
    press("Return", "ctrl+p")
    shown("/gui/L1/unit-plate", until(lambda: "unit plate SERIAL0007" in told("print-told")) and
          until(lambda: len(queue(state="printed", template="unit-plate-50x25")) == 1) and
          len(sink.wait(4)) == 4)


def from_dock(sink):
    press("ctrl+1")
    scan("SERIAL0009")
    verdict("ACCEPT BY SERIAL", "D2")
    shown("/gui/L2/a-verdict's-label-comes-by-itself", "R0000000009" in came(sink, 5))
    press("ctrl+p")
    shown("/gui/L1/dock-again-is-a-copy", "R0000000009" in came(sink, 6) and
          until(lambda: "marked as a copy" in told("print-told")))
    scan("BH!NEXT-BOX")
    scan("R0000000030")
    scan("OTHERUNIT88")
    scan("BH!NEXT-BOX")
    shown("/gui/L2/hold-slip", until(lambda: len(queue(state="printed", template="hold-slip-4x6"))
                                     == 1) and len(sink.wait(7)) == 7)
    press("ctrl+5")
    until(lambda: len(table("holds-table")) == 1)
    press("ctrl+p")
    shown("/gui/L1/holds-slip-again", until(lambda: "hold slip" in told("print-told")) and
          len(sink.wait(8)) == 8)


def printers(sink):
    """The page: a printer is set, tried and taken away; the queue beside it."""
    press("ctrl+r")
    shown("/gui/L2/printers-listed", until(lambda: [r[:3:2] for r in table("printers-table")] ==
                                           [[STATION, sink.target]]))
    shown("/gui/L2/state-in-words", "last label" in table("printers-table")[0][3])
    shown("/gui/L3/queue-newest-first", table("prints-table")[0][2] == "hold slip" and
          all("printed" in r[1] for r in table("prints-table")))
    number = len(sink.got)
    press("alt+b")
    press("ctrl+a")
    key_in("unit-plate-50x25")
    press("alt+p", "ctrl+a")
    key_in(second.target)
    press("Return")
    shown("/gui/L2/printer-set", until(lambda: len(table("printers-table")) == 2) and
          [p["printer"] for p in ctl("printer", "list")] == [sink.target, second.target])
    press("alt+r")
    shown("/gui/L2/test-print", len(second.wait()) == 1 and
          until(lambda: "took the test label" in told("printer-told")) and len(sink.got) == number)
    press("alt+p", "ctrl+a")
    key_in("nonsense")
    press("Return")
    shown("/gui/L2/bad-target-is-refused", until(lambda: "no printer; say" in told("printer-told")))
    press("alt+m")
    shown("/gui/L2/printer-removed", until(lambda: len(table("printers-table")) == 1) and
          len(ctl("printer", "list")) == 1)
    press("alt+a")
    shown("/gui/L3/printed-again-as-a-copy", len(sink.wait(number + 1)) == number + 1 and
          until(lambda: table("prints-table")[0][1] == "✓ printed, a copy"))
    second.got.clear()


def numbers(labels):
    """The RMA's number of each label, in the order in which they came."""
    return [next(text for text in codes(zpl) if text.startswith("R")) for zpl in labels]


def batch(sink):
    """Labels of many rows (L6): in their order, to be stopped."""
    press("ctrl+2")
    until(lambda: len(table()) > 5)
    press("ctrl+f")
    key_in("2026-1001")
    until(lambda: len(table()) == 6)
    before = len(sink.got)
    rows = [r[0] for r in table()]
    press("Tab", "Down", "Home", "shift+Down", "shift+Down", "ctrl+p")
    shown("/gui/L6/of-the-chosen", until(lambda: told("batch-told").startswith(
        "Box labels of 3 rows. They go to tcp:")))
    press("Return")
    shown("/gui/L6/queued-is-said", until(lambda: told("batch-told").startswith("3 labels queued")))
    shown("/gui/L6/order-kept", numbers(sink.wait(before + 3)[before:]) == rows[:3])
    press("Escape")
    shown("/gui/L6/left-by-escape", until(lambda: not showing("batch-told")))
    press("ctrl+f", "alt+l")
    shown("/gui/L6/of-all-found", until(lambda: told("batch-told").startswith(
        "Box labels of 6 rows.")))
    press("alt+d")
    time.sleep(1.5)
    path = os.path.join(OUT, "batch.pdf")
    press("ctrl+a")
    key_in(path)
    press("Return")
    shown("/gui/L6/saved-as-PDF", until(lambda: told("batch-told").startswith("6 labels saved")) and
          "Pages:           6" in subprocess.run(["pdfinfo", path], capture_output=True, text=True,
                                                check=False).stdout)
    press("Escape", "ctrl+f", "ctrl+a", "Delete")
    until(lambda: len(table()) == 20)
    press("alt+l")
    until(lambda: told("batch-told").startswith("Box labels of 226 rows."))
    press("Return", "Escape")
    shown("/gui/L6/stopped", until(lambda: "Stopped: " in told("batch-told")))
    queued = len(queue(template="box-4x6"))
    shown("/gui/L6/the-rest-was-not-queued", queued < 226)
    until(lambda: not queue(state="queued"))
    press("Escape")


def away(sink):
    """The printer dies: the label waits, and comes by itself when it is back."""
    sink.close()
    press("ctrl+3")
    press("ctrl+a")
    key_in("SERIAL0011")
    press("Return", "ctrl+p")
    shown("/gui/L3/what-waits-and-why", until(lambda: "1 label waits" in told("print-waits") and
                                              "nothing listens" in told("print-waits")))
    press("alt+w")
    until(lambda: table("prints-table")[0][1] == "▲ waits for the printer")
    shown("/gui/L3/state-says-what-is-wrong", "nothing listens" in table("prints-table")[0][4] and
          "nothing listens" in table("printers-table")[0][3])
    press("alt+c")
    shown("/gui/L3/cancelled", until(lambda: table("prints-table")[0][1] == "– cancelled") and
          len(queue(state="cancelled")) == 1)
    press("ctrl+3", "ctrl+p")
    until(lambda: "1 label waits" in told("print-waits"))
    ctl("printer", "set", "any", second.target)
    shown("/gui/L3/sent-again-by-itself", len(second.wait()) == 1 and
          until(lambda: told("print-waits") in (None, "")))
    shown("/gui/L3/not-doubled", len(second.got) == 1 and not queue(state="queued"))


OUT = tempfile.mkdtemp(prefix="bh-print-")
def cups_queue(cups, sink):
    """A queue of CUPS: its state in words, and a label that waits while it is stopped."""
    if cups.address is None:
        print("# no cupsd here: its tests are left out")
        return
    before = len(sink.got)
    add = ("lpadmin", "-p", "zebra", "-E", "-m", "raw", "-v")
    takes = cups.admin(*add, sink.target.replace("tcp:", "socket://")).returncode == 0
    if not takes:
        print("# CUPS has no way to a port here: nothing is printed through it")
        cups.admin(*add, "ipp://127.0.0.1:9/none")
    cups.admin("cupsdisable", "zebra")
    ctl("printer", "set", "any", "cups:zebra")
    press("ctrl+3", "ctrl+a")
    key_in("SERIAL0012")
    press("Return", "ctrl+p")
    shown("/gui/L2/stopped-is-said", until(lambda: "stopped" in told("print-waits")))
    press("alt+w")
    shown("/gui/L2/state-of-the-queue", until(lambda: "stopped" in table("printers-table")[0][3]))
    cups.admin("cupsenable", "zebra")
    shown("/gui/L3/goes-when-it-is-started", until(lambda: queue()[-1]["state"] == "printed") and
          (not takes or len(sink.wait(before + 1)) == before + 1))


STATION = socket.gethostname()
first = Sink("good")
second = Sink("good")
server = Cups()
with running(env=dict(os.environ, CUPS_SERVER=server.address or "/nowhere")):
    rma = nowhere()
    ctl("printer", "set", "any", first.target)
    from_search(first, rma)
    from_rma(first)
    from_unit(first)
    from_dock(first)
    printers(first)
    batch(first)
    away(first)
    cups_queue(server, second)
server.close()
for printer in ctl("printer", "list"):
    ctl("printer", "unset", printer["kind"])
os.chdir(OUT)  # where the print dialog puts a file
# GTK's dialog asks the system's bus for colours, and warns where there is none
with running(env=dict(os.environ, CUPS_SERVER="/nowhere", G_DEBUG="")) as process:
    by_hand()
    process.terminate()  # as the end of the person's session does
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
    shown("/gui/S1/ends-though-a-dialog-is-open", process.returncode == 0)
shutil.rmtree(OUT)
finish()

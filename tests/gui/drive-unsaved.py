#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""NOT SAVED: a store that cannot be written, in words, and nothing lost from the box (D15).
Speaks TAP; run by run-gui."""
import os
import resource
import sqlite3
import time

from hands import (STORE, ctl, finish, press, running, scan, shown, texts, told, until, verdict)

ALL = resource.RLIM_INFINITY


def receipts(serial):
    return ctl("unit", "show", serial)[0]["receipts"]


def not_saved():
    return until(lambda: told("verdict") == "NOT SAVED", 30)


def full(process):
    """No file may grow: to the program this is a disk that is full."""
    scan("R0000000020")
    verdict("WAITING", "D11")
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, ALL))
    scan("SERIAL0020")
    shown("/gui/D15/full/not-saved-in-words", not_saved())
    shown("/gui/D15/full/the-reason-and-what-to-do",
          until(lambda: "; " in told("advice") and "F5" in told("rule")))
    shown("/gui/D15/full/nothing-is-lost-from-the-box",
          until(lambda: "R0000000020" in texts("box") and "SERIAL0020" in texts("box")))
    shown("/gui/D15/full/nothing-was-written", receipts("SERIAL0020") == [])
    press("F5")
    time.sleep(1)
    shown("/gui/D15/full/still-not-saved", not_saved())
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (ALL, ALL))
    press("F5")
    shown("/gui/D15/full/room-again-F5-saves", verdict("ACCEPT", "D1"))
    shown("/gui/D15/full/once", [r["rule"] for r in receipts("SERIAL0020")] == ["D1"])


def unwritable(process):
    """A scan that comes while nothing can be written is kept with the box."""
    press("F2")
    time.sleep(0.5)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, ALL))
    scan("R0000000021")
    not_saved()
    scan("SERIAL0021")
    scan("PN-1")
    shown("/gui/D15/later-scans-stay-in-the-box",
          until(lambda: all(code in texts("box") for code in ("R0000000021", "SERIAL0021", "PN-1"))))
    press("F2")
    time.sleep(0.5)
    shown("/gui/D15/F2-does-not-put-an-unsaved-box-aside", "SERIAL0021" in texts("box"))
    press("alt+F4")
    shown("/gui/S1/closing-an-unsaved-box-is-refused-once",
          until(lambda: "stays open" in (told("notice") or "")) and process.poll() is None and
          "SERIAL0021" in texts("box"))
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (ALL, ALL))
    press("F5")
    shown("/gui/D15/all-of-it-is-saved", verdict("ACCEPT", "D1") and
          [r["rule"] for r in receipts("SERIAL0021")] == ["D1"])


def locked():
    """Another program holds the store."""
    press("F2")
    time.sleep(0.5)
    other = sqlite3.connect(STORE.partition(":")[2], isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    scan("SERIAL0022")
    shown("/gui/D15/locked/not-saved-in-words", not_saved())
    shown("/gui/D15/locked/it-is-in-the-box", "SERIAL0022" in texts("box"))
    other.execute("ROLLBACK")
    other.close()
    press("F5")
    shown("/gui/D15/locked/F5-saves", verdict("ACCEPT BY SERIAL", "D2") and
          [r["rule"] for r in receipts("SERIAL0022")] == ["D2"])


# the signal of a file that may not grow stays ignored, as on a disk that is full
with running(restore_signals=False, env={**os.environ, "G_MESSAGES_DEBUG": ""}) as program:
    full(program)
    unwritable(program)
    locked()
finish()

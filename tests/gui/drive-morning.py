#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is to be known before the day begins. Speaks TAP; run by run-gui."""
import time

from hands import (ctl, finish, press, running, shown, showing, told, until)


def figure(name):
    return [f["count"] for f in ctl("morning") if f["figure"] == name][0]


with running():
    press("ctrl+8")
    shown("/gui/O1/late-units-are-told",
          until(lambda: (told("late-over-10") or "").startswith(f"{figure('late-over-10')} ")))
    shown("/gui/O1/what-is-late-is-counted", "late" in told("morning-said"))
    shown("/gui/D9/what-is-held-is-told", told("held-today") is not None)
    time.sleep(0.5)
    press("Return")  # the first line that leads on: what waits for a decision
    shown("/gui/O2/a-line-leads-to-the-board",
          until(lambda: showing("due-table") and told("due-rows").startswith("6 clocks: 6 late")))
    press("Escape")
    shown("/gui/O2/escape-comes-back", until(lambda: showing("morning")))
    time.sleep(0.2)
finish()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reports: chosen, narrowed, drawn, by keys alone. Speaks TAP; run by run-gui."""
from hands import (ctl, finish, key_in, press, running, shown, showing, table, told, until)


def rows():
    return table("report-table")


def not_back():
    press("ctrl+9")
    shown("/gui/K3/what-is-not-back", until(lambda: told("report-title") == "What is not back"))
    wanted = ctl("report", "not-back")
    shown("/gui/K3/its-rows", until(lambda: told("report-told") == f"{len(wanted)} rows"))
    shown("/gui/K3/latest-first", until(lambda: rows()[0][4] == wanted[0]["serial"]))
    shown("/gui/K3/its-chart", until(lambda: showing("report-chart")))


def narrowed():
    press("ctrl+f")
    key_in("BETA")
    press("Return")
    shown("/gui/K3/of-one-account", until(lambda: told("report-told") == "6 rows"))
    press("ctrl+a")
    key_in("NOBODY")
    press("Return")
    shown("/gui/K3/no-such-account", until(lambda: "no such account" in told("report-told")))
    press("ctrl+a", "BackSpace", "Return")
    until(lambda: "rows" in told("report-told"))


def others():
    press("ctrl+1", "ctrl+9", "Home")
    for _ in range(8):
        if until(lambda: told("report-title") == "Reminders sent", 1):
            break
        press("Down")
    shown("/gui/K3/reminders", until(lambda: told("report-title") == "Reminders sent"))
    shown("/gui/K3/an-empty-one-says-so", until(lambda: "Nothing is on record" in told("report-told")))
    shown("/gui/K3/no-chart-of-nothing", not showing("report-chart"))
    press("End")
    shown("/gui/K6/the-carriers-list-is-asked-for", until(lambda: "delivery list" in
                                                          told("report-told")))


with running():
    not_back()
    narrowed()
    others()
finish()

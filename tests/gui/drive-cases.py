#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Support cases, by keys alone. Speaks TAP; run by run-gui."""
import time

from hands import (ctl, finish, key_in, press, running, scan, shown, showing, table, texts, told,
                   until)

STATUS, CASE, SITE, CONTACT, MODIFIED, PLATFORM, PRIORITY = range(7)
NUMBER = "2026-1101-000007"


def rows():
    return table("cases-table")


def case():
    return ctl("case", "show", NUMBER)[0]


def found():
    press("ctrl+6")
    shown("/gui/F2/columns", until(lambda: len(rows()) > 3 and rows()[0][PRIORITY] == "P2" and
                                   rows()[0][STATUS] == "open" and rows()[0][CONTACT] != ""))
    key_in(NUMBER)
    shown("/gui/F3/search-as-you-type", until(lambda: [r[CASE] for r in rows()] == [NUMBER]))
    scan("SERIAL0007")
    shown("/gui/F3/a-scanned-serial-finds-its-case",
          until(lambda: [r[CASE] for r in rows()] == [NUMBER] and
                told("cases-search") == "SERIAL0007"))
    press("ctrl+f", "Tab", "Down", "Return")
    shown("/gui/F2/its-page-opens", until(lambda: told("case") == NUMBER))
    shown("/gui/N1/its-rmas-stand-there", until(lambda: "R0000000007" in texts("lines")))


def worked():
    key_in("part is on its way")
    press("Return")
    shown("/gui/C6/the-customer-was-told",
          until(lambda: "part is on its way" in texts("history")))
    press("shift+Tab")
    press("Down")
    time.sleep(0.3)
    shown("/gui/F5/an-owner-is-wanted", until(lambda: showing("case-owner")))
    press("Tab", "Tab")
    key_in("maria")
    press("Return")
    shown("/gui/F5/escalated-with-its-owner",
          until(lambda: "maria" in texts("escalations") and
                [e["owner"] for e in case()["escalations"]] == ["maria"]))
    press("Escape")
    shown("/gui/F2/escape-goes-back-to-the-list", until(lambda: showing("cases-table")))


with running():
    found()
    worked()
finish()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What another station does shows where it is looked at (DESIGN, Stations). TAP; run by run-gui."""
from gi.repository import Atspi

from hands import ctl, finish, press, running, shown, table, told, until, walk, window

RMA, STATUS, ACCOUNT, CASE, SERIAL = range(5)


def rows():
    return table("returns-table")


def chosen():
    """The RMA of the row that is selected."""
    for node in walk(window()):
        if node.get_accessible_id() == "returns-table":
            picked = Atspi.Table.get_selected_rows(node)
            return [Atspi.Table.get_accessible_at(node, r, RMA).get_name() for r in picked]
    return []


with running("--page", "returns"):
    until(lambda: len(rows()) == 20)
    press("Tab", "Tab", "Home", "Down", "Down", "Down")
    until(lambda: chosen() == [rows()[3][RMA]])
    before = rows()
    mine, theirs = before[3], before[1]
    shown("/gui/F1/a-row-is-chosen", chosen() == [mine[RMA]])
    ctl("--station", "other", "rma", "cancel", theirs[RMA], "--reason", "sold")
    shown("/gui/F1/what-another-station-did-shows",
          until(lambda: rows()[1][STATUS] != theirs[STATUS]))
    shown("/gui/F1/where-it-stood", rows()[1][RMA] == theirs[RMA])
    shown("/gui/F1/the-choice-stays", chosen() == [mine[RMA]])
    # a new one comes in above: the row that was chosen is chosen still
    answer = ctl("--station", "other", "rma", "new", "--case", "2026-1101-000001", "--account",
                 "ACME", "--site", "HQ", "--destination", "SJC", "--unit", "COVER0002")
    number = answer[0].get("rma")
    shown("/gui/F1/a-new-one-is-there", number is not None and
          until(lambda: number in [row[RMA] for row in rows()]))
    shown("/gui/F1/the-choice-stays-with-its-row", until(lambda: chosen() == [mine[RMA]]))
    shown("/gui/D15/no-word-of-a-lost-store", not told("link"))
finish()

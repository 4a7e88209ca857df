#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What another station does shows where it is looked at (DESIGN, Stations). TAP; run by run-gui."""
from gi.repository import Atspi

from hands import ctl, finish, key_in, press, running, shown, table, until, walk, window

RMA, STATUS, ACCOUNT, CASE, SERIAL = range(5)


def rows():
    return table("returns-table")


def chosen():
    """The RMAs of the rows that are selected."""
    for node in walk(window()):
        if node.get_accessible_id() == "returns-table":
            cells = [Atspi.Table.get_accessible_at(node, r, RMA) for r in range(20)]
            return [cell.get_name() for cell in cells
                    if cell.get_state_set().contains(Atspi.StateType.SELECTED)]
    return []


with running("--page", "returns"):
    until(lambda: len(rows()) == 20)
    press("Down", "Home", "Down", "Down", "Down", "Down")
    until(lambda: chosen() == [rows()[3][RMA]])
    before = rows()
    mine, theirs = before[3], before[1]
    shown("/gui/F1/a-row-is-chosen", chosen() == [mine[RMA]])
    ctl("--station", "other", "rma", "cancel", theirs[RMA], "--reason", "sold")
    shown("/gui/F1/what-another-station-did-shows",
          until(lambda: rows()[1][STATUS] != theirs[STATUS]))
    shown("/gui/F1/where-it-stood", rows()[1][RMA] == theirs[RMA])
    shown("/gui/F1/the-choice-stays", chosen() == [mine[RMA]])
    # what is searched for comes on record while it is looked for
    press("ctrl+f", "ctrl+a")
    key_in("COVER0002")
    until(lambda: rows() == [])
    number = ctl("--station", "other", "rma", "new", "--case", "2026-1101-000001", "--account",
                 "ACME", "--site", "HQ", "--destination", "SJC", "--unit", "COVER0002")[0]["rma"]
    shown("/gui/F1/a-new-one-is-there", until(lambda: [row[RMA] for row in rows()] == [number]))
finish()

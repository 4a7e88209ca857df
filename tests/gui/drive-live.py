#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What another station does shows where it is looked at (DESIGN, Stations). TAP; run by run-gui."""
from gi.repository import Atspi

from hands import chosen as picked
from hands import (ctl, finish, key_in, node, other, press, running, shown, table, told, until, walk,
                   window)

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


def has_keys(thing):
    return thing.get_state_set().contains(Atspi.StateType.FOCUSED)


def lines():
    """The morning's lines, as they stand; which of them has the keys."""
    rows = [row for row in walk(node("morning")) if row.get_role() == Atspi.Role.LIST_ITEM]
    return ([row.get_accessible_id() for row in rows],
            [row.get_accessible_id() for row in rows if has_keys(row)])


def morning():
    press("ctrl+8")
    until(lambda: lines()[1] != [])
    press("Down")
    mine = until(lambda: len(lines()[1]) == 1) and lines()[1]
    before = told("held-today")
    other("receive", "R0000000040", "SWAPPED40X", "BH!NEXT-BOX")
    shown("/gui/D9/live/what-is-held-is-told",
          until(lambda: told("held-today") != before and told("held-today").startswith("1 ")))
    shown("/gui/D9/live/the-keys-stay-on-their-line", lines()[1] == mine)


def reports():
    serial = 4
    press("ctrl+9")
    until(lambda: told("report-told") == "225 rows")
    node("report-table").grab_focus()
    press("Home", "Down", "Down", "Down")
    until(lambda: picked("report-table", serial) == [table("report-table")[3][serial]])
    mine, gone = (table("report-table")[n][serial] for n in (3, 1))
    press("ctrl+f")
    key_in("BE")
    other("receive", gone, "BH!NEXT-BOX")
    shown("/gui/K3/live/what-came-back-goes", until(lambda: told("report-told") == "224 rows") and
          gone not in [row[serial] for row in table("report-table")])
    shown("/gui/K3/live/the-cursor-goes-with-its-row", picked("report-table", serial) == [mine])
    shown("/gui/K3/live/what-is-typed-stays", told("report-account") == "BE" and
          has_keys(node("report-account")))


def mails():
    state, kind = 1, 2
    other("case", "new", "2026-1102-000001", "--account", "MUTE", "--site", "M1", "--priority", "P3")
    rma = other("rma", "new", "--case", "2026-1102-000001", "--account", "MUTE", "--site", "M1",
                "--destination", "SJC", "--unit", "COVER0001")[0]["rma"]
    other("rma", "confirm", rma)
    press("ctrl+m")
    until(lambda: table("mails-table")[0][kind] == "confirmation")
    press("Tab", "Tab", "Home", "Return")
    until(lambda: has_keys(node("mail-address")))
    key_in("right@")
    before = len(table("mails-table"))
    other("receive", "SERIAL0101", "BH!NEXT-BOX")
    shown("/gui/F4/live/a-mail-comes", until(lambda: len(table("mails-table")) == before + 1) and
          table("mails-table")[0][kind] == "receipt")
    shown("/gui/F4/live/under-the-cursor", picked("mails-table", kind) == ["confirmation"])
    key_in("ac")
    shown("/gui/F4/live/what-is-typed-stays", told("mail-address") == "right@ac" and
          has_keys(node("mail-address")))
    failed = next(mail for mail in ctl("mail", "list") if mail["kind"] == "confirmation")
    other("mail", "retry", failed["mail"], "--to", "m@mute.example")
    shown("/gui/F4/live/the-open-mail-tells",
          until(lambda: told("mail-title") == "confirmation · … waits") and
          picked("mails-table", state) == ["… waits"])
    shown("/gui/F4/live/nobody-loses-a-word", told("mail-address") == "right@ac")


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
    morning()
    reports()
    mails()
finish()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What another station does shows on every list, where it stands, while somebody works there:
cursor, keys and what is typed stay (DESIGN, Stations). TAP; run by run-gui, on both engines."""
import datetime
import os
import time

from hands import (Atspi, chosen, ctl, finish, focused, key_in, node, other, press, running, shown, soon,
                   table, texts, told, until)


def at(what, row):
    """How far down the screen a row is."""
    cell = Atspi.Table.get_accessible_at(node(what), row, 0)
    return Atspi.Component.get_extents(cell, Atspi.CoordType.SCREEN).y


def at_rest(measure):
    """Once it does not change any more: a list scrolls on behind the key."""
    seen = [measure(), None]
    until(lambda: time.sleep(0.3) or seen.insert(0, measure()) or seen[0] == seen[1])
    return seen[0]


def holds_keys(what):
    """The keys go to this list, or to a cell of it."""
    tree = node(what)
    return focused(what) or any(
        Atspi.Table.get_accessible_at(tree, r, 0).get_state_set().contains(
            Atspi.StateType.FOCUSED) for r in range(min(Atspi.Table.get_n_rows(tree), 40)))


def due():
    state, _, _, _, rma, *_ = range(8)
    press("ctrl+4")
    until(lambda: (told("due-rows") or "").startswith("226 clocks: 6 late"))
    press("Home", "Down", "Down", "Down")
    until(lambda: chosen("due-table", rma) == ["R2000000004"])
    other("extend", "R2000000002", "--days", "90", "--reason", "at sea")
    shown("/gui/C10/live/an-extended-clock-moves-down",
          until(lambda: [r[rma] for r in table("due-table")[:5]] ==
                ["R2000000001", "R2000000003", "R2000000004", "R2000000005", "R2000000006"]))
    shown("/gui/C10/live/counted", until(lambda: told("due-rows").startswith("226 clocks: 5 late")))
    shown("/gui/C10/live/the-cursor-goes-with-its-clock",
          chosen("due-table", rma) == ["R2000000004"] and holds_keys("due-table"))
    other("extend", "R2000000004", "--days", "60", "--reason", "at sea, too")
    shown("/gui/C10/live/so-does-the-clock-that-is-chosen",
          until(lambda: told("due-rows").startswith("226 clocks: 4 late")) and
          chosen("due-table", rma) == ["R2000000004"])
    press("ctrl+f")
    key_in("LATE")
    until(lambda: len(table("due-table")) == 6)
    other("waive", "R2000000006", "--reason", "lost at sea")
    shown("/gui/C10/live/through-the-filter",
          until(lambda: [r[rma] for r in table("due-table")] ==
                ["R2000000001", "R2000000003", "R2000000005", "R2000000004", "R2000000002"]))
    shown("/gui/C10/live/what-is-typed-stays", focused("due-search") and
          told("due-search") == "LATE")


def holds():
    serial, reason = 3, "counted twice"
    made = [other("receive", f"R00000000{n}", f"SWAPPED{n}X", "BH!NEXT-BOX")[0]["receipt"]
            for n in (40, 41, 42)]
    press("ctrl+5")
    until(lambda: len(table("holds-table")) == 3)
    press("Down")
    until(lambda: chosen("holds-table", serial) == ["SWAPPED41X"])
    other("receive", "R0000000043", "SWAPPED43X", "BH!NEXT-BOX")
    shown("/gui/D5/live/a-held-unit-comes", until(lambda: len(table("holds-table")) == 4))
    press("alt+r")
    until(lambda: focused("hold-reason"))
    key_in(reason)
    other("hold", "resolve", made[0], "--refuse", "--reason", "theirs")
    shown("/gui/D5/live/a-decided-one-goes",
          until(lambda: [r[serial] for r in table("holds-table")] ==
                ["SWAPPED41X", "SWAPPED42X", "SWAPPED43X"]))
    shown("/gui/D5/live/the-reason-that-is-typed-stays",
          told("hold-reason") == reason and focused("hold-reason") and
          chosen("holds-table", serial) == ["SWAPPED41X"])
    other("hold", "resolve", made[1], "--refuse", "--reason", "theirs as well")
    shown("/gui/D5/live/whose-hold-is-gone-is-told",
          until(lambda: "somebody else has decided" in told("holds-told")) and
          told("hold-reason") == reason and
          not node("hold-go").get_state_set().contains(Atspi.StateType.SENSITIVE))


def cases():
    case_no = 1
    press("ctrl+6")
    until(lambda: len(table("cases-table")) == 20)
    press("Tab", "Tab", "Home", "Down", "Down")
    until(lambda: chosen("cases-table", case_no) != [])
    mine = chosen("cases-table", case_no)
    other("case", "new", "2026-0101-000009", "--account", "ACME", "--site", "HQ", "--priority",
          "P1")
    shown("/gui/F2/live/a-new-case-comes",
          until(lambda: table("cases-table")[0][case_no] == "2026-0101-000009"))
    shown("/gui/F2/live/the-cursor-goes-with-its-case", chosen("cases-table", case_no) == mine)
    press("Return")
    until(lambda: told("case") == mine[0] and focused("case-message"))
    key_in("they were told ")
    other("case", "escalate", mine[0], "--kind", "faster-rma", "--owner", "jane")
    shown("/gui/F5/live/an-open-case-shows-its-escalation",
          until(lambda: "jane" in texts("escalations")))
    key_in("so")
    shown("/gui/F5/live/what-is-typed-stays", told("case-message") == "they were told so" and
          focused("case-message"))
    press("Escape")


def issue():
    press("ctrl+7")
    until(lambda: node("issue-drafts") is not None)
    press("ctrl+a")
    key_in("2026-1101-0000")
    one = other("rma", "new", "--case", "2026-1101-000001", "--account", "ACME", "--site", "HQ",
                "--destination", "SJC", "--unit", "COVER0001")[0]["rma"]
    shown("/gui/N1/live/a-draft-comes", until(lambda: one in texts("issue-drafts")))
    key_in("02")
    shown("/gui/N1/live/what-is-typed-stays", told("issue-case") == "2026-1101-000002")
    other("rma", "confirm", one)
    shown("/gui/N1/live/a-confirmed-one-goes", until(lambda: one not in texts("issue-drafts")))
    mine = other("rma", "new", "--case", "2026-1101-000001", "--account", "ACME", "--site", "HQ",
                 "--destination", "SJC", "--unit", "COVER0003")[0]["rma"]
    until(lambda: mine in texts("issue-drafts"))
    node("issue-drafts").get_child_at_index(0).grab_focus()
    press("Return")
    until(lambda: told("issue-title") == f"Draft {mine}")
    node("issue-reference").grab_focus()
    other("rma", "cancel", mine, "--reason", "sold")
    shown("/gui/N1/live/who-ended-the-open-draft-is-told",
          soon(lambda: told("issue-told").startswith(f"{mine}: changed by ") and
               "no draft any more" in told("issue-told")))
    shown("/gui/N1/live/the-keys-stay-in-its-form", focused("issue-reference") and
          not node("issue-confirm").get_state_set().contains(Atspi.StateType.SENSITIVE))
    return one


def views(rma):
    press("ctrl+2")
    until(lambda: len(table("returns-table")) == 20)
    press("ctrl+f")
    key_in(rma)
    until(lambda: len(table("returns-table")) == 1)
    press("Tab", "Home", "Return")
    until(lambda: told("rma") == rma and "open" in texts("lines"))
    other("receive", "COVER0001", "BH!NEXT-BOX")
    shown("/gui/F1/live/an-open-rma-shows-its-receipt", until(lambda: "other" in texts("history")) and
          until(lambda: "eceived" in texts("lines")))
    press("ctrl+3")
    key_in("COVER0001")
    press("Return")
    until(lambda: told("unit") == "COVER0001")
    other("move", "COVER0001", "--to", "shelf:S9")
    shown("/gui/R3/live/an-open-unit-shows-where-it-is", until(lambda: "S9" in texts("history")))
    shown("/gui/R3/live/the-keys-stay", focused("serial"))


def bench():
    serial, who = 5, 9
    press("ctrl+b")
    until(lambda: (told("bench-empty") or "").startswith("Nothing waits"))
    for n in (50, 51, 52):
        other("receive", f"SERIAL00{n}", "BH!NEXT-BOX")
    other("move", "SERIAL0050", "SERIAL0051", "--to", "repair:RC1")
    shown("/gui/RA4/live/what-comes-in-shows", until(lambda: len(table("bench-table")) == 2))
    press("ctrl+1", "ctrl+b")
    until(lambda: len(table("bench-table")) == 2)
    press("End")
    until(lambda: chosen("bench-table", serial) == ["SERIAL0051"])
    other("move", "SERIAL0052", "--to", "repair:RC1")
    shown("/gui/RA4/live/below-the-cursor", until(lambda: len(table("bench-table")) == 3) and
          chosen("bench-table", serial) == ["SERIAL0051"])
    other("bench", "start", "SERIAL0051", "--kind", "ra", "--approve", "--reason", "old but dear")
    shown("/gui/RA8/live/who-took-it-shows", until(
        lambda: {r[serial]: r[who] for r in table("bench-table")}["SERIAL0051"] != "nobody yet"))
    shown("/gui/RA8/live/under-the-cursor", chosen("bench-table", serial) == ["SERIAL0051"])


def printers():
    state, label = 1, 3
    press("ctrl+r")
    until(lambda: len(table("prints-table")) > 0)
    before = len(table("prints-table"))
    other("receive", "SERIAL0060", "BH!NEXT-BOX")
    shown("/gui/L3/live/a-label-comes", until(lambda: len(table("prints-table")) == before + 1))
    job = next(j for j in ctl("print", "queue") if j["rma"] == "R0000000060")
    other("print", "cancel", job["job"])
    shown("/gui/L3/live/a-cancelled-one-says-so",
          until(lambda: table("prints-table")[0][state] == "– cancelled"))


def calendars():
    """A calendar is replaced while somebody looks at what their own file would move."""
    date, holiday = 0, 1
    year = datetime.date.today().year

    def ics(*days):
        path = os.path.join(os.environ["HOME"], f"{len(days)}-{days[-1][0]}.ics")
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "".join(
                f"BEGIN:VEVENT\r\nUID:{day}\r\nDTSTART;VALUE=DATE:{year}{day}\r\n"
                f"SUMMARY:{name}\r\nEND:VEVENT\r\n" for day, name in days) + "END:VCALENDAR\r\n")
        return path

    days = [("0504", "Star"), ("0701", "Lake"), ("1203", "Hill")]
    other("calendar", "add", "SITE", ics(*days))
    press("ctrl+k")
    until(lambda: len(table("calendar-holidays")) == 3)
    node("calendar-holidays").grab_focus()
    press("Home", "Down", "Down")
    until(lambda: chosen("calendar-holidays", holiday) == ["Hill"])
    other("calendar", "add", "SITE", ics(("0102", "Dune"), *days))
    shown("/gui/C7/live/a-holiday-comes", soon(lambda: [r[holiday] for r in table(
        "calendar-holidays")] == ["Dune", "Star", "Lake", "Hill"]))
    shown("/gui/C7/live/and-its-mark", soon(lambda: "2*" in told("month-1")))
    shown("/gui/C7/live/the-cursor-goes-with-its-day",
          chosen("calendar-holidays", date) == [f"{year}-12-03"] and holds_keys("calendar-holidays"))
    shown("/gui/C7/live/who-changed-it-is-told",
          until(lambda: told("calendar-told").startswith("SITE: changed by ")))
    press("alt+n", "Tab")
    key_in(ics(("0202", "Mine")))
    press("Return")
    until(lambda: "Nothing is changed yet" in told("calendar-told"))
    node("calendar-file").grab_focus()
    press("End")
    key_in("x")
    other("calendar", "add", "SITE", ics(("0303", "Theirs")))
    shown("/gui/C11/live/what-was-looked-at-is-to-be-looked-at-again",
          soon(lambda: "Look again" in told("calendar-told")))
    press("BackSpace")
    shown("/gui/C11/live/and-is-not-kept-before", not node("calendar-go").get_state_set().contains(
        Atspi.StateType.SENSITIVE))
    shown("/gui/C11/live/what-is-typed-stays", focused("calendar-file") and
          told("calendar-file").endswith("1-0202.ics") and told("calendar-name") == "SITE")
    other("calendar", "add", "OTHER", ics(("0404", "Elsewhere")))
    shown("/gui/C7/live/another-calendar-is-offered",
          soon(lambda: "OTHER" in texts("calendar-choice")) and "SITE" in told("calendar-name"))


def scrolled():
    """Rows that come above leave in sight what is in sight."""
    rma = 0
    press("ctrl+6", "ctrl+2", "ctrl+f", "ctrl+a", "BackSpace")
    until(lambda: len(table("returns-table")) == 20)
    press("Tab", "Home", *["Page_Down"] * 3, "Up", "Up", "Up")
    tree = node("returns-table")
    until(lambda: Atspi.Table.get_selected_rows(tree))
    row = Atspi.Table.get_selected_rows(tree)[0]
    mine, place = chosen("returns-table", rma), at_rest(lambda: at("returns-table", row))
    rows = os.path.join(os.environ["HOME"], "above.csv")
    with open(rows, "w", encoding="utf-8") as file:
        file.write("rma,case,priority,account,site,contact,reference,serial,part,flag,destination,"
                   "created,confirmed\nR0000000000,2026-1001-000099,P2,ACME,,Joe,,ABOVE01,PN-1,,SJC,"
                   "2026-12-31T12:00:00Z,2026-12-31T12:00:00Z\n")
    other("import", "rmas", rows)
    shown("/gui/F1/live/rows-come-above",
          until(lambda: table("returns-table")[0][rma] == "R0000000000"))
    shown("/gui/F1/live/what-is-in-sight-stays", chosen("returns-table", rma) == mine and
          until(lambda: at("returns-table", Atspi.Table.get_selected_rows(
              node("returns-table"))[0]) == place))


def unseen():
    """What changed while another page was on screen."""
    press("ctrl+1")
    other("rma", "cancel", "R0000000218", "--reason", "sold")
    press("ctrl+2")
    shown("/gui/F1/live/what-changed-out-of-sight-shows",
          until(lambda: [r for r in table("returns-table") if r[0] == "R0000000218"][0][1] ==
                "closed"))


with running("--page", "dock"):
    due()
    holds()
    cases()
    views(issue())
    bench()
    printers()
    calendars()
    scrolled()
    unseen()
finish()

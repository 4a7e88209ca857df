#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A calendar's year, and another one from a file, by keys alone (C7, C11). Speaks TAP; run
by run-gui."""
import datetime
import os
import tempfile

from hands import ctl, finish, key_in, press, running, shown, table, texts, told, until

TODAY = datetime.date.today()
# a holiday within the ten days of what was confirmed today: the clocks of 220 RMAs move
DAY = TODAY + datetime.timedelta(days=(7 - TODAY.weekday()) % 7 or 7)
ICS = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
       f"DTSTART;VALUE=DATE:{DAY:%Y%m%d}\r\nSUMMARY:Founders & friends\r\nEND:VEVENT\r\n"
       "END:VCALENDAR\r\n")


def file(text):
    handle, path = tempfile.mkstemp(suffix=".ics", dir=os.environ["HOME"])
    with os.fdopen(handle, "w", newline="") as out:
        out.write(text)
    return path


def due():
    return ctl("rma", "show", "R0000000002")[0]["return_by"]


def year():
    press("ctrl+k")
    shown("/gui/C7/twelve-months", until(lambda: "Mo  Tu" in told("month-1") and
                                        "31" in told("month-12") and
                                        told("calendar-year") == str(TODAY.year)))
    shown("/gui/C7/the-working-week-is-marked", "·" in told("month-6"))
    press("alt+e")
    shown("/gui/C7/the-year-after", until(lambda: told("calendar-year") == str(TODAY.year + 1)))
    press("alt+y")
    shown("/gui/C7/and-back", until(lambda: told("calendar-year") == str(TODAY.year)))


def looked_at():
    before = due()
    shown("/gui/C11/its-name-is-filled-in", told("calendar-name") == "SITE")
    press("alt+n", "Tab")
    key_in(file("BEGIN:VCALENDAR\r\nnonsense"))
    press("Return")
    shown("/gui/C11/a-broken-file-is-said", until(lambda: ".ics" in told("calendar-told") or
                                                 "SITE" in told("calendar-told")))
    press("ctrl+a")
    key_in(file(ICS))
    press("Return")
    shown("/gui/C11/moves-are-shown-first",
          until(lambda: "Nothing is changed yet" in told("calendar-told")) and due() == before)
    shown("/gui/C11/each-clock-is-named", until(lambda: "R0000000002" in told("calendar-moves")))
    shown("/gui/C11/not-there-yet", ctl("calendar", "show", "SITE") == [])


def replaced():
    before = due()
    press("alt+r")
    shown("/gui/C11/then-done", until(lambda: "Done" in told("calendar-told")) and due() > before)
    shown("/gui/C7/its-holiday-has-a-name",
          until(lambda: any("Founders & friends" in row for row in table("calendar-holidays"))))
    shown("/gui/C7/and-a-mark", until(lambda: "*" in told(f"month-{DAY.month}")))
    shown("/gui/C7/who-counts-by-it", until(lambda: "SITE · SJC" in texts("calendar-choice")))


with running():
    year()
    looked_at()
    replaced()
finish()

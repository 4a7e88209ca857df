#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A new support case and an RMA from it, by keys alone. Speaks TAP; run by run-gui."""
import re

from hands import ctl, finish, key_in, press, running, scan, shown, showing, table, texts, told, until

STATUS, CASE, SITE, CONTACT, MODIFIED, PLATFORM, PRIORITY = range(7)
NUMBER = re.compile(r"^\d{4}-\d{4}-\d{6}$")


def newest():
    return ctl("case", "list", "--sort", "modified", "--descending", "--limit", "1")[0]


def by_serial():
    """A unit on record fills in whose it is, where, and what it belongs to."""
    press("ctrl+6")
    until(lambda: len(table("cases-table")) > 3)
    press("alt+n")
    shown("/gui/I2/a-new-case", until(lambda: showing("new-serial") and
                                      NUMBER.match(told("new-case") or "") is not None))
    shown("/gui/I2/says-what-is-next", "account" in told("new-told"))
    scan("COVER0001")
    shown("/gui/N2/its-coverage-is-shown-at-once",
          until(lambda: "✓ contract K-1, Next-Day Delivery" in told("new-cover")))
    shown("/gui/F2/its-account-is-taken", until(lambda: told("new-account") == "ACME" and
                                                told("new-account-name") == "Acme Networks"))
    shown("/gui/F2/its-platform-too", told("new-platform") == "MX")
    press("alt+o")
    key_in("Ann Able")
    press("alt+r", "Up")
    shown("/gui/C6/what-the-priority-promises",
          until(lambda: told("new-promise") ==
                "First answer within 1 hour, the next news within 1 business day (C6)"))
    press("alt+w")
    key_in("fan dead")
    number = told("new-case")
    press("alt+e")
    shown("/gui/I2/it-is-open", until(lambda: told("case") == number))
    row = newest()
    shown("/gui/F2/as-it-was-typed", (row["case"], row["account"], row["site"], row["contact"],
                                      row["platform"], row["priority"], row["status"]) ==
          (number, "ACME", "HQ", "Ann Able", "MX", "P2", "open"))
    shown("/gui/C6/its-clock-runs", [clock["kind"] for clock in ctl("clock", "show", number)] == ["C6"])
    shown("/gui/F6/unit-and-words-are-kept",
          until(lambda: "unit COVER0001: fan dead" in texts("history")))
    return number


def issued(case):
    """The RMA's page begins with the case, its site and contact, and the unit."""
    press("alt+r")
    shown("/gui/N1/issue-is-filled-in", until(lambda: told("issue-case") == case and
                                              [row[0] for row in table("issue-units")] ==
                                              ["COVER0001"]))
    shown("/gui/N1/with-its-contact", until(lambda: told("issue-contact") == "Ann Able"))
    shown("/gui/N1/kept-as-a-draft", until(lambda: any(
        row["case"] == case and row["state"] == "draft" for row in ctl("rma", "list", "--case", case))))
    press("alt+c")
    shown("/gui/N5/confirmed-from-there", until(lambda: any(
        row["case"] == case and row["state"] == "open" for row in ctl("rma", "list", "--case", case))))


def by_name():
    """An account found as it is typed; a unit that nobody knows; what is missing is said."""
    press("ctrl+6", "Escape", "alt+n")
    until(lambda: NUMBER.match(told("new-case") or "") is not None and told("new-serial") == "")
    shown("/gui/I2/an-empty-form", told("new-account") == "" and told("new-text") == "")
    press("alt+e")
    shown("/gui/I2/not-without-an-account", showing("new-serial") and newest()["priority"] == "P2")
    press("alt+a")
    key_in("northern hon")
    shown("/gui/F3/found-by-words-of-its-name",
          until(lambda: "BETA · The Honourable Company" in texts("new-accounts")))
    press("Return")
    shown("/gui/F3/enter-takes-it", until(lambda: told("new-account") == "BETA"))
    press("alt+a", "ctrl+a")
    key_in("zzz")
    shown("/gui/F3/nobody-is-called-so", until(lambda: told("new-account-name") ==
                                               "No account begins so."))
    press("ctrl+a")
    key_in("m")
    shown("/gui/F3/found-by-its-code", until(lambda: "MUTE · Mute" in texts("new-accounts")))
    press("Down", "Return")
    shown("/gui/F3/down-and-enter-take-it", until(lambda: told("new-account") == "MUTE"))
    press("alt+s")
    key_in("NAKED0001")
    shown("/gui/N2/another-s-unit-is-said", until(lambda: "▲" in told("new-cover") and
                                                  "not of MUTE" in told("new-cover")))
    press("Escape")
    shown("/gui/I2/escape-goes-back", until(lambda: showing("cases-table")))
    press("alt+n")
    shown("/gui/I2/what-was-typed-is-there", until(lambda: told("new-account") == "MUTE" and
                                                   told("new-serial") == "NAKED0001"))
    press("alt+n", "ctrl+a")
    key_in("2026-0230-000001")
    press("Return")
    shown("/gui/I2/no-such-day", until(lambda: "not a case number (I2)" in told("new-told")))
    press("alt+n", "ctrl+a")
    key_in("20261101000007")
    press("Return")
    shown("/gui/I2/on-record-already", until(lambda: "on record already" in told("new-told")))
    press("alt+n", "ctrl+a")
    key_in("2026-0105-000001")
    press("Return")
    shown("/gui/I2/a-number-of-the-support-s-own", until(lambda: told("case") == "2026-0105-000001"))
    shown("/gui/F2/its-account", newest()["account"] == "MUTE")


with running():
    case_no = by_serial()
    issued(case_no)
    by_name()
finish()

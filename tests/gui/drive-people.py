#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of people: who may sign in, by the keyboard alone (RULES 2, V9). Speaks TAP; run by
run-gui."""
import os
import subprocess
import sys
import time

from hands import (CTL, STORE, ctl, finish, key_in, press, running, shown, showing, table,
                   told, until)

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../cli"))
from printers import Sink, codes  # noqa: E402

LOGIN, NAME, ROLE, MARK, STATE, BADGE, SEEN = range(7)
THREE = (("rita", 0, "receiver"), ("tom", 1, "technician"), ("cora", 2, "csr"))
os.environ["BACKHAUL_PIN"] = "4711"


def row(login):
    return next((cells for cells in table("people-table") if cells[LOGIN] == login), None)


def people(login):
    """The person as the store has them; empty: nobody."""
    return next((person for person in ctl("--operator", "sue", "operator", "list")
                 if person["login"] == login), {})


def say(words):
    return until(lambda: words in (told("person-told") or ""))


def kept(login, **wanted):
    """Waits for the store: what the page says may still be of the act before."""
    return until(lambda: people(login) and wanted.items() <= people(login).items())


def new_person(login, name, role, pin):
    """@role: its place in the list of roles."""
    press("alt+n")
    until(lambda: told("person-title") == "A new person")
    for text in (login, name):
        key_in(text)
        press("Tab")
    press("space", "Home", *["Down"] * role, "Return")
    press("alt+i")
    key_in(pin)
    press("Return")


def sign_in(login):
    until(lambda: showing("sign-in-login"))
    key_in(login)
    press("Return")
    key_in("4711")
    press("Return")
    until(lambda: (told("signed-in-as") or "").startswith(login))


with running():
    press("ctrl+o")
    shown("/gui/V9/people/empty-says-how-to-begin", until(lambda: told("people-rows") == "0 people"))
    new_person("rita", "Rita", 0, "4711")
    shown("/gui/V9/people/first-must-be-able-to-enrol", say("must be a supervisor or administrator"))
    press("Escape")
    new_person("sue", "Sue Ellen Fernández de la Vega y Montalbán", 3, "4711")
    shown("/gui/V9/people/first-one-closes-the-door", until(lambda: showing("sign-in-login")))
    sign_in("sue")
    shown("/gui/V9/people/the-page-is-still-there", until(lambda: row("sue") is not None))
    new_person("adam", "Adam", 4, "4711")
    shown("/gui/V9/people/enrolled", kept("adam", role="administrator"))
    shown("/gui/V9/people/supervisors-look-on", say("Administrators enrol people")
          or until(lambda: row("adam") is not None))
    press("ctrl+l")
    sign_in("adam")
    shown("/gui/V9/people/administrator-has-no-dock", until(lambda: not showing("page-dock")))
    press("ctrl+o")
    # one after another: the next is begun before the last is answered
    for login, role, _ in THREE:
        new_person(login, login.title(), role, "4711")
    for login, _, what in THREE:
        shown(f"/gui/V9/people/enrol-{what}", kept(login, role=what, name=login.title()))
    shown("/gui/V9/people/enrolled-is-told",
          say("Enrolled") and until(lambda: told("people-rows") == "5 people"))
    shown("/gui/V9/people/row", until(lambda: (row("rita")[ROLE], row("rita")[SEEN], row("rita")[STATE],
                                               row("rita")[BADGE])
                                      == ("Receiver", "never", "✓ may sign in", "none")))
    shown("/gui/V9/people/last-sign-in", until(lambda: row("adam")[SEEN] != "never"))

    # change: the cursor is on cora, who was enrolled last
    until(lambda: told("person-title") == "Cora")
    press("Escape")
    press("Return")
    press("ctrl+a")
    key_in("Cora Marie")
    press("alt+r", "space", "Home", "Down", "Return")
    press("alt+u")
    press("alt+s")
    shown("/gui/V9/people/change", kept("cora", role="technician", name="Cora Marie",
                                        authorised_technician=True) and say("Saved"))
    shown("/gui/V9/people/change-shows", until(lambda: row("cora")[NAME] == "Cora Marie"
                                               and row("cora")[MARK] == "authorised"))
    press("alt+i")
    key_in("12")
    press("Return")
    shown("/gui/V9/people/pin-of-two-digits", say("not 4 to 12 digits"))
    press("ctrl+a")
    key_in("998877")
    press("Return")
    shown("/gui/V9/people/pin", say("Saved"))
    shown("/gui/V9/people/pin-is-the-new-one", until(lambda: subprocess.run(
        [CTL, "--store", STORE, "--operator", "cora", "rma", "list"], check=False, capture_output=True,
        env={**os.environ, "BACKHAUL_PIN": "998877"}).returncode == 0))

    # what is typed here outlives what another station does
    press("alt+m", "ctrl+a")
    key_in("Cora half")
    ctl("--operator", "adam", "operator", "change", "tom", "--name", "Thomas")
    shown("/gui/V9/people/another-station-shows", until(lambda: row("tom")[NAME] == "Thomas"))
    shown("/gui/V9/people/what-is-typed-stays", told("person-name") == "Cora half")
    press("Escape")
    shown("/gui/V9/people/escape-takes-it-back", until(lambda: told("person-name") == "Cora Marie"))

    # badges: a PDF by the dialog is the print's test; here a printer
    printer = Sink("good")
    ctl("--operator", "adam", "printer", "set", "operator-badge", printer.target)
    press("ctrl+p")
    shown("/gui/V9/people/badge-asks", until(lambda: showing("badge-print"))
          and "Cora Marie" in told("badge-question"))
    press("Escape")
    shown("/gui/V9/people/badge-left", until(lambda: not showing("badge-print"))
          and people("cora")["badge"] is None)
    press("ctrl+p")
    until(lambda: showing("badge-print"))
    time.sleep(0.3)
    press("alt+p")
    code = [text for zpl in printer.wait() for text in codes(zpl) if text.startswith("BHOP!")]
    shown("/gui/V9/people/badge-is-printed", say("is printed") and len(code) >= 1)
    shown("/gui/V9/people/badge-on-record", until(lambda: row("cora")[BADGE] == "has one"))
    press("alt+h")
    shown("/gui/V9/people/badge-withdrawn", kept("cora", badge=None) and say("Withdrawn"))

    # who is disabled
    press("ctrl+f")
    key_in("rita")
    shown("/gui/V9/people/search", until(lambda: told("people-rows") == "1 of 5 people"))
    press("Tab", "Down")
    until(lambda: told("person-title") == "Rita")
    press("alt+d")
    shown("/gui/V9/people/disable", kept("rita", disabled=True) and say("Disabled")
          and until(lambda: row("rita")[STATE] == "✗ disabled"))
    press("alt+t")
    shown("/gui/V9/people/let-in-again", kept("rita", disabled=False) and say("may sign in again"))

    # who may not
    press("ctrl+l")
    sign_in("sue")
    press("ctrl+o")
    shown("/gui/V9/people/who-may-not-is-told",
          say("Administrators enrol"))
    press("alt+n", "alt+d", "ctrl+p")
    time.sleep(0.5)
    shown("/gui/V9/people/and-can-nothing", told("person-title") != "A new person"
          and not showing("badge-question") and len(ctl("--operator", "sue", "operator", "list")) == 5)
    press("ctrl+l")
    sign_in("rita")
    press("ctrl+o")
    time.sleep(0.5)
    shown("/gui/V9/people/not-the-receivers", showing("verdict") and not showing("people-table")
          and not showing("page-people"))
finish()

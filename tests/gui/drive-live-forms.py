#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another station changes what somebody here is writing into: what is typed stays, and who changed it is
told; where nobody types, the new words are there. TAP; run by run-gui, on both engines."""
import getpass

from benchwork import values
from hands import (chosen, ctl, finish, focused, key_in, node, other, press, put, running, scan, shown, soon,
                   table, texts, told, until)


def printers():
    station, target = 0, 2
    ctl("printer", "set", "any", "tcp:127.0.0.1:9")
    ctl("--station", "zz", "printer", "set", "any", "tcp:127.0.0.1:10")
    press("ctrl+r")
    until(lambda: len(table("printers-table")) == 2 and told("printer-target") == "tcp:127.0.0.1:9")
    mine = chosen("printers-table", station)
    ctl("--station", "aa", "printer", "set", "any", "tcp:127.0.0.1:11")
    shown("/gui/L3/live/a-printer-comes", soon(lambda: len(table("printers-table")) == 3))
    shown("/gui/L3/live/the-cursor-goes-with-its-printer", chosen("printers-table", station) == mine)
    ctl("printer", "set", "any", "tcp:127.0.0.1:12")
    shown("/gui/L3/live/a-form-that-nobody-wrote-into-follows",
          soon(lambda: told("printer-target") == "tcp:127.0.0.1:12"))
    node("printer-target").grab_focus()
    press("End")
    key_in("34")
    until(lambda: told("printer-target") == "tcp:127.0.0.1:1234")
    ctl("printer", "set", "any", "tcp:127.0.0.1:13")
    shown("/gui/L3/live/who-set-another-is-told",
          soon(lambda: "changed by" in told("printer-told") and
               "not set yet" in told("printer-told")))
    shown("/gui/L3/live/what-is-typed-stays", told("printer-target") == "tcp:127.0.0.1:1234" and
          focused("printer-target") and chosen("printers-table", target) == ["tcp:127.0.0.1:13"])


def people():
    login, name, role = range(3)
    put("operators", "login,name,role,authorised_technician,email\n"
        f"{getpass.getuser()},Mine,supervisor,yes,\n" + "".join(
            f"a{i:02d},Person {i},receiver,no,\n" for i in range(1, 41)), "--station", "other")
    press("ctrl+o")
    until(lambda: told("people-rows") == "41 people")
    node("people-table").grab_focus()
    press("Home", *["Down"] * 4)
    until(lambda: chosen("people-table", login) == ["a05"] and told("person-name") == "Person 5")
    other("operator", "change", "a02", "--role", "csr")
    shown("/gui/V9/live/another-s-role-shows", soon(lambda: table("people-table")[1][role] == "CSR"))
    shown("/gui/V9/live/the-cursor-stays", chosen("people-table", login) == ["a05"])
    other("operator", "change", "a05", "--name", "Pat Five")
    shown("/gui/V9/live/a-form-that-nobody-wrote-into-follows",
          soon(lambda: told("person-name") == "Pat Five"))
    node("person-email").grab_focus()
    key_in("pat@")
    until(lambda: told("person-email") == "pat@")
    other("operator", "change", "a05", "--role", "technician")
    shown("/gui/V9/live/who-changed-them-is-told",
          soon(lambda: told("person-told").startswith("Pat Five: changed by ") and
               "not saved yet" in told("person-told")))
    key_in("x")
    shown("/gui/V9/live/what-is-typed-stays", until(lambda: told("person-email") == "pat@x") and
          focused("person-email") and table("people-table")[4][name] == "Pat Five")
    press("Escape")


def bench():
    other("receive", "SERIAL0080", "BH!NEXT-BOX")
    other("move", "SERIAL0080", "--to", "repair:RC1")
    job = other("bench", "start", "SERIAL0080", "--kind", "ra", "--approve", "--reason", "dear")[0]["job"]
    press("ctrl+b")
    until(lambda: len(table("bench-table")) > 0)
    scan("SERIAL0080")
    until(lambda: told("bench-job") == f"RA {job}")
    other("bench", "log", job, "--symptom", "no link")
    shown("/gui/RA10/live/what-another-writes-down-shows",
          soon(lambda: told("bench-symptom") == "no link"))
    shown("/gui/RA10/live/who-wrote-it-is-told", until(lambda: "changed by" in told("bench-told")))
    node("bench-component").grab_focus()
    key_in("U1")
    until(lambda: told("bench-component") == "U1")
    other("bench", "log", job, "--action", "reseated")
    shown("/gui/RA10/live/what-another-did-is-listed",
          until(lambda: "reseated" in texts("bench-entries")))
    shown("/gui/RA10/live/what-is-typed-stays",
          focused("bench-component") and told("bench-component") == "U1")
    shown("/gui/RA10/live/and-is-kept", until(lambda: values(job, "component") == ["U1"]))
    other("move", "SERIAL0080", "--to", "shelf:S7")
    shown("/gui/RA4/live/where-it-went-shows", soon(lambda: "S7" in texts("bench-facts")))


with running("--page", "dock"):
    printers()
    people()
    bench()
finish()

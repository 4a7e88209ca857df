#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The outbox, by keys alone (F4). Speaks TAP; run by run-gui."""
from hands import ctl, finish, key_in, press, running, shown, table, told, until

QUEUED, STATE, KIND, TO, CUSTOMER, RMAS, ERROR = range(7)


def rows():
    return table("mails-table")


def mails(**wanted):
    return [m for m in ctl("mail", "list") if all(m[k] == v for k, v in wanted.items())]


def listed():
    press("ctrl+m")
    shown("/gui/F4/newest-first", until(lambda: [r[KIND] for r in rows()] == ["confirmation",
                                                                             "overdue"]))
    shown("/gui/F4/shape-and-word", rows()[0][STATE] == "✗ failed" and rows()[1][STATE] == "… waits"
          and rows()[0][TO] == "(no address)" and rows()[0][ERROR] != "")
    key_in("honourable")
    shown("/gui/F4/searched-as-it-is-typed", until(lambda: [r[KIND] for r in rows()] == ["overdue"]))
    press("ctrl+a", "Delete")
    until(lambda: len(rows()) == 2)


def text():
    press("Tab", "Tab", "Home")
    shown("/gui/N5/the-text-as-it-would-go", until(lambda: "Subject: " in told("mail-text") and
                                                  "COVER0001" in told("mail-text") and
                                                  "Attached: " in told("mail-text")))
    shown("/gui/F4/what-is-wrong-is-said", "no e-mail address" in told("mail-told").lower() or
          told("mail-told") != "")


def put_back():
    press("Return")
    key_in("nobody")
    press("Return")
    shown("/gui/F4/no-address-is-refused", until(lambda: "nobody" in told("mail-told")) and
          len(mails(state="failed")) == 1)
    press("ctrl+a")
    key_in("right@acme.example")
    press("Return")
    shown("/gui/F4/put-back-under-the-right-address",
          until(lambda: [m["to"] for m in mails(state="queued", kind="confirmation")] ==
                ["right@acme.example"]))
    shown("/gui/F4/the-list-knows", until(lambda: rows()[0][STATE] == "… waits" and
                                         rows()[0][TO] == "right@acme.example"))


def prepared():
    """An overdue notice that waits, and a confirmation of an account without an address."""
    ctl("chase")
    ctl("case", "new", "2026-1102-000001", "--account", "MUTE", "--site", "M1", "--priority", "P3")
    rma = ctl("rma", "new", "--case", "2026-1102-000001", "--account", "MUTE", "--site", "M1",
              "--destination", "SJC", "--unit", "COVER0001")[0]["rma"]
    ctl("rma", "confirm", rma)


prepared()
with running():
    listed()
    text()
    put_back()
finish()

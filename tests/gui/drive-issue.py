#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A new RMA from a case, by keys alone. Speaks TAP; run by run-gui."""
import subprocess
import time

from hands import (ctl, finish, key_in, press, running, scan, shown, showing, table, texts, told,
                   until)

SERIAL, PART, COVER, GRANTS, FLAG, REPAIR, WHY = range(7)


def rows():
    return table("issue-units")


def drafts():
    return [row["rma"] for row in ctl("rma", "queue")]


def case():
    press("ctrl+7")
    until(lambda: showing("issue-case"))
    key_in("2026-1101-99")
    shown("/gui/I2/no-case-is-said", until(lambda: "I2" in told("issue-account")))
    press("ctrl+a")
    key_in("2026-1101-000001")
    shown("/gui/N1/the-case-names-the-account",
          until(lambda: told("issue-account") == "Acme Networks"))
    press("Return")


def units():
    scan("COVER0001")
    shown("/gui/N2/a-scan-shows-its-coverage",
          until(lambda: [r[SERIAL] for r in rows()] == ["COVER0001"] and
                rows()[0][COVER] == "✓ contract"))
    shown("/gui/N4/and-what-its-level-gives", rows()[0][GRANTS] != "")
    shown("/gui/N1/it-is-a-draft-as-soon-as-it-can-be", until(lambda: len(drafts()) == 1))
    rma = drafts()[0]
    shown("/gui/N1/its-number-is-said", until(lambda: told("issue-title") == f"Draft {rma}"))
    press("alt+s")
    key_in("naked0001, serial0099")
    press("Return")
    shown("/gui/N2/no-coverage-is-said",
          until(lambda: {r[SERIAL]: r[COVER] for r in rows()}.get("NAKED0001") == "▲ none"))
    shown("/gui/I4/awaited-elsewhere-is-said",
          until(lambda: any("awaits it already" in r[WHY] for r in rows())))
    shown("/gui/I4/and-bars-confirming", until(lambda: "1 barred" in told("issue-sum")))
    shown("/gui/L6/several-are-kept", until(lambda: lines(rma) == ["COVER0001", "NAKED0001"]))
    subprocess.run(["xdotool", "key", "--delay", "60", "Tab", "Tab", "End", "Delete"], check=True)
    shown("/gui/I4/delete-takes-it-out", until(lambda: "barred" in told("issue-sum") and
                                              "0 barred" in told("issue-sum")))
    flagged(rma)
    return rma


def flag_of(rma, serial):
    return {line["serial"]: line["flag"] for line in ctl("rma", "show", rma)[0]["lines"]
            if line["state"] == "draft"}.get(serial)


def flagged(rma):
    """N6: on its row, R, F and N; the product's five years are over, so RA is by approval"""
    shown("/gui/RA5/by-approval-is-said", "by approval (RA5)" in rows()[0][REPAIR])
    press("Home", "f")
    shown("/gui/N6/flagged-fa-and-kept", until(lambda: rows()[0][FLAG] == "FA" and
                                              flag_of(rma, "COVER0001") == "fa"))
    press("n")
    shown("/gui/N6/taken-off", until(lambda: rows()[0][FLAG] == "" and
                                    flag_of(rma, "COVER0001") is None))
    press("r")
    shown("/gui/N6/flagged-ra-and-kept", until(lambda: rows()[0][FLAG] == "RA" and
                                              flag_of(rma, "COVER0001") == "ra"))


def lines(rma):
    return sorted(line["serial"] for line in ctl("rma", "show", rma)[0]["lines"])


def texts_kept(rma):
    press("alt+f")
    key_in("PO 4711 green")
    shown("/gui/I3/the-reference-is-kept-as-typed",
          until(lambda: ctl("rma", "show", rma)[0]["reference"] == "PO 4711 green"))


def resumed(rma):
    press("alt+w")
    shown("/gui/N1/a-fresh-one", until(lambda: told("issue-title") == "New RMA" and rows() == []))
    shown("/gui/N1/the-draft-waits-in-the-queue", until(lambda: rma in texts("issue-drafts")))
    press("shift+Tab", "Return")  # to the list of drafts
    shown("/gui/N1/and-is-taken-up-again",
          until(lambda: told("issue-title") == f"Draft {rma}" and len(rows()) == 2))
    shown("/gui/N6/with-its-flag", until(lambda: rows()[0][FLAG] == "RA"))


def confirmed(rma):
    until(lambda: "1 without coverage" in told("issue-sum"))
    shown("/gui/L1/the-draft's-label-is-beside-it", until(lambda: showing("issue-live") and
                                                          not showing("issue-label")))
    press("alt+c")
    time.sleep(0.7)
    shown("/gui/N2/not-without-a-reason", ctl("rma", "show", rma)[0]["state"] == "draft")
    press("alt+r")
    key_in("goodwill")
    press("alt+c")
    shown("/gui/N1/confirmed", until(lambda: ctl("rma", "show", rma)[0]["state"] == "open"))
    shown("/gui/N5/its-mail-is-queued",
          until(lambda: any(mail["kind"] == "confirmation" for mail in ctl("mail", "list"))))
    shown("/gui/N5/its-label-is-shown", until(lambda: rma in told("issue-done") and
                                             showing("issue-label") and
                                             not showing("issue-live")))
    shown("/gui/N5/and-the-customers-mail", until(lambda: rma in told("issue-mail") and
                                                 "Subject: " in told("issue-mail") and
                                                 f"{rma}-label.pdf" in told("issue-mail")))
    press("ctrl+p")
    shown("/gui/L1/its-labels-are-queued", until(lambda: f"box label {rma}" in told("print-told")) and
          {job["rma"] for job in ctl("print", "queue")} == {rma})


with running():
    case()
    DRAFT = units()
    texts_kept(DRAFT)
    resumed(DRAFT)
    confirmed(DRAFT)
finish()

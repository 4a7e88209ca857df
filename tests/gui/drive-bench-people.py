#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several people at one bench, each with a PIN (RULES 2, RA8). Speaks TAP; run by run-gui."""
import os
import subprocess
import time
from datetime import date, datetime

from hands import (CTL, STORE, ctl, finish, key_in, press, put, running, scan, shown, showing, table,
                   texts, told, until)

os.environ.update(BACKHAUL_NEW_PIN="4711", BACKHAUL_PIN="4711")


def enrol(login, role, *words, by="sue"):
    subprocess.run([CTL, "--store", STORE, "--operator", by, "operator", "add", login, "--name",
                    login.title(), "--role", role, *words], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def sign_in(login):
    until(lambda: showing("sign-in-login"))
    time.sleep(0.3)
    key_in(login)
    press("Return")
    until(lambda: showing("sign-in-pin"))
    key_in("4711")
    press("Return")
    until(lambda: (told("signed-in-as") or "").startswith(login))
    time.sleep(0.5)


def sign_out():
    press("ctrl+l")


def job(serial):
    return (ctl("--operator", "sue", "bench", "show", serial) or [{}])[0]


def values(serial, what):
    return [e["value"] for e in job(serial)["entries"] if e["what"] == what and not e["struck"]]


def receiver():
    sign_in("rita")
    press("ctrl+b")
    time.sleep(0.7)
    shown("/gui/V9/the-receiver-has-no-bench", not showing("page-bench") and
          not showing("bench-table") and not showing("bench-empty"))
    sign_out()


def csr():
    sign_in("carl")
    press("ctrl+b")
    time.sleep(0.7)
    shown("/gui/V9/nor-has-the-csr", not showing("page-bench") and not showing("bench-empty"))
    sign_out()


def first():
    """An authorised technician takes it in hand."""
    sign_in("tina")
    press("ctrl+b")
    until(lambda: [r[3] for r in table("bench-table")] == ["came in"])
    press("Return")
    shown("/gui/RA1/the-technician-has-the-bench", until(lambda: "Begin the RA" in
                                                        told("bench-next")))
    press("Return")
    until(lambda: "symptom" in told("bench-next"))
    key_in("fan is loud")
    until(lambda: values("PEOPLE0001", "symptom") == ["fan is loud"])
    key_in(" at night")
    sign_out()  # in the middle of it
    shown("/gui/RA10/what-was-typed-is-kept-as-hers", until(
        lambda: values("PEOPLE0001", "symptom")[-1:] == ["fan is loud at night"]) and
          job("PEOPLE0001")["entries"][-1]["operator"] == "tina")


def second():
    """The second one is told who holds it, and can take it over with a reason."""
    sign_in("tom")
    shown("/gui/RA8/told-who-holds-it", until(lambda: "tina has it in hand" in told("bench-next")))
    shown("/gui/RA8/what-was-written-down-is-read", until(lambda: told("bench-symptom") ==
                                                         "fan is loud at night"))
    press("alt+s")
    key_in("X")
    time.sleep(1.5)
    shown("/gui/RA8/but-not-changed", told("bench-symptom") == "fan is loud at night")
    press("alt+t")
    until(lambda: showing("bench-ask"))
    time.sleep(0.3)
    press("Return")
    time.sleep(0.3)
    shown("/gui/RA8/not-without-a-reason", job("PEOPLE0001")["technician"] == "tina")
    key_in("tina is ill")
    press("Return")
    shown("/gui/RA8/taken-over", until(lambda: job("PEOPLE0001")["technician"] == "tom"))
    shown("/gui/RA8/the-next-step-is-his", until(lambda: "Reproduce" in told("bench-next")))
    shown("/gui/RA8/and-why-stands-there", until(lambda: "tina is ill" in texts("bench-entries")))
    ctl("--operator", "tina", "bench", "take", "PEOPLE0001", "--reason", "well again")
    press("alt+n")
    shown("/gui/RA8/told-when-it-is-taken-meanwhile",
          until(lambda: "tina has it in hand" in told("bench-next")))
    sign_out()


def learner():
    """RA8: who is not marked may work on it, and not post."""
    sign_in("lea")
    press("alt+t")
    until(lambda: showing("bench-ask"))
    time.sleep(0.3)
    key_in("to learn it")
    press("Return")
    until(lambda: "Reproduce" in told("bench-next"))
    press("alt+n")
    shown("/gui/RA8/ready-but-not-by-her", until(lambda: "authorised technician" in
                                                told("bench-why")))
    press("alt+p")
    time.sleep(0.7)
    shown("/gui/RA8/not-posted", not showing("bench-ask") and job("PEOPLE0001")["versions"] == [])


enrol("sue", "supervisor", by="sue")
enrol("rita", "receiver")
enrol("carl", "csr")
enrol("tina", "technician", "--authorised-technician")
enrol("tom", "technician", "--authorised-technician")
enrol("lea", "technician")
NOW = datetime.utcnow().strftime("%Y-%m-%dT%H:%M:%SZ")
put("products", "part,description,platform,list_price,currency,first_shipment,end_of_life,"
    "end_of_service,third_party,components\n"
    f"PN-B,Line card,MX,100.00,USD,{date.today().year - 1}-01-01,,,no,\n", "--operator", "sue")
put("rmas", "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,"
    "created,confirmed\nR0000000901,2026-1101-000001,P2,ACME,,Joe,,PEOPLE0001,PN-B,,SJC,"
    f"{NOW},{NOW}\n", "--operator", "sue")
ctl("--operator", "rita", "receive", "PEOPLE0001", "BH!NEXT-BOX")
ctl("--operator", "sue", "move", "PEOPLE0001", "--to", "repair:RC1")
with running(says="Nobody is signed in"):
    receiver()
    csr()
    first()
    second()
    learner()
finish()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bench: from the dock to a posted result, by keys and scans alone. Speaks TAP; run by
run-gui."""
import datetime
import os
import subprocess
import time

from hands import (STORE, ctl, finish, key_in, press, running, scan, shown, showing, table, texts,
                   told, until, verdict)

DUE, CLOCK, LEFT, JOB, KIND, SERIAL = range(6)
FOLDER = os.path.dirname(STORE.partition(":")[2])
TODAY = datetime.date.today()


def put(kind, text):
    path = os.path.join(FOLDER, kind + "-bench.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    ctl("import", kind, path)


def make():
    """Units of a product that comes back in pieces, one of a product past its five years."""
    now = datetime.datetime.utcnow().strftime("%Y-%m-%dT%H:%M:%SZ")
    put("products", "part,description,platform,list_price,currency,first_shipment,end_of_life,"
        "end_of_service,third_party,components\n"
        f"PN-B,Line card,MX,100.00,USD,{TODAY.year - 1}-01-01,,,no,chassis;psu;fan\n"
        "PN-OLD,Old card,MX,100.00,USD,2010-01-01,,,no,\n")
    rows = "".join(f"R00000009{i:02d},2026-1101-000001,P2,ACME,,Joe,,BENCH{i:04d},{part},,SJC,"
                   f"{now},{now}\n"
                   for i, part in enumerate(["PN-B"] * 6 + ["PN-OLD"]))
    put("rmas", "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,"
        "created,confirmed\n" + rows)


def job(name):
    return (ctl("bench", "show", name) or [{}])[0]


class Hands:
    """Counts what is pressed or scanned; what is typed is free text."""
    def __init__(self):
        self.count = 0

    def press(self, *keys):
        self.count += len(keys)
        press(*keys)

    def scan(self, text):
        self.count += 1
        scan(text)


def no_fault_found():
    """Receive at the dock, move, intake, RA without fault found, post."""
    hands = Hands()
    hands.scan("BENCH0000")
    shown("/gui/D2/received-at-the-dock", verdict("ACCEPT BY SERIAL", "D2"))
    hands.press("ctrl+b")
    shown("/gui/RA1/the-queue-is-empty", until(lambda: showing("bench-empty")))
    hands.scan("BENCH0000")
    shown("/gui/RA4/scan-in-is-offered",
          until(lambda: "Scan the unit in" in told("bench-next") and
                told("bench-go") == "Scan in at repair:SJC"))
    hands.press("Return")
    shown("/gui/RA5/begin-is-offered-with-its-reason",
          until(lambda: "Begin the RA" in told("bench-next") and "(RA5)" in told("bench-why")))
    shown("/gui/C2/the-clock-runs-from-the-scan-in", until(lambda: "C2 runs" in told("bench-told")))
    hands.press("Return")
    shown("/gui/RA7/the-intake-check-is-next",
          until(lambda: "Check what came back" in told("bench-next") and
                "fan: ○ not looked at yet" in texts("bench-intake")))
    hands.scan("CHASSIS4711")
    shown("/gui/RA7/a-piece-by-its-serial",
          until(lambda: "chassis: ✓ here · CHASSIS4711" in texts("bench-intake")))
    hands.press("Return")
    until(lambda: "psu: ✓ here" in texts("bench-intake"))
    hands.press("Return")
    shown("/gui/RA10/the-symptom-is-next", until(lambda: "symptom" in told("bench-next")))
    shown("/gui/RA7/what-came-back-is-kept",
          {(e["name"], e["value"]) for e in job("BENCH0000")["entries"] if e["what"] == "present"}
          == {("chassis", "CHASSIS4711"), ("psu", ""), ("fan", "")})
    key_in("no link on port 3")
    hands.press("Return")
    shown("/gui/RA10/whether-it-shows-is-next", until(lambda: "Reproduce" in told("bench-next")))
    hands.press("alt+n")
    shown("/gui/RA10/the-result-is-next", until(lambda: "Post the result" in told("bench-next")))
    time.sleep(0.3)
    hands.press("Return")
    shown("/gui/RA9/asked-before-it-is-for-good",
          until(lambda: showing("bench-ask") and "no fault found" in told("bench-ask-about")))
    shown("/gui/RA9/nothing-is-posted-yet", job("BENCH0000")["versions"] == [])
    hands.press("Return")
    shown("/gui/RA8/posted", until(lambda: "Version 1 is posted" in told("bench-told")))
    posted = job("BENCH0000")
    shown("/gui/RA10/as-no-fault-found", posted["state"] == "posted" and
          posted["versions"][0]["disposition"] == "no-fault-found")
    shown("/gui/RA1/its-version-stands-there", until(lambda: "Version 1, final" in
                                                    texts("bench-posts")))
    shown("/gui/RA10/the-symptom-as-typed", [e["value"] for e in posted["entries"]
                                             if e["what"] == "symptom"][-1] == "no link on port 3")
    print(f"# {hands.count} keys and scans beside the free text", flush=True)
    shown("/gui/RA1/at-most-12-keys-and-scans", hands.count <= 12)


make()
with running():
    until(lambda: told("verdict") == "READY")
    no_fault_found()
finish()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bench: from the dock to a posted result, by keys and scans alone. Speaks TAP; run by
run-gui."""
import datetime
import os
import shutil
import subprocess
import time

from benchwork import FILES, ask, enter, job, make_viewer, picture, post, values
from chooser import choose
from hands import (ctl, finish, key_in, press, put, running, scan, shown, showing, table, texts,
                   told, until, verdict)

DUE, CLOCK, LEFT, JOB, KIND, SERIAL = range(6)
TODAY = datetime.date.today()


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
    time.sleep(0.3)
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


def ready(serial, intake=True):
    """At the bench, its RA begun."""
    ctl("receive", serial, "BH!NEXT-BOX")
    ctl("move", serial, "--to", "repair:RC1")
    ctl("bench", "start", serial, "--kind", "ra")
    if intake:
        ctl("bench", "intake", serial, *sum((["--present", p] for p in ("chassis", "psu", "fan")), []))


def kept_as_typed(program):
    """Nothing is pressed, and the power goes."""
    scan("BENCH0001")
    until(lambda: "symptom" in told("bench-next"))
    key_in("drops frames")
    shown("/gui/RA10/kept-as-it-is-typed",
          until(lambda: values("BENCH0001", "symptom")[-1:] == ["drops frames"]))
    key_in(" when warm")
    until(lambda: values("BENCH0001", "symptom")[-1:] == ["drops frames when warm"])
    press("alt+a")
    key_in("heated it")
    until(lambda: values("BENCH0001", "action") == ["heated it"])
    key_in(" to 50 C")
    shown("/gui/RA10/what-is-typed-further-takes-its-place",
          until(lambda: values("BENCH0001", "action") == ["heated it to 50 C"]))
    program.kill()


def draft_is_there():
    press("ctrl+b")
    shown("/gui/RA1/the-queue-names-it", until(lambda: any(
        row[SERIAL] == "BENCH0001" for row in table("bench-table"))))
    scan("BENCH0001")
    shown("/gui/RA10/the-draft-is-there-after-a-crash",
          until(lambda: told("bench-symptom") == "drops frames when warm"))


def ra():
    """Fault found: code, part with its serial, test with its reading; then what was struck."""
    press("alt+r")
    shown("/gui/RA10/reproduced", until(lambda: "fault code" in told("bench-next")))
    enter("CRACKED-BALL")
    shown("/gui/RA1/a-test-is-next", until(lambda: "Test it" in told("bench-next")))
    enter("V12")
    enter("12.9 V")
    shown("/gui/RA10/a-reading-that-is-no-number",
          until(lambda: told("bench-told").startswith("Not kept") and "number" in
                told("bench-told")))
    shown("/gui/RA10/it-is-not-written-down", values("BENCH0001", "reading") == [])
    press("ctrl+a")
    key_in("12.1")
    press("Tab")
    key_in("11.4")
    press("Tab")
    enter("12.6")
    shown("/gui/RA10/within-its-limits", until(lambda: "V12 = 12.1 (11.4…12.6) ✓ passes" in
                                              texts("bench-entries")))
    press("alt+u")
    scan("PN-FAN")
    time.sleep(0.3)
    scan("FANSERIAL77")
    shown("/gui/RA10/a-part-by-two-scans", until(lambda: "PN-FAN: FANSERIAL77" in
                                                texts("bench-entries")))


def files():
    with open(os.path.join(FILES, "readings.csv"), "w", encoding="utf-8") as file:
        file.write("name,value,low,high\nV5,5.01,4.75,5.25\nV3,3.9,3.1,3.5\n")
    choose("alt+l", os.path.join(FILES, "readings.csv"))
    shown("/gui/RA10/readings-from-a-file", until(lambda: "V3 = 3.9 (3.1…3.5) ✗ fails" in
                                                 texts("bench-entries")))
    picture(os.path.join(FILES, "board.png"))
    choose("alt+h", os.path.join(FILES, "board.png"))
    shown("/gui/RA10/a-photo", until(lambda: "board.png" in texts("bench-entries")))
    choose("alt+h", os.path.join(FILES, "readings.csv"))
    shown("/gui/RA10/a-photo-that-is-none", until(lambda: "readings.csv" in told("bench-told") and
                                                 told("bench-told").startswith("Not kept")))


def insufficient():
    """RA3, RA2: to the FA, and nothing destructive without consent."""
    ask("alt+i")
    enter("Jo Doe")
    enter("Ann Support")
    enter("cause not explained")
    shown("/gui/RA3/the-fa-is-begun", until(lambda: told("bench-job").startswith("FA J")))
    shown("/gui/RA3/who-agreed-stands-there", until(lambda: "Jo Doe and Ann Support: cause not"
                                                   in texts("bench-facts")))
    press("alt+k")
    enter("cut U12 open")
    shown("/gui/RA2/not-without-consent", until(lambda: "RA2" in told("bench-told") and
                                               "consent" in told("bench-told")))
    shown("/gui/RA2/nothing-written", values("BENCH0001", "destructive") == [])
    ask("alt+o")
    enter("Jo Doe")
    press("Return")
    shown("/gui/RA2/consent-recorded", until(lambda: values("BENCH0001", "consent") ==
                                            [TODAY.isoformat()]))
    press("alt+k")
    press("Return")
    shown("/gui/RA2/then-it-is-written", until(lambda: values("BENCH0001", "destructive") ==
                                              ["cut U12 open"]))


def analysis():
    """C3: two interim results, each sets the next date; then the final one."""
    shown("/gui/RA10/interim-is-proposed", until(lambda: showing("bench-interim")))
    shown("/gui/C3/first-interim", post("Version 1 is posted. The next result is due"))
    shown("/gui/C3/second-interim", post("Version 2 is posted. The next result is due"))
    shown("/gui/C3/as-a-chain", until(lambda: all(f"Version {n}, interim" in texts("bench-posts")
                                                 for n in (1, 2))))
    press("alt+v")
    enter("45 C, as the customer has it")
    until(lambda: "Reproduce" in told("bench-next"))
    press("alt+r")
    until(lambda: "fault code" in told("bench-next"))
    enter("CRACKED-BALL")
    shown("/gui/RA2/evidence-is-next", until(lambda: "evidence" in told("bench-next")))
    press("alt+y")
    enter("vibration")
    press("alt+f")
    press("Return")
    until(lambda: "evidence" in told("bench-next"))
    enter("x-ray shows a crack")
    shown("/gui/RA2/root-cause-is-next", until(lambda: "root cause" in told("bench-next")))
    enter("cracked ball under U12")
    until(lambda: "corrective" in told("bench-next"))
    enter("other underfill at the maker")
    shown("/gui/RA2/nothing-is-missing", until(lambda: "Post the result" in told("bench-next")))
    shown("/gui/C3/final", post("Version 3 is posted."))
    shown("/gui/C3/the-chain-ends", until(lambda: "Version 3, final" in texts("bench-posts")))
    fa = job("BENCH0001")
    shown("/gui/RA2/kept", (fa["kind"], fa["state"], [v["interim"] for v in fa["versions"]]) ==
          ("fa", "posted", [True, True, False]))


def correct():
    """RA9: another version, both kept."""
    scan("BENCH0000")
    until(lambda: told("bench-job").startswith("RA J"))
    ask("alt+o")
    enter("it was a fault after all")
    shown("/gui/RA9/in-place-of-a-version", until(lambda: "in place of version 1" in
                                                 told("bench-next")))
    press("alt+c")
    enter("U13")
    until(lambda: values("BENCH0000", "component") == ["U13"])
    shown("/gui/RA9/posted-as-the-next", post("Version 2 is posted"))
    shown("/gui/RA9/both-stand-there", until(lambda: all(
        words in texts("bench-posts") for words in
        ("Version 1, final", "in place of version 1: it was a fault after all"))))
    shown("/gui/RA9/both-are-kept", [v["version"] for v in job("BENCH0000")["versions"]] == [1, 2])
    press("alt+w")
    path = os.path.join(FILES, "shown.pdf")
    shown("/gui/RA10/its-report-is-shown", until(lambda: os.path.getsize(path) > 0))
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=False)
    shown("/gui/RA10/and-tells-the-correction", b"U13" in text.stdout and
          b"it was a fault after all" in text.stdout)


def void():
    """RA7: a piece that is missing."""
    scan("BENCH0002")
    until(lambda: "Check what came back" in told("bench-next"))
    press("Return")
    until(lambda: "chassis: ✓ here" in texts("bench-intake"))
    press("Delete")
    until(lambda: "psu: ✗ missing" in texts("bench-intake"))
    press("Return")
    shown("/gui/RA7/asked-before-it-voids", until(lambda: "psu missing" in told("bench-void")) and
          job("BENCH0002")["state"] == "open")
    press("Return")
    shown("/gui/RA7/void", until(lambda: job("BENCH0002")["state"] == "void"))
    shown("/gui/RA7/said", until(lambda: "psu is missing (RA7)" in told("bench-told")))


def approve():
    """RA5: past five years a supervisor approves, with a reason."""
    scan("BENCH0006")
    shown("/gui/RA5/needs-approval-with-its-reason",
          until(lambda: "Approve the RA" in told("bench-next") and "(RA5)" in told("bench-why")))
    ask("Return")
    enter("the customer pays")
    shown("/gui/RA5/begun-as-approved", until(lambda: "the customer pays (RA5)" in
                                             texts("bench-facts")))


def queue():
    """C10: late and soon in words; mine, all, what came in."""
    press("Escape")
    rows = lambda: {row[SERIAL]: row for row in table("bench-table")}
    shown("/gui/C10/late-in-words", until(lambda: rows()["LATE0001"][CLOCK] == "▲ late" and
                                         "days late" in rows()["LATE0001"][LEFT]))
    shown("/gui/C10/soon-in-words", until(lambda: rows()["LATE0002"][CLOCK] == "◆ due soon"))
    shown("/gui/RA1/by-due-date", [r[DUE] for r in table("bench-table")] ==
          sorted(r[DUE] for r in table("bench-table")))
    shown("/gui/RA4/what-came-in-is-listed", rows()["BENCH0003"][JOB] == "came in")
    press("alt+m")
    shown("/gui/RA1/mine", until(lambda: set(rows()) == {"BENCH0006", "LATE0001"}))
    press("alt+i")
    shown("/gui/RA4/came-in", until(lambda: set(rows()) == {"BENCH0003", "LATE0002"}))
    press("alt+a")
    press("ctrl+b")
    press("Home", "Return")
    shown("/gui/RA1/enter-opens-the-first", until(lambda: told("bench-unit").startswith(
        "LATE0001")))
    press("Escape")
    scan("NOSUCHUNIT1")
    shown("/gui/S13/a-scan-of-nothing-is-said", until(lambda: "NOSUCHUNIT1" in
                                                     told("bench-found")))


def ago(days):
    return (datetime.datetime.utcnow() - datetime.timedelta(days=days)).strftime(
        "%Y-%m-%dT%H:%M:%SZ")


def old_units():
    for serial, days in (("LATE0001", 35), ("LATE0002", 29)):
        ctl("receive", serial, "BH!NEXT-BOX", "--at", ago(days))
        ctl("move", serial, "--to", "repair:RC1", "--at", ago(days))
    ctl("bench", "start", "LATE0001", "--kind", "ra", "--approve", "--reason", "wanted back")


make()
make_viewer()
with running() as PROGRAM:
    until(lambda: told("verdict") == "READY")
    no_fault_found()
    ready("BENCH0001")
    kept_as_typed(PROGRAM)
with running(env={**os.environ, "HOME": FILES, "XDG_CONFIG_HOME": FILES}):
    draft_is_there()
    ra()
    files()
    insufficient()
    analysis()
    correct()
    ready("BENCH0002", intake=False)
    void()
    for unit in ("BENCH0003", "BENCH0006"):
        ctl("receive", unit, "BH!NEXT-BOX")
        ctl("move", unit, "--to", "repair:RC1")
    approve()
    old_units()
    queue()
shutil.rmtree(FILES)
finish()

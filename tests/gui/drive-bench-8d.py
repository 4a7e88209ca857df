#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A failure analysis by keys: hypotheses with what speaks for and against them, containment, the
headings of an 8D report, a photo that is dropped before the post. Speaks TAP; run by run-gui."""
import datetime
import os
import shutil
import subprocess

from benchwork import (FILES, ask, enter, focus, job, make_viewer, picture, post, tab_to, values)
from chooser import choose
from hands import (ctl, finish, key_in, press, put, running, scan, shown, showing, table, texts,
                   told, until)

UNIT = "EIGHTD0001"
LONG = "rack beside a press, shaken here at 20 Hz; " * 4 + "as the customer has it"
SHOWN = os.path.join(FILES, "shown.pdf")


def make():
    """A unit that is flagged for FA, at the repair center."""
    now = datetime.datetime.utcnow().strftime("%Y-%m-%dT%H:%M:%SZ")
    put("products", "part,description,platform,list_price,currency,first_shipment,end_of_life,"
        "end_of_service,third_party,components\n"
        f"PN-8,Line card,MX,100.00,USD,{datetime.date.today().year - 1}-01-01,,,no,\n")
    put("rmas", "rma,case,priority,account,site,contact,reference,serial,part,flag,destination,"
        "created,confirmed\nR0000000980,2026-1101-000001,P2,ACME,,Joe,,"
        f"{UNIT},PN-8,fa,SJC,{now},{now}\n")
    ctl("receive", UNIT, "BH!NEXT-BOX")
    ctl("move", UNIT, "--to", "repair:RC1")


def entries(what):
    return [(e["name"], e["value"]) for e in job(UNIT)["entries"]
            if e["what"] == what and not e["struck"]]


def next_is(words):
    return until(lambda: words in told("bench-next"))


def failure():
    press("ctrl+b")
    until(lambda: any(UNIT in row for row in table("bench-table")))
    scan(UNIT)
    next_is("Begin the FA")
    press("Return")
    next_is("symptom")
    enter("restarts when the rack shakes")
    next_is("environment")
    enter("rack beside a press; shaken here at 20 Hz")
    next_is("Reproduce")
    press("alt+r")
    next_is("fault code")
    enter("CRACKED-BALL")
    shown("/gui/RA2/evidence-is-asked-for", next_is("evidence"))


def to(*keys, field):
    press(*keys)
    until(lambda: field in focus())


def write(field, text, kept):
    """One of many in a field: Enter keeps it, and the field is free for the next."""
    key_in(text)
    press("Return")
    return until(lambda: kept in texts("bench-entries") and told(field) == "")


def hypotheses():
    """RA2: what may be the cause, and the evidence for and against it."""
    for text in ("vibration cracks a ball", "the supply drops"):
        to("alt+y", field="bench-hypothesis")
        shown("/gui/RA2/hypothesis-kept", write("bench-hypothesis", text, text))
    shown("/gui/RA2/both-are-on-record", values(UNIT, "hypothesis") ==
          ["vibration cracks a ball", "the supply drops"])
    to("alt+y", field="bench-hypothesis")
    to("Tab", field="bench-evidence-for")
    to("Tab", field="bench-evidence-against")
    shown("/gui/RA2/evidence-against", write("bench-evidence-against", "supply steady at 5.01 V",
                                             "against: supply steady at 5.01 V"))
    to("alt+y", field="bench-hypothesis")
    to("Tab", field="bench-evidence-for")
    shown("/gui/RA2/evidence-for", write("bench-evidence-for", "x-ray shows a crack under U12",
                                         "for: x-ray shows a crack under U12"))
    shown("/gui/RA2/each-as-what-it-is", entries("evidence") ==
          [("against", "supply steady at 5.01 V"), ("for", "x-ray shows a crack under U12")])
    shown("/gui/RA2/then-the-root-cause", next_is("root cause"))


def actions():
    """The root cause, what keeps it from coming again, and what protects others meanwhile."""
    enter("ball of U12 cracked by vibration")
    next_is("corrective")
    until(lambda: "bench-corrective" in focus())
    to("Tab", field="bench-containment")
    shown("/gui/RA10/containment-is-not-there-yet", entries("containment") == [])
    enter("units of that site on hold")
    shown("/gui/RA10/containment", until(lambda: values(UNIT, "containment") ==
                                         ["units of that site on hold"]))
    shown("/gui/RA10/it-stands-in-its-field", until(
        lambda: told("bench-containment") == "units of that site on hold"))
    to("alt+8", field="bench-8d")  # in between: what is told next stays what it is
    shown("/gui/RA2/the-corrective-action-is-still-next", next_is("corrective"))
    to("shift+Tab", "shift+Tab", "shift+Tab", field="bench-corrective")
    enter("underfill under U12 from revision C on")
    shown("/gui/RA2/nothing-is-missing", next_is("Post the result"))


def heading(name, text, kept):
    to("alt+8", field="bench-8d")
    key_in(name)
    to("Return", field="bench-8d-2")
    key_in(text)
    press("Return")
    return until(lambda: kept in texts("bench-entries") and told("bench-8d") == "" and
                 told("bench-8d-2") == "")


def headings():
    """RA10, 8D: what belongs under each of them."""
    for n, text in ((0, "units of that site blocked"), (1, "Tess, Ann of support, Bo of quality"), (2, "restarts, two units of one site"),
                    (8, "Tess")):
        shown(f"/gui/RA10/8d-D{n}", heading(f"D{n}", text, f"D{n}: {text}"))
    shown("/gui/RA10/8d-in-small-letters", heading("d7", "vibration test for all line cards",
                                                   "D7: vibration test for all line cards"))
    shown("/gui/RA10/8d-the-newest-holds", heading("D8", "Tess and Bo", "D8: Tess and Bo") and
          until(lambda: "D8: Tess\n" not in texts("bench-entries") + "\n"))
    to("alt+8", field="bench-8d")
    key_in("D9")
    to("Return", field="bench-8d-2")
    key_in("no such heading")
    press("Return")
    shown("/gui/RA10/8d-another-heading-is-refused",
          until(lambda: "D9" in told("bench-told") and "D0 to D8" in told("bench-told")))
    shown("/gui/RA10/8d-it-stays-to-be-mended", told("bench-8d") == "D9" and
          told("bench-8d-2") == "no such heading")
    to("alt+8", field="bench-8d")
    press("ctrl+a")
    key_in("D6")
    to("Return", field="bench-8d-2")
    press("ctrl+a")
    key_in("revision C ships")
    press("Return")
    shown("/gui/RA10/8d-mended", until(lambda: "D6: revision C ships" in texts("bench-entries")))
    shown("/gui/RA10/8d-all-on-record", sorted(entries("8d")) == [
        ("D0", "units of that site blocked"), ("D1", "Tess, Ann of support, Bo of quality"), ("D2", "restarts, two units of one site"),
        ("D6", "revision C ships"), ("D7", "vibration test for all line cards"),
        ("D8", "Tess and Bo")])


def whole():
    """What is longer than its field is read whole below it; it came in with the last act."""
    shown("/gui/RA10/longer-than-its-field", until(lambda: told("bench-environment") == LONG))
    to("alt+v", field="bench-environment")
    shown("/gui/RA10/read-whole-below-it", until(lambda: showing("bench-environment-whole") and
                                                 told("bench-environment-whole") == LONG))
    shown("/gui/RA10/nothing-below-what-fits", not showing("bench-symptom-whole") and
          told("bench-symptom") == "restarts when the rack shakes")
    press("End", "shift+Home", "BackSpace")
    key_in("rack beside a press")
    shown("/gui/RA10/nothing-once-it-fits", until(lambda: not showing("bench-environment-whole")))


def photos():
    """One of the wrong unit is dropped before it is posted."""
    for name in ("board.png", "neighbour.png"):
        path = os.path.join(FILES, name)
        picture(path)
        choose("alt+h", path)
        shown("/gui/RA10/a-photo", until(lambda: name in texts("bench-entries")))
    shown("/gui/RA10/the-photos-are-reached-by-keys", tab_to("bench-entries"))
    until(lambda: focus()[0].startswith("Photo: neighbour.png"))
    press("Delete")
    shown("/gui/RA10/the-photo-is-dropped", until(
        lambda: "neighbour.png" not in texts("bench-entries")) and
          "board.png" in texts("bench-entries"))
    shown("/gui/RA10/it-is-said", until(lambda: told("bench-told").startswith(
        "Struck: Photo: neighbour.png")))
    shown("/gui/RA9/what-was-dropped-stays-on-record", [
        (e["name"], e["struck"]) for e in job(UNIT)["entries"] if e["what"] == "photo"] ==
          [("board.png", False), ("neighbour.png", True)])


def report():
    """The text and the number of pictures of what the viewer was given."""
    until(lambda: os.path.getsize(SHOWN) > 0 and subprocess.run(
        ["pdfinfo", SHOWN], capture_output=True, check=False).returncode == 0)
    text = subprocess.run(["pdftotext", "-layout", SHOWN, "-"], capture_output=True, text=True,
                          check=False).stdout
    listed = subprocess.run(["pdfimages", "-list", SHOWN], capture_output=True, text=True,
                            check=False).stdout
    os.unlink(SHOWN)
    return text, len([line for line in listed.splitlines() if " image " in line])


def posted():
    """RA10: what was written down is in the report, in the whole one and under the headings."""
    shown("/gui/RA9/posted", post("Version 1 is posted."))
    shown("/gui/RA10/both-reports-are-offered", until(lambda: showing("bench-report") and
                                                      showing("bench-8d-report")))
    press("alt+w")
    text, pictures = report()
    shown("/gui/RA10/report-hypotheses", all(words in text for words in (
        "vibration cracks a ball", "the supply drops", "against: supply steady at 5.01 V",
        "for: x-ray shows a crack under U12")))
    shown("/gui/RA10/report-containment", "units of that site on hold" in text)
    shown("/gui/RA10/report-photos", pictures == 1 and "board.png" in text and
          "neighbour.png" not in text)
    press("F8")
    text, pictures = report()
    places = [text.find(f"D{n} ") for n in range(9)]
    shown("/gui/RA10/8d-report-headings-in-order", -1 not in places and places == sorted(places))
    under = [text[a:b] for a, b in zip(places, places[1:] + [len(text)])]
    shown("/gui/RA10/8d-report-under-their-headings", all(words in under[n] for n, words in (
        (0, "units of that site blocked"), (0, datetime.date.today().isoformat()),
        (0, "restarts when the rack shakes"), (1, "Tess, Ann of support, Bo of quality"), (2, "restarts, two units of one site"),
        (3, "units of that site on hold"), (4, "ball of U12 cracked by vibration"),
        (5, "underfill under U12 from revision C on"), (6, "revision C ships"),
        (7, "vibration test for all line cards"), (8, "Tess and Bo"))))
    shown("/gui/RA10/8d-report-photos", pictures == 1 and "neighbour.png" not in text)
    shown("/gui/RA9/as-one-version", [(v["version"], v["interim"]) for v in job(UNIT)["versions"]] ==
          [(1, False)])


make()
make_viewer()
with running(env={**os.environ, "HOME": FILES, "XDG_CONFIG_HOME": FILES}):
    until(lambda: told("verdict") == "READY")
    failure()
    hypotheses()
    actions()
    ctl("bench", "log", UNIT, "--environment", LONG)
    headings()
    whole()
    photos()
    posted()
shutil.rmtree(FILES)
finish()

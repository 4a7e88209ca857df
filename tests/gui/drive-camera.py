#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The camera's pane at the dock and at the bench, looking at a picture file that the test changes.
Speaks TAP; run by run-gui."""
import os
import sqlite3
import subprocess
import time

from hands import (CTL, STORE, ctl, finish, press, put, running, scan, shown, showing, texts, told,
                   until, verdict, walk, window)

FOLDER = os.path.dirname(STORE.partition(":")[2])
SEEN = os.path.join(FOLDER, "seen.png")


def look_at(rma=None):
    """The camera sees the label of @rma, or nothing but white; a whole frame at once."""
    part = SEEN + ".part.png"
    draw = ["-size", "1280x720", "xc:white"]
    if rma is not None:
        label = os.path.join(FOLDER, "label.png")
        subprocess.run([CTL, "--store", STORE, "label", rma, "--format", "png", "-o", label],
                       check=True, capture_output=True)
        draw += ["(", label, "-resize", "x680", ")", "-gravity", "center", "-composite"]
    subprocess.run(["convert", *draw, part], check=True)
    os.replace(part, SEEN)


def black():
    subprocess.run(["convert", "-size", "1280x720", "xc:black", SEEN + ".part.png"], check=True)
    os.replace(SEEN + ".part.png", SEEN)


def rows(query):
    with sqlite3.connect(STORE.partition(":")[2]) as store:
        return store.execute(query).fetchall()


def says(*words):
    return until(lambda: all(word in (told("camera-told") or "") for word in words))


def picture_says():
    for node in walk(window()):
        if node.get_accessible_id() == "camera-picture":
            return node.get_description()
    return None


def opens():
    shown("/gui/camera/closed-at-first", not showing("camera"))
    press("F10")
    shown("/gui/camera/opened-by-key", until(lambda: showing("camera")))
    shown("/gui/camera/away-is-said", says("is not there", "as soon as it is back"))


def scans():
    look_at("R0000000001")
    shown("/gui/camera/verdict", verdict("ACCEPT", "D1"))
    shown("/gui/camera/codes-are-in-the-box", until(lambda: "R0000000001" in texts("box")))
    shown("/gui/camera/readers-hear-what-is-in-sight",
          until(lambda: "R0000000001" in (picture_says() or "")))
    shown("/gui/camera/source-is-kept",
          {row[0] for row in rows("SELECT source FROM box_scan")} == {"camera"})
    time.sleep(3)  # some fifty frames more of it
    codes = rows("SELECT bytes FROM box_scan")
    shown("/gui/S9/camera/in-sight-all-the-time-is-one-scan",
          len(codes) == len(set(codes)) and "scanned before" not in (told("notes") or ""))


def next_box():
    look_at()
    press("F2")
    time.sleep(0.5)
    look_at("R0000000002")
    shown("/gui/camera/next-box", verdict("ACCEPT", "D1") and
          until(lambda: "R0000000002" in texts("facts")))


def photo():
    before = rows("SELECT count(*) FROM photo")[0][0]
    press("F3")
    shown("/gui/V7/camera/photo-by-one-key-is-on-the-box",
          until(lambda: rows("SELECT count(*) FROM photo")[0][0] == before + 1))
    box, name, kind = rows("SELECT box, name, media_type FROM photo")[-1]
    shown("/gui/V7/camera/it-is-this-box",
          rows(f"SELECT count(*) FROM receipt WHERE box = '{box}' AND rma = 'R0000000002'")[0][0] == 1
          and name.startswith("camera-") and kind == "image/jpeg")
    shown("/gui/camera/no-dialog", not any(n.get_name() == "Picture of the box"
                                           for n in walk(window())))


def vanishes():
    os.remove(SEEN)
    shown("/gui/camera/vanished-is-said", says("is not there"))
    press("F2")
    time.sleep(0.5)
    scan("SERIAL0003")
    shown("/gui/camera/the-scanner-works-without", verdict("ACCEPT BY SERIAL", "D2"))
    press("F2")
    look_at("R0000000004")
    shown("/gui/camera/it-comes-back", verdict("ACCEPT", "D1") and
          until(lambda: "R0000000004" in texts("facts")))
    press("F2")
    black()
    shown("/gui/camera/black-is-said", says("black"))


def commands():
    """A sheet of commands that lies in sight does nothing."""
    sheet = os.path.join(FOLDER, "sheet")
    subprocess.run([CTL, "--store", STORE, "label", "--kind", "command-sheet", "-o",
                    sheet + ".pdf"], check=True, capture_output=True)
    subprocess.run(["pdftoppm", "-r", "100", "-png", "-singlefile", sheet + ".pdf", sheet],
                   check=True)
    subprocess.run(["convert", sheet + ".png", "-crop", "800x600+0+100", "+repage", "-background",
                    "white", "-gravity", "center", "-extent", "1280x720", SEEN + ".part.png"],
                   check=True)
    os.replace(SEEN + ".part.png", SEEN)
    count = rows("SELECT count(*) FROM box_scan")
    shown("/gui/camera/commands-in-sight-are-not-taken",
          says("Commands are taken from the scanner") and
          rows("SELECT count(*) FROM box_scan") == count)


def closes():
    press("F10")
    shown("/gui/camera/closed-by-key", until(lambda: not showing("camera")))
    look_at("R0000000005")
    time.sleep(2)
    shown("/gui/camera/closed-it-does-not-look",
          not ctl("rma", "show", "R0000000005")[0].get("received") and
          "R0000000005" not in texts("box"))


def bench():
    """The same camera, for a repair job."""
    ctl("move", "SERIAL0001", "--to", "repair:SJC")
    job = ctl("bench", "start", "SERIAL0001", "--kind", "ra", "--approve", "--reason",
              "Spares are short")[0]["job"]
    look_at("R0000000006")
    press("ctrl+b")
    time.sleep(0.5)
    scan(job)
    shown("/gui/camera/bench/a-job-is-open", until(lambda: job in (told("bench-job") or "")))
    time.sleep(0.5)
    press("F10")
    shown("/gui/camera/bench/opened-by-key", says("F3 takes a photo for this job") and
          until(lambda: "R0000000006" in (picture_says() or "")))
    press("F3")
    shown("/gui/RA10/camera/photo-by-one-key-is-on-the-job",
          until(lambda: [name.startswith("camera-") for (name,) in rows(
              "SELECT name FROM job_entry WHERE what = 'photo'")] == [True]))
    shown("/gui/camera/bench/codes-in-sight-open-no-other-job", job in told("bench-job"))
    press("F10")
    shown("/gui/camera/bench/closed-by-key",
          until(lambda: not showing("camera")))
    press("ctrl+1")


look = ["--camera", SEEN]
with running(*look):
    if until(lambda: told("verdict") == "READY"):
        opens()
        scans()
        next_box()
        photo()
        vanishes()
        commands()
        closes()
        bench()
finish()

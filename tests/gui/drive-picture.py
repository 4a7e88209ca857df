#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A photo of the box, by the file chooser and by dropping it on the window (V7).
Speaks TAP; run by run-gui."""
import os
import sqlite3
import subprocess
import sys
import time

from chooser import choose
from hands import (CTL, STORE, finish, key_in, press, running, scan, shown, showing, texts, told, until,
                   verdict)

FOLDER = os.path.dirname(STORE.partition(":")[2])

# a window of another program that holds one file to drag
SOURCE = """
import sys, gi
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk
window = Gtk.Window(title="source", type_hint=Gdk.WindowTypeHint.UTILITY)
window.set_default_size(160, 80)
window.set_keep_above(True)
button = Gtk.EventBox(visible=True)
button.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
button.drag_source_add_uri_targets()
button.connect("drag-data-get", lambda w, c, data, i, t: data.set_uris([sys.argv[1]]))
window.add(button)
window.show_all()
window.move(20, 600)
Gtk.main()
"""


def label(rma, name):
    path = os.path.join(FOLDER, name)
    subprocess.run([CTL, "--store", STORE, "label", rma, "--format", "png", "-o", path],
                   check=True, capture_output=True)
    return path


def photos():
    with sqlite3.connect(STORE.partition(":")[2]) as store:
        return [row[0] for row in store.execute("SELECT name FROM photo ORDER BY at_us")]


def chooser():
    path = label("R0000000010", "first box.png")
    choose("F3", path)
    shown("/gui/V7/chooser/what-is-on-the-photo-is-scanned", verdict("ACCEPT", "D1"))
    shown("/gui/V7/chooser/its-codes-are-in-the-box", until(lambda: "R0000000010" in texts("box")))
    shown("/gui/V7/chooser/the-photo-is-kept", until(lambda: photos() == ["first box.png"]))


def drop():
    path = label("R0000000011", "second.png")
    press("F2")
    time.sleep(0.5)
    with subprocess.Popen([sys.executable, "-c", SOURCE, "file://" + path]) as source:
        subprocess.run(["xdotool", "search", "--sync", "--name", "^source$"], check=True,
                       capture_output=True)
        time.sleep(2)
        steps = ["mousemove", "60", "650", "mousedown", "1"]
        for x in range(70, 700, 45):
            steps += ["mousemove", str(x), "400", "sleep", "0.05"]
        subprocess.run(["xdotool", *steps, "sleep", "0.3", "mouseup", "1"], check=True)
        shown("/gui/V7/drop/what-is-on-the-photo-is-scanned",
              verdict("ACCEPT", "D1") and "R0000000011" in texts("facts"))
        source.terminate()
    shown("/gui/V7/drop/the-photo-is-kept",
          until(lambda: photos() == ["first box.png", "second.png"]))


def badge():
    """A badge that hangs before whoever takes the picture is not of the box (RULES 2)."""
    page = os.path.join(FOLDER, "badge")
    subprocess.run([CTL, "--store", STORE, "operator", "add", "sue", "--name", "Sue", "--role",
                    "supervisor"], check=True, capture_output=True,
                   env={**os.environ, "BACKHAUL_NEW_PIN": "4711"})
    os.environ.update(BACKHAUL_PIN="4711", BACKHAUL_OPERATOR="sue")
    subprocess.run([CTL, "--store", STORE, "operator", "badge", "sue", "-o",
                    page + ".pdf"], check=True, capture_output=True)
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", page + ".pdf", page], check=True)
    until(lambda: showing("sign-in-login"))
    for words in ("sue", "4711"):
        key_in(words)
        press("Return")
    until(lambda: showing("verdict"))
    press("F2")
    time.sleep(0.5)
    choose("F3", page + ".png")
    shown("/gui/V9/chooser/a-badge-is-not-read",
          until(lambda: "No barcode" in (told("notes") or "")) and "BHOP" not in texts("box"))
    shown("/gui/V9/chooser/and-signs-nobody-in", (told("signed-in-as") or "").startswith("sue"))


def no_picture():
    press("F2")
    time.sleep(0.5)
    path = os.path.join(FOLDER, "notes.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write("no picture at all")
    choose("F3", path)
    shown("/gui/V7/chooser/no-picture-is-said", until(lambda: "notes.txt" in (told("notes") or "")))
    scan("SERIAL0012")
    shown("/gui/V7/chooser/and-scanning-goes-on", verdict("ACCEPT BY SERIAL", "D2"))


def nested_pdf():
    """2 KB: drawings that call the next ten times, twelve deep."""
    form = ("%d 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 144 72]/Resources<</XObject<</F %d 0 R>>>>"
            "/Length 150>>stream\n%s\nendstream\nendobj\n")
    return ("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
            "2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
            "3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 144 72]"
            "/Resources<</XObject<</F 5 0 R>>>>>>\nendobj\n"
            "4 0 obj\n<</Length 5>>stream\n/F Do\nendstream\nendobj\n" +
            "".join(form % (i + 5, i + 6, ("0 0 1 1 re f   " if i == 11 else "/F Do          ") * 10)
                    for i in range(12)) + "trailer<</Root 1 0 R>>\n%%EOF\n")


def threads(pid):
    names = []
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/comm", encoding="utf-8") as file:
            names.append(file.read().strip())
    return names


def draws_for_years(process):
    """What is given up goes on nowhere."""
    press("F2")
    time.sleep(0.5)
    path = os.path.join(FOLDER, "years.pdf")
    with open(path, "w", encoding="ascii") as file:
        file.write(nested_pdf())
    choose("F3", path)
    shown("/gui/V7/chooser/a-page-that-draws-for-years-is-given-up",
          until(lambda: "not within" in (told("notes") or ""), 60))
    left = subprocess.run(["pgrep", "-P", str(process.pid)], check=False, capture_output=True)
    shown("/gui/V7/chooser/and-nothing-draws-on",
          left.stdout == b"" and "pdf" not in threads(process.pid))


def profile():
    """Only what the site's labels use is read (I5)."""
    path = label("R0000000012", "third.png")
    subprocess.run([CTL, "--store", STORE, "policy", "set", "scan.symbologies", "EAN-13"],
                   check=True, capture_output=True)
    press("F2")
    time.sleep(0.5)
    choose("F3", path)
    # read, it would be D8: the unit came in before
    shown("/gui/I5/chooser/only-the-site's-kinds-are-read", verdict("WAITING", "D11"))


with running() as process:
    chooser()
    drop()
    no_picture()
    draws_for_years(process)
    badge()
    profile()
finish()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the dock held, and how it ends, by keys alone. Speaks TAP; run by run-gui."""
import os
import struct
import time
import zlib

from hands import (STORE, ctl, finish, key_in, press, running, shown, showing, table, texts,
                   told, until)

SINCE, RULE, RMA, SERIAL = range(4)
PHOTO = os.path.join(os.path.dirname(STORE.partition(":")[2]), "plate.png")


def grey(width, height):
    """A PNG on which nothing can be read."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    return (b"\x89PNG\r\n\x1a\n" +
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * width) * height)) +
            chunk(b"IEND", b""))


def rows():
    return table("holds-table")


def make():
    """A swap (D5) with a photo, and a box whose plate cannot be read (D11)."""
    with open(PHOTO, "wb") as file:
        file.write(grey(640, 480))
    ctl("receive", "R0000000030", "OTHERUNIT77", "BH!NEXT-BOX")
    ctl("receive", "R0000000031", "BH!UNREADABLE", "BH!NEXT-BOX", "--image", PHOTO)
    # a unit of an RMA that was cancelled since (D6)
    ctl("rma", "cancel", "R0000000032", "--reason", "by mistake")
    ctl("receive", "R0000000032", "SERIAL0032", "BH!NEXT-BOX")
    return ctl("hold", "list")


def opens():
    """D6: what taking it in opens is said before, and so it is."""
    press("F5", "Home")
    until(lambda: rows()[0][RULE] == "D6")
    shown("/gui/D6/says-that-it-opens-the-rma",
          until(lambda: "R0000000032 is closed" in (told("hold-opens") or "")))
    press("Return", "alt+r")
    key_in("the customer sent it after all")
    press("Return")
    shown("/gui/D6/the-rma-is-open-again",
          until(lambda: ctl("rma", "show", "R0000000032")[0]["status"] == "open"))
    shown("/gui/D6/and-that-is-told", until(lambda: "is open again" in told("holds-told")))


def seen():
    press("ctrl+5")
    shown("/gui/D5/held-oldest-first",
          until(lambda: [row[RULE] for row in rows()][:1] == ["D5"] and len(rows()) >= 1))
    shown("/gui/D5/what-was-read-stands-there",
          until(lambda: "OTHERUNIT77" in texts("hold-scans") and
                "R0000000030" in texts("hold-scans")))
    shown("/gui/D5/each-way-says-what-will-happen",
          until(lambda: "R0000000030" in (told("hold-accept-swap") or "") and
                showing("hold-refuse")))


def swap():
    press("Return")  # from the list to the decision
    press("alt+r")
    time.sleep(0.3)
    press("Return")
    time.sleep(0.5)
    shown("/gui/D5/not-without-a-reason", len(ctl("hold", "list")) == HELD)
    key_in("customer sent the twin")
    press("Return")
    shown("/gui/D5/swap-accepted",
          until(lambda: ctl("rma", "show", "R0000000030")[0]["lines"][0]["state"] == "received"))
    shown("/gui/D14/how-it-went-is-said", until(lambda: "R0000000030" in told("holds-told")))
    shown("/gui/D5/it-has-left-the-list", until(lambda: len(rows()) == HELD - 1))


def refuse():
    press("Return", "alt+f", "alt+r")
    key_in("nobody claims it")
    press("Return")
    shown("/gui/D11/refused", until(lambda: len(ctl("hold", "list")) == HELD - 2))
    shown("/gui/D3/its-label-is-offered", until(lambda: showing("holds-label")))


HOLDS = make()
HELD = len(HOLDS)
with running():
    shown("/gui/D5/there-are-holds", HELD >= 2)
    seen()
    swap()
    shown("/gui/V7/the-photo-is-shown", until(lambda: showing("hold-photo")))
    refuse()
    opens()
    shown("/gui/D5/the-empty-state", HELD != 3 or until(lambda: showing("holds-empty")))
finish()

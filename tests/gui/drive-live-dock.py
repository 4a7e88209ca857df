#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What another station does shows at the dock: the tally follows, a verdict that is voided stays as it
was given and says so (D16), what is typed stays. TAP; run by run-gui, on both engines."""
from hands import (ctl, finish, focused, key_in, other, press, running, scan, showing, shown, soon, texts,
                   told, until, verdict)


def receive(*codes):
    """At this dock, by another station."""
    return other("--dock", "north", "receive", *codes, "BH!NEXT-BOX")[0]


def counts():
    return [told(style) for style in ("accept", "hold", "refuse")]


def tally():
    until(lambda: counts() == ["0", "0", "0"])
    press("ctrl+t")
    until(lambda: focused("typed"))
    key_in("half a co")
    one = receive("SERIAL0070")
    shown("/gui/D15/live/another-station-s-receipt-is-counted", soon(lambda: counts()[0] == "1"))
    shown("/gui/D15/live/and-listed", soon(lambda: "SERIAL0070" in texts("tally")))
    receive("R0000000071", "SWAPPED71X")
    shown("/gui/D15/live/so-is-a-hold", soon(lambda: counts() == ["1", "1", "0"] and
                                             "SWAPPED71X" in texts("tally")))
    other("void", one["receipt"], "--reason", "another box")
    shown("/gui/D16/live/a-voided-one-is-not", soon(lambda: counts() == ["0", "1", "0"] and
                                                    "SERIAL0070" not in texts("tally")))
    shown("/gui/D15/live/what-is-typed-stays", told("typed") == "half a co" and focused("typed"))
    press("ctrl+a", "BackSpace", "Escape")


def voided():
    scan("SERIAL0072")
    shown("/gui/D2/accepted", verdict("ACCEPT BY SERIAL", "D2"))
    mine = ctl("unit", "show", "SERIAL0072")[0]["receipts"][0]["receipt"]
    other("void", mine, "--reason", "not this unit")
    shown("/gui/D16/live/who-voided-it-is-told",
          soon(lambda: told("notes").startswith("Voided by ") and "not this unit" in told("notes")))
    shown("/gui/D16/live/the-verdict-stays-as-it-was", told("verdict").startswith("ACCEPT"))
    shown("/gui/L1/live/its-label-is-not-offered", until(lambda: not showing("label")))
    press("F8")
    shown("/gui/D16/live/nothing-to-undo", until(lambda: "nothing to undo" in told("notes")))
    scan("SERIAL0072")
    shown("/gui/D16/live/scanned-again-it-is-received",
          until(lambda: [r["void"] for r in ctl("unit", "show", "SERIAL0072")[0]["receipts"]] ==
                [False, True]) and verdict("ACCEPT BY SERIAL", "D2") and until(lambda: not showing("notes")))


def decided():
    press("F2")
    scan("R0000000073")
    scan("SWAPPED73X")
    press("F2")
    until(lambda: told("verdict").startswith("HOLD"))
    mine = ctl("unit", "show", "SWAPPED73X")[0]["receipts"][0]["receipt"]
    other("hold", "resolve", mine, "--refuse", "--reason", "not ours")
    shown("/gui/D5/live/a-decision-is-told",
          soon(lambda: "refused it at" in told("notes") and "not ours" in told("notes")))
    shown("/gui/D5/live/the-verdict-stays-as-it-was", told("verdict").startswith("HOLD"))


with running("--page", "dock"):
    tally()
    voided()
    decided()
finish()

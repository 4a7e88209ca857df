#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A scanner that sends US keys at stations of other layouts (S7, S8). Speaks TAP; run by run-gui."""
import time

from hands import ctl, finish, key_in, press, running, shown, showing, table, texts, told, until, verdict
from wedge import CONTROL, PLACES, caps_lock, key, layout, us_scan

NEXT = iter(range(20, 200))


def another_box():
    us_scan("BH!NEXT-BOX")
    return until(lambda: told("verdict") == "READY", 5)


def on(name):
    """Digits, letters, hyphen, sign, Shift, control characters: each as it was printed."""
    layout(name)
    serial = f"SERIAL{next(NEXT):04d}"
    us_scan("R" + f"{int(serial[6:]):010d}")
    shown(f"/gui/S7/{name}/number", verdict("WAITING", "D11") and
          f"R{int(serial[6:]):010d}" in texts("box"))
    us_scan(serial)
    shown(f"/gui/S7/{name}/serial", verdict("ACCEPT", "D1") and
          bool(ctl("unit", "show", serial)[0]["receipts"]))
    shown(f"/gui/S7/{name}/command-with-sign-and-hyphen", another_box())
    serial = f"SERIAL{next(NEXT):04d}"
    us_scan("2026-1101-" + f"{int(serial[6:]):06d}")
    shown(f"/gui/S7/{name}/hyphens-of-a-case", until(
        lambda: f"2026-1101-{int(serial[6:]):06d}" in texts("box")))
    us_scan(f"[)>\x1e06\x1dS{serial}\x1e\x04")
    shown(f"/gui/S8/{name}/envelope-with-control-characters",
          until(lambda: told("verdict").startswith("ACCEPT")) and
          bool(ctl("unit", "show", serial)[0]["receipts"]))
    another_box()


def hold_control(place):
    """Ctrl and the key that is at @place of a US keyboard."""
    for code, down in ((CONTROL, 1), (PLACES[place][0], 1), (PLACES[place][0], 0), (CONTROL, 0)):
        key(code, down)


def accelerators(name):
    """Digits stand above the signs on a French keyboard, and nobody holds Shift for a shortcut."""
    layout(name)
    hold_control("2")
    shown(f"/gui/keys/{name}/a-digit-turns-the-page", until(lambda: showing("search")))
    hold_control("1")
    shown(f"/gui/keys/{name}/another-turns-it-back", until(lambda: showing("verdict")))
    # where each layout has the comma
    hold_control("m" if name == "fr" else ",")
    shown(f"/gui/keys/{name}/comma", until(lambda: showing("scanner-gap")))
    hold_control("1")
    until(lambda: showing("verdict"))
    caps_lock()
    hold_control("m" if name != "fr" else ";")
    shown(f"/gui/keys/{name}/a-letter-with-caps-lock-on", until(lambda: showing("mails-search")))
    caps_lock()
    hold_control("1")
    until(lambda: showing("verdict"))


with running():
    if until(lambda: told("verdict") == "READY"):
        for where in ("us", "gb", "fr", "de"):
            on(where)
        layout("de")
        caps_lock()
        us_scan("R0000000190")
        shown("/gui/S7/caps-lock-on", until(lambda: "R0000000190" in texts("box")))
        caps_lock()
        another_box()
        # PY and PZ can both be serials: what is understood is not read otherwise
        us_scan("PY10Z4417")
        shown("/gui/S7/de/what-is-understood-stays", until(lambda: "PZ10Y4417" in texts("box")))
        us_scan("BH!NEXT-BOX")
        us_scan("BH!NEXT-BOX")
        for where in ("us", "gb", "de", "fr"):
            accelerators(where)
        layout("us")
        press("ctrl+2")
        until(lambda: len(table()) > 3)
        layout("fr")
        key_in("acme é")
        shown("/gui/S7/fr/typing-is-typing", until(lambda: told("search") == "acme é"))
        layout("us")
finish()

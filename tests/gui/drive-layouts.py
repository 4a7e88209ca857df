#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A scanner that sends US keys at stations of other layouts (S7, S8). Speaks TAP; run by run-gui."""
import time

from hands import ctl, finish, key_in, press, running, shown, table, texts, told, until, verdict
from wedge import caps_lock, layout, us_scan

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
        layout("us")
        press("ctrl+2")
        until(lambda: len(table()) > 3)
        layout("fr")
        key_in("acme é")
        shown("/gui/S7/fr/typing-is-typing", until(lambda: told("search") == "acme é"))
        layout("us")
finish()

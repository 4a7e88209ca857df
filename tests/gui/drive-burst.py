#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scans that come faster than the store commits, 200 ms each (S1). BH_BURST scans, 20 a second, 25 in
the test run; and ten in 0.3 s. Speaks TAP; run by run-gui."""
import os
import sqlite3
import time

from hands import STORE, finish, press, running, shown, until
from wedge import us_scan

SCANS = int(os.environ.get("BH_BURST", "25"))
MODULE = os.path.join(os.environ["BH_BUILD_ROOT"], "tests/gui/libslow-disk.so")


def kept(query):
    with sqlite3.connect(STORE.partition(":")[2]) as store:
        return [row[0] for row in store.execute(query)]


def come(name, codes, each):
    """@codes, a scan in @each seconds; what is kept of them, and in which order."""
    begun = time.monotonic()
    for i, code in enumerate(codes):
        us_scan(code, 0.001)
        time.sleep(max(0, begun + (i + 1) * each - time.monotonic()))
    typed = time.monotonic() - begun
    serials = "SELECT serial FROM receipt WHERE void = 0 ORDER BY rowid"
    before = len(kept(serials))
    until(lambda: len(kept(serials)) >= come.so_far + len(codes), 60)
    time.sleep(1)  # what came twice would follow
    told = kept(serials)[come.so_far:]
    scanned = kept("SELECT code FROM box_scan ORDER BY rowid")[come.so_far:]
    print(f"# {len(codes)} typed in {typed:.2f} s, {before - come.so_far} received by then", flush=True)
    shown(f"/gui/S1/{name}/the-store-was-slower", before - come.so_far < len(codes))
    shown(f"/gui/S1/{name}/scans-none-lost-doubled-split-reordered", scanned == codes)
    shown(f"/gui/S1/{name}/receipts-none-lost-doubled-reordered", told == codes)
    come.so_far += len(codes)


come.so_far = 0

with running(env={**os.environ, "LD_PRELOAD": MODULE}):
    press("F2")
    time.sleep(1)
    come("one-each-50-ms", [f"SERIAL{i:04d}" for i in range(20, 20 + SCANS)], 0.05)
    come("ten-in-0.3-s", [f"SERIAL{i:04d}" for i in range(200, 210)], 0.03)
finish()

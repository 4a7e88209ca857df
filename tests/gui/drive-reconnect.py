#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server goes away under an open window: it says so, one goes on, nothing is lost (D15).
Speaks TAP; run by run-gui."""
import os
import subprocess
import sys
import time

import hands
from hands import CTL, ctl, finish, picture, running, scan, shown, showing, told, until, verdict

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../faults"))
from cluster import Ground, Server, standby  # noqa: E402

# boxes wait here, however long: drive-offline.py has the journal
KEPT = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0/settings")
os.makedirs(KEPT, exist_ok=True)
with open(os.path.join(KEPT, "keyfile"), "w", encoding="ascii") as settings:
    settings.write("[org/backhaul/Backhaul]\noffline-after=uint32 0\n")
ground = Ground()
server = Server(ground, "a")
server.sql("CREATE DATABASE backhaul")
# the same sample, on the server
backup = os.path.join(os.path.dirname(hands.STORE.partition(":")[2]), "copy.db")
ctl("backup", backup)
hands.STORE = f"postgresql://bh@127.0.0.1:{server.port}/backhaul"
subprocess.run([CTL, "--store", hands.STORE, "restore", backup], check=True, capture_output=True)
try:
    with running():
        scan("R0000000009")
        scan("SERIAL0009")
        shown("/gui/D1/on-the-server", verdict("ACCEPT", "D1"))
        server.kill()
        scan("BH!NEXT-BOX")
        scan("SERIAL0010")
        shown("/gui/D15/says-that-it-seeks", until(lambda: showing("connection")))
        scan("BH!NEXT-BOX")
        scan("SERIAL0011")
        time.sleep(2)
        shown("/gui/D15/no-verdict-before-it-is-kept", showing("connection") and
              "ACCEPT" not in (told("verdict") or ""))
        picture("reconnecting")
        server.start()
        shown("/gui/D15/goes-on-by-itself", verdict("ACCEPT BY SERIAL", "D2") and
              until(lambda: not showing("connection")))
        scan("BH!NEXT-BOX")
        shown("/gui/D15/each-once", until(lambda: sorted(
            server.sql("SELECT serial FROM receipt WHERE void = 0", "backhaul").split()) ==
            ["SERIAL0009", "SERIAL0010", "SERIAL0011"]))
        second = standby(ground, server)
        scan("SERIAL0012")
        shown("/gui/D15/on-two-servers", verdict("ACCEPT BY SERIAL", "D2") and
              not showing("connection"))
        second.kill()
        scan("BH!NEXT-BOX")
        scan("SERIAL0013")
        shown("/gui/D15/says-that-it-is-on-one-server", until(lambda: "one server" in
                                                              (told("connection") or "")))
        picture("one-server")
        second.start()
        # nobody does anything meanwhile
        shown("/gui/D15/and-that-it-is-not-any-more", until(lambda: not showing("connection")))
    done = ctl("check")
    shown("/gui/D15/check-is-clean", not any("error" in row for row in done))
finally:
    ground.__exit__()
finish()

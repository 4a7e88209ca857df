#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What this station is, each thing with a test (DESIGN, Preferences). TAP; run by run-gui."""
import os
import subprocess

from hands import (BACKHAUL, CTL, STORE, Atspi, finish, press, running, shown, showing, told, until,
                   walk, window)

HOME = os.environ["HOME"]


def node(what):
    return next(n for n in walk(window()) if n.get_accessible_id() == what)


def is_sensitive(what):
    return node(what).get_state_set().contains(Atspi.StateType.SENSITIVE)


def kept():
    path = os.path.join(HOME, "glib-2.0/settings/keyfile")
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


def of_the_station():
    with running("--page", "scanners"):
        until(lambda: showing("station-station"))
        press("alt+n")
        subprocess.run(["xdotool", "type", "--delay", "90", "gate"], check=True)
        press("alt+k")
        subprocess.run(["xdotool", "type", "--delay", "90", "east"], check=True)
        shown("/gui/stations/preferences/name-and-dock-are-kept",
              until(lambda: "station='gate'" in kept() and "dock='east'" in kept()))
        shown("/gui/stations/preferences/which-store",
              STORE.partition(":")[2] in told("station-store"))
        press("alt+t")
        shown("/gui/stations/preferences/store-is-tested",
              until(lambda: told("station-told").startswith("It answers")))
        press("alt+e")
        shown("/gui/stations/preferences/printers-are-tested-on-their-page",
              until(lambda: showing("printer-test")))
        press("ctrl+comma", "alt+l")
        shown("/gui/stations/preferences/the-camera-opens-beside-the-box",
              until(lambda: showing("camera-state") or showing("camera-told")))


def from_then_on():
    """A start without --dock and --station is that dock's and that station's."""
    with subprocess.Popen([BACKHAUL, "--store", STORE], stderr=subprocess.DEVNULL) as process:
        shown("/gui/stations/preferences/dock-of-the-next-start",
              until(lambda: "at dock east" in (told("signed-in-as") or "")))
        subprocess.run(["xdotool", "type", "--delay", "4", "SERIAL0009\n"], check=True)
        until(lambda: (told("verdict") or "").startswith("ACCEPT"))
        process.terminate()
    done = subprocess.run([CTL, "--store", STORE, "--json", "audit", "show"],
                          capture_output=True, text=True, check=False)
    shown("/gui/stations/preferences/station-of-the-next-start", '"gate"' in done.stdout)


def locked():
    """A site says which store it is, and leaves the rest to the station."""
    site = os.path.join(HOME, "site.d")
    os.makedirs(os.path.join(site, "locks"))
    with open(os.path.join(site, "10-store"), "w", encoding="utf-8") as file:
        file.write(f"[org/backhaul/Backhaul]\nstore='{STORE}'\n")
    with open(os.path.join(site, "locks", "10-store"), "w", encoding="utf-8") as file:
        file.write("/org/backhaul/Backhaul/store\n/org/backhaul/Backhaul/dock\n")
    subprocess.run(["dconf", "compile", os.path.join(HOME, "site"), site], check=True)
    with open(os.path.join(HOME, "profile"), "w", encoding="utf-8") as file:
        file.write(f"user-db:user\nfile-db:{HOME}/site\n")
    env = dict(os.environ, DCONF_PROFILE=os.path.join(HOME, "profile"), GSETTINGS_BACKEND="dconf")
    env.pop("BACKHAUL_STORE", None)
    with subprocess.Popen([BACKHAUL, "--page", "scanners"], env=env,
                          stderr=subprocess.DEVNULL) as process:
        shown("/gui/stations/preferences/a-site's-store-is-not-asked-for",
              until(lambda: STORE.partition(":")[2] in (told("station-store") or "")))
        shown("/gui/stations/preferences/locked-is-said",
              until(lambda: showing("store-locked") and showing("dock-locked")) and
              not showing("station-locked") and not is_sensitive("station-store-change") and
              not is_sensitive("station-dock") and is_sensitive("station-station"))
        process.terminate()


of_the_station()
from_then_on()
locked()
finish()

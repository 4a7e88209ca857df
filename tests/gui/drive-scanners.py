#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scanners at serial ports, the page of scanners and the scanner doctor (S1, S6-S10), with
pseudo-terminals for ports. Speaks TAP; run by run-gui."""
import os
import pty
import subprocess
import time
import tty

from hands import (BACKHAUL, ctl, finish, key_in, press, running, scan, shown, showing, texts, told, until,
                   verdict, Atspi, walk, window)
from wedge import layout, us_scan

HOME = os.environ["HOME"]
LAYOUT = "BHDOCTORBQWAZYMa-_/.:;+=@#[]|&"
ZEROS = "000290417365"
CONTROL = "BHDOCTORD\x1dL\x1eR"


class Port:
    """A serial scanner that can be unplugged: a name that leads to a pseudo-terminal."""

    def __init__(self, name):
        self.path = os.path.join(HOME, name)
        self.plug()

    def plug(self):
        self.end, port = pty.openpty()
        tty.setraw(port)
        os.set_blocking(self.end, False)
        os.symlink(os.ttyname(port), self.path)
        os.close(port)

    def unplug(self):
        os.unlink(self.path)
        os.close(self.end)

    def send(self, *texts):
        """All of it, or the test is over: it must not hang on a window that does not read."""
        end = time.monotonic() + 20
        for text in texts:
            left = text if isinstance(text, bytes) else (text + "\r").encode()
            while left:
                try:
                    left = left[os.write(self.end, left):]
                except BlockingIOError:
                    if time.monotonic() > end:
                        raise
                    time.sleep(0.005)


def setting(key, value=None):
    words = ["set", key, value] if value is not None else ["get", key]
    return subprocess.run([*GSETTINGS, words[0], "org.backhaul.Backhaul", *words[1:]], capture_output=True, text=True, check=True).stdout.strip()


BUILD = os.path.join(os.path.dirname(BACKHAUL), "..", "..")
GSETTINGS = ["gsettings", "--schemadir", os.path.join(BUILD, "data")]


def received(*serials):
    return all(ctl("unit", "show", s)[0]["receipts"] for s in serials)


def state(port):
    return told(f"scanner-port-{port}") or ""


def sensitive(what):
    return any(node.get_accessible_id() == what and
               node.get_state_set().contains(Atspi.StateType.SENSITIVE)
               for node in walk(window()))


def add(port):
    """By the page: its name and Enter's neighbour, without a mouse."""
    for node in walk(window()):
        if node.get_accessible_id() == "scanner-device":
            node.grab_focus()
    time.sleep(0.2)
    key_in(port.path)
    press("alt+d")


def ports(first, second):
    press("ctrl+comma")
    shown("/gui/S7/the-page-is-reached-by-its-key", until(lambda: showing("scanner-no-port")))
    add(first)
    shown("/gui/S1/port-is-listened-to", until(lambda: state(1) == "listening"))
    first.send("HELLO-1")
    shown("/gui/S7/a-scan-is-tried-on-the-page", until(
        lambda: told("scanner-last") == "HELLO-1" and first.path in told("scanner-last-facts")))
    add(second)
    shown("/gui/S1/two-ports", until(lambda: state(2) == "listening"))
    press("ctrl+1")
    until(lambda: told("verdict") == "READY")
    # interleaved, in pieces: each port's text is its own
    first.send(b"SERIA")
    second.send(b"SERIAL00")
    first.send(b"L0020\r")
    time.sleep(0.1)
    second.send(b"21\r")
    shown("/gui/S1/two-scanners-at-once", until(lambda: received("SERIAL0020", "SERIAL0021")))
    serials = [f"SERIAL{i:04d}" for i in range(30, 60)]
    for i in range(0, 30, 3):
        first.send(serials[i])
        second.send(serials[i + 1])
        scan(serials[i + 2])
    shown("/gui/S1/ports-and-keyboard-none-lost", until(lambda: received(*serials), 90))
    first.send("SERIAL0061")
    scan("SERIAL0061")
    shown("/gui/S9/one-scan-on-two-channels", until(lambda: received("SERIAL0061")) and
          len(ctl("unit", "show", "SERIAL0061")[0]["receipts"]) == 1)


def plugging(port):
    port.unplug()
    press("ctrl+comma")
    shown("/gui/S1/unplugged-is-told", until(lambda: "waiting" in state(1) + state(2)))
    port.plug()
    shown("/gui/S1/comes-back-by-itself", until(
        lambda: state(1) == state(2) == "listening", 10))
    press("ctrl+1")
    port.send("SERIAL0062")
    shown("/gui/S1/and-reads-again", until(lambda: received("SERIAL0062")))


def bad_input(port):
    press("F2")
    time.sleep(0.5)
    before = told("tally")
    for _ in range(2500):
        port.send(b"x" * 4000)
    shown("/gui/S6/ten-million-bytes-are-told", until(
        lambda: "without an end" in (told("notice") or "")))
    shown("/gui/S6/and-are-no-scan", told("verdict") in ("READY", "ACCEPT BY SERIAL") and
          "xxxx" not in texts("box") and told("tally") == before)
    port.send(b"\r")
    port.send(bytes(range(128, 256)) + b"\r")
    time.sleep(0.7)
    port.send("SERIAL0063")
    shown("/gui/S8/bytes-are-kept-calmly-and-it-goes-on", until(lambda: received("SERIAL0063")))
    port.send(b"SERIAL0064")
    shown("/gui/S6/no-end-mark-is-read-by-its-pause", until(lambda: received("SERIAL0064")))
    press("ctrl+2")
    time.sleep(0.5)
    port.send(b"\xff\xfe\x00BYTES\r")
    shown("/gui/S8/bytes-on-another-page", until(lambda: showing("returns-table")))


def doctor(port):
    press("ctrl+1")
    until(lambda: showing("verdict"))
    press("ctrl+comma")
    shown("/gui/S7/doctor-says-what-to-do-first",
          until(lambda: "Scan the three codes" in (told("doctor-step") or "")) and
          not showing("doctor-mend"))
    port.send(LAYOUT, ZEROS, CONTROL)
    shown("/gui/S7/well", until(lambda: told("doctor-step") == "This scanner is well set."))
    press("Escape")
    until(lambda: "Scan the three codes" in told("doctor-step"))
    port.send(LAYOUT, "290417365", "BHDOCTORDLR")
    shown("/gui/S10/zeros-lost", until(lambda: "Zeros in front" in texts("doctor-findings")))
    shown("/gui/S8/control-lost", "GS and RS were lost" in texts("doctor-findings") and
          not showing("doctor-mend"))
    press("Escape")
    until(lambda: "Scan the three codes" in told("doctor-step"))
    port.send(b"BHDOCTORB")
    time.sleep(1)
    shown("/gui/S6/no-end-mark", "nothing ends them" in texts("doctor-findings"))
    press("Escape")
    layout("de")
    for text in (LAYOUT, ZEROS, CONTROL):
        us_scan(text)
        time.sleep(0.4)
    shown("/gui/S7/german-layout", until(lambda: "German" in texts("doctor-findings")))
    shown("/gui/S7/the-station-can-mend-it", until(lambda: showing("doctor-mend")))
    press("alt+r")
    shown("/gui/S7/it-sets-the-station", until(lambda: setting("scanner-us-layout") == "true"))
    for text in (LAYOUT, ZEROS, CONTROL):
        us_scan(text)
        time.sleep(0.4)
    shown("/gui/S7/and-all-is-well", until(lambda: told("doctor-step") == "This scanner is well set."))
    press("ctrl+1")
    until(lambda: showing("verdict"))
    us_scan("PY10Z4417")
    shown("/gui/S7/y-and-z-at-once-without-a-restart", until(lambda: "PY10Z4417" in texts("box")))
    layout("us")
    us_scan("BH!NEXT-BOX")
    us_scan("BH!NEXT-BOX")
    press("ctrl+comma")
    until(lambda: showing("doctor-step"))
    press("Escape")
    for text in (LAYOUT, ZEROS, CONTROL):
        us_scan(text, gap=0.06)
        time.sleep(0.3)
    shown("/gui/S3/slow-scanner", until(lambda: "types slowly" in texts("doctor-findings")))
    press("alt+w")
    shown("/gui/S3/gap-is-set", until(lambda: int(setting("scanner-gap").split()[1]) > 60))


def settings(port):
    setting("scanner-gap", "50")
    shown("/gui/S3/set-elsewhere-shows-at-once", until(lambda: "50" in (told("scanner-gap") or "")))
    setting("serial-ports", "{}")
    shown("/gui/S1/no-port-any-more", until(lambda: showing("scanner-no-port")))
    port.send("SERIAL0065")
    time.sleep(0.5)
    shown("/gui/S1/and-none-is-listened-to", not received("SERIAL0065"))


def visible(what):
    """Whether it is there to be scrolled to."""
    return any(node.get_accessible_id() == what and
               node.get_state_set().contains(Atspi.StateType.VISIBLE)
               for node in walk(window()))


def locked():
    """A site has locked keys by dconf."""
    shown("/gui/S7/locked-by-the-site", until(lambda: showing("scanner-us-layout-locked")) and
          not sensitive("scanner-us-layout") and sensitive("scanner-gap"))
    # below what is in sight on a small screen
    shown("/gui/S7/its-value-holds", until(lambda: not sensitive("scanner-add") and
                                           visible("scanner-ports-locked")))


def lock():
    site = os.path.join(HOME, "site.d")
    os.makedirs(os.path.join(site, "locks"))
    with open(os.path.join(site, "10-scanners"), "w", encoding="utf-8") as file:
        file.write("[org/backhaul/Backhaul]\nscanner-us-layout=true\n")
    with open(os.path.join(site, "locks", "10-scanners"), "w", encoding="utf-8") as file:
        file.write("/org/backhaul/Backhaul/scanner-us-layout\n/org/backhaul/Backhaul/serial-ports\n")
    subprocess.run(["dconf", "compile", os.path.join(HOME, "site"), site], check=True)
    profile = os.path.join(HOME, "profile")
    with open(profile, "w", encoding="utf-8") as file:
        file.write(f"user-db:user\nfile-db:{HOME}/site\n")
    os.environ["DCONF_PROFILE"] = profile
    os.environ["GSETTINGS_BACKEND"] = "dconf"


A, B = Port("scanner-a"), Port("scanner-b")
with running():
    if until(lambda: told("verdict") == "READY"):
        ports(A, B)
        plugging(A)
        bad_input(B)
        doctor(A)
        settings(A)
lock()
with running("--page", "scanners"):
    locked()
finish()

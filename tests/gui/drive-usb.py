#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""USB scanners that say what they are (HID POS): plugged in, told apart, refused, broken off
(S1, S3, S6, S7, S9, S13). Devices of the test's own: a folder as the kernel's, and pipes for their
nodes, of which each read gives one report as hidraw does. Speaks TAP; run by run-gui."""
import ctypes
import fcntl
import os
import shutil
import sqlite3
import time

from hands import (STORE, ctl, finish, press, running, scan, shown, showing, texts, told, until)

ROOT = os.path.join(os.environ["HOME"], "devices")
NODES = os.path.join(ROOT, "sys", "class", "hidraw")
# HID Point of Sale Usage Tables 1.02, section 3: number 2, count, AIM identifier, 56 of data, two of
# the maker's, a flag that it goes on (tests/core/test-hid-pos.c says each byte)
SCANNER = bytes.fromhex(
    "058c0902a1010912a1028502150026ff0075089501" "0501093b8102"
    "058c09fb810209fc810209fd8102" "953809fe820201" "0666ff950209048102"
    "058c25017501950109ff8102" "95078103" "c0c0")
KEYBOARD = bytes.fromhex(
    "05010906a101050719e029e71500250175019508810295017508810195067508150025650507190029658100c0")


class Device:
    """What is plugged in at a node."""

    def __init__(self, node, name, number="", descriptor=SCANNER, mode=0o600):
        self.node, self.name, self.number, self.descriptor = node, name, number, descriptor
        self.path = os.path.join(ROOT, "dev", node)
        self.mode = mode
        self.plug()

    def plug(self):
        device = os.path.join(NODES, self.node, "device")
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        os.mkfifo(self.path, self.mode)
        os.makedirs(device)
        with open(os.path.join(device, "uevent"), "w", encoding="utf-8") as file:
            file.write(f"DRIVER=hid-generic\nHID_ID=0003:000005E0:00001300\nHID_NAME={self.name}\n"
                       f"HID_PHYS=usb-0000:00:14.0-1/input0\nHID_UNIQ={self.number}\n")
        with open(os.path.join(device, "report_descriptor"), "wb") as file:
            file.write(self.descriptor)
        self.end = None

    def open(self):
        if self.end is None:
            self.end = os.open(self.path, os.O_WRONLY)
            # each write is what one read gives
            fcntl.fcntl(self.end, fcntl.F_SETFL, os.O_DIRECT)

    def unplug(self):
        shutil.rmtree(os.path.join(NODES, self.node))
        os.unlink(self.path)
        if self.end is not None:
            os.close(self.end)

    def part(self, text, identifier="]C0", more=False):
        self.open()
        os.write(self.end, bytes([2, len(text)]) + identifier.encode() + text.encode().ljust(56, b"\0") +
                 b"s\0" + bytes([more]))

    def send(self, text, identifier="]C0"):
        for at in range(0, len(text), 56):
            self.part(text[at:at + 56], identifier, at + 56 < len(text))


def rows(sql):
    with sqlite3.connect(STORE.partition(":")[2]) as store:
        return ["|".join(map(str, row)) for row in store.execute(sql)]


def received(*serials):
    return all(ctl("unit", "show", s)[0]["receipts"] for s in serials)


def state(number):
    return told(f"scanner-usb-{number}") or ""


def plugging():
    press("ctrl+comma")
    shown("/gui/S7/none-is-plugged-in", until(lambda: showing("scanner-no-usb")))
    Device("hidraw0", "Maker Keyboard", descriptor=KEYBOARD)
    first = Device("hidraw1", "Maker DS22", "S1034")
    shown("/gui/S1/plugged-in-it-is-listened-to", until(lambda: state(1) == "listening"))
    shown("/gui/S4/a-keyboard-is-none", state(2) == "")
    first.send("HELLO-1")
    shown("/gui/S7/a-scan-is-tried-on-the-page", until(lambda: told("scanner-last") == "HELLO-1" and
          "Maker DS22 (S1034)" in told("scanner-last-facts")))
    long = "LONGER-THAN-ONE-REPORT-HOLDS-" + "0123456789" * 11
    first.send(long)
    shown("/gui/S3/a-long-one-is-one-scan", until(lambda: told("scanner-last") == long))
    second = Device("hidraw2", "Maker DS22")
    shown("/gui/S1/two-of-them", until(lambda: state(2) == "listening"))
    return first, second


def dock(first, second):
    press("ctrl+1")
    until(lambda: told("verdict") == "READY")
    first.send("SERIAL0020")
    second.send("SERIAL0021")
    shown("/gui/S1/two-at-once", until(lambda: received("SERIAL0020", "SERIAL0021")))
    wanted = {"SERIAL0020|Maker DS22 (S1034)|]C0", "SERIAL0021|Maker DS22 (hidraw2)|]C0"}
    kept = rows("SELECT code, scanner, identifier FROM box_scan WHERE scanner IS NOT NULL")
    shown("/gui/S9/which-one-read-it-is-kept", wanted <= set(kept))
    serials = [f"SERIAL{i:04d}" for i in range(30, 60)]
    for i in range(0, 30, 3):
        first.send(serials[i])
        second.send(serials[i + 1])
        scan(serials[i + 2])
    shown("/gui/S1/with-the-keyboard-none-is-lost", until(lambda: received(*serials), 120))
    shown("/gui/S9/the-keyboard-is-told-apart", rows(
        "SELECT count(*) FROM box_scan WHERE scanner = 'keyboard' AND code LIKE 'SERIAL%'") == ["10"])


def held(first):
    press("F2")
    for text in ("R0000000001", "SERIAL0099"):
        first.send(text)
    until(lambda: ctl("hold", "list"))
    receipt = ctl("hold", "list")[0]["receipt"]
    scans = ctl("hold", "show", receipt)[0]["scans"]
    shown("/gui/S9/the-record-of-a-hold-names-it", [scan["scanner"] for scan in scans] == ["Maker DS22 (S1034)"] * 2)
    press("F2", "ctrl+5")
    until(lambda: showing("hold-facts"))
    press("Down")
    shown("/gui/S9/the-page-of-holds-too", until(lambda: "Maker DS22 (S1034)" in texts("hold-scans")))
    press("ctrl+1")
    until(lambda: showing("verdict"))


def broken(first):
    first.part("SERIAL0061", more=True)
    shown("/gui/S3/broken-off-is-told", until(lambda: "broke off" in (told("notice") or "")))
    shown("/gui/S3/and-is-no-scan", not received("SERIAL0061"))
    press("F2")
    first.unplug()
    press("ctrl+comma")
    shown("/gui/S1/unplugged-it-goes", until(lambda: state(2) == ""))
    first.plug()
    shown("/gui/S1/comes-back-by-itself", until(lambda: state(2) == "listening", 10))
    press("ctrl+1")
    time.sleep(0.3)
    first.send("SERIAL0062")
    shown("/gui/S1/and-reads-again", until(lambda: received("SERIAL0062")))


def doctor(first):
    press("ctrl+comma")
    until(lambda: showing("doctor-step"))
    for text in ("BHDOCTORBQWAZYMa-_/.:;+=@#[]|&", "000290417365", "BHDOCTORD\x1dL\x1eR"):
        first.send(text)
    shown("/gui/S7/the-doctor-finds-it-well", until(lambda: told("doctor-step") == "This scanner is well set."))


def refused():
    """Another window has it; and one that this user may not read."""
    third = Device("hidraw3", "Other", "7")
    until(lambda: state(3) == "listening")
    third.unplug()
    until(lambda: state(3) == "")
    third.plug()
    with open(os.open(third.path, os.O_RDONLY | os.O_NONBLOCK), "rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        shown("/gui/S9/another-window-has-it", until(lambda: "another window" in state(3)))
    shown("/gui/S9/it-is-tried-again", until(lambda: state(3) == "listening"))
    Device("hidraw4", "Refused", "8", mode=0o000)
    shown("/gui/S13/refused-is-said-with-what-to-do", until(lambda: "udev" in state(4) and
          'KERNELS=="*:05E0:1300.*"' in told("scanner-usb-rule-4")))


# root may open all: what is started from here may not (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH)
for capability in (1, 2):
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
os.makedirs(NODES)
os.environ["BACKHAUL_DEVICES"] = ROOT
with running():
    if until(lambda: told("verdict") == "READY"):
        A, B = plugging()
        dock(A, B)
        held(A)
        broken(A)
        doctor(A)
        refused()
finish()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who works at the window where people have PINs (RULES 2, V9). Speaks TAP; run by run-gui."""
import os
import subprocess
import sys
import time

from hands import CTL, STORE, finish, key_in, press, running, scan, shown, showing, told, until

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../cli"))
from printers import Sink, codes  # noqa: E402


def enrol(login, role, by=None):
    """PIN 4711 for each."""
    environment = dict(os.environ, BACKHAUL_NEW_PIN="4711", BACKHAUL_PIN="4711")
    subprocess.run([CTL, "--store", STORE] + (["--operator", by] if by else []) +
                   ["operator", "add", login, "--name", login.title(), "--role", role],
                   check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def sign_in(login, pin):
    key_in(login)
    press("Return")
    key_in(pin)
    press("Return")


enrol("sue", "supervisor")
enrol("rita", "receiver", by="sue")
printer = Sink("good")
subprocess.run([CTL, "--store", STORE, "--operator", "sue", "printer", "set", "any", printer.target],
               check=True, env=dict(os.environ, BACKHAUL_PIN="4711"), stdout=subprocess.DEVNULL)
with running(says="Nobody is signed in"):
    shown("/gui/V9/nothing-before-signing-in",
          until(lambda: showing("sign-in-login")) and not showing("verdict"))
    shown("/gui/V9/nobody-is-told", told("signed-in-as") == "Nobody is signed in")
    press("ctrl+2")
    time.sleep(0.5)
    shown("/gui/V9/no-page-by-its-key", showing("sign-in-login") and not showing("returns-table"))
    scan("SERIAL0001")
    shown("/gui/S12/a-scan-is-told-not-lost-silently",
          until(lambda: "sign in first" in (told("sign-in-told") or "")))
    sign_in("rita", "0000")
    shown("/gui/V9/wrong-pin", until(lambda: "wrong PIN" in (told("sign-in-told") or ""))
          and showing("sign-in-pin"))
    key_in("4711")
    press("Return")
    shown("/gui/V9/receiver-sees-the-dock", until(lambda: showing("verdict"))
          and until(lambda: (told("signed-in-as") or "").startswith("rita")))
    press("ctrl+2")
    time.sleep(0.7)
    shown("/gui/V9/and-nothing-else", showing("verdict") and not showing("returns-table"))
    scan("SERIAL0002")
    shown("/gui/D2/the-receiver-receives", until(lambda: told("verdict") == "ACCEPT BY SERIAL"))
    shown("/gui/L2/labels-are-sent-for-who-is-signed-in",
          [text for zpl in printer.wait() for text in codes(zpl) if text[0] == "R"] == ["R0000000002"])
    press("ctrl+l")
    shown("/gui/V9/signs-out", until(lambda: showing("sign-in-login")) and not showing("verdict"))
    sign_in("sue", "4711")
    shown("/gui/V9/another-signs-in", until(lambda: (told("signed-in-as") or "").startswith("sue")))
    press("ctrl+2")
    shown("/gui/V9/supervisor-has-the-pages", until(lambda: showing("returns-table")))
done = subprocess.run([CTL, "--store", STORE, "--json", "--operator", "sue", "unit", "show",
                       "SERIAL0002"], check=False, capture_output=True, text=True,
                      env=dict(os.environ, BACKHAUL_PIN="4711"))
shown("/gui/F6/who-received-is-on-record", '"operator":"rita"' in done.stdout)
finish()
